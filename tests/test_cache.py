from __future__ import annotations

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

    for version, times in (("1", 1), ("1", 1), ("2", 2)):
        assert cache.compiled("words", version, build) == b"data"
        assert len(built) == times
    assert len(list(folder.glob("words-*"))) == 1, "the old version is removed"


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 100])
def test_damaged_file_is_rebuilt(folder: Path, damage: bytes) -> None:
    cache.compiled("words", "1", lambda: b"data")
    (file,) = folder.glob("words-*")
    file.write_bytes(damage)
    assert cache.compiled("words", "1", lambda: b"data") == b"data"
    assert cache.compiled("words", "1", lambda: b"never built") == b"data"


def test_works_where_nothing_can_be_written(folder: Path) -> None:
    (folder / "words.lock").mkdir()
    assert cache.compiled("words", "1", lambda: b"data") == b"data"


def test_interrupted_build_leaves_nothing(folder: Path) -> None:
    def interrupted() -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.compiled("words", "1", interrupted)
    assert [file.name for file in folder.iterdir()] in ([], ["words.lock"])
