"""Choose the reading of a character that has several, by its words and what stands around it.

A log-linear model: a candidate's score is the sum of the weights of what it agrees with in the
dictionaries (shared by all characters) and of the context (each character's own). It is trained by
`tools/train_polyphones.py`; `data/NOTICE.md` says from what.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import NamedTuple

from deckgen.hanzi import is_han
from deckgen.segmentation import Token
from deckgen.vocabulary import Vocabulary

SCALE = 16
"""What a weight of 1 is in the model's file, whose weights are whole numbers from -128 to 127."""

SURE = 0.9
"""The probability from which on a reading is called sure."""

_LONGEST_WORD = 5
_MARGIN = 4


class Place(NamedTuple):
    """A character with several readings: what is known of each, and of where it stands."""

    character: str
    candidates: tuple[str, ...]
    agreements: tuple[tuple[str, ...], ...]
    context: tuple[str, ...]


class Weights(NamedTuple):
    """What the model knows of one character; a weight for each candidate, by what is around it."""

    candidates: tuple[str, ...]
    context: dict[str, tuple[int, ...]]


class Model:
    """The shipped model; a character's weights are unpacked when it is first met."""

    def __init__(self, packed: bytes | None = None) -> None:
        if packed is None:
            packed = (resources.files("deckgen") / "data" / "polyphones.zz").read_bytes()
        shared, *lines = zlib.decompress(packed).decode().split("\n")
        self._shared = {key: one for key, (one,) in _weights(shared.split("\t")[1:])}
        self._lines = {line[0]: line for line in lines}
        self._known: dict[str, Weights | None] = {}

    def weights(self, character: str) -> Weights | None:
        """Return what the model knows of a character, None where it was not in the training."""
        try:
            return self._known[character]
        except KeyError:
            line = self._lines.get(character)
            known = None
            if line is not None:
                _, candidates, *fields = line.split("\t")
                known = Weights(tuple(candidates.split(" ")), dict(_weights(fields)))
            return self._known.setdefault(character, known)

    def choose(self, place: Place) -> tuple[str, float]:
        """Return the likeliest reading and its probability."""
        shared = self._shared
        scores = [sum(shared.get(one, 0) for one in agreed) for agreed in place.agreements]
        if known := self.weights(place.character):
            for feature in place.context:
                if weights := known.context.get(feature):
                    for index, weight in enumerate(weights):
                        scores[index] += weight
        best = max(scores)
        chosen = place.candidates[scores.index(best)]
        return chosen, 1 / sum(math.exp((score - best) / SCALE) for score in scores)


class Places:
    """Finds the places of a sentence where a reading has to be chosen."""

    def __init__(self, vocabulary: Vocabulary, model: Model) -> None:
        self._vocabulary = vocabulary
        self._model = model
        self._syllables: dict[str, tuple[tuple[str, ...], ...]] = {}

    def syllables(self, word: str) -> tuple[tuple[str, ...], ...]:
        """Return the possible syllables of each character, likeliest first; none if not Han."""
        try:
            return self._syllables[word]
        except KeyError:
            columns: list[list[str]] = [[] for _ in word]
            han = [column for column, one in zip(columns, word, strict=True) if is_han(one)]
            for reading in filter(None, self._vocabulary.readings.get(word, "").split("|")):
                for column, syllable in zip(han, reading.split(" "), strict=True):
                    if syllable not in column:
                        column.append(syllable)
            return self._syllables.setdefault(word, tuple(map(tuple, columns)))

    def of(self, text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, str | Place]]:
        """Yield the reading of each Han character, or the place where it has to be chosen.

        Each comes with its index in `text`; `tokens` are those of one sentence of it. Characters
        whose reading nobody knows are left out.
        """
        sentence = _Sentence(self._vocabulary, text, tokens)
        for number, token in enumerate(tokens):
            if not token.han:
                continue
            own = self.syllables(token.text) if len(token.text) > 1 else ((),)
            for offset, said in enumerate(own):
                index = token.start + offset
                character = sentence.character(index)
                if not is_han(character):
                    continue
                known = self._model.weights(character)
                if known is None and len(said) == 1:
                    yield index, said[0]
                    continue
                alone = self.syllables(character)[0] or self.syllables(text[index])[0]
                candidates = known.candidates if known else alone
                candidates += tuple(one for one in said if one not in candidates)
                if len(candidates) == 1:
                    yield index, candidates[0]
                elif candidates:
                    around = sentence.words_over(index)
                    over = [(word, at, self.syllables(word)[index - at]) for word, at in around]
                    ends = (token.start, token.start + len(token.text))
                    agreed = (_agreement(one, alone, said, over, ends) for one in candidates)
                    context = sentence.context(index, number, said, over)
                    yield index, Place(character, candidates, tuple(agreed), context)


