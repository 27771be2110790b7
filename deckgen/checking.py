"""What is wrong with a project: its files, its content, and its cards."""

from __future__ import annotations

from pathlib import Path

from deckgen import content, linting, project, recipe
from deckgen.linting import settings
from deckgen.problems import Location, Problem, in_order
from deckgen.yamlfile import Places


def check(root: Path) -> tuple[Problem, ...]:
    """Return every problem of the project in `root`; raises DeckgenError where there is none."""
    found = project.load(root)
    lint = found.value.lint
    authored = content.load(found.value.content)
    recipes = recipe.load(found.value.decks)
    chosen = settings.read(lint.levels, lint.thresholds, Location(project.SETTINGS))
    problems = [*found.problems, *authored.problems, *recipes.problems, *chosen.problems]
    places = Places(root)
    return in_order([*problems, *linting.lint(authored.value, (), chosen.value, find=places.find)])
