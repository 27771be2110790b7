"""Train the model that `deckgen/polyphones.py` reads with, and write its file.

    python -m tools.train_polyphones OUT SENTENCES.tsv… [--without PART]

Each line of the sentences is `sentence, index of a character, reading` between tabs; the reading
has a tone number, 5 for the neutral tone, and v for ü. Lines that begin with # are skipped. The
sets used and their licences are named in `deckgen/data/NOTICE.md`. Beside them it learns from
`phrases.txt` here, from the phrases of pypinyin-dict, from what g2pM reads in the same sentences
for characters that few of them mark, and, in a second round, from those of its own readings that it
was nearly certain of: so it learns how often each reading stands in running text, which sets made
of a few sentences for each reading don't say. A word keeps the only reading that the dictionary has
unless the sentences mark it otherwise.
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from deckgen import syllables
from deckgen.polyphones import SCALE, Model, Place, Places
from deckgen.segmentation import Segmenter
from tools.teacher import Teacher

HEADER = "polyphones 1"
SHARED_STRENGTH = 0.05
OWN_STRENGTH = 0.5
THINNING = 0.1
ITERATIONS = 55
OWN_WEIGHT = 4.0
PHRASE_WEIGHT = 0.3
PHRASES_EACH = 30
NATURAL_WEIGHT = 0.5
NATURAL_EACH = 400
NATURAL_SENTENCES = 8_000
CERTAIN = 0.95
FEW = 60
TAUGHT_WEIGHT = 0.5
TAUGHT_EACH = 400
TAUGHT_CERTAIN = 0.9
SMALL = 0.03
FOLDS = 5
BRACKETS = re.compile(r"\[([^\]]+)\]")
WORD = re.compile(r"w(\d+)(\D.*)")
"""The feature of a word around a character: where in the word it is, and the word."""


Row = tuple[str, int, str]
Key = tuple[str, str, str] | str


@dataclass(frozen=True, slots=True)
class Example:
    place: Place
    label: int
    weight: float
    gold: bool


def read(lines: Iterable[str]) -> Iterator[Row]:
    for line in lines:
        if line.strip() and not line.startswith("#"):
            sentence, index, reading = line.rstrip("\n").split("\t")[:3]
            yield sentence, int(index), syllables.marked(reading)


def part(line: str) -> int | None:
    """Say which part of the sentences a line belongs to, the same for the same sentence."""
    sentence = line.split("\t")[0]
    return None if line.startswith("#") else crc32(sentence.encode()) % FOLDS


def known_candidates(segmenter: Segmenter, rows: Sequence[Row]) -> bytes:
    """Pack a model without weights, whose candidates are those of the dictionary and the rows."""
    vocabulary = segmenter.vocabulary
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence, index, reading in rows:
        character = vocabulary.simplified(sentence[index])
        seen[character][reading] += 1
    lines = [HEADER]
    for character in sorted(seen):
        vocabulary.need(character)
        listed = filter(None, vocabulary.readings.get(character, "").split("|"))
        lines.append(f"{character}\t{' '.join(dict.fromkeys([*listed, *sorted(seen[character])]))}")
    return zlib.compress("\n".join(lines).encode())


def phrases(path: Path) -> Iterator[Row]:
    """Yield the rows of lines such as `还得[děi]走`."""
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            parts = BRACKETS.split(line)
            sentence = "".join(parts[::2])
            at = 0
            for before, reading in zip(parts[::2], parts[1::2], strict=False):
                at += len(before)
                yield sentence, at - 1, reading


def telling(own: Sequence[Row], marked: Sequence[Row]) -> list[Row]:
    """Return our rows without characters that all rows read alike: one reading teaches nothing."""
    readings: dict[str, set[str]] = defaultdict(set)
    for sentence, index, reading in (*own, *marked):
        readings[sentence[index]].add(reading)
    return [row for row in own if len(readings[row[0][row[1]]]) > 1]


def more_phrases(known: Container[str], characters: Container[str]) -> Iterator[Row]:
    """Yield rows from the phrases of pypinyin-dict that are not in the dictionaries already."""
    from pypinyin_dict.phrase_pinyin_data.large_pinyin import phrases_dict

    seen: Counter[tuple[str, str]] = Counter()
    for phrase, readings in sorted(phrases_dict.items(), key=lambda one: crc32(one[0].encode())):
        if phrase in known or len(phrase) != len(readings):
            continue
        for index, (character, (reading, *_)) in enumerate(zip(phrase, readings, strict=True)):
            seen[character, reading] += 1
            if character in characters and seen[character, reading] <= PHRASES_EACH:
                yield phrase, index, reading


class Source:
    """Turns rows into examples for one set of candidates."""

    def __init__(self, segmenter: Segmenter, model: Model) -> None:
        self._segmenter = segmenter
        self._model = model
        self._places = Places(segmenter.vocabulary, model)

    def places(self, sentence: str) -> Iterator[tuple[int, Place]]:
        for tokens in self._segmenter.pieces(sentence):
            yield from self._places.of(sentence, tokens)

    def examples(self, rows: Iterable[Row], weight: float, gold: bool = True) -> Iterator[Example]:
        by_sentence: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for sentence, index, reading in rows:
            by_sentence[sentence].append((index, reading))
        for sentence, marks in by_sentence.items():
            places = dict(self.places(sentence))
            for index, reading in marks:
                place = places.get(index)
                if place and reading in place.candidates:
                    yield Example(place, place.candidates.index(reading), weight, gold)

    def overruled(self, rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
        """Yield the words, as a character's features, that are not marked as the dictionary has."""
        marks: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
        for sentence, index, reading in rows:
            for token in self._segmenter.tokens(sentence):
                if 0 <= index - token.start < len(token.text) > 1:
                    marks[token.text, index - token.start][reading] += 1
        for (word, offset), readings in marks.items():
            ((reading, _),) = readings.most_common(1)
            if reading not in self.said(word, offset):
                yield word[offset], f"w{offset}{word}"

    def said(self, word: str, offset: int) -> tuple[str, ...]:
        """Return the readings that the dictionary has for a word's character."""
        return self._places.syllables(word)[offset]

    def natural(
        self, sentences: Iterable[str], marked: Container[tuple[str, int]]
    ) -> Iterator[Example]:
        """Yield the places that nobody marked and whose reading the model is nearly certain of."""
        seen: Counter[str] = Counter()
        for sentence in sentences:
            for at, place in self.places(sentence):
                if (sentence, at) in marked or self._model.weights(place.character) is None:
                    continue
                reading, probability = self._model.choose(place)
                seen[place.character] += 1
                if probability >= CERTAIN and seen[place.character] <= NATURAL_EACH:
                    label = place.candidates.index(reading)
                    yield Example(place, label, NATURAL_WEIGHT, gold=False)


