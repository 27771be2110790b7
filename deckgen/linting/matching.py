"""Do the two languages of a text say the same? Length, numbers, names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen import numbers
from deckgen.content import Item, Pair
from deckgen.hanzi import count_han, english_words, folded
from deckgen.linting import names
from deckgen.linting.form import BRACES
from deckgen.linting.model import Deck, Finding, Limits, Text, about, quoted
from deckgen.linting.words import cloze_text
from deckgen.numbers import Number

_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9.])(?:[A-Z][a-z]+|[A-Z]+[a-z]*[A-Z]+[A-Za-z]*|[A-Z]{2,})")


def mismatch(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L20: one language of a text says what the other does not."""
    people = _people(deck)
    english = {(t.item.key, t.field): t for t in deck.texts if t.language == "en"}
    for text in deck.texts:
        if text.language == "en":
            continue
        field = {"hanzi": "english", "zh": "en"}.get(text.field, text.field)
        other = english.get((text.item.key, field))
        if other is None or not (folded(text.text) and folded(other.text)):
            continue
        zh, en = cloze_text(text.text), cloze_text(other.text)
        if BRACES.search(zh + en):
            continue
        if text.field == "zh":
            yield from _length(text.item, zh, en, limits)
        if text.field == "hanzi":
            continue
        if said := _numbers(list(numbers.chinese(zh)), list(numbers.english(en))):
            yield about(text, said)
        said = _people_differ(zh, en, people) or _figures_differ(zh, en, text.field == "zh")
        if not said and (odd := names.differ(zh, en)):
            said = f"{quoted(odd[0])} in Chinese, {quoted(odd[1])} in English; make them agree"
        if not said and text.field == "zh":
            said = _only_chinese(zh, en, people)
        if said:
            yield about(text, said)


def _length(item: Item, zh: str, en: str, limits: Limits) -> Iterator[Finding]:
    assert isinstance(item, Pair)
    size, words = count_han(zh) + 1.5 * len(english_words(zh)), len(english_words(en))
    if not size or not words or max(size / 1.6, words) < limits["words"]:
        return
    ratio = size / words
    if not limits["least"] <= ratio <= limits["most"]:
        said = f"{size:g} characters for {words} words; one side leaves something out: {quoted(zh)}"
        yield about(Text(item, "zh", "zh", zh), said, "warning")


def _numbers(zh: list[Number], en: list[Number]) -> str | None:
    """Say which number the other side has not; small ones only where both sides have one more."""
    only_zh = [n for n in zh if n.sure and not _found(n, en)]
    only_en = [n for n in en if n.sure and not _found(n, zh)]
    if only_zh and only_en:
        return (
            f"{quoted(only_zh[0].written)} in Chinese, {quoted(only_en[0].written)} in English; "
            "make them agree"
        )
    for side, found in (("Chinese", only_zh), ("English", only_en)):
        for number in found:
            if number.value >= 10 or any(c.isdigit() for c in number.written):
                return f"{quoted(number.written)} is only in {side}; make the numbers agree"
    return None


def _found(number: Number, others: list[Number]) -> bool:
    values = {other.value for other in others}
    decades = {v % 100 for v in values if 1100 <= v < 2100 and v % 10 == 0}
    century = 1100 <= number.value < 2100 and number.value % 10 == 0
    return (
        number.value in values
        or number.value in decades
        or (century and number.value % 100 in values)
    )


def _people(deck: Deck) -> tuple[frozenset[str], ...]:
    """The names of every person of the sources, each person's folded together."""
    return tuple(
        frozenset(folded(name) for name in (p.name.zh, p.name.en, *p.aliases) if len(name) > 2)
        for source in deck.content.sources
        for p in source.people
    )


def _people_differ(zh: str, en: str, people: tuple[frozenset[str], ...]) -> str | None:
    english, chinese = folded(en), folded(zh)
    who_zh = [known for known in people if any(name in chinese for name in known)]
    who_en = [known for known in people if any(name in english for name in known)]
    if who_zh and who_en and not any(known in who_en for known in who_zh):
        return "names one person in Chinese and another in English; make them agree"
    return None


def _figures_differ(zh: str, en: str, exact: bool) -> str | None:
    """Compare names such as GPT-2; not `exact`, one language may leave such a name out."""
    chinese, english = numbers.names(zh), numbers.names(en)
    odd = chinese ^ english
    if odd and (exact or not (chinese <= english or english <= chinese)):
        return f"{quoted(min(odd))} is in one language only; make the names agree"
    return None


def _only_chinese(zh: str, en: str, people: tuple[frozenset[str], ...]) -> str | None:
    english, known = folded(en), [name for person in people for name in person]
    for name in _LATIN_NAME.findall(zh):
        plain = folded(name)
        told = plain in english or _initials(name, en) or any(plain in n for n in known)
        if len(plain) > 1 and not told:
            return f"{quoted(name)} is only in Chinese; make the names agree"
    return None


def _initials(name: str, english: str) -> bool:
    words = re.findall(r"[A-Za-z]+", english)
    letters = "".join(word[0] for word in words).lower()
    return name.isupper() and name.lower() in letters
