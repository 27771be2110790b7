"""Questions for what a speaker says: real ones where the grammar surely allows it.

Chinese asks in place, so that a number or a subject can give way to its question word. Where that
is unsure, the sentence is quoted with a blank, and the question asks for the blank.

>>> cable = "主缆由两万七千根钢丝组成。"
>>> asked(cable, Carrier(3, 7, "number"), "zh", "李强")
'据李强说，主缆由多少根钢丝组成？'
>>> asked("我修了 5 年桥。", Carrier(4, 7, "number"), "zh", "李强")
'李强说：“我修了 ＿＿桥。”＿＿是多少年？'
"""

from __future__ import annotations

import re

from deckgen.hanzi import HAN
from deckgen.mining.carriers import Carrier
from deckgen.mining.glosses import BLANK, MARKS
from deckgen.sentences import Language

_SPEAKER_ZH = re.compile(r"[我咱俺你您]|本[人台]|大家|这[里儿边]")
_SPEAKER_EN = re.compile(r"\b(?:i|i['’]\w+|me|my|we|we['’]\w+|us|our|you|your)\b", re.IGNORECASE)
_ASKS_ZH = re.compile(r"什么|怎[么样]|如何|为何|哪|谁|多[少久大长高]|几|是否|不知道|吗")
_HANGS_ZH = re.compile(
    r"^(?:虽然?|尽管|即使|就算|如果|要是|因为|由于|当|除了|随着|为了|不管|无论|一旦|只要|只有|既然|比如|"
    r"假如|假设|不仅|不但|从|在.*(?:时|中|里|上|下|后|前)$)"
)
_FOLLOWS_ZH = re.compile(r"[，,][^，,。；]{0,8}[就才便则]")
_COPULA_ZH = re.compile(
    r"\s?(?:[是会能在有也就都则已将要可把被让给比像]|不[是会能]|应该|必须|需要|可以|已经|使用|最|仍|只|包括)"
)
_COPULA_EN = re.compile(
    r"(?:is|was|has|can|could|will|would|should|must|may|might|does|means|uses|allows|takes)\b"
)
_ENDS_ZH = re.compile(r"[。！；;.!]+$")
_ENDS_EN = re.compile(r"[.!]+$")
_CLAUSES = re.compile(r"[，,；;：:——]+")
_NUMERAL = re.compile(r"[\d,.]+(?:\s?[十百千万亿兆]+)?|[零〇一二两三四五六七八九十百千万亿兆点]+")
_UNIT = re.compile(
    r"(?:兆(?=[赫瓦帕])|[^\d零〇一二两三四五六七八九十百千万亿兆点,.\s到至~～–—-])+$"
)
_YEAR_ZH = re.compile(
    r"(?:[4-9]\d\d|1\d{3}|20\d\d)\s?年|[一二]\s?[九〇零][〇零一二三四五六七八九]{2}年"
)
_YEAR_EN = re.compile(r"(?:1[5-9]|20)\d\d")
_DECADE_EN = re.compile(r"\d{3}0s")
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_NOUN_EN = re.compile(r"[\s-]([a-z]+s)\b")
_SPACED = re.compile(rf"(?<=[{HAN}])\s$")
_SPACE_HAN = re.compile(rf"^\s(?=[{HAN}])")
_LONGEST_ASKED = 40
_NOUNS: dict[str, tuple[str, str]] = {
    "person": ("谁", "Who"),
    "firm": ("哪家公司", "Which company"),
    "product": ("什么产品", "Which product"),
    "thing": ("什么", "What"),
}


def asked(text: str, hidden: Carrier, language: Language, speaker: str | None) -> str:
    """Ask for what a span of a sentence says; the speaker's name leads, where it is known."""
    if language == "zh":
        return _chinese(text, hidden, speaker)
    return _english(text, hidden, speaker)


def replied(question: str, language: Language, speaker: str | None) -> str:
    """Ask what a speaker answered to a question of the talk; just that where nobody is named."""
    if speaker is None:
        return question
    if language == "zh":
        space = " " if speaker[-1:].isascii() else ""
        return f"对{_quoted(question)}这个问题，{speaker}{space}怎么回答？"
    return f"What does {speaker} answer when asked: {_quoted(question)}"


def _chinese(text: str, hidden: Carrier, speaker: str | None) -> str:
    what = _wanted_zh(text, hidden)
    lead = f"据{_spaced(speaker)}说，" if speaker else ""
    is_gloss = text.startswith(MARKS["zh"])
    if not is_gloss and (plain := _in_place(text, hidden, what)):
        return f"{lead}{plain}"
    said = f"{speaker}说：" if speaker and not speaker[-1].isascii() else f"{speaker} 说："
    quoted = _quoted(text[: hidden.start] + BLANK + text[hidden.end :])
    return f"{said if speaker else ''}{quoted}{BLANK}是{what}？"


