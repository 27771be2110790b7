"""Articles and notes, Markdown or plain, as blocks: one block a line, each knowing its place.

Transcripts mix Markdown with plain conventions, and a single line break matters in them
(`Name: …` on the next line), so blocks are lines and not CommonMark's paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from deckgen.readers.plain import Plain, ends_sentence, plain

Kind = Literal["text", "heading", "item", "quote", "row", "code", "rule", "meta", "comment"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_FENCE_LINE = re.compile(r"(?m)(?:^|(?<=\r)) {0,3}(`{3,}|~{3,})([^\r\n]*)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t\u00a0\u3000]+|(?=[^#\s\w])|(?=\*\*))(.*)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*\Z")
_RULE = re.compile(
    r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:={3,})|—{3,}|─{3,})\Z"
)
_DEFINITION = re.compile(r" {0,3}\[(?:(?:#|//)\]:|[^\[\]]{1,60}\]:[ \t]*<?(?:https?:|mailto:))")
_ITEM = re.compile(r"([ \t]*)([-*+•●▪◦·]|\d{1,3}[.)])[ \t\u00a0\u3000]+(?=\S)")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?){1,40}")
_DIVIDER = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t:|-]*)?\Z")
_IMAGE = re.compile(r"<img[\s>]", re.I)
_BOLD_LEAD = re.compile(
    r"\s*(?:[\[(]?[\d:.]{4,12}[\])]?\s+)?(?:\*\*|__)[^*\n]{1,60}(?:\*\*|__)(?=\s+\S)"
)
_ITALIC_LINE = re.compile(r"\s*(?:\*(?![\s*]).*(?<![\s*])\*|_(?![\s_]).*(?<![\s_])_)\s*\Z")
_BREAK = re.compile(r"<br[ ]?/?>", re.I)
_DETAILS = re.compile(r"<(/?)(details|summary)\b[^<>]{0,200}>", re.I)
_META = re.compile(r"([^\W\d][\w -]{0,40})[:：][ \t]*(.*)")
_MAX_FRONT_MATTER = 200
_MAX_CELLS = 20


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a document; `hidden` tells that it stands inside `<details>`.

    `level` is a heading's rank or an item's indentation; `bold` and `italic` mean the whole line;
    `lead` is the length of what is bold at the line's beginning, with a time before it.
    """

    kind: Kind
    plain: Plain
    line: int
    level: int = 0
    bold: bool = False
    italic: bool = False
    picture: bool = False
    hidden: bool = False
    cells: tuple[Plain, ...] = ()
    lead: int = 0
    gap: bool = True

    @property
    def text(self) -> str:
        """The line without its markup."""
        return self.plain.text


def front_matter(text: str) -> tuple[dict[str, tuple[str, ...]], int]:
    """Return the keys of a document's front matter, in lower case, and where its body begins."""
    lines = _LINE.finditer(text)
    first = next(lines)[0]
    if first.rstrip() not in ("---", "+++"):
        return {}, 0
    found: dict[str, tuple[str, ...]] = {}
    key = ""
    for number, match in enumerate(lines):
        line = match[0].rstrip()
        if line in ("---", "...", "+++"):
            return (found, match.end()) if found else ({}, 0)
        if number > _MAX_FRONT_MATTER or match.end() == len(text):
            break
        meta = _META.match(line.replace(" = ", ": ", 1) if first.startswith("+") else line)
        item = line.strip().removeprefix("-").strip()
        if meta and not line[0].isspace():
            key = meta[1].strip().casefold()
            value = meta[2].strip()
            many = value[1:-1].split(",") if value[:1] == "[" else [value]
            found[key] = tuple(v.strip().strip("\"'") for v in many if v.strip().strip("\"'"))
        elif key and item:
            found[key] = (*found[key], item.strip("\"'"))
    return {}, 0


def blocks(text: str, start: int = 0, *, fences: bool = True) -> list[Block]:
    """Cut a document, from an offset on, into its blocks; blank lines are dropped.

    `fences`: what stands between code fences is code.
    """
    found: list[Block] = []
    for block in _scan(text, start, fences):
        if block.kind == "rule" and _underlines(block, found):
            level = 1 if block.text.startswith("=") else 2
            found[-1] = replace(found[-1], kind="heading", level=level)
        elif block.text or block.kind != "text" or block.picture:
            found.append(block)
    return found


def _underlines(rule: Block, before: list[Block]) -> bool:
    """Say whether a rule makes a Setext heading of the line before it."""
    if not before or before[-1].line != rule.line - 1 or before[-1].kind != "text":
        return False
    title = before[-1].text
    if rule.text.startswith("="):
        return len(title) <= 120
    longest = 80 if before[-1].gap else 30
    return rule.text[0] == "-" and len(title) <= longest and not ends_sentence(title)


