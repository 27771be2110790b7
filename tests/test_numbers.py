"""Numbers in both languages, as values."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.numbers import chinese, english
from deckgen.quantities import quantities


def sure(text: str) -> list[Fraction]:
    read = chinese if any(c >= "\u4e00" for c in text) else english
    return sorted(number.value for number in read(text) if number.sure)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("三千名士兵", [3000]),
        ("一点二万亿元", [1_200_000_000_000]),
        ("1750亿参数", [175_000_000_000]),
        ("百分之三点五", [Fraction("3.5")]),
        ("2017年", [2017]),
        ("二〇一七年", [2017]),
        ("四五十年", [40, 50]),
        ("两三百年前", [200, 300]),
        ("20世纪70年代", [1970]),
        ("3到4亿", [300_000_000, 400_000_000]),
        ("一打鸡蛋", [12]),
        ("十二人", [12]),
        ("七成", [70]),
        ("一般来说，十分重要的一个统一标准", []),
        ("GPT-4比GPT-3.5好", []),
        ("三分之一的人口", []),
        ("三十多亿元", [3_000_000_000]),
        ("三十多年", []),
        ("百分之一", [1]),
        ("30多亿元", [3_000_000_000]),
        ("3，4个", [3, 4]),
        ("５０％的人", [50]),
        ("12:30开始", []),
        ("第5 一般", [5]),
    ],
)
def test_chinese(text: str, values: list[int]) -> None:
    assert sure(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("three thousand soldiers", [3000]),
        ("1.2 trillion yuan", [1_200_000_000_000]),
        ("175 billion", [175_000_000_000]),
        ("$3M", [3_000_000]),
        ("half a billion people", [500_000_000]),
        ("two hundred and six bones", [206]),
        ("sixty-two ships", [62]),
        ("two or three hundred years", [200, 300]),
        ("3 to 4 billion", [3_000_000_000, 4_000_000_000]),
        ("two decades", [20]),
        ("a dozen eggs", [12]),
        ("in October 1973", [10, 1973]),
        ("in the fourteenth century", [14]),
        ("In May 2010", [5, 2010]),
        ("one of them may march", []),
        ("GPT-4 and R21", []),
        ("1,000,000", [1_000_000]),
        ("two hundred thousand", [200_000]),
        ("1 or 2 million", [1_000_000, 2_000_000]),
        ("from 5 to 10 people", [5, 10]),
    ],
)
def test_english(text: str, values: list[int]) -> None:
    assert sure(text) == values


@given(
    st.text(
        "数几上第初一两三四五十百千万亿零点分之多成个世纪年代打.,:0123456789 %$km-到 half million",
        max_size=30,
    )
)
def test_numbers_stand_where_they_say(text: str) -> None:
    for number in (*chinese(text), *english(text)):
        assert text[number.start : number.end] == number.written
    assert all(0 <= q.start < q.end <= len(text) and q.low <= q.high for q in quantities(text))
