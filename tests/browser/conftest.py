"""One headless Chromium for all tests, and the cards of the samples as pages for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from selenium import webdriver

from deckgen import cards, notes, rendering
from deckgen.notetypes import NoteType
from deckgen.recipe import Recipe, Theme
from tests import samples
from tests.browser.chromium import driver

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
RECIPES = {
    "default": Recipe("Everything", "…"),
    "taiwan": Recipe(
        "Everything", "…", theme=Theme("colourblind", "traditional", "bopomofo"), labels="zh"
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One side of one card, as a whole page; `name` tells which."""

    name: str
    page: str


@dataclass
class Browser:
    """A driver with what the tests ask of a page."""

    driver: webdriver.Chrome
    folder: Path

    def size(self, width: int, height: int = 800) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def media(self, **features: str) -> None:
        listed = [{"name": n.replace("_", "-"), "value": v} for n, v in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": listed})

    def scripts(self, *, on: bool) -> None:
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def show(self, page: str) -> None:
        path = self.folder / "page.html"
        path.write_text(page, encoding="utf-8", errors="surrogatepass")
        self.driver.get(path.as_uri())

    def js(self, script: str, *arguments: object) -> object:
        return self.driver.execute_script(script, *arguments)

    def complaints(self) -> list[str]:
        """What the console says, and every request that leaves the page."""
        said = [entry["message"] for entry in self.driver.get_log("browser")]
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if not url.startswith(("file:", "data:", "about:")):
                    said.append(url)
        return said


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    started = driver()
    yield Browser(started, tmp_path_factory.mktemp("pages"))
    started.quit()


@pytest.fixture(autouse=True)
def as_at_first(browser: Browser) -> Iterator[None]:
    yield
    browser.scripts(on=True)
    browser.media()
    browser.size(1280)
    browser.driver.get("about:blank")
    browser.complaints()


@cache
def note_types(recipe: Recipe) -> tuple[NoteType, ...]:
    loaded = cards.load([TEMPLATES], recipe)
    assert loaded.problems == ()
    return loaded.value


def sides(recipe: Recipe, items: object = samples.ITEMS, *, night: bool = False) -> Iterator[Shown]:
    """Give every side of every card of the items."""
    types = note_types(recipe)
    for note in notes.build(items, recipe, "test"):  # type: ignore[arg-type]
        type_ = next(t for t in types if t.key == note.notetype)
        fields = dict(zip(type_.field_names, note.fields, strict=True))
        for ord_ in note.cards:
            template = type_.templates[0 if type_.cloze else ord_]
            both = rendering.render(template.front, template.back, fields, ord=ord_)
            for name, side in zip(("front", "back"), both, strict=True):
                shown = f"{type_.key} {template.name} {ord_} {name}"
                yield Shown(shown, page(type_, side.html, ord_, night=night))


def page(type_: NoteType, body: str, ord_: int, *, night: bool) -> str:
    """Write the page as Anki's reviewer does."""
    classes = f"card card{ord_ + 1}" + (" nightMode night_mode" if night else "")
    html_class = ' class="night-mode"' if night else ""
    return (
        f"<!doctype html><html{html_class}><head><meta charset=utf-8><title>Card</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style>{type_.css}</style></head><body class="{classes}"><div id="qa">{body}</div>'
        "</body></html>"
    )


def sheet(recipe: Recipe, items: object = samples.ITEMS, *, night: bool = False) -> str:
    """Put every side of every card of the items on one page, which is quicker to look at."""
    pages = [side.page for side in sides(recipe, items, night=night)]
    head, end = pages[0].split('<div id="qa">')[0], "</div></body></html>"
    bodies = [one.split('<div id="qa">', 1)[1].removesuffix(end) for one in pages]
    return f'{head}<div id="qa">{"".join(bodies)}{end}'


CONTRASTS = (Path(__file__).parent / "contrasts.js").read_text(encoding="utf-8")
