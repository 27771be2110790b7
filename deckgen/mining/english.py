"""Terms of an English talk: what it defines, and the nouns and phrases that it uses again.

A term is Chinese only where CC-CEDICT leaves no doubt; the others wait for their Chinese name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from deckgen.hanzi import folded
from deckgen.lexicon import Lexicon
from deckgen.mining.candidates import Candidate, Found
from deckgen.mining.everyday import LIGHT
from deckgen.mining.glosses import Glosses
from deckgen.mining.latin import UNTRANSLATED
from deckgen.mining.reverse import Reverse, stems
from deckgen.mining.talk import Talk
from deckgen.mining.usage import (
    LEAST_COUNT,
    SIGNIFICANT,
    THINGS,
    Usage,
    log_likelihood,
)

_WORD = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*|[^\sA-Za-z]+")
_LETTER = re.compile(r"[a-z]")
_LONGEST = 3
_SELDOM = 12
_EVERYDAY_LEVEL = 4
_DEFINES = re.compile(
    r"(?:(?:An?|The)\s)?(?P<term>[A-Za-z][\w-]*(?:\s[\w-]+){0,3}?)\s(?:is|are)\s(?P<what>"
    r"(?:an?\s(?:kind|type|form|sort)\sof\s|a\sclass\sof\s|an?\s)(?!(?:better|good|great|bad|very|real|big|small|"
    r"different|useful|common|nice|key|major|huge|new|whole|lot|few|bit)\b)(?=\w+\s\w+)[^.!?]*)[.!?]$"
)

_GOES_ON = re.compile(r"; |, (?:and|but|so|which means|because)\b")


@dataclass(frozen=True, slots=True)
class _Rated:
    phrase: tuple[str, ...]
    count: int
    ratio: float
    definition: str | None = None


def add(
    found: Found, talk: Talk, glosses: Glosses, lexicon: Lexicon, usage: Usage, most: int
) -> None:
    """Add the terms of an English talk: those that it defines, then `most` frequent ones."""
    counts, heads = _counted([_WORD.findall(said.text) for said in talk.sentences], glosses)
    total = sum(count for phrase, count in counts.items() if len(phrase) == 1)
    defined = _defined(talk, counts, glosses)
    rated = [
        _Rated(phrase, count, ratio)
        for phrase, count in counts.items()
        if phrase not in defined
        and (len(phrase) > 1 or 2 * heads[phrase] >= count)
        and (ratio := _ratio(phrase, count, total, glosses.english))
    ]
    rated = sorted(
        _whole(rated, defined.values(), counts), key=lambda one: (-one.ratio, one.phrase)
    )
    known = {folded(name): c for c in found.values() for name in (c.english, *c.aliases)}
    taken = 0
    for one in (*defined.values(), *rated):
        if taken == most and one.definition is None:
            continue
        hanzi = glosses.english.sure(one.phrase)
        if hanzi and lexicon.tag(hanzi) not in THINGS:
            hanzi = None
        if len(one.phrase) == 1 and not one.definition and _is_common(one, hanzi, glosses, lexicon):
            continue
        spelled = " ".join(one.phrase)
        if same := known.get(folded(spelled)):
            same.definition = same.definition or one.definition
            continue
        shown = usage.example(spelled)
        if shown is None or folded(spelled) in found or folded(hanzi or "") in found:
            continue
        taken += one.definition is None
        name = hanzi or spelled
        found[folded(name)] = Candidate(
            name,
            spelled,
            definition=one.definition,
            reasons=[_reason(one, hanzi)],
            topics=() if hanzi else (UNTRANSLATED,),
            evidence=shown.evidence,
            order=-one.ratio,
        )


def _counted(
    rows: Sequence[Sequence[str]], glosses: Glosses
) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    """Count the words and phrases that may be terms, and those after which no such word stands.

    A plural counts as its singular.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    heads: Counter[tuple[str, ...]] = Counter()
    singular: dict[str, str] = {}
    for word in {word for row in rows for word in row}:
        lower = word.lower()
        singular[word] = _singular(lower, glosses.english)
    for row in rows:
        for usable, run in groupby(row, lambda word: _may_stand(word, glosses)):
            if not usable:
                continue
            words = list(run)
            heads[(singular[words[-1]],)] += 1
            for size in range(1, _LONGEST + 1):
                for at in range(len(words) - size + 1):
                    *first, last = words[at : at + size]
                    counts[(*map(str.lower, first), singular[last])] += 1
    return counts, heads


