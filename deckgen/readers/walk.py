"""One walk through the blocks of a document that gives each line its place in the transcript."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deckgen.readers import boxes, chapters, speakers, surroundings
from deckgen.readers.labels import holds_a_role
from deckgen.readers.markdown import Block
from deckgen.readers.plain import Plain, ends_sentence, join
from deckgen.readers.speakers import Label
from deckgen.readers.surroundings import Section
from deckgen.readers.turns import Said
from deckgen.transcript import Box, ChapterMark, LeftOut

_BOLD_LEVEL = 7
_NUMBER = re.compile(r"\d{1,2}[.)、．][ ]?")
_MAX_FOOTER = 0.15
_CLOSING = (
    "写在最后",
    "后记",
    "编后",
    "结语",
    "尾声",
    "closing",
    "afterword",
    "postscript",
    "outro notes",
)


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


def walk(
    blocks: Sequence[Block],
    labels: Mapping[int, Label],
    captions: set[str],
    entries: Sequence[chapters.Entry],
    title: int | None,
    begin: int | None,
) -> Understood:
    """Sort the blocks; `begin`: where the talk begins, None: at the first label."""
    return _Walk(blocks, labels, captions, entries, title, begin).run()


class _Walk:
    def __init__(
        self,
        blocks: Sequence[Block],
        labels: Mapping[int, Label],
        captions: set[str],
        entries: Sequence[chapters.Entry],
        title: int | None,
        begin: int | None,
    ) -> None:
        self.blocks, self.labels, self.captions, self.title = blocks, labels, captions, title
        self.everything = begin is not None
        self.out = Understood()
        self.entries = entries
        self.listed = {e.index for e in self.entries if e.index not in labels}
        self.titles = {e.title for e in self.entries}
        self.first = min(labels, default=0)
        self.last = max(labels, default=len(blocks))
        self.headings = self._headings()
        self.begin = self._begin(self.first) if begin is None else begin
        quotes = sum(b.kind == "quote" for b in blocks)
        italics = sum(b.italic for b in blocks)
        prose = sum(b.kind in ("text", "item", "quote") for b in blocks) or 1
        self.quotes_talk = quotes > 0.3 * prose
        self.italics_talk = italics > 0.2 * prose
        self.section: Section | None = None
        self.level = 0
        self.box: str | None = None
        self.after_picture = False
        self.now: Said | None = None

    def run(self) -> Understood:
        for index, block in enumerate(self.blocks):
            if index == self.begin:
                self.section = None
            if index < self.begin:
                self._before(index, block)
            else:
                self._inside(index, block)
        self._number_chapters()
        return self.out

    # where the talk begins, and which lines are headings

    def _headings(self) -> dict[int, int]:
        """Return the rank of each line that is a heading, marked as one or not."""
        found: dict[int, int] = {}
        for i, b in enumerate(self.blocks):
            if i in self.labels or i in self.listed or b.text in self.captions or b.hidden:
                continue
            if b.kind == "heading":
                found[i] = b.level
            elif b.kind == "text" and (
                (b.bold and chapters.is_title(b.text) and not ends_sentence(b.text.rstrip(":：")))
                or b.text in self.titles
                or (len(b.text) <= 8 and self._names_a_section(i, b.text))
                or surroundings.opens_comments(b.text)
                or (len(b.text) <= 12 and surroundings.is_inside_summary(b.text))
            ):
                found[i] = _BOLD_LEVEL
        numbered = [
            i
            for i, b in enumerate(self.blocks)
            if i not in found
            and i not in self.labels
            and i not in self.listed
            and b.kind == "text"
            and chapters.is_numbered(b.text)
        ]
        if len(numbered) >= 2:
            found |= dict.fromkeys(numbered, _BOLD_LEVEL)
        if not any(i > self.first for i in found):
            loose = [i for i in self._loose() if i not in found]
            if len(loose) >= 2:
                found |= dict.fromkeys(loose, _BOLD_LEVEL)
        return found

    def _names_a_section(self, index: int, text: str) -> bool:
        """Say whether a bare line before or after the talk is a heading such as `目录`."""
        around = not self.first <= index <= self.last
        return around and bool(self.labels) and surroundings.section(text) is not None

    def _loose(self) -> list[int]:
        """List the short lines right before a label, in a document that punctuates its lines."""
        prose = [b for i, b in enumerate(self.blocks) if b.kind == "text" and len(b.text) > 30]
        if sum(ends_sentence(b.text) for b in prose) < 0.8 * len(prose):
            return []
        return [
            i
            for i, b in enumerate(self.blocks)
            if b.kind == "text"
            and i not in self.labels
            and i not in self.listed
            and i + 1 in self.labels
            and i != self.title
            and surroundings.is_caption(b.text)
            and b.text not in self.captions
            and not b.picture
            and i > 0
            and not self.blocks[i - 1].picture
            and self.blocks[i - 1].text not in self.captions
            and not surroundings.is_credit(b.text)
            and not surroundings.is_direction(b.text)
            and surroundings.section(b.text) is None
            and (i - 1 not in self.labels or len(self.blocks[i - 1].text) > self.labels[i - 1].rest)
            and speakers.leading_time(b.text)[0] is None
        ]

    def _begin(self, first: int) -> int:
        """Return where the talk begins: at its first label, or at the heading over it."""
        later = {rank for i, rank in self.headings.items() if i > first}
        begin = first
        for i in range(first - 1, -1, -1):
            rank = self.headings.get(i)
            if i == self.title or i in self.listed:
                break
            if rank is None:
                if begin != first or first - i > 4 or self.blocks[i].kind in ("code", "rule"):
                    break
                continue
            if surroundings.is_inside_summary(self.blocks[i].text):
                continue
            if surroundings.section(self.blocks[i].text) is not None:
                break
            if begin == i + 1 or rank in later:
                begin = i
            else:
                break
        return begin

    # before the talk

    def _before(self, index: int, block: Block) -> None:
        if index in self.headings:
            rank = self.headings[index]
            named = surroundings.section(block.text)
            if named is not None or self.section is None or rank <= self.level:
                self.section, self.level = named, rank
            return self._leave(block, "title" if index == self.title else "heading before the talk")
        if self._around(index, block):
            return None
        if self.section == "key points":
            self._point(block)
        elif self.section == "summary":
            self.out.summary.append(block.text)
        elif index == self.title:
            return self._leave(block, "title")
        else:
            self._leave(block, f"before the talk{f': {self.section}' if self.section else ''}")
        self.out.around.append(block.plain)
        return None

    def _point(self, block: Block) -> None:
        """Keep a line under a heading such as "Key points"."""
        if block.kind in ("item", "row") or _NUMBER.match(block.text):
            self.out.key_points.append(_NUMBER.sub("", block.text))
        else:
            self.out.summary.append(block.text)

    def _leave(self, block: Block, reason: str) -> None:
        self.out.left_out.append(LeftOut(block.line, reason))

    def _around(self, index: int, block: Block) -> bool:
        """Deal with a line that is never part of a turn, wherever it stands."""
        text = block.text
        picture = self.after_picture
        self.after_picture = False
        if block.kind in ("comment", "meta"):
            self._leave(block, "comment in the markup")
        elif block.kind == "code":
            if surroundings.is_mind_map(text) or self.section == "mind map":
                self.out.mind_map.append(text)
            else:
                open_fence = text.startswith(("```", "~~~"))
                self._leave(block, "code fence that nothing closes" if open_fence else "code")
        elif block.kind == "rule":
            self._leave(block, "rule")
        elif (block.picture and not text) or text in self.captions:
            self._leave(block, "picture" if not text else "repeated caption")
            self.after_picture = True
        elif index in self.listed:
            self._leave(block, "chapter list")
        elif tags := surroundings.hashtags(text):
            self.out.hashtags.extend(tags)
        elif surroundings.is_mind_map(text):
            self.out.mind_map.append(text)
        elif (
            (picture or block.picture)
            and surroundings.is_caption(text)
            and index not in self.labels
        ):
            self._leave(block, "caption")
        elif (
            self.section == "contents"
            and (block.kind == "item" or not ends_sentence(text))
            and index not in self.labels
        ):
            self._leave(block, "table of contents")
        else:
            return self._is_box(block)
        return True

    def _is_box(self, block: Block) -> bool:
        if block.hidden or self.section in ("people", "summary", "key points"):
            return False
        found = boxes.entry(block.text)
        if found:
            self.box = found.term
            self.out.boxes.append(
                Box(found.term, found.definition, block.plain.locator(0, len(block.text)))
            )
            self.out.around.append(block.plain)
        return found is not None

    # inside the talk

    def _inside(self, index: int, block: Block) -> None:
        if index in self.labels:
            return self._label(index, block, self.labels[index])
        if index in self.headings:
            return self._heading(index, block)
        if index == self.title:
            return self._leave(block, "title")
        if self.section not in (None, "talk"):
            return self._outside(index, block)
        if index > self.last and self._ends(index, block):
            self.section = "related"
            return self._leave(block, "after the talk")
        if self._around(index, block):
            return None
        return self._paragraph(block)

    def _label(self, index: int, block: Block, label: Label) -> None:
        self.section = None
        self.box = None
        self.after_picture = False
        self.now = Said(label.names, label.time, self._chapter())
        self.out.said.append(self.now)
        rest = block.plain.cut(label.rest)
        if rest.text:
            self._say(replace(block, plain=rest))

    def _chapter(self) -> int | None:
        return len(self.out.chapters) - 1 if self.out.chapters else None

    def _heading(self, index: int, block: Block) -> None:
        named = surroundings.section(block.text)
        labelled = bool(self.labels)
        inside = surroundings.is_inside_summary(block.text)
        if named == "summary" and not inside and (not labelled or index < self.last):
            named = None
        if named == "talk" and self.out.said:
            named = None
        if index > self.last and labelled and block.text.casefold().startswith(_CLOSING):
            named = "related"
        self.box = None
        if named is not None and not (named == "people" and index < self.last):
            self.section, self.level = named, self.headings[index]
            return self._leave(block, "heading around the talk")
        if self.section not in (None, "talk") and self.headings[index] > self.level:
            return self._outside(index, block)
        if index == self.title:
            return self._leave(block, "title")
        self.section = None
        timed = chapters.timed(block.text)
        title, time = timed if timed else (block.text, None)
        self.out.chapters.append(ChapterMark(title, time, block.line))
        if self.now is not None or self.everything:
            self.now = Said(self.now.names if self.now else (), None, self._chapter())
            self.out.said.append(self.now)
        return None

    def _outside(self, index: int, block: Block) -> None:
        if self._around(index, block):
            return
        if self.section == "key points" and block.kind == "item":
            self._point(block)
        elif self.section in ("summary", "key points"):
            self.out.summary.append(block.text)
        else:
            self._leave(block, f"around the talk: {self.section}")
            return
        self.out.around.append(block.plain)

    def _ends(self, index: int, block: Block) -> bool:
        """Say whether the talk is over before a line that comes after the last label."""
        if not self.labels:
            return surroundings.is_end(block.text)
        if surroundings.is_end(block.text) or surroundings.is_credit(block.text):
            return True
        if surroundings.section(block.text) == "related" and surroundings.is_caption(block.text):
            return True
        if block.kind != "rule":
            return False
        left = sum(len(b.text) for b in self.blocks[index:])
        return left < _MAX_FOOTER * sum(len(b.text) for b in self.blocks[:index])

    def _paragraph(self, block: Block) -> None:
        if block.hidden:
            label = speakers.parse(block.text)
            return self._say(replace(block, plain=block.plain.cut(label.rest)) if label else block)
        text = block.text
        time, rest = speakers.leading_time(text)
        if (
            time is not None
            and self.now is not None
            and self.now.time is None
            and not self.now.paragraphs
        ):
            self.now.time = time
        if time is not None:
            block = replace(block, plain=block.plain.cut(rest))
            if not block.text:
                return self._leave(block, "time")
            text = block.text
        if self.now is not None and not self.now.paragraphs and holds_a_role(block):
            return self._leave(block, "role")
        if surroundings.is_end(text) or surroundings.is_credit(text):
            return self._leave(block, "credit")
        if surroundings.is_direction(text):
            return self._leave(block, "what is heard")
        if surroundings.is_note(text) or self._sets_apart(block):
            self.out.notes.append(text)
            return self._leave(block, "editor's note")
        if self.box is not None:
            if boxes.goes_on(self.box, text):
                last = self.out.boxes[-1]
                self.out.boxes[-1] = replace(last, definition=f"{last.definition}\n{text}")
                return self._leave(block, "box")
            self.box = None
        if not self.everything and _is_link(text):
            return self._leave(block, "link")
        if self.everything and not self.out.said and (_is_link(text) or _is_field(text)):
            return self._leave(block, "before the talk")
        return self._say(block)

    def _sets_apart(self, block: Block) -> bool:
        """Say whether a paragraph is an editor's by its dress or by how it names the speaker."""
        text = block.text
        if surroundings.is_aside(text) and len(text) > 12 and not boxes.speaks(text):
            return True
        if (
            block.italic
            and not self.italics_talk
            and self.labels
            and len(text) > 20
            and not boxes.speaks(text)
        ):
            return True
        if (
            block.kind == "quote"
            and not self.quotes_talk
            and self.labels
            and not boxes.speaks(text)
        ):
            return True
        if self.now is None or boxes.speaks(text):
            return False
        words = {w for name in self.now.names for w in (name, *name.split()) if len(w) > 1}
        return any(text.startswith(w) for w in words) and len(text) > 30

    def _say(self, block: Block) -> None:
        if self.now is None:
            if not self.everything:
                return self._leave(block, "before the talk")
            self.now = Said((), None, self._chapter())
            self.out.said.append(self.now)
        piece = self._without_notes(block.plain)
        if piece.text:
            (self.now.originals if block.hidden else self.now.paragraphs).append(piece)
        return None

    def _without_notes(self, piece: Plain) -> Plain:
        spans = surroundings.inline_notes(piece.text)
        if not spans:
            return piece
        self.out.notes.extend(piece.text[a:b] for a, b in spans)
        edges = [0, *(edge for span in spans for edge in span), len(piece.text)]
        kept = [piece.cut(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        return join(kept, separator="")

    # afterwards

    def _number_chapters(self) -> None:
        """Drop headings that only hold other headings, and give the rest their times."""
        self.out.said = [s for s in self.out.said if s.paragraphs or s.originals]
        used = {s.chapter for s in self.out.said}
        ranks = {self.blocks[i].line: rank for i, rank in self.headings.items()}
        marks = self.out.chapters
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
        for one in self.out.said:
            one.chapter = at.get(one.chapter) if one.chapter is not None else None
        times = chapters.times([marks[i].title for i in keep], self.entries)
        self.out.chapters = [
            replace(marks[i], time=marks[i].time if marks[i].time is not None else time)
            for i, time in zip(keep, times, strict=True)
        ]
        if not self.out.chapters and self.entries:
            self._chapters_by_time()

    def _chapters_by_time(self) -> None:
        outer = [e for e in self.entries if e.depth == 0]
        self.out.chapters = [ChapterMark(e.title, e.time, self.blocks[e.index].line) for e in outer]
        now: int | None = None
        for one in self.out.said:
            if one.time is not None:
                now = max((i for i, e in enumerate(outer) if e.time <= one.time), default=None)
            one.chapter = now


def _is_field(text: str) -> bool:
    """Say whether a line tells of the talk and is none of it: `Location: London`."""
    key, colon, _ = text.replace("：", ":").partition(":")
    return bool(colon) and len(text) <= 160 and speakers.is_key(key.strip())


def _is_link(text: str) -> bool:
    words = text.split()
    return (
        bool(words)
        and len(text) < 400
        and words[-1].startswith(("http://", "https://", "<http"))
        and len(words) <= 4
    )
