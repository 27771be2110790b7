"""Plain facts about text in Chinese and English, without any dictionary."""

from __future__ import annotations

import re
import unicodedata

HAN = (
    "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002a6df\U0002a700-\U0002ee5d\U0002f800-\U0002fa1f\U00030000-\U000323af"
)
"""The Han characters as the inside of a regular expression's class (Unicode 15.1 blocks)."""

_HAN = re.compile(f"[{HAN}]")
_HAN_RUN = re.compile(f"[{HAN}]+")
_ENGLISH_WORD = re.compile(r"[A-Za-z0-9]+(?:[-'’.&/][A-Za-z0-9]+)*")
_ONES = "一二三四五六七八九"
_NUMBER_WORD = re.compile(
    rf"[百千]分之|十[万亿]+|[{_ONES}几]?十[{_ONES}几]?|"
    rf"[{_ONES}两几][百千]|[{_ONES}两几百千]?[万亿]+|."
)
_NOT_CONTENT = re.compile(r"[\W_]+")


def is_han(character: str) -> bool:
    """Say whether a single character is a Han character."""
    return _HAN.match(character) is not None


def count_han(text: str) -> int:
    """Count the Han characters of a text."""
    return 0 if text.isascii() else sum(map(len, _HAN_RUN.findall(text)))


def han_runs(text: str) -> list[str]:
    """List the unbroken runs of Han characters."""
    return _HAN_RUN.findall(text)


def english_words(text: str) -> list[str]:
    """List the words written in Latin letters or digits, in order, as written."""
    return _ENGLISH_WORD.findall(text)


def folded(text: str) -> str:
    """Fold away case, width, white space and punctuation: equal results read the same."""
    return _NOT_CONTENT.sub("", unicodedata.normalize("NFKC", text).casefold())


def number_words(number: str) -> list[str]:
    """Part a number in Han characters into the words of pinyin, after GB/T 16159-2012, 6.1.5.

    >>> number_words("七万二千三百五十六"), number_words("六十三亿"), number_words("二〇〇八")
    (['七万', '二千', '三百', '五十六'], ['六十三', '亿'], ['二', '〇', '〇', '八'])
    """
    return _NUMBER_WORD.findall(number)
