"""Two documents side by side: their sentences in pairs, and the clauses that say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from deckgen import alignment, bitext
from deckgen.alignment import Alignment
from deckgen.bitext import Unit
from deckgen.correspondence import Correspondence, Link
from deckgen.disagreements import Disagreement, Kind, Passage
from deckgen.transcript import Transcript

_LONGEST = 600
_PIECE = re.compile(rf".{{1,{_LONGEST - 1}}}[，,；;、]|.{{1,{_LONGEST}}}")
_NEAR = 3
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences of both documents that say the same; `aligned` where the alignment says so."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float
    aligned: bool = True


def units_of(document: Transcript) -> Iterator[Unit]:
    """Cut the sentences that are far too long at their commas, or anywhere."""
    for unit in bitext.units_of(document):
        if len(unit.text) <= _LONGEST:
            yield unit
        else:
            for piece in _PIECE.findall(unit.text):
                yield replace(unit, text=piece.strip())


class SideBySide:
    """The sentences of two documents: in pairs, and by the clauses that say the same.

    `abridged[side]` says that the other document has much more; all lists go by side, 0 or 1.
    """

    def __init__(self, units: tuple[Sequence[Unit], Sequence[Unit]], found: Alignment) -> None:
        self.units = units
        self._space = [
            "" if alignment.is_chinese([unit.text for unit in side]) else " " for side in units
        ]
        self.same = Correspondence(*units, found)
        self.links = list(self.same.links())
        self.pairs = [Pair(bead.zh, bead.en, bead.score) for bead in found.beads]
        self.people = self._people()
        alone = [
            sum(len(rows[side]) for rows in ((p.a, p.b) for p in self.pairs) if not rows[1 - side])
            / len(units[side])
            for side in (0, 1)
        ]
        self.abridged = [alone[1 - side] > 2 * alone[side] for side in (0, 1)]

    def _people(self) -> dict[str | None, str]:
        """Match the speakers' names of two documents: Sarah is Sarah Guo, and so may 莎拉 be.

        Names with a word in common are one person's; of the others, two that each stand beside
        the other most often.
        """
        beside: Counter[tuple[str, str]] = Counter()
        for pair in self.pairs:
            if pair.score >= _SURE:
                in_a = {self.units[0][i].speaker for i in pair.a}
                in_b = {self.units[1][j].speaker for j in pair.b}
                beside.update((a, b) for a in in_a for b in in_b if a and b)
        names = [sorted({u.speaker for u in side if u.speaker}) for side in self.units]
        found: dict[str | None, str] = {
            a: b
            for a in names[0]
            for b in names[1]
            if a == b or set(a.lower().split()) & set(b.lower().split())
        }
        for (a, b), _ in beside.most_common():
            if a not in found and b not in found.values():
                found[a] = b
        return found

    def linked(self, pairs: Sequence[Pair]) -> list[Pair]:
        """Pair the sentences that have a clause in common but are in no pair together."""
        known = {(i, j) for pair in pairs for i in pair.a for j in pair.b}
        found: dict[tuple[int, int], float] = {}
        for link in self.links:
            place = self.place(link)
            if place not in known and link.likeness * link.shared >= 0.8:
                found[place] = max(found.get(place, 0.0), min(0.9, link.likeness + 0.2))
        return [Pair((i,), (j,), score, False) for (i, j), score in found.items()]

    def item(self, kind: Kind, pair: Pair, harm: float, detail: str) -> Disagreement:
        """Return a disagreement at a pair, its harm weighed by how sure the pair is."""
        score = harm * (0.5 + 0.5 * pair.score)
        return Disagreement(
            kind, self.passage(0, pair.a), self.passage(1, pair.b), score, detail, pair.score
        )

    def place(self, link: Link) -> tuple[int, int]:
        """Return the sentences in which two linked clauses stand."""
        return self.same.clauses[0][link.a].unit, self.same.clauses[1][link.b].unit

    def clauses(self, side: int, rows: Sequence[int]) -> list[int]:
        """List the clauses of some sentences."""
        return [clause for unit in rows for clause in self.same.of_unit[side][unit]]

    def around(self, side: int, rows: Sequence[int]) -> range:
        """Return some sentences with those near them."""
        return range(max(0, min(rows) - _NEAR), min(len(self.units[side]), max(rows) + 1 + _NEAR))

    def person(self, side: int, unit: int) -> str | None:
        """Return who says a sentence, by the name that the second document uses."""
        speaker = self.units[side][unit].speaker
        return speaker if side else self.people.get(speaker, speaker)

    def text(self, side: int, rows: Sequence[int]) -> str:
        """Return some sentences as one text."""
        return self._space[side].join(self.units[side][i].text for i in rows)

    def passage(self, side: int, rows: Sequence[int]) -> Passage:
        """Return some sentences with who says the first, and in which chapter."""
        if not rows:
            return Passage("")
        first = self.units[side][rows[0]]
        return Passage(self.text(side, rows), first.speaker, first.chapter, first.turn)
