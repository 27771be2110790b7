"""What a bead is worth: the weights of the evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deckgen.alignment.embedding import EmbeddingWeights
from deckgen.alignment.lattice import Lattice, Shape, Skips
from deckgen.alignment.tokens import Side

Floats = NDArray[np.float32]

LONGEST = 5
SLACK = 0.3  # weight of an imaginary uncovered word, so that one word does not decide
_MOST_LEFT_OUT = 0.15  # above it, the guess would feed on itself
_FEW_BYTES = 8  # added to lengths, so that a word more or less does not decide
_QUESTION, _EXCLAMATION, _COLON = 1, 2, 3


@dataclass(frozen=True, slots=True)
class SkipWeights:
    """Logarithms of odds of leaving a sentence of one side out.

    `rare` is for the logarithm of the share of those left out, `covered` for how much of it the
    best sentence of the other side covers, `length` for the logarithm of its bytes, `further` for
    one that follows another left out.
    """

    always: float
    rare: float
    covered: float
    length: float
    further: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The aligner's hyper-parameters, fitted together as those of a conditional random field.

    Logarithms of odds: `covered_*` for a sentence all of whose words the other side has, `mass` for
    a covered word's weight, `length` and `length_squared` for the logarithm of the ratio of
    lengths; then for sentences that end alike, for quotations that both sides or only one side
    opens or closes there, for each quotation mark that only one has, for `seconds` apart, and for
    the shapes of beads.
    """

    covered_zh: float
    covered_en: float
    mass: float
    length: float
    length_squared: float
    questions: float
    exclamations: float
    colons: float
    both_open: float
    one_opens: float
    both_close: float
    one_closes: float
    marks: float
    seconds: float
    shapes: Mapping[Shape, float]
    skip_zh: SkipWeights
    skip_en: SkipWeights
    meaning: EmbeddingWeights


