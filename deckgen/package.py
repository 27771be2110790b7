"""Anki packages: writing `.apkg` files byte for byte the same, and reading any of them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import genanki

from deckgen.lock import LockedDeck
from deckgen.notes import Note
from deckgen.notetypes import NoteType
from deckgen.problems import DeckgenError

_FIRST_ID = 1_577_836_800_000
"""2020-01-01 in milliseconds: note ids lie in the four years from then, by their guid's hash."""
_CARDS_A_NOTE = 64
_FIELD_FONT = {"font": "Arial", "size": 20, "rtl": False, "sticky": False, "media": []}
_MAX_COLLECTION = 4_000_000_000


class _Model(genanki.Model):  # type: ignore[misc]
    """A genanki model that keeps the ids and the modification time it is given."""

    def __init__(self, type_: NoteType, mod: int) -> None:
        super().__init__(
            type_.id,
            type_.name,
            [{"name": name, "id": id, **_FIELD_FONT} for name, id in type_.fields],
            [
                {"name": t.name, "id": t.id, "qfmt": t.front, "afmt": t.back}
                for t in type_.templates
            ],
            type_.css,
            genanki.Model.CLOZE if type_.cloze else genanki.Model.FRONT_BACK,
        )
        self.mod = mod

    _req = ()

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        return {**super().to_json(self.mod, deck_id), "req": []}


class _Note(genanki.Note):  # type: ignore[misc]
    """A genanki note whose id, cards and modification time are decided outside."""

    def __init__(self, note: Note, model: _Model, id: int, mod: int) -> None:
        super().__init__(model, list(note.fields), tags=sorted(note.tags), guid=note.guid)
        self.source, self.id, self.mod = note, id, mod

    def write_to_db(
        self, cursor: sqlite3.Cursor, timestamp: float, deck_id: int, id_gen: object
    ) -> None:
        cursor.execute(
            "INSERT INTO notes VALUES(?,?,?,?,-1,?,?,?,?,0,'')",
            (
                self.id,
                self.guid,
                self.model.model_id,
                self.mod,
                self._format_tags(),
                self._format_fields(),
                self.fields[0],
                0,
            ),
        )
        for ord_ in self.source.cards:
            card = genanki.Card(ord_)
            ids = iter([self.id + ord_])
            card.write_to_db(cursor, self.mod, deck_id, self.id, ids, self.source.position)


class _Package(genanki.Package):  # type: ignore[misc]
    """A genanki package whose collection is written to a given SQLite file."""

    def write_collection(self, path: Path, mod: int) -> None:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = MEMORY")
            self.write_to_db(connection.cursor(), mod, iter(()))
            connection.execute("UPDATE col SET crt = ?, mod = ?, scm = ?", (mod, mod * 1000, 0))
            connection.commit()


def write(
    path: Path,
    notes: Sequence[Note],
    types: Iterable[NoteType],
    locked: LockedDeck,
    description: str,
    media: Mapping[str, bytes] | None = None,
) -> None:
    """Write a package with the modification times of the lock; `media` is bytes by name.

    `path` is overwritten in place: give a temporary one.
    """
    models = {t.key: _Model(t, locked.types[t.id].mod) for t in types}
    decks = {
        name: genanki.Deck(_deck_id(name), name, description)
        for name in sorted({note.deck for note in notes})
    }
    for note, id in zip(notes, _note_ids(notes), strict=True):
        decks[note.deck].add_note(
            _Note(note, models[note.notetype], id, locked.notes[note.guid].mod)
        )
    latest = max((locked.notes[n.guid].mod for n in notes), default=0)
    with tempfile.TemporaryDirectory() as folder:
        collection = Path(folder) / "collection.anki2"
        _Package(list(decks.values())).write_collection(collection, latest)
        _zip(path, _unversioned(collection.read_bytes()), media or {})


def _unversioned(database: bytes) -> bytes:
    """Put one version of SQLite into the header (bytes 96 to 99), whichever wrote the file."""
    return database[:96] + b"\x00\x2d\xe2\x28" + database[100:]


def _zip(path: Path, collection: bytes, media: Mapping[str, bytes]) -> None:
    names = dict(enumerate(sorted(media)))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _add(archive, "collection.anki2", collection)
        _add(archive, "media", json.dumps({str(i): n for i, n in names.items()}).encode())
        for index, name in names.items():
            _add(archive, str(index), media[name])


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def _deck_id(name: str) -> int:
    return 1 << 40 | _hash(name) % (1 << 40)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _note_ids(notes: Iterable[Note]) -> Iterator[int]:
    taken: set[int] = set()
    for note in notes:
        slot = _hash(note.guid) % (1 << 31)
        while slot in taken:
            slot = (slot + 1) % (1 << 31)
        taken.add(slot)
        yield _FIRST_ID + slot * _CARDS_A_NOTE