def taught(marked: Sequence[Row]) -> Iterator[Row]:
    """Yield rows that g2pM reads in the marked sentences, of characters that few of them mark."""
    count = Counter(sentence[index] for sentence, index, _ in marked)
    places = {row[:2] for row in marked}
    seen: Counter[str] = Counter()
    readings = Teacher().read(row[0] for row in marked)
    for sentence, index, reading, probability in sorted(readings, key=_shuffled):
        character = sentence[index]
        if (sentence, index) in places or not 0 < count[character] <= FEW:
            continue
        if probability >= TAUGHT_CERTAIN and seen[character] < TAUGHT_EACH:
            seen[character] += 1
            yield sentence, index, reading


def _shuffled(row: tuple[str, int, str, float]) -> tuple[int, int]:
    return crc32(row[0].encode()), row[1]


class Trainer:
    """Numbers the features, and fits their weights by L-BFGS with a Gaussian prior."""

    def __init__(self, chosen: Sequence[Example]) -> None:
        counts: Counter[tuple[str, str]] = Counter()
        for one in chosen:
            worth = 3 if one.gold else 1
            for feature in one.place.context:
                counts[one.place.character, feature] += worth
        keys: dict[Key, int] = {}
        columns = array("i")
        rows = array("i", [0])
        starts = [0]
        gold: list[int] = []
        for one in chosen:
            place = one.place
            kept = [f for f in place.context if counts[place.character, f] >= 3]
            for candidate, agreed in zip(place.candidates, place.agreements, strict=True):
                names: list[Key] = list(agreed)
                names += [(place.character, feature, candidate) for feature in kept]
                columns.extend(keys.setdefault(name, len(keys)) for name in names)
                rows.append(len(columns))
            gold.append(starts[-1] + one.label)
            starts.append(len(rows) - 1)
        self.keys: list[Key] = list(keys)
        self.shared = np.array([isinstance(key, str) for key in keys])
        self.matrix = csr_matrix(
            (np.ones(len(columns), np.float32), columns, rows), shape=(len(rows) - 1, len(keys))
        )
        self.starts = np.array(starts[:-1])
        self.sizes = np.diff(starts)
        self.gold = np.array(gold)
        self.weight = np.array([one.weight for one in chosen], np.float32)

    def loss(self, weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = self.matrix @ weights.astype(np.float32)
        top = np.repeat(np.maximum.reduceat(scores, self.starts), self.sizes)
        exp = np.exp(scores - top)
        sums = np.add.reduceat(exp, self.starts)
        probability = exp / np.repeat(sums, self.sizes)
        likelihood = (scores - top)[self.gold] - np.log(sums)
        error = probability * np.repeat(self.weight, self.sizes)
        error[self.gold] -= self.weight
        prior = 0.5 * float(np.dot(self.strength, weights**2))
        return (
            prior - float(np.dot(self.weight, likelihood)),
            self.transposed @ error + self.strength * weights,
        )

    def fit(self, rounds: int) -> np.ndarray:
        """Fit the weights, then again `rounds` times without small ones, which the prior thins."""
        weights = self.optimum(np.zeros(len(self.keys)), np.full(len(self.keys), OWN_STRENGTH))
        for _ in range(rounds):
            kept = (np.abs(weights) > SMALL) | self.shared
            self.keys = [key for key, keep in zip(self.keys, kept, strict=True) if keep]
            self.matrix, self.shared, weights = (
                self.matrix[:, kept],
                self.shared[kept],
                weights[kept],
            )
            weights = self.optimum(weights, THINNING / (np.abs(weights) + 0.05))
        return weights

    def optimum(self, start: np.ndarray, strength: np.ndarray) -> np.ndarray:
        self.strength = np.where(self.shared, SHARED_STRENGTH, strength)
        self.transposed = self.matrix.T.tocsr()
        found = minimize(
            self.loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}
        )
        print(f"loss {found.fun:.1f} after {found.nit} iterations", file=sys.stderr, flush=True)
        return np.asarray(found.x)


