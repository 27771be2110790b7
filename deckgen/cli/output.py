"""What commands share in printing: problems in three formats, and exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from deckgen.files import write_atomically
from deckgen.problems import Problem, failed

FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Output format."
)
KNOWN = click.option(
    "--known",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File of known words: a list, CSV, package or Anki collection. May be repeated.",
)
PROJECT = click.option(
    "--project",
    default=".",
    type=click.Path(path_type=Path),
    help="Project folder (default: this one).",
)


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as other programs rely on it."""
    place = problem.location
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
    }


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems for people, on standard error."""
    for problem in problems:
        click.echo(problem, err=True)


def print_json(value: Any) -> None:
    """Print one JSON value on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False))


def write(text: str, target: Path | None) -> None:
    """Write a result to a file, or print it where none is given."""
    if target is None:
        click.echo(text, nl=False)
    else:
        write_atomically(target, text.encode())


def finish(problems: Iterable[Problem], *, strict: bool = False) -> None:
    """End with exit code 1 where the problems stop a build, else with 0."""
    sys.exit(1 if failed(problems, strict=strict) else 0)
