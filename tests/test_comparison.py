import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckgen import readers
from deckgen.cli import deckgen
from deckgen.comparison import compare
from deckgen.disagreements import Comparison

TALK = [
    ("Ann", "你好，今天我们聊一聊机器人和自动驾驶汽车的未来。"),
    ("Ben", "我在机器人公司工作了五年，这个领域非常有趣。"),
    ("Ann", "第一台机器人是什么时候卖出去的？"),
    ("Ben", "我们在工厂里卖出了第一台机器人，价格是三万美元。"),
    ("Ben", "它每天可以搬运物料，工人们都很喜欢它。"),
    ("Ann", "你们现在有多少个工程师在写软件？"),
    ("Ben", "我们有一百二十个人，大家都住在北京附近。"),
    ("Ben", "我认为神经网络会取代所有的旧代码。"),
    ("Ann", "那么学校里的老师应该怎么教孩子学习数学？"),
    ("Ben", "老师设计课程，机器人帮助学生做练习。"),
]


def _document(turns: list[tuple[str, str]]) -> str:
    return "# 访谈\n\n" + "\n\n".join(f"**{name}:** {text}" for name, text in turns) + "\n"


def _compare(a: list[tuple[str, str]], b: list[tuple[str, str]]) -> Comparison:
    return compare(readers.parse(_document(a), "a.md"), readers.parse(_document(b), "b.md"))


def _changed(index: int, old: str, new: str) -> list[tuple[str, str]]:
    name, text = TALK[index]
    assert old in text
    return [*TALK[:index], (name, text.replace(old, new)), *TALK[index + 1 :]]


def test_a_document_agrees_with_itself() -> None:
    assert _compare(TALK, TALK) == Comparison(())


@pytest.mark.parametrize(
    ("index", "old", "new"),
    [(3, "三万", "30 万"), (1, "五年", "15 年"), (6, "一百二十个人", "1,200 人")],
)
def test_numbers(index: int, old: str, new: str) -> None:
    first = _compare(TALK, _changed(index, old, new)).disagreements[0]
    assert first.kind == "number"
    assert (first.a.text, first.a.speaker) == (TALK[index][1], "Ben")
    assert new in first.b.text


def test_the_same_number_written_otherwise_is_none() -> None:
    for index, old, new in ((3, "三万", "30,000 "), (1, "五年", "5 年"), (6, "一百二十", "120 ")):
        assert _compare(TALK, _changed(index, old, new)).disagreements == ()


def test_speakers() -> None:
    other = [*TALK[:7], ("Ann", TALK[7][1]), *TALK[8:]]
    found = _compare(TALK, other).disagreements
    assert [(item.kind, item.a.speaker, item.b.speaker) for item in found] == [
        ("speaker", "Ben", "Ann")
    ]


def test_doubt_and_negation() -> None:
    for old, new in (("我认为神经", "我不确定神经"), ("会取代", "不会取代")):
        found = _compare(TALK, _changed(7, old, new)).disagreements
        assert [item.kind for item in found] == ["polarity"]


def test_names() -> None:
    found = _compare(_changed(7, "神经网络", "LSTM 网络"), _changed(7, "神经网络", "BERT 网络"))
    assert [item.kind for item in found.disagreements] == ["name"]
    assert "LSTM" in found.disagreements[0].a.text


def test_the_most_harmful_first() -> None:
    found = _compare(
        TALK, _changed(3, "三万", "30 万")[:7] + _changed(7, "我认为", "我觉得可能")[7:]
    )
    scores = [item.score for item in found.disagreements]
    assert scores == sorted(scores, reverse=True)
    assert found.disagreements[0].kind == "number"


def test_english_against_chinese(tmp_path: Path) -> None:
    english = [
        ("Ann", "Hello, today we talk about robots and the future of self-driving cars."),
        ("Ben", "I worked in a robot company for five years; the field is very interesting."),
        ("Ann", "When was the first robot sold?"),
        ("Ben", "We sold the first robot in a factory, the price was $300,000."),
        ("Ben", "Every day it carries material, and the workers like it very much."),
        ("Ann", "How many engineers write software now?"),
        ("Ben", "We have 120 people, all living near Beijing."),
        ("Ben", "I think neural networks will replace all the old code."),
        ("Ann", "How should teachers in school teach children mathematics?"),
        ("Ben", "Teachers design the course, robots help students with exercises."),
    ]
    found = _compare(TALK, english)
    assert found.complaint is None
    assert [item.kind for item in found.disagreements if item.score > 0.5] == ["number"]


