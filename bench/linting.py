"""Show how the linter's time grows with the deck: from 2,000 items to 20,000.

`python -m bench.linting` prints seconds, and the ratio to n log n from one row to the next: 1 means
that time grows exactly so, less that it grows more slowly.
"""

from __future__ import annotations

import argparse
import math
import random
import time

from deckgen.content import Claim, Content, Evidence, Pair, Term, Text2
from deckgen.linting import CHECKS, lint
from deckgen.linting.model import Deck, texts

_HAN = [
    bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xC0) for cell in range(0xA1, 0xFF)
]
_SYLLABLES = "ba co den fi gul ha jor ki lam me nos pri qua ro su tel ur vi wes yon zar".split()


def made(size: int) -> Content:
    """Make content of many random words, a tenth of it nearly alike to the item before."""
    draw = random.Random(size)
    said = (Evidence("talk", speaker="guest", time=1, keywords=("k",)),)
    terms, claims, pairs = [], [], []
    zh, en = _zh(draw, 14), _en(draw, 9)
    for n in range(size // 3):
        hanzi, english = _zh(draw, draw.randint(2, 5)), _en(draw, 2)
        if draw.random() >= 0.1:
            zh, en = _zh(draw, 14), _en(draw, 9)
        definition = Text2(_zh(draw, 16), _en(draw, 10))
        terms.append(Term(f"t{n}", hanzi, english, definition, said))
        question = Text2(f"为什么{zh}{n % 10}？", f"Why {en} {n % 10}?")
        answer = Text2(_zh(draw, 6), _en(draw, 4))
        statement = Text2(_zh(draw, 15), _en(draw, 9))
        claims.append(Claim(f"c{n}", "guest", statement, question, answer, "fact", "2024", said))
        sentence = f"{zh}{hanzi}。", f"{en} {english}."
        pairs.append(Pair(f"p{n}", *sentence, said, (f"t{n}",), "guest"))
    return Content((), tuple(terms), tuple(claims), tuple(pairs))


def _zh(draw: random.Random, length: int) -> str:
    return "".join(draw.choices(_HAN, k=length))


def _en(draw: random.Random, length: int) -> str:
    return " ".join("".join(draw.choices(_SYLLABLES, k=draw.randint(2, 3))) for _ in range(length))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checks", action="store_true", help="show the slowest checks")
    by_check = parser.parse_args().checks
    before: tuple[int, float] | None = None
    print("| items | findings | seconds | items a second | growth against n log n |")
    print("|---|---|---|---|---|")
    for size in (2_000, 5_000, 10_000, 20_000):
        content = made(size)
        started = time.process_time()
        found = len(lint(content))
        spent = time.process_time() - started
        growth = ""
        if before:
            expected = (size * math.log(size)) / (before[0] * math.log(before[0]))
            growth = f"{spent / before[1] / expected:.2f}"
        count = len(content.items)
        print(
            f"| {count:,} | {found:,} | {spent:.2f} | {count / spent:,.0f} | {growth} |", flush=True
        )
        before = (size, spent)
        if by_check:
            _by_check(content)


def _by_check(content: Content) -> None:
    items = content.items
    deck = Deck(content, items, tuple(text for item in items for text in texts(item)), (), {})
    for check in CHECKS:
        started = time.process_time()
        count = sum(1 for _ in check.run(deck, dict(check.limits)))
        print(f"    {check.id} {time.process_time() - started:6.2f} s  {count} findings")


if __name__ == "__main__":
    main()
