"""What the key points and summaries of a document say, each with the passage that it sums up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from deckgen.content import Evidence
from deckgen.hanzi import folded
from deckgen.mining.talk import Said, Talk
from deckgen.sentences import split

_LIKE = 0.35
"""A passage that holds this share of a point's weight is what the point sums up."""

_MARGIN = 1.25
"""The best passage of another speaker has to be worse by this factor for the speaker to be sure."""

_MOST_PLACES = 200


def points(talk: Talk) -> Iterator[tuple[Said, str]]:
    """Yield each statement of the key points and summaries, and which of them it is."""
    found = [
        (whole, " ".join(whole[start:end].split()), what)
        for document in talk.documents
        if document.language == talk.language
        for what, texts in (("key point", document.key_points), ("summary", document.summary))
        for whole in texts
        for start, end in split(whole, talk.language)
    ]
    passages = _Passages(talk.sentences if found else (), [text for _, text, _ in found])
    for whole, text, what in found:
        evidence = passages.nearest(text) or Evidence(talk.source.id, quote=text)
        speaker = _named(text, talk) or evidence.speaker or _named(whole, talk)
        yield Said(text, replace(evidence, speaker=speaker)), what


def _named(text: str, talk: Talk) -> str | None:
    """Return the id of the one speaker whom a text names."""
    named = {
        person.id
        for person in talk.source.people
        for name in {person.name.zh, person.name.en, *person.aliases}
        if any(len(word) > 1 and word in text for word in (name, *name.split()))
    }
    return named.pop() if len(named) == 1 else None


class _Passages:
    """Finds the sentence of the talk that shares the most telling pairs of characters."""

    def __init__(self, sentences: Sequence[Said], sought: Iterable[str]) -> None:
        self._sentences = sentences
        self._where: dict[str, list[int]] = {pair: [] for text in sought for pair in _pairs(text)}
        wanted = self._where.keys()
        for index, said in enumerate(sentences):
            for pair in _pairs(said.text) & wanted:
                self._where[pair].append(index)

    def nearest(self, text: str) -> Evidence | None:
        """Return the passage that says the same; without a speaker where two could have said it."""
        scores: Counter[int] = Counter()
        total = 0
        for pair in sorted(_pairs(text)):
            places = self._where.get(pair, ())
            weight = 1000 // (1 + len(places))
            total += weight
            for index in places if len(places) < _MOST_PLACES else ():
                scores[index] += weight
        ranked = sorted(scores, key=lambda index: (-scores[index], index))
        if not ranked or scores[ranked[0]] < _LIKE * total:
            return None
        best = self._sentences[ranked[0]].evidence
        rival = next(
            (i for i in ranked if self._sentences[i].evidence.speaker != best.speaker), None
        )
        if rival is not None and _MARGIN * scores[rival] > scores[ranked[0]]:
            return replace(best, speaker=None)
        return best


def _pairs(text: str) -> set[str]:
    plain = folded(text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
