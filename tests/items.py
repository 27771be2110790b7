"""Small annotated items for tests, made without any dictionary."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.annotation import (
    AnnotatedClaim,
    AnnotatedPair,
    AnnotatedTerm,
    AnnotatedText,
    AnnotatedWord,
    Origin,
)
from deckgen.content import Chapter, Claim, Evidence, Pair, Person, Source, Term, Text2
from deckgen.hanzi import is_han

SOURCE = Source(
    id="talk",
    title=Text2("一次谈话", "A talk"),
    deck="Talk",
    language="en",
    date="2024-09-05",
    people=(Person("ann", Text2("安", "Ann")), Person("ben", Text2("本", "Ben"))),
    chapters=(
        Chapter("one", Text2("开头", "One"), 0),
        Chapter("two", Text2("中间", "Two"), 600),
        Chapter("three", Text2("结尾", "Three"), 1200),
    ),
    link="https://www.youtube.com/watch?v=abc",
)


def text(words: str) -> AnnotatedText:
    """Annotate a text whose words are separated by spaces; every reading is `yī`."""
    parts, found, start = words.split(), [], 0
    for part in parts:
        readings = tuple("yī" for c in part if is_han(c)) or None
        found.append(AnnotatedWord(part, start, readings, True, (), None, part))
        start += len(part)
    return AnnotatedText("".join(parts), tuple(found), "".join(parts))


def origin(chapter: str = "one", seconds: int = 0) -> Origin:
    """An origin in a chapter of SOURCE."""
    return Origin(SOURCE, SOURCE.chapter(chapter), None, SOURCE.people[0], seconds, SOURCE.link)


def _evidence(chapter: str, seconds: int) -> tuple[Evidence, ...]:
    return (Evidence("talk", chapter, "ann", seconds, keywords=("x",)),)


def term(
    id: str,
    hanzi: str,
    definition: str = "一 种 东西",
    chapter: str = "one",
    seconds: int = 0,
    *,
    english: str | None = None,
    level: str | None = None,
    frequency: int | None = None,
) -> AnnotatedTerm:
    """A term; words of `hanzi` and `definition` are separated by spaces."""
    shown, meaning = text(hanzi), text(definition)
    item = Term(
        id,
        shown.text,
        english or id,
        Text2(meaning.text, f"meaning of {id}"),
        _evidence(chapter, seconds),
    )
    origins = (origin(chapter, seconds),)
    return AnnotatedTerm(item, origins, shown, meaning, level, frequency, None, ())


def pair(
    id: str,
    zh: str,
    terms: Sequence[AnnotatedTerm] = (),
    chapter: str = "one",
    seconds: int = 0,
    *,
    en: str | None = None,
    level: str | None = None,
) -> AnnotatedPair:
    """A sentence pair; words of `zh` are separated by spaces."""
    shown = text(zh)
    used = tuple(t.item for t in terms)
    item = Pair(
        id,
        shown.text,
        en or f"English of {id}.",
        _evidence(chapter, seconds),
        tuple(t.id for t in used),
        "ann",
    )
    return AnnotatedPair(item, (origin(chapter, seconds),), shown, level, used)


def claim(
    id: str,
    question: str = "谁 说 什么",
    chapter: str = "one",
    seconds: int = 0,
    *,
    answer: str = "一 句 话",
    cloze: Text2 | None = None,
) -> AnnotatedClaim:
    """A claim; words of `question` and `answer` are separated by spaces."""
    asked, told = text(question), text(answer)
    item = Claim(
        id,
        "ann",
        Text2(told.text, f"statement of {id}"),
        Text2(asked.text, f"question of {id}"),
        Text2(told.text, f"answer of {id}"),
        "opinion",
        "2024-09",
        _evidence(chapter, seconds),
        cloze,
    )
    return AnnotatedClaim(item, (origin(chapter, seconds),), told, asked, told, None)
