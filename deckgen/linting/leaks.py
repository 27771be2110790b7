"""Does the front give the answer away, and does a cloze hide what is worth hiding?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen import numbers, syllables
from deckgen.content import Claim, Pair, Term
from deckgen.hanzi import HAN, folded, han_runs
from deckgen.linting.model import Deck, Finding, Limits, Text, about, quoted
from deckgen.linting.words import (
    STOP_EN,
    STOP_ZH,
    bare_base,
    cloze_front,
    content_words,
    deletions,
    readings,
    simplified,
    stem,
    units,
    words,
)

_MARKED_PINYIN = re.compile(r"[a-zA-Z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]\w*")
_BRACKETED = re.compile(rf"[{HAN}]\s*[（(]\s*([A-Za-z][^）)]*)[）)]")
_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")
_CHOICE_EN = re.compile(r"\b(?:or|versus|vs)\b", re.IGNORECASE)
_CHOICE_ZH = re.compile(r"还是|或者?|(?:[和与跟、].*)(?:哪个|哪一个|哪种|哪类|哪一种|谁|哪者|何者)")
_WHO = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_NAMED_EN = re.compile(r"\bnamed\b|\bname\s+(?:come|go)|\bnamesake\b", re.IGNORECASE)
_NAMED_ZH = re.compile("以?(?:谁|什么|哪[一个位座条种里]*)?的?(?:名字)?(?:命名|得名)|名字来自")
_EDGE_ZH = re.compile(
    r"^(?:因为|由于|就是|在|是|从|用|靠|为|由|于|约|被|把|对)+|(?:的|了|里|中|上)+$"
)
_TRIVIAL_ZH = frozenset(
    [
        *STOP_ZH,
        "是的",
        "也是",
        "就是",
        "不是",
        "没有",
        "一些",
        "之一",
        "因为",
        "所以",
        "否",
        "是否",
        "不",
        "无",
    ]
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def answer_in_front(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L10: the front shows its answer, a definition its term, a Chinese front its reading."""
    for item in deck.items:
        if isinstance(item, Claim):
            yield from _claim(item)
        elif isinstance(item, Term):
            yield from _term(item)
        else:
            yield from _pair(item)


def _claim(claim: Claim) -> Iterator[Finding]:
    question, answer = claim.question, claim.answer
    if match := _MARKED_PINYIN.search(question.zh):
        text = Text(claim, "question", "zh", question.zh)
        yield about(text, f"shows the reading {quoted(match[0])}; leave it to the back")
    if found := _leak_en(question.en, answer.en):
        text = Text(claim, "question", "en", question.en)
        yield about(text, f"the answer {quoted(found)} stands in the question; reword it")
    if found := _leak_zh(simplified(question.zh), simplified(answer.zh)):
        text = Text(claim, "question", "zh", question.zh)
        yield about(text, f"the answer {quoted(found)} stands in the question; reword it")


def _leak_en(question: str, answer: str) -> str | None:
    if _CHOICE_EN.search(question):
        return None
    asked, given = set(content_words(question)), content_words(answer)
    if _NAMED_EN.search(question) and (named := _named_en(question, answer)):
        return named
    if given and all(word in asked for word in given):
        return answer
    if _WHO.search(question) and len(given) <= 3:
        names = {name.lower() for name in _NAME.findall(question)[1:]}
        return next((name for name in _NAME.findall(answer) if name.lower() in names), None)
    return None


def _leak_zh(question: str, answer: str) -> str | None:
    if _CHOICE_ZH.search(question):
        return None
    if _NAMED_ZH.search(question) and (named := _named_zh(question, answer)):
        return named
    runs = [_EDGE_ZH.sub("", run) for run in han_runs(answer)]
    kept = [run for run in runs if run and run not in _TRIVIAL_ZH]
    latin = [unit for unit in units(answer) if unit[0].isascii()]
    if not kept and not any(unit[0].isalpha() for unit in latin):
        return None
    asked = units(question)
    if all(run in question for run in kept) and all(unit in asked for unit in latin):
        return answer
    return None


def _named_en(question: str, answer: str) -> str | None:
    """A name in the answer of which the question shows a form, as Sicilian does of Sicily."""
    asked = [name.lower() for name in _NAME.findall(question)[1:]]
    for name in _NAME.findall(answer):
        if any(word[:4] == name[:4].lower() and len(name) >= 4 for word in asked):
            return str(name)
    return None


def _named_zh(question: str, answer: str) -> str | None:
    rest = _NAMED_ZH.sub(" ", question)
    for run in han_runs(answer):
        for size in range(len(run), 1, -1):
            parts = (run[i : i + size] for i in range(len(run) - size + 1))
            if found := next((part for part in parts if part in rest), None):
                return found
    return None


