"""What an import would do to a deck that is being studied."""

import json
from dataclasses import replace
from pathlib import Path

from anki.collection import Collection

from deckgen import cards, diffing, lock, notes, package
from deckgen.annotation import Annotated
from deckgen.content import Text2
from deckgen.lock import Lock
from deckgen.resources import bundled
from tests import projects
from tests.anki.learner import Learner
from tests.items import term
from tests.test_package import RECIPE

NET = term("net", "网络", seconds=1)
MODEL = term("model", "模型", seconds=2)
DATA = term("data", "数据", seconds=3)
NOW = 1_700_000_000


def edited(item: Annotated) -> Annotated:
    changed = replace(item.item, context=Text2("新的上下文", "A new context"))
    return replace(item, item=changed)  # type: ignore[arg-type]


def build(path: Path, locked: Lock, *items: Annotated, now: int = NOW) -> Lock:
    made = notes.build(items, RECIPE, "test")
    types = cards.load([bundled("templates")], RECIPE).value
    deck, _ = lock.stamp(locked, "talk", made, types, now)
    package.write(path, made, types, deck, "A talk")
    return Lock({"talk": deck})


def test_new_changed_unchanged_and_gone(tmp_path: Path) -> None:
    old, new = tmp_path / "old.apkg", tmp_path / "new.apkg"
    locked = build(old, Lock(), NET, MODEL)
    build(new, locked, edited(NET), DATA, now=NOW + 100)
    found = diffing.compare(diffing.load(old), diffing.load(new))
    assert (found.new, found.unchanged, found.gone) == (("term/data",), 0, ("term/model",))
    (changed,) = found.changed
    assert changed.key == "term/net"
    assert changed.fields == {
        "Context": ("", "新的上下文"),
        "Context English": ("", "A new context"),
    }
    assert changed.overwrites == ()
    assert found.search == '"ID:term/model"'


def test_against_the_lock_changed_fields_are_named(tmp_path: Path) -> None:
    old, new = tmp_path / "old.apkg", tmp_path / "new.apkg"
    locked = build(old, Lock(), NET, MODEL)
    lock.write(tmp_path / "deckgen.lock", locked)
    build(new, locked, edited(NET), MODEL, now=NOW + 100)
    found = diffing.compare(diffing.load(tmp_path / "deckgen.lock"), diffing.load(new))
    assert [list(c.fields) for c in found.changed] == [["Context", "Context English"]]
    assert found.unchanged == 1


def test_an_edit_that_an_import_would_overwrite_is_named(tmp_path: Path) -> None:
    old, new = tmp_path / "old.apkg", tmp_path / "new.apkg"
    locked = build(old, Lock(), NET, MODEL)
    path = tmp_path / "collection.anki2"
    collection = Collection(str(path))
    try:
        Learner(collection).imports(old)
        for note in map(collection.get_note, collection.find_notes("")):
            note["Context"] = "my own words"
            collection.update_note(note)
            collection.db.execute("update notes set mod = ? where id = ?", NOW + 50, note.id)
    finally:
        collection.close()
    build(new, locked, edited(NET), MODEL, now=NOW + 100)
    found = diffing.compare(diffing.load(path), diffing.load(new))
    assert [(c.key, c.overwrites) for c in found.changed] == [("term/net", ("Context",))]
    assert found.unchanged == 1, "a note that did not change keeps the learner's edit"


def test_what_is_gone_is_found_by_the_search_in_anki(tmp_path: Path) -> None:
    old = tmp_path / "old.apkg"
    odd = term("a_b", "模 型")
    build(old, Lock(), NET, odd, term("axb", "数据"))
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        Learner(collection).imports(old)
        found = collection.find_notes(diffing.search(["term/a_b", "term/net"]))
        names = {collection.get_note(id)["ID"] for id in found}
    finally:
        collection.close()
    assert names == {"term/a_b", "term/net"}


def test_json_has_the_promised_keys(tmp_path: Path) -> None:
    root = projects.make(tmp_path)
    projects.run(root, "build")
    done = projects.run(root, "diff", "decks/deckgen.lock", "decks/all.apkg", "--format", "json")
    value = json.loads(done.stdout)
    assert value.keys() >= {"new", "changed", "unchanged", "gone", "search"}
    assert (value["unchanged"], value["new"], value["gone"]) == (5, [], [])
