"""`deckgen voice`: sound files for the cards of recipes."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.output import PROJECT


@click.command()
@click.argument("recipes", nargs=-1)
@PROJECT
@click.option("--engine", default="espeak", help="What speaks (default: espeak).")
@click.option(
    "--language", type=click.Choice(["zh", "en", "both"]), default="both", help="What to speak."
)
def voice(recipes: tuple[str, ...], project: Path, engine: str, language: str) -> None:
    """Make sound files for RECIPES (where none is named, those that say "sound: files").

    Cards use the device's voice unless their recipe says "sound: files". What was made before is
    not made again. Engines: espeak (needs espeak-ng), espeak-mp3 (needs lame too), and plug-ins.
    """
    from deckgen import voicing
    from deckgen.cli.progress import shown

    languages = [one for one in voicing.LANGUAGES if language in (one, "both")]
    with shown() as progress:
        done = voicing.voice(
            project, recipes, engine=engine, languages=languages, progress=progress
        )
    click.echo(
        f"{done.made:,} files made, {done.kept:,} were there: {done.size / 1e6:,.1f} MB "
        f"in {done.folder}."
    )
    for name in done.unasked:
        click.echo(f'{name} uses the device\'s voice: for files, write "sound: files" in it.')
