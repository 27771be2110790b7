"""The number or term that carries a sentence: what a question asks for and a cloze hides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from deckgen.content import Term
from deckgen.hanzi import HAN
from deckgen.lexicon import Lexicon
from deckgen.linting import numbers
from deckgen.mining.glosses import MARKS
from deckgen.mining.names import NAMES
from deckgen.mining.usage import THINGS
from deckgen.sentences import Language

What = Literal["number", "person", "firm", "product", "thing"]

_EVERYDAY_LEVEL = 4
_FEW = 3
_UNIT_ZH = re.compile(
    r"\s?(?:个?(?:小时|月|百分点|参数|标准差)|分钟|美元|公里|公斤|世纪|"
    r"[年月日号天岁次个位名人倍层种类项条件台辆家座本章节步级代周点分秒米元双根颗行%％])"
)
_UNIT_EN = re.compile(r"%|\spercent\b")
_VAGUE_UNIT = re.compile(r"\s?(?:[个种件类项点方]|$)")
_LISTED = re.compile(r"\s?[、到至~-]|\s(?:or|to)\s")
_CLAUSE = re.compile(r"[，,。；;：:]")
_LEAST_CLAUSE = 3
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
        """Return the first number that surely counts or measures and stands there once."""
        chinese = self._language == "zh"
        for number in numbers.chinese(text) if chinese else numbers.english(text):
            if not number.sure or text.count(number.written) != 1:
                continue
            start = text.index(number.written)
            end = start + len(number.written)
            if _is_inside_word(text, start, end) or _OPENED.search(text[:start]):
                continue
            unit = (_UNIT_ZH if chinese else _UNIT_EN).match(text, end)
            last = unit.end() if unit else end
            listed = _LISTED.match(text, last) or text[:start].rstrip().endswith("、")
            if listed or _is_bare(text, start, last):
                continue
            if self._is_label(text, start) or _is_vague(text, number.value, end, chinese):
                continue
            return Carrier(start - text[:start].endswith("第"), last, "number")
        return None

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
        return next((tag for w in known if (tag := self._lexicon.tag(w))), None) == "n"

    def _is_label(self, text: str, start: int) -> bool:
        label = _LABEL_ZH if self._language == "zh" else _LABEL_EN
        found = label.search(text[:start])
        return found is not None and (self._language == "zh" or found.start() > 0)


def _is_bare(text: str, start: int, end: int) -> bool:
    """Say whether a clause says hardly more than its number."""
    before = _CLAUSE.split(text[:start])[-1]
    after = _CLAUSE.split(text[end:])[0]
    return len((before + after).strip()) < _LEAST_CLAUSE


def _is_vague(text: str, value: Fraction, end: int, chinese: bool) -> bool:
    """Say whether a number is of no weight: two sides, three things."""
    if value > _FEW:
        return False
    return bool(_VAGUE_UNIT.match(text, end)) if chinese else value.denominator == 1


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
