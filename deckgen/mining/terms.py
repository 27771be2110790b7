"""Terms that a talk explains, or uses far more often than the language at large."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from deckgen.content import Evidence, Term, Text2
from deckgen.hanzi import count_han, folded
from deckgen.lexicon import Lexicon
from deckgen.mining import english, latin
from deckgen.mining.candidates import Candidate, Found
from deckgen.mining.equivalents import Equivalents
from deckgen.mining.glosses import Glosses
from deckgen.mining.latin import UNTRANSLATED, Seen
from deckgen.mining.names import Names
from deckgen.mining.talk import Talk, slug
from deckgen.mining.usage import (
    Usage,
    frequent_phrases,
    frequent_words,
    without_parts,
)
from deckgen.segmentation import Segmenter
from deckgen.sentences import Language, split

_IS_A = re.compile(
    r"[“‘《「]?(?P<term>[^，,。；：、“”]{2,20}?)[”’》」]?\s?(?:[(（][^()（）]*[)）])?\s?(?:其实|就|主要)?"
    r"(?:是(?=一[种类个门家项套条部])|是?指的?是?)(?P<what>(?![你我您])[^，,。；！？]{7,})[，,。；]"
)
_BRACKET = re.compile(r"\s?[(（][^()（）]*[)）]")
_DEFINED = re.compile(r"^(?:(?:通常|一般|主要)?(?:是指|指的是|指)|这是|是)(?=[^的])")


def propose(
    talk: Talk,
    seen: Mapping[str, Seen],
    usage: Usage,
    segmenter: Segmenter,
    lexicon: Lexicon,
    glosses: Glosses,
    most: int,
) -> tuple[Term, ...]:
    """Propose terms: those explained or given in both languages, then `most` frequent ones.

    `seen` are the Latin words and names.
    """
    found: Found = {}
    kinds = Names(talk.people)
    _add_boxes(found, talk)
    _add_bilingual(found, talk)
    latin.add(found, talk, seen, kinds, usage)
    if talk.language == "zh":
        frequent = frequent_words(usage, segmenter, lexicon)
        frequent |= frequent_phrases(usage, segmenter, lexicon)
        _add_frequent(found, without_parts(frequent, usage), usage, most)
        _define(found, talk)
    else:
        english.add(found, talk, glosses, lexicon, usage, most)
    given = [name for c in found.values() for name in (c.english, *c.aliases)]
    equivalents = Equivalents(talk.pairs if talk.language == "zh" else (), given)
    for entry in found.values():
        _finish(entry, usage, lexicon, glosses, kinds, equivalents)
    return tuple(_terms(found.values(), talk, glosses))


def spelled(talk: Talk) -> list[str]:
    """List the Chinese terms that the documents themselves mark, as words for segmentation."""
    boxes = [box.term for document in talk.documents for box in document.boxes]
    given = [term.zh for document in talk.documents for term in document.bilingual_terms]
    return [term for term in (*boxes, *given) if count_han(term) > 1]


def names(given: str) -> list[str]:
    """Part what a bracket gives into the names in it: a name and its abbreviation."""
    return [name.strip() for name in re.split("[,，;；/]", given) if name.strip()] or [given]


def _add_boxes(found: Found, talk: Talk) -> None:
    people = {folded(name) for name in talk.people}
    for document in talk.documents:
        for box in document.boxes:
            if folded(box.term) in people:
                continue
            entry = found.setdefault(folded(box.term), Candidate(box.term))
            first = split(box.definition, "zh")[:1]
            quote = box.definition[slice(*first[0])] if first else box.definition
            entry.definition = _DEFINED.sub("", quote.strip())
            entry.reasons.append("explained in a box")
            entry.evidence = Evidence(talk.source.id, quote=" ".join(quote.split()))


def _add_bilingual(found: Found, talk: Talk) -> None:
    people = {folded(name) for name in talk.people}
    for document in talk.documents:
        for term in document.bilingual_terms:
            if folded(term.zh) in people or len(term.en) == 1:
                continue
            entry = found.setdefault(folded(term.zh), Candidate(term.zh))
            for name in names(term.en):
                entry.name(name)
            entry.reasons.append(f"given in both languages ({term.en})")


def _add_frequent(
    found: Found,
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
        entry = found.setdefault(folded(word), Candidate(word))
        entry.reasons.append(reason)
        entry.order = min(entry.order, -rated[word])


def _define(found: Found, talk: Talk) -> None:
    """Take what the talk says that a term is for its definition, where no box explains it."""
    for said in talk.sentences:
        match = _IS_A.match(said.text)
        entry = found.get(folded(match["term"])) if match else None
        if match and entry and entry.definition is None:
            entry.definition = _BRACKET.sub("", match["what"]) + "。"
            entry.reasons.append("defined in the talk")


def _finish(
    entry: Candidate,
    usage: Usage,
    lexicon: Lexicon,
    glosses: Glosses,
    names: Names,
    equivalents: Equivalents,
) -> None:
    if entry.evidence is None or count_han(entry.hanzi):
        example = usage.example(entry.hanzi)
        entry.evidence = example.evidence if example else entry.evidence
    if not count_han(entry.hanzi) and UNTRANSLATED not in entry.topics:
        entry.topics = (*entry.topics, UNTRANSLATED)
    if not entry.english and (aligned := equivalents.english(entry.hanzi)):
        entry.english = aligned
        entry.reasons.append("English after the aligned sentences")
    if not entry.english:
        entry.english = glosses.word(entry.hanzi)
        if entry.english and count_han(entry.hanzi):
            entry.reasons.append("English after CC-CEDICT")
        else:
            entry.english = (
                glosses.gloss(entry.hanzi, "zh") if count_han(entry.hanzi) else entry.hanzi
            )
    is_word = lexicon.rank(entry.hanzi) is not None
    if not entry.topics and not is_word and (topic := names.topic(entry.hanzi, entry.english)):
        entry.topics = (topic,)


def _terms(entries: Iterable[Candidate], talk: Talk, glosses: Glosses) -> Iterator[Term]:
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
            definition=_in_both(definition, talk.language, glosses) if definition else None,
            evidence=(evidence,),
            aliases=tuple(entry.aliases),
            topics=entry.topics,
            status="draft",
            why="; ".join(dict.fromkeys(entry.reasons)),
        )


def _in_both(text: str, language: Language, glosses: Glosses) -> Text2:
    gloss = glosses.gloss(text, language)
    return Text2(text, gloss) if language == "zh" else Text2(gloss, text)
