"""How alike the meanings of two spans are, where the languages differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from deckgen.alignment.encoder import Encoder
from deckgen.alignment.lattice import Shape

Floats = NDArray[np.float32]
_LONGEST = 5
_SAMPLE = 48
_CERTAIN = np.float32(60)
_NEVER = np.float32(-1e30)


class Slope(NamedTuple):
    """A weight that depends on how many sentences two spans have, and on their `Meaning` size."""

    constant: float
    by_sentence: float
    by_size: float


@dataclass(frozen=True, slots=True)
class MeaningWeights:
    """Logarithms of odds for the cosine of two spans, and for the size of both.

    `usual` is for how close the two are to their neighbourhood: to the other text's mean.
    """

    cosine: Slope
    usual: Slope
    size: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the spans of a window mean.

    `zh` and `en` have the vectors, [i, n - 1] that of the n sentences from the i-th on, `usual_*`
    their cosines with the other text's mean, `unread_*` say of which spans there is none. `settled`
    are the beads that need none, as places in the window with their shapes.
    """

    zh: Floats
    en: Floats
    usual_zh: Floats
    usual_en: Floats
    unread_zh: NDArray[np.bool_]
    unread_en: NDArray[np.bool_]
    settled: Sequence[tuple[int, int, Shape]]

    def likest(self) -> tuple[Floats, Floats]:
        """Return the cosine of each sentence of either side with the likest of the other."""
        cosines = self.zh[:, 0] @ self.en[:, 0].T
        return cosines.max(1, initial=0.0), cosines.max(0, initial=0.0)

    def scores(self, shape: Shape, size: Floats, weights: MeaningWeights) -> Floats:
        """Score the beads of a shape, by the logarithm of the size of each."""
        m, n = shape
        rows, columns = slice(len(self.zh) - m + 1), slice(len(self.en) - n + 1)
        cosine, usual = (
            np.float32(slope.constant + slope.by_sentence * (m + n))
            + np.float32(slope.by_size) * size
            for slope in (weights.cosine, weights.usual)
        )
        scores: Floats = cosine * (self.zh[rows, m - 1] @ self.en[columns, n - 1].T)
        middle = self.usual_zh[rows, m - 1][:, None] + self.usual_en[columns, n - 1]
        scores += usual * middle / 2
        scores += np.float32(weights.size) * size
        scores[self.unread_zh[rows, m - 1]] = _NEVER
        scores[:, self.unread_en[columns, n - 1]] = _NEVER
        for i, j, which in self.settled:
            if which == shape:
                scores[i, j] = _CERTAIN
        return scores


class Embeddings:
    """The vectors of the spans of two texts, of which each sentence is read once at most.

    `settled` are beads that are certain without: (Chinese sentences, English sentences).
    """

    def __init__(
        self,
        encoder: Encoder,
        zh: Sequence[str],
        en: Sequence[str],
        settled: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
    ) -> None:
        self._zh = _Spans(encoder, zh, [i for of_zh, _ in settled for i in of_zh])
        self._en = _Spans(encoder, en, [j for _, of_en in settled for j in of_en])
        self._settled = settled

    def __call__(self, rows: range, columns: range) -> Meaning:
        """Return what is known for a window; later windows must not begin before it."""
        zh, en = self._zh(rows), self._en(columns)
        settled = [
            (of_zh[0] - rows.start, of_en[0] - columns.start, (len(of_zh), len(of_en)))
            for of_zh, of_en in self._settled
            if of_zh[0] in rows
            and of_zh[-1] in rows
            and of_en[0] in columns
            and of_en[-1] in columns
        ]
        return Meaning(
            zh,
            en,
            zh @ self._en.mean,
            en @ self._zh.mean,
            self._zh.unread[_part(rows)],
            self._en.unread[_part(columns)],
            settled,
        )


class _Spans:
    """The vectors of a text's spans, made when a window first needs them and then forgotten.

    `mean` is that of sentences from all over the text, `unread[i, n - 1]` says whether any of the n
    sentences from the i-th on is left out or missing.
    """

    def __init__(self, encoder: Encoder, texts: Sequence[str], leave_out: Sequence[int]) -> None:
        count = len(texts)
        left_out = np.zeros(count + _LONGEST, np.bool_)
        left_out[leave_out] = left_out[count:] = True
        sample = np.linspace(0, count - 1, min(_SAMPLE, count)).astype(int)
        wanted = np.union1d(np.flatnonzero(~left_out[:count]), sample)
        sums = encoder.read([texts[i] for i in wanted])
        self._encoder = encoder
        self._sums = np.zeros((count + _LONGEST, sums.whole.shape[1]), np.float32)
        self._edges = np.zeros_like(self._sums)
        self._tokens = np.ones(count + _LONGEST, np.float32)
        self._sums[wanted], self._tokens[wanted] = sums.whole, sums.tokens
        self._edges[wanted[:-1]] = sums.edges
        self.unread = np.stack([left_out[n : n + count] for n in range(_LONGEST)], axis=1)
        np.logical_or.accumulate(self.unread, axis=1, out=self.unread)
        self.mean: Floats = encoder.vectors(self._sums[sample], self._tokens[sample]).mean(0)
        self._first = 0
        self._known = np.zeros((0, _LONGEST, len(self.mean)), np.float32)

    def __call__(self, part: range) -> Floats:
        kept = self._known[part.start - self._first :]
        new = np.arange(part.start + len(kept), part.stop)
        self._first, self._known = part.start, np.concatenate([kept, self._made(new)])
        return self._known[: len(part)]

    def _made(self, starts: NDArray[np.int64]) -> Floats:
        made = np.zeros((len(starts), _LONGEST, len(self.mean)), np.float32)
        sums, tokens = self._sums[starts], self._tokens[starts]
        for following in range(_LONGEST):
            if following:
                last = starts + following
                sums = sums + self._sums[last] - self._edges[last - 1]
                tokens = tokens + self._tokens[last] - 2
            read = ~self.unread[starts, following]
            made[read, following] = self._encoder.vectors(sums[read], tokens[read])
        return made


def _part(span: range) -> slice:
    return slice(span.start, span.stop)
