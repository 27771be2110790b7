"""Pinyin syllables: their spellings, the inventory of Mandarin, and how a word joins them.

A syllable is written `zhōng` (marked), `zhong1` (numbered, 5 for the neutral tone), `zhong`
(plain) or `ㄓㄨㄥ` (bopomofo); every function takes the first two, also with `v` or `u:` for `ü`.
The `r` of erhua counts as a syllable in the neutral tone, since it is written with a character.

>>> numbered("nǚ"), marked("lu:e4"), plain("nǚ", ascii=True), bopomofo("zhōng"), tone("ma")
('nü3', 'lüè', 'nv', 'ㄓㄨㄥ', 5)
>>> join(["xī", "ān"], proper=True), join(["nǚ", "ér"]), join(["yī", "huì", "r"])
("Xī'ān", "nǚ'ér", 'yīhuìr')
>>> parse("fǎnxiàng chuánbō", 4)
('fǎn', 'xiàng', 'chuán', 'bō')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

_FINALS = {
    "": "a o e ê ai ei ao ou an en ang eng er",
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng iao u",
    "d": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ei ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing u uo uan un ü üe",
    "l": "a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ü üe",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "q": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh": "a e ai ei ao ou an en ang eng ong i u ua uo uai ui uan un uang",
    "ch": "a e ai ao ou an en ang eng ong i u ua uo uai ui uan un uang",
    "sh": "a e ai ei ao ou an en ang eng i u ua uo uai ui uan un uang",
    "r": "e ao ou an en ang eng ong i u ua uo ui uan un",
    "z": "a e ai ei ao ou an en ang eng ong i u uo ui uan un",
    "c": "a e ai ao ou an en ang eng ong i u uo ui uan un",
    "s": "a e ai ao ou an en ang eng ong i u uo ui uan un",
    "y": "a o e ai ao ou an in ang ing ong i u ue uan un",
    "w": "a o ai ei an en ang eng u",
}
_INTERJECTIONS = ("m", "n", "ng", "hm", "hng")
_RARE = ("bia", "biang", "biu", "bong", "cei", "din", "ging", "len", "sei", "wong")
_ERHUA = "r"
INVENTORY = frozenset(
    [initial + final for initial, finals in _FINALS.items() for final in finals.split()]
    + [*_INTERJECTIONS, *_RARE, _ERHUA]
)
"""Every toneless syllable: the Xiandai Hanyu Cidian's, then rare ones in CC-CEDICT and Unihan."""

_MARKS = {1: "\u0304", 2: "\u0301", 3: "\u030c", 4: "\u0300"}
_TONES = {mark: number for number, mark in _MARKS.items()}
_LONGEST = max(map(len, INVENTORY))
_LETTER = re.compile(r"[^\W\d_]")
_Way: TypeAlias = tuple[int, tuple[str, ...]]
_LETTERS = str.maketrans(
    {"ɡ": "g", "ɑ": "a", **dict.fromkeys("’‘ʼ`", "'"), **dict.fromkeys("·•", " ")}
)

_BOPOMOFO_INITIALS = {
    **{"b": "ㄅ", "p": "ㄆ", "m": "ㄇ", "f": "ㄈ", "d": "ㄉ", "t": "ㄊ", "n": "ㄋ", "l": "ㄌ"},
    **{"g": "ㄍ", "k": "ㄎ", "h": "ㄏ", "j": "ㄐ", "q": "ㄑ", "x": "ㄒ", "r": "ㄖ"},
    **{"zh": "ㄓ", "ch": "ㄔ", "sh": "ㄕ", "z": "ㄗ", "c": "ㄘ", "s": "ㄙ"},
}
_BOPOMOFO_FINALS = {
    **{"a": "ㄚ", "o": "ㄛ", "e": "ㄜ", "ê": "ㄝ", "i": "ㄧ", "u": "ㄨ", "ü": "ㄩ", "er": "ㄦ"},
    **{"ai": "ㄞ", "ei": "ㄟ", "ao": "ㄠ", "ou": "ㄡ"},
    **{"an": "ㄢ", "en": "ㄣ", "ang": "ㄤ", "eng": "ㄥ"},
    **{"ie": "ㄧㄝ", "iu": "ㄧㄡ", "in": "ㄧㄣ", "ing": "ㄧㄥ", "iong": "ㄩㄥ"},
    **{"ui": "ㄨㄟ", "un": "ㄨㄣ", "ong": "ㄨㄥ", "üe": "ㄩㄝ", "ün": "ㄩㄣ"},
}
_BOPOMOFO_INTERJECTIONS = {"m": "ㄇ", "n": "ㄣ", "ng": "ㄫ", "hm": "ㄏㄇ", "hng": "ㄏㄫ", "r": "ㄦ"}
_BOPOMOFO_TONES = {1: "", 2: "ˊ", 3: "ˇ", 4: "ˋ"}


