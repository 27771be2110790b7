"""Where a term begins that a sentence gives with its English in brackets.

`采矿车会扬起沉积物羽流(sediment plume)` gives 沉积物羽流: the words that lead up to a term, which
its English has no part of, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from deckgen.alignment import dictionary
from deckgen.alignment.dictionary import STOP_WORDS, Stemmer
from deckgen.hanzi import count_han
from deckgen.lexicon import Lexicon
from deckgen.segmentation import Segmenter
from deckgen.transcript import Transcript

_LEADING_TAGS = frozenset("cpruyeo")
_AMOUNT = re.compile(
    r"[\d,.零〇一二两三四五六七八九十百千万亿几数]+"
    r"(?:美元|欧元|公里|公斤|[元个种家名位款项台部本条次年月天岁类份座颗道层段篇])"
)
_PERSON = re.compile(r".+人|.*(?:学家|教授|博士|院士|先生|女士|医生|道士|总统|作家|画家|导演)")
_TAKES = frozenset(
    "来自 属于 位于 成为 作为 称为 称作 叫做 叫作 变成 形成 包括 包含 含有 具有 "
    "使用 利用 采用 运用 引入 通过 产生 导致 造成 引起 取决于 相当于 意味着 就是 是".split()
)
"""Verbs behind which a term begins, whatever stands before them."""

_LABEL = re.compile(
    r"^(?:编者|编辑|译者?|作者|名词|术语|相关)?(?:注释?|按|解释|小贴士|知识点|链接)[\s：:]+"
)
_PHRASE_EN = re.compile(r"\b(?:if|is|are|was|that|you|we|i|when|should|must|do|does|not)\b", re.I)
_STATES = re.compile(r"应该|应当|尽可能|可以|不能|必须|就是")
_WORD = re.compile(r"[A-Za-z]+")
_NAME = re.compile(r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|van|von|la))+")
_LEAST = 2


class Heads:
    """Finds the term proper in the words that stand before a bracket."""

    def __init__(self, segmenter: Segmenter, lexicon: Lexicon) -> None:
        self._segmenter, self._lexicon = segmenter, lexicon
        self._stem = Stemmer()
        self._dictionary = dictionary.load()

    def trimmed(self, document: Transcript) -> Transcript:
        """Return a document whose terms and boxes are named by the terms proper."""
        found = [(term, self.term(term.zh, term.en)) for term in document.bilingual_terms]
        return replace(
            document,
            bilingual_terms=tuple(replace(term, zh=zh) for term, zh in found if zh),
            boxes=tuple(replace(b, term=_LABEL.sub("", b.term) or b.term) for b in document.boxes),
        )

    def term(self, zh: str, english: str) -> str | None:
        """Return the term of `zh` that `english` names, None where the two are a statement."""
        zh = _LABEL.sub("", zh)
        if _PHRASE_EN.search(english) or _STATES.search(zh):
            return None
        wanted = self._stems(english)
        counted = _AMOUNT.match(zh)
        if counted and not any(self._named(character) & wanted for character in counted[0]):
            zh = zh[counted.end() :] if count_han(zh[counted.end() :]) >= _LEAST else zh
        tokens = [token.text for token in self._segmenter.tokens(zh)]
        if not all(count_han(token) == len(token) for token in tokens):
            return zh
        units = _units(english)
        first = max((at + 1 for at, word in enumerate(tokens[:-1]) if word in _TAKES), default=0)
        tokens = tokens[first:]
        first = self._titled(tokens) if _NAME.fullmatch(english) else 0
        while first < len(tokens) - 1 and self._leads(tokens[first:], wanted, units, english):
            first += 1
        rest = "".join(tokens[first:])
        return rest if count_han(rest) >= _LEAST else zh

    def _leads(
        self, tokens: Sequence[str], wanted: frozenset[str], units: int, english: str
    ) -> bool:
        """Say whether the first of some words leads up to a term and is no part of it."""
        first, rest = tokens[0], tokens[1:]
        if self._named(first) & wanted:
            return False
        tag = self._lexicon.tag(first)
        if tag in _LEADING_TAGS:
            return True
        if tag == "v" and len(first) >= _LEAST and _size(rest) >= units:
            return True
        held = frozenset[str]().union(*map(self._named, rest))
        return len(wanted) > 1 and wanted <= held

    def _titled(self, tokens: Sequence[str]) -> int:
        """Count the words that say who somebody is before the name: 法国人, 物理学家."""
        for end in range(min(3, len(tokens) - 1), 0, -1):
            if _PERSON.fullmatch("".join(tokens[:end])):
                return end
        return 0

    def _named(self, word: str) -> frozenset[str]:
        return frozenset(self._dictionary.senses(word))

    def _stems(self, english: str) -> frozenset[str]:
        words = (word for word in _WORD.findall(english) if word.lower() not in STOP_WORDS)
        return frozenset(map(self._stem, words))


def _size(tokens: Sequence[str]) -> int:
    """Count words, two single characters as one."""
    long = sum(len(token) > 1 for token in tokens)
    return long + (len(tokens) - long) // 2


def _units(english: str) -> int:
    """Count the words of an English term, or the letters that an abbreviation stands for."""
    words = [word for word in _WORD.findall(english) if word.lower() not in STOP_WORDS]
    if len(words) == 1:
        return max(1, len(re.findall("[A-Z]", words[0])))
    return len(words)
