"""Who takes part: one person under all the names that a document uses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from deckgen.hanzi import HAN, count_han
from deckgen.readers import naming
from deckgen.readers.plain import simplified

_CAST_KEY = re.compile(
    r"(?:本期)?(?:主持人?|主播|嘉宾|访谈嘉宾|受访者|受访人|采访者|采访|访谈者|对谈人|对谈|"
    r"演讲者?|主讲人?|讲者|讲师|人物|参与者|与会者|访谈对象|被访者)|"
    r"(?:co-?)?hosts?|(?:special )?guests?|speakers?|participants?|interviewers?|interviewees?|"
    r"moderators?|presenters?|panell?ists?|featuring|with|in conversation|interviewed by|"
    r"interview (?:of|with)|(?:conducted|hosted|moderated) by",
    re.I,
)
_CAST = re.compile(r"(?P<key>[^:：]{1,24})[:：][ ]*(?P<names>.{1,300})\Z")
_LEGEND = re.compile(
    rf"(?<![A-Za-z])(?P<short>Q|A|[A-Z][A-Za-z]?[A-Z]?|(?<![{HAN}])(?:问|問|答|主持人?|嘉宾|嘉賓|來賓|"
    r"甲|乙))[”\"』」]?(?:（[^（）]{0,8}）)?[ ]?"
    r"(?P<mark>=|＝|[:：]|—+|–|-|代表|指代?|表示|即|是|为|stands for|denotes|(?<= )is(?= ))[ ]?"
    r"(?P<name>[^=＝:：;；,，。、()（）|/]{1,40})(?:[(（](?P<more>[^()（）]{1,60})[)）])?"
)
_WORD = r"[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f'’\-]+"
_INTRODUCED = re.compile(
    rf"(?P<name>{_WORD}(?: {_WORD}){{0,3}}|[{HAN}·]{{2,10}})[ ]?[(（](?P<said>以下简称|下称|"
    rf"简称|以下称|hereafter|hereinafter)?"
    r"[ ：:“\"「]{0,2}(?P<short>[A-Z]{1,3}|[A-Z][a-z]?\.?[A-Z]\.?|"
    r"(?<=称[“\"「])[^”\"」）)]{1,6}|(?<=称)[^”\"」）)]{1,6})[”\"」]?[ ]?[)）]"
)
_NAME_WITH_MORE = re.compile(
    r"(?P<name>[^()（）]{1,40}?)[ ]?(?:[(（](?P<more>[^()（）]{1,100})[)）])?[ "
    r"]*(?:[,，—–\-:：].*)?"
)
_SPLIT = re.compile(r"[、;；&＆/]|,(?= )|，| and (?=[A-Z])|(?<=[^\s])和(?=[^\s])| with (?=[A-Z])")
_FULL_LATIN = re.compile(rf"{_WORD}(?: (?:[A-Z]\.|{_WORD}|van|von|de|der)){{1,3}}")
_ITSELF = re.compile(
    r"\b(?:I['’]m|I am|[Mm]y name(?: is|['’]s)) (?:your host,? )?"
    rf"(?P<full>{_FULL_LATIN.pattern})|"
    r"(?:我是|我叫)(?:[^，。！？\s]{0,12}(?:主持人|主播|记者))?"
    rf"(?P<han>[{HAN}]{{2,3}})(?=[，。！？,.!、\s]|\Z)"
)
_MAX_GREETING = 600
_TITLE_WORDS = re.compile(
    r"\b(?:Ep|Episode|Podcast|Show|The|Inside|With|On|Oral History|History|Interviews?|Talks?|"
    r"Conversations?|Transcript|Meets|Joins|Asks|Answers|Explains|Discusses|Speaks|Returns|"
    r"How|Why|What|An?|In|And|For|Of|From|To|CEO|CTO|Founder|Professor)\b"
)
_TITLE_PIECES = re.compile(
    r"[\s:：,，。|｜—–\-《》“”「」·!！?？]|专访|独家|访谈|采访|对话|对谈|问答|访问|專訪|訪談|採訪|對話|"
    r"對談|创始人|董事长|总经理|首席|教授|作者|导演|作家|院士|先生|女士|博士|老师|[A-Za-z]+"
)


@dataclass(frozen=True, slots=True)
class Declared:
    """A person named outside the turns: full name, other names, part played."""

    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None


def cast_line(text: str) -> list[Declared]:
    """Read `嘉宾：张三（某公司）、李四` or `Host: Sarah Guo`; empty where a line is none."""
    match = _CAST.match(text)
    if not match or not _CAST_KEY.fullmatch(simplified(match["key"].strip())):
        return []
    role = simplified(match["key"].strip()).removeprefix("本期")
    people = [declared(part, role) for part in _outside_brackets(match["names"])]
    named = [p for p in people if p and naming.looks_like_person(p.name)]
    return named if named and people[0] is named[0] else []


def declared(text: str, role: str | None = None) -> Declared | None:
    """Read a person's name with what stands in brackets behind it."""
    match = _NAME_WITH_MORE.fullmatch(text.strip(" .。*"))
    if not match:
        return None
    name = match["name"].strip(' .。“”"*')
    if not naming.could_be_name(name):
        return None
    more = (match["more"] or "").strip()
    alias = (more,) if more and other_script(name, more) else ()
    return Declared(name, alias, role)