class PinyinError(ValueError):
    """Written pinyin that cannot be read, with the reason."""


@lru_cache(maxsize=4096)
def split(syllable: str) -> tuple[str, int]:
    """Part a syllable into its letters (`ü` as such, case kept) and its tone, 1 to 5."""
    letters = unicodedata.normalize("NFD", syllable.strip().translate(_LETTERS))
    number = 5
    if letters[-1:].isdecimal():
        number = int(letters[-1]) or 5
        letters = letters[:-1]
    for mark in _TONES.keys() & set(letters):
        number = _TONES[mark]
        letters = letters.replace(mark, "")
    letters = unicodedata.normalize("NFC", letters).replace("u:", "ü").replace("U:", "Ü")
    return letters.replace("v", "ü").replace("V", "Ü"), number


def tone(syllable: str) -> int:
    """Return the tone, 1 to 4, or 5 for the neutral tone."""
    return split(syllable)[1]


def numbered(syllable: str) -> str:
    """Write the tone as a number after the letters."""
    letters, number = split(syllable)
    return f"{letters}{number}"


def plain(syllable: str, *, ascii: bool = False) -> str:
    """Write the letters without tone; `ascii` turns `ü` into `v` as keyboards have it."""
    letters = split(syllable)[0]
    return letters.replace("ü", "v").replace("Ü", "V").replace("ê", "e") if ascii else letters


def marked(syllable: str) -> str:
    """Write the tone as a mark on the vowel where the standard puts it; none if neutral."""
    letters, number = split(syllable)
    if number not in _MARKS:
        return letters
    place = _vowel_to_mark(letters.lower())
    text = letters[: place + 1] + _MARKS[number] + letters[place + 1 :]
    return unicodedata.normalize("NFC", text)


def bopomofo(syllable: str) -> str:
    """Write a legal syllable in bopomofo, the neutral tone's dot before it; else PinyinError."""
    letters, number = split(syllable.lower())
    if letters not in INVENTORY:
        raise PinyinError(f'"{syllable}" is no pinyin syllable')
    symbols = _BOPOMOFO_INTERJECTIONS.get(letters) or _bopomofo_symbols(letters)
    return f"˙{symbols}" if number == 5 else symbols + _BOPOMOFO_TONES[number]


def is_legal(syllable: str) -> bool:
    """Say whether this is one syllable of Mandarin with a possible tone, marked as it should be."""
    letters, number = split(syllable)
    if letters.lower() not in INVENTORY or not 1 <= number <= 5:
        return False
    return syllable in (marked(syllable), numbered(syllable))


def is_erhua(syllable: str) -> bool:
    """Say whether this is the `r` that colours the syllable before it."""
    return split(syllable)[0].lower() == _ERHUA


def join(syllables: Sequence[str], *, proper: bool = False) -> str:
    """Write the syllables of one word together, with apostrophes.

    A syllable with a capital begins a new part of a name (`Běi jīng Dà xué` → `Běijīng Dàxué`);
    `proper` gives the first one a capital.
    """
    word = ""
    for syllable in map(marked, syllables):
        if word and syllable[0].isupper():
            word += " "
        elif word and _starts_with_vowel(syllable):
            word += "'"
        word += syllable
    return word[:1].upper() + word[1:] if proper else word


def parse(text: str, count: int, *, keep_case: bool = False) -> tuple[str, ...]:
    """Read an author's pinyin as `count` marked syllables, or raise PinyinError.

    Tone marks or numbers, spaces, hyphens, apostrophes and capitals may be as the author likes;
    a border that is not written is where the standard would not need an apostrophe. Syllables are
    in lower case; `keep_case` leaves the capitals of names.
    """
    ways: dict[int, _Way] = {0: (0, ())}
    for run in _runs(text):
        cuts = _cuts(run)
        if not cuts:
            raise PinyinError(f'"{run}" in "{text}" is not made of pinyin syllables')
        longer: dict[int, _Way] = {}
        for have, (cost, done) in sorted(ways.items()):
            for more, (extra, syllables) in sorted(cuts.items()):
                way = (cost + extra, done + syllables)
                longer[have + more] = min(way, longer.get(have + more, way), key=_rank)
        ways = longer
    if count not in ways:
        likely = min(ways, key=lambda number: _rank(ways[number]))
        raise PinyinError(f'"{text}" has {likely} syllables for {count} Han characters')
    found = tuple(map(marked, ways[count][1]))
    return found if keep_case else tuple(syllable.lower() for syllable in found)


