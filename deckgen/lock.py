"""The lock file: what each deck held at its last build, and when each note last changed.

Anki updates a note on import only where the package's modification time is newer than the
collection's. So a note keeps its time for as long as its digest stays, and a build in which
nothing changed updates nothing in anybody's collection.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from deckgen import digests
from deckgen.files import write_atomically
from deckgen.notes import Note
from deckgen.notetypes import NoteType
from deckgen.problems import DeckgenError, Location, Problem

SCHEMA = 1
NAME = "deckgen.lock"


@dataclass(frozen=True, slots=True)
class LockedNote:
    """A note as last built: `fields` has four hexadecimal digits a field, `mod` is in seconds."""

    key: str
    digest: str
    fields: str
    mod: int
    gone: bool = False


@dataclass(frozen=True, slots=True)
class LockedType:
    """A note type as last built, with the ids of its fields and templates in their order."""

    name: str
    digest: str
    mod: int
    cloze: bool
    fields: tuple[int, ...]
    templates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LockedDeck:
    """One recipe's notes by guid and note types by id."""

    notes: Mapping[str, LockedNote] = field(default_factory=dict)
    types: Mapping[int, LockedType] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lock:
    """Every recipe's last build, by the recipe's name."""

    decks: Mapping[str, LockedDeck] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build does to a deck, as guids in the order of the notes."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    gone: tuple[str, ...]


def build_time() -> int:
    """Return the time to stamp changes with: SOURCE_DATE_EPOCH where it is set, else now."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return int(time.time())
    if not given.isdecimal():
        raise DeckgenError(f"SOURCE_DATE_EPOCH is {given!r}; set it to whole seconds or unset it")
    return int(given)


def read(path: Path) -> Lock:
    """Read the lock; a missing one is empty. Raises DeckgenError where it is damaged."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Lock()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, f"{type(error).__name__}: {error}") from None


def parse(written: str) -> Lock:
    """Read a lock's text; raises ValueError, KeyError or TypeError where it is damaged."""
    data = json.loads(written)
    if data["schema"] != SCHEMA:
        raise DeckgenError(f"the lock has the schema {data['schema']}: update deckgen")
    return Lock({name: _deck(deck) for name, deck in data["decks"].items()})


def _damaged(path: Path, why: str) -> DeckgenError:
    return DeckgenError(
        f"{path} can't be read ({why}): restore it from version control. Without it every note "
        "counts as new, and learners' own edits are overwritten at the next import"
    )


def _deck(data: dict[str, dict[str, list[Any]]]) -> LockedDeck:
    notes = {guid: LockedNote(*row) for guid, row in data["notes"].items()}
    types = {
        int(id): LockedType(name, digest, mod, cloze, tuple(fields), tuple(templates))
        for id, (name, digest, mod, cloze, fields, templates) in data["types"].items()
    }
    return LockedDeck(notes, types)


def write(path: Path, lock: Lock) -> None:
    """Write the lock, one line a note, in the order of guids, replacing the file as a whole."""
    write_atomically(path, text(lock).encode())


