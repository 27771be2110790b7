"""Does the pinyin fit the characters, is it settled, and are the words within reach?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from deckgen import syllables
from deckgen.annotation import (
    AnnotatedClaim,
    AnnotatedPair,
    AnnotatedTerm,
    AnnotatedText,
    AnnotatedWord,
)
from deckgen.content import Item, Pair, Term
from deckgen.hanzi import count_han, is_han
from deckgen.linting.model import Deck, Finding, Limits, Text, about, quoted
from deckgen.linting.words import readings
from deckgen.pinyin import Reader
from deckgen.problems import Severity

_LEVEL = re.compile(r"(\d)(?:\s*[-–]\s*\d)?\D*$")


def pinyin(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L22: an authored reading that its characters can't have, or a reading in doubt."""
    for item in deck.items:
        if isinstance(item, Term | Pair) and item.pinyin is not None:
            hanzi = item.hanzi if isinstance(item, Term) else item.zh
            if said := _wrong(item.pinyin, hanzi):
                yield Finding(item, f"pinyin: {said}", ("pinyin",))
            elif said := _unusual(item.pinyin, hanzi):
                yield Finding(item, f"pinyin: {said}", ("pinyin",), "warning")
    taught = {item.hanzi for item in deck.items if isinstance(item, Term)}
    for annotated in deck.annotated:
        for text, field in _read(annotated):
            severity: Severity = "warning" if field in ("hanzi", "zh") else "info"
            for word in text.words:
                if word.sure or not word.readings:
                    continue
                if word.text not in taught or word.text == text.text:
                    said = _doubt(word, text.text)
                    yield about(Text(annotated.item, field, "zh", text.text), said, severity)


def _doubt(word: AnnotatedWord, text: str) -> str:
    near = text[max(word.start - 6, 0) : word.start + len(word.text) + 6]
    spoken = " ".join(word.readings or ())
    return (
        f"the reading {spoken} of {quoted(word.text)} in {quoted(near)} is in doubt; settle it "
        "with the key pinyin, or with a line in content/readings.txt"
    )


def _read(annotated: object) -> Iterator[tuple[AnnotatedText, str]]:
    if isinstance(annotated, AnnotatedTerm):
        yield annotated.hanzi, "hanzi"
        yield annotated.definition, "definition"
    elif isinstance(annotated, AnnotatedPair):
        yield annotated.zh, "zh"
    elif isinstance(annotated, AnnotatedClaim):
        yield annotated.statement, "statement"
        yield annotated.question, "question"
        yield annotated.answer, "answer"


def _wrong(pinyin: str, hanzi: str) -> str | None:
    marked = any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", pinyin) if c != "ü")
    if marked and re.search(r"[A-Za-zü][1-5]", pinyin):
        return f"{quoted(pinyin)} mixes tone marks and tone numbers; keep to one"
    try:
        spoken = syllables.parse(pinyin, count_han(hanzi))
    except syllables.PinyinError as error:
        return f"{error}; write one syllable a character"
    if marked and _letters(pinyin) != _letters("".join(spoken)):
        return f"{quoted(pinyin)} has a tone mark on the wrong letter; write {' '.join(spoken)}"
    for character, syllable in zip(filter(is_han, hanzi), spoken, strict=True):
        known = readings(character)
        if not known or syllable == "r":
            continue
        letters = {syllables.plain(reading) for reading in known}
        neutral = syllables.tone(syllable) == 5 and syllables.plain(syllable) in letters
        if syllable not in known and not (neutral and len(spoken) > 1):
            return f"{quoted(character)} is not read {syllable}; it is read {', '.join(known[:4])}"
    return None


def _letters(pinyin: str) -> str:
    return "".join(filter(str.isalpha, unicodedata.normalize("NFC", pinyin.lower())))


def _unusual(pinyin: str, hanzi: str) -> str | None:
    """Say how a text is read without its author, where that is beyond doubt and differs.

    A single character has no context to be read in.
    """
    read = [word for word in _reader().read(hanzi) if word.readings is not None]
    usual = [syllable.lower() for word in read for syllable in word.readings or ()]
    try:
        spoken = syllables.parse(pinyin, count_han(hanzi))
    except syllables.PinyinError:
        return None
    if len(spoken) < 2 or len(usual) != len(spoken) or not all(word.sure for word in read):
        return None
    odd = [(a, b) for a, b in zip(spoken, usual, strict=True) if a != b]
    if all(syllables.plain(a) == syllables.plain(b) and _is_light(a, b) for a, b in odd):
        return None
    return f"{quoted(pinyin)} is unusual; {hanzi} is read {' '.join(usual)}"


def _is_light(authored: str, usual: str) -> bool:
    return 5 in (syllables.tone(authored), syllables.tone(usual))


@cache
def _reader() -> Reader:
    return Reader()


def too_hard(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L24: a sentence with many words above the level that the project sets."""
    if not limits["level"]:
        return
    taught = {item.hanzi for item in deck.items if isinstance(item, Term)}
    for annotated in deck.annotated:
        if isinstance(annotated, AnnotatedPair):
            hard = [
                word.text
                for word in annotated.zh.words
                if word.readings and word.text not in taught and _above(word.level, limits["level"])
            ]
            if len(hard) > limits["words"]:
                item: Item = annotated.item
                shown = "、".join(hard[:8])
                said = f"{len(hard)} words above level {limits['level']:g}: {quoted(shown)}"
                yield about(Text(item, "zh", "zh", annotated.zh.text), f"{said}; use easier ones")


def _above(level: str | None, most: float) -> bool:
    match = _LEVEL.search(level or "")
    return match is None or int(match[1]) > most


def undecided(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L31: sources disagree at an item's evidence, and the item does not say so."""
    items = {item.key: item for item in deck.items}
    for key, told in deck.disagreements.items():
        item = items.get(key)
        if item is not None and item.caution is None:
            for said in told:
                yield Finding(
                    item, f"{said}; add a caution, correct it, or waive L31", ("caution",)
                )
