"""`deckgen make`: from a document of a talk to a package, in one go."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.output import FORMAT, print_json


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--english", type=click.Path(path_type=Path), help="The same talk in English.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Package to write.")
@click.option("--most", type=click.IntRange(1, 10_000), default=60, show_default=True)
@click.option("--translator", metavar="NAME:SETTING", help="chat:http://HOST/v1?model=NAME")
@FORMAT
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def make(
    file: Path,
    english: Path | None,
    output: Path | None,
    most: int,
    translator: str | None,
    form: str,
    quiet: bool,
) -> None:
    """Make an Anki package of FILE, a document of a talk: read, draft, build.

    --most limits the terms, claims and sentences, each.
    """
    from deckgen import making, translators
    from deckgen.cli.progress import shown

    target = output or file.with_suffix(".apkg")
    translate = translators.load(translator) if translator else None
    with shown(quiet) as progress:
        made = making.make(
            file, target, english=english, most=most, translate=translate, progress=progress
        )
    if form == "json":
        print_json(making.as_json(made))
    elif not quiet:
        click.echo("\n".join(making.summary(made)))
