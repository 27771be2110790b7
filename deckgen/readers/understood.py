"""What each line of a document turned out to be, with its chapters in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deckgen.readers import chapters
from deckgen.readers.markdown import Block
from deckgen.readers.plain import Plain
from deckgen.readers.turns import Said
from deckgen.transcript import Box, ChapterMark, LeftOut


@dataclass(slots=True)
class Understood:
    """What each line turned out to be."""

    said: list[Said] = field(default_factory=list)
    chapters: list[ChapterMark] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    key_points: list[str] = field(default_factory=list)
    mind_map: list[str] = field(default_factory=list)
    hashtags: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    around: list[Plain] = field(default_factory=list)

    def passages(self) -> Iterator[Plain]:
        """Yield every text that may hold terms in both languages."""
        yield from self.around
        for one in self.said:
            yield from one.paragraphs


def number_chapters(
    out: Understood,
    blocks: Sequence[Block],
    headings: Mapping[int, int],
    entries: Sequence[chapters.Entry],
) -> None:
    """Drop headings that only hold other headings, and give the rest their times."""
    out.said = [s for s in out.said if s.paragraphs or s.originals]
    used = {s.chapter for s in out.said}
    ranks = {blocks[i].line: rank for i, rank in headings.items()}
    marks = out.chapters
    alike = Counter(ranks.get(mark.line) for mark in marks)
    keep = [
        i
        for i, mark in enumerate(marks)
        if i in used
        or not (
            i + 1 < len(marks)
            and ranks.get(marks[i + 1].line, 0) > ranks.get(mark.line, 0)
            and alike[ranks.get(mark.line)] == 1
        )
    ]
    at = {old: new for new, old in enumerate(keep)}
    for one in out.said:
        one.chapter = at.get(one.chapter) if one.chapter is not None else None
    times = chapters.times([marks[i].title for i in keep], entries)
    out.chapters = [
        replace(marks[i], time=marks[i].time if marks[i].time is not None else time)
        for i, time in zip(keep, times, strict=True)
    ]
    if not out.chapters and entries:
        _by_time(out, blocks, entries)


def _by_time(out: Understood, blocks: Sequence[Block], entries: Sequence[chapters.Entry]) -> None:
    """Take the chapters from a list with times, where the turns have times too."""
    outer = [e for e in entries if e.depth == 0]
    out.chapters = [ChapterMark(e.title, e.time, blocks[e.index].line) for e in outer]
    now: int | None = None
    for one in out.said:
        if one.time is not None:
            now = max((i for i, e in enumerate(outer) if e.time <= one.time), default=None)
        one.chapter = now
