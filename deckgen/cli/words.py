"""`deckgen words`: how Chinese text is cut into words."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.lines import FORMAT, lines, print_words, reader_of
from deckgen.cli.output import PROJECT


@click.command()
@PROJECT
@FORMAT
def words(project: Path, form: str) -> None:
    """Cut Chinese text on standard input into words that a dictionary has.

    JSON has `{"words": [{"text", "start"}]}` for each line. A project's terms are words, and its
    corrections hold.
    """
    segmenter = reader_of(project).segmenter
    for line in lines():
        tokens = (token for piece in segmenter.pieces(line) for token in piece)
        if form == "text":
            click.echo(" ".join(token.text for token in tokens))
        else:
            print_words({"text": token.text, "start": token.start} for token in tokens)
