"""Reads the numbers in Chinese and English text, in figures and in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Literal

_FIGURES = r"(?<![\d.])(?<!\d:)(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?!\d|[.:]\d)"
_DIGITS_ZH = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL_ZH = {"十": 10, "百": 100, "千": 1000}
_LARGE_ZH = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_COUNTED_ZH = (
    "年月日号天岁次个位名人块片倍层种类项条件台辆家座艘张本部篇章节段行步级等届代世周点分秒时小钟度米公"
    "里斤克吨升元美欧英韩圆角毛寸尺平亩折瓶杯勺碗盘对双组批句词字页参万千百亿兆把粒只头匹颗根棵支枝幅道门间"
    "所栋幢封份套副枚滴股场回趟遍番顿声成"
)
_NUMBER_ZH = re.compile(
    r"(?P<share>[百千]分之)?(?P<vague>[数几上](?=[十百千万亿]))?"
    rf"(?:(?P<figures>{_FIGURES})\s?(?P<scale>[十百千万亿兆]*)"
    r"|(?P<tenths>[一二三四五六七八九])成(?P<hundredths>[一二三四五六七八九])?(?![为功立员本长果分熟就千都品语绩年人交型份像吉效])"
    r"|(?P<dozen>一打)"
    r"|(?P<either>一两|两三|三四|四五|五六|六七|七八|八九)(?P<of>[十百千]?[万亿]?)(?![一二两三四五六七八九点])"
    r"|(?P<han>[零〇一二两三四五六七八九十百千万亿兆]+(?:点[零〇一二三四五六七八九]+[万亿兆千百]*)?))"
    r"(?:\s?[几多余](?P<more>[万亿兆]+))?(?P<part>分之[\d一二三四五六七八九十]+)?(?P<centuries>个世纪)?"
)
_DECADE_ZH = re.compile(
    r"(?P<c>20|19|18|二十|十九|十八)\s?世纪\s?(?P<d>[1-9]0|[一二三四五六七八九]十)(?=\s?年代)"
)
_IDIOM_ZH = re.compile(
    r"一(?:定|些|般|样|直|起|旦|切|下子?|边|面|方面|致|体|贯|向|时|并|点(?![〇零一二三四五六七八九])"
    r"|共|再|律|概|味|同|会儿|身|举|系列|流|线|路|对一|步一步)|万(?:一|能|物|分|万|岁)|千万(?=不|别|要)"
    r"|千(?:方|辛|差|篇|变|里)|百(?:姓|科|货|合)|十(?:分(?!之|钟)|足)|百分[点百]|四(?:处|周|面|肢|川|季)"
    r"|三(?:明治|星|番|角|思)|五(?:官|金|颜六色|花)|六神|七(?:嘴|上)|八(?:卦|角)|九州"
    r"|(?<![十百千万亿])第?二(?:手|维|进制|者|人|话)|两(?:者|边|面|端|侧|难)|唯一|统一|单一|同一|进一步|万千"
    r"|成千(?:上万)?|星期[一二三四五六日天]|周[一二三四五六日](?!年)|[一二]战|(?<!分)之一|三三两两|零(?:食|件|售|散|钱|花)"
    r"|一一|[三五七十]项全能|铁人三项|(?<=某)一|一个人"
)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_ORDINALS = (
    " first  third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_UNITS_EN = {word: n for n, word in enumerate(_UNITS.split())}
_ORDINALS_EN = {word: n for n, word in enumerate(_ORDINALS.split(" ")) if word}
_TENS_EN = {word: 10 * n for n, word in enumerate(_TENS.split(), start=2)}
_VALUES_EN = _UNITS_EN | _TENS_EN | _ORDINALS_EN
_TIMES_EN = {"once": 1, "twice": 2, "thrice": 3}
_SCALES_EN = {
    "dozen": 12, "decade": 10, "decades": 10, "hundred": 100, "centuries": 100, "thousand": 1000,
    "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_SUFFIXES = {"k": 10**3, "K": 10**3, "M": 10**6, "mn": 10**6, "B": 10**9, "bn": 10**9}
_FIGURES_EN = re.compile(
    rf"(?<!\w)(?P<n>{_FIGURES})(?:(?P<s>[kKMB]|mn|bn)\b|(?P<o>st|nd|rd|th)\b)?"
    rf"(?:[\s-](?P<scale>{'|'.join(_SCALES_EN)})\b)?"
)
_WORD_EN = re.compile(r"half an?\b|[A-Za-z]+", re.IGNORECASE)
_MARK = re.compile(
    r"(?:^|(?<=\s))\(?\d{1,2}[.)](?=\s)|\bc\d+::|\b(?:1-on-1|one-on-one)\b|1\s?对\s?1|1步1步"
)
_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+-?\d+(?:\.\d+)?[A-Za-z]*(?!\d)")
_BETWEEN = re.compile(r"\s*(?:[-–—~到至或]|to|or|and)\s*")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written at `start` to `end` of a text; two in one place for 四五十.

    `sure` says that it counts or measures beyond doubt, `vague` that it is of the order of
    magnitude only (数十亿); `scale` is what a word behind it multiplies by.
    """

    value: Fraction
    written: str
    start: int
    end: int
    sure: bool
    kind: Literal["", "%", "ordinal", "month"] = ""
    in_figures: bool = False
    vague: bool = False
    scale: int = 1


