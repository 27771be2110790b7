"""How tones change in running speech: a display layer over citation tones.

The rules are those of textbooks: 一 and 不 by the tone that follows, neutral inside a repeated
word, and a third tone before a third tone, from the inside of words outwards. Whatever is not
read stops a change. Erhua changes no tone: its `r` joins the syllable before it.

>>> from deckgen.typography import Spelled
>>> [word.readings for word in sandhi([Spelled("小老虎", 0, ("xiǎo", "lǎo", "hǔ"))])]
[('xiǎo', 'láo', 'hǔ')]
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deckgen import hanzi, syllables
from deckgen.typography import Read, Spelled

_DIGITS = frozenset("〇零一二三四五六七八九")
_ORDINAL_BEFORE = frozenset("月号等级流线期审班楼")
"""What follows an ordinal 一, as in 一月, which keeps its tone."""
_DETERMINERS = frozenset(["这一", "那一", "哪一", "每一", "某一", "另一", "同一", "任一", "各一"])
_MODIFIERS = frozenset("小老纸很女总好")
"""What stands before a foot of two in a word of three, as in 小老虎."""


@dataclass(frozen=True, slots=True)
class _Syllable:
    character: str
    letters: str
    tone: int
    index: int  # of its word among all words
    word: str
    is_last: bool  # in its word
    foot: int  # in its word


def sandhi(words: Iterable[Read]) -> tuple[Spelled, ...]:
    """Return the words with the tones that are spoken instead of those of the dictionary."""
    given = list(words)
    spoken: list[list[str]] = [[] for _ in given]
    for phrase in _phrases(given):
        tones = _third_tones(phrase, _yi_and_bu(phrase))
        for syllable, tone in zip(phrase, tones, strict=True):
            spoken[syllable.index].append(syllables.marked(f"{syllable.letters}{tone}"))
    return tuple(
        Spelled(word.text, word.start, None if word.readings is None else tuple(readings))
        for word, readings in zip(given, spoken, strict=True)
    )


def _phrases(words: Sequence[Read]) -> list[list[_Syllable]]:
    """List the runs of syllables that nothing unread interrupts."""
    phrases: list[list[_Syllable]] = [[]]
    for index, word in enumerate(words):
        readings = iter(word.readings or ())
        feet = _feet(word.text)
        for place, character in enumerate(word.text):
            reading = next(readings, None) if hanzi.is_han(character) else None
            if reading is None:
                phrases.append([])
                continue
            letters, tone = syllables.split(reading)
            is_last = place == len(word.text) - 1
            phrases[-1].append(
                _Syllable(character, letters, tone, index, word.text, is_last, feet[place])
            )
    return phrases


def _feet(word: str) -> list[int]:
    """Number the foot of each character: pairs from the left, or 1 + 2 as in 小老虎."""
    shift = 1 if len(word) == 3 and word[0] in _MODIFIERS else 0
    return [(place + shift) // 2 for place in range(len(word))]


def _yi_and_bu(phrase: Sequence[_Syllable]) -> list[int]:
    tones = [syllable.tone for syllable in phrase]
    neighbours = zip([None, *phrase], phrase, [*phrase[1:], None], strict=False)
    for place, (before, this, after) in enumerate(neighbours):
        if after is None or (this.character, this.tone) not in {("一", 1), ("不", 4)}:
            continue
        following = 4 if after.character == "个" else after.tone
        counted = place > 1 and phrase[place - 2].character == "一"
        if before and before.character == after.character not in _DIGITS and not counted:
            tones[place] = 5
        elif this.character == "不" or (
            following != 5 and not _is_plain_number(before, this, after)
        ):
            tones[place] = 2 if following == 4 else 4
    return tones


def _is_plain_number(before: _Syllable | None, this: _Syllable, after: _Syllable) -> bool:
    """Say whether a 一 counts digits, orders, or ends a word, and so keeps its tone."""
    if before and before.character in _DIGITS | {"十", "第"}:
        return True
    if after.character in _DIGITS | {"十"}:
        return True
    if this.is_last and len(this.word) > 1:
        return this.word not in _DETERMINERS
    return after.character in _ORDINAL_BEFORE


def _third_tones(phrase: Sequence[_Syllable], tones: list[int]) -> list[int]:
    borders = _borders(phrase)
    for strength in range(4):
        for place, border in enumerate(borders):
            if border == strength and tones[place] == tones[place + 1] == 3:
                tones[place] = 2
    return tones


def _borders(phrase: Sequence[_Syllable]) -> list[int]:
    """Rate the border after each syllable: in a foot, in a word, in two short words, between."""
    borders = []
    paired = False
    for this, after in itertools.pairwise(phrase):
        if this.index == after.index:
            borders.append(0 if this.foot == after.foot else 1)
            paired = False
            continue
        paired = not paired and len(this.word) == len(after.word) == 1
        borders.append(2 if paired else 3)
    return borders
