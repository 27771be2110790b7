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
from deckgen.network import END, SPAN, START, Network
from deckgen.segmentation import Token
from deckgen.syllables import is_erhua
from deckgen.vocabulary import Vocabulary

SCALE = 16
"""What a weight of 1 is in the model's file, whose weights are whole numbers from -128 to 127."""

SURE = 0.85
"""The probability from which on a reading is called sure.

Measured on two renderings of an interview and two other talks: of 5,180 places where a reading is
chosen, 27 are called unsure, three of them wrong. On the harder held-out sentences of
`docs/data.md` 98 % (CPP) and 99 % (g2pL) of those called sure are right.
"""

DOUBT = 0.99
"""The probability below which the network is asked about a character that it knows."""

_WINDOWS = tuple((length, length - 1) for length in range(2, 6))
_MARGIN = 4
_NEAR = 5
_PAUSES = frozenset('，。！？；：、,.!?;:…—()（）“”"')


class Place(NamedTuple):
    """A character with several readings: what is known of each, and of where it stands.

    `text` is the sentence in simplified characters, between margins; the character is at `at`.
    """

    character: str
    candidates: tuple[str, ...]
    agreements: tuple[tuple[str, ...], ...]
    context: tuple[str, ...]
    text: str
    at: int


class Weights(NamedTuple):
    """What the model knows of one character: by what is around it, (candidate, weight) pairs."""

    candidates: tuple[str, ...]
    context: dict[str, tuple[tuple[int, int], ...]]


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
                known = Weights(tuple(candidates.split(" ")), _sparse(fields))
            return self._known.setdefault(character, known)

    def probabilities(self, place: Place) -> tuple[float, ...]:
        """Return the probability of each candidate of a place."""
        shared = self._shared
        scores = [0] * len(place.candidates)
        for index, agreed in enumerate(place.agreements):
            for one in agreed:
                scores[index] += shared.get(one, 0)
        if known := self.weights(place.character):
            context = known.context
            for feature in place.context:
                if feature in context:
                    for index, weight in context[feature]:
                        scores[index] += weight
        best = max(scores)
        likely = [math.exp((score - best) / SCALE) for score in scores]
        total = sum(likely)
        return tuple(one / total for one in likely)

    def choose(self, place: Place) -> tuple[str, float]:
        """Return the likeliest reading and its probability."""
        probabilities = self.probabilities(place)
        best = max(probabilities)
        return place.candidates[probabilities.index(best)], best


class Judge:
    """The model and, where it is in doubt about what it learnt from few sentences, the network."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._network: Network | None = None

    def probabilities(self, place: Place) -> tuple[float, ...]:
        """Return the probability of each candidate of a place."""
        likely = self._model.probabilities(place)
        if max(likely) >= DOUBT:
            return likely
        self._network = self._network or Network()
        if not self._network.knows(place.character):
            return likely
        text, at = place.text, place.at
        before = text[max(_MARGIN - 1, at - SPAN) : at]
        after = text[at + 1 : min(len(text) - _MARGIN, at + 1 + SPAN)]
        return self._network.probabilities(place.character, before, after, place.candidates)


class Choice(NamedTuple):
    """A character of a word that has several readings; `nth` counts the word's Han characters.

    `said` are those that the dictionary has in this word, `known` says that the model was trained
    on the character.
    """

    offset: int
    nth: int
    character: str
    candidates: tuple[str, ...]
    said: tuple[str, ...]
    agreements: tuple[tuple[str, ...], ...]
    known: bool


class Plan(NamedTuple):
    """What is known of a word before its context: a reading for each Han character, or None."""

    readings: tuple[str | None, ...]
    choices: tuple[Choice, ...]


class Places:
    """Finds the places of a sentence where a reading has to be chosen."""

    def __init__(self, vocabulary: Vocabulary, model: Model) -> None:
        self._vocabulary = vocabulary
        self._model = model
        self._syllables: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._plans: dict[str, Plan] = {}

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

    def plan(self, word: str) -> Plan:
        """Return what is known of a word before its context."""
        try:
            return self._plans[word]
        except KeyError:
            return self._plans.setdefault(word, self._plan(word))

    def of(self, text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, Place]]:
        """Yield each place with its index in `text`; `tokens` are those of one sentence of it."""
        sentence: _Sentence | None = None
        for number, token in enumerate(tokens):
            if not token.han:
                continue
            for choice in self.plan(token.text).choices:
                sentence = sentence or _Sentence(self._vocabulary, text, tokens)
                index = token.start + choice.offset
                over = sentence.words_over(index, token)
                yield (
                    index,
                    Place(
                        choice.character,
                        choice.candidates,
                        self._agreements(choice, token, index, over) if over else choice.agreements,
                        sentence.context(index, number, choice.said, over),
                        sentence.text,
                        index - sentence.start,
                    ),
                )

    def _plan(self, word: str) -> Plan:
        simplified = _simplified(self._vocabulary, word)
        self._vocabulary.need(simplified)
        own = self.syllables(word) if len(word) > 1 else ((),)
        readings: list[str | None] = []
        choices: list[Choice] = []
        for offset, (character, said) in enumerate(zip(simplified, own, strict=True)):
            if not is_han(character):
                continue
            known = self._model.weights(character)
            alone = self.syllables(character)[0] or self.syllables(word[offset])[0]
            candidates = known.candidates if known else alone
            candidates += tuple(one for one in said if one not in candidates)
            if len(said) == 1 and (is_erhua(said[0]) or not _overrules(known, offset, simplified)):
                candidates = said
            if len(candidates) > 1:
                agreed = tuple(_agreement(one, alone, said, len(word)) for one in candidates)
                choices.append(
                    Choice(
                        offset,
                        len(readings),
                        character,
                        candidates,
                        said,
                        agreed,
                        known is not None,
                    )
                )
            readings.append(candidates[0] if candidates else None)
        return Plan(tuple(readings), tuple(choices))

    def _agreements(
        self, choice: Choice, token: Token, index: int, over: Sequence[tuple[str, int]]
    ) -> tuple[tuple[str, ...], ...]:
        """List what speaks for each candidate, with the dictionary's words over the place."""
        start, end = token.start, token.start + len(token.text)
        length = min(end - start, 4)
        more: dict[str, list[str]] = {}
        for word, at in over:
            aligned = f"o{len(word)}{at == start:d}{at + len(word) == end:d}{length}"
            for rank, syllable in enumerate(self.syllables(word)[index - at]):
                more.setdefault(syllable, []).append(f"{aligned}{rank > 0:d}")
        return tuple(
            (*agreed, *more[candidate]) if candidate in more else agreed
            for candidate, agreed in zip(choice.candidates, choice.agreements, strict=True)
        )