@dataclass(frozen=True, slots=True)
class PackedType:
    """A note type of any package: fields by name, templates as (name, front, back)."""

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]
    css: str


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note of any package with its cards as (template ord, deck name).

    `interval` is the longest of its cards' in days, 0 where none was studied.
    """

    guid: str
    notetype: int
    mod: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    cards: tuple[tuple[int, str], ...]
    interval: int = 0


@dataclass(frozen=True, slots=True)
class Packed:
    """What a package or collection holds."""

    types: tuple[PackedType, ...]
    notes: tuple[PackedNote, ...]
    media: tuple[str, ...]


def read(path: Path) -> Packed:
    """Read any `.apkg` or `.colpkg` that holds a collection in the older, plain SQLite form.

    Raises DeckgenError where the file is no package, is damaged, or holds only the newer form.
    """
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            names = set(archive.namelist())
            newer = "collection.anki21b" in names
            member = next(
                (m for m in ("collection.anki21", "collection.anki2") if m in names), None
            )
            if member is None or (newer and member == "collection.anki2"):
                raise DeckgenError(
                    f"{path} holds no collection that can be read here: in Anki, export it again "
                    'with "Support older Anki versions" on'
                )
            if archive.getinfo(member).file_size > _MAX_COLLECTION:
                raise DeckgenError(f"{path} holds a collection too large to read")
            archive.extract(member, folder)
            media = _media(archive) if "media" in names and not newer else ()
            return _read_collection(Path(folder) / member, media)
    except (zipfile.BadZipFile, sqlite3.DatabaseError, ValueError, KeyError, EOFError) as error:
        raise DeckgenError(f"{path} is no Anki package, or a damaged one ({error})") from None
    except OSError as error:
        raise DeckgenError(f"{path} can't be read: {error.strerror or error}") from None


def _media(archive: zipfile.ZipFile) -> tuple[str, ...]:
    return tuple(sorted(map(str, json.loads(archive.read("media")).values())))


def _read_collection(path: Path, media: tuple[str, ...]) -> Packed:
    """Read a collection in either schema: note types and decks in `col`, or in tables."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.create_collation("unicase", _unicase)
        types, decks = _schema(connection)
        cards: dict[int, list[tuple[int, str]]] = {}
        interval: dict[int, int] = {}
        for note, ord_, deck, days in connection.execute("SELECT nid, ord, did, ivl FROM cards"):
            cards.setdefault(note, []).append((ord_, decks.get(deck, "?")))
            interval[note] = max(interval.get(note, 0), days)
        notes = tuple(
            PackedNote(
                guid,
                notetype,
                mod,
                tuple(sorted(tags.split())),
                tuple(fields.split("\x1f")),
                tuple(sorted(cards.get(id, ()))),
                interval.get(id, 0),
            )
            for id, guid, notetype, mod, tags, fields in connection.execute(
                "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY guid"
            )
        )
    used = {note.notetype for note in notes}
    return Packed(
        tuple(sorted((t for t in types if t.id in used), key=lambda t: t.id)), notes, media
    )


def _unicase(one: str, other: str) -> int:
    one, other = one.casefold(), other.casefold()
    return (one > other) - (one < other)


def _schema(connection: sqlite3.Connection) -> tuple[list[PackedType], dict[int, str]]:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "notetypes" not in tables:
        models, decks = connection.execute("SELECT models, decks FROM col").fetchone()
        return (
            [_packed_type(m) for m in json.loads(models).values()],
            {int(id): deck["name"] for id, deck in json.loads(decks).items()},
        )
    fields: dict[int, list[str]] = {}
    for notetype, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(notetype, []).append(name)
    rows = connection.execute("SELECT id, name FROM notetypes")
    types = [PackedType(id, name, tuple(fields.get(id, ())), (), "") for id, name in rows]
    named = connection.execute("SELECT id, name FROM decks")
    return types, {id: name.replace("\x1f", "::") for id, name in named}


def _packed_type(model: dict[str, Any]) -> PackedType:
    return PackedType(
        int(model["id"]),
        model["name"],
        tuple(f["name"] for f in model["flds"]),
        tuple((t["name"], t["qfmt"], t["afmt"]) for t in model["tmpls"]),
        model["css"],
    )


def read_any(path: Path) -> Packed:
    """Read a package, or an Anki collection (`.anki2`) from a copy of it; raises DeckgenError."""
    if path.suffix not in (".anki2", ".anki21"):
        return read(path)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        try:
            shutil.copyfile(path, copy)
            log = path.with_name(f"{path.name}-wal")
            if log.exists():
                shutil.copyfile(log, copy.with_name(log.name))
            return _read_collection(copy, ())
        except (sqlite3.DatabaseError, ValueError, KeyError, TypeError) as error:
            message = f"{path} is no Anki collection, or a damaged one ({error})"
            raise DeckgenError(message) from None
        except OSError as error:
            raise DeckgenError(f"{path} can't be read: {error.strerror or error}") from None


def canonical(packed: Packed) -> Iterator[str]:
    """Write a package as lines of text that leave out the clock: the same notes, the same text."""
    types = {t.id: t for t in packed.types}
    for type_ in packed.types:
        yield f"note type {type_.id} {type_.name}"
        for name, front, back in type_.templates:
            yield f"  template {name}"
            yield from (f"    front | {line}" for line in front.splitlines())
            yield from (f"    back  | {line}" for line in back.splitlines())
        yield from (f"  css | {line}" for line in type_.css.splitlines())
    for note in sorted(packed.notes, key=lambda n: n.guid):
        type_ = types[note.notetype]
        yield f"note {note.guid} ({type_.name})"
        for name, value in zip(type_.fields, note.fields, strict=False):
            if value:
                yield f"  {name}: {json.dumps(value, ensure_ascii=False)}"
        yield f"  tags: {' '.join(note.tags)}"
        for ord_, deck in note.cards:
            template = type_.templates[ord_][0] if ord_ < len(type_.templates) else f"c{ord_ + 1}"
            yield f"  card {ord_} {template} → {deck}"
    yield from (f"media {name}" for name in packed.media)
