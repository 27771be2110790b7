"""`deckgen draft`: proposals from documents of a talk, as content to edit."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.output import FORMAT, print_json


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--english", type=click.Path(path_type=Path), help="The same talk in English.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder.")
@click.option("--most", type=click.IntRange(1, 10_000), default=60, show_default=True)
@click.option("--translator", metavar="NAME:SETTING", help="chat:http://HOST/v1?model=NAME")
@click.option("--dry-run", is_flag=True, help="Say what would be drafted, and write nothing.")
@FORMAT
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def draft(
    files: tuple[Path, ...],
    english: Path | None,
    output: Path,
    most: int,
    translator: str | None,
    dry_run: bool,
    form: str,
    quiet: bool,
) -> None:
    """Propose terms, claims and sentences from FILES, renderings of one talk, as drafts.

    They go to the folder -o, such as content/NAME, in YAML files to edit. Drafting again keeps
    every edit, adds what is new, and marks drafts whose passage is gone.
    """
    from deckgen import drafting, translators
    from deckgen.cli.progress import shown

    translate = translators.load(translator) if translator else None
    with shown(quiet) as progress:
        drafted = drafting.draft(
            files, output, english=english, most=most, translate=translate, progress=progress
        )
        if not dry_run:
            drafting.write(drafted)
    if form == "json":
        print_json(drafting.as_json(drafted))
    elif not quiet:
        click.echo("\n".join(drafting.summary(drafted)))
