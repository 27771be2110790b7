"""How often the checks are right on the labelled cards, and that the documentation says so."""

import pytest

from bench import lint_accuracy
from bench.lint_accuracy import Score


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return lint_accuracy.measure()


def test_every_check_reaches_the_goal_of_its_level(scores: dict[str, Score]) -> None:
    assert lint_accuracy.short_of_goals(scores) == []


def test_the_set_has_enough_cards_good_and_bad() -> None:
    cards = [
        card for path in lint_accuracy.CASES.glob("*.yaml") for card, _ in lint_accuracy.read(path)
    ]
    assert len(cards) >= 300
    assert sum(not card.expected for card in cards) >= 100


def test_the_documentation_is_up_to_date(scores: dict[str, Score]) -> None:
    text = lint_accuracy.DOCS.read_text("utf-8")
    assert lint_accuracy.documented(text, scores) == text