def _agreement(
    candidate: str, alone: Sequence[str], said: Sequence[str], length: int
) -> tuple[str, ...]:
    """List what speaks for a candidate by itself: the character's readings, and the word's."""
    neutral = "0" if candidate.isascii() else ""
    rank = min(alone.index(candidate), 3) if candidate in alone else 4
    agreed = f"r{rank}{neutral}{length > 1:d}"
    if not said:
        return (agreed,)
    matched = min(said.index(candidate), 1) if candidate in said else "x"
    return agreed, f"t{min(length, 4)}{matched}{len(said) > 1:d}"


def _overrules(known: Weights | None, offset: int, word: str) -> bool:
    """Say whether a word may be read otherwise than the dictionary has it.

    It may only as was learnt of it or of a word inside it; a model without weights, as at the
    start of training, leaves it open.
    """
    return known is not None and (
        not known.context
        or any(
            f"w{offset - start}{word[start:end]}" in known.context
            for start in range(offset + 1)
            for end in range(max(offset, start + 1) + 1, len(word) + 1)
        )
    )


def _simplified(vocabulary: Vocabulary, word: str) -> str:
    return "着" if word == "著" else vocabulary.simplified(word)


class _Sentence:
    """One sentence in simplified characters, with margins, and the words that stand in it."""

    def __init__(self, vocabulary: Vocabulary, text: str, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._tags = [
            vocabulary.tags.get(token.text, "x" if token.han else "m") for token in tokens
        ]
        self.start = tokens[0].start - _MARGIN
        parts: list[str] = []
        at = tokens[0].start
        for token in tokens:
            parts.append(text[at : token.start])
            parts.append(_simplified(vocabulary, token.text) if token.han else token.text)
            at = token.start + len(token.text)
        inside = "".join(parts)
        vocabulary.need(inside)
        self.text = START * _MARGIN + inside.replace("\t", " ") + END * (_MARGIN + 1)
        self._readings = vocabulary.readings

    def words_over(self, index: int, token: Token) -> list[tuple[str, int]]:
        """List the dictionary's words and phrases over an index but for the token itself."""
        at, text, known, own = index - self.start, self.text, self._readings, token.text
        return [
            (word, start + self.start)
            for length, first in _WINDOWS
            for start in range(max(0, at - first), at + 1)
            if (word := text[start : start + length]) in known and word != own
        ]

    def _clause(self, number: int) -> Iterator[str]:
        """Yield the words near a token in its clause, wherever they stand there."""
        tokens = self._tokens
        for near in range(number - 1, max(-1, number - 1 - _NEAR), -1):
            if tokens[near].text in _PAUSES:
                break
            yield f"B{tokens[near].text}"
        for near in range(number + 1, min(len(tokens), number + 1 + _NEAR)):
            if tokens[near].text in _PAUSES:
                break
            yield f"A{tokens[near].text}"

    def context(
        self,
        index: int,
        number: int,
        said: Sequence[str],
        over: Sequence[tuple[str, int]],
    ) -> tuple[str, ...]:
        at, text, tokens, tags = index - self.start, self.text, self._tokens, self._tags
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
            features.append(f"w{offset}{text[at - offset : at - offset + length]}")
            features.append(f"D{said[0]}")
        features.extend(self._clause(number))
        features.extend(f"V{index - start}{word}" for word, start in over)
        return tuple(features)


def _sparse(fields: Sequence[str]) -> dict[str, tuple[tuple[int, int], ...]]:
    return {
        key: tuple((index, weight) for index, weight in enumerate(weights) if weight)
        for key, weights in _weights(fields)
    }


def _weights(fields: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    for key, numbers in zip(fields[::2], fields[1::2], strict=True):
        yield key, tuple(map(int, numbers.split(" ")))
