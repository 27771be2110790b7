"""A talk as it is mined: its source, and its sentences with their places and other language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from deckgen import alignment, numbers, polarity
from deckgen.alignment import Bead
from deckgen.content import Chapter, Evidence, Person, Source, Text2, parse_id
from deckgen.hanzi import count_han, english_words, folded
from deckgen.mining.glosses import Glosses
from deckgen.problems import DeckgenError
from deckgen.sentences import Language, split
from deckgen.transcript import Transcript, Turn

CONFIDENT = 0.8
"""From this confidence on, aligned sentences are taken for each other's translation."""

_REPLY = 3
"""So many sentences of a turn may be the answer to the question before it."""

_SHAPES = frozenset({(1, 1), (1, 2), (2, 1)})
_LINK = re.compile(
    r"^(?:(?:那么?|所以|但是?|可是|不过|好的?|嗯|对|"
    r"[^，,。]{1,6}(?:律师|医生|老师|教授|师傅|先生|女士|博士)(?:[您你]好)?)[，,]?\s?)+(?![个些种样里时边])"
    r"|^(?:(?:(?:(?i:so|and|but|well|okay|right|then)|(?:(?:Professor|Dr\.?|Mr\.?|Ms\.?)\s)?[A-Z]\w+(?=,)),?\s)+)(?=\w)"
)
_SPACE = re.compile(r"\s+")
_JOINT: dict[Language, str] = {"zh": "", "en": " "}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the talk in the document's language.

    `other` is its translation, if known; `question` is what somebody else asked just before.
    """

    text: str
    evidence: Evidence
    other: str | None = None
    by_machine: bool = False
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was not taken, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Talk:
    """Everything that is mined: `sentences` in `language`, `pairs` where both languages are there.

    `rejected` are the sentences whose translation can't be trusted.
    """

    source: Source
    language: Language
    documents: tuple[Transcript, ...]
    sentences: tuple[Said, ...]
    pairs: tuple[Said, ...]
    rejected: tuple[Rejected, ...]
    is_aligned: bool

    @property
    def people(self) -> frozenset[str]:
        """Every name of everybody who speaks."""
        return frozenset(
            name for p in self.source.people for name in (p.name.zh, p.name.en, *p.aliases)
        )


def slug(text: str, most: int = 48) -> str:
    """Make an id of a text: its letters and digits in lower case, with `-` between.

    >>> slug("Andrej Karpathy"), slug("旋转位置编码 (RoPE)")
    ('andrej-karpathy', '旋转位置编码-rope')
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    name = re.sub(r"[\W_]+", "-", plain).strip("-")[:most].strip("-")
    try:
        return parse_id(name)
    except ValueError:
        return "x"


def source_of(id: str, documents: Sequence[Transcript], english: Transcript | None) -> Source:
    """Describe a talk as a source: who speaks, which chapters it has, and when they begin."""
    first = documents[0]
    title = first.title or id
    heads = next((d.chapters for d in documents if d.chapters), ())
    return Source(
        id=id,
        title=Text2(title, (english.title if english else None) or title),
        deck=title.replace("::", ":"),
        language="zh" if first.language == "zh" else "en",
        date=None,
        people=tuple(_people(documents)),
        chapters=tuple(
            Chapter(name, Text2(h.title, h.title), int(h.time) if h.time is not None else None)
            for h, name in zip(heads, _distinct(slug(h.title) for h in heads), strict=True)
        ),
    )


def _people(documents: Iterable[Transcript]) -> Iterator[Person]:
    named: dict[str, tuple[str, dict[str, None]]] = {}
    for person in (p for document in documents for p in document.people):
        names = (person.name, *person.aliases)
        known = next((named[folded(n)] for n in names if folded(n) in named), (person.name, {}))
        known[1].update(dict.fromkeys(names))
        named |= {folded(name): known for name in names}
    groups = list({id(known): known for known in named.values()}.values())
    ids = _distinct(slug(name) for name, _ in groups)
    for (name, others), id_ in zip(groups, ids, strict=True):
        zh = next((n for n in (name, *others) if count_han(n)), name)
        en = next((n for n in (name, *others) if not count_han(n)), name)
        yield Person(id_, Text2(zh, en), tuple(n for n in others if n not in (zh, en)))


