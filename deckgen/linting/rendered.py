"""Does every card come out whole? Checks on notes as they will be packed and as Anki shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from deckgen.lock import LockedDeck
from deckgen.notes import Note
from deckgen.notetypes import NoteType
from deckgen.problems import Location, Problem
from deckgen.rendering import TemplateError, render, strip_html

_TYPED = re.compile(r"\[\[type:[^\]]*\]\]")
_LEFT_OVER = re.compile(r"\{\{|\}\}|\[\[|\]\]|\[%|%\]")


def check_notes(
    notes: Sequence[Note],
    types: Sequence[NoteType],
    locked: LockedDeck,
    places: Mapping[str, Location],
) -> Iterator[Problem]:
    """Find sides that show nothing or a template's braces (L05), and guids that clash (L26).

    `locked` is the last build of the same deck, `places` says by item key where each stands.
    """
    by_key = {type_.key: type_ for type_ in types}
    known = {note.guid for note in notes}
    lost = {old.key: guid for guid, old in locked.notes.items() if not old.gone}
    kept = {old.key for guid, old in locked.notes.items() if guid in known}
    seen: dict[str, str] = {}
    for note in notes:
        place = places.get(note.key, Location(""))
        yield from _sides(note, by_key[note.notetype], place)
        other = seen.setdefault(note.guid, note.key)
        if other != note.key:
            message = f"{note.key}: has the guid of {other}; give one of them another id"
            yield Problem(place, "error", "L26", message)
        elif note.key in lost and note.key not in kept:
            message = (
                f"{note.key}: had the guid {lost[note.key]} at the last build and has another "
                "now, so that learners would start it anew; restore the project's namespace"
            )
            yield Problem(place, "error", "L26", message)


def _sides(note: Note, type_: NoteType, place: Location) -> Iterator[Problem]:
    fields = dict(zip(type_.field_names, note.fields, strict=True))
    authored = " ".join(note.fields)
    for ord in note.cards:
        template = type_.templates[0 if type_.cloze else ord]
        try:
            sides = render(template.front, template.back, fields, ord=ord)
        except TemplateError as error:
            message = f"{note.key}: the card {template.name} can't be rendered: {error}"
            yield Problem(place, "error", "L05", message)
            continue
        for name, side in zip(("front", "back"), sides, strict=True):
            shown = _TYPED.sub("…", strip_html(side.html)).strip()
            if not shown and not side.sounds:
                message = f"{note.key}: the {name} of the card {template.name} shows nothing"
                yield Problem(place, "error", "L05", message)
            elif (match := _LEFT_OVER.search(shown)) and match[0] not in authored:
                message = f"{note.key}: an unrendered {match[0]} on the {name} of {template.name}"
                yield Problem(place, "error", "L05", message)
