"""`deckgen report`: what a recipe covers, and what its order asks of the learner."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.output import FORMAT, PROJECT, finish, print_json, print_problems


@click.command()
@click.argument("recipe", default="everything")
@PROJECT
@FORMAT
def report(recipe: str, project: Path, form: str) -> None:
    """Report on RECIPE (default: everything): chapters, topics, new words in each sentence."""
    from deckgen import report as reporting

    made = reporting.report(project, recipe)
    print_problems(p for p in made.problems if p.severity != "info")
    if form == "json":
        print_json(reporting.as_json(made))
    else:
        click.echo("\n".join(reporting.as_markdown(made)))
    finish(made.problems)
