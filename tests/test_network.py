"""The network's arithmetic is held against the formulas of an LSTM in floating point."""

import math
import random
import struct
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.network import BITS, END, SIZE, SPAN, START, UNKNOWN, Network, _Layer, _Lstm

WEIGHT = st.integers(-(2**13), 2**13)
VECTOR = st.lists(st.integers(-(2**BITS), 2**BITS), min_size=3, max_size=3)


@given(st.lists(WEIGHT, min_size=16, max_size=16), VECTOR)
def test_a_layer_multiplies_exactly(weights: list[int], vector: list[int]) -> None:
    layer = _Layer(iter(weights), 3, 4)
    rows = [weights[lane:12:4] for lane in range(4)]
    expected = [
        sum(w * v for w, v in zip(row, vector, strict=True)) + (bias << BITS)
        for row, bias in zip(rows, weights[12:], strict=True)
    ]
    lanes = struct.unpack("<4I", layer.times(vector, layer.bias))
    assert [one - 2**31 for one in lanes] == expected


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


@pytest.mark.parametrize("seed", range(10))
def test_a_state_is_that_of_the_formulas(seed: int) -> None:
    """i, f, o = σ(Wx + Uh + b); g = tanh(Wx + Uh + b); c = fc + ig; h = o tanh c."""
    chance, lanes = random.Random(seed), 4 * SIZE
    embeddings = [[chance.randint(-36, 36) for _ in range(64)] for _ in range(5)]
    from_text = [[chance.uniform(-0.1, 0.1) for _ in range(lanes)] for _ in range(64)]
    from_state = [[chance.uniform(-0.5, 0.5) for _ in range(lanes)] for _ in range(SIZE)]
    bias = [chance.uniform(-0.5, 0.5) for _ in range(lanes)]
    whole = [
        *(round(one * 2**10) for one in chain.from_iterable(from_text)),
        *(round(one * 2**12) for one in (*chain.from_iterable(from_state), *bias)),
    ]
    text = "abcde"
    seen = dict(zip(text, (struct.pack("64b", *one) for one in embeddings), strict=True))
    lstm = _Lstm(iter(whole), {one: memoryview(b).cast("b") for one, b in seen.items()})

    hidden, cell = [0.0] * SIZE, [0.0] * SIZE
    for embedding in embeddings:
        gates = [
            bias[lane]
            + sum(x / 8 * row[lane] for x, row in zip(embedding, from_text, strict=True))
            + sum(h * row[lane] for h, row in zip(hidden, from_state, strict=True))
            for lane in range(lanes)
        ]
        enter, forget, new, leave = (gates[at : at + SIZE] for at in range(0, lanes, SIZE))
        cell = [
            sigmoid(f) * c + sigmoid(e) * math.tanh(n)
            for e, f, n, c in zip(enter, forget, new, cell, strict=True)
        ]
        hidden = [sigmoid(one) * math.tanh(c) for one, c in zip(leave, cell, strict=True)]
    assert [one / 2**BITS for one in lstm.state(text)] == pytest.approx(hidden, abs=0.015)


@pytest.fixture(scope="module")
def network() -> Network:
    return Network()


@settings(max_examples=30)
@given(
    st.text(max_size=SPAN), st.text(max_size=SPAN), st.lists(st.sampled_from("yǔ yù yú xx".split()))
)
def test_probabilities_add_up_whatever_stands_around(
    network: Network, before: str, after: str, more: list[str]
) -> None:
    candidates = ("yǔ", *more)
    likely = network.probabilities("与", START + before, after + END, candidates)
    assert len(likely) == len(candidates)
    assert sum(likely) == pytest.approx(1)


def test_a_reading_it_does_not_know_is_out_of_the_question(network: Network) -> None:
    assert network.probabilities("与", "", "", ("yǔ", "nonsense"))[1] == 0
    assert network.probabilities("与", "", "", ("here", "there")) == (0.5, 0.5)
    assert not network.knows("的") and not network.knows(UNKNOWN)
