"""Which notes a recipe and a filter select, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from deckgen import choosing, filtering, pipeline, selection
from deckgen.annotation import Annotated, AnnotatedClaim, AnnotatedTerm
from deckgen.notes import deck_name
from deckgen.problems import DeckgenError, Read, did_you_mean
from deckgen.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Row:
    """One selected note: `position` counts from 1 in learning order."""

    id: str
    kind: str
    deck: str
    position: int
    level: str | None
    topics: tuple[str, ...]
    chapter: str | None
    speaker: str | None
    unknown: int
    text: str

    def __str__(self) -> str:
        return f"{self.position:5}  {self.id:48}  {self.level or '–':9}  {self.text}"

    def as_json(self) -> dict[str, Any]:
        """Return the row as other programs rely on it."""
        return asdict(self)


def rows(
    root: Path, recipe: str, query: str | None, known: Sequence[Path] = ()
) -> Read[tuple[Row, ...]]:
    """List a recipe's notes, narrowed by a filter; raises DeckgenError or FilterError."""
    loaded = replace(pipeline.load(root, [recipe]), known=tuple(known))
    if not loaded.recipes:
        return Read((), loaded.problems)
    (one,) = loaded.recipes
    chosen = pipeline.select(loaded, pipeline.annotated(loaded), one, query)
    listed = zip(chosen.value.items, chosen.value.unknown, strict=True)
    found = tuple(
        _row(item, one, position, unknown) for position, (item, unknown) in enumerate(listed, 1)
    )
    return Read(found, (*loaded.problems, *chosen.problems))


def _row(item: Annotated, one: Recipe, position: int, unknown: int) -> Row:
    origin = item.origins[0] if item.origins else None
    speaker = origin.speaker if origin else None
    if isinstance(item, AnnotatedTerm):
        text = f"{item.item.hanzi}  {item.item.english}"
    elif isinstance(item, AnnotatedClaim):
        text = item.item.question.zh
    else:
        text = item.item.zh
    return Row(
        id=item.item.key,
        kind=item.item.kind,
        deck=deck_name(item, one),
        position=position,
        level=item.level,
        topics=item.item.topics,
        chapter=origin.chapter.id if origin and origin.chapter else None,
        speaker=speaker.id if speaker else None,
        unknown=unknown,
        text=text,
    )


def why(root: Path, recipe: str, query: str | None, id: str) -> Iterator[str]:
    """Tell why a note is in or out, condition by condition; raises DeckgenError."""
    loaded = pipeline.load(root, [recipe])
    items = pipeline.annotated(loaded)
    (one,) = loaded.recipes
    item = next((i for i in items if id in (i.item.key, i.item.id)), None)
    if item is None:
        hint = did_you_mean(id, [i.item.key for i in items])
        raise DeckgenError(f'no note has the id "{id}"{hint}')
    known = pipeline.known_words(loaded, one)
    chosen = pipeline.select(loaded, items, one, query).value.items
    keys = [i.item.key for i in chosen]
    position = f", at position {keys.index(item.item.key) + 1}" if item.item.key in keys else ""
    yield f"{item.item.key} is {'in' if position else 'out of'} {one.name}{position}"
    asked = choosing.is_asked_for(item, one)
    yield f"{'yes' if asked else 'no '}  kind {item.item.kind}, status {item.item.status}"
    subject = selection.subject(item, known)
    for text in (one.filter, query):
        if text is not None:
            yield from filtering.why(selection.parse(text), subject)
    if one.known is not None and one.known.then == "drop" and isinstance(item, AnnotatedTerm):
        yield f"{'no ' if item.item.hanzi in known else 'yes'}  not known already"
    if one.limit is not None and not position:
        yield f"     the recipe takes the first {one.limit} only"