def _quoted(text: str) -> str:
    """Put a text in quotation marks, and those inside it in single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def _spaced(name: str) -> str:
    return f" {name} " if name[:1].isascii() else name


def _wanted_zh(text: str, hidden: Carrier) -> str:
    """Return the question word for a span, with the number's unit: 多少根, 百分之多少, 哪一年."""
    if hidden.what != "number":
        return _NOUNS[hidden.what][0]
    answer = text[hidden.start : hidden.end].strip()
    if answer.startswith("第"):
        return "第几" + _NUMERAL.sub("", answer[1:], count=1).strip()
    if answer.startswith("百分之") or answer[-1] in "%％":
        return "百分之多少"
    if "分之" in answer:
        return "几分之几"
    if "年代" in answer:
        return "哪个年代"
    if _YEAR_ZH.fullmatch(answer):
        return "哪一年"
    found = _UNIT.search(answer.removesuffix("半"))
    unit = found[0].lstrip("多几余") if found else ""
    return {"月": "几月", "日": "几日", "号": "几号", "月份": "几月份"}.get(unit, f"多少{unit}")


def _in_place(text: str, hidden: Carrier, what: str) -> str | None:
    """Put the question word where the answer stands; None where that may be no Chinese."""
    borders = [match.span() for match in _CLAUSES.finditer(text)]
    starts, ends = [0, *(end for _, end in borders)], [*(s for s, _ in borders), len(text)]
    own = next(n for n, end in enumerate(ends) if hidden.end <= end or n == len(ends) - 1)
    if hidden.start < starts[own]:
        return None
    is_number = hidden.what == "number"
    is_date = _YEAR_ZH.fullmatch(text[hidden.start : hidden.end].strip()) is not None
    if not is_number and (hidden.start > 0 or not _COPULA_ZH.match(text, hidden.end)):
        return None
    if is_number and own == len(ends) - 1 and own < 2:
        first, last = 0, len(text)
    elif is_number and own == 0 and not is_date and not _is_hanging(text, ends[0]):
        first, last = 0, ends[0]
    elif not is_number and len(ends) < 3:
        first, last = 0, len(text)
    else:
        return None
    part = _SPACED.sub("", text[first : hidden.start]) + what
    part += _SPACE_HAN.sub("", text[hidden.end : last])
    rest = text[first : hidden.start] + text[hidden.end : last]
    if _SPEAKER_ZH.search(rest) or _ASKS_ZH.search(rest) or not 6 <= len(rest) <= _LONGEST_ASKED:
        return None
    if any(mark in rest for mark in '“”"「」…') or _ENDS_ZH.sub("", part) == what:
        return None
    return _ENDS_ZH.sub("", part) + "？"


def _is_hanging(text: str, end: int) -> bool:
    """Say whether the first clause, up to `end`, only leads up to what follows."""
    return _HANGS_ZH.match(text[:end]) is not None or _FOLLOWS_ZH.match(text, end) is not None


def _english(text: str, hidden: Carrier, speaker: str | None) -> str:
    rest = text[hidden.end :].lstrip()
    is_subject = hidden.what != "number" and hidden.start == 0 and _COPULA_EN.match(rest)
    if is_subject and "," not in rest and not _SPEAKER_EN.search(rest):
        word = _NOUNS[hidden.what][1]
        lead = f"According to {speaker}, {word.lower()}" if speaker else word
        return f"{lead} {_ENDS_EN.sub('', rest)}?"
    said = f"{speaker} says: " if speaker else ""
    quoted = _quoted(text[: hidden.start] + BLANK + text[hidden.end :])
    return f"{said}{quoted} {_wanted_en(text, hidden)}"


def _wanted_en(text: str, hidden: Carrier) -> str:
    if hidden.what != "number":
        return f"{_NOUNS[hidden.what][1]} is {BLANK}?"
    answer = text[hidden.start : hidden.end].strip()
    after = text[hidden.end :]
    if answer.endswith(("%", "percent")):
        return "What percentage?"
    if _YEAR_EN.fullmatch(answer):
        return "Which year?"
    if _DECADE_EN.fullmatch(answer):
        return "Which decade?"
    if answer.lower() in _MONTHS:
        return "Which month?"
    if text[: hidden.start].endswith(("$", "€", "£")):
        return "How much?"
    noun = _NOUN_EN.match(after)
    if noun and not answer.endswith(("th", "rd", "nd", "st", "first", "second")):
        return f"How many {noun[1]}?"
    return "How many?" if text.startswith(MARKS["en"]) else "Which number?"
