"""Compares the quantities of two texts: numbers with their units, and ranges of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from deckgen.numbers import Number, chinese, english

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
_SMALLEST = 3  # a few of one unit are no slip for a few of another
_RANGE = re.compile(r"\s*(?:到|至|-|–|—|~|～|to)\s*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: `low` to `high` (the same but in ranges) of a unit, "" where unknown.

    `weak` numbers count nothing much: 一个, "one", without a unit; `vague` ones are of the order
    of magnitude only: 数十亿, "billions". `text[start:end]` is where it stands.
    """

    low: Fraction
    high: Fraction
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
            return self.factor(other) < 10
        if self.is_range and other.is_range:
            return (self.low, self.high) == (other.low, other.high)
        return self.low <= other.high and other.low <= self.high

    @property
    def is_range(self) -> bool:
        """Say whether it has two ends."""
        return self.low != self.high

    def begins(self, other: Quantity) -> bool:
        """Say whether only one is a range, and the other no more than one of its ends."""
        single, wide = (other, self) if self.is_range else (self, other)
        return single.low in (wide.low, wide.high) and wide.is_range and not single.is_range

    def factor(self, other: Quantity) -> float:
        """Return how many times one is the other, at least 1."""
        small, large = sorted((float(abs(self.low)) or 1e-9, float(abs(other.low)) or 1e-9))
        return large / small


@lru_cache(maxsize=1024)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Find the quantities of a text in either language, in order."""
    numbers = [n for n in (*chinese(text), *english(text)) if _counts(n, text)]
    numbers.sort(key=lambda n: (n.start, -n.end, -n.scale, n.value))
    joined: list[Quantity] = []
    for quantity in (_quantity(number, text) for number in numbers):
        last = joined[-1] if joined else None
        if last and last.low == last.high and _are_range(last, quantity, text):
            joined[-1] = replace(
                last, high=quantity.high, unit=quantity.unit, end=quantity.end, weak=False
            )
        elif not last or quantity.start >= last.end:
            joined.append(quantity)
    return tuple(joined)


def said(quantity: Quantity, text: str, other: str) -> bool:
    """Say whether another text has a text's number; 一个 and the like only with the same noun."""
    noun = _noun(text, quantity)
    return any(
        quantity.agrees(q)
        and (not quantity.begins(q) or _both_ends(quantity, text, q, other))
        and (
            (noun == _noun(other, q) if quantity.weak else not q.weak)
            or quantity.unit == q.unit != ""
        )
        for q in quantities(other)
    )


def _both_ends(one: Quantity, text: str, two: Quantity, other: str) -> bool:
    """Say whether the text without the range has both its ends: from 20 to 30, 从 20 涨到 30."""
    wide, there = (one, other) if one.is_range else (two, text)
    singles = {q.low for q in quantities(there) if not q.is_range}
    return {wide.low, wide.high} <= singles


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


def _counts(number: Number, text: str) -> bool:
    """Say whether a number is of something, which those in 第三, once and 3D are not."""
    after = text[number.end : number.end + 1]
    named = number.in_figures and after != "s" and after.isascii() and after.isalpha()
    return number.kind != "ordinal" and not named


def _quantity(number: Number, text: str) -> Quantity:
    unit, end = _unit(text, number.end)
    value, in_figures = number.value, number.in_figures
    if number.kind in ("%", "month"):
        unit = number.kind
    elif text[: number.start].rstrip().endswith(("$", "€", "£")):
        unit = "money"
    elif 1900 <= value <= 2100 and (unit == "year" or (unit == "" and number.written.isdecimal())):
        unit = "year of date"
    elif unit == "decade":
        value %= 100
    counted = number.written.isascii() or _CLASSIFIER.match(text, number.end)
    weak = not in_figures and (value == 1 if unit else value < (3 if counted else 10))
    return Quantity(value, value, unit, number.start, end, weak, number.vague)


def _are_range(one: Quantity, other: Quantity, text: str) -> bool:
    """Say whether two numbers are the ends of a range: 20 到 30 人, 四五十."""
    if one.low >= other.low or one.unit not in ("", other.unit):
        return False
    if one.start == other.start:
        return one.end == other.end
    return bool(_RANGE.fullmatch(text, one.end, other.start))


def _unit(text: str, end: int) -> tuple[str, int]:
    after = _CLASSIFIER.match(text, end)
    for place in (end, after.end() if after else end):
        if match := _UNIT.match(text, place):
            index = next(i for i in range(len(_UNITS)) if match[f"u{i}"])
            return list(_UNITS)[index], match.end()
    return "", end
