"""What kind of document it is: an interview, somebody's talk, copied captions, or none of these."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from deckgen.hanzi import count_han
from deckgen.readers import naming, speakers, surroundings
from deckgen.readers.markdown import Block
from deckgen.readers.people import Declared
from deckgen.readers.plain import ends_sentence
from deckgen.readers.speakers import Label
from deckgen.readers.understood import Understood
from deckgen.transcript import Turn

_TALK_KEYS = {"transcript_by", "transcription_by", "speakers", "speaker"}
_TALK = re.compile(
    r"(?:演讲|讲座|分享|发言|讲话)(?:的)?(?:实录|全文|文字稿|整理|稿)|(?:以下|本文)(?:是|"
    r"为).{0,30}(?:演讲|讲座|分享)|"
    r"transcript of (?:a|the|my|this) (?:talk|lecture|speech|keynote|presentation)",
    re.I,
)
_FAQ = re.compile(r"\bFAQs?\b|frequently asked|常见问题|常见问答|疑难解答|troubleshooting", re.I)
_SPEECH = re.compile(
    r"\b(?:I|I['’](?:m|ve|d|ll)|me|my|we['’](?:re|ve)|let['’]s|yeah|yes|okay|thanks|thank you|"
    r"right)\b|[?？]|[我咱您你吗嗎呢吧嗯]|谢谢|謝謝",
    re.I,
)
_UNEXPLAINED = {"before the talk", "after the talk", "around the talk: related", "editor's note"}
_MIN_SHARE = 0.3
_MAX_CODE = 0.3
_MAX_CUE_GAP = 20.0
_MIN_SPEECH = 2.0
_MUCH_SPEECH = 5.0
"""Words of speech (I, yes, a question) in a thousand characters: manuals have one or none."""
_MIN_CHANGES = 0.4
_SHORT = 600
_SAMPLE = 1000


def is_faq(
    accepted: Mapping[int, Label],
    legends: Mapping[str, str],
    cast: Sequence[Declared],
    blocks: Sequence[Block],
) -> bool:
    """Say whether questions and answers are a manual's and nobody's talk."""
    names = {name for label in accepted.values() for name in label.names}
    if legends or cast or not all(naming.is_question(n) or naming.is_answer(n) for n in names):
        return False
    heads = [b.text for b in blocks if b.kind == "heading" or b.bold] + [b.text for b in blocks[:1]]
    return any(_FAQ.search(text) for text in heads)


def is_talk(
    meta: Mapping[str, tuple[str, ...]], blocks: Sequence[Block], title: str | None
) -> bool:
    """Say whether a document without labels calls itself somebody's talk."""
    if _TALK_KEYS & set(meta):
        return True
    return any(_TALK.search(text[:300]) for text in [title or "", *(b.text for b in blocks[:6])])


def opens_with_talk(
    meta: Mapping[str, tuple[str, ...]],
    cast: Sequence[Declared],
    blocks: Sequence[Block],
    first: int,
) -> bool:
    """Say whether the only speaker of the front matter talks before the first label."""
    if not _TALK_KEYS & set(meta) or len(cast) != 1:
        return False
    before = sum(len(b.text) for b in blocks[:first] if ends_sentence(b.text))
    return before > 1500 or 2 * before > sum(len(b.text) for b in blocks[first:])


def has_cues(blocks: Sequence[Block]) -> bool:
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


def first_cue(blocks: Sequence[Block]) -> int:
    """Return where the running times begin, behind a list of chapters with theirs."""
    times = [
        (i, t) for i, b in enumerate(blocks) if (t := speakers.leading_time(b.text)[0]) is not None
    ]
    restarts = [i for (_, a), (i, b) in itertools.pairwise(times) if b < a and b < _MAX_CUE_GAP]
    return next((i for i in restarts if 2 * i < len(blocks)), times[0][0])


def is_interview(understood: Understood, turns: Sequence[Turn], blocks: Sequence[Block]) -> bool:
    """Say whether people who speak in turn make up enough of a document's prose."""
    return _fills(understood, blocks) and _takes_turns(turns)


def _takes_turns(turns: Sequence[Turn]) -> bool:
    """Say whether the turns read as speech and go from one speaker to another."""
    speaking = len({turn.speaker for turn in turns})
    if speaking < 2 or 2 < speaking == len(turns):
        return False
    changes = sum(a.speaker != b.speaker for a, b in itertools.pairwise(turns))
    often = changes >= _MIN_CHANGES * (len(turns) - 1)
    sample = "\n".join(turn.text[:_SAMPLE] for turn in turns[:_SAMPLE])[: 100 * _SAMPLE]
    size, speech = len(sample), 1000 * len(_SPEECH.findall(sample))
    return speech >= _MUCH_SPEECH * size or (
        often and (size < _SHORT or speech >= _MIN_SPEECH * size)
    )


def _fills(understood: Understood, blocks: Sequence[Block]) -> bool:
    """Say whether labelled turns make up enough of a document's prose."""
    turns = [s for s in understood.said if s.names and (s.paragraphs or s.originals)]
    spoken = sum(len(p.text) for one in turns for p in [*one.paragraphs, *one.originals])
    unexplained = {item.line for item in understood.left_out if item.reason in _UNEXPLAINED}
    other = sum(
        len(block.text)
        for block in blocks
        if block.line in unexplained and not surroundings.is_credit(block.text)
    )
    code = sum(len(block.text) for block in blocks if block.kind == "code")
    code -= sum(map(len, understood.mind_map))
    if len(turns) < 2 or code > _MAX_CODE * (code + other + spoken):
        return False
    names = {naming.unnumbered(name) for one in turns for name in one.names}
    if len(names) < 2 or 1.5 * len(names) > len(turns) + 3:
        return False
    prose = sum(_is_prose((one.paragraphs or one.originals)[-1].text) for one in turns)
    return 2 * prose >= len(turns) and spoken >= _MIN_SHARE * (spoken + other)


def _is_prose(text: str) -> bool:
    """Say whether a turn ends as spoken sentences do, or runs on like one."""
    if "://" in text or text[-1:] in "]}>:：":
        return False
    return ends_sentence(text) or len(text.split()) >= 4 or count_han(text) >= 8
