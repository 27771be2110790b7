"""Have g2pM read polyphones in unmarked text, with how probable its readings are.

g2pM is a small neural net that was trained on CPP's training split, and comes as a Python package.
Its own interface reads one sentence at a time and keeps the probabilities to itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from g2pM import G2pM

from deckgen.syllables import marked

_START, _END = "시", "끝"
_BATCH = 256


class Teacher:
    """Reads the characters that g2pM knows several readings of."""

    def __init__(self) -> None:
        self._model = G2pM()

    def read(self, sentences: Iterable[str]) -> Iterator[tuple[str, int, str, float]]:
        """Yield a sentence, the index of a character, its likeliest reading and its probability."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for sentence in sorted(set(sentences)):
            by_length[len(sentence)].append(sentence)
        for _, same in sorted(by_length.items()):
            for start in range(0, len(same), _BATCH):
                yield from self._read(same[start : start + _BATCH])

    def _read(self, sentences: list[str]) -> Iterator[tuple[str, int, str, float]]:
        model = self._model
        unknown = model.char2idx["<UNK>"]
        codes = np.array(
            [
                [model.char2idx.get(one, unknown) for one in (_START, *sentence, _END)]
                for sentence in sentences
            ]
        )
        embedded = model.embeddings[codes].astype(np.float32)
        states = np.concatenate(
            [
                _lstm(embedded, model.weight_ih, model.weight_hh, model.bias_ih + model.bias_hh),
                _lstm(
                    embedded[:, ::-1],
                    model.weight_ih_reverse,
                    model.weight_hh_reverse,
                    model.bias_ih_reverse + model.bias_hh_reverse,
                )[:, ::-1],
            ],
            axis=2,
        )
        for sentence, state in zip(sentences, states, strict=True):
            for at, character in enumerate(sentence):
                if len(model.cedict.get(character, ())) > 1:
                    scores = model.fc_layer(state[at + 1])
                    best = int(scores.argmax())
                    reading = model.idx2class[best].replace("u:", "v")
                    yield (
                        sentence,
                        at,
                        marked(reading),
                        float(1 / np.exp(scores - scores[best]).sum()),
                    )


def _lstm(inputs: np.ndarray, to: np.ndarray, back: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Run a layer of LSTM over (sentences, steps, size); return its state after each step."""
    to, back, bias = (one.astype(inputs.dtype) for one in (to.T, back.T, bias))
    state = np.zeros((len(inputs), len(back)), inputs.dtype)
    cell = np.zeros_like(state)
    states = []
    for step in range(inputs.shape[1]):
        enter, forget, new, leave = np.split(inputs[:, step] @ to + state @ back + bias, 4, axis=1)
        cell = _sigmoid(forget) * cell + _sigmoid(enter) * np.tanh(new)
        state = _sigmoid(leave) * np.tanh(cell)
        states.append(state)
    return np.stack(states, axis=1)


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-values)))
