"""Disagreements of two documents, and how they are written down: text, JSON, a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from deckgen import pages

Kind = Literal["number", "speaker", "polarity", "name", "missing"]


@dataclass(frozen=True, slots=True)
class Passage:
    """What one document says at a place; empty where it says nothing."""

    text: str
    speaker: str | None = None
    chapter: str | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where two documents differ: `detail` says in what, `score` 0…1 how harmful it is.

    `confidence` says how sure it is that both passages belong together and differ so, 0…1; the
    score is the harm of such a difference weighed by it. `names` are those that only one has,
    `words` the clauses or sentences in which they differ, of either document.
    """

    kind: Kind
    a: Passage
    b: Passage
    score: float
    detail: str
    confidence: float = 1.0
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All disagreements of two documents, the most harmful first.

    `complaint` says why the documents were not compared, where they were not.
    """

    disagreements: tuple[Disagreement, ...]
    complaint: str | None = None


def as_json(found: Comparison) -> dict[str, Any]:
    """Return what `deckgen compare --format json` prints."""
    return {
        "disagreements": [
            {
                "kind": item.kind,
                "a": _passage_json(item.a),
                "b": _passage_json(item.b),
                "score": round(item.score, 3),
                "confidence": round(item.confidence, 3),
                "detail": item.detail,
            }
            for item in found.disagreements
        ]
    }


def as_text(found: Comparison) -> str:
    """Return the disagreements for reading in a terminal."""
    lines = []
    for item in found.disagreements:
        lines.append(
            f"{item.score:4.0%} {item.kind}: {item.detail} (confidence {item.confidence:.0%})"
        )
        for name, passage in (("A", item.a), ("B", item.b)):
            where = ", ".join(part for part in (passage.chapter, passage.speaker) if part)
            lines.append(f"  {name} {f'[{where}] ' if where else ''}{passage.text or '–'}")
    if not lines and not found.complaint:
        lines = ["no disagreement found"]
    return "".join(f"{line}\n" for line in lines)


def written(found: Comparison, form: str, names: tuple[str, str]) -> str:
    """Return the disagreements of two named documents in one of the formats json, html and text."""
    if form == "json":
        return json.dumps(as_json(found), ensure_ascii=False) + "\n"
    if form == "html":
        return pages.render("compare.html.j2", found=found, names=names)
    return as_text(found)


def _passage_json(passage: Passage) -> dict[str, str | None]:
    return {"chapter": passage.chapter, "speaker": passage.speaker, "text": passage.text}
