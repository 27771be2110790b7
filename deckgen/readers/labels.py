"""Which lines of a document really begin a turn, judged over the whole document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from deckgen.hanzi import count_han
from deckgen.readers import boxes, chapters, people, speakers, surroundings
from deckgen.readers.markdown import Block
from deckgen.readers.plain import ends_sentence
from deckgen.readers.speakers import Label, Style

_MIN_CAPTION = 12
_MAX_NAMES = 300
_FIELDS = {
    "url",
    "email",
    "page",
    "python",
    "dist",
    "file",
    "expression",
    "version",
    "type",
    "name",
}
_PROSE = re.compile(r"[.!?。！？…，,]")


def captions(blocks: Sequence[Block]) -> set[str]:
    """Return the lines that come again word for word though they are no sentences."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for block in blocks:
        if block.kind in ("text", "item", "quote", "heading") and len(block.text) >= _MIN_CAPTION:
            kinds[block.text].append(block.kind)
    return {
        text
        for text, found in kinds.items()
        if len(found) >= 2
        and not (len(found) == 2 and found[0] == "item" != found[1])
        and _repeats_as_caption(text)
    }


def _repeats_as_caption(text: str) -> bool:
    if ends_sentence(text):
        return False
    label = speakers.parse(text, alone=True)
    return label is None or len(text) - label.rest >= 8


def candidates(blocks: Sequence[Block], repeated: set[str]) -> dict[int, Label]:
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
        if label := speakers.parse(block.text, alone=alone, lead=block.lead):
            found[index] = label
    return _with_firms(found)


def _with_firms(found: Mapping[int, Label]) -> dict[int, Label]:
    """Take what always follows one name, as in `Ann Lee, Some Firm:`, for that person's firm."""
    firsts: dict[str, set[str]] = defaultdict(set)
    times: Counter[str] = Counter()
    for label in found.values():
        for name in label.names:
            firsts[name].add(label.names[0])
            times[name] += 1
    return {
        index: replace(label, names=label.names[:1], role=", ".join(label.names[1:]))
        if len(label.names) > 1
        and all(firsts[name] == {label.names[0]} and times[name] > 1 for name in label.names[1:])
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
            and (block.kind == "heading" or block.bold)
            and index not in labels
            and surroundings.section(block.text) == "talk"
        ):
            before = sum(i < index for i in labels)
            return index if 5 * before <= len(labels) else first
    return first


def accepted(
    blocks: Sequence[Block], found: Mapping[int, Label], known: Sequence[str]
) -> dict[int, Label]:
    """Keep the candidates whose names are people's or parts', by the evidence of the document."""
    where: dict[str, list[int]] = defaultdict(list)
    for index, label in found.items():
        for name in label.names:
            where[name].append(index)
    names = {
        name
        for name, places in _pooled(where).items()
        if _speaks(name, places, blocks, found, known)
        and any(_PROSE.search(_rest(i, blocks, found[i])) or found[i].time for i in where[name])
    }
    wider = {i: label for i, label in found.items() if label.style != "alone"}
    twice = doubles(blocks, wider)
    names |= {name for name in twice if twice[name] in names and len(where[name]) >= 2}
    names |= _parts(where) | _few(where, blocks, found)
    styles = Counter(found[i].style for n in names for i in where[n])
    if sum(styles.values()) >= 2:
        for name, places in where.items():
            if name not in names and _fits(name, places, blocks, found, styles):
                names.add(name)
    return {i: label for i, label in found.items() if all(n in names for n in label.names)}


