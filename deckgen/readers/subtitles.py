"""Subtitles into a transcript: cues joined to sentences, in one language or two."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deckgen.hanzi import count_han
from deckgen.problems import DeckgenError
from deckgen.readers import bilingual, speakers, surroundings
from deckgen.readers.people import Roster
from deckgen.readers.plain import Plain, ends_sentence, join
from deckgen.readers.speakers import Label
from deckgen.readers.turns import Said, finish
from deckgen.transcript import LeftOut, Transcript

_TIMING = re.compile(
    r"(?m)^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
)
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^>\n]{1,80})>")
_VOICE_BEGINS = re.compile(r"(?=<v[ .])")
_TAG = re.compile(r"</?[^<>\n]{1,200}>|\{\\[^{}\n]{0,300}\}")
_SPEAKER_CHANGE = re.compile(r"^(?:>>+|[-–—])[ ]?(?=\S)")
_NAME_LINE = re.compile(r"(?m)^[ ]*\(([^()\n]{2,40})\)[ ]*:?[ ]*$")
_PAUSE = 2.5
"""Seconds of silence that end a turn where nobody is named."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle; `start` in seconds, `lines` without markup, `line` counts from 1."""

    start: float
    end: float
    speaker: str | None
    lines: tuple[str, ...]
    line: int
    change: bool = False


def format_of(text: str) -> str | None:
    """Return "vtt", "srt", "ass" or "json3" where the content is subtitles."""
    head = text[:4000].lstrip("\ufeff \r\n\t")
    if head.startswith("WEBVTT"):
        return "vtt"
    if head.startswith("[Script Info]") or (
        re.search(r"(?m)^Dialogue:", text[:20000]) and "[Events]" in text[:20000]
    ):
        return "ass"
    if head.startswith("{") and '"events"' in text[:2000] and '"tStartMs"' in text[:20000]:
        return "json3"
    return "srt" if _TIMING.search(head) and re.match(r"\d+\s*\n|\s*\d+:\d", head) else None


def read(text: str, path: str, encoding: str, kind: str) -> Transcript:
    """Read subtitles; raises DeckgenError where there is no cue in them."""
    cues = list(_CUES[kind](text, path))
    if not cues:
        raise DeckgenError(f"{path}: error: no subtitle in this {kind} file; is it cut off?")
    left: list[LeftOut] = []
    cues = _without_rolling(_without_sounds(cues, left), left)
    if not cues:
        raise DeckgenError(f"{path}: error: nothing is said in this {kind} file")
    shown, said = _gathered(_merged(cues))
    counts = {name: 1 for one in said for name in one.names}
    roster = Roster(counts)
    both = any(one.originals for one in said)
    language = bilingual.language(p.text for one in said for p in one.paragraphs)
    turns = finish(said, roster, language, both)
    spoken = [n for one in said for n in roster.names(one.names)]
    return Transcript(
        path,
        shown,
        encoding,
        language,
        None,
        bool(turns),
        people=roster.people(spoken),
        turns=turns,
        bilingual_terms=bilingual.terms(p for one in said for p in one.paragraphs),
        left_out=tuple(left),
    )


def _ssa(text: str, path: str) -> Iterable[Cue]:
    import pysubs2

    try:
        subs = pysubs2.SSAFile.from_string(text, format_="ass" if "V4+" in text[:5000] else "ssa")
    except (pysubs2.Pysubs2Error, ValueError, IndexError, KeyError, AssertionError) as error:
        raise DeckgenError(f"{path}: error: not a readable ass or ssa file: {error}") from None
    for number, event in enumerate(subs, 1):
        if event.is_comment or event.is_drawing:
            continue
        yield from _cues(
            event.start / 1000, event.end / 1000, event.name or None, event.plaintext, number
        )


def _srt(text: str, path: str) -> Iterable[Cue]:
    """Read srt and vtt by their timing lines, which survive all damage around them."""
    lines = text.splitlines()
    stamps = [i for i, line in enumerate(lines) if "-->" in line and _TIMING.match(line)]
    for at, following in zip(stamps, [*stamps[1:], len(lines) + 2], strict=False):
        start, _, rest = lines[at].partition("-->")
        end = rest.split()[0] if rest.split() else start
        body = lines[at + 1 : following]
        if following <= len(lines) and body and body[-1].strip().isdigit():
            body = body[:-1]
        yield from _cues(
            speakers.seconds(start.strip()), speakers.seconds(end), None, "\n".join(body), at + 1
        )


