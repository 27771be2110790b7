"""Text as HTML for the fields of notes: the only place where a field's markup is made.

Everything authored or quoted passes through `escape`, so that it shows as the text that it is:
tags, Anki's `{{…}}`, `[sound:…]` and its ruby brackets have no effect inside a field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest

from deckgen import syllables, typography
from deckgen.annotation import AnnotatedPair, AnnotatedText, AnnotatedWord, Origin, Passage
from deckgen.hanzi import count_han, is_han
from deckgen.recipe import Theme
from deckgen.sandhi import sandhi
from deckgen.typography import Read, Spelled

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ENTITIES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "[": "&#91;", "\n": "<br>"}
)
_CLOZE = re.compile(r"\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}", re.DOTALL)
_MAX_EXAMPLES = 3
_MAX_UNBROKEN = 5
"""Characters of a word that no line break parts; a longer one may not fit a phone."""


def clean(text: str) -> str:
    """Drop what neither HTML nor Anki's files can hold: control characters, lone surrogates."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escape(text: str) -> str:
    """Write a text as HTML that shows exactly it, also between the quotes of an attribute."""
    return clean(text).translate(_ENTITIES).replace("{{", "&#123;&#123;")


def lang(theme: Theme) -> str:
    """Return the language tag of Chinese in the theme's script."""
    return "zh-Hant" if theme.script == "traditional" else "zh-Hans"


def words(text: AnnotatedText, theme: Theme) -> str:
    """Write a Chinese text word by word, each with its ruby and what a tap on it tells."""
    parts, end = [], 0
    for word, spelled in zip(text.words, _spelled(text, theme), strict=True):
        before = text.text[: word.start][-1:]
        if spelled.readings and before and unicodedata.category(before) not in ("Ps", "Pi", "Zs"):
            parts.append("<wbr>")
        parts.append(escape(text.text[end : word.start]) + _word(word, spelled, theme))
        end = word.start + len(word.text)
    return "".join(parts) + escape(text.text[end:])


def reading(text: AnnotatedText, theme: Theme) -> str:
    """Write the reading alone, each syllable in the class of its tone."""
    parts = []
    for word in _spelled(text, theme):
        if word.readings:
            parts.append("".join(_toned("span", s, _shown(s, theme)) for s in word.readings))
        elif any(character.isalnum() for character in word.text):
            parts.append(escape(word.text))
    return " ".join(parts)


def ruby(text: AnnotatedText, theme: Theme) -> str:
    """Write a Chinese text in Anki's furigana notation, ` 神经[shén jīng]` a word."""
    written, end, readable = "", 0, []
    for word, spelled in zip(text.words, _spelled(text, theme), strict=True):
        written += text.text[end : word.start]
        shown = spelled.readings and tuple(_shown(s, theme) for s in spelled.readings)
        readable.append(Spelled(spelled.text, len(written), shown))
        written += spelled.text
        end = word.start + len(word.text)
    return typography.ruby(written + text.text[end:], readable, escape)


def examples(pairs: Iterable[AnnotatedPair], theme: Theme) -> str:
    """List at most three sentence pairs."""
    items = [
        f'<li><div class="zh" lang="{lang(theme)}">{words(pair.zh, theme)}</div>'
        f'<div class="en" lang="en">{escape(pair.item.en)}</div></li>'
        for pair in list(pairs)[:_MAX_EXAMPLES]
    ]
    return f"<ul>{''.join(items)}</ul>" if items else ""


def passages(origins: Iterable[Origin], marks: Sequence[str]) -> str:
    """Quote the verbatim passages with `marks` (texts, in any case) marked in them."""
    return "".join(_passage(p, marks) for origin in origins for p in origin.passages)


def cloze(text: str) -> str:
    """Write a text with `{{c1::…}}` marks so that these alone work in Anki."""
    return _cloze(text, lambda n, hidden, hint: f"{{{{c{n}::{hidden}{hint and f'::{hint}'}}}}}")


def uncloze(text: str) -> str:
    """Write a text with `{{c1::…}}` marks so that what they hide stands out."""
    return _cloze(text, lambda n, hidden, hint: f"<b>{hidden}</b>")


def cloze_numbers(text: str) -> tuple[int, ...]:
    """List the numbers of the cloze marks in a text, each once, in order."""
    return tuple(sorted({int(match[1]) for match in _CLOZE.finditer(text)} - {0}))


