"""Measure the linter on the labelled cards of `tests/cases/lint`: `make lint-accuracy`.

Each file is one deck on one field; every card names the checks that a careful reader would raise.
Precision and recall count cards, a check at a time; what a card leaves out (who says it, where, an
example for a term) is filled in so that it gives no finding.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from deckgen.content import Claim, Content, Evidence, Item, Pair, Person, Source, Term, Text2
from deckgen.linting import lint
from deckgen.linting.table import CHECKS
from deckgen.problems import Location

CASES = Path(__file__).parent.parent / "tests" / "cases" / "lint"
GOALS = {"error": (0.95, 0.90), "warning": (0.90, 0.80), "info": (0.0, 0.0)}


@dataclass(frozen=True)
class Labelled:
    """One card with the checks that it should raise."""

    file: str
    item: Item
    expected: frozenset[str]


@dataclass(frozen=True)
class Score:
    """How often a check was right, wrong and silent where it should not be."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0


def read(path: Path) -> Iterator[tuple[Labelled, bool]]:
    """Yield each card of a file, and whether it is to have an example sentence."""
    lines = path.read_text("utf-8").splitlines()
    places = [n for n, line in enumerate(lines, 1) if line.startswith("  - ")]
    cards = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["cards"]
    for card, line in zip(cards, places, strict=True):
        kind = next(k for k in ("term", "claim", "pair") if k in card)
        expected = frozenset(card.pop("expect", ()))
        example = card.pop("example", "") != "none"
        item = _item(kind, card, Location(path.name, line))
        yield Labelled(path.name, item, expected), example


def _item(kind: str, card: dict[str, Any], location: Location) -> Item:
    given = {k: Text2(**v) if k in _BOTH else v for k, v in card.items()}
    given["id"] = given.pop(kind)
    where: dict[str, Any] = {"source": "talk", "speaker": "guest", "time": 60, "keywords": ("k",)}
    where |= {k: None if v in ("null", "") else v for k, v in given.pop("evidence", {}).items()}
    given |= {"evidence": (Evidence(**where),), "location": location}
    if kind == "term":
        return Term(**given)
    if kind == "pair":
        given["terms"] = tuple(given.get("terms", ()))
        return Pair(**{"speaker": "guest", **given})
    said = Text2("讲者陈述了一个事实。", "The speaker stated a fact.")
    claim = {"speaker": "guest", "statement": said, "stance": "fact", "as_of": "2024-09"}
    return Claim(**{**claim, **given})


_BOTH = ("statement", "question", "answer", "cloze", "definition", "context", "caution")


def deck(path: Path) -> tuple[Content, list[Labelled]]:
    """Read a file as content, with a sentence for each term that has none."""
    cards = list(read(path))
    items = [labelled.item for labelled, _ in cards]
    shown = {term for item in items if isinstance(item, Pair) for term in item.terms}
    examples = [
        Pair(
            f"example-{n}",
            f"老师在黑板上写下了{item.hanzi}。",
            f"The teacher wrote {item.english} on the board.",
            (Evidence("talk", speaker="guest", time=60, keywords=("k",)),),
            terms=(item.id,),
            speaker="guest",
        )
        for n, (item, (_, wanted)) in enumerate(zip(items, cards, strict=True))
        if isinstance(item, Term) and wanted and item.id not in shown
    ]
    guest = Person("guest", Text2("嘉宾", "Guest"))
    source = Source("talk", Text2("访谈", "Talk"), "Talk", "en", "2024-09-05", (guest,), ())
    content = Content(
        (source,),
        tuple(i for i in items if isinstance(i, Term)),
        tuple(i for i in items if isinstance(i, Claim)),
        tuple([i for i in items if isinstance(i, Pair)] + examples),
    )
    return content, [labelled for labelled, _ in cards]


def measure(verbose: bool = False) -> dict[str, Score]:
    """Lint every file and count by check."""
    hits: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for path in sorted(CASES.glob("*.yaml")):
        content, cards = deck(path)
        found: dict[Location, dict[str, str]] = {}
        for problem in lint(content):
            found.setdefault(problem.location, {})[problem.code] = problem.message
        for card in cards:
            raised = found.get(card.item.location, {})
            hits.update(raised.keys() & card.expected)
            false.update(raised.keys() - card.expected)
            missed.update(card.expected - raised.keys())
            if verbose:
                for code in sorted(raised.keys() - card.expected):
                    print(f"false   {code} {card.file}: {raised[code]}")
                for code in sorted(card.expected - raised.keys()):
                    print(f"missed  {code} {card.file}: {dataclasses.astuple(card.item)[:6]}")
    codes = [check.id for check in CHECKS]
    return {code: Score(hits[code], false[code], missed[code]) for code in codes}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="show every wrong verdict")
    scores = measure(parser.parse_args().verbose)
    print("| check | level | cards | precision | recall |\n|---|---|---|---|---|")
    short = False
    for check in CHECKS:
        score = scores[check.id]
        labelled = score.hits + score.missed
        if labelled or score.false:
            print(
                f"| {check.id} {check.title} | {check.level} | {labelled} | "
                f"{score.precision:.2f} | {score.recall:.2f} |"
            )
        goal = GOALS[check.level]
        short |= score.precision < goal[0] or score.recall < goal[1]
    for level in ("error", "warning", "info"):
        of = [scores[check.id] for check in CHECKS if check.level == level]
        total = Score(*(sum(getattr(s, n) for s in of) for n in ("hits", "false", "missed")))
        labelled = total.hits + total.missed
        print(f"| all | {level} | {labelled} | {total.precision:.2f} | {total.recall:.2f} |")
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
