"""What the command shows of a document, and what it does with what is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckgen import readers
from deckgen.cli import deckgen
from deckgen.problems import DeckgenError

INTERVIEW = """# A talk about tea

**Ann Lee:** Why do you drink tea?

**Bo:** Because it is warm. I like warm things.

It also keeps me awake.

**Ann Lee:** And coffee?

**Bo:** Never.
"""


def test_json_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    file = tmp_path / "tea.md"
    file.write_text(INTERVIEW, "utf-8")
    result = CliRunner().invoke(deckgen, ["transcript", str(file), "--format", "json"])
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert found["is_transcript"] is True
    assert found["title"] == "A talk about tea"
    assert found["language"] == "en"
    assert found["encoding"] == "utf-8"
    assert [person["name"] for person in found["people"]] == ["Ann Lee", "Bo"]
    assert found["turns"][1] == {
        "speaker": "Bo",
        "chapter": None,
        "time": None,
        "text": "Because it is warm. I like warm things.\nIt also keeps me awake.",
        "translation": None,
    }
    assert {"chapters", "boxes", "bilingual_terms", "key_points", "left_out"} <= set(found)


def test_text_shows_people_turns_and_what_was_left_out(tmp_path: Path) -> None:
    file = tmp_path / "tea.md"
    file.write_text(INTERVIEW, "utf-8")
    result = CliRunner().invoke(deckgen, ["transcript", str(file)])
    assert result.exit_code == 0
    assert "People (2)" in result.stdout
    assert "Bo: Never." in result.stdout
    assert "line 1: title" in result.stdout


def test_what_is_no_transcript_ends_with_code_1(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text("# Tea\n\nA tool that makes tea.\n\n## Usage\n\nNote: boil water.\n", "utf-8")
    result = CliRunner().invoke(deckgen, ["transcript", str(file), "--format", "json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["people"] == []


def test_sentences_slice_back_to_the_document(tmp_path: Path) -> None:
    file = tmp_path / "tea.md"
    file.write_text(INTERVIEW, "utf-8")
    found = readers.read(file).value
    sentences = [s for turn in found.turns for s in turn.sentences]
    assert len(sentences) == 6
    for sentence in sentences:
        assert found.text[sentence.locator.start : sentence.locator.end] == sentence.text


@pytest.mark.parametrize("name", ["missing.md", "."])
def test_a_file_that_cannot_be_opened_is_one_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(DeckgenError):
        readers.read(tmp_path / name)
