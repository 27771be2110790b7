"""Which words of a sentence another text has no counterpart for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckgen import alignment

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*[A-Za-z0-9+]|[A-Z]")
_NUMBER = re.compile(r"#.*|[零〇一二两三四五六七八九十百千万亿个]+")
_CLAUSE = re.compile(r"[^，,；;。.？?！!：:]+")
_LINKED = 0.4
_COMMON = 3
_TELLING = 0.45
_LACKING = 0.5


class Wording:
    """The words of two texts, each linked with those of the other that may mean the same."""

    def __init__(self, a: Sequence[str], b: Sequence[str]) -> None:
        left, right, links = alignment.sides(a, b)
        self._texts = a, b
        self._sides = left, right
        self._links: tuple[dict[int, set[int]], dict[int, set[int]]] = ({}, {})
        self._strength: dict[tuple[int, int], float] = {}
        for source, target, strength in zip(
            links.source.tolist(), links.target.tolist(), links.strength.tolist(), strict=True
        ):
            self._strength[source, target] = max(
                strength, self._strength.get((source, target), 0.0)
            )
            if strength >= _LINKED:
                self._links[0].setdefault(source, set()).add(target)
                self._links[1].setdefault(target, set()).add(source)

    def contained(self, i: int, j: int) -> float:
        """Return how much of the shorter sentence the longer one says, 0…1.

        Sentences with fewer than three telling words in common are not compared: 0.
        """
        left, right = self._sides
        tokens_a, tokens_b = set(left.tokens[i].tolist()), set(right.tokens[j].tolist())
        in_a = {s for s in tokens_a if self._links[0].get(s, set()) & tokens_b}
        in_b = {t for t in tokens_b if self._links[1].get(t, set()) & tokens_a}
        if (
            min(
                sum(left.weight[s] > _TELLING for s in in_a),
                sum(right.weight[t] > _TELLING for t in in_b),
            )
            < _COMMON
        ):
            return 0.0
        share: float = max(
            sum(left.weight[s] for s in in_a) / sum(left.weight[s] for s in tokens_a),
            sum(right.weight[t] for t in in_b) / sum(right.weight[t] for t in tokens_b),
        )
        return share

    def likeness(self, i: int, j: int) -> float:
        """Return how much of the words' weight two sentences share, 0…1."""
        left, right = self._sides
        tokens_a, tokens_b = set(left.tokens[i].tolist()), set(right.tokens[j].tolist())
        shared_a = sum(
            left.weight[s] * max((self._strength.get((s, t), 0.0) for t in tokens_b), default=0.0)
            for s in tokens_a
        )
        shared_b = sum(
            right.weight[t] * max((self._strength.get((s, t), 0.0) for s in tokens_a), default=0.0)
            for t in tokens_b
        )
        total = sum(left.weight[s] for s in tokens_a) + sum(right.weight[t] for t in tokens_b)
        return float((shared_a + shared_b) / total) if total else 0.0

    def names(self, side: int, rows: Sequence[int], near: Sequence[int]) -> list[str]:
        """List the names in Latin letters of some sentences that the others' `near` lack."""
        other = {t for j in near for t in self._sides[1 - side].tokens[j].tolist()}
        types = {name: index for index, name in enumerate(self._sides[side].types)}
        near_text = " ".join(self._texts[1 - side][j] for j in near).lower()
        common = 0.05 * len(self._texts[side])
        found = []
        for name in dict.fromkeys(m[0] for i in rows for m in _NAME.finditer(self._texts[side][i])):
            if not any(c.isupper() for c in name) or name.lower().removesuffix("s") in near_text:
                continue
            if sum(name in text for text in self._texts[side]) > max(3, common):
                continue
            parts = [types.get(part, -1) for part in re.findall(r"[A-Za-z]+", name)]
            if not any(self._links[side].get(part, set()) & other for part in parts):
                found.append(name)
        return found

    def unmatched(self, side: int, rows: Sequence[int], near: Sequence[int]) -> list[str]:
        """List the clauses of some sentences of which the others' `near` say next to nothing."""
        here, there = self._sides[side], self._sides[1 - side]
        other = {t for j in near for t in there.tokens[j].tolist()}
        found = []
        for i in rows:
            for clause in _CLAUSE.findall(self._texts[side][i]):
                heavy = {
                    t
                    for t in here.tokens[i].tolist()
                    if here.weight[t] > _TELLING
                    and not _NUMBER.fullmatch(here.types[t])
                    and here.types[t].lower() in clause.lower()
                }
                lacking = {w for w in heavy if not self._links[side].get(w, set()) & other}
                if len(heavy) >= 3 and len(lacking) >= _LACKING * len(heavy):
                    found.append(clause.strip())
        return found
