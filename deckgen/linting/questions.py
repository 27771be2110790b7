"""Is it one question with one short answer? Length, lists, yes/no, vagueness."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen import sentences
from deckgen.hanzi import folded
from deckgen.linting.model import Deck, Finding, Language, Limits, Text, about, limit, quoted
from deckgen.linting.words import cloze_text, length

_ZH_STOPS = re.compile("[。；！？]+")
_WH_ZH = re.compile(
    "什么|怎么|怎样|如何|为何|哪|谁|多少|几|多[久大长高快远深重]|何[时处地种人]|啥|还是"
)
_ASK_ZH = re.compile(r"吗[？?。]?$")
_WHETHER_ZH = re.compile(r"是否|难道|有没有|(.)不\1|(.)没\2")
_YES_ZH = re.compile(
    r"(?:是的?|否|不是|对的?|不对|错|没有|有|不?会|不?能|不?可以|正确|错误)(?:[，。！,.!].*)?",
    re.DOTALL,
)
_WH_EN = r"what|which|who|whom|whose|when|where|why|how"
_AUX = (
    r"(?:is|are|am|was|were|do|does|did|can|could|will|would|should|shall|has|have|had|may|might|"
    r"must)(?:n['’]t|not)?"
)
_YES_NO_EN = re.compile(rf"(?:so|and|but|then)?,?\s*{_AUX}\b(?!\s+(?:and|day|\d))", re.IGNORECASE)
_LEAD_EN = re.compile(r"^[^,?]{1,80},\s*")
_WH_FIRST_EN = re.compile(
    rf"(?:^|,\s*|\b(?:in|on|at|of|for|to|by|from|with)\s+)(?:{_WH_EN})\b", re.IGNORECASE
)
_YES_EN = re.compile(r"(?:yes|true|false|correct|incorrect)\b|no\s*(?:[,.;!]|$)", re.IGNORECASE)
_VAGUE_EN = re.compile(
    r"(?:please\s+|(?:can|could|would)\s+you\s+(?:please\s+)?)?(?:explain|describe|discuss|elaborate\s+on|summari[sz]e|tell\s+(?:me|us)|talk\s+about|introduce|comment\s+on|"
    r"how\s+about|what\s+(?:are|is)\s+your\s+(?:thoughts?|opinions?|views?)|what\s+can\s+you\s+say|"
    r"(?:what|how)\s+do\s+you\s+(?:think|feel|know)\s+(?:of|about))\b",
    re.IGNORECASE,
)
_WHAT_ABOUT = re.compile(r"what\s+about\s+(?:[^\s?]+\s*){1,4}\?*$", re.IGNORECASE)
_VAGUE_ZH = re.compile(
    r"(?:怎么样|(?:是|到底是)?怎么(?:一)?回事)[？?。]?$|^请?(?:你|您)?(?:来)?(?:谈谈|谈一谈|介绍|简介|说说|说一说|讲讲|概述|阐述|总结一?下|说明一下|讲一讲|聊聊|解释一?下|"
    r"简述|论述|评价一?下)|(?:你|您|大家)(?:怎么看|如何看待|怎么想)|有什么(?:看法|想法|感想)|^如何看待"
)
_LIST_MARK = re.compile(r"(?:^|\s)(?:[-*•]|\(?\d{1,2}[.)、](?!\d)|\([a-z]\)|[①-⑳])\s*\S")
_ORDER_ZH = re.compile(
    r"一是.+二是|首先.+(?:其次|然后|最后)|第一.+第二|先.+再.+(?:最后|然后)|一方面.+另一方面.+此外",
    re.DOTALL,
)
_ORDER_EN = re.compile(r"\bfirst(?:ly)?\b.+\bsecond(?:ly)?\b.+\bthird(?:ly)?\b", re.I | re.DOTALL)
_AND = re.compile(r"^(?P<a>[^,;]+),\s(?P<b>[^,;]+?)\s(?:and|or)\s(?P<c>[^,;]+)$", re.IGNORECASE)
_NO_LIST_START = re.compile(
    r"(?:when|if|because|after|before|while|although|though|once|unless|since|as|in|at|on|by|with|"
    r"for|during|until|like|unlike|under|for|without|despite)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:is|are|was|were|will|would|can|could|may|might|must|has|have|had|do|does|did|then|so|not|"
    r"that|which|it|they|we|he|she|this)\b",
    re.IGNORECASE,
)


def too_long(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L01: an answer or a definition holds more than one can recall at once."""
    for text in deck.fields("answer", "definition"):
        most, size = limit(limits, text), length(text.text)
        if size > most:
            what = "Han characters" if text.language == "zh" else "words"
            said = f"{size} {what}, at most {most:g}: {quoted(text.text)}; split it into two items"
            yield about(text, said)
        elif (count := _sentences(text)) > (most_ := limits[f"sentences.{text.language}"]):
            said = f"{count} sentences, at most {most_:g}: {quoted(text.text)}; keep the point"
            yield about(text, said)