def _singular(word: str, english: Reverse) -> str:
    """Return a noun's singular where the dictionary knows it."""
    base = next(iter(stems(word)), word) if word.endswith("s") else word
    return base if english.mentions(base) and english.is_noun(base) else word


def _may_stand(word: str, glosses: Glosses) -> bool:
    lower = word.lower()
    return (
        _LETTER.match(lower) is not None
        and lower not in LIGHT
        and "'" not in lower
        and "’" not in lower
        and not glosses.is_kept(lower)
        and not lower.endswith("ly")
    )


def _ratio(phrase: tuple[str, ...], count: int, total: int, english: Reverse) -> float:
    """Rate a term by how often it is used against the dictionary's English; 0 for no term."""
    last = phrase[-1]
    if len(last) < 4 or not english.is_noun(last):
        return 0.0
    seldom = any(english.mentions(word) <= _SELDOM for word in phrase)
    if count < (2 if len(phrase) > 1 or seldom else LEAST_COUNT):
        return 0.0
    if len(phrase) > 1 and _is_verb(phrase[0], english):
        return 0.0
    general = float(english.total)
    for word in phrase:
        general *= max(1, english.mentions(word)) / english.total
    ratio = log_likelihood(count, total, general, english.total)
    return ratio if ratio >= SIGNIFICANT else 0.0


def _is_verb(word: str, english: Reverse) -> bool:
    return not english.is_noun(word) and not word.endswith(("ing", "ed", "al", "ic", "ive", "ous"))


def _whole(
    rated: Sequence[_Rated], defined: Iterable[_Rated], counts: Counter[tuple[str, ...]]
) -> Iterator[_Rated]:
    """Leave out what hardly stands outside a longer phrase."""
    held: Counter[tuple[str, ...]] = Counter()
    for one in (*rated, *defined):
        size = len(one.phrase)
        for start in range(size):
            for end in range(start + 1, size + 1):
                if end - start < size:
                    part = one.phrase[start:end]
                    held[part] = max(held[part], one.count)
    yield from (one for one in rated if 3 * held[one.phrase] < 2 * counts[one.phrase])


def _is_common(one: _Rated, hanzi: str | None, glosses: Glosses, lexicon: Lexicon) -> bool:
    """Say whether a single word is of everyday language, or has several meanings."""
    usual = glosses.chinese(one.phrase)
    if usual is None:
        return one.count < LEAST_COUNT
    return hanzi is None or (lexicon.rank(hanzi) or 9) <= _EVERYDAY_LEVEL


def _defined(
    talk: Talk, counts: Counter[tuple[str, ...]], glosses: Glosses
) -> dict[tuple[str, ...], _Rated]:
    """Find what the talk says a thing is: `A marine heatwave is a period of …`."""
    found: dict[tuple[str, ...], _Rated] = {}
    for said in talk.sentences:
        match = _DEFINES.match(said.text)
        if not match:
            continue
        words = match["term"].lower().split()
        if not all(_may_stand(word, glosses) or glosses.is_kept(word) for word in words):
            continue
        last = words[-1]
        phrase = (*words[:-1], _singular(last, glosses.english))
        seldom = any(glosses.english.mentions(word) <= _SELDOM for word in phrase)
        if glosses.english.is_noun(last) and (counts[phrase] > 1 or seldom):
            what = _GOES_ON.split(match["what"], maxsplit=1)[0]
            found.setdefault(phrase, _Rated(phrase, counts[phrase], 0.0, what))
    return found


def _reason(one: _Rated, hanzi: str | None) -> str:
    if one.definition:
        why = "defined in the talk"
    else:
        why = (
            f"{one.count} times here, unusually often against the English of the dictionary "
            f"(log-likelihood {one.ratio:.1f})"
        )
    return f"{why}; {'Chinese after CC-CEDICT' if hanzi else 'its Chinese name is wanted'}"