def text(lock: Lock) -> str:
    """Return the lock as it is written to its file."""

    def rows(pairs: Iterable[tuple[object, object]]) -> str:
        return ",\n".join(f"    {_json(str(key))}: {_json(row)}" for key, row in pairs)

    decks = []
    for name, deck in sorted(lock.decks.items()):
        types = rows(
            (id, [t.name, t.digest, t.mod, t.cloze, t.fields, t.templates])
            for id, t in sorted(deck.types.items())
        )
        notes = rows(
            (guid, [n.key, n.digest, n.fields, n.mod, *([True] if n.gone else [])])
            for guid, n in sorted(deck.notes.items())
        )
        body = f'   "types": {{\n{types}\n   }},\n   "notes": {{\n{notes}\n   }}'
        decks.append(f"  {_json(name)}: {{\n{body}\n  }}")
    inside = ",\n".join(decks)
    return f'{{\n "schema": {SCHEMA},\n "decks": {{\n{inside}\n }}\n}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def stamp(
    lock: Lock, recipe: str, notes: Iterable[Note], types: Iterable[NoteType], now: int
) -> tuple[LockedDeck, Changes]:
    """Give every note and note type its modification time.

    What has the digest of its last build, in this recipe or another, keeps that build's time;
    what changed gets `now`, or the second after its last time where that is later. A note that
    left the deck stays in the lock as gone, so that it returns with the time it had.
    """
    before = lock.decks.get(recipe, LockedDeck())
    others = [deck for name, deck in sorted(lock.decks.items()) if name != recipe]
    stamped: dict[str, LockedNote] = {}
    new, changed, unchanged = [], [], []
    for note in notes:
        digest, fields = note_digest(note), digests.each(note.fields)
        old = before.notes.get(note.guid)
        twins = [deck.notes[note.guid] for deck in others if note.guid in deck.notes]
        known = [*([old] if old else []), *twins]
        mod = _mod([(n.digest, n.mod) for n in known], digest, now)
        stamped[note.guid] = LockedNote(note.key, digest, fields, mod)
        if old is None or old.gone:
            new.append(note.guid)
        elif old.digest == digest:
            unchanged.append(note.guid)
        else:
            changed.append(note.guid)
    left = {guid: n for guid, n in before.notes.items() if guid not in stamped}
    gone = tuple(guid for guid, n in left.items() if not n.gone)
    stamped |= {guid: replace(n, gone=True) for guid, n in left.items()}
    locked = {t.id: _stamp_type(t, before, others, now) for t in types}
    return (
        LockedDeck(stamped, {**before.types, **locked}),
        Changes(tuple(new), tuple(changed), tuple(unchanged), gone),
    )


def _stamp_type(
    type_: NoteType, before: LockedDeck, others: list[LockedDeck], now: int
) -> LockedType:
    digest = type_digest(type_)
    known = [deck.types[type_.id] for deck in (before, *others) if type_.id in deck.types]
    return LockedType(
        type_.name,
        digest,
        _mod([(t.digest, t.mod) for t in known], digest, now),
        type_.cloze,
        tuple(id for _, id in type_.fields),
        tuple(t.id for t in type_.templates),
    )


def _mod(known: list[tuple[str, int]], digest: str, now: int) -> int:
    same = [mod for old, mod in known if old == digest]
    if same:
        return same[0]
    return max([now, *(mod + 1 for _, mod in known)])


def schema_problems(lock: Lock, types: Iterable[NoteType], shown: str) -> tuple[Problem, ...]:
    """Refuse what Anki would answer with conflicting notes or emptied cards.

    Fields and templates may be renamed, and spare ones put to use; adding, removing or moving
    one, or turning a note type into a cloze type, strands every note that a learner has.
    """
    problems = []
    for type_ in types:
        for name, deck in sorted(lock.decks.items()):
            old = deck.types.get(type_.id)
            if old is None:
                continue
            reason = _schema_change(old, type_)
            if reason:
                message = (
                    f'note type "{type_.name}" (recipe {name}): {reason}. Anki would call every '
                    "note already studied conflicting; rename a spare one instead"
                )
                problems.append(Problem(Location(shown), "error", "L26", message))
    return tuple(dict.fromkeys(problems))


def _schema_change(old: LockedType, new: NoteType) -> str | None:
    if old.cloze != new.cloze:
        return "a standard note type can't become a cloze one, nor the reverse"
    for what, before, after in (
        ("field", old.fields, tuple(id for _, id in new.fields)),
        ("template", old.templates, tuple(t.id for t in new.templates)),
    ):
        if before != after:
            verb = (
                "added"
                if len(after) > len(before)
                else "removed"
                if len(after) < len(before)
                else "moved or given another id"
            )
            return f"a {what} was {verb} since the last build"
    return None


def note_digest(note: Note) -> str:
    """Digest what an import would bring: note type, fields and tags."""
    return digests.digest([note.notetype, *note.fields, "\x1e", *sorted(note.tags)])


def type_digest(type_: NoteType) -> str:
    """Digest all of a note type that Anki shows."""
    parts = [type_.name, type_.css, str(type_.cloze)]
    parts += [f"{id}:{name}" for name, id in type_.fields]
    for template in type_.templates:
        parts += [str(template.id), template.name, template.front, template.back]
    return digests.digest(parts)
