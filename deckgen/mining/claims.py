"""Claims that a talk makes: what a speaker asserts, predicts or quantifies, in his own words."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from deckgen.content import Claim, Evidence, Stance, Term, Text2
from deckgen.hanzi import count_han, folded
from deckgen.lexicon import Lexicon
from deckgen.linting import numbers
from deckgen.mining.glosses import BLANK, MARKS, Glosses
from deckgen.mining.talk import Said, Talk, translated
from deckgen.mining.usage import THINGS
from deckgen.mining.wellformed import objection
from deckgen.sentences import Language, split

_LONGEST: dict[Language, int] = {"zh": 60, "en": 40}
_PREDICTION: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"将会|将来|未来|预计|预测|即将|迟早|总有一天|终将|明年|下一代|[\d一两二三四五六七八九十几]+年"
        r"(?:内|后|之后|以后)[^。]*会|会(?:变|成为|出现|越来越|取代|拥有|实现)"
    ),
    "en": re.compile(
        r"\b(?:will|going to|predict|expect(?:s|ed)? to|in the future|by 20\d\d|"
        r"next (?:year|decade))\b",
        re.IGNORECASE,
    ),
}
_OPINION: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"认为|觉得|相信|在我看来|看法|应该|必须|最重要|关键(?:是|在于)|更(?:好|重要|像)|本质上|值得"
    ),
    "en": re.compile(
        r"\b(?:think|believe|in my (?:view|opinion)|should|must|the (?:best|most important|key)|"
        r"i(?:'m| am) (?:convinced|sure)|love|prefer)\b",
        re.IGNORECASE,
    ),
}
_FACT: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"是(?:一种|一个|由|因为|指)|指的是|意味着|取决于|用了|花了|达到|超过|占|等于|导致|包括"
    ),
    "en": re.compile(
        r"\b(?:is (?:a|an|the)|are (?:a|an|the)|means|called|consists of|depends on|because|costs?|"
        r"took|takes)\b",
        re.IGNORECASE,
    ),
}
_COUNTER = re.compile(
    r"\s?(?:个?(?:小时|月|百分点|参数)|分钟|美元|公里|"
    r"[年月日天岁次个位名人倍层种类项条件台辆家座本章节步级代周点分秒米元双行%％])"
)
_ARTICLES: dict[Stance, str] = {"fact": "a", "opinion": "an", "prediction": "a"}
_QUESTION = re.compile(r"[？?]")
_LETTER = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class _Candidate:
    said: Said
    stance: Stance
    hidden: tuple[int, int]
    score: float
    why: str


def propose(
    talk: Talk, terms: Sequence[Term], lexicon: Lexicon, glosses: Glosses, most: int
) -> tuple[Claim, ...]:
    """Propose claims: the points of summaries, then the weightiest sentences."""
    carriers = _Carriers([term for term in terms if lexicon.tag(term.hanzi) in THINGS])
    points = list(_points(talk, carriers))
    told = [c for s in talk.sentences if (c := _judged(s, talk.language, carriers)) is not None]
    ranked = sorted(told, key=lambda c: -c.score)
    taken = points + ranked[: max(0, most - len(points))]
    chosen = {folded(one.said.text): one for one in reversed(taken)}
    said = translated([one.said for one in chosen.values()], talk, glosses)
    found = [replace(one, said=s) for one, s in zip(chosen.values(), said, strict=True)]
    return tuple(_claim(one, talk, glosses) for one in reversed(found))


class _Carriers:
    """Finds the number or term that carries a sentence."""

    def __init__(self, terms: Sequence[Term]) -> None:
        names = {name: rank for rank, t in enumerate(terms) for name in (t.english, t.hanzi)}
        usable = [name for name in names if len(name) > 1 and not name.startswith(MARKS["en"])]
        self._rank = {name.lower(): names[name] for name in usable}
        longest = sorted(usable, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, longest)) or r"(?!)", re.IGNORECASE)

    def number(self, text: str, language: Language) -> tuple[int, int] | None:
        """Return the span of the first sure number that stands there once, with its unit."""
        found = numbers.chinese(text) if language == "zh" else numbers.english(text)
        for number in found:
            if number.sure and text.count(number.written) == 1:
                start = text.index(number.written)
                end = start + len(number.written)
                unit = _COUNTER.match(text, end) if language == "zh" else None
                if not _is_inside_word(text, start, end):
                    first = start - text[:start].endswith("第")
                    return first, unit.end() if unit else end
        return None

    def term(self, text: str) -> tuple[int, int] | None:
        """Return the span of the longest term that stands there once."""
        lower = text.lower()
        spans = [
            (-len(match[0]), self._rank[match[0].lower()], match.start(), match.end())
            for match in self._pattern.finditer(text)
            if lower.count(match[0].lower()) == 1
            and not _is_inside_word(text, match.start(), match.end())
            and match[0].lower() in self._rank
        ]
        return min(spans)[2:] if spans else None


def _is_inside_word(text: str, start: int, end: int) -> bool:
    """Say whether a span cuts a Latin word or number."""
    before, first = text[max(0, start - 1) : start], text[start]
    last, after = text[end - 1], text[end : end + 1]
    return bool(
        (_LETTER.match(before) and _LETTER.match(first))
        or (_LETTER.match(after) and _LETTER.match(last))
    )


def _judged(said: Said, language: Language, carriers: _Carriers) -> _Candidate | None:
    """Rate what a sentence asserts, or return None where it asserts nothing that stands alone."""
    text = said.text
    if _QUESTION.search(text) or objection(text, language, _LONGEST[language]):
        return None
    cues: list[tuple[Stance, Mapping[Language, re.Pattern[str]]]] = [
        ("prediction", _PREDICTION),
        ("opinion", _OPINION),
        ("fact", _FACT),
    ]
    stance, cue = next(
        ((name, found[0]) for name, by in cues if (found := by[language].search(text))), (None, "")
    )
    number, term = carriers.number(text, language), carriers.term(text)
    hidden = number or term
    if hidden is None or (stance is None and number is None):
        return None
    reasons = [f"“{cue.strip()}” marks {_ARTICLES[stance]} {stance}"] if stance else []
    reasons += [f"the number “{text[slice(*number)]}” carries it"] if number else []
    reasons += [f"the term “{text[slice(*term)]}” carries it"] if term and not number else []
    score = 2.0 * (number is not None) + (term is not None) + 1.5 * (stance is not None)
    score += said.evidence.speaker is not None
    return _Candidate(said, stance or "fact", hidden, score, "; ".join(reasons))


def _points(talk: Talk, carriers: _Carriers) -> Iterator[_Candidate]:
    """Yield the key points, summaries and conclusions, each with the passage that it sums up."""
    said = _Passages(talk.sentences)
    for document in talk.documents:
        if document.language != talk.language:
            continue
        kinds = (("key point", document.key_points), ("summary", document.summary))
        for what, texts in kinds:
            for text in (s for t in texts for s in _statements(t, talk.language)):
                hidden = carriers.number(text, talk.language) or carriers.term(text)
                passage = said.nearest(text)
                if hidden is None or objection(text, talk.language, 2 * _LONGEST[talk.language]):
                    continue
                evidence = passage or Evidence(talk.source.id, quote=text)
                speaker = _named(text, talk) or evidence.speaker
                stance: Stance = (
                    "prediction" if _PREDICTION[talk.language].search(text) else "opinion"
                )
                point = Said(text, replace(evidence, speaker=speaker))
                yield _Candidate(point, stance, hidden, 9.0, f"a {what} of the document")


def _statements(text: str, language: Language) -> list[str]:
    """Return a point's sentences, or all of it where it is one."""
    return [" ".join(text[a:b].split()) for a, b in split(text, language)]


