"""Which words of a text another text has no counterpart for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from deckgen import alignment
from deckgen.alignment.dictionary import STOP_WORDS, Stemmer

_NUMBER = re.compile(r"#.*|[零〇一二两三四五六七八九十百千万亿个]+")
_REST = r"[A-Za-z0-9+.-]*[A-Za-z0-9+]"
_NAME = re.compile(
    rf"(?<![A-Za-z0-9'’])(?:(?=[A-Z]|[a-z0-9+.-]*[A-Z])[A-Za-z]{_REST}(?: [A-Z]{_REST})*"
    r"|[A-Z])(?![a-z])"
)
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]*[A-Za-z0-9+]")
_TRANSLITERATED = re.compile(
    "[阿埃艾安奥巴贝比伯布查达德迪蒂杜恩尔法菲费弗夫戈格哈赫霍基吉加卡凯坎科克肯库拉莱兰劳勒雷里利丽莉林伦罗洛"
    "马迈曼梅米莫姆穆纳娜奈尼诺帕佩皮普奇切琼萨塞桑森沙舍什史斯思塔泰坦特图托瓦威维韦温沃乌西希夏谢辛休雅亚扬耶"
    "伊尤约泽扎詹茨埔娅妮茜琳薇蕾芙珊黛露]{3,}"
)
_DATE = re.compile(
    r"(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
_ORDINARY = re.compile(r"[A-Z][a-z'’]*[,.!]?")
_GLOSS = re.compile(r"[(（][^()（）]*[)）]")
_LINKED = 0.4
_TELLING = 0.5
_OFTEN = 3


class Wording:
    """The words of two lists of texts, each linked with those that may mean the same.

    `same_language` says that both are Chinese, or both in Latin letters.
    """

    def __init__(self, a: Sequence[str], b: Sequence[str]) -> None:
        left, right, links = alignment.sides(a, b)
        self._texts = a, b
        self._types = left.types, right.types
        self._index = tuple(
            {name: index for index, name in enumerate(names)} for names in self._types
        )
        self._weight = left.weight.tolist(), right.weight.tolist()
        self._tokens = [row.tolist() for row in left.tokens], [row.tolist() for row in right.tokens]
        self._sets = tuple([frozenset(row) for row in rows] for rows in self._tokens)
        self._chinese = tuple(alignment.is_chinese(texts) for texts in (a, b))
        self.same_language = self._chinese[0] == self._chinese[1]
        self._lower = tuple(
            frozenset(word for text in texts for word in re.findall(r"\b[a-z]+\b", text))
            for texts in (a, b)
        )
        self._stem = Stemmer()
        self._count = tuple(
            Counter(word for text in texts for word in dict.fromkeys(_LATIN.findall(text)))
            for texts in (a, b)
        )
        self._inside = tuple(
            frozenset(word for text in texts for word in _LATIN.findall(text.partition(" ")[2]))
            for texts in (a, b)
        )
        self._alike = lru_cache(maxsize=1 << 16)(self._likeness)
        self._links: tuple[dict[int, dict[int, float]], dict[int, dict[int, float]]] = ({}, {})
        for source, target, strength in zip(
            links.source.tolist(), links.target.tolist(), links.strength.tolist(), strict=True
        ):
            known = self._links[0].setdefault(source, {})
            known[target] = max(strength, known.get(target, 0.0))
            self._links[1].setdefault(target, {})[source] = known[target]

    def likeness(self, i: int, j: int) -> float:
        """Return how much of the words' weight two texts share, 0…1."""
        alike: float = self._alike(self._sets[0][i], self._sets[1][j])
        return alike

    def _likeness(self, words: frozenset[int], others: frozenset[int]) -> float:
        shared: float = 0.0
        total: float = 0.0
        for side, own, other in ((0, words, others), (1, others, words)):
            weight = self._weight[side]
            total += sum(weight[token] for token in own)
            shared += sum(
                weight[token] * max(links[t] for t in links.keys() & other)
                for token in own
                if (links := self._links[side].get(token)) and not other.isdisjoint(links)
            )
        return float(shared / total) if total else 0.0

    def shared(self, i: int, j: int) -> float:
        """Return the weight of the telling words that two texts share, each at most 1."""
        weights = [
            sum(
                self._weight[side][token]
                for token in own
                if self._weight[side][token] > _TELLING and self._is_in(side, token, other)
            )
            for side, own, other in self._both(i, j)
        ]
        return float(min(weights))

    def lacking(self, side: int, rows: Iterable[int], near: Iterable[int]) -> tuple[float, float]:
        """Return the weight of the telling words of some texts, and of those `near` lacks."""
        other = self._of(1 - side, near)
        heavy = [
            token
            for token in self._of(side, rows)
            if self._weight[side][token] > _TELLING
            and not _NUMBER.fullmatch(self._types[side][token])
        ]
        weight = self._weight[side]
        return (
            sum(weight[token] for token in heavy),
            sum(weight[token] for token in heavy if not self._is_in(side, token, other)),
        )

    def names(self, side: int, rows: Sequence[int], near: Sequence[int]) -> list[str]:
        """List the names in Latin letters of some texts that the others' `near` lack.

        Names in brackets that gloss another word are not looked at, nor the first word of an
        English sentence, and none that come often. Where English stands against Chinese, every
        Latin word of the Chinese is a name, and capitalised words of the English are mostly
        translated. Where Chinese stands against Chinese, transliterated names count too.
        """
        other = self._of(1 - side, near)
        near_text = " ".join(self._texts[1 - side][j] for j in near)
        chinese = self._chinese[side]
        types = self._index[side]
        texts = [self._plain(side, i) for i in rows]
        pattern = _NAME if self.same_language or not chinese else _LATIN
        found = []
        for name in dict.fromkeys(match[0] for text in texts for match in pattern.finditer(text)):
            parts = re.findall(r"[A-Za-z][A-Za-z0-9+.]*", name)
            if any(part.lower().removesuffix("s") in near_text.lower() for part in parts):
                continue
            often = _OFTEN + 0.02 * len(self._texts[side])
            count = min(self._count[side][part] for part in _LATIN.findall(name) or [name])
            if self._is_word(side, name) or count > often:
                continue
            if not (chinese or self.same_language) and all(map(_ORDINARY.fullmatch, parts)):
                continue
            stems = [types.get(part, types.get(self._stem(part), -1)) for part in parts]
            if not all(self._is_in(side, word, other) for word in stems):
                found.append(name)
        if chinese and self.same_language and not _LATIN.search(near_text):
            runs = dict.fromkeys(m[0] for text in texts for m in _TRANSLITERATED.finditer(text))
            found += [run for run in runs if not any(a + b in near_text for a, b in pairwise(run))]
        return found

    def _plain(self, side: int, row: int) -> str:
        """Leave out names in brackets, and the capital with which an English clause begins."""
        text = _GLOSS.sub(" ", self._texts[side][row])
        first = text.partition(" ")[0]
        if self._chinese[side] or not _ORDINARY.fullmatch(first) or first in self._inside[side]:
            return text
        return text[:1].lower() + text[1:]

    def _is_word(self, side: int, name: str) -> bool:
        """Say whether a capitalised English word also comes without a capital."""
        return not self._chinese[side] and (
            name.lower() in self._lower[side]
            or name.lower() in STOP_WORDS
            or name == "I"
            or _DATE.fullmatch(name) is not None
        )

    def _both(
        self, i: int, j: int
    ) -> tuple[
        tuple[int, frozenset[int], frozenset[int]], tuple[int, frozenset[int], frozenset[int]]
    ]:
        own, other = self._sets[0][i], self._sets[1][j]
        return (0, own, other), (1, other, own)

    def _of(self, side: int, rows: Iterable[int]) -> frozenset[int]:
        return frozenset(token for row in rows for token in self._tokens[side][row])

    def _is_in(self, side: int, token: int, other: frozenset[int]) -> bool:
        links = self._links[side].get(token, {})
        return any(strength >= _LINKED and t in other for t, strength in links.items())
