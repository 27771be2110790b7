"""Documents in two languages: terms with the other language in brackets, and paired sides."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from deckgen.hanzi import HAN, count_han, english_words
from deckgen.readers.markdown import Block
from deckgen.readers.plain import Plain
from deckgen.transcript import BilingualTerm

if TYPE_CHECKING:
    from deckgen.readers.roster import Roster
    from deckgen.readers.turns import Said
    from deckgen.segmentation import Segmenter


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BRACKET = re.compile(
    r"[(（](?P<inside>[^()（）\n]{1,80})[)）]|"
    rf"(?<=[{HAN}])[\[【](?P<latin>[A-Za-z][A-Za-z0-9 .\-]{{2,60}})[\]】]"
)
_TAG = re.compile(
    r"[\[【(（]?(原文|译文|翻译|中文?|英文?|English|Chinese|EN|ZH|CN|Original|"
    r"Translation)(?:[\]】)）][:：]?|[:：])[ ]?",
    re.I,
)
_SLASH = re.compile(r"[ ]+[/／|｜][ ]+")
_QUOTES = {"”": "“", "」": "「", "』": "『", "》": "《", "】": "【", "’": "‘", '"': '"'}
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z0-9 .,，、'’&/+\-–:;_#%]*")
_ZH_TAIL = re.compile(rf"[{HAN}A-Za-z0-9·\- +/]+\Z")
_EN_TAIL = re.compile(r"[A-Za-z][A-Za-z0-9'’&/+\-–.]*(?: [A-Za-z0-9][A-Za-z0-9'’&/+\-–.]*)*\Z")
_NOT_TERMS = re.compile(
    r"https?|www\.|\.com\b|laughs?\b|laughing|laughter|applause|crosstalk|inaudible|music\Z|see |"
    r"e\.g|i\.e|aka |sic\b|(?:note|photo|image|source)s?(?:[:：]|\Z| (?:by|credit|courtesy)\b)|"
    r"via |by |from |\d{1,2}:\d{2}",
    re.I,
)
_ZH_NOT_TERMS = re.compile(
    r"\A[而不也即或指这那他她我你]|[的了吗呢]\Z|不是|笑|掌声|音乐|注[:：]|译者|编者|图|如|比如|"
    r"例如|见|即|也就是|包括|来源|下同|以下|停顿|[，。！？；]"
)
_STOP = frozenset(
    "的了是在和与及或跟同把被让使将从对于关有没会要想用叫为以到去来这那此该其每各某我你他她它们也都又还就才很太最更"
    "非已即所说讲谈聊按靠凭朝替称而但并且则因如若像向往给由过着得请问呢吗吧啊试"
)
_COUNTED = re.compile(
    r"[一两几三四五多每各这那某](?:个|种|类|台|套|款|项|家|位|名|条|次|些|笔|张|层|段|部|本|大|小)"
)
_STOP_WORDS = _words(
    "一种 一个 一些 一类 一台 一套 一笔 一张 一条 一次 一层 一段 一部 一本 一名 一款 一项 "
    "一家 一位 所谓 所有 这种 这个 这些 那种 那个 那些 某种 比如 例如 譬如 包括 以及 或者 "
    "还是 就是 也就是 不是 其实 叫做 称为 称作 名为 被称为 叫作 使用 利用 采用 通过 基于 "
    "关于 对于 由于 为了 进行 提出 涉及 涉及到 处理 形成 存在 出现 属于 成为 作为 具有 "
    "拥有 需要 可以 能够 如果 因为 所以 但是 而且 然后 之后 之前 以后 以前 时候 目前 当前 "
    "现在 今天 最近 未来 过去 一直 已经 开始 最开始 我们 你们 他们 它们 大家 自己 什么 "
    "怎么 这样 那样 更多 很多 许多 多个 几个 各种 各类 不同 相关 主要 整个 完整 奇怪 "
    "我们的 我的 你的 他的 没有 只有 还有 都有 具备 实现 引入 加入 谈到 提到 讲到 说到 "
    "聊到 看到 用到 类似 类似于 相当于 等于 对应 针对 围绕 根据 按照 除了 除 像 如 与 和 "
    "或 及 在 从 到 把 被 让 给 向 对 为 是 有 用 叫 称 的 得 了 着 过 这 那 将 由 以 而 "
    "并 且 则 即 也 都 就 还 又 再 很 更 最 非常 特别 尤其 甚至 仅 只 才 不 没 会 要 能 "
    "想 去 来 做 搞 学习 研究 讨论 理解 解释 介绍 创立 创办 成立 创建 推出 发布 开发 大量 "
    "少量 负责 加上 以为 认为 觉得 知道 发现 产生 带来 引起 导致 解决 建立 看见 遇到 "
)


_SMALL_WORDS = _words(
    "a an the and or but so about is are was were be been it's its that that's this these those "
    "there called named as on at with by from into for we i you they he she it my our your their "
    "means say says said call like what which who when where not no just really very"
)


def untagged(blocks: Sequence[Block]) -> list[Block]:
    """Take off tags such as `[原文]` and `[译文]`; the lines of the later tag are translations."""
    tags = [_TAG.match(block.text) if block.kind == "text" else None for block in blocks]
    kinds = [tag[1].casefold() for tag in tags if tag]
    if len(kinds) < 4 or len(set(kinds)) != 2 or min(map(kinds.count, set(kinds))) < 2:
        return list(blocks)
    return [
        replace(
            block,
            plain=block.plain.cut(tag.end()),
            hidden=tag[1].casefold() != kinds[0],
            bold=False,
            lead=0,
        )
        if tag
        else block
        for block, tag in zip(blocks, tags, strict=True)
    ]


def parted(blocks: Sequence[Block]) -> list[Block]:
    """Part lines such as `你好吗？ / How are you?` where most are so; the second side is hidden."""
    cuts = [
        _SLASH.search(block.text) if block.kind in ("text", "item", "quote") else None
        for block in blocks
    ]
    both = [
        cut is not None and is_chinese(b.text[: cut.start()]) != is_chinese(b.text[cut.end() :])
        for b, cut in zip(blocks, cuts, strict=True)
    ]
    if sum(both) < 3 or 2 * sum(both) < sum(block.kind == "text" for block in blocks):
        return list(blocks)
    found: list[Block] = []
    for block, cut, two in zip(blocks, cuts, both, strict=True):
        if cut and two:
            found.append(replace(block, plain=block.plain.cut(0, cut.start())))
            found.append(replace(block, plain=block.plain.cut(cut.end()), hidden=True, lead=0))
        else:
            found.append(block)
    return found


def is_chinese(text: str) -> bool:
    """Say whether a text reads as Chinese: Han characters weigh as much as English words."""
    han = count_han(text)
    return han > 0 and han > len(english_words(text)) * 0.7


def language(texts: Iterable[str]) -> str:
    """Return "zh" or "en", whichever most of the texts are written in."""
    han = words = 0
    for text in texts:
        han += count_han(text)
        words += len(english_words(text))
    return "zh" if han > words * 0.7 else "en"


def says_both(said: Sequence[Said]) -> bool:
    """Say whether a document gives what is said in Chinese and again in English."""
    if sum(bool(one.originals) for one in said) * 2 > len(said) > 0:
        return True
    paragraphs = [p.text for one in said for p in one.paragraphs if len(p.text) > 3]
    marks = [is_chinese(text) for text in paragraphs]
    if len(marks) < 4 or not 0.3 < sum(marks) / len(marks) < 0.7:
        return False
    changes = sum(a != b for a, b in itertools.pairwise(marks))
    return changes > 0.5 * len(marks)


def first_language(said: Sequence[Said]) -> str:
    """Return the language that comes first in a document that says everything twice."""
    firsts = [one.paragraphs[0].text for one in said if one.paragraphs]
    chinese = sum(is_chinese(text) for text in firsts)
    if firsts and chinese not in (0, len(firsts)) and abs(2 * chinese - len(firsts)) <= 1:
        return "zh" if is_chinese(firsts[0]) else "en"
    return "zh" if chinese * 2 > len(firsts) else "en"


def sides(paragraphs: Sequence[Plain], language: str) -> tuple[list[Plain], list[Plain]]:
    """Part paragraphs into those of a language and those of the other."""
    chinese = [p for p in paragraphs if is_chinese(p.text)]
    english = [p for p in paragraphs if not is_chinese(p.text)]
    return (chinese, english) if language == "zh" else (english, chinese)


def merged(said: Sequence[Said], roster: Roster, language: str) -> list[Said]:
    """Make one turn of two that say the same in two languages under two labels."""
    found: list[Said] = []
    for one in said:
        before = found[-1] if found else None
        if before and _is_translation(before, one):
            before.originals = list(one.paragraphs)
        else:
            found.append(one)
    return found


def _is_translation(before: Said, one: Said) -> bool:
    if before.originals or one.originals or not before.paragraphs or not one.paragraphs:
        return False
    marks = {is_chinese(p.text) for p in before.paragraphs}
    others = {is_chinese(p.text) for p in one.paragraphs}
    same = (
        before.names == one.names
        or before.time == one.time is not None
        or any(bool(count_han(a)) != bool(count_han(b)) for a in before.names for b in one.names)
    )
    return same and len(marks) == len(others) == 1 and marks != others


def terms(passages: Iterable[Plain]) -> tuple[BilingualTerm, ...]:
    """Find each `内部独白(inner monologue)` and `exocortex（外皮层）` once, in order."""
    found: dict[tuple[str, str], BilingualTerm] = {}
    seen: dict[str, tuple[str, str, int] | None] = {}
    for plain in passages:
        for match in _BRACKET.finditer(plain.text):
            before = plain.text[max(0, match.start() - 80) : match.start()]
            key = before + match[0]
            if key not in seen:
                seen[key] = _pair(before.rstrip(), (match["inside"] or match["latin"]).strip())
            if pair := seen[key]:
                zh, en, offset = pair
                start = match.start() - (len(before) - offset)
                term = BilingualTerm(zh, en, plain.locator(start, match.end()))
                found.setdefault((zh, en.casefold()), term)
    return tuple(sorted(found.values(), key=lambda term: term.locator.start))


def _pair(before: str, inside: str) -> tuple[str, str, int] | None:
    if _ENGLISH.fullmatch(inside) and not _NOT_TERMS.match(inside):
        latin = re.search(r"[A-Za-z0-9]+\Z", before)
        if latin and latin[0].casefold() not in inside.casefold():
            return None
        zh, start = _chinese_tail(before, inside)
        return (zh, inside.strip(" .,"), start) if count_han(zh) else None
    if count_han(inside) and len(inside) <= 24 and not _ZH_NOT_TERMS.search(inside):
        en, start = _english_tail(before)
        if en and count_han(inside) * 2 >= len(inside.replace(" ", "")):
            return inside, en, start
    return None


def _quoted(before: str) -> tuple[str, int] | None:
    opening = _QUOTES.get(before[-1:])
    at = before.rfind(opening, 0, len(before) - 1) if opening else -1
    return (before[at + 1 : -1].strip(), at) if at >= 0 and len(before) - at < 42 else None


def _chinese_tail(before: str, english: str) -> tuple[str, int]:
    """Return the Chinese term that a bracket explains, and where it begins."""
    if quoted := _quoted(before):
        return quoted
    tail = _ZH_TAIL.search(before)
    if not tail or not count_han(tail[0]):
        return "", len(before)
    run = tail[0].lstrip()
    opening = before[: len(before) - len(run)].rstrip()[-1:]
    if opening in '“「『《【"' and opening:
        return run, len(before) - len(run)
    term = _trimmed(run, english)
    return term, len(before) - len(term)


def _trimmed(run: str, english: str) -> str:
    """Drop the words of the sentence that lead up to a term."""
    counted = [match.end() for match in _COUNTED.finditer(run) if match.end() < len(run)]
    run = run[counted[-1] if counted else 0 :]
    tokens = _segmenter().tokens(run)

    least = words = len(re.findall(r"[A-Za-z]+", english))
    if re.fullmatch(r"[A-Z][A-Za-z0-9\-]{1,7}s?", english):
        words = max(words, sum(c.isupper() for c in english))
    limit = max(4, 3 * words + 2)
    start = len(run)
    for token in reversed(tokens):
        short = count_han(run[start:]) < 1.5 * least
        if start < len(run) and _stops(token.text) and not (short and token.text == "的"):
            break
        size = count_han(run[token.start :]) + len(re.findall(r"[A-Za-z0-9]+", run[token.start :]))
        if start < len(run) and (size > limit or _is_foreign(token.text, english)):
            break
        start = token.start
    return run[start:].strip(" -·/+").removeprefix("的")


def _is_foreign(word: str, english: str) -> bool:
    """Say whether a Latin word before a Chinese term is no part of what the bracket gives."""
    return word.isascii() and word.isalnum() and word.casefold() not in english.casefold()


@functools.cache
def _segmenter() -> Segmenter:
    """Return the segmenter, whose dictionary is loaded when the first bracket asks for it."""
    from deckgen.segmentation import Segmenter

    return Segmenter()


def _stops(word: str) -> bool:
    past = 1 < len(word) <= 3 and word[-1] in "过了着到"
    return past or word in _STOP_WORDS or all(c in _STOP for c in word)


def _english_tail(before: str) -> tuple[str, int]:
    if quoted := _quoted(before):
        return (quoted[0], quoted[1]) if not count_han(quoted[0]) else ("", len(before))
    tail = _EN_TAIL.search(before)
    if not tail:
        return "", len(before)
    words = tail[0].split(" ")
    small = [i for i, word in enumerate(words[:-1], 1) if word.casefold() in _SMALL_WORDS]
    term = " ".join(words[small[-1] if small else 0 :])
    if len(term.split(" ")) > 6:
        return "", len(before)
    return term, len(before) - len(term)
