"""Terms by where they come from: a bracket, a definition, their number, an English talk."""

from __future__ import annotations

import pytest

from deckgen import readers
from deckgen.content import Evidence
from deckgen.lexicon import Lexicon
from deckgen.mining import Mined, mine
from deckgen.mining.equivalents import Equivalents
from deckgen.mining.heads import Heads
from deckgen.mining.latin import UNTRANSLATED
from deckgen.mining.talk import Said, source_of
from deckgen.segmentation import Segmenter


def mined(text: str) -> Mined:
    document = readers.parse(text, "talk.md")
    return mine(source_of("talk", [document], None), [document])


@pytest.fixture(scope="module")
def heads() -> Heads:
    segmenter = Segmenter()
    return Heads(segmenter, Lexicon(vocabulary=segmenter.vocabulary))


@pytest.mark.parametrize(
    ("before", "english", "term"),
    [
        # What leads up: a verb, a conjunction, a count, who somebody is, a label, where it is.
        ("扬起沉积物羽流", "sediment plume", "沉积物羽流"),
        ("采用旋转位置编码", "RoPE", "旋转位置编码"),
        ("那么肠道菌群", "gut microbiota", "肠道菌群"),
        ("万元违约金", "liquidated damages", "违约金"),
        ("百年孤独", "One Hundred Years of Solitude", "百年孤独"),
        ("法国人伯希和", "Paul Pelliot", "伯希和"),
        ("编者注 血脑屏障", "blood-brain barrier", "血脑屏障"),
        ("链上通知交易", "notification transaction", "通知交易"),
        ("暴来自磁星", "magnetar", "磁星"),
        # A verb that the English needs is part of the term, or stands for a letter of it.
        ("合成数据", "synthetic data", "合成数据"),
        ("举证责任倒置", "reversal of the burden of proof", "举证责任倒置"),
        ("保密协议", "NDA", "保密协议"),
        ("生成对抗网络", "GANs", "生成对抗网络"),
        ("减半聚合", "half-aggregation", "减半聚合"),
        ("堆叠LSTM", "Stacked LSTM", "堆叠LSTM"),
        ("位", "bits", "位"),
        ("类淋巴系统", "glymphatic system", "类淋巴系统"),
        # A sentence in brackets names nothing.
        ("出错应该尽可能明显", "fail if that fails", None),
    ],
)
def test_a_term_begins_where_its_english_does(
    heads: Heads, before: str, english: str, term: str | None
) -> None:
    assert heads.term(before, english) == term


BREAD = """\
**王敏：** 发酵的面团为什么会变大？

**李强：** 面包师用酵母（yeast）来发酵面团。酵母是一种单细胞的真菌，能把糖变成气体。

**王敏：** 这个领域的关键是什么？

**李强：** 这个领域的关键是温度。面筋蛋白质形成一张网，面筋蛋白质吸水。这个领域的核心问题很多。

**王敏：** 我们谈谈领域里的公司，领域里的关键公司。

**李强：** Lesaffre 公司卖酵母。关键是 N+1 种酵母，我们用 N+1 种。
"""


def test_what_the_talk_says_that_a_term_is_defines_it() -> None:
    (yeast,) = (term for term in mined(BREAD).terms if term.hanzi == "酵母")
    assert yeast.definition is not None
    assert yeast.definition.zh == "一种单细胞的真菌。"
    assert "defined in the talk" in (yeast.why or "")


def test_words_that_any_talk_leans_on_are_no_terms() -> None:
    found = {term.hanzi for term in mined(BREAD).terms}
    assert not {"领域", "关键", "核心", "问题", "公司"} & found


def test_a_firm_named_once_is_a_name_and_a_formula_none() -> None:
    found = {term.hanzi: term.topics for term in mined(BREAD).terms}
    assert found["Lesaffre"] == ("names/firm", UNTRANSLATED)
    assert "N+1" not in found


CHEESE = """\
**Ann Lee:** Why do you wash the rind of a cheese?

**Bob Hill:** A washed rind cheese is a soft cheese that is rubbed with brine every day.
You know, the brine keeps mould away.
The cheese maker turns the washed rind cheese twice a week.

**Ann Lee:** What does the cheese maker need for it, and what is the main thing?

**Bob Hill:** Well, the main thing is the salt bath. A cheese maker fills the salt bath.
Ann, the thing is that people want nice cheese. The main thing is time.
"""


def test_an_english_talk_gives_noun_phrases_and_what_it_defines() -> None:
    found = {term.english: term for term in mined(CHEESE).terms}
    assert {"washed rind cheese", "cheese maker", "salt bath"} <= found.keys()
    definition = found["washed rind cheese"].definition
    assert definition is not None
    assert definition.en.startswith("a soft cheese that is rubbed with brine")
    assert not {"main thing", "thing", "time", "lot", "ann", "maker"} & found.keys()


def test_an_english_term_is_chinese_only_where_the_dictionary_leaves_no_doubt() -> None:
    for term in mined(CHEESE).terms:
        assert (term.hanzi == term.english) == (UNTRANSLATED in term.topics)


def test_the_english_of_a_term_is_what_the_aligned_talk_calls_it() -> None:
    said = [
        ("工程师检查这座桥的吊索。", "Engineers inspect the hanger cables of this bridge."),
        ("吊索由钢丝组成。", "The hanger cables are made of steel wires."),
        ("Arup 的桥塔很高。", "The Arup tower is high."),
        ("Arup 修了两座桥塔。", "There are two towers; each Arup tower is new."),
        ("大家喜欢喝茶。", "Everybody likes to drink tea."),
    ]
    found = Equivalents([Said(zh, Evidence("talk"), en) for zh, en in said], given=["steel"])
    assert found.english("吊索") == "hanger cables"
    assert found.english("桥塔") == "tower"
    assert found.english("钢丝") is None
    assert found.english("茶") is None
