"""The label in front of a turn: who speaks, in which part, at what time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from deckgen.hanzi import HAN
from deckgen.readers import naming

Style = Literal["colon", "bracket", "time", "alone", "title", "dash", "bold"]

_CLOCK = r"(?:(?:\d{1,2}[:：])?\d{1,3}[:：]\d{2}(?:[.,]\d{1,3})?|\d{1,6}(?:\.\d{1,3})?s|0:0(?!\d))"
_TIME = rf"[\[(（【<]?[ ]?(?P<time>{_CLOCK})(?:[ ]?(?:-->|[-–—~～])[ ]?{_CLOCK})?[ ]?[\])）】>]?"
_LEADING = re.compile(r"(?:" + _TIME + r")[ ]{0,4}[-–—|:：]?[ ]{0,4}")
_PREFIX = re.compile(r"(?:>>+|[-–—•])[ ]{0,3}")
_BRACKETED = re.compile(r"[【\[〖「]([^】\]〗」\[【:：]{1,60})[】\]〗」][ ]{0,3}[:：]?[ ]{0,3}")
_WITH_ROLE = re.compile(r"(?P<name>[^()（）]{1,40}?)[ ]{0,3}(?P<role>[(（][^()（）]{1,60}[)）])")
_WITH_TITLE = re.compile(
    r"(?P<name>[^—–]{3,40}?)[ ]{1,3}(?:--+|—+|–)[ ]{1,3}(?P<role>[^.!?。！？]{2,80})"
)
_NAME_TIME = re.compile(
    r"(?P<name>[^:：\[\](（）)]{1,60}?)[ ]{0,4}"
    r"(?P<role>[(（][^()（）\d][^()（）]{0,60}[)）])?[ ,，|·–—-]{0,4}"
    + _TIME
    + r"[ ]{0,4}(?P<colon>[:：–—]|-(?= ))?[ ]{0,4}"
)
_COLON = re.compile(
    r"(?P<name>[^:：(（\[【]{1,60}?)[ ]{0,3}"
    r"(?P<role>[(（\[【][^()（）\[\]【】]{0,80}[)）\]】])?[ ]{0,3}[:：]"
    r"(?![:：/]|(?<=\d:)\d\d)[ ]{0,6}"
)
_DASH = re.compile(r"(?P<name>[^—–:：(（]{1,40}?)[ ]{1,3}[—–][ ]{1,3}(?=\S)")
_QUESTION_DASH = re.compile(r"(?P<name>(?:Q|A|问|問|答)[ ]?\d{0,2})[ ]{1,3}[—–-][ ]{1,3}(?=\S)")
_PERIOD = re.compile(
    r"(?P<name>(?:The|Mr|Mrs|Ms|Dr|Senator|Chairman|Chairwoman|Secretary|Judge|Justice)\.? "
    r"[A-Z][A-Z'’-]{2,})\.[ ]{1,3}(?=\S)"
)
_QUESTION_GAP = re.compile(r"(?P<name>Q(?=[ ]{2,}[A-Z\"“])|[问問答](?=[ ]))[ ]+(?=\S)")
_ORNAMENT = re.compile(r"\A[^\w《]+")
_FINISHED = re.compile(r"(?<![A-Z])[.!?。！？…]\Z")
_WITH_OFFICE = re.compile(rf"(?P<name>[{HAN}]{{2,4}})[ ]?[-–—|｜][ ]?(?P<role>[^-–—|｜]{{2,30}})")
_NUMBER_SIGN = re.compile(r"[ ]?#(?=\d{1,2}\Z)")
_ASKS = re.compile(r"(?P<name>.{2,}?)[ ]?[问問答]")
_SEPARATORS = re.compile(r"[ ]*(?:[、&＆+/／]|,(?= )|，| and | with |和|与|及|以及)[ ]*")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in front of a turn; the turn's first words begin at `rest`.

    `names` are as written; `time` is in seconds.
    """

    names: tuple[str, ...]
    role: str | None
    time: float | None
    rest: int
    style: Style


def seconds(clock: str) -> float:
    """Return a clock's `h:mm:ss`, `mm:ss`, `m:ss.mmm` or `12.5s` as seconds."""
    total = 0.0
    for part in clock.removesuffix("s").replace("：", ":").replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def leading_time(text: str) -> tuple[float | None, int]:
    """Return the time that a line begins with, and where the rest of the line begins."""
    match = _LEADING.match(text)
    return (seconds(match["time"]), match.end()) if match else (None, 0)