def _named(text: str, talk: Talk) -> str | None:
    """Return the id of the speaker whom a point names."""
    for person in talk.source.people:
        names = {person.name.zh, person.name.en, *person.aliases}
        words = {word for name in names for word in (name, *name.split()) if len(word) > 2}
        if any(word in text for word in words):
            return person.id
    return None


class _Passages:
    """Finds the sentence of the talk that shares the most telling pairs of characters."""

    def __init__(self, sentences: Sequence[Said]) -> None:
        self._sentences = sentences
        self._where: dict[str, list[int]] = {}
        for index, said in enumerate(sentences):
            for pair in _pairs(said.text):
                self._where.setdefault(pair, []).append(index)

    def nearest(self, text: str) -> Evidence | None:
        scores: Counter[int] = Counter()
        for pair in sorted(_pairs(text)):
            places = self._where.get(pair, ())
            for index in places if len(places) < 200 else ():
                scores[index] += 1000 // len(places)
        best = max(scores, key=lambda index: (scores[index], -index), default=None)
        return self._sentences[best].evidence if best is not None else None


def _pairs(text: str) -> set[str]:
    plain = folded(text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def _claim(found: _Candidate, talk: Talk, glosses: Glosses) -> Claim:
    said, (start, end) = found.said, found.hidden
    text, answer = said.text, said.text[start:end].strip()
    cloze = f"{text[:start]}{{{{c1::{answer}}}}}{text[end:]}"
    blanked = f"{text[:start]}{BLANK}{text[end:]}"
    other = glosses.gloss(text, talk.language, found.hidden)
    shown = re.search(r"\{\{c1::(.*?)\}\}", other)
    meaning = shown[1] if shown else answer
    statement, asked = re.sub(r"\{\{c1::(.*?)\}\}", r"\1", other), other
    asked = re.sub(r"\{\{c1::(.*?)\}\}", BLANK, other)
    if said.other is not None:
        statement = said.other
        same = _same_in(said.other, answer, meaning)
        if same is not None:
            meaning = said.other[slice(*same)]
            asked = said.other[: same[0]] + BLANK + said.other[same[1] :]
            other = f"{said.other[: same[0]]}{{{{c1::{meaning}}}}}{said.other[same[1] :]}"

    def both(own: str, theirs: str) -> Text2:
        return Text2(own, theirs) if talk.language == "zh" else Text2(theirs, own)

    speaker = said.evidence.speaker
    person = next((p for p in talk.source.people if p.id == speaker), None)
    name = person.name if person else None
    lead = {"zh": f"{name.zh}：" if name else "", "en": f"{name.en}: " if name else ""}
    own, theirs = ("zh", "en") if talk.language == "zh" else ("en", "zh")
    return Claim(
        id=f"said-{zlib.crc32(folded(text).encode()):08x}",
        speaker=speaker,
        statement=both(text, statement),
        question=both(lead[own] + blanked, lead[theirs] + asked),
        answer=both(answer, meaning),
        stance=found.stance,
        as_of=talk.source.date,
        evidence=(said.evidence,),
        cloze=both(cloze, other),
        status="draft",
        why=found.why + ("; translated by a machine" if said.by_machine else ""),
    )


def _same_in(translation: str, answer: str, meaning: str) -> tuple[int, int] | None:
    """Find what is hidden in the translation: the same name, number or dictionary sense."""
    value = {number.value for number in numbers.chinese(answer)}
    for number in numbers.english(translation):
        if number.value in value and translation.count(number.written) == 1:
            start = translation.index(number.written)
            return start, start + len(number.written)
    for wanted in (answer, *meaning.split("; ")):
        match = re.search(rf"(?i)(?<!\w){re.escape(wanted)}(?!\w)", translation)
        if match and count_han(wanted) == 0:
            return match.span()
    return None
