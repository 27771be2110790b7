"""`deckgen build`: recipes into packages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from deckgen.cli.output import (
    FORMAT,
    KNOWN,
    PROJECT,
    finish,
    print_json,
    print_problems,
    problem_json,
)


@click.command()
@click.argument("recipes", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for the packages.")
@PROJECT
@click.option("--filter", "query", help="Narrow every recipe, in Anki's search syntax.")
@click.option(
    "--sources", type=click.Path(path_type=Path), help="Folder of the documents to quote from."
)
@KNOWN
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@FORMAT
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def build(
    recipes: tuple[str, ...],
    output: Path | None,
    project: Path,
    query: str | None,
    sources: Path | None,
    known: tuple[Path, ...],
    dry_run: bool,
    form: str,
    quiet: bool,
) -> None:
    """Build RECIPES (all where none is named) into Anki packages."""
    from deckgen import pipeline
    from deckgen.cli.progress import shown

    with shown(quiet) as progress:
        report = pipeline.build(
            project,
            recipes,
            output=output,
            filter=query,
            sources=sources,
            known=known,
            dry_run=dry_run,
            progress=progress,
        )
    print_problems(p for p in report.problems if p.severity != "info")
    if form == "json":
        print_json(_as_json(report))
    elif not quiet:
        if dry_run:
            _print_plan(report)
        _print_table(report)
    finish(report.problems)


def _as_json(report: Any) -> dict[str, Any]:
    decks = [
        {
            "recipe": built.deck.recipe.name,
            "path": str(built.path),
            "notes": len(built.deck.notes),
            "cards": sum(len(note.cards) for note in built.deck.notes),
            **{
                name: len(getattr(built.deck.changes, name))
                for name in ("new", "changed", "unchanged", "gone")
            },
        }
        for built in report.decks
    ]
    return {"decks": decks, "problems": [problem_json(p) for p in report.problems]}


def _print_plan(report: Any) -> None:
    from deckgen import diffing

    for built in report.decks:
        deck = built.deck
        click.echo(f"{deck.recipe.name}:")
        plan = diffing.planned(built.path, deck.before, deck.notes, deck.types)
        for line in diffing.as_text(plan):
            click.echo(f"  {line}")


def _print_table(report: Any) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("Deck", box=None, pad_edge=False)
    for name in ("Notes", "Cards", "New", "Changed", "Gone", "Size", "Time"):
        table.add_column(name, justify="right")
    for built in report.decks:
        changes = built.deck.changes
        numbers = (
            len(built.deck.notes),
            sum(len(note.cards) for note in built.deck.notes),
            len(changes.new),
            len(changes.changed),
            len(changes.gone),
        )
        size = f"{built.size / 1000:,.0f} kB" if built.size else "–"
        table.add_row(
            built.deck.recipe.name, *(f"{n:,}" for n in numbers), size, f"{built.seconds:.2f} s"
        )
    if report.decks:
        Console().print(table)
        if report.decks[0].size:
            click.echo(f"The packages are in {report.decks[0].path.parent}: import them in Anki.")
    found = report.evidence
    if found is not None:
        click.echo(
            f"Passages: {found.found} found, {found.doubtful} with doubt, "
            f"{found.missing} not found."
        )
        click.echo(
            f"The documents disagree at {len(found.disputed)} notes, {len(report.undecided)} of "
            "them without a caution or a waiver (deckgen check --sources tells which)."
        )
    elif report.decks:
        click.echo("No document was given (--sources), so cards quote no passage.")
