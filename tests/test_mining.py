"""What a talk proposes: terms, claims and sentences, always its own words."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from deckgen import readers
from deckgen.hanzi import folded
from deckgen.mining import Mined, mine
from deckgen.mining.glosses import MARKS
from deckgen.mining.propernames import ProperNames
from deckgen.mining.sentences import _cover
from deckgen.mining.talk import slug, source_of
from deckgen.mining.terms import UNTRANSLATED
from deckgen.mining.usage import log_likelihood
from deckgen.mining.wellformed import objection
from deckgen.polarity import is_denied_once
from deckgen.problems import DeckgenError
from deckgen.segmentation import Segmenter
from deckgen.transcript import Transcript

TALK = """\
# 桥梁与茶

**王敏：** 欢迎大家收听这个节目，今天我们聊聊桥的历史。

**李强：** 谢谢邀请。“悬索桥（suspension bridge）”是一种老桥。

悬索桥的主缆由两万七千根钢丝组成，每一根都只有铅笔那么细。

我认为，悬索桥会成为跨海工程里最常见的形式。

**王敏：** 悬索桥的主缆需要检查多少次？

**李强：** 工程师每年检查主缆 12 次，因为海风会让钢丝生锈。它真的很难。

Arup 公司设计了这座悬索桥，Arup 还做了风洞试验。

**王敏：** 那么主缆的寿命有多长？

**李强：** 主缆的寿命大约是一百年，主缆坏了就要换掉整座悬索桥。

悬索桥在大风里会摇晃，这就是风洞试验的用处。
"""
ENGLISH = """\
# Bridges and tea

**Wang Min:** Welcome to the show; today we talk about the history of bridges.

**Li Qiang:** Thanks for the invitation. The “suspension bridge” is an old kind of bridge.
The main cable of a suspension bridge is made of 27,000 steel wires, each only as thin as a pencil.
I think the suspension bridge will become the most common form in projects that cross the sea.

**Wang Min:** How often must the main cable of a suspension bridge be inspected?

**Li Qiang:** Engineers inspect the main cable 15 times a year because the sea wind makes the steel
wires rust. It is really hard. The company Arup designed this suspension bridge, and Arup did the
wind tunnel tests as well.

**Wang Min:** So how long is the life of the main cable?

