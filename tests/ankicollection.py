"""A throw-away collection of the real Anki that holds note types and notes of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from anki.cards import Card
from anki.collection import Collection

from deckgen.notes import Note
from deckgen.notetypes import NoteType


@contextmanager
def collection(folder: Path, types: Iterable[NoteType]) -> Iterator[Collection]:
    """Open a new collection with the note types; Anki refuses templates that are broken."""
    opened = Collection(str(folder / "collection.anki2"))
    try:
        for type_ in types:
            model = opened.models.new(type_.name)
            model["type"] = int(type_.cloze)
            model["css"] = type_.css
            for name in type_.field_names:
                opened.models.add_field(model, opened.models.new_field(name))
            for template in type_.templates:
                made = opened.models.new_template(template.name)
                made["qfmt"], made["afmt"] = template.front, template.back
                opened.models.add_template(model, made)
            opened.models.add_dict(model)
        yield opened
    finally:
        opened.close()


def add(opened: Collection, note: Note, types: Iterable[NoteType]) -> list[Card]:
    """Add a note and return the cards that Anki makes of it, by ord."""
    type_ = next(t for t in types if t.key == note.notetype)
    model = opened.models.by_name(type_.name)
    assert model is not None
    added = opened.new_note(model)
    added.fields = list(note.fields)
    opened.add_note(added, opened.decks.id(note.deck))
    return sorted(added.cards(), key=lambda card: card.ord)
