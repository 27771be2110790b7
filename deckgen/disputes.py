"""Which items rest on a place where the documents of a source disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from deckgen import numbers
from deckgen.annotation import Passage
from deckgen.comparison import compare
from deckgen.content import Claim, Content, Evidence, Item
from deckgen.disagreements import Disagreement
from deckgen.hanzi import count_han, folded
from deckgen.linting.model import texts
from deckgen.transcript import Transcript

_LATIN = re.compile(r"[a-z0-9][a-z0-9+.-]*[a-z0-9+]|[a-z]")
_SHORTEST = 8
_CONFIDENT, _HARMFUL = 0.6, 0.55


def disputed(
    content: Content,
    passages: Mapping[Evidence, Sequence[Passage]],
    transcripts: Sequence[Transcript],
) -> dict[str, tuple[str, ...]]:
    """Tell by item key what the documents dispute at its evidence.

    A number or name counts where the item holds one that only one document has, a speaker where
    the item is a claim and its own passages have different ones, polarity where a claim rests on
    the very words; these and names only where the comparison is confident.
    """
    found: dict[str, dict[str, None]] = {}
    for a, b in combinations(transcripts, 2):
        sides = (Path(a.path).name, Path(b.path).name)
        told = [d for d in compare(a, b).disagreements if _is_asked(d)]
        for item in content.items:
            near = [p for e in item.evidence for p in passages.get(e, ())]
            for disagreement in told:
                if any(_same_place(p, disagreement, sides) for p in near):
                    for said in _concerns(item, disagreement, near):
                        found.setdefault(item.key, {})[said] = None
    return {key: tuple(told_) for key, told_ in found.items()}


def _is_asked(told: Disagreement) -> bool:
    if told.kind in ("number", "speaker"):
        return True
    least = {"polarity": _HARMFUL, "name": _HARMFUL}.get(told.kind)
    return least is not None and told.confidence >= _CONFIDENT and told.score >= least


def _same_place(passage: Passage, told: Disagreement, sides: tuple[str, str]) -> bool:
    if passage.document not in sides:
        return False
    text = folded(passage.text)
    if told.words:
        return any(folded(words) in text for words in told.words if len(words) >= _SHORTEST)
    said = folded((told.a if passage.document == sides[0] else told.b).text)
    return min(len(said), len(text)) >= _SHORTEST and (said in text or text in said)


def _concerns(item: Item, told: Disagreement, near: Sequence[Passage]) -> Iterator[str]:
    if told.kind == "speaker":
        named = sorted({passage.speaker for passage in near if passage.speaker})
        others = [name for name in named if folded(named[0]) not in folded(name)]
        if isinstance(item, Claim) and others:
            yield f"one document has {named[0]} say this, another {others[0]}"
        return
    if told.kind == "polarity":
        if isinstance(item, Claim):
            yield f"the documents disagree here ({told.detail})"
        return
    if told.kind == "name":
        own = {word for text in texts(item) for word in _LATIN.findall(text.text.lower())}
        if any(name.lower() in own for name in told.names):
            yield f"the documents disagree here ({told.detail})"
        return
    a, b = _values(told.a.text), _values(told.b.text)
    own = {value for text in texts(item) for value in _values(text.text)}
    if a - b and b - a and own & (a ^ b):
        yield f"the documents disagree here ({told.detail})"


def _values(text: str) -> set[Fraction]:
    read = numbers.chinese if count_han(text) else numbers.english
    return {number.value for number in read(text)}
