"""Which lines of a document are headings, marked as such or not, and where its talk begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from deckgen.readers import chapters, speakers, surroundings
from deckgen.readers.markdown import Block
from deckgen.readers.plain import ends_sentence
from deckgen.readers.speakers import Label

_BOLD_LEVEL = 7


@dataclass(frozen=True, slots=True)
class Lines:
    """A document's lines and what is known of them: its labels, captions and chapter list.

    `first` and `last` are the lines of the first and the last label.
    """

    blocks: Sequence[Block]
    labels: Mapping[int, Label]
    captions: Set[str]
    listed: Set[int]
    titles: Set[str]
    title: int | None
    first: int
    last: int

    def ranks(self) -> dict[int, int]:
        """Return the rank of each line that is a heading, marked as one or not."""
        found: dict[int, int] = {}
        for i, b in enumerate(self.blocks):
            if i in self.labels or i in self.listed or b.text in self.captions or b.hidden:
                continue
            if b.kind == "heading":
                found[i] = b.level
            elif b.kind == "text" and (
                (b.bold and chapters.is_title(b.text) and not ends_sentence(b.text.rstrip(":：")))
                or self._is_listed(b.text)
                or chapters.is_bracketed(b.text)
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

    def _is_listed(self, text: str) -> bool:
        """Say whether a line is a title of the chapter list, with its time or without."""
        timed = chapters.timed(text)
        return text in self.titles or (timed is not None and timed[0] in self.titles)

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
            and not surroundings.is_aside(b.text)
            and surroundings.section(b.text) is None
            and (i - 1 not in self.labels or len(self.blocks[i - 1].text) > self.labels[i - 1].rest)
            and speakers.leading_time(b.text)[0] is None
        ]

    def begin(self, headings: Mapping[int, int]) -> int:
        """Return where the talk begins: at its first label, or at the heading over it."""
        later = {rank for i, rank in headings.items() if i > self.first}
        begin = self.first
        for i in range(self.first - 1, -1, -1):
            rank = headings.get(i)
            if i == self.title or i in self.listed:
                break
            if rank is None:
                if (
                    begin != self.first
                    or self.first - i > 4
                    or self.blocks[i].kind in ("code", "rule")
                ):
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
