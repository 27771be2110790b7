"""Articles and notes into a transcript: what is said, by whom, and what stands around it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from deckgen.hanzi import count_han
from deckgen.problems import DeckgenError
from deckgen.readers import (
    bilingual,
    chapters,
    labels,
    markdown,
    people,
    speakers,
    surroundings,
    tables,
)
from deckgen.readers.markdown import Block
from deckgen.readers.people import Declared, Roster
from deckgen.readers.plain import ends_sentence
from deckgen.readers.speakers import Label
from deckgen.readers.turns import Said, finish
from deckgen.readers.walk import Understood, walk
from deckgen.transcript import Transcript

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
_TALK_KEYS = {"transcript_by", "transcription_by", "speakers", "speaker"}
_TALK = re.compile(
    r"(?:演讲|讲座|分享|发言|讲话)(?:的)?(?:实录|全文|文字稿|整理|稿)|(?:以下|本文)(?:是|"
    r"为).{0,30}(?:演讲|讲座|分享)|"
    r"transcript of (?:a|the|my|this) (?:talk|lecture|speech|keynote|presentation)",
    re.I,
)
_PEOPLE_ITEM = re.compile(
    r"(?P<name>[^:：—–(（,，]{1,40})[ ]?(?:[(（](?P<more>[^()（）]{1,60})[)）])?[ ]?(?:[:：,，—–]|"
    r"- |\Z)"
)
_FAQ = re.compile(r"\bFAQs?\b|frequently asked|常见问题|常见问答|疑难解答|troubleshooting", re.I)
MAX_LINES = 250_000
"""Documents of more lines are refused: no interview is longer."""
_OPENING = 80
_UNEXPLAINED = {"before the talk", "after the talk", "around the talk: related", "editor's note"}
_MIN_SHARE = 0.3
_MAX_CODE = 0.3
_MAX_CUE_GAP = 20.0


def read(text: str, path: str, encoding: str) -> Transcript:
    """Read the text of an article, Markdown or plain."""
    if text.count("\n") > MAX_LINES:
        raise DeckgenError(f"{path}: error: more than {MAX_LINES:,} lines; cut it in parts")
    meta, body = markdown.front_matter(text)
    blocks = _shown(_blocks(text, body))
    captions = labels.captions(blocks)
    title, title_index = _title(meta, blocks, captions)
    found = labels.candidates(blocks, captions)
    if title_index is not None:
        found.pop(title_index, None)
    entries = chapters.listed(blocks)
    for entry in entries:
        if entry.index in found and found[entry.index].style in ("alone", "time", "dash"):
            del found[entry.index]
    cast, legends = _declared(meta, blocks, found)
    known = [*(p.name for p in cast), *legends, *legends.values(), *people.full_names(title or "")]
    accepted = labels.accepted(blocks, found, known)
    accepted = {i: label for i, label in accepted.items() if not blocks[i].hidden}
    if _is_faq(accepted, legends, cast, blocks):
        accepted = {}
    entries = chapters.listed(blocks, accepted)
    talk = not accepted and _is_talk(meta, blocks, title)
    cues = not accepted and not talk and _has_cues(blocks)
    monologue = bool(accepted) and _opens_with_talk(meta, cast, blocks, min(accepted))
    understood = walk(
        blocks, accepted, captions, entries, title_index, everything=talk or cues or monologue
    )
    counts = Counter(name for label in accepted.values() for name in label.names)
    roster = Roster(counts, _with_roles(cast, blocks, accepted), legends, known, talk=monologue)
    speaker = cast[0].name if (talk or monologue) and len(cast) == 1 else None
    return _transcript(
        text, path, encoding, title, understood, roster, speaker, blocks, talk or cues or monologue
    )


def _transcript(
    text: str,
    path: str,
    encoding: str,
    title: str | None,
    understood: Understood,
    roster: Roster,
    speaker: str | None,
    blocks: Sequence[Block],
    talk: bool,
) -> Transcript:
    said = [
        Said((speaker,), s.time, s.chapter, s.paragraphs, s.originals)
        if speaker and not s.names
        else s
        for s in understood.said
    ]
    both = bilingual.says_both(said)
    texts = [p.text for one in said for p in one.paragraphs]
    language = bilingual.first_language(said) if both else bilingual.language(texts)
    turns = finish(said, roster, language, both)
    good = bool(turns) and (talk or _is_interview(understood, blocks))
    terms = bilingual.terms(understood.passages())
    if not good:
        everything = [b.text for b in blocks]
        return Transcript(
            path,
            text,
            encoding,
            bilingual.language(everything),
            title,
            False,
            bilingual_terms=terms,
            boxes=tuple(understood.boxes),
        )
    spoken = [n for one in said for n in roster.names(one.names)]
    return Transcript(
        path,
        text,
        encoding,
        language,
        title,
        True,
        people=roster.people(spoken),
        chapters=tuple(understood.chapters),
        turns=turns,
        boxes=tuple(understood.boxes),
        bilingual_terms=terms,
        notes=tuple(understood.notes),
        summary=tuple(understood.summary),
        key_points=tuple(understood.key_points),
        mind_map=tuple(understood.mind_map),
        hashtags=tuple(dict.fromkeys(understood.hashtags)),
        left_out=tuple(understood.left_out),
    )


def _blocks(text: str, body: int) -> list[Block]:
    lines = bilingual.untagged(markdown.blocks(text, body))
    return chapters.with_number_lines(tables.spread(lines))


def _shown(blocks: list[Block]) -> list[Block]:
    """Open `<details>` that hold a document's whole talk, and no translation of another text."""
    hidden = sum(len(block.text) for block in blocks if block.hidden)
    if hidden <= 0.7 * sum(len(block.text) for block in blocks):
        return blocks
    return [replace(block, hidden=False) for block in blocks]


