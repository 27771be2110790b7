"""Annotated items as Anki notes: fields, tags, decks, and the cards that each note has."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from deckgen import digests, markup, notetypes, speech, typography
from deckgen.annotation import (
    Annotated,
    AnnotatedClaim,
    AnnotatedPair,
    AnnotatedTerm,
    AnnotatedText,
    Origin,
    uncloze,
)
from deckgen.content import Person, Source, Text2, clock
from deckgen.markup import escape
from deckgen.recipe import Recipe
from deckgen.speech import Utterance

_BASE91 = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_`{|}~"
)
_STANCES = {"fact": "事实", "opinion": "观点", "prediction": "预测"}
_CREDIT = (
    "Meanings and readings are adapted from CC-CEDICT (cc-cedict.org), CC BY-SA 4.0. "
    "Made with deckgen."
)
_ON = "y"
Sounds = Callable[[Utterance], str | None]
"""Gives the name of the sound file of an utterance, or None where the device is to speak."""

_DECKS = {"term": "Terms", "claim": "Claims", "pair": "Sentences"}


@dataclass(frozen=True, slots=True)
class Note:
    """One note ready to be written: `fields` are HTML in the order of its note type.

    `cards` are the ords of its cards, `key` is the id of the item, `position` counts from 1.
    """

    guid: str
    notetype: notetypes.Key
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: tuple[int, ...]
    deck: str
    key: str
    position: int


def silent(said: Utterance) -> None:
    """Have no sound file, so that the device speaks."""


def build(
    items: Sequence[Annotated], recipe: Recipe, namespace: str, sounds: Sounds = silent
) -> tuple[Note, ...]:
    """Make the notes of the items in their order; a claim's cloze note follows the claim's own."""
    builder = _Builder(recipe, namespace, sounds)
    notes = (note for item in items for note in builder.notes(item))
    return tuple(replace(note, position=n) for n, note in enumerate(notes, 1))


def guid(namespace: str, edition: str | None, kind: str, id: str) -> str:
    """Return the identity that Anki keeps of a note, from ids alone (64 bits of SHA-256)."""
    digest = hashlib.sha256()
    for part in (namespace, edition or "", kind, id):
        data = unicodedata.normalize("NFC", part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    number = int.from_bytes(digest.digest()[:8], "big")
    characters = []
    while number:
        number, rest = divmod(number, len(_BASE91))
        characters.append(_BASE91[rest])
    return "".join(reversed(characters))


def deck_name(item: Annotated, recipe: Recipe) -> str:
    """Name the deck of an item's notes: by its source, edition and kind, whatever the filter."""
    edition = f" · {recipe.edition}" if recipe.edition else ""
    return f"{markup.clean(item.origins[0].source.deck + edition)}::{_DECKS[item.item.kind]}"


def deck_description(recipe: Recipe, sources: Iterable[Source]) -> str:
    """Describe a recipe's decks in HTML: what they teach, and whom their content comes from."""
    lines = [recipe.description]
    for source in sources:
        place = f", {source.link}" if source.link else ""
        lines.append(f"Source: {source.title.en} ({source.date or 'undated'}{place})")
    lines.append(_CREDIT)
    return "<br><br>".join(map(escape, lines))


