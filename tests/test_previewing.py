from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckgen import previewing
from deckgen.cli import deckgen
from deckgen.problems import DeckgenError

TERMS = """
schema: 1
terms:
  - id: demo
    hanzi: 演示
    english: demo
    definition: {zh: 把成果展示出来。, en: A show of what has been made.}
    evidence: [{source: talk, keywords: [演示]}]
"""
SOURCES = """
schema: 1
sources:
  - id: talk
    title: {en: A talk, zh: 访谈}
    deck: Talk
    language: en
    date: 2024-09-05
    people: []
    chapters: []
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("content", "decks", "templates"):
        (tmp_path / name).mkdir()
    (tmp_path / "deckgen.yaml").write_text("schema: 1\nnamespace: test\n")
    (tmp_path / "content" / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "content" / "terms.yaml").write_text(TERMS, encoding="utf-8")
    (tmp_path / "decks" / "all.yaml").write_text("schema: 1\ntitle: All\ndescription: all\n")
    return tmp_path


@pytest.fixture
def server(project: Path) -> Iterator[HTTPServer]:
    made = previewing.server(project, "all")
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def get(server: HTTPServer, path: str, host: str | None = None) -> str:
    address = f"127.0.0.1:{server.server_port}"
    request = urllib.request.Request(f"http://{address}{path}", headers={"Host": host or address})
    with urllib.request.urlopen(request) as answer:
        text: str = answer.read().decode()
    return text


def test_the_command_writes_one_page_and_nothing_else(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    before = set(project.rglob("*"))
    result = CliRunner().invoke(deckgen, ["preview", "all", "-o", "page.html"])
    assert result.exit_code == 0, result.output
    assert set(project.rglob("*")) - before == {project / "page.html"}
    text = (project / "page.html").read_text(encoding="utf-8")
    assert "演示" in text
    assert "http://" not in text
    assert "https://" not in text


def test_a_filter_that_cannot_be_read_stops_it(project: Path) -> None:
    with pytest.raises(DeckgenError, match="column 1"):
        previewing.page(project, "all", "colour:red")


def test_a_broken_template_is_told_with_its_place(project: Path) -> None:
    (project / "templates" / "term").mkdir()
    broken = project / "templates" / "term" / "produce.back.html.j2"
    broken.write_text("{{Nothing}}")
    with pytest.raises(DeckgenError, match=r"templates/term/produce\.back\.html\.j2:1:1: error"):
        previewing.page(project, "all")


def test_a_served_page_follows_the_files(project: Path, server: HTTPServer) -> None:
    stamp = get(server, "/stamp")
    assert get(server, "/stamp") == stamp
    assert f'"stamp":{stamp}}}' in get(server, "/")
    terms = project / "content" / "terms.yaml"
    terms.write_text(TERMS.replace("english: demo", "english: showing"), encoding="utf-8")
    assert get(server, "/stamp") != stamp
    assert "showing" in get(server, "/")


def test_a_mistake_shows_on_the_served_page_until_it_is_mended(
    project: Path, server: HTTPServer
) -> None:
    terms = project / "content" / "terms.yaml"
    terms.write_text("schema: 1\nterms: [<b>]", encoding="utf-8")
    page = get(server, "/")
    assert "content/terms.yaml:2:" in page
    assert "<b>" not in page
    terms.write_text(TERMS, encoding="utf-8")
    assert "演示" in get(server, "/")


@pytest.mark.parametrize(
    ("path", "host", "code"),
    [("/../deckgen.yaml", None, 404), ("/content", None, 404), ("/", "evil.example:80", 403)],
)
def test_nothing_else_is_served(server: HTTPServer, path: str, host: str | None, code: int) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(server, path, host)
    assert caught.value.code == code


def test_a_port_that_is_taken_is_said(project: Path, server: HTTPServer) -> None:
    with pytest.raises(DeckgenError, match="can't be used"):
        previewing.server(project, "all", port=server.server_port)
