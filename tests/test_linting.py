"""The linter as a whole: settings, waivers, drafts, determinism, and any content at all."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen import linting
from deckgen.annotation import AnnotatedPair, AnnotatedTerm, AnnotatedText, AnnotatedWord
from deckgen.content import Claim, Content, Evidence, Pair, Term, Text2, Waiver
from deckgen.linting import BY_ID, CHECKS, lint
from deckgen.linting import settings as lint_settings
from deckgen.linting.settings import Settings
from deckgen.problems import Location

SAID = (Evidence("talk", speaker="guest", time=60, keywords=("tariff",)),)
GOOD = Claim(
    "tariff",
    "guest",
    Text2("关税抬高了进口货物的价格。", "A tariff raises the price of imports."),
    Text2("关税会怎样改变进口货物的价格？", "How does a tariff change the price of imports?"),
    Text2("价格上升", "It goes up."),
    "fact",
    "2024-09",
    SAID,
    location=Location("content/claims/trade.yaml", 3, 5),
)
ORPHAN = replace(GOOD, question=Text2("它会怎样改变价格？", "How does it change prices at home?"))


def codes(*claims: Claim, with_: Settings = Settings()) -> list[tuple[str, str]]:  # noqa: B008
    found = lint(Content(claims=claims), settings=with_)
    return [(problem.code, problem.severity) for problem in found]


def test_a_good_card_gives_nothing() -> None:
    assert codes(GOOD) == []


def test_a_finding_names_the_item_the_words_and_the_place() -> None:
    (first, *_) = lint(Content(claims=(ORPHAN,)))
    assert first.location == GOOD.location
    assert "claim/tariff" in first.message and "“it”" in first.message


def test_a_waiver_with_a_reason_silences_its_check_only() -> None:
    waived = replace(ORPHAN, waive=(Waiver("L13", "the item before asks what it is"),))
    assert codes(waived) == []
    assert codes(replace(waived, waive=(Waiver("L16", "because"),))) == [
        ("stale-waiver", "warning"),
        *codes(ORPHAN),
    ]


@pytest.mark.parametrize(
    ("waiver", "code", "severity"),
    [
        (Waiver("L13", "a reason"), "stale-waiver", "warning"),
        (Waiver("L99", "a reason"), "unknown-check", "error"),
        (Waiver("L13", " "), "no-reason", "error"),
    ],
)
def test_a_waiver_that_is_wrong_is_a_finding(waiver: Waiver, code: str, severity: str) -> None:
    assert (code, severity) in codes(replace(GOOD, waive=(waiver,)))


def test_a_waiver_of_a_check_that_is_off_is_not_stale() -> None:
    waived = replace(GOOD, waive=(Waiver("L13", "a reason"),))
    assert codes(waived, with_=Settings(levels={"L13": "off"})) == []


def test_a_project_sets_levels_and_thresholds() -> None:
    assert set(codes(ORPHAN, with_=Settings(levels={"L13": "info"}))) == {("L13", "info")}
    assert codes(ORPHAN, with_=Settings(levels={"L13": "off"})) == []
    assert codes(GOOD, with_=Settings(thresholds={"L01": {"en": 2}})) == [("L01", "warning")]
    assert codes(GOOD, with_=Settings(thresholds={"L01": {"claim.en": 2}})) == [("L01", "warning")]
    assert codes(GOOD, with_=Settings(thresholds={"L01": {"term.en": 2}})) == []


def test_settings_that_mean_nothing_are_located_problems() -> None:
    place = Location("deckgen.yaml")
    levels = {"L13": "loud", "L99": "info"}
    thresholds = {"L01": {"zh": "many", "fr": "3"}, "L98": {}}
    found = lint_settings.read(levels, thresholds, place).problems
    told = sorted(problem.code for problem in found)
    assert told == ["lint-level", "lint-threshold", "lint-threshold"] + ["unknown-check"] * 2
    assert {problem.location for problem in found} == {place}


def test_a_draft_gives_information_only_and_what_vanished_nothing() -> None:
    assert set(codes(replace(ORPHAN, status="draft"))) == {("L13", "info")}
    assert codes(replace(ORPHAN, status="vanished")) == []


def test_a_disagreement_asks_for_a_decision() -> None:
    content = Content(claims=(GOOD,))
    told = {"claim/tariff": ("one document says 20, the other 200",)}
    (found,) = lint(content, disagreements=told)
    assert found.code == "L31" and "200" in found.message
    decided = replace(GOOD, caution=Text2("另一份文本说的是200。", "The other text says 200."))
    assert lint(Content(claims=(decided,)), disagreements=told) == ()


def test_every_check_says_why_and_shows_both_kinds() -> None:
    assert [check.id for check in CHECKS] == sorted(BY_ID)
    for check in CHECKS:
        told = linting.explain(check.id.lower())
        assert all(part in told for part in (check.title, check.why, check.bad, check.good))
    assert 'No check has the id "L99"' in linting.explain("L99")


words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "{{c1::",
            "{{c1::十年}}",
            "一二三四",
            "点五",
            "万亿",
            "half a million",
            "吗？",
            "1.",
            "，",
            "它",
        ]
    ),
)
both = st.builds(Text2, words.map(str), st.lists(words, max_size=4).map(" ".join))
evidence = st.builds(
    Evidence, st.just("talk"), time=st.none() | st.integers(0, 9), keywords=st.just(("k",))
)
common = {"evidence": st.tuples(evidence), "caution": st.none() | both, "context": st.none() | both}
ids = st.sampled_from(["a", "b"])
terms = st.builds(
    Term, ids, words, words, both, pinyin=st.none() | words, aliases=st.tuples(words), **common
)
claims = st.builds(
    Claim,
    ids,
    words,
    both,
    both,
    both,
    st.just("fact"),
    st.just("2024"),
    cloze=st.none() | both,
    **common,
)
pairs = st.builds(Pair, ids, words, words, terms=st.tuples(ids), pinyin=st.none() | words, **common)


@settings(deadline=None, max_examples=150)
@given(st.lists(terms, max_size=3), st.lists(claims, max_size=3), st.lists(pairs, max_size=3))
def test_any_content_gives_problems_and_the_same_ones(
    some_terms: list[Term], some_claims: list[Claim], some_pairs: list[Pair]
) -> None:
    content = Content((), tuple(some_terms), tuple(some_claims), tuple(some_pairs))
    assert lint(content) == lint(content)


def spoken(text: str, *words: tuple[str, tuple[str, ...], bool, str | None]) -> AnnotatedText:
    annotated = tuple(
        AnnotatedWord(word, text.index(word), readings, sure, (), level, word)
        for word, readings, sure, level in words
    )
    return AnnotatedText(text, annotated, text)


def annotated_term(id: str, hanzi: str, *readings: str, sure: bool = True) -> AnnotatedTerm:
    item = Term(id, hanzi, id, Text2("甲", "something"), SAID)
    text = spoken(hanzi, (hanzi, readings, sure, None))
    return AnnotatedTerm(item, (), text, text, None, None, None, ())


def test_terms_that_sound_alike_are_told_apart() -> None:
    facts = annotated_term("fact", "事实", "shì", "shí")
    acts = annotated_term("implement", "实施", "shí", "shī")
    found = lint(Content(terms=(facts.item, acts.item)), (facts, acts))
    assert any(p.code == "L09" and "sounds" in p.message for p in found)


@pytest.mark.parametrize(
    ("hanzi", "readings", "alike"),
    [
        ("Beta 公司", ("gōng", "sī"), False),
        ("Acme", (), False),
        ("acme 攻丝", ("gōng", "sī"), True),
    ],
)
def test_names_in_latin_letters_are_heard_too(
    hanzi: str, readings: tuple[str, ...], alike: bool
) -> None:
    one = annotated_term("one", "Acme 公司", "gōng", "sī")
    other = annotated_term("other", hanzi, *readings)
    found = lint(Content(terms=(one.item, other.item)), (one, other))
    assert any(p.code == "L09" and "sounds" in p.message for p in found) is alike


@pytest.mark.parametrize(
    ("hanzi", "others", "topics", "alike"),
    [
        ("权衡", "权重", ("models", "training"), False),
        ("权衡", "权重", ("models", "models"), True),
        ("开源模型", "闭源模型", ("models", "training"), True),
    ],
)
def test_short_words_look_alike_within_a_topic(
    hanzi: str, others: str, topics: tuple[str, str], alike: bool
) -> None:
    terms = [
        Term(id, written, id, Text2("甲", "something"), SAID, topics=(topic,))
        for id, written, topic in zip("ab", (hanzi, others), topics, strict=True)
    ]
    found = lint(Content(terms=tuple(terms)))
    assert any(p.code == "L09" and "differs" in p.message for p in found) is alike


def test_a_reading_in_doubt_is_a_warning_and_told_in_a_definition() -> None:
    doubt = annotated_term("row", "行", "háng", sure=False)
    found = lint(Content(terms=(doubt.item,)), (doubt,))
    doubts = {(p.severity, "in doubt" in p.message) for p in found if p.code == "L22"}
    assert doubts == {("warning", True), ("info", True)}


def test_hard_words_are_counted_against_the_level_that_the_project_sets() -> None:
    pair = Pair("p", "央行收紧银根", "The central bank tightens credit", SAID, speaker="guest")
    text = spoken(
        pair.zh,
        ("央行", ("yāng", "háng"), True, None),
        ("收紧", ("shōu", "jǐn"), True, "HSK 7–9"),
        ("银根", ("yín", "gēn"), True, None),
    )
    annotated = AnnotatedPair(pair, (), text, None, ())
    easy = Settings(thresholds={"L24": {"level": 9, "words": 2}})
    hard = Settings(thresholds={"L24": {"level": 4, "words": 2}})
    content = Content(pairs=(pair,))
    assert "L24" not in {p.code for p in lint(content, (annotated,))}
    assert "L24" not in {p.code for p in lint(content, (annotated,), easy)}
    assert "L24" in {p.code for p in lint(content, (annotated,), hard)}