def _cloze(text: str, write: Callable[[int, str, str], str]) -> str:
    parts, end = [], 0
    for match in _CLOZE.finditer(text):
        parts.append(escape(text[end : match.start()]))
        parts.append(write(int(match[1]), escape(match[2]), escape(match[3] or "")))
        end = match.end()
    return "".join(parts) + escape(text[end:])


def _spelled(text: AnnotatedText, theme: Theme) -> tuple[Spelled, ...]:
    """Give the words in the theme's script, with the tones that it shows."""
    readings: Sequence[Read] = sandhi(text.words) if theme.sandhi else text.words
    traditional = theme.script == "traditional"
    return tuple(
        Spelled(word.traditional if traditional else word.text, word.start, read.readings)
        for word, read in zip(text.words, readings, strict=True)
    )


def _shown(syllable: str, theme: Theme) -> str:
    if theme.reading == "pinyin":
        return escape(syllable)
    return escape(typography.bopomofo([syllable]))


def _toned(tag: str, syllable: str, inside: str) -> str:
    return f'<{tag} class="tone{syllables.tone(syllable)}">{inside}</{tag}>'


def _word(word: AnnotatedWord, spelled: Spelled, theme: Theme) -> str:
    if not spelled.readings:
        return escape(spelled.text)
    other = word.text if spelled.text == word.traditional else word.traditional
    told = (word.readings or (), word.sure, word.gloss, word.level)
    return _tappable(spelled.text, spelled.readings, other, *told, theme)


@lru_cache(4096)
def _tappable(
    written: str,
    shown: tuple[str, ...],
    other: str,
    readings: tuple[str, ...],
    sure: bool,
    gloss: tuple[str, ...],
    level: str | None,
    theme: Theme,
) -> str:
    """Write a word as `shown` in ruby, with what a tap tells: its other form, reading and gloss.

    The reading is told with tone numbers too, for those who see no colours.
    """
    forms = written if written == other else f"{written} / {other}"
    parts = [
        ("f", escape(forms)),
        ("r", escape(syllables.join(readings)) + ("" if sure else " ?")),
        ("n", escape(typography.numbered(readings))),
        ("g", escape("; ".join(gloss))),
        ("l", escape(level or "")),
    ]
    told = " ".join(f'<span class="{name}">{value}</span>' for name, value in parts if value)
    kind = "w long tappable" if len(written) > _MAX_UNBROKEN else "w tappable"
    inside = f'{_rubies(written, shown, theme)}<span class="i">{told}</span>'
    return f'<span class="{kind}" tabindex="0" role="button">{inside}</span>'


def _rubies(written: str, readings: Sequence[str], theme: Theme) -> str:
    if count_han(written) != len(readings):
        shown = " ".join(_shown(s, theme) for s in readings)
        return f"<ruby>{escape(written)}<rt>{shown}</rt></ruby>"
    left = iter(readings)
    return "".join(_ruby(c, next(left), theme) if is_han(c) else escape(c) for c in written)


def _ruby(character: str, syllable: str, theme: Theme) -> str:
    return _toned("ruby", syllable, f"{character}<rt>{_shown(syllable, theme)}</rt>")


def _passage(passage: Passage, marks: Sequence[str]) -> str:
    said = _said(passage.speaker, _marked(passage.text, marks))
    before = _said(passage.before_speaker, escape(passage.before)) if passage.before else ""
    place = escape(f"{passage.document}:{passage.line}")
    language = "zh" if count_han(passage.text) else "en"
    return (
        f'<figure lang="{language}">'
        + (f'<p class="before">{before}</p>' if before else "")
        + f'<blockquote>{said}</blockquote><figcaption lang="en">{place}</figcaption></figure>'
    )


def _said(speaker: str | None, text: str) -> str:
    return f"<b>{escape(speaker)}</b> {text}" if speaker else text


def _marked(text: str, marks: Sequence[str]) -> str:
    longest_first = sorted({m for m in marks if m.strip()}, key=lambda m: (-len(m), m))
    if not longest_first:
        return escape(text)
    pieces = re.split("|".join(map(re.escape, longest_first)), text, flags=re.IGNORECASE)
    found = re.findall("|".join(map(re.escape, longest_first)), text, flags=re.IGNORECASE)
    return "".join(
        escape(piece) + (f"<mark>{escape(mark)}</mark>" if mark else "")
        for piece, mark in zip_longest(pieces, found, fillvalue="")
    )
