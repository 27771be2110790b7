"""`deckgen compare`: where two documents of one talk disagree."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen import comparison, disagreements, readers
from deckgen.cli import output


@click.command()
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="File to write.")
def compare(a: Path, b: Path, form: str, target: Path | None) -> None:
    """List where two documents of the same talk disagree, the most harmful first.

    They may be in one language or two. The exit code is 1 where they disagree or are unrelated.
    """
    found = comparison.compare(readers.read(a).value, readers.read(b).value)
    output.write(disagreements.written(found, form, (a.name, b.name)), target)
    if found.complaint:
        click.echo(f"deckgen: {a}, {b}: {found.complaint}", err=True)
    sys.exit(1 if found.disagreements or found.complaint else 0)