BY_WORDS = Weights(
    covered_zh=5.09,
    covered_en=7.71,
    mass=0.30,
    length=-2.77,
    length_squared=-0.81,
    questions=2.91,
    exclamations=1.12,
    colons=0.39,
    both_open=4.32,
    one_opens=-0.21,
    both_close=3.74,
    one_closes=-0.76,
    marks=-0.23,
    seconds=-0.3,
    shapes={
        **{(1, 1): 4.05, (1, 2): 2.46, (2, 1): 2.88, (1, 3): 1.02, (3, 1): 1.87, (1, 4): 0.04},
        **{(4, 1): 0.35, (1, 5): -1.61, (5, 1): -2.03, (2, 2): 0.71, (2, 3): -1.26, (3, 2): -0.96},
    },
    skip_zh=SkipWeights(always=-4.57, rare=1.50, covered=5.04, length=1.99, further=1.57),
    skip_en=SkipWeights(always=-2.90, rare=1.81, covered=4.50, length=1.53, further=1.57),
    meaning=EmbeddingWeights(cosine=0, by_sentence=0, usual=0, usual_by_sentence=0),
)
WITH_MEANING = Weights(
    covered_zh=1.15,
    covered_en=5.36,
    mass=0.31,
    length=-2.28,
    length_squared=-0.08,
    questions=1.64,
    exclamations=0.48,
    colons=0.30,
    both_open=4.29,
    one_opens=0.09,
    both_close=4.07,
    one_closes=-0.19,
    marks=-0.11,
    seconds=-0.3,
    shapes={
        **{(1, 1): 1.95, (1, 2): 1.16, (2, 1): 1.71, (1, 3): 0.26, (3, 1): 1.47, (1, 4): -0.15},
        **{(4, 1): 0.54, (1, 5): -1.18, (5, 1): -2.32, (2, 2): 1.02, (2, 3): -0.54, (3, 2): 0.70},
    },
    skip_zh=SkipWeights(always=-3.50, rare=1.32, covered=3.43, length=1.83, further=1.52),
    skip_en=SkipWeights(always=-1.76, rare=1.88, covered=3.47, length=1.49, further=1.15),
    meaning=EmbeddingWeights(cosine=11.54, by_sentence=1.96, usual=-3.18, usual_by_sentence=-4.28),
)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of two texts that is aligned at once, and what is known of it.

    `covered` has the coverage of the Chinese sentences, [n - 1, i, j], and of the English ones,
    [m - 1, j, i]; `ratio` is how many English bytes stand for a Chinese one; `apart` how many
    seconds lie between any two sentences of the texts, where that is known.
    """

    zh: Side
    en: Side
    rows: range
    columns: range
    covered: tuple[Floats, Floats]
    ratio: float
    apart: Floats | None = None

    def lattice(self, weights: Weights, left_out: tuple[float, float], open_end: bool) -> Lattice:
        """Weigh all that can be done with the sentences of the window.

        `left_out` are the shares of the sentences that seem to be left out.
        """
        return Lattice(
            len(self.rows),
            len(self.columns),
            self.scores(weights),
            *self.skips(left_out, weights),
            open_end,
        )

    def scores(self, weights: Weights) -> dict[Shape, Floats]:
        """Score every bead of the window."""
        zh, en, rows, columns = self.zh, self.en, self.rows, self.columns
        gain_zh = _gains(self.covered[0], zh.mass[_part(rows)], weights.mass, weights.covered_zh)
        gain_en = _gains(self.covered[1], en.mass[_part(columns)], weights.mass, weights.covered_en)
        start, end = self._borders(weights)
        if self.apart is not None:
            near = np.minimum(self.apart[_part(rows), _part(columns)], 10)
            start += np.float32(weights.seconds) * near
        sum_zh = _sums(zh.length[_part(rows)] * self.ratio)
        sum_en = _sums(en.length[_part(columns)])
        marks_zh, marks_en = _sums(zh.marks[_part(rows)]), _sums(en.marks[_part(columns)])
        quoted = bool(marks_zh[-1] or marks_en[-1])
        scores: dict[Shape, Floats] = {}
        for (m, n), weight in weights.shapes.items():
            height, width = len(rows) - m + 1, len(columns) - n + 1
            if height <= 0 or width <= 0:
                continue
            score = start[:height, :width] + end[m - 1 :, n - 1 :]
            score += np.float32(weight)
            for d in range(m):
                score += gain_zh[n - 1, d : d + height, :width]
            for d in range(n):
                score += gain_en[m - 1, d : d + width, :height].T
            apart = np.abs(_log(sum_zh[m:] - sum_zh[:-m])[:, None] - _log(sum_en[n:] - sum_en[:-n]))
            np.minimum(apart, np.float32(2), out=apart)
            score += (
                np.float32(weights.length_squared) * apart + np.float32(weights.length)
            ) * apart
            if quoted:
                more = (marks_zh[m:] - marks_zh[:-m])[:, None] - (marks_en[n:] - marks_en[:-n])
                score += np.float32(weights.marks) * np.minimum(np.abs(more), 4).astype(np.float32)
            scores[m, n] = score
        return scores

    def _borders(self, weights: Weights) -> tuple[Floats, Floats]:
        """Weigh how the sentences of each pair begin, and how they end."""
        rows, columns = _part(self.rows), _part(self.columns)
        start = _alike(
            self.zh.opens[rows], self.en.opens[columns], weights.both_open, weights.one_opens
        )
        end = _alike(
            self.zh.closes[rows], self.en.closes[columns], weights.both_close, weights.one_closes
        )
        for mark, weight in (
            (_QUESTION, weights.questions),
            (_EXCLAMATION, weights.exclamations),
            (_COLON, weights.colons),
        ):
            end += _alike(self.zh.ending[rows] == mark, self.en.ending[columns] == mark, weight, 0)
        return start, end

    def skips(self, left_out: tuple[float, float], weights: Weights) -> tuple[Skips, Skips]:
        """Weigh leaving out each sentence, by the shares of those that seem to be left out."""
        zh, en = (
            _skips(side, _part(part), covered, share, weight)
            for side, part, covered, share, weight in (
                (self.zh, self.rows, self.covered[0], left_out[0], weights.skip_zh),
                (self.en, self.columns, self.covered[1], left_out[1], weights.skip_en),
            )
        )
        return zh, en


def _skips(
    side: Side, part: slice, covered: Floats, left_out: float, weights: SkipWeights
) -> Skips:
    best = covered[0].max(1, initial=0.0) / (side.mass[part] + SLACK)
    first = (
        weights.always
        + weights.rare * math.log(min(left_out, _MOST_LEFT_OUT) + 0.005)
        + weights.covered * best
        + weights.length * np.log1p(side.length[part])
    )
    return Skips(first, first + weights.further)


def _gains(covered: Floats, mass: NDArray[np.float64], by_mass: float, by_share: float) -> Floats:
    by_weight = by_mass + by_share / (mass + SLACK)
    gains: Floats = covered * by_weight.astype(np.float32)[None, :, None]
    return gains


def _alike(zh: NDArray[np.bool_], en: NDArray[np.bool_], both: float, one: float) -> Floats:
    table = np.array([[0, one], [one, both]], np.float32)
    return table[zh.astype(np.int64)[:, None], en.astype(np.int64)]


def _part(span: range) -> slice:
    return slice(span.start, span.stop)


def _sums(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate([np.zeros(1), np.cumsum(values)])


def _log(length: NDArray[np.float64]) -> Floats:
    return np.log(length + _FEW_BYTES).astype(np.float32)