def parts(text: str, count: int) -> tuple[tuple[str, ...], ...]:
    """Read an author's pinyin as `parse` does, the syllables of each written word together."""
    left = list(parse(text, count, keep_case=True))
    found = []
    for word in text.replace("-", " ").replace("·", " ").split():
        letters = len(_LETTER.findall(unicodedata.normalize("NFKC", word).replace("u:", "ü")))
        taken: list[str] = []
        while left and len("".join(map(plain, taken))) < letters:
            taken.append(left.pop(0))
        found.append(tuple(taken))
    return tuple(filter(None, found))


def _vowel_to_mark(letters: str) -> int:
    for vowel in "aeê":
        if vowel in letters:
            return letters.index(vowel)
    if "ou" in letters:
        return letters.index("o")
    places = [place for place, letter in enumerate(letters) if letter in "iouü"]
    return places[-1] if places else next((letters.index(c) for c in "mn" if c in letters), 0)


def _starts_with_vowel(syllable: str) -> bool:
    return unicodedata.normalize("NFD", syllable)[:1].lower() in {"a", "e", "o"}


def _bopomofo_symbols(letters: str) -> str:
    spelled = re.sub("^yu", "ü", letters)
    spelled = re.sub("^yi", "i", spelled)
    spelled = re.sub("^wu", "u", spelled)
    spelled = {"you": "iu", "wei": "ui", "wen": "un", "yong": "iong", "weng": "ong"}.get(
        spelled, spelled.replace("y", "i").replace("w", "u")
    )
    initial = next((i for i in ("zh", "ch", "sh", spelled[0]) if spelled.startswith(i)), "")
    if initial not in _BOPOMOFO_INITIALS:
        initial = ""
    final = spelled[len(initial) :]
    if initial in {"j", "q", "x"} and final.startswith("u"):
        final = "ü" + final[1:]
    if final == "i" and initial in {"zh", "ch", "sh", "r", "z", "c", "s"}:
        final = ""
    symbols = _BOPOMOFO_FINALS.get(final)
    if symbols is None and final:
        symbols = _BOPOMOFO_FINALS[final[0]] + _BOPOMOFO_FINALS[final[1:]]
    return _BOPOMOFO_INITIALS.get(initial, "") + (symbols or "")


def _runs(text: str) -> list[str]:
    """Part written pinyin where the author did; capitals stay only where a word starts."""
    letters = unicodedata.normalize("NFC", text).translate(_LETTERS).replace("u:", "ü")
    if strange := re.search(r"[^\w\s'\-–.,/\u0300-\u036f]|_", letters):
        raise PinyinError(f'"{strange[0]}" in "{text}" is no part of pinyin')
    words = [word[0] + word[1:].lower() for word in letters.split()]
    return [run for run in re.split(r"[\s'\-–.,/]+", " ".join(words)) if run]


def _cuts(run: str) -> dict[int, _Way]:
    """Map each possible number of syllables of a run to the best way of cutting it."""
    best: list[dict[int, _Way]] = [{} for _ in run] + [{0: (0, ())}]
    for start in reversed(range(len(run))):
        for end in range(start + 1, min(len(run), start + _LONGEST + 2) + 1):
            piece = run[start:end]
            if not _is_written_syllable(piece, run[end : end + 1], at_start=not start):
                continue
            letters = split(piece.lower())[0]
            if letters in _INTERJECTIONS and len(run) > len(piece):
                continue
            odd = letters in _RARE or letters == _ERHUA
            for count, (cost, rest) in best[end].items():
                if rest and _needs_apostrophe(piece, rest[0]):
                    continue
                unmarked_border = bool(rest) and _starts_with_vowel(rest[0])
                way = (cost + 2 * odd + unmarked_border, (piece, *rest))
                known = best[start].get(count + 1)
                if known is None or _rank(way) < _rank(known):
                    best[start][count + 1] = way
    return best[0]


def _is_written_syllable(piece: str, following: str, *, at_start: bool) -> bool:
    if following and (following in "012345" or unicodedata.combining(following)):
        return False
    letters = split(piece.lower())[0]
    marks = sum(c in _TONES for c in unicodedata.normalize("NFD", piece))
    digits = sum(c.isdecimal() for c in piece)
    if letters == _ERHUA and (at_start or tone(piece) != 5):
        return False
    return letters in INVENTORY and marks + digits <= 1 and piece[-1] not in "06789"


def _needs_apostrophe(syllable: str, following: str) -> bool:
    """Say whether two syllables written without apostrophe would read as one."""
    if not _starts_with_vowel(following) or syllable[-1].isdecimal():
        return False
    return _is_written_syllable(syllable + following, "", at_start=True)


def _rank(way: _Way) -> tuple[int, tuple[int, ...]]:
    cost, syllables = way
    return cost, tuple(-len(syllable) for syllable in syllables)
