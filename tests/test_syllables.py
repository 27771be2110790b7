"""Expectations are from GB/T 16159-2012, the Hanyu Pinyin Fang'an and textbooks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.syllables import (
    INVENTORY,
    PinyinError,
    bopomofo,
    is_legal,
    join,
    marked,
    numbered,
    parse,
    parts,
    plain,
    tone,
)

INTERJECTIONS = ("m", "n", "ng", "hm", "hng")  # stand alone in writing
legal = st.builds(
    lambda letters, number: marked(f"{letters}{number}"),
    st.sampled_from(sorted(INVENTORY - {"r"})),
    st.integers(1, 5),
)


@pytest.mark.parametrize(
    ("mark", "number", "bare", "typed", "zhuyin"),
    [
        ("zhōng", "zhong1", "zhong", "zhong", "ㄓㄨㄥ"),
        ("nǚ", "nü3", "nü", "nv", "ㄋㄩˇ"),
        ("lüè", "lüe4", "lüe", "lve", "ㄌㄩㄝˋ"),
        ("xué", "xue2", "xue", "xue", "ㄒㄩㄝˊ"),
        ("yuán", "yuan2", "yuan", "yuan", "ㄩㄢˊ"),
        ("yǔ", "yu3", "yu", "yu", "ㄩˇ"),
        ("yǒng", "yong3", "yong", "yong", "ㄩㄥˇ"),
        ("xióng", "xiong2", "xiong", "xiong", "ㄒㄩㄥˊ"),
        ("liú", "liu2", "liu", "liu", "ㄌㄧㄡˊ"),
        ("guǐ", "gui3", "gui", "gui", "ㄍㄨㄟˇ"),
        ("shuō", "shuo1", "shuo", "shuo", "ㄕㄨㄛ"),
        ("hǎo", "hao3", "hao", "hao", "ㄏㄠˇ"),
        ("lòu", "lou4", "lou", "lou", "ㄌㄡˋ"),
        ("shì", "shi4", "shi", "shi", "ㄕˋ"),
        ("zì", "zi4", "zi", "zi", "ㄗˋ"),
        ("jì", "ji4", "ji", "ji", "ㄐㄧˋ"),
        ("wēn", "wen1", "wen", "wen", "ㄨㄣ"),
        ("dūn", "dun1", "dun", "dun", "ㄉㄨㄣ"),
        ("jūn", "jun1", "jun", "jun", "ㄐㄩㄣ"),
        ("wēng", "weng1", "weng", "weng", "ㄨㄥ"),
        ("wèi", "wei4", "wei", "wei", "ㄨㄟˋ"),
        ("yóu", "you2", "you", "you", "ㄧㄡˊ"),
        ("yè", "ye4", "ye", "ye", "ㄧㄝˋ"),
        ("yīng", "ying1", "ying", "ying", "ㄧㄥ"),
        ("wú", "wu2", "wu", "wu", "ㄨˊ"),
        ("èr", "er4", "er", "er", "ㄦˋ"),
        ("zhuāng", "zhuang1", "zhuang", "zhuang", "ㄓㄨㄤ"),
        ("ma", "ma5", "ma", "ma", "˙ㄇㄚ"),
        ("ń", "n2", "n", "n", "ㄣˊ"),
    ],
)
def test_a_syllable_in_every_writing(
    mark: str, number: str, bare: str, typed: str, zhuyin: str
) -> None:
    for written in (mark, number):
        assert marked(written) == mark
        assert numbered(written) == number
        assert plain(written) == bare
        assert plain(written, ascii=True) == typed
        assert bopomofo(written) == zhuyin
        assert tone(written) == int(number[-1])
        assert is_legal(written)


@pytest.mark.parametrize("other", ["nu:3", "nv3", "nü3", "nǚ"])
def test_every_way_to_type_u_umlaut(other: str) -> None:
    assert marked(other) == "nǚ"


@given(legal)
def test_marks_and_numbers_are_the_same_syllable(syllable: str) -> None:
    assert marked(numbered(syllable)) == syllable
    assert is_legal(syllable)
    assert bopomofo(syllable) == bopomofo(numbered(syllable))


@pytest.mark.parametrize(
    "wrong", ["", "hello", "zhōngg", "bü4", "zhong6", "fong1", "shīì", "haǒ", "x", "王", "wa ng"]
)
def test_what_is_no_syllable(wrong: str) -> None:
    assert not is_legal(wrong)


@pytest.mark.parametrize(
    ("syllables", "word"),
    [
        ("xī ān", "xī'ān"),
        ("tiān é", "tiān'é"),
        ("nǚ ér", "nǚ'ér"),
        ("hǎi ōu", "hǎi'ōu"),
        ("ēn ài", "ēn'ài"),
        ("fǎn xiàng", "fǎnxiàng"),
        ("zhàn yǒu", "zhànyǒu"),
        ("jī qi rén", "jīqirén"),
        ("lǜ sè", "lǜsè"),
        ("péng you men", "péngyoumen"),
        ("huā r", "huār"),
        ("Běi jīng Dà xué", "Běijīng Dàxué"),
        ("Wáng Xiǎo míng", "Wáng Xiǎomíng"),
    ],
)
def test_the_syllables_of_a_word_stand_together(syllables: str, word: str) -> None:
    assert join(syllables.split()) == word


def test_a_name_has_a_capital() -> None:
    assert join(["xī", "ān"], proper=True) == "Xī'ān"
    assert join(["è", "méi"], proper=True) == "Èméi"
    assert join(["Xī", "ān"], proper=True) == "Xī'ān"


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("fǎnxiàng chuánbō", "fǎn xiàng chuán bō"),
        ("fan3xiang4 chuan2bo1", "fǎn xiàng chuán bō"),
        ("fǎn xiàng chuán bō", "fǎn xiàng chuán bō"),
        ("fa\u030cnxia\u0300ng", "fǎn xiàng"),
        ("Xī'ān", "xī ān"),
        ("XĪ’ĀN", "xī ān"),
        ("xi1an1", "xī ān"),
        ("Āndéliè·Kǎpàxī", "ān dé liè kǎ pà xī"),
        ("fāngàn", "fān gàn"),
        ("fāng'àn", "fāng àn"),
        ("nǚ'ér", "nǚ ér"),
        ("nv3er2", "nǚ ér"),
        ("lu:4shi1", "lǜ shī"),
        ("shíèr", "shí èr"),
        ("yīhuìr", "yī huì r"),
        ("yi1hui4r5", "yī huì r"),
        ("nǎr", "nǎ r"),
        ("dì-yī", "dì yī"),
        ("hé'ǎi-kěqīn", "hé ǎi kě qīn"),
        ("xuéxí le", "xué xí le"),
        ("ńg", "ńg"),
        ("biɑnmɑ", "bian ma"),
    ],
)
def test_an_authors_pinyin_is_read(text: str, syllables: str) -> None:
    assert parse(text, len(syllables.split())) == tuple(syllables.split())


def test_an_authors_capitals_can_stay() -> None:
    assert parse("Āndéliè Kǎpàxī", 6, keep_case=True) == ("Ān", "dé", "liè", "Kǎ", "pà", "xī")
    assert parse("XĪ'ĀN", 2, keep_case=True) == ("Xī", "ān")


@pytest.mark.parametrize(
    ("text", "count", "reason"),
    [
        ("fǎnxiàng", 3, "has 2 syllables for 3 Han characters"),
        ("xian", 2, "has 1 syllables for 2 Han characters"),
        ("", 1, "has 0 syllables for 1 Han characters"),
        ("hello", 2, "not made of pinyin syllables"),
        ("zhōng国", 2, "not made of pinyin syllables"),
        ("zhong6", 1, "not made of pinyin syllables"),
        ("zhōng1", 1, "not made of pinyin syllables"),
        ("zhōng <b>", 2, "no part of pinyin"),
    ],
)
def test_an_authors_mistake_is_named(text: str, count: int, reason: str) -> None:
    with pytest.raises(PinyinError, match=reason):
        parse(text, count)


@given(st.lists(legal.filter(lambda s: plain(s) not in INTERJECTIONS), min_size=1, max_size=6))
def test_what_is_joined_is_read_back(syllables: list[str]) -> None:
    marked_only = [syllable for syllable in syllables if tone(syllable) != 5] or ["hǎo"]
    assert parse(" ".join(marked_only), len(marked_only)) == tuple(marked_only)
    spelled = "".join(map(numbered, marked_only))
    assert parse(spelled, len(marked_only)) == tuple(marked_only)


@given(st.text(max_size=40), st.integers(0, 6))
def test_any_text_is_read_or_refused(text: str, count: int) -> None:
    try:
        syllables = parse(text, count)
    except PinyinError as error:
        assert str(error)
    else:
        assert len(syllables) == count
        assert all(map(is_legal, syllables))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fǎnxiàng chuánbō", "fǎn+xiàng chuán+bō"),
        ("fan3xiang4 chuan2bo1", "fǎn+xiàng chuán+bō"),
        ("Nuòbèi'ěr Jiǎng dézhǔ", "Nuò+bèi+ěr Jiǎng dé+zhǔ"),
        ("lu:4se4 nü3ren2", "lǜ+sè nǚ+rén"),
        ("yīhuìr jiù lái", "yī+huì+r jiù lái"),
    ],
)
def test_the_words_that_an_author_parted(text: str, words: str) -> None:
    expected = tuple(tuple(word.split("+")) for word in words.split())
    assert parts(text, sum(map(len, expected))) == expected
