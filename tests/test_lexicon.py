"""Expectations are a teacher's, the published HSK lists and the conversions of OpenCC's regions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen import senses
from deckgen.lexicon import STANDARDS, Lexicon, Region, Standard
from deckgen.problems import DeckgenError
from deckgen.syllables import is_legal


def cases(name: str) -> list[tuple[str, ...]]:
    lines = (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon()


def glosses(lexicon: Lexicon, reading: str, sentence: str) -> tuple[str, ...]:
    words = sentence.split()
    place = next(index for index, word in enumerate(words) if word.startswith("["))
    words = [word.strip("[]") for word in words]
    return lexicon.gloss(
        words[place],
        reading.split("+"),
        before=words[:place][::-1],
        after=words[place + 1 :],
    )


@pytest.mark.parametrize(("reading", "sentence", "wanted"), cases("senses.tsv"))
def test_a_sense_that_fits_is_shown(
    lexicon: Lexicon, reading: str, sentence: str, wanted: str
) -> None:
    shown = glosses(lexicon, reading, sentence)
    assert len(shown) <= 3
    assert any(sense in gloss for sense in wanted.split("|") for gloss in shown)


@pytest.mark.parametrize(("reading", "sentence", "wanted"), cases("first_senses.tsv"))
def test_the_sense_that_fits_comes_first(
    lexicon: Lexicon, reading: str, sentence: str, wanted: str
) -> None:
    first, *_ = glosses(lexicon, reading, sentence)
    assert any(sense in first for sense in wanted.split("|"))


def test_an_authored_gloss_comes_first(lexicon: Lexicon) -> None:
    assert lexicon.gloss("对", authored="versus") == ("versus",)


@pytest.mark.parametrize("word", ["对", "打", "上", "看", "行", "点", "就", "得", "会", "开"])
def test_never_seventeen_meanings(lexicon: Lexicon, word: str) -> None:
    assert 1 <= len(lexicon.gloss(word)) <= 3


@pytest.mark.parametrize(
    ("word", "reading", "unwanted"),
    [
        ("张", "zhāng", "surname"),
        ("王", "wáng", "surname"),
        ("车", "chē", "Kangxi"),
        ("李", "lǐ", "surname"),
        ("才", "cái", "variant"),
        ("花", "huā", "variant"),
        ("公司", "gōng+sī", "CL:"),
        ("意思", "yì+si", "CL:"),
        ("纔", "cái", "variant"),
        ("一会儿", "yī+huì+r", "variant"),
    ],
)
def test_what_only_speaks_about_a_word_is_no_meaning(
    lexicon: Lexicon, word: str, reading: str, unwanted: str
) -> None:
    glosses = lexicon.gloss(word, reading.split("+"))
    assert glosses
    assert not any(unwanted in gloss for gloss in glosses)


def test_a_surname_is_shown_where_it_is_all_there_is(lexicon: Lexicon) -> None:
    assert lexicon.gloss("刘", ["Liú"])


def test_the_reading_decides(lexicon: Lexicon) -> None:
    assert "row" in lexicon.gloss("行", ["háng"])[0]
    assert "bank" in lexicon.gloss("银行", ["yín", "háng"])[0]
    assert lexicon.gloss("东西", ["dōng", "xī"]) == ("east and west",)
    assert "thing" in lexicon.gloss("东西", ["dōng", "xi"])[0]


def test_traditional_words_are_known(lexicon: Lexicon) -> None:
    assert lexicon.gloss("網絡") == lexicon.gloss("网络")
    assert lexicon.level("學習") == lexicon.level("学习")


def test_an_unknown_word_has_no_meaning(lexicon: Lexicon) -> None:
    assert lexicon.gloss("犇犇龘龘") == ()
    assert lexicon.level("犇犇龘龘") is None
    assert lexicon.frequency("犇犇龘龘") is None
    assert lexicon.classifier("犇犇龘龘") is None


@pytest.mark.parametrize(
    ("standard", "word", "level"),
    [
        ("2021", "爱", "HSK 1 (2021)"),
        ("2021", "一下儿", "HSK 1 (2021)"),
        ("2021", "一下", "HSK 1 (2021)"),
        ("2021", "龙", "HSK 3 (2021)"),
        ("2021", "一举", "HSK 7–9 (2021)"),
        ("2.0", "一共", "HSK 3 (2.0)"),
        ("2.0", "龙", "HSK 5 (2.0)"),
        ("2025", "一举", "HSK 7–9 (2025)"),
        ("2025", "龙", "HSK 5 (2025)"),
        ("2021", "什么", "HSK 1 (2021)"),
        ("2021", "甚麼", None),
        ("2021", "為什麼", "HSK 2 (2021)"),
        ("2021", "安宁", "HSK 7–9 (2021)"),
        ("2021", "C++", None),
        ("2021", "", None),
    ],
)
def test_levels_name_their_list(standard: Standard, word: str, level: str | None) -> None:
    assert Lexicon(standard).level(word) == level


def test_characters_have_levels() -> None:
    assert Lexicon("2021").character_level("龟") == "HSK 7–9 (2021)"
    assert Lexicon("2025").character_level("龟") == "HSK 6 (2025)"
    assert Lexicon("2021").character_level("龜") == "HSK 7–9 (2021)"
    assert Lexicon("2.0").character_level("爱") == "HSK 1 (2.0)"


def test_a_sentence_is_as_hard_as_its_hardest_word(lexicon: Lexicon) -> None:
    assert lexicon.sentence_level(["爱", "一下", "龙", "。"]) == "HSK 3 (2021)"
    assert lexicon.sentence_level(["爱", "一举"]) == "HSK 7–9 (2021)"
    assert lexicon.sentence_level(["GPT", "。"]) is None
    assert lexicon.sentence_level(["提示词"]) == lexicon.level("提示") == "HSK 5 (2021)"


def test_an_unknown_standard_is_refused() -> None:
    with pytest.raises(DeckgenError, match=r"2021, 2\.0, 2025"):
        Lexicon("3.0")  # type: ignore[arg-type]
    assert set(STANDARDS) == {"2021", "2.0", "2025"}


@pytest.mark.parametrize(
    ("word", "band"), [("的", 5), ("我们", 5), ("机器", 4), ("反向", 2), ("神经网络", 1)]
)
def test_frequency_bands(lexicon: Lexicon, word: str, band: int) -> None:
    assert lexicon.frequency(word) == band


@pytest.mark.parametrize(
    ("word", "measure"),
    [
        ("公司", "家"),
        ("汽车", "辆"),
        ("大公司", "家"),
        ("跑", None),
        ("开车", None),
        ("问题", "个"),
    ],
)
def test_measure_words(lexicon: Lexicon, word: str, measure: str | None) -> None:
    assert lexicon.classifier(word) == measure


@pytest.mark.parametrize(
    ("text", "region", "traditional"),
    [
        ("软件", "general", "軟件"),
        ("软件", "tw", "軟件"),
        ("里面", "general", "裏面"),
        ("里面", "tw", "裡面"),
        ("里面", "hk", "裏面"),
        ("为什么", "tw", "為什麼"),
        ("模型", "general", "模型"),
        ("皇后在后面", "general", "皇后在後面"),
        ("头发发展", "general", "頭髮發展"),
        ("用 C++ 写", "general", "用 C++ 寫"),
    ],
)
def test_traditional_forms(text: str, region: Region, traditional: str) -> None:
    assert Lexicon(region=region).traditional(text) == traditional


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("反向传播", (2, 2)),
        ("自动驾驶", (2, 2)),
        ("神经网络", (2, 2)),
        ("注意力机制", (3, 2)),
        ("旋转位置编码", (2, 2, 2)),
        ("可微计算机", (2, 3)),
        ("低垂的果实", (2, 1, 2)),
        ("机器人", (3,)),
        ("必不可少", (4,)),
        ("画蛇添足", (4,)),
    ],
)
def test_terms_of_four_syllables_are_parted(
    lexicon: Lexicon, word: str, parts: tuple[int, ...]
) -> None:
    assert lexicon.parts(word) == parts


@pytest.mark.parametrize(
    ("word", "readings", "named"),
    [
        ("北京", "běi jīng", "Běi jīng"),
        ("斯坦福大学", "sī tǎn fú dà xué", "Sī tǎn fú Dà xué"),
        ("中文", "zhōng wén", "Zhōng wén"),
        ("安德烈·卡帕西", "ān dé liè kǎ pà xī", "Ān dé liè Kǎ pà xī"),
        ("张", "zhāng", "zhāng"),
        ("东西", "dōng xi", "dōng xi"),
        ("高兴", "gāo xìng", "gāo xìng"),
        ("机器", "jī qì", "jī qì"),
    ],
)
def test_names_have_capitals(lexicon: Lexicon, word: str, readings: str, named: str) -> None:
    assert lexicon.named(word, readings.split()) == tuple(named.split())


def test_our_own_senses_are_well_formed() -> None:
    for word, rows in senses.written().items():
        for row in rows:
            syllables = row.reading.split()
            assert len(syllables) == len(word)
            assert all(map(is_legal, syllables)), (word, row.reading)
            assert 1 <= len(row.texts) <= 3
            assert all(text.strip() == text and text for text in row.texts)


@given(word=st.text(max_size=8), around=st.lists(st.text(max_size=3), max_size=3))
def test_any_word_has_an_answer(lexicon: Lexicon, word: str, around: list[str]) -> None:
    glosses = lexicon.gloss(word, before=around, after=around)
    assert len(glosses) <= 3
    assert all(glosses)
    lexicon.level(word)
    lexicon.sentence_level([word, *around])
