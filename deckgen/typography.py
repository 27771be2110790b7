"""A sentence's pinyin on the page after GB/T 16159, and its ruby in Anki's furigana notation.

>>> words = [Spelled("西安", 0, ("Xī", "ān")), Spelled("用", 2, ("yòng",)), Spelled("AI", 3, None),
...          Spelled("。", 5, None)]
>>> line(words)
"Xī'ān yòng AI."
>>> ruby("西安用AI。", words)
' 西安[Xī ān] 用[yòng]AI。'
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from deckgen import hanzi, syllables

Spell = Callable[[Sequence[str]], str]

_WESTERN = {
    **{"，": ",", "、": ",", "。": ".", "；": ";", "：": ":", "？": "?", "！": "!", "．": "."},
    **{"（": "(", "）": ")", "【": "[", "】": "]", "〔": "[", "〕": "]"},
    **{"「": "“", "」": "”", "『": "‘", "』": "’", "《": "“", "》": "”", "〈": "‘", "〉": "’"},
    **{"—": "—", "…": "…", "·": " ", "・": " ", "　": " "},
}
_OPENING = frozenset("([{“‘")
_CLOSING = frozenset(",.;:?!)]}”’…%")
_SENTENCE_END = frozenset(".?!")
_ONES = "零一二三四五六七八九"
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千万亿两几]+")
_NUMBER = re.compile(
    "第[零一二三四五六七八九十百千万亿几]+|初[一二三四五六七八九十]|[一二三四五六七八九两几十][〇零一二三四五六七八九十百千万亿两几]+"
)
_VERBS = frozenset(
    "看听说读写做作走跑飞吃喝拿放打想学找买卖送带搬推拉开关记用变分长死坐站住拍踢抓搞弄办选留"
    "传来去升降落掉加减收发派调算猜认感碰遇见试尝等问聊谈玩逛歇笑数查练改修"
)
_STAMMERED = frozenset(
    "〇零一二三四五六七八九我你他她它这那就是在不的了也都很有没要会能和与对啊嗯呃"
)
"""What is no doubled word where it stands twice, but numbers and slips of the tongue."""
_COMPLEMENTS = frozenset("到完好成掉懂死破坏满透错住出进回")
"""What stands after a verb of one syllable and tells its result, when it has one syllable too."""
AABB = re.compile(r"(.)\1(.)\2")
"""Words such as 清清楚楚, which are written as one."""

_WHOLE = frozenset(["一衣带水", "吊儿郎当", "稀里哗啦"])
_LINKS = frozenset("而不里亦莫")
"""What keeps an idiom from parting in two halves where it is the second character."""
_ASPECT = frozenset("了着过")
_SENTENCE_PARTICLES = frozenset("吗吧呢啊嘛呀啦")
_TIES = frozenset("/-–~～+&@#")


class Read(Protocol):
    """A word at `start` of a text, with one reading a Han character, or None if not read."""

    @property
    def text(self) -> str:
        """Its text, as it stands."""

    @property
    def start(self) -> int:
        """Where it starts, in characters."""

    @property
    def readings(self) -> tuple[str, ...] | None:
        """One tone-marked syllable a Han character; a capital begins a part of a name."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word with the syllables to show for it."""

    text: str
    start: int
    readings: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class _Atom:
    """What is set apart by spaces: `kind` is pinyin, Latin, ASCII or Chinese punctuation."""

    text: str
    start: int
    end: int
    kind: Literal["pinyin", "latin", "ascii", "chinese"]


def numbered(readings: Sequence[str]) -> str:
    """Spell a word with tone numbers, as `fan3xiang4`."""
    return "".join(map(syllables.numbered, readings))


def toneless(readings: Sequence[str]) -> str:
    """Spell a word as it is typed, without tones and with `v` for `ü`, as `nver`."""
    return "".join(syllables.plain(reading, ascii=True) for reading in readings)


def bopomofo(readings: Sequence[str]) -> str:
    """Spell a word in bopomofo, its syllables apart."""
    return " ".join(syllables.bopomofo(r) if syllables.is_legal(r) else r for r in readings)


