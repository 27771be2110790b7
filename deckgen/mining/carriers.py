"""The number or term that carries a sentence: what a question asks for and a cloze hides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from deckgen import numbers
from deckgen.content import Term
from deckgen.hanzi import HAN
from deckgen.lexicon import Lexicon
from deckgen.mining.glosses import MARKS
from deckgen.mining.names import NAMES
from deckgen.mining.usage import THINGS
from deckgen.sentences import Language

What = Literal["number", "person", "firm", "product", "thing"]

_EVERYDAY_LEVEL = 4
_FEW = 3
_DIGITS_ZH = "零〇一二两三四五六七八九十百千万亿"
_COUNT_ZH = (
    rf"(?:\d[\d,]*(?:\.\d+)?|[{_DIGITS_ZH}]+(?:点[零〇一二三四五六七八九]+)?)\s?[十百千万亿]*"
)
_UNITS_ZH = (
    r"个?(?:小时|星期|世纪|百分点|参数|标准差)|个月|分钟|毫秒|(?:万|亿)?(?:美元|欧元|日元|英镑|港元)|人民币|块钱|"
    r"平方(?:公里|千米|米|厘米)|立方(?:米|厘米)|摄氏度|英里|英寸|光年|海里|公[里斤顷吨]|[千毫微纳厘分]米|"
    r"[千毫微]克|毫升|[千兆]?赫兹?|[千兆]?帕|[千兆]瓦时?|比特|字节|年代|"
    r"[年月日号天岁周秒分点度次回遍趟场轮届圈个位名人口户家所座栋间台架艘辆部件条种类项样款套组对双副把"
    r"张箱幅册卷页封份块片根颗粒枚株棵头只匹支枝杯碗瓶盒袋桶盘层级段排句篇首字词本章节步代倍成折元角米里克斤"
    r"吨升亩瓦伏卡窟%％‰]"
)
_NUMBER_ZH = re.compile(
    rf"[{_DIGITS_ZH}\d]+分之[{_DIGITS_ZH}\d.点]+|{_COUNT_ZH}\s?世纪(?:\s?{_COUNT_ZH}\s?年代)?|"
    rf"(?:第|零下\s?)?{_COUNT_ZH}(?:[多几余][十百千万亿]*)?(?:\s?(?:到|至|[-–—~～])\s?{_COUNT_ZH}(?:[多几余])?)?"
    rf"(?P<unit>\s?(?:{_UNITS_ZH}))?半?"
)
_NUMBER_EN = re.compile(
    r"(?:\bminus\s)?(?:\ba\s(?=(?:hundred|thousand|million|billion|trillion|dozen)\b))?"
    r"[A-Za-z\d](?:[\w.,-]*\w)?(?:\s(?:hundred|thousand|million|billion|trillion))*(?:%|\spercent\b)?"
)
_DATE_ZH = re.compile(
    r"(?:\d{3,4}|[一二][零〇一二三四五六七八九]{3})\s?年|.*(?:月|日|号|世纪|年代)|第.*"
)
_NO_DATE = re.compile(r".*个月")
_DATE_EN = re.compile(
    r"(?:1[0-9]|20)\d\ds?|(?i:january|february|march|april|may|june|july|august|september|october|"
    r"november|december|first|second|third|\w+th)"
)
_MONTH_ZH = re.compile(r"月\s?$")
_QUOTE_END = re.compile(r"[”\"》』」]")
_VAGUE_ZH = re.compile(r"[\d一二两三]+\s?(?:[个种件类项点方]|)")
_LISTED = re.compile(r"\s?[、到至~-]|\s(?:or|to)\s")
_CLAUSE = re.compile(r"[，,。；;：:]")
_LEAST_CLAUSE = 2
_LABEL_EN = re.compile(
    r"(?:\b[A-Z]\w*|\b(?:season|episode|chapter|version|part|step|number|no\.?|level|bip))\s$"
)
_LABEL_ZH = re.compile(r"[A-Za-z][\w.-]*\s?$")
_LETTER = re.compile(r"[A-Za-z0-9]")
_HAN = re.compile(f"[{HAN}]")
_JOINED = re.compile(r"\s?[A-Za-z]")
_LATIN_BEFORE = re.compile(r"[A-Za-z0-9]\s?$")
_LONGEST_WORD = 4
_OPENED = re.compile(r"[(（][^()（）]*$")
_ASIDE = re.compile(r"\s?[(（][^()（）]{1,40}[)）]")


@dataclass(frozen=True, slots=True)
class Carrier:
    """A span of a sentence and what kind of thing it is."""

    start: int
    end: int
    what: What


class Carriers:
    """Finds what carries a sentence: a number that measures, else the most telling term."""

    def __init__(self, terms: Sequence[Term], lexicon: Lexicon, language: Language) -> None:
        self._language, self._lexicon = language, lexicon
        self._known: dict[str, tuple[int, What]] = {}
        for rank, term in enumerate(t for t in terms if _is_telling(t, lexicon)):
            for name in (term.hanzi, term.english, *term.aliases):
                if len(name) > 1 and not name.startswith(MARKS["en"]) and ";" not in name:
                    self._known.setdefault(name.lower(), (rank, _what(term)))
        longest = sorted(self._known, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, longest)) or r"(?!)", re.IGNORECASE)

    def number(self, text: str) -> Carrier | None:
        """Return the last number that surely counts or measures, a date only for want of others.

        What is said before is mostly where a number starts from, or what it is a part of.
        """
        found = list(self._numbers(text))
        dates = _DATE_ZH if self._language == "zh" else _DATE_EN
        figures = [c for c in found if not _is_date(text[c.start : c.end], dates)]
        return next(reversed(figures or found), None)

    def _numbers(self, text: str) -> Iterator[Carrier]:
        chinese = self._language == "zh"
        for number in numbers.chinese(text) if chinese else numbers.english(text):
            if not number.sure:
                continue
            start, end = whole(text, number.start, number.end, self._language)
            if text.count(text[start:end]) > 1 or _OPENED.search(text[:start]):
                continue
            if _is_inside_word(text, start, end) or text[:start].endswith(("+", "-")):
                continue
            listed = _LISTED.match(text, end) or text[:start].rstrip().endswith("、")
            if listed or _is_bare(text, start, end) or _QUOTE_END.match(text, end):
                continue
            if self._is_label(text, start) or _is_vague(text, number.value, start, end, chinese):
                continue
            yield Carrier(start, end, "number")

    def term(self, text: str) -> Carrier | None:
        """Return the most telling term that stands there once, with its translation in brackets."""
        lower = text.lower()
        found = []
        for match in self._pattern.finditer(text):
            name = match[0].lower()
            start, end = match.span()
            if name not in self._known or lower.count(name) > 1:
                continue
            if _is_inside_word(text, start, end) or _OPENED.search(text[:start]):
                continue
            aside = _ASIDE.match(text, end)
            end = aside.end() if aside else end
            if self._language == "zh" and self._is_part(text, start, end):
                continue
            rank, what = self._known[name]
            found.append((rank, start, end, what))
        return Carrier(*min(found)[1:]) if found else None

    def shared(self, one: str, other: str) -> bool:
        """Say whether two texts name the same term."""
        names = [{m[0].lower() for m in self._pattern.finditer(text)} for text in (one, other)]
        return not names[0].isdisjoint(names[1])

    def masked(self, text: str) -> str:
        """Hide the terms, so that their words are not taken for what is said of them."""
        return self._pattern.sub(lambda match: "＿" * len(match[0]), text)

    def _is_part(self, text: str, start: int, end: int) -> bool:
        """Say whether a Chinese noun or Latin word is joined to a term: 核心任务, AI Labs."""
        if _JOINED.match(text, end) or (
            _HAN.match(text, start) and _LATIN_BEFORE.search(text[:start])
        ):
            return True
        after = text[end : end + _LONGEST_WORD].strip()
        known = (after[:size] for size in range(len(after), 1, -1))
        word = next((w for w in known if self._lexicon.gloss(w)), None)
        return word is not None and self._lexicon.tag(word) in {"n", None}

    def _is_label(self, text: str, start: int) -> bool:
        label = _LABEL_ZH if self._language == "zh" else _LABEL_EN
        found = label.search(text[:start])
        return found is not None and (self._language == "zh" or found.start() > 0)


def whole(text: str, start: int, end: int, language: Language) -> tuple[int, int]:
    """Widen the place of a figure to all of its number, with its unit."""
    pattern = _NUMBER_ZH if language == "zh" else _NUMBER_EN
    spans = (match.span() for match in pattern.finditer(text))
    return next((s for s in spans if s[0] <= start and end <= s[1]), (start, end))


def _is_bare(text: str, start: int, end: int) -> bool:
    """Say whether a clause says hardly more than its number."""
    before = _CLAUSE.split(text[:start])[-1]
    after = _CLAUSE.split(text[end:])[0]
    return len((before + after).strip()) < _LEAST_CLAUSE


def _is_vague(text: str, value: Fraction, start: int, end: int, chinese: bool) -> bool:
    """Say whether a number is of no weight, or part of a name: two sides, 嫦娥四号."""
    if chinese and text[:end].endswith("号") and not _MONTH_ZH.search(text[:start]):
        return True
    if value > _FEW:
        return False
    if chinese:
        if text[start] == "第":
            return True
        return _VAGUE_ZH.fullmatch(text, start, end) is not None
    return value.denominator == 1 and not text[start:end].endswith(("%", "percent"))


def _is_date(written: str, dates: re.Pattern[str]) -> bool:
    plain = written.strip()
    return dates.fullmatch(plain) is not None and not _NO_DATE.fullmatch(plain)


def _is_telling(term: Term, lexicon: Lexicon) -> bool:
    """Say whether a learner who knows the talk could fill a term in."""
    if (
        term.definition
        or any(topic.startswith(NAMES) for topic in term.topics)
        or not term.hanzi.strip()
    ):
        return True
    if lexicon.tag(term.hanzi) not in THINGS:
        return False
    return (lexicon.rank(term.hanzi) or 9) > _EVERYDAY_LEVEL and lexicon.frequency(term.hanzi) != 5


def _what(term: Term) -> What:
    for topic in term.topics:
        kind = topic.removeprefix(f"{NAMES}/")
        if kind in ("person", "firm", "product"):
            return kind  # type: ignore[return-value]
    return "thing"


def _is_inside_word(text: str, start: int, end: int) -> bool:
    """Say whether a span cuts a Latin word or number."""
    before, first = text[max(0, start - 1) : start], text[start]
    last, after = text[end - 1], text[end : end + 1]
    return bool(
        (_LETTER.match(before) and _LETTER.match(first))
        or (_LETTER.match(after) and _LETTER.match(last))
    )
