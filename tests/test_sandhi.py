"""Expectations are from textbooks: 一 and 不, and third tones before third tones."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.sandhi import sandhi
from deckgen.syllables import plain
from deckgen.typography import Spelled, line


def words(text: str, pinyin: str) -> list[Spelled]:
    """Build words from `我 很 好` and `wǒ hěn hǎo`, or `你好 ，` and `nǐ+hǎo -`."""
    found: list[Spelled] = []
    start = 0
    for word, readings in zip(text.split(), pinyin.split(), strict=True):
        found.append(Spelled(word, start, None if readings == "-" else tuple(readings.split("+"))))
        start += len(word)
    return found


@pytest.mark.parametrize(
    ("text", "citation", "spoken"),
    [
        # third tones inside a word
        ("你好", "nǐ+hǎo", "ní+hǎo"),
        ("水果", "shuǐ+guǒ", "shuí+guǒ"),
        ("展览馆", "zhǎn+lǎn+guǎn", "zhán+lán+guǎn"),
        ("小老虎", "xiǎo+lǎo+hǔ", "xiǎo+láo+hǔ"),
        ("纸老虎", "zhǐ+lǎo+hǔ", "zhǐ+láo+hǔ"),
        ("姐姐", "jiě+jie", "jiě+jie"),
        ("老师", "lǎo+shī", "lǎo+shī"),
        # … and between words
        ("我 很 好", "wǒ hěn hǎo", "wó hén hǎo"),
        ("我 也 很 好", "wǒ yě hěn hǎo", "wó yě hén hǎo"),
        ("请 你 给 我", "qǐng nǐ gěi wǒ", "qíng nǐ géi wǒ"),
        ("很 好 ， 你 呢", "hěn hǎo - nǐ ne", "hén hǎo - nǐ ne"),
        ("可以 走", "kě+yǐ zǒu", "ké+yí zǒu"),
        ("水果 很 好", "shuǐ+guǒ hěn hǎo", "shuí+guǒ hén hǎo"),
        ("一 把 雨伞", "yī bǎ yǔ+sǎn", "yì bǎ yú+sǎn"),
        ("我 C++ 好", "wǒ - hǎo", "wǒ - hǎo"),
        # 不
        ("不 是", "bù shì", "bú shì"),
        ("不 好", "bù hǎo", "bù hǎo"),
        ("不 来", "bù lái", "bù lái"),
        ("不要", "bù+yào", "bú+yào"),
        ("并不 是", "bìng+bù shì", "bìng+bú shì"),
        ("我 不 。", "wǒ bù -", "wǒ bù -"),
        ("是 不 是", "shì bù shì", "shì bu shì"),
        ("能不能", "néng+bù+néng", "néng+bu+néng"),
        ("不 会", "bù huì", "bú huì"),
        # 一
        ("一定", "yī+dìng", "yí+dìng"),
        ("一样", "yī+yàng", "yí+yàng"),
        ("一 天", "yī tiān", "yì tiān"),
        ("一 年", "yī nián", "yì nián"),
        ("一起", "yī+qǐ", "yì+qǐ"),
        ("一 个", "yī gè", "yí gè"),
        ("一个", "yī+ge", "yí+ge"),
        ("这 一 次", "zhè yī cì", "zhè yí cì"),
        ("每一 个", "měi+yī gè", "měi+yí gè"),
        ("看 一 看", "kàn yī kàn", "kàn yi kàn"),
        ("一 天 一 天", "yī tiān yī tiān", "yì tiān yì tiān"),
        ("一百", "yī+bǎi", "yì+bǎi"),
        ("一 万", "yī wàn", "yí wàn"),
        # 一 that keeps its tone
        ("第一", "dì+yī", "dì+yī"),
        ("第一 次", "dì+yī cì", "dì+yī cì"),
        ("第 一 个", "dì yī gè", "dì yī gè"),
        ("统一 思想", "tǒng+yī sī+xiǎng", "tǒng+yī sī+xiǎng"),
        ("唯一 的 办法", "wéi+yī de bàn+fǎ", "wéi+yī de bàn+fǎ"),
        ("十一 个", "shí+yī gè", "shí+yī gè"),
        ("一九八四 年", "yī+jiǔ+bā+sì nián", "yī+jiǔ+bā+sì nián"),
        ("一月", "yī+yuè", "yī+yuè"),
        ("星期一 去", "xīng+qī+yī qù", "xīng+qī+yī qù"),
        ("万一", "wàn+yī", "wàn+yī"),
        # erhua
        ("一会儿", "yī+huì+r", "yí+huì+r"),
        ("一点儿", "yī+diǎn+r", "yì+diǎn+r"),
    ],
)
def test_spoken_tones(text: str, citation: str, spoken: str) -> None:
    assert sandhi(words(text, citation)) == tuple(words(text, spoken))


def test_spoken_tones_on_the_page() -> None:
    spoken = sandhi(words("我 一会儿 不 去", "wǒ yī+huì+r bù qù"))
    assert line(spoken) == "Wǒ yíhuìr bú qù"


@given(
    st.lists(
        st.tuples(
            st.sampled_from("一不我们好人个"), st.sampled_from(["yī", "bù", "hǎo", "ge", "rén"])
        ),
        max_size=12,
    )
)
def test_only_tones_change_and_a_second_pass_finds_no_third_tones(
    pairs: list[tuple[str, str]],
) -> None:
    given_words = [Spelled(c, i, (r,)) for i, (c, r) in enumerate(pairs)]
    spoken = sandhi(given_words)
    assert [(w.text, w.start) for w in spoken] == [(w.text, w.start) for w in given_words]
    for before, after in zip(given_words, spoken, strict=True):
        assert before.readings is not None and after.readings is not None
        assert [*map(plain, before.readings)] == [*map(plain, after.readings)]
    readings = [word.readings for word in spoken]
    assert ("hǎo",) not in [a for a, b in itertools.pairwise(readings) if b == ("hǎo",)]
