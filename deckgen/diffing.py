"""What an import would do to a deck that is being studied: new, changed, unchanged, gone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deckgen import digests, lock, package
from deckgen.lock import LockedDeck
from deckgen.notes import Note
from deckgen.notetypes import SHIPPED, NoteType
from deckgen.package import Packed
from deckgen.problems import DeckgenError

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Version:
    """A note in one state: its item's id, time of change, and fields by name in their order.

    A lock knows no `fields` and no tags, only four hexadecimal `digests` a field.
    """

    key: str
    mod: int
    digests: str
    fields: Mapping[str, str] | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedNote:
    """A note whose content differs: old and new value by field, None where it isn't known.

    `overwrites` names the fields in which an import would undo the learner's own edit.
    """

    key: str
    fields: Mapping[str, tuple[str | None, str | None]]
    overwrites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two states of a deck compared, as ids; `search` finds in Anki's browser what is gone."""

    new: tuple[str, ...]
    changed: tuple[ChangedNote, ...]
    unchanged: int
    gone: tuple[str, ...]
    search: str


def load(path: Path) -> dict[str, Version]:
    """Read the notes of a package, a collection (`.anki2`) or a lock, by guid.

    Of a collection or a foreign package only what deckgen made counts. Raises DeckgenError.
    """
    if path.suffix == ".lock":
        if not path.is_file():
            raise DeckgenError(f"{path} does not exist")
        decks = lock.read(path).decks.values()
        return {guid: version for deck in decks for guid, version in _locked(deck).items()}
    return versions(package.read_any(path))


def _locked(deck: LockedDeck) -> dict[str, Version]:
    return {
        guid: Version(note.key, note.mod, note.fields)
        for guid, note in deck.notes.items()
        if not note.gone
    }


def planned(
    earlier: Path, before: LockedDeck, notes: Sequence[Note], types: Sequence[NoteType]
) -> Difference:
    """Compare a deck that is not yet written with its earlier package, or else with its lock."""
    names = {type_.key: type_.field_names for type_ in types}
    new = {
        note.guid: Version(
            note.key,
            0,
            digests.each(note.fields),
            dict(zip(names[note.notetype], note.fields, strict=True)),
            note.tags,
        )
        for note in notes
    }
    return compare(load(earlier) if earlier.is_file() else _locked(before), new)


def versions(packed: Packed) -> dict[str, Version]:
    """Return the notes that deckgen made, by guid."""
    names = {type_.id: type_.fields for type_ in packed.types}
    found = {}
    for note in packed.notes:
        fields = dict(zip(names[note.notetype], note.fields, strict=False))
        if fields.get("ID") and SHIPPED in fields:
            found[note.guid] = Version(
                fields["ID"], note.mod, digests.each(note.fields), fields, note.tags
            )
    return found


def compare(old: Mapping[str, Version], new: Mapping[str, Version]) -> Difference:
    """Compare two states by guid; ids come sorted."""
    changed, unchanged = [], 0
    for guid in sorted(old.keys() & new.keys(), key=lambda g: (new[g].key, g)):
        note = _changed(old[guid], new[guid])
        if note is None:
            unchanged += 1
        else:
            changed.append(note)
    gone = _keys(old, new)
    return Difference(_keys(new, old), tuple(changed), unchanged, gone, search(gone))


def _keys(these: Mapping[str, Version], those: Mapping[str, Version]) -> tuple[str, ...]:
    return tuple(sorted({these[guid].key for guid in these.keys() - those.keys()}))


def _changed(old: Version, new: Version) -> ChangedNote | None:
    """Return what differs, but for the learner's own edits of a note that has not changed."""
    if old.fields is None or new.fields is None:
        if old.digests == new.digests:
            return None
    elif old.fields[SHIPPED] == new.fields[SHIPPED] and (
        old.tags == new.tags or new.mod <= old.mod
    ):
        return None
    names = list(new.fields or old.fields or {}) or [
        f"field {n}" for n in range(1, len(new.digests) // 4 + 1)
    ]
    before, after = old.fields or {}, new.fields or {}
    fields: dict[str, tuple[str | None, str | None]] = {
        name: (before.get(name), after.get(name))
        for n, name in enumerate(names)
        if _digest(old, n) != _digest(new, n) and name != SHIPPED
    }
    edited = [n for n in _edited(old) if n in fields] if new.mod > old.mod else []
    if before and after and set(new.tags) != set(old.tags):
        fields["tags"] = (" ".join(old.tags), " ".join(new.tags))
    return ChangedNote(new.key, fields, tuple(edited)) if fields else None


def _digest(version: Version, index: int) -> str:
    return version.digests[4 * index : 4 * index + 4]


def _edited(version: Version) -> Sequence[str]:
    """Name the fields whose value is not what deckgen shipped."""
    if version.fields is None:
        return ()
    shipped = version.fields[SHIPPED]
    return [
        name
        for n, name in enumerate(version.fields)
        if name != SHIPPED and _digest(version, n) != shipped[4 * n : 4 * n + 4]
    ]


def search(keys: Iterable[str]) -> str:
    """Write a search for Anki's browser that finds the notes of these ids."""
    escaped = (key.replace("\\", "\\\\").replace("_", "\\_").replace("*", "\\*") for key in keys)
    return " or ".join(f'"ID:{key}"' for key in escaped)


def as_json(difference: Difference) -> dict[str, object]:
    """Return a difference as other programs rely on it."""
    changed = [
        {
            "id": note.key,
            "fields": {name: list(values) for name, values in note.fields.items()},
            "overwrites": list(note.overwrites),
        }
        for note in difference.changed
    ]
    return {
        "new": list(difference.new),
        "changed": changed,
        "unchanged": difference.unchanged,
        "gone": list(difference.gone),
        "search": difference.search,
    }


def as_text(difference: Difference) -> Iterator[str]:
    """Write a difference for people."""
    for key in difference.new:
        yield f"new      {key}"
    for note in difference.changed:
        yield f"changed  {note.key}"
        for name, (old, new) in note.fields.items():
            lost = (
                "  (the learner's own edit would be overwritten)" if name in note.overwrites else ""
            )
            yield f"         {name}{lost}"
            if old is not None:
                yield f"           - {_plain(old)}"
            if new is not None:
                yield f"           + {_plain(new)}"
    for key in difference.gone:
        yield f"gone     {key}"
    yield (
        f"{len(difference.new)} new, {len(difference.changed)} changed, "
        f"{difference.unchanged} unchanged, {len(difference.gone)} gone"
    )
    if difference.gone:
        yield "What is gone stays in Anki. To find it, paste this into Anki's browser:"
        yield difference.search


def _plain(value: str) -> str:
    text = html.unescape(re.sub(r"<[^>]*>", " ", value))
    return " ".join(text.split())[:_SHOWN]
