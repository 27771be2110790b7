"""What is wrong with the user's files, where it stands, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Severity = Literal["error", "warning", "info"]
T = TypeVar("T")


class DeckgenError(Exception):
    """Stops the whole command: one message that says what happened and the way out."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: line and column count from 1; 0 means the whole file."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


NOWHERE = Location("")
"""The place of what stands in no file."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding; `excerpt` is the line of the file that it points into."""

    location: Location
    severity: Severity
    code: str
    message: str
    excerpt: str | None = None

    def __str__(self) -> str:
        head = f"{self.location}: {self.severity}: {self.message} [{self.code}]"
        if self.excerpt is None or not self.location.column:
            return head
        return f"{head}\n{pointed(self.excerpt, self.location.column)}"


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value together with every problem met on the way to it."""

    value: T
    problems: tuple[Problem, ...] = ()


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by place, then by code and message, each once."""
    return tuple(sorted(set(problems), key=lambda p: (p.location, p.code, p.message)))


def failed(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Say whether these problems stop a build; warnings do so only where `strict`."""
    return any(p.severity == "error" or (strict and p.severity == "warning") for p in problems)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` (did you mean "…"?)` for the nearest known word, or an empty string."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f' (did you mean "{near[0]}"?)' if near else ""


def pointed(line: str, column: int) -> str:
    """Return a line, indented by two, with a caret under a column."""
    pad = "".join("\t" if c == "\t" else "\u3000" if _wide(c) else " " for c in line[: column - 1])
    return f"  {line}\n  {pad}^"


def _wide(character: str) -> bool:
    return "\u1100" <= character <= "\uffdc" and not "\u2010" <= character <= "\u2027"
