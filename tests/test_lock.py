"""The lock: times of change, and what a build does to a deck."""

from pathlib import Path

import pytest

from deckgen import lock
from deckgen.lock import Lock
from deckgen.notes import Note
from deckgen.problems import DeckgenError

NOW = 1_700_000_000


def note(guid: str, text: str = "a") -> Note:
    return Note(guid, "term", (text, "b"), ("x",), (0,), "Deck", f"term/{guid}", 1)


def stamp(
    locked: Lock, *notes: Note, now: int = NOW, recipe: str = "r"
) -> tuple[Lock, lock.Changes]:
    deck, changes = lock.stamp(locked, recipe, notes, (), now)
    return Lock({**locked.decks, recipe: deck}), changes


def mods(locked: Lock, recipe: str = "r") -> dict[str, int]:
    return {guid: n.mod for guid, n in locked.decks[recipe].notes.items()}


def test_only_what_changes_gets_a_new_time() -> None:
    first, _ = stamp(Lock(), note("a"), note("b"))
    second, changes = stamp(first, note("a", "new"), note("b"), note("c"), now=NOW + 50)
    assert mods(second) == {"a": NOW + 50, "b": NOW, "c": NOW + 50}
    assert changes == lock.Changes(("c",), ("a",), ("b",), ())


def test_time_goes_forward_also_where_the_clock_does_not() -> None:
    first, _ = stamp(Lock(), note("a"))
    second, _ = stamp(first, note("a", "new"), now=NOW - 1000)
    assert mods(second) == {"a": NOW + 1}


def test_a_note_that_left_returns_with_the_time_it_had() -> None:
    first, _ = stamp(Lock(), note("a"), note("b"))
    second, gone = stamp(first, note("b"), now=NOW + 50)
    assert gone.gone == ("a",)
    third, back = stamp(second, note("a"), note("b"), now=NOW + 90)
    assert back.new == ("a",)
    assert mods(third) == {"a": NOW, "b": NOW}
    assert stamp(second, note("b"), now=NOW + 95)[1].gone == ()


def test_recipes_share_the_time_of_the_same_note() -> None:
    first, _ = stamp(Lock(), note("a"), recipe="one")
    second, _ = stamp(first, note("a"), now=NOW + 50, recipe="two")
    assert mods(second, "two") == {"a": NOW}


def test_a_written_lock_reads_back(tmp_path: Path) -> None:
    locked, _ = stamp(Lock(), note("a"), note('quote"\\'))
    locked, _ = stamp(locked, note("a"), now=NOW + 9)
    lock.write(tmp_path / "deckgen.lock", locked)
    assert lock.read(tmp_path / "deckgen.lock") == locked
    assert lock.read(tmp_path / "missing.lock") == Lock()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"schema": 1}', '{"schema": 1, "decks": {"a": 1}}']
)
def test_a_damaged_lock_says_what_to_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "deckgen.lock"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeckgenError, match="restore it from version control"):
        lock.read(path)
    assert path.read_text(encoding="utf-8") == text
