"""Articles and notes into a transcript: what is said, by whom, and what stands around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from deckgen.hanzi import count_han
from deckgen.problems import DeckgenError
from deckgen.readers import (
    bilingual,
    candidates,
    cast,
    chapters,
    joining,
    labels,
    markdown,
    naming,
    people,
    questions,
    speakers,
    surroundings,
    tables,
    verdict,
)
from deckgen.readers.markdown import Block
from deckgen.readers.plain import ends_sentence
from deckgen.readers.roster import Roster
from deckgen.readers.turns import Said, finish
from deckgen.readers.understood import Understood
from deckgen.readers.walk import walk
from deckgen.transcript import Transcript

MAX_LINES = 100_000
"""Documents of more lines are refused: no interview is longer."""
MAX_LINE = 1_000_000
"""Documents with a longer line are refused: no paragraph is longer."""


def read(text: str, path: str, encoding: str) -> Transcript:
    """Read the text of an article, Markdown or plain."""
    if text.count("\n") > MAX_LINES:
        raise DeckgenError(f"{path}: error: more than {MAX_LINES:,} lines; cut it in parts")
    if len(max(text.splitlines(), key=len, default="")) > MAX_LINE:
        raise DeckgenError(
            f"{path}: error: a line of more than {MAX_LINE:,} characters; break it up"
        )
    meta, body = markdown.front_matter(text)
    blocks = _shown(_blocks(text, body))
    contents = chapters.contents(blocks)
    captions = candidates.captions(blocks, contents)
    title, title_index = _title(meta, blocks, captions)
    found = candidates.find(blocks, captions)
    if title_index is not None:
        found.pop(title_index, None)
    entries = chapters.listed(blocks)
    for entry in entries:
        if entry.index in found and found[entry.index].style in ("alone", "time", "dash"):
            del found[entry.index]
    members, legends = cast.declared(meta, blocks, found)
    known = [
        *(p.name for p in members),
        *legends,
        *legends.values(),
        *people.full_names(title or ""),
        *cast.written_small(blocks, found),
    ]
    accepted = labels.accepted(blocks, found, known)
    accepted = {i: label for i, label in accepted.items() if not blocks[i].hidden}
    for index in candidates.outside(blocks, accepted):
        del accepted[index]
    if verdict.is_faq(accepted, legends, members, blocks):
        accepted = {}
    unlabelled = False
    if not accepted:
        guest = people.guest(members, title or "")
        accepted = questions.labels(blocks, title, guest) if guest else {}
        unlabelled = bool(accepted)
    entries = chapters.listed(blocks, accepted)
    talk = not accepted and verdict.is_talk(meta, blocks, title)
    cues = not accepted and not talk and verdict.has_cues(blocks)
    monologue = bool(accepted) and verdict.opens_with_talk(meta, members, blocks, min(accepted))
    begin = 0 if talk or monologue else None
    if cues:
        begin = verdict.first_cue(blocks)
        entries = [entry for entry in entries if entry.index < begin]
    understood = walk(blocks, accepted, captions, entries, contents, title_index, begin)
    counts = Counter(name for label in accepted.values() for name in label.names)
    roster = Roster(
        counts,
        cast.with_parts(members, blocks, accepted),
        legends,
        known,
        anybody_asks=monologue or unlabelled,
    )
    speaker = members[0].name if (talk or monologue) and len(members) == 1 else None
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
    good = bool(turns) and (talk or verdict.is_interview(understood, turns, blocks))
    written = {name for one in understood.said for name in one.names}
    names = written | {alias for person in roster.people(written) for alias in person.aliases}
    terms = tuple(t for t in bilingual.terms(understood.passages()) if t.en not in names)
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
    lines = markdown.blocks(text, body)
    if sum(len(b.text) for b in lines if b.kind == "code") > 0.7 * sum(len(b.text) for b in lines):
        lines = markdown.blocks(text, body, fences=False)
    lines = joining.with_number_lines(tables.spread(bilingual.parted(bilingual.untagged(lines))))
    return joining.with_time_lines(lines)


def _shown(blocks: list[Block]) -> list[Block]:
    """Open `<details>` that hold a document's whole talk, and no translation of another text."""
    hidden = sum(len(block.text) for block in blocks if block.hidden)
    if hidden <= 0.7 * sum(len(block.text) for block in blocks):
        return blocks
    return [replace(block, hidden=False) for block in blocks]


def _title(
    meta: dict[str, tuple[str, ...]], blocks: Sequence[Block], captions: set[str]
) -> tuple[str | None, int | None]:
    """Return a document's title and the block that gives it."""
    if named := meta.get("title") or meta.get("标题"):
        same = next((i for i, b in enumerate(blocks[:20]) if b.text == named[0]), None)
        return ", ".join(named), same
    talk = {i for i, b in enumerate(blocks[:20]) if _only_names_a_section(b.text)}
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
    if not chapters.is_title(text) or _only_names_a_section(text) or surroundings.is_field(text):
        return False
    if speakers.leading_time(text)[0] is not None:
        return False
    label = speakers.parse(text, alone=True)
    if label is None:
        return True
    if label.time is not None:
        return False
    if label.style in ("alone", "title"):
        if any(map(naming.is_role, label.names)):
            return False
        return people.full_names(text) != list(label.names) and not all(
            count_han(name) and naming.looks_like_person(name) for name in label.names
        )
    if label.style != "colon" or people.cast_line(text):
        return False
    following = blocks[index + 1].text if index + 1 < len(blocks) else ""
    if ends_sentence(text) and (text[-1] not in "?？" or blocks[index].lead):
        return False
    if ends_sentence(text):
        return not speakers.parse(following) and not _comes_again(label.names, blocks[index + 1 :])
    if "|" in text or "｜" in text or speakers.parse(following) is None or _closes_lines(blocks):
        return True
    return not any(map(naming.looks_like_person, label.names)) and not _comes_again(
        label.names, blocks[index + 1 :]
    )


def _closes_lines(blocks: Sequence[Block]) -> bool:
    """Say whether the lines of a document's prose end as sentences do, unlike its first one."""
    prose = [b.text for b in blocks[1:] if b.kind == "text" and len(b.text) > 10]
    return len(prose) >= 5 and sum(map(ends_sentence, prose)) >= 0.8 * len(prose)


def _comes_again(names: Sequence[str], blocks: Sequence[Block]) -> bool:
    """Say whether one of the names is a part, or stands at the beginning of a later line."""
    return any(map(naming.is_role, names)) or any(
        block.text.startswith(name) for block in blocks for name in names
    )
