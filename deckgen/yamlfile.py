"""Decode YAML files into dataclasses, with every mistake located by line and column.

Every scalar is text (`no`, `on`, `12:30` stay what was written); a dataclass field that needs
another type names its parser in `metadata={"parse": function}`, which raises ValueError with the
message to show. A key may be missing where the field has a default or may be None. A field named
`location` receives the place of its mapping.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import types
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from deckgen.problems import Location, Problem, Read, did_you_mean, in_order

T = TypeVar("T")

_MAX_BYTES = 20_000_000
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.2 allows in no document (section 5.1)."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Document:
    path: str
    lines: tuple[str, ...]

    def problem(self, line: int, column: int, code: str, message: str) -> Problem:
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else None
        return Problem(Location(self.path, line, column), "error", code, message, excerpt)

    def at(self, node: yaml.Node, code: str, message: str) -> Problem:
        mark = node.start_mark
        return self.problem(mark.line + 1, mark.column + 1, code, message)


def read(path: Path, shown: str, kind: type[T]) -> Read[T | None]:
    """Read one file as a `kind`; `shown` is the path that messages name.

    The value is None where the file as a whole can't be used; parts that can't be used are left
    out of it, each with a problem.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            return _fail(shown, "too-large", f"larger than {_MAX_BYTES:,} bytes; split the file")
        raw = path.read_bytes()
    except OSError as error:
        return _fail(shown, "unreadable", f"can't be read: {error.strerror}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _fail(shown, "not-utf-8", "not UTF-8 text; save the file as UTF-8", line)
    text = text.replace("\r\n", "\n")
    document = _Document(shown, tuple(text.split("\n")))
    if found := FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        message = f"the character U+{ord(found.group()):04X} is not allowed; remove it"
        return Read(None, (document.problem(line, column, "control-character", message),))
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        said = error.problem or error.context or "broken"
        return Read(None, (document.problem(*place, "yaml", f"not valid YAML: {said}"),))
    except RecursionError:
        return _fail(shown, "too-deep", "nested too deeply to be content")
    if node is None:
        return _fail(shown, "empty-file", "the file is empty; delete it or give it `schema: 1`")
    decoder = _Decoder(document)
    value = decoder.decode(node, kind)
    return Read(value, in_order(decoder.problems))


def _fail(shown: str, code: str, message: str, line: int = 0) -> Read[Any]:
    return Read(None, (Problem(Location(shown, line), "error", code, message),))


_WRAPPERS = (Union, types.UnionType)


class Places:
    """Finds the values of records in the files below a folder, each file read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, tuple[dict[tuple[int, int], yaml.Node], tuple[str, ...]]] = {}

    def find(self, record: Location, keys: Sequence[str]) -> tuple[Location, str | None]:
        """Return where the value is to which `keys` lead from a record, and its line.

        Keys that lead nowhere end at the last that does.
        """
        if record.path not in self._files:
            self._files[record.path] = _records(self._root / record.path)
        records, lines = self._files[record.path]
        node = records.get((record.line, record.column))
        place = record
        for key in keys:
            pairs = node.value if isinstance(node, yaml.MappingNode) else ()
            node = next((value for name, value in pairs if name.value == key), None)
            if node is None:
                break
            mark = node.start_mark
            place = Location(record.path, mark.line + 1, mark.column + 1)
        return place, lines[place.line - 1] if 0 < place.line <= len(lines) else None


def _records(path: Path) -> tuple[dict[tuple[int, int], yaml.Node], tuple[str, ...]]:
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        open_ = [yaml.compose(text, Loader=_LOADER)]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        return {}, ()
    records: dict[tuple[int, int], yaml.Node] = {}
    while open_:
        node = open_.pop()
        if isinstance(node, yaml.MappingNode):
            records[node.start_mark.line + 1, node.start_mark.column + 1] = node
            open_ += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            open_ += node.value
    return records, tuple(text.split("\n"))


class _Decoder:
    def __init__(self, document: _Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def decode(self, node: yaml.Node, kind: Any) -> Any:
        """Return the node as a `kind`, or None with a problem noted."""
        if not isinstance(node, yaml.ScalarNode) and get_origin(kind) not in _WRAPPERS:
            if id(node) in self.seen:
                self._wrong(node, "alias", "used again by an alias (*name): write it out instead")
                return None
            self.seen.add(id(node))
        origin = get_origin(kind)
        if origin in _WRAPPERS:
            return self.decode(node, next(a for a in get_args(kind) if a is not type(None)))
        if origin is tuple:
            return self._sequence(node, get_args(kind)[0])
        if origin is dict:
            return self._mapping(node, get_args(kind)[1])
        if origin is Literal:
            return self._choice(node, get_args(kind))
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self._record(node, kind)
        return self._text(node)

    def _wrong(self, node: yaml.Node, code: str, message: str) -> None:
        self.problems.append(self.document.at(node, code, message))

    def _text(self, node: yaml.Node) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            self._wrong(node, "wrong-type", f"a text is expected here, not a {_called(node)}")
            return None
        text: str = node.value
        for character in text:
            if "\ud800" <= character <= "\udfff" or (character < " " and character not in "\n\t"):
                self._wrong(
                    node,
                    "control-character",
                    f"the character U+{ord(character):04X} is not allowed; remove it",
                )
                return None
        if not text.strip():
            self._wrong(node, "empty-text", "the text is empty; write it or remove the key")
            return None
        return text.strip()

    def _choice(self, node: yaml.Node, choices: tuple[str, ...]) -> str | None:
        text = self._text(node)
        if text is not None and text not in choices:
            hint = did_you_mean(text, choices)
            self._wrong(node, "wrong-value", f'"{text}" is none of {", ".join(choices)}{hint}')
            return None
        return text

    def _sequence(self, node: yaml.Node, kind: Any) -> tuple[Any, ...] | None:
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(node, "wrong-type", f"a list is expected here, not a {_called(node)}")
            return None
        values = (self.decode(item, kind) for item in node.value)
        return tuple(value for value in values if value is not None)

    def _pairs(self, node: yaml.Node) -> list[tuple[str, yaml.Node, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, "wrong-type", f"keys are expected here, not a {_called(node)}")
            return []
        pairs: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            name = self._text(key)
            if name is None:
                continue
            if name in pairs:
                line = pairs[name][0].start_mark.line + 1
                self._wrong(key, "duplicate-key", f'the key "{name}" stands already in line {line}')
            else:
                pairs[name] = (key, value)
        return [(name, key, value) for name, (key, value) in pairs.items()]

    def _mapping(self, node: yaml.Node, kind: Any) -> dict[str, Any] | None:
        if not isinstance(node, yaml.MappingNode):
            self._wrong(node, "wrong-type", f"keys are expected here, not a {_called(node)}")
            return None
        decoded = {name: self.decode(value, kind) for name, _, value in self._pairs(node)}
        return {name: value for name, value in decoded.items() if value is not None}

    def _record(self, node: yaml.Node, kind: type[Any]) -> Any:
        hints = _hints(kind)  # type: ignore[arg-type]
        fields = {f.name: f for f in dataclasses.fields(kind) if f.name != "location"}
        values: dict[str, Any] = {}
        absent: dict[str, None] = {}
        named: set[str] = set()
        for name, key, value in self._pairs(node):
            field = fields.get(name)
            if field is None:
                hint = did_you_mean(name, fields) or f" (known: {', '.join(fields)})"
                self._wrong(key, "unknown-key", f'unknown key "{name}"{hint}')
                continue
            named.add(name)
            decoded = self._parsed(value, field.metadata.get("parse"), hints[name])
            if decoded is not None:
                values[name] = decoded
        if not isinstance(node, yaml.MappingNode):
            return None
        for name, field in fields.items():
            if field.default is not dataclasses.MISSING:
                continue
            if field.default_factory is not dataclasses.MISSING:
                continue
            if name not in named and type(None) in get_args(hints[name]):
                absent[name] = None
                continue
            if name not in named:
                self._wrong(node, "missing-key", f'the key "{name}" is missing')
            values.setdefault(name, None)
        if None in values.values():
            return None
        if "location" in hints:
            mark = node.start_mark
            values["location"] = Location(self.document.path, mark.line + 1, mark.column + 1)
        return kind(**values, **absent)

    def _parsed(self, node: yaml.Node, parse: Callable[[str], Any] | None, kind: Any) -> Any:
        if parse is None:
            return self.decode(node, kind)
        text = self._text(node)
        if text is None:
            return None
        try:
            return parse(text)
        except ValueError as error:
            self._wrong(node, "wrong-value", str(error))
            return None


@functools.cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _called(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "list"
    return "mapping" if isinstance(node, yaml.MappingNode) else "text"


def write(records: Sequence[Mapping[str, Any]], indent: int = 2) -> str:
    """Write records as the items of a list, each after a blank line; read back they are equal."""
    blocks = []
    for record in records:
        text = yaml.dump(
            dict(record), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000
        )
        lines = text.rstrip("\n").split("\n")
        pad = " " * indent
        blocks.append("\n".join([f"{pad}- {lines[0]}", *(f"{pad}  {line}" for line in lines[1:])]))
    return "\n\n".join(blocks) + "\n"


def mapping(values: Mapping[str, Any]) -> str:
    """Write a file of one mapping."""
    return str(yaml.dump(dict(values), Dumper=_Dumper, allow_unicode=True, sort_keys=False))


def extended(text: str, key: str, records: Sequence[Mapping[str, Any]]) -> str | None:
    """Add records to the list under a file's last key and leave all that stands there as it is.

    None where the file doesn't end with such a list, one item a line.
    """
    node = yaml.compose(text, Loader=_LOADER)
    if not isinstance(node, yaml.MappingNode) or not node.value or node.value[-1][0].value != key:
        return None
    items = node.value[-1][1]
    if not isinstance(items, yaml.SequenceNode) or items.flow_style or not items.value:
        return None
    return text.rstrip() + "\n\n" + write(records, items.start_mark.column)


def with_values(text: str, values: Mapping[tuple[int, int], Mapping[str, str]]) -> str:
    """Replace plain values of records, each named by its line and column, and nothing else."""
    spans: list[tuple[int, int, str]] = []
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    open_ = [yaml.compose(text, Loader=_LOADER)]
    while open_:
        node = open_.pop()
        if isinstance(node, yaml.MappingNode):
            wanted = values.get((node.start_mark.line + 1, node.start_mark.column + 1), {})
            for name, value in node.value:
                if name.value in wanted and isinstance(value, yaml.ScalarNode):
                    first, last = value.start_mark, value.end_mark
                    spans.append(
                        (
                            starts[first.line] + first.column,
                            starts[last.line] + last.column,
                            wanted[name.value],
                        )
                    )
                open_.append(value)
        elif isinstance(node, yaml.SequenceNode):
            open_ += node.value
    for first, last, new in sorted(spans, reverse=True):
        text = text[:first] + new + text[last:]
    return text
