import random
import string
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from deckgen.alignment import Alignment, align
from deckgen.alignment.encoder import Sums

Floats = NDArray[np.float32]

# A short story of our own, so that the right beads are known.
ZH = [
    "王小明今年三十岁，住在北京。",
    "他每天早上六点起床，先跑步，再喝一杯咖啡。",
    "他在一家机器人公司工作。",
    "公司有120名员工。",
    "你知道他们做什么吗？",
    "他们制造能打扫房间的机器人。",
    "第一台机器人在2014年卖出。",
    "价格是三千美元，很贵。",
    "现在价格便宜多了。",
    "小明喜欢他的工作，因为他每天都能学到新东西。",
    "周末他去公园，和朋友们踢足球。",
    "晚上他读历史书。",
]
EN = [
    "Wang Xiaoming is thirty years old.",
    "He lives in Beijing.",
    "Every morning he gets up at six, goes running and drinks a cup of coffee.",
    "He works for a robot company.",
    "The company has 120 employees.",
    "Do you know what they make?",
    "They make robots that clean rooms.",
    "The first robot was sold in 2014.",
    "The price was three thousand dollars, which is expensive; it is much cheaper now.",
    "Xiaoming likes his work, because every day he can learn something new.",
    "At the weekend he goes to the park and plays football with his friends.",
    "In the evening he reads history books.",
]
OTHER = [
    "Add the onions and fry them gently until golden.",
    "Whisk two eggs with a pinch of salt.",
    "Butter the dish before you pour in the batter.",
    "Rain is expected over the western hills.",
    "A parliament was dissolved by the governor.",
    "Nobody remembered the colour of her umbrella.",
    "The lawyers appealed against that verdict.",
    "Oxygen reacts violently with these metals.",
    "Our ship anchored beside a coral reef.",
    "Violins enter softly in the third movement.",
    "Taxes on imported tobacco were doubled.",
    "Her grandmother knitted mittens beside the stove.",
]
BEADS = [
    ((0,), (0, 1)),
    ((1,), (2,)),
    ((2,), (3,)),
    ((3,), (4,)),
    ((4,), (5,)),
    ((5,), (6,)),
    ((6,), (7,)),
    ((7, 8), (8,)),
    ((9,), (9,)),
    ((10,), (10,)),
    ((11,), (11,)),
]


def test_a_translation() -> None:
    found = align(ZH, EN)
    assert _pairs(found) == BEADS
    assert found.related
    assert all(0 <= bead.score <= 1 for bead in found.beads)


def test_sides_may_be_exchanged() -> None:
    found = align(EN, ZH)
    _complete(found, len(EN), len(ZH))
    assert {(b, a) for a, b in BEADS} & set(_pairs(found)) >= {((4,), (3,)), ((5,), (4,))}


def test_what_one_side_leaves_out_stands_alone() -> None:
    found = align(ZH, EN[:4] + EN[7:])
    _complete(found, len(ZH), len(EN) - 3)
    assert {((3,), ()), ((4,), ()), ((5,), ())} <= set(_pairs(found))
    assert ((6,), (4,)) in _pairs(found)


def test_the_same_text_twice() -> None:
    for text in (ZH, EN):
        assert _pairs(align(text, text)) == [((i,), (i,)) for i in range(len(text))]


def test_an_empty_side_leaves_the_other_alone() -> None:
    assert align([], []) == Alignment((), False)
    found = align(ZH, [])
    assert not found.related
    assert _pairs(found) == [((i,), ()) for i in range(len(ZH))]
    _complete(align([], EN), 0, len(EN))


def test_unrelated_texts_are_said_to_be_so() -> None:
    generator = random.Random(6)
    words = ["".join(generator.choices(string.ascii_lowercase, k=6)) for _ in range(400)]
    noise = [" ".join(generator.choices(words, k=9)).capitalize() + "." for _ in range(40)]
    found = align(ZH * 3, noise)
    assert not found.related
    _complete(found, 36, 40)


@pytest.mark.parametrize("size", [3, 5, 8, 12])
def test_short_texts_are_told_to_be_related_or_not(size: int) -> None:
    assert align(ZH[:size], EN[: size + 1]).related
    assert align(ZH[-size:], EN[-size:]).related
    assert not align(ZH[:size], OTHER[:size]).related