def test_json_and_html_and_exit_codes(tmp_path: Path) -> None:
    a, b = tmp_path / "a.md", tmp_path / "b.md"
    a.write_text(_document(TALK), "utf-8")
    b.write_text(_document(_changed(3, "三万", "30 万 & ")), "utf-8")
    run = CliRunner().invoke
    result = run(deckgen, ["compare", str(a), str(b), "--format", "json"])
    assert result.exit_code == 1
    (item,) = json.loads(result.stdout)["disagreements"]
    assert item["kind"] == "number"
    assert set(item["a"]) == {"chapter", "speaker", "text"}
    page = run(deckgen, ["compare", str(a), str(b), "--format", "html"]).stdout
    assert "30 万 &amp; 美元" in page
    same = run(deckgen, ["compare", str(a), str(a)])
    assert (same.exit_code, same.stdout) == (0, "no disagreement found\n")


def test_empty_and_unrelated_documents(tmp_path: Path) -> None:
    a, b = tmp_path / "a.md", tmp_path / "b.md"
    a.write_text(_document(TALK), "utf-8")
    other = [
        ("Eve", "今年的葡萄收成很好，酒庄打算多酿一些红酒。"),
        ("Zoe", "雨水少，葡萄就甜。"),
    ] * 8
    for text, complaint in (
        ("", "one document is empty"),
        (_document(other), "nothing to do with each other"),
    ):
        b.write_text(text, "utf-8")
        for form in ("text", "json", "html"):
            result = CliRunner().invoke(deckgen, ["compare", str(a), str(b), "--format", form])
            assert result.exit_code == 1
            assert complaint in result.stderr
            assert form != "text" or result.stdout == ""
            assert form != "html" or complaint in result.stdout


def test_a_clause_under_another_name_in_a_longer_sentence() -> None:
    joined = [
        *TALK[:4],
        ("Ann", "是的，它每天可以搬运物料，工人们都很喜欢它。"),
        *TALK[5:],
    ]
    (found,) = _compare(TALK, joined).disagreements
    assert (found.kind, found.a.speaker, found.b.speaker) == ("speaker", "Ben", "Ann")
    assert 0 < found.confidence <= 1


def test_the_same_sentence_in_other_words_under_another_name() -> None:
    other = [*TALK[:7], ("Ann", "旧的程序以后都要让位给神经网络。"), *TALK[8:]]
    found = _compare(TALK, other).disagreements
    assert ("speaker", "Ben", "Ann") in [(d.kind, d.a.speaker, d.b.speaker) for d in found]


def test_what_a_pair_says_in_other_words_is_not_left_out() -> None:
    other = [*TALK[:4], ("Ben", "搬东西它天天都行，工人都爱它。"), *TALK[5:]]
    assert not [d for d in _compare(TALK, other).disagreements if d.kind == "missing"]


def test_a_sentence_repeated_is_compared_like_any_other() -> None:
    again = [TALK[3]] * 300
    assert _compare(again, again) == Comparison(())


def test_what_either_leaves_out() -> None:
    more = [
        ("Ben", "我在斯洛伐克长大，后来搬到加拿大的多伦多读书，冬天常常去滑雪。"),
        ("Ann", "那里的冰球比赛和咖啡馆一定给你留下了深刻的印象。"),
    ]
    longer = [*TALK[:5], *more, *TALK[5:]]
    for pair, side in (((longer, TALK), "A"), ((TALK, longer), "B")):
        (found,) = _compare(*pair).disagreements
        assert (found.kind, found.detail) == ("missing", f"only in {side}")
        passages = (found.a, found.b) if side == "A" else (found.b, found.a)
        assert all(text in passages[0].text for _, text in more)
        assert passages[1].text == ""


@pytest.mark.parametrize(
    ("index", "old", "new", "detail"),
    [
        (7, "会取代所有的", "会取代一些", "all against some"),
        (9, "老师设计课程", "老师本来设计课程", "taken back only in B"),
        (8, "应该怎么教孩子学习数学", "一定要怎么教孩子学习数学", None),
        (7, "我认为神经网络会", "我认为神经网络可能会", "a hedge only in B"),
        (7, "我认为神经网络会取代", "我认为神经网络已经取代", "done in B, meant in A"),
        (4, "工人们都很喜欢", "工人们都不喜欢", "不喜欢 only in B"),
        (7, "神经网络会取代", "神经网络一定会取代", "certain only in B"),
        (4, "它每天可以搬运物料", "它每天可以搬运所有可能的物料", None),
        (9, "帮助学生做练习", "帮助学生做必不可少的练习", None),
        (5, "你们现在有多少个工程师在写软件", "你们现在是不是有很多工程师在写软件", None),
    ],
)
def test_polarity(index: int, old: str, new: str, detail: str | None) -> None:
    found = _compare(TALK, _changed(index, old, new)).disagreements
    assert [item.detail for item in found] == ([detail] if detail else [])


