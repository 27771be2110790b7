"""`deckgen check`: what is wrong with the project and its cards."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from deckgen.cli.output import PROJECT, finish, print_json, problem_json
from deckgen.problems import Problem


@click.command()
@PROJECT
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option(
    "--sources",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Documents in which evidence is looked up, and disputes are sought.",
)
@click.option("--explain", metavar="ID", help="Tell about one check, such as L13, and end.")
def check(
    project: Path, form: str, strict: bool, sources: Path | None, explain: str | None
) -> None:
    """List what is wrong with the project, its content and its cards."""
    from deckgen import checking, linting

    if explain is not None:
        click.echo(linting.explain(explain))
        sys.exit(0 if explain.upper() in linting.BY_ID else 2)
    problems = checking.check(project, sources)
    if form == "json":
        print_json({"problems": [problem_json(problem) for problem in problems]})
    else:
        _print(problems, github=form == "github")
    finish(problems, strict=strict)


def _print(problems: Sequence[Problem], *, github: bool) -> None:
    for problem in problems:
        click.echo(_annotation(problem) if github else problem)
    if not github and problems:
        counts = {s: sum(p.severity == s for p in problems) for s in ("error", "warning", "info")}
        told = ", ".join(f"{n} {s}{'s' * (n != 1)}" for s, n in counts.items() if n)
        click.echo(f"{told}. Try: deckgen check --explain {problems[0].code}", err=True)


def _annotation(problem: Problem) -> str:
    """Return a workflow command of GitHub Actions, with its characters escaped as it asks."""
    place = problem.location
    level = {"error": "error", "warning": "warning", "info": "notice"}[problem.severity]
    where = {"file": place.path, "line": place.line, "col": place.column, "title": problem.code}
    given = ",".join(
        f"{name}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in where.items()
        if value
    )
    return f"::{level} {given}::{_escaped(problem.message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
