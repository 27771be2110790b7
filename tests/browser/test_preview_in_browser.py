from __future__ import annotations

import time
from pathlib import Path

import pytest
from anki.collection import Collection

from deckgen import filtering, notes, preview, selection
from deckgen.problems import Location, Problem
from tests import ankicollection, samples
from tests.browser.conftest import CONTRASTS, RECIPES, Browser, note_types
from tests.test_rendering import HOSTILE

ITEMS = (*samples.ITEMS, *samples.hostile("<b>{{FrontSide}}</b> </script><script>x()</script>"))
PROBLEM = Problem(Location("content/terms/x.yaml", 3, 5), "warning", "L03", "a list of <three>")
FRAMES = "return document.querySelectorAll('iframe').length"
COUNT = "return document.getElementById('count').textContent"


def written(items: object = samples.ITEMS, problems: tuple[Problem, ...] = ()) -> str:
    recipe = RECIPES["default"]
    made = notes.build(items, recipe, "test")
    return preview.page(recipe, items, made, note_types(recipe), problems)


def show(browser: Browser, page: str, frames: int = 6) -> None:
    browser.show(page)
    wait(browser, lambda: browser.js(FRAMES) == frames)


def wait(browser: Browser, holds: object) -> None:
    for _ in range(200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError(browser.js("return document.body.innerText"))


def test_every_card_is_rendered_as_by_anki(browser: Browser, tmp_path: Path) -> None:
    recipe = RECIPES["default"]
    types = note_types(recipe)
    items = [*samples.ITEMS, *(i for text in HOSTILE for i in samples.hostile(text))]
    made = notes.build(items, recipe, "test")
    browser.show(preview.page(recipe, items, made, types))
    ours = browser.driver.execute_async_script(
        """const done = arguments[0];
        Promise.all(deck.notes.flatMap((note, i) => note.cards.map((ord) => cardOf(i, ord))))
          .then((cards) => done(cards.map((c) => [c.front.html, c.back.html])));"""
    )
    theirs = []
    with ankicollection.collection(tmp_path, types) as opened:
        assert isinstance(opened, Collection)
        for note in made:
            for card in ankicollection.add(opened, note, types):
                output = card.render_output()
                theirs.append([output.question_text, output.answer_text])
    assert ours == theirs


QUERIES = (
    "kind:term",
    "-kind:term",
    "kind:claim or kind:pair",
    "topic:research",
    "topic:research/training",
    "TOPIC:res*",
    "level<=6",
    "level>6 kind:term",
    "level!=6",
    "chapter:ai-research speaker:andrej",
    'chapter:"人工智能研究的现状"',
    "stance:opinion -context:_*",
    "caution:_*",
    "caution:",
    "waymo -(kind:claim or kind:term)",
    "反向",
    '"ten years"',
    r"id:term\/*",
    "id:back_ropagation",
    "time=900 and length<20",
    "frequency:2",
    "((waymo))",
)
WRONG = ("(", ")", "-", "kind:term or", "colour:red", "level<=x", "kind<3", '"open', "and x", "")


@pytest.fixture(scope="module")
def previewed(browser: Browser) -> str:
    return written()


def test_filters_select_what_they_select_in_a_recipe(browser: Browser, previewed: str) -> None:
    show(browser, previewed)
    made = notes.build(samples.ITEMS, RECIPES["default"], "test")
    for query in QUERIES:
        wanted = selection.parse(query)
        keys = {i.item.key for i in samples.ITEMS if wanted.holds(selection.subject(i, ()))}
        expected = [note.guid for note in made if note.key in keys]
        got = browser.js(
            """const holds = parseFilter(arguments[0], deck.names);
            return deck.notes.filter((note) => holds(note.subject)).map((note) => note.guid);""",
            query,
        )
        assert got == expected, query


def test_a_wrong_filter_is_wrong_at_the_same_column(browser: Browser, previewed: str) -> None:
    show(browser, previewed)
    for query in filter(None, WRONG):
        with pytest.raises(filtering.FilterError) as caught:
            selection.parse(query)
        browser.js("choose(arguments[0])", query)
        assert str(browser.js(COUNT)).startswith(f"column {caught.value.column}: "), query
    browser.js("choose('')")
    assert browser.js(COUNT) == "4 of 4 notes, 9 cards"


def test_typing_in_the_search_box_narrows_the_list(browser: Browser, previewed: str) -> None:
    show(browser, previewed)
    browser.driver.find_element("id", "search").send_keys("kind:claim")
    wait(browser, lambda: browser.js(COUNT) == "2 of 4 notes, 3 cards")
    assert len(browser.driver.find_elements("css selector", ".row")) == 2


def test_the_arrow_keys_go_through_the_notes_in_deck_order(
    browser: Browser, previewed: str
) -> None:
    show(browser, previewed)
    notes_list = browser.driver.find_element("id", "list")
    titles = []
    for _ in range(4):
        titles.append(browser.js("return document.querySelector('[aria-selected=true]').innerText"))
        notes_list.send_keys("\ue015")
    assert [title.split("\n")[0] for title in titles] == [
        "反向传播",
        samples.SENTENCE.text,
        samples.QUESTION.text,
        samples.SENTENCE.text,
    ]


def test_cards_show_by_day_and_night_at_the_width_asked_for(
    browser: Browser, previewed: str
) -> None:
    browser.size(1400)
    show(browser, previewed)
    browser.js("document.querySelector('[data-mode=both]').click()")
    wait(browser, lambda: browser.js(FRAMES) == 12)
    browser.js("document.querySelector('[data-width=\"768\"]').click()")
    wait(browser, lambda: browser.js("return document.querySelector('iframe').offsetWidth") == 768)
    frames = browser.driver.find_elements("css selector", "iframe")
    colours = set()
    for frame in frames[:3]:
        browser.driver.switch_to.frame(frame)
        colours.add(browser.js("return getComputedStyle(document.body).backgroundColor"))
        assert "反向传播" in str(browser.js("return document.body.innerText"))
        browser.driver.switch_to.default_content()
    assert len(colours) == 2


def test_problems_stand_beside_the_card_they_are_about(browser: Browser) -> None:
    show(browser, written(problems=(PROBLEM,)))
    assert "a list of <three>" not in str(browser.js("return document.body.innerText"))
    items = [samples.at(item, Location("content/terms/x.yaml", 2)) for item in samples.ITEMS[:1]]
    show(browser, written(items, (PROBLEM,)))
    said = browser.driver.find_element("css selector", "#note .problem").text
    assert said == "warning: a list of <three> [L03] content/terms/x.yaml:3:5"
    assert browser.driver.find_element("css selector", ".row .problem").text == "warning"


def test_statistics_and_map_lead_to_the_notes_they_count(browser: Browser, previewed: str) -> None:
    show(browser, previewed)
    browser.js("document.querySelector('[data-tab=statistics]').click()")
    said = browser.driver.find_element("id", "statistics").text
    for title in ("Cumulative vocabulary", "Kinds", "HSK levels", "Chapters", "Topics", "Length"):
        assert title in said
    bar = [b for b in browser.driver.find_elements("css selector", ".bar") if "pair" in b.text]
    bar[0].click()
    wait(browser, lambda: browser.js(COUNT) == "1 of 4 notes, 3 cards")
    browser.js("choose(''); document.querySelector('[data-tab=map]').click()")
    browser.driver.find_element("css selector", "#map td button").click()
    wait(browser, lambda: "chapter:ai-research topic:autonomy" in browser.js("return state.query"))
    assert browser.js(COUNT) == "3 of 4 notes, 6 cards"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_itself_is_legible_and_fits(browser: Browser, scheme: str, width: int) -> None:
    browser.media(prefers_color_scheme=scheme)
    browser.size(width)
    show(browser, written(problems=(PROBLEM,)))
    for tab in ("cards", "statistics", "map"):
        browser.js("document.querySelector(`[data-tab=${arguments[0]}]`).click()", tab)
        contrasts = browser.js(CONTRASTS)
        assert contrasts
        assert [c for c in contrasts if c[2] < 4.5] == []
        assert browser.js("return document.documentElement.scrollWidth") <= width
    browser.js("choose('level<=x')")
    assert [c for c in browser.js(CONTRASTS) if c[2] < 4.5] == []


def test_hostile_text_stays_text_and_nothing_leaves_the_page(browser: Browser) -> None:
    show(browser, written(ITEMS))
    for place in range(8):
        browser.js("select(arguments[0])", place)
        wait(browser, lambda: browser.js(FRAMES) > 0)
    for tab in ("statistics", "map"):
        browser.js("document.querySelector(`[data-tab=${arguments[0]}]`).click()", tab)
    assert browser.js("return document.querySelectorAll('body script').length") == 2
    assert browser.complaints() == []


def test_a_card_in_its_frame_can_reach_neither_the_page_nor_another(
    browser: Browser, previewed: str
) -> None:
    show(browser, previewed)
    browser.driver.switch_to.frame(browser.driver.find_element("css selector", "iframe"))
    reached = browser.js("try { return parent.document.title } catch (error) { return error.name }")
    browser.driver.switch_to.default_content()
    assert reached == "SecurityError"
