"""How a talk uses its words, and which of them it uses unusually often."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from deckgen.hanzi import count_han
from deckgen.lexicon import Lexicon
from deckgen.mining.everyday import SHELLS
from deckgen.mining.talk import Said
from deckgen.mining.wellformed import Objections, length
from deckgen.segmentation import Segmenter, Token

SIGNIFICANT = 10.83
"""The log-likelihood ratio that chance reaches once in a thousand."""

LEAST_COUNT = 3
_LEAST_RARE = 2
"""How often a rare word that no list for learners has is used, at the least."""

CONTENT_TAGS = frozenset("nvajlibz")
_HEAD_TAGS = frozenset("nvlj")
_COUNTED = frozenset("个件条种项次位名张本套段句层")
THINGS = frozenset({"n", "j", "l", None})
"""The parts of speech of nouns and of words that the dictionary lacks."""

LEAST_FACTOR = 8.0
"""A term is so many times as frequent here as in general Chinese, at the least."""

_LONGEST_PHRASE = 3
_LONGEST_TERM = 8
_UNLISTED = 9
_RARE = 500.0
_VERB_FACTOR = 300.0
_BEST_SIZE = 20
_PLACES = frozenset("内外中上下里前后间时来去化性")
"""Characters that end a group of words which is no term."""


class Usage:
    """How often each word and phrase is used, and the sentence that shows it best."""

    def __init__(
        self, sentences: Sequence[Said], tokens: Sequence[Sequence[Token]], objections: Objections
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.phrases: Counter[tuple[str, ...]] = Counter()
        for row in tokens:
            self.counts.update([token.text for token in row])
            for run in _runs(row):
                for size in range(2, _LONGEST_PHRASE + 1):
                    self.phrases.update(zip(*(run[at:] for at in range(size)), strict=False))
        self.words = sum(count for word, count in self.counts.items() if count_han(word))
        self._language = language = objections.language

        def rating(index: int) -> tuple[bool, int, int]:
            text = sentences[index].text
            away = abs(length(text, language) - _BEST_SIZE)
            return (objections(text) is not None, away, index)

        self._best_first = [sentences[index] for index in sorted(range(len(sentences)), key=rating)]

    def example(self, word: str) -> Said | None:
        """Return the sentence that shows a word best: a whole one of about 20 words."""
        if self._language == "en":
            if count_han(word):
                return None
            lower = word.lower()
            whole = re.compile(rf"(?i)\b{re.escape(word)}(?:s|es)?\b")
            holding = (s for s in self._best_first if lower in s.text.lower())
            return next((said for said in holding if whole.search(said.text)), None)
        return next((said for said in self._best_first if word in said.text), None)


def _runs(row: Sequence[Token]) -> Iterator[list[str]]:
    """Yield the words of a sentence that follow each other without a sign between them."""
    run: list[str] = []
    end = -1
    for token in row:
        if not token.han or token.start != end:
            if len(run) > 1:
                yield run
            run = []
        if token.han:
            run.append(token.text)
        end = token.start + len(token.text)
    if len(run) > 1:
        yield run


def log_likelihood(here: float, words: float, general: float, total: float) -> float:
    """Return Dunning's ratio for a count of `here` in `words` against `general` in `total`.

    Negative where it is rarer here than in general.
    """
    share = (here + general) / (words + total)
    parts = ((here, words * share), (general, total * share))
    ratio = 2 * sum(seen * math.log(seen / likely) for seen, likely in parts if seen)
    return ratio if here * total >= general * words else -ratio


def frequent_words(usage: Usage, segmenter: Segmenter, lexicon: Lexicon) -> dict[str, float]:
    """Rate the words that are used more often here than in general Chinese."""
    vocabulary = segmenter.vocabulary
    glued = _glued(usage)
    rated = {}
    for word, count in usage.counts.items():
        if count < _LEAST_RARE or count_han(word) < 2 or count_han(word) != len(word):
            continue
        tag = lexicon.tag(word)
        if tag is not None and tag not in CONTENT_TAGS:
            continue
        general = vocabulary.frequencies.get(word, 0)
        factor = count * vocabulary.total / max(1, general * usage.words)
        if factor < LEAST_FACTOR or is_everyday(word, lexicon, factor):
            continue
        is_rare = tag in THINGS and lexicon.rank(word) is None and factor >= _RARE
        if count < LEAST_COUNT and (not is_rare or word in glued):
            continue
        rated[word] = log_likelihood(count, usage.words, general, vocabulary.total)
    return {word: ratio for word, ratio in rated.items() if ratio >= SIGNIFICANT}


def _glued(usage: Usage) -> set[str]:
    """Return the words that never stand without one and the same neighbour."""
    pairs = ((phrase, count) for phrase, count in usage.phrases.items() if len(phrase) == 2)
    return {word for phrase, count in pairs for word in phrase if count == usage.counts[word]}


def is_everyday(word: str, lexicon: Lexicon, factor: float = math.inf) -> bool:
    """Say whether a word is one of everyday language, and no noun of a field.

    A noun used `factor` times as often as in general may belong to the field all the same, the
    sooner the later learners meet it.
    """
    level, band = lexicon.rank(word) or _UNLISTED, lexicon.frequency(word) or 0
    if word in SHELLS or level <= 2 or _only_acts(word, lexicon):
        return True
    tag = lexicon.tag(word)
    if tag not in THINGS:
        known = level <= 5 or tag in {"a", "i"}
        return known or band >= 4 or (band == 3 and factor < _VERB_FACTOR)
    return factor < _least_factor(level, band)


def _least_factor(level: int, band: int) -> float:
    """Return how many times as often as in general a noun of a field is used, at the least."""
    if band == 5 or level == 3:
        return 100.0
    if band == 4:
        return 50.0
    if band == 3:
        return 15.0 if level == _UNLISTED else 50.0
    return LEAST_FACTOR


def frequent_phrases(usage: Usage, segmenter: Segmenter, lexicon: Lexicon) -> dict[str, float]:
    """Rate word groups against what their words' frequencies in general Chinese make likely."""
    vocabulary = segmenter.vocabulary
    rated = {}
    for phrase, count in usage.phrases.items():
        if count < _LEAST_RARE or len("".join(phrase)) > _LONGEST_TERM:
            continue
        if not _is_noun_phrase(phrase, lexicon):
            continue
        fewest = min(usage.counts[word] for word in phrase)
        if count < LEAST_COUNT and (fewest > count or not _is_rare(phrase, lexicon)):
            continue
        cohesion = 2 if any(len(word) == 1 for word in phrase) else 4
        if cohesion * count < fewest:
            continue
        likely = float(vocabulary.total)
        for word in phrase:
            likely *= max(1, vocabulary.frequencies.get(word, 0)) / vocabulary.total
        ratio = log_likelihood(count, usage.words, likely, vocabulary.total)
        if ratio >= SIGNIFICANT:
            rated["".join(phrase)] = ratio
    return rated


