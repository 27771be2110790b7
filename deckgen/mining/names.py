"""Names among terms: whether one is a person's, a firm's or a product's, by what stands around it.

Where neither the text nor CC-CEDICT tells, a name is a name and nothing more.
"""

from __future__ import annotations

import marshal
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from deckgen import cache, cedict
from deckgen.hanzi import count_han

Kind = Literal["person", "firm", "product"]

NAMES = "names"
"""The topic of names; below it are those of persons, firms and products."""

_FIRM_NAME = re.compile(
    r"(?:\b(?:Inc|Labs?|Corp|Ltd|LLC|GmbH|Technologies|Capital|Ventures|University|Institute|"
    r"Foundation|Bank|Research)\.?|[a-z .]AI|公司|集团|大学|研究院|研究所|实验室|银行|基金会|科技)$"
)
_PRODUCT_NAME = re.compile(r"(?:[A-Za-z]+[- ]?\d[\d.]*[a-z]?)+$")
_PERSON_NAME = re.compile(r"[A-Z][a-z]+(?:[ ·][A-Z][a-z]+){0,2}|[\u3400-\u9fff·]{2,12}")
_AFTER: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "firm",
        re.compile(
            r"(?:这家|等)?(?:公司|集团|股价|股票|市值|总部|内部)|的?(?:联合)?(?:创始人|CEO|CTO|员工|工程师|"
            r"首席|总裁|董事长|研究员|高管|竞争对手)|(?:也|其实|确实)?是一?家|(?:工作|任职|上班|实习|收购)|"
            r"['’]s (?:CEO|CTO|founder|engineers|employees|stock)|,? the company|"
            r"(?:is|was) (?:a|the) (?:\w+ ){0,3}company"
        ),
    ),
    (
        "product",
        re.compile(
            r"(?:这个|这款)?(?:手机|芯片|机器人|模型|软件|版本|车型|语言|框架|编译器|浏览器|操作系统|"
            r"项目|数据集)|(?:的)?(?:最新)?(?:版本|版)|(?:is|was) (?:a|the) (?:\w+ ){0,3}"
            r"(?:app|model|tool|library|framework|language|robot|device|chip)\b|['’]s API|compiler"
        ),
    ),
    (
        "person",
        re.compile(
            r"(?:先生|女士|小姐|教授|博士|老师|院士)|(?:[曾还也]?(?:说|认为|表示|提到|指出|觉得|写道|宣布))|"
            r",? (?:said|says|thinks|told|wrote|argues)\b"
        ),
    ),
)
_BEFORE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "firm",
        re.compile(
            r"(?:加入|离开|创立|创办|收购|投资|入职|供职于|就职于|任职于)了?$|"
            r"(?:CEO of|founded|founder of|engineers? at|work(?:s|ed|ing)? (?:at|for)|joined|"
            r"company called|company)$",
            re.IGNORECASE,
        ),
    ),
    (
        "product",
        re.compile(r"(?:发布|推出|安装|下载|买了?一[台部辆])了?的?$|(?:installed|download)$", re.I),
    ),
    ("person", re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Professor)\.?$")),
)
_WORKS_THERE = re.compile(r"[在从]\s?$")
_WORKED = re.compile(r"\s?(?:工作|任职|上班|实习|辞职|离职|离开|出来|做|带|的时候|期间)")
_SENSES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "firm",
        re.compile(
            r"\b(?:company|corporation|car ?maker|automaker|manufacturer|bank|website|"
            r"search engine|conglomerate|airline|publisher|university|Inc|retailer|"
            r"microblogging service)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "product",
        re.compile(r"\b(?:software|operating systems?|programming language|app|model)\b", re.I),
    ),
    ("person", re.compile(r"\((?:c\. )?1\d{3}-(?:[12]\d{3})?\)")),
)
_YEARS = re.compile(r"(1\d{3})-([12]\d{3})")
_LEAST_AGE = 20
_PROPER = re.compile(r"((?:[A-Z]|[a-z][A-Z])[\w.&'’-]*(?: [A-Z][\w.&'’-]*)*)(?= ?[(,;]|$)")
_SUFFIX = re.compile(r" (?:Corporation|Corp\.?|Inc\.?|Company|Group)$")
_NOT_PLAIN = re.compile(r"\b(?:slang|pun|old|Tw|abbr|variant|surname)\b")


class Names:
    """Tells what is a name, of what kind, and what CC-CEDICT calls it in Chinese."""

    def __init__(self, people: Iterable[str]) -> None:
        self._people = {word.lower() for name in people for word in (name, *name.split())}
        version = f"1 {cedict.version()} marshal {marshal.version}"
        self._listed: dict[str, tuple[Kind, str]] = marshal.loads(
            cache.compiled("names", version, _compile)
        )
        self._dictionary = cedict.Cedict()

    def kind(self, name: str, around: Sequence[tuple[str, str]]) -> Kind | None:
        """Tell a Latin name's kind by what stands before and after it in each place."""
        if name.lower() in self._people:
            return "person"
        if _FIRM_NAME.search(name):
            return "firm"
        votes: Counter[Kind] = Counter()
        for before, after in around:
            votes.update(set(_cues(name, before.rstrip(), after.lstrip())))
        if _PRODUCT_NAME.fullmatch(name):
            votes["product"] += 1
        ranked = votes.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return self._listed.get(name, (None, ""))[0]
        return ranked[0][0]

    def chinese(self, name: str, kind: Kind | None) -> str | None:
        """Return the Chinese name that CC-CEDICT has for a firm or person of this name."""
        listed, hanzi = self._listed.get(name, (None, ""))
        return hanzi if listed == kind and kind in ("firm", "person") else None

    def topic(self, word: str, gloss: str) -> str | None:
        """Return the topic of a Chinese name by its gloss, None for what is no name."""
        entries = self._dictionary.entries(word) if count_han(word) == len(word) else ()
        if not any(entry.pinyin[:1].isupper() for entry in entries):
            return None
        if kind := next((kind for kind, cue in _SENSES if cue.search(gloss)), None):
            return f"{NAMES}/{kind}"
        return NAMES if all(entry.pinyin[:1].isupper() for entry in entries) else None


def _compile() -> bytes:
    listed: dict[str, tuple[Kind, str]] = {}
    for entry in cedict.parse():
        for name, kind in _proper(entry):
            listed.setdefault(name, (kind, entry.simplified))
    return marshal.dumps(listed)


def _cues(name: str, before: str, after: str) -> Iterator[Kind]:
    for kind, cue in _AFTER:
        if cue.match(after) and (kind != "person" or _PERSON_NAME.fullmatch(name)):
            yield kind
    for kind, cue in _BEFORE:
        if cue.search(before):
            yield kind
    if _WORKS_THERE.search(before) and _WORKED.match(after):
        yield "firm"


def _proper(entry: cedict.Entry) -> Iterator[tuple[str, Kind]]:
    """Yield the English names of an entry that is a firm's, a product's or a person's."""
    for sense in entry.senses:
        match = _PROPER.match(sense)
        if not match or _NOT_PLAIN.search(sense):
            continue
        kind = next((kind for kind, cue in _SENSES if cue.search(sense)), None)
        years = _YEARS.search(sense)
        is_period = years is not None and int(years[2]) - int(years[1]) < _LEAST_AGE
        if kind and not (kind == "person" and is_period):
            yield _SUFFIX.sub("", match[1]), kind
