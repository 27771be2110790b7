"""Numbers in Chinese and English text, as values that can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from deckgen.numberwords import SCALES_EN, TENS_EN, UNITS_EN, han_value

_SCALES = SCALES_EN | {"decade": 10, "decades": 10}
_ORDINALS_EN = {
    "first": 1,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
}
_TIMES_EN = {"once": 1, "twice": 2, "thrice": 3}
_SUFFIX = {"k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9, "bn": 10**9}

_MONTH_NAMES = (
    "january february march april may june july august september october november december"
)
_MONTHS = _MONTH_NAMES.split()
_ZH_CHARS = "零〇一二两三四五六七八九十百千万亿兆"
_NUMBER_ZH = re.compile(
    rf"(?:百分之|千分之)?(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?\s?[十百千万亿兆]*|"
    rf"[{_ZH_CHARS}]+(?:点[零〇一二三四五六七八九]+[万亿兆千百]*)?)"
)
_COUNTED_ZH = (
    "年月日号天岁次个位名人块片倍倍层种类项条件台辆家座艘张本部篇章节段行步级等届代世周点分秒时小钟度米公"
    "里斤克吨升元美欧英韩日圆角毛英寸尺平亩折瓶杯勺碗盘对双组批句词字页行参万千百亿兆把粒只头匹颗根棵"
    "支枝幅道门间所栋幢封份套副枚滴股场回趟遍番顿声对成"
)
_IDIOM_ZH = re.compile(
    r"一(?:定|些|般|样|直|起|旦|切|下子?|边|面|方面|致|体|贯|向|时|并|点(?![〇零一二三四五六七八九])|共|再|律|概|味|同|会儿|个|种|步|"
    r"项|位|家|只|条|件|名|次|大|块|段|层|本|台|辆|张|篇|部|片|句话?|代|类|门|组|批|身|举|系列|流|线)|"
    r"万(?:一|能|物|分|万|岁)|千万(?=不|别|要)|千(?:方|辛|差|篇|变|里)|百(?:姓|科|货|合)|十(?:分(?!之|钟)|足)|百分点|"
    r"四(?:处|周|面|肢|川|季)|三(?:明治|星|番|角|思)|五(?:官|金|颜六色)|六神|七(?:嘴|上)|八(?:卦|角)|九州|"
    r"(?<![十百千万亿])第?二(?:手|维|进制|者|人|话)|两(?:者|边|面|端|侧|难)|唯一|统一|单一|同一|万千|成千上万|"
    r"数[十百千万亿]+|几[十百千万亿]+|[十百千万亿]+[几多]|上[百千万亿]+(?=[的个名人])|星期[一二三四五六日天]|"
    r"周[一二三四五六日](?!年)|[一二]战|之一|三三两两|零(?:食|件|售|散|钱|花)|一一|[三五七十]项全能|铁人三项|亿万|"
    r"(?<![百千])(?:[一二三四五六七八九十两]+|\d+)分之(?:[一二三四五六七八九十]+|\d+)"
)
_DIGITS_EN = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?)(?:(?P<s>[kKMB]|bn)\b|(?:st|nd|rd|th|s)\b)?"
    r"(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion|decades?|dozen)\b)?"
)
_WORD_EN = re.compile(r"[A-Za-z]+")
_CENTURY_ZH = re.compile(
    r"(?P<c>20|19|18|二十|十九|十八)\s?世纪\s?(?P<d>[1-9]0|[一二三四五六七八九]十)\s?年代"
)
_RANGE_ZH = re.compile(r"([0-9.]+)\s?([-–~到至])\s?([0-9.]+)\s?([万亿])")
_RANGE_EN = re.compile(
    r"([0-9.]+)(\s?[-–]\s?|\s(?:to|or|and)\s)([0-9.]+)\s(million|billion|trillion|thousand)"
)
_ABOUT_ZH = re.compile(
    "(?<![一二两三四五六七八九十百千])(一两|两三|三四|三五|四五|五六|六七|七八|八九)"
    "([十百千]?[万亿]?)(?![一二两三四五六七八九点])"
)
_ABOUT_EN = re.compile(
    r"\b([a-z]+)\s(or|to)\s([a-z]+)\s(hundred|thousand|million|billion|trillion|centuries)\b",
    re.IGNORECASE,
)
_HALF_EN = re.compile(r"\bhalf\sa\s(million|billion|trillion|dozen)\b")
_MARK = re.compile(r"(?:^|\s)\(?[0-9]{1,2}[.)](?=\s)|\bc[0-9]+::")
_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+-?[0-9]+(?:\.[0-9]+)?[A-Za-z]*(?![0-9])")
_TENTHS_ZH = re.compile(
    "([一二三四五六七八九])成(?![为功立员本长果分熟就千都品语绩年人交型份像吉效])"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; `sure` says that it counts or measures beyond doubt."""

    value: Fraction
    written: str
    sure: bool


