"""The words of Chinese and English texts as the checks compare them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

import opencc
import snowballstemmer

from deckgen.hanzi import HAN, count_han, english_words, folded

_STOP_EN = """a an the of in on at to for from by with as into onto about than and or but nor so if
    that is are was were be been being am do does did done has have had can could will would shall
    should may might must not no it its this these those they them their he him his she her we our
    us you your i my me what which who whom whose when where why how there here one some any each
    other just very more most much many"""
STOP_EN = frozenset(_STOP_EN.split())
"""English words that carry grammar rather than content."""

_STOP_ZH = (
    "这个 那个 这些 那些 这种 那种 一个 一种 什么 哪个 哪些 哪里 哪种 哪位 哪家 怎么 怎样 如何 "
    "为什么 为何 多少 我们 你们 他们 她们 它们 自己 的 了 是 在 和 与 及 或 也 都 就 很 呢 吗 吧 "
    "啊 着 过 地 得 这 那 哪 谁 几 我 你 他 她 它 其 把 被 让 使 对 于 从 向 为 以 之 而 又 "
    "会 能 要 有 个"
)
STOP_ZH = frozenset(_STOP_ZH.split())
"""Chinese words that carry grammar rather than content."""

_STOP_WORDS_ZH = re.compile("|".join(sorted(STOP_ZH, key=len, reverse=True)))
_TAG = re.compile(r"<[^<>]*>")
_UNIT = re.compile(rf"[{HAN}]|[A-Za-z0-9]+(?:[-'’.&/][A-Za-z0-9]+)*")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CLOZE = re.compile(r"\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}", re.DOTALL)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _stemmer() -> object:
    return snowballstemmer.stemmer("english")


def simplified(text: str) -> str:
    """Return the text in simplified characters; what can't be converted stays."""
    try:
        return str(_converter().convert(text))
    except UnicodeEncodeError:
        return text


def same(text: str) -> str:
    """Fold away case, width, script, mark-up and punctuation: equal results are one front."""
    return folded(simplified(_TAG.sub("", text)))


def length(text: str) -> int:
    """Count Han characters, and words of other letters or digits."""
    return count_han(text) + len(english_words(text))


def units(text: str) -> list[str]:
    """List the Han characters and the words of other letters, in order, in lower case."""
    return [unit.lower() for unit in _UNIT.findall(unicodedata.normalize("NFKC", text))]


def words(text: str) -> list[str]:
    """List the words of an English text in lower case, without a possessive 's."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).lower())
    return [re.sub(r"['’]s?$", "", word) for word in found]


def base(word: str) -> str:
    """Take the endings of inflection off an English word in lower case.

    >>> [base(w) for w in ("studies", "trained", "mapping", "networks", "process", "tokenizer")]
    ['study', 'train', 'map', 'network', 'process', 'tokenizer']
    """
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 3 and re.search("[aeiouy]", stem):
            return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] not in "ls" else stem
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def stem(word: str) -> str:
    """Return the Snowball stem of an English word: also derived words share it."""
    return str(_stemmer().stemWord(word.lower()))  # type: ignore[attr-defined]


def bare_base(word: str) -> str:
    """Return the base of a word without its final e, so that `use` and `using` meet."""
    return base(word).removesuffix("e")


def content_words(text: str) -> list[str]:
    """List the bases of the English words that carry content."""
    return [bare_base(word) for word in words(text) if word not in STOP_EN]


def content_zh(text: str) -> str:
    """Return a Chinese text folded, without the words that carry grammar."""
    return folded(_STOP_WORDS_ZH.sub(" ", simplified(text)))


def deletions(cloze: str) -> list[tuple[int, str, str]]:
    """List the number, hidden text and hint of every deletion of a cloze text."""
    return [(int(n[:9]), hidden, hint or "") for n, hidden, hint in _CLOZE.findall(cloze)]


def cloze_front(cloze: str, number: int) -> str:
    """Return what the card of this number shows: its own deletions as …, the others' in full."""
    return _CLOZE.sub(lambda m: " … " if int(m[1][:9]) == number else m[2], cloze)


def cloze_text(cloze: str) -> str:
    """Return a cloze text with nothing hidden."""
    return _CLOZE.sub(lambda m: m[2], cloze)


@cache
def _dictionary() -> Mapping[int, str]:
    from pypinyin.constants import PINYIN_DICT

    found: Mapping[int, str] = PINYIN_DICT
    return found


def readings(character: str) -> list[str]:
    """List the readings that a character can have, the most usual first; none if it has none."""
    return [reading for reading in _dictionary().get(ord(character), "").split(",") if reading]
