from fractions import Fraction

import pytest

from deckgen.quantities import quantities, rival_of, said


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("售价在 30 万美元左右", 300_000, "money"),
        ("大约三万美元", 30_000, "money"),
        ("about $30,000", 30_000, "money"),
        ("30 thousand dollars", 30_000, "money"),
        ("可能只需要 1 亿个参数", 1e8, "parameter"),
        ("a hundred million parameters", 1e8, "parameter"),
        ("3 billion parameters", 3e9, "parameter"),
        ("三十五亿", 3.5e9, ""),
        ("3.5 亿", 3.5e8, ""),
        ("95% 的时间", 95, "%"),
        ("百分之九十五", 95, "%"),
        ("ninety-five percent", 95, "%"),
        ("十年前", 10, "year"),
        ("10 years ago", 10, "year"),
        ("大约是 2014 年", 2014, "year of date"),
        ("提高一个标准差", 1, "standard deviation"),
        ("two standard deviations", 2, "standard deviation"),
        ("半", None, ""),
        ("从 80 年代开始", 80, "decade"),
        ("in the 1980s", 80, "decade"),
        ("half a million people", 500_000, "person"),
        ("30 分钟", 30, "minute"),
        ("1,234.5 元", 1234.5, "money"),
        ("三点一四", Fraction("3.14"), ""),
        ("两百年", 200, "year"),
    ],
)
def test_one_quantity(text: str, value: float | Fraction | None, unit: str) -> None:
    found = quantities(text)
    assert [(q.low, q.high, q.unit) for q in found] == (
        [] if value is None else [(value, value, unit)]
    )


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("20 到 30 人", 20, 30), ("30-40 亿美元", 3e9, 4e9), ("40 to 50 years", 40, 50)],
)
def test_ranges(text: str, low: float, high: float) -> None:
    assert [(q.low, q.high) for q in quantities(text)] == [(low, high)]


@pytest.mark.parametrize(
    "text", ["CS231n", "G1", "B2C", "第一门课", "一对一辅导", "12:30", "一些人", "进一步", "一直"]
)
def test_what_is_no_quantity(text: str) -> None:
    assert [q for q in quantities(text) if not q.weak] == []


@pytest.mark.parametrize(
    ("a", "b", "agrees"),
    [
        ("10 年", "十年", True),
        ("three years", "3 年", True),
        ("30 万美元", "3 万美元", False),
        ("10 亿", "one billion parameters", True),
        ("25 人", "20 到 30 人", True),
        ("20 到 80 人", "20 到 30 人", False),
        ("in October", "十月", True),
        ("in October", "十一月", False),
        ("the 1980s", "80 年代", True),
        ("20世纪80年代", "the 1980s", True),
        ("two decades", "20", True),
        ("三十多亿", "3 billion", True),
        ("7.6%", "七成六", False),
        ("76%", "七成六", True),
        ("5 年", "5 个月", False),
        ("数十亿", "3 billion", True),
    ],
)
def test_agreement(a: str, b: str, agrees: bool) -> None:
    assert any(x.agrees(y) for x in quantities(a) for y in quantities(b)) is agrees


def test_a_factor() -> None:
    (a,), (b,) = quantities("30 万美元"), quantities("$30,000")
    assert a.factor(b) == b.factor(a) == 10


@pytest.mark.parametrize(
    ("a", "b", "detail"),
    [
        ("等了 30 分钟", "waited for 30 hours", True),
        ("花了 80% 的时间", "80% to 90% of the time", True),
        ("花了 85% 的时间", "80% to 90% of the time", False),
        ("有三万人", "30,000 people", False),
    ],
)
def test_rivals(a: str, b: str, detail: bool) -> None:
    (quantity,) = quantities(a)
    assert (rival_of(quantity, a, b) is not None) is detail
    assert said(quantity, a, b) is not detail
