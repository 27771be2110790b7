"""The words that text is cut into, with their frequency, part of speech and readings.

The headwords and readings are those of CC-CEDICT, the frequencies and parts of speech those of
jieba's dictionary; the phrases of pypinyin add readings but no words. All of it is compiled once
and unpacked a first character at a time, so that the first sentence need not wait.
"""

from __future__ import annotations

import functools
import marshal
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib import metadata, resources
from pathlib import Path
from typing import NamedTuple

from deckgen import cache, cedict
from deckgen.hanzi import HAN, is_han
from deckgen.syllables import is_legal, marked, plain

RARE = 3
"""The frequency of the rarest words in jieba's dictionary, and of the words it lacks."""

_HEADWORD = re.compile(rf"[\w·{HAN}]*[{HAN}][\w·{HAN}]*")
_NUMBERED = re.compile(r"[a-zü]+[1-5]")
_NO_CITATION = ("m", "n", "ng", "hm", "hng", "ê")
_ASIDE = re.compile(
    r"(?:old |archaic |erroneous |unofficial )?variant of|surname |\(archaic|Japanese"
)

_COUNTED = {
    **dict.fromkeys(["有的", "是的", "倒是", "年年", "外在"], 5_000),
    **dict.fromkeys(["端的", "日电", "他用", "他杀"], 0),
}
"""Frequencies of common headwords that jieba's dictionary lacks, and of some that stand by chance
where prose has their characters, as in 后端的 and 他用手机."""


class _Block(NamedTuple):
    """All words that begin with one character, a line each; `readings` has `|` between several."""

    words: str
    frequencies: tuple[int, ...]
    tags: str
    readings: str


class Vocabulary:
    """Words by frequency, tag and readings; `need` a text before looking up what stands in it."""

    def __init__(self) -> None:
        own = Path(__file__).read_text(encoding="utf-8") + _data("readings.tsv")
        version = f"{own} {cedict.version()} " + " ".join(
            f"{name} {metadata.version(name)}" for name in ("jieba", "pypinyin")
        )
        self._blocks: dict[str, _Block]
        self.total: int
        self.total, self._simplified, self._blocks = marshal.loads(
            cache.compiled("vocabulary", f"{version} marshal {marshal.version}", _compile)
        )
        self.frequencies: dict[str, int] = {}
        self.tags: dict[str, str] = {}
        self.readings: dict[str, str] = {}
        self._unpacked: set[str] = set()

    def need(self, text: str) -> None:
        """Unpack the words that begin with a character of `text`.

        Afterwards `frequencies` has 0 for what only begins a word, `tags` the first letter of
        jieba's part of speech, and `readings` those of a word, tone-marked, one syllable a Han
        character, with spaces between, and `|` between several, the likeliest first.
        """
        for first in set(text) - self._unpacked:
            self._unpacked.add(first)
            if block := self._blocks.pop(first, None):
                self._unpack(_Block(*block))

    def add(self, word: str, frequency: int) -> None:
        """Add a word, or make one more frequent."""
        self.need(word[0])
        self.frequencies[word] = max(frequency, self.frequencies.get(word, 0))
        for end in range(1, len(word)):
            self.frequencies.setdefault(word[:end], 0)

    def simplified(self, text: str) -> str:
        """Return `text` with each traditional character replaced by its usual simplified form."""
        return text.translate(self._simplified)

    def _unpack(self, block: _Block) -> None:
        frequencies = self.frequencies
        words = block.words.split("\n")
        for word, frequency, tag in zip(words, block.frequencies, block.tags, strict=True):
            if frequency:
                frequencies[word] = frequency
                self.tags[word] = tag
                for end in range(1, len(word)):
                    frequencies.setdefault(word[:end], 0)
        self.readings.update(zip(words, block.readings.split("\n"), strict=True))


