from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.corrections import Corrections
from deckgen.hanzi import is_han
from deckgen.segmentation import Segmenter


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def words(segmenter: Segmenter, text: str) -> list[str]:
    return [token.text for token in segmenter.tokens(text)]


MIXED = st.text(
    st.one_of(st.characters(), st.sampled_from("的我们在研究生命 行长得了不一，。C+#3.5%-'·"))
)


@given(MIXED)
def test_tokens_lose_nothing_but_white_space(text: str) -> None:
    tokens = _SHARED.tokens(text)
    at = 0
    for token in tokens:
        assert text[token.start : token.start + len(token.text)] == token.text
        assert text[at : token.start].strip() == ""
        assert token.han == any(map(is_han, token.text))
        at = token.start + len(token.text)
    assert text[at:].strip() == ""


@given(MIXED)
def test_han_words_are_headwords_or_single_characters(text: str) -> None:
    for token in _SHARED.tokens(text):
        if token.han and len(token.text) > 1:
            assert _SHARED.vocabulary.frequencies[token.text] > 0


_SHARED = Segmenter()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("研究生命的起源", "研究 生命 的 起源"),
        ("用C++写的程序", "用 C++ 写 的 程序"),
        ("GPT-4o和C#", "GPT-4o 和 C#"),
        ("2026年增长了3.5%", "2026 年 增长 了 3.5%"),
        ("共1,000人", "共 1,000 人"),
        ("卡拉OK", "卡拉OK"),
        ("一件T恤", "一 件 T恤"),
        ("他說這個模型的參數", "他 說 這個 模型 的 參數"),
        ("等等……好——", "等等 …… 好 ——"),
        ("don't停", "don't 停"),
        ("𠀀字", "𠀀 字"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_words(segmenter: Segmenter, text: str, expected: str) -> None:
    assert words(segmenter, text) == expected.split()


def test_terms_are_words(segmenter: Segmenter) -> None:
    text = "用C++写的自动驾驶系统由安德烈·卡帕西讲解"
    assert "自动驾驶" not in words(segmenter, text)
    expected = ["用", "C++", "写", "的", "自动驾驶", "系统", "由", "安德烈·卡帕西", "讲解"]
    with_terms = Segmenter(terms=["自动驾驶", "安德烈·卡帕西"])
    assert words(with_terms, text) == expected


def test_a_longer_headword_is_not_broken_by_a_term() -> None:
    assert words(Segmenter(terms=["参数"]), "参数空间") == ["参数", "空间"]
    assert words(Segmenter(terms=["学生"]), "大学生活") != []


def test_terms_of_one_segmenter_are_unknown_to_another() -> None:
    Segmenter(terms=["自动驾驶"])
    assert words(Segmenter(), "自动驾驶") == ["自动", "驾驶"]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (("自动驾驶",), "自动驾驶系统", "自动驾驶 系统"),
        (("研究生", "命"), "研究生命", "研究生 命"),
        (("上", "相信"), "理论上相信他", "理论 上 相信 他"),
        (("用C",), "用C++写", "用C ++ 写"),
    ],
)
def test_corrections_win(rule: tuple[str, ...], text: str, expected: str) -> None:
    assert words(Segmenter(corrections=Corrections((rule,))), text) == expected.split()


def test_the_longest_correction_wins() -> None:
    rules = (("研究", "生"), ("研究", "生命"))
    assert words(Segmenter(corrections=Corrections(rules)), "研究生命") == ["研究", "生命"]


@pytest.mark.parametrize("unit", ["我们在研究", "a", "的", "字𠀀", "-", "中 ", "你好。"])
def test_long_lines_are_cut_in_bounded_memory(segmenter: Segmenter, unit: str) -> None:
    text = unit * (20_000 // len(unit))
    segmenter.tokens(unit)
    tracemalloc.start()
    try:
        length = sum(len(t.text) for piece in segmenter.pieces(text) for t in piece)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert length == len(text.replace(" ", ""))
    assert peak < 1_000_000


def test_long_runs_are_cut_between_words(segmenter: Segmenter) -> None:
    text = "我们在研究" * 1000
    assert set(words(segmenter, text)) == {"我们", "在", "研究"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("后端的代码", "后 端 的 代码"),  # 端的 (really) is archaic
        ("他用手机", "他 用 手机"),  # 他用 (another use) is rare
        ("一个人来", "一 个 人 来"),  # 个 counts 人 after a number
        ("个人信息", "个人 信息"),
        ("他是第三次来", "他 是 第 三 次 来"),  # no three times, as 三次 alone
        ("有30多个城市", "有 30 多 个 城市"),  # 多 goes with the number
        ("三百年前的事", "三 百 年 前 的 事"),  # 年前 alone is before the new year
        ("多个城市", "多个 城市"),
        ("狗、猫及其他动物", "狗 、 猫 及 其他 动物"),
        ("作者及其作品", "作者 及其 作品"),
        ("国有企业的改革开放", "国有 企业 的 改革 开放"),  # phrases of two ordinary words
        ("画蛇添足", "画蛇添足"),
        ("有的人来，有的人走", "有的 人 来 ， 有的 人 走"),
        ("已有的模型", "已 有 的 模型"),
        ("拥有的东西", "拥有 的 东西"),
        ("每个人的水平", "每 个 人 的 水平"),
        ("是的，他是对的", "是的 ， 他 是 对 的"),  # jieba's dictionary has no 是的
        ("结婚的和尚未结婚的", "结婚 的 和 尚未 结婚 的"),
        ("理论上相信他", "理论 上 相信 他"),
        ("南京市长江大桥", "南京市 长江 大桥"),
        ("机器人会取代人吗", "机器人 会 取代 人 吗"),
        ("这几天天天加班", "这 几天 天天 加班"),
    ],
)
def test_what_two_words_share_goes_to_the_likelier(
    segmenter: Segmenter, text: str, expected: str
) -> None:
    assert words(segmenter, text) == expected.split()
