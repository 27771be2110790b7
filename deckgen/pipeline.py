"""The order of the stages: content → annotated items → selection → notes → packages."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from deckgen import (
    annotating,
    annotation,
    authoring,
    cards,
    corrections,
    lock,
    notes,
    package,
    project,
    readers,
    recipe,
    sounds,
)
from deckgen.anchoring import Anchored, anchor
from deckgen.annotation import Annotated
from deckgen.choosing import choose
from deckgen.content import Content, Source
from deckgen.corrections import Corrections
from deckgen.disputes import disputed
from deckgen.files import replacing
from deckgen.known import read_known
from deckgen.lexicon import Lexicon
from deckgen.lock import Changes, Lock, LockedDeck
from deckgen.notes import Note
from deckgen.notetypes import NoteType
from deckgen.ordering import Order
from deckgen.problems import DeckgenError, Location, Problem, Read, did_you_mean, failed, in_order
from deckgen.project import Project
from deckgen.recipe import Known, Recipe
from deckgen.transcript import Transcript

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

_WAIT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Loaded:
    """A project with its content and the recipes asked for, and what is wrong with them.

    `known` are files of known words besides those that the recipes name.
    """

    project: Project
    content: Content
    corrections: Corrections
    recipes: tuple[Recipe, ...]
    problems: tuple[Problem, ...]
    known: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """One recipe's notes, note types and media as they will be packed, and what changes.

    `before` is the deck as last built.
    """

    recipe: Recipe
    notes: tuple[Note, ...]
    types: tuple[NoteType, ...]
    locked: LockedDeck
    changes: Changes
    problems: tuple[Problem, ...]
    media: Mapping[str, bytes]
    before: LockedDeck


@dataclass(frozen=True, slots=True)
class Built:
    """One deck with its package: size in bytes (0 in a dry run), time in seconds."""

    deck: Deck
    path: Path
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """Every deck built, and every problem met; with an error among them nothing was built.

    `undecided` are the ids of items on which the documents disagree and the cards say nothing.
    """

    decks: tuple[Built, ...]
    problems: tuple[Problem, ...]
    evidence: Anchored | None = None
    undecided: tuple[str, ...] = ()


def silent(what: str, done: int, total: int) -> None:
    """Show no progress."""


def load(root: Path, names: Sequence[str] = ()) -> Loaded:
    """Read a project; `names` are the recipes wanted, all where empty.

    Raises DeckgenError where there is no such project or recipe.
    """
    settings = project.load(root)
    folder = settings.value.decks
    known = {path.stem for path in folder.glob("*.yaml")}
    for name in names:
        if name not in known:
            raise DeckgenError(
                f'no recipe in {folder} is called "{name}"{did_you_mean(name, known)}'
            )
    written = authoring.load(settings.value.content)
    corrected = corrections.load(settings.value.content)
    recipes = recipe.load(folder, tuple(names))
    return Loaded(
        settings.value,
        written.value,
        corrected.value,
        recipes.value,
        in_order(p for read in (settings, written, corrected, recipes) for p in read.problems),
    )


def annotated(loaded: Loaded) -> tuple[Annotated, ...]:
    """Annotate the content with words, readings, meanings and places."""
    lexicon = Lexicon(loaded.project.hsk, loaded.project.traditional)
    return annotating.annotate(loaded.content, lexicon, loaded.corrections)


def documents(folder: Path) -> Read[tuple[Transcript, ...]]:
    """Read the transcripts of a folder; raises DeckgenError where there is none."""
    if not folder.is_dir():
        raise DeckgenError(f"{folder} is no folder: give --sources the folder of your documents")
    read, problems = [], []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        try:
            read.append(readers.read(path).value)
        except DeckgenError as error:
            problems.append(Problem(Location(str(path)), "warning", "unreadable", str(error)))
    transcripts = [t for t in read if t.is_transcript]
    if not transcripts:
        raise DeckgenError(f"no document in {folder} is a transcript")
    return Read(tuple(transcripts), tuple(problems))


def anchored(loaded: Loaded, folder: Path) -> Anchored:
    """Find the content's evidence in the documents of a folder, and what these dispute.

    Raises DeckgenError where there is no such folder or no transcript in it.
    """
    read = documents(folder)
    found = anchor(loaded.content, read.value, Lexicon().simplified)
    disputes = disputed(loaded.content, found.passages, read.value)
    return replace(found, problems=(*read.problems, *found.problems), disputed=disputes)


def build(
    root: Path,
    names: Sequence[str] = (),
    *,
    output: Path | None = None,
    filter: str | None = None,
    sources: Path | None = None,
    known: Sequence[Path] = (),
    dry_run: bool = False,
    progress: Progress = silent,
) -> Report:
    """Build recipes into packages and bring the lock up to date.

    `filter` narrows every recipe further; `sources` is a folder of documents in which evidence
    is looked up, instead of the one that a recipe names; `known` are further files of known
    words. Packages and lock are replaced only when all of them are ready; with `dry_run` none is.
    """
    loaded = replace(load(root, names), known=tuple(known))
    if failed(loaded.problems):
        return Report((), loaded.problems)
    if not loaded.recipes:
        folder = loaded.project.decks
        raise DeckgenError(f"{folder} holds no recipe: write one as {folder / 'NAME.yaml'}")
    items = annotated(loaded)
    quoted = evidence(loaded, sources)
    folder = loaded.project.decks
    with _alone(folder, dry_run):
        locked = lock.read(folder / lock.NAME)
        decks: list[Deck] = []
        for one in loaded.recipes:
            progress("making notes", len(decks), len(loaded.recipes))
            found = quoted.get(one.name)
            deck = make(loaded, located(items, found), one, locked, filter)
            decks.append(deck)
            locked = Lock({**locked.decks, one.name: deck.locked})
        problems = in_order(
            [
                *loaded.problems,
                *(p for d in decks for p in d.problems),
                *(p for found in quoted.values() for p in found.problems),
            ]
        )
        if failed(problems):
            return Report((), problems)
        if dry_run:
            built = tuple(Built(d, _path(d, output or folder), 0, 0.0) for d in decks)
        else:
            built = _write(
                decks,
                loaded.content.sources,
                output or folder,
                folder / lock.NAME,
                locked,
                progress,
            )
    found = next(iter(quoted.values()), None)
    return Report(built, problems, found, _undecided(loaded.content, found) if found else ())


def evidence(loaded: Loaded, sources: Path | None) -> dict[str, Anchored]:
    """Return what each recipe finds in its documents; a folder is searched once."""
    folders = {
        one.name: folder
        for one in loaded.recipes
        if (folder := sources or (loaded.project.inside(one.sources) if one.sources else None))
    }
    found = {folder: anchored(loaded, folder) for folder in sorted(set(folders.values()))}
    return {name: found[folder] for name, folder in folders.items()}


def _undecided(content: Content, found: Anchored) -> tuple[str, ...]:
    return tuple(
        item.key
        for item in content.items
        if item.key in found.disputed
        and item.caution is None
        and not any(waiver.check == "L31" for waiver in item.waive)
    )


def located(items: Sequence[Annotated], found: Anchored | None) -> Sequence[Annotated]:
    """Give the items the passages that were found, where documents were searched."""
    return items if found is None else [annotation.located(i, found.passages) for i in items]


def _path(deck: Deck, folder: Path) -> Path:
    return folder / f"{deck.recipe.name}.apkg"


def _write(
    decks: Sequence[Deck],
    sources: Sequence[Source],
    folder: Path,
    lock_path: Path,
    locked: Lock,
    progress: Progress,
) -> tuple[Built, ...]:
    built: list[Built] = []
    with contextlib.ExitStack() as ready:
        for deck in decks:
            progress("writing packages", len(built), len(decks))
            started = time.perf_counter()
            path = _path(deck, folder)
            temporary = ready.enter_context(replacing(path))
            package.write(
                temporary,
                deck.notes,
                deck.types,
                deck.locked,
                notes.deck_description(deck.recipe, sources),
                deck.media,
            )
            size, seconds = temporary.stat().st_size, time.perf_counter() - started
            built.append(Built(deck, path, size, seconds))
        lock.write(lock_path, locked)
    return tuple(built)


def make(
    loaded: Loaded, items: Sequence[Annotated], one: Recipe, locked: Lock, filter: str | None
) -> Deck:
    """Select, order and write out one recipe's notes."""
    looked = cards.load(loaded.project.templates, one)
    chosen = select(loaded, items, one, filter)
    recordings = sounds.Recordings(loaded.project.voice) if one.sound == "files" else None
    media = sounds.Media(recordings)
    made = notes.build(chosen.value.items, one, loaded.project.namespace, media.name)
    deck, changes = lock.stamp(locked, one.name, made, looked.value, lock.build_time())
    problems = (
        *looked.problems,
        *chosen.problems,
        *lock.schema_problems(locked, looked.value, lock.NAME),
        *_unspoken(one, len(media.missing)),
    )
    before = locked.decks.get(one.name, LockedDeck())
    return Deck(one, made, looked.value, deck, changes, problems, media, before)


