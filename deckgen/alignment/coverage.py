"""How much of one side's words the other side's sentences translate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deckgen.alignment.tokens import Side

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_AT_ONCE = 1 << 20  # strengths of tokens in target sentences


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
        self._sentences = len(target.tokens)
        self._places, self._strength = _places(links, target)

    def __call__(self, rows: range, columns: range, most: int) -> Floats:
        """Sum the weights of the words of each source sentence that a span covers.

        The result is [n - 1, i, j]: what the n target sentences from `columns[j]` on, as far as
        they are in `columns`, cover of the source sentence `rows[i]`, for n up to `most`.
        """
        out = np.zeros((most, len(rows), len(columns)), np.float32)
        counts = np.array([len(self._source.tokens[row]) for row in rows])
        blocks = np.cumsum(counts) * (len(columns) + most) // _AT_ONCE
        for block in np.unique(blocks[counts > 0]):
            at = np.flatnonzero((blocks == block) & (counts > 0))
            tokens = np.concatenate([self._source.tokens[rows[i]] for i in at])
            starts = np.cumsum(counts[at]) - counts[at]
            best = self._strengths(tokens, columns, most)
            best *= self._source.weight[tokens].astype(np.float32)[:, None]
            reach = best
            for n in range(most):
                if n:
                    reach = np.maximum(reach[:, :-1], best[:, n:])
                out[n, at] = np.add.reduceat(reach[:, : len(columns)], starts, axis=0)
        return out

    def _strengths(self, tokens: Ints, columns: range, beyond: int) -> Floats:
        """Return how well each target sentence, and none beyond the last, translates each token."""
        kinds, rows = np.unique(tokens, return_inverse=True)
        first = self._places.searchsorted(kinds * self._sentences + columns.start)
        last = self._places.searchsorted(kinds * self._sentences + columns.stop)
        index, row = _ranges(first, last - first)
        table = np.zeros((len(kinds), len(columns) + beyond), np.float32)
        table[row, self._places[index] % self._sentences - columns.start] = self._strength[index]
        return table[rows]


def _places(links: Links, target: Side) -> tuple[Ints, Floats]:
    """Return where each source type is translated, in order, each with the best strength.

    A place is the number of the type times the number of target sentences, plus the sentence's.
    """
    types = np.concatenate([np.empty(0, np.int64), *target.tokens])
    sentence = np.repeat(np.arange(len(target.tokens)), [len(row) for row in target.tokens])
    order = np.argsort(types, kind="stable")
    bounds = np.searchsorted(types[order], np.arange(len(target.types) + 1))
    index, link = _ranges(bounds[links.target], np.diff(bounds)[links.target])
    places = links.source[link] * len(target.tokens) + sentence[order][index]
    by_place = np.argsort(places, kind="stable")
    places, strength = places[by_place], links.strength[link[by_place]]
    new = np.flatnonzero(np.diff(places, prepend=-1))
    return places[new], np.maximum.reduceat(strength, new) if len(new) else strength


def _ranges(starts: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Return the numbers of several ranges one after another, and of which range each is."""
    which = np.repeat(np.arange(len(sizes)), sizes)
    return np.arange(len(which)) + (starts - np.cumsum(sizes) + sizes)[which], which
