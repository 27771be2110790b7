"""`deckgen preview`: every card of a recipe on one page."""

from __future__ import annotations

from pathlib import Path

import click

from deckgen.cli.output import PROJECT


@click.command()
@click.argument("recipe", default="everything")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The page to write.")
@click.option("--filter", "query", help="Narrow the recipe, in Anki's search syntax.")
@click.option(
    "--sources", type=click.Path(path_type=Path), help="Folder of the documents to quote from."
)
@click.option("--serve", is_flag=True, help="Open the page and rebuild it on every change.")
@click.option("--port", default=0, help="The port to serve on; any free one by default.")
@PROJECT
def preview(
    recipe: str,
    output: Path | None,
    query: str | None,
    sources: Path | None,
    serve: bool,
    port: int,
    project: Path,
) -> None:
    """Write a page with every card of RECIPE (default: everything) as Anki will show it."""
    from deckgen import previewing
    from deckgen.files import write_atomically

    if serve:
        _serve(previewing.server(project, recipe, query, sources, port))
        return
    path = output or Path(f"{recipe}.html")
    write_atomically(path, previewing.page(project, recipe, query, sources).encode())
    click.echo(f"{path}: open it in a browser.")


def _serve(server: object) -> None:
    import webbrowser
    from http.server import HTTPServer

    assert isinstance(server, HTTPServer)
    address = f"http://127.0.0.1:{server.server_port}/"
    click.echo(f"{address} (Ctrl-C ends it)")
    webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
