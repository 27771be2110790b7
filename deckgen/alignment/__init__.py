"""Align the sentences of a Chinese text with those of its English translation.

Beads are found by dynamic programming over the translations of words (CC-CEDICT), numbers, names,
lengths and ends of sentences; a second pass uses what the first learnt about the document's own
words. Nothing is loaded from a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deckgen.alignment import dictionary, tokens
from deckgen.alignment.association import (
    dictionary_links,
    joined,
    learnt_links,
    same_language_links,
)
from deckgen.alignment.coverage import Coverage, Links
from deckgen.alignment.lattice import Lattice
from deckgen.alignment.scoring import LONGEST, Weights, bead_scores
from deckgen.alignment.tokens import Side
from deckgen.alignment.windows import rough_path
from deckgen.hanzi import count_han

Times = tuple[Sequence[float | None], Sequence[float | None]]

_WINDOW, _OVERLAP, _MARGIN = 256, 64, 120
_WHOLE = 400  # up to so many sentences a text is one window
_SURE = 0.6
_USUAL_RATIO = 1.2  # English UTF-8 bytes for one of Chinese
_USUALLY_LEFT_OUT = 0.03
_FREE = 0.25
_UNRELATED = 0.6


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that translate each other, as indexes; one side may be empty.

    `score` is the confidence, 0…1: of beads with a score of 0.8, eight in ten are right.
    """

    zh: tuple[int, ...]
    en: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads of two texts, in order, each sentence in one of them.

    `related` is false where the texts seem to have nothing to do with each other, or one is empty:
    then every sentence stands alone.
    """

    beads: tuple[Bead, ...]
    related: bool = True


def align(
    zh: Sequence[str], en: Sequence[str], times: Times | None = None, weights: Weights | None = None
) -> Alignment:
    """Align two lists of sentences; both may also be in one language.

    `times` says when each sentence begins, in seconds, where that is known; the two clocks may
    differ by a constant.
    """
    if not zh or not en:
        return Alignment(_alone(len(zh), len(en)), False)
    weights = weights or Weights()
    left, right, links = sides(zh, en)
    skips = weights.skips((_USUALLY_LEFT_OUT, _USUALLY_LEFT_OUT))
    first = tuple(_beads(left, right, links, skips, weights, None))
    sure = [bead for bead in first if bead.zh and bead.en and bead.score >= _SURE]
    links = joined(links, learnt_links(left, right, [(bead.zh, bead.en) for bead in sure]))
    skips = weights.skips(_left_out(first))
    late = _lateness(times, sure) if times else None
    beads = tuple(_beads(left, right, links, skips, weights, late))
    if not _related(beads):
        return Alignment(_alone(len(zh), len(en)), False)
    return Alignment(beads, True)


def sides(zh: Sequence[str], en: Sequence[str]) -> tuple[Side, Side, Links]:
    """Cut two texts into words, each by its language, and links those that may mean the same."""
    words = dictionary.load()
    stem = dictionary.Stemmer()
    chinese = tuple(_is_chinese(text) for text in (zh, en))
    if chinese == (True, False):
        right = tokens.english(en, stem)
        names = tokens.pinyin_names(en)
        left = tokens.chinese(zh, words, names)
        return left, right, dictionary_links(left, right, words, stem, names)
    if chinese == (False, True):
        right, left, links = sides(en, zh)
        return left, right, links.turned()
    if chinese == (True, True):
        left, right = tokens.chinese(zh, words, ()), tokens.chinese(en, words, ())
    else:
        left, right = tokens.english(zh, stem), tokens.english(en, stem)
    return left, right, same_language_links(left, right, words, stem)


def _is_chinese(text: Sequence[str]) -> bool:
    sample = "".join(text[:2000])
    return 5 * count_han(sample) > len(sample)


def _lateness(times: Times, sure: Sequence[Bead]) -> NDArray[np.float32] | None:
    """Say how many seconds apart two sentences are, or nothing where the clocks don't agree.

    The clocks agree where ten sure beads or more have both times and half of these lie within
    five seconds of the usual difference.
    """
    zh, en = (np.array([np.nan if t is None else t for t in side], np.float32) for side in times)
    pairs = [(bead.zh[0], bead.en[0]) for bead in sure]
    between = np.array([en[j] - zh[i] for i, j in pairs], np.float32)
    between = between[~np.isnan(between)]
    if len(between) < 10:
        return None
    usual = np.median(between)
    if np.median(np.abs(between - usual)) > 5:
        return None
    apart = np.abs(en[None, :] - zh[:, None] - usual)
    return np.where(np.isnan(apart), np.float32(0), apart)


def _left_out(beads: Sequence[Bead]) -> tuple[float, float]:
    """Return the shares of the sentences that one side has and the other leaves out.

    Where much stands alone on both sides, it is translated freely rather than left out.
    """
    zh = sum(len(bead.zh) for bead in beads)
    en = sum(len(bead.en) for bead in beads)
    alone_zh = sum(len(bead.zh) for bead in beads if not bead.en)
    alone_en = sum(len(bead.en) for bead in beads if not bead.zh)
    share_zh, share_en = alone_zh / zh, alone_en / en
    free = min(share_zh, share_en)
    return (share_zh, share_en) if free < _FREE else (share_zh - free, share_en - free)


def _beads(
    zh: Side,
    en: Side,
    links: Links,
    skips: tuple[float, float],
    weights: Weights,
    apart: NDArray[np.float32] | None,
) -> Iterator[Bead]:
    """Align window by window; a window's last sentences are left to the next."""
    of_zh, of_en = Coverage(zh, en, links), Coverage(en, zh, links.turned())
    path = rough_path(zh, en, links)
    ratio = _ratio(zh, en)
    total_zh, total_en = len(zh.tokens), len(en.tokens)
    i = j = 0
    while i < total_zh or j < total_en:
        last = i + _WINDOW >= total_zh or max(total_zh, total_en // 2) <= _WHOLE
        rows = range(i, total_zh if last else i + _WINDOW)
        stop = total_en if last else min(total_en, max(j, int(path[rows.stop])) + _MARGIN)
        columns = range(j, stop)
        covered = (of_zh(rows, columns, LONGEST), of_en(columns, rows, LONGEST))
        scores = bead_scores(zh, en, rows, columns, covered, ratio, weights)
        if apart is not None:
            near = weights.seconds * np.minimum(apart[i : rows.stop, j : columns.stop], 10)
            for score in scores.values():
                score += near[: score.shape[0], : score.shape[1]]
        scores[1, 0] = np.full((len(rows), len(columns) + 1), skips[0], np.float32)
        skip = np.full(len(columns), skips[1])
        lattice = Lattice(len(rows), len(columns), scores, skip, open_end=not last)
        probable = lattice.posteriors()
        for di, dj, (m, n) in lattice.best():
            if not last and di >= _WINDOW - _OVERLAP:
                break
            probability = float(probable[m, n][di, dj]) if m else 1.0
            yield Bead(
                tuple(range(rows.start + di, rows.start + di + m)),
                tuple(range(columns.start + dj, columns.start + dj + n)),
                probability,
            )
            i, j = rows.start + di + m, columns.start + dj + n


def _ratio(zh: Side, en: Side) -> float:
    """Guess the ratio of lengths; texts of which one is abridged keep near the usual one."""
    ratio = float(en.length.sum() / max(zh.length.sum(), 1.0))
    return float(np.clip(ratio, _USUAL_RATIO / 1.4, _USUAL_RATIO * 1.4))


def _alone(zh: int, en: int) -> tuple[Bead, ...]:
    return (*(Bead((i,), (), 1.0) for i in range(zh)), *(Bead((), (j,), 1.0) for j in range(en)))


def _related(beads: Sequence[Bead]) -> bool:
    """Say whether at least a few of the pairs are good ones."""
    scores = [bead.score for bead in beads if bead.zh and bead.en]
    return bool(scores) and float(np.quantile(scores, 0.9)) >= _UNRELATED
