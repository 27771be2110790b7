from __future__ import annotations

import unicodedata
from functools import cache

import pytest

from tests import samples
from tests.browser.conftest import CONTRASTS, RECIPES, Browser, sheet, sides
from tests.test_rendering import HOSTILE

OPEN = """
document.querySelectorAll("details").forEach((d) => { d.open = true; });
document.querySelectorAll(".typing").forEach((e) => { e.hidden = false; });
"""
WORDS = """
return [...document.querySelectorAll(".asked .w")].map(
  (word) => JSON.stringify(word.getBoundingClientRect()));
"""
READINGS_SEEN = """
return [...document.querySelectorAll(".asked rt")].map(
  (reading) => reading.checkVisibility({ visibilityProperty: true }));
"""
WIDER = """
const page = document.documentElement.scrollWidth;
if (page <= arguments[0]) return [];
return [...document.body.querySelectorAll("*")].filter(
  (e) => e.getBoundingClientRect().right > arguments[0]).map((e) => e.outerHTML.slice(0, 80));
"""
TAB_STOPS = """
return [...document.querySelectorAll("summary, a, .w")].map((e) => e.tabIndex);
"""


@cache
def pages(recipe: str) -> dict[str, str]:
    return {side.name: side.page for side in sides(RECIPES[recipe])}


def shown(name: str, recipe: str = "default") -> str:
    return pages(recipe)[name]


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("recipe", sorted(RECIPES))
def test_every_text_is_legible_and_fits_at_every_width(
    browser: Browser, recipe: str, night: bool
) -> None:
    browser.show(sheet(RECIPES[recipe], night=night))
    browser.js(OPEN)
    for width in (360, 768, 1280):
        browser.size(width)
        assert browser.js(WIDER, width) == []
    words = browser.js("return document.querySelectorAll('.w').length")
    for index in (None, *range(0, words, 5)):
        browser.js("document.querySelectorAll('.w')[arguments[0]]?.focus()", index)
        contrasts = browser.js(CONTRASTS)
        assert len(contrasts) > 200
        assert [c for c in contrasts if c[2] < 4.5] == []
    assert browser.complaints() == []


def test_text_zoomed_to_200_percent_still_fits_a_phone(browser: Browser) -> None:
    browser.size(360)
    page = sheet(RECIPES["default"])
    browser.show(page.replace("</head>", "<style>.card{font-size:34px}</style></head>"))
    browser.js(OPEN)
    assert browser.js(WIDER, 360) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_answer_moves_nothing_that_was_there(browser: Browser, width: int) -> None:
    browser.size(width)
    for name in ("sentence Read", "claim Question"):
        browser.show(shown(f"{name} 0 front"))
        before = browser.js(WORDS)
        browser.show(shown(f"{name} 0 back"))
        assert browser.js(WORDS) == before
        assert before
    place = "return JSON.stringify(document.querySelector('.big').getBoundingClientRect())"
    browser.show(shown("term Recognise 0 front"))
    before = browser.js(place)
    browser.show(shown("term Recognise 0 back"))
    assert browser.js(place) == before


def test_pinyin_is_hidden_until_asked_where_reading_is_tested(browser: Browser) -> None:
    for name in ("sentence Read", "claim Question"):
        browser.show(shown(f"{name} 0 front"))
        assert set(browser.js(READINGS_SEEN)) == {False}
        assert "shì" not in browser.js("return document.body.innerText")
        browser.js("document.querySelector('.ask summary').click()")
        assert set(browser.js(READINGS_SEEN)) == {True}
        browser.show(shown(f"{name} 0 back"))
        assert set(browser.js(READINGS_SEEN)) == {True}


def test_a_terms_front_shows_its_hanzi_and_nothing_of_the_answer(browser: Browser) -> None:
    page = shown("term Recognise 0 front")
    browser.show(page)
    assert browser.js("return document.body.innerText").strip() == "反向传播"
    assert "fǎn" not in page
    assert "backpropagation" not in page.replace('data-id="term/backpropagation"', "")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_tapped_word_tells_reading_meaning_level_and_tone(
    browser: Browser, scripts: bool
) -> None:
    browser.scripts(on=scripts)
    browser.size(360)
    browser.show(shown("sentence Read 0 front"))
    word = browser.driver.find_elements("css selector", ".w")[0]
    told = browser.driver.find_elements("css selector", ".w .i")[0]
    assert not told.is_displayed()
    word.click()
    assert told.is_displayed()
    said = told.text.split()
    assert sorted(said) == sorted("演示 yǎnshì yan3shi4 HSK 6 to demonstrate; demo".split())
    assert told.rect["x"] >= 0
    assert told.rect["x"] + told.rect["width"] <= 360


def test_words_and_buttons_are_reached_by_keyboard_in_reading_order(browser: Browser) -> None:
    browser.show(shown("sentence Read 0 back"))
    order = browser.js(TAB_STOPS)
    assert order
    assert set(order) == {0}


def test_the_source_folds_out_with_a_link_to_the_second(browser: Browser) -> None:
    for name in ("term Recognise", "claim Question", "cloze Cloze", "sentence Read"):
        browser.show(shown(f"{name} 0 back"))
        source = browser.driver.find_element("css selector", ".source")
        assert "The state of AI research" not in source.text
        source.find_element("css selector", "summary").click()
        text = source.text
        for said in ("Andrej Karpathy", "The state of AI research", "15:00", "2024-09-05"):
            assert said in text
        link = source.find_element("css selector", "a").get_attribute("href")
        assert link == samples.ORIGIN.link
        assert source.find_elements("css selector", "mark")


