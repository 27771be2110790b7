"""Which clauses of two aligned documents say the same, and which only one of them has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deckgen.alignment import Alignment
from deckgen.bitext import Unit
from deckgen.wording import Wording

_MARK = re.compile(
    r"[，；。？！：…]+|(?<!\d),+|,+(?!\d)|[;:.?!]+(?=$|[\s\u3400-\u9fff”\"’)）])|\s[–—-]+\s|——"
)
_QUOTES = " “”‘’\"'"
_NEAR = 6
_MOST = 80
_FAINT = 0.15
_SURE = 0.5
_USUAL = 0.45


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two marks of a sentence; `unit` is the sentence's index."""

    text: str
    unit: int
    asks: bool


@dataclass(frozen=True, slots=True)
class Link:
    """Two clauses that are each other's best match, with their likeness, 0…1.

    `shared` sums the weights of the words that both have.
    """

    a: int
    b: int
    likeness: float
    shared: float


class Correspondence:
    """The clauses of two documents, and which are like which.

    `near[side][i]` is where the other document may say sentence i, `of_unit[side][i]` where its
    clauses stand, `like[side][c]` has the other document's clauses that are at all like clause c.
    `usual` is how alike translations of each other are here, against two paraphrases in Chinese,
    `unknown[side]` the usual share of their words that seem to lack a counterpart.
    """

    def __init__(self, a: Sequence[Unit], b: Sequence[Unit], found: Alignment) -> None:
        self.clauses = tuple(_clauses(a)), tuple(_clauses(b))
        self.wording = Wording(*([clause.text for clause in side] for side in self.clauses))
        self.near = _near(found, len(a), len(b))
        self.of_unit = _by_unit(self.clauses[0], len(a)), _by_unit(self.clauses[1], len(b))
        like: tuple[dict[int, dict[int, float]], dict[int, dict[int, float]]] = ({}, {})
        for x in range(len(self.clauses[0])):
            for y in self._beside(x):
                likeness = self.wording.likeness(x, y)
                if likeness >= _FAINT:
                    like[0].setdefault(x, {})[y] = like[1].setdefault(y, {})[x] = likeness
        self.like = like
        sure = [i for bead in found.beads if bead.en and bead.score > _SURE for i in bead.zh]
        best = sorted(self.best(0, clause) for unit in sure for clause in self.of_unit[0][unit])
        self.usual = min(1.0, best[len(best) // 2] / _USUAL) if best else 1.0
        self.unknown = self._unknown(0, found), self._unknown(1, found)

    def links(self) -> Iterator[Link]:
        """Yield the clauses that are each other's best match, in the first document's order."""
        for x, others in self.like[0].items():
            y = max(others, key=lambda other: (others[other], -other))
            back = self.like[1][y]
            if max(back, key=lambda other: (back[other], -other)) == x:
                yield Link(x, y, others[y], self.wording.shared(x, y))

    def best(self, side: int, clause: int) -> float:
        """Return how like a clause the likest one of the other document is, 0…1."""
        return max(self.like[side].get(clause, {}).values(), default=0.0)

    def _unknown(self, side: int, found: Alignment) -> float:
        shares = []
        for bead in found.beads:
            rows, others = (bead.zh, bead.en) if side == 0 else (bead.en, bead.zh)
            if others and bead.score > _SURE:
                near = [clause for other in others for clause in self.of_unit[1 - side][other]]
                clauses = [clause for unit in rows for clause in self.of_unit[side][unit]]
                weight, lacking = self.wording.lacking(side, clauses, near)
                shares.append(lacking / weight if weight else 0.0)
        return sorted(shares)[len(shares) // 2] if shares else 0.0

    def _beside(self, clause: int) -> Sequence[int]:
        unit = self.clauses[0][clause].unit
        near = self.near[0][unit]
        if not near:
            return ()
        first, last = self.of_unit[1][near.start], self.of_unit[1][near.stop - 1]
        beside = range(first.start, last.stop)
        if len(beside) <= _MOST:
            return beside
        own = self.of_unit[0][unit]
        middle = beside.start + len(beside) * (clause - own.start) // len(own)
        return range(max(beside.start, middle - _MOST // 2), min(beside.stop, middle + _MOST // 2))


def _clauses(units: Sequence[Unit]) -> Iterator[Clause]:
    for index, unit in enumerate(units):
        start = 0
        for match in [*_MARK.finditer(unit.text), None]:
            end = match.start() if match else len(unit.text)
            text = unit.text[start:end].strip(_QUOTES)
            if text:
                yield Clause(text, index, match is not None and match[0][0] in "?？")
            start = match.end() if match else end


def _by_unit(clauses: Sequence[Clause], units: int) -> list[range]:
    """Return for each sentence where its clauses stand."""
    bounds = [0] * (units + 1)
    for clause in clauses:
        bounds[clause.unit + 1] += 1
    for unit in range(units):
        bounds[unit + 1] += bounds[unit]
    return [range(bounds[unit], bounds[unit + 1]) for unit in range(units)]


def _near(found: Alignment, total_a: int, total_b: int) -> tuple[list[range], list[range]]:
    """Return for each sentence where the other document may say the same."""
    near: tuple[list[range], list[range]] = ([range(0)] * total_a, [range(0)] * total_b)
    i = j = 0
    for bead in found.beads:
        first_a, first_b = (bead.zh[0] if bead.zh else i), (bead.en[0] if bead.en else j)
        i, j = first_a + len(bead.zh), first_b + len(bead.en)
        for unit in bead.zh:
            near[0][unit] = range(max(0, first_b - _NEAR), min(total_b, j + _NEAR))
        for unit in bead.en:
            near[1][unit] = range(max(0, first_a - _NEAR), min(total_a, i + _NEAR))
    return near