**Li Qiang:** The life of the main cable is about a hundred years; when the main cable is broken the
whole suspension bridge has to be replaced. A suspension bridge sways in a strong wind, and that is
what the wind tunnel test is for.
"""


def read(text: str) -> Transcript:
    return readers.parse(text, "talk.md")


def mined(text: str, english: str | None = None) -> Mined:
    document, theirs = read(text), read(english) if english else None
    return mine(source_of("talk", [document], theirs), [document], theirs)


@pytest.fixture(scope="module")
def alone() -> Mined:
    return mined(TALK)


@pytest.fixture(scope="module")
def aligned() -> Mined:
    return mined(TALK, ENGLISH)


def test_a_term_given_in_both_languages_keeps_its_english(alone: Mined) -> None:
    (bridge,) = (term for term in alone.terms if term.hanzi == "悬索桥")
    assert bridge.english == "suspension bridge"
    assert bridge.why is not None
    assert "both languages" in bridge.why


def test_an_unusually_frequent_word_is_proposed_with_its_count(alone: Mined) -> None:
    (cable,) = (term for term in alone.terms if term.hanzi == "主缆")
    assert cable.why is not None
    assert "6 times" in cable.why


def test_a_firm_is_kept_apart_and_waits_for_its_chinese_name(alone: Mined) -> None:
    (firm,) = (term for term in alone.terms if term.hanzi == "Arup")
    assert firm.topics == ("names/firm", UNTRANSLATED)


def test_everything_is_a_draft_with_a_quote_and_a_reason(alone: Mined) -> None:
    items = (*alone.terms, *alone.claims, *alone.pairs)
    assert {item.status for item in items} == {"draft"}
    said = folded(TALK)
    for item in items:
        assert item.why
        assert folded(item.evidence[0].quote or "") in said


def test_a_number_is_what_a_claim_hides(alone: Mined) -> None:
    wires = next(c for c in alone.claims if "钢丝组成" in c.statement.zh)
    assert wires.cloze is not None
    assert "{{c1::两万七千" in wires.cloze.zh
    assert wires.speaker == slug("李强")
    assert wires.cloze.zh.replace("{{c1::", "").replace("}}", "") == wires.statement.zh
    assert wires.answer.zh not in wires.question.zh


def test_a_prediction_is_told_from_an_opinion(alone: Mined) -> None:
    form = next(c for c in alone.claims if "最常见的形式" in c.statement.zh)
    assert form.stance == "prediction"


def test_no_question_is_a_claim(alone: Mined) -> None:
    assert not [claim for claim in alone.claims if "？" in claim.statement.zh]


def test_without_a_translation_there_is_a_marked_gloss(alone: Mined) -> None:
    assert alone.pairs
    assert all(pair.en.startswith(MARKS["en"]) for pair in alone.pairs)


def test_an_aligned_document_gives_the_english(aligned: Mined) -> None:
    pair = next(p for p in aligned.pairs if p.zh.startswith("悬索桥的主缆由"))
    assert pair.en.startswith("The main cable of a suspension bridge is made of 27,000")
    assert not [p for p in aligned.pairs if p.en.startswith(MARKS["en"])]


def test_a_pair_whose_numbers_differ_is_left_out_with_the_reason(aligned: Mined) -> None:
    assert not [pair for pair in aligned.pairs if "12 次" in pair.zh]
    reasons = {r.reason for r in aligned.rejected if "12 次" in r.text}
    assert reasons == {"the numbers differ"}


def test_a_document_in_both_languages_gives_its_own_translation() -> None:
    document = read(
        "**李强：** 主缆由两万七千根钢丝组成，每一根都很细。\n\n"
        "**Li Qiang:** The main cable is made of 27,000 steel wires, each of them thin.\n\n"
        "**王敏：** 工程师每年都会检查这座桥的钢丝。\n\n"
        "**Wang Min:** Engineers inspect the steel wires of this bridge every year.\n\n"
        "**李强：** 风洞试验告诉我们桥在大风里会怎样摇晃。\n\n"
        "**Li Qiang:** The wind tunnel test tells us how the bridge sways in a strong wind.\n"
    )
    found = mine(source_of("talk", [document], None), [document])
    assert [pair.en for pair in found.pairs] == [
        "The main cable is made of 27,000 steel wires, each of them thin.",
        "Engineers inspect the steel wires of this bridge every year.",
        "The wind tunnel test tells us how the bridge sways in a strong wind.",
    ]


def test_english_of_another_talk_is_refused() -> None:
    other = "**A:** Soup needs salt and onions.\n\n**B:** My uncle sings opera on Sundays.\n" * 5
    with pytest.raises(DeckgenError, match="nothing to do with each other"):
        mined(TALK, other)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("它真的很难做到这一点。", "pronoun"),
        ("但是大家都喜欢这座老桥。", "hangs"),
        ("大家都喜欢这座老桥，而且", "complete"),
        ("嗯大家都喜欢这座老桥了。", "filler"),
        ("太难了。", "short"),
        ("大家都喜欢这座老桥（在江边。", "complete"),
    ],
)
def test_what_does_not_stand_alone_is_no_sentence_to_learn(text: str, reason: str) -> None:
    assert reason in (objection(text, "zh") or "")


def test_a_whole_sentence_is_one_to_learn() -> None:
    assert objection("工程师每年都会检查这座桥的钢丝。", "zh") is None
    assert objection("Engineers inspect the cable of this bridge every year.", "en") is None


def test_log_likelihood_is_that_of_dunning() -> None:
    # 10 of 1,000 against 10 of 100,000, by the formula of Rayson and Garside (2000).
    # Expected are 20 * 1,000 / 101,000 here and 20 * 100,000 / 101,000 there.
    here, there = 10 * math.log(10 / 0.19802), 10 * math.log(10 / 19.80198)
    assert log_likelihood(10, 1_000, 10, 100_000) == pytest.approx(2 * (here + there), rel=1e-4)
    assert log_likelihood(10, 1_000, 1_000, 100_000) == pytest.approx(0)
    assert log_likelihood(1, 1_000, 1_000, 100_000) < 0


def test_sentences_are_chosen_for_new_words_and_copies_are_passed_over() -> None:
    rows = [("a", "b", "c", "d"), ("a", "b", "c", "d", "e"), ("x", "y")]
    used = Counter(word for row in rows for word in row)
    assert set(_cover(rows, used, [4, 5, 2], 10)) == {1, 2}


def test_an_english_talk_gets_chinese_glosses() -> None:
    proposed = mined(ENGLISH)
    assert proposed.pairs
    assert all(pair.zh.startswith(MARKS["zh"]) for pair in proposed.pairs)
    assert all(folded(pair.en) in folded(ENGLISH) for pair in proposed.pairs)


def test_a_translator_is_asked_for_what_has_no_translation_only() -> None:
    document = read(TALK)
    asked: list[str] = []

    def translate(texts: object, target: str) -> list[str | None]:
        assert target == "en"
        asked.extend(texts)  # type: ignore[arg-type]
        return [f"English of {text}" for text in texts]  # type: ignore[attr-defined]

    found = mine(source_of("talk", [document], None), [document], translate=translate)
    assert asked
    assert all(pair.en == f"English of {pair.evidence[0].quote}" for pair in found.pairs)
    assert all("machine" in (pair.why or "") for pair in found.pairs)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("工程师没有检查主缆。", "Engineers inspect the main cable."),
        ("工程师检查主缆。", "Engineers do not inspect the main cable."),
        ("老桥并非都要换掉。", "All old bridges have to be replaced."),
        ("风洞试验不会告诉我们什么。", "The wind tunnel test will tell us something."),
        ("主缆坏了就无法修好。", "The main cable can be mended when it breaks."),
        (
            "工程师换主缆不容易，因为时间多。",
            "Replacing the cable is easy, as there is much time.",
        ),
        ("主缆不是钢管，它只传递拉力。", "The cable is a steel pipe; it only carries tension."),
        ("大风里的桥会摇晃。", "A bridge never sways in a strong wind."),
    ],
)
def test_a_pair_of_which_one_side_denies_what_the_other_says_is_none(zh: str, en: str) -> None:
    assert is_denied_once(zh, en)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("工程师没有检查主缆。", "Engineers failed to inspect the main cable."),
        ("悬索桥不仅长，而且轻。", "Suspension bridges are long and light."),
        ("不同的桥要用不少钢丝。", "Different bridges need many steel wires."),
        ("大家都不得不换掉老桥。", "Everybody has to replace the old bridges."),
        ("大桥很难修好。", "The bridge can't be mended easily."),
        (
            "主缆没有生锈，所以不用换。",
            "The cable is free of rust, so there is no need to replace it.",
        ),
        ("这座桥不安全。", "This bridge is unsafe."),
        ("这样的桥不到百分之一。", "Fewer than one percent of bridges are like that."),
        ("你去不去看桥？", "Will you go and see the bridge?"),
    ],
)
def test_a_no_in_other_words_or_a_set_phrase_is_no_denial(zh: str, en: str) -> None:
    assert not is_denied_once(zh, en)


def test_a_pair_that_denies_on_one_side_is_left_out_with_the_reason() -> None:
    found = mined(TALK, ENGLISH.replace("sways in", "does not sway in"))
    assert not [pair for pair in found.pairs if "会摇晃" in pair.zh]
    reasons = {r.reason for r in found.rejected if "会摇晃" in r.text}
    assert reasons == {"one denies what the other says"}


@pytest.mark.parametrize(
    ("zh", "en", "differ"),
    [
        ("西雅图推迟了上课时间。", "Portland moved the start of school back.", True),
        ("自柏拉图以来，学者都受过罚。", "Since Socrates, scholars have been punished.", True),
        ("西雅图推迟了上课时间。", "Seattle moved the start of school back.", False),
        ("西雅图推迟了上课时间。", "The city moved the start of school back.", False),
        ("这座城市推迟了上课时间。", "Portland moved the start of school back.", False),
        ("葡萄牙种了很多桉树。", "The Portuguese planted many eucalyptus trees.", False),
    ],
)
def test_a_pair_that_names_another_place_or_person_is_seen(zh: str, en: str, differ: bool) -> None:
    assert ProperNames(Segmenter()).differ(zh, en) == differ