def _unspoken(one: Recipe, missing: int) -> Iterator[Problem]:
    if missing:
        message = (
            f"{missing} sound files are missing, and the device speaks there: "
            f'run "deckgen voice {one.name}"'
        )
        yield Problem(one.location, "warning", "no-sound", message)


def select(
    loaded: Loaded, items: Sequence[Annotated], one: Recipe, filter: str | None = None
) -> Read[Order]:
    """Choose and order the items of a recipe, narrowed by a further filter.

    Raises FilterError where `filter` can't be understood, and DeckgenError where a file of known
    words can't be read.
    """
    return choose(items, one, known_words(loaded, one), filter)


def known_words(loaded: Loaded, one: Recipe) -> frozenset[str]:
    """Read all that the recipe and the command line say is known; raises DeckgenError."""
    known = one.known or Known(())
    files = (*(loaded.project.inside(name) for name in known.files), *loaded.known)
    return frozenset().union(*(read_known(path, known.mature, known.field) for path in files))


@contextlib.contextmanager
def _alone(folder: Path, dry_run: bool) -> Iterator[None]:
    """Hold off other builds of the same decks meanwhile."""
    if dry_run:
        yield
        return
    try:
        with FileLock(folder / ".building", timeout=_WAIT_SECONDS):
            yield
    except Timeout:
        raise DeckgenError(f"another build of {folder} is still running: wait for it") from None
    except OSError as error:
        raise DeckgenError(f"{folder} can't be written to ({error.strerror})") from error
