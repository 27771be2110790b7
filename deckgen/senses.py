"""Which of a word's dictionary senses fit the place where it stands.

A sense's English form says what kind of word it is ("to train", "classifier for …"), the words
around say what kind of word is wanted, and senses whose notes name a neighbour's meaning
("to spend (money, time)" beside 时间) come before the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, get_args

Role = Literal[
    "verb", "noun", "adjective", "adverb", "preposition", "measure", "place", "complement", "other"
]
Tag = Callable[[str], str | None]
"""Gives a word's most frequent part of speech, in the letters of jieba's dictionary."""

_ROLES: Mapping[str, Role] = {role: role for role in get_args(Role)}
MOST = 3
_LONG = 48
_MARGIN = 4.0

_BESIDE = re.compile(
    r"(?:CL:|(?:old |archaic |Japanese |erhua )?variants? of |also (?:written|pr\.|called)|"
    r"Taiwan pr\.|see (?:also )?\W?[\u3400-\u9fff]|same as |Kangxi radical|surname |"
    r"used in [^ ]*[\u3400-\u9fff]|\(used in |\(bird species|also transliterated|equivalent of )"
)
"""How a sense begins that says something about the word, not what it means."""
_RARE = re.compile(
    r"\((?:old|archaic|arch\.|literary|classical|dialect|Tw|slang|Internet slang|derog\.|vulgar|"
    r"TCM|Buddhism|chemistry|onom\.|botany|zoology|mining|physics|coll\.|loanword|Cantonese|fig\.|neologism[^)]*|jocular|euphemism|"
    r"sentence intensifier|grammatical equivalent[^)]*)\)"
)
_REFERENCE = re.compile(r"(?:[\u3400-\U0003ffff]+\|)?([\u3400-\U0003ffff]+)\[[^\]]*\]")
_BRACKETED = re.compile(r"\[[^\]]*\]|^\((?:\w+ )?variant of [^)]*\) ?")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_LONG_ASIDE = re.compile(r"\s*\([^()]{23,}\)")
_GRAMMAR = re.compile(
    r"^\((?:pronoun|adjective|bound form|attributive|noun suffix|concept of|duration of|point in|"
    r"transitive|intransitive|of a machine|of a computer|of two or more things)\) "
)
_ADJECTIVE = re.compile(
    r"(?:\w+(?:ful|less|ous|able|ible|ive|ical|ic|ary|ant|(?<!m)ent|ed|ish|al)|unusual|good|bad|big|small|"
    r"large|great|high|low|long|short|new|old|young|fast|quick|slow|right|wrong|true|false|clear|"
    r"heavy|light|hard|soft|easy|simple|strong|weak|hot|cold|warm|cool|open|free|full|empty|rich|"
    r"poor|deep|broad|wide|narrow|close|near|far|early|late|rare|safe|sure|ready|happy|busy|"
    r"complex|smart|clever|straight|tight|loose|thick|thin|clean|dirty|fresh|raw|strange|"
    r"numerous|many|much|even|whole|entire|main|common|extra|stable|pretty good)\b(?! to )"
)
_ADVERB = re.compile(
    r"(?:\w+ly|very|still|yet|also|just|only|again|already|always|never|often|not|then|too|"
    r"almost|even|quite|rather|together|in fact|in addition|as early as|soon|now)\b"
)
_PREPOSITION = re.compile(
    r"(?:to|at|for|with|from|in|on|by|of|than|as|like|towards?|about|concerning|regarding|because|"
    r"since|against|through|via|along|according to|in order to|on behalf of|and|or)(?:;|,|$)"
)
_NOT_NOUN = frozenset({"than", "and", "or", "but", "if", "not"})
_WORD = re.compile(r"[a-z]{3,}")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DULL = _set("the and for with sth something someone etc used that this from one")
_DEGREE = _set(
    "很 太 非常 更 最 比较 十分 特别 真 挺 相当 越 这么 那么 多么 有点 有点儿 不够 极其 如此 更加 "
    "越来越"
)
_MODAL = _set(
    "不 没 没有 会 能 能够 要 想 可以 应该 必须 需要 可能 得 别 请 将 正在 正 再 来 去 不会 不能 "
    "就 也 还 都 只 先 已经 开始 继续 让 使 帮 如何 怎么 不断 并 所 一起 给 刚 刚刚 才"
)
_PRONOUN = _set("我 你 您 他 她 它 我们 你们 他们 她们 它们 咱们 自己 谁 大家 人们")
_POINTING = _set("这 那 每 几 两 半 多少 各 某 哪 上 下 整 数 另一 同一 第一 一 二 三 十 百 千 万")
_AFTER_VERB = _set("了 着 过 一下 出 起来 下去 完 给 出来 成 到 住 好 掉 一些 得")
_PLACE_AFTER = _set("上 里 中 下 内 外 之间 方面 和 与 及 或 、 以及 等 是 的")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: the words before and after it in its sentence, nearest first."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sense:
    """A meaning as a card shows it: `order` counts from the dictionary's first, `told` are the
    English words of its notes.
    """

    text: str
    role: Role
    order: int
    is_rare: bool
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """Senses of our own for a word in one role; `beside` names words that must be near.

    Of these `<word` must stand just before, `>word` just after and `>>word` after in the clause; a
    letter is a part of speech, and `+` joins what must be there together.
    """

    reading: str
    role: Role
    beside: frozenset[str]
    texts: tuple[str, ...]


def read(raw: str, order: int) -> Sense | None:
    """Clean a dictionary sense, or return None where it only speaks about the word."""
    if _BESIDE.match(raw):
        return None
    text = _BRACKETED.sub("", _REFERENCE.sub(r"\1", raw)).replace("u:", "ü")
    role = _role(text)
    is_rare = bool(_RARE.search(text)) or text.startswith(("(bound form)", "lit. ", "abbr. "))
    told = english_words(" ".join(re.findall(r"\(([^()]*)\)", text)))
    short = re.sub(r"\bsb\b", "someone", re.sub(r"\bsth\b", "something", _shortened(text)))
    short = short.strip(" ;,")
    return Sense(short, role, order, is_rare, told) if short else None


def references(raw: str) -> tuple[str, ...]:
    """List the words that a sense such as `variant of 才[cai2]` points to, simplified."""
    return tuple(match[1] for match in _REFERENCE.finditer(raw)) if _BESIDE.match(raw) else ()


def choose(
    senses: Sequence[Sense], place: Place, tag: Tag, nearby: frozenset[str]
) -> tuple[str, ...]:
    """Return at most three texts: the senses that fit the place, or else the first ones."""
    wanted = roles(place, tag) if len(senses) > 1 else {}
    rates = {sense: _rate(sense, wanted, nearby) for sense in senses}
    rated = sorted(senses, key=lambda sense: -rates[sense])
    if wanted:
        rated = [sense for sense in rated if rates[rated[0]] - rates[sense] < _MARGIN]
    return tuple(dict.fromkeys(sense.text for sense in rated))[:MOST]


def choose_row(rows: Sequence[Row], place: Place, tag: Tag) -> tuple[str, ...]:
    """Return the texts of the row that fits the place best; the first row where nothing is told."""
    wanted = roles(place, tag)
    around = _marks(place, tag)
    told = [any(around.issuperset(mark.split("+")) for mark in row.beside) for row in rows]
    best = max(
        (at for at, row in enumerate(rows) if told[at] or not row.beside),
        key=lambda at: (wanted.get(rows[at].role, 0.0) + 4.0 * told[at], -at),
        default=0,
    )
    return rows[best].texts


def _marks(place: Place, tag: Tag) -> frozenset[str]:
    """Say what stands around, in the marks that a row's `beside` has."""
    marks = {*place.before[:3], *place.after[:3]}
    for side, words in (("<", place.before), (">", place.after)):
        marks |= {side + mark for word in words[:1] for mark in (word, tag(word) or "")}
    return frozenset(marks.union(f">>{word}" for word in _clause(place.after)))


