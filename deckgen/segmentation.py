"""Cut Chinese text into words that a learner can look up.

jieba's algorithm runs over the headwords of CC-CEDICT, simplified and traditional, with the
frequencies of jieba's dictionary. A project's terms are words too, and its corrections win.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from deckgen.corrections import NONE, Corrections
from deckgen.hanzi import HAN
from deckgen.vocabulary import RARE, Vocabulary

_LONGEST = 1000
_MARGIN = 50
_TERM_BOOST = 10.0
_LONG = 4
_LONG_DISCOUNT = math.log(10)
"""How much less likely than counted a word of four characters or more is taken to be: dictionaries
list many phrases, such as 国有企业, that newspapers and GB/T 16159 write as two words."""

_NUMERAL = r"\d〇一二两三四五六七八九十百千万亿几数"
_SEEMING = re.compile(
    rf"(?=([一每]个人|(?<=[{_NUMERAL}每某那这哪多])个人|(?<=[{_NUMERAL}上])[百千万][年名户人里家次]"
    rf"|(?<=[{_NUMERAL}])(?:几[年天个次位]|多[年个次种名元])|(?<=[{_NUMERAL}多])年[前内间]"
    "|(?<=第)[二三四五六七八九十][年天个次位代条项届章军]"
    rf"|及其(?=[他它])|(?<=[{HAN}])(?<![也但而中里上])有的))"
)
"""What only looks like a word: 两个 人, 一万 户, 第三 次, 及 其他, 已 有 的."""

_LETTER = rf"[^\W_{HAN}]"
_UNIT = re.compile(
    rf"{_LETTER}+(?:[-.'’_&/@]{_LETTER}+|(?<=\d)[,:．]\d+)*(?:\+\+|[%％‰℃#+])?|([^\w\s])\1+"
)
_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]*")
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
        self._all_words = math.log(self.vocabulary.total)
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
            tokens = tuple(self._cut(piece, start))
            if len(piece) == _LONGEST:
                tokens = _settled(tokens, start + _LONGEST - _MARGIN)
                piece = text[start : tokens[-1].start + len(tokens[-1].text)] if tokens else piece
            if tokens:
                yield tokens
            start += len(piece)

    def _cut(self, piece: str, offset: int) -> Iterator[Token]:
        at = 0
        for match in self._corrected.finditer(piece):
            yield from self._likeliest(piece[at : match.start()], offset + at)
            at = match.start()
            for word in self._corrections[match.group()]:
                yield Token(word, offset + at, _HAN.search(word) is not None)
                at += len(word)
        yield from self._likeliest(piece[at:], offset + at)

    def _likeliest(self, text: str, offset: int) -> Iterator[Token]:
        _, ends = self._route(text)
        at = 0
        while at < len(text):
            end = ends[at]
            word = text[at:end]
            if not word.isspace():
                yield Token(word, offset + at, _HAN.search(word) is not None)
            at = end

    def _route(self, text: str) -> tuple[list[float], list[int]]:
        """Return how likely the best cut from each index on is (a logarithm), and its word's end.

        This is jieba's algorithm: of all ways of cutting a text into words, the one whose words
        are the most frequent together. No word ends inside a number or a Latin word.
        """
        frequency, log, all_words = self.vocabulary.frequencies.get, math.log, self._all_words
        length = len(text)
        units = {unit.start(): unit.end() for unit in _UNIT.finditer(text)}
        seeming = {match.span(1) for match in _SEEMING.finditer(text)}
        inside = {at for first, last in units.items() for at in range(first + 1, last)}
        likely, ends = [0.0] * (length + 1), [length] * (length + 1)
        for at in range(length - 1, -1, -1):
            if at in inside:
                likely[at] = -math.inf
                continue
            end = units.get(at, at + 1)
            best = likely[end] - all_words
            for stop in range(at + 1, length + 1):
                count = frequency(text[at:stop])
                if count is None:
                    break
                if (at, stop) in seeming:
                    continue
                if count:
                    this = log(count) - all_words + likely[stop]
                    if stop - at >= _LONG:
                        this -= _LONG_DISCOUNT
                    if this >= best:
                        best, end = this, stop
            likely[at], ends[at] = best, end
        return likely, ends

    def _add(self, term: str) -> None:
        """Make a term at least as likely as its parts, so that it stays whole."""
        self.vocabulary.need(term)
        likely = self._route(term)[0][0] + (_LONG_DISCOUNT if len(term) >= _LONG else 0)
        count = math.exp(likely) * self.vocabulary.total * _TERM_BOOST
        self.vocabulary.add(term, max(math.ceil(count), RARE))


def _settled(tokens: Sequence[Token], limit: int) -> tuple[Token, ...]:
    """Leave out the tokens past an index, which may go on or change with the text that follows."""
    settled = tuple(token for token in tokens if token.start + len(token.text) <= limit)
    return settled or tuple(tokens[:1])
