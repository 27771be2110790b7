"""Terms that a talk explains, or uses far more often than the language at large."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deckgen.alignment.dictionary import STOP_WORDS
from deckgen.cedict import Cedict
from deckgen.content import Evidence, Term, Text2
from deckgen.hanzi import count_han, folded
from deckgen.lexicon import Lexicon
from deckgen.mining.glosses import Glosses
from deckgen.mining.talk import Said, Talk, slug
from deckgen.mining.usage import (
    CONTENT_TAGS,
    LEAST_COUNT,
    SIGNIFICANT,
    Usage,
    frequent_phrases,
    frequent_words,
    is_everyday,
    log_likelihood,
    rating_of,
    without_parts,
)
from deckgen.mining.wellformed import objection
from deckgen.segmentation import Segmenter
from deckgen.sentences import split

_LATIN = re.compile(
    r"[A-Za-z][A-Za-z0-9]*(?:[-.+#'’&][A-Za-z0-9+#]+)*(?:\s[A-Z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*)*"
)
_FIRM = re.compile(
    r"(?:公司|集团|创办|创立|创始人|\bCEO\b|收购|投资|股价|Labs?\b|Inc\b|\bcompany\b)"
)
_MODEL = re.compile(r"\d|(?:模型|车型|手机|机器人|芯片|产品|软件|系统|版本|平台)")
_MAKER = re.compile(r"(?:说|认为|先生|教授|博士|老师|表示|提到|said|says)")
_FIRM_SENSE = re.compile(r"company|corporation|brand|bank\b|\bInc\b|website|software", re.I)
_PERSON_SENSE = re.compile(r"\(\d{3,4}|surname|given name|\(name\)|masculine|feminine")
NAMES = "names"
UNTRANSLATED = "untranslated"
"""The topic of terms that still need a Chinese side."""


@dataclass(slots=True)
class _Candidate:
    hanzi: str
    english: str = ""
    definition: str | None = None
    aliases: dict[str, None] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    topics: tuple[str, ...] = ()
    evidence: Evidence | None = None
    order: float = math.inf


def propose(
    talk: Talk, usage: Usage, segmenter: Segmenter, lexicon: Lexicon, glosses: Glosses, most: int
) -> tuple[Term, ...]:
    """Propose terms: those explained or given in both languages, then `most` frequent ones."""
    found: dict[str, _Candidate] = {}
    _add_boxes(found, talk)
    _add_bilingual(found, talk)
    if talk.language == "zh":
        _add_latin(found, talk)
        frequent = frequent_words(usage, segmenter, lexicon)
        frequent |= frequent_phrases(usage, segmenter, lexicon)
        _add_frequent(found, without_parts(frequent, usage), usage, most)
    else:
        _add_english(found, talk, glosses, lexicon, most)
    dictionary = Cedict()
    for entry in found.values():
        _finish(entry, usage, glosses, dictionary)
    return tuple(_terms(found.values(), talk, glosses))


def spelled(talk: Talk) -> list[str]:
    """List the Chinese terms that the documents themselves mark, as words for segmentation."""
    boxes = [box.term for document in talk.documents for box in document.boxes]
    given = [term.zh for document in talk.documents for term in document.bilingual_terms]
    return [term for term in (*boxes, *given) if count_han(term) > 1]


def _add_boxes(found: dict[str, _Candidate], talk: Talk) -> None:
    for document in talk.documents:
        for box in document.boxes:
            entry = found.setdefault(folded(box.term), _Candidate(box.term))
            first = split(box.definition, "zh")[:1]
            entry.definition = box.definition[slice(*first[0])] if first else box.definition
            entry.reasons.append("explained in a box")
            entry.evidence = Evidence(talk.source.id, quote=" ".join(entry.definition.split()))


def _add_bilingual(found: dict[str, _Candidate], talk: Talk) -> None:
    for document in talk.documents:
        for term in document.bilingual_terms:
            entry = found.setdefault(folded(term.zh), _Candidate(term.zh))
            names = [name.strip() for name in re.split("[,，;；/]", term.en) if name.strip()]
            for name in names:
                if not entry.english or (entry.english.isupper() and not name.isupper()):
                    entry.aliases |= {entry.english: None} if entry.english else {}
                    entry.english = name
                elif folded(name) != folded(entry.english):
                    entry.aliases[name] = None
            entry.reasons.append(f"given in both languages ({term.en})")


def _add_latin(found: dict[str, _Candidate], talk: Talk) -> None:
    """Add the Latin terms and names that stand in the Chinese text."""
    counts: Counter[str] = Counter()
    shown: dict[str, Said] = {}
    rating: dict[str, tuple[int, int]] = {}
    around: dict[str, list[str]] = {}
    for said in talk.sentences:
        rated = rating_of(said)
        for match in _LATIN.finditer(said.text):
            name = match[0]
            counts[name] += 1
            if name not in rating or rated < rating[name]:
                rating[name], shown[name] = rated, said
            near = around.setdefault(name, [])
            if len(near) < 50:
                near.append(said.text[max(0, match.start() - 6) : match.end() + 6])
    known = {folded(e) for c in found.values() for e in (c.english, *c.aliases)}
    for name, count in counts.most_common():
        key = folded(name)
        if key in found or key in known or len(key) < 2 or count < 2:
            continue
        kind = _kind(name, around[name], talk.people)
        found[key] = _Candidate(
            name,
            name,
            reasons=[f"Latin in the Chinese text, {count} times; its Chinese name is wanted"],
            topics=(*((f"{NAMES}/{kind}",) if kind else ()), UNTRANSLATED),
            evidence=shown[name].evidence,
            order=-count,
        )


def _kind(name: str, around: Sequence[str], people: Iterable[str]) -> str | None:
    """Tell a name's kind by its neighbours: person, firm or product; None for a plain term."""
    if any(name.lower() in person.lower().split() or name == person for person in people):
        return "person"
    if name.islower() or (name.isupper() and len(name) <= 5 and name.isalpha()):
        return None
    votes = Counter(
        kind
        for text in around
        for kind, cue in (("firm", _FIRM), ("product", _MODEL), ("person", _MAKER))
        if cue.search(text)
    )
    best = max(votes, key=lambda kind: (votes[kind], kind), default=None)
    return best if best and 3 * votes[best] >= len(around) else "other"


