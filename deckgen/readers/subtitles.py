"""Subtitles into a transcript: cues joined to sentences, in one language or two."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from deckgen.hanzi import count_han
from deckgen.problems import DeckgenError
from deckgen.readers import bilingual, surroundings
from deckgen.readers.cues import Cue, cues_of
from deckgen.readers.plain import Plain, ends_sentence, join, simplified
from deckgen.readers.roster import Roster
from deckgen.readers.turns import Said, finish
from deckgen.transcript import LeftOut, Transcript

_PAUSE = 2.5
"""Seconds of silence that end a turn where nobody is named."""
_CREDITED = 3
"""Cues at either end among which the makers of the subtitles name themselves."""

_SOUND = re.compile(
    r"[\W_]*[♪♫🎵][^♪♫]*[♪♫🎵][\W_]*|[♪♫🎵~～\s]+|[\[(（【][^()（）\[\]【】]{1,80}[\])）】]"
)
_SUBTITLER = re.compile(
    r"[\W_]*(?:(?:(?:sub(?:title)?s?|captions?|captioning|sync|translat(?:ed|ions?)|transcri\w+|"
    r"timed|edited)\b[\w ,&]{0,30}\bby\b|(?:amara\.org|opensubtitles))|"
    r"(?:(?:字幕|听译|翻译|校对|时间轴|压制|后期|总监|译者)[^，。]{0,6}[:：]|字幕(?:组|由|制作|提供|志愿者)|"
    r"本字幕|更多.{0,8}字幕))",
    re.I,
)


def read(text: str, path: str, encoding: str, kind: str) -> Transcript:
    """Read subtitles; raises DeckgenError where there is no cue in them."""
    found = cues_of(text, path, kind)
    if not found:
        raise DeckgenError(f"{path}: error: no subtitle in this {kind} file; is it cut off?")
    left: list[LeftOut] = []
    found = _without_rolling(_without_sounds(_without_subtitlers(found, left), left), left)
    if not found:
        raise DeckgenError(f"{path}: error: nothing is said in this {kind} file")
    shown, said = _gathered(_merged(found))
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


def _is_sound(text: str) -> bool:
    """Say whether a subtitle only tells what is heard: notes of music, or all of it in brackets."""
    return _SOUND.fullmatch(text) is not None or surroundings.is_direction(text)


def _is_subtitler(text: str) -> bool:
    """Say whether a subtitle names those who made the subtitles."""
    return len(text) < 200 and _SUBTITLER.match(simplified(text)) is not None


def _without_subtitlers(cues: Sequence[Cue], left: list[LeftOut]) -> list[Cue]:
    """Drop the lines at the beginning and the end that say who made the subtitles."""
    kept = []
    for index, cue in enumerate(cues):
        at_an_edge = index < _CREDITED or index >= len(cues) - _CREDITED
        if at_an_edge and any(map(_is_subtitler, cue.lines)):
            left.append(LeftOut(cue.line, "credit"))
        else:
            kept.append(cue)
    return kept


def _without_sounds(cues: Iterable[Cue], left: list[LeftOut]) -> list[Cue]:
    kept = []
    for cue in cues:
        lines = tuple(one for one in cue.lines if not _is_sound(one))
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
