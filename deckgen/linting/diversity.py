"""How varied is a deck? Distinct phrases, ways to ask, topics."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from deckgen.linting.model import Deck, Finding, Language, Limits
from deckgen.linting.words import units
from deckgen.problems import Location

_WINDOW = 1000


@dataclass(frozen=True, slots=True)
class Diversity:
    """`distinct` is the share of distinct bigrams, 0…1, in windows of a thousand words or
    characters of the fronts, `openings` the entropy of how questions begin (their first two words
    or characters) and `topics` that of topics, both in bits.
    """

    distinct: dict[Language, float]
    openings: dict[Language, float]
    topics: float


def measure(deck: Deck) -> Diversity:
    """Measure how varied a deck is."""
    languages: tuple[Language, ...] = ("zh", "en")
    return Diversity(
        {language: _distinct(list(_fronts(deck, language))) for language in languages},
        {
            language: _entropy(tuple(front[:2]) for front in _questions(deck, language))
            for language in languages
        },
        _entropy(topic for item in deck.items for topic in item.topics),
    )


def _fronts(deck: Deck, language: Language) -> Iterator[list[str]]:
    names = ("question", "definition", "zh", "en")
    return (units(text.text) for text in deck.fields(*names) if text.language == language)


def _questions(deck: Deck, language: Language) -> Iterator[list[str]]:
    return (units(text.text) for text in deck.fields("question") if text.language == language)


def _distinct(fronts: Sequence[Sequence[str]]) -> float:
    """Average over windows of one size, since the share falls as a text grows longer."""
    pairs = [pair for front in fronts for pair in pairwise(front)]
    starts = range(0, max(len(pairs) - _WINDOW, 0) + 1, _WINDOW)
    shares = [
        len(set(pairs[s : s + _WINDOW])) / len(pairs[s : s + _WINDOW]) for s in starts if pairs
    ]
    return sum(shares) / len(shares) if shares else 1.0


def _entropy(values: Iterable[Hashable]) -> float:
    counts = Counter(values)
    total = sum(counts.values())
    return -sum(n / total * math.log2(n / total) for n in counts.values()) if total else 0.0


_MEANING = {
    "distinct": "the fronts repeat the same phrases; vary what is asked",
    "openings": "the questions all begin alike; vary how one asks",
    "topics": "almost all items share a topic; name topics more exactly",
}


def collapsed(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L30: the deck says the same things in the same way over and over."""
    if len(deck.items) < limits["items"]:
        return
    found = measure(deck)
    asked = sum(text.field == "question" for text in deck.texts) >= 2 * limits["items"]
    values = [(f"distinct ({k})", "distinct", v) for k, v in found.distinct.items()]
    if asked:
        values += [(f"openings ({k})", "openings", v) for k, v in found.openings.items()]
    if any(item.topics for item in deck.items):
        values.append(("topics", "topics", found.topics))
    for name, key, value in values:
        if value < limits[key]:
            said = f"{name} {value:.2f}, at least {limits[key]:g}: {_MEANING[key]}"
            yield Finding(None, said, location=Location("content"))
