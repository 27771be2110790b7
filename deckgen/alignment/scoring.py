"""What a bead is worth: the weights of the evidence."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deckgen.alignment.lattice import Shape
from deckgen.alignment.tokens import Side

Floats = NDArray[np.float32]

SHAPES: tuple[Shape, ...] = (
    *((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (1, 5), (5, 1)),
    *((2, 2), (2, 3), (3, 2)),
)
LONGEST = 5
_SLACK = 0.3  # weight of an imaginary uncovered word, so that one word does not decide
_MOST_LEFT_OUT = 0.15  # above it, the guess would feed on itself
_VARIANCE = 6.8  # of the length difference per byte, after Gale & Church (1993)
_QUESTION, _EXCLAMATION, _COLON = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Weights:
    """The aligner's hyper-parameters, tuned once for F1 with and without omissions.

    Logarithms of odds: `mass` for a covered word's weight, `zh` and `en` for a sentence covered as
    a whole, `length` for a squared length deviation of five, `seconds` for being one apart; then
    for sentences that end alike and for shapes of beads. `skip_*` is for leaving a sentence out in
    a text where all are, `rare_*` what that changes with the logarithm of the share left out.
    """

    mass: float = 0.25
    zh: float = 4.8
    en: float = 4.6
    length: float = -1.25
    questions: float = 3.0
    exclamations: float = 0.9
    colons: float = 0.7
    one_many: float = -5.6
    many_one: float = 0.0
    more_en: float = -5.5
    more_zh: float = -0.4
    two_two: float = -6.1
    two_three: float = -11.3
    skip_zh: float = 4.0
    skip_en: float = -2.5
    seconds: float = -0.3
    rare_zh: float = 0.9
    rare_en: float = 0.9

    def skips(self, left_out: tuple[float, float]) -> tuple[float, float]:
        """Return the log-odds of leaving out a sentence, by the shares of those left out."""
        zh, en = (math.log(min(share, _MOST_LEFT_OUT) + 0.005) for share in left_out)
        return self.skip_zh + self.rare_zh * zh, self.skip_en + self.rare_en * en

    def shape(self, shape: Shape) -> float:
        """Return the log-odds of a bead's shape against 1-1."""
        match shape:
            case (1, 1):
                return 0.0
            case (1, n):
                return self.one_many + self.more_en * (n - 2)
            case (m, 1):
                return self.many_one + self.more_zh * (m - 2)
            case (2, 2):
                return self.two_two
            case _:
                return self.two_three


def bead_scores(
    zh: Side,
    en: Side,
    rows: range,
    columns: range,
    covered: tuple[Floats, Floats],
    ratio: float,
    weights: Weights,
) -> dict[Shape, Floats]:
    """Score every bead of a window.

    `covered` has the coverage of the Chinese sentences, [n - 1, i, j], and of the English ones,
    [m - 1, j, i]; `ratio` is how many English bytes stand for a Chinese one.
    """
    gain_zh = _gains(covered[0], zh.mass[rows.start : rows.stop], weights.mass, weights.zh)
    gain_en = _gains(covered[1], en.mass[columns.start : columns.stop], weights.mass, weights.en)
    sum_zh = np.r_[0.0, np.cumsum(zh.length[rows.start : rows.stop] * ratio)]
    sum_en = np.r_[0.0, np.cumsum(en.length[columns.start : columns.stop])]
    ends_zh, ends_en = zh.ending[rows.start : rows.stop], en.ending[columns.start : columns.stop]
    scores: dict[Shape, Floats] = {}
    for m, n in SHAPES:
        height, width = len(rows) - m + 1, len(columns) - n + 1
        if height <= 0 or width <= 0:
            continue
        score = np.full((height, width), weights.shape((m, n)), np.float32)
        for d in range(m):
            score += gain_zh[n - 1, d : d + height, :width]
        for d in range(n):
            score += gain_en[m - 1, d : d + width, :height].T
        length_zh = (sum_zh[m:] - sum_zh[:-m])[:, None]
        length_en = sum_en[n:] - sum_en[:-n]
        deviation = (length_en - length_zh) ** 2
        deviation /= _VARIANCE * (length_en + length_zh) / 2 + 10
        score += weights.length * np.minimum(deviation, 25) / 5
        for mark, weight in (
            (_QUESTION, weights.questions),
            (_EXCLAMATION, weights.exclamations),
            (_COLON, weights.colons),
        ):
            score += weight * np.outer(ends_zh[m - 1 :] == mark, ends_en[n - 1 :] == mark)
        scores[m, n] = score
    return scores


def _gains(covered: Floats, mass: NDArray[np.float64], by_mass: float, by_share: float) -> Floats:
    share = covered / (mass.astype(np.float32)[None, :, None] + np.float32(_SLACK))
    gains: Floats = (by_mass * covered + by_share * share).astype(np.float32)
    return gains
