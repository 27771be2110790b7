"""Lists where two documents of one talk disagree: numbers, speakers, polarity, names, omissions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from deckgen import alignment, bitext, pages, polarity
from deckgen.bitext import Unit
from deckgen.quantities import Quantity, quantities
from deckgen.transcript import Transcript
from deckgen.wording import Wording

UNRELATED = "the documents seem to have nothing to do with each other: not compared"
Kind = Literal["number", "speaker", "polarity", "name", "missing"]
_NEAR = 3
_LIKELY = 0.2
_SURE = 0.4
_ALIKE = 0.22
_CONTAINED = 0.5
_SLIGHT, _ALIKE_SLIGHTLY = 0.5, 0.2
_SHORT = 10
_OTHERWISE = 1.25
_FACTOR = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """What one document says at a place; empty where it says nothing."""

    text: str
    speaker: str | None = None
    chapter: str | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where two documents differ: `detail` says in what, `score` 0…1 how harmful it is.

    The score mixes how much the difference matters with how sure it is that both passages belong
    together.
    """

    kind: Kind
    a: Passage
    b: Passage
    score: float
    detail: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All disagreements of two documents, the most harmful first.

    `related` is false where the documents have nothing to do with each other.
    """

    disagreements: tuple[Disagreement, ...]
    related: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    """Sentences of both documents that say the same, and those around them."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float
    near_a: range
    near_b: range


def compare(a: Transcript, b: Transcript) -> Comparison:
    """Align two documents of one talk, in one language or two, and list their disagreements."""
    units = bitext.units_of(a), bitext.units_of(b)
    texts = [unit.text for unit in units[0]], [unit.text for unit in units[1]]
    times = [unit.time for unit in units[0]], [unit.time for unit in units[1]]
    found = alignment.align(*texts, times=times)
    if not found.related:
        return Comparison((), False)
    comparer = _Comparer(units, _pairs(found, len(units[0]), len(units[1])), Wording(*texts))
    return Comparison(tuple(comparer.disagreements()), True)


def _pairs(found: alignment.Alignment, total_a: int, total_b: int) -> list[_Pair]:
    pairs = []
    i = j = 0
    for bead in found.beads:
        i, j = max((i, *(x + 1 for x in bead.zh))), max((j, *(x + 1 for x in bead.en)))
        near_a = range(max(0, i - len(bead.zh) - _NEAR), min(total_a, i + _NEAR))
        near_b = range(max(0, j - len(bead.en) - _NEAR), min(total_b, j + _NEAR))
        pairs.append(_Pair(bead.zh, bead.en, bead.score, near_a, near_b))
    return pairs


