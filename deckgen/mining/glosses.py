"""A stand-in for a translation: the words of a sentence one by one, plainly marked as such."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from deckgen import cedict
from deckgen.alignment.dictionary import STOP_WORDS
from deckgen.hanzi import count_han
from deckgen.lexicon import Lexicon
from deckgen.segmentation import Segmenter
from deckgen.sentences import Language

MARKS: dict[Language, str] = {"en": "(word by word) ", "zh": "（逐词）"}
"""What a word-by-word gloss begins with, by the language it is in."""

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LABEL = re.compile(r"particle|measure word|verb complement|marks ")
_WORD_EN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d[\d,.]*%?")
_SUFFIXES = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
)
_LONGEST_PHRASE = 3
BLANK = "＿＿"
"""What stands for the part that a question hides."""

Translate = Callable[[Sequence[str], Language], Sequence[str | None]]
"""Translates texts into a language; None where one can't be."""


class Glosses:
    """Gloss texts word by word with CC-CEDICT; nothing is translated."""

    def __init__(
        self, segmenter: Segmenter, lexicon: Lexicon, translate: Translate | None = None
    ) -> None:
        self._segmenter, self._lexicon = segmenter, lexicon
        self._translate = translate

    def translations(self, texts: Sequence[str], language: Language) -> list[str | None]:
        """Translate texts of a language by what the user attached, None each where nothing is."""
        if self._translate is None:
            return [None] * len(texts)
        target: Language = "en" if language == "zh" else "zh"
        found = list(self._translate(texts, target))
        return found if len(found) == len(texts) else [None] * len(texts)

    def word(self, word: str) -> str:
        """Return what the dictionary says of a Chinese word, at most two senses, or nothing."""
        return "; ".join(self._lexicon.gloss(word)[:2])

    def gloss(self, text: str, language: Language, hidden: tuple[int, int] | None = None) -> str:
        """Gloss a text into the other language; what `hidden` spans becomes a cloze deletion."""
        pieces = self._english(text) if language == "zh" else self._chinese(text)
        shown: list[str] = []
        covered: list[str] = []
        for start, end, meaning in pieces:
            inside = hidden is not None and start < hidden[1] and end > hidden[0]
            if inside:
                covered.append(meaning)
            elif covered:
                shown += [f"{{{{c1::{' '.join(covered)}}}}}", meaning]
                covered = []
            else:
                shown.append(meaning)
        if covered:
            shown.append(f"{{{{c1::{' '.join(covered)}}}}}")
        return MARKS["en" if language == "zh" else "zh"] + " · ".join(shown)

    def chinese(self, phrase: Sequence[str]) -> str | None:
        """Return the commonest Chinese word that the dictionary explains by just this phrase."""
        for spelled in _forms(phrase):
            if found := self._reverse.get(spelled):
                return found
        return None

    def means(self, word: str, phrase: Sequence[str]) -> bool:
        """Say whether a Chinese word means a phrase before anything else."""
        first = next(iter(self._lexicon.gloss(word)), "")
        senses = {part.strip().removeprefix("to ") for part in first.lower().split(";")}
        return not senses.isdisjoint(_forms(phrase))

    def mentions(self, word: str) -> int:
        """Count an English word in all the definitions of the dictionary."""
        return self._counts.get(word.lower(), 0)

    @cached_property
    def total(self) -> int:
        """The number of English words in all the definitions of the dictionary."""
        return sum(self._counts.values())

    def _english(self, text: str) -> list[tuple[int, int, str]]:
        tokens = self._segmenter.tokens(text)
        words = [token.text for token in tokens]
        pieces = []
        for index, token in enumerate(tokens):
            meaning = token.text
            if token.han:
                before, after = words[:index][::-1][:4], words[index + 1 :][:4]
                senses = self._lexicon.gloss(token.text, before=before, after=after)
                meaning = _short(senses[0]) if senses else token.text
                if not meaning:
                    continue
            elif not token.text[0].isalnum():
                continue
            pieces.append((token.start, token.start + len(token.text), meaning))
        return pieces

    def _chinese(self, text: str) -> list[tuple[int, int, str]]:
        found = list(_WORD_EN.finditer(text))
        pieces = []
        at = 0
        while at < len(found):
            for size in range(min(_LONGEST_PHRASE, len(found) - at), 0, -1):
                phrase = [match[0] for match in found[at : at + size]]
                if size == 1 and phrase[0].lower() in STOP_WORDS:
                    at += 1
                    break
                meaning = self.chinese(phrase) or (phrase[0] if size == 1 else None)
                if meaning:
                    pieces.append((found[at].start(), found[at + size - 1].end(), meaning))
                    at += size
                    break
        return pieces

    @cached_property
    def _reverse(self) -> dict[str, str]:
        best: dict[str, tuple[bool, int, str]] = {}
        vocabulary = self._segmenter.vocabulary
        for entry in cedict.parse():
            word = entry.simplified
            if count_han(word) != len(word):
                continue
            vocabulary.need(word[:1])
            count = vocabulary.frequencies.get(word, 0)
            is_listed = self._lexicon.rank(word) is not None
            for rank, sense in enumerate(entry.senses[:3]):
                for part in _ASIDE.sub("", sense).split(";"):
                    key = part.strip().lower().removeprefix("to ")
                    rated = (is_listed, count >> (3 * rank), word)
                    is_short = key.count(" ") < _LONGEST_PHRASE
                    if is_short and rated > best.get(key, (False, -1, "")):
                        best[key] = rated
        return {key: word for key, (_, _, word) in best.items()}

    @cached_property
    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for entry in cedict.parse():
            for sense in entry.senses:
                for word in _WORD_EN.findall(sense):
                    counts[word.lower()] = counts.get(word.lower(), 0) + 1
        return counts


def _short(sense: str) -> str:
    """Return the first meaning of a sense without asides, nothing for a grammatical label."""
    return "" if _LABEL.match(sense) else _ASIDE.sub("", sense).split(";")[0].strip()


def _forms(phrase: Sequence[str]) -> list[str]:
    """List the spellings under which a dictionary may have a phrase: as it is, then uninflected."""
    spelled = " ".join(phrase).lower()
    return [spelled] + [
        spelled.removesuffix(end) + stem
        for end, stem in _SUFFIXES
        if spelled.endswith(end) and len(spelled) > len(end) + 2
    ]
