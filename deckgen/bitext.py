"""Two documents side by side: the units they are aligned by, and the result in other formats."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from deckgen import alignment, pages, readers
from deckgen.alignment import Alignment
from deckgen.hanzi import count_han
from deckgen.problems import DeckgenError
from deckgen.readers.encoding import decode
from deckgen.sentences import Language, split
from deckgen.transcript import Transcript

UnitKind = Literal["lines", "sentences"]
_BREAKS = re.compile(r"\s+")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a document is aligned by: a sentence or a line, with what is known about it.

    `turn` is an index into the document's turns, `time` in seconds.
    """

    text: str
    speaker: str | None = None
    chapter: str | None = None
    time: float | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents with the beads that join their units."""

    zh: tuple[Unit, ...]
    en: tuple[Unit, ...]
    languages: tuple[Language, Language]
    alignment: Alignment


def align_files(zh: Path, en: Path, kind: UnitKind = "sentences") -> Bitext:
    """Read and align two documents; raises DeckgenError where one can't be read."""
    if kind == "lines":
        return _aligned(_lines(zh), _lines(en))
    return align_documents(readers.read(zh).value, readers.read(en).value)


def align_documents(zh: Transcript, en: Transcript) -> Bitext:
    """Align the sentences of two documents; raises DeckgenError where they are exchanged."""
    return _aligned(units_of(zh), units_of(en))


def _aligned(zh: tuple[Unit, ...], en: tuple[Unit, ...]) -> Bitext:
    languages = _language(zh), _language(en)
    if languages == ("en", "zh") and zh and en:
        raise DeckgenError("the first document is English, the second Chinese: give Chinese first")
    found = alignment.align(
        [unit.text for unit in zh],
        [unit.text for unit in en],
        times=([unit.time for unit in zh], [unit.time for unit in en]),
    )
    return Bitext(zh, en, languages, found)


def units_of(document: Transcript) -> tuple[Unit, ...]:
    """Return the sentences of what is said in a document, or of all of it where nobody speaks."""
    if not document.turns:
        language: Language = "zh" if document.language == "zh" else "en"
        spans = split(document.text, language)
        return tuple(Unit(_BREAKS.sub(" ", document.text[start:end])) for start, end in spans)
    return tuple(
        Unit(
            _BREAKS.sub(" ", sentence.text),
            turn.speaker,
            document.chapter_title(turn),
            turn.time if sentence is turn.sentences[0] else None,
            index,
        )
        for index, turn in enumerate(document.turns)
        for sentence in turn.sentences
    )


def _lines(path: Path) -> tuple[Unit, ...]:
    """Return the lines of a file that aren't blank."""
    try:
        text = decode(path.read_bytes(), str(path)).text
    except OSError as error:
        raise DeckgenError(f"{path}: error: {error.strerror or error}") from None
    lines = (line.strip() for line in _LINE_ENDS.split(text))
    return tuple(Unit(line) for line in lines if line)


def _language(units: Sequence[Unit]) -> Language:
    sample = "".join(unit.text for unit in units)[:20_000]
    return "zh" if 5 * count_han(sample) > len(sample) else "en"


@dataclass(frozen=True, slots=True)
class Row:
    """One bead as text; `score` is its confidence."""

    zh: str
    en: str
    score: float
    speaker: str | None


def rows(bitext: Bitext, least: float = 0.0) -> list[Row]:
    """Return the beads as text, in order; those below a confidence are left out."""
    return [
        Row(
            _joined([bitext.zh[i].text for i in bead.zh], bitext.languages[0]),
            _joined([bitext.en[j].text for j in bead.en], bitext.languages[1]),
            bead.score,
            next(
                (
                    u.speaker
                    for u in [*(bitext.zh[i] for i in bead.zh), *(bitext.en[j] for j in bead.en)]
                    if u.speaker
                ),
                None,
            ),
        )
        for bead in bitext.alignment.beads
        if bead.score >= least
    ]


def as_json(bitext: Bitext, least: float = 0.0) -> dict[str, Any]:
    """Return what `deckgen align --format json` prints."""
    return {
        "zh": [unit.text for unit in bitext.zh],
        "en": [unit.text for unit in bitext.en],
        "beads": [
            {"zh": list(bead.zh), "en": list(bead.en), "score": round(bead.score, 4)}
            for bead in bitext.alignment.beads
            if bead.score >= least
        ],
        "scorer": bitext.alignment.scorer,
    }


def as_tsv(bitext: Bitext, least: float = 0.0) -> str:
    """Return the pairs as a table: Chinese, English, confidence, with a line of headings."""
    table = [f"{_cell(row.zh)}\t{_cell(row.en)}\t{row.score:.3f}" for row in rows(bitext, least)]
    return "\n".join(["zh\ten\tconfidence", *table]) + "\n"


def as_tmx(bitext: Bitext, least: float = 0.0) -> str:
    """Return the pairs as a translation memory (TMX 1.4); beads with an empty side are left out."""
    units = [
        f'<tu><prop type="x-confidence">{row.score:.3f}</prop>'
        f'<tuv xml:lang="{bitext.languages[0]}"><seg>{_xml(row.zh)}</seg></tuv>'
        f'<tuv xml:lang="{bitext.languages[1]}"><seg>{_xml(row.en)}</seg></tuv></tu>'
        for row in rows(bitext, least)
        if row.zh and row.en
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<tmx version="1.4"><header creationtool="deckgen" creationtoolversion="1" '
            f'segtype="sentence" o-tmf="deckgen" adminlang="en" srclang="{bitext.languages[0]}" '
            'datatype="plaintext"/><body>',
            *units,
            "</body></tmx>\n",
        ]
    )


def as_html(bitext: Bitext, least: float = 0.0) -> str:
    """Return a page with both texts side by side and the confidence of each pair."""
    found = rows(bitext, least)
    return pages.render("align.html.j2", rows=found, languages=bitext.languages)


def as_text(bitext: Bitext, least: float = 0.0) -> str:
    """Return the pairs for reading in a terminal."""
    return (
        "\n".join(
            f"{row.score:4.0%}  {row.zh or '-'}\n      {row.en or '-'}"
            for row in rows(bitext, least)
        )
        + "\n"
    )


def written(bitext: Bitext, form: str, least: float = 0.0) -> str:
    """Return the beads in one of the formats json, tsv, tmx, html and text."""
    if form == "json":
        return json.dumps(as_json(bitext, least), ensure_ascii=False) + "\n"
    writers = {"tsv": as_tsv, "tmx": as_tmx, "html": as_html, "text": as_text}
    return writers[form](bitext, least)


def complaint(bitext: Bitext) -> str | None:
    """Say why two documents could not be aligned, or nothing where they could."""
    if not bitext.zh or not bitext.en:
        which = "both documents are" if not bitext.zh and not bitext.en else "one document is"
        return f"{which} empty: nothing to align"
    if not bitext.alignment.related:
        return "the texts seem to have nothing to do with each other: not aligned"
    return None


def _joined(texts: Sequence[str], language: Language) -> str:
    return ("" if language == "zh" else " ").join(texts)


def _cell(text: str) -> str:
    return _BREAKS.sub(" ", text)


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text))
