"""Every format has a document of ours beside what must be understood of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from deckgen import readers
from deckgen.readers.encoding import decode
from deckgen.transcript import Transcript

CASES = Path(__file__).parent / "cases" / "transcripts"
DOCUMENTS = sorted(path for path in CASES.iterdir() if path.suffix != ".json")
ARTICLES = [path for path in DOCUMENTS if path.suffix in (".md", ".txt")]
NOT_TRANSCRIPTS = sorted((CASES.parent / "not_transcripts").iterdir())


def expected(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return found


def turns(transcript: Transcript) -> list[list[Any]]:
    return [
        [turn.speaker, transcript.chapter_title(turn), turn.time, turn.text]
        + ([turn.translation] if turn.translation else [])
        for turn in transcript.turns
    ]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_is_understood(path: Path) -> None:
    wanted = expected(path)
    found = readers.read(path).value
    assert found.is_transcript
    assert turns(found) == wanted["turns"]
    assert [person.name for person in found.people] == wanted["people"]
    aliases = {person.name: set(person.aliases) for person in found.people}
    assert all(aliases[name].issuperset(more) for name, more in wanted.get("aliases", {}).items())
    assert [[chapter.title, chapter.time] for chapter in found.chapters] == wanted["chapters"]
    assert found.language == wanted["language"]
    assert found.title == wanted.get("title")
    assert [box.term for box in found.boxes] == wanted.get("boxes", [])
    terms = {(term.zh, term.en.casefold()) for term in found.bilingual_terms}
    assert terms == {(zh, en.casefold()) for zh, en in wanted.get("bilingual_terms", [])}
    assert list(found.key_points) == wanted.get("key_points", [])
    assert list(found.hashtags) == wanted.get("hashtags", [])
    assert list(found.notes)[: len(wanted.get("notes", []))] == wanted.get("notes", [])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_sentences_slice_back_and_rejoin_to_the_turn(path: Path) -> None:
    found = readers.read(path).value
    for turn in found.turns:
        joined = "".join(sentence.text for sentence in turn.sentences)
        assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", turn.text)
        for sentence in turn.sentences:
            passage = found.text[sentence.locator.start : sentence.locator.end]
            assert passage[:1] == sentence.text[:1]
            assert passage[-1:] == sentence.text[-1:]


@pytest.mark.parametrize("path", NOT_TRANSCRIPTS, ids=lambda path: path.name)
def test_what_is_no_transcript_has_nobody_in_it(path: Path) -> None:
    found = readers.read(path).value
    assert not found.is_transcript
    assert found.people == found.turns == ()


def full_width_colons(text: str) -> str:
    return re.sub(r"(?m)^([^:\n|]{1,30}):(?=[ *]|\*\*)", r"\1：", text)


def lost_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def stray_bold(text: str) -> str:
    return re.sub(r"(?m)^([^\n*#|<>`=-]{12,40}[。，.,])(?=\S)", r"\1**", text)


DAMAGE = {
    "byte order mark": lambda text: "\ufeff" + text,
    "CRLF": lambda text: re.sub(r"\r?\n", "\r\n", text),
    "CR": lambda text: re.sub(r"\r?\n", "\r", text),
    "no-break spaces": lambda text: text.replace(": ", ":\u00a0"),
    "trailing blanks": lambda text: text.replace("\n", "  \n"),
    "full-width colons": full_width_colons,
    "lost blank lines": lost_blank_lines,
    "stray bold marks": stray_bold,
    "doubled blank lines": lambda text: text.replace("\n\n", "\n\n\n"),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_damage_changes_no_turn(path: Path, damage: str) -> None:
    text = DAMAGE[damage](path.read_text("utf-8"))
    decoded = decode(text.encode("utf-8"), path.name)
    found = readers.parse(decoded.text, path.name)
    assert turns(found) == expected(path)["turns"]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(sorted(DAMAGE)), max_size=4), st.sampled_from(ARTICLES))
def test_damage_of_several_kinds_changes_no_turn(kinds: list[str], path: Path) -> None:
    text = path.read_text("utf-8")
    for kind in kinds:
        text = DAMAGE[kind](text)
    decoded = decode(text.encode("utf-8"), path.name)
    assert turns(readers.parse(decoded.text, path.name)) == expected(path)["turns"]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "big5"],
)
@pytest.mark.parametrize("name", ["traditional.txt", "brackets.txt", "question_answer.txt"])
def test_an_encoding_changes_no_turn(name: str, encoding: str, tmp_path: Path) -> None:
    text = (CASES / name).read_text("utf-8")
    if encoding == "big5":
        text = OpenCC("s2tw").convert(text)
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    found = readers.read(file).value
    assert found.text == text
    assert turns(found) == turns(readers.parse(text, name))
    assert found.is_transcript
    assert len(found.turns) == len(expected(CASES / name)["turns"])


def test_a_transcript_in_big5_names_its_host_and_questions(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    text = (
        "主持人：您為什麼學畫？\n\n陳靜：因為我喜歡顏色。\n\n問：現在還畫嗎？\n\n答：每天都畫。\n\n"
    )
    file.write_bytes((text * 2).encode("big5"))
    found = readers.read(file).value
    assert (found.encoding, found.language) == ("big5", "zh")
    assert [turn.speaker for turn in found.turns] == ["主持人", "陳靜", "問", "答"] * 2
    assert found.turns[1].text == "因為我喜歡顏色。"


def test_an_open_fence_is_told(tmp_path: Path) -> None:
    found = readers.read(CASES / "open_fence.md").value
    assert "code fence that nothing closes" in {item.reason for item in found.left_out}
