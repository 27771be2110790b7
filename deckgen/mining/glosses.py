"""A stand-in for a translation: the words of a sentence one by one, plainly marked as such."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from deckgen import numbers
from deckgen.alignment.dictionary import STOP_WORDS
from deckgen.hanzi import count_han
from deckgen.lexicon import Lexicon
from deckgen.mining.reverse import LONGEST_PHRASE, Reverse
from deckgen.segmentation import Segmenter
from deckgen.sentences import Language

MARKS: dict[Language, str] = {"en": "(word by word) ", "zh": "（逐词）"}
"""What a word-by-word gloss begins with, by the language it is in."""

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LABEL = re.compile(r"particle|classifier|measure word|verb complement|^marks |^\(?used ")
_MOST_WORDS = 4
_WORD_EN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+(?:[.,]\d+)*%?")
_NEGATED = {"can't": "不能", "won't": "不会", "didn't": "没有", "couldn't": "不能"}
_CONTRACTED = re.compile(r"(.+?)(?:['’](?:m|re|s|ve|ll|d))?$")
_PERCENT = re.compile(r"\s?[%％]|\s?(?:percent|per cent)\b")
_DECADE = re.compile(r"\d{3}0s")
_LONGEST_GIVEN = 5
_MYRIAD = 10_000
_SCALES_ZH = ((10**12, "万亿"), (10**8, "亿"), (_MYRIAD, "万"))
BLANK = "＿＿"
"""What stands for the part that a question hides."""

Translate = Callable[[Sequence[str], Language], Sequence[str | None]]
"""Translates texts into a language; None where one can't be."""