ENGLISH = [
    ("Ann", "Hello, today we talk about robots and the future of self-driving cars."),
    ("Ben", "I worked in a robot company for five years; the field is very interesting."),
    ("Ann", "When was the first robot sold?"),
    ("Ben", "We sold the first robot in a factory, the price was $30,000."),
    ("Ben", "Every day it carries material, and the workers like it very much."),
    ("Ann", "How many engineers write software now?"),
    ("Ben", "We have 120 people, all living near Beijing."),
    ("Ben", "I think neural networks will replace all the old code."),
    ("Ann", "How should teachers in school teach children mathematics?"),
    ("Ben", "Teachers design the course, robots help students with exercises."),
]


def test_people_are_matched_by_what_they_say_where_their_names_differ() -> None:
    names = {"Ann": "安娜", "Ben": "本"}
    translated = [(names[name], text) for name, text in TALK]
    assert _compare(ENGLISH, translated).disagreements == _compare(ENGLISH, TALK).disagreements
    swapped = [*translated[:7], ("安娜", TALK[7][1]), *translated[8:]]
    (found,) = (d for d in _compare(ENGLISH, swapped).disagreements if d.kind == "speaker")
    assert (found.a.speaker, found.b.speaker) == ("Ben", "安娜")


def test_a_translation_agrees() -> None:
    assert [d for d in _compare(ENGLISH, TALK).disagreements if d.kind != "missing"] == []


@pytest.mark.parametrize(
    ("index", "old", "new", "kind"),
    [
        (3, "$30,000", "$3,000", "number"),
        (1, "five years", "fifteen years", "number"),
        (1, "five years", "five months", "number"),
        (6, "120 people", "120 to 150 people", "number"),
        (7, "will replace", "will not replace", "polarity"),
        (7, "I think neural networks will", "Perhaps neural networks will", "polarity"),
        (7, "neural networks", "the BERT networks", "name"),
        (7, "I think neural", "I don't think neural", "polarity"),
        (7, "I think neural", "I am not sure that neural", "polarity"),
    ],
)
def test_one_change_in_a_translation(index: int, old: str, new: str, kind: str) -> None:
    name, text = ENGLISH[index]
    assert old in text
    changed = [*ENGLISH[:index], (name, text.replace(old, new)), *ENGLISH[index + 1 :]]
    found = [d for d in _compare(changed, TALK).disagreements if d.kind != "missing"]
    assert [(item.kind, item.a.text, item.b.text) for item in found] == [
        (kind, text.replace(old, new), TALK[index][1])
    ]


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("学这门课很困难。", "学这门课很容易。", ["polarity"]),
        ("我反对现在就开采锰结核。", "我支持现在就开采锰结核。", ["polarity"]),
        ("我们每次带回 20 到 30 公斤样品。", "我们每次带回 20 到 80 公斤样品。", ["number"]),
        ("每吨小麦从 200 美元涨到 400 美元。", "小麦的价格是每吨 200 到 400 美元。", []),
        ("那里七成六的动物会发光。", "那里 76% 的动物会发光。", []),
        ("我们一天卖三十个面包。", "我们每天卖 30 个面包。", []),
        ("他去过马里亚纳海沟的底部。", "他去过爪哇海沟的底部。", ["name"]),
        ("他去过马里亚纳海沟的底部。", "他去过 Mariana 海沟的底部。", []),
    ],
)
def test_one_sentence_in_a_talk(one: str, other: str, kinds: list[str]) -> None:
    found = _compare([*TALK, ("Ben", one)], [*TALK, ("Ben", other)]).disagreements
    assert [item.kind for item in found] == kinds


def test_a_sentence_without_end(tmp_path: Path) -> None:
    text = "机器人公司在北京卖出了三万台机器人，价格是五百美元，" * 200
    path = tmp_path / "long.txt"
    path.write_text(text, "utf-8")
    document = readers.read(path).value
    assert compare(document, document) == Comparison(())
