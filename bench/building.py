"""A build's stages against the floor, and how they grow from 2,000 to 20,000 notes.

Run: python -m bench.building. The floor is writing the same rows with sqlite3's executemany and
zlib. Figures are CPU seconds of one process.
"""

from __future__ import annotations

import math
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from deckgen import cards, lock, notes, package, selection
from deckgen.annotation import Annotated
from deckgen.lock import Lock
from deckgen.notes import Note
from deckgen.ordering import order
from deckgen.recipe import Recipe
from deckgen.resources import bundled
from tests.items import pair, term

NOW = 1_700_000_000
SIZES = (2_000, 6_000, 20_000)
RECIPE = Recipe("Bench", "Many notes", name="bench")
FILTER = '(kind:term or length<30) -topic:none level<=9 or context:"*x*" or 词'


def items(count: int) -> list[Annotated]:
    words = [chr(0x4E00 + n % 5000) + chr(0x4E00 + n * 7 % 5000) for n in range(count // 2)]
    terms = [
        term(f"t{n}", word, f"一 种 {words[n // 2]}", "one", n) for n, word in enumerate(words)
    ]
    pairs = [
        pair(
            f"p{n}",
            " ".join(words[(n * k + k) % len(words)] for k in (1, 3, 7, 11, 13)),
            [one],
            seconds=n,
        )
        for n, one in enumerate(terms)
    ]
    return [*terms, *pairs]


def timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def floor(made: tuple[Note, ...], path: Path) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE n (guid, tags, flds)")
        connection.execute("CREATE TABLE c (guid, ord, due)")
        rows = ((n.guid, " ".join(n.tags), "\x1f".join(n.fields)) for n in made)
        connection.executemany("INSERT INTO n VALUES (?,?,?)", rows)
        ords = ((n.guid, o, n.position) for n in made for o in n.cards)
        connection.executemany("INSERT INTO c VALUES (?,?,?)", ords)
        data = connection.serialize()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("x", data)


def measured(size: int, path: Path) -> tuple[float, ...]:
    """Return the seconds for filter, order, notes, lock, package and floor."""
    many, wanted = items(size), selection.parse(FILTER)
    types = cards.load([bundled("templates")], RECIPE).value
    made = notes.build(many, RECIPE, "bench")
    deck, _ = lock.stamp(Lock(), "bench", made, types, NOW)
    return (
        timed(lambda: [i for i in many if wanted.holds(selection.subject(i, ()))]),
        timed(lambda: order(many, "chapter")),
        timed(lambda: notes.build(many, RECIPE, "bench")),
        timed(lambda: lock.stamp(Lock(), "bench", made, types, NOW)),
        timed(lambda: package.write(path, made, types, deck, "Many notes")),
        timed(lambda: floor(made, path)),
    )


def main() -> None:
    names = ("filter", "order", "notes", "lock", "package", "floor", "ratio")
    print(f"{'notes':>7}" + "".join(f"{name:>9}" for name in names))
    spent = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            figures = measured(size, Path(folder) / "x.apkg")
            shown = "".join(f"{x:9.2f}" for x in (*figures, figures[4] / figures[5]))
            print(f"{size:7,}{shown}")
            spent[size] = figures[0] + figures[1]
    small, large = SIZES[0], SIZES[-1]
    allowed = (large * math.log(large)) / (small * math.log(small))
    grown = spent[large] / spent[small]
    print(f"\nfilter and order grew {grown:.1f}-fold; n log n would be {allowed:.1f}-fold")


if __name__ == "__main__":
    main()
