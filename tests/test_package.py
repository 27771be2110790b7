"""Packages: the same bytes everywhere, and any package can be read."""

from __future__ import annotations

import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from anki.collection import Collection, ExportAnkiPackageOptions

from deckgen import cards, lock, notes, package
from deckgen.annotation import Annotated
from deckgen.content import Text2
from deckgen.lock import Lock
from deckgen.notes import Note
from deckgen.notetypes import NoteType
from deckgen.problems import DeckgenError
from deckgen.recipe import Recipe
from deckgen.resources import bundled
from tests.anki.learner import Learner
from tests.items import claim, pair, term

RECIPE = Recipe("Talk", "A talk", name="talk")
NET = term("net", "网络", "一 种 模型", seconds=3)
ITEMS: tuple[Annotated, ...] = (
    NET,
    term("model", "模型", seconds=1),
    claim("why", cloze=Text2("甲{{c1::乙}}丙", "a {{c1::b}} c")),
    pair("fast", "网络 很 快", [NET]),
)


def made(items: tuple[Annotated, ...] = ITEMS) -> tuple[tuple[Note, ...], tuple[NoteType, ...]]:
    built = notes.build(items, RECIPE, "test")
    return built, cards.load([bundled("templates")], RECIPE).value


def write(path: Path, locked: Lock, now: int = 1_700_000_000) -> Lock:
    built, types = made()
    deck, _ = lock.stamp(locked, "talk", built, types, now)
    package.write(path, built, types, deck, "A talk")
    return Lock({"talk": deck})


def test_the_same_lock_gives_the_same_bytes_whatever_the_time(tmp_path: Path) -> None:
    locked = write(tmp_path / "a.apkg", Lock())
    write(tmp_path / "b.apkg", locked, now=1_800_000_000)
    assert (tmp_path / "a.apkg").read_bytes() == (tmp_path / "b.apkg").read_bytes()


def test_members_are_deflated_sorted_and_without_a_clock(tmp_path: Path) -> None:
    write(tmp_path / "a.apkg", Lock())
    with zipfile.ZipFile(tmp_path / "a.apkg") as archive:
        entries = archive.infolist()
    assert [e.filename for e in entries] == ["collection.anki2", "media"]
    assert {e.date_time for e in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {e.compress_type for e in entries} == {zipfile.ZIP_DEFLATED}


def test_new_cards_stand_in_learning_order(tmp_path: Path) -> None:
    path = tmp_path / "a.apkg"
    write(path, Lock())
    built, _ = made()
    with zipfile.ZipFile(path) as archive:
        archive.extract("collection.anki2", tmp_path)
    with sqlite3.connect(tmp_path / "collection.anki2") as connection:
        rows = connection.execute(
            "SELECT DISTINCT n.guid, c.due FROM cards c JOIN notes n ON n.id = c.nid ORDER BY c.due"
        ).fetchall()
    assert [guid for guid, _ in rows] == [n.guid for n in built]
    assert [due for _, due in rows] == list(range(1, len(built) + 1))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.apkg"
    write(path, Lock())
    built, _ = made()
    read = package.read(path)
    assert {n.guid: n.fields for n in read.notes} == {n.guid: n.fields for n in built}
    assert {n.guid: n.tags for n in read.notes} == {n.guid: tuple(sorted(n.tags)) for n in built}
    text = "\n".join(package.canonical(read))
    assert "card 0 Recognise → Talk::Terms" in text
    assert "1700000000" not in text


def test_packages_that_anki_exports_are_read_and_newer_ones_named(tmp_path: Path) -> None:
    path = tmp_path / "a.apkg"
    write(path, Lock())
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        Learner(collection).imports(path)
        for name, legacy in (("old.apkg", True), ("new.apkg", False)):
            options = ExportAnkiPackageOptions(
                with_scheduling=True, with_deck_configs=False, with_media=True, legacy=legacy
            )
            collection.export_anki_package(
                out_path=str(tmp_path / name), options=options, limit=None
            )
    finally:
        collection.close()
    exported = package.read(tmp_path / "old.apkg")
    assert {n.guid for n in exported.notes} == {n.guid for n in made()[0]}
    with pytest.raises(DeckgenError, match="Support older Anki versions"):
        package.read(tmp_path / "new.apkg")
    opened = package.read_any(tmp_path / "collection.anki2")
    assert {n.guid: n.fields for n in opened.notes} == {n.guid: n.fields for n in exported.notes}


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"\x00" * 100])
def test_what_is_no_package_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.apkg"
    path.write_bytes(data)
    with pytest.raises(DeckgenError, match="no Anki package"):
        package.read(path)


def test_filling_a_spare_field_and_template_updates_a_studied_deck(tmp_path: Path) -> None:
    """The next version renames spares; nothing conflicts and no full sync is forced."""
    path = tmp_path / "a.apkg"
    locked = write(path, Lock())
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        learner = Learner(collection)
        learner.imports(path)
        schema = collection.db.scalar("select scm from col")
        before = learner.schedules()
        built, types = next_version(*made())
        assert not lock.schema_problems(locked, types, "deckgen.lock")
        deck, _ = lock.stamp(locked, "talk", built, types, 1_700_000_500)
        package.write(path, built, types, deck, "A talk")
        log = learner.imports(path)
        assert not log.conflicting and not log.new
        assert len(log.updated) == 2
        after = learner.schedules()
        assert {key: after[key] for key in before} == before
        assert len(after) == len(before) + 2
        assert collection.db.scalar("select scm from col") == schema
        model = collection.models.by_name("Deckgen Term")
        assert model is not None
        assert "Etymology" in [f["name"] for f in model["flds"]]
        assert "Trace" in [t["name"] for t in model["tmpls"]]
        assert not collection.get_empty_cards().notes
    finally:
        collection.close()


def next_version(
    built: tuple[Note, ...], types: tuple[NoteType, ...]
) -> tuple[tuple[Note, ...], tuple[NoteType, ...]]:
    """Give the term note type a field "Etymology" and a card "Trace" out of its spares."""
    names = {"Spare 1": "Etymology", "Spare Card 1": "Trace"}
    type_ = next(t for t in types if t.key == "term")
    spare = next(n for n, t in enumerate(type_.templates) if t.name == "Spare Card 1")
    grown = replace(
        type_,
        fields=tuple((names.get(name, name), id) for name, id in type_.fields),
        templates=tuple(
            replace(t, name="Trace", front="{{#Trace}}{{Hanzi}}{{/Trace}}", back="{{Etymology}}")
            if t.name == "Spare Card 1"
            else t
            for t in type_.templates
        ),
    )
    filled = dict.fromkeys(("Etymology", "Trace"), "y")
    changed = tuple(
        replace(
            note,
            fields=tuple(
                filled.get(name, value)
                for name, value in zip(grown.field_names, note.fields, strict=True)
            ),
            cards=(*note.cards, spare),
        )
        if note.notetype == "term"
        else note
        for note in built
    )
    return changed, tuple(grown if t.key == "term" else t for t in types)


@pytest.mark.parametrize("change", ["added", "removed", "moved"])
def test_a_change_that_would_strand_notes_is_refused(tmp_path: Path, change: str) -> None:
    locked = write(tmp_path / "a.apkg", Lock())
    _, types = made()
    fields = {
        "added": (*types[0].fields, ("More", 1)),
        "removed": types[0].fields[:-1],
        "moved": (*types[0].fields[::-1],),
    }[change]
    problems = lock.schema_problems(locked, [replace(types[0], fields=fields)], "deckgen.lock")
    assert [p.severity for p in problems] == ["error"]
    assert f"a field was {change}" in problems[0].message
