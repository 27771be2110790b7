"""`deckgen init`: a new project."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen import project


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a project in FOLDER, with the shipped interview as its first content."""
    files = project.init(folder)
    click.echo(f"Made {folder} with {len(files)} files. Next: cd {folder} && deckgen build")
