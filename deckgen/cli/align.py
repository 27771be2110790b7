"""`deckgen align`: the sentences of two documents that translate each other."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from deckgen import bitext
from deckgen.cli import output


@click.command()
@click.argument("zh", type=click.Path(path_type=Path))
@click.argument("en", type=click.Path(path_type=Path))
@click.option(
    "--units", type=click.Choice(["sentences", "lines"]), default="sentences", show_default=True
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "tsv", "tmx", "html"]), default="text"
)
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out beads below it."
)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="File to write.")
def align(
    zh: Path,
    en: Path,
    units: Literal["sentences", "lines"],
    form: str,
    min_confidence: float,
    target: Path | None,
) -> None:
    """Align the sentences of a Chinese document with those of an English one.

    The exit code is 1 where one side is empty or the texts seem unrelated.
    """
    found = bitext.align_files(zh, en, units)
    output.write(bitext.written(found, form, min_confidence), target)
    click.echo(f"deckgen: sentences compared by {found.alignment.scorer}", err=True)
    if message := bitext.complaint(found):
        click.echo(f"deckgen: {zh}, {en}: {message}", err=True)
        sys.exit(1)