class _Comparer:
    def __init__(
        self, units: tuple[Sequence[Unit], Sequence[Unit]], pairs: list[_Pair], wording: Wording
    ) -> None:
        self.a, self.b = units
        self.pairs = pairs
        self.wording = wording
        alone_a = sum(len(pair.a) for pair in pairs if not pair.b) / len(self.a)
        alone_b = sum(len(pair.b) for pair in pairs if not pair.a) / len(self.b)
        self.abridged = "a" if alone_b > 2 * alone_a else "b" if alone_a > 2 * alone_b else ""

    def disagreements(self) -> list[Disagreement]:
        both = [pair for pair in self.pairs if pair.a and pair.b and pair.score >= _LIKELY]
        found = [
            *(item for pair in both for item in self._numbers(pair)),
            *self._speakers(both),
            *(item for pair in both for item in self._polarity(pair)),
            *(item for pair in both for item in self._names(pair)),
            *self._missing(),
        ]
        once = {(item.kind, item.a, item.b, item.detail): item for item in found}
        return sorted(once.values(), key=lambda item: -item.score)

    def _numbers(self, pair: _Pair) -> Iterator[Disagreement]:
        texts = self._text(self.a, pair.a), self._text(self.b, pair.b)
        near = self._text(self.a, pair.near_a), self._text(self.b, pair.near_b)
        for side in (0, 1):
            text, other, around = texts[side], texts[1 - side], near[1 - side]
            for quantity in quantities(text):
                if _said(quantity, text, other):
                    continue
                mine = text[quantity.start : quantity.end].strip()
                place, rival = next(
                    ((t, q) for t in (other, around) if (q := _rival(quantity, text, t))),
                    (other, None),
                )
                if rival:
                    if side and not _said(rival, place, text):
                        continue  # listed from the other side
                    harm = (
                        0.75 + 0.1 * (quantity.factor(rival) >= _FACTOR) + 0.1 * (not quantity.weak)
                    )
                    theirs = place[rival.start : rival.end].strip()
                    ours = (theirs, mine) if side else (mine, theirs)
                    yield self._item("number", pair, harm, f"{ours[0]} against {ours[1]}")
                elif not quantity.weak and not _said(quantity, text, around):
                    yield self._item("number", pair, 0.45, f"{mine} only in {'AB'[side]}")

    def _speakers(self, pairs: Sequence[_Pair]) -> Iterator[Disagreement]:
        """Group by turns the sentences that both documents have but give to different people."""
        people = _people([unit.speaker for unit in self.a], [unit.speaker for unit in self.b])
        groups: dict[tuple[int | None, int | None], list[tuple[int, int, float]]] = {}
        for pair in pairs:
            for i, j in dict.fromkeys(self._links(pair)):
                one, other = self.a[i], self.b[j]
                if not one.speaker or not other.speaker or people.get(one.speaker) == other.speaker:
                    continue
                weight = self.wording.likeness(i, j)
                same_a = [k for k in pair.near_a if people.get(self.a[k].speaker) == other.speaker]
                same_b = [k for k in pair.near_b if people.get(one.speaker) == self.b[k].speaker]
                if all(self.wording.likeness(k, j) < _OTHERWISE * weight for k in same_a) and all(
                    self.wording.likeness(i, k) < _OTHERWISE * weight for k in same_b
                ):
                    groups.setdefault((one.turn, other.turn), []).append((i, j, weight))
        for members in groups.values():
            likeness = max(weight for _, _, weight in members)
            passages = (
                self._passage(self.a, sorted({i for i, _, _ in members})),
                self._passage(self.b, sorted({j for _, j, _ in members})),
            )
            if likeness < _ALIKE or min(len(p.text) for p in passages) < _SHORT:
                continue
            detail = f"{passages[0].speaker} against {passages[1].speaker}"
            yield Disagreement("speaker", *passages, min(0.95, 0.6 + 0.5 * likeness), detail)

    def _links(self, pair: _Pair) -> Iterator[tuple[int, int]]:
        """Find for each sentence of a pair the one of the other document that says the same."""
        for i in pair.a:
            yield i, max(pair.b, key=lambda j: self.wording.likeness(i, j))
        for j in pair.b:
            yield max(pair.a, key=lambda i: self.wording.likeness(i, j)), j
        for i in pair.a:
            for j in pair.near_b:
                if self.wording.contained(i, j) >= _CONTAINED and self._asks(
                    self.a[i]
                ) == self._asks(self.b[j]):
                    yield i, j

    def _asks(self, unit: Unit) -> bool:
        return unit.text.rstrip('”"').endswith(("?", "？"))

    def _polarity(self, pair: _Pair) -> Iterator[Disagreement]:
        if pair.score < _SURE:
            return
        text_a, text_b = self._text(self.a, pair.a), self._text(self.b, pair.b)
        alike = max(self.wording.likeness(i, j) for i in pair.a for j in pair.b)
        for harm, detail in polarity.differences(text_a, text_b):
            if harm <= _SLIGHT and alike < _ALIKE_SLIGHTLY:
                continue
            yield self._item("polarity", pair, harm, detail)

    def _names(self, pair: _Pair) -> Iterator[Disagreement]:
        only_a = self.wording.names(0, pair.a, pair.near_b)
        only_b = self.wording.names(1, pair.b, pair.near_a)
        if only_a or only_b:
            harm = 0.7 if only_a and only_b else 0.4
            detail = f"{', '.join(only_a) or '–'} against {', '.join(only_b) or '–'}"
            yield self._item("name", pair, harm, detail)

    def _missing(self) -> Iterator[Disagreement]:
        """What the shorter document adds, clause by clause, and figures that it leaves out."""
        for pair in self.pairs:
            for side, rows, near in ((0, pair.a, pair.near_b), (1, pair.b, pair.near_a)):
                if self.abridged not in ("", "ab"[side]):
                    continue
                clauses = self.wording.unmatched(side, rows, near)
                if clauses:
                    yield self._item(
                        "missing", pair, 0.4, f"only in {'AB'[side]}: {' / '.join(clauses)}"
                    )

    def _item(self, kind: Kind, pair: _Pair, harm: float, detail: str) -> Disagreement:
        score = harm * (0.5 + 0.5 * pair.score)
        return Disagreement(
            kind, self._passage(self.a, pair.a), self._passage(self.b, pair.b), score, detail
        )

    def _text(self, units: Sequence[Unit], rows: Sequence[int]) -> str:
        return " ".join(units[i].text for i in rows)

    def _passage(self, units: Sequence[Unit], rows: Sequence[int]) -> Passage:
        if not rows:
            return Passage("")
        first = units[rows[0]]
        return Passage(self._text(units, rows), first.speaker, first.chapter, first.turn)


