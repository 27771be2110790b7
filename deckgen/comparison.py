"""Finds where two documents of one talk disagree: numbers, speakers, polarity, names, omissions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

from deckgen import alignment, bitext, polarity
from deckgen.bitext import Unit
from deckgen.correspondence import Correspondence, Link
from deckgen.disagreements import Comparison, Disagreement, Kind, Passage
from deckgen.quantities import Quantity, quantities, rival_of, said
from deckgen.transcript import Transcript

_QUESTION = re.compile(
    r"什么|怎么|怎样|多少|多大|多重要|多久|哪|吗|呢|是否|是不是|为何"
    r"|^(?:what|how|why|when|who|do|does|did|is|are|can|could|would|will|have|has|should)\b",
    re.IGNORECASE,
)
_LONGEST = 600
_PIECE = re.compile(rf".{{1,{_LONGEST - 1}}}[，,；;、]|.{{1,{_LONGEST}}}")
_LIKELY, _CERTAIN = 0.2, 0.9
_NEAR = 3
_ALIKE, _NEARLY = 0.3, 0.9
_FAINTLY_SAID, _CLEARLY_SAID = 0.25, 0.65
_OTHERWISE = 1.25
_FACTOR = 5
_SHORT = 7
_UNSAID, _HARDLY_SAID, _CLAUSE_UNSAID = 0.22, 0.3, 0.32
_LACKING = 0.2
_WEIGHTY, _WEIGHTY_CLAUSE = 4.0, 2.6


@dataclass(frozen=True, slots=True)
class _Pair:
    """Sentences of both documents that say the same; `aligned` where the alignment says so."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float
    aligned: bool = True


def compare(a: Transcript, b: Transcript) -> Comparison:
    """Align two documents of one talk, in one language or two, and list their disagreements."""
    units = tuple(_units(a)), tuple(_units(b))
    texts = [unit.text for unit in units[0]], [unit.text for unit in units[1]]
    times = [unit.time for unit in units[0]], [unit.time for unit in units[1]]
    found = alignment.align(*texts, times=times)
    if not found.related:
        return Comparison((), False)
    return Comparison(tuple(_Comparer(units, found).disagreements()), True)


def _units(document: Transcript) -> Iterator[Unit]:
    """Cut the sentences that are far too long at their commas, or anywhere."""
    for unit in bitext.units_of(document):
        if len(unit.text) <= _LONGEST:
            yield unit
        else:
            for piece in _PIECE.findall(unit.text):
                yield replace(unit, text=piece.strip())


