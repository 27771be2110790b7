"""Would two cards be taken for each other? Equal fronts, equal answers, look-alikes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen import syllables
from deckgen.content import Claim, Pair, Term
from deckgen.hanzi import count_han, english_words, folded
from deckgen.linting.leaks import glosses
from deckgen.linting.model import Deck, Finding, Limits, Text, about, quoted
from deckgen.linting.similar import alike, likeness, shingles
from deckgen.linting.words import content_words, content_zh, same, simplified, units

_GROUPS = (
    "未末 己已巳 土士 人入八 日曰 戊戌戍 天夭 大太犬 千干于 刀力 乌鸟 午牛 木本 王玉主 田由甲申 "
    "白自 目且 贝见 石右 师帅 折拆析 侯候 拔拨 治冶 汩汨 暖缓 辩辨辫 微徽 幕墓慕暮 戴载栽 哀衷 "
    "免兔 晴睛 请清情晴 准淮 没设 今令 持特待 住往 杨扬 抢枪 挠绕饶 陪赔 提题 科料 失矢 代伐 享亨 "
    "延廷 历厉 亳毫 粟栗 洒酒 爪瓜 壁璧 密蜜 即既 竞竟 崇祟 撤撒 梁粱 柿市 宫官 泠冷 沽活 肓盲 祗祇"
)
_LOOK_ALIKE = _GROUPS.split()
_CLASS = {c: group[0] for group in reversed(_LOOK_ALIKE) for c in group}


def _answer(text: Text) -> str:
    item = text.item
    if isinstance(item, Claim):
        return item.answer.zh if text.language == "zh" else item.answer.en
    if isinstance(item, Term):
        return item.english
    return item.en if text.field == "zh" else item.zh


def _agree(a: Text, b: Text) -> bool:
    if isinstance(a.item, Term):
        return bool(set(map(folded, glosses(_answer(a)))) & set(map(folded, glosses(_answer(b)))))
    return same(_answer(a)) == same(_answer(b))


def _same_fronts(deck: Deck) -> Iterator[tuple[Text, Text, bool]]:
    """Yield (earlier, later, whether the answers agree) for fronts that read the same."""
    seen: dict[tuple[str, str, str], list[Text]] = {}
    for text in deck.fields("question", "hanzi", "zh"):
        key = same(text.text)
        if not key:
            continue
        before = seen.setdefault((text.field, text.language, key), [])
        if before:
            twin = next((b for b in before[:20] if _agree(b, text)), None)
            yield twin or before[0], text, twin is not None
        before.append(text)


def duplicate(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L06: the same front and the same answer twice."""
    for earlier, later, agree in _same_fronts(deck):
        if agree:
            said = f"{quoted(later.text)} is already asked by {earlier.item.key}; delete one"
            yield about(later, said)


