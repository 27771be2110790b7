"""The best path of beads through a window of two texts, and how probable each bead is.

A path leads from border (0, 0) to border (rows, columns); a bead of shape (m, n) goes from border
(i, j) to (i + m, j + n). `scores[shape][i, j]` is the log-weight of the bead that starts there;
`skip[j]` that of leaving out target sentence j, the shape (0, 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shape = tuple[int, int]
_NEVER = -1e30


@dataclass(frozen=True, slots=True)
class Lattice:
    """All beads of a window of `rows` × `columns` sentences with their scores.

    With `open_end` a path may end at any border of the last row: the window is a part of a text.
    """

    rows: int
    columns: int
    scores: Mapping[Shape, NDArray[np.float32]]
    skip: Floats
    open_end: bool = False

    def best(self) -> list[tuple[int, int, Shape]]:
        """Find the path of the highest score: its beads as (i, j, shape), in order."""
        shapes = list(self.scores)
        value = np.full((self.rows + 1, self.columns + 1), _NEVER)
        choice = np.full(value.shape, len(shapes), np.int16)
        value[0, 0] = 0.0
        cost = self._skipped()
        for i in range(self.rows + 1):
            row = value[i]
            for index, (before, scores, n) in self._arrivals(value, shapes, i):
                candidate = before + scores
                better = candidate > row[n:]
                row[n:][better] = candidate[better]
                choice[i, n:][better] = index
            reached = np.maximum.accumulate(row - cost) + cost
            choice[i, reached > row + 1e-9] = len(shapes)
            value[i] = reached
        return self._traced(choice, shapes, value)

    def posteriors(self) -> dict[Shape, Floats]:
        """Return the probability of each bead, laid out like `scores`."""
        forward, backward = self._forward(), self._backward()
        ends = forward[-1] if self.open_end else forward[-1, -1:]
        total = np.logaddexp.reduce(ends)
        return {
            (m, n): np.exp(
                np.minimum(
                    forward[: self.rows + 1 - m, : self.columns + 1 - n]
                    + scores
                    + backward[m:, n:]
                    - total,
                    0.0,
                )
            )
            for (m, n), scores in self.scores.items()
        }

    def _forward(self) -> Floats:
        value = np.full((self.rows + 1, self.columns + 1), _NEVER)
        value[0, 0] = 0.0
        shapes, cost = list(self.scores), self._skipped()
        for i in range(self.rows + 1):
            row = value[i]
            for _, (before, scores, n) in self._arrivals(value, shapes, i):
                np.logaddexp(row[n:], before + scores, out=row[n:])
            value[i] = np.logaddexp.accumulate(row - cost) + cost
        return value

    def _backward(self) -> Floats:
        value = np.full((self.rows + 1, self.columns + 1), _NEVER)
        value[-1, 0 if self.open_end else self.columns :] = 0.0
        cost = self._skipped()
        for i in range(self.rows, -1, -1):
            row = value[i]
            for (m, n), scores in self.scores.items():
                if i + m <= self.rows:
                    end = self.columns + 1 - n
                    np.logaddexp(row[:end], value[i + m, n:] + scores[i], out=row[:end])
            if i < self.rows or not self.open_end:
                value[i] = np.logaddexp.accumulate((row + cost)[::-1])[::-1] - cost
        return value

    def _arrivals(
        self, value: Floats, shapes: list[Shape], i: int
    ) -> Iterator[tuple[int, tuple[Floats, NDArray[np.float32], int]]]:
        for index, (m, n) in enumerate(shapes):
            if i >= m and n <= self.columns:
                yield (
                    index,
                    (value[i - m, : self.columns + 1 - n], self.scores[m, n][i - m], n),
                )

    def _skipped(self) -> Floats:
        return np.concatenate([np.zeros(1), np.cumsum(self.skip)])

    def _traced(
        self, choice: NDArray[np.int16], shapes: list[Shape], value: Floats
    ) -> list[tuple[int, int, Shape]]:
        i = self.rows
        j = int(value[-1].argmax()) if self.open_end else self.columns
        path = []
        while i or j:
            index = int(choice[i, j])
            shape = shapes[index] if index < len(shapes) else (0, 1)
            i, j = i - shape[0], j - shape[1]
            path.append((i, j, shape))
        return path[::-1]
