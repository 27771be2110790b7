"""What the alignment sees of a sentence: words with weights, length, and how it ends."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deckgen.alignment.dictionary import STOP_WORDS, BilingualDictionary, Stemmer

_LATIN = re.compile(r"[A-Za-z]+")
_PIECE = re.compile(r"(?P<num>\d[\d,.，]*)|(?P<latin>[A-Za-z]+)|(?P<han>[\u3400-\u9fff]+)")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_ZH_STOP = frozenset("的了着过是在和与也就都而及吧吗呢啊呀么之其这那地得")
_OPENS = re.compile(r"\s*[\"'“‘「『]")
_CLOSING = frozenset("\"'”’」』")
_MARK = re.compile('["“”「」『』]')
_SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|uen|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo"
    r"|ui|ue|ve|er|a|o|e|i|u|v)"
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an alignment: its sentences as types of words.

    `types` names each type; `tokens[i]` are the type numbers of sentence i; `weight[t]` says how
    telling type t is; `mass[i]` sums the weights of sentence i; `length[i]` counts its UTF-8 bytes;
    `opens` and `closes` say whether a quotation mark begins or ends it, `marks` counts them all.
    """

    types: tuple[str, ...]
    tokens: tuple[NDArray[np.int64], ...]
    weight: NDArray[np.float64]
    mass: NDArray[np.float64]
    length: NDArray[np.float64]
    ending: NDArray[np.int64]
    opens: NDArray[np.bool_]
    closes: NDArray[np.bool_]
    marks: NDArray[np.float64]


def chinese(
    sentences: Sequence[str], dictionary: BilingualDictionary, names: Iterable[str]
) -> Side:
    """Cut Chinese sentences into the dictionary's longest words.

    `names` are toneless pinyin of two and more syllables: characters that read like one are a word.
    """
    wanted = frozenset(names)
    found = _names(sentences, dictionary, wanted) if wanted else set()
    words = [_cut(sentence, dictionary, found) for sentence in sentences]
    new = _new_words(words)
    if new:
        words = [_cut(sentence, dictionary, found | new) for sentence in sentences]
    return _side(sentences, words)


def english(sentences: Sequence[str], stem: Stemmer) -> Side:
    """Stem the words of English sentences."""
    words = []
    for sentence in sentences:
        row = []
        for piece in _PIECE.finditer(sentence):
            if piece["num"]:
                row.append(_number(piece["num"]))
            elif piece["latin"] and piece["latin"].lower() not in STOP_WORDS:
                row.append(stem(piece["latin"]))
        words.append(row)
    return _side(sentences, words)


def pinyin_names(sentences: Sequence[str]) -> frozenset[str]:
    """Gather the capitalised English words that may be pinyin of two and more syllables."""
    words = {word for sentence in sentences for word in re.findall(r"\b[A-Z][a-z]{3,}\b", sentence)}
    return frozenset(word.lower() for word in words if _is_pinyin(word.lower()))


def _is_pinyin(word: str) -> bool:
    ends = {0}
    for start in range(len(word)):
        if start in ends:
            ends |= {
                start + size
                for size in range(1, 7)
                if start + size <= len(word) and _SYLLABLE.fullmatch(word, start, start + size)
            }
    return len(word) in ends


def _names(
    sentences: Sequence[str], dictionary: BilingualDictionary, wanted: frozenset[str]
) -> set[str]:
    found = set()
    longest = max(map(len, wanted))
    starts = {name[:1] for name in wanted}
    for run in {run for sentence in sentences for run in _HAN_RUN.findall(sentence)}:
        readings = [dictionary.readings.get(character, frozenset()) for character in run]
        for start in range(len(run) - 1):
            partial = {r for r in readings[start] if r[:1] in starts}
            for end in range(start + 1, min(start + 4, len(run))):
                partial = {p + r for p in partial for r in readings[end] if len(p + r) <= longest}
                if not partial:
                    break
                if partial & wanted:
                    found.add(run[start : end + 1])
    return found


def _cut(sentence: str, dictionary: BilingualDictionary, extra: set[str]) -> list[str]:
    words: list[str] = []
    for piece in _PIECE.finditer(sentence):
        if piece["num"]:
            words.append(_number(piece["num"]))
        elif piece["latin"]:
            words.append(piece["latin"])
        else:
            words.extend(_longest(piece["han"], dictionary.words, dictionary.longest, extra))
    return words


def _longest(
    run: str, known: dict[str, tuple[int, int]], longest: int, extra: set[str]
) -> list[str]:
    words = []
    start = 0
    while start < len(run):
        for end in range(min(start + longest, len(run)), start, -1):
            word = run[start:end]
            if end == start + 1 or word in known or word in extra:
                words.append(word)
                start = end
                break
    return [word for word in words if word not in _ZH_STOP]


def _new_words(sentences: Sequence[Sequence[str]]) -> set[str]:
    """Find runs of single characters that come again and again: names that no dictionary has."""
    counts: Counter[str] = Counter()
    for words in sentences:
        for size in (2, 3, 4):
            for start in range(len(words) - size + 1):
                run = words[start : start + size]
                if all(len(w) == 1 and w > "\u3400" for w in run):
                    counts["".join(run)] += 1
    frequent = {run: n for run, n in counts.items() if n >= 4}
    return {
        run
        for run, n in frequent.items()
        if not any(run in other and m >= 0.7 * n for other, m in frequent.items() if other != run)
    }


def _number(text: str) -> str:
    return "#" + text.replace(",", "").replace("，", "").rstrip(".").removesuffix(".0")


def _side(sentences: Sequence[str], words: Sequence[Sequence[str]]) -> Side:
    names = sorted({word for row in words for word in row})
    ids = {name: index for index, name in enumerate(names)}
    tokens = tuple(np.array([ids[word] for word in row], np.int64) for row in words)
    seen = np.zeros(len(names))
    for row in tokens:
        seen[np.unique(row)] += 1
    weight = np.log((len(sentences) + 1) / (seen + 0.5)) / math.log(len(sentences) + 2)
    weight = np.clip(weight, 0.05, None)
    mass = np.array([weight[row].sum() for row in tokens])
    length = np.array([len(s.encode()) for s in sentences], np.float64)
    ending = np.array([_ending(s) for s in sentences], np.int64)
    opens = np.array([bool(_OPENS.match(s)) for s in sentences], np.bool_)
    closes = np.array([s.rstrip()[-1:] in _CLOSING for s in sentences], np.bool_)
    marks = np.array([len(_MARK.findall(s)) for s in sentences], np.float64)
    return Side(tuple(names), tokens, weight, mass, length, ending, opens, closes, marks)


def _ending(sentence: str) -> int:
    tail = sentence.rstrip("\"'”’」』）) ")[-1:]
    return {"?": 1, "？": 1, "!": 2, "！": 2, ":": 3, "：": 3, "…": 4}.get(tail, 0)
