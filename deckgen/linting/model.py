"""What a check sees of a deck, and what it says about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from deckgen.annotation import Annotated
from deckgen.content import Claim, Content, Item, Pair, Term, Text2
from deckgen.problems import Location, Severity

Language = Literal["zh", "en"]
Limits: TypeAlias = Mapping[str, float]
"""A check's thresholds by name; `zh` holds for Chinese, and `term.zh` for that of terms only."""


@dataclass(frozen=True, slots=True)
class Text:
    """One authored text of an item; `field` is the key that holds it."""

    item: Item
    field: str
    language: Language
    text: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that lead from the item to the text."""
        return (self.field,) if self.field in ("hanzi", "english", "zh", "en") else self._both

    @property
    def _both(self) -> tuple[str, ...]:
        return (self.field, self.language)

    @property
    def name(self) -> str:
        """The keys as a message shows them."""
        return ".".join(self.keys)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check has to say about an item, or about the deck where `item` is None.

    `keys` lead from the item to the text that it is about; `level` stands in for the check's own.
    """

    item: Item | None
    message: str
    keys: tuple[str, ...] = ()
    level: Severity | None = None
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Deck:
    """Everything that checks look at; `disagreements` tells by item key what sources dispute."""

    content: Content
    items: tuple[Item, ...]
    texts: tuple[Text, ...]
    annotated: tuple[Annotated, ...]
    disagreements: Mapping[str, tuple[str, ...]]

    def fields(self, *names: str) -> Iterator[Text]:
        """Yield the texts of these fields."""
        return (text for text in self.texts if text.field in names)

    @property
    def fronts(self) -> Iterator[Text]:
        """What a card asks with: the question of a claim, both sides of terms and pairs."""
        return self.fields("question", "hanzi", "english", "zh", "en")


Run: TypeAlias = Callable[[Deck, Limits], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of good cards: what it asks, why and after whom, and what breaks and keeps it."""

    id: str
    title: str
    level: Severity
    why: str
    source: str
    bad: str
    good: str
    run: Run
    limits: tuple[tuple[str, float], ...] = ()


def texts(item: Item) -> Iterator[Text]:
    """Yield every authored text of an item, in the order of its fields."""
    if isinstance(item, Term):
        yield Text(item, "hanzi", "zh", item.hanzi)
        yield Text(item, "english", "en", item.english)
        fields = {"definition": item.definition}
    elif isinstance(item, Claim):
        names = ("statement", "question", "answer", "cloze")
        fields = {name: getattr(item, name) for name in names}
    else:
        yield Text(item, "zh", "zh", item.zh)
        yield Text(item, "en", "en", item.en)
        fields = {}
    for name, both in {**fields, "context": item.context, "caution": item.caution}.items():
        if isinstance(both, Text2):
            yield Text(item, name, "zh", both.zh)
            yield Text(item, name, "en", both.en)


def limit(limits: Limits, text: Text) -> float:
    """Return the threshold for a text: that of its kind and language before that of its language.

    >>> from deckgen.content import Pair
    >>> pair = Text(Pair("a", "好", "good", ()), "zh", "zh", "好")
    >>> limit({"zh": 40, "pair.zh": 30}, pair)
    30
    """
    return limits.get(f"{text.item.kind}.{text.language}", limits[text.language])


def quoted(text: str, most: int = 60) -> str:
    """Quote the offending words, cut where they are many."""
    flat = " ".join(text.split())
    return f"“{flat if len(flat) <= most else flat[:most] + '…'}”"


def about(text: Text, message: str, level: Severity | None = None) -> Finding:
    """Return a finding about one text."""
    return Finding(text.item, f"{text.name}: {message}", text.keys, level)


__all__ = [
    "Check",
    "Deck",
    "Finding",
    "Language",
    "Limits",
    "Pair",
    "Run",
    "Text",
    "about",
    "limit",
    "quoted",
    "texts",
]
