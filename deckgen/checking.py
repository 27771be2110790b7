"""What is wrong with a project: its files, its content, and its cards as they would be packed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from deckgen import linting, lock, pipeline, project
from deckgen.annotation import Annotated
from deckgen.content import Content
from deckgen.linting.rendered import check_notes
from deckgen.linting.settings import read as read_settings
from deckgen.lock import LockedDeck
from deckgen.pipeline import Loaded
from deckgen.problems import Location, Problem, failed, in_order
from deckgen.yamlfile import Places


def check(root: Path, sources: Path | None = None) -> tuple[Problem, ...]:
    """Return every problem of the project in `root`; raises DeckgenError where there is none.

    A project that can't be read whole is checked without readings and cards. `sources` is a folder
    of documents: evidence that is not found in them, and what they dispute, are problems.
    """
    loaded = pipeline.load(root)
    given = loaded.project.lint
    chosen = read_settings(given.levels, given.thresholds, Location(project.SETTINGS))
    problems = [*loaded.problems, *chosen.problems]
    annotated: tuple[Annotated, ...] = ()
    if not failed(loaded.problems):
        annotated = pipeline.annotated(loaded)
        problems += _cards(loaded, annotated)
    disputes: Mapping[str, tuple[str, ...]] | None = None
    if sources is not None:
        anchored = pipeline.anchored(loaded, sources)
        problems += anchored.problems
        disputes = anchored.disputed
    places = Places(root)
    problems += linting.lint(
        loaded.content, annotated, chosen.value, disagreements=disputes, find=places.find
    )
    problems += _drafts(loaded.content)
    return in_order(problems)


def _cards(loaded: Loaded, annotated: tuple[Annotated, ...]) -> Iterator[Problem]:
    places: Mapping[str, Location] = {item.key: item.location for item in loaded.content.items}
    locked = lock.read(loaded.project.decks / lock.NAME)
    for one in loaded.recipes:
        deck = pipeline.make(loaded, annotated, one, locked, None)
        yield from deck.problems
        before = locked.decks.get(one.name, LockedDeck())
        if not failed(deck.problems):
            yield from check_notes(deck.notes, deck.types, before, places)


def _drafts(authored: Content) -> Iterator[Problem]:
    """Yield every item that a person has still to look at."""
    for item in authored.items:
        reason = f": {item.why}" if item.why else ""
        if item.status == "draft":
            yield Problem(item.location, "info", "draft", f"{item.key} is a draft{reason}")
        elif item.status == "vanished":
            message = f"{item.key} has vanished from its document: delete it, or make it ready"
            yield Problem(item.location, "info", "vanished", message)
