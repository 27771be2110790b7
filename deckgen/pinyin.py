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

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from deckgen.content import Content, Person
from deckgen.corrections import NONE, Corrections, Reading
from deckgen.hanzi import count_han, is_han
from deckgen.polyphones import SURE, Choice, Judge, Model, Places
from deckgen.segmentation import Segmenter, Token
from deckgen.syllables import PinyinError, is_erhua, join, parse

_NEVER = 1e-6


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
    `model` stands in for the shipped one.
    """

    def __init__(
        self,
        authored: Mapping[str, str | None] | None = None,
        corrections: Corrections = NONE,
        model: Model | None = None,
    ) -> None:
        authored = authored or {}
        self.segmenter = Segmenter(authored, corrections)
        model = model or Model()
        self._judge = Judge(model)
        self._places = Places(self.segmenter.vocabulary, model)
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
        likely = {
            index: dict(zip(place.candidates, self._judge.probabilities(place), strict=True))
            for index, place in self._places.of(text, tokens)
        }
        for token in tokens:
            if not token.han:
                yield Word(token.text, token.start, None, True)
                continue
            plan = self._places.plan(token.text)
            readings, sure = plan.readings, True
            if plan.choices:
                options = [likely[token.start + choice.offset] for choice in plan.choices]
                chosen, probability = self._chosen(token.text, plan.choices, options)
                sure = probability >= SURE
                settled = list(readings)
                for choice, best in zip(plan.choices, chosen, strict=True):
                    settled[choice.nth] = best
                readings = tuple(settled)
            if given:
                place = range(token.start, token.start + len(token.text))
                han = [index for index in place if is_han(text[index])]
                readings = tuple(map(given.get, han, readings))
                sure = sure or all(index in given for index in han)
            if None in readings:
                yield Word(token.text, token.start, None, False)
            else:
                yield Word(token.text, token.start, cast(tuple[str, ...], readings), sure)

    def _chosen(
        self, word: str, choices: Sequence[Choice], options: Sequence[dict[str, float]]
    ) -> tuple[list[str], float]:
        """Choose a syllable for each choice, and say how probable the least sure of them is.

        Those of a word with several readings are chosen together, by the characters that the model
        knows; readings that agree in these are not in doubt, and the first of them is taken.
        """
        written = self.segmenter.vocabulary.readings.get(word, "") if len(word) > 1 else ""
        if "|" not in written:
            chosen = [max(one, key=one.__getitem__) for one in options]
            return chosen, min(one[best] for one, best in zip(options, chosen, strict=True))
        ways: dict[tuple[str, ...], tuple[list[str], float]] = {}
        for reading in written.split("|"):
            syllables = reading.split(" ")
            way = [syllables[choice.nth] for choice in choices]
            judged = [
                (syllable, one.get(syllable, 0))
                for choice, syllable, one in zip(choices, way, options, strict=True)
                if choice.known
            ]
            key = tuple(syllable for syllable, _ in judged)
            ways.setdefault(key, (way, math.prod(likely + _NEVER for _, likely in judged)))
        best, score = max(ways.values(), key=lambda one: one[1])
        return best, score / sum(one for _, one in ways.values())

    def _given(self, text: str, tokens: Sequence[Token]) -> dict[int, str]:
        """Map indices to the syllables that authors gave."""
        if not (self._authored or self._corrected):
            return {}
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

    def __bool__(self) -> bool:
        return bool(self._readings)

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