def _is_faq(
    accepted: dict[int, Label],
    legends: dict[str, str],
    cast: Sequence[Declared],
    blocks: Sequence[Block],
) -> bool:
    """Say whether questions and answers are a manual's and nobody's talk."""
    names = {name for label in accepted.values() for name in label.names}
    if legends or cast or not all(speakers.is_question(n) or speakers.is_answer(n) for n in names):
        return False
    heads = [b.text for b in blocks if b.kind == "heading" or b.bold] + [b.text for b in blocks[:1]]
    return any(_FAQ.search(text) for text in heads)


def _title(
    meta: dict[str, tuple[str, ...]], blocks: Sequence[Block], captions: set[str]
) -> tuple[str | None, int | None]:
    """Return a document's title and the block that gives it."""
    if named := meta.get("title") or meta.get("标题"):
        same = next((i for i, b in enumerate(blocks[:20]) if b.text == named[0]), None)
        return ", ".join(named), same
    talk = {i for i, b in enumerate(blocks[:20]) if surroundings.section(b.text) is not None}
    tops = [
        i for i, b in enumerate(blocks) if b.kind == "heading" and b.level == 1 and i not in talk
    ]
    if len(tops) == 1 and tops[0] < 20:
        return blocks[tops[0]].text, tops[0]
    first = next((i for i, b in enumerate(blocks) if b.kind in ("text", "heading")), None)
    if first is not None and first < 3 and _could_be_title(blocks, first):
        return blocks[first].text, first
    repeated = Counter(b.text for b in blocks if b.text in captions and len(b.text) <= 120)
    return (repeated.most_common(1)[0][0], None) if repeated else (None, None)


def _only_names_a_section(text: str) -> bool:
    return len(text) <= 25 and surroundings.section(text) is not None