def _agreement(
    candidate: str,
    alone: Sequence[str],
    said: Sequence[str],
    over: Sequence[tuple[str, int, Sequence[str]]],
    token: tuple[int, int],
) -> tuple[str, ...]:
    """List what speaks for a candidate: the token, the words over its borders, the character."""
    start, end = token
    length = min(end - start, 4)
    neutral = "0" if candidate.isascii() else ""
    rank = min(alone.index(candidate), 3) if candidate in alone else 4
    agreed = [f"r{rank}{neutral}{length > 1:d}"]
    if said:
        matched = min(said.index(candidate), 1) if candidate in said else "x"
        agreed.append(f"t{length}{matched}{len(said) > 1:d}")
    for word, at, syllables in over:
        if candidate in syllables:
            aligned = f"{at == start:d}{at + len(word) == end:d}"
            agreed.append(f"o{len(word)}{aligned}{length}{syllables.index(candidate) > 0:d}")
    return tuple(agreed)


class _Sentence:
    """One sentence in simplified characters, with margins, and the words that stand in it."""

    def __init__(self, vocabulary: Vocabulary, text: str, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._tags = [
            vocabulary.tags.get(token.text, "x" if token.han else "m") for token in tokens
        ]
        self._start = tokens[0].start - _MARGIN
        inside = vocabulary.simplified(
            text[tokens[0].start : tokens[-1].start + len(tokens[-1].text)]
        )
        vocabulary.need(inside)
        self._text = "^" * _MARGIN + inside.replace("\t", " ") + "$" * (_MARGIN + 1)
        self._readings = vocabulary.readings

    def character(self, index: int) -> str:
        return self._text[index - self._start]

    def words_over(self, index: int) -> list[tuple[str, int]]:
        """List the dictionary's words and phrases that cover an index, with their start."""
        at, text, known = index - self._start, self._text, self._readings
        return [
            (word, start + self._start)
            for length in range(2, _LONGEST_WORD + 1)
            for start in range(max(0, at - length + 1), at + 1)
            if (word := text[start : start + length]) in known
        ]

    def context(
        self,
        index: int,
        number: int,
        said: Sequence[str],
        over: Sequence[tuple[str, int, Sequence[str]]],
    ) -> tuple[str, ...]:
        at, text, tokens, tags = index - self._start, self._text, self._tokens, self._tags
        token = tokens[number]
        before = tokens[number - 1].text if number else "^"
        after = tokens[number + 1].text if number + 1 < len(tokens) else "$"
        tag_before = tags[number - 1] if number else "^"
        tag_after = tags[number + 1] if number + 1 < len(tokens) else "$"
        offset, length = index - token.start, len(token.text)
        features = [
            "",
            f"a{text[at - 1]}",
            f"b{text[at + 1]}",
            f"c{text[at - 2 : at]}",
            f"d{text[at + 1 : at + 3]}",
            f"e{text[at - 1]}{text[at + 1]}",
            f"f{text[at - 2]}",
            f"g{text[at + 2]}",
            f"h{text[at - 3 : at]}",
            f"i{text[at + 1 : at + 4]}",
            f"j{text[at - 3]}",
            f"k{text[at + 3]}",
            f"l{min(length, 4)}{min(offset, 3)}",
            f"p{before}",
            f"n{after}",
            f"P{tag_before}",
            f"N{tag_after}",
            f"Q{tag_before}{tag_after}",
            f"R{min(length, 2)}{min(len(before), 3)}{tag_before}",
            f"S{min(length, 2)}{min(len(after), 3)}{tag_after}",
        ]
        if said:
            features.append(f"w{offset}{token.text}")
            features.append(f"D{said[0]}")
        features.extend(f"V{index - start}{word}" for word, start, _ in over if word != token.text)
        return tuple(features)


def _weights(fields: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    for key, numbers in zip(fields[::2], fields[1::2], strict=True):
        yield key, tuple(map(int, numbers.split(" ")))
