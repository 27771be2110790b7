"""Whatever the bytes: a transcript or one clear error, soon and in bounded memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deckgen import readers
from deckgen.problems import DeckgenError
from deckgen.readers.encoding import decode
from deckgen.transcript import Transcript

MEGABYTE = 1 << 20
PIECES = [
    "Ann: ",
    "**Ann:** ",
    "\u5b89\uff1a",
    "\u3010\u5b89\u3011",
    "Q\uff1a",
    "\u7b54\uff1a",
    "[00:01] ",
    "00:00:01,000 --> 00:00:02,000\n",
    "WEBVTT\n\n",
    "# ",
    "## A\n",
    "---\n",
    "===\n",
    "> ",
    "- ",
    "| a | b |\n",
    "|---|---|\n",
    "```\n",
    "<details>",
    "</details>",
    "<summary>",
    "<v Ann>",
    "<p>",
    "<div>",
    "<!--",
    "-->",
    "[a](",
    "![",
    "](",
    "(",
    "\uff08",
    "\uff09",
    "\u8bd1\u8005\u6ce8\uff1a",
    "\u201c",
    "\u201d",
    "\u8bcd(term): \u4e00\u79cd",
    "\n",
    "\n\n",
    "\r",
    "\xa0",
    "\u3000",
    "*",
    "_",
    "&amp;",
    "\\",
    "01.\n",
    "#\u6807\u7b7e ",
    "\u251c\u2500\u2500 ",
    "\u4f60\u597d\u3002",
    "Hello there. ",
    "\x00",
    "\ufeff",
    "\U0001f600",
    "\ud7ff",
]


def understood(data: bytes, name: str = "any.md") -> Transcript | DeckgenError:
    """Read bytes as a file's; anything but a transcript or a DeckgenError is a failure."""
    try:
        decoded = decode(data, name)
        return readers.parse(decoded.text, name, decoded.encoding)
    except DeckgenError as error:
        assert str(error).startswith(f"{name}: error: ")
        assert "\n" not in str(error)
        return error


def check(found: Transcript | DeckgenError) -> None:
    if isinstance(found, DeckgenError):
        return
    for turn in found.turns:
        assert turn.text.strip()
        for sentence in turn.sentences:
            assert 0 <= sentence.locator.start <= sentence.locator.end <= len(found.text)
    assert found.is_transcript or not (found.people or found.turns)
    found.as_json()


@settings(deadline=None)
@given(st.binary(max_size=2000), st.sampled_from(["any.md", "any.html", "any.srt"]))
@example(b"\xff\xfe\x00", "any.md")
@example(b"\x80", "any.md")
@example(b"", "any.md")
def test_any_bytes(data: bytes, name: str) -> None:
    check(understood(data, name))


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["any.md", "any.html"]))
def test_any_mixture_of_markup(pieces: list[str], name: str) -> None:
    check(understood("".join(pieces).encode("utf-8", "surrogatepass"), name))


@settings(deadline=None)
@given(st.text(max_size=500))
def test_any_text_between_labels(text: str) -> None:
    document = f"**Ann:** {text}\n\n**Bo:** Yes, I think so.\n\n**Ann:** Good.\n\n**Bo:** Fine.\n"
    check(understood(document.encode("utf-8", "ignore")))


ONE_LINE = {
    "letters": "a",
    "Han": "好",
    "blanks": " ",
    "words": "word ",
    "sentences": "It is. ",
    "labels": "Ann: ",
    "brackets": "[",
    "links": "[a](",
    "round brackets": "(",
    "full-width brackets": "（",
    "notes": "（译者注：",
    "stars": "*",
    "stars and letters": "*a",
    "bold": "**a** ",
    "underscores": "_a",
    "backticks": "`",
    "tags": "<a ",
    "elements": "<div>",
    "quotes": "“",
    "entities": "&amp;",
    "hashtags": "#a ",
    "pipes": "|a",
    "angles": ">",
    "hashes": "#",
    "colons": ":",
    "times": "0:00 ",
    "dots": "。",
    "terms": "词(term)",
}


@pytest.mark.parametrize("piece", ONE_LINE.values(), ids=ONE_LINE.keys())
def test_a_megabyte_of_one_line(piece: str) -> None:
    check(understood((piece * (MEGABYTE // len(piece.encode()))).encode()))


@pytest.mark.parametrize("kind", ["letters", "Han", "sentences", "brackets", "labels", "notes"])
def test_ten_megabytes_of_one_line(kind: str) -> None:
    piece = ONE_LINE[kind]
    check(understood((piece * (10 * MEGABYTE // len(piece.encode()))).encode()))


@pytest.mark.parametrize("name", ["deep.md", "deep.html"])
@pytest.mark.parametrize(
    "piece", ["> ", "- ", "<div>", "<b>", "<ul><li>", "**", "<details>\n", "  - a\n"]
)
def test_deep_nesting(piece: str, name: str) -> None:
    check(understood((piece * 20_000 + "\nAnn: Hello.").encode(), name))


@pytest.mark.parametrize("line", ["Ann: Hello there.\n", "# a\n", "|a|b|\n", "- 0:00 a\n"])
def test_very_many_short_lines(line: str) -> None:
    check(understood((line * 20_000).encode()))
    assert isinstance(understood((line * 400_000).encode()), DeckgenError)


MANY_LINES = {
    "bold": "**a** " * 160,
    "entities": "&amp;" * 200,
    "brackets": "[" * 500 + "]" * 500,
    "stars": "*a" * 500,
    "links": "[a](" * 250,
    "notes": "（译者注：" * 100,
    "deep quotes": "> " * 500 + "a",
    "fence": "```a",
    "table": "|a|b|c|",
    "time": "0:00",
    "comments": "## Comments",
}


@pytest.mark.parametrize("line", MANY_LINES.values(), ids=MANY_LINES.keys())
def test_a_megabyte_of_lines(line: str) -> None:
    check(understood(((line + "\n") * (MEGABYTE // max(50, len(line.encode())))).encode()))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a" * 1_000_001, "a line of more than 1,000,000 characters"),
        ("a\n" * 100_001, "more than 100,000 lines"),
        ("<html><body>" + "<p>a</p>" * 200_000, "more than 300,000 tags"),
        ("<html><body>" + "<div>" * 100_000, "nested deeper"),
    ],
    ids=["line", "lines", "tags", "depth"],
)
def test_what_no_interview_is_ends_with_its_reason(text: str, message: str) -> None:
    found = understood(text.encode())
    assert isinstance(found, DeckgenError)
    assert message in str(found)


def test_memory_stays_in_proportion_to_the_document() -> None:
    data = ("**Ann:** It is so. I know it.\n\n**Bo:** 我也知道。\n\n" * 3_000).encode()
    tracemalloc.start()
    check(understood(data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150 * len(data)


def test_a_zip_called_md_is_named(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "Ann: Hello.")
    path = tmp_path / "talk.md"
    path.write_bytes(archive.getvalue())
    with pytest.raises(DeckgenError, match="zip archive"):
        readers.read(path)


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(100), b"%PDF-1.7\n", bytes(range(256)) * 20, b"\xfe\xff\xd8"],
)
def test_what_is_no_text_is_one_error(data: bytes) -> None:
    assert isinstance(understood(data), DeckgenError)
