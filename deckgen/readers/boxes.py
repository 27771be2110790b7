"""An editor's boxes: paragraphs that explain a term instead of carrying on the talk."""

from __future__ import annotations

import re
from dataclasses import dataclass

from deckgen.hanzi import HAN, folded
from deckgen.readers import naming, surroundings
from deckgen.readers.plain import simplified

_LEAD = (
    r"(?:[💡📌📖🔍▌■●◆▶*※]\ufe0f?[ ]?|【?(?:名词|术语|概念|词汇)(?:解释|注解|释义|说明|"
    r"小贴士)?】?[ ]?[:：|丨]?[ ]?|Glossary[ ]?[:：][ ]?)?"
)
_TERM = r"[“\"「『《【]?(?P<term>[^:：()（）。，！？!?；;”\"」』》】]{1,40}?)[”\"」』》】]?"
_ENGLISH = r"[ ]?[(（](?P<english>[^()（）]{1,80})[)）][”\"」』》】]?"
_MEANS = (
    r"(?:这?是指|指的是|是指|通常(?:是)?指|一般(?:是)?指|泛指|特指|意为|意思是|即|指|又称|也称|"
    r"亦称|全称|简称|"
    r"这?是(?:一|由|在|用|对|将|通过|生成)|一[种个类项款套家位门组]|由[^，。]{1,20}(?:提出|开发|"
    r"推出|研发)|是[^，。]{0,40}(?:的|之)(?:一)?[种个类项]?|"
    r"[Rr]efers? to|[Ii]s (?:an?|the)\b|[Aa]n? |[Tt]he |[Mm]eans |[Ss]hort for|[Ss]tands for|"
    r"[Aa]bbreviation)"
)
_WITH_ENGLISH = re.compile(
    _LEAD
    + _TERM
    + _ENGLISH
    + (
        r"[ ]?(?P<mark>[:：]|——?|–|(?=是指|指的是|是一[种个类项]|是由|, an? | is an? |"
        r" refers to))[ ]?"
    )
)
_WITHOUT = re.compile(_LEAD + _TERM + r"[ ]?(?:[:：]|——)[ ]?(?=" + _MEANS + r")")
_LISTED = re.compile(_TERM + r"(?:" + _ENGLISH + r")?[ ]?(?:[:：|｜]|——?|–| - )[ ]?")
_FIRST_PERSON = re.compile(r"[我咱]|你们?(?!好)|您|\b(?:I|I'm|I've|we|we're|you|my|our)\b")
_LATIN = re.compile(r"[A-Za-z]")
_HAN_ANY = re.compile(f"[{HAN}]")
_MIN_DEFINITION = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its explanation; `english` is what stands in brackets behind the term."""

    term: str
    english: str | None
    definition: str
    start: int


def entry(text: str) -> Entry | None:
    """Read a paragraph as `术语(English): 一种…`; None where it is no explanation of a term."""
    head = simplified(text[:240])
    match = _WITH_ENGLISH.match(head)
    if match and _is_gloss(match["term"], match["english"], head[match.end() :]):
        start = match.end()
    else:
        match = _WITHOUT.match(head)
        if not match or len(match["term"].split()) > 6:
            return None
        start = match.end()
    if naming.is_key(match["term"].strip()) or speaks(match["term"]):
        return None
    definition = text[start:].strip()
    if surroundings.is_credit(text) or surroundings.is_note(text):
        return None
    if len(definition) < _MIN_DEFINITION or _FIRST_PERSON.search(definition[:60]):
        return None
    term = text[match.start("term") : match.end("term")].strip()
    return Entry(term, match.groupdict().get("english"), definition, match.start("term"))


def listed(text: str) -> Entry | None:
    """Read a line under a heading such as `Glossary`; None where it parts no term from a text."""
    match = _LISTED.match(simplified(text))
    if not match or match.end() == len(text):
        return None
    term = text[match.start("term") : match.end("term")].strip()
    return Entry(term, match["english"], text[match.end() :].strip(), match.start("term"))


def _is_gloss(term: str, bracket: str, definition: str) -> bool:
    """Say whether a bracket gives the term in the other language or as an abbreviation."""
    if not (_HAN_ANY.search(term + bracket) or re.match(_MEANS, definition)):
        return False
    return (bool(_LATIN.search(bracket)) and not re.search(r"\d:\d", bracket)) or bool(
        _HAN_ANY.search(bracket) and not _HAN_ANY.search(term)
    )


def goes_on(box: str, text: str) -> bool:
    """Say whether a paragraph behind a box still explains its term."""
    return not _FIRST_PERSON.search(text) and folded(box) in folded(text)


def speaks(text: str) -> bool:
    """Say whether a paragraph speaks for itself: I, we, you."""
    return _FIRST_PERSON.search(text) is not None
