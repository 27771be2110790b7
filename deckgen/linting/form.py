"""Is every side there, in its language, in plain text, and is it said where it comes from?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from deckgen.content import Claim, Pair
from deckgen.hanzi import count_han, english_words
from deckgen.linting.model import Deck, Finding, Limits, about, quoted
from deckgen.linting.words import cloze_text, deletions, simplified

BRACES = re.compile(r"\{\{|\}\}|\[\[\s*[A-Za-z_.]+\s*\]\]|\{%|%\}|\[%|%\]")
"""What a template leaves where it was not rendered."""
_MARKED = re.compile(r"\{\{c\d+::(?:(?!\{\{|\}\}).)*\}\}", re.DOTALL)
_HTML = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|body|br|center|code|dd|del|div|dl|dt|em|embed|font|form|h[1-6]|"
    r"head|hr|html|i|iframe|img|input|ins|kbd|li|link|mark|meta|object|ol|p|pre|q|rb|rp|rt|ruby|s|"
    r"samp|script|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|tt|u|"
    r"ul|var|video|wbr)\b[^<>]*>|<!--|&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,6});",
    re.IGNORECASE,
)
_COLONS = re.compile(r"(?:^|(?<=[^A-Za-z0-9_]))c\d+::|::(?![A-Za-z_~])|(?<![A-Za-z0-9_>])::")
_OPENED = re.compile(r"\{\{c\d+::")
_FOR_NAMES = frozenset("昇喆堃淼犇甦邨甯脩仝著乾瞭")
_LAYOUT = "\t\n\r"
_INVISIBLE = frozenset("\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e")


def _blank(text: str) -> bool:
    return not any(unicodedata.category(c)[0] in "LNS" for c in text)


def empty(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L05: a side with nothing on it, or with the braces of a template left in."""
    for text in deck.texts:
        said = text.text
        if text.field == "cloze":
            if not _blank(said) and not deletions(said):
                yield about(text, f"{quoted(said)} hides nothing; mark it as {{{{c1::words}}}}")
            elif any(_blank(hidden) for _, hidden, _ in deletions(said)):
                yield about(text, "a deletion hides nothing; write words after the ::")
            said = _MARKED.sub("…", said)
        if _blank(said):
            yield about(text, "is empty; write it or delete the item")
        elif match := BRACES.search(said):
            start = max(match.start() - 10, 0)
            near = said[start : match.end() + 20]
            yield about(text, f"{quoted(near)} holds an unrendered {match[0]}; write the words")


def unsourced(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L14: nobody could find the place where it was said."""
    for item in deck.items:
        missing = []
        if not item.evidence:
            missing.append("a source")
        elif all(e.time is None and e.quote is None for e in item.evidence):
            missing.append("a time or a verbatim quote")
        speakers = {e.speaker for e in item.evidence} | {getattr(item, "speaker", None)}
        if isinstance(item, Claim | Pair) and not any(s and s.strip() for s in speakers):
            missing.append("who says it")
        if missing:
            yield Finding(item, f"names no {' and no '.join(missing)}", ("evidence",))


def wrong_language(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L21: Chinese in an English text, or the reverse, or traditional among simplified."""
    for text in deck.texts:
        said = cloze_text(text.text)
        if _blank(said) or BRACES.search(said):
            continue
        han, latin = count_han(said), len(english_words(said))
        if text.language == "en":
            if not re.search("[A-Za-z]", said) and not _figure(said):
                yield about(text, f"{quoted(said)} is not English; write it in English")
            elif han > latin:
                yield about(text, f"{quoted(said)} is more Chinese than English; translate it")
        elif not han and not _figure(said) and not _name(text.field, said):
            yield about(text, f"{quoted(said)} has no Han character; write it in Chinese")
        elif latin > limits["latin"] and latin > 2 * han:
            yield about(text, f"{quoted(said)} is more English than Chinese; translate it")
        elif odd := _traditional(said):
            yield about(text, f"{quoted(odd)} is traditional; write {quoted(simplified(odd))}")


def _figure(text: str) -> bool:
    return not any(c.isalpha() for c in text) and any(c.isdigit() for c in text)


def _name(field: str, text: str) -> bool:
    return field == "answer" and re.fullmatch(r"[A-Z0-9][\w.-]*[.。]?", text.strip()) is not None


def _traditional(text: str) -> str:
    plain = simplified(text)
    if len(plain) != len(text):
        return ""
    return "".join(a for a, b in zip(text, plain, strict=True) if a != b and a not in _FOR_NAMES)


def raw(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L23: HTML, characters that can't be seen, or the double colon of a deletion or deck."""
    for text in deck.texts:
        said = cloze_text(text.text) if text.field == "cloze" else text.text
        said = _OPENED.sub("", said)
        if match := _HTML.search(said):
            yield about(text, f"raw HTML {quoted(match[0])}; write plain text")
        if match := _COLONS.search(said):
            yield about(text, f"a stray :: in {quoted(said)}; take it out")
        hidden = {c for c in said if c in _INVISIBLE or _control(c)}
        for character in sorted(hidden):
            code = f"U+{ord(character):04X}"
            yield about(text, f"holds the invisible character {code}; take it out")


def _control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") and character not in _LAYOUT
