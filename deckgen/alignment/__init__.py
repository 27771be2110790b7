"""Align the sentences of a Chinese text with those of its English translation.

Beads are found by dynamic programming, first over the translations of words (CC-CEDICT), numbers,
names, lengths and ends of sentences; a second pass uses what the first learnt about the document's
own words, and what the sentences mean. Nothing is loaded from a network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from deckgen.alignment import dictionary, tokens
from deckgen.alignment.association import (
    dictionary_links,
    joined,
    learnt_links,
    same_language_links,
)
from deckgen.alignment.coverage import Coverage, Links
from deckgen.alignment.embedding import Embeddings
from deckgen.alignment.encoder import Encoder, load
from deckgen.alignment.scoring import BY_WORDS, LONGEST, SLACK, WITH_MEANING, Window
from deckgen.alignment.tokens import Side
from deckgen.alignment.windows import rough_path
from deckgen.hanzi import count_han


@dataclass(frozen=True, slots=True)
class Windows:
    """How texts are cut: windows of so many Chinese sentences, of which the next repeats some.

    `margin` is how many English sentences a window has beyond the path that is expected; a text of
    at most `whole` sentences is one window.
    """

    rows: int
    overlap: int
    margin: int
    whole: int


_WIDE = Windows(rows=192, overlap=40, margin=90, whole=400)
_NARROW = Windows(rows=96, overlap=24, margin=48, whole=120)
Scorer = Literal["words", "words and embeddings"]
Times = tuple[Sequence[float | None], Sequence[float | None]]

_SURE = 0.6
_SETTLED = 0.98
_USUAL_RATIO = 1.2  # English UTF-8 bytes for one of Chinese
_USUALLY_LEFT_OUT = 0.03
_FREE = 0.25
_UNRELATED = 0.18
_ENOUGH_PAIRS = 400


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that translate each other, as indexes; one side may be empty.

    `score` is the confidence, 0…1: of beads with a score of 0.8, eight in ten are right.
    """

    zh: tuple[int, ...]
    en: tuple[int, ...]
    score: float


