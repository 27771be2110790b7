"""Chapters: the lists of them with times, and the headings in the talk matched to such a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from deckgen.hanzi import folded
from deckgen.readers.markdown import Block
from deckgen.readers.plain import ends_sentence
from deckgen.readers.speakers import leading_time, seconds

_NUMBERED = re.compile(
    r"(?:(?:0[1-9]|1[0-9])[ ]?[.、．:：/|丨]?[ ]?|[一二三四五六七八九十]{1,3}[、．.][ ]?|"
    r"第[一二三四五六七八九十0-9]{1,3}[章节部分篇]{1,2}[ ]?[:：|丨、]?[ ]?|"
    r"(?:Part|PART|Chapter|CHAPTER)[ .]{0,2}(?:[0-9]{1,2}|[IVX]{1,5})[ ]?[:：.|"
    r"丨—–-]?[ ]?)(?=[^\s\d])"
)
_TRAILING_TIME = re.compile(
    r"[ ]*[-–—|·.…]{0,6}[ ]*[(（\[]?((?:\d{1,2}[:：])?\d{1,3}[:：]\d{2})[)）\]]?\Z"
)
_CLOSED = (".", "。", ",", "，", ":", "：")
_LISTED = ("text", "heading", "item", "quote")
_MAX_TITLE = 80
_MAX_LISTED = 300
"""Entries of a chapter list that headings are compared with."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a chapter list; `depth` 0 is the outermost."""

    title: str
    time: float
    depth: int
    index: int


def timed(text: str) -> tuple[str, float] | None:
    """Read `0:33 Title`, `【0:33 Title】` or `Title (0:33)`; None without a time or a title."""
    if is_bracketed(text):
        text = text[1:-1].strip()
    time, rest = leading_time(text[:120])
    if time is not None:
        title = text[rest:].strip(" -–—|:：")
        return (title, time) if title else None
    if match := _TRAILING_TIME.search(text[-24:]):
        title = text[: len(text) - len(match[0])].strip(" -–—|:：")
        return (title, seconds(match[1])) if title else None
    return None


def is_bracketed(text: str) -> bool:
    """Say whether a line stands in brackets and begins with a time: `【0:33 Title】`."""
    return text[:1] + text[-1:] in ("【】", "[]") and (
        0 < leading_time(text[1:-1].strip())[1] < len(text[1:-1].strip())
    )


def listed(blocks: Sequence[Block], turns: Container[int] = ()) -> list[Entry]:
    """Find the lists of at least three titles with rising times; `turns` begin with a label."""
    found: list[Entry] = []
    run: list[tuple[int, Block, str, float]] = []
    for index, block in enumerate([*blocks, None]):
        hit = None
        if (
            block is not None
            and block.kind in ("item", "text", "row", "quote")
            and len(block.text) <= 160
            and index not in turns
            and not block.text.endswith(_CLOSED)
        ):
            text = " ".join(c.text for c in block.cells) if block.cells else block.text
            hit = timed(text.lstrip("0123456789") if re.match(r"\d{1,2}\. ", text) else text)
        if hit and block and len(hit[0]) <= 120 and (not run or hit[1] >= run[-1][3]):
            run.append((index, block, *hit))
            continue
        if len(run) >= 3:
            found.extend(_entries(run))
        run = [(index, block, *hit)] if hit and block and len(hit[0]) <= 120 else []
    return found


def contents(blocks: Sequence[Block]) -> dict[int, str]:
    """Find lines in a row that come again further down, in order and apart: {index: title}."""
    titles = [
        _NUMBERED.sub("", b.text, count=1) if b.kind in _LISTED and is_title(b.text) else ""
        for b in blocks
    ]
    keys = [folded(title) for title in titles]
    uses = Counter(keys)
    last = {key: i for i, key in enumerate(keys) if key and uses[key] == 2}
    found: dict[int, str] = {}
    run: list[int] = []
    for index, key in enumerate([*keys, ""]):
        again = last.get(key, 0)
        if again > index and (not run or again > last[keys[run[-1]]] + 1):
            run.append(index)
            continue
        if len(run) >= 2 and last[keys[run[0]]] > run[-1]:
            found |= {i: titles[i] for i in run}
        run = [index] if again > index else []
    return {i: title for i, title in found.items() if blocks[i].kind != "heading"}


def _entries(run: Sequence[tuple[int, Block, str, float]]) -> list[Entry]:
    outermost = min(block.level for _, block, _, _ in run)
    return [
        Entry(title, time, int(block.level > outermost), index) for index, block, title, time in run
    ]


def is_title(text: str) -> bool:
    """Say whether a line could be a heading: short and no finished sentence."""
    return 0 < len(text) <= _MAX_TITLE and not re.search(r"[。，,;；.]\Z", text)


def is_numbered(text: str) -> bool:
    """Say whether a line is a title that begins with a chapter's number (`01 …`, `一、…`)."""
    return len(text) <= 50 and bool(_NUMBERED.match(text)) and not ends_sentence(text)


def times(titles: Sequence[str], entries: Sequence[Entry]) -> list[float | None]:
    """Give each heading the time of its entry in the chapter list, where it has one."""
    keys = [folded(entry.title) for entry in entries[:_MAX_LISTED]]
    found: list[float | None] = []
    for title in titles:
        key = folded(title)
        scores = [
            (_likeness(key, other), -entry.depth, -i)
            for i, (other, entry) in enumerate(zip(keys, entries, strict=False))
        ]
        best = max(scores, default=(0.0, 0, 0))
        found.append(entries[-best[2]].time if best[0] >= 0.7 else None)
    return found


def _likeness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=len)
    if len(short) >= 4 and long.startswith(short):
        return 0.9
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() * 0.89 if matcher.real_quick_ratio() > 0.7 else 0.0
