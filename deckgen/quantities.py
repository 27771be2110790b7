"""Reads the quantities in Chinese and English text, so that they can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from deckgen.numberwords import DIGITS_ZH, SCALES_EN, TENS_EN, UNITS_EN, han_value, scale

_ENGLISH_NUMBERS = UNITS_EN | TENS_EN | {"dozen": 12}
_ENGLISH_SCALES = {word: value for word, value in SCALES_EN.items() if word != "dozen"} | {
    "k": 1000, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9,
}  # fmt: skip
_UNITS = {
    "%": r"%|％|percent|per cent",
    "decade": r"年代|s\b",
    "year of date": r"(?<=\d{4})\s*年(?!前|后|来|的时间)",
    "year": r"年|岁|years?\b|-year",
    "month": r"个?月|months?\b",
    "week": r"周|个?星期|weeks?\b",
    "day": r"天|日|days?\b",
    "hour": r"个?小时|hours?\b",
    "minute": r"分钟|minutes?\b",
    "second": r"秒钟?|seconds?\b",
    "money": r"美元|美金|块钱|元|dollars?\b|bucks\b",
    "person": r"个?人(?!形|类|工|脑|机)|名?(?:学生|员工)|people\b|students?\b|employees\b",
    "times": r"倍|times\b|x\b",
    "parameter": r"个?参数|parameters?\b",
    "standard deviation": r"个?标准差|standard deviations?\b|sigmas?\b",
    "token": r"个?(?:词元|tokens?)\b",
}
_UNIT = re.compile(
    r"\s*(?:" + "|".join(f"(?P<u{i}>{pattern})" for i, pattern in enumerate(_UNITS.values())) + ")"
)
_CLASSIFIER = re.compile(
    r"\s*(?:多|余)?[个台条名位次款种项只件家本门点些块副圈步层代句片把份张部段轮场起样番群本组套]"
)
_HAN_NUMBER = r"[零〇一二两三四五六七八九十百千万亿兆]+(?:点[零〇一二三四五六七八九]+)?"
_DIGIT_NUMBER = r"\d[\d,，]*(?:\.\d+)?"
_CHINESE = re.compile(
    rf"(?<![A-Za-z\d.:第初某])(?P<percent>百分之)?(?P<vague>数|几|上)?"
    rf"(?P<digits>{_DIGIT_NUMBER})?(?:\s?(?P<han>{_HAN_NUMBER}))?(?P<some>几|多|余)?"
    rf"(?![A-Za-z\d:：]|\.\d)"
)
_SMALLEST = 3  # a few of one unit are no slip for a few of another
_RANGE = re.compile(r"\s*(?:到|至|-|–|—|~|～|to)\s*$")
_SKIPPED = re.compile(
    r"四处|四周|四肢|八卦|三番|五花|千方|七上|百分百|成千|万物|万分|一个人|一对一|1\s?对\s?1|one-on-one|1-on-1|[一1]步[一1]步|一[点些样直般旦致切起下时边]|同一|统一|单一|唯一|之一|进一步|万一|十分|千万别|万能|一路"
)
_WORDS = "|".join(sorted([*_ENGLISH_NUMBERS, "hundred"], key=len, reverse=True))
_ENGLISH = re.compile(
    r"(?<![\w.:])(?P<money>[$€£])?\s?"
    r"(?:(?P<digits>\d[\d,]*(?:\.\d+)?)"
    rf"|(?P<words>(?:half an?|an?|{_WORDS})(?:[ -](?:and )?(?:{_WORDS}))*\b))"
    rf"(?:[ -]?(?P<scale>{'|'.join(_ENGLISH_SCALES)})s?\b)?(?!\w*\d|:\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: `low` to `high` (the same but in ranges) of a unit, "" where unknown.

    `weak` numbers count nothing much: 一个, "one", without a unit; `vague` ones are of the order
    of magnitude only: 数十亿, "billions". `text[start:end]` is where it stands.
    """

    low: float
    high: float
    unit: str
    start: int
    end: int
    weak: bool = False
    vague: bool = False

    def agrees(self, other: Quantity) -> bool:
        """Say whether both may be the same quantity."""
        if self.unit and other.unit and self.unit != other.unit:
            return False
        if self.vague or other.vague:
            return 0.1 < (self.low or 1e-9) / (other.low or 1e-9) < 10
        slack = 1e-6 * max(abs(self.low), abs(other.low))
        return self.low <= other.high + slack and other.low <= self.high + slack

    def begins(self, other: Quantity) -> bool:
        """Say whether only one is a range, and the other no more than one of its ends."""
        single, wide = (self, other) if self.low == self.high else (other, self)
        return single.low == single.high != wide.high and single.low in (wide.low, wide.high)

    def factor(self, other: Quantity) -> float:
        """Return how many times one is the other, at least 1."""
        small, large = sorted((abs(self.low) or 1e-9, abs(other.low) or 1e-9))
        return large / small


