"""Evidence is found in documents, whatever was done to their text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen import readers
from deckgen.anchoring import SURE, Anchored, anchor
from deckgen.content import Chapter, Content, Evidence, Person, Source, Term, Text2

SOURCE = Source(
    id="talk",
    title=Text2("谈话", "Talk"),
    deck="Talk",
    language="en",
    date="2024-09-05",
    people=(
        Person("ann", Text2("安", "Ann Lee"), ("Ann",)),
        Person("bob", Text2("鲍勃", "Bob Ray")),
    ),
    chapters=(
        Chapter("cars", Text2("汽车", "Cars"), 0),
        Chapter("school", Text2("学校", "School"), 600),
    ),
)
TALK = """\
# 谈话

## 汽车

**Bob Ray:** 你怎么看自动驾驶？很多人都在等。

**Ann Lee:** 十年前我第一次坐上这种车。当时是朋友带我去的，激光雷达很贵。

## 学校

**Bob Ray:** 那么教育呢？

**Ann Lee:** 我想让每个人都有一位好老师。自动驾驶花了十年，教育也会很慢。
"""


def find(evidence: Evidence, text: str = TALK) -> Anchored:
    term = Term("x", "词", "word", Text2("一", "a"), (evidence,))
    document = readers.parse(text, "talk.md")
    return anchor(Content((SOURCE,), (term,)), [document], lambda t: t.translate(SIMPLE))


SIMPLE = str.maketrans("駕駛們師動當時貴達個還", "驾驶们师动当时贵达个还")


def passage(evidence: Evidence, text: str = TALK) -> str:
    (found,) = find(evidence, text).passages[evidence]
    return found.text


def test_keywords_are_found_in_their_chapter() -> None:
    cars = Evidence("talk", "cars", "ann", keywords=("十年",))
    school = Evidence("talk", "school", "ann", keywords=("十年",))
    assert passage(school) == "自动驾驶花了十年，教育也会很慢。"
    assert passage(cars) == "十年前我第一次坐上这种车。"


def test_a_passage_has_its_line_speaker_and_the_turn_before() -> None:
    evidence = Evidence("talk", "cars", "ann", keywords=("激光雷达",))
    (found,) = find(evidence).passages[evidence]
    assert (found.document, found.line, found.speaker) == ("talk.md", 7, "Ann Lee")
    assert (found.before_speaker, found.before) == ("Bob Ray", "你怎么看自动驾驶？很多人都在等。")
    assert found.text == "当时是朋友带我去的，激光雷达很贵。"


@pytest.mark.parametrize(
    "quote",
    [
        "我想让每个人都有一位好老师。",
        "我想让每个人，都有一位 好老师",
        "我想讓每個人都有一位好老師",
        "我想让每个人都能有一位好的老师",
    ],
)
def test_a_quote_is_found_despite_spacing_punctuation_script_and_small_edits(quote: str) -> None:
    evidence = Evidence("talk", quote=quote)
    assert passage(evidence) == "我想让每个人都有一位好老师。"
    assert find(evidence).found == 1


@pytest.mark.parametrize("quote", ["当时是朋友送我的", "很多人都在走", "我想让每个人都高兴"])
def test_a_short_quote_that_only_begins_alike_is_not_surely_found(quote: str) -> None:
    found = find(Evidence("talk", quote=quote))
    assert found.found == 0


def test_what_is_not_there_is_reported_with_its_place() -> None:
    evidence = Evidence("talk", "cars", keywords=("量子计算",))
    got = find(evidence)
    assert (got.found, got.doubtful, got.missing) == (0, 0, 1)
    assert [p.code for p in got.problems] == ["evidence-missing"]


def test_a_keyword_in_another_chapter_is_found_with_doubt() -> None:
    evidence = Evidence("talk", "school", "bob", keywords=("激光雷达", "传感器"))
    got = find(evidence)
    assert got.passages[evidence][0].found < SURE
    assert [p.code for p in got.problems] == ["evidence-doubtful"]


def test_a_document_of_other_people_is_not_asked() -> None:
    evidence = Evidence("talk", "cars", keywords=("激光雷达",))
    other = TALK.replace("Ann Lee", "Cid Poe").replace("Bob Ray", "Dee Fox")
    assert find(evidence, other).passages[evidence] == ()


@given(st.text(min_size=1, max_size=30))
def test_any_quote_gives_a_passage_or_none(quote: str) -> None:
    evidence = Evidence("talk", quote=quote)
    for found in find(evidence).passages[evidence]:
        assert found.text in TALK
        assert 0 <= found.found <= 1
