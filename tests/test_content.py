"""Content in YAML: what is read, and how mistakes are located."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen import authoring, yamlfile
from deckgen.content import Source
from deckgen.problems import failed

SOURCE = """\
schema: 1
sources:
  - id: talk
    title: {en: A talk, zh: 一次谈话}
    deck: Talk
    language: en
    date: 2024-09-05
    people:
      - {id: ann, name: {en: Ann, zh: 安}}
    chapters:
      - {id: start, title: {en: Start, zh: 开始}, start: 0:33}
"""
TERM = """\
schema: 1
terms:
  - id: no
    hanzi: 反向传播
    english: on
    definition: {zh: 12:30, en: yes}
    evidence: [{source: talk, chapter: start, speaker: ann, time: "1:02:03", keywords: [no]}]
"""


def project(folder: Path, **files: str | bytes) -> Path:
    root = folder / "content"
    root.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (root / f"{name}.yaml").write_bytes(data)
    return root


def codes(folder: Path, **files: str | bytes) -> list[str]:
    return [p.code for p in authoring.load(project(folder, **files)).problems]


def test_scalars_stay_text(tmp_path: Path) -> None:
    got = authoring.load(project(tmp_path, sources=SOURCE, terms=TERM))
    assert got.problems == ()
    (term,) = got.value.terms
    assert (term.id, term.english, term.definition.zh, term.definition.en) == (
        "no",
        "on",
        "12:30",
        "yes",
    )
    assert term.evidence[0].time == 3723
    assert term.evidence[0].keywords == ("no",)
    assert got.value.sources[0].chapters[0].start == 33


def test_byte_order_mark_and_crlf_are_read(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf" + TERM.replace("\n", "\r\n").encode()
    assert authoring.load(project(tmp_path, sources=SOURCE, terms=text)).problems == ()


@pytest.mark.parametrize(
    ("broken", "code", "line", "column"),
    [
        (TERM.replace("english: on", "engish: on"), "unknown-key", 5, 5),
        (TERM.replace("    english: on\n", ""), "missing-key", 3, 5),
        (TERM.replace("english: on", "english: on\n    english: off"), "duplicate-key", 6, 5),
        (TERM.replace("english: on", "english: [on]"), "wrong-type", 5, 14),
        (TERM.replace("english: on", "english: ''"), "empty-text", 5, 14),
        (TERM.replace("english: on", 'english: "\\ud800"'), "yaml", 5, 17),
        (TERM.replace("english: on", 'english: "a\\u0007"'), "control-character", 5, 14),
        (TERM.replace('"1:02:03"', "soon"), "wrong-value", 7, 67),
        (TERM.replace("source: talk", "source: tlak"), "unknown-source", 7, 16),
        (TERM.replace("chapter: start", "chapter: stat"), "unknown-chapter", 7, 16),
        (TERM.replace("speaker: ann", "speaker: bob"), "unknown-speaker", 7, 16),
        (TERM.replace(", keywords: [no]", ""), "no-keywords", 7, 16),
        (TERM.replace("id: no", "id: a b"), "wrong-value", 3, 9),
        (TERM.replace("id: no", "id: &a no"), None, 0, 0),
        (TERM.replace("english: on", "english: *a"), "yaml", 5, 14),
        (
            TERM.replace(
                "evidence: [{", "context: &a {zh: 一, en: a}\n    caution: *a\n    evidence: [{"
            ),
            "alias",
            7,
            14,
        ),
        (TERM + "  - &x {id: a, evidence: [*x]}\n", "alias", 8, 5),
        (TERM.replace("[{source", "[{{source"), "yaml", 7, 94),
        (TERM.replace("schema: 1", "schema: 2"), "wrong-value", 1, 9),
        (TERM + TERM.partition("terms:\n")[2], "duplicate-id", 8, 5),
    ],
)
def test_mistakes_are_located(
    tmp_path: Path, broken: str, code: str | None, line: int, column: int
) -> None:
    found = authoring.load(project(tmp_path, sources=SOURCE, terms=broken)).problems
    places = [(p.code, p.location.line, p.location.column) for p in found]
    if code is None:
        assert places == []
    else:
        assert (code, line, column) in places
        assert all(p.location.path == "content/terms.yaml" for p in found)
        assert failed(found)


def test_every_mistake_of_every_file_is_listed_in_order(tmp_path: Path) -> None:
    one = TERM.replace("english: on", "engish: on").replace("chapter: start", "chapter: x")
    found = authoring.load(project(tmp_path, sources=SOURCE, b=one, a=b"\x00\xff")).problems
    assert [p.location for p in found] == sorted(p.location for p in found)
    assert {p.location.path for p in found} == {"content/a.yaml", "content/b.yaml"}
    assert {"unknown-key", "missing-key", "not-utf-8"} <= {p.code for p in found}


def test_message_names_the_place_the_nearest_key_and_shows_a_caret(tmp_path: Path) -> None:
    broken = TERM.replace("english: on", "engish: on")
    found = authoring.load(project(tmp_path, sources=SOURCE, terms=broken)).problems
    shown = next(str(p) for p in found if p.code == "unknown-key")
    assert shown.splitlines() == [
        'content/terms.yaml:5:5: error: unknown key "engish" (did you mean "english"?)'
        " [unknown-key]",
        "      engish: on",
        "      ^",
    ]


def test_empty_and_binary_files_are_problems(tmp_path: Path) -> None:
    assert codes(tmp_path, a=b"") == ["empty-file"]
    assert codes(tmp_path, a=b"\x89PNG\r\n\x1a\n") == ["not-utf-8"]
    assert codes(tmp_path, a=b"schema: 1\nterms: \x07") == ["control-character"]
    assert codes(tmp_path, a="[" * 5000) in (["too-deep"], ["yaml"])


TEXTS = st.text(max_size=200) | st.text("[]{}:-#&*!|>'\"\n a1", max_size=200)


@settings(max_examples=200, deadline=None)
@given(TEXTS | st.binary(max_size=200))
def test_any_text_gives_a_value_or_located_problems(
    tmp_path_factory: pytest.TempPathFactory, data: str | bytes
) -> None:
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    path = tmp_path_factory.mktemp("any") / "x.yaml"
    path.write_bytes(raw)
    got = yamlfile.read(path, "content/x.yaml", Source)
    assert got.value is not None or got.problems
    assert all(p.location.path == "content/x.yaml" for p in got.problems)
