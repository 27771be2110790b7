"""What the number words of Chinese and English are worth."""

from __future__ import annotations

import re
from fractions import Fraction

DIGITS_ZH = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SMALL_ZH = {"十": 10, "百": 100, "千": 1000}
_LARGE_ZH = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS_EN = {word: n for n, word in enumerate(_UNITS.split())}
TENS_EN = {word: 10 * n for n, word in enumerate(_TENS.split(), start=2)}
SCALES_EN = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}


def han_value(text: str) -> Fraction:
    """Return the value of a Chinese number: 三十五亿, 3.5 亿, 一点二万, 二〇一七."""
    text = text.replace(",", "").replace("，", "").replace(" ", "")
    match = re.match(r"\d+(?:\.\d+)?", text)
    if match:
        return Fraction(match[0]) * scale(text[match.end() :])
    whole, _, rest = text.partition("点")
    decimals = rest.rstrip("万亿兆千百")
    value = _whole(whole)
    if decimals:
        value += Fraction(int("".join(str(DIGITS_ZH[c]) for c in decimals)), 10 ** len(decimals))
    return value * scale(rest[len(decimals) :])


def scale(han: str) -> int:
    """Return what a row of 十, 百, 千, 万, 亿 and 兆 multiplies by."""
    value = 1
    for character in han:
        value *= _SMALL_ZH.get(character) or _LARGE_ZH[character]
    return value


def _whole(text: str) -> Fraction:
    if all(c in DIGITS_ZH for c in text):
        return Fraction(int("".join(str(DIGITS_ZH[c]) for c in text) or "0"))
    total = section = digit = 0
    for c in text:
        if c in DIGITS_ZH:
            digit = DIGITS_ZH[c]
        elif c in _SMALL_ZH:
            section += (digit or 1) * _SMALL_ZH[c]
            digit = 0
        else:
            total = (total + section + digit or 1) * _LARGE_ZH[c]
            section = digit = 0
    return Fraction(total + section + digit)
