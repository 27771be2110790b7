"""Write the generated pages of docs/: the command reference and the coverage of the interview."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from deckgen import report
from deckgen.cli import COMMANDS, deckgen

ROOT = Path(__file__).parent.parent


def commands() -> Iterator[str]:
    yield "# Commands\n\nMade by `make docs` from the commands' own help.\n"
    context = deckgen.make_context("deckgen", ["--"], resilient_parsing=True, terminal_width=90)
    for name in COMMANDS:
        command = deckgen.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, terminal_width=90)
        yield f"## deckgen {name}\n\n```\n{command.get_help(inner)}\n```\n"


def coverage() -> Iterator[str]:
    yield "# Coverage\n\nMade by `make docs` with `deckgen report everything`.\n"
    yield from report.as_markdown(report.report(ROOT, "everything"))


PAGES = {"commands.md": commands, "coverage.md": coverage}

if __name__ == "__main__":
    for name in sys.argv[1:] or PAGES:
        text = "\n".join(PAGES[name]()).rstrip() + "\n"
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")