def _pooled(where: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Count for each name the places of its shorter and longer forms too."""
    if len(where) > _MAX_NAMES:
        return dict(where)
    return {
        name: [
            i
            for other, places in where.items()
            if other == name or _are_one(name, other)
            for i in places
        ]
        for name in where
    }


def _are_one(name: str, other: str) -> bool:
    if not speakers.looks_like_person(name) or not speakers.looks_like_person(other):
        return False
    return people.is_short_for(other, name) or people.is_short_for(name, other)


def doubles(blocks: Sequence[Block], labels: Mapping[int, Label]) -> dict[str, str]:
    """Find names that always follow on the same name in the other language: 泰勒 on Tyler."""
    if not labels:
        return {}
    order = sorted(labels)
    main = bool(count_han(labels[order[0]].names[0]))
    before: dict[str, set[str]] = defaultdict(set)
    again = 0
    for previous, index in zip([-2, *order], order, strict=False):
        follows = previous >= 0 and _says_it_again(
            blocks[previous].text[labels[previous].rest :], blocks[index].text[labels[index].rest :]
        )
        again += follows
        for name in labels[index].names:
            before[name].add(labels[previous].names[0] if follows else "")
    if again < 0.4 * len(order):
        return {}
    return {
        name: first
        for name, firsts in before.items()
        if len(firsts) == 1
        and (first := next(iter(firsts)))
        and bool(count_han(name)) != main == bool(count_han(first))
    }


def _says_it_again(first: str, second: str) -> bool:
    return bool(count_han(first)) != bool(count_han(second))


def _rest(index: int, blocks: Sequence[Block], label: Label) -> str:
    """Return the first words behind a label, on its line or on the next."""
    rest = blocks[index].text[label.rest :].strip()
    if rest:
        return rest
    following = blocks[index + 1 : index + 3]
    if len(following) == 2 and holds_a_role(following[0]):
        following = following[1:]
    return following[0].text if following and following[0].kind != "heading" else ""


def holds_a_role(block: Block) -> bool:
    """Say whether a line under a name could tell who that is: in italics, short, no sentence."""
    return block.italic and len(block.text) <= 80 and not ends_sentence(block.text)


def _speaks(
    name: str,
    places: Sequence[int],
    blocks: Sequence[Block],
    found: Mapping[int, Label],
    known: Sequence[str],
) -> bool:
    """Say whether a name stands often enough before prose to be a speaker's."""
    if _plays_a_part(name) or _is_field(name):
        return False
    labels = [found[i] for i in places]
    marked = [i for i in places if not _bare(blocks[i], found[i])]
    rests = [_rest(i, blocks, found[i]) for i in places]
    prose = sum(
        bool(_PROSE.search(rest)) or label.time is not None
        for rest, label in zip(rests, labels, strict=True)
    )
    if any(people.is_short_for(name, full) or name == full for full in known):
        return bool(marked) or len(places) >= 2
    if len(places) < 2 or prose * 2 < len(places) or len(set(rests)) < 2:
        return False
    if all(blocks[i].kind == "heading" for i in places) and len(places) < 3:
        return False
    if not marked:
        return len(places) >= 3 and speakers.looks_like_person(name)
    if sum(blocks[i].kind == "item" for i in places) * 2 > len(
        places
    ) and not speakers.looks_like_person(name):
        return False
    glosses = sum(boxes.entry(blocks[i].text) is not None for i in places)
    if glosses * 2 > len(places):
        return False
    return (
        speakers.looks_like_person(name) or len(places) >= 3 or bool(speakers.split_role(name)[0])
    )


def _bare(block: Block, label: Label) -> bool:
    """Say whether a line is nothing but a name, with no mark that makes it a label."""
    return (
        label.style == "alone" and label.time is None and not block.bold and block.kind != "heading"
    )


def _is_field(name: str) -> bool:
    """Say whether a name is written as the field of a record: `speaker`, `Author-email`."""
    return re.fullmatch(
        r"[a-z][a-z_-]*|[A-Z][a-z]+(?:-[A-Za-z]+)+|[a-z]+ .*", name
    ) is not None and (
        not speakers.looks_like_person(name) or name.split("-")[-1].lower() in _FIELDS
    )


def _plays_a_part(name: str) -> bool:
    return speakers.is_role(name) or speakers.is_nobody(name) or speakers.is_everybody(name)


def _parts(where: Mapping[str, Sequence[int]]) -> set[str]:
    """Accept host, guest, Q and A, 问 and 答 where they come often enough to be a talk."""
    found = {name for name in where if speakers.is_role(name)}
    total = sum(len(where[name]) for name in found)
    return found if total >= 2 else set()


def _few(
    where: Mapping[str, Sequence[int]], blocks: Sequence[Block], found: Mapping[int, Label]
) -> set[str]:
    """Accept rare names where such labels begin most of the lines of a short document."""
    names = {
        name
        for name, places in where.items()
        if all(_is_strong(blocks[i], found[i]) for i in places) and speakers.looks_like_person(name)
    }
    lines = sum(block.kind in ("text", "item", "quote") and bool(block.text) for block in blocks)
    count = len({i for name in names for i in where[name]})
    return names if len(names) >= 2 and count >= max(2, 0.3 * lines) else set()


def _is_strong(block: Block, label: Label) -> bool:
    """Say whether a single line by itself looks like a turn."""
    text = block.text
    return (
        label.style in ("colon", "bracket", "time")
        and block.kind != "heading"
        and bool(_PROSE.search(text[label.rest :]))
        and not (boxes.entry(text) or surroundings.is_credit(text) or surroundings.is_note(text))
    )


def _fits(
    name: str,
    places: Sequence[int],
    blocks: Sequence[Block],
    found: Mapping[int, Label],
    styles: Mapping[Style, int],
) -> bool:
    """Accept a rare name that is written as the document writes its labels."""
    label = found[places[0]]
    if _is_field(name):
        return False
    if styles.get(label.style, 0) < 2 or _bare(blocks[places[0]], label):
        return False
    if _plays_a_part(name):
        return True
    if label.style == "alone" and label.time is None:
        return False
    text = blocks[places[0]].text
    if boxes.entry(text) or surroundings.is_credit(text) or surroundings.is_note(text):
        return False
    if blocks[places[0]].kind == "heading" and chapters.is_title(text):
        return False
    return speakers.looks_like_person(name) and bool(
        _PROSE.search(_rest(places[0], blocks, label)) or label.time is not None
    )
