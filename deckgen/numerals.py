"""How the numbers in a Chinese text are read aloud.

Years and long codes go digit by digit, percentages and fractions put the whole first, 第 makes an
ordinal, and two of something is 两.

>>> spoken("2026年"), spoken("30%"), spoken("第3章"), spoken("2个")
('二零二六年', '百分之三十', '第三章', '两个')
>>> pinyin("2026", after="年"), pinyin("30%"), pinyin("356")
('èr líng èr liù', 'bǎi fēn zhī sānshí', 'sānbǎi wǔshíliù')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from deckgen import syllables
from deckgen.hanzi import number_words

_DIGITS = "零一二三四五六七八九"
_READINGS = {
    **{"零": "líng", "一": "yī", "二": "èr", "三": "sān", "四": "sì", "五": "wǔ"},
    **{"六": "liù", "七": "qī", "八": "bā", "九": "jiǔ"},
    **{"十": "shí", "百": "bǎi", "千": "qiān", "万": "wàn", "亿": "yì", "两": "liǎng"},
    **{"点": "diǎn", "负": "fù", "分": "fēn", "之": "zhī", "到": "dào"},
}
_LARGE = ("", "万", "亿", "万亿", "亿亿")
_MOST_DIGITS = 16
_PLACES = ("", "十", "百", "千")
_MEASURE = "个位只条张本辆家次种天年岁倍块杯件名台架座篇句段步周遍颗层代场份项款枚小时分秒"
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])(?<![A-Za-z]-)(?<![A-Za-z]\+\+)(?P<minus>[-−](?=\d))?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)"
    r"(?:\.(?P<part>\d+))?(?:/(?P<under>\d+)(?![\d/.]))?"
    r"(?:[-–—~～](?P<to>\d+(?:\.\d+)?))?(?P<percent>[%％‰])?(?![A-Za-z_]|\.\d)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits at `start` to `end` of a text, with how it is read."""

    start: int
    end: int
    han: str
    readings: tuple[str, ...]


def numbers(text: str) -> Iterator[Number]:
    """List the numbers of a text that are read aloud, which those in Latin names are not."""
    for match in _NUMBER.finditer(text):
        han = _number(match, text)
        yield Number(*match.span(), han, tuple(_READINGS[character] for character in han))


def spoken(text: str) -> str:
    """Write out the numbers of a text in Han characters, as they are read aloud.

    Digits that are part of a Latin name, as in GPT-4 or 3D, stay.
    """
    shown = unicodedata.normalize("NFKC", text) if re.search("[０-９％]", text) else text
    return _NUMBER.sub(lambda match: _number(match, shown), shown)


def pinyin(number: str, *, before: str = "", after: str = "") -> str | None:
    """Write how a number is read between two texts, or None where it is no number."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", number))
    return None if match is None else _pinyin(_number(match, before + number + after, len(before)))


def _number(match: re.Match[str], text: str, offset: int = 0) -> str:
    before = text[: match.start() + offset]
    after = text[match.end() + offset :]
    whole, part, to = match["whole"].replace(",", ""), match["part"], match["to"]
    unit = {None: "", "%": "百分之", "％": "百分之", "‰": "千分之"}[match["percent"]]
    if match["under"]:
        return f"{unit}{_cardinal(match['under'])}分之{_cardinal(whole)}"
    if to and _is_code(whole, to, after):
        return f"{_by_digit(whole)}到{_by_digit(to)}"
    if _is_code(whole, "", after) and not (part or unit or match["minus"] or "," in match["whole"]):
        read = _by_digit(whole)
    else:
        counted = not (unit or part or to) and not before.rstrip().endswith("第")
        read = _counted(whole, after) if counted else _cardinal(whole)
    sign = "负" if match["minus"] and not re.search(r"\w\s*$", before) else ""
    decimals = f"点{_by_digit(part)}" if part else ""
    upper = f"到{spoken(to)}" if to else ""
    return f"{sign}{unit}{read}{decimals}{upper}"


def _is_code(whole: str, to: str, after: str) -> bool:
    """Say whether digits are named one by one: years, leading zeros, long codes."""
    is_year = after.lstrip().startswith("年")
    if is_year and len(whole) == 4 and len(to) in (0, 2, 4):
        return True
    return not to and ((len(whole) > 1 and whole[0] == "0") or len(whole) > _MOST_DIGITS)


def _by_digit(digits: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in digits)


def _counted(whole: str, after: str) -> str:
    """Read a number before what it counts: 2 is 两 before a measure word, 万 and 亿."""
    unit = after.lstrip()[:1]
    if whole == "2" and unit and unit in _MEASURE + "百千万亿":
        return "两"
    return _cardinal(whole)


def _cardinal(whole: str) -> str:
    if len(whole) > _MOST_DIGITS:
        return _by_digit(whole)
    number = int(whole)
    if number == 0:
        return "零"
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    read = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            is_gap = bool(read) and (group < 1000 or not groups[place + 1])
            read += ("零" if is_gap else "") + _below_ten_thousand(group) + _LARGE[place]
    read = re.sub("^二(?=[千万亿])", "两", read)
    return re.sub("^一十", "十", read)


def _below_ten_thousand(group: int) -> str:
    digits = str(group)
    read = "".join(
        _DIGITS[int(digit)] + (_PLACES[len(digits) - 1 - place] if digit != "0" else "")
        for place, digit in enumerate(digits)
    )
    return re.sub("零+", "零", read).rstrip("零")


def _pinyin(han: str) -> str:
    """Join the syllables of a number after GB/T 16159."""
    return " ".join(
        " ".join(_READINGS[c] for c in word)
        if word.endswith("分之")
        else syllables.join([_READINGS[c] for c in word])
        for word in number_words(han)
    )