def legend(text: str) -> list[tuple[str, str]]:
    """Find `Q = Sarah Guo`, `A：张三`, `（问代表主持人）` in a line: (short, name) pairs."""
    found = []
    for match in _LEGEND.finditer(text[:400]):
        name = match["name"].strip(" “”\"'*.")
        if match["mark"] not in ":：—–-是为" and len(name) <= 24 and name[:1] in "《「“":
            found.append((match["short"], name))
            continue
        name = naming.split_role(name)[1]
        person = declared(name)
        if person and (
            naming.looks_like_person(name)
            or (match["mark"] not in ":：—–-" and len(name) <= 24 and "." not in name)
        ):
            found.append((match["short"], name))
        elif match["more"] and naming.looks_like_person(match["more"]):
            found.append((match["short"], match["more"]))
    return found + introduced(text)


def introduced(text: str) -> list[tuple[str, str]]:
    """Find `Sarah Guo (SG)` and `张三（以下简称“张”）` in a line: (short, name) pairs."""
    return [
        (match["short"], name)
        for match in _INTRODUCED.finditer(text[:1500])
        if (name := match["name"].strip()) != match["short"]
        and naming.looks_like_person(name)
        and (match["said"] or count_han(name) or is_short_for(match["short"], name))
    ]


def introduces_itself(text: str) -> str | None:
    """Return the full name that a speaker gives as the own one: `I'm Dana Brooks`, `我是李明`."""
    for match in _ITSELF.finditer(text[:_MAX_GREETING]):
        if match["full"]:
            return match["full"]
        if naming.looks_like_person(match["han"]):
            return match["han"]
    return None


def other_script(name: str, more: str) -> bool:
    """Say whether a bracket gives the same name in the other script."""
    if count_han(name):
        return (
            naming.looks_like_person(name)
            and bool(_FULL_LATIN.fullmatch(more) or re.fullmatch(r"[A-Z][a-z]{2,15}", more))
            and not naming.is_role(more)
        )
    return bool(count_han(more)) and naming.looks_like_person(more)


def full_names(title: str) -> list[str]:
    """List the names of two and more words in a title."""
    return _FULL_LATIN.findall(_TITLE_WORDS.sub("|", title))


def guest(cast: Sequence[Declared], title: str) -> str | None:
    """Return the one person who is named as a guest, else the one whom a title names."""
    guests = [p.name for p in cast if p.role and same_part("guest", p.role)]
    pieces = [piece.strip() for piece in _TITLE_PIECES.split(title)]
    named = [*full_names(title), *(p for p in pieces if count_han(p) and _is_person(p))]
    found = guests or [name for name in dict.fromkeys(named) if name not in _askers(cast)]
    return found[0] if len(found) == 1 else None


def _is_person(name: str) -> bool:
    return naming.looks_like_person(name)


def _askers(cast: Sequence[Declared]) -> set[str]:
    return {p.name for p in cast if p.role and same_part("host", p.role)}


def _outside_brackets(text: str) -> list[str]:
    parts, depth, piece = [], 0, ""
    for chunk in re.split(r"([()（）])", text):
        depth += (chunk in "(（") - (chunk in ")）") if len(chunk) == 1 else 0
        if depth <= 0 and chunk not in "()（）":
            first, *rest = _SPLIT.split(chunk)
            piece += first
            for other in rest:
                parts.append(piece)
                piece = other
        else:
            piece += chunk
    return [p for p in (*parts, piece) if p.strip()]


_PARTS = (
    {
        "主持人",
        "主持",
        "主播",
        "host",
        "hosts",
        "interviewer",
        "采访者",
        "采访",
        "访谈者",
        "记者",
        "moderator",
        "q",
        "问",
        "提问",
    },
    {
        "嘉宾",
        "guest",
        "guests",
        "受访者",
        "受访人",
        "interviewee",
        "a",
        "答",
        "访谈嘉宾",
        "访谈对象",
        "回答",
        "specialguest",
        "演讲者",
        "speaker",
        "讲者",
    },
)


def same_part(part: str, role: str) -> bool:
    """Say whether a part and the key of a list mean the same: guest, 嘉宾, interviewee."""
    part = simplified(part)
    role = simplified(role).casefold().replace(" ", "").rstrip("s")
    return part == role or any(
        part in group and (role in group or role + "s" in group) for group in _PARTS
    )


def abbreviates(short: str, full: str) -> bool:
    """Say whether a paper's or firm's name is cut off: 三联 for 三联生活周刊."""
    return 2 <= len(short) < len(full) == count_han(full) <= 8 and full.startswith(short)


_DEGREE = re.compile(r"(?:Dr|Prof|Professor)\.? (?=[A-Z])")


def is_short_for(short: str, full: str) -> bool:
    """Say whether a name is a part, the initials or another spelling of a fuller one."""
    if short.casefold() == full.casefold():
        return full != full.upper() and short != full and (short.isupper() or short.islower())
    if len(short) >= len(full):
        return False
    if re.search(f"[{HAN}]", short):
        if "·" in full or "・" in full:
            return short in re.split("[·・]", full)
        if not naming.looks_like_person(full):
            return abbreviates(short, full)
        bare = naming.without_title(short)
        if bare != short and len(bare) == 1:
            return full.startswith(bare) and len(naming.without_title(full)) > 1
        return len(short) > 1 and (
            full.endswith(short) or (full.startswith(short) and len(full) - len(short) == 1)
        )
    words = [w for w in re.split(r"[ .\-]+", full) if w]
    mine = [w for w in re.split(r"[ .\-]+", _DEGREE.sub("", short)) if w]
    if len(words) < 2:
        return False
    if (
        short.isupper()
        and 2 <= len(short.replace(".", "")) <= 4
        and short.replace(".", "") == "".join(w[0] for w in words if w[0].isupper())
    ):
        return True
    lower = [w.casefold() for w in words]
    return all(w.casefold() in lower for w in mine) or (
        len(mine) == len(words)
        and mine[-1].casefold() == lower[-1]
        and lower[0].startswith(mine[0].casefold())
    )