def chinese(text: str) -> list[Number]:
    """Find the numbers of a Chinese text; idioms such as 一般 are none."""
    plain = _blanked(_IDIOM_ZH, _plain(text))
    decades = [
        Number(_decade(match), match[0], *match.span(), True)
        for match in _DECADE_ZH.finditer(plain)
    ]
    plain = _blanked(_DECADE_ZH, plain)
    found = [n for match in _NUMBER_ZH.finditer(plain) for n in _number_zh(match, plain)]
    return _scaled(plain, [*decades, *found])


def english(text: str) -> list[Number]:
    """Find the numbers of an English text, in figures, in words, and as names of months."""
    plain = _plain(text)
    found = []
    for match in _FIGURES_EN.finditer(plain):
        scale = _SUFFIXES.get(match["s"] or "", 1) * _SCALES_EN.get(match["scale"] or "", 1)
        value = Fraction(match["n"].replace(",", "")) * scale
        kind: Literal["", "ordinal"] = "ordinal" if match["o"] else ""
        found.append(Number(value, match[0], *match.span(), True, kind, True, scale=scale))
    return _scaled(plain, [*found, *_words_en(_blanked(_FIGURES_EN, plain))])


def names(text: str) -> frozenset[str]:
    """Return the names that hold a figure, such as GPT-2 or R21, in lower case, without hyphens.

    >>> sorted(names("GPT-2 and gpt3.5 on 40GB"))
    ['gpt2', 'gpt3.5']
    """
    found = _NAME.findall(_MARK.sub(" ", unicodedata.normalize("NFKC", text)))
    return frozenset(name.replace("-", "").lower() for name in found)


def _plain(text: str) -> str:
    """Narrow wide characters; blank marks of lists and deletions, and names that hold a figure."""
    if not text.isascii():
        narrow = (unicodedata.normalize("NFKC", c) for c in text)
        text = "".join(n if len(n) == 1 else c for n, c in zip(narrow, text, strict=True))
    return _blanked(_NAME, _blanked(_MARK, text))


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: "\0" * len(match[0]), text)


def _scaled(text: str, found: Sequence[Number]) -> list[Number]:
    """Put numbers in order, and give both ends of a range the scale of the second: 3 到 4 亿."""
    numbers = sorted(found, key=lambda number: number.start)
    for index, (one, other) in enumerate(pairwise(numbers)):
        shares = one.scale == 1 < other.scale and one.value < other.value / other.scale
        if shares and _BETWEEN.fullmatch(text, one.end, other.start):
            numbers[index] = replace(one, value=one.value * other.scale, scale=other.scale)
    return numbers


def _decade(match: re.Match[str]) -> Fraction:
    century, decade = (Fraction(n) if n.isascii() else _value_zh(n) for n in match.group("c", "d"))
    return (century - 1) * 100 + decade


def _number_zh(match: re.Match[str], text: str) -> Iterator[Number]:
    if match["part"]:
        return
    behind = _scale_zh(match["more"] or "") * (100 if match["centuries"] else 1)
    if match["figures"]:
        behind *= _scale_zh(match["scale"])
        values = [Fraction(match["figures"].replace(",", ""))]
    elif match["either"]:
        values = [_value_zh(digit + match["of"]) for digit in match["either"]]
    elif match["han"]:
        values = [_value_zh(match["han"])]
    else:
        parts = match["tenths"], match["hundredths"] or "零"
        values = [_value_zh("十".join(parts)) if match["tenths"] else Fraction(12)]
    written = match[0].rstrip()
    end = match.start() + len(written)
    after = text[end : end + 1]
    vague = bool(match["vague"]) or after in (*"几多余",) or written == "亿万"
    counts = len(written) > 1 or after in (*_COUNTED_ZH,)
    kind: Literal["", "%", "ordinal"] = "%" if match["share"] or match["tenths"] else ""
    if text[: match.start()].endswith(("第", "初")):
        kind = "ordinal"
    last = re.search("[万亿兆]*$", match["han"] or "")
    for value in values:
        yield Number(
            value * behind,
            written,
            match.start(),
            end,
            bool(match["figures"]) or (counts and (value != 1 or kind == "%") and not vague),
            kind,
            bool(match["figures"]),
            vague or bool(match["more"]),
            behind * _scale_zh(last[0] if last else ""),
        )


