from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deckgen import cache


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cache, "user_cache_path", lambda _: tmp_path)
    return tmp_path


def test_builds_once_and_again_for_another_version(folder: Path) -> None:
    built = []

    def build() -> bytes:
        built.append(b"data")
        return b"data"

    for version, times in (("1", 1), ("1", 1), ("2", 2), ("1", 2), ("2", 2)):
        assert cache.compiled("words", version, build) == b"data"
        assert len(built) == times, "two versions side by side leave each other's file alone"
    assert len(list(folder.glob("words-*"))) == 2


def _age(folder: Path) -> None:
    """Make every file older, as time does."""
    for file in folder.iterdir():
        nanoseconds = file.stat().st_mtime_ns - 1_000_000_000
        os.utime(file, ns=(nanoseconds, nanoseconds))


def test_old_versions_don_t_pile_up(folder: Path) -> None:
    for version in "12345":
        cache.compiled("words", version, version.encode)
        cache.compiled("words", "1", b"1".strip)
        _age(folder)
    assert len(list(folder.glob("words-*"))) == 3
    assert cache.compiled("words", "1", lambda: b"never built") == b"1", "it is always in use"
    assert cache.compiled("words", "5", lambda: b"never built") == b"5"
    assert cache.compiled("words", "2", lambda: b"built anew") == b"built anew"


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 100])
def test_damaged_file_is_rebuilt(folder: Path, damage: bytes) -> None:
    cache.compiled("words", "1", lambda: b"data")
    (file,) = folder.glob("words-*")
    file.write_bytes(damage)
    assert cache.compiled("words", "1", lambda: b"data") == b"data"
    assert cache.compiled("words", "1", lambda: b"never built") == b"data"


def test_a_truncated_file_or_a_flipped_bit_is_seen(folder: Path) -> None:
    cache.compiled("words", "1", lambda: b"data")
    (file,) = folder.glob("words-*")
    whole = file.read_bytes()
    flipped = [bytes(b ^ (i == at) for i, b in enumerate(whole)) for at in range(len(whole))]
    for damaged in (*(whole[:end] for end in range(len(whole))), *flipped):
        file.write_bytes(damaged)
        assert cache.compiled("words", "1", lambda: b"again") == b"again"
        file.write_bytes(whole)


def test_works_where_nothing_can_be_written(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "words.lock").mkdir()
    assert cache.compiled("words", "1", lambda: b"data") == b"data"
    assert "words can't be kept" in caplog.text


def test_interrupted_build_leaves_nothing(folder: Path) -> None:
    def interrupted() -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.compiled("words", "1", interrupted)
    assert [file.name for file in folder.iterdir()] in ([], ["words.lock"])


TWO = """
import sys, time
from pathlib import Path
from deckgen import cache
folder = Path(sys.argv[1])
cache.user_cache_path = lambda _: folder

def build():
    with (folder / "built").open("a") as file:
        file.write("once ")
    time.sleep(0.3)
    return b"data"

print(cache.compiled("words", "1", build))
"""


def test_two_processes_build_once(folder: Path) -> None:
    command = [sys.executable, "-c", TWO, str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0] for process in both] == ["b'data'\n"] * 2
    assert (folder / "built").read_text() == "once "


def test_values_are_kept_by_version(folder: Path) -> None:
    cache.Kept("notes", "1").keep({b"a": b"one", b"b": b"two"})
    cache.Kept("notes", "2").keep({b"a": b"other"})
    assert cache.Kept("notes", "1").get([b"a", b"b", b"c"]) == {b"a": b"one", b"b": b"two"}
    assert cache.Kept("notes", "2").get([b"a", b"b"]) == {b"a": b"other"}


def test_old_versions_of_values_don_t_pile_up(folder: Path) -> None:
    for version in "12345":
        cache.Kept("notes", version).keep({b"a": b"one"})
        _age(folder)
    assert len(list(folder.glob("notes-*.db"))) == 3
    assert cache.Kept("notes", "5").get([b"a"]) == {b"a": b"one"}


def test_a_damaged_value_is_no_value(folder: Path) -> None:
    value = b"one by one, all the words of a long text " * 9
    cache.Kept("notes", "1").keep({b"a": value})
    (file,) = folder.glob("notes-*.db")
    whole = file.read_bytes()
    for at in range(0, len(whole), 97):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.Kept("notes", "1").get([b"a"]) in ({}, {b"a": value})
    for end in range(0, len(whole), 997):
        file.write_bytes(whole[:end])
        assert cache.Kept("notes", "1").get([b"a"]) in ({}, {b"a": value})
    cache.Kept("notes", "1").keep({b"a": value})
    assert cache.Kept("notes", "1").get([b"a"]) in ({}, {b"a": value})
