"""Where in long texts the path of the alignment runs, roughly: windows to align one by one."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from deckgen.alignment.coverage import Links
from deckgen.alignment.tokens import Side

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
_MOST_BLOCKS = 600
_MOST_TYPES = 6000
_SMALLEST_BLOCK = 4


def rough_path(zh: Side, en: Side, links: Links) -> Ints:
    """Return for each Chinese border the English border near which it lies.

    The texts are compared block by block, at most 600 a side, so that the memory stays bounded.
    """
    size = max(_SMALLEST_BLOCK, math.ceil(max(len(zh.tokens), len(en.tokens)) / _MOST_BLOCKS))
    likeness = _likeness(zh, en, links, size)
    borders = _path(likeness) * size
    borders[-1] = len(zh.tokens), len(en.tokens)
    return np.interp(np.arange(len(zh.tokens) + 1), borders[:, 0], borders[:, 1]).astype(np.int64)


def _likeness(zh: Side, en: Side, links: Links, size: int) -> Floats:
    """Compare blocks as bags of English words, less what a block shares with all the others."""
    telling = np.argsort(-np.bincount(links.target, minlength=len(en.types)), kind="stable")
    column = np.full(len(en.types), -1)
    column[telling[:_MOST_TYPES]] = np.arange(min(_MOST_TYPES, len(en.types)))
    width = min(_MOST_TYPES, len(en.types))
    identity = np.arange(len(en.types))
    own = Links(identity, identity, np.ones(len(en.types), np.float32))
    left = _bags(zh, links, column, width, size)
    right = _bags(en, own, column, width, size)
    weight = en.weight[telling[:_MOST_TYPES]].astype(np.float32) ** 2
    likeness: Floats = _unit(left * weight) @ _unit(right).T
    likeness -= likeness.mean(0, keepdims=True)
    likeness -= likeness.mean(1, keepdims=True)
    return likeness


def _bags(side: Side, links: Links, column: Ints, width: int, size: int) -> Floats:
    order = np.argsort(links.source, kind="stable")
    bounds = np.searchsorted(links.source[order], np.arange(len(side.types) + 1))
    target, strength = column[links.target[order]], links.strength[order]
    bags = np.zeros((math.ceil(len(side.tokens) / size), width), np.float32)
    for block, bag in enumerate(bags):
        for tokens in side.tokens[block * size : (block + 1) * size]:
            for token in set(tokens.tolist()):
                first, last = bounds[token], bounds[token + 1]
                known = target[first:last] >= 0
                where = target[first:last][known]
                bag[where] = np.maximum(bag[where], strength[first:last][known])
    return bags


def _unit(rows: Floats) -> Floats:
    norms = np.sqrt(np.square(rows).sum(1, keepdims=True))
    unit: Floats = rows / np.maximum(norms, np.float32(1e-6))
    return unit


def _path(likeness: Floats) -> Ints:
    """Find the monotone chain of blocks that are most alike, as borders from corner to corner."""
    rows, columns = likeness.shape
    value = np.zeros((rows + 1, columns + 1), np.float32)
    for i in range(1, rows + 1):
        value[i, 1:] = np.maximum(value[i - 1, 1:], value[i - 1, :-1] + likeness[i - 1])
        value[i] = np.maximum.accumulate(value[i])
    borders = [(rows, columns)]
    i, j = rows, columns
    while i and j:
        if value[i, j] == value[i - 1, j]:
            i -= 1
        elif value[i, j] == value[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            borders += [(i, j)]
    borders.append((0, 0))
    return np.array(borders[::-1], np.int64)
