"""From a document to a package in one command."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from deckgen import making
from deckgen.problems import DeckgenError
from tests.projects import run
from tests.test_mining import ENGLISH, TALK


def guids(package: Path) -> set[str]:
    with zipfile.ZipFile(package) as archive:
        data = archive.read("collection.anki2")
    with sqlite3.connect(":memory:") as database:
        database.deserialize(data)
        return {row[0] for row in database.execute("select guid from notes")}


def test_make_goes_from_the_document_to_a_package(tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(TALK, encoding="utf-8")
    (tmp_path / "english.md").write_text(ENGLISH, encoding="utf-8")
    done = run(tmp_path, "make", "talk.md", "--english", "english.md", "-o", "talk.apkg")
    assert done.returncode == 0, done.stderr
    assert "notes" in done.stdout
    assert "the numbers differ" in done.stdout
    assert guids(tmp_path / "talk.apkg")
    assert {p.name for p in tmp_path.iterdir()} == {"talk.md", "english.md", "talk.apkg"}


def test_make_prints_one_json_value(tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(TALK, encoding="utf-8")
    done = run(tmp_path, "make", "talk.md", "-o", "talk.apkg", "--format", "json")
    told = json.loads(done.stdout)
    assert told["path"] == "talk.apkg"
    assert told["notes"] == len(guids(tmp_path / "talk.apkg"))
    assert told["untranslated"] == ["term/arup"]
    drafted = told["drafted"]
    # A claim is asked for twice: by its question and by its cloze.
    assert drafted["terms"] - 1 + 2 * drafted["claims"] + drafted["pairs"] == told["notes"]
    assert {"text", "reason"} == set(told["left_out"][0])


def test_making_again_updates_the_same_notes(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_text(TALK, encoding="utf-8")
    making.make(path, tmp_path / "one.apkg")
    path.write_text(TALK.replace("真的很难", "真的非常难"), encoding="utf-8")
    making.make(path, tmp_path / "two.apkg")
    assert guids(tmp_path / "one.apkg") == guids(tmp_path / "two.apkg")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "# Readme\n\nInstall it with make.\n"])
def test_what_is_no_transcript_leaves_no_package(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeckgenError, match="no transcript"):
        making.make(path, tmp_path / "odd.apkg")
    assert not (tmp_path / "odd.apkg").exists()
