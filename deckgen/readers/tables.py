"""Tables of a talk into lines: a name, a time, and what is said in one language or two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from deckgen.readers.bilingual import is_chinese
from deckgen.readers.markdown import Block
from deckgen.readers.naming import could_be_name
from deckgen.readers.plain import Plain, join

_CLOCK = re.compile(r"[\[(]?(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d+)?[\])]?(?: ?[-–—] ?[\d:.,]+)?")
_MAX_NAME = 30


def spread(blocks: Sequence[Block]) -> list[Block]:
    """Make of each table row that holds a turn a line, and a hidden line of its translation."""
    found: list[Block] = []
    for is_row, group in groupby(blocks, key=lambda block: block.kind == "row"):
        rows = list(group)
        found.extend(_lines(rows) if is_row else rows)
    return found


def _lines(rows: Sequence[Block]) -> Iterator[Block]:
    body = rows[2:] if len(rows) > 2 and not rows[1].cells else rows
    columns = _columns([row.cells for row in body])
    if columns is None:
        yield from rows
        return
    front, texts = columns
    yield from rows[: len(rows) - len(body)]
    for row in body:
        if len(row.cells) <= max(texts):
            yield row
            continue
        label = [row.cells[i] for i in front if row.cells[i].text]
        said = [row.cells[i] for i in texts]
        lead = join(label, " ", whole=True)
        parts = [lead, said[0]] if lead.text else [said[0]]
        colon = ": " if label and not _CLOCK.fullmatch(lead.text) else " "
        yield replace(row, kind="text", plain=join(parts, colon, whole=True), cells=())
        for other in said[1:]:
            yield replace(row, kind="text", plain=other, cells=(), hidden=True)


def _is_name(cell: str) -> bool:
    return len(cell) <= _MAX_NAME and could_be_name(cell)


def _columns(rows: Sequence[tuple[Plain, ...]]) -> tuple[list[int], list[int]] | None:
    """Tell the columns that make up a label and those that hold what is said."""
    rows = [row for row in rows if row]
    width = min((len(row) for row in rows), default=0)
    if width < 2:
        return None
    times, names, texts = [], [], []
    for i in range(width):
        cells = [row[i].text for row in rows]
        filled = [cell for cell in cells if cell]
        if all(cell.isdigit() for cell in filled):
            continue
        if sum(bool(_CLOCK.fullmatch(cell)) for cell in filled) >= 0.7 * len(filled):
            times.append(i)
        elif len(set(filled)) < len(filled) and all(_is_name(cell) for cell in filled):
            names.append(i)
        else:
            texts.append(i)
    sides = {i: is_chinese(" ".join(row[i].text for row in rows)) for i in texts}
    if len(texts) == 2 and sides[texts[0]] == sides[texts[1]]:
        return None
    if not 1 <= len(texts) <= 2 or (len(texts) == 1 and not names):
        return None
    return times + names, texts
