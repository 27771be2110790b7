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
DOCS = Path(__file__).parent.parent / "docs" / "linting.md"
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
    name = "".join(filter(str.isalpha, given["id"]))
    said = Text2(f"{name} 成立。", f"On {name}.")
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


def table(scores: dict[str, Score]) -> str:
    """Return the figures as a table in Markdown, the sums of each level at its end."""
    rows = ["| check | level | cards | precision | recall |", "|---|---|---|---|---|"]
    for check in CHECKS:
        score = scores[check.id]
        if score.hits + score.missed or score.false:
            rows.append(_row(f"{check.id} {check.title}", check.level, score))
    for level in ("error", "warning", "info"):
        of = [scores[check.id] for check in CHECKS if check.level == level]
        hits, false, missed = (sum(getattr(s, n) for s in of) for n in ("hits", "false", "missed"))
        rows.append(_row("all", level, Score(hits, false, missed)))
    return "\n".join(rows) + "\n"


def _row(name: str, level: str, score: Score) -> str:
    figures = f"{score.hits + score.missed} | {score.precision:.2f} | {score.recall:.2f}"
    return f"| {name} | {level} | {figures} |"


def short_of_goals(scores: dict[str, Score]) -> list[str]:
    """List the checks that miss the goal of their level."""
    return [
        check.id
        for check in CHECKS
        if scores[check.id].precision < GOALS[check.level][0]
        or scores[check.id].recall < GOALS[check.level][1]
    ]


def documented(text: str, scores: dict[str, Score]) -> str:
    """Return docs/linting.md with its table of checks and its table of figures made anew."""
    checks = ["| check | asks | level | after | thresholds |", "|---|---|---|---|---|"]
    for check in CHECKS:
        limits = ", ".join(f"{name} {value:g}" for name, value in check.limits)
        title = f"{check.id} {check.title}"
        checks.append(f"| {title} | {check.why} | {check.level} | {check.source} | {limits} |")
    for name, made in (("checks", "\n".join(checks) + "\n"), ("accuracy", table(scores))):
        start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = text.partition(start)
        text = before + start + made + end + rest.partition(end)[2]
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="show every wrong verdict")
    parser.add_argument("--write", action="store_true", help="bring docs/linting.md up to date")
    options = parser.parse_args()
    scores = measure(options.verbose)
    print(table(scores), end="")
    if options.write:
        DOCS.write_text(documented(DOCS.read_text("utf-8"), scores), "utf-8")
    if short := short_of_goals(scores):
        sys.exit(f"short of the goals: {', '.join(short)}")


if __name__ == "__main__":
    main()