def _sentences(text: Text) -> int:
    if text.language == "zh":
        return len(_ZH_STOPS.findall(text.text))
    return len(sentences.split(text.text, "en"))


def long_front(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L02: what a card asks with takes too long to read."""
    for text in [*deck.fronts, *deck.fields("cloze")]:
        size, most = length(cloze_text(text.text)), limit(limits, text)
        if size > most:
            what = "Han characters" if text.language == "zh" else "words"
            yield about(text, f"{size} {what}, at most {most:g}: {quoted(text.text)}; shorten it")


def enumeration(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L03: an answer is a list or a set."""
    for text in deck.fields("answer"):
        if listed := (_list_zh if text.language == "zh" else _list_en)(text.text):
            said = f"a list of three or more: {quoted(listed)}; ask for one item a card"
            yield about(text, said)


def _list_zh(text: str) -> str | None:
    for clause in re.split("[。！？]", text):
        parts = clause.count("、")
        if parts >= 2 or (
            parts and re.search("、[^，；]{1,12}(?:和|与|及|或|跟)[^，；的]", clause)
        ):
            return clause
        if clause.count("；") >= 2:
            return clause
    if len(_LIST_MARK.findall(text)) >= 2 or _ORDER_ZH.search(text):
        return text
    return None


def _list_en(text: str) -> str | None:
    if text.count(";") >= 2 or len(_LIST_MARK.findall(text)) >= 2 or _ORDER_EN.search(text):
        return text
    stripped = text.strip().rstrip(".!?")
    if _oxford(stripped) and not _NO_LIST_START.match(stripped):
        return text
    match = _AND.match(stripped)
    if not match or _CLAUSE.match(match["c"]):
        return None
    if _NO_LIST_START.match(stripped) or _NO_LIST_START.match(match["b"]):
        return None
    short = all(len(match[part].split()) <= most for part, most in (("a", 5), ("b", 4), ("c", 4)))
    return text if short else None


def _oxford(text: str) -> bool:
    parts = re.split(r",\s", text)
    last = next(
        (
            n
            for n, part in enumerate(parts)
            if re.match(r"(?:and|or)\s(?!something|whatever|so\b)", part)
        ),
        0,
    )
    return last >= 2 and all(len(part.split()) <= 6 for part in parts[1:last])


def yes_or_no(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L04: a question that a coin could answer."""
    for text in deck.fields("question"):
        if asks_yes_no(text.text, text.language):
            yield about(text, f"yes or no: {quoted(text.text)}; ask for what, who, why or how much")
    for text in deck.fields("answer"):
        said = text.text.strip()
        if _YES_EN.match(said) if text.language == "en" else _YES_ZH.fullmatch(said):
            yield about(text, f"a yes or no: {quoted(said)}; ask for what, who, why or how much")


def asks_yes_no(question: str, language: Language) -> bool:
    """Say whether a question wants a yes or a no."""
    said = question.strip()
    if language == "zh":
        if _ASK_ZH.search(said):
            return True
        return _WHETHER_ZH.search(said) is not None and _WH_ZH.search(said) is None
    if _WH_FIRST_EN.search(said):
        return False
    return any(_YES_NO_EN.match(part) for part in (said, _LEAD_EN.sub("", said)))


def vague(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L16: a question that many different answers would fit."""
    for text in deck.fields("question"):
        if open_ := vague_part(text.text, text.language):
            yield about(text, f"vague: {quoted(open_)}; ask for one fact that has one answer")


def vague_part(question: str, language: Language) -> str | None:
    """Return what makes a question vague, or nothing where it asks for one fact."""
    said = question.strip()
    if language == "zh":
        open_ = _VAGUE_ZH.search(said)
    else:
        open_ = _VAGUE_EN.match(said) or _WHAT_ABOUT.match(said)
        open_ = None if open_ and _asks_about_something(said) else open_
    return open_[0] if open_ else None


def _asks_about_something(said: str) -> bool:
    about_ = re.match(r"what\s+about\s+(.+?)\?*$", said, re.IGNORECASE)
    if not about_:
        return False
    verb = r"\b(?:\w{3,}(?:s|ed)|makes?|made|is|are|was|were|lets?|led|keeps?|kept)\s+\w+"
    return re.search(verb, about_[1].partition(" ")[2]) is not None


def long_question(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L18: a long question for a trivial answer."""
    answers = {(t.item.key, t.language): t.text for t in deck.fields("answer")}
    for text in deck.fields("question"):
        answer = answers.get((text.item.key, text.language), "")
        size, given = length(text.text), length(answer)
        trivial = limits[f"answer.{text.language}"]
        if size >= limit(limits, text) and given <= trivial and folded(answer):
            said = f"{size} words or characters ask for {quoted(answer)}; shorten the question"
            yield about(text, said)
