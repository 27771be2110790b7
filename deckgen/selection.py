"""Which notes a recipe takes: what a filter can ask of an annotated item, and what is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from deckgen import filtering
from deckgen.annotation import Annotated, AnnotatedClaim, AnnotatedPair, AnnotatedTerm, Origin
from deckgen.content import Term
from deckgen.filtering import Filter, Subject
from deckgen.hanzi import count_han

VALUES = (
    "kind id topic chapter section speaker source stance status date term hanzi pinyin alias "
    "english definition question answer statement context caution evidence"
).split()
"""The properties with text values."""

NUMBERS = "level frequency length unknown time".split()
"""The properties that are numbers: HSK level, band 1 (rare) to 5, hanzi, words, seconds."""


def parse(text: str) -> Filter:
    """Read a filter over the properties of notes; raises FilterError."""
    return filtering.parse(text, VALUES, NUMBERS)


def level_number(level: str | None) -> float | None:
    """Return the number in a level's name: 4 for `HSK 4 (2021)`, 7 for `HSK 7–9 (2021)`."""
    found = re.search(r"\d+", level) if level else None
    return float(found[0]) if found else None


def words(item: Annotated) -> tuple[str, ...]:
    """List the Chinese words that an item's front shows, each once, in order."""
    text = (
        item.hanzi
        if isinstance(item, AnnotatedTerm)
        else item.zh
        if isinstance(item, AnnotatedPair)
        else item.question
    )
    return tuple(dict.fromkeys(w.text for w in text.words if w.readings))


def unknown(item: Annotated, known: Collection[str]) -> int:
    """Count the words of an item's front that are not known."""
    return sum(word not in known for word in words(item))


def subject(item: Annotated, known: Collection[str]) -> Subject:
    """Return all that a filter may ask of an item."""
    authored = item.item
    origins = item.origins
    values: dict[str, Sequence[str]] = {
        "kind": (authored.kind,),
        "id": (authored.id, authored.key),
        "topic": authored.topics,
        "status": (authored.status,),
        "source": _each(
            n for o in origins for n in (o.source.id, o.source.title.zh, o.source.title.en)
        ),
        "chapter": _each(n for o in origins for n in _titles(o.chapter)),
        "section": _each(n for o in origins for n in _titles(o.section)),
        "speaker": _speakers(item),
        "context": _texts(authored.context),
        "caution": _texts(authored.caution),
        "date": _each(o.source.date for o in origins),
        "evidence": _each(k for e in authored.evidence for k in (e.quote, *e.keywords)),
    }
    numbers: dict[str, float | None] = {
        "level": level_number(item.level),
        "unknown": unknown(item, known),
        "time": min((o.time for o in origins if o.time is not None), default=None),
    }
    if isinstance(item, AnnotatedTerm):
        texts = _of_term(item, values, numbers)
    elif isinstance(item, AnnotatedClaim):
        texts = _of_claim(item, values, numbers)
    else:
        texts = _of_pair(item, values, numbers)
    return Subject(values, numbers, (*texts, *_texts(authored.context)))


def _of_term(
    item: AnnotatedTerm, values: dict[str, Sequence[str]], numbers: dict[str, float | None]
) -> tuple[str, ...]:
    term = item.item
    values |= {
        "hanzi": _each((term.hanzi, item.hanzi.traditional)),
        "pinyin": _each((term.pinyin, _pinyin(item))),
        "alias": term.aliases,
        "english": (term.english,),
        "definition": _texts(term.definition),
        "term": (term.id, term.hanzi),
    }
    numbers |= {"frequency": item.frequency, "length": count_han(term.hanzi)}
    return (term.hanzi, term.english, *term.aliases, *_texts(term.definition))


def _of_claim(
    item: AnnotatedClaim, values: dict[str, Sequence[str]], numbers: dict[str, float | None]
) -> tuple[str, ...]:
    claim = item.item
    values |= {
        "stance": (claim.stance,),
        "date": _each((claim.as_of,)),
        "question": _texts(claim.question),
        "answer": _texts(claim.answer),
        "statement": _texts(claim.statement),
    }
    numbers |= {"length": count_han(claim.statement.zh)}
    return (*_texts(claim.question), *_texts(claim.answer), *_texts(claim.statement))


def _of_pair(
    item: AnnotatedPair, values: dict[str, Sequence[str]], numbers: dict[str, float | None]
) -> tuple[str, ...]:
    pair = item.item
    values |= {
        "hanzi": (pair.zh,),
        "english": (pair.en,),
        "term": _each(name for term in item.terms for name in (term.id, term.hanzi)),
    }
    numbers |= {"length": count_han(pair.zh)}
    return (pair.zh, pair.en)


def _pinyin(item: AnnotatedTerm) -> str:
    return "".join("".join(w.readings) for w in item.hanzi.words if w.readings)


def _speakers(item: Annotated) -> tuple[str, ...]:
    wanted = {e.speaker for e in item.item.evidence} - {None}
    if not isinstance(item.item, Term) and item.item.speaker:
        wanted = {item.item.speaker}
    people = [p for o in item.origins for p in o.source.people if p.id in wanted]
    return _each(n for p in people for n in (p.id, p.name.zh, p.name.en, *p.aliases))


def _titles(part: object) -> Iterable[str]:
    title = getattr(part, "title", None)
    names = _texts(title)
    id = getattr(part, "id", None)
    return (id, *names) if id else names


def _texts(text: object) -> tuple[str, ...]:
    zh, en = getattr(text, "zh", None), getattr(text, "en", None)
    return tuple(t for t in (zh, en) if t)


def _each(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in values if v))


def place(origins: Sequence[Origin]) -> tuple[str, int]:
    """Return where an item stands in its source: the source's id and the time in seconds."""
    first = origins[0] if origins else None
    return (first.source.id, first.time or 0) if first else ("", 0)
