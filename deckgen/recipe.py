"""Deck recipes: which notes go into a package, in what order, and how they look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from deckgen import yamlfile
from deckgen.content import Kind, parse_id
from deckgen.problems import NOWHERE, Location, Problem, Read, in_order

Palette = Literal["mdbg", "pleco", "hanping", "dummitt", "colourblind", "none"]
TermCard = Literal["recognise", "produce", "listen"]
ClaimCard = Literal["question", "cloze"]
SentenceCard = Literal["read", "translate", "listen"]


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise ValueError(f'"{text}" is no count: write a whole number from 1')
    return int(text)


def _switch(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f'"{text}" is neither true nor false')
    return text == "true"


@dataclass(frozen=True, slots=True)
class Theme:
    """How cards look: tone colours, script and reading that come first, sandhi shown or not."""

    palette: Palette = "mdbg"
    script: Literal["simplified", "traditional"] = "simplified"
    reading: Literal["pinyin", "bopomofo"] = "pinyin"
    sandhi: bool = field(default=False, metadata={"parse": _switch})


@dataclass(frozen=True, slots=True)
class Cards:
    """Which card types the notes of each kind have; the first of each tuple is always there."""

    term: tuple[TermCard, ...] = ("recognise", "produce", "listen")
    claim: tuple[ClaimCard, ...] = ("question", "cloze")
    sentence: tuple[SentenceCard, ...] = ("read", "translate", "listen")


@dataclass(frozen=True, slots=True)
class Known:
    """What the learner knows already, and what becomes of notes that teach only that.

    `mature` is the interval in days from which a card of a collection counts as known.
    """

    files: tuple[str, ...]
    then: Literal["drop", "last"] = "drop"
    mature: int = field(default=21, metadata={"parse": _count})
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """One deck file; `name` is that of its YAML file and of the package.

    Recipes of one `edition` share notes: what one teaches, another only adds to. An edition of its
    own gives a recipe its own notes and note types, so that a look or card types that differ never
    disturb the others in the same collection.
    """

    title: str
    description: str
    kinds: tuple[Kind, ...] = ("term", "claim", "pair")
    filter: str | None = None
    order: Literal["chapter", "level", "frequency"] = "chapter"
    limit: int | None = field(default=None, metadata={"parse": _count})
    cards: Cards = Cards()
    theme: Theme = Theme()
    labels: Literal["en", "zh"] = "en"
    sound: Literal["device", "files"] = "device"
    known: Known | None = None
    edition: str | None = field(default=None, metadata={"parse": parse_id})
    sources: str | None = None
    drafts: bool = field(default=False, metadata={"parse": _switch})
    schema: Literal["1"] = "1"
    name: str = ""
    location: Location = NOWHERE


def load(folder: Path, names: tuple[str, ...] = ()) -> Read[tuple[Recipe, ...]]:
    """Read the recipes `names` (file names without `.yaml`), or all, in the order of names."""
    problems: list[Problem] = []
    recipes: list[Recipe] = []
    for path in sorted(folder.glob("*.yaml")):
        if names and path.stem not in names:
            continue
        got = yamlfile.read(path, f"{folder.name}/{path.name}", Recipe)
        problems += got.problems
        if got.value is not None:
            recipes.append(replace(got.value, name=path.stem))
    return Read(tuple(recipes), in_order(problems))
