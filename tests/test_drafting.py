"""Drafts go into files, and drafting again keeps what a person did there."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from deckgen import authoring, checking, drafting, translators
from deckgen.problems import DeckgenError, failed
from tests.projects import run
from tests.test_mining import ENGLISH, TALK


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.md"
    path.write_text(TALK, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deckgen.yaml").write_text("schema: 1\nnamespace: t\n")
    return tmp_path / "content" / "bridges"


def draft(talk: Path, folder: Path) -> drafting.Drafted:
    drafted = drafting.draft([talk], folder)
    drafting.write(drafted)
    return drafted


def test_what_is_written_reads_back_as_it_was_proposed(talk: Path, folder: Path) -> None:
    drafted = draft(talk, folder)
    read = authoring.load(folder.parent)
    assert not failed(read.problems)
    assert {item.key for item in read.value.items} == set(drafted.added)
    assert [t.hanzi for t in read.value.terms] == [t.hanzi for t in drafted.mined.terms]
    assert [c.cloze for c in read.value.claims] == [c.cloze for c in drafted.mined.claims]
    assert {item.status for item in read.value.items} == {"draft"}


def test_drafting_again_changes_nothing(talk: Path, folder: Path) -> None:
    draft(talk, folder)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    again = draft(talk, folder)
    assert not again.added
    assert not again.vanished
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_edits_comments_and_deletions_stay(talk: Path, folder: Path) -> None:
    draft(talk, folder)
    path = folder / "terms.yaml"
    first, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    edited = "# checked by me\n" + rest.replace("english: suspension bridge", "english: my words")
    path.write_text("schema: 1\nterms:\n" + edited, encoding="utf-8")
    talk.write_text(
        TALK + "\n**李强：** 锚碇（anchorage）把主缆固定在岸边的岩石上。\n", encoding="utf-8"
    )
    again = draft(talk, folder)
    after = path.read_text(encoding="utf-8")
    assert edited.rstrip() in after
    assert "hanzi: 锚碇" in after
    assert len(again.deleted) == 1
    assert again.deleted[0] in first or again.deleted[0].partition("/")[2] in first


def test_what_is_gone_from_the_document_is_marked(talk: Path, folder: Path) -> None:
    draft(talk, folder)
    talk.write_text(TALK.replace("每一根都只有铅笔那么细", "每一根都很细"), encoding="utf-8")
    again = draft(talk, folder)
    assert again.vanished
    by_key = {item.key: item for item in authoring.load(folder.parent).value.items}
    assert {by_key[key].status for key in again.vanished} == {"vanished"}
    talk.write_text(TALK, encoding="utf-8")
    draft(talk, folder)
    by_key = {item.key: item for item in authoring.load(folder.parent).value.items}
    assert {by_key[key].status for key in again.vanished} == {"draft"}


def test_what_a_person_made_ready_is_never_marked(talk: Path, folder: Path) -> None:
    draft(talk, folder)
    path = folder / "pairs.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("    status: draft\n", ""), "utf-8")
    talk.write_text("**王敏：** 今天我们不谈桥梁了。\n\n**李强：** 好的，谈谈茶吧。\n", "utf-8")
    again = draft(talk, folder)
    assert not [key for key in again.vanished if key.startswith("pair/")]
    assert "vanished" not in path.read_text(encoding="utf-8")


def test_a_document_that_is_no_transcript_is_said_to_be_none(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(DeckgenError, match="no transcript"):
        drafting.draft([path], folder)
    assert not folder.exists()


def test_documents_in_two_languages_are_told_apart(
    talk: Path, folder: Path, tmp_path: Path
) -> None:
    english = tmp_path / "english.md"
    english.write_text(ENGLISH, encoding="utf-8")
    with pytest.raises(DeckgenError, match="--english"):
        drafting.draft([talk, english], folder)
    with pytest.raises(DeckgenError, match="not English"):
        drafting.draft([talk], folder, english=talk)


def test_broken_content_is_mended_first(talk: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "terms.yaml").write_text("schema: 1\nterms: [{id: x}]\n")
    with pytest.raises(DeckgenError, match=r"terms\.yaml:2"):
        drafting.draft([talk], folder)


def test_check_shows_each_draft_and_has_nothing_worse(talk: Path, folder: Path) -> None:
    drafted = draft(talk, folder)
    found = checking.check(folder.parent.parent)
    assert {p.severity for p in found} == {"info"}
    assert sum(p.code == "draft" for p in found) == len(drafted.added)


class _Chat(BaseHTTPRequestHandler):
    """A chat server; what the path begins with says how it fails."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert asked["stream"] is False
        how = self.path.split("/")[1]
        if how.isdigit():
            self.send_error(int(how))
            return
        if how in _ODD:
            self.send_response(200)
            self.send_header("Content-Length", str(len(_ODD[how]) + (how == "cut")))
            self.end_headers()
            self.wfile.write(_ODD[how])
            return
        if how == "silent":
            self.close_connection = True
            return
        if how == "slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(50):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
            return
        text = asked["messages"][-1]["content"]
        said = {"choices": [{"message": {"content": f"{asked['model']}: {text}"}}]}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, format: str, *args: object) -> None:
        return None


