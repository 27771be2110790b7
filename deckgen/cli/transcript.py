"""`deckgen transcript`: how a document of an interview is understood."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from deckgen import readers


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def transcript(file: Path, format: str) -> None:
    """Show what is understood of a document: people, chapters, turns, boxes, what is left out.

    FILE is an article or notes (Markdown, plain text, HTML) or subtitles (srt, vtt, sbv, ass,
    json3). The exit code is 1 where it is no transcript of a talk.
    """
    found = readers.read(file).value
    if format == "json":
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(readers.report(found)))
    sys.exit(0 if found.is_transcript else 1)
