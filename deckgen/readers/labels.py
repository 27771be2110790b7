"""Which lines of a document really begin a turn, judged over the whole document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from deckgen.hanzi import count_han
from deckgen.readers import boxes, chapters, naming, people, surroundings
from deckgen.readers.candidates import holds_a_role
from deckgen.readers.markdown import Block
from deckgen.readers.speakers import Label, Style

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
    for pair in twice.items():
        if names & set(pair) and min(len(where[name]) for name in pair) >= 2:
            names |= set(pair)
    names |= _parts(where) | _few(where, blocks, found)
    styles = Counter(found[i].style for n in names for i in where[n])
    if sum(styles.values()) >= 2:
        for name, places in where.items():
            if name not in names and _fits(name, places, blocks, found, styles):
                names.add(name)
    kept = {i: label for i, label in found.items() if all(n in names for n in label.names)}
    bylines = _bylines(kept, blocks)
    return {i: label for i, label in kept.items() if i not in bylines}


def _bylines(labels: Mapping[int, Label], blocks: Sequence[Block]) -> set[int]:
    """List the names alone before the first label of the style that the same names wear later."""
    styles = Counter(label.style for label in labels.values())
    main = styles.most_common(1)[0][0] if styles else "alone"
    if main == "alone":
        return set()
    first = min(i for i, label in labels.items() if label.style == main)
    names = {name for label in labels.values() if label.style == main for name in label.names}
    return {
        i
        for i, label in labels.items()
        if i < first
        and label.style == "alone"
        and label.time is None
        and not blocks[i].bold
        and names.issuperset(label.names)
    }


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
    if people.abbreviates(name, other) or people.abbreviates(other, name):
        return True
    if not naming.looks_like_person(name) or not naming.looks_like_person(other):
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
    following = [b for b in blocks[index + 1 : index + 5] if b.kind != "comment"][:2]
    if len(following) == 2 and holds_a_role(following[0]):
        following = following[1:]
    return following[0].text if following and following[0].kind != "heading" else ""


def _speaks(
    name: str,
    places: Sequence[int],
    blocks: Sequence[Block],
    found: Mapping[int, Label],
    known: Sequence[str],
) -> bool:
    """Say whether a name stands often enough before prose to be a speaker's."""
    labels = [found[i] for i in places]
    if _plays_a_part(name):
        return False
    marked = [i for i in places if not _bare(blocks[i], found[i])]
    rests = [_rest(i, blocks, found[i]) for i in places]
    prose = sum(
        bool(_PROSE.search(rest)) or label.time is not None
        for rest, label in zip(rests, labels, strict=True)
    )
    if any(people.is_short_for(name, full) or name == full for full in known):
        return bool(marked) or len(places) >= 2
    if _is_field(name) and all(label.time is None for label in labels):
        return False
    if len(places) < 2 or prose * 2 < len(places) or len(set(rests)) < 2:
        return False
    if all(blocks[i].kind == "heading" for i in places) and len(places) < 3:
        return False
    if not marked:
        return len(places) >= 3 and naming.looks_like_person(name)
    if sum(blocks[i].kind == "item" for i in places) * 2 > len(
        places
    ) and not naming.looks_like_person(name):
        return False
    glosses = sum(boxes.entry(blocks[i].text) is not None for i in places)
    has_short_form = any(name not in label.names for label in labels)
    if glosses * 2 > len(places) and not has_short_form:
        return False
    return naming.looks_like_person(name) or len(places) >= 3 or bool(naming.split_role(name)[0])


def _bare(block: Block, label: Label) -> bool:
    """Say whether a line is nothing but a name, with no mark that makes it a label."""
    return (
        label.style == "alone" and label.time is None and not block.bold and block.kind != "heading"
    )


def _is_field(name: str) -> bool:
    """Say whether a name is written as the field of a record: `speaker`, `Author-email`."""
    return re.fullmatch(
        r"[a-z][a-z_-]*|[A-Z][a-z]+(?:-[A-Za-z]+)+|[a-z]+ .*", name
    ) is not None and (not naming.looks_like_person(name) or name.split("-")[-1].lower() in _FIELDS)


def _plays_a_part(name: str) -> bool:
    return naming.is_role(name) or naming.is_nobody(name) or naming.is_everybody(name)


def _parts(where: Mapping[str, Sequence[int]]) -> set[str]:
    """Accept host, guest, Q and A, 问 and 答 where they come often enough to be a talk."""
    found = {name for name in where if naming.is_role(name)}
    total = sum(len(where[name]) for name in found)
    return found if total >= 2 else set()


def _few(
    where: Mapping[str, Sequence[int]], blocks: Sequence[Block], found: Mapping[int, Label]
) -> set[str]:
    """Accept rare names where such labels begin most of the lines of a short document."""
    names = {
        name
        for name, places in where.items()
        if all(_is_strong(blocks[i], found[i]) for i in places) and naming.looks_like_person(name)
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
    if len(places) > 1 and all(found[i].time is not None for i in places):
        return True
    return naming.looks_like_person(name) and bool(
        _PROSE.search(_rest(places[0], blocks, label)) or label.time is not None
    )
