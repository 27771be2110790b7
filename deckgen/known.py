"""The words a learner knows already: from word lists, packages and Anki collections.

A collection is opened as a copy; nothing is written to it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from deckgen.hanzi import HAN, count_han
from deckgen.package import Packed, read_any
from deckgen.problems import DeckgenError

FIELDS = (
    "hanzi simplified chinese word expression vocab vocabulary key character characters "
    "traditional 汉字 简体 词 词语 单词 生词 中文 front"
).split()
"""Names of the field with the word, in the order in which they are preferred; case is ignored."""

_RUBY = re.compile(r"\[[^\]]*\]")
_MARKUP = re.compile(r"<[^>]*>|&[a-z]+;")
_HAN_WORD = re.compile(f"[{HAN}]+")
_ANKI = (".anki2", ".anki21", ".apkg", ".colpkg")


def read_known(path: Path, mature: int, field: str | None = None) -> frozenset[str]:
    """Read the known words of one file, by its ending.

    `.anki2` is a collection and `.colpkg`, `.apkg` a package: known are the notes with a card
    whose interval is `mature` days or more; in a package without any studied card, every note.
    `.csv` and `.tsv` have a column named like one of FIELDS, or the words in the first; any other
    file has a word a line, with what follows a tab, comma or `#` left out. Raises DeckgenError
    where the file can't be read or has no such field.
    """
    ending = path.suffix.lower()
    try:
        if ending in _ANKI:
            return _words_of(read_any(path), mature, field, path)
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DeckgenError(f"{path} is not UTF-8 text: save it as UTF-8") from None
    except OSError as error:
        raise DeckgenError(f"{path} can't be read: {error.strerror or error}") from None
    if ending in (".csv", ".tsv"):
        return _from_table(text, "\t" if ending == ".tsv" else ",", field, path)
    first_cells = (re.split(r"[\t,，#]", line, maxsplit=1)[0] for line in text.splitlines())
    return frozenset(word for cell in first_cells for word in _words(cell))


def _words(cell: str) -> list[str]:
    return _HAN_WORD.findall(_RUBY.sub("", _MARKUP.sub("", cell)))


def _from_table(text: str, separator: str, field: str | None, path: Path) -> frozenset[str]:
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    if not rows:
        return frozenset()
    column = _column(rows[0], field)
    if column is None and field is not None:
        raise DeckgenError(f'{path} has no column "{field}"; it has {", ".join(rows[0])}')
    body = rows if column is None else rows[1:]
    return frozenset(
        word for row in body if len(row) > (column or 0) for word in _words(row[column or 0])
    )


def _column(names: Iterable[str], field: str | None) -> int | None:
    folded = [name.strip().casefold() for name in names]
    for wanted in [field.casefold()] if field else FIELDS:
        if wanted in folded:
            return folded.index(wanted)
    return None


def _words_of(packed: Packed, mature: int, field: str | None, path: Path) -> frozenset[str]:
    columns = {
        t.id: _best_column(t.fields, field, [n.fields for n in packed.notes if n.notetype == t.id])
        for t in packed.types
    }
    if field is not None and not any(c is not None for c in columns.values()):
        raise DeckgenError(f'{path} has no note type with a field "{field}"')
    studied = any(note.interval for note in packed.notes)
    known: set[str] = set()
    for note in packed.notes:
        column = columns.get(note.notetype)
        if column is None or (studied and note.interval < mature):
            continue
        known.update(_words(note.fields[column]))
    return frozenset(known)


def _best_column(
    names: Iterable[str], field: str | None, notes: list[tuple[str, ...]]
) -> int | None:
    """Return the field by name; without a known name, the first that mostly holds hanzi."""
    named = _column(names, field)
    if named is not None or field is not None:
        return named
    sample = notes[:50]
    for column in range(len(sample[0]) if sample else 0):
        values = [note[column] for note in sample if note[column]]
        if values and sum(count_han(v) * 2 > len(_MARKUP.sub("", v)) for v in values) * 2 > len(
            values
        ):
            return column
    return None