def contradiction(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L07: the same front with another answer."""
    for earlier, later, agree in _same_fronts(deck):
        if not agree:
            said = (
                f"{quoted(later.text)} has the answer {quoted(_answer(later), 30)} here and "
                f"{quoted(_answer(earlier), 30)} in {earlier.item.key}; add what tells them apart"
            )
            yield about(later, said)


def ambiguous(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L08: two cards whose answers would both be right on either."""
    seen: dict[str, Term | Pair] = {}
    for item in deck.items:
        if isinstance(item, Claim):
            continue
        if isinstance(item, Term):
            names = [*glosses(item.english), *item.aliases]
            front = same(item.hanzi)
        else:
            names, front = [item.en], same(item.zh)
        found = None
        for name in names:
            key = f"{item.kind} {folded(name)}" if folded(name) else ""
            other = seen.setdefault(key, item) if key else item
            written = other.hanzi if isinstance(other, Term) else other.zh
            if other is not item and other.kind == item.kind and same(written) != front:
                found = found or (name, other.key, written)
        if found:
            name, key, written = found
            said = f"{quoted(name)} is also the English of {quoted(written)} ({key})"
            field = "english" if isinstance(item, Term) else "en"
            english = item.english if isinstance(item, Term) else item.en
            yield about(Text(item, field, "en", english), f"{said}; say how they differ")


def confusable(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L09: two cards that are easily taken for each other."""
    terms = [item for item in deck.items if isinstance(item, Term)]
    yield from _look_alikes(terms)
    yield from _sound_alikes(terms, deck)
    yield from _spelt_alike(terms)
    for earlier, later, answers in _near(deck, limits):
        if answers < limits["answers"]:
            said = f"{quoted(later.text)} is easily taken for {quoted(earlier.text)}"
            yield about(later, f"{said} of {earlier.item.key}; put the difference first")


def _confused(term: Term, other: Term, how: str) -> Finding:
    said = f"{quoted(term.hanzi)} {how} {quoted(other.hanzi)} ({other.key})"
    return about(
        Text(term, "hanzi", "zh", term.hanzi), f"{said}; tell them apart in the definition"
    )


def _look_alikes(terms: Sequence[Term]) -> Iterator[Finding]:
    """Find terms one character apart; words of two share one with many, so only in one topic."""
    shared: dict[str, Term] = {}
    shapes: dict[str, Term] = {}
    for term in terms:
        hanzi = simplified(term.hanzi)
        size = len(hanzi)
        if not 1 <= size <= 40 or size != count_han(hanzi):
            continue
        masks = [f"{hanzi[:i]}*{hanzi[i + 1 :]}" for i in range(size)] if size > 1 else []
        topics = term.topics if size == 2 and term.topics else ("",)
        others = [shared.setdefault(f"{topic} {mask}", term) for topic in topics for mask in masks]
        if other := next((o for o in others if simplified(o.hanzi) != hanzi), None):
            yield _confused(term, other, "differs in one character from")
        shape = "".join(_CLASS.get(c, c) for c in hanzi)
        if size == 1 and simplified(shapes.setdefault(shape, term).hanzi) != hanzi:
            yield _confused(term, shapes[shape], "looks like")


def _sound_alikes(terms: Sequence[Term], deck: Deck) -> Iterator[Finding]:
    readings = {
        a.item.key: [s for word in a.hanzi.words for s in word.readings or ()]
        for a in deck.annotated
        if hasattr(a, "hanzi")
    }
    heard: dict[str, Term] = {}
    for term in terms:
        spoken = readings.get(term.key) or _authored(term)
        letters = english_words(term.hanzi.lower())
        sound = " ".join([*letters, *(syllables.plain(s).lower() for s in spoken)])
        other = heard.setdefault(sound, term) if spoken else term
        if same(other.hanzi) != same(term.hanzi):
            yield _confused(term, other, "sounds, but for tones, like")


def _authored(term: Term) -> tuple[str, ...]:
    try:
        return syllables.parse(term.pinyin or "", count_han(term.hanzi))
    except syllables.PinyinError:
        return ()


def _spelt_alike(terms: Sequence[Term]) -> Iterator[Finding]:
    spelt: dict[str, tuple[str, Term]] = {}
    for term in terms:
        for gloss in glosses(term.english):
            word = folded(gloss)
            if not 4 <= len(word) <= 40:
                continue
            keys = [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]
            near = [spelt.setdefault(key, (word, term)) for key in keys]
            for written, other in near:
                if other is not term and written != word and _one_apart(written, word):
                    yield _confused(term, other, f"is in English spelt like {quoted(written)},")
                    break


def _one_apart(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next(
        (i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short)
    )
    rest = short[start:] if len(short) < len(long) else short[start + 1 :]
    return rest == long[start + 1 :]


def _near(deck: Deck, limits: Limits) -> Iterator[tuple[Text, Text, float]]:
    """Yield (earlier, later, how alike the answers are) for fronts that nearly read the same."""
    for field, language in (("question", "zh"), ("question", "en"), ("zh", "zh"), ("en", "en")):
        texts = [t for t in deck.fields(field) if t.language == language]
        sets = [_shingles(text.text, text.language) for text in texts]
        for earlier, later, _ in alike(sets, limits["alike"]):
            a, b = texts[earlier], texts[later]
            if same(a.text) != same(b.text):
                yield a, b, _answers_alike(a, b)


def _shingles(text: str, language: str) -> frozenset[str]:
    if language == "en":
        return shingles(content_words(text))
    return shingles(units(content_zh(text))) or shingles(units(text))


def _answers_alike(a: Text, b: Text) -> float:
    if same(_answer(a)) == same(_answer(b)):
        return 1.0
    language = "en" if (a.field, a.language) in (("question", "en"), ("zh", "zh")) else "zh"
    return likeness(_shingles(_answer(a), language), _shingles(_answer(b), language))


def near_duplicate(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L29: two cards that ask nearly the same and have nearly the same answer."""
    for earlier, later, answers in _near(deck, limits):
        if answers >= limits["answers"]:
            said = f"{quoted(later.text)} repeats {quoted(earlier.text)} of {earlier.item.key}"
            yield about(later, f"{said}; delete one, or ask for something else")
    for language in ("zh", "en"):
        texts = [t for t in deck.fields("statement") if t.language == language]
        sets = [_shingles(text.text, language) for text in texts]
        for first, second, _ in alike(sets, limits["statements"]):
            said = f"{quoted(texts[second].text)} says again what {texts[first].item.key} says"
            yield about(texts[second], f"{said}; delete one, or say what differs")
