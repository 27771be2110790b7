"""One command from a document to a package: a project of drafts, made and built in passing."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deckgen import drafting, mining, pipeline, yamlfile
from deckgen.drafting import Drafted
from deckgen.files import write_atomically
from deckgen.mining import Progress, Translate
from deckgen.mining.latin import UNTRANSLATED
from deckgen.mining.talk import slug
from deckgen.pipeline import Report
from deckgen.problems import DeckgenError, failed
from deckgen.project import SETTINGS

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Made:
    """What was drafted and built on the way to a package."""

    drafted: Drafted
    report: Report
    path: Path


def make(
    file: Path,
    output: Path,
    *,
    english: Path | None = None,
    most: int = mining.MOST,
    translate: Translate | None = None,
    progress: Progress = pipeline.silent,
) -> Made:
    """Draft from a document, build everything that has both languages, and write `output`.

    The document's name is the namespace: making it again updates the same notes. Raises
    DeckgenError where the document is no transcript or holds nothing to learn.
    """
    name = slug(file.stem)
    with tempfile.TemporaryDirectory(prefix="deckgen-") as folder:
        root = Path(folder)
        drafted = drafting.draft(
            [file],
            root / "content" / name,
            english=english,
            most=most,
            translate=translate,
            progress=progress,
        )
        drafting.write(drafted)
        _write_project(root, name, drafted)
        documents = root / "documents"
        documents.mkdir()
        shutil.copyfile(file, documents / file.name)
        report = pipeline.build(root, sources=documents, progress=progress)
        if failed(report.problems) or not report.decks:
            wrong = next((p for p in report.problems if p.severity == "error"), "nothing was built")
            raise DeckgenError(f"{file}: error: no deck can be made of it: {wrong}")
        if not report.decks[0].deck.notes:
            raise DeckgenError(f"{file}: error: nothing in it can be learnt from cards")
        write_atomically(output, report.decks[0].path.read_bytes())
    return Made(drafted, report, output)


def _write_project(root: Path, name: str, drafted: Drafted) -> None:
    settings = {"schema": "1", "namespace": name}
    recipe = {
        "schema": "1",
        "title": drafted.mined.source.title.zh,
        "description": "Drafted from the document itself: terms, claims and sentences.",
        "drafts": "true",
        "filter": f"-topic:{UNTRANSLATED}",
    }
    write_atomically(root / SETTINGS, yamlfile.mapping(settings).encode())
    write_atomically(root / "decks" / f"{name}.yaml", yamlfile.mapping(recipe).encode())


def as_json(made: Made) -> dict[str, Any]:
    """Return what `deckgen make --format json` prints."""
    deck = made.report.decks[0].deck
    mined = made.drafted.mined
    drafted = drafting.as_json(made.drafted)
    return {
        "path": str(made.path),
        "notes": len(deck.notes),
        "cards": sum(len(note.cards) for note in deck.notes),
        "drafted": {
            "terms": len(mined.terms),
            "claims": len(mined.claims),
            "pairs": len(mined.pairs),
        },
        "untranslated": [t.key for t in mined.terms if UNTRANSLATED in t.topics],
        "left_out": drafted["left_out"],
        "variety": drafted["variety"],
    }


def summary(made: Made) -> list[str]:
    """Tell what was taken and left, and what to do next."""
    deck = made.report.decks[0].deck
    waiting = [term.hanzi for term in made.drafted.mined.terms if UNTRANSLATED in term.topics]
    lines = drafting.summary(made.drafted)
    if waiting:
        named = ", ".join(waiting[:_NAMED]) + ", …" * (len(waiting) > _NAMED)
        lines.append(f"Terms left out for want of a Chinese side: {len(waiting)} ({named}).")
    cards = sum(len(note.cards) for note in deck.notes)
    lines.append(f"{made.path}: {len(deck.notes)} notes, {cards} cards. Import it in Anki.")
    return lines
