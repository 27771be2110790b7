"""Whether a translation names another place or person than the Chinese: 西雅图 against Portland."""

from __future__ import annotations

import re

from deckgen.cedict import Cedict
from deckgen.mining.everyday import LIGHT
from deckgen.segmentation import Segmenter

_LEAST = 3
"""Shorter names are too often parts of other names, or adjectives in English: 美国, American."""

_ALIKE = 4
_CAPITAL = re.compile(r"[A-Z][a-z]{2,}")
_LEAD = re.compile(r"[A-Z][\w'’-]*(?: (?:of )?[A-Z][\w'’-]*)*")
_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")
_GIVEN = re.compile(r"\((?:given )?name\)|surname|transliteration")


class ProperNames:
    """Compares the names in two translations by what CC-CEDICT calls them in English."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter, self._dictionary = segmenter, Cedict()
        self._known: dict[str, frozenset[str]] = {}

    def differ(self, zh: str, en: str) -> bool:
        """Say whether the English lacks a name of the Chinese, and has one that is not there."""
        named = [self._english(token.text) for token in self._segmenter.tokens(zh)]
        named = [names for names in named if names]
        lower = en.lower()
        if all(any(name in lower for name in names) for names in named):
            return False
        expected = frozenset[str]().union(*named)
        first = _CAPITAL.match(en)
        told = set(_INSIDE.findall(en))
        if first and first[0].lower() not in LIGHT:
            told.add(first[0])
        return any(name.lower()[:_ALIKE] not in expected for name in told)

    def _english(self, word: str) -> frozenset[str]:
        """Return how the English names of a proper noun begin, nothing for another word."""
        if word not in self._known:
            entries = self._dictionary.entries(word) if len(word) >= _LEAST else ()
            is_name = all(
                e.pinyin[:1].isupper() and not any(map(_GIVEN.search, e.senses)) for e in entries
            )
            leads = (_LEAD.match(sense) for entry in entries for sense in entry.senses)
            names = (name for lead in leads if lead for name in _CAPITAL.findall(lead[0]))
            self._known[word] = frozenset(n.lower()[:_ALIKE] for n in names if is_name)
        return self._known[word]
