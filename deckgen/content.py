"""What we teach: sources, terms, claims and sentence pairs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal, TypeAlias
from urllib.parse import urlsplit

from deckgen.problems import NOWHERE, Location

Kind = Literal["term", "claim", "pair"]
Stance = Literal["fact", "opinion", "prediction"]
Status = Literal["ready", "draft", "vanished"]

_ID = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")
_TIME = re.compile(r"(?:(\d+):)?(\d{1,3}):([0-5]\d)")
_AS_OF = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def parse_id(text: str) -> str:
    """Return the id in NFC; raise ValueError unless it is letters, digits, `-`, `_` and `.`."""
    name = unicodedata.normalize("NFC", text)
    if not _ID.fullmatch(name) or len(name) > 120:
        raise ValueError(
            f'"{text}" is no id: use letters, digits and "-" between them, 120 characters at most'
        )
    return name


def parse_time(text: str) -> int:
    """Return seconds from `m:ss` or `h:mm:ss`."""
    match = _TIME.fullmatch(text)
    if not match:
        raise ValueError(f'"{text}" is no time: write m:ss or h:mm:ss, such as 14:45')
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def clock(seconds: float) -> str:
    """Write seconds as `m:ss` or `h:mm:ss`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _parse_date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f'"{text}" is no date: write it as 2024-09-05') from None


def _parse_as_of(text: str) -> str:
    if not _AS_OF.fullmatch(text):
        raise ValueError(f'"{text}" is no date: write 2024, 2024-09 or 2024-09-05')
    return text


def _parse_link(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f'"{text}" is no web address: it must start with https:// or http://')
    return text


def _parse_deck(text: str) -> str:
    if not all(part.strip() for part in text.split("::")):
        raise ValueError(f'"{text}" is no deck name: each part around "::" needs a name')
    return text


def _parsed(parse: object, **more: object) -> dict[str, object]:
    return {"parse": parse, **more}


@dataclass(frozen=True, slots=True)
class Text2:
    """One text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in a source, under every name the documents use."""

    id: str = field(metadata=_parsed(parse_id))
    name: Text2
    aliases: tuple[str, ...] = ()
    role: Text2 | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a chapter; `start` in seconds from the beginning of the recording."""

    title: Text2
    start: int = field(metadata=_parsed(parse_time))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a source; `start` in seconds from the beginning of the recording, if known."""

    id: str = field(metadata=_parsed(parse_id))
    title: Text2
    start: int | None = field(metadata=_parsed(parse_time))
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An interview: `deck` is the parent of its Anki decks and never changes."""

    id: str = field(metadata=_parsed(parse_id))
    title: Text2
    deck: str = field(metadata=_parsed(_parse_deck))
    language: Literal["en", "zh"]
    date: str | None = field(metadata=_parsed(_parse_date))
    people: tuple[Person, ...]
    chapters: tuple[Chapter, ...]
    link: str | None = field(default=None, metadata=_parsed(_parse_link))
    location: Location = NOWHERE

    def person(self, id: str) -> Person | None:
        """Return the person with this id."""
        return next((p for p in self.people if p.id == id), None)

    def chapter(self, id: str) -> Chapter | None:
        """Return the chapter with this id."""
        return next((c for c in self.chapters if c.id == id), None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a source says it: a verbatim `quote`, or keywords that the passage contains.

    `time` is in seconds from the beginning of the recording.
    """

    source: str
    chapter: str | None = None
    speaker: str | None = None
    time: int | None = field(default=None, metadata=_parsed(parse_time))
    quote: str | None = None
    keywords: tuple[str, ...] = ()
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Waiver:
    """Silences one check on one item, for a stated reason."""

    check: str
    reason: str
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Term:
    """A word or expression of the field, with its meaning in both languages.

    Only a draft may lack the definition.
    """

    kind: ClassVar[Kind] = "term"

    id: str = field(metadata=_parsed(parse_id))
    hanzi: str
    english: str
    definition: Text2 | None
    evidence: tuple[Evidence, ...]
    pinyin: str | None = None
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = field(default=())
    context: Text2 | None = None
    caution: Text2 | None = None
    status: Status = "ready"
    why: str | None = None
    waive: tuple[Waiver, ...] = ()
    location: Location = NOWHERE

    @property
    def key(self) -> str:
        """The full id."""
        return f"term/{self.id}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one speaker asserts, as a question and its answer.

    Only a draft may lack the speaker or the date.
    """

    kind: ClassVar[Kind] = "claim"

    id: str = field(metadata=_parsed(parse_id))
    speaker: str | None
    statement: Text2
    question: Text2
    answer: Text2
    stance: Stance
    as_of: str | None = field(metadata=_parsed(_parse_as_of))
    evidence: tuple[Evidence, ...]
    cloze: Text2 | None = None
    caution: Text2 | None = None
    topics: tuple[str, ...] = ()
    context: Text2 | None = None
    status: Status = "ready"
    why: str | None = None
    waive: tuple[Waiver, ...] = ()
    location: Location = NOWHERE

    @property
    def key(self) -> str:
        """The full id."""
        return f"claim/{self.id}"


@dataclass(frozen=True, slots=True)
class Pair:
    """One sentence in both languages; `terms` are the ids of the terms it uses."""

    kind: ClassVar[Kind] = "pair"

    id: str = field(metadata=_parsed(parse_id))
    zh: str
    en: str
    evidence: tuple[Evidence, ...]
    terms: tuple[str, ...] = ()
    speaker: str | None = None
    topics: tuple[str, ...] = ()
    context: Text2 | None = None
    caution: Text2 | None = None
    pinyin: str | None = None
    status: Status = "ready"
    why: str | None = None
    waive: tuple[Waiver, ...] = ()
    location: Location = NOWHERE

    @property
    def key(self) -> str:
        """The full id."""
        return f"pair/{self.id}"


Item: TypeAlias = Term | Claim | Pair


@dataclass(frozen=True, slots=True)
class Content:
    """Everything authored in one project, each kind in the order of its files."""

    sources: tuple[Source, ...] = ()
    terms: tuple[Term, ...] = ()
    claims: tuple[Claim, ...] = ()
    pairs: tuple[Pair, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Terms, then claims, then pairs."""
        return (*self.terms, *self.claims, *self.pairs)

    def source(self, id: str) -> Source | None:
        """Return the source with this id."""
        return next((s for s in self.sources if s.id == id), None)