def line(words: Iterable[Read], spell: Spell = syllables.join) -> str:
    """Write a text's pinyin: words apart, Latin and digits kept, punctuation Western.

    Sentences and names begin with a capital; numbers, results and 着, 了, 过 are tied as GB/T 16159
    has it, and a word of four characters that is still whole is an idiom.
    """
    written = ""
    before: _Atom | None = None
    capital = True
    for word in _tied(words):
        for atom in _atoms(word, spell):
            if before and _is_space_between(before, atom):
                written += " "
            if atom.kind == "pinyin" and capital:
                written += atom.text[:1].upper() + atom.text[1:]
            else:
                written += atom.text
            if atom.kind in {"pinyin", "latin"}:
                capital = False
            elif atom.text in _SENTENCE_END or (
                before and before.text == ":" and atom.text in _OPENING
            ):
                capital = True
            before = atom
    return written


def cut(word: Read, counts: Sequence[int]) -> tuple[Spelled, ...]:
    """Cut a word into parts of so many Han characters each; what is between goes before the cut."""
    if not word.readings or len(counts) < 2:
        return (Spelled(word.text, word.start, word.readings),)
    parts: list[Spelled] = []
    begin = done = 0
    for count in counts[:-1]:
        done += count
        han = [place for place, c in enumerate(word.text) if hanzi.is_han(c)]
        end = han[done]
        parts.append(
            Spelled(word.text[begin:end], word.start + begin, word.readings[done - count : done])
        )
        begin = end
    parts.append(Spelled(word.text[begin:], word.start + begin, word.readings[done:]))
    return tuple(parts)


def search_forms(words: Iterable[Read]) -> tuple[str, ...]:
    """List what a learner may type to find these words: toneless or numbered, joined or apart."""
    read = [word.readings for word in words if word.readings]
    flat = [syllable for readings in read for syllable in readings]
    toned = [syllables.numbered(s).lower() for s in flat]
    umlauts = [syllables.plain(s).lower() for s in flat]
    typed = [syllables.plain(s, ascii=True).lower() for s in flat]
    forms = []
    for spelled in (typed, umlauts, toned, [s.replace("ü", "v") for s in toned]):
        rest = iter(spelled)
        in_words = ["".join(itertools.islice(rest, len(readings))) for readings in read]
        forms += [" ".join(in_words), "".join(spelled), " ".join(spelled)]
    return tuple(dict.fromkeys(filter(None, forms)))


def ruby(text: str, words: Iterable[Read], escape: Callable[[str], str] = str) -> str:
    """Write a text in Anki's furigana notation, a reading over each word's Han characters.

    Taking ` ?base[reading]` back to its base gives the text. Literal square brackets would be
    taken for readings, so they stand as HTML entities; `escape` is put on the text before that.
    """
    parts = []
    end = 0
    for word in words:
        parts.append(_bare(text[end : word.start], escape))
        readings = iter(word.readings or ())
        for run, han in _runs(word.text):
            over = list(itertools.islice(readings, len(run))) if han else []
            parts.append(f" {escape(run)}[{' '.join(over)}]" if over else _bare(run, escape))
        end = word.start + len(word.text)
    return "".join(parts) + _bare(text[end:], escape)


def _bare(text: str, escape: Callable[[str], str]) -> str:
    return escape(text).replace("[", "&#91;").replace("]", "&#93;")


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for han, run in itertools.groupby(text, hanzi.is_han):
        yield "".join(run), han


def _tied(words: Iterable[Read]) -> list[Read]:
    """Tie numerals, doubled words, and to a verb of one syllable its aspect and its result."""
    tied: list[Read] = []
    ahead = list(words)
    for word, after in itertools.zip_longest(ahead, ahead[1:]):
        last = tied[-1] if tied else None
        if last and last.readings and word.readings and last.start + len(last.text) == word.start:
            aspect = word.text in _ASPECT and syllables.tone(word.readings[0]) == 5
            if word.text == "了" and aspect:
                aspect = bool(after and after.readings) and after.text not in _SENTENCE_PARTICLES
            result = last.text in _VERBS and word.text in _COMPLEMENTS
            if aspect or result or word.text == "们" or _is_one_number(last.text, word.text):
                readings = last.readings + word.readings
                tied[-1] = Spelled(last.text + word.text, last.start, readings)
                continue
            if doubled := _doubled(tied, word):
                tied = [*(one for one in tied if one.start < doubled.start), doubled]
                continue
        tied.append(word)
    return tied


