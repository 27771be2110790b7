"""Find texts that are nearly alike among many, in time that grows as n log n.

Every set of shingles gets a MinHash signature (Broder 1997); sets that agree in a band of it meet
in a bucket (Indyk and Motwani 1998), where each is compared with a few before it. The hash
functions are fixed, so the same texts give the same result on every machine.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

_BANDS, _ROWS = 24, 3
_MOST_PER_BUCKET = 6
_PRIME = np.uint64((1 << 31) - 1)
_DRAWN = np.random.Generator(np.random.PCG64(80)).integers(
    1, (1 << 31) - 1, size=(2, _BANDS * _ROWS, 1), dtype=np.uint64
)


def shingles(words: Sequence[str]) -> frozenset[str]:
    """Return the words and the neighbouring pairs of words.

    >>> sorted(shingles("ab"))
    ['a', 'a b', 'b']
    """
    return frozenset(words) | {f"{a} {b}" for a, b in pairwise(words)}


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Return Jaccard's index, 0…1."""
    return len(a & b) / len(a | b) if a or b else 0.0


def alike(sets: Sequence[frozenset[str]], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (earlier, later, likeness) for each set with the most alike one before it."""
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for later, own in enumerate(sets):
        if not own:
            continue
        signature = _signature(own)
        near: set[int] = set()
        for band in range(_BANDS):
            key = (band, signature[band * _ROWS : (band + 1) * _ROWS].tobytes())
            bucket = buckets.setdefault(key, [])
            near.update(bucket)
            if len(bucket) < _MOST_PER_BUCKET:
                bucket.append(later)
        rated = [(likeness(sets[earlier], own), -earlier) for earlier in near]
        best, earlier = max(rated, default=(0.0, 0))
        if best >= least:
            yield -earlier, later, best


def _signature(own: frozenset[str]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    hashes = [zlib.crc32(s.encode("utf-8", "surrogatepass")) & 0x7FFFFFFF for s in own]
    column = np.array(hashes, dtype=np.uint64)
    mixed = (_DRAWN[0] * column + _DRAWN[1]) % _PRIME
    least: np.ndarray[tuple[int], np.dtype[np.uint64]] = mixed.min(axis=1)
    return least
