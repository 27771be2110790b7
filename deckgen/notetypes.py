"""The four note types as data: names and ids of their fields and card templates, never changed.

Anki recognises a note type, a field and a template by its id alone. Names may change; to add a
field or a card type later, rename a spare one. Order, number and ids stay as they are for ever.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Literal

Key = Literal["term", "claim", "cloze", "sentence"]


@dataclass(frozen=True, slots=True)
class Template:
    """One card type: question and answer side in Anki's template language."""

    name: str
    id: int
    front: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type; `fields` are pairs of name and id, the first identifies a note."""

    key: Key
    id: int
    name: str
    fields: tuple[tuple[str, int], ...]
    templates: tuple[Template, ...]
    css: str = ""
    cloze: bool = False

    @property
    def field_names(self) -> tuple[str, ...]:
        """The names of the fields in their order."""
        return tuple(name for name, _ in self.fields)


SHIPPED = "Shipped"
"""The field that holds digests of the others as deckgen wrote them, to tell a learner's edits."""

SPARE_SWITCHES = ("Spare Card 1", "Spare Card 2")
"""Fields that switch on the spare card templates; empty in every note until one gets a use."""

_READING = "Traditional|Other Script|Pinyin|Pinyin Numbered|Pinyin Plain|Bopomofo|Ruby|Words"
_PLACE = (
    "Caution|Caution English|Speaker|Speaker English|Date|Chapter|Chapter English|Time|Link"
    "|Context|Context English|Passage|Source|Source English|Topics|ID|Audio|Audio English|Shipped"
)
_ASSERTION = "Pinyin|Pinyin Numbered|Pinyin Plain|Stance|Stance English|As Of|Level"
_SPARE = "Spare 1|Spare 2|Spare 3|Spare 4"


def _note_type(key: Key, id: int, name: str, fields: str, cards: str) -> NoteType:
    spare = () if key == "cloze" else SPARE_SWITCHES
    names = (*fields.split("|"), *_PLACE.split("|"), *_SPARE.split("|"), *spare)
    templates = (*cards.split("|"), *spare)
    return NoteType(
        key,
        id,
        name,
        tuple((field, id * 1000 + number) for number, field in enumerate(names, 1)),
        tuple(Template(card, id * 1000 + 900 + n) for n, card in enumerate(templates, 1)),
        cloze=key == "cloze",
    )


DEFAULT = (
    _note_type(
        "term",
        1_725_548_411_079,
        "Deckgen Term",
        f"Hanzi|{_READING}|Reading|English|Definition|Definition Words|Definition English|Aliases"
        "|Classifier|Level|Frequency|Examples|Produce|Listen",
        "Recognise|Produce|Listen",
    ),
    _note_type(
        "claim",
        1_725_548_423_617,
        "Deckgen Claim",
        "Question|Question Words|Question English|Answer|Answer Words|Answer English"
        f"|Statement|Statement English|{_ASSERTION}",
        "Question",
    ),
    _note_type(
        "cloze",
        1_725_548_437_283,
        "Deckgen Cloze",
        f"Text|English|Statement|Words|{_ASSERTION}",
        "Cloze",
    ),
    _note_type(
        "sentence",
        1_725_548_449_951,
        "Deckgen Sentence",
        f"Hanzi|{_READING}|English|Terms|Level|Translate|Listen",
        "Read|Translate|Listen",
    ),
)
"""The note types of the default edition."""


def note_types(edition: str | None = None) -> tuple[NoteType, ...]:
    """Return the note types of an edition; those of a named one have ids and names of their own."""
    if edition is None:
        return DEFAULT
    return tuple(_in_edition(type_, edition) for type_ in DEFAULT)


def _in_edition(type_: NoteType, edition: str) -> NoteType:
    """Move every id by one offset, so that they stay apart from all other editions' ids."""
    digest = hashlib.sha256(f"{type_.id} {edition}".encode()).digest()
    own_id = 1_000_000_000_000 + int.from_bytes(digest[:8], "big") % 700_000_000_000
    offset = (own_id - type_.id) * 1000
    return replace(
        type_,
        id=own_id,
        name=f"{type_.name} · {edition}",
        fields=tuple((name, field_id + offset) for name, field_id in type_.fields),
        templates=tuple(replace(t, id=t.id + offset) for t in type_.templates),
    )
