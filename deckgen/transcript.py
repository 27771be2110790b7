"""What a document of a talk says: who speaks, when, in which chapter, and what is around it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Locator:
    """A verbatim passage: `Transcript.text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a turn without its markup; the locator spans it with its markup."""

    text: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without a break inside one chapter.

    `speaker` is a person's canonical name, several names joined by " & ", or None where the
    document doesn't say; `chapter` is an index into `Transcript.chapters`; `time` is in seconds;
    `text` is in the document's first language, `translation` the same in its other language.
    Paragraphs are divided by a newline.
    """

    speaker: str | None
    chapter: int | None
    time: float | None
    text: str
    translation: str | None
    sentences: tuple[Sentence, ...]
    locator: Locator


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person of the talk: the fullest name that the document gives, and the other names."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A heading inside the talk; `time` in seconds where the document tells it."""

    title: str
    time: float | None
    line: int


@dataclass(frozen=True, slots=True)
class Box:
    """An editor's explanation of a term, set apart from what was said."""

    term: str
    definition: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class BilingualTerm:
    """A term that the document gives in both languages, one of them in brackets."""

    zh: str
    en: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is no part of the talk, and why; lines count from 1."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A document as it was understood.

    `text` is what the locators point into: the decoded document, for HTML and subtitles its text
    without markup. `language` is "zh" or "en".
    """

    path: str
    text: str
    encoding: str
    language: str
    title: str | None
    is_transcript: bool
    people: tuple[Speaker, ...] = ()
    chapters: tuple[ChapterMark, ...] = ()
    turns: tuple[Turn, ...] = ()
    boxes: tuple[Box, ...] = ()
    bilingual_terms: tuple[BilingualTerm, ...] = ()
    notes: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    key_points: tuple[str, ...] = ()
    mind_map: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def chapter_title(self, turn: Turn) -> str | None:
        """Return the title of the chapter that the turn stands in."""
        return None if turn.chapter is None else self.chapters[turn.chapter].title

    def as_json(self) -> dict[str, Any]:
        """Return what `deckgen transcript --format json` prints; times in seconds or None."""
        return {
            "is_transcript": self.is_transcript,
            "title": self.title,
            "language": self.language,
            "encoding": self.encoding,
            "people": [{"name": p.name, "aliases": list(p.aliases)} for p in self.people],
            "chapters": [{"title": c.title, "time": c.time} for c in self.chapters],
            "turns": [
                {
                    "speaker": t.speaker,
                    "chapter": self.chapter_title(t),
                    "time": t.time,
                    "text": t.text,
                    "translation": t.translation,
                }
                for t in self.turns
            ],
            "boxes": [{"term": b.term, "definition": b.definition} for b in self.boxes],
            "bilingual_terms": [{"zh": b.zh, "en": b.en} for b in self.bilingual_terms],
            "notes": list(self.notes),
            "summary": list(self.summary),
            "key_points": list(self.key_points),
            "mind_map": list(self.mind_map),
            "hashtags": list(self.hashtags),
            "left_out": [dataclasses.asdict(item) for item in self.left_out],
        }
