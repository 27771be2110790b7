"""Interviews that print the questions in another dress instead of naming who speaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from deckgen.readers import surroundings
from deckgen.readers.markdown import Block
from deckgen.readers.plain import ends_sentence
from deckgen.readers.speakers import Label

QUESTION = "Q"
_INTERVIEW = re.compile(
    r"\binterview(?:s|ed|ing)?\b|\bconversation\b|\bq ?(?:&|and) ?a\b|"
    r"\b(?:questions (?:for|to|with)|talks? (?:to|with)|speaks? (?:to|with)|chat with|meet)\b|"
    r"专访|访谈|采访|对话|对谈|问答|访问|專訪|訪談|採訪|對話|對談",
    re.I,
)
_NO_TALK = re.compile(
    r"interview (?:questions|prep\w*|process|guide|cheat)|(?:coding|technical|job) interview|"
    r"\bFAQs?\b|frequently asked|面试|常见问题|常见问答|試題|试题|习题",
    re.I,
)
_NUMBER = re.compile(r"(?:Q|问题)?[ ]?\d{1,2}[.、:：)）][ ]*")
_ASKS = re.compile(r"[?？]")
_FEWEST = 3
_DRESSES: tuple[Callable[[Block], bool], ...] = (
    lambda block: block.bold and block.kind in ("text", "item"),
    lambda block: block.italic and block.kind == "text",
    lambda block: block.kind == "quote",
    lambda block: block.kind == "heading" and block.level > 1,
)


def labels(blocks: Sequence[Block], title: str | None, guest: str) -> dict[int, Label]:
    """Label the questions and the guest's answers of an interview; empty where it is none.

    A line begins a question where it wears the dress (bold, italics, quotation, heading) that
    most of the document's questions wear; the plain text behind it is the answer.
    """
    opening = [title or "", *(block.text[:300] for block in blocks[:6])]
    if not any(map(_INTERVIEW.search, opening)) or any(map(_NO_TALK.search, opening)):
        return {}
    for wears in _DRESSES:
        asked = [i for i, block in enumerate(blocks) if wears(block) and _asks(block)]
        if len(asked) < _FEWEST:
            continue
        between = range(asked[0], asked[-1] + 1)
        worn = [i for i in between if wears(blocks[i]) and not blocks[i].hidden]
        if 2 * len(asked) >= len(worn) and _answered(asked, blocks, wears):
            return _labels(blocks, asked, wears, guest)
    return {}


def _asks(block: Block) -> bool:
    return bool(_ASKS.search(block.text)) and not block.hidden


def _is_sentence(block: Block) -> bool:
    return block.bold and ends_sentence(block.text) and block.text[-1] not in ":："


def _answered(
    asked: Sequence[int], blocks: Sequence[Block], wears: Callable[[Block], bool]
) -> bool:
    """Say whether plain prose follows on most questions."""
    good = 0
    for i in asked:
        following = next((b for b in blocks[i + 1 :] if not wears(b)), None)
        good += following is not None and _is_answer(following)
    return 4 * good >= 3 * len(asked)


def _is_answer(block: Block) -> bool:
    return block.kind in ("text", "item") and not surroundings.is_credit(block.text)


def _labels(
    blocks: Sequence[Block], asked: Sequence[int], wears: Callable[[Block], bool], guest: str
) -> dict[int, Label]:
    found: dict[int, Label] = {}
    answering = True
    for i, block in enumerate(blocks[asked[0] :], asked[0]):
        if wears(block) and (_asks(block) or not answering or _is_sentence(block)):
            number = _NUMBER.match(block.text)
            if answering:
                found[i] = Label((QUESTION,), None, None, number.end() if number else 0, "bold")
            answering = False
        elif not answering and _is_answer(block):
            found[i] = Label((guest,), None, None, 0, "bold")
            answering = True
    return found