def test_a_block_that_one_side_lacks() -> None:
    zh = [f"第{n}台机器人在公园工作了{n}天，老师很高兴。" for n in range(100, 160)]
    en = [
        f"Robot {n} worked in the park for {n} days and the teacher was glad."
        for n in range(100, 160)
    ]
    found = align(zh, en[:15] + en[45:])
    expected = [((i,), (i if i < 15 else i - 30,)) for i in range(60) if not 15 <= i < 45]
    assert [pair for pair in _pairs(found) if pair[1]] == expected


def test_a_block_in_another_place_is_not_paired_with_what_stands_there() -> None:
    story = [f"机器人{n}号在第{n}医院工作。" for n in range(200, 240)]
    told = [f"Robot {n} works at hospital {n}." for n in range(200, 240)]
    found = align(ZH + story, told + EN)
    right = set(zip(range(12, 52), range(40), strict=True))
    for bead in found.beads:
        if bead.zh and bead.en and bead.score >= 0.8:
            pairs = {(i, j) for i in bead.zh for j in bead.en}
            assert pairs & right or (bead.zh[0] < 12 and bead.en[0] >= 40)


class _Encoder:
    """Knows of each sentence which of the story it is, as a model would."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def read(self, texts: Sequence[str]) -> Sums:
        self.seen += texts
        whole = np.full((len(texts), len(BEADS)), 0.01, np.float32)
        for row, text in enumerate(texts):
            for number, (of_zh, of_en) in enumerate(BEADS):
                whole[row, number] += text in {*(ZH[i] for i in of_zh), *(EN[j] for j in of_en)}
        return Sums(whole, np.zeros_like(whole[1:]), np.full(len(texts), 2, np.float32))

    def vectors(self, sums: Floats, tokens: Floats) -> Floats:
        unit: Floats = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit


def test_an_encoder_is_asked_where_words_leave_doubt() -> None:
    encoder = _Encoder()
    found = align(ZH, EN, find_encoder=lambda: encoder)
    assert found.scorer == "words and embeddings"
    assert _pairs(found) == BEADS
    assert set(encoder.seen) >= {*ZH, *EN}


def test_without_an_encoder_words_decide() -> None:
    assert align(ZH, EN, find_encoder=lambda: None).scorer == "words"
    assert align(ZH, ZH, find_encoder=_Encoder).scorer == "words"


def test_one_huge_sentence() -> None:
    found = align(["机器人很好。" * 60_000], ["The robot is good. " * 50_000])
    assert _pairs(found) == [((0,), (0,))]


def test_long_texts_go_window_by_window() -> None:
    generator = random.Random(6)
    zh, en = [], []
    for _ in range(600):
        number = generator.randrange(10_000)
        zh.append(f"{number}号机器人在{generator.choice(['公园', '公司', '房间'])}工作。")
        en.append(f"Robot {number} works there.")
    found = align(zh, en[:200] + en[260:])
    _complete(found, 600, 540)
    expected = {((i,), (i if i < 200 else i - 60,)) for i in range(600) if not 200 <= i < 260}
    assert len(expected & set(_pairs(found))) > 0.95 * len(expected)


@pytest.mark.parametrize("size", [600, 1500])
def test_a_text_that_goes_on_where_the_other_has_ended(size: int) -> None:
    zh = [*ZH, *(["这句话一再重复，没有译文。"] * size)]
    for one, other in ((zh, EN), (EN, zh)):
        beads = align(one, other).beads
        assert [i for bead in beads for i in bead.zh] == list(range(len(one)))
        assert [j for bead in beads for j in bead.en] == list(range(len(other)))


def test_times_decide_where_words_do_not() -> None:
    zh, en = ["好的。"] * 30, ["Right."] * 28
    times = [10.0 * i for i in range(30)], [10.0 * i for i in range(30) if i not in (3, 4)]
    found = align(ZH + zh, EN + en, times=([None] * 12 + times[0], [None] * 12 + times[1]))
    _complete(found, 42, 40)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from(ZH) | st.text(max_size=20), max_size=8),
    st.lists(st.sampled_from(EN) | st.text(max_size=20), max_size=8),
)
def test_every_sentence_once_and_in_order(zh: list[str], en: list[str]) -> None:
    _complete(align(zh, en), len(zh), len(en))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_every_time(seed: int) -> None:
    order = random.Random(seed).sample(range(len(ZH)), len(ZH))
    shuffled = [ZH[i] for i in order]
    assert align(shuffled, EN) == align(shuffled, EN)


def _pairs(found: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.zh, bead.en) for bead in found.beads]


def _complete(found: Alignment, zh: int, en: int) -> None:
    assert [i for bead in found.beads for i in bead.zh] == list(range(zh))
    assert [j for bead in found.beads for j in bead.en] == list(range(en))