def _vtt(text: str, path: str) -> Iterable[Cue]:
    """Read vtt: a cue ends at a blank line, and several voices may speak in it."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if "-->" not in line or not _TIMING.match(line):
            continue
        body = itertools.takewhile(len, map(lines.__getitem__, range(at + 1, len(lines))))
        start, _, rest = line.partition("-->")
        for part in _VOICE_BEGINS.split("\n".join(body)):
            if part.strip():
                first, last = speakers.seconds(start.strip()), speakers.seconds(rest.split()[0])
                yield from _cues(first, last, None, part, at + 1)


def _json3(text: str, path: str) -> Iterable[Cue]:
    try:
        data: Any = json.loads(text)
        events = data["events"]
        for number, event in enumerate(events, 1):
            start = event.get("tStartMs", 0) / 1000
            body = "".join(str(seg.get("utf8", "")) for seg in event.get("segs") or ())
            if body.strip():
                yield from _cues(
                    start, start + event.get("dDurationMs", 0) / 1000, None, body, number
                )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DeckgenError(f"{path}: error: not a readable json3 caption file: {error}") from None


_CUES = {"srt": _srt, "vtt": _vtt, "ass": _ssa, "json3": _json3}


def _cues(start: float, end: float, speaker: str | None, body: str, line: int) -> Iterator[Cue]:
    """Read a subtitle's body; lines that are a name in brackets part it among its speakers."""
    parts = _NAME_LINE.split(body)
    if parts[0].strip(" \n-") or len(parts) == 1:
        yield _cue(start, end, speaker, parts[0], line)
    for name, part in zip(parts[1::2], parts[2::2], strict=True):
        if speakers.looks_like_person(name) or speakers.is_role(name):
            yield _cue(start, end, name, part.rstrip(" \n-"), line)
        else:
            yield _cue(start, end, speaker, f"({name})\n{part}", line)


def _cue(start: float, end: float, speaker: str | None, body: str, line: int) -> Cue:
    if voice := _VOICE.search(body):
        speaker = html.unescape(voice[1]).strip()
    lines = [" ".join(html.unescape(_TAG.sub("", part)).split()) for part in body.split("\n")]
    lines = [one.replace("\\N", " ").strip() for one in lines if one.strip()]
    change = bool(lines) and _SPEAKER_CHANGE.match(lines[0]) is not None
    lines = [_SPEAKER_CHANGE.sub("", one) for one in lines]
    named = speaker is not None
    for at, text in enumerate(lines):
        label = None if named else _label(text)
        if label and (speaker is None or bool(count_han(text)) != bool(count_han(lines[0]))):
            speaker = speaker or " & ".join(label.names)
            lines[at] = text[label.rest :].strip()
    return Cue(start, end, speaker, tuple(one for one in lines if one), line, change)


def _label(text: str) -> Label | None:
    """Read the label of a cue's line; capitals, a person's name or a part make it one."""
    label = speakers.parse(text)
    if label is None or label.style not in ("colon", "bracket"):
        return None
    fits = all(
        speakers.looks_like_person(name) or speakers.is_role(name) or name.isupper()
        for name in label.names
    )
    return label if fits and not surroundings.is_direction(text) else None


def _without_sounds(cues: Iterable[Cue], left: list[LeftOut]) -> list[Cue]:
    kept = []
    for cue in cues:
        lines = tuple(
            one for one in cue.lines if not surroundings.is_direction(one) and one.strip("♪♫ ")
        )
        if lines != cue.lines:
            left.append(LeftOut(cue.line, "what is heard"))
        if lines:
            kept.append(replace(cue, lines=lines))
    return kept


