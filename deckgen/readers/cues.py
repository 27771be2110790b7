"""Subtitle files of each format into cues."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from deckgen.hanzi import count_han
from deckgen.problems import DeckgenError
from deckgen.readers import naming, speakers, surroundings
from deckgen.readers.speakers import Label

_TIMING = re.compile(
    r"(?m)^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
)
_SBV = re.compile(r"(?m)^(\d+:\d{2}:\d{2}\.\d{3}),(\d+:\d{2}:\d{2}\.\d{3})[ \t]*$")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^>\n]{1,80})>")
_VOICE_BEGINS = re.compile(r"(?=<v[ .])")
_TAG = re.compile(r"</?[^<>\n]{1,200}>|\{\\[^{}\n]{0,300}\}")
_SPEAKER_CHANGE = re.compile(r"^(?:>>+|[-–—])[ ]?(?=\S)")
_NAME_LINE = re.compile(r"(?m)^[ ]*\(([^()\n]{2,40})\)[ ]*:?[ ]*$")


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
    """Return "vtt", "srt", "sbv", "ass" or "json3" where the content is subtitles."""
    head = text[:4000].lstrip("\ufeff \r\n\t")
    if head.startswith("WEBVTT"):
        return "vtt"
    if head.startswith("[Script Info]") or (
        re.search(r"(?m)^Dialogue:", text[:20000]) and "[Events]" in text[:20000]
    ):
        return "ass"
    if head.startswith("{") and '"events"' in text[:2000] and '"tStartMs"' in text[:20000]:
        return "json3"
    if _SBV.match(head):
        return "sbv"
    return "srt" if _TIMING.search(head) and re.match(r"\d+\s*\n|\s*\d+:\d", head) else None


def cues_of(text: str, path: str, kind: str) -> list[Cue]:
    """Read the cues of a file; raises DeckgenError where the file is none of its kind."""
    return list(_READERS[kind](text, path))


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


def _sbv(text: str, path: str) -> Iterable[Cue]:
    """Read YouTube's sbv: srt without numbers, a comma between the times."""
    return _srt(_SBV.sub(r"\1 --> \2", text), path)


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


def _cues(start: float, end: float, speaker: str | None, body: str, line: int) -> Iterator[Cue]:
    """Read a subtitle's body; lines that are a name in brackets part it among its speakers."""
    parts = _NAME_LINE.split(body)
    if parts[0].strip(" \n-") or len(parts) == 1:
        yield _cue(start, end, speaker, parts[0], line)
    for name, part in zip(parts[1::2], parts[2::2], strict=True):
        if naming.looks_like_person(name) or naming.is_role(name):
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
        naming.looks_like_person(name) or naming.is_role(name) or name.isupper()
        for name in label.names
    )
    return label if fits and not surroundings.is_direction(text) else None


_READERS = {"srt": _srt, "vtt": _vtt, "sbv": _sbv, "ass": _ssa, "json3": _json3}
