"""Finds where two documents of one talk disagree: numbers, speakers, polarity, names, omissions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from heapq import nlargest

from deckgen import alignment, polarity
from deckgen.attribution import speakers
from deckgen.bitext import Unit
from deckgen.disagreements import Comparison, Disagreement
from deckgen.quantities import Quantity, quantities, rival_of, said
from deckgen.sidebyside import Pair, SideBySide, units_of
from deckgen.transcript import Transcript

_UNRELATED = "the documents seem to have nothing to do with each other: not compared"
_LIKELY, _SAYS_THE_SAME = 0.2, 0.8
_ALIKE, _NEARLY = 0.3, 0.9
_FACTOR = 5
_SHORT = 7
_UNSAID, _HARDLY_SAID, _CLAUSE_UNSAID = 0.22, 0.3, 0.32
_LACKING = 0.2
_WEIGHTY, _WEIGHTY_CLAUSE = 4.0, 2.6


def compare(a: Transcript, b: Transcript) -> Comparison:
    """Align two documents of one talk, in one language or two, and list their disagreements."""
    units = tuple(units_of(a)), tuple(units_of(b))
    if not all(units):
        which = "one document is" if any(units) else "both documents are"
        return Comparison((), f"{which} empty: nothing to compare")
    if _said(units[0]) == _said(units[1]):
        return Comparison(())
    texts = [unit.text for unit in units[0]], [unit.text for unit in units[1]]
    times = [unit.time for unit in units[0]], [unit.time for unit in units[1]]
    found = alignment.align(*texts, times=times)
    if not found.related:
        return Comparison((), _UNRELATED)
    return Comparison(tuple(_Comparer(SideBySide(units, found)).disagreements()))


def _said(units: Sequence[Unit]) -> list[tuple[str, str | None]]:
    return [(unit.text, unit.speaker) for unit in units]


class _Comparer:
    def __init__(self, on: SideBySide) -> None:
        self.on = on

    def disagreements(self) -> list[Disagreement]:
        both = [pair for pair in self.on.pairs if pair.a and pair.b and pair.score >= _LIKELY]
        both += self.on.linked(both)
        unlike = [pair for pair in both if self.on.text(0, pair.a) != self.on.text(1, pair.b)]
        found = [
            *(item for pair in unlike for item in self._numbers(pair)),
            *speakers(self.on),
            *(item for pair in unlike for item in self._polarity(pair)),
            *(item for pair in unlike for item in self._names(pair)),
            *self._missing(),
        ]
        once: dict[tuple[str, ...], Disagreement] = {}
        for item in found:
            b = "" if item.kind == "number" else item.b.text
            once.setdefault((item.kind, item.a.text, b, item.detail), item)
        return sorted(once.values(), key=lambda item: -item.score)

    def _numbers(self, pair: Pair) -> Iterator[Disagreement]:
        rows = pair.a, pair.b
        texts = self.on.text(0, pair.a), self.on.text(1, pair.b)
        around = [self.on.text(side, self.on.around(side, rows[side])) for side in (0, 1)]
        for side in (0, 1):
            text, other = texts[side], texts[1 - side]
            for quantity in quantities(text):
                if said(quantity, text, other):
                    continue
                mine = text[quantity.start : quantity.end].strip()
                found = self._rival(quantity, side, rows, (text, around[1 - side], around[side]))
                if found:
                    place, rival = found
                    if side and not said(rival, place, text):
                        continue  # listed from the other side
                    harm = 0.5 if quantity.agrees(rival) else 0.75
                    harm += 0.1 * (quantity.factor(rival) >= _FACTOR) + 0.1 * (not quantity.weak)
                    theirs = place[rival.start : rival.end].strip()
                    ours = (theirs, mine) if side else (mine, theirs)
                    yield self.on.item("number", pair, harm, f"{ours[0]} against {ours[1]}")
                elif (
                    pair.aligned
                    and not quantity.weak
                    and not said(quantity, text, around[1 - side])
                ):
                    yield self.on.item("number", pair, 0.45, f"{mine} only in {'AB'[side]}")

    def _rival(
        self,
        quantity: Quantity,
        side: int,
        rows: tuple[Sequence[int], Sequence[int]],
        texts: tuple[str, str, str],
    ) -> tuple[str, Quantity] | None:
        """Find the number in this one's place, first where the same person speaks."""
        text, around, own_around = texts
        other = self.on.units[1 - side]
        speakers = {self.on.person(side, i) for i in rows[side]}
        order = sorted(rows[1 - side], key=lambda j: self.on.person(1 - side, j) not in speakers)
        for j in order:
            if found := rival_of(quantity, text, other[j].text):
                return other[j].text, found
        found = rival_of(quantity, text, around)
        return (around, found) if found and not said(found, around, own_around) else None

    def _polarity(self, pair: Pair) -> Iterator[Disagreement]:
        """Compare each clause with its likest in the sentences that say the same."""
        texts = self.on.text(0, pair.a), self.on.text(1, pair.b)
        found: dict[str, tuple[float, tuple[str, ...]]] = {}
        rows = self.on.clauses(0, pair.a), self.on.clauses(1, pair.b)
        alike = 0.0
        for side in (0, 1):
            for clause in rows[side]:
                like = self.on.same.like[side].get(clause, {})
                likest = nlargest(2, rows[1 - side], key=lambda other: like.get(other, 0.0))
                best = max((like.get(other, 0.0) for other in likest), default=0.0)
                alike = max(alike, best)
                least = max(_ALIKE * self.on.same.usual, _NEARLY * best)
                for other in (other for other in likest if like.get(other, 0.0) >= least):
                    both = (
                        self.on.same.clauses[side][clause].text,
                        self.on.same.clauses[1 - side][other].text,
                    )
                    if side:
                        both = both[::-1]
                    sure = like[other] / self.on.same.usual
                    for harm, detail in polarity.differences(both, texts, side, sure):
                        found.setdefault(detail, (harm, both))
        if alike >= _ALIKE * self.on.same.usual or pair.score >= _SAYS_THE_SAME:
            for harm, detail in polarity.doubts(texts):
                found[detail] = harm, self._unsure(pair)
        for detail, (harm, words) in found.items():
            yield replace(self.on.item("polarity", pair, harm, detail), words=words)

    def _unsure(self, pair: Pair) -> tuple[str, ...]:
        units = [self.on.units[0][i] for i in pair.a] + [self.on.units[1][j] for j in pair.b]
        return tuple(unit.text for unit in units if polarity.is_unsure(unit.text))

    def _names(self, pair: Pair) -> Iterator[Disagreement]:
        wording, only = self.on.same.wording, []
        for side, rows, others in ((0, pair.a, pair.b), (1, pair.b, pair.a)):
            near = self.on.around(1 - side, others)
            only.append(
                wording.names(side, self.on.clauses(side, rows), self.on.clauses(1 - side, near))
            )
        if any(only):
            harm = 0.7 if all(only) else 0.4
            detail = f"{', '.join(only[0]) or '–'} against {', '.join(only[1]) or '–'}"
            item = self.on.item("name", pair, harm, detail)
            yield replace(item, names=(*only[0], *only[1]))

    def _missing(self) -> Iterator[Disagreement]:
        for side in (0, 1):
            yield from self._left_out(side)
            if self.on.abridged[side] and self.on.same.wording.same_language:
                yield from self._added(side)

    def _left_out(self, side: int) -> Iterator[Disagreement]:
        """List the passages of one document that the other has nothing of."""
        alone: set[int] = set()
        for pair in self.on.pairs:
            rows, others = (pair.a, pair.b) if side == 0 else (pair.b, pair.a)
            alone.update(() if others else rows)
        usual = self.on.same.usual
        told = [self._said(side, unit) / usual for unit in range(len(self.on.units[side]))]
        run: list[int] = []
        for unit in [*range(len(told)), len(told)]:
            if unit < len(told) and unit in alone and told[unit] < _HARDLY_SAID:
                run.append(unit)
                continue
            weight, _ = self.on.same.wording.lacking(side, self.on.clauses(side, run), ())
            if run and weight >= _WEIGHTY and min(told[i] for i in run) < _UNSAID:
                yield self._only(side, run, 0.5, 0.8, f"only in {'AB'[side]}")
            run = []

    def _said(self, side: int, unit: int) -> float:
        """Return how much of a sentence the other document says nearby, 0…1."""
        clauses = self.on.same.of_unit[side][unit]
        sizes = [len(self.on.same.clauses[side][clause].text) for clause in clauses]
        said = sum(
            size * self.on.same.best(side, clause)
            for size, clause in zip(sizes, clauses, strict=True)
        )
        return said / sum(sizes) if sizes else 1.0

    def _added(self, side: int) -> Iterator[Disagreement]:
        """List what the shorter document adds to what it takes from the other, clause by clause."""
        for pair in self.on.pairs:
            rows, others = (pair.a, pair.b) if side == 0 else (pair.b, pair.a)
            if not others or pair.score >= _SAYS_THE_SAME:
                continue
            near = self.on.clauses(1 - side, self.on.around(1 - side, others))
            added = []
            for clause in self.on.clauses(side, rows):
                weight, lacking = self.on.same.wording.lacking(side, [clause], near)
                text = self.on.same.clauses[side][clause].text
                if (
                    weight >= _WEIGHTY_CLAUSE
                    and len(text) >= _SHORT
                    and lacking >= (_LACKING + self.on.same.unknown[side]) * weight
                    and self.on.same.best(side, clause) < _CLAUSE_UNSAID * self.on.same.usual
                ):
                    added.append(text)
            if added:
                yield self.on.item(
                    "missing", pair, 0.4, f"only in {'AB'[side]}: {' / '.join(added)}"
                )

    def _only(
        self, side: int, rows: Sequence[int], harm: float, sure: float, detail: str
    ) -> Disagreement:
        passages = (
            self.on.passage(0, rows if side == 0 else ()),
            self.on.passage(1, rows if side else ()),
        )
        return Disagreement("missing", *passages, harm * sure, detail, sure)
