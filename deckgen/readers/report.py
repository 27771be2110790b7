"""A transcript as lines for a person to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from deckgen.transcript import LeftOut, Transcript

_WIDTH = 72


def report(transcript: Transcript) -> Iterator[str]:
    """Yield what was understood of a document, and what was left out and why."""
    name = {"zh": "Chinese", "en": "English"}[transcript.language]
    if not transcript.is_transcript:
        yield f"{transcript.path}: no transcript: no turns of named speakers make up this document."
        return
    yield f"{transcript.title or transcript.path}"
    yield f"{name}, {transcript.encoding}, {len(transcript.turns)} turns"
    yield ""
    yield from _listed("People", [_named(p.name, p.aliases) for p in transcript.people])
    yield from _listed("Chapters", [f"{clock(c.time):>8} {c.title}" for c in transcript.chapters])
    yield from _listed("Turns", list(_turns(transcript)))
    yield from _listed("Boxes", [f"{b.term}: {_short(b.definition)}" for b in transcript.boxes])
    pairs = [f"{b.zh} = {b.en}" for b in transcript.bilingual_terms]
    yield from _listed("Terms in both languages", pairs)
    yield from _listed("Notes", [_short(note) for note in transcript.notes])
    yield from _listed("Summary", [_short(line) for line in transcript.summary])
    yield from _listed("Key points", [_short(point) for point in transcript.key_points])
    yield from _listed("Mind map", list(transcript.mind_map))
    yield from _listed("Hashtags", [" ".join(transcript.hashtags)] if transcript.hashtags else [])
    yield from _listed("Left out", list(_left_out(transcript.left_out)))


def clock(time: float | None) -> str:
    """Return seconds as `m:ss` or `h:mm:ss`, and nothing for None."""
    if time is None:
        return ""
    minutes, seconds = divmod(int(time), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"{title} ({len(lines)})"
        yield from (f"  {line}" for line in lines)
        yield ""


def _turns(transcript: Transcript) -> Iterator[str]:
    for turn in transcript.turns:
        time = f"{clock(turn.time)} " if turn.time is not None else ""
        yield f"{time}{turn.speaker or '?'}: {_short(turn.text)}"
        if turn.translation:
            yield f"    = {_short(turn.translation)}"


def _left_out(items: Sequence[LeftOut]) -> Iterator[str]:
    for reason, group in groupby(items, key=lambda item: item.reason):
        lines = [item.line for item in group]
        span = f"line {lines[0]}" if len(lines) == 1 else f"lines {lines[0]}-{lines[-1]}"
        yield f"{span}: {reason}"


def _named(name: str, aliases: Sequence[str]) -> str:
    return f"{name} (also {', '.join(aliases)})" if aliases else name


def _short(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"
