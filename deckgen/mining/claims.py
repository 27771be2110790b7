"""Claims that a talk makes: what a speaker asserts, predicts or quantifies, in his own words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from deckgen import numbers
from deckgen.content import Claim, Stance, Term, Text2
from deckgen.hanzi import count_han, folded
from deckgen.lexicon import Lexicon
from deckgen.mining.answers import Answers, Words
from deckgen.mining.carriers import Carrier, Carriers, whole
from deckgen.mining.glosses import Glosses
from deckgen.mining.points import points
from deckgen.mining.questions import asked, replied
from deckgen.mining.talk import Said, Talk, translated, unlinked
from deckgen.mining.wellformed import Objections, length, objection
from deckgen.sentences import Language

_LONGEST: dict[Language, int] = {"zh": 40, "en": 26}
_PREDICTION: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"将会|将来会?|预计|预测|即将|迟早|总有一天|终将|最终会|一定会|明年|"
        r"(?:^|[，,])以后|以后会(?:越来越|变|更|被|有)|(?:未来|今后|下一代|[\d一两二三四五六七八九十几]+\s?年(?:内|后|之内|之后|以后))"
        r"[^。]{0,20}(?:会|将|能|可能)|会(?:变得|成为|出现|越来越|取代|拥有|实现)"
    ),
    "en": re.compile(
        r"\b(?:will|won['’]t|going to|predict|expect(?:s|ed)? to|in the future|by 20\d\d|"
        r"next (?:year|decade))\b",
        re.IGNORECASE,
    ),
}
_OPINION: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"认为|觉得|相信|在我看来|看法|希望|应该|必须|最重要|关键(?:是|在于)|更(?:好|重要|像)|本质上|值得"
    ),
    "en": re.compile(
        r"\b(?:think|believe|in my (?:view|opinion)|should|must|the (?:best|most important|key)|"
        r"hope|i(?:'m| am) (?:convinced|sure)|love|prefer)\b",
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
_ARTICLES: dict[Stance, str] = {"fact": "a", "opinion": "an", "prediction": "a"}
_NO_NAMES = frozenset(["问", "答", "提问", "回答", "Q", "A"])
_ASIDE = re.compile(r"\s?[(（][^()（）]*[)）]$")
_DELETION = re.compile(r"\{\{c1::(.*?)\}\}")
_QUESTION = re.compile(r"[？?]")
_CLAUSE_END = re.compile(r"[，,；;：:。.]|$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    said: Said
    stance: Stance
    hidden: Carrier
    score: float
    why: str
    question: str | None = None
    in_own_words: bool = True


def propose(
    talk: Talk,
    terms: Sequence[Term],
    lexicon: Lexicon,
    glosses: Glosses,
    words_of: Words,
    objections: Objections,
    most: int,
) -> tuple[Claim, ...]:
    """Propose claims: the points of summaries, then the weightiest sentences."""
    carriers = Carriers(terms, lexicon, talk.language)
    hosts = _hosts(talk)
    found = [one for point, what in points(talk) if (one := _summed(point, what, talk, carriers))]
    plain = [_plain(said, glosses) for said in talk.sentences]
    answered = Answers(talk, lexicon, words_of).best(plain)
    told = [
        one
        for said in plain
        if (one := _judged(said, objections, carriers, hosts, answered.get(said.text)))
    ]
    ranked = sorted(told, key=lambda c: -c.score)
    taken = found + ranked[: max(0, most - len(found))]
    chosen = {folded(one.said.text): one for one in reversed(taken)}
    said = translated([one.said for one in chosen.values()], talk, glosses)
    complete = [replace(one, said=s) for one, s in zip(chosen.values(), said, strict=True)]
    return tuple(_claim(one, talk, glosses) for one in reversed(complete))


def _plain(said: Said, glosses: Glosses) -> Said:
    other = glosses.plain(said.other) if said.other else None
    return replace(said, text=glosses.plain(said.text), other=other)


def _hosts(talk: Talk) -> frozenset[str]:
    """Return those who ask much: one sentence of theirs in five or more is a question."""
    spoken: dict[str, list[bool]] = {}
    for said in talk.sentences:
        if said.evidence.speaker:
            spoken.setdefault(said.evidence.speaker, []).append(
                "？" in said.text or "?" in said.text
            )
    return frozenset(who for who, asks in spoken.items() if 5 * sum(asks) >= len(asks))


def _judged(
    said: Said,
    objections: Objections,
    carriers: Carriers,
    hosts: frozenset[str],
    question: str | None,
) -> _Candidate | None:
    """Rate what a sentence asserts, or return None where it asserts nothing that stands alone.

    `question` is what it surely answers.
    """
    text, language = said.text, objections.language
    if _QUESTION.search(text) or objections(text, _LONGEST[language]):
        return None
    number = carriers.number(text)
    hidden = number or carriers.term(text)
    if hidden is None:
        return None
    stance, cue = _stance(text, hidden, language, carriers)
    if stance is None and number is None and question is None:
        return None
    what = "number" if number else "term"
    reasons = [f"“{cue}” marks {_ARTICLES[stance]} {stance}"] if stance else []
    reasons += [f"the {what} “{text[hidden.start : hidden.end].strip()}” carries it"]
    reasons += ["it answers the question before it"] * (question is not None)
    score = 2.0 * (number is not None) + 1.5 * (stance is not None) + (stance == "prediction")
    score += 2.0 * (question is not None)
    score += (said.evidence.speaker is not None) - 2.0 * (said.evidence.speaker in hosts)
    score -= length(text, language) / _LONGEST[language]
    return _Candidate(said, stance or "fact", hidden, score, "; ".join(reasons), question)


def _stance(
    text: str, hidden: Carrier, language: Language, carriers: Carriers
) -> tuple[Stance | None, str]:
    """Tell a stance by a cue that stands before or inside the clause of what is hidden."""
    plain = carriers.masked(text)
    end = _CLAUSE_END.search(plain, hidden.end)
    governing = plain[: end.end() if end else None]
    cues: tuple[tuple[Stance, Mapping[Language, re.Pattern[str]], str], ...] = (
        ("prediction", _PREDICTION, plain),
        ("opinion", _OPINION, governing),
        ("fact", _FACT, plain),
    )
    for stance, by, where in cues:
        if found := by[language].search(where):
            return stance, text[slice(*found.span())].strip()
    return None, ""


def _summed(point: Said, what: str, talk: Talk, carriers: Carriers) -> _Candidate | None:
    text = point.text
    hidden = carriers.number(text) or carriers.term(text)
    if hidden is None or objection(text, talk.language, 2 * _LONGEST[talk.language]):
        return None
    stance: Stance = "prediction" if _PREDICTION[talk.language].search(text) else "opinion"
    why = f"a {what} of the document"
    return _Candidate(point, stance, hidden, 9.0, why, in_own_words=False)


def _claim(found: _Candidate, talk: Talk, glosses: Glosses) -> Claim:
    said, hidden = found.said, found.hidden
    text = said.text
    whole = text[hidden.start : hidden.end].strip()
    answer = _ASIDE.sub("", whole)
    cloze = f"{text[: hidden.start]}{{{{c1::{whole}}}}}{text[hidden.end :]}"
    theirs: Language = "en" if talk.language == "zh" else "zh"
    marked = glosses.gloss(text, talk.language, (hidden.start, hidden.end))
    other, span = _unmarked(marked)
    meaning, their_cloze = other[slice(*span)] or answer, marked
    same = _same_in(said.other, answer, meaning) if said.other else None
    blanked = other
    if said.other and same:
        blanked, span, meaning = said.other, same, said.other[slice(*same)]
        their_cloze = f"{blanked[: span[0]]}{{{{c1::{meaning}}}}}{blanked[span[1] :]}"
    statement = said.other or other
    names = [_name(said.evidence.speaker, talk, language) for language in (talk.language, theirs)]
    said_by = names if found.in_own_words else [None, None]
    ours = asked(text, hidden, talk.language, said_by[0])
    asks = asked(blanked, Carrier(*span, hidden.what), theirs, said_by[1])
    if found.question:
        ours, answer = replied(glosses.plain(found.question), talk.language, names[0]), text
        heard = (s.other for s in talk.sentences if s.other and s.text.endswith(found.question))
        question = next(map(unlinked, heard), None)
        question = question or glosses.gloss(glosses.plain(found.question), talk.language)
        asks, meaning = replied(question, theirs, names[1]), statement

    def both(one: str, two: str) -> Text2:
        return Text2(one, two) if talk.language == "zh" else Text2(two, one)

    return Claim(
        id=f"said-{zlib.crc32(folded(said.evidence.quote or text).encode()):08x}",
        speaker=said.evidence.speaker,
        statement=both(text, statement),
        question=both(ours, asks),
        answer=both(answer, meaning),
        stance=found.stance,
        as_of=talk.source.date,
        evidence=(said.evidence,),
        cloze=both(cloze, their_cloze),
        status="draft",
        why=found.why + ("; translated by a machine" if said.by_machine else ""),
    )


def _unmarked(cloze: str) -> tuple[str, tuple[int, int]]:
    """Return a cloze without its mark, and where what it hides stands."""
    shown = _DELETION.search(cloze)
    if shown is None:
        return cloze, (0, 0)
    plain = cloze[: shown.start()] + shown[1] + cloze[shown.end() :]
    return plain, (shown.start(), shown.start() + len(shown[1]))


def _name(speaker: str | None, talk: Talk, language: Language) -> str | None:
    person = talk.source.person(speaker) if speaker else None
    if person and person.name.zh in _NO_NAMES:
        return None
    return (person.name.zh if language == "zh" else person.name.en) if person else None


def _same_in(translation: str, answer: str, meaning: str) -> tuple[int, int] | None:
    """Find what is hidden in the translation: the same name, number or dictionary sense."""
    value = {number.value for number in (*numbers.chinese(answer), *numbers.english(answer))}
    for number in (*numbers.english(translation), *numbers.chinese(translation)):
        if number.value in value and translation.count(number.written) == 1:
            language: Language = "zh" if count_han(translation) else "en"
            return whole(translation, number.start, number.end, language)
    for wanted in (answer, *meaning.split("; ")):
        if count_han(wanted):
            at = translation.find(wanted)
            if translation.count(wanted) == 1:
                return at, at + len(wanted)
        elif match := re.search(rf"(?i)(?<!\w){re.escape(wanted)}(?!\w)", translation):
            return match.span()
    return None