def chinese(text: str) -> Iterator[Number]:
    """Yield the numbers of a Chinese text; idioms such as 一般 are none."""
    text = _plain(text).replace("一打", "十二个")
    text = _CENTURY_ZH.sub(lambda m: f"{_decade(m['c'], m['d'])}年代", text)
    text = _TENTHS_ZH.sub(r"百分之\1十", text).replace("百分之百", "100%")
    text = re.sub("([一二两三四五六七八九])个世纪", r"\1百年", text)
    text = _ABOUT_ZH.sub(lambda m: f"{m[1][0]}{m[2]}或{m[1][1]}{m[2]}", text)
    text = _RANGE_ZH.sub(r"\1\4\2\3\4", text)
    blank = _IDIOM_ZH.sub(lambda m: "　" * len(m[0]), text)
    for match in _NUMBER_ZH.finditer(blank):
        written = match["n"].strip()
        value = han_value(written)
        following = blank[match.end() : match.end() + 1]
        digits = any(c.isdecimal() for c in written)
        long = len(written) > 1 or match[0] != match["n"]
        counts = bool(following) and following in _COUNTED_ZH
        yield Number(value, match[0].strip(), digits or (value != 1 and (long or counts)))


def _decade(century: str, decade: str) -> int:
    return int((han_value(century) - 1) * 100 + han_value(decade))


def _plain(text: str) -> str:
    """Leave out marks of lists and deletions, and names that hold a figure."""
    text = unicodedata.normalize("NFKC", text)
    return _NAME.sub(" ", _MARK.sub(" ", text))


def names(text: str) -> frozenset[str]:
    """Return the names that hold a figure, such as GPT-2 or R21, in lower case, without hyphens.

    >>> sorted(names("GPT-2 and gpt3.5 on 40GB"))
    ['gpt2', 'gpt3.5']
    """
    found = _NAME.findall(_MARK.sub(" ", unicodedata.normalize("NFKC", text)))
    return frozenset(name.replace("-", "").lower() for name in found)


def english(text: str) -> Iterator[Number]:
    """Yield the numbers of an English text, in figures, in words, and as names of months."""
    text = _plain(text)
    text = _ABOUT_EN.sub(r"\1 \4 \2 \3 \4", text)
    text = re.sub(r"\bcenturies\b", "hundred", text)
    text = _HALF_EN.sub(r"0.5 \1", _RANGE_EN.sub(r"\1 \4\2\3 \4", text))
    taken: list[tuple[int, int]] = []
    for match in _DIGITS_EN.finditer(text):
        value = Fraction(match["n"].replace(",", ""))
        value *= _SUFFIX.get(match["s"] or "", 1) * _SCALES.get(match["scale"] or "", 1)
        taken.append(match.span())
        yield Number(value, match[0], True)
    words = [
        match
        for match in _WORD_EN.finditer(text)
        if not any(start <= match.start() < end for start, end in taken)
    ]
    yield from _words_en(text, words)


def _words_en(text: str, words: list[re.Match[str]]) -> Iterator[Number]:
    total = part = Fraction(0)
    start: int | None = None
    end = 0
    single = sure = True

    def done() -> Iterator[Number]:
        if start is not None:
            value = total + part
            yield Number(value, text[start:end], sure and (not single or value >= 2))

    for match in words:
        word = match[0].lower()
        joins = start is not None and not re.search(r"[^\s-]", text[end : match.start()])
        if start is not None and not (joins and (word in _SCALES or _adds(word, part))):
            if joins and word == "and" and part >= 100:
                end = match.end()
                continue
            yield from done()
            total = part = Fraction(0)
            start, single, sure = None, True, True
        value = UNITS_EN.get(word, TENS_EN.get(word, _ORDINALS_EN.get(word)))
        if value is not None:
            single = start is None
            part += value
        elif word in _SCALES and start is not None:
            single = False
            part *= _SCALES[word]
            if _SCALES[word] >= 1000:
                total, part = total + part, Fraction(0)
        elif word in _TIMES_EN or word in _SCALES:
            before = text[: match.start()].rstrip().lower()
            sure = word in _SCALES and re.search(r"\b(?:a|one)$", before) is not None
            part += _TIMES_EN.get(word) or _SCALES[word]
        elif match[0].istitle() and word in _MONTHS and _is_month(text, match):
            part += _MONTHS.index(word) + 1
        else:
            continue
        start = match.start() if start is None else start
        end = match.end()
    yield from done()


def _is_month(text: str, match: re.Match[str]) -> bool:
    if match[0] not in ("May", "March"):
        return True
    before = re.search(r"\b(?:in|of|on|since|by|until|last|next)\s$", text[: match.start()], re.I)
    return bool(before or re.match(r"\s[0-9]", text[match.end() :]))


def _adds(word: str, part: Fraction) -> bool:
    unit = UNITS_EN.get(word, _ORDINALS_EN.get(word))
    if unit is not None and unit < 10:
        return part % 10 == 0 and part > 0
    return (word in TENS_EN or (unit or 0) >= 10) and part >= 100 and part % 100 == 0
