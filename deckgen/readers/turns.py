"""Paragraphs under their labels into turns with sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from deckgen.readers import bilingual
from deckgen.readers.plain import Plain, join
from deckgen.readers.roster import Roster
from deckgen.sentences import split
from deckgen.transcript import Sentence, Turn


@dataclass(slots=True)
class Said:
    """A turn while it is being gathered: names as the label writes them, chapter by index.

    `whole`: no paragraph breaks off in the middle of a sentence.
    """

    names: tuple[str, ...]
    time: float | None
    chapter: int | None
    paragraphs: list[Plain] = field(default_factory=list)
    originals: list[Plain] = field(default_factory=list)
    whole: bool = False


def finish(said: Sequence[Said], roster: Roster, language: str, both: bool) -> tuple[Turn, ...]:
    """Make the turns; `both`: the document says everything in Chinese and in English."""
    merged = bilingual.merged(said, roster, language) if both else list(said)
    turns = []
    for one in merged:
        first, second = list(one.paragraphs), list(one.originals)
        if both and not second:
            first, second = bilingual.sides(first, language)
        if not first:
            first, second = second, []
        if first:
            turns.append(_turn(one, first, second, roster, language))
    return tuple(turns)


def _turn(
    said: Said, first: Sequence[Plain], second: Sequence[Plain], roster: Roster, language: str
) -> Turn:
    paired = said.whole or len(first) == len(second)
    whole = join(first, whole=paired)
    spans = split(whole.text, "zh" if bilingual.is_chinese(whole.text) else "en")
    return Turn(
        speaker=" & ".join(roster.names(said.names)) or None,
        chapter=said.chapter,
        time=said.time,
        text=whole.text,
        translation=join(second, whole=paired).text or None,
        sentences=tuple(
            Sentence(whole.text[start:end], whole.locator(start, end)) for start, end in spans
        ),
        locator=whole.locator(0, len(whole.text)),
    )