def _term(term: Term) -> Iterator[Finding]:
    hanzi = Text(term, "hanzi", "zh", term.hanzi)
    if reading := _shown_reading(term.hanzi):
        yield about(hanzi, f"shows the reading {quoted(reading)}; move it to the key pinyin")
    elif match := _BRACKETED.search(term.hanzi):
        yield about(hanzi, f"shows the meaning {quoted(match[1])}; leave it to the key english")
    elif gloss := _shown_gloss(term):
        yield about(hanzi, f"shows the meaning {quoted(gloss)}; leave it to the key english")
    elif not han_runs(term.hanzi) and folded(term.hanzi) == folded(term.english):
        yield about(hanzi, f"is the same as the English {quoted(term.english)}; write the hanzi")
    elif match := _HAN_RUN.search(term.english):
        text = Text(term, "english", "en", term.english)
        yield about(text, f"shows the answer {quoted(match[0])}; leave it to the key hanzi")
    if term.definition is None:
        return
    if folded(simplified(term.hanzi)) in folded(simplified(term.definition.zh)):
        text = Text(term, "definition", "zh", term.definition.zh)
        yield about(text, f"contains the term {quoted(term.hanzi)} itself; define it without")
    if han_runs(term.hanzi) and folded(term.hanzi) in folded(term.definition.en):
        text = Text(term, "definition", "en", term.definition.en)
        yield about(text, f"shows the answer {quoted(term.hanzi)}; define it in English")
    defined = [bare_base(word) for word in words(term.definition.en)]
    for gloss in glosses(term.english):
        phrase = [bare_base(word) for word in words(gloss)]
        if _contains(defined, phrase):
            text = Text(term, "definition", "en", term.definition.en)
            yield about(text, f"contains the term {quoted(gloss)} itself; define it without")
            break


def _shown_gloss(term: Term) -> str | None:
    """A meaning in Latin letters beside the characters, if more than a name in both languages."""
    if not han_runs(term.hanzi):
        return None
    shown = [bare_base(word) for word in words(re.sub(f"[{HAN}]", " ", term.hanzi))]
    for gloss in glosses(term.english):
        phrase = [bare_base(word) for word in words(gloss)]
        if _contains(shown, phrase) and (len(phrase) > 1 or gloss.islower()):
            return gloss
    return None


def _shown_reading(hanzi: str) -> str | None:
    """The pinyin beside the characters, with tone marks, tone numbers or none."""
    if match := _MARKED_PINYIN.search(hanzi):
        return match[0]
    latin = " ".join(re.findall(r"[A-Za-zü]+[1-5]?", hanzi))
    if not latin or not han_runs(hanzi):
        return None
    try:
        spoken = syllables.parse(latin, len("".join(han_runs(hanzi))))
    except syllables.PinyinError:
        return None
    characters = zip("".join(han_runs(hanzi)), spoken, strict=True)
    plain = ((readings(c), syllables.plain(s)) for c, s in characters)
    return latin if all(s in map(syllables.plain, known) for known, s in plain) else None


def glosses(english: str) -> list[str]:
    """List the meanings that one English field gives, without `to`, `a` and `the`."""
    commas = ",，" if english == english.lower() else ""
    parts = [part.strip() for part in re.split(rf"[;；、{commas}]|\s/\s", english)]
    return [re.sub(r"^(?:to|an?|the)\s+", "", part, flags=re.I) for part in parts if part]


def _contains(text: list[str], phrase: list[str]) -> bool:
    size = len(phrase)
    return bool(phrase) and any(text[i : i + size] == phrase for i in range(len(text) - size + 1))


def _pair(pair: Pair) -> Iterator[Finding]:
    for match in _BRACKETED.finditer(pair.zh):
        phrase = [bare_base(word) for word in words(match[1])]
        if _contains([bare_base(word) for word in words(pair.en)], phrase):
            text = Text(pair, "zh", "zh", pair.zh)
            yield about(text, f"shows its translation {quoted(match[1])}; take it out")
    if match_ := _MARKED_PINYIN.search(pair.zh):
        text = Text(pair, "zh", "zh", pair.zh)
        yield about(text, f"shows the reading {quoted(match_[0])}; move it to the key pinyin")
    for run in _HAN_RUN.findall(pair.en):
        text = Text(pair, "en", "en", pair.en)
        yield about(text, f"shows the Chinese {quoted(run)}; write English only")


