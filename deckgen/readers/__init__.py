"""Documents of any shape into a `Transcript`."""

from __future__ import annotations

from pathlib import Path

from deckgen.problems import DeckgenError, Read
from deckgen.readers import article, cues, html, subtitles
from deckgen.readers.encoding import decode
from deckgen.readers.report import report
from deckgen.transcript import Transcript

__all__ = ["MAX_BYTES", "parse", "read", "report"]

MAX_BYTES = 64 << 20
"""Documents above this size are refused: no interview is longer."""


def read(path: Path) -> Read[Transcript]:
    """Read a document; raises DeckgenError where it can't be opened or is no text."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DeckgenError(f"{path}: error: larger than {MAX_BYTES >> 20} MB; cut it in parts")
        data = path.read_bytes()
    except OSError as error:
        raise DeckgenError(f"{path}: error: {error.strerror or error}") from None
    decoded = decode(data, str(path))
    return Read(parse(decoded.text, str(path), decoded.encoding))


def parse(text: str, path: str, encoding: str = "utf-8") -> Transcript:
    """Understand a text; its content, and for HTML the path's ending, tell the format."""
    if kind := cues.format_of(text):
        return subtitles.read(text, path, encoding, kind)
    if html.looks_like_html(text) or path.lower().endswith((".html", ".htm", ".xhtml")):
        return article.read(html.to_lines(text, path), path, encoding)
    return article.read(text, path, encoding)
