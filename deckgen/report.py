"""What a recipe covers, chapter by chapter, and how its order spares the learner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deckgen import pipeline
from deckgen.annotation import Annotated, AnnotatedPair
from deckgen.content import Source, clock
from deckgen.ordering import Order, in_transcript_order
from deckgen.problems import Problem

KINDS = ("term", "claim", "pair")


@dataclass(frozen=True, slots=True)
class Covered:
    """How many items of each kind teach one chapter, or one section of it (by its start)."""

    title: str
    start: int | None
    counts: dict[str, int]
    is_section: bool


@dataclass(frozen=True, slots=True)
class Burden:
    """New words that sentences bring at their place: the mean, and the share with one at most."""

    sentences: int
    mean: float
    light: float


@dataclass(frozen=True, slots=True)
class Report:
    """A recipe's coverage by source and its burden, in learning order and as the recording goes."""

    recipe: str
    sources: tuple[tuple[str, tuple[Covered, ...]], ...]
    topics: dict[str, dict[str, int]]
    learning: Burden
    transcript: Burden
    problems: tuple[Problem, ...]


def report(root: Path, name: str) -> Report:
    """Report on a recipe; raises DeckgenError where there is none of that name."""
    loaded = pipeline.load(root, [name])
    one = loaded.recipes[0]
    known = pipeline.known_words(loaded, one)
    chosen = pipeline.select(loaded, pipeline.annotated(loaded), one)
    items = chosen.value.items
    return Report(
        name,
        tuple((s.title.en, tuple(_coverage(s, items))) for s in loaded.content.sources),
        _topics(items),
        _burden(chosen.value),
        _burden(in_transcript_order(items, known)),
        (*loaded.problems, *chosen.problems),
    )


def _coverage(source: Source, items: Sequence[Annotated]) -> Iterator[Covered]:
    places = [
        (origin.chapter.id, origin.section.start if origin.section else None, item.item.kind)
        for item in items
        if (origin := item.origins[0]).source.id == source.id and origin.chapter
    ]

    def count(matches: Callable[[str, int | None], bool]) -> dict[str, int]:
        kinds: list[str] = [kind for chapter, at, kind in places if matches(chapter, at)]
        found = Counter(kinds)
        return {kind: found[kind] for kind in KINDS}

    for part in source.chapters:
        own = count(lambda chapter, section, part=part: chapter == part.id)  # type: ignore[misc]
        yield Covered(part.title.en, part.start, own, is_section=False)
        for section in part.sections:
            inside = count(
                lambda chapter, start, part=part, section=section: (  # type: ignore[misc]
                    (chapter, start) == (part.id, section.start)
                )
            )
            yield Covered(section.title.en, section.start, inside, is_section=True)


def _topics(items: Sequence[Annotated]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for item in items:
        for topic in item.item.topics:
            found.setdefault(topic, Counter())[item.item.kind] += 1
    return {topic: {kind: found[topic][kind] for kind in KINDS} for topic in sorted(found)}


def _burden(ordered: Order) -> Burden:
    counts = [
        unknown
        for item, unknown in zip(ordered.items, ordered.unknown, strict=True)
        if isinstance(item, AnnotatedPair)
    ]
    if not counts:
        return Burden(0, 0.0, 0.0)
    light = sum(count <= 1 for count in counts)
    return Burden(len(counts), sum(counts) / len(counts), light / len(counts))


def as_markdown(made: Report) -> Iterator[str]:
    """Write a report as Markdown."""
    for title, rows in made.sources:
        yield f"## {title}\n"
        yield "| Time | Chapter | Terms | Claims | Sentences |\n|---:|---|---:|---:|---:|"
        for row in rows:
            name = f"– {row.title}" if row.is_section else f"**{row.title}**"
            counts = " | ".join(str(row.counts[kind]) for kind in KINDS)
            start = "" if row.start is None else clock(row.start)
            yield f"| {start} | {name} | {counts} |"
        total = [sum(r.counts[kind] for r in rows if not r.is_section) for kind in KINDS]
        yield f"| | **Together** | {' | '.join(map(str, total))} |\n"
    yield "## Topics\n\n| Topic | Terms | Claims | Sentences |\n|---|---:|---:|---:|"
    for topic, counts_of in made.topics.items():
        yield f"| {topic} | {' | '.join(str(counts_of[kind]) for kind in KINDS)} |"
    yield "\n## New words in each sentence at its place\n"
    yield "| Order | Sentences | Mean | One at most |\n|---|---:|---:|---:|"
    for name, burden in (("learning", made.learning), ("transcript", made.transcript)):
        yield f"| {name} | {burden.sentences} | {burden.mean:.2f} | {burden.light:.0%} |"


def as_json(made: Report) -> dict[str, Any]:
    """Return a report for other programs."""
    return {
        "recipe": made.recipe,
        "sources": [
            {
                "title": title,
                "chapters": [
                    {"title": r.title, "start": r.start, "section": r.is_section, **r.counts}
                    for r in rows
                ],
            }
            for title, rows in made.sources
        ],
        "topics": made.topics,
        "unknown": {
            name: {"sentences": b.sentences, "mean": b.mean, "light": b.light}
            for name, b in (("learning", made.learning), ("transcript", made.transcript))
        },
    }