def parse(text: str, *, alone: bool = False, lead: int = 0) -> Label | None:
    """Read the label at the start of a line.

    `alone`: the line may be nothing but a name; `lead`: so many characters are bold.
    """
    head = text[:160]
    prefix = _PREFIX.match(head)
    at = prefix.end() if prefix else 0
    time, skip = leading_time(head[at:])
    at += skip
    if match := _BRACKETED.match(head, at):
        inner, inner_time = match[1], None
        if with_time := _NAME_TIME.fullmatch(inner):
            inner, inner_time = with_time["name"], seconds(with_time["time"])
        end = match.end()
        with_role = _WITH_ROLE.fullmatch(inner)
        role = with_role["role"] if with_role else None
        inner = with_role["name"] if with_role else inner
        if time is None:
            late, more = leading_time(head[end:])
            time, end = (late, end + more) if late is not None else (inner_time, end)
        return _label(inner, role, time, end, "bracket")
    if time is None and (match := _NAME_TIME.match(head, at)):
        rest_is_talk = (
            match["colon"]
            or match["time"].count(":") == 2
            or match.end() >= len(text.rstrip())
            or "(" in match[0]
            or "[" in match[0]
            or "（" in match[0]
        )
        label = _label(match["name"], match["role"], seconds(match["time"]), match.end(), "time")
        if label and rest_is_talk:
            return label
    if match := _QUESTION_DASH.match(head, at) or _QUESTION_GAP.match(head, at):
        return _label(match["name"], None, time, match.end(), "dash")
    match = _COLON.match(head, at)
    if match and not 0 < lead < match.end("name"):
        label = _label(match["name"], match["role"], time, match.end(), "colon")
        if label:
            if label.time is None:
                late, more = leading_time(text[label.rest : label.rest + 40])
                if late is not None and (
                    text[label.rest] in "[(（【" or label.rest + more >= len(text)
                ):
                    label = Label(label.names, label.role, late, label.rest + more, label.style)
            return label
    if match := _PERIOD.match(head, at):
        return _label(match["name"], None, time, match.end(), "colon")
    if match := _DASH.match(head, at):
        label = _label(match["name"], None, time, match.end(), "dash")
        if label and all(naming.is_latin(n) or naming.is_role(n) for n in label.names):
            return label
    if lead and lead < len(text):
        return _label(text[at:lead], None, time, lead, "bold")
    if (alone or time is not None or " -" in text) and len(text) <= 120:
        with_title = _WITH_TITLE.fullmatch(text[at:].strip())
        if with_title and " " in with_title["name"] and naming.is_latin(with_title["name"]):
            return _label(with_title["name"], with_title["role"], time, len(text), "title")
    if (alone or time is not None) and len(text) <= 60:
        body = text[at:].strip()
        if _FINISHED.search(body):
            return None
        role = re.search(r"[ ]*[(（]([^()（）]{1,60})[)）]\Z", body)
        name = body[: role.start()] if role else body
        return _label(name, role[0] if role else None, time, len(text), "alone")
    return None


def _label(
    name: str, role: str | None, time: float | None, rest: int, style: Style
) -> Label | None:
    name = _ORNAMENT.sub("", name.strip(" *_#>-–—.·|,，"))
    if (match := _WITH_OFFICE.fullmatch(name)) and naming.looks_like_person(match["name"]):
        name, role = (name, role) if naming.looks_like_person(match["role"]) else match.groups()
    names = tuple(_named(n.strip()) for n in _SEPARATORS.split(name) if n and n.strip())
    with_part = len(names) == 2 and re.search("[,，]", name) is not None
    if with_part and naming.looks_like_person(names[0]) and naming.is_role(names[1]):
        names, role = names[:1], names[1]
    if not names or len(names) > 6 or not all(naming.could_be_name(n) for n in names):
        return None
    role = role.strip(" ()（）[]【】") if role else None
    if role and len(names) == 1 and naming.is_role(names[0]) and naming.looks_like_person(role):
        names, role = (role,), names[0]
    return Label(names, role, time, rest, style)


def _named(name: str) -> str:
    """Take off a name what only says that its bearer asks or answers: `《晚点》问`, `张三答`."""
    match = _ASKS.fullmatch(name)
    asks = match and (naming.looks_like_person(match["name"]) or match["name"][0] == "《")
    return match["name"] if match and asks else _NUMBER_SIGN.sub(" ", name)