@cache
def written() -> Mapping[str, tuple[Row, ...]]:
    """Read our own senses of the commonest words, by word."""
    text = (resources.files("deckgen") / "data" / "senses.tsv").read_text(encoding="utf-8")
    rows: dict[str, tuple[Row, ...]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            word, reading, role, beside, texts = line.split("\t")
            near = frozenset(beside.split()) - {"-"}
            row = Row(reading, _ROLES[role], near, tuple(texts.split("|")))
            rows[word] = (*rows.get(word, ()), row)
    return rows


def english_words(text: str) -> frozenset[str]:
    """Return the English words of a sense that carry meaning, without plural endings."""
    return frozenset(word.rstrip("s") for word in _WORD.findall(text.lower())) - _DULL


def roles(place: Place, tag: Tag) -> dict[Role, float]:
    """Rate what kinds of word can stand in a place; 0 where nothing is known."""
    before = place.before[0] if place.before else ""
    after = place.after[0] if place.after else ""
    tag_before, tag_after = tag(before) or "", tag(after) or ""
    ends = not after or not _is_word(after)
    starts = not before or not _is_word(before)
    counted = before in _POINTING or before[:1].isdecimal() or tag_before == "m"
    behind = _clause(place.before)[1:6]
    verb_ahead = any((tag(word) or "")[:1] in {"v", "a"} for word in _clause(place.after)[:6])
    found: dict[Role, float] = {
        "verb": (
            2.0 * (before in _MODAL)
            + 2.0 * (after in _AFTER_VERB)
            + 1.5 * (before in _PRONOUN)
            + 0.5 * (tag_after[:1] in {"n", "r"} and not counted)
            - 2.0 * (before in {"的", "很"})
            - 2.0 * counted
        ),
        "noun": (
            2.5 * (before == "的")
            + 2.5 * (tag_before == "q" and before not in {"个"})
            + 1.0 * (tag_before == "a" and len(before) == 1 and before not in {"难", "易"})
            + 2.0
            * (
                before
                in {"个", "这个", "那个", "一个", "些", "一些", "这些", "那些", "种", "笔", "什么"}
            )
            + 1.0 * (tag_before[:1] == "v" and (ends or after == "的"))
            + 1.0 * (before in {"从", "对", "用", "把", "与", "和"})
            + 1.0 * (after in _PLACE_AFTER)
            - 2.0 * (before in {"不", "很", "没"})
        ),
        "adjective": (
            3.0 * (before in _DEGREE)
            + 1.5 * (before == "得")
            + 1.0 * (after in {"的", "极了"})
            + 1.0 * (starts and ends)
            + 1.0 * (tag_after[:1] == "n" and tag_before == "q")
        ),
        "adverb": (
            2.0 * (bool(after) and (tag_after[:1] in {"v", "a", "d", "p"} or after in _MODAL))
            + 3.0 * (after == "地")
            + 0.5 * (starts or before in _PRONOUN or tag_before[:1] == "n")
            - 2.5 * (before in {"的", "个"})
            - 3.0 * ends
        ),
        "preposition": (
            1.5 * verb_ahead
            + 1.0 * (tag_after[:1] in {"n", "r"})
            - 4.0 * ends
            - 2.0 * (before in _DEGREE or counted)
        ),
        "measure": (
            4.0 * counted
            - 1.0
            - 1.0 * ends
            - 2.0 * (not counted)
            - 3.0 * (tag_after[:1] in {"r", "p"})
        ),
        "place": (
            2.5 * (tag_before[:1] in {"n", "r", "s"}) + 2.0 * ("在" in behind) - 1.0 * starts - 1.0
        ),
        "complement": 3.0 * (tag_before[:1] == "v" and before not in _MODAL)
        + 1.0 * (before in {"不", "得"})
        - 2.0 * starts,
        "other": 0.0,
    }
    return found if place.before or place.after else {}


def _rate(sense: Sense, wanted: dict[Role, float], nearby: frozenset[str]) -> float:
    fits = wanted.get(sense.role, 0.0)
    if sense.role == "noun":
        fits = max(fits, wanted.get("adjective", 0.0) - 1.0)
    heard = 3.0 * bool(nearby & sense.told)
    return 1.5 * fits + heard - 0.35 * sense.order - 4.0 * sense.is_rare


def _role(text: str) -> Role:
    form = _ASIDE.sub("", text).strip()
    if "classifier" in text[:24]:
        return "measure"
    if "(directional complement)" in text or "complement" in text[:30]:
        return "complement"
    if "suffix" in text[:15]:
        return "place"
    if re.match(r"to \w", form) and not _PREPOSITION.match(form):
        return "verb"
    if _PREPOSITION.match(form):
        return "preposition"
    if _ADVERB.match(form):
        return "adverb"
    if re.match(r"(?:can|may|must|have to|should|ought to)\b", form):
        return "verb"
    if _ADJECTIVE.match(form):
        return "adjective"
    if "particle" in text or "used to" in text[:20]:
        return "other"
    return "noun" if form.split(";")[0] not in _NOT_NOUN else "preposition"


def _shortened(text: str) -> str:
    """Keep two synonyms, and of the notes in brackets only short ones that limit the meaning."""
    short = _GRAMMAR.sub("", _LONG_ASIDE.sub("", text).strip() or text.strip("()"))
    short = ";".join(_split(short)[:2]).strip()
    if len(short) > _LONG:
        short = _split(short)[0]
    if len(short) > _LONG:
        short = _ASIDE.sub("", short) or short
    return short if len(short) <= 2 * _LONG else re.split("[,:]", short)[0]


def _split(text: str) -> list[str]:
    """Part synonyms at the semicolons that no bracket holds."""
    return re.split(r";(?![^(]*\))", text)


def _is_word(text: str) -> bool:
    return text[:1].isalnum()


def _clause(words: Sequence[str]) -> Sequence[str]:
    for place, word in enumerate(words):
        if not _is_word(word):
            return words[:place]
    return words
