from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen import markup, notes, notetypes, rendering
from deckgen.notes import Note
from deckgen.recipe import Cards, Recipe, Theme
from tests import samples

RECIPE = Recipe("Everything", "…")
Parts = tuple[str, str, str, str]
PARTS = st.tuples(*[st.text("ab_é\u0301e", max_size=4)] * 4)


def build(*items: object, recipe: Recipe = RECIPE) -> dict[str, Note]:
    return {note.notetype: note for note in notes.build(items or samples.ITEMS, recipe, "ns")}


def fields(note: Note) -> dict[str, str]:
    type_ = next(t for t in notetypes.DEFAULT if t.key == note.notetype)
    return dict(zip(type_.field_names, note.fields, strict=True))


def test_guids_are_those_of_the_first_release() -> None:
    """A changed guid makes a twin of every note in every collection."""
    assert notes.guid("karpathy", None, "term", "backpropagation") == "tH|!)<w?]$"
    assert notes.guid("karpathy", "tw", "term", "backpropagation") == "GTE?|t[LyA"


def test_guids_do_not_depend_on_text_theme_or_cards() -> None:
    edited = replace(samples.TERM, item=replace(samples.TERM.item, hanzi="反传", topics=()))
    other = replace(RECIPE, theme=Theme("pleco", "traditional"), cards=Cards(("recognise",)))
    before, after = build(samples.TERM)["term"], build(edited, recipe=other)["term"]
    assert before.guid == after.guid


@given(PARTS, PARTS)
def test_guids_differ_wherever_any_part_does(one: Parts, two: Parts) -> None:
    same = notes.guid(*one) == notes.guid(*two)
    assert same == (list(map(normal, one)) == list(map(normal, two)))


def normal(part: str) -> str:
    return unicodedata.normalize("NFC", part)


def test_parts_of_a_guid_do_not_run_together() -> None:
    assert notes.guid("a", "bc", "term", "x") != notes.guid("ab", "c", "term", "x")
    assert notes.guid("a", None, "term", "x__y") != notes.guid("a", "x", "term", "y")


def test_composed_and_decomposed_ids_are_one_note() -> None:
    assert notes.guid("n", None, "term", "caf\u00e9") == notes.guid("n", None, "term", "cafe\u0301")


def test_every_item_has_its_note_and_a_claim_with_cloze_two() -> None:
    built = notes.build(samples.ITEMS, RECIPE, "ns")
    assert [n.notetype for n in built] == ["term", "sentence", "claim", "cloze"]
    assert [n.position for n in built] == [1, 2, 3, 4]
    assert [n.key for n in built[2:]] == ["claim/waymo-ten-years"] * 2
    assert len({n.guid for n in built}) == 4


def test_cards_are_those_that_the_recipe_chooses() -> None:
    built = build()
    assert {key: note.cards for key, note in built.items()} == {
        "term": (0, 1, 2),
        "sentence": (0, 1, 2),
        "claim": (0,),
        "cloze": (0, 1),
    }
    few = replace(RECIPE, cards=Cards(("recognise", "listen"), ("question",), ("read",)))
    built = build(recipe=few)
    assert {key: note.cards for key, note in built.items()} == {
        "term": (0, 2),
        "sentence": (0,),
        "claim": (0,),
    }
    assert (fields(built["term"])["Produce"], fields(built["term"])["Listen"]) == ("", "y")


def test_a_claim_without_marks_in_its_cloze_has_no_cloze_note() -> None:
    item = replace(samples.CLAIM.item, cloze=replace(samples.CLAIM.item.cloze, zh="没有"))
    assert set(build(replace(samples.CLAIM, item=item))) == {"claim"}


def test_decks_and_tags_come_from_ids() -> None:
    built = build()
    assert {n.deck for n in built.values()} == {
        "No Priors 80::Terms",
        "No Priors 80::Sentences",
        "No Priors 80::Claims",
    }
    assert "deckgen::topic::research::training" in built["term"].tags
    assert "deckgen::level::HSK-7-9" in built["term"].tags
    assert "deckgen::stance::opinion" in built["claim"].tags
    assert all(tag.startswith("deckgen::") for n in built.values() for tag in n.tags)
    edition = build(recipe=replace(RECIPE, edition="tw"))
    assert edition["term"].deck == "No Priors 80 · tw::Terms"


def test_a_tag_has_nothing_that_a_search_would_have_to_quote() -> None:
    term = replace(samples.TERM, level="HSK 5 (2021)")
    assert "deckgen::level::HSK-5" in build(term)["term"].tags


