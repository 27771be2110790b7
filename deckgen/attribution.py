"""Finds what two documents of one talk give to different people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.correspondence import Link
from deckgen.disagreements import Disagreement
from deckgen.sidebyside import SideBySide

_QUESTION = re.compile(
    r"什么|怎么|怎样|多少|多大|多重要|多久|哪|吗|呢|是否|是不是|为何"
    r"|^(?:what|how|why|when|who|do|does|did|is|are|can|could|would|will|have|has|should)\b",
    re.IGNORECASE,
)
_LIKELY = 0.2
_FAINTLY_SAID, _CLEARLY_SAID = 0.25, 0.65
_OTHERWISE = 1.25


def speakers(on: SideBySide) -> Iterator[Disagreement]:
    """Group by turns the clauses that both documents have but give to different people."""
    return _Speakers(on).disagreements()


class _Speakers:
    def __init__(self, on: SideBySide) -> None:
        self.on = on

    def disagreements(self) -> Iterator[Disagreement]:
        groups: dict[tuple[int | None, int | None], list[tuple[int, int, float]]] = {}
        for link in self.on.links:
            i, j = self.on.place(link)
            one, other = self.on.units[0][i], self.on.units[1][j]
            if one.speaker and other.speaker and self.on.person(0, i) != self.on.person(1, j):
                weight = self._weight(link.a, link.b)
                if weight >= _FAINTLY_SAID and self._by_others(link, weight) and self._asks(link):
                    groups.setdefault((one.turn, other.turn), []).append((i, j, weight))
        beads = self._by_turns()
        for turns, members in groups.items():
            weight = max(weight for _, _, weight in members)
            if weight < _CLEARLY_SAID:
                continue
            a, b = (
                self.on.passage(side, sorted({m[side] for m in (*members, *beads.get(turns, ()))}))
                for side in (0, 1)
            )
            sure = min(0.98, 0.5 + 0.2 * weight)
            yield Disagreement(
                "speaker", a, b, 0.95 * sure, f"{a.speaker} against {b.speaker}", sure
            )

    def _by_turns(self) -> dict[tuple[int | None, int | None], list[tuple[int, int]]]:
        """Group by turns the sentences that the alignment pairs."""
        groups: dict[tuple[int | None, int | None], list[tuple[int, int]]] = {}
        for pair in self.on.pairs:
            if pair.score >= _LIKELY:
                for i in pair.a:
                    for j in pair.b:
                        turns = self.on.units[0][i].turn, self.on.units[1][j].turn
                        groups.setdefault(turns, []).append((i, j))
        return groups

    def _weight(self, x: int, y: int) -> float:
        """Return how much two clauses say alike: their likeness by the words they share."""
        shared = self.on.same.wording.shared(x, y)
        return self.on.same.like[0][x].get(y, 0.0) * shared if shared >= 1 else 0.0

    def _by_others(self, link: Link, weight: float) -> bool:
        """Say whether neither speaker also says nearly as much in the other document."""
        i, j = self.on.place(link)
        like, clauses = self.on.same.like, self.on.same.clauses
        same_a = [
            y
            for y in like[0][link.a]
            if self.on.person(1, clauses[1][y].unit) == self.on.person(0, i)
        ]
        same_b = [
            x
            for x in like[1][link.b]
            if self.on.person(0, clauses[0][x].unit) == self.on.person(1, j)
        ]
        others = [(link.a, y) for y in same_a] + [(x, link.b) for x in same_b]
        return all(_OTHERWISE * self._weight(x, y) < weight for x, y in others)

    def _asks(self, link: Link) -> bool:
        """Say whether two clauses or their sentences both ask, or neither does."""
        asks = []
        for side, clause in ((0, link.a), (1, link.b)):
            clauses = self.on.same.clauses[side]
            last = self.on.same.of_unit[side][clauses[clause].unit].stop - 1
            asks.append((clauses[last].asks, bool(_QUESTION.search(clauses[clause].text))))
        return asks[0][0] == asks[1][0] or asks[0][1] == asks[1][1]