def cloze_leak(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L11: what a cloze hides can still be read somewhere on its front."""
    names = _names(deck)
    both = {(t.item.key, t.language): deletions(t.text) for t in deck.fields("cloze")}
    for text in deck.fields("cloze"):
        other_language = both.get((text.item.key, "en" if text.language == "zh" else "zh"), [])
        for number, hidden, hint in deletions(text.text):
            front = f"{cloze_front(text.text, number)} … {hint}"
            translated = (h for n, h, _ in other_language if n == number and not _figure(h))
            others = (*names.get(folded(simplified(hidden)), ()), *translated)
            if found := _still_visible(hidden, front, text.language, others):
                said = f"hides {quoted(hidden)} but shows {quoted(found)}; reword one of them"
                yield about(text, said)


def _figure(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _names(deck: Deck) -> dict[str, tuple[str, ...]]:
    """Every name of a term, folded, with all its names."""
    found: dict[str, tuple[str, ...]] = {}
    for item in deck.items:
        if isinstance(item, Term):
            all_ = (item.hanzi, *glosses(item.english), *item.aliases)
            found |= {folded(simplified(name)): all_ for name in all_ if folded(name)}
    return found


def _still_visible(hidden: str, front: str, language: str, others: tuple[str, ...]) -> str | None:
    front = simplified(front)
    visible = units(front)
    shown = set(visible) - STOP_EN
    for name in (hidden, *others):
        name = simplified(name)
        han = "".join(han_runs(name))
        if len(han) > 1 and han == folded(name) and han in folded(front):
            return name
        latin = [unit for unit in units(name) if unit[0].isascii() and unit not in STOP_EN]
        if not han and latin and all(_shown(unit, shown) for unit in latin):
            return name
        if han and latin and folded(name) in folded(front):
            return name
    short = _short_form(hidden, front) if language == "zh" else _initials(hidden, front)
    if short := short or _same_number(hidden, front, language):
        return short
    return _gloss_beside(hidden, front, language)


def _shown(word: str, shown: set[str]) -> bool:
    if word in shown:
        return True
    if not word.isalpha() or len(word) < 3:
        return False
    return any(stem(word) == stem(other) for other in shown if other[:3] == word[:3])


def _short_form(hidden: str, front: str) -> str | None:
    """A hidden name of five characters or more, of which all but one or two can be read."""
    run = "".join(han_runs(simplified(hidden)))
    if len(run) < 5:
        return None
    parts = [run[:i] + run[j:] for i in range(len(run)) for j in (i + 1, i + 2) if j <= len(run)]
    return next((part for part in parts if len(part) >= 3 and part in front), None)


def _initials(hidden: str, front: str) -> str | None:
    """The abbreviation of hidden words, or the words of a hidden abbreviation."""
    hid, shown = words(hidden), words(front)
    letters = "".join(word[0] for word in hid)
    if len(hid) > 1 and any(word in (letters, f"{letters}s") for word in shown):
        return letters.upper()
    size = len(hidden.strip())
    if len(hid) == 1 and 3 <= size <= 6 and hidden.strip().isupper():
        for start in range(len(shown) - size + 1):
            spelt = shown[start : start + size]
            if "".join(word[0] for word in spelt) == hid[0]:
                return " ".join(spelt)
    return None


def _same_number(hidden: str, front: str, language: str) -> str | None:
    """The hidden number in another notation."""
    read = numbers.chinese if language == "zh" else numbers.english
    values = {number.value for number in read(hidden)}
    if len(values) != 1 or min(values) < 10:
        return None
    return next((number.written for number in read(front) if number.value in values), None)


def _gloss_beside(hidden: str, front: str, language: str) -> str | None:
    """A translation in brackets right behind the gap."""
    match = re.search(r"…\s*[（(]\s*([^）)…]+)[）)]", front)
    if not match or not re.search(r"\w", match[1]):
        return None
    other = re.search("[A-Za-z]", match[1]) if language == "zh" else han_runs(match[1])
    same_script = re.search("[A-Za-z]", hidden) if language == "zh" else han_runs(hidden)
    return match[1] if other and not same_script else None


_STOP_HIDDEN_ZH = frozenset(
    [*STOP_ZH, "也是", "就是", "还", "还是", "一个", "一些", "很", "说", "上", "里"]
)


def trivial_cloze(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L12: a cloze that hides too many places, a word of grammar, or most of the sentence."""
    for text in deck.fields("cloze"):
        hidden = deletions(text.text)
        if len(hidden) > (most := limits["deletions"]):
            yield about(text, f"{len(hidden)} deletions, at most {most:g}; hide the point only")
        for number in sorted({n for n, _, _ in hidden}):
            here = [h for n, h, _ in hidden if n == number]
            gone, left = len(units(" ".join(here))), len(units(cloze_front(text.text, number)))
            if gone > limits["share"] * (gone + left):
                yield about(text, f"hides {gone} of {gone + left} words or characters; hide less")
        for _, word, _ in hidden:
            bare = word.strip().lower()
            if bare in _STOP_HIDDEN_ZH or bare in STOP_EN:
                yield about(text, f"hides {quoted(word)}, a word of grammar; hide a fact or a term")
