"""Train the model that `deckgen/polyphones.py` reads with, and write its file.

    python tools/train_polyphones.py OUT SENTENCES.tsv…

Each line of the sentences is `sentence, index of a character, reading` between tabs; the reading
has a tone number, 5 for the neutral tone, and v for ü. Lines that begin with # are skipped. The
sets used and their licences are named in `deckgen/data/NOTICE.md`.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from deckgen import syllables
from deckgen.polyphones import SCALE, Model, Place, Places
from deckgen.segmentation import Segmenter

HEADER = "polyphones 1"
SHARED_STRENGTH = 0.05
OWN_STRENGTH = 0.5
SMALLEST = 0.06


@dataclass(frozen=True, slots=True)
class Example:
    place: Place
    label: int
    weight: float = 1.0


def read(path: Path) -> Iterator[tuple[str, int, str]]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, index, reading = line.split("\t")[:3]
            yield sentence, int(index), marked(reading)


def marked(numbered: str) -> str:
    return syllables.marked(numbered)


def known_candidates(segmenter: Segmenter, rows: Sequence[tuple[str, int, str]]) -> bytes:
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


def examples(
    segmenter: Segmenter, places: Places, rows: Iterable[tuple[str, int, str]]
) -> Iterator[Example | None]:
    for sentence, index, reading in rows:
        yield example(segmenter, places, sentence, index, reading)


def example(
    segmenter: Segmenter, places: Places, sentence: str, index: int, reading: str
) -> Example | None:
    for tokens in segmenter.pieces(sentence):
        last = tokens[-1]
        if tokens[0].start <= index < last.start + len(last.text):
            for at, place in places.of(sentence, tokens):
                if at == index and isinstance(place, Place) and reading in place.candidates:
                    return Example(place, place.candidates.index(reading))
    return None


class Trainer:
    """Numbers the features, and fits their weights by L-BFGS with a Gaussian prior."""

    def __init__(self, chosen: Sequence[Example], at_least: int) -> None:
        self.keys: dict[tuple[str, str, str] | str, int] = {}
        counts = Counter(
            (one.place.character, feature) for one in chosen for feature in one.place.context
        )
        rows: list[int] = []
        columns: list[int] = []
        starts = [0]
        gold: list[int] = []
        row = 0
        for one in chosen:
            place = one.place
            kept = [f for f in place.context if counts[place.character, f] >= at_least]
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

    def fit(self, iterations: int = 150) -> np.ndarray:
        start = np.zeros(len(self.keys))
        found = minimize(
            self.loss, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations}
        )
        print(f"loss {found.fun:.1f} after {found.nit} iterations", file=sys.stderr)
        return np.asarray(found.x)


def pack(
    keys: Iterable[tuple[str, str, str] | str], weights: np.ndarray, candidates: bytes
) -> bytes:
    """Round the weights to whole numbers, leave out the small ones, and pack what is left."""
    numbers = np.clip(np.rint(weights * SCALE), -128, 127).astype(int)
    shared = [HEADER]
    own: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for key, exact, number in zip(keys, weights, numbers, strict=True):
        if isinstance(key, str):
            shared += [key, str(number)]
        elif abs(exact) >= SMALLEST:
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


def train(rows: Sequence[tuple[str, int, str]], at_least: int = 1) -> bytes:
    segmenter = Segmenter()
    candidates = known_candidates(segmenter, rows)
    places = Places(segmenter.vocabulary, Model(candidates))
    chosen = [one for one in examples(segmenter, places, rows) if one]
    print(f"{len(chosen)} of {len(rows)} examples", file=sys.stderr)
    trainer = Trainer(chosen, at_least)
    print(f"{len(trainer.keys)} features", file=sys.stderr)
    return pack(trainer.keys, trainer.fit(), candidates)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("out", type=Path)
    parser.add_argument("sentences", type=Path, nargs="+")
    arguments = parser.parse_args()
    rows = [row for path in arguments.sentences for row in read(path)]
    arguments.out.write_bytes(train(rows))


if __name__ == "__main__":
    main()
