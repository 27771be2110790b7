"""A full build against the floor, and how filter, order and rebuild grow from 2,000 to 20,000 notes.

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
from deckgen.lock import Lock, LockedDeck
from deckgen.notes import Note
from deckgen.ordering import order
from deckgen.recipe import Recipe
from deckgen.resources import bundled
from tests.items import pair, term

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


def main() -> None:
    types = cards.load([bundled("templates")], RECIPE).value
    print(
        f"{'notes':>7}{'filter':>9}{'order':>9}{'notes':>9}{'lock':>9}{'package':>9}{'floor':>9}{'ratio':>8}"
    )
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.apkg"
        for size in SIZES:
            many = items(size)
            wanted = selection.parse(FILTER)
            filtering = timed(lambda: [i for i in many if wanted.holds(selection.subject(i, ()))])
            ordering = timed(lambda: order(many, "chapter"))
            made: tuple[Note, ...] = ()
            deck = LockedDeck()

            def make() -> None:
                nonlocal made
                made = notes.build(many, RECIPE, "bench")

            def stamp() -> None:
                nonlocal deck
                deck, _ = lock.stamp(Lock(), "bench", made, types, 1_700_000_000)

            making, locking = timed(make), timed(stamp)
            packing = timed(lambda: package.write(path, made, types, deck, "Many notes"))
            least = timed(lambda: floor(made, path))
            rows.append((size, filtering + ordering))
            figures = "".join(
                f"{x:9.2f}" for x in (filtering, ordering, making, locking, packing, least)
            )
            print(f"{size:7,}{figures}{packing / least:8.2f}")
    (small, a), (large, b) = rows[0], rows[-1]
    allowed = (large * math.log(large)) / (small * math.log(small))
    print(f"\nfilter and order grew {b / a:.1f}-fold; n log n would be {allowed:.1f}-fold")


if __name__ == "__main__":
    main()
