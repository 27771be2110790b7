"""What a bead is worth: the weights of the evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deckgen.alignment.embedding import Meaning, MeaningWeights, Slope
from deckgen.alignment.lattice import Lattice, Shape, Skips
from deckgen.alignment.tokens import Side

Floats = NDArray[np.float32]

LONGEST = 5
SLACK = 0.3  # weight of an imaginary uncovered word, so that one word does not decide
_MOST_LEFT_OUT = 0.15  # above it, the guess would feed on itself
_USUAL_SIZE = math.log(100)  # of a pair of sentences, in bytes
_FEW_BYTES = 8  # added to lengths, so that a word more or less does not decide
_QUESTION, _EXCLAMATION, _COLON = 1, 2, 3


@dataclass(frozen=True, slots=True)
class SkipWeights:
    """Logarithms of odds of leaving a sentence of one side out.

    `rare` is for the logarithm of the share of those left out, `covered` for how much of it the
    best sentence of the other side covers, `length` for the logarithm of its bytes, `further` for
    one that follows another left out, `alike` for the cosine of its meaning with the likest.
    """

    always: float
    rare: float
    covered: float
    length: float
    further: float
    alike: float = 0.0


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
    meaning: MeaningWeights | None = None


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
)
WITH_MEANING = Weights(
    covered_zh=-0.50,
    covered_en=2.45,
    mass=0.66,
    length=-1.59,
    length_squared=-0.98,
    questions=1.49,
    exclamations=0.24,
    colons=0.27,
    both_open=4.24,
    one_opens=0.05,
    both_close=3.45,
    one_closes=-0.27,
    marks=-0.34,
    seconds=-0.3,
    shapes={
        **{(1, 1): 2.63, (1, 2): 1.49, (2, 1): 2.60, (1, 3): 0.33, (3, 1): 1.22, (1, 4): -0.40},
        **{(4, 1): -1.62, (1, 5): -1.67, (5, 1): -2.06, (2, 2): 1.75, (2, 3): -0.02, (3, 2): 1.80},
    },
    skip_zh=SkipWeights(
        always=-3.32, rare=2.02, covered=2.42, length=2.37, alike=-0.70, further=1.77
    ),
    skip_en=SkipWeights(
        always=-3.82, rare=1.84, covered=1.71, length=1.66, alike=3.29, further=1.28
    ),
    meaning=MeaningWeights(
        cosine=Slope(10.70, 1.07, 4.91), usual=Slope(-3.98, -4.69, -0.37), size=0.12
    ),
)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of two texts that is aligned at once, and what is known of it.

    `covered` has the coverage of the Chinese sentences, [n - 1, i, j], and of the English ones,
    [m - 1, j, i]; `ratio` is how many English bytes stand for a Chinese one; `apart` how many
    seconds lie between any two sentences of the texts, `meaning` what the spans mean, where that
    is known.
    """

    zh: Side
    en: Side
    rows: range
    columns: range
    covered: tuple[Floats, Floats]
    ratio: float
    apart: Floats | None = None
    meaning: Meaning | None = None

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
            bytes_zh, bytes_en = sum_zh[m:] - sum_zh[:-m], sum_en[n:] - sum_en[:-n]
            apart = np.abs(_log(bytes_zh)[:, None] - _log(bytes_en))
            np.minimum(apart, np.float32(2), out=apart)
            score += (
                np.float32(weights.length_squared) * apart + np.float32(weights.length)
            ) * apart
            if quoted:
                more = (marks_zh[m:] - marks_zh[:-m])[:, None] - (marks_en[n:] - marks_en[:-n])
                score += np.float32(weights.marks) * np.minimum(np.abs(more), 4).astype(np.float32)
            if self.meaning is not None and weights.meaning is not None:
                size = _log(bytes_zh[:, None] + bytes_en) - _USUAL_SIZE
                score += self.meaning.scores((m, n), size, weights.meaning)
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
        alike = (0.0, 0.0) if self.meaning is None else self.meaning.likest()
        zh, en = (
            _skips(side, _part(part), covered, likest, share, weight)
            for side, part, covered, likest, share, weight in (
                (self.zh, self.rows, self.covered[0], alike[0], left_out[0], weights.skip_zh),
                (self.en, self.columns, self.covered[1], alike[1], left_out[1], weights.skip_en),
            )
        )
        return zh, en


def _skips(
    side: Side,
    part: slice,
    covered: Floats,
    likest: Floats | float,
    left_out: float,
    weights: SkipWeights,
) -> Skips:
    best = covered[0].max(1, initial=0.0) / (side.mass[part] + SLACK)
    first = (
        weights.always
        + weights.rare * math.log(min(left_out, _MOST_LEFT_OUT) + 0.005)
        + weights.covered * best
        + weights.length * np.log1p(side.length[part])
        + weights.alike * likest
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
