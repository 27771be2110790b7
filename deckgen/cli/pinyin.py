"""`deckgen pinyin`: how Chinese text is read."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.lines import FORMAT, lines, print_words, reader_of
from deckgen.cli.output import PROJECT


@click.command()
@PROJECT
@FORMAT
def pinyin(project: Path, form: str) -> None:
    """Read Chinese text on standard input; print each line's words with their pinyin.

    JSON has `{"words": [{"text", "start", "readings", "sure"}]}` for each line: one reading a Han
    character, erhua written out; null for Latin, digits and symbols. A project's terms are words,
    and its corrections hold.
    """
    from deckgen.pinyin import in_pinyin, to_json

    reader = reader_of(project)
    for line in lines():
        if form == "text":
            click.echo(" ".join(map(in_pinyin, reader.words(line))))
        else:
            print_words(map(to_json, reader.words(line)))