def test_the_interlinear_view_has_hanzi_reading_and_gloss(browser: Browser) -> None:
    browser.show(shown("sentence Read 0 back"))
    view = browser.driver.find_element("css selector", ".interlinear")
    assert not view.is_displayed()
    browser.driver.find_element("css selector", ".more summary").click()
    first = view.find_element("css selector", ".w").text.split()
    assert sorted(first) == sorted(["演", "yǎn", "示", "shì", "to", "demonstrate;", "demo"])


def test_a_claim_says_who_when_and_of_what_kind(browser: Browser) -> None:
    browser.show(shown("claim Question 0 front"))
    text = browser.driver.find_element("css selector", ".who").text
    assert "Andrej Karpathy" in text
    assert "2024" in text
    assert "opinion" in text
    browser.show(shown("claim Question 0 back"))
    assert browser.driver.find_element("css selector", ".caution").is_displayed()
    assert browser.driver.find_element("css selector", ".caution").text.startswith("Caution")


def test_the_english_of_a_question_is_there_when_asked(browser: Browser) -> None:
    browser.show(shown("claim Question 0 front"))
    assert "How long" not in browser.js("return document.body.innerText")
    browser.js("document.querySelector('.hint summary').click()")
    assert "How long" in browser.js("return document.body.innerText")


def test_labels_script_and_reading_follow_the_recipe(browser: Browser) -> None:
    browser.show(shown("sentence Translate 1 back", "taiwan"))
    text = browser.js("return document.body.innerText")
    assert "逐词对照" in text
    assert "出处" in text
    assert "傳" not in text
    assert browser.js("return document.querySelector('.zh').lang") == "zh-Hant"
    assert "產" in text
    assert "ㄔㄢˇ" in text


def test_nothing_moves_for_those_who_asked_for_less_motion(browser: Browser) -> None:
    page = shown("sentence Read 0 back")
    slow = "return getComputedStyle(document.querySelector('.w')).transitionDuration"
    browser.media(prefers_reduced_motion="reduce")
    browser.show(page)
    assert browser.js(slow) == "0s"


ANSWER = """
const [back, typed] = arguments, box = document.querySelector(".typing");
box.value = typed;
box.dispatchEvent(new Event("input"));
const qa = document.getElementById("qa");
qa.innerHTML = new DOMParser().parseFromString(back, "text/html").getElementById("qa").innerHTML;
for (const script of qa.querySelectorAll("script")) (0, eval)(script.textContent);
const said = document.querySelector(".typed");
return said.hidden ? null : said.textContent;
"""


@pytest.mark.parametrize(
    "typed",
    [
        "反向传播",
        "反向傳播",
        "fǎnxiàng chuánbō",
        "fan3xiang4 chuan2bo1",
        "fan3 xiang4 chuan2 bo1",
        "fanxiang chuanbo",
        "fanxiangchuanbo",
        "FANXIANG CHUANBO",
        "fǎn xiàng chuán bō",
        "Backpropagation",
    ],
)
@pytest.mark.parametrize("card", ["Recognise 0", "Produce 1", "Listen 2"])
def test_typed_answers_may_have_marks_numbers_or_no_tones(
    browser: Browser, card: str, typed: str
) -> None:
    browser.show(shown(f"term {card} front"))
    assert browser.js(ANSWER, shown(f"term {card} back"), typed) == "✓ Right"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("fan1xiang4 chuan2bo1", "≈ Right but for the tones: fan1xiang4 chuan2bo1"),
        ("fánxiàng chuánbō", "≈ Right but for the tones: fánxiàng chuánbō"),
        ("反向", "✗ You wrote: 反向"),
        ("<b>x</b>", "✗ You wrote: <b>x</b>"),
        ("", None),
        ("   ", None),
    ],
)
def test_wrong_and_missing_typed_answers(browser: Browser, typed: str, said: str | None) -> None:
    browser.show(shown("term Produce 1 front"))
    assert browser.js(ANSWER, shown("term Produce 1 back"), typed) == said


def test_without_scripts_the_input_stays_away_and_the_card_works(browser: Browser) -> None:
    browser.scripts(on=False)
    browser.show(shown("term Produce 1 front"))
    assert not browser.driver.find_element("css selector", ".typing").is_displayed()
    browser.show(shown("sentence Read 0 front"))
    browser.driver.find_element("css selector", ".ask summary").click()
    assert browser.driver.find_element("css selector", ".asked rt").is_displayed()


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_text_shows_as_text_and_does_nothing(browser: Browser, payload: str) -> None:
    browser.size(360)
    browser.show(sheet(RECIPES["default"]))
    scripts = browser.js("return document.scripts.length")
    browser.show(sheet(RECIPES["default"], samples.hostile(payload)))
    browser.js(OPEN)
    assert browser.js(WIDER, 360) == []
    assert browser.js("return document.scripts.length") == scripts
    assert browser.js("return document.querySelectorAll('a[href], img, iframe').length") == 0
    assert browser.complaints() == []
    expected = "".join(c for c in payload if unicodedata.category(c) not in ("Cc", "Cs"))
    assert expected.strip() in browser.js("return document.body.textContent")
