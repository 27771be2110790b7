"""A term on its way to being proposed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from deckgen.content import Evidence
from deckgen.hanzi import folded


@dataclass(slots=True)
class Candidate:
    """What is gathered of one term; `order` is smaller for what should come earlier."""

    hanzi: str
    english: str = ""
    definition: str | None = None
    aliases: dict[str, None] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    topics: tuple[str, ...] = ()
    evidence: Evidence | None = None
    order: float = math.inf

    def name(self, english: str) -> None:
        """Add an English name: a longer one goes before an abbreviation, the rest are aliases."""
        if not self.english:
            self.english = english
        elif folded(english) != folded(self.english):
            if self.english.isupper() and not english.isupper():
                self.english, english = english, self.english
            self.aliases[english] = None


Found = dict[str, Candidate]
"""Candidates by their folded hanzi."""
