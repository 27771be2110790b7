"""Read Chinese text aloud on paper: words, with a pinyin syllable for each Han character.

>>> reader = Reader({"残差": None})
>>> for word in reader.read("他走得很远。"):
...     print(word.text, *word.readings or "")
他 tā
走 zǒu
得 de
很 hěn
远 yuǎn
。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deckgen.content import Content, Person
from deckgen.corrections import NONE, Corrections, Reading
from deckgen.hanzi import count_han, is_han
from deckgen.polyphones import SURE, Model, Places
from deckgen.segmentation import Segmenter, Token
from deckgen.syllables import PinyinError, is_erhua, join, parse


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or symbol: `text` stands at `start`.

    `readings` has one tone-marked citation syllable in lower case for each Han character (`r` where
    erhua adds none). It is None for what has no Han characters, and for a character whose reading
    no dictionary knows. `sure` is False where a reading is in doubt.
    """

    text: str
    start: int
    readings: tuple[str, ...] | None
    sure: bool


class Reader:
    """Cut text into words and read them.

    `authored` maps terms and names, which are words, to their pinyin, or to None where the
    dictionaries read them well; a pinyin that does not fit its characters is passed over. An
    authored reading holds wherever its words stand, a correction wherever its characters do.
    """

    def __init__(
        self, authored: Mapping[str, str | None] | None = None, corrections: Corrections = NONE
    ) -> None:
        authored = authored or {}
        self.segmenter = Segmenter(authored, corrections)
        self._model = Model()
        self._places = Places(self.segmenter.vocabulary, self._model)
        readings = {reading.text: reading for reading in _parsed(authored)}
        self._authored = _Finder(readings)
        self._corrected = _Finder({reading.text: reading for reading in corrections.readings})

    def read(self, text: str) -> tuple[Word, ...]:
        """Return the words in order; what lies between them is white space."""
        return tuple(self.words(text))

    def words(self, text: str) -> Iterator[Word]:
        """Yield the words one by one, in memory that does not grow with the text."""
        for tokens in self.segmenter.pieces(text):
            yield from self._read(text, tokens)

    def _read(self, text: str, tokens: Sequence[Token]) -> Iterator[Word]:
        given = self._given(text, tokens)
        chosen: dict[int, str] = {}
        unsure: set[int] = set()
        for index, found in self._places.of(text, tokens):
            if index in given:
                continue
            if isinstance(found, str):
                chosen[index] = found
                continue
            chosen[index], probability = self._model.choose(found)
            if probability < SURE:
                unsure.add(index)
        chosen |= given
        for token in tokens:
            span = range(token.start, token.start + len(token.text))
            han = [index for index in span if is_han(text[index])] if token.han else []
            readings = tuple(chosen[index] for index in han if index in chosen)
            whole = len(readings) == len(han)
            yield Word(
                token.text,
                token.start,
                readings if han and whole else None,
                whole and unsure.isdisjoint(han),
            )

    def _given(self, text: str, tokens: Sequence[Token]) -> dict[int, str]:
        """Map indices to the syllables that authors gave."""
        start, end = tokens[0].start, tokens[-1].start + len(tokens[-1].text)
        piece = text[start:end]
        token_of = {
            token.start + offset: token for token in tokens for offset in range(len(token.text))
        }
        given: dict[int, str] = {}
        for at, reading in self._authored.find(piece):
            first, last = start + at, start + at + reading.length - 1
            one, other = token_of.get(first), token_of.get(last)
            if one is None or other is None:
                continue
            inside = one is other and reading.length > 1
            if inside or (one.start == first and other.start + len(other.text) == last + 1):
                given |= _syllables(text, first, reading)
        for at, reading in self._corrected.find(piece):
            given |= _syllables(text, start + at + reading.start, reading)
        return given


def authored(content: Content) -> dict[str, str | None]:
    """Map the terms of some content, their aliases and the names of its people to their pinyin."""
    names = [name for source in content.sources for name in person_names(source.people)]
    aliases = [alias for term in content.terms for alias in term.aliases]
    words: dict[str, str | None] = dict.fromkeys(filter(count_han, (*names, *aliases)))
    return words | {term.hanzi: term.pinyin for term in content.terms}


def person_names(people: Iterable[Person]) -> Iterator[str]:
    """List the Chinese names of people: whole, in parts of two characters and more, and aliases."""
    for person in people:
        for name in (person.name.zh, *person.name.zh.split("·"), *person.aliases):
            if count_han(name) > 1:
                yield name


def in_pinyin(word: Word) -> str:
    """Return a word in pinyin, or as it is where it has no readings."""
    return join(word.readings) if word.readings else word.text


def to_json(word: Word) -> dict[str, Any]:
    """Return a word as `deckgen pinyin` prints it, with erhua written out as `ér`."""
    readings = word.readings and ["ér" if is_erhua(one) else one for one in word.readings]
    return {"text": word.text, "start": word.start, "readings": readings, "sure": word.sure}


class _Finder:
    """Finds the longest of some texts at each place."""

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        self._readings = readings
        longest_first = sorted(readings, key=lambda text: (-len(text), text))
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def find(self, text: str) -> Iterator[tuple[int, Reading]]:
        for match in self._pattern.finditer(text):
            yield match.start(), self._readings[match.group()]


def _parsed(authored: Mapping[str, str | None]) -> Iterator[Reading]:
    for hanzi, pinyin in authored.items():
        if pinyin:
            try:
                yield Reading(hanzi, 0, len(hanzi), parse(pinyin, count_han(hanzi)))
            except PinyinError:
                continue


def _syllables(text: str, first: int, reading: Reading) -> dict[int, str]:
    han = (index for index in range(first, first + reading.length) if is_han(text[index]))
    return dict(zip(han, reading.syllables, strict=True))
