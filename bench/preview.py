"""Measure the preview page: its size, the time to its first card, and the time of a search.

`make bench-preview`, or `python bench/preview.py --notes 5000 --runs 5`. Notes are copies of the
sample items with ids and texts of their own; times are medians, in a headless Chromium that opens
the page from a file.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from deckgen import cards, notes, preview
from deckgen.annotation import Annotated, AnnotatedPair, AnnotatedTerm
from deckgen.recipe import Recipe
from deckgen.resources import bundled
from tests import samples
from tests.browser.chromium import driver

QUERIES = ("kind:term", "level<=6 -kind:claim", "backprop*", "算法", "topic:research or waymo 4999")
FIRST_CARD = """
const done = arguments[0];
(function look() {
  const frame = document.querySelector("iframe");
  if (frame && frame.style.height) done(performance.now());
  else requestAnimationFrame(look);
})();
"""
SEARCH = """
const done = arguments[1], start = performance.now();
choose(arguments[0]);
requestAnimationFrame(() => done([performance.now() - start, state.shown.length]));
"""


def items(count: int) -> Iterator[Annotated]:
    """Yield terms and pairs, each with an id and an English text of its own."""
    for number in range(count):
        if number % 2:
            pair = samples.PAIR.item
            changed = replace(pair, id=f"p{number}", en=f"{pair.en} {number}")
            yield AnnotatedPair(changed, samples.PAIR.origins, samples.SENTENCE, "HSK 6", ())
        else:
            term = replace(samples.TERM.item, id=f"t{number}", english=f"backpropagation {number}")
            yield replace(samples.TERM, item=term, examples=(samples.PAIR,) * 3)


def main() -> None:
    """Write the page, open it several times, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    recipe = Recipe("Preview", "…")
    types = cards.load([bundled("templates")], recipe).value
    made: list[Annotated] = list(items(options.notes))
    assert isinstance(made[0], AnnotatedTerm)
    built = notes.build(made, recipe, "bench")
    start = time.perf_counter()
    page = preview.page(recipe, made, built, types)
    print(f"{len(built):,} notes, {sum(len(n.cards) for n in built):,} cards")
    print(f"page written in {time.perf_counter() - start:.2f} s, {len(page.encode()) / 1e6:.1f} MB")
    browser = driver()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        opened = []
        for _ in range(options.runs):
            browser.get(path.as_uri())
            opened.append(browser.execute_async_script(FIRST_CARD))
        print(f"first card after {statistics.median(opened):.0f} ms")
        for query in QUERIES:
            taken = [browser.execute_async_script(SEARCH, query) for _ in range(options.runs)]
            milliseconds = statistics.median(t for t, _ in taken)
            print(f"search {query!r}: {milliseconds:.0f} ms, {taken[0][1]:,} notes")
    browser.quit()


if __name__ == "__main__":
    main()
