"""Filters in the syntax of Anki's search box, over everything that content says of a note.

A filter is terms side by side (all must hold) or joined by `or`, grouped by brackets, negated by
`-`: `kind:term (topic:robotics or level<=5) -stance:prediction "neural network" 蒸*`. A property
(`speaker:andrej`) matches its whole value, in any case, with `*` for any characters, `_` for one;
`context:_*` holds where there is any, `context:` where there is none. A number is compared by
`=`, `!=`, `<`, `<=`, `>` or `>=`. Words without a property are looked for in every text. Quotes
keep spaces together, and a backslash takes the special meaning from `* _ " ( ) : -`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from deckgen.problems import DeckgenError, did_you_mean, pointed

_SPACE = " \t\n\r\u3000\u00a0"
_MAX_DEPTH = 50
_COMPARED = re.compile(r"([^\W\d_][\w-]*)(<=|>=|!=|=|<|>)(.*)", re.DOTALL)
_NAMED = re.compile(r"([^\W\d_][\w-]*):(.*)", re.DOTALL)


class FilterError(DeckgenError):
    """A filter that can't be understood: `column` counts from 1."""

    def __init__(self, text: str, column: int, message: str) -> None:
        line = re.sub(r"\s", " ", text)
        super().__init__(f"filter, column {column}: {message}\n{pointed(line, column)}")
        self.column = column


@dataclass(frozen=True, slots=True)
class Subject:
    """What a filter looks at: text values and numbers by property, and every text of the note."""

    values: Mapping[str, Sequence[str]]
    numbers: Mapping[str, float | None]
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A text looked for in all of a note's texts."""

    shown: str
    pattern: re.Pattern[str]

    def holds(self, subject: Subject) -> bool:
        """Say whether some text contains it."""
        return any(self.pattern.search(text) for text in subject.texts)


