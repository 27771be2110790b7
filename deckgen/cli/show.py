"""`deckgen show`: what a package holds."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("package", type=click.Path(path_type=Path))
def show(package: Path) -> None:
    """Print what PACKAGE (.apkg or .colpkg) holds, as text that can be compared."""
    from deckgen.package import canonical, read

    for line in canonical(read(package)):
        click.echo(line)
