"""`deckgen diff`: what importing a package would do to a deck that is being studied."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.output import FORMAT, print_json


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@FORMAT
def diff(old: Path, new: Path, form: str) -> None:
    """Compare OLD and NEW: packages, a collection (.anki2) or the lock (deckgen.lock)."""
    from deckgen import diffing

    difference = diffing.compare(diffing.load(old), diffing.load(new))
    if form == "json":
        print_json(diffing.as_json(difference))
    else:
        for line in diffing.as_text(difference):
            click.echo(line)
