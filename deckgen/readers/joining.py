"""Lines that belong together: a chapter's number and its title, a name and its time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from deckgen.readers import speakers, surroundings
from deckgen.readers.chapters import is_title
from deckgen.readers.markdown import Block
from deckgen.readers.plain import join

_NUMBER_ALONE = re.compile(
    r"(?:[0-9]{1,2}|[IVX]{1,5}|(?:Part|PART|Chapter|CHAPTER|Section)[ .]{0,2}(?:[0-9]{1,2}|"
    r"[IVX]{1,5}|One|Two|Three|Four|Five)"
    r"|[一二三四五六七八九十]{1,3}|第[一二三四五六七八九十0-9]{1,3}[章节部分篇幕]{1,2}|"
    r"/?[0-9]{2}/?|「[0-9]{1,2}」)[ ]?[.、．:：/]?"
)
_LONGEST = 30
_FEWEST = 3


def with_number_lines(blocks: Sequence[Block]) -> list[Block]:
    """Make one heading of a number on its own line and the title on the next."""
    found: list[Block] = []
    waiting: Block | None = None
    for block in blocks:
        if waiting is not None:
            number, waiting = waiting, None
            if (
                block.kind in ("text", "heading")
                and is_title(block.text)
                and not surroundings.is_credit(block.text)
            ):
                found.append(replace(block, kind="heading", level=2))
                continue
            found.append(number)
        if block.kind in ("text", "heading", "item") and _NUMBER_ALONE.fullmatch(block.text):
            waiting = block
        else:
            found.append(block)
    if waiting is not None:
        found.append(waiting)
    return found


def with_time_lines(blocks: Sequence[Block]) -> list[Block]:
    """Join each time on a line of its own to the name before it, else to the line after it."""
    times = {i for i, block in enumerate(blocks) if _is_time(block)}
    if len(times) < _FEWEST:
        return list(blocks)
    named = [i for i in times if i and _is_name(blocks[i - 1])]
    names = {blocks[i - 1].text for i in named}
    backwards = len(named) * 2 >= len(times) and len(names) * 2 <= len(named)
    found: list[Block] = []
    waiting: Block | None = None
    for i, block in enumerate(blocks):
        if i in times and backwards and _is_name(blocks[i - 1]):
            found[-1] = replace(found[-1], plain=join([found[-1].plain, block.plain], " "))
        elif i in times and not backwards:
            found.extend([waiting] if waiting else [])
            waiting = block
        elif waiting and block.kind == "text":
            found.append(replace(block, plain=join([waiting.plain, block.plain], " ", whole=True)))
            waiting = None
        else:
            found.extend([waiting] if waiting else [])
            waiting = None
            found.append(block)
    return [*found, *([waiting] if waiting else [])]


def _is_time(block: Block) -> bool:
    if block.kind != "text" or len(block.text) > _LONGEST:
        return False
    time, rest = speakers.leading_time(block.text)
    return time is not None and rest == len(block.text)


def _is_name(block: Block) -> bool:
    if block.kind not in ("text", "heading") or len(block.text) > 2 * _LONGEST:
        return False
    label = speakers.parse(block.text, alone=True)
    return label is not None and label.style in ("alone", "title") and label.time is None