_ODD = {
    "no-json": b"<html>",
    "a-page": b"<!doctype html><html><body>502 Bad Gateway</body></html>",
    "no-message": b'{"choices": [{"text": "bridge"}]}',
    "no-text": b"\xff\xfe\x00",
    "nested": b"[" * 100_000,
    "a-list": b"[]",
    "no-choice": b'{"choices": []}',
    "cut": b'{"choices": [',
    "empty": b"",
}


@pytest.fixture
def server() -> Iterator[str]:
    running = HTTPServer(("127.0.0.1", 0), _Chat)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}/v1"
    running.shutdown()


def test_a_chat_server_translates(server: str) -> None:
    translate = translators.load(f"chat:{server}?model=small")
    assert translate(["桥"], "en") == ["small: 桥"]


@pytest.mark.parametrize("how", [*_ODD, "429", "500", "silent"])
def test_a_server_that_fails_is_one_message(server: str, how: str) -> None:
    translate = translators.load(f"chat:{server.removesuffix('/v1')}/{how}/v1")
    with pytest.raises(DeckgenError, match="the chat server at"):
        translate(["桥"], "en")


def test_what_a_server_says_is_a_draft_and_named_as_such(
    talk: Path, folder: Path, server: str
) -> None:
    translate = translators.load(f"chat:{server}?model=small")
    drafting.write(drafting.draft([talk], folder, translate=translate))
    read = authoring.load(folder.parent)
    assert {item.status for item in read.value.items} == {"draft"}
    assert read.value.pairs
    for pair in read.value.pairs:
        assert pair.en.startswith("small: ")
        assert "translated by a machine" in (pair.why or "")


def test_a_server_that_is_not_there_is_one_message() -> None:
    translate = translators.load("chat:http://127.0.0.1:9/v1")
    with pytest.raises(DeckgenError, match="did not answer"):
        translate(["桥"], "en")


def test_an_unknown_translator_is_named() -> None:
    with pytest.raises(DeckgenError, match="no translator"):
        translators.load("chad:x")


@pytest.fixture
def mute() -> Iterator[str]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"


@pytest.mark.parametrize("command", ["draft", "make"])
def test_a_server_that_never_answers_is_one_message_and_loses_nothing(
    talk: Path, folder: Path, mute: str, command: str
) -> None:
    draft(talk, folder)
    talk.write_text(TALK + "\n**李强：** 工程师每年都会检查岸边的 12 块岩石。\n", "utf-8")
    before = {path: path.read_bytes() for path in talk.parent.rglob("*") if path.is_file()}
    spec = f"chat:{mute}?model=small&seconds=0.2"
    output = str(folder) if command == "draft" else "talk.apkg"
    done = run(talk.parent, command, "talk.md", "-q", "--translator", spec, "-o", output)
    assert done.returncode == 2
    (message,) = done.stderr.splitlines()
    assert f"{mute}/chat/completions did not answer within 0.2 seconds" in message
    assert {p: p.read_bytes() for p in talk.parent.rglob("*") if p.is_file()} == before


def test_a_server_that_trickles_is_stopped_as_well(server: str) -> None:
    translate = translators.load(f"chat:{server.removesuffix('/v1')}/slow/v1?seconds=0.3")
    with pytest.raises(DeckgenError, match=r"within 0\.3 seconds"):
        translate(["桥"], "en")


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_the_time_to_wait_is_a_number(seconds: str) -> None:
    with pytest.raises(DeckgenError, match="no time to wait"):
        translators.load(f"chat:http://127.0.0.1/v1?seconds={seconds}")


def test_a_list_of_drafts_that_is_no_text_is_one_message(talk: Path, folder: Path) -> None:
    draft(talk, folder)
    ledger = folder / drafting.LEDGER
    ledger.write_bytes(b"\xef\xbb\xbf" + ledger.read_bytes())
    assert not draft(talk, folder).added
    ledger.write_bytes(b"\xff\xfet\x00")
    with pytest.raises(DeckgenError, match=r"drafted\.txt: error: not in UTF-8"):
        draft(talk, folder)


def test_a_source_that_a_person_renamed_is_known_again(talk: Path, folder: Path) -> None:
    draft(talk, folder)
    for path in folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("source: bridges", "source: on-bridges")
        path.write_text(text.replace("- id: bridges", "# mine\n  - id: on-bridges"), "utf-8")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    again = draft(talk, folder)
    assert not again.added
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_sources_of_a_person_stay_beside_a_new_one(talk: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    own = "schema: 1\nsources:\n" + "".join(
        f"  - id: {id}  # mine\n    title: {{zh: 书, en: Book}}\n    deck: Books\n"
        "    language: zh\n    people: []\n    chapters: []\n"
        for id in ("one", "two")
    )
    (folder / "sources.yaml").write_text(own, encoding="utf-8")
    draft(talk, folder)
    assert (folder / "sources.yaml").read_text(encoding="utf-8").startswith(own.rstrip())
    ids = [source.id for source in authoring.load(folder.parent).value.sources]
    assert ids == ["one", "two", "bridges"]
