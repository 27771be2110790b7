"""Which items rest on a place where the documents of a source disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from deckgen.annotation import Passage
from deckgen.comparison import compare
from deckgen.content import Claim, Content, Evidence, Item
from deckgen.disagreements import Disagreement
from deckgen.hanzi import count_han, folded
from deckgen.linting import numbers
from deckgen.linting.model import texts
from deckgen.transcript import Transcript

_SHORTEST = 8


def disputed(
    content: Content,
    passages: Mapping[Evidence, Sequence[Passage]],
    transcripts: Sequence[Transcript],
) -> dict[str, tuple[str, ...]]:
    """Tell by item key what the documents dispute at its evidence.

    A number counts where the item holds one of the two, a speaker where the item is a claim and
    its own passages have different ones.
    """
    found: dict[str, dict[str, None]] = {}
    for a, b in combinations(transcripts, 2):
        sides = (Path(a.path).name, Path(b.path).name)
        told = [d for d in compare(a, b).disagreements if d.kind in ("number", "speaker")]
        for item in content.items:
            near = [p for e in item.evidence for p in passages.get(e, ())]
            for disagreement in told:
                if any(_same_place(p, disagreement, sides) for p in near):
                    for said in _concerns(item, disagreement, near):
                        found.setdefault(item.key, {})[said] = None
    return {key: tuple(told_) for key, told_ in found.items()}


def _same_place(passage: Passage, told: Disagreement, sides: tuple[str, str]) -> bool:
    if passage.document not in sides:
        return False
    side = told.a if passage.document == sides[0] else told.b
    said, text = folded(side.text), folded(passage.text)
    return min(len(said), len(text)) >= _SHORTEST and (said in text or text in said)


def _concerns(item: Item, told: Disagreement, near: Sequence[Passage]) -> Iterator[str]:
    if told.kind == "speaker":
        named = sorted({passage.speaker for passage in near if passage.speaker})
        others = [name for name in named if folded(named[0]) not in folded(name)]
        if isinstance(item, Claim) and others:
            yield f"one document has {named[0]} say this, another {others[0]}"
        return
    a, b = _values(told.a.text), _values(told.b.text)
    own = {value for text in texts(item) for value in _values(text.text)}
    if a - b and b - a and own & (a ^ b):
        yield f"the documents disagree here ({told.detail})"


def _values(text: str) -> set[Fraction]:
    read = numbers.chinese if count_han(text) else numbers.english
    return {number.value for number in read(text)}
