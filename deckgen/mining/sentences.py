"""Sentences to learn from: few that together use the words of a talk, and no near-copies."""

from __future__ import annotations

import heapq
import math
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from deckgen.content import Pair, Term
from deckgen.hanzi import folded
from deckgen.mining.glosses import Glosses
from deckgen.mining.talk import Rejected, Said, Talk, translated
from deckgen.mining.wellformed import Objections, length, objection

_LEAST_GAIN = 0.1
"""A sentence has to bring this share of what the best one brought."""

_COMMON = 0.5
"""Sentences that share more than this part of their pairs of words are near-copies."""


@dataclass(frozen=True, slots=True)
class Variety:
    """How varied the sentences are, in shares of 0…1.

    `covered` is the part of the talk's words that the sentences hold, by how often each is used;
    `distinct` the distinct words and pairs of words among all of theirs; `before` the same of all
    the sentences that could have been chosen.
    """

    covered: float
    distinct: tuple[float, float]
    before: tuple[float, float]


def propose(
    talk: Talk,
    terms: Sequence[Term],
    words_of: Callable[[str], Sequence[str]],
    glosses: Glosses,
    objections: Objections,
    most: int,
) -> tuple[tuple[Pair, ...], tuple[Rejected, ...], Variety]:
    """Propose sentences with their translation, or a word-by-word gloss where there is none.

    `words_of` cuts a text into the words that count for a learner.
    """
    offered = talk.pairs if talk.is_aligned else talk.sentences
    rejected = list(talk.rejected)
    usable: list[Said] = []
    for said in offered:
        reason = objections(said.text) or _beside(said, talk)
        if reason:
            rejected.append(Rejected(said.text, reason))
        else:
            usable.append(said)
    rows = [tuple(words_of(said.text)) for said in usable]
    used = Counter(word for said in talk.sentences for word in words_of(said.text))
    sizes = [length(said.text, talk.language) for said in usable]
    order = _cover(rows, used, sizes, most)
    chosen = translated([usable[index] for index in sorted(order)], talk, glosses)
    taken = set(order)
    rejected += [
        Rejected(said.text, "adds little to the sentences chosen")
        for index, said in enumerate(usable)
        if index not in taken
    ]
    here = [rows[index] for index in sorted(order)]
    held = {word for row in here for word in row}
    variety = Variety(
        sum(used[word] for word in held) / max(1, sum(used.values())),
        _distinct(here),
        _distinct(rows),
    )
    named = _Names(terms)
    rank = {index: place for place, index in enumerate(order, 1)}
    pairs = tuple(
        _pair(said, talk, named, glosses, rank[index], len(order))
        for index, said in zip(sorted(order), chosen, strict=True)
    )
    return pairs, tuple(rejected), variety


def _beside(said: Said, talk: Talk) -> str | None:
    if said.other is None:
        return None
    reason = objection(said.other, "en" if talk.language == "zh" else "zh", 45)
    return f"its translation is {reason}" if reason in ("too short", "too long") else None


def _cover(
    rows: Sequence[tuple[str, ...]], used: Counter[str], sizes: Sequence[int], most: int
) -> list[int]:
    """Choose sentences greedily by the weight of the new words that each brings for its length.

    The weight of words covered is submodular, so that a lazy heap finds each next best sentence
    (Minoux 1978). Near-copies of a chosen sentence are passed over.
    """
    weights = {word: 1 + math.log(count) for word, count in used.items()}
    held: set[str] = set()
    pairs_held: dict[tuple[str, str], list[int]] = {}
    chosen: list[int] = []

    def gain(index: int) -> float:
        new = set(rows[index]) - held
        return sum(sorted(weights[word] for word in new)) / math.sqrt(sizes[index])

    heap = [(-gain(index), index) for index in range(len(rows))]
    heapq.heapify(heap)
    least = 0.0
    while heap and len(chosen) < most:
        _, index = heapq.heappop(heap)
        fresh = gain(index)
        if heap and fresh < -heap[0][0]:
            heapq.heappush(heap, (-fresh, index))
            continue
        least = least or fresh * _LEAST_GAIN
        if fresh <= 0 or fresh < least:
            break
        own = set(pairwise(rows[index]))
        shared = Counter(other for pair in own for other in pairs_held.get(pair, ()))
        if own and shared and max(shared.values()) > _COMMON * len(own):
            continue
        chosen.append(index)
        held.update(rows[index])
        for pair in own:
            pairs_held.setdefault(pair, []).append(index)
    return chosen


def _distinct(rows: Sequence[tuple[str, ...]]) -> tuple[float, float]:
    words = [word for row in rows for word in row]
    pairs = [pair for row in rows for pair in pairwise(row)]
    return (len(set(words)) / max(1, len(words)), len(set(pairs)) / max(1, len(pairs)))


class _Names:
    """Finds the terms that a sentence uses."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = [(folded(term.hanzi), term.id) for term in terms]

    def of(self, text: str) -> tuple[str, ...]:
        """Return the ids of the terms in a text, at most six."""
        plain = folded(text)
        return tuple(id for name, id in self._terms if name in plain)[:6]


def _pair(said: Said, talk: Talk, named: _Names, glosses: Glosses, rank: int, chosen: int) -> Pair:
    text = glosses.plain(said.text)
    other = said.other or glosses.gloss(text, talk.language)
    zh, en = (text, other) if talk.language == "zh" else (glosses.plain(other), text)
    how = "its translation is aligned" if said.other else "no translation: glossed word by word"
    how = "translated by a machine" if said.by_machine else how
    return Pair(
        id=f"said-{zlib.crc32(folded(said.text).encode()):08x}",
        zh=zh,
        en=en,
        evidence=(said.evidence,),
        terms=named.of(zh),
        speaker=said.evidence.speaker,
        status="draft",
        why=f"brings the most new words, {rank} of {chosen} in that order; {how}",
    )
