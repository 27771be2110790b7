"""The preview of a project's recipe: as a page in a file, or served and kept up to date."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from deckgen import cards, checking, notes, pipeline, preview, project
from deckgen.problems import DeckgenError, Problem, failed

_NAMES = ("127.0.0.1", "localhost")


def page(
    root: Path,
    name: str,
    query: str | None = None,
    sources: Path | None = None,
    stamp: int | None = None,
) -> str:
    """Write the preview page of a recipe, narrowed by a filter, quoting documents in `sources`.

    Raises DeckgenError where content, recipe or templates are too broken to make cards.
    """
    loaded = pipeline.load(root, (name,))
    if failed(loaded.problems):
        raise DeckgenError(_told(loaded.problems))
    (one,) = loaded.recipes
    looked = cards.load(loaded.project.templates, one)
    if failed(looked.problems):
        raise DeckgenError(_told(looked.problems))
    passages = pipeline.evidence(loaded, sources).get(name)
    annotated = pipeline.located(pipeline.annotated(loaded), passages)
    items = pipeline.select(loaded, annotated, one, query).value.items
    made = notes.build(items, one, loaded.project.namespace)
    known = pipeline.known_words(loaded, one)
    return preview.page(one, items, made, looked.value, checking.check(root), known, stamp)


def _told(problems: tuple[Problem, ...]) -> str:
    return "no card can be made:\n" + "\n".join(str(p) for p in problems if p.severity == "error")


def server(
    root: Path, name: str, query: str | None = None, sources: Path | None = None, port: int = 0
) -> HTTPServer:
    """Return a server on this machine alone that makes the page anew whenever a file changes.

    `port` 0 takes any that is free. Raises DeckgenError where the port is taken.
    """
    site = _Site(root, name, query, sources)

    class Handler(_Handler):
        served = site

    try:
        return HTTPServer((_NAMES[0], port), Handler)
    except OSError as error:
        raise DeckgenError(f"port {port} can't be used: {error.strerror}") from None


class _Site:
    """The page of a recipe; its stamp counts the changes of the project's files."""

    def __init__(self, root: Path, name: str, query: str | None, sources: Path | None) -> None:
        self.root, self.name, self.query, self.sources = root, name, query, sources
        self.seen: tuple[object, ...] = ()
        self.stamp = 0
        self.made: tuple[int, str] = (-1, "")

    def current(self) -> int:
        """Return the stamp, one more where any file has changed since it was last asked for."""
        seen = tuple(_files(self.root))
        if seen != self.seen:
            self.seen = seen
            self.stamp += 1
        return self.stamp

    def page(self) -> str:
        """Return the page for the files as they are; what stops it is shown instead."""
        stamp = self.current()
        if self.made[0] != stamp:
            try:
                text = page(self.root, self.name, self.query, self.sources, stamp)
            except DeckgenError as error:
                text = preview.failure(str(error), stamp)
            self.made = stamp, text
        return self.made[1]


def _files(root: Path) -> Iterator[tuple[str, int, int]]:
    found = project.load(root).value
    for folder in (found.content, found.decks, *found.templates):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".yaml", ".yml", ".j2", ".css", ".js", ".html"} and path.is_file():
                stat = path.stat()
                yield str(path), stat.st_mtime_ns, stat.st_size


class _Handler(BaseHTTPRequestHandler):
    """Answers `/` with the page and `/stamp` with its stamp, to requests from this machine."""

    served: _Site

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").rpartition(":")[0]
        if host not in _NAMES:
            self.send_error(403)
        elif self.path == "/stamp":
            self._answer("text/plain", str(self.served.current()))
        elif self.path == "/":
            self._answer("text/html", self.served.page())
        else:
            self.send_error(404)

    def _answer(self, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet about requests."""
