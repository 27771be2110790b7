"""The command line: each command lives in the module of its name and is loaded when called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import click

from deckgen import __version__
from deckgen.cli.progress import show_compiling
from deckgen.problems import DeckgenError

COMMANDS = {
    "init": "Make a new project.",
    "build": "Build recipes into Anki packages.",
    "list": "List the notes that a filter selects.",
    "voice": "Make sound files for cards.",
    "preview": "Show every card on one page, as Anki will.",
    "report": "Tell what a recipe covers, and what its order asks.",
    "diff": "Tell what importing a package would change.",
    "show": "Print what a package holds.",
    "check": "List what is wrong with the content.",
    "transcript": "Show how a document of an interview is understood.",
    "draft": "Propose content from documents of a talk.",
    "make": "Go from a document of a talk to an Anki package.",
    "pinyin": "Read Chinese text, in pinyin, from standard input.",
    "align": "Align the sentences of two documents.",
    "compare": "List where two documents of one talk disagree.",
    "words": "Cut Chinese text into words, from standard input.",
}
"""Each command with the line that `deckgen --help` shows, so that help imports none of them."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"deckgen.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="deckgen")
def deckgen() -> None:
    """Turn what an interview teaches into Anki decks for learning Chinese and English."""


def main(arguments: Sequence[str] | None = None) -> Any:
    """Run the command line; a DeckgenError is one message on standard error and exit code 2."""
    show_compiling()
    try:
        return deckgen.main(arguments, prog_name="deckgen")
    except DeckgenError as error:
        print(f"deckgen: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