def test_a_term_has_its_reading_in_every_form() -> None:
    term = fields(build()["term"])
    assert term["Pinyin"] == "fǎnxiàng chuánbō"
    assert term["Pinyin Numbered"] == "fan3xiang4 chuan2bo1"
    assert "fanxiangchuanbo" in term["Pinyin Plain"].split(" · ")
    assert term["Bopomofo"] == "ㄈㄢˇ ㄒㄧㄤˋ ㄔㄨㄢˊ ㄅㄛ"
    assert term["Ruby"] == " 反向[fǎn xiàng] 传播[chuán bō]"
    assert term["Other Script"] == term["Traditional"] == "反向傳播"


def test_traditional_first_with_bopomofo() -> None:
    recipe = replace(RECIPE, theme=Theme("none", "traditional", "bopomofo"))
    term = fields(build(recipe=recipe)["term"])
    assert term["Ruby"] == " 反向[ㄈㄢˇ ㄒㄧㄤˋ] 傳播[ㄔㄨㄢˊ ㄅㄛ]"
    assert term["Other Script"] == "反向传播"
    assert '<ruby class="tone2">傳<rt>ㄔㄨㄢˊ</rt></ruby>' in term["Words"]


def test_sandhi_shows_the_tones_that_are_spoken() -> None:
    recipe = replace(RECIPE, theme=Theme(sandhi=True))
    sentence = fields(build(recipe=recipe)["sentence"])
    assert '<ruby class="tone2">不<rt>bú</rt></ruby>' in sentence["Words"]
    assert "bù shì" in sentence["Pinyin"]


def test_latin_and_digits_never_shift_a_reading() -> None:
    sentence = fields(build()["sentence"])
    assert "，Waymo 花[huā]" in sentence["Ruby"]


def test_every_note_says_where_it_comes_from() -> None:
    for note in build().values():
        said = fields(note)
        assert said["Speaker English"] == "Andrej Karpathy"
        assert said["Chapter English"] == "The state of AI research"
        assert said["Time"] == "15:00"
        assert said["Link"].endswith("&amp;t=900s")
        assert said["ID"] == note.key
        assert "<mark>反向传播</mark>" in said["Passage"]


def test_marks_of_a_cloze_work_and_nothing_else_does() -> None:
    assert markup.cloze("a {{b}} {{c1::<i>::<u>}}") == (
        "a &#123;&#123;b}} {{c1::&lt;i&gt;::&lt;u&gt;}}"
    )
    assert markup.uncloze("{{c1::ten}} & {{c2::two::hint}}") == "<b>ten</b> &amp; <b>two</b>"
    assert markup.cloze_numbers("{{c2::a}}{{c10::b}}{{c2::c}}{{c0::d}}") == (2, 10)


class _Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(st.characters()))
def test_escaped_text_shows_as_itself(text: str) -> None:
    escaped = markup.escape(text)
    assert not set(escaped) & set('<>"[\n') - set("<>") or "<br>" in escaped
    parsed = _Elements(escaped.replace("<br>", "\n"))
    assert parsed.tags == set()
    assert parsed.text == markup.clean(text)
    assert "{{" not in escaped


PAYLOADS = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '" onclick="alert(1)',
    "{{FrontSide}}{{#ID}}",
    "javascript:alert(1)",
    "[sound:a.mp3]",
    "x" * 5000,
)
OURS = {"span", "ruby", "rt", "ul", "li", "div", "b", "br", "p", "figure", "blockquote"}
OURS |= {"figcaption", "mark", "wbr"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text_in_every_field(payload: str) -> None:
    for note in notes.build(samples.hostile(payload), RECIPE, "ns"):
        for name, value in fields(note).items():
            assert _Elements(value).tags <= OURS, name
            assert "[sound" not in value
            assert "\x1f" not in value
        assert fields(note)["Link"] == ""
        assert all(not re.search(r"\s", tag) for tag in note.tags)


def test_control_characters_and_lone_surrogates_never_reach_a_field() -> None:
    for note in notes.build(samples.hostile("a\x1f\x00\ud800\u3000\tb"), RECIPE, "ns"):
        joined = "\x1f".join(note.fields)
        assert joined.count("\x1f") == len(note.fields) - 1
        joined.encode()
        assert all(not re.search(r"\s", tag) for tag in note.tags)


def test_no_card_lacks_a_front() -> None:
    for note in build().values():
        assert not rendering.is_empty(note.fields[0])
