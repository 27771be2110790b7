"""The best path of beads through a window of two texts, and how probable each bead is.

A path leads from border (0, 0) to border (rows, columns). A bead of shape (m, n) goes from border
(i, j) to (i + m, j + n); between beads sentences may be left out, on the source side before those
on the target side. A run of such sentences costs its first one more than the others, so that a long
passage that one text lacks costs little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shape = tuple[int, int]
SOURCE_ALONE: Shape = (1, 0)
TARGET_ALONE: Shape = (0, 1)
_NEVER = -1e30


@dataclass(frozen=True, slots=True)
class Skips:
    """The log-weights of leaving out each sentence of a side, first in a run and further in it."""

    first: Floats
    further: Floats


@dataclass(frozen=True, slots=True)
class Posteriors:
    """How probable it is that a bead is there, laid out like the scores; or a sentence alone."""

    beads: Mapping[Shape, Floats]
    source_alone: Floats
    target_alone: Floats

    def of(self, i: int, j: int, shape: Shape) -> float:
        """Return the probability of a step of the path that starts at border (i, j)."""
        if shape == SOURCE_ALONE:
            return float(self.source_alone[i])
        if shape == TARGET_ALONE:
            return float(self.target_alone[j])
        return float(self.beads[shape][i, j])


class _Values(NamedTuple):
    """The value of each border by what comes last before it, or first after it."""

    bead: Floats
    source: Floats
    target: Floats


@dataclass(frozen=True, slots=True)
class Lattice:
    """All beads of a window of `rows` × `columns` sentences with their scores.

    `scores[shape][i, j]` is the log-weight of the bead that starts at border (i, j). With
    `open_end` a path may end at any border of the last row: the window is a part of a text.
    """

    rows: int
    columns: int
    scores: Mapping[Shape, NDArray[np.float32]]
    source: Skips
    target: Skips
    open_end: bool = False

    def best(self) -> list[tuple[int, int, Shape]]:
        """Find the path of the highest score: its steps as (i, j, shape), in order."""
        values, choice = self._empty(), np.zeros((self.rows + 1, self.columns + 1), np.int8)
        values.bead[0, 0] = 0.0
        reached = np.full(values.bead.shape, _NEVER)
        further = _sums(self.target.further)
        shapes = list(self.scores)
        for i in range(self.rows + 1):
            row = values.bead[i]
            for index, before, scores, n in self._arrivals(reached, i):
                candidate = before + scores
                better = candidate > row[n:]
                row[n:][better] = candidate[better]
                choice[i, n:][better] = index
            if i:
                np.maximum(
                    values.bead[i - 1] + self.source.first[i - 1],
                    values.source[i - 1] + self.source.further[i - 1],
                    out=values.source[i],
                )
            start = np.maximum(row, values.source[i])[:-1] + self.target.first - further[1:]
            values.target[i, 1:] = np.maximum.accumulate(start) + further[1:]
            reached[i] = np.maximum(np.maximum(row, values.source[i]), values.target[i])
        return self._traced(values, choice, shapes)

    def posteriors(self) -> Posteriors:
        """Return the probability of each bead and of each sentence left out."""
        before, reached = self._forward()
        after = self._backward()
        ends = reached[-1] if self.open_end else reached[-1, -1:]
        total = np.logaddexp.reduce(ends)
        beads = {
            (m, n): _probability(
                reached[: self.rows + 1 - m, : self.columns + 1 - n]
                + scores
                + after.bead[m:, n:]
                - total
            )
            for (m, n), scores in self.scores.items()
        }
        source = np.logaddexp(
            before.bead[:-1] + self.source.first[:, None],
            before.source[:-1] + self.source.further[:, None],
        )
        target = np.logaddexp(
            np.logaddexp(before.bead, before.source)[:, :-1] + self.target.first,
            before.target[:, :-1] + self.target.further,
        )
        return Posteriors(
            beads,
            np.minimum(_probability(source + after.source[1:] - total).sum(1), 1.0),
            np.minimum(_probability(target + after.target[:, 1:] - total).sum(0), 1.0),
        )

    def _empty(self) -> _Values:
        shape = self.rows + 1, self.columns + 1
        return _Values(*(np.full(shape, _NEVER) for _ in range(3)))

    def _forward(self) -> tuple[_Values, Floats]:
        values = self._empty()
        values.bead[0, 0] = 0.0
        reached = np.full(values.bead.shape, _NEVER)
        further = _sums(self.target.further)
        for i in range(self.rows + 1):
            row = values.bead[i]
            for _, before, scores, n in self._arrivals(reached, i):
                np.logaddexp(row[n:], before + scores, out=row[n:])
            if i:
                np.logaddexp(
                    values.bead[i - 1] + self.source.first[i - 1],
                    values.source[i - 1] + self.source.further[i - 1],
                    out=values.source[i],
                )
            np.logaddexp(row, values.source[i], out=reached[i])
            start = reached[i, :-1] + self.target.first - further[1:]
            values.target[i, 1:] = np.logaddexp.accumulate(start) + further[1:]
            np.logaddexp(reached[i], values.target[i], out=reached[i])
        return values, reached

    def _backward(self) -> _Values:
        values = self._empty()
        further = _sums(self.target.further)
        for i in range(self.rows, -1, -1):
            leaving = np.full(self.columns + 1, _NEVER)
            if i == self.rows:
                leaving[0 if self.open_end else self.columns :] = 0.0
            for (m, n), scores in self.scores.items():
                if i + m <= self.rows:
                    end = self.columns + 1 - n
                    following = values.bead[i + m, n:] + scores[i]
                    np.logaddexp(leaving[:end], following, out=leaving[:end])
            onward = np.logaddexp.accumulate((leaving + further)[::-1])[::-1] - further
            values.target[i] = onward
            np.logaddexp(leaving[:-1], self.target.first + onward[1:], out=leaving[:-1])
            values.bead[i] = values.source[i] = leaving
            if i < self.rows:
                skipped = values.source[i + 1]
                values.bead[i] = np.logaddexp(leaving, self.source.first[i] + skipped)
                values.source[i] = np.logaddexp(leaving, self.source.further[i] + skipped)
        return values

    def _arrivals(
        self, reached: Floats, i: int
    ) -> Iterator[tuple[int, Floats, NDArray[np.float32], int]]:
        for index, ((m, n), scores) in enumerate(self.scores.items()):
            if i >= m and n <= self.columns:
                yield index, reached[i - m, : self.columns + 1 - n], scores[i - m], n

    def _traced(
        self, values: _Values, choice: NDArray[np.int8], shapes: list[Shape]
    ) -> list[tuple[int, int, Shape]]:
        i, j = self.rows, self.columns
        if self.open_end:
            j = int(np.maximum.reduce([value[-1] for value in values]).argmax())
        state = _best(values, i, j)
        path = []
        while i or j:
            shape = shapes[choice[i, j]] if state == 0 else (SOURCE_ALONE, TARGET_ALONE)[state - 1]
            i, j = i - shape[0], j - shape[1]
            path.append((i, j, shape))
            if state == 0:
                state = _best(values, i, j)
            elif state == 1:
                opened = values.bead[i, j] + self.source.first[i]
                state = int(values.source[i, j] + self.source.further[i] > opened)
            else:
                opened = max(values.bead[i, j], values.source[i, j]) + self.target.first[j]
                if values.target[i, j] + self.target.further[j] <= opened:
                    state = int(values.source[i, j] > values.bead[i, j])
        return path[::-1]


def _best(values: _Values, i: int, j: int) -> int:
    return int(np.argmax([value[i, j] for value in values]))


def _sums(values: Floats) -> Floats:
    return np.concatenate([np.zeros(1), np.cumsum(values)])


def _probability(logarithm: Floats) -> Floats:
    probability: Floats = np.exp(np.minimum(logarithm, 0.0))
    return probability
