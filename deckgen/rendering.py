"""Anki's template language: parse the sides of a card type, say what is wrong, and render cards.

Renders what Anki's own backend renders, so that a preview shows what a learner will see.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

SPECIAL_FIELDS = frozenset({"Tags", "Type", "Deck", "Subdeck", "CardFlag", "Card", "FrontSide"})
"""Names that Anki fills by itself on any card."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """`{{filter:…:field}}`; the filters stand in the order in which they apply."""

    field: str
    filters: tuple[str, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Conditional:
    """`{{#field}}…{{/field}}`, or `{{^field}}…{{/field}}` where `negated`."""

    field: str
    negated: bool
    children: tuple[Node, ...]
    offset: int


Node: TypeAlias = str | Replacement | Conditional


class TemplateError(ValueError):
    """A template that Anki would refuse; `offset` is where, in characters."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Sound:
    """What a play button speaks: `text` in the voice of `lang`, or the file `text` without one."""

    text: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a card as Anki shows it; `[anki:play:q:0]` stands for the first sound."""

    html: str
    sounds: tuple[Sound, ...]


_TOKEN = re.compile(r"(<!--.*?-->)|\{\{(.*?)\}\}", re.DOTALL)
_EMPTY = re.compile(r"(?:\s|</?(?:br|div)\s*/?>)*", re.IGNORECASE)
_FURIGANA = re.compile(r" ?([^ >]+?)\[(.+?)\]")
_CLOZE = re.compile(r"\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}", re.DOTALL)
_SOUND = re.compile(
    r"\[sound:(.+?)\]|\[anki:tts lang=([^\s\]]+)[^\]]*\](.*?)\[/anki:tts\]", re.DOTALL
)
_TAG = re.compile(r"<!--.*?-->|<style.*?>.*?</style>|<script.*?>.*?</script>|<[^>]*>", re.DOTALL)


@lru_cache(maxsize=64)
def parse(template: str) -> tuple[Node, ...]:
    """Parse one side of a card type, or raise TemplateError."""
    root: list[Node] = []
    open_: list[tuple[str, bool, int, list[Node]]] = []
    nodes, end = root, 0
    for match in _TOKEN.finditer(template):
        nodes.append(template[end : match.start()])
        end = match.end()
        if match[1]:
            nodes.append(match[1])
            continue
        name, offset = match[2].lstrip("{").strip(), match.start()
        if name[:1] in ("#", "^") and len(name) > 1:
            open_.append((name[1:].lstrip(), name[0] == "^", offset, nodes))
            nodes = []
        elif name[:1] == "/" and len(name) > 1:
            if not open_ or open_[-1][0] != name[1:].lstrip():
                opened = f"; {{{{#{open_[-1][0]}}}}} is open" if open_ else ""
                raise TemplateError(f"{{{{{name}}}}} closes nothing{opened}", offset)
            field, negated, start, outer = open_.pop()
            outer.append(Conditional(field, negated, tuple(nodes), start))
            nodes = outer
        else:
            *filters, field = name.split(":")
            nodes.append(Replacement(field, tuple(reversed(filters)), offset))
    rest = template[end:]
    if "{{" in rest:
        raise TemplateError('"{{" is never closed by "}}"', end + rest.index("{{"))
    if open_:
        raise TemplateError(f"{{{{#{open_[-1][0]}}}}} is never closed", open_[-1][2])
    return tuple(node for node in (*nodes, rest) if node != "")


def references(nodes: tuple[Node, ...]) -> Iterator[Replacement | Conditional]:
    """List every reference to a field, in order."""
    for node in nodes:
        if not isinstance(node, str):
            yield node
        if isinstance(node, Conditional):
            yield from references(node.children)


def makes_card(front: tuple[Node, ...], filled: frozenset[str]) -> bool:
    """Say whether Anki gives a note with these non-empty fields the card of this front."""
    for node in front:
        if isinstance(node, Replacement):
            if node.field in filled and "type" not in node.filters:
                return True
        elif isinstance(node, Conditional):
            on = not node.negated and node.field in filled
            if on and makes_card(node.children, filled):
                return True
    return False


def is_empty(value: str) -> bool:
    """Say whether Anki takes a field's value for empty."""
    return _EMPTY.fullmatch(value) is not None


