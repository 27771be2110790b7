"""Take the pictures of the guide: every card type by day and night, and the preview page.

Writes `docs/images/*.png` with Debian's `chromium` and `chromedriver`: `make screenshots`.
"""

from __future__ import annotations

import html
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from selenium import webdriver

from deckgen import cards, notes, pipeline, previewing, rendering
from deckgen.notes import Note
from deckgen.notetypes import NoteType
from tests.browser.chromium import driver

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
RECIPE = "everything"
WIDTH = 420
PLAY = (
    '<a class="replay-button soundLink" href="#"><svg class="playImage" viewBox="0 0 64 64">'
    '<circle cx="32" cy="32" r="29"/><path d="M24 16 50 32 24 48Z"/></svg></a>'
)


def main() -> None:
    """Take all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    loaded = pipeline.load(ROOT, (RECIPE,))
    (recipe,) = loaded.recipes
    types = {t.key: t for t in cards.load(loaded.project.templates, recipe).value}
    items = pipeline.select(loaded, pipeline.annotated(loaded), recipe).value.items
    made = notes.build(items, recipe, loaded.project.namespace)
    browser = driver()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        for key, type_ in types.items():
            note = best(note for note in made if note.notetype == key)
            for ord_ in note.cards:
                template = type_.templates[0 if type_.cloze else ord_]
                path.write_text(sheet(type_, note, ord_), encoding="utf-8")
                browser.get(path.as_uri())
                shoot(browser, IMAGES / f"{key}-{template.name.lower()}.png")
                if type_.cloze:
                    break
        path.write_text(previewing.page(ROOT, RECIPE), encoding="utf-8")
        browser.get(path.as_uri())
        for tab in ("cards", "statistics", "map"):
            browser.execute_script(
                "document.querySelector(`[data-tab=${arguments[0]}]`).click()", tab
            )
            shoot(browser, IMAGES / f"preview-{tab}.png", (1200, 800))
    browser.quit()


def best(candidates: Iterator[Note]) -> Note:
    """Choose a note that shows the most: all of its cards, a caution, and short texts."""
    return min(candidates, key=lambda n: (-sum(map(bool, n.fields)), len("".join(n.fields)), n.key))


def sheet(type_: NoteType, note: Note, ord_: int) -> str:
    """Put both sides of a card on a page, by day and by night."""
    template = type_.templates[0 if type_.cloze else ord_]
    fields = dict(zip(type_.field_names, note.fields, strict=True))
    both = rendering.render(template.front, template.back, fields, ord=ord_)
    frames = []
    for mode in ("", " nightMode"):
        for side in both:
            shown = side.html
            for number in range(len(side.sounds)):
                shown = shown.replace(f"[anki:play:q:{number}]", PLAY)
                shown = shown.replace(f"[anki:play:a:{number}]", PLAY)
            page = f'<style>{type_.css}</style><body class="card{mode}">{shown}'
            frames.append(f'<iframe srcdoc="{html.escape("<!doctype html>" + page)}"></iframe>')
    style = (
        f"body{{margin:0;display:grid;grid-template-columns:repeat(4,{WIDTH}px);gap:12px;"
        "align-items:start;padding:12px;background:#dedad0;width:max-content}"
        f"iframe{{border:0;width:{WIDTH}px;border-radius:12px}}"
    )
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(frames)}"


def shoot(browser: webdriver.Chrome, path: Path, size: tuple[int, int] | None = None) -> None:
    """Save a picture of the page, as large as its cards where no size is given."""
    if size is None:
        height = browser.execute_script(
            """const frames = [...document.querySelectorAll("iframe")];
            const heights = frames.map((f) => f.contentDocument.body.scrollHeight);
            frames.forEach((f, i) => { f.style.height = `${heights[i]}px`; });
            return Math.max(...heights) + 24;"""
        )
        size = (4 * WIDTH + 5 * 12, height)
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    time.sleep(1)
    browser.save_screenshot(str(path))


if __name__ == "__main__":
    main()