@dataclass(frozen=True, slots=True)
class Property:
    """A property whose value must match as a whole; a path's parents match too."""

    shown: str
    name: str
    pattern: re.Pattern[str] | None

    def holds(self, subject: Subject) -> bool:
        """Say whether one of the values matches; without a pattern, whether there is none."""
        values = subject.values.get(self.name, ())
        if self.pattern is None:
            return not any(values)
        return any(self.pattern.fullmatch(value) for value in values)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number compared; a note without that number never matches."""

    shown: str
    name: str
    sign: str
    number: float

    def holds(self, subject: Subject) -> bool:
        """Compare the subject's number."""
        value = subject.numbers.get(self.name)
        if value is None:
            return False
        return {
            "=": value == self.number,
            "!=": value != self.number,
            "<": value < self.number,
            "<=": value <= self.number,
            ">": value > self.number,
            ">=": value >= self.number,
        }[self.sign]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where its part does not."""

    part: Filter

    @property
    def shown(self) -> str:
        """The filter as written."""
        return f"-{self.part.shown}"

    def holds(self, subject: Subject) -> bool:
        """Negate the part."""
        return not self.part.holds(subject)


@dataclass(frozen=True, slots=True)
class All:
    """Holds where all its parts do."""

    parts: tuple[Filter, ...]

    @property
    def shown(self) -> str:
        """The filter as written."""
        return " ".join(part.shown for part in self.parts)

    def holds(self, subject: Subject) -> bool:
        """Ask every part."""
        return all(part.holds(subject) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any:
    """Holds where one of its parts does."""

    parts: tuple[Filter, ...]

    @property
    def shown(self) -> str:
        """The filter as written."""
        return f"({' or '.join(part.shown for part in self.parts)})"

    def holds(self, subject: Subject) -> bool:
        """Ask each part."""
        return any(part.holds(subject) for part in self.parts)


Filter: TypeAlias = Word | Property | Comparison | Not | All | Any


def parse(text: str, values: Sequence[str], numbers: Sequence[str]) -> Filter:
    """Read a filter over the properties named; raises FilterError with the column."""
    return _Parser(text, values, numbers).filter()


def why(part: Filter, subject: Subject, indent: str = "") -> Iterator[str]:
    """Tell, part by part, what holds for the subject and what does not."""
    yield f"{indent}{'yes' if part.holds(subject) else 'no '}  {part.shown}"
    inside = part.parts if isinstance(part, All | Any) else ()
    for inner in (part.part,) if isinstance(part, Not) else inside:
        yield from why(inner, subject, indent + "  ")


@dataclass(frozen=True, slots=True)
class _Token:
    """A bracket, `-`, `or`, `and`, or a term; `escaped` has a backslash before what is literal."""

    kind: str
    escaped: str
    column: int
    shown: str


class _Parser:
    def __init__(self, text: str, values: Sequence[str], numbers: Sequence[str]) -> None:
        self.text, self.values, self.numbers = text, values, numbers
        self.tokens = list(self._tokens())
        self.at = 0
        self.depth = 0

    def filter(self) -> Filter:
        found = self._any()
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            raise FilterError(self.text, token.column, 'no "(" stands before this ")"')
        return found

    def _next(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _any(self) -> Filter:
        parts = [self._all()]
        while (token := self._next()) and token.kind == "or":
            self.at += 1
            if self._next() is None:
                raise FilterError(self.text, token.column, 'something must follow "or"')
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _all(self) -> Filter:
        parts: list[Filter] = []
        while (token := self._next()) and token.kind not in (")", "or"):
            self.at += 1
            if token.kind == "and" and parts and self._next():
                continue
            parts.append(self._one(token))
        if not parts:
            token = self._next()
            column = token.column if token else len(self.text) + 1
            raise FilterError(self.text, column, "a search term is expected here")
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self, token: _Token) -> Filter:
        if token.kind == "-":
            following = self._next()
            if following is None or following.kind in (")", "or", "and"):
                raise FilterError(self.text, token.column, 'something must follow "-"')
            self.at += 1
            self._deeper(token)
            part = self._one(following)
            self.depth -= 1
            return Not(part)
        if token.kind == "(":
            self._deeper(token)
            inside = self._any()
            self.depth -= 1
            closing = self._next()
            if closing is None:
                raise FilterError(self.text, token.column, 'this "(" is never closed')
            self.at += 1
            return inside
        if token.kind == "and":
            raise FilterError(self.text, token.column, '"and" must stand between two terms')
        return self._term(token)

    def _deeper(self, token: _Token) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise FilterError(self.text, token.column, "brackets are nested too deeply")

    def _term(self, token: _Token) -> Filter:
        compared, named = _COMPARED.fullmatch(token.escaped), _NAMED.fullmatch(token.escaped)
        if compared and (named is None or compared.end(1) < named.end(1)):
            return self._comparison(token, *compared.groups())
        if named is None:
            return Word(token.shown, _pattern(token.escaped))
        name, value = named[1].lower(), named[2]
        if name in self.numbers:
            return self._comparison(token, name, "=", value)
        if name not in self.values:
            raise self._unknown(token, name)
        if not value:
            return Property(token.shown, name, None)
        return Property(
            token.shown, name, re.compile(f"(?:{_pattern(value).pattern})(?:/.*)?", _FLAGS)
        )

    def _comparison(self, token: _Token, name: str, sign: str, value: str) -> Comparison:
        name = name.lower()
        if name not in self.numbers:
            if name in self.values:
                message = f'"{name}" is no number: write {name}:value'
                raise FilterError(self.text, token.column, message)
            raise self._unknown(token, name)
        try:
            return Comparison(token.shown, name, sign, float(value))
        except ValueError:
            column = token.column + len(name) + len(sign)
            message = f'"{name}" is compared with a number, not with "{value}"'
            raise FilterError(self.text, column, message) from None

    def _unknown(self, token: _Token, name: str) -> FilterError:
        known = [*self.values, *self.numbers]
        hint = did_you_mean(name, known) or f"; known: {', '.join(sorted(known))}"
        return FilterError(self.text, token.column, f'no property is called "{name}"{hint}')

    def _tokens(self) -> Iterator[_Token]:
        at = 0
        while at < len(self.text):
            character = self.text[at]
            if character in _SPACE:
                at += 1
            elif character in "()-":
                yield _Token(character, "", at + 1, character)
                at += 1
            else:
                start = at
                escaped, at = self._run(at)
                shown = self.text[start:at]
                kind = shown.lower() if shown.lower() in ("or", "and") else "term"
                yield _Token(kind, escaped, start + 1, shown)

    def _run(self, at: int) -> tuple[str, int]:
        """Return a term with what is literal escaped, and where it ends."""
        out: list[str] = []
        quote: int | None = None
        while at < len(self.text):
            character = self.text[at]
            if character == "\\" and at + 1 < len(self.text):
                out.append(self.text[at : at + 2])
                at += 2
                continue
            if character == '"':
                quote = at if quote is None else None
            elif quote is None and (character in _SPACE or character in "()"):
                break
            else:
                out.append(character)
            at += 1
        if quote is not None:
            raise FilterError(self.text, quote + 1, "this quote is never closed")
        return "".join(out), at


_FLAGS = re.IGNORECASE | re.DOTALL


def _pattern(escaped: str) -> re.Pattern[str]:
    parts: list[str] = []
    literal = False
    for character in escaped:
        if literal:
            parts.append(re.escape(character))
            literal = False
        elif character == "\\":
            literal = True
        else:
            parts.append({"*": ".*", "_": "."}.get(character) or re.escape(character))
    return re.compile("".join(parts), _FLAGS)
