import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckgen import bitext
from deckgen.cli import deckgen
from deckgen.problems import DeckgenError
from tests.test_alignment import EN, ZH


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    zh, en = tmp_path / "zh.txt", tmp_path / "en.txt"
    zh.write_text("\n".join(ZH) + "\n", "utf-8")
    en.write_bytes("\r\n".join(EN).encode("utf-16"))
    return str(zh), str(en)


def test_json_has_every_unit_and_bead(files: tuple[str, str]) -> None:
    result = CliRunner().invoke(deckgen, ["align", *files, "--units", "lines", "--format", "json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert (found["zh"], found["en"]) == (ZH, EN)
    assert found["scorer"].startswith("words")
    assert [i for bead in found["beads"] for i in bead["zh"]] == list(range(len(ZH)))
    assert {"zh": [4], "en": [5]}.items() <= found["beads"][4].items()


def test_tmx_is_well_formed_and_tsv_has_a_line_a_bead(tmp_path: Path) -> None:
    zh, en = tmp_path / "a", tmp_path / "b"
    zh.write_text("\n".join([*ZH, "<b>&\u0001 机器人"]), "utf-8")
    en.write_text("\n".join([*EN, "<b>&\t robot"]), "utf-8")
    found = bitext.align_files(zh, en, "lines")
    tree = ET.fromstring(bitext.as_tmx(found))
    assert "<b>& 机器人" in [seg.text for seg in tree.iter("seg")]
    lines = bitext.as_tsv(found).splitlines()
    assert all(line.count("\t") == 2 for line in lines)
    assert "<b>&" not in bitext.as_html(found)


def test_confidence_limits_what_is_written(files: tuple[str, str], tmp_path: Path) -> None:
    found = bitext.align_files(Path(files[0]), Path(files[1]), "lines")
    assert bitext.rows(found, 1.1) == []
    assert len(bitext.rows(found, 0.0)) == len(found.alignment.beads)


def test_nothing_to_align_is_said(files: tuple[str, str], tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("\n")
    result = CliRunner().invoke(deckgen, ["align", files[0], str(empty), "--units", "lines"])
    assert result.exit_code == 1
    assert "empty" in result.stderr


def test_documents_the_wrong_way_round_are_refused(files: tuple[str, str]) -> None:
    with pytest.raises(DeckgenError, match="give Chinese first"):
        bitext.align_files(Path(files[1]), Path(files[0]), "lines")


def test_sentences_of_a_transcript_know_their_speaker(tmp_path: Path) -> None:
    zh, en = tmp_path / "zh.md", tmp_path / "en.md"
    zh.write_text("\n\n".join(f"**{'AB'[i % 2]}:** {s}" for i, s in enumerate(ZH)), "utf-8")
    en.write_text("\n\n".join(f"**{'AB'[i % 2]}:** {s}" for i, s in enumerate(EN)), "utf-8")
    found = bitext.align_files(zh, en)
    assert [unit.text for unit in found.en] == EN
    assert [unit.speaker for unit in found.zh][:2] == ["A", "B"]


def test_a_missing_file_is_one_message(files: tuple[str, str], tmp_path: Path) -> None:
    with pytest.raises(DeckgenError, match="nowhere"):
        bitext.align_files(tmp_path / "nowhere", Path(files[1]), "lines")
