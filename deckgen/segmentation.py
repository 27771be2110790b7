"""Cut Chinese text into words that a learner can look up.

jieba's algorithm runs over the headwords of CC-CEDICT, simplified and traditional, with the
frequencies of jieba's dictionary. A project's terms are words too, and its corrections win.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import jieba

from deckgen.corrections import NONE, Corrections
from deckgen.hanzi import HAN
from deckgen.vocabulary import RARE, Vocabulary

_LONGEST = 1000
_TERM_BOOST = 10.0

_LETTER = rf"[^\W_{HAN}]"
_UNIT = re.compile(
    rf"{_LETTER}+(?:[-.'’_&/@]{_LETTER}+|(?<=\d)[,:]\d+)*(?:\+\+|[%％‰℃#+])?|([^\w\s])\1+"
)
_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]*")
_HAN_OR_LETTER = re.compile(rf"[\w{HAN}]")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or symbol: `text` stands at `start`; `han` says that it has Han characters."""

    text: str
    start: int
    han: bool


class Segmenter:
    """Cut text into tokens; `terms` are words beside those of the dictionary.

    >>> segmenter = Segmenter(terms=["自动驾驶"])
    >>> [token.text for token in segmenter.tokens("用C++写的自动驾驶系统")]
    ['用', 'C++', '写', '的', '自动驾驶', '系统']
    """

    def __init__(self, terms: Iterable[str] = (), corrections: Corrections = NONE) -> None:
        self.vocabulary = Vocabulary()
        self._jieba = jieba.Tokenizer()
        self._jieba.FREQ = self.vocabulary.frequencies
        self._jieba.total = self.vocabulary.total
        self._jieba.initialized = True
        for term in sorted({term for term in terms if _HAN.search(term)}):
            self._add(term)
        self._corrections = {"".join(words): words for words in corrections.words}
        longest_first = sorted(self._corrections, key=lambda text: (-len(text), text))
        self._corrected = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return the tokens in order; what lies between them is white space."""
        return tuple(token for piece in self.pieces(text) for token in piece)

    def pieces(self, text: str) -> Iterator[tuple[Token, ...]]:
        """Yield the tokens of `text` a sentence at a time; a piece has at most 1,000 characters."""
        start = 0
        while start < len(text):
            limit = start + _LONGEST
            piece = _SENTENCE.match(text, start, limit).group()  # type: ignore[union-attr]
            self.vocabulary.need(piece)
            if len(piece) == _LONGEST:
                piece = piece[: self._safe_border(piece)]
            tokens = tuple(self._cut(piece, start))
            if tokens:
                yield tokens
            start += len(piece)

    def _cut(self, piece: str, offset: int) -> Iterator[Token]:
        ways = self._ways(piece)
        route: dict[int, tuple[Any, int]] = {}
        self._jieba.calc(piece, ways, route)
        at = 0
        while at < len(piece):
            end = route[at][1] + 1
            word = piece[at:end]
            if not word.isspace():
                yield Token(word, offset + at, _HAN.search(word) is not None)
            at = end

    def _ways(self, piece: str) -> dict[int, list[int]]:
        """Map each index to the last indices of the words that may start there."""
        ways: dict[int, list[int]] = self._jieba.get_DAG(piece)
        for unit in _UNIT.finditer(piece):
            first, last = unit.start(), unit.end() - 1
            inside = range(first, last)
            for at in range(max(0, first - 20), first):
                ways[at] = [end for end in ways[at] if end not in inside] or [at]
            ways[first] = sorted({end for end in ways[first] if end > last} | {last})
            for at in range(first + 1, last + 1):
                ways[at] = [last]
        for match in self._corrected.finditer(piece):
            self._force(ways, match.start(), self._corrections[match.group()])
        return ways

    @staticmethod
    def _force(ways: dict[int, list[int]], start: int, words: tuple[str, ...]) -> None:
        for before in range(start):
            ways[before] = [end for end in ways[before] if end < start] or [before]
        for word in words:
            for inside in range(start, start + len(word)):
                ways[inside] = [start + len(word) - 1]
            start += len(word)

    def _safe_border(self, window: str) -> int:
        """Return where a window without a sentence's end can be cut without cutting a word."""
        for at in range(len(window) - 1, len(window) // 2, -1):
            if not _HAN_OR_LETTER.match(window[at]):
                return at + 1
        border, reach = len(window), 0
        for at, ends in self._ways(window).items():
            if reach <= at > len(window) // 2:
                border = at
            if at > len(window) - 50:
                break
            reach = max(reach, ends[-1] + 1)
        return border

    def _add(self, term: str) -> None:
        """Make a term at least as likely as its parts, so that it stays whole."""
        self.vocabulary.need(term)
        route: dict[int, tuple[Any, int]] = {}
        self._jieba.calc(term, self._jieba.get_DAG(term), route)
        likely = math.exp(route[0][0]) * self.vocabulary.total * _TERM_BOOST
        self.vocabulary.add(term, max(math.ceil(likely), RARE))
