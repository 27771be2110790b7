"""Filters in Anki's search syntax."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.filtering import FilterError, Subject, parse, why

VALUES = ("kind", "topic", "stance", "speaker", "chapter", "context", "hanzi")
NUMBERS = ("level", "length")
NOTE = Subject(
    values={
        "kind": ("term",),
        "topic": ("robotics/hardware",),
        "speaker": ("andrej", "Andrej Karpathy", "安德烈·卡帕西"),
        "chapter": ("small-models", "构建高性能小模型", "Building small models"),
        "hanzi": ("知识蒸馏",),
    },
    numbers={"level": 5, "length": 4},
    texts=("知识蒸馏", "knowledge distillation", "100% (a_b*)"),
)


def holds(text: str) -> bool:
    return parse(text, VALUES, NUMBERS).holds(NOTE)


@pytest.mark.parametrize(
    "text",
    [
        "kind:term",
        "KIND:Term",
        "topic:robotics",
        "topic:robotics/hardware",
        "topic:robot*",
        "kind:claim or topic:robotics",
        "kind:term and speaker:andrej",
        'speaker:"andrej karpathy"',
        '"speaker:andrej karpathy"',
        "chapter:构建高性能小模型",
        "chapter:构建*小_型",
        "蒸馏",
        "蒸*",
        "知识_馏",
        '"knowledge distil"',
        "-stance:prediction",
        "-(kind:claim or level>5)",
        "(kind:term (topic:autonomy or topic:robotics)) level<=5",
        "level=5",
        "level:5",
        "level!=4",
        "level>4",
        "length<5",
        "context:",
        "-context:_*",
        r"100% a\_b\*",
        "kind:claim or kind:pair or kind:term",
    ],
)
def test_holds(text: str) -> None:
    assert holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "kind:ter",
        "topic:robot",
        "hanzi:蒸馏",
        "speaker:karpathy",
        "kind:term kind:claim",
        "level<5",
        "-kind:term",
        "stance:fact",
        "context:_*",
        r"a\*b",
        "kind:claim or kind:term level>5",
    ],
)
def test_does_not_hold(text: str) -> None:
    assert not holds(text)


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("kind:term knd:x", 11, '(did you mean "kind"?)'),
        ("level<=x", 8, "number"),
        ("kind<=x", 1, "kind:value"),
        ("a or", 3, 'must follow "or"'),
        ("or a", 1, "expected"),
        ("(a b", 1, "never closed"),
        ("a)", 2, 'no "("'),
        ('a "b', 3, "quote is never closed"),
        ("a -", 3, 'must follow "-"'),
        ("", 1, "expected"),
        ("()", 2, "expected"),
        ("a and", 3, "between"),
        ("(" * 200 + "a" + ")" * 200, 51, "too deeply"),
    ],
)
def test_mistakes_point_at_their_column(text: str, column: int, said: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse(text, VALUES, NUMBERS)
    assert caught.value.column == column
    assert said in str(caught.value)
    assert str(caught.value).splitlines()[-1].index("^") == column + 1


def test_why_tells_each_part() -> None:
    lines = list(why(parse("kind:term (level>5 or -topic:robotics)", VALUES, NUMBERS), NOTE))
    assert [line.split()[0] for line in lines] == ["no", "yes", "no", "no", "no", "yes"]


@given(st.text(max_size=60) | st.text('ab:()-"\\ <=or*_', max_size=60))
def test_any_text_is_a_filter_or_a_located_mistake(text: str) -> None:
    try:
        parse(text, VALUES, NUMBERS).holds(NOTE)
    except FilterError as error:
        assert 1 <= error.column <= len(text) + 1
