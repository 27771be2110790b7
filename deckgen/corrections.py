"""A project's own say on words and readings: `content/words.txt` and `content/readings.txt`.

Both have one correction a line; empty lines and what follows `#` are skipped, a file that does not
exist corrects nothing, and of the corrections that fit a place the longest wins.

words.txt: `自动驾驶` is always one word; `研究/生命` is always cut at the stroke.

readings.txt: `微调 wēitiáo` is always read so. A part in brackets is read so where all of it
stands: `还[得]走 děi`. Tone marks and numbers are the same, and so are joined and parted syllables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from deckgen.hanzi import count_han
from deckgen.problems import DeckgenError, Location, Problem, Read
from deckgen.syllables import PinyinError, parse

WORDS = "words.txt"
READINGS = "readings.txt"

_BRACKETS = re.compile(r"([^\[\]]*)\[([^\[\]]+)\]([^\[\]]*)")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What `text[start:start + length]` is read wherever `text` stands, a syllable a character."""

    text: str
    start: int
    length: int
    syllables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """How strings are cut (`words`, each the parts of one string) and read."""

    words: tuple[tuple[str, ...], ...] = ()
    readings: tuple[Reading, ...] = ()


NONE = Corrections()


def load(folder: Path) -> Read[Corrections]:
    """Read both files of a content folder; paths in problems are relative to its parent."""
    words = _read(folder, WORDS, _words)
    readings = _read(folder, READINGS, _reading)
    return Read(Corrections(words.value, readings.value), words.problems + readings.problems)


def _words(rule: str) -> tuple[str, tuple[str, ...]]:
    parts = tuple(part.strip() for part in rule.split("/"))
    if not all(parts) or any(re.search(r"\s", part) for part in parts):
        raise ValueError('write one word, as 自动驾驶, or words with "/" between, as 研究/生命')
    if not count_han(rule):
        raise ValueError("a correction needs a Han character")
    return "".join(parts), parts


def _reading(rule: str) -> tuple[str, Reading]:
    written, _, pinyin = rule.partition(" ")
    match = _BRACKETS.fullmatch(written)
    before, read, after = match.groups() if match else ("", written, "")
    if not pinyin.strip() or not count_han(read) or "[" in read or "]" in read:
        raise ValueError("write the word and its pinyin, as 微调 wēitiáo or 还[得]走 děi")
    try:
        syllables = parse(pinyin, count_han(read))
    except PinyinError as error:
        raise ValueError(str(error)) from error
    return before + read + after, Reading(before + read + after, len(before), len(read), syllables)


def _read(folder: Path, name: str, rule: Callable[[str], tuple[str, T]]) -> Read[tuple[T, ...]]:
    shown = f"{folder.name}/{name}"
    values: list[T] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, column, text, line in _lines(folder / name, shown):
        try:
            key, value = rule(text)
            if key in seen:
                raise ValueError(f"{key} is already corrected in line {seen[key]}")
        except ValueError as error:
            place = Location(shown, number, column)
            problems.append(Problem(place, "error", "correction", str(error), line))
            continue
        seen[key] = number
        values.append(value)
    return Read(tuple(values), tuple(problems))


def _lines(path: Path, shown: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield number, column, rule and whole line."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise DeckgenError(f"{shown} can't be read as UTF-8 text: {error}") from error
    for number, line in enumerate(lines, 1):
        if rule := " ".join(line.partition("#")[0].split()):
            yield number, len(line) - len(line.lstrip()) + 1, rule, line
