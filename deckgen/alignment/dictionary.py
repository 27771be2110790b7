"""The dictionary side of the alignment: from Chinese words to English stems."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from deckgen import cache, cedict

STOP_WORDS = frozenset(
    "a an the of to in on at by for from with and or as be is are was were been being am it its "
    "that this these those which there etc sb sth one's t s re ve ll d m o used cl variant also "
    "abbr pr fig lit esp old taiwan do does did done have has had having so if than".split()
)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|CL:\S+|\S*[\u3400-\u9fff]\S*")
_FORMAT = 5
_MOST_STEMS = 48


class Stemmer:
    """A stemmer of English words that stems each only once, if its stem is not known before."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._stem = snowballstemmer.stemmer("english").stemWord
        self.known = dict(known or {})

    def __call__(self, word: str) -> str:
        """Return the stem of a word, in lower case."""
        word = word.lower()
        stem = self.known.get(word)
        if stem is None:
            stem = self.known[word] = self._stem(word)
        return stem


@dataclass(frozen=True, slots=True)
class BilingualDictionary:
    """CC-CEDICT's words with the stems of their English senses.

    A word's stems are `stems[stem_ids[first:last]]` with `first, last = words[word]`; `weights`
    say how much of a sense one stem is, in 0…1. `readings` has a character's syllables, toneless;
    `stem_of` the stem of each English word in the senses.
    """

    words: dict[str, tuple[int, int]] = field(repr=False)
    stems: tuple[str, ...] = field(repr=False)
    stem_ids: NDArray[np.int32] = field(repr=False)
    weights: NDArray[np.float32] = field(repr=False)
    readings: dict[str, frozenset[str]] = field(repr=False)
    stem_of: dict[str, str] = field(repr=False)
    longest: int

    def senses(self, word: str) -> dict[str, float]:
        """Return the stems of a word with their weights, nothing for an unknown word."""
        first, last = self.words.get(word, (0, 0))
        return {
            self.stems[stem]: float(weight)
            for stem, weight in zip(
                self.stem_ids[first:last], self.weights[first:last], strict=True
            )
        }


@functools.cache
def load() -> BilingualDictionary:
    """Read the dictionary, compiled on first use (some seconds) into the user's cache."""
    data = cache.compiled("alignment", f"{_FORMAT} {cedict.version()}", _compile)
    with np.load(io.BytesIO(data)) as arrays:
        headwords = arrays["headwords"].tobytes().decode().split("\n")
        stems = tuple(arrays["stems"].tobytes().decode().split("\n"))
        counts, stem_ids = arrays["counts"], arrays["stem_ids"]
        weights = arrays["weights"].astype(np.float32) / 255
        readings = {
            line[0]: frozenset(line[1:].split())
            for line in arrays["readings"].tobytes().decode().split("\n")
        }
        english = arrays["english"].tobytes().decode().split("\n")
        stem_of = {word: stems[i] for word, i in zip(english, arrays["stem_of"], strict=True)}
    ends = np.cumsum(counts).tolist()
    words = dict(zip(headwords, zip([0, *ends[:-1]], ends, strict=True), strict=True))
    longest = max(map(len, headwords))
    return BilingualDictionary(words, stems, stem_ids, weights, readings, stem_of, longest)


def _compile() -> bytes:
    stem = Stemmer()
    senses: dict[str, dict[str, float]] = {}
    readings: dict[str, set[str]] = {}
    for entry in cedict.parse():
        if len(entry.simplified) == 1:
            syllable = entry.pinyin.rstrip("012345").lower().replace("ü", "v")
            for character in entry.simplified + entry.traditional:
                readings.setdefault(character, set()).add(syllable)
        weights = dict(_weights(entry.senses, stem))
        for headword in {entry.simplified, entry.traditional}:
            merged = senses.setdefault(headword, {})
            for key, weight in weights.items():
                merged[key] = max(weight, merged.get(key, 0.0))
    stems = sorted({key for weights in senses.values() for key in weights})
    ids = {key: index for index, key in enumerate(stems)}
    headwords = sorted(senses)
    english = sorted(stem.known)
    kept = [
        sorted(senses[word].items(), key=lambda item: (-item[1], item[0]))[:_MOST_STEMS]
        for word in headwords
    ]
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        headwords=np.frombuffer("\n".join(headwords).encode(), np.uint8),
        readings=np.frombuffer(
            "\n".join(f"{c}{' '.join(sorted(r))}" for c, r in sorted(readings.items())).encode(),
            np.uint8,
        ),
        stems=np.frombuffer("\n".join(stems).encode(), np.uint8),
        english=np.frombuffer("\n".join(english).encode(), np.uint8),
        stem_of=np.array([ids[stem.known[word]] for word in english], np.int32),
        counts=np.array([len(pairs) for pairs in kept], np.int32),
        stem_ids=np.array([ids[key] for pairs in kept for key, _ in pairs], np.int32),
        weights=np.array([round(w * 255) for pairs in kept for _, w in pairs], np.uint8),
    )
    return buffer.getvalue()


def _weights(senses: tuple[str, ...], stem: Stemmer) -> Iterator[tuple[str, float]]:
    best: dict[str, float] = {}
    for sense in senses:
        for gloss in _ASIDE.sub(" ", sense).split(";"):
            words = [part for word in _WORD.findall(gloss) for part in word.split("-")]
            content = [stem(word) for word in words if word.lower() not in STOP_WORDS]
            for key in content:
                best[key] = max(best.get(key, 0.0), len(content) ** -0.5)
    yield from best.items()