def _add_frequent(
    found: dict[str, _Candidate],
    rated: Mapping[str, float],
    usage: Usage,
    most: int,
) -> None:
    joined = Counter({"".join(phrase): count for phrase, count in usage.phrases.items()})
    ranked = sorted(rated, key=lambda word: (-rated[word], word))
    for rank, word in enumerate(ranked[:most], 1):
        count = usage.counts[word] or joined[word]
        reason = (
            f"{count} times here, unusually often against general Chinese "
            f"(log-likelihood {rated[word]:.1f}, rank {rank} of {len(ranked)})"
        )
        entry = found.setdefault(folded(word), _Candidate(word))
        entry.reasons.append(reason)
        entry.order = min(entry.order, -rated[word])


def _add_english(
    found: dict[str, _Candidate], talk: Talk, glosses: Glosses, lexicon: Lexicon, most: int
) -> None:
    """Add the words and phrases of an English talk that the dictionary has a Chinese word for."""
    counts: Counter[tuple[str, ...]] = Counter()
    shown: dict[tuple[str, ...], Said] = {}
    for said in talk.sentences:
        words = re.findall(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*", said.text.lower())
        for size in (1, 2):
            for start in range(len(words) - size + 1):
                phrase = tuple(words[start : start + size])
                counts[phrase] += 1
                if phrase not in shown and objection(said.text, "en") is None:
                    shown[phrase] = said
    total = sum(count for phrase, count in counts.items() if len(phrase) == 1)
    rated: dict[tuple[str, ...], float] = {}
    for phrase, count in counts.items():
        if count < LEAST_COUNT or phrase not in shown or len(phrase[-1]) < 4:
            continue
        if not STOP_WORDS.isdisjoint(phrase):
            continue
        general = float(glosses.total)
        for word in phrase:
            general *= max(1, glosses.mentions(word)) / glosses.total
        ratio = log_likelihood(count, total, general, glosses.total)
        if ratio >= SIGNIFICANT:
            rated[phrase] = ratio
    ranked = sorted(rated, key=lambda phrase: (-rated[phrase], phrase))
    taken = 0
    for rank, phrase in enumerate(ranked, 1):
        hanzi = glosses.chinese(phrase)
        if hanzi is None or count_han(hanzi) < 2 or folded(hanzi) in found or taken == most:
            continue
        if lexicon.tag(hanzi) not in CONTENT_TAGS or is_everyday(hanzi, lexicon):
            continue
        if not glosses.means(hanzi, phrase):
            continue
        taken += 1
        found[folded(hanzi)] = _Candidate(
            hanzi,
            " ".join(phrase),
            reasons=[
                f"{counts[phrase]} times here, unusually often against the English of the "
                f"dictionary (log-likelihood {rated[phrase]:.1f}, rank {rank} of {len(ranked)}); "
                "Chinese after CC-CEDICT"
            ],
            evidence=shown[phrase].evidence,
            order=-rated[phrase],
        )


def _finish(entry: _Candidate, usage: Usage, glosses: Glosses, dictionary: Cedict) -> None:
    example = usage.example(entry.hanzi)
    if example is not None:
        entry.evidence = example.evidence
    if not count_han(entry.hanzi) and UNTRANSLATED not in entry.topics:
        entry.topics = (*entry.topics, UNTRANSLATED)
    if not entry.english:
        entry.english = glosses.word(entry.hanzi)
        if entry.english and count_han(entry.hanzi):
            entry.reasons.append("English after CC-CEDICT")
        else:
            entry.english = (
                glosses.gloss(entry.hanzi, "zh") if count_han(entry.hanzi) else entry.hanzi
            )
    if not entry.topics and (kind := _named_kind(entry.hanzi, dictionary)):
        entry.topics = (f"{NAMES}/{kind}",)


def _named_kind(word: str, dictionary: Cedict) -> str | None:
    """Tell what a Chinese word names after CC-CEDICT, or nothing where it is no name."""
    entries = dictionary.entries(word) if count_han(word) == len(word) else ()
    if not entries or not all(entry.pinyin[:1].isupper() for entry in entries):
        return None
    senses = " ".join(sense for entry in entries for sense in entry.senses)
    if _FIRM_SENSE.search(senses):
        return "firm"
    return "person" if _PERSON_SENSE.search(senses) else "other"


def _terms(entries: Iterable[_Candidate], talk: Talk, glosses: Glosses) -> Iterator[Term]:
    for entry in sorted(entries, key=lambda e: (e.topics != (), e.order)):
        evidence = entry.evidence
        if evidence is None:
            holding = (s for s in talk.sentences if entry.hanzi in s.text)
            said = next(holding, None)
            evidence = said.evidence if said else Evidence(talk.source.id, quote=entry.hanzi)
        definition = entry.definition
        yield Term(
            id=slug(entry.hanzi),
            hanzi=entry.hanzi,
            english=entry.english,
            definition=Text2(definition, glosses.gloss(definition, "zh")) if definition else None,
            evidence=(evidence,),
            aliases=tuple(entry.aliases),
            topics=entry.topics,
            status="draft",
            why="; ".join(dict.fromkeys(entry.reasons)),
        )
