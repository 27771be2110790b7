"""Content with its words, readings, meanings and places: all that the cards show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from deckgen.content import Chapter, Claim, Evidence, Pair, Person, Section, Source, Term
from deckgen.typography import Spelled, cut


@dataclass(frozen=True, slots=True)
class AnnotatedWord:
    """One word of a Chinese text: `text` stands at `start` in it.

    `readings` has one tone-marked citation syllable a Han character, in lower case unless the word
    is a name; it is None for what is not read (Latin, digits, punctuation). `sure` is False where
    a reading is in doubt. `gloss` has at most three short senses, `level` is a name such as
    `HSK 4 (2021)`, `parts` counts the syllables of each word that its pinyin is written in.
    """

    text: str
    start: int
    readings: tuple[str, ...] | None
    sure: bool
    gloss: tuple[str, ...]
    level: str | None
    traditional: str
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A Chinese text with its words in order; white space between words belongs to none."""

    text: str
    words: tuple[AnnotatedWord, ...]
    traditional: str

    @property
    def spelled(self) -> tuple[Spelled, ...]:
        """The words as pinyin writes them: long terms in their parts."""
        return tuple(part for word in self.words for part in cut(word, word.parts))


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim passage of a document, with the turn before it; `found` rates the match, 0…1."""

    document: str
    line: int
    text: str
    speaker: str | None
    before: str | None
    before_speaker: str | None
    found: float


@dataclass(frozen=True, slots=True)
class Origin:
    """An evidence with its ids resolved; `link` opens the recording at `time` (seconds)."""

    source: Source
    chapter: Chapter | None
    section: Section | None
    speaker: Person | None
    time: int | None
    link: str | None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedPair:
    """A sentence pair; `level` is that of its hard words, `terms` are those that it uses."""

    item: Pair
    origins: tuple[Origin, ...]
    zh: AnnotatedText
    level: str | None
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedTerm:
    """A term; `frequency` is a band from 1 (rare) to 5 (very common), None where unknown."""

    item: Term
    origins: tuple[Origin, ...]
    hanzi: AnnotatedText
    definition: AnnotatedText
    level: str | None
    frequency: int | None
    classifier: str | None
    examples: tuple[AnnotatedPair, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedClaim:
    """A claim with the Chinese of each side; `cloze` has its `{{c1::…}}` marks taken out."""

    item: Claim
    origins: tuple[Origin, ...]
    statement: AnnotatedText
    question: AnnotatedText
    answer: AnnotatedText
    level: str | None


Annotated: TypeAlias = AnnotatedTerm | AnnotatedClaim | AnnotatedPair

_CLOZE = re.compile(r"\{\{c\d+::(.+?)(?:::.+?)?\}\}")
_TIMED_BY_QUERY = ("youtube.com", "youtu.be", "bilibili.com", "vimeo.com")


def uncloze(text: str) -> str:
    """Take the `{{c1::…}}` marks out of a cloze text."""
    return _CLOZE.sub(r"\1", text)


def link_at(link: str, seconds: int) -> str:
    """Return the link that opens a recording at a second.

    Video sites take `t` in the query; elsewhere it is a media fragment (W3C, `#t=`).
    """
    parts = urlsplit(link)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host not in _TIMED_BY_QUERY:
        return urlunsplit(parts._replace(fragment=f"t={seconds}"))
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "t"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("t", str(seconds))])))


def located(item: Annotated, passages: Mapping[Evidence, tuple[Passage, ...]]) -> Annotated:
    """Return an item with the passages that were found for its evidence."""
    origins = tuple(
        replace(origin, passages=passages.get(evidence, ()))
        for origin, evidence in zip(item.origins, item.item.evidence, strict=True)
    )
    return replace(item, origins=origins)
