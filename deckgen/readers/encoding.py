"""Bytes into text, with the name of the encoding or one clear error."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from deckgen.problems import DeckgenError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
_MAGIC = {
    b"PK\x03\x04": "a zip archive (docx, epub and the like)",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive",
    b"ID3": "an audio file",
    b"OggS": "an audio file",
    b"RIFF": "an audio or video file",
    b"{\\rtf": "an RTF document",
}
_SAMPLE = 1 << 16
"""Bytes that are looked at when the encoding has to be guessed."""

_ORDINARY = re.compile(r"[\t\r\n -~\u00a0\u2010-\u2027\u3000-\u3020\u4e00-\u9fff\uff01-\uff5e]")
_COMMON = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
    "過發作裡會後們這個說對時為來國學經"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's text and the encoding that it was in."""

    text: str
    encoding: str


def decode(data: bytes, path: str) -> Decoded:
    """Decode a document; raises DeckgenError where it is no text or its encoding can't be told."""
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise DeckgenError(f"{path}: error: this is {what}, not a text; save it as plain text")
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], codec, name, path)
            return Decoded(text.lstrip("\ufeff"), name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data, path)
    if "\0" in text:
        return _guessed(data, path)
    return Decoded(text, "utf-8")


def _strictly(data: bytes, codec: str, name: str, path: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise DeckgenError(
            f"{path}: error: the byte order mark says {name}, but byte {error.start} is not valid"
            " in it; save the file as UTF-8"
        ) from None
    if "\0" in text:
        raise DeckgenError(f"{path}: error: this is a binary file, not a text")
    return text


def _guessed(data: bytes, path: str) -> Decoded:
    """Try the encodings that Chinese and English documents come in."""
    if b"\0" in data:
        codec = _utf16_without_mark(data)
        if codec is None:
            raise DeckgenError(f"{path}: error: this is a binary file, not a text")
        return Decoded(_strictly(data, codec, codec, path), codec)
    readings = [(c, text) for c in ("gb18030", "big5hkscs") if (text := _try(data, c)) is not None]
    best = max(readings, key=lambda reading: _plausibility(reading[1]), default=None)
    if best is not None and _plausibility(best[1]) > 0.01:
        return Decoded(best[1], "big5" if best[0] == "big5hkscs" else best[0])
    return _by_library(data, path)


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _plausibility(text: str) -> float:
    """Return how often the commonest Chinese characters occur, per character that is not ASCII."""
    sample = [c for c in text[:_SAMPLE] if ord(c) > 127]
    return sum(c in _COMMON for c in sample) / len(sample) if sample else 0.0


def _utf16_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 without a byte order mark by the text that it gives."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    best = max(("utf-16-le", "utf-16-be"), key=lambda codec: _ordinary(sample, codec))
    return best if len(data) % 2 == 0 and _ordinary(sample, best) > 0.9 else None


def _ordinary(sample: bytes, codec: str) -> float:
    """Return the share of characters that Chinese and English documents consist of."""
    text = sample.decode(codec, "replace")
    return len(_ORDINARY.findall(text)) / len(text) if text else 0.0


def _by_library(data: bytes, path: str) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    text = None if best is None else _try(data, best.encoding)
    if best is None or text is None or (not text.isprintable() and _controls(text)):
        raise DeckgenError(f"{path}: error: can't tell the encoding; save the file as UTF-8")
    return Decoded(text, best.encoding.replace("_", "-"))


def _controls(text: str) -> bool:
    """Say whether a text has control characters that no document has."""
    return any(ord(c) < 32 and c not in "\t\n\r\f\v\x1b" for c in text[:_SAMPLE])
