"""What the commands that read Chinese on standard input share: lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckgen import corrections
from deckgen.cli.output import print_problems
from deckgen.problems import DeckgenError
from deckgen.project import SETTINGS

if TYPE_CHECKING:
    from deckgen.pinyin import Reader

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["json", "text"]),
    default="json",
    help="Output: JSON, one value a line (default), or text.",
)


def lines() -> Iterator[str]:
    """Yield standard input a line at a time, without the line break; it must be UTF-8."""
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            yield line.removesuffix(b"\n").decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise DeckgenError(
                f"standard input, line {number}, byte {error.start + 1}: not UTF-8; "
                "convert the text first"
            ) from error


def print_words(words: Iterable[dict[str, Any]]) -> None:
    """Print `{"words": […]}` on one line, a word at a time."""
    out = sys.stdout
    out.write('{"words": [')
    for number, word in enumerate(words):
        out.write((", " if number else "") + json.dumps(word, ensure_ascii=False))
    out.write("]}\n")


def reader_of(project: Path) -> Reader:
    """Return a reader with the terms and corrections of a project, if the folder is one."""
    from deckgen import authoring
    from deckgen.pinyin import Reader, authored

    if not (project / SETTINGS).is_file():
        return Reader()
    corrected = corrections.load(project / "content")
    print_problems(corrected.problems)
    return Reader(authored(authoring.load(project / "content").value), corrected.value)