def _without_rolling(cues: Sequence[Cue], left: list[LeftOut]) -> list[Cue]:
    """Drop the lines that a cue repeats from the one before, as rolling captions do."""
    kept: list[Cue] = []
    shown: tuple[str, ...] = ()
    for cue in cues:
        fresh = cue.lines
        close = not kept or cue.start - kept[-1].end < 1.0
        for size in range(min(len(shown), len(fresh)), 0, -1):
            if close and shown[-size:] == fresh[:size]:
                fresh = fresh[size:]
                break
        else:
            if (
                close
                and len(shown) == len(fresh) == 1
                and len(shown[0]) > 3
                and fresh[0].startswith(shown[0])
            ):
                fresh = (fresh[0][len(shown[0]) :].strip(),)
        shown = cue.lines
        if fresh != cue.lines:
            left.append(LeftOut(cue.line, "rolling caption"))
        if any(fresh):
            kept.append(replace(cue, lines=fresh))
        elif kept:
            kept[-1] = replace(kept[-1], end=cue.end)
    return kept


def _merged(cues: Sequence[Cue]) -> list[Cue]:
    """Make one cue of two that show the same moment in two languages."""
    found: list[Cue] = []
    for cue in sorted(cues, key=lambda cue: cue.start):
        last = found[-1] if found else None
        together = last and abs(last.start - cue.start) < 0.05 and abs(last.end - cue.end) < 0.05
        if last and together and _languages(last.lines + cue.lines):
            found[-1] = replace(
                last, lines=last.lines + cue.lines, speaker=last.speaker or cue.speaker
            )
        else:
            found.append(cue)
    return found


def _gathered(cues: Sequence[Cue]) -> tuple[str, list[Said]]:
    """Join cues to sentences and these to turns; returns the text that their places point into."""
    two = sum(_languages(cue.lines) is not None for cue in cues) > 0.4 * len(cues)
    first = (
        next((sides[2] for cue in cues if (sides := _languages(cue.lines))), True) if two else None
    )
    named = any(cue.speaker for cue in cues)
    pairs = [_sides(cue, first) for cue in cues]
    punctuated = sum(ends_sentence(mine or other) for mine, other in pairs) > 0.1 * len(pairs)
    text: list[str] = []
    length = 0
    said: list[Said] = []
    open_lines: list[list[str]] = [[], []]

    def close() -> None:
        nonlocal length
        for parts, sides in zip(open_lines, (said[-1].paragraphs, said[-1].originals), strict=True):
            if parts:
                line = join(Plain(part, ((0, 0),)) for part in parts).text.replace("\n", " ")
                sides.append(Plain(line, ((0, length),)))
                text.append(line)
                length += len(line) + 1
                parts.clear()

    before: Cue | None = None
    for cue, pair in zip(cues, pairs, strict=True):
        if _begins_turn(before, cue, named, said):
            if said:
                close()
            stays = bool(said) and named and not cue.change
            names = (cue.speaker,) if cue.speaker else said[-1].names if stays else ()
            said.append(Said(names, cue.start, None, whole=True))
        for parts, side in zip(open_lines, pair, strict=True):
            if side:
                parts.append(side)
        chinese = bilingual.is_chinese(pair[0] or pair[1])
        if ends_sentence(pair[0] or pair[1]) or (chinese and not punctuated):
            close()
        before = cue
    close()
    return "\n".join(text), said


def _sides(cue: Cue, chinese_first: bool | None) -> tuple[str, str]:
    """Return a cue in the document's first language and in the other one."""
    if chinese_first is None:
        return join(Plain(line, ((0, 0),)) for line in cue.lines).text.replace("\n", " "), ""
    sides = _languages(cue.lines)
    if sides is None:
        lone = " ".join(cue.lines)
        return (lone, "") if bilingual.is_chinese(lone) == chinese_first else ("", lone)
    return (sides[0], sides[1]) if sides[2] == chinese_first else (sides[1], sides[0])


def _begins_turn(before: Cue | None, cue: Cue, named: bool, said: Sequence[Said]) -> bool:
    if before is None or cue.change:
        return True
    if cue.speaker:
        return (cue.speaker,) != said[-1].names
    if named:
        return False
    return ends_sentence(before.lines[-1]) and cue.start - before.end > _PAUSE


def _languages(lines: Sequence[str]) -> tuple[str, str, bool] | None:
    """Part a cue's lines into the side that comes first and the other; True: Chinese first."""
    marks = [count_han(line) > 0 for line in lines]
    changes = [i for i, (a, b) in enumerate(itertools.pairwise(marks), 1) if a != b]
    if len(changes) != 1:
        return None
    at = changes[0]
    glue = ["" if marks[0] else " ", " " if marks[0] else ""]
    return glue[0].join(lines[:at]), glue[1].join(lines[at:]), marks[0]
