"""Regenerating a deck that is being studied, in real Anki with default options."""

import os
from pathlib import Path

import pytest

from tests.anki.learner import run

SEQUENCES = int(os.environ.get("DECKGEN_SEQUENCES", "200"))
"""How many random sequences of edits, builds, studying and imports are played."""


@pytest.mark.parametrize("block", range(10))
def test_nothing_of_the_learners_is_lost(tmp_path: Path, block: int) -> None:
    for seed in range(block, SEQUENCES, 10):
        folder = tmp_path / str(seed)
        folder.mkdir()
        run(folder, seed, steps=12)
