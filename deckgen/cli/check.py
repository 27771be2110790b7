"""`deckgen check`: what is wrong with the content."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deckgen import content
from deckgen.problems import failed


@click.command()
@click.option("--project", default=".", type=click.Path(path_type=Path), help="Project folder.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
def check(project: Path, strict: bool) -> None:
    """List what is wrong with the content."""
    problems = content.load(project / "content").problems
    for problem in problems:
        click.echo(problem)
    sys.exit(1 if failed(problems, strict=strict) else 0)
