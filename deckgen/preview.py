"""One self-contained page that shows every card of a deck as Anki will, with plots and a map."""

from __future__ import annotations

import base64
import html
import json
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from deckgen import rendering, selection
from deckgen.annotation import Annotated, AnnotatedClaim, AnnotatedTerm
from deckgen.notes import Note
from deckgen.notetypes import NoteType
from deckgen.problems import Problem
from deckgen.recipe import Recipe
from deckgen.rendering import Conditional, Replacement
from deckgen.resources import bundled

_CHUNK = 50
_SCRIPTS = ("render.js", "filter.js", "preview.js")


def page(
    recipe: Recipe,
    items: Sequence[Annotated],
    notes: Sequence[Note],
    types: Iterable[NoteType],
    problems: Sequence[Problem] = (),
    known: frozenset[str] = frozenset(),
    stamp: int | None = None,
) -> str:
    """Write the page for notes that were made of `items`; `known` are the learner's words.

    A page with a `stamp` asks the server that it came from for the current one, and reloads when
    that differs.
    """
    data = {
        "types": {type_.key: _type(type_) for type_ in types},
        "notes": _notes(items, notes, problems, known),
        "chunks": _chunks(notes),
        "size": _CHUNK,
        "names": {"values": selection.VALUES, "numbers": selection.NUMBERS},
        "chapters": _chapters(items, recipe),
        "stamp": stamp,
    }
    return _filled(recipe.title, data)


def _filled(title: str, data: Mapping[str, Any]) -> str:
    folder = bundled("templates") / "preview"
    script = "\n".join((folder / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    parts = {
        "TITLE": html.escape(title),
        "CSS": (folder / "preview.css").read_text(encoding="utf-8"),
        "DATA": json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        "SCRIPT": script,
    }
    frame = (folder / "page.html").read_text(encoding="utf-8")
    return re.sub("%([A-Z]+)%", lambda match: parts[match[1]], frame)


def _type(type_: NoteType) -> dict[str, Any]:
    return {
        "name": type_.name,
        "fields": type_.field_names,
        "cloze": type_.cloze,
        "css": type_.css,
        "templates": [
            {
                "name": template.name,
                "front": _tree(rendering.parse(template.front)),
                "back": _tree(rendering.parse(template.back)),
            }
            for template in type_.templates
        ],
    }


def _tree(nodes: Sequence[rendering.Node]) -> list[Any]:
    return [_branch(node) for node in nodes]


def _branch(node: rendering.Node) -> Any:
    if isinstance(node, Replacement):
        return {"field": node.field, "filters": node.filters}
    if isinstance(node, Conditional):
        return {"when": node.field, "negated": node.negated, "children": _tree(node.children)}
    return node


def _notes(
    items: Sequence[Annotated],
    notes: Sequence[Note],
    problems: Sequence[Problem],
    known: frozenset[str],
) -> list[dict[str, Any]]:
    by_key = {item.item.key: item for item in items}
    subjects = {key: asdict(selection.subject(item, known)) for key, item in by_key.items()}
    numbers: dict[str, int] = {}
    words = {
        key: [numbers.setdefault(word, len(numbers)) for word in selection.words(item)]
        for key, item in by_key.items()
    }
    found = _by_item(items, problems)
    return [
        {
            "guid": note.guid,
            "key": note.key,
            "type": note.notetype,
            "deck": note.deck,
            "cards": note.cards,
            "tags": note.tags,
            **_title(by_key[note.key], note),
            "problems": found.get(note.key, []),
            "subject": subjects[note.key],
            "words": words[note.key],
        }
        for note in notes
    ]


def _title(item: Annotated, note: Note) -> dict[str, str]:
    if isinstance(item, AnnotatedTerm):
        return {"title": item.item.hanzi, "english": item.item.english}
    if isinstance(item, AnnotatedClaim):
        if note.notetype == "cloze":
            return {"title": item.item.statement.zh, "english": item.item.statement.en}
        return {"title": item.item.question.zh, "english": item.item.question.en}
    return {"title": item.item.zh, "english": item.item.en}


def _by_item(
    items: Sequence[Annotated], problems: Sequence[Problem]
) -> dict[str, list[dict[str, str]]]:
    """Give each problem to the item in whose lines it stands."""
    starts: dict[str, list[tuple[int, str]]] = {}
    for item in items:
        place = item.item.location
        starts.setdefault(place.path, []).append((place.line, item.item.key))
    found: dict[str, list[dict[str, str]]] = {}
    for problem in problems:
        lines = sorted(starts.get(problem.location.path, []))
        at = bisect_right(lines, (problem.location.line, "\uffff")) - 1
        if at >= 0:
            found.setdefault(lines[at][1], []).append(
                {
                    "severity": problem.severity,
                    "code": problem.code,
                    "message": problem.message,
                    "place": str(problem.location),
                }
            )
    return found


def _chunks(notes: Sequence[Note]) -> list[str]:
    """Deflate the notes' fields, some notes at a time, as base64."""
    chunks = []
    for start in range(0, len(notes), _CHUNK):
        fields = [note.fields for note in notes[start : start + _CHUNK]]
        packed = zlib.compress(json.dumps(fields, ensure_ascii=False).encode(), 6)
        chunks.append(base64.b64encode(packed).decode())
    return chunks


def _chapters(items: Sequence[Annotated], recipe: Recipe) -> list[dict[str, str]]:
    """List the chapters of every source met, in their order."""
    sources = {o.source.id: o.source for item in items for o in item.origins}
    return [
        {"id": chapter.id, "title": getattr(chapter.title, recipe.labels)}
        for source in sources.values()
        for chapter in source.chapters
    ]


def failure(message: str, stamp: int) -> str:
    """Write the page that stands in for one that can't be made, until the files change."""
    return (
        '<!doctype html><meta charset="utf-8"><title>deckgen</title>'
        f"<pre>{html.escape(message)}</pre><script>setInterval(() => fetch('stamp')"
        f".then(a => a.text()).then(s => s === '{stamp}' || location.reload()), 1000)</script>"
    )