@dataclass(frozen=True, slots=True)
class _Builder:
    recipe: Recipe
    namespace: str
    sounds: Sounds

    def notes(self, item: Annotated) -> Iterator[Note]:
        if isinstance(item, AnnotatedTerm):
            yield self._term(item)
        elif isinstance(item, AnnotatedPair):
            yield self._sentence(item)
        else:
            yield self._claim(item)
            if "cloze" in self.recipe.cards.claim:
                yield from self._cloze(item)

    def _note(
        self,
        item: Annotated,
        key: notetypes.Key,
        cards: Iterable[int],
        fields: Mapping[str, str],
    ) -> Note:
        type_ = next(t for t in notetypes.DEFAULT if t.key == key)
        values = {**_place(item), **fields}
        unknown = values.keys() - set(type_.field_names)
        assert not unknown, f"{type_.name} has no field {sorted(unknown)}"
        kind = "cloze" if key == "cloze" else item.item.kind
        written = [values.get(name, "") for name in type_.field_names]
        written[type_.field_names.index(notetypes.SHIPPED)] = digests.each(written)
        return Note(
            guid(self.namespace, self.recipe.edition, kind, item.item.id),
            key,
            tuple(written),
            _tags(item),
            tuple(cards),
            deck_name(item, self.recipe),
            item.item.key,
            0,
        )

    def _spoken(
        self, chinese: AnnotatedText, english: str, listens: bool = False
    ) -> dict[str, str]:
        """Fill in the sound files that the cards play: of the language learned, or listened to."""
        said = {}
        if self.recipe.labels == "en" or listens:
            said["Audio"] = speech.chinese(chinese)
        if self.recipe.labels == "zh":
            said["Audio English"] = speech.english(english)
        names = {field: self.sounds(one) for field, one in said.items() if one.text.strip()}
        return {field: f"[sound:{name}]" for field, name in names.items() if name}

    def _reading(self, text: AnnotatedText) -> dict[str, str]:
        theme = self.recipe.theme
        written = (text.text, text.traditional)
        other = written[theme.script == "simplified"]
        return {
            "Hanzi": escape(text.text),
            "Traditional": escape(text.traditional),
            "Other Script": escape(other) if written[0] != written[1] else "",
            **_pinyin(text),
            "Bopomofo": escape(typography.line(text.spelled, typography.bopomofo)),
            "Ruby": markup.ruby(text, theme),
            "Words": markup.words(text, theme),
        }

    def _term(self, term: AnnotatedTerm) -> Note:
        item, theme, chosen = term.item, self.recipe.theme, self.recipe.cards.term
        fields = {
            **self._reading(term.hanzi),
            "Pinyin": escape(_uncapitalised(typography.line(term.hanzi.spelled), term.hanzi)),
            "Pinyin Plain": escape(" · ".join(typography.search_forms(term.hanzi.spelled))),
            "Reading": markup.reading(term.hanzi, theme),
            "English": escape(item.english),
            "Definition": escape(term.definition.text),
            "Definition Words": markup.words(term.definition, theme),
            "Definition English": escape(item.definition.en if item.definition else ""),
            "Aliases": escape(" · ".join(item.aliases)),
            "Classifier": escape(term.classifier or ""),
            "Level": escape(term.level or ""),
            "Frequency": "★" * (term.frequency or 0),
            "Examples": markup.examples(term.examples, theme),
            "Passage": markup.passages(term.origins, (item.hanzi, item.english, *item.aliases)),
            **self._spoken(term.hanzi, item.english, "listen" in chosen),
            "Produce": _switch("produce" in chosen),
            "Listen": _switch("listen" in chosen),
        }
        cards = _cards(("recognise", "produce", "listen"), chosen)
        return self._note(term, "term", cards, fields)

    def _claim(self, claim: AnnotatedClaim) -> Note:
        item, theme = claim.item, self.recipe.theme
        fields = {
            "Question": escape(item.question.zh),
            "Question Words": markup.words(claim.question, theme),
            "Question English": escape(item.question.en),
            "Answer": escape(item.answer.zh),
            "Answer Words": markup.words(claim.answer, theme),
            "Answer English": escape(item.answer.en),
            "Statement": escape(item.statement.zh),
            "Statement English": escape(item.statement.en),
            **_pinyin(claim.answer),
            **_assertion(claim),
            **self._spoken(claim.answer, item.answer.en),
        }
        return self._note(claim, "claim", (0,), fields)

    def _cloze(self, claim: AnnotatedClaim) -> Iterator[Note]:
        text = claim.item.cloze
        numbers = markup.cloze_numbers(text.zh) if text else ()
        if text is None or not numbers:
            return
        fields = {
            "Text": markup.cloze(text.zh),
            "English": markup.uncloze(text.en),
            "Statement": escape(claim.item.statement.zh),
            "Words": markup.words(claim.statement, self.recipe.theme),
            **_pinyin(claim.statement),
            **_assertion(claim),
            **self._spoken(claim.statement, uncloze(text.en)),
        }
        yield self._note(claim, "cloze", (n - 1 for n in numbers), fields)

    def _sentence(self, pair: AnnotatedPair) -> Note:
        item, chosen = pair.item, self.recipe.cards.sentence
        marks = (item.zh, item.en, *_marks(pair))
        fields = {
            **self._reading(pair.zh),
            "English": escape(item.en),
            "Terms": escape(" · ".join(f"{t.hanzi} {t.english}" for t in pair.terms)),
            "Level": escape(pair.level or ""),
            "Passage": markup.passages(pair.origins, marks),
            **self._spoken(pair.zh, item.en, "listen" in chosen),
            "Translate": _switch("translate" in chosen),
            "Listen": _switch("listen" in chosen),
        }
        cards = _cards(("read", "translate", "listen"), chosen)
        return self._note(pair, "sentence", cards, fields)