def pack(keys: Iterable[Key], weights: np.ndarray, candidates: bytes) -> bytes:
    """Round the weights to whole numbers, leave out the small ones, and pack what is left."""
    numbers = np.clip(np.rint(weights * SCALE), -128, 127).astype(int)
    shared = [HEADER]
    own: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for key, number in zip(keys, numbers, strict=True):
        if isinstance(key, str):
            shared += [key, str(number)]
        elif number:
            character, feature, reading = key
            own[character][feature][reading] = number
    lines = ["\t".join(shared)]
    for line in zlib.decompress(candidates).decode().split("\n")[1:]:
        character, listed = line.split("\t")
        fields = [character, listed]
        for feature, by_reading in sorted(own[character].items()):
            fields += [feature, " ".join(str(by_reading.get(one, 0)) for one in listed.split(" "))]
        lines.append("\t".join(fields))
    return zlib.compress("\n".join(lines).encode(), 9)


def train(marked: Sequence[Row], own: Sequence[Row]) -> bytes:
    segmenter = Segmenter()
    candidates = known_candidates(segmenter, [*marked, *own])
    source = Source(segmenter, Model(candidates))
    characters = {sentence[index] for sentence, index, _ in (*marked, *own)}
    segmenter.vocabulary.need("".join(map(chr, range(0x3400, 0xA000))))
    more = more_phrases(segmenter.vocabulary.readings, characters)
    lessons = list(taught(marked))
    chosen = [
        *source.examples(marked, 1.0),
        *source.examples(own, OWN_WEIGHT),
        *source.examples(more, PHRASE_WEIGHT, gold=False),
        *source.examples(lessons, TAUGHT_WEIGHT, gold=False),
    ]
    overruled = set(source.overruled(marked))
    first = pack(*fit(chosen, 0), candidates)
    sentences = sorted({row[0] for row in marked}, key=lambda one: crc32(one.encode()))
    places = {row[:2] for row in (*marked, *lessons)}
    natural = Source(segmenter, Model(first)).natural(sentences[:NATURAL_SENTENCES], places)
    keys, weights = fit([*chosen, *natural], 2)
    for number, key in enumerate(keys):
        if not isinstance(key, str) and key[:2] not in overruled:
            word = WORD.fullmatch(key[1])
            if word and len(source.said(word[2], int(word[1]))) == 1:
                weights[number] = 0
    return pack(keys, weights, candidates)


def fit(chosen: Sequence[Example], rounds: int) -> tuple[list[Key], np.ndarray]:
    trainer = Trainer(chosen)
    print(f"{len(chosen)} examples, {len(trainer.keys)} weights", file=sys.stderr, flush=True)
    weights = trainer.fit(rounds)
    return trainer.keys, weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("out", type=Path)
    parser.add_argument("sentences", type=Path, nargs="+")
    parser.add_argument(
        "--without",
        type=int,
        choices=range(FOLDS),
        help=f"write one of {FOLDS} parts of the sentences beside OUT and train without it",
    )
    arguments = parser.parse_args()
    rows: list[Row] = []
    for path in arguments.sentences:
        lines = path.read_text("utf-8").splitlines(keepends=True)
        held_out = [line for line in lines if part(line) == arguments.without]
        if held_out:
            aside = arguments.out.with_name(f"{path.stem}-{arguments.without}.tsv")
            aside.write_text("".join(held_out), "utf-8")
        rows += read(line for line in lines if part(line) != arguments.without)
    own = list(phrases(Path(__file__).parent / "phrases.txt"))
    arguments.out.write_bytes(train(rows, telling(own, rows)))


if __name__ == "__main__":
    main()