class Glosses:
    """Gloss texts word by word with CC-CEDICT; nothing is translated.

    The words in `kept` are names, which stay as they are; `given` has the English of the terms that
    a document gives in both languages.
    """

    def __init__(
        self,
        segmenter: Segmenter,
        lexicon: Lexicon,
        translate: Translate | None = None,
        kept: frozenset[str] = frozenset(),
        given: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._segmenter, self._lexicon = segmenter, lexicon
        self._translate, self._kept, self.given = translate, kept, given
        self._given_zh = {english.lower(): zh for zh, english in given.items()}

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

    def plain(self, text: str) -> str:
        """Leave out the translations that a Chinese text gives in brackets."""
        for term in self._bracketed:
            text = term.sub("", text)
        return text

    @cached_property
    def _bracketed(self) -> tuple[re.Pattern[str], ...]:
        return tuple(
            re.compile(rf"\s?[(（]{re.escape(term)}(?:[，,;；/][^()（）]*)?[)）]")
            for term in dict.fromkeys(self.given.values())
        )

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
                shown += [f"{{{{c1::{_joined(covered)}}}}}", meaning]
                covered = []
            else:
                shown.append(meaning)
        if covered:
            shown.append(f"{{{{c1::{_joined(covered)}}}}}")
        return MARKS["en" if language == "zh" else "zh"] + " · ".join(shown)

    def chinese(self, phrase: Sequence[str]) -> str | None:
        """Return the commonest Chinese word that has a phrase among its first meanings."""
        return self._reverse(phrase)

    @property
    def english(self) -> Reverse:
        """The dictionary turned round, from English to Chinese."""
        return self._reverse

    def is_kept(self, word: str) -> bool:
        """Say whether a word is part of a name, whatever its capitals."""
        return word in self._folded

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(word.lower() for word in self._kept)

    def _english(self, text: str) -> list[tuple[int, int, str]]:
        tokens = self._segmenter.tokens(text)
        words = [token.text for token in tokens]
        pieces = _figures(text)
        taken = [range(start, end) for start, end, _ in pieces]
        for index, token in enumerate(tokens):
            if any(token.start in span for span in taken):
                continue
            meaning = token.text
            if english := self.given.get(token.text):
                meaning = english
            elif token.han:
                before, after = words[:index][::-1][:4], words[index + 1 :][:4]
                senses = self._lexicon.gloss(token.text, before=before, after=after)
                meaning = _short(senses) if senses else token.text
                if not meaning:
                    continue
            elif not token.text[0].isalnum():
                continue
            pieces.append((token.start, token.start + len(token.text), meaning))
        return sorted(pieces)

    def _chinese(self, text: str) -> list[tuple[int, int, str]]:
        pieces = _figures_en(text)
        taken = [range(start, end) for start, end, _ in pieces]
        found = [m for m in _WORD_EN.finditer(text) if not any(m.start() in t for t in taken)]
        at = 0
        while at < len(found):
            size, meaning = self._longest(text, found[at : at + _LONGEST_GIVEN])
            if meaning:
                pieces.append((found[at].start(), found[at + size - 1].end(), meaning))
            at += size
        return sorted(pieces)

    def _longest(self, text: str, found: Sequence[re.Match[str]]) -> tuple[int, str]:
        """Return how many words are glossed together, and the gloss, empty for a mere link."""
        words = [match[0] for match in found]
        for size in range(len(words), 0, -1):
            spelled = text[found[0].start() : found[size - 1].end()].lower()
            if given := self._given_zh.get(spelled):
                return size, given
        for size in range(min(len(words), LONGEST_PHRASE), 1, -1):
            gaps = text[found[0].end() : found[size - 1].start()]
            phrase = words[:size]
            if any(mark in gaps for mark in ",.;:!?()") or self._kept.intersection(phrase):
                continue
            if phrase[0].lower() in STOP_WORDS or phrase[-1].lower() in STOP_WORDS:
                continue
            if meaning := self.chinese(phrase):
                return size, meaning
        word = words[0].replace("’", "'")
        if word in self._kept or word[0].isdigit():
            return 1, words[0]
        if word.lower().endswith("n't"):
            return 1, _NEGATED.get(word.lower(), "不")
        plain = _CONTRACTED.sub(r"\1", word)
        if plain.lower() in STOP_WORDS - {"i"} or plain.lower() == "let":
            return 1, ""
        return 1, self.chinese([plain]) or plain

    @cached_property
    def _reverse(self) -> Reverse:
        return Reverse(self._lexicon, self._segmenter.vocabulary)


def _figures(text: str) -> list[tuple[int, int, str]]:
    """Return the numbers of a Chinese text in English figures, each with its place."""
    pieces = []
    for number in numbers.chinese(text):
        if number.sure:
            after = _PERCENT.match(text, number.end)
            share = "%" * (number.kind == "%" or after is not None)
            end = after.end() if after else number.end
            pieces.append((number.start, end, _in_english(number.value) + share))
    return pieces


def _figures_en(text: str) -> list[tuple[int, int, str]]:
    """Return the large numbers and shares of an English text as Chinese writes them."""
    pieces = []
    at = 0
    for number in numbers.english(text):
        written = number.written.rstrip(",.")
        start = text.find(written, at)
        if start < 0:
            continue
        at = start + len(written)
        if after := _PERCENT.match(text, at):
            at = after.end()
            pieces.append((start, at, f"{float(number.value):g}%"))
        elif _DECADE.fullmatch(written):
            pieces.append((start, at, f"{written[:-1]}年代"))
        elif number.value >= _MYRIAD:
            start -= 2 * text[:start].endswith("a ")
            pieces.append((start, at, _in_chinese(number.value)))
    return pieces


def _in_chinese(value: Fraction) -> str:
    """Write a large number as Chinese does.

    >>> _in_chinese(Fraction(70_000_000)), _in_chinese(Fraction(8_000_000_000))
    ('7000万', '80亿')
    """
    scale, name = next(one for one in _SCALES_ZH if value >= one[0])
    if value * 100 % scale == 0:
        return f"{float(value / scale):g}{name}"
    return str(int(value))


def _in_english(value: Fraction) -> str:
    """Write a number as English does.

    >>> _in_english(Fraction(8_000_000_000)), _in_english(Fraction(27_000))
    ('8 billion', '27,000')
    """
    for scale, name in ((10**9, " billion"), (10**6, " million")):
        if value >= scale and value * 1000 % scale == 0:
            return f"{float(value / scale):g}{name}"
    if value.denominator == 1:
        return f"{int(value):,}" if value >= 10_000 else str(int(value))
    return f"{float(value):g}"


def _joined(words: Sequence[str]) -> str:
    """Join the glosses of what is hidden, each once: a term may stand there in both languages."""
    first = {word.lower(): index for index, word in reversed(list(enumerate(words)))}
    return " ".join(words[index] for index in sorted(first.values()))


def _short(senses: Sequence[str]) -> str:
    """Return the first short meaning without asides, nothing for a grammatical label."""
    if _LABEL.search(senses[0]):
        return ""
    parts = [p.strip() for sense in senses for p in _ASIDE.sub("", sense).split(";")]
    short = (p for p in parts if p and p.count(" ") < _MOST_WORDS and not count_han(p))
    return next(short, "")
