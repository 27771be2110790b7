"""`deckgen list`: which notes a filter or recipe selects, in learning order, and why."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.output import FORMAT, KNOWN, PROJECT, finish, print_json, print_problems


@click.command()
@click.argument("recipe", default="everything")
@click.option("--filter", "query", help="A filter in Anki's search syntax.")
@click.option("--why", metavar="ID", help="Tell why one note is in or out.")
@KNOWN
@PROJECT
@FORMAT
def list(
    recipe: str,
    query: str | None,
    why: str | None,
    known: tuple[Path, ...],
    project: Path,
    form: str,
) -> None:
    """List the notes of RECIPE (default: everything) that a filter selects."""
    from deckgen import listing

    got = listing.rows(project, recipe, query, known) if why is None else None
    if why is not None:
        click.echo("\n".join(listing.why(project, recipe, query, why)))
        return
    assert got is not None
    print_problems(got.problems)
    if form == "json":
        print_json({"notes": [row.as_json() for row in got.value]})
    else:
        for row in got.value:
            click.echo(row)
    finish(got.problems)