def _compile() -> bytes:
    frequencies, tags = _jieba()
    readings: dict[str, list[str]] = defaultdict(list)
    aside: dict[str, list[str]] = defaultdict(list)
    words: dict[str, int] = {}
    settled, settles = _settled(), {}
    pairs: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    forms: Counter[str] = Counter()
    for entry in cedict.parse():
        likely = frequencies.get(entry.simplified, RARE)
        for word in (entry.simplified, entry.traditional):
            if not _HEADWORD.fullmatch(word):
                continue
            words[word] = max(frequencies.get(word, 0), words.get(word, 0), likely)
            if entry.simplified in settled:
                settles[word] = settled[entry.simplified]
            tags.setdefault(word, tags.get(entry.simplified, "x"))
            if reading := _marked(word, entry.pinyin):
                secondary = _ASIDE.match(entry.senses[0]) or entry.pinyin[0].isupper()
                (aside if secondary else readings)[word].append(reading)
        for one, other in zip(entry.traditional, entry.simplified, strict=False):
            pairs[one][other] += 1
        forms.update(entry.simplified)
    words.update(_COUNTED)
    total = sum(words.values())
    for several in readings.values():
        several.sort(key=_neutral_syllables, reverse=True)
        if several[0].endswith(" r"):
            several[:] = [one for one in several if not one.endswith(" ér")]
    for word, more in aside.items():
        readings[word] += more
    for word, options in _pypinyin():
        known = readings.get(word)
        if known is None:
            words.setdefault(word, 0)
            readings[word] = list(options)
        elif len(word) == 1 and options[0] in known:
            known.insert(0, options[0])
    readings.update(settles)
    blocks: dict[str, list[str]] = defaultdict(list)
    for word in words:
        blocks[word[0]].append(word)
    simplified = {
        ord(one): most
        for one, others in pairs.items()
        if (most := max(sorted(others), key=others.__getitem__)) != one
        and one not in others
        and forms[one] <= others[most]
    }
    packed = {
        first: tuple(
            _Block(
                "\n".join(block),
                tuple(words[word] for word in block),
                "".join(tags.get(word, "x") for word in block),
                "\n".join("|".join(dict.fromkeys(readings[word])) for word in block),
            )
        )
        for first, block in blocks.items()
    }
    return marshal.dumps((total, simplified, packed))


def _settled() -> dict[str, list[str]]:
    """Return the readings that stand for CC-CEDICT's, by word in simplified characters."""
    lines = (line.split("\t") for line in _data("readings.tsv").splitlines() if line[0] != "#")
    return {word: readings.split("|") for word, readings in lines}


def _data(name: str) -> str:
    return (resources.files("deckgen") / "data" / name).read_text("utf-8")


def _jieba() -> tuple[dict[str, int], dict[str, str]]:
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    with (resources.files("jieba") / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency, tag = line.split()
            frequencies[word] = int(frequency)
            tags[word] = tag[0]
    return frequencies, tags


def _pypinyin() -> Iterable[tuple[str, tuple[str, ...]]]:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    for code, readings in PINYIN_DICT.items():
        if is_han(chr(code)) and (legal := tuple(filter(_is_citation, readings.split(",")))):
            yield chr(code), legal
    for phrase, syllables in PHRASES_DICT.items():
        if len(phrase) == len(syllables) > 1 and all(map(is_han, phrase)):
            yield phrase, (_citation(phrase, [options[0] for options in syllables]),)


def _marked(word: str, pinyin: str) -> str | None:
    """Return tone marks for CC-CEDICT's numbers, None unless each Han character has a syllable."""
    numbered = (one for one in pinyin.lower().split() if _NUMBERED.fullmatch(one))
    legal = [marked(one) for one in numbered if _is_citation(one)]
    if len(word) == 1:
        legal = legal[:1]
    if len(legal) != sum(map(is_han, word)):
        return None
    return _citation(word, legal)


@functools.cache
def _is_citation(syllable: str) -> bool:
    return is_legal(syllable) and plain(syllable) not in _NO_CITATION


def _neutral_syllables(reading: str) -> int:
    """Count them: where a word may have one, that is the everyday word, as 东西 dōngxi."""
    return sum(map(str.isascii, reading.split(" "))) if " " in reading else 0


def _citation(word: str, syllables: list[str]) -> str:
    """Undo the tone sandhi that dictionaries write into 一 and 不."""
    undone = {("一", "yí"): "yī", ("一", "yì"): "yī", ("不", "bú"): "bù"}
    han = filter(is_han, word)
    return " ".join(undone.get(pair, pair[1]) for pair in zip(han, syllables, strict=True))