def _value_zh(han: str) -> Fraction:
    """Return the value of a number in Han characters: 三十五亿, 一点二万, 二〇一七."""
    whole, _, rest = han.partition("点")
    decimals = rest.rstrip("万亿兆千百")
    value = _whole_zh(whole)
    if decimals:
        value += Fraction(int("".join(str(_DIGITS_ZH[c]) for c in decimals)), 10 ** len(decimals))
    return value * _scale_zh(rest[len(decimals) :])


def _scale_zh(han: str) -> int:
    return prod(_SMALL_ZH.get(c) or _LARGE_ZH[c] for c in han)


def _whole_zh(han: str) -> Fraction:
    if all(c in _DIGITS_ZH for c in han):
        return Fraction(int("".join(str(_DIGITS_ZH[c]) for c in han) or "0"))
    total = section = digit = 0
    for c in han:
        if c in _DIGITS_ZH:
            digit = _DIGITS_ZH[c]
        elif c in _SMALL_ZH:
            section += (digit or 1) * _SMALL_ZH[c]
            digit = 0
        else:
            total = (total + section + digit or 1) * _LARGE_ZH[c]
            section = digit = 0
    return Fraction(total + section + digit)


@dataclass(slots=True)
class _Words:
    """English number words in a row: `total` has the part before thousand, million and so on."""

    start: int
    end: int
    total: Fraction = Fraction(0)
    part: Fraction = Fraction(0)
    scale: int = 1
    single: bool = True
    sure: bool = True
    kind: Literal["", "ordinal", "month"] = ""

    def number(self, text: str) -> Number:
        value = self.total + self.part
        sure = self.sure and (not self.single or value >= 2)
        written = text[self.start : self.end]
        return Number(value, written, self.start, self.end, sure, self.kind, scale=self.scale)

    def takes(self, word: str, between: str) -> bool:
        """Say whether a word goes on with the number: six after twenty, hundred after six."""
        if self.kind or between.strip(" -\n\t"):
            return False
        unit = _UNITS_EN.get(word, _ORDINALS_EN.get(word))
        if unit is not None and unit < 10:
            return self.part % 10 == 0 and self.part > 0
        hundreds = self.part >= 100 and self.part % 100 == 0
        return word in _SCALES_EN or ((word in _TENS_EN or unit is not None) and hundreds)

    def add(self, word: str) -> None:
        if word in _SCALES_EN:
            self.part *= _SCALES_EN[word]
            self.scale *= _SCALES_EN[word]
            if _SCALES_EN[word] >= 1000:
                self.total, self.part = self.total + self.part, Fraction(0)
        else:
            self.part += _VALUES_EN[word]
            self.scale = 1


def _words_en(text: str) -> Iterator[Number]:
    row: _Words | None = None
    for match in _WORD_EN.finditer(text):
        word = match[0].lower()
        if row and row.takes(word, text[row.end : match.start()]):
            row.add(word)
            row.end, row.single = match.end(), False
            row.kind = "ordinal" if word in _ORDINALS_EN else ""
            continue
        if row and word == "and" and row.part >= 100 and not text[row.end : match.start()].strip():
            row.end = match.end()
            continue
        if row:
            yield row.number(text)
        row = _begun(match, word, text)
    if row:
        yield row.number(text)


def _begun(match: re.Match[str], word: str, text: str) -> _Words | None:
    """Begin a number with a word, where it is one."""
    row = _Words(*match.span())
    if word.startswith("half a"):
        row.part = Fraction(1, 2)
    elif word in _TIMES_EN or word in _SCALES_EN:
        before = text[: match.start()].rstrip().lower()
        row.part = Fraction(_TIMES_EN.get(word) or _SCALES_EN[word])
        row.sure = word in _SCALES_EN and re.search(r"\b(?:a|one)$", before) is not None
    elif match[0] in _MONTHS and _is_month(text, match):
        row.part, row.kind = Fraction(_MONTHS.index(match[0]) + 1), "month"
    elif word in _VALUES_EN:
        row.part = Fraction(_VALUES_EN[word])
        row.kind = "ordinal" if word in _ORDINALS_EN else ""
    else:
        return None
    return row


def _is_month(text: str, match: re.Match[str]) -> bool:
    if match[0] not in ("May", "March"):
        return True
    before = re.search(r"\b(?:in|of|on|since|by|until|last|next)\s$", text[: match.start()], re.I)
    return bool(before or re.match(r"\s[0-9]", text[match.end() :]))
