"""Finds what two documents of one talk give to different people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from deckgen.correspondence import Link
from deckgen.disagreements import Disagreement, Passage
from deckgen.sidebyside import Pair, SideBySide

Turns = tuple[int | None, int | None]

_QUESTION = re.compile(
    r"什么|怎么|怎样|多少|多大|多重要|多久|哪|吗|呢|是否|是不是|为何"
    r"|^(?:what|how|why|when|who|do|does|did|is|are|can|could|would|will|have|has|should)\b",
    re.IGNORECASE,
)
_LIKELY = 0.2
_SURE = 0.65
_FAINTLY_SAID, _CLEARLY_SAID, _SURELY_SAID = 0.25, 0.65, 1.4
_OTHERWISE = 1.25


def speakers(on: SideBySide) -> Iterator[Disagreement]:
    """Group by turns the clauses that both documents have but give to different people."""
    return _Speakers(on).disagreements()


class _Speakers:
    def __init__(self, on: SideBySide) -> None:
        self.on = on

    def disagreements(self) -> Iterator[Disagreement]:
        paired, groups = self._paired(), self._linked()
        for turns in [*groups, *(turns for turns in paired if turns not in groups)]:
            links, pairs = groups.get(turns, []), paired.get(turns, [])
            weight = max((weight for _, _, weight in links), default=0.0)
            sure = max((pair.score for pair in pairs if self._by_one_each(pair)), default=0.0)
            if weight < (_CLEARLY_SAID if pairs else _SURELY_SAID) and sure < _SURE:
                continue
            a = self._passage(0, turns[0], [i for i, _, _ in links], [p.a for p in pairs])
            b = self._passage(1, turns[1], [j for _, j, _ in links], [p.b for p in pairs])
            sure = min(0.98, max(0.5 + 0.2 * weight, sure if sure >= _SURE else 0.0))
            yield Disagreement(
                "speaker", a, b, 0.95 * sure, f"{a.speaker} against {b.speaker}", sure
            )

    def _linked(self) -> dict[Turns, list[tuple[int, int, float]]]:
        """Group by turns the sentences of different people with a clause that says the same."""
        groups: dict[Turns, list[tuple[int, int, float]]] = {}
        for link in self.on.links:
            i, j = self.on.place(link)
            weight = self._weight(link.a, link.b)
            if (
                weight >= _FAINTLY_SAID
                and self._differ(i, j)
                and self._by_others(link, weight)
                and self._asks(link)
            ):
                turns = self.on.units[0][i].turn, self.on.units[1][j].turn
                groups.setdefault(turns, []).append((i, j, weight))
        return groups

    def _paired(self) -> dict[Turns, list[Pair]]:
        """Group by turns the pairs of the alignment that hold sentences of different people."""
        groups: dict[Turns, list[Pair]] = {}
        for pair in self.on.pairs:
            if pair.score >= _LIKELY:
                turns = {
                    (self.on.units[0][i].turn, self.on.units[1][j].turn): None
                    for i in pair.a
                    for j in pair.b
                    if self._differ(i, j)
                }
                for both in turns:
                    groups.setdefault(both, []).append(pair)
        return groups

    def _differ(self, i: int, j: int) -> bool:
        people = self.on.person(0, i), self.on.person(1, j)
        return None not in people and people[0] != people[1]

    def _by_one_each(self, pair: Pair) -> bool:
        return all(self._differ(i, j) for i in pair.a for j in pair.b)

    def _passage(
        self, side: int, turn: int | None, linked: list[int], paired: list[tuple[int, ...]]
    ) -> Passage:
        """Return what a turn says from the first of some sentences to the last."""
        rows = chain(linked, *paired)
        own = [row for row in rows if self.on.units[side][row].turn == turn]
        return self.on.passage(side, range(min(own), max(own) + 1))

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
