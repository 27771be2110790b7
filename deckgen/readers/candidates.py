"""Lines that have the form of a label, captions that come again, and where no label counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from deckgen.readers import naming, speakers, surroundings
from deckgen.readers.markdown import Block
from deckgen.readers.people import is_short_for
from deckgen.readers.plain import ends_sentence
from deckgen.readers.speakers import Label

_MIN_CAPTION = 12
_MAX_BARE = 12


def captions(blocks: Sequence[Block], contents: Container[int]) -> set[str]:
    """Return the lines that come again word for word though they are no sentences."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if index in contents:
            continue
        if block.kind in ("text", "item", "quote", "heading") and len(block.text) >= _MIN_CAPTION:
            kinds[block.text].append(block.kind)
    return {
        text
        for text, found in kinds.items()
        if len(found) >= 2 and not _is_listed(found) and _repeats_as_caption(text)
    }


def _is_listed(kinds: Sequence[str]) -> bool:
    """Say whether a line comes again because a list of contents names it."""
    first, *others = kinds
    return len(others) == 1 and others[0] != first and (first == "item" or others[0] == "heading")


def _repeats_as_caption(text: str) -> bool:
    if ends_sentence(text):
        return False
    label = speakers.parse(text, alone=True)
    return label is None or len(text) - label.rest >= 8


def find(blocks: Sequence[Block], repeated: set[str]) -> dict[int, Label]:
    """Read every line that has the form of a label, by index."""
    found: dict[int, Label] = {}
    for index, block in enumerate(blocks):
        if block.kind not in ("text", "item", "quote", "heading") or block.text in repeated:
            continue
        if holds_a_role(block) and index - 1 in found and _is_bare_name(blocks, index - 1, found):
            continue
        alone = block.bold or block.kind == "heading" or len(block.text) <= 30
        if block.kind == "heading" and surroundings.section(block.text) == "talk":
            continue
        if surroundings.is_direction(block.text):
            continue
        if label := speakers.parse(block.text, alone=alone, lead=block.lead):
            found[index] = label
    return _with_firms(found, blocks)


def _with_firms(found: Mapping[int, Label], blocks: Sequence[Block]) -> dict[int, Label]:
    """Take what only follows one name, as in `Ann Lee, Some Firm:`, for that person's firm."""
    firsts: dict[str, set[str]] = defaultdict(set)
    times: Counter[str] = Counter()
    for label in found.values():
        for name in label.names:
            firsts[name].add(label.names[0])
            times[name] += 1

    def is_firm(name: str, label: Label, index: int) -> bool:
        if firsts[name] != {label.names[0]}:
            return False
        with_comma = "," in blocks[index].text[: label.rest] and label.style == "colon"
        return times[name] > 1 or (
            with_comma
            and " " in label.names[0]
            and naming.looks_like_person(label.names[0])
            and not any(is_short_for(other, name) for other in firsts)
        )

    return {
        index: replace(label, names=label.names[:1], role=", ".join(label.names[1:]))
        if len(label.names) > 1 and all(is_firm(name, label, index) for name in label.names[1:])
        else label
        for index, label in found.items()
    }


def _is_bare_name(blocks: Sequence[Block], index: int, found: Mapping[int, Label]) -> bool:
    return found[index].rest >= len(blocks[index].text)


def outside(blocks: Sequence[Block], labels: Mapping[int, Label]) -> list[int]:
    """List the labels before a heading such as "Transcript", in comments or in the cast's list."""
    found: list[int] = []
    opened: int | None = None
    first = _opening(blocks, labels)
    for index, block in enumerate(blocks):
        level = block.level if block.kind == "heading" else 7
        if index in labels:
            found.extend([index] if opened is not None or index < first else [])
        elif index > first and surroundings.opens_comments(block.text):
            opened = level
        elif opened is not None and block.kind == "heading" and level <= opened:
            opened = None
    return found


def _opening(blocks: Sequence[Block], labels: Mapping[int, Label]) -> int:
    """Return the heading that says the talk begins, where most labels follow it."""
    first = min(labels, default=len(blocks))
    for index, block in enumerate(blocks):
        if (
            index > first
            and (block.kind == "heading" or block.bold or _is_bare_title(block))
            and index not in labels
            and surroundings.section(block.text) == "talk"
        ):
            before = sum(i < index for i in labels)
            return index if 2 * before < len(labels) else first
    return first


def _is_bare_title(block: Block) -> bool:
    return block.kind == "text" and len(block.text) <= _MAX_BARE and not block.hidden


def holds_a_role(block: Block) -> bool:
    """Say whether a line under a name could tell who that is: in italics, short, no sentence."""
    return block.italic and len(block.text) <= 80 and not ends_sentence(block.text)