def _said(quantity: Quantity, text: str, other: str) -> bool:
    """Say whether the other text has this number; 一个 and the like only with the same noun."""
    noun = _noun(text, quantity)
    return any(
        quantity.agrees(q) and (noun == _noun(other, q) if quantity.weak else not q.weak)
        for q in quantities(other)
    )


def _rival(quantity: Quantity, text: str, other: str) -> Quantity | None:
    """Find the number in the other text that stands in this one's place."""
    noun = _noun(text, quantity)
    for q in quantities(other):
        if quantity.agrees(q) or (quantity.weak and q.weak):
            continue
        same_unit = bool(quantity.unit) and quantity.unit == q.unit
        large = min(quantity.low, q.low) >= 1000 and "" in (quantity.unit, q.unit)
        if same_unit or large or (noun and noun == _noun(other, q)):
            return q
    return None


def _noun(text: str, quantity: Quantity) -> str:
    rest = text[quantity.end : quantity.end + 6].strip().lstrip("个条名位次种项只门")
    return rest.strip()[:2] if len(rest.strip()) >= 2 and rest.strip()[:2].isalpha() else ""


def _people(in_a: Sequence[str | None], in_b: Sequence[str | None]) -> dict[str | None, str]:
    """Match the speakers' names of two documents: Sarah is Sarah Guo."""
    names_a, names_b = sorted({n for n in in_a if n}), sorted({n for n in in_b if n})
    return {
        a: b
        for a in names_a
        for b in names_b
        if a == b or set(a.lower().split()) & set(b.lower().split())
    }


def as_json(found: Comparison) -> dict[str, Any]:
    """Return what `deckgen compare --format json` prints."""
    return {
        "disagreements": [
            {
                "kind": item.kind,
                "a": _passage_json(item.a),
                "b": _passage_json(item.b),
                "score": round(item.score, 3),
                "detail": item.detail,
            }
            for item in found.disagreements
        ]
    }


def as_text(found: Comparison) -> str:
    """Return the disagreements for reading in a terminal."""
    lines = []
    for item in found.disagreements:
        lines.append(f"{item.score:4.0%} {item.kind}: {item.detail}")
        for name, passage in (("A", item.a), ("B", item.b)):
            where = ", ".join(part for part in (passage.chapter, passage.speaker) if part)
            lines.append(f"  {name} {f'[{where}] ' if where else ''}{passage.text or '–'}")
    return "\n".join(lines) + "\n" if lines else "no disagreement found\n"


def written(found: Comparison, form: str) -> str:
    """Return the disagreements in one of the formats json, html and text."""
    if form == "json":
        return json.dumps(as_json(found), ensure_ascii=False) + "\n"
    if form == "html":
        return pages.render("compare.html.j2", disagreements=found.disagreements)
    return as_text(found)


def _passage_json(passage: Passage) -> dict[str, str | None]:
    return {"chapter": passage.chapter, "speaker": passage.speaker, "text": passage.text}
