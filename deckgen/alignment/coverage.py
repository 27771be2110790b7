"""How much of one side's words the other side's sentences translate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deckgen.alignment.tokens import Side

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Links:
    """Which words translate which: one row a pair of types, with its strength in 0…1."""

    source: Ints
    target: Ints
    strength: Floats

    def turned(self) -> Links:
        """Return the same links seen from the other side."""
        return Links(self.target, self.source, self.strength)


class Coverage:
    """Look up how far spans of target sentences cover source sentences."""

    def __init__(self, source: Side, target: Side, links: Links) -> None:
        self._source = source
        self._places = _places(len(source.types), links, _postings(target))

    def __call__(self, rows: range, columns: range, most: int) -> Floats:
        """Sum the weights of the words of each source sentence that a span covers.

        The result is [n - 1, i, j]: what the n target sentences from `columns[j]` on, as far as
        they are in `columns`, cover of the source sentence `rows[i]`, for n up to `most`.
        """
        width = len(columns)
        out = np.zeros((most, len(rows), width), np.float32)
        for i, row in enumerate(rows):
            tokens = self._source.tokens[row]
            if not len(tokens):
                continue
            best = np.zeros((len(tokens), width + most), np.float32)
            for line, token in zip(best, tokens.tolist(), strict=True):
                where, how = self._places[token]
                first, last = where.searchsorted((columns.start, columns.stop))
                line[where[first:last] - columns.start] = how[first:last]
            best *= self._source.weight[tokens][:, None]
            reach = best
            out[0, i] = reach[:, :width].sum(0)
            for n in range(1, most):
                reach = np.maximum(reach[:, :-1], best[:, n:])
                out[n, i] = reach[:, :width].sum(0)
        return out


def _postings(side: Side) -> list[Ints]:
    where: list[list[int]] = [[] for _ in side.types]
    for i, tokens in enumerate(side.tokens):
        for token in set(tokens.tolist()):
            where[token].append(i)
    return [np.array(places, np.int64) for places in where]


def _places(types: int, links: Links, postings: list[Ints]) -> list[tuple[Ints, Floats]]:
    """Return the target sentences that translate each source type, each with the best strength."""
    order = np.argsort(links.source, kind="stable")
    bounds = np.searchsorted(links.source[order], np.arange(types + 1))
    targets, strengths = links.target[order], links.strength[order]
    result = []
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        lists = [postings[target] for target in targets[first:last]]
        where = np.concatenate([np.empty(0, np.int64), *lists])
        how = np.repeat(strengths[first:last], [len(places) for places in lists])
        by_place = np.lexsort((-how, where))
        where, how = where[by_place], how[by_place]
        new = np.ones(len(where), bool)
        new[1:] = where[1:] != where[:-1]
        result.append((where[new], how[new]))
    return result
