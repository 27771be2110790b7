"""Read characters that few marked sentences teach, by a small recurrent network.

The network is g2pM's: two layers of LSTM, one of which reads up to the character and the other back
to it. It is computed in whole numbers, so that every machine has the same result. A vector is kept
in one integer, with a lane of 32 bits for each of its numbers: a product with it is then one
multiplication. `tools/pack_network.py` writes the file; `data/NOTICE.md` says from what.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from operator import mul

SPAN = 6
"""How many characters the network sees on each side."""

START, END, UNKNOWN = "^", "$", "�"
"""What stands in the vocabulary for a sentence's start, its end, and every other character."""

EMBEDDED, SIZE, HIDDEN = 64, 32, 32
"""Numbers for a character, in the state of an LSTM, and in the layer above the two."""

BITS, GATE_BITS, EMBEDDING_BITS = 12, 10, 3
"""Binary places of weights, of those that embeddings are multiplied with, and of embeddings."""

_LANE = 32
_HALF = 1 << (_LANE - 1)
_SUM = 2 * BITS
_TOP = 16
"""The upper bits of a lane, which the sigmoid and the hyperbolic tangent are looked up by."""


class Network:
    """The shipped network."""

    def __init__(self) -> None:
        packed = (resources.files("deckgen") / "data" / "network.zz").read_bytes()
        names, numbers = zlib.decompress(packed).split(b"\n", 1)
        known = json.loads(names)
        self._outputs: dict[str, dict[str, int]] = known["characters"]
        embeddings = _Embeddings(known["vocabulary"], numbers)
        rest = struct.iter_unpack("<h", numbers[embeddings.size :])
        weights = (weight for (weight,) in rest)
        self._forth, self._back = _Lstm(weights, embeddings), _Lstm(weights, embeddings)
        self._hidden = _Layer(weights, 2 * SIZE, HIDDEN)
        self._last = [tuple(_take(weights, HIDDEN + 1)) for _ in range(known["outputs"])]

    def knows(self, character: str) -> bool:
        """Say whether the network reads a character."""
        return character in self._outputs

    def probabilities(
        self, character: str, before: str, after: str, candidates: Sequence[str]
    ) -> tuple[float, ...]:
        """Return the probability of each candidate reading, 0 for one that it doesn't know.

        `before` and `after` are up to SPAN characters each, among them START and END where the
        sentence begins and ends. Where it knows no candidate, all are as likely.
        """
        state = self._forth.state(before + character) + self._back.state((character + after)[::-1])
        lanes = struct.unpack(f"<{HIDDEN}I", self._hidden.times(state, self._hidden.bias))
        hidden = [max(0, one - _HALF) >> BITS for one in lanes]
        outputs = self._outputs[character]
        scores = [
            self._score(hidden, outputs[one]) if one in outputs else -math.inf for one in candidates
        ]
        best = max(scores)
        if best == -math.inf:
            return (1 / len(candidates),) * len(candidates)
        likely = [math.exp(score - best) for score in scores]
        total = sum(likely)
        return tuple(one / total for one in likely)

    def _score(self, hidden: Sequence[int], output: int) -> float:
        bias, *weights = self._last[output]
        score: int = (bias << BITS) + sum(map(mul, hidden, weights))
        return score / (1 << _SUM)


class _Embeddings:
    """What stands for each character: `EMBEDDED` signed bytes."""

    def __init__(self, vocabulary: Sequence[str], numbers: bytes) -> None:
        self._place = {one: place for place, one in enumerate(vocabulary)}
        self.size = len(vocabulary) * EMBEDDED
        self._numbers = memoryview(numbers)[: self.size].cast("b")

    def __getitem__(self, character: str) -> memoryview:
        start = self._place.get(character, self._place[UNKNOWN]) * EMBEDDED
        return self._numbers[start : start + EMBEDDED]


class _Layer:
    """A matrix and a bias; its product with a vector of whole numbers is exact."""

    def __init__(self, weights: Iterator[int], size: int, lanes: int) -> None:
        self._columns = [_packed(_take(weights, lanes)) for _ in range(size)]
        self.bias = (_packed(_take(weights, lanes)) << BITS) + _packed([_HALF] * lanes)
        self._size = lanes * _LANE // 8

    def times(self, vector: Iterable[int], start: int) -> bytes:
        """Return `start`, a vector in one integer, plus the product; _HALF stands for 0."""
        total: int = start + sum(map(mul, vector, self._columns))
        return total.to_bytes(self._size, "little")


class _Lstm:
    """A layer that carries a state along a text; its gates are input, forget, new and output."""

    def __init__(self, weights: Iterator[int], embeddings: _Embeddings) -> None:
        self._embeddings = embeddings
        self._columns = [_packed(_take(weights, 4 * SIZE)) for _ in range(EMBEDDED)]
        self._recurrent = _Layer(weights, SIZE, 4 * SIZE)
        self._met: dict[str, int] = {}

    def state(self, text: str) -> list[int]:
        """Return the state after the last character."""
        sigmoid, tanh = _curve(_sigmoid, 0, 1), _curve(math.tanh, -1, 1)
        hidden, cell = [0] * SIZE, [0] * SIZE
        for character in text:
            gates = self._recurrent.times(hidden, self._from(character))
            at = _HALVES.unpack(gates)[1::2]
            cell = [
                (sigmoid[forget] * old + sigmoid[enter] * tanh[new]) >> BITS
                for enter, forget, new, old in zip(
                    at[:SIZE], at[SIZE : 2 * SIZE], at[2 * SIZE : 3 * SIZE], cell, strict=True
                )
            ]
            hidden = [
                (sigmoid[leave] * tanh[_MIDDLE + (one >> _FINER)]) >> BITS
                for leave, one in zip(at[3 * SIZE :], cell, strict=True)
            ]
        return hidden

    def _from(self, character: str) -> int:
        try:
            return self._met[character]
        except KeyError:
            product = sum(map(mul, self._embeddings[character], self._columns))
            gates = self._recurrent.bias + (product << (_SUM - GATE_BITS - EMBEDDING_BITS))
            return self._met.setdefault(character, gates)


_HALVES = struct.Struct(f"<{8 * SIZE}H")
_MIDDLE = 1 << (_TOP - 1)
_FINER = BITS - (_SUM - _TOP)


def _take(weights: Iterator[int], count: int) -> list[int]:
    return [next(weights) for _ in range(count)]


def _packed(numbers: Iterable[int]) -> int:
    """Put whole numbers in the lanes of one; a negative borrows from the next lane."""
    return sum(one << (_LANE * lane) for lane, one in enumerate(numbers))


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


@cache
def _curve(function: Callable[[float], float], low: int, high: int) -> list[int]:
    """Tabulate a function by the upper bits of a lane; beyond ±16 it is taken to be flat."""
    step = 1 << (_SUM - _TOP)
    near = [
        round(function((one + 0.5) / step) * (1 << BITS)) for one in range(-16 * step, 16 * step)
    ]
    flat = _MIDDLE - 16 * step
    return [low << BITS] * flat + near + [high << BITS] * flat
