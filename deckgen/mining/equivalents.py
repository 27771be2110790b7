"""What an aligned translation calls the terms of a talk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from deckgen.hanzi import count_han, english_words
from deckgen.mining.everyday import LIGHT
from deckgen.mining.talk import Said

_WORD = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*")
_LONGEST = 4
_LEAST = 2
_COMPOUND = 4
_ALIKE = 0.75
"""The least Dice coefficient of a term and its English, by the sentences that have them."""


class Equivalents:
    """Finds the English words that stand in the same sentences as a Chinese term."""

    def __init__(self, pairs: Sequence[Said], given: Iterable[str] = ()) -> None:
        """`given` is English that other terms have already."""
        taken = {name.lower() for name in given}
        self._pairs = [
            (said.text, _phrases(said.other, said.text) - taken) for said in pairs if said.other
        ]
        self._counts: Counter[str] = Counter()
        for _, phrases in self._pairs:
            self._counts.update(phrases)

    def english(self, term: str) -> str | None:
        """Return the English of a term that is in at least two sentences, if it is sure."""
        beside = [phrases for text, phrases in self._pairs if term in text]
        if len(beside) < _LEAST:
            return None
        shared: Counter[str] = Counter()
        for phrases in beside:
            shared.update(phrases)
        rated = {
            phrase: 2 * count / (len(beside) + self._counts[phrase])
            for phrase, count in shared.items()
            if count >= _LEAST
        }
        best = max(rated.values(), default=0.0)
        if best < _ALIKE:
            return None
        top = [phrase for phrase, alike in rated.items() if alike == best]
        longest = max(top, key=lambda phrase: (phrase.count(" "), phrase))
        is_one = all(phrase in longest for phrase in top)
        is_whole = count_han(term) < _COMPOUND or " " in longest or "-" in longest
        return longest if is_one and is_whole else None


def _phrases(english: str, chinese: str) -> set[str]:
    """Return the phrases that may be a Chinese word's English, in lower case.

    What stands in the Chinese as it is, such as `Python`, is no part of them.
    """
    light = LIGHT | {word.lower() for word in english_words(chinese)}
    words = [word.lower() for word in _WORD.findall(english)]
    return {
        " ".join(words[at : at + size])
        for size in range(1, _LONGEST + 1)
        for at in range(len(words) - size + 1)
        if light.isdisjoint(words[at : at + size]) and len(words[at + size - 1]) > 2
    }
