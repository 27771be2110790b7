"""Expectations are from textbooks and, for spacing, from GB/T 16159-2012."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.numerals import pinyin, spoken


@pytest.mark.parametrize(
    ("text", "aloud"),
    [
        ("2026年", "二零二六年"),
        ("２０２６年", "二零二六年"),
        ("1998 年", "一九九八 年"),
        ("2010年前", "二零一零年前"),
        ("30%", "百分之三十"),
        ("99.9%", "百分之九十九点九"),
        ("5‰", "千分之五"),
        ("第3章", "第三章"),
        ("第2次", "第二次"),
        ("2个", "两个"),
        ("2 年", "两 年"),
        ("2万", "两万"),
        ("12个", "十二个"),
        ("10", "十"),
        ("15", "十五"),
        ("20", "二十"),
        ("100", "一百"),
        ("101", "一百零一"),
        ("110", "一百一十"),
        ("356", "三百五十六"),
        ("1,000", "一千"),
        ("1001", "一千零一"),
        ("2000", "两千"),
        ("10000", "一万"),
        ("10500", "一万零五百"),
        ("100000", "十万"),
        ("20000000", "两千万"),
        ("100000001", "一亿零一"),
        ("0", "零"),
        ("3.14", "三点一四"),
        ("0.5", "零点五"),
        ("1/2", "二分之一"),
        ("3/4", "四分之三"),
        ("007", "零零七"),
        ("3-5个", "三到五个"),
        ("2020-2024年", "二零二零到二零二四年"),
        ("-5度", "负五度"),
        ("GPT-4", "GPT-4"),
        ("3D", "3D"),
        ("C++17", "C++17"),
        ("v1.2.3", "v1.2.3"),
        ("1.2.3", "1.2.3"),
        ("有8个人和2本书", "有八个人和两本书"),
        ("没有数字", "没有数字"),
    ],
)
def test_numbers_are_written_out(text: str, aloud: str) -> None:
    assert spoken(text) == aloud


@pytest.mark.parametrize(
    ("number", "before", "after", "read"),
    [
        ("2026", "", "年", "èr líng èr liù"),
        ("30%", "", "", "bǎi fēn zhī sānshí"),
        ("3", "第", "章", "sān"),
        ("2", "", "个", "liǎng"),
        ("2", "第", "个", "èr"),
        ("356", "", "", "sānbǎi wǔshíliù"),
        ("30", "", "", "sānshí"),
        ("23", "", "", "èrshísān"),
        ("907263", "", "", "jiǔshí wàn qīqiān èrbǎi liùshísān"),
        ("3.14", "", "", "sān diǎn yī sì"),
        ("1/2", "", "", "èr fēn zhī yī"),
        ("C++", "", "", None),
    ],
)
def test_the_pinyin_of_a_number(number: str, before: str, after: str, read: str | None) -> None:
    assert pinyin(number, before=before, after=after) == read


@given(st.integers(0, 10**16 - 1))
def test_every_number_is_read(number: int) -> None:
    aloud = spoken(str(number))
    assert aloud
    assert set(aloud) <= set("零一二三四五六七八九十百千万亿两")
    assert "零零" not in aloud
    assert pinyin(str(number))


def test_an_endless_number_is_named_digit_by_digit() -> None:
    assert spoken("9" * 5000) == "九" * 5000
    assert len(spoken("1" + ",000" * 2000)) == 6001


@given(st.text("0123456789年%第个,./-–GPT ", max_size=20))
def test_any_text_is_spoken_and_the_rest_stays(text: str) -> None:
    assert [c for c in spoken(text) if c in "GPT"] == [c for c in text if c in "GPT"]
