"""Latin terms and names in a talk: those that stand in Chinese, and the names of an English one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from deckgen.hanzi import folded
from deckgen.mining.candidates import Candidate, Found
from deckgen.mining.names import NAMES, Kind, Names
from deckgen.mining.reverse import GRAMMAR
from deckgen.mining.talk import Said, Talk
from deckgen.mining.usage import Usage

UNTRANSLATED = "untranslated"
"""The topic of terms that still need a Chinese side."""

_WORD = r"[A-Za-z](?:[A-Za-z0-9+#]|[-.'’&_/](?=[A-Za-z0-9]))*"
_RUN = re.compile(rf"{_WORD}(?:[ \u00a0](?:{_WORD}|\d[\w.]*))*")
_NAME_EN = re.compile(
    r"(?<![A-Za-z0-9@/.-])(?:[A-Z][A-Za-z0-9+#]*|[a-z]+[A-Z][A-Za-z0-9]*)(?:[-.&'’][A-Za-z0-9]+)*"
    r"(?: (?:[A-Z][A-Za-z0-9]*|\d[\w.]*)(?:[-.&][A-Za-z0-9]+)*)*"
)
_STARTS = re.compile(r"(?:^|[.!?:;\"“”‘(]\s*)$")
_POSSESSIVE = re.compile(r"['’](?:s|m|re|ve|ll|d|t)?$")
_NOT_NAMES = frozenset(
    "i ok okay yes no mr mrs ms dr monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december "
    "christmas english chinese american god oh hey hi hello well".split()
)
_QUOTATION = re.compile(rf"{_WORD}(?:[,.;]?[ \u00a0]?{_WORD}){{4,}}")
_FORMULA = re.compile(r"\+\d")
_GENERIC = frozenset(["University", "Institute", "Foundation", "Bank", "Research", "Lab", "Labs"])
_MOST_WORDS = 4
_LEAST = 2
_NEAR = 24
_PLACES = 50


@dataclass(slots=True)
class Seen:
    """A Latin word or name: a sentence that has it, its count, and what stands around it."""

    said: Said
    count: int = 0
    inside: int = 0
    around: list[tuple[str, str]] = field(default_factory=list)

    def note(self, said: Said, start: int, end: int) -> None:
        """Count a place."""
        self.count += 1
        self.inside += _STARTS.search(said.text[:start]) is None
        if len(self.around) < _PLACES:
            text = said.text
            self.around.append((text[max(0, start - _NEAR) : start], text[end : end + _NEAR]))


def gather(talk: Talk) -> Mapping[str, Seen]:
    """Gather the Latin words and names of a talk, each with its places."""
    return _chinese(talk) if talk.language == "zh" else _english(talk)


def add(found: Found, talk: Talk, seen: Mapping[str, Seen], names: Names, usage: Usage) -> None:
    """Add the Latin terms that a talk uses more than once; some still wait for a Chinese name."""
    known = {folded(e) for c in found.values() for e in (c.english, *c.aliases)}
    known |= {folded(word) for name in talk.people for word in (name, *name.split())}
    for name, one in sorted(seen.items(), key=lambda item: (-item[1].count, item[0])):
        key = folded(name)
        if key in found or key in known or len(key) < 2 or _FORMULA.search(name):
            continue
        if len(name) == 2 and not name.isupper():
            continue
        is_name = not (name.islower() or (name.isupper() and len(name) <= 5 and name.isalpha()))
        kind: Kind | None = names.kind(name, one.around) if is_name else None
        if one.count < _LEAST and (kind not in ("firm", "product") or name in _GENERIC):
            continue
        entry = _entry(found, name, one, names.chinese(name, kind), talk)
        entry.topics = (*_topic(is_name, kind), *entry.topics)
        best = usage.example(name) if one.count > 1 else None
        entry.evidence = entry.evidence or (best or one.said).evidence


def _topic(is_name: bool, kind: Kind | None) -> tuple[str, ...]:
    if not is_name:
        return ()
    return (f"{NAMES}/{kind}",) if kind else (NAMES,)


def _entry(found: Found, name: str, one: Seen, hanzi: str | None, talk: Talk) -> Candidate:
    where = "Latin in the Chinese text" if talk.language == "zh" else "a name in the English text"
    reason = f"{where}, {'once' if one.count == 1 else f'{one.count} times'}; "
    if hanzi:
        entry = found.setdefault(folded(hanzi), Candidate(hanzi))
        entry.name(name)
        reason += "Chinese name after CC-CEDICT"
    else:
        entry = found[folded(name)] = Candidate(name, name, topics=(UNTRANSLATED,))
        reason += "its Chinese name is wanted"
    entry.reasons.append(reason)
    entry.order = min(entry.order, -one.count)
    return entry


def _chinese(talk: Talk) -> Mapping[str, Seen]:
    """Gather the Latin words and groups of words; a longer run is English, no term."""
    seen: dict[str, Seen] = {}
    for said in talk.sentences:
        quoted = [m.span() for m in _QUOTATION.finditer(said.text) if _is_english(m[0])]
        for match in _RUN.finditer(said.text):
            if any(start <= match.start() < end for start, end in quoted):
                continue
            trimmed = _trimmed(match)
            if trimmed is None:
                continue
            name = said.text[slice(*trimmed)].replace("\u00a0", " ")
            seen.setdefault(name, Seen(said)).note(said, *trimmed)
    return _merged(seen)


def _is_english(text: str) -> bool:
    """Say whether a long run of Latin words is a quotation, not a list of names."""
    return any(word in GRAMMAR for word in re.findall(r"[a-z]+", text))


def _trimmed(match: re.Match[str]) -> tuple[int, int] | None:
    """Return where a run is without the words of grammar at its ends; None for no term."""
    words = list(re.finditer(r"[^ \u00a0]+", match[0]))
    if len(words) > _MOST_WORDS:
        return None
    while words and words[0][0].lower() in GRAMMAR:
        words.pop(0)
    while words and words[-1][0].lower() in GRAMMAR:
        words.pop()
    if not words:
        return None
    return match.start() + words[0].start(), match.start() + words[-1].end()


def _merged(seen: dict[str, Seen]) -> dict[str, Seen]:
    """Count a plural and another spelling with capitals as one with the commoner form."""
    forms: dict[str, str] = {}
    merged: dict[str, Seen] = {}
    for name, one in sorted(seen.items(), key=lambda item: (-item[1].count, item[0])):
        key = name.lower()
        whole = next(
            (forms[f] for f in (key, key.removesuffix("s"), f"{key}s") if f in forms), None
        )
        if whole is None:
            forms[key], merged[name] = name, one
        else:
            merged[whole].count += one.count
            merged[whole].around += one.around
    return merged


def _english(talk: Talk) -> Mapping[str, Seen]:
    """Gather the names of an English talk: capitalised inside sentences, hardly ever otherwise."""
    seen: dict[str, Seen] = {}
    small: Counter[str] = Counter()
    for said in talk.sentences:
        small.update(re.findall(r"\b[a-z]{2,}\b", said.text))
        for match in _NAME_EN.finditer(said.text):
            name = _POSSESSIVE.sub("", match[0])
            start = match.start()
            first, _, rest = name.partition(" ")
            if rest and _STARTS.search(said.text[:start]) and first.lower() in GRAMMAR:
                name, start = rest, start + len(first) + 1
            name = " ".join(takewhile(lambda word: word.lower() not in _NOT_NAMES, name.split(" ")))
            if len(name) < 2:
                continue
            seen.setdefault(name, Seen(said)).note(said, start, start + len(name))
    return _merged(
        {
            name: one
            for name, one in seen.items()
            if one.inside and one.count > 2 * small[name.lower()]
        }
    )