def _distinct(names: Iterable[str]) -> list[str]:
    """Number the names that come again."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return found


def listen(
    source: Source,
    documents: Sequence[Transcript],
    english: Transcript | None,
    name_others: Callable[[str, str], bool] = lambda zh, en: False,
) -> Talk:
    """Gather what is said, each sentence once, with its translation where a document has one.

    `name_others` says of a Chinese and an English sentence whether they name different things.
    """
    language: Language = "zh" if documents[0].language == "zh" else "en"
    places = _Places(source)
    told: dict[str, Said] = {}
    beads: list[Said] = []
    rejected: list[Rejected] = []
    is_aligned = False
    for document in documents:
        if document.language != language:
            continue
        said = list(_said(document, places))
        other = _translation(document, english)
        aligned = _aligned(said, other, language, name_others) if other else None
        if aligned:
            is_aligned = True
            said = aligned[0]
            beads += aligned[1]
            rejected += aligned[2]
        elif other and english is not None:
            raise DeckgenError(
                "the Chinese and the English seem to have nothing to do with each other: leave the "
                "English document out, or give that of the same talk"
            )
        for one in said:
            told.setdefault(folded(one.text), one)
    return Talk(
        source,
        language,
        tuple(documents),
        tuple(told.values()),
        tuple(beads),
        tuple(rejected),
        is_aligned,
    )


def _said(document: Transcript, places: _Places) -> Iterator[Said]:
    """Yield the sentences of a document, the first of a reply with the question before it."""
    before: Turn | None = None
    for turn in document.turns:
        question = _question(before, turn)
        for place, sentence in enumerate(turn.sentences):
            text = _one_line(sentence.text)
            evidence = places.evidence(turn, document, text)
            heard = question if place < _REPLY else None
            yield Said(text, evidence, question=heard)
        before = turn


def _question(before: Turn | None, turn: Turn) -> str | None:
    """Return the question that the speaker before ends with."""
    if before is None or not before.sentences or before.speaker in (None, turn.speaker):
        return None
    last = unlinked(_one_line(before.sentences[-1].text))
    return last if last.endswith(("?", "？")) else None


def unlinked(question: str) -> str:
    """Leave out what links a question to the talk before it, or calls the one who is asked.

    >>> unlinked("那么，顾律师，试用期有多长？"), unlinked("So Nora, why is it warm?")
    ('试用期有多长？', 'why is it warm?')
    """
    return _LINK.sub("", question, count=1)


def translated(said: Sequence[Said], talk: Talk, glosses: Glosses) -> list[Said]:
    """Let what the user attached translate the sentences that have no translation."""
    missing = [one.text for one in said if one.other is None]
    found = dict(zip(missing, glosses.translations(missing, talk.language), strict=True))
    return [
        replace(one, other=other, by_machine=True)
        if one.other is None and (other := found[one.text])
        else one
        for one in said
    ]


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _translation(document: Transcript, english: Transcript | None) -> list[str]:
    """Return the sentences of the other language: those beside the turns, or another document's."""
    language: Language = "en" if document.language == "zh" else "zh"
    own = [turn.translation for turn in document.turns if turn.translation]
    if own:
        return [_one_line(t[a:b]) for t in own for a, b in split(t, language)]
    if english is None or document.language != "zh":
        return []
    if not english.turns:
        return [_one_line(english.text[a:b]) for a, b in split(english.text, "en")]
    return [_one_line(s.text) for turn in english.turns for s in turn.sentences]


def _aligned(
    said: list[Said],
    other: list[str],
    language: Language,
    name_others: Callable[[str, str], bool],
) -> tuple[list[Said], list[Said], list[Rejected]] | None:
    """Give sentences their translation; None where the two have nothing to do with each other."""
    texts = [one.text for one in said]
    found = (
        alignment.align(texts, other)
        if language == "zh"
        else _turned(alignment.align(other, texts))
    )
    if not found.related:
        return None
    told = list(said)
    pairs: list[Said] = []
    rejected: list[Rejected] = []
    for bead in found.beads:
        if not bead.zh:
            continue
        own = _JOINT[language].join(said[i].text for i in bead.zh)
        theirs = _JOINT["en" if language == "zh" else "zh"].join(other[j] for j in bead.en)
        speakers = {said[i].evidence.speaker for i in bead.zh}
        reason = _doubt(bead, own, theirs, language)
        reason = reason or ("said by two people" if len(speakers) > 1 else None)
        both = (own, theirs) if language == "zh" else (theirs, own)
        reason = reason or ("the names differ" if name_others(*both) else None)
        if reason:
            rejected.append(Rejected(own, reason))
            continue
        evidence = replace(said[bead.zh[0]].evidence, quote=own)
        pairs.append(Said(own, evidence, theirs))
        if len(bead.zh) == 1:
            told[bead.zh[0]] = replace(told[bead.zh[0]], other=theirs)
    return told, pairs, rejected


def _turned(found: alignment.Alignment) -> alignment.Alignment:
    return replace(found, beads=tuple(Bead(b.en, b.zh, b.score) for b in found.beads))


def _doubt(bead: Bead, own: str, theirs: str, language: Language) -> str | None:
    """Say why a bead makes no pair, or nothing where it does."""
    if not bead.en:
        return "has no translation"
    if (len(bead.zh), len(bead.en)) not in _SHAPES:
        return "translated by too many sentences at once"
    if bead.score < CONFIDENT:
        return "aligned with doubt"
    zh, en = (own, theirs) if language == "zh" else (theirs, own)
    if not _same_numbers(zh, en):
        return "the numbers differ"
    if not _same_names(zh, en):
        return "the names differ"
    if polarity.is_denied_once(zh, en):
        return "one denies what the other says"
    return None


def _same_numbers(zh: str, en: str) -> bool:
    """Say whether each side has every number that the other surely has."""
    sides = [list(numbers.chinese(zh)), list(numbers.english(en))]
    values = [{number.value for number in side} for side in sides]
    sure = [{number.value for number in side if number.sure} for side in sides]
    return sure[0] <= values[1] and sure[1] <= values[0]


def _same_names(zh: str, en: str) -> bool:
    """Say whether the English has the Latin names that the Chinese keeps."""
    there = folded(en)
    kept = [word for word in english_words(zh) if any(c.isupper() for c in word)]
    return numbers.names(zh) == numbers.names(en) and all(
        folded(word).removesuffix("s") in there for word in kept
    )


class _Places:
    """Finds the ids of a source's people and chapters by the names that documents give them."""

    def __init__(self, source: Source) -> None:
        self.source = source.id
        self.people = {
            folded(name): p.id for p in source.people for name in (*p.aliases, p.name.zh, p.name.en)
        }
        self.chapters = {
            folded(title): c.id for c in source.chapters for title in (c.title.zh, c.title.en)
        }

    def evidence(self, turn: Turn, document: Transcript, quote: str) -> Evidence:
        title = document.chapter_title(turn)
        return Evidence(
            source=self.source,
            chapter=self.chapters.get(folded(title)) if title else None,
            speaker=self.people.get(folded(turn.speaker)) if turn.speaker else None,
            time=int(turn.time) if turn.time is not None else None,
            quote=_one_line(quote),
        )