class _Comparer:
    def __init__(
        self, units: tuple[Sequence[Unit], Sequence[Unit]], found: alignment.Alignment
    ) -> None:
        self.units = units
        self.same = Correspondence(*units, found)
        self.links = list(self.same.links())
        self.pairs = [_Pair(bead.zh, bead.en, bead.score) for bead in found.beads]
        self.people = _people(*([unit.speaker for unit in side] for side in units))
        alone = [
            sum(len(rows[side]) for rows in ((p.a, p.b) for p in self.pairs) if not rows[1 - side])
            / len(units[side])
            for side in (0, 1)
        ]
        self.abridged = [alone[1 - side] > 2 * alone[side] for side in (0, 1)]

    def disagreements(self) -> list[Disagreement]:
        both = [pair for pair in self.pairs if pair.a and pair.b and pair.score >= _LIKELY]
        both += self._linked(both)
        found = [
            *(item for pair in both for item in self._numbers(pair)),
            *self._speakers(),
            *(item for pair in both for item in self._polarity(pair)),
            *(item for pair in both for item in self._names(pair)),
            *self._missing(),
        ]
        once: dict[tuple[str, ...], Disagreement] = {}
        for item in found:
            b = "" if item.kind == "number" else item.b.text
            once.setdefault((item.kind, item.a.text, b, item.detail), item)
        return sorted(once.values(), key=lambda item: -item.score)

    def _linked(self, pairs: Sequence[_Pair]) -> list[_Pair]:
        """Pair the sentences that have a clause in common but are in no pair together."""
        known = {(i, j) for pair in pairs for i in pair.a for j in pair.b}
        found: dict[tuple[int, int], float] = {}
        for link in self.links:
            place = self._place(link)
            if place not in known and link.likeness * link.shared >= 0.8:
                found[place] = max(found.get(place, 0.0), min(0.9, link.likeness + 0.2))
        return [_Pair((i,), (j,), score, False) for (i, j), score in found.items()]

    def _numbers(self, pair: _Pair) -> Iterator[Disagreement]:
        rows = pair.a, pair.b
        texts = self._text(0, pair.a), self._text(1, pair.b)
        around = [self._text(side, self._around(side, rows[side])) for side in (0, 1)]
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
                    yield self._item("number", pair, harm, f"{ours[0]} against {ours[1]}")
                elif (
                    pair.aligned
                    and not quantity.weak
                    and not said(quantity, text, around[1 - side])
                ):
                    yield self._item("number", pair, 0.45, f"{mine} only in {'AB'[side]}")

    def _rival(
        self,
        quantity: Quantity,
        side: int,
        rows: tuple[Sequence[int], Sequence[int]],
        texts: tuple[str, str, str],
    ) -> tuple[str, Quantity] | None:
        """Find the number in this one's place, first where the same person speaks."""
        text, around, own_around = texts
        other = self.units[1 - side]
        speakers = {self._person(side, i) for i in rows[side]}
        order = sorted(rows[1 - side], key=lambda j: self._person(1 - side, j) not in speakers)
        for j in order:
            if found := rival_of(quantity, text, other[j].text):
                return other[j].text, found
        found = rival_of(quantity, text, around)
        return (around, found) if found and not said(found, around, own_around) else None

    def _speakers(self) -> Iterator[Disagreement]:
        """Group by turns the clauses that both documents have but give to different people."""
        groups: dict[tuple[int | None, int | None], list[tuple[int, int, float]]] = {}
        for link in self.links:
            i, j = self._place(link)
            one, other = self.units[0][i], self.units[1][j]
            if one.speaker and other.speaker and self._person(0, i) != self._person(1, j):
                weight = self._weight(link.a, link.b)
                if weight >= _FAINTLY_SAID and self._by_others(link, weight) and self._asks(link):
                    groups.setdefault((one.turn, other.turn), []).append((i, j, weight))
        beads = self._by_turns()
        for turns, members in groups.items():
            weight = max(weight for _, _, weight in members)
            if weight < _CLEARLY_SAID:
                continue
            a, b = (
                self._passage(side, sorted({m[side] for m in (*members, *beads.get(turns, ()))}))
                for side in (0, 1)
            )
            sure = min(0.98, 0.5 + 0.2 * weight)
            yield Disagreement(
                "speaker", a, b, 0.95 * sure, f"{a.speaker} against {b.speaker}", sure
            )

    def _by_turns(self) -> dict[tuple[int | None, int | None], list[tuple[int, int]]]:
        """Group by turns the sentences that the alignment pairs."""
        groups: dict[tuple[int | None, int | None], list[tuple[int, int]]] = {}
        for pair in self.pairs:
            if pair.score >= _LIKELY:
                for i in pair.a:
                    for j in pair.b:
                        turns = self.units[0][i].turn, self.units[1][j].turn
                        groups.setdefault(turns, []).append((i, j))
        return groups

    def _weight(self, x: int, y: int) -> float:
        """Return how much two clauses say alike: their likeness by the words they share."""
        shared = self.same.wording.shared(x, y)
        return self.same.like[0][x].get(y, 0.0) * shared if shared >= 1 else 0.0

    def _by_others(self, link: Link, weight: float) -> bool:
        """Say whether neither speaker also says nearly as much in the other document."""
        i, j = self._place(link)
        like, clauses = self.same.like, self.same.clauses
        same_a = [
            y for y in like[0][link.a] if self._person(1, clauses[1][y].unit) == self._person(0, i)
        ]
        same_b = [
            x for x in like[1][link.b] if self._person(0, clauses[0][x].unit) == self._person(1, j)
        ]
        others = [(link.a, y) for y in same_a] + [(x, link.b) for x in same_b]
        return all(_OTHERWISE * self._weight(x, y) < weight for x, y in others)

    def _asks(self, link: Link) -> bool:
        """Say whether two clauses or their sentences both ask, or neither does."""
        asks = []
        for side, clause in ((0, link.a), (1, link.b)):
            clauses = self.same.clauses[side]
            last = self.same.of_unit[side][clauses[clause].unit].stop - 1
            asks.append((clauses[last].asks, bool(_QUESTION.search(clauses[clause].text))))
        return asks[0][0] == asks[1][0] or asks[0][1] == asks[1][1]

    def _polarity(self, pair: _Pair) -> Iterator[Disagreement]:
        """Compare each clause with its likest in the sentences that say the same."""
        texts = self._text(0, pair.a), self._text(1, pair.b)
        found: dict[str, tuple[float, tuple[str, ...]]] = {}
        rows = self._clauses(0, pair.a), self._clauses(1, pair.b)
        alike = 0.0
        for side in (0, 1):
            for clause in rows[side]:
                like = self.same.like[side].get(clause, {})
                likest = nlargest(2, rows[1 - side], key=lambda other: like.get(other, 0.0))
                best = max((like.get(other, 0.0) for other in likest), default=0.0)
                alike = max(alike, best)
                least = max(_ALIKE * self.same.usual, _NEARLY * best)
                for other in (other for other in likest if like.get(other, 0.0) >= least):
                    both = (
                        self.same.clauses[side][clause].text,
                        self.same.clauses[1 - side][other].text,
                    )
                    if side:
                        both = both[::-1]
                    sure = like[other] / self.same.usual
                    for harm, detail in polarity.differences(both, texts, side, sure):
                        found.setdefault(detail, (harm, both))
        if alike >= _ALIKE * self.same.usual:
            for harm, detail in polarity.doubts(texts):
                found[detail] = harm, self._unsure(pair)
        for detail, (harm, words) in found.items():
            yield replace(self._item("polarity", pair, harm, detail), words=words)

    def _unsure(self, pair: _Pair) -> tuple[str, ...]:
        units = [self.units[0][i] for i in pair.a] + [self.units[1][j] for j in pair.b]
        return tuple(unit.text for unit in units if polarity.is_unsure(unit.text))

    def _names(self, pair: _Pair) -> Iterator[Disagreement]:
        wording, only = self.same.wording, []
        for side, rows, others in ((0, pair.a, pair.b), (1, pair.b, pair.a)):
            near = self._around(1 - side, others)
            only.append(
                wording.names(side, self._clauses(side, rows), self._clauses(1 - side, near))
            )
        if any(only):
            harm = 0.7 if all(only) else 0.4
            detail = f"{', '.join(only[0]) or '–'} against {', '.join(only[1]) or '–'}"
            item = self._item("name", pair, harm, detail)
            yield replace(item, names=(*only[0], *only[1]))

    def _missing(self) -> Iterator[Disagreement]:
        for side in (0, 1):
            yield from self._left_out(side)
            if self.abridged[side] and self.same.wording.same_language:
                yield from self._added(side)

    def _left_out(self, side: int) -> Iterator[Disagreement]:
        """List the passages of one document that the other has nothing of."""
        run: list[int] = []
        told = [self._said(side, unit) for unit in range(len(self.units[side]))]
        for pair in self.pairs:
            rows, others = (pair.a, pair.b) if side == 0 else (pair.b, pair.a)
            if len(rows) == len(others) == 1 and pair.score >= _CERTAIN:
                told[rows[0]] = 1.0
        for unit in [*range(len(told)), len(told)]:
            if unit < len(told) and told[unit] < _HARDLY_SAID * self.same.usual:
                run.append(unit)
                continue
            clauses = self._clauses(side, run)
            weight, _ = self.same.wording.lacking(side, clauses, ())
            if run and weight >= _WEIGHTY and min(told[i] for i in run) < _UNSAID * self.same.usual:
                yield self._only(side, run, 0.5, 0.8, f"only in {'AB'[side]}")
            run = []

    def _said(self, side: int, unit: int) -> float:
        """Return how much of a sentence the other document says nearby, 0…1."""
        clauses = self.same.of_unit[side][unit]
        sizes = [len(self.same.clauses[side][clause].text) for clause in clauses]
        said = sum(
            size * self.same.best(side, clause) for size, clause in zip(sizes, clauses, strict=True)
        )
        return said / sum(sizes) if sizes else 1.0

    def _added(self, side: int) -> Iterator[Disagreement]:
        """List what the shorter document adds to what it takes from the other, clause by clause."""
        for pair in self.pairs:
            rows, others = (pair.a, pair.b) if side == 0 else (pair.b, pair.a)
            if not others:
                continue
            near = self._clauses(1 - side, self._around(1 - side, others))
            added = []
            for clause in self._clauses(side, rows):
                weight, lacking = self.same.wording.lacking(side, [clause], near)
                text = self.same.clauses[side][clause].text
                if (
                    weight >= _WEIGHTY_CLAUSE
                    and len(text) >= _SHORT
                    and lacking >= (_LACKING + self.same.unknown[side]) * weight
                    and self.same.best(side, clause) < _CLAUSE_UNSAID * self.same.usual
                ):
                    added.append(text)
            if added:
                yield self._item("missing", pair, 0.4, f"only in {'AB'[side]}: {' / '.join(added)}")

    def _only(
        self, side: int, rows: Sequence[int], harm: float, sure: float, detail: str
    ) -> Disagreement:
        passages = (
            self._passage(0, rows if side == 0 else ()),
            self._passage(1, rows if side else ()),
        )
        return Disagreement("missing", *passages, harm * sure, detail, sure)

    def _item(self, kind: Kind, pair: _Pair, harm: float, detail: str) -> Disagreement:
        score = harm * (0.5 + 0.5 * pair.score)
        return Disagreement(
            kind, self._passage(0, pair.a), self._passage(1, pair.b), score, detail, pair.score
        )

    def _place(self, link: Link) -> tuple[int, int]:
        return self.same.clauses[0][link.a].unit, self.same.clauses[1][link.b].unit

    def _clauses(self, side: int, rows: Sequence[int]) -> list[int]:
        return [clause for unit in rows for clause in self.same.of_unit[side][unit]]

    def _around(self, side: int, rows: Sequence[int]) -> range:
        return range(max(0, min(rows) - _NEAR), min(len(self.units[side]), max(rows) + 1 + _NEAR))

    def _person(self, side: int, unit: int) -> str | None:
        speaker = self.units[side][unit].speaker
        return speaker if side else self.people.get(speaker, speaker)

    def _text(self, side: int, rows: Sequence[int]) -> str:
        return " ".join(self.units[side][i].text for i in rows)

    def _passage(self, side: int, rows: Sequence[int]) -> Passage:
        if not rows:
            return Passage("")
        first = self.units[side][rows[0]]
        return Passage(self._text(side, rows), first.speaker, first.chapter, first.turn)


def _people(in_a: Sequence[str | None], in_b: Sequence[str | None]) -> dict[str | None, str]:
    """Match the speakers' names of two documents: Sarah is Sarah Guo."""
    names_a, names_b = sorted({n for n in in_a if n}), sorted({n for n in in_b if n})
    return {
        a: b
        for a in names_a
        for b in names_b
        if a == b or set(a.lower().split()) & set(b.lower().split())
    }
