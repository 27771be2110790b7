"""Sound files for a project's recipes, made by an attached engine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from deckgen import notes, pipeline, voices
from deckgen.pipeline import Loaded, Progress, silent
from deckgen.problems import DeckgenError, failed
from deckgen.recipe import Recipe
from deckgen.sounds import Recordings
from deckgen.speech import Language, Utterance

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Voiced:
    """How many files were made and how many were there; `size` in bytes is that of both.

    `unasked` names the recipes that don't say `sound: files` and so won't get them.
    """

    folder: Path
    made: int
    kept: int
    size: int
    unasked: tuple[str, ...]


def voice(
    root: Path,
    names: Sequence[str] = (),
    *,
    engine: str = "espeak",
    languages: Collection[Language] = LANGUAGES,
    progress: Progress = silent,
) -> Voiced:
    """Make the sound files that recipes lack, those that want files where none is named.

    Each file is kept as soon as it is made, so that a run that was stopped goes on where it was.
    Raises DeckgenError where the engine is missing or fails, or a recipe can't be used.
    """
    loaded = pipeline.load(root, names)
    if failed(loaded.problems):
        raise DeckgenError('the content can\'t be used: run "deckgen check" to see why')
    wanted = [one for one in loaded.recipes if names or one.sound == "files"]
    if not wanted:
        raise DeckgenError('no recipe says "sound: files": add that to one, or name a recipe')
    attached = voices.attach(engine)
    said = [u for u in _said(loaded, wanted) if u.language in languages]
    recordings = Recordings(loaded.project.voice)
    for language in dict.fromkeys(u.language for u in said):
        recordings.choose(language, attached)
    lacking = [u for u in said if recordings.find(u) is None]
    for done, one in enumerate(lacking):
        progress("speaking", done, len(lacking))
        recordings.add(one, voices.record(attached, one.text, one.pinyin, one.language))
    size = sum(path.stat().st_size for u in said if (path := recordings.find(u)))
    unasked = tuple(one.name for one in wanted if one.sound != "files")
    return Voiced(recordings.folder, len(lacking), len(said) - len(lacking), size, unasked)


def _said(loaded: Loaded, recipes: Sequence[Recipe]) -> list[Utterance]:
    """List what the cards of the recipes say aloud, each once."""
    said: dict[Utterance, None] = {}
    items = pipeline.annotated(loaded)
    for one in recipes:
        chosen = pipeline.select(loaded, items, one).value.items
        notes.build(chosen, one, loaded.project.namespace, lambda u: said.setdefault(u))
    return list(said)