@lru_cache(maxsize=1024)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Find the quantities of a text in either language, in order."""
    skipped = [match.span() for match in _SKIPPED.finditer(text)]
    found = [
        quantity
        for quantity in sorted([*_chinese(text), *_english(text)], key=lambda q: (q.start, -q.end))
        if not any(start <= quantity.start < end for start, end in skipped)
    ]
    apart: list[Quantity] = []
    for quantity in found:
        if not apart or quantity.start >= apart[-1].end:
            apart.append(quantity)
    return tuple(_ranges(text, apart))


def said(quantity: Quantity, text: str, other: str) -> bool:
    """Say whether another text has a text's number; 一个 and the like only with the same noun."""
    noun = _noun(text, quantity)
    return any(
        quantity.agrees(q)
        and not quantity.begins(q)
        and (noun == _noun(other, q) if quantity.weak else not q.weak)
        for q in quantities(other)
    )


def rival_of(quantity: Quantity, text: str, other: str) -> Quantity | None:
    """Find the number of another text that stands in the place of a text's."""
    noun = _noun(text, quantity)
    for q in quantities(other):
        if (quantity.agrees(q) and not quantity.begins(q)) or (quantity.weak and q.weak):
            continue
        same_unit = bool(quantity.unit) and (
            quantity.unit == q.unit or (bool(q.unit) and quantity.low == q.low > _SMALLEST)
        )
        large = min(quantity.low, q.low) >= 1000 and "" in (quantity.unit, q.unit)
        if same_unit or large or (noun and noun == _noun(other, q)):
            return q
    return None


def _noun(text: str, quantity: Quantity) -> str:
    rest = text[quantity.end : quantity.end + 6].strip().lstrip("个条名位次种项只门")
    return rest.strip()[:2] if len(rest.strip()) >= 2 and rest.strip()[:2].isalpha() else ""


def _chinese(text: str) -> Iterator[Quantity]:
    for match in _CHINESE.finditer(text):
        if not match["digits"] and not match["han"]:
            continue
        value = float((match["digits"] or "1").replace(",", "").replace("，", "").rstrip("."))
        if match["han"]:
            value = value * scale(match["han"]) if match["digits"] else _han_value(match["han"])
        unit, end = _unit(text, match.end())
        if match["percent"]:
            unit = "%"
        elif 1900 <= value <= 2100 and unit == "year" and not match["han"]:
            unit = "year of date"
        counted = bool(_CLASSIFIER.match(text, match.end()))
        weak = not match["digits"] and unit == "" and value < (3 if counted else 10)
        vague = bool(match["vague"] or match["some"]) or match["han"] == "亿万"
        yield Quantity(value, value, unit, match.start(), end, weak, vague)


def _english(text: str) -> Iterator[Quantity]:
    for match in _ENGLISH.finditer(text):
        words = (match["words"] or "").lower()
        if words in ("a", "an") and not match["scale"]:
            continue
        value = float(match["digits"].replace(",", "")) if match["digits"] else _words_value(words)
        value *= _ENGLISH_SCALES[match["scale"].lower()] if match["scale"] else 1
        unit, end = _unit(text, match.end())
        if unit == "decade":
            value %= 100
        if match["money"]:
            unit = "money"
        elif (
            1900 <= value <= 2100 and unit == "" and match["digits"] and "," not in match["digits"]
        ):
            unit = "year of date"
        weak = not match["digits"] and unit == "" and value < 3
        yield Quantity(value, value, unit, match.start(), end, weak)


def _ranges(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Join the two ends of a range: 20 到 30 人, 30-40 亿."""
    index = 0
    while index < len(found):
        first = found[index]
        if index + 1 < len(found):
            second = found[index + 1]
            if _RANGE.match(text[first.end : second.start]) and first.unit in ("", second.unit):
                scale = 1.0
                while first.low * scale * 10 <= second.low and second.low >= 1e4:
                    scale *= 10
                yield Quantity(first.low * scale, second.high, second.unit, first.start, second.end)
                index += 2
                continue
        yield first
        index += 1


def _unit(text: str, end: int) -> tuple[str, int]:
    after = _CLASSIFIER.match(text, end)
    for place in (end, after.end() if after else end):
        if match := _UNIT.match(text, place):
            index = next(i for i in range(len(_UNITS)) if match[f"u{i}"])
            return list(_UNITS)[index], match.end()
    return "", end


def _han_value(han: str) -> float:
    whole = han.partition("点")[0]
    if len(whole) == 2 and whole == han and all(c in DIGITS_ZH and DIGITS_ZH[c] for c in whole):
        return float(DIGITS_ZH[whole[0]])  # 四五个: the lower end
    return float(han_value(han))


def _words_value(words: str) -> float:
    if words.startswith("half"):
        return 0.5
    total = 0.0
    for word in re.split(r"[ -]", words):
        if word == "hundred":
            total = (total or 1) * 100
        elif word == "dozen":
            total = (total or 1) * 12
        elif word in _ENGLISH_NUMBERS:
            total += _ENGLISH_NUMBERS[word]
    return total or 1.0
