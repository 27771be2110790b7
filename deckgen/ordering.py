"""The order in which notes are learnt.

A sentence or claim comes after the terms it uses, and a term after those its definition uses.
Within that, notes go by chapter, level or frequency; inside a chapter or level, the sentence with
the fewest unknown words comes next ("i+1"), as soon as it brings one at most.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from deckgen.annotation import Annotated, AnnotatedPair, AnnotatedTerm
from deckgen.selection import level_number, place, words

By = Literal["chapter", "level", "frequency"]
_Block: TypeAlias = tuple[Any, ...]
_Rank: TypeAlias = tuple[_Block, tuple[Any, ...]]
_NO_LEVEL = 99.0
_COMMONEST = 5


@dataclass(frozen=True, slots=True)
class Order:
    """Items as they are learnt; `unknown` counts the new words of each at its place.

    `cycles` are groups of terms whose definitions use each other.
    """

    items: tuple[Annotated, ...]
    unknown: tuple[int, ...]
    cycles: tuple[tuple[str, ...], ...]


def order(items: Sequence[Annotated], by: By, known: Collection[str] = ()) -> Order:
    """Order items for learning; the same items give the same order, however they come in.

    Takes n log n steps in the number of items and of their words.
    """
    return _Plan(items, by, known).run()


def in_transcript_order(items: Sequence[Annotated], known: Collection[str] = ()) -> Order:
    """Order items as the recording goes, to compare with."""
    learnt = set(known)
    ordered = sorted(items, key=lambda i: (*place(i.origins), i.item.key))
    counts = []
    for item in ordered:
        new = set(words(item)) - learnt
        counts.append(len(new))
        learnt |= new
    return Order(tuple(ordered), tuple(counts), ())


class _Plan:
    """Takes terms and claims block by block, and after each the sentences it made learnable."""

    def __init__(self, items: Sequence[Annotated], by: By, known: Collection[str]) -> None:
        self.items = {item.item.key: item for item in sorted(items, key=lambda i: i.item.key)}
        self.rank = {key: _rank(item, by) for key, item in self.items.items()}
        self.needs = _needs(self.items)
        self.learnt = set(known)
        self.unknown: dict[str, int] = {}
        self.holders: dict[str, list[str]] = {}
        self.waiting: dict[str, int] = {}
        self.users: dict[str, list[str]] = {}
        for key, item in self.items.items():
            new = [word for word in words(item) if word not in self.learnt]
            self.unknown[key] = len(new)
            for word in new:
                self.holders.setdefault(word, []).append(key)
            if _is_sentence(item):
                self.waiting[key] = len(self.needs[key])
                for need in self.needs[key]:
                    self.users.setdefault(need, []).append(key)
        self.open: list[tuple[int, _Rank, str]] = []
        self.later = [(self.rank[key], key) for key, count in self.waiting.items() if not count]
        heapq.heapify(self.later)
        self.block: _Block = ()
        self.taken: dict[str, int] = {}
        self.cycles: set[tuple[str, ...]] = set()

    def run(self) -> Order:
        leading: dict[_Block, list[str]] = {rank[0]: [] for rank in self.rank.values()}
        for key in sorted(self.items, key=self.rank.__getitem__):
            if key not in self.waiting:
                leading[self.rank[key][0]].append(key)
        for self.block in sorted(leading):
            self._open_later()
            for key in leading[self.block]:
                self._take_with_needs(key)
            self._take_sentences(None)
        ordered = tuple(self.items[key] for key in self.taken)
        return Order(ordered, tuple(self.taken.values()), tuple(sorted(self.cycles)))

    def _take_with_needs(self, first: str) -> None:
        path = [first] if first not in self.taken else []
        while path:
            key = path[-1]
            left = [need for need in self.needs[key] if need not in self.taken]
            for need in (need for need in left if need in path):
                self.cycles.add(tuple(sorted(path[path.index(need) :])))
            following = next((need for need in left if need not in path), None)
            if following is None:
                path.pop()
                self._take(key)
                self._take_sentences(1)
            else:
                path.append(following)

    def _take_sentences(self, most: int | None) -> None:
        """Take open sentences, that with the fewest unknown words first, `most` at most."""
        while self.open and (most is None or self.open[0][0] <= most):
            count, _, key = heapq.heappop(self.open)
            if key not in self.taken and count == self.unknown[key]:
                self._take(key)

    def _take(self, key: str) -> None:
        self.taken[key] = self.unknown[key]
        for word in words(self.items[key]):
            if word not in self.learnt:
                self.learnt.add(word)
                for holder in self.holders[word]:
                    self.unknown[holder] -= 1
                    if self.waiting.get(holder) == 0 and self.rank[holder][0] <= self.block:
                        self._open(holder)
        for sentence in self.users.get(key, ()):
            self.waiting[sentence] -= 1
            if not self.waiting[sentence]:
                heapq.heappush(self.later, (self.rank[sentence], sentence))
        self._open_later()

    def _open_later(self) -> None:
        while self.later and self.later[0][0][0] <= self.block:
            self._open(heapq.heappop(self.later)[1])

    def _open(self, key: str) -> None:
        heapq.heappush(self.open, (self.unknown[key], self.rank[key], key))


def _is_sentence(item: Annotated) -> bool:
    return isinstance(item, AnnotatedPair)


def _rank(item: Annotated, by: By) -> _Rank:
    source, time = place(item.origins)
    here = (source, time, item.item.kind != "term", item.item.key)
    if by == "chapter":
        first = item.origins[0] if item.origins else None
        chapter = first.source.chapters.index(first.chapter) if first and first.chapter else -1
        return ((source, chapter), here)
    if by == "level":
        return ((level_number(item.level) or _NO_LEVEL,), here)
    band = (item.frequency or 0) if isinstance(item, AnnotatedTerm) else _COMMONEST
    return ((-band,), here)


def _needs(items: Mapping[str, Annotated]) -> dict[str, tuple[str, ...]]:
    """Return, for each item, the keys of the terms that come before it."""
    names = {
        name: key
        for key, item in items.items()
        if isinstance(item, AnnotatedTerm)
        for name in (item.item.hanzi, *item.item.aliases)
    }
    return {
        key: tuple(sorted({names[w] for w in _used(item) if w in names and names[w] != key}))
        for key, item in items.items()
    }


def _used(item: Annotated) -> Iterable[str]:
    if isinstance(item, AnnotatedPair):
        return (term.hanzi for term in item.terms)
    texts = (item.definition,) if isinstance(item, AnnotatedTerm) else (item.question, item.answer)
    return (word.text for text in texts for word in text.words)