def _doubled(tied: Sequence[Read], word: Read) -> Spelled | None:
    """Tie what doubles a syllable, as 想 想, or both syllables of a word, as 清 清楚 楚."""
    for count in (2, 1):
        parts = [*tied[-count:], word]
        text, start = "".join(part.text for part in parts), parts[0].start
        if not all(p.readings for p in parts) or start + len(text) != word.start + len(word.text):
            continue
        first, last = (parts[0].readings or ("",))[0], (word.readings or ("",))[-1]
        if AABB.fullmatch(text):
            return Spelled(text, start, (first, first, last, last))
        if len(text) == 2 and text[0] == text[1] not in _STAMMERED:
            return Spelled(
                text, start, (first, syllables.plain(last) if text[0] in _VERBS else last)
            )
    return None


def _is_one_number(before: str, after: str) -> bool:
    """Say whether a numeral goes on in the next word, as in 三 百 五十 六 and 第 三 十."""
    if not _NUMERAL.fullmatch(after):
        return False
    return _NUMERAL.fullmatch(before) is not None or _NUMBER.fullmatch(before + after) is not None


def _atoms(word: Read, spell: Spell) -> Iterator[_Atom]:
    readings = iter(word.readings or ())
    start = word.start
    for run, han in _runs(word.text):
        over = list(itertools.islice(readings, len(run))) if han else []
        if over and _NUMBER.fullmatch(run) and not over[0][:1].isupper():
            spelled = _number(run, over, spell)
        elif len(over) > 2 and run[0] == "第" and run[1] in _ONES:
            spelled = f"{spell(over[:1])}-{spell(over[1:])}"
        elif len(over) == 4 and _is_halved(run, over):
            spelled = f"{spell(over[:2])}-{spell(over[2:])}"
        else:
            spelled = spell(over)
        if spelled:
            yield _Atom(spelled, start, start + len(run), "pinyin")
        else:
            yield from _unread(run, start)
        start += len(run)


def _is_halved(run: str, readings: Sequence[str]) -> bool:
    """Say whether an idiom of four characters, the only such words not parted, has two halves."""
    if AABB.fullmatch(run) or any(reading[:1].isupper() for reading in readings):
        return False
    return run not in _WHOLE and run[1] not in _LINKS and run[2] != "之"


def _number(run: str, readings: Sequence[str], spell: Spell) -> str:
    """Spell a number in its words, with hyphens after 第 and 初 and within 七八."""
    words = [run[0], *hanzi.number_words(run[1:])] if run[0] in "第初" else hanzi.number_words(run)
    left, before, written = iter(readings), "", ""
    for word in words:
        hyphen = before in ("第", "初") or (len(run) < 4 and _is_about(before, word))
        written += ("-" if hyphen else " ") + spell(list(itertools.islice(left, len(word))))
        before = word
    return written[1:]


def _is_about(before: str, after: str) -> bool:
    """Say whether two neighbouring numerals tell about how many, as in 七八 and 三五."""
    one, other = before[-1:], after[:1].replace("两", "二")
    return one in _ONES and other in _ONES and _ONES.find(other) - _ONES.find(one) in (1, 2)


def _unread(text: str, start: int) -> Iterator[_Atom]:
    for run in re.finditer(r"\S+", text):
        yield from _unread_run(run[0], start + run.start())


def _unread_run(text: str, start: int) -> Iterator[_Atom]:
    if re.search(r"\w", text):
        yield _Atom(_half_width(text), start, start + len(text), "latin")
        return
    for character, same in itertools.groupby(text):
        count = len(list(same))
        shown = _WESTERN.get(character) or _half_width(character) * count
        if shown.strip():
            kind: Literal["ascii", "chinese"] = "ascii" if character.isascii() else "chinese"
            yield _Atom(shown, start, start + count, kind)
        start += count


def _half_width(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _is_space_between(before: _Atom, after: _Atom) -> bool:
    touching = before.end == after.start
    if touching and {before.kind, after.kind} <= {"latin", "ascii"}:
        return False
    if touching and (before.text in _TIES or after.text in _TIES):
        return False
    return after.text not in _CLOSING and before.text not in _OPENING
