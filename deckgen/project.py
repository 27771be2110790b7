"""A project folder: `deckgen.yaml`, `content/`, `decks/` and, for an own look, `templates/`."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from deckgen import yamlfile
from deckgen.content import parse_id
from deckgen.files import write_atomically
from deckgen.problems import NOWHERE, DeckgenError, Location, Problem, Read
from deckgen.resources import bundled

SETTINGS = "deckgen.yaml"


@dataclass(frozen=True, slots=True)
class Lint:
    """The linter's settings: a level by check, and thresholds by check and language."""

    levels: dict[str, Literal["error", "warning", "info", "off"]] = field(default_factory=dict)
    thresholds: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """A project's settings; `namespace` is part of every guid and never changes.

    `hsk` names the list that levels are of, `traditional` whose forms traditional text has.
    """

    namespace: str = field(metadata={"parse": parse_id})
    hsk: Literal["2021", "2.0", "2025"] = "2021"
    traditional: Literal["general", "tw", "hk"] = "general"
    lint: Lint = Lint()
    schema: Literal["1"] = "1"
    root: Path = Path()
    location: Location = NOWHERE

    @property
    def content(self) -> Path:
        """The folder of authored content."""
        return self.root / "content"

    @property
    def decks(self) -> Path:
        """The folder of recipes, the lock and the built packages."""
        return self.root / "decks"

    @property
    def voice(self) -> Path:
        """The folder of the recordings that `deckgen voice` makes."""
        return self.root / "voice"

    @property
    def templates(self) -> tuple[Path, ...]:
        """The folders of card templates: the project's own before those that deckgen ships."""
        own = self.root / "templates"
        shipped = bundled("templates")
        return (own, shipped) if own.is_dir() and own.resolve() != shipped.resolve() else (shipped,)

    def inside(self, path: str) -> Path:
        """Return a path that a project file names; raises DeckgenError where it leads out."""
        found = (self.root / path).resolve()
        if not found.is_relative_to(self.root.resolve()):
            raise DeckgenError(
                f'"{path}" leads out of the project: name it on the command line instead '
                "(--sources, --known)"
            )
        return found


def load(root: Path) -> Read[Project]:
    """Read the project in `root`; raises DeckgenError where there is none."""
    settings = root / SETTINGS
    if not settings.is_file():
        raise DeckgenError(
            f"{root} is no deckgen project (it has no {SETTINGS}): "
            'make one with "deckgen init NAME", or name one with --project'
        )
    got = yamlfile.read(settings, SETTINGS, Project)
    if got.value is None:
        return Read(Project("broken", root=root), got.problems or (_broken(),))
    return Read(replace(got.value, root=root), got.problems)


def _broken() -> Problem:
    return Problem(Location(SETTINGS), "error", "settings", "the settings can't be used")


def init(root: Path) -> tuple[Path, ...]:
    """Make a project with the shipped interview as its content, and return the new files.

    Raises DeckgenError where `root` exists and is not an empty folder.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise DeckgenError(f"{root} exists and is not an empty folder: choose another name")
    if not re.search(r"\w", root.resolve().name):
        raise DeckgenError(f'"{root}" is no name for a project: use letters or digits')
    for name in ("content", "decks"):
        shutil.copytree(
            bundled(name), root / name, ignore=shutil.ignore_patterns("*.apkg", ".*", "*.tmp")
        )
    shutil.copyfile(bundled(SETTINGS), root / SETTINGS)
    write_atomically(root / ".gitignore", b"decks/*.apkg\ndecks/.*\nvoice/\n")
    return tuple(sorted(p.relative_to(root) for p in root.rglob("*") if p.is_file()))
