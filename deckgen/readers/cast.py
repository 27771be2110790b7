"""Who takes part: people named in the front matter, in lists, in legends and by themselves."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from deckgen.readers import chapters, labels, naming, people, surroundings
from deckgen.readers.markdown import Block
from deckgen.readers.people import Declared
from deckgen.readers.plain import ends_sentence
from deckgen.readers.speakers import Label

_SPEAKER_KEYS = [
    "speakers",
    "speaker",
    "guests",
    "guest",
    "hosts",
    "host",
    "participants",
    "interviewee",
    "interviewer",
    "嘉宾",
    "主持人",
]
_PEOPLE_ITEM = re.compile(
    r"(?P<name>[^:：—–(（,，]{1,40})[ ]?(?:[(（](?P<more>[^()（）]{1,60})[)）])?[ ]?(?:[:：,，—–]|"
    r"- |\Z)"
)
_OPENING = 80
_MAX_NAMES = 50
_INTRODUCTION = 3
"""Turns in which people who speak under their part tell their name."""


def declared(
    meta: dict[str, tuple[str, ...]], blocks: Sequence[Block], found: dict[int, Label]
) -> tuple[list[Declared], dict[str, str]]:
    """Gather who is said to take part; lines that say so are no longer candidates for labels."""
    cast = [
        person
        for key in _SPEAKER_KEYS
        for value in meta.get(key, ())
        if (person := people.declared(value, key))
    ]
    legends: dict[str, str] = {}
    uses = Counter(name for label in found.values() for name in label.names)
    inside = False
    for index, block in enumerate(blocks[:_OPENING]):
        if block.kind == "heading" or (block.bold and chapters.is_title(block.text)):
            inside = surroundings.section(block.text) == "people"
        if inside and block.kind == "item" and (person := _member(block.text)):
            cast.append(person)
            found.pop(index, None)
            continue
        label = found.get(index)
        rest = block.text[label.rest :] if label else ""
        again = label is not None and any(uses[name] > 1 for name in label.names)
        if not (again and ends_sentence(rest)) and (members := people.cast_line(block.text)):
            cast.extend(members)
            legends |= dict(people.introduced(block.text))
            found.pop(index, None)
        elif len(block.text) <= 400 and (pairs := people.legend(block.text)):
            spoken = len(rest) > 40 or ends_sentence(rest)
            if label and spoken and (rest or label.style != "colon"):
                legends |= dict(people.introduced(block.text))
                continue
            legends |= {short: name for short, name in pairs if short not in legends}
            found.pop(index, None)
    return list({person.name: person for person in cast}.values()), legends


def _member(text: str) -> Declared | None:
    """Read a line of a list of people: `Name (more): who that is`."""
    match = _PEOPLE_ITEM.match(text)
    if not match:
        return None
    more = f"({match['more']})" if match["more"] else ""
    return people.declared(match["name"].strip() + more)


def with_parts(
    cast: Sequence[Declared], blocks: Sequence[Block], accepted: dict[int, Label]
) -> list[Declared]:
    """Add the people whom labels themselves give a part, such as `主持人张三：`."""
    found = list(cast)
    found += [Declared(name, (other,)) for other, name in labels.doubles(blocks, accepted).items()]
    found += _in_two_scripts(blocks, accepted)
    found += _introduced(blocks, accepted)
    for label in accepted.values():
        if label.role and len(label.names) == 1 and people.other_script(label.names[0], label.role):
            found.append(Declared(label.names[0], (label.role,)))
        for name in label.names:
            role, bare = naming.split_role(name)
            if label.role and naming.is_role(label.role):
                role = label.role
            if role and all(p.name != bare for p in found):
                found.append(Declared(bare, (), role))
    return found


def written_small(blocks: Sequence[Block], found: Mapping[int, Label]) -> list[str]:
    """List the people whose full names stand in small letters before turns: `ezra holm:`."""
    names = dict.fromkeys(name for label in found.values() for name in label.names)
    full = [name.title() for name in names if name.islower() and " " in name][:_MAX_NAMES]
    return [name for name in full if any(name in block.text for block in blocks)]


def _in_two_scripts(blocks: Sequence[Block], accepted: Mapping[int, Label]) -> Iterator[Declared]:
    """Find the speakers whose names a bracket gives in the other script: `唐越（Tang Yue）`."""
    names = dict.fromkeys(name for label in accepted.values() for name in label.names)
    for name in list(names)[:_MAX_NAMES]:
        gloss = re.compile(re.escape(name) + r"[ ]?[(（]([^()（）]{2,40})[)）]")
        hits = (gloss.search(block.text) for block in blocks if name in block.text)
        aliases = dict.fromkeys(hit[1] for hit in hits if hit and people.other_script(name, hit[1]))
        if aliases:
            yield Declared(name, tuple(aliases))


def _introduced(blocks: Sequence[Block], accepted: Mapping[int, Label]) -> Iterator[Declared]:
    """Find the people who speak under their part and say who they are: `HOST: I'm Dana Brooks`."""
    order = [*sorted(accepted), len(blocks)]
    turns: Counter[str] = Counter()
    known: set[str] = set()
    for index, following in itertools.pairwise(order):
        label = accepted[index]
        part = label.names[0]
        if len(label.names) > 1 or part in known or not naming.is_part(part):
            continue
        turns[part] += 1
        said = [blocks[index].text[label.rest :], *(b.text for b in blocks[index + 1 : following])]
        name = people.introduces_itself(" ".join(said[:_INTRODUCTION]))
        if name and turns[part] <= _INTRODUCTION:
            known.add(part)
            yield Declared(name, (part,))
