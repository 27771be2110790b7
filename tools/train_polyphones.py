"""Train the model that `deckgen/polyphones.py` reads with, and write its file.

    python tools/train_polyphones.py OUT SENTENCES.tsv…

Each line of the sentences is `sentence, index of a character, reading` between tabs; the reading
has a tone number, 5 for the neutral tone, and v for ü. Lines that begin with # are skipped. The
sets used and their licences are named in `deckgen/data/NOTICE.md`. Beside them it learns from
`phrases.txt` here, from the phrases of pypinyin-dict, and, in a second round, from those of its
own readings of the same sentences that it was nearly certain of: so it learns how often each
reading stands in running text, which sets made of a few sentences for each reading don't say.
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
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
BRACKETS = re.compile(r"\[([^\]]+)\]")


Row = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Example:
    place: Place
    label: int
    weight: float
    gold: bool


def read(path: Path) -> Iterator[Row]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, index, reading = line.split("\t")[:3]
            yield sentence, int(index), marked(reading)


def marked(numbered: str) -> str:
    return syllables.marked(numbered)


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
            for at, place in self._places.of(sentence, tokens):
                if isinstance(place, Place):
                    yield at, place

    def examples(self, rows: Iterable[Row], weight: float, gold: bool = True) -> Iterator[Example]:
        for sentence, index, reading in rows:
            place = next((place for at, place in self.places(sentence) if at == index), None)
            if place and reading in place.candidates:
                yield Example(place, place.candidates.index(reading), weight, gold)

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


class Trainer:
    """Numbers the features, and fits their weights by L-BFGS with a Gaussian prior."""

    def __init__(self, chosen: Sequence[Example]) -> None:
        self.keys: dict[tuple[str, str, str] | str, int] = {}
        counts: Counter[tuple[str, str]] = Counter()
        for one in chosen:
            worth = 3 if one.gold else 1
            for feature in one.place.context:
                counts[one.place.character, feature] += worth
        rows: list[int] = []
        columns: list[int] = []
        starts = [0]
        gold: list[int] = []
        row = 0
        for one in chosen:
            place = one.place
            kept = [f for f in place.context if counts[place.character, f] >= 3]
            for candidate, agreed in zip(place.candidates, place.agreements, strict=True):
                names: list[tuple[str, str, str] | str] = list(agreed)
                names += [(place.character, feature, candidate) for feature in kept]
                for name in names:
                    columns.append(self.keys.setdefault(name, len(self.keys)))
                    rows.append(row)
                row += 1
            gold.append(starts[-1] + one.label)
            starts.append(row)
        self.matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(row, len(self.keys)))
        self.transposed = self.matrix.T.tocsr()
        self.starts = np.array(starts[:-1])
        self.sizes = np.diff(starts)
        self.gold = np.array(gold)
        self.weight = np.array([one.weight for one in chosen])
        self.strength = np.array(
            [SHARED_STRENGTH if isinstance(key, str) else OWN_STRENGTH for key in self.keys]
        )

    def loss(self, weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = self.matrix @ weights
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
        """Fit the weights, then again `rounds` times with a prior that thins out small ones."""
        weights = self.optimum(np.zeros(len(self.keys)))
        shared = np.array([isinstance(key, str) for key in self.keys])
        for _ in range(rounds):
            thinning = THINNING / (np.abs(weights) + 0.05)
            self.strength = np.where(shared, SHARED_STRENGTH, thinning)
            weights = self.optimum(weights)
        return weights

    def optimum(self, start: np.ndarray) -> np.ndarray:
        found = minimize(
            self.loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}
        )
        print(f"loss {found.fun:.1f} after {found.nit} iterations", file=sys.stderr, flush=True)
        return np.asarray(found.x)


def pack(
    keys: Iterable[tuple[str, str, str] | str], weights: np.ndarray, candidates: bytes
) -> bytes:
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
    chosen = [
        *source.examples(marked, 1.0),
        *source.examples(own, OWN_WEIGHT),
        *source.examples(
            more_phrases(segmenter.vocabulary.readings, characters), PHRASE_WEIGHT, gold=False
        ),
    ]
    first = fit(chosen, candidates, 0)
    sentences = sorted({row[0] for row in marked}, key=lambda one: crc32(one.encode()))
    places = {row[:2] for row in marked}
    natural = Source(segmenter, Model(first)).natural(sentences[:NATURAL_SENTENCES], places)
    return fit([*chosen, *natural], candidates, 2)


def fit(chosen: Sequence[Example], candidates: bytes, rounds: int) -> bytes:
    trainer = Trainer(chosen)
    print(f"{len(chosen)} examples, {len(trainer.keys)} features", file=sys.stderr, flush=True)
    return pack(trainer.keys, trainer.fit(rounds), candidates)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("out", type=Path)
    parser.add_argument("sentences", type=Path, nargs="+")
    arguments = parser.parse_args()
    rows = [row for path in arguments.sentences for row in read(path)]
    own = list(phrases(Path(__file__).parent / "phrases.txt"))
    arguments.out.write_bytes(train(rows, own))


if __name__ == "__main__":
    main()
