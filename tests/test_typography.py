"""Expectations are from GB/T 16159-2012 and Anki's furigana filter."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen import hanzi
from deckgen.typography import Spelled, bopomofo, cut, line, numbered, ruby, search_forms, toneless

FURIGANA = re.compile(r" ?([^ >]+?)\[(.+?)\]")  # as Anki's template filters have it


def words(text: str, pinyin: str) -> list[Spelled]:
    """Build words from a text with `|` between words and a reading or `-` for each."""
    found: list[Spelled] = []
    start = 0
    for word, readings in zip(text.split("|"), pinyin.split(), strict=True):
        start += len(word) - len(word.lstrip())
        read = None if readings == "-" else tuple(readings.split("+"))
        found.append(Spelled(word.strip(), start, read))
        start += len(word.lstrip())
    return found


@pytest.mark.parametrize(
    ("text", "pinyin", "written"),
    [
        ("我|学习|中文|。", "wǒ xué+xí zhōng+wén -", "Wǒ xuéxí zhōngwén."),
        ("他|是|西安|人|。", "tā shì Xī+ān rén -", "Tā shì Xī'ān rén."),
        ("北京大学|很|大|！", "Běi+jīng+Dà+xué hěn dà -", "Běijīng Dàxué hěn dà!"),
        ("王小明|来|吗|？", "Wáng+Xiǎo+míng lái ma -", "Wáng Xiǎomíng lái ma?"),
        ("安德烈·卡帕西|说|：|“|你好|。|”",
         "Ān+dé+liè+Kǎ+pà+xī shuō - - nǐ+hǎo - -", "Āndéliè Kǎpàxī shuō: “Nǐhǎo.”"),
        ("好|。|走|吧|。", "hǎo - zǒu ba -", "Hǎo. Zǒu ba."),
        ("苹果|、|梨|，|都|有|；|对|：|是", "píng+guǒ - lí - dōu yǒu - duì - shì",
         "Píngguǒ, lí, dōu yǒu; duì: shì"),
        ("用| C++ |写", "yòng - xiě", "Yòng C++ xiě"),
        ("用|Python|写|C++|。", "yòng - xiě - -", "Yòng Python xiě C++."),
        ("2026|年|有|30|%|。", "- nián yǒu - - -", "2026 nián yǒu 30%."),
        ("GPT|-|4|很|大", "- - - hěn dà", "GPT-4 hěn dà"),
        ("iPhone|好|。", "- hǎo -", "iPhone hǎo."),
        ("（|神经|）|网络", "- shén+jīng - wǎng+luò", "(Shénjīng) wǎngluò"),
        ("《|红楼梦|》|。", "- Hóng+lóu+mèng - -", "“Hónglóumèng”."),
        ("是|……|吗", "shì - ma", "Shì… ma"),
        ("他|——|我|的|朋友", "tā - wǒ de péng+you", "Tā — wǒ de péngyou"),
        ("输入|/|输出", "shū+rù - shū+chū", "Shūrù/shūchū"),
        ("第一|次", "dì+yī cì", "Dì-yī cì"),
        ("第|十三|章", "dì shí+sān zhāng", "Dì-shísān zhāng"),
        ("看|着|书|，|看|了|书|，|看|过|书", "kàn zhe shū - kàn le shū - kàn guo shū",
         "Kànzhe shū, kànle shū, kànguo shū"),
        ("火车|到|了|。", "huǒ+chē dào le -", "Huǒchē dào le."),
        ("吃|了|吗|？", "chī le ma -", "Chī le ma?"),
        ("孩子|们", "hái+zi men", "Háizimen"),
        ("AI编程|好", "biān+chéng hǎo", "AI biānchéng hǎo"),
        ("１２３|个", "- gè", "123 gè"),
        ("版本|3.5|。|好", "bǎn+běn - - hǎo", "Bǎnběn 3.5. Hǎo"),
        ("女儿|会|一会儿", "nǚ+ér huì yī+huì+r", "Nǚ'ér huì yīhuìr"),
    ],
)  # fmt: skip
def test_a_sentence_on_the_page(text: str, pinyin: str, written: str) -> None:
    assert line(words(text, pinyin)) == written


def test_a_word_with_a_space_inside() -> None:
    assert line([Spelled("CS231n 课程", 0, ("kè", "chéng"))]) == "CS231n kèchéng"


@pytest.mark.parametrize(
    ("word", "readings", "counts", "written"),
    [
        ("反向传播", "fǎn xiàng chuán bō", (2, 2), "Fǎnxiàng chuánbō"),
        ("安德烈·卡帕西", "Ān dé liè Kǎ pà xī", (3, 3), "Āndéliè Kǎpàxī"),
        ("LSTM 网络结构", "wǎng luò jié gòu", (2, 2), "LSTM wǎngluò jiégòu"),
        ("机器人", "jī qì rén", (3,), "Jīqìrén"),
        ("机器人", "jī qì rén", (), "Jīqìrén"),
    ],
)
def test_a_term_is_cut_into_its_words(
    word: str, readings: str, counts: tuple[int, ...], written: str
) -> None:
    parts = cut(Spelled(word, 3, tuple(readings.split())), counts)
    assert "".join(part.text for part in parts) == word
    assert line(parts) == written


def test_other_spellings_of_a_sentence() -> None:
    sentence = words("女儿|来|吗|？", "nǚ+ér lái ma -")
    assert line(sentence, numbered) == "Nü3er2 lai2 ma5?"
    assert line(sentence, toneless) == "Nver lai ma?"
    assert line(sentence, bopomofo) == "ㄋㄩˇ ㄦˊ ㄌㄞˊ ˙ㄇㄚ?"


def test_what_a_learner_may_type() -> None:
    forms = search_forms(words("女儿|来", "nǚ+ér lái"))
    assert {"nverlai", "nver lai", "nüer lai", "nü3er2 lai2", "nv3er2 lai2", "nv er lai"} <= {
        *forms
    }
    assert search_forms(words("C++", "-")) == ()
    assert len(set(forms)) == len(forms)


@pytest.mark.parametrize(
    ("text", "pinyin", "notation"),
    [
        ("神经|网络", "shén+jīng wǎng+luò", " 神经[shén jīng] 网络[wǎng luò]"),
        ("用|C++|写", "yòng - xiě", " 用[yòng]C++ 写[xiě]"),
        ("2026|年|，|30%", "- nián - -", "2026 年[nián]，30%"),
        ("用| Go |写", "yòng - xiě", " 用[yòng] Go  写[xiě]"),
        ("AI编程", "biān+chéng", "AI 编程[biān chéng]"),
        ("数组|[|0|]|的|值", "shù+zǔ - - - de zhí",
         " 数组[shù zǔ]&#91;0&#93; 的[de] 值[zhí]"),
        ("一会儿", "yī+huì+r", " 一会儿[yī huì r]"),
    ],
)  # fmt: skip
def test_ruby(text: str, pinyin: str, notation: str) -> None:
    assert ruby(text.replace("|", ""), words(text, pinyin)) == notation


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, list[Spelled]]:
    text = draw(st.text("神经网络女儿 aZ+3%年，。[]<>&·\n", max_size=30))
    found: list[Spelled] = []
    start = 0
    while start < len(text):
        end = min(len(text), start + draw(st.integers(1, 4)))
        count = hanzi.count_han(text[start:end])
        piece = text[start:end]
        if piece.strip() == piece and not re.search(r"\s", piece):
            found.append(Spelled(piece, start, ("nǚ",) * count if count else None))
        start = end
    return text, found


@given(annotated())
def test_removing_ruby_gives_the_text_back(case: tuple[str, list[Spelled]]) -> None:
    text, found = case
    notation = ruby(text, found, escape=lambda piece: html.escape(piece, quote=False))
    assert html.unescape(FURIGANA.sub(r"\1", notation)) == text
    bases = FURIGANA.findall(notation)
    assert all(set(map(hanzi.is_han, base)) == {True} for base, _ in bases)
    assert all(len(base) == len(reading.split()) for base, reading in bases)


@given(annotated())
def test_a_line_keeps_what_is_read_and_what_is_latin(case: tuple[str, list[Spelled]]) -> None:
    _text, found = case
    written = line(found)
    assert written.lower().count("nǚ") == sum(len(word.readings or ()) for word in found)
    assert "  " not in written
    assert not any(map(hanzi.is_han, written))


def test_a_character_that_unfolds_with_a_space_brings_none() -> None:
    assert line([Spelled("C\u0385", 0, None), Spelled("好", 2, ("hǎo",))]).count(" ") == 1
