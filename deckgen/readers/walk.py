"""One walk through the blocks of a document that gives each line its place in the transcript."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from deckgen.readers import boxes, chapters, speakers, surroundings
from deckgen.readers.candidates import holds_a_role
from deckgen.readers.headings import Lines
from deckgen.readers.markdown import Block
from deckgen.readers.plain import Plain, ends_sentence, join
from deckgen.readers.speakers import Label
from deckgen.readers.surroundings import Section
from deckgen.readers.turns import Said
from deckgen.readers.understood import Understood, number_chapters
from deckgen.transcript import Box, ChapterMark, LeftOut

_NUMBER = re.compile(r"\d{1,2}[.)、．][ ]?")
_MAX_FOOTER = 0.15
_MAX_SHORT_FOOTER = 0.3, 600
"""A share of what stands before it, and characters: a short talk's footer weighs more."""


def walk(
    blocks: Sequence[Block],
    labels: Mapping[int, Label],
    captions: set[str],
    entries: Sequence[chapters.Entry],
    contents: Mapping[int, str],
    title: int | None,
    begin: int | None,
) -> Understood:
    """Sort the blocks; `begin`: where the talk begins, None: at the first label."""
    return _Walk(blocks, labels, captions, entries, contents, title, begin).run()


class _Walk:
    def __init__(
        self,
        blocks: Sequence[Block],
        labels: Mapping[int, Label],
        captions: set[str],
        entries: Sequence[chapters.Entry],
        contents: Mapping[int, str],
        title: int | None,
        begin: int | None,
    ) -> None:
        self.blocks, self.labels, self.captions, self.title = blocks, labels, captions, title
        self.everything = begin is not None
        self.out = Understood()
        self.entries = entries
        self.listed = {e.index for e in entries}.union(contents).difference(labels)
        self.last = max(labels, default=len(blocks))
        lines = Lines(
            blocks,
            labels,
            captions,
            self.listed,
            {e.title for e in entries}.union(contents.values()),
            title,
            first=min(labels, default=0),
            last=self.last,
        )
        self.headings = lines.ranks()
        self.begin = lines.begin(self.headings) if begin is None else begin
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
        number_chapters(self.out, self.blocks, self.headings, self.entries)
        return self.out

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
        elif index not in self.labels and (
            surroundings.points_at_picture(text)
            or ((picture or block.picture) and surroundings.is_caption(text))
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
        if block.hidden or self.section in ("people", "summary", "key points", "related"):
            return False
        read = boxes.listed if self.section == "glossary" else boxes.entry
        found = read(block.text)
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
        self._begin(Said(label.names, label.time, self._chapter()))
        rest = block.plain.cut(label.rest)
        if rest.text:
            self._say(replace(block, plain=rest))

    def _begin(self, said: Said) -> Said:
        self.now = said
        self.out.said.append(said)
        return said

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
        if index > self.last and labelled and not self.everything and self._is_footer(index):
            named = named or "related"
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
            self._begin(Said(self.now.names if self.now else (), None, self._chapter()))
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
        if surroundings.is_address(block.text) or surroundings.is_signature(block.text):
            return True
        in_other_dress = block.italic and not self.italics_talk
        return (block.kind == "rule" or in_other_dress) and self._is_footer(index)

    def _is_footer(self, index: int) -> bool:
        """Say whether what follows is little beside what stands before it."""
        left = sum(len(b.text) for b in self.blocks[index:])
        before = sum(len(b.text) for b in self.blocks[:index])
        share, characters = _MAX_SHORT_FOOTER
        return left < max(_MAX_FOOTER * before, min(share * before, characters))

    def _paragraph(self, block: Block) -> None:
        if block.hidden:
            label = speakers.parse(block.text)
            return self._say(replace(block, plain=block.plain.cut(label.rest)) if label else block)
        text = block.text
        time, rest = speakers.leading_time(text)
        if time is not None and self.now is None and self.everything:
            self._begin(Said((), time, self._chapter()))
        elif (
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
        if not self.everything and surroundings.is_link(text):
            return self._leave(block, "link")
        if (
            self.everything
            and not self.out.said
            and (surroundings.is_link(text) or surroundings.is_field(text))
        ):
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
        if self.now is None and not self.everything:
            return self._leave(block, "before the talk")
        now = self.now or self._begin(Said((), None, self._chapter()))
        piece = self._without_notes(block.plain)
        if piece.text:
            (now.originals if block.hidden else now.paragraphs).append(piece)
        return None

    def _without_notes(self, piece: Plain) -> Plain:
        spans = surroundings.inline_notes(piece.text)
        if not spans:
            return piece
        self.out.notes.extend(piece.text[a:b] for a, b in spans)
        edges = [0, *(edge for span in spans for edge in span), len(piece.text)]
        kept = [piece.cut(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        return join(kept, separator="")