class _Linked:
    """Two texts and how far each covers the words of the other."""

    def __init__(self, zh: Side, en: Side, links: Links) -> None:
        self.zh, self.en = zh, en
        self.of_zh, self.of_en = Coverage(zh, en, links), Coverage(en, zh, links.turned())


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads of two texts, in order, each sentence in one of them.

    `related` is false where the texts seem to have nothing to do with each other, or one is empty:
    then every sentence stands alone. `scorer` says what the pairs were judged by.
    """

    beads: tuple[Bead, ...]
    related: bool = True
    scorer: Scorer = "words"


def align(
    zh: Sequence[str],
    en: Sequence[str],
    times: Times | None = None,
    find_encoder: Callable[[], Encoder | None] = load,
) -> Alignment:
    """Align two lists of sentences; both may also be in one language.

    `times` says when each sentence begins, in seconds, where that is known; the two clocks may
    differ by a constant. Where the languages differ, a sentence encoder helps, if there is one.
    """
    if not zh or not en:
        return Alignment(_alone(len(zh), len(en)), False)
    with threadpool_limits(1, "blas"):  # small matrices: more threads would wait for each other
        return _aligned(zh, en, times, find_encoder)


def _aligned(
    zh: Sequence[str],
    en: Sequence[str],
    times: Times | None,
    find_encoder: Callable[[], Encoder | None],
) -> Alignment:
    left, right, links = sides(zh, en)
    usual = _USUALLY_LEFT_OUT, _USUALLY_LEFT_OUT
    rough = rough_path(left, right, links)
    texts = _Linked(left, right, links)
    first = tuple(_beads(texts, usual, rough, _WIDE))
    sure = [bead for bead in first if bead.zh and bead.en and bead.score >= _SURE]
    if not _related(first, texts):
        return Alignment(_alone(len(zh), len(en)), False)
    learnt = learnt_links(left, right, [(bead.zh, bead.en) for bead in sure])
    texts = _Linked(left, right, joined(links, learnt))
    late = _lateness(times, sure) if times else None
    encoder = find_encoder() if (is_chinese(zh), is_chinese(en)) == (True, False) else None
    path, left_out = _path(first), _left_out(first)
    if encoder is None:
        return Alignment(tuple(_beads(texts, left_out, path, _NARROW, late)))
    settled = {(bead.zh, bead.en): bead for bead in sure if bead.score >= _SETTLED}
    embeddings = Embeddings(encoder, zh, en, tuple(settled))
    found = _beads(texts, left_out, path, _NARROW, late, embeddings)
    beads = tuple(settled.get((bead.zh, bead.en), bead) for bead in found)
    return Alignment(beads, scorer="words and embeddings")


def sides(zh: Sequence[str], en: Sequence[str]) -> tuple[Side, Side, Links]:
    """Cut two texts into words, each by its language, and links those that may mean the same."""
    words = dictionary.load()
    stem = dictionary.Stemmer(words.stem_of)
    chinese = tuple(is_chinese(text) for text in (zh, en))
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


def is_chinese(texts: Sequence[str]) -> bool:
    """Say whether texts are in Chinese rather than in a language of Latin letters."""
    sample = "".join(texts[:2000])
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
    texts: _Linked,
    left_out: tuple[float, float],
    path: NDArray[np.int64],
    windows: Windows,
    apart: NDArray[np.float32] | None = None,
    embeddings: Embeddings | None = None,
) -> Iterator[Bead]:
    """Align window by window; a window's last sentences are left to the next."""
    zh, en = texts.zh, texts.en
    ratio = _ratio(zh, en)
    total_zh, total_en = len(zh.tokens), len(en.tokens)
    i = j = 0
    while i < total_zh or j < total_en:
        last = i + windows.rows >= total_zh or max(total_zh, total_en // 2) <= windows.whole
        rows = range(i, total_zh if last else i + windows.rows)
        stop = total_en if last else min(total_en, max(j, int(path[rows.stop])) + windows.margin)
        columns = range(j, stop)
        covered = (texts.of_zh(rows, columns, LONGEST), texts.of_en(columns, rows, LONGEST))
        meaning = embeddings(rows, columns) if embeddings else None
        window = Window(zh, en, rows, columns, covered, ratio, apart, meaning)
        weights = WITH_MEANING if embeddings else BY_WORDS
        lattice = window.lattice(weights, left_out, open_end=not last)
        probable = lattice.posteriors()
        for di, dj, (m, n) in lattice.best():
            if not last and di >= windows.rows - windows.overlap:
                break
            yield Bead(
                tuple(range(rows.start + di, rows.start + di + m)),
                tuple(range(columns.start + dj, columns.start + dj + n)),
                probable.of(di, dj, (m, n)),
            )
            i, j = rows.start + di + m, columns.start + dj + n


def _path(beads: Sequence[Bead]) -> NDArray[np.int64]:
    """Return for each Chinese border the English border that the beads lead to."""
    steps = np.array([(len(bead.zh), len(bead.en)) for bead in beads], np.int64)
    borders = np.concatenate([np.zeros((1, 2), np.int64), np.cumsum(steps, 0)])
    last = np.searchsorted(borders[:, 0], np.arange(borders[-1, 0] + 1), side="right") - 1
    path: NDArray[np.int64] = borders[last, 1]
    return path


def _ratio(zh: Side, en: Side) -> float:
    """Guess the ratio of lengths; texts of which one is abridged keep near the usual one."""
    ratio = float(en.length.sum() / max(zh.length.sum(), 1.0))
    return float(np.clip(ratio, _USUAL_RATIO / 1.4, _USUAL_RATIO * 1.4))


def _alone(zh: int, en: int) -> tuple[Bead, ...]:
    return (*(Bead((i,), (), 1.0) for i in range(zh)), *(Bead((), (j,), 1.0) for j in range(en)))


def _related(beads: Sequence[Bead], texts: _Linked) -> bool:
    """Say whether the better half of the pairs translate enough of each other's words.

    Pairs of unrelated texts, however short, cover a tenth of each other; translations two fifths.
    """
    pairs = [bead for bead in beads if bead.zh and bead.en]
    pairs = pairs[:: len(pairs) // _ENOUGH_PAIRS + 1]
    shares = []
    for bead in pairs:
        rows, columns = (range(side[0], side[-1] + 1) for side in (bead.zh, bead.en))
        of_zh = texts.of_zh(rows, columns, len(columns))[-1, :, 0] / (texts.zh.mass[rows] + SLACK)
        of_en = texts.of_en(columns, rows, len(rows))[-1, :, 0] / (texts.en.mass[columns] + SLACK)
        shares.append(bead.score * float(np.concatenate([of_zh, of_en]).mean()))
    better = sorted(shares)[len(shares) // 2 :]
    return bool(better) and sum(better) / len(better) >= _UNRELATED