def render(front: str, back: str, fields: Mapping[str, str], *, ord: int = 0) -> tuple[Side, Side]:
    """Render both sides of a card; raise TemplateError where a template can't be used."""
    question = _render(parse(front), fields, ord, front=None)
    answer = _render(parse(back), {**fields, "FrontSide": question}, ord, front=question)
    return _with_sounds(question, "q"), _with_sounds(answer, "a")


def strip_html(text: str) -> str:
    """Return the text that HTML shows, on one line."""
    return html.unescape(_TAG.sub("", text))


def _render(nodes: tuple[Node, ...], fields: Mapping[str, str], ord: int, front: str | None) -> str:
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Replacement):
            if node.field not in fields and node.field not in SPECIAL_FIELDS:
                raise TemplateError(f'no field is called "{node.field}"', node.offset)
            value = fields.get(node.field, "")
            parts.append(_filtered(value, node, ord, question=front is None))
        elif (_is_filled(node.field, fields, ord)) != node.negated:
            parts.append(_render(node.children, fields, ord, front))
    return "".join(parts)


def _is_filled(name: str, fields: Mapping[str, str], ord: int) -> bool:
    return name == f"c{ord + 1}" or not is_empty(fields.get(name, ""))


def _filtered(value: str, node: Replacement, ord: int, *, question: bool) -> str:
    for name in node.filters:
        if name == "cloze":
            value = _cloze(value, ord + 1, question=question)
        elif name == "type":
            return f"[[type:{node.field}]]"
        elif name.startswith("tts "):
            value = f"[anki:tts lang={name[4:]}]{value}[/anki:tts]"
        elif name in FILTERS:
            value = FILTERS[name](value)
    return value


def _ruby(replacement: str) -> Callable[[str], str]:
    def apply(value: str) -> str:
        return _FURIGANA.sub(
            lambda m: m[0] if m[2].startswith("sound:") else m.expand(replacement),
            value.replace("&nbsp;", " "),
        )

    return apply


FILTERS: Mapping[str, Callable[[str], str]] = {
    "text": strip_html,
    "furigana": _ruby(r"<ruby><rb>\1</rb><rt>\2</rt></ruby>"),
    "kanji": _ruby(r"\1"),
    "kana": _ruby(r"\2"),
    "": str,
}
"""The filters that depend on the value alone; `cloze`, `type` and `tts …` are the others."""


def is_filter(name: str) -> bool:
    """Say whether this is a filter that cards here may use."""
    return name in FILTERS or name in ("cloze", "type") or name.startswith("tts ")


def _cloze(value: str, number: int, *, question: bool) -> str:
    if all(int(match[1]) != number for match in _CLOZE.finditer(value)):
        return ""

    def write(match: re.Match[str]) -> str:
        if int(match[1]) != number:
            return f'<span class="cloze-inactive" data-ordinal="{match[1]}">{match[2]}</span>'
        if not question:
            return f'<span class="cloze" data-ordinal="{match[1]}">{match[2]}</span>'
        hidden = "".join(c if c.isascii() and c.isalnum() else _entity(c) for c in match[2])
        return (
            f'<span class="cloze" data-cloze="{hidden}" data-ordinal="{match[1]}">'
            f"[{match[3] or '...'}]</span>"
        )

    return _CLOZE.sub(write, value)


def _entity(character: str) -> str:
    return f"&#x{ord(character):X};" if character.isascii() else character


def _with_sounds(text: str, side: str) -> Side:
    sounds: list[Sound] = []

    def play(match: re.Match[str]) -> str:
        if match[1]:
            sounds.append(Sound(html.unescape(match[1])))
        else:
            sounds.append(Sound(strip_html(match[3]), match[2]))
        return f"[anki:play:{side}:{len(sounds) - 1}]"

    return Side(_SOUND.sub(play, text), tuple(sounds))
