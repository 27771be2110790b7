"""The order in which notes are learnt."""

import random

from hypothesis import given
from hypothesis import strategies as st

from deckgen.annotation import Annotated
from deckgen.ordering import in_transcript_order, order
from tests.items import claim, pair, term

NET = term("net", "网络", "一 种 模型", "two", 700)
MODEL = term("model", "模型", "一 种 东西", "three", 1300)
FAST = pair("fast", "网络 很 快", [NET], "one", 10)
LONG = pair("long", "模型 与 网络 都 需要 很多 数据", [NET, MODEL], "one", 5)


def keys(items: list[Annotated], by: str = "chapter") -> list[str]:
    return [i.item.key for i in order(items, by).items]  # type: ignore[arg-type]


def test_a_sentence_follows_its_terms_and_a_term_those_of_its_definition() -> None:
    assert keys([LONG, FAST, NET, MODEL]) == ["term/model", "term/net", "pair/fast", "pair/long"]


def test_terms_go_by_chapter_level_or_frequency() -> None:
    a = term("a", "甲", chapter="two", seconds=700, level="HSK 1", frequency=2)
    b = term("b", "乙", chapter="one", seconds=5, level="HSK 5", frequency=3)
    c = term("c", "丙", chapter="three", seconds=1300, level=None, frequency=None)
    assert keys([a, b, c]) == ["term/b", "term/a", "term/c"]
    assert keys([a, b, c], "level") == ["term/a", "term/b", "term/c"]
    assert keys([a, b, c], "frequency") == ["term/b", "term/a", "term/c"]


def test_the_sentence_with_fewest_unknown_words_comes_next() -> None:
    hard = pair("a-hard", "他 昨天 已经 明白 道理", seconds=1)
    easy = pair("b-easy", "他 明白", seconds=2)
    middle = pair("c-middle", "他 昨天 明白 道理", seconds=3)
    got = order([hard, easy, middle], "chapter")
    assert [i.item.id for i in got.items] == ["b-easy", "c-middle", "a-hard"]
    assert got.unknown == (2, 2, 1)
    assert in_transcript_order([hard, easy, middle]).unknown == (5, 0, 0)


def test_known_words_are_not_counted() -> None:
    got = order([pair("x", "他 明白 道理")], "chapter", known={"他", "道理"})
    assert got.unknown == (1,)


def test_cycles_are_reported_and_nothing_is_lost() -> None:
    a, b = term("a", "甲", "不是 乙"), term("b", "乙", "不是 甲")
    got = order([a, b], "chapter")
    assert {i.item.key for i in got.items} == {"term/a", "term/b"}
    assert got.cycles == (("term/a", "term/b"),)


def test_claims_follow_the_terms_they_use() -> None:
    asked = claim("why", "为什么 用 网络", "one", 1)
    assert keys([asked, NET, MODEL])[-1] == "claim/why"


WORDS = "甲 乙 丙 丁 戊 己 庚 辛".split()


@st.composite
def decks(draw: st.DrawFn) -> list[Annotated]:
    chapters = st.sampled_from(["one", "two", "three"])
    terms = [
        term(
            f"t{n}",
            word,
            " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=2))) or "无",
            draw(chapters),
            draw(st.integers(0, 1500)),
            frequency=draw(st.integers(1, 5)),
        )
        for n, word in enumerate(draw(st.lists(st.sampled_from(WORDS), unique=True)))
    ]
    pairs = [
        pair(
            f"p{n}",
            " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))),
            draw(st.lists(st.sampled_from(terms), max_size=2, unique_by=id)) if terms else [],
            draw(chapters),
            draw(st.integers(0, 1500)),
        )
        for n in range(draw(st.integers(0, 8)))
    ]
    return [*terms, *pairs]


@given(decks(), st.sampled_from(["chapter", "level", "frequency"]), st.randoms())
def test_order_keeps_every_note_once_terms_first_and_ignores_the_order_of_files(
    items: list[Annotated], by: str, chance: random.Random
) -> None:
    got = keys(items, by)
    assert sorted(got) == sorted(i.item.key for i in items)
    for item in items:
        for needed in getattr(item.item, "terms", ()):
            assert got.index(f"term/{needed}") < got.index(item.item.key)
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert keys(shuffled, by) == got


@given(decks(), st.integers(0, 1500))
def test_adding_a_term_moves_no_other_term(items: list[Annotated], seconds: int) -> None:
    terms = [i for i in items if i.item.kind == "term"]
    before = keys(terms)
    after = keys([*terms, term("zz", "新", "新 东西", "two", seconds)])
    assert [k for k in after if k != "term/zz"] == before