def _switch(on: bool) -> str:
    return _ON if on else ""


def _cards(types: Sequence[str], chosen: Sequence[str]) -> list[int]:
    """List the ords of the chosen card types; the first is always there."""
    return [ord_ for ord_, name in enumerate(types) if ord_ == 0 or name in chosen]


def _pinyin(text: AnnotatedText) -> dict[str, str]:
    """Write the pinyin after the standard, and as learners type it in a search."""
    return {
        "Pinyin": escape(typography.line(text.spelled)),
        "Pinyin Numbered": escape(typography.line(text.spelled, typography.numbered).lower()),
        "Pinyin Plain": escape(typography.line(text.spelled, typography.toneless).lower()),
    }


def _uncapitalised(line: str, text: AnnotatedText) -> str:
    """Take back the capital of a sentence where a term begins with no name."""
    readings = text.words[0].readings if text.words else None
    return line[:1].lower() + line[1:] if readings and readings[0].islower() else line


def _assertion(claim: AnnotatedClaim) -> dict[str, str]:
    item = claim.item
    return {
        "Stance": _STANCES[item.stance],
        "Stance English": item.stance,
        "As Of": escape(item.as_of or ""),
        "Level": escape(claim.level or ""),
        "Passage": markup.passages(claim.origins, _marks(claim)),
    }


def _marks(item: Annotated) -> list[str]:
    """List what marks the passage of an item: its quotes and keywords."""
    return [m for e in item.item.evidence for m in (e.quote, *e.keywords) if m]


def _speaker(item: Annotated) -> Person | None:
    origin = item.origins[0]
    named = getattr(item.item, "speaker", None)
    return (origin.source.person(named) if named else None) or origin.speaker


def _place(item: Annotated) -> dict[str, str]:
    """Tell who said it, where and when, with the caution and the neighbouring thought."""
    origin = item.origins[0]
    speaker, chapter = _speaker(item), origin.chapter
    return {
        **_both("Caution", item.item.caution),
        **_both("Speaker", speaker.name if speaker else None),
        **_both("Chapter", chapter.title if chapter else None),
        **_both("Context", item.item.context),
        **_both("Source", origin.source.title),
        "Date": escape(origin.source.date or ""),
        "Time": clock(origin.time) if origin.time is not None else "",
        "Link": _link(origin),
        "Topics": escape(" · ".join(item.item.topics)),
        "ID": escape(item.item.key),
    }


def _both(name: str, text: Text2 | None) -> dict[str, str]:
    return {name: escape(text.zh), f"{name} English": escape(text.en)} if text else {}


def _link(origin: Origin) -> str:
    link = origin.link or ""
    return escape(link) if re.match(r"https?://", link) else ""


def _tags(item: Annotated) -> tuple[str, ...]:
    origin, speaker = item.origins[0], _speaker(item)
    tags = [("kind", item.item.kind), ("source", origin.source.id)]
    tags += [("topic", topic) for topic in item.item.topics]
    if origin.chapter:
        tags.append(("chapter", origin.chapter.id))
    if speaker:
        tags.append(("speaker", speaker.id))
    if item.level:
        tags.append(("level", re.sub(r"[(（].*", "", item.level)))
    if isinstance(item, AnnotatedClaim):
        tags.append(("stance", item.item.stance))
    return tuple(sorted({_tag(*tag) for tag in tags}))


def _tag(group: str, name: str) -> str:
    """Write a tag without white space; a topic's `/` makes levels."""
    words = re.sub(r"[\s\u200b\ufeff]+", "-", markup.clean(name).strip())
    return f"deckgen::{group}::{words.replace('/', '::')}"
