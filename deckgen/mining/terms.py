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
from deckgen.mining.wellformed import length, objection
from deckgen.segmentation import Segmenter, Token
from deckgen.sentences import split

_SIGNIFICANT = 10.83
"""The log-likelihood ratio that chance reaches once in a thousand."""

_LEAST_COUNT = 3
_CONTENT_TAGS = frozenset("nvajlibz")
_HEAD_TAGS = frozenset("nvlj")
THINGS = frozenset({"n", "j", "l", "i", None})
"""The parts of speech of nouns, idioms, and words that the dictionary lacks."""

_LONGEST_PHRASE = 3
_LONGEST_TERM = 8
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


class Usage:
    """How often each word and phrase is used, and the sentence that shows it best."""

    def __init__(self, sentences: Sequence[Said], tokens: Sequence[Sequence[Token]]) -> None:
        self.counts: Counter[str] = Counter()
        self.phrases: Counter[tuple[str, ...]] = Counter()
        self.words = 0
        self._best: dict[str, tuple[tuple[int, int], int]] = {}
        self._sentences = sentences
        for index, row in enumerate(tokens):
            rating = _rating(sentences[index])
            run: list[Token] = []
            for token in row:
                self._note(token.text, rating, index)
                self.words += token.han
                if not token.han or (run and run[-1].start + len(run[-1].text) != token.start):
                    run = []
                if token.han:
                    run = [*run, token][-_LONGEST_PHRASE:]
                    for size in range(2, len(run) + 1):
                        phrase = tuple(t.text for t in run[-size:])
                        self.phrases[phrase] += 1
                        self._show("".join(phrase), rating, index)

    def _note(self, word: str, rating: tuple[int, int], index: int) -> None:
        self.counts[word] += 1
        self._show(word, rating, index)

    def _show(self, word: str, rating: tuple[int, int], index: int) -> None:
        if word not in self._best or rating < self._best[word][0]:
            self._best[word] = (rating, index)

    def example(self, word: str) -> Said | None:
        """Return the sentence that shows a word best, the earliest of those."""
        found = self._best.get(word)
        return self._sentences[found[1]] if found else None


def _rating(said: Said) -> tuple[int, int]:
    text = said.text
    return (objection(text, "zh") is not None, abs(length(text, "zh") - 20))


def log_likelihood(here: float, words: float, general: float, total: float) -> float:
    """Return Dunning's ratio for a count of `here` in `words` against `general` in `total`.

    Negative where it is rarer here than in general.
    """
    share = (here + general) / (words + total)
    parts = ((here, words * share), (general, total * share))
    ratio = 2 * sum(seen * math.log(seen / likely) for seen, likely in parts if seen)
    return ratio if here * total >= general * words else -ratio


def propose(
    talk: Talk, usage: Usage, segmenter: Segmenter, lexicon: Lexicon, glosses: Glosses, most: int
) -> tuple[Term, ...]:
    """Propose terms: those explained or given in both languages, then `most` frequent ones."""
    found: dict[str, _Candidate] = {}
    _add_boxes(found, talk)
    _add_bilingual(found, talk)
    if talk.language == "zh":
        _add_latin(found, talk)
        frequent = _frequent_words(usage, segmenter, lexicon)
        frequent |= _frequent_phrases(usage, segmenter, lexicon)
        _add_frequent(found, _without_parts(frequent, usage), usage, most)
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
        rated = _rating(said)
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


def _frequent_words(usage: Usage, segmenter: Segmenter, lexicon: Lexicon) -> dict[str, float]:
    vocabulary = segmenter.vocabulary
    rated = {}
    for word, count in usage.counts.items():
        if count < _LEAST_COUNT or count_han(word) < 2 or count_han(word) != len(word):
            continue
        tag = lexicon.tag(word)
        if tag is not None and tag not in _CONTENT_TAGS:
            continue
        if _is_everyday(word, lexicon):
            continue
        general = vocabulary.frequencies.get(word, 0)
        rated[word] = log_likelihood(count, usage.words, general, vocabulary.total)
    return {word: ratio for word, ratio in rated.items() if ratio >= _SIGNIFICANT}


def _is_everyday_verb(word: str, lexicon: Lexicon) -> bool:
    return lexicon.tag(word) == "v" and (lexicon.rank(word) or math.inf) <= 2


def _is_everyday(word: str, lexicon: Lexicon) -> bool:
    """Say whether a word is one of the first that a learner meets, and no noun of a field."""
    level = lexicon.rank(word) or math.inf
    if lexicon.tag(word) in THINGS:
        return level <= 2
    return level <= 3 or lexicon.frequency(word) == 5


def _frequent_phrases(usage: Usage, segmenter: Segmenter, lexicon: Lexicon) -> dict[str, float]:
    """Rate word groups against what their words' frequencies in general Chinese make likely."""
    vocabulary = segmenter.vocabulary
    rated = {}
    for phrase, count in usage.phrases.items():
        if count < _LEAST_COUNT or len("".join(phrase)) > _LONGEST_TERM:
            continue
        tags = [vocabulary.tags.get(word, "n") for word in phrase]
        if tags[-1] not in _HEAD_TAGS or not _CONTENT_TAGS.issuperset(tags):
            continue
        if any(_is_everyday_verb(word, lexicon) for word in phrase):
            continue
        cohesion = 2 if any(len(word) == 1 for word in phrase) else 4
        if cohesion * count < min(usage.counts[word] for word in phrase):
            continue
        likely = float(vocabulary.total)
        for word in phrase:
            likely *= max(1, vocabulary.frequencies.get(word, 0)) / vocabulary.total
        ratio = log_likelihood(count, usage.words, likely, vocabulary.total)
        if ratio >= _SIGNIFICANT:
            rated["".join(phrase)] = ratio
    return rated


def _without_parts(rated: Mapping[str, float], usage: Usage) -> dict[str, float]:
    """Leave out what hardly stands outside a longer phrase that is proposed too."""
    counts: Counter[str] = Counter(usage.counts)
    parts: Counter[str] = Counter()
    for phrase, count in usage.phrases.items():
        whole = "".join(phrase)
        if whole not in rated:
            continue
        counts[whole] = count
        smaller = {"".join(phrase[a:b]) for a, b in _inner(len(phrase))}
        for part in smaller:
            parts[part] = max(parts[part], count)
    return {word: ratio for word, ratio in rated.items() if 5 * parts[word] < 4 * counts[word]}


def _inner(size: int) -> Iterator[tuple[int, int]]:
    for start in range(size):
        for end in range(start + 1, size + 1):
            if end - start < size:
                yield start, end


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
        if count < _LEAST_COUNT or phrase not in shown or len(phrase[-1]) < 4:
            continue
        if not STOP_WORDS.isdisjoint(phrase):
            continue
        general = float(glosses.total)
        for word in phrase:
            general *= max(1, glosses.mentions(word)) / glosses.total
        ratio = log_likelihood(count, total, general, glosses.total)
        if ratio >= _SIGNIFICANT:
            rated[phrase] = ratio
    ranked = sorted(rated, key=lambda phrase: (-rated[phrase], phrase))
    taken = 0
    for rank, phrase in enumerate(ranked, 1):
        hanzi = glosses.chinese(phrase)
        if hanzi is None or count_han(hanzi) < 2 or folded(hanzi) in found or taken == most:
            continue
        if lexicon.tag(hanzi) not in _CONTENT_TAGS or _is_everyday(hanzi, lexicon):
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