def _is_noun_phrase(phrase: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether a group of words is likely a compound: not to do something, or where it is."""
    tags = [lexicon.tag(word) or "n" for word in phrase]
    if tags[-1] not in _HEAD_TAGS or not CONTENT_TAGS.issuperset(tags):
        return False
    first, last = phrase[0], phrase[-1]
    if last in _PLACES or first in _COUNTED or (len(first) == 1 and tags[0] not in "nab"):
        return False
    if lexicon.frequency(last) == 5 or _only_acts(first, lexicon):
        return False
    if tags[-1] == "v" and any((lexicon.rank(word) or _UNLISTED) <= 2 for word in phrase):
        return False
    levels = [lexicon.rank(word) or _UNLISTED for word in phrase]
    return not any(
        level <= (1 if len(word) == 1 else 2 * (tag != "n"))
        for word, level, tag in zip(phrase, levels, tags, strict=True)
    )


def _is_rare(phrase: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether a group ends in a noun, and a word of it is one that learners hardly meet."""
    return lexicon.tag(phrase[-1]) in THINGS and any(
        lexicon.rank(word) in (None, 7) and (lexicon.frequency(word) or 0) <= 2
        for word in phrase
        if len(word) > 1
    )


def _only_acts(word: str, lexicon: Lexicon) -> bool:
    """Say whether all that the dictionary has of a word is what one does."""
    parts = [part for sense in lexicon.gloss(word) for part in sense.split("; ")]
    return bool(parts) and all(part.startswith("to ") for part in parts)


def without_parts(rated: Mapping[str, float], usage: Usage) -> dict[str, float]:
    """Leave out what hardly stands outside a longer phrase that is proposed too."""
    counts: Counter[str] = Counter(usage.counts)
    parts: Counter[str] = Counter()
    for phrase, count in usage.phrases.items():
        whole = "".join(phrase)
        if whole not in rated:
            continue
        counts[whole] = count
        smaller = {"".join(phrase[a:b]) for a, b in _inner(len(phrase))}
        for part in smaller:
            parts[part] = max(parts[part], count)
    return {word: ratio for word, ratio in rated.items() if 5 * parts[word] < 4 * counts[word]}


def _inner(size: int) -> Iterator[tuple[int, int]]:
    for start in range(size):
        for end in range(start + 1, size + 1):
            if end - start < size:
                yield start, end