def _could_be_title(blocks: Sequence[Block], index: int) -> bool:
    """Say whether a first line is a title though it may look like `Name: …`."""
    text = blocks[index].text
    if not chapters.is_title(text) or _only_names_a_section(text):
        return False
    if speakers.leading_time(text)[0] is not None:
        return False
    label = speakers.parse(text, alone=True)
    if label is None:
        return True
    if label.style == "alone" and label.time is None:
        return not all(map(speakers.looks_like_person, label.names))
    if label.style != "colon" or ends_sentence(text) or people.cast_line(text):
        return False
    following = blocks[index + 1].text if index + 1 < len(blocks) else ""
    return "|" in text or "｜" in text or speakers.parse(following) is None


def _declared(
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
        if members := people.cast_line(block.text):
            cast.extend(members)
            found.pop(index, None)
        elif len(block.text) <= 400 and (pairs := people.legend(block.text)):
            if label and not (len(rest) <= 40 and not ends_sentence(rest)):
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


def _with_roles(
    cast: Sequence[Declared], blocks: Sequence[Block], accepted: dict[int, Label]
) -> list[Declared]:
    """Add the people whom labels themselves give a part, such as `主持人张三：`."""
    found = list(cast)
    found += [Declared(name, (other,)) for other, name in labels.doubles(blocks, accepted).items()]
    for label in accepted.values():
        if label.role and len(label.names) == 1 and people.other_script(label.names[0], label.role):
            found.append(Declared(label.names[0], (label.role,)))
        for name in label.names:
            role, bare = speakers.split_role(name)
            if role and all(p.name != bare for p in found):
                found.append(Declared(bare, (), role))
    return found


def _is_talk(meta: dict[str, tuple[str, ...]], blocks: Sequence[Block], title: str | None) -> bool:
    """Say whether a document without labels calls itself somebody's talk."""
    if _TALK_KEYS & set(meta):
        return True
    return any(_TALK.search(text[:300]) for text in [title or "", *(b.text for b in blocks[:6])])


def _opens_with_talk(
    meta: dict[str, tuple[str, ...]], cast: Sequence[Declared], blocks: Sequence[Block], first: int
) -> bool:
    """Say whether the only speaker of the front matter talks before the first label."""
    if not _TALK_KEYS & set(meta) or len(cast) != 1:
        return False
    before = sum(len(b.text) for b in blocks[:first] if ends_sentence(b.text))
    return before > 1500 or 2 * before > sum(len(b.text) for b in blocks[first:])


def _has_cues(blocks: Sequence[Block]) -> bool:
    """Say whether the lines of a document carry running times, as copied captions do."""
    times = [
        t
        for b in blocks
        if b.kind == "text" and (t := speakers.leading_time(b.text)[0]) is not None
    ]
    if len(times) < 5 or len(times) * 3 < len(blocks):
        return False
    gaps = sorted(b - a for a, b in itertools.pairwise(times))
    return 0 <= gaps[len(gaps) // 2] <= _MAX_CUE_GAP


def _is_interview(understood: Understood, blocks: Sequence[Block]) -> bool:
    """Say whether labelled turns make up enough of a document's prose."""
    turns = [s for s in understood.said if s.names and (s.paragraphs or s.originals)]
    spoken = sum(len(p.text) for one in turns for p in [*one.paragraphs, *one.originals])
    unexplained = {item.line for item in understood.left_out if item.reason in _UNEXPLAINED}
    other = sum(len(block.text) for block in blocks if block.line in unexplained)
    code = sum(len(block.text) for block in blocks if block.kind == "code")
    code -= sum(map(len, understood.mind_map))
    if len(turns) < 2 or code > _MAX_CODE * (code + other + spoken):
        return False
    names = {name for one in turns for name in one.names}
    if len(names) < 2 or 1.5 * len(names) > len(turns) + 3:
        return False
    prose = sum(_is_prose((one.paragraphs or one.originals)[-1].text) for one in turns)
    return 2 * prose >= len(turns) and spoken >= _MIN_SHARE * (spoken + other)


def _is_prose(text: str) -> bool:
    """Say whether a turn ends as spoken sentences do, or runs on like one."""
    if "://" in text or text[-1:] in "]}>:：":
        return False
    return ends_sentence(text) or len(text.split()) >= 4 or count_han(text) >= 8