def _scan(text: str, start: int, fences: bool) -> Iterator[Block]:
    number = 1 + _count_lines(text, start)
    closed = _closed_fences(text) if fences else frozenset()
    fence, comment, hidden, gap = "", False, 0, True
    for match in _LINE.finditer(text, start):
        raw = match[0].rstrip().removesuffix("\\")
        at, line = match.start(), number
        number += 1
        if match.end() == match.start():
            break
        opened = _FENCE.match(raw)
        if fence:
            if opened and opened[1].startswith(fence) and not raw.strip().strip("`~"):
                fence = ""
            else:
                yield Block("code", Plain(raw.rstrip(), ((0, at),)), line)
            continue
        if opened:
            fence = opened[1] if at in closed else ""
            if not fence:
                yield Block("code", Plain(raw.strip(), ((0, at),)), line)
            continue
        if comment or raw.lstrip().startswith("<!--"):
            comment = "-->" not in raw
            yield Block("comment", plain(raw, at), line)
            continue
        if _DEFINITION.match(raw):
            yield Block("meta", plain(raw, at), line)
            continue
        if "<" in raw:
            for tag in _DETAILS.finditer(raw):
                if tag[2].lower() == "details":
                    hidden = max(0, hidden + (-1 if tag[1] else 1))
            if "<summary" in raw.lower():
                yield Block("comment", plain(raw, at), line)
                continue
        if not raw.strip():
            gap = True
            continue
        for start, piece in _broken(raw):
            yield _block(piece, at + start, line, hidden > 0, gap)
            gap = False


def _broken(raw: str) -> Iterator[tuple[int, str]]:
    """Part a line, but no table's row, where it breaks: (offset, piece) pairs."""
    if "<" not in raw or raw.lstrip().startswith("|"):
        yield 0, raw
        return
    start = 0
    for match in _BREAK.finditer(raw):
        if raw[start : match.start()].strip():
            yield start, raw[start : match.start()]
        start = match.end()
    if raw[start:].strip():
        yield start, raw[start:]


def _closed_fences(text: str) -> frozenset[int]:
    """Find where the fences begin that another one closes further down."""
    found: set[int] = set()
    if "```" not in text and "~~~" not in text:
        return frozenset()
    longest = {"`": 0, "~": 0}
    for match in reversed(list(_FENCE_LINE.finditer(text))):
        mark = match[1][0]
        if len(match[1]) <= longest[mark]:
            found.add(match.start())
        if not match[2].strip():
            longest[mark] = max(longest[mark], len(match[1]))
    return frozenset(found)


def _count_lines(text: str, end: int) -> int:
    return sum(1 for match in _LINE.finditer(text, 0, end) if match.end() > match.start())


def _block(raw: str, at: int, line: int, hidden: bool, gap: bool) -> Block:
    if match := _HEADING.match(raw):
        title = _CLOSING.sub("", match[2])
        return Block(
            "heading", plain(title, at + match.start(2)), line, len(match[1]), hidden=hidden
        )
    if _RULE.match(raw):
        return Block("rule", Plain(raw.strip(), ((0, at),)), line)
    kind: Kind = "text"
    level = skip = 0
    if match := _QUOTE.match(raw):
        kind, skip = "quote", match.end()
    if match := _ITEM.match(raw, skip):
        kind, skip, level = "item", match.end(), len(match[1].expandtabs(4))
        if match[2][0].isdigit():
            skip = match.start(2)
    body = raw[skip:]
    if kind == "text" and body.lstrip().startswith("|") and 2 <= body.count("|") <= _MAX_CELLS:
        return Block("row", plain(body, at), line, hidden=hidden, cells=tuple(_cells(body, at)))
    inside = _bold(body.strip()) if "**" in body or "__" in body else ""
    lead = _BOLD_LEAD.match(body) if inside or "**" in body else None
    return Block(
        kind,
        plain(body, at + skip),
        line,
        level,
        bold=bool(inside) and "**" not in inside.rstrip(": ：").removesuffix("**"),
        italic=bool(_ITALIC_LINE.match(body)),
        picture="![" in raw or ("<" in raw and _IMAGE.search(raw) is not None),
        hidden=hidden,
        gap=gap,
        lead=len(plain(lead[0], at).text) if lead else 0,
    )


def _bold(line: str) -> str:
    """Return what is bold where a whole line is, though a mark may be missing at one end."""
    if line.startswith(("**", "__")):
        return line[2:-2] if len(line) > 3 and line.endswith(("**", "__")) else line[2:]
    whole = line.endswith("**") and "*" not in line[:-2]
    return line[:-2] if whole else ""


def _cells(row: str, at: int) -> Iterator[Plain]:
    if _DIVIDER.match(row):
        return
    edge = len(row) - len(row.lstrip()) + 1
    end = len(row.rstrip())
    if row[end - 1] == "|":
        end -= 1
    for piece in re.finditer(r"(?:[^|\\]|\\.)*", row[edge:end]):
        if piece[0] or piece.start() == 0 or row[edge + piece.start() - 1] == "|":
            yield plain(piece[0], at + edge + piece.start())
