"""Split Chinese and English text into sentences."""

import re
from typing import Literal

Language = Literal["zh", "en"]

_CJK_ENDERS = frozenset("。！？｡")
_CLOSERS = "\"'”’」』）)】］]〉》〗»*_"
_BORDER = re.compile(
    rf"(?P<ender>\.(?:[ \u00a0]\.)+|[{''.join(sorted(_CJK_ENDERS))}.!?…]+)"
    rf"(?P<closers>(?:[{re.escape(_CLOSERS)}]|[ \u00a0][”」』]|[ \u00a0]\"(?=\s|\Z))*)"
    r"|(?P<blank>\n[^\S\n]*\n)"
)
# Nothing ends inside a title or a short bracket: 《我,机器人!》, (see p. 3. It helps).
_ENCLOSED = re.compile(
    r"《[^《》\n]{0,60}》|〈[^〈〉\n]{0,60}〉|（[^（）\n]{0,120}）|\([^()\n]{0,120}\)|\[[^\[\]\n]{0,120}\]"
    r"|https?://[^\s\u3000-\uffef]*[^\s\u3000-\uffef.,!?;:]"
)
_LAST_WORD = re.compile(r"[^\s\"'“‘”’(\[（「『—–\u3000-\u9fff\uff00-\uffef]*\Z")
_NEXT_WORD = re.compile(r"[\"'“‘(\[（「『*_]*([^\W_]+)?")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LETTERS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
_INITIAL = re.compile(r"[A-Z]")
_LIST_NUMBER = re.compile(r"[(（]?(?:\d{1,3}|[ivxIVX]{1,4}|[a-zA-Z])")
# What follows a quotation and belongs to its sentence: “走！”他说。 But not “走！”他说：“好。”
_SPEECH = re.compile(
    r"\s*(?:[，,、；;：:）)—–]|的(?!确)|等|之[类中后前间]|这|那[句个种样]"
    r"|[\u3400-\u9fff·]{1,8}?[说道问答喊叫嚷骂][，,。！—])"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words(
    "mr mrs ms messrs dr prof st gen sen rep gov capt col lt sgt rev hon pres mt ft cmdr adm"
)
_NEVER_LAST = _words("e.g i.e eg ie cf vs viz ca approx")
_BEFORE_NUMBER = _words(
    "no nos fig figs eq eqs sec sect ch chap vol vols pp p art nr tab ref refs ep jan feb mar apr "
    "jun jul aug sep sept oct nov dec"
)
_MAY_BE_LAST = _words("inc corp co ltd jr sr etc al esq bros ave blvd dept univ ph.d")
_STARTERS = _words(
    "a after all although an and another any are as at because before both but by can could did do "
    "does during each even every few first for from had has have he her here his how however i if "
    "in indeed instead is it its just last later let like many maybe more most my never no nobody "
    "not nothing now of on once one only or other our over perhaps she should since so "
    "some sometimes soon still such that the their then there these they this those though through "
    "thus to today under until was we well were what when where whether which while who why will "
    "with without would yes yet you your"
)


def split(text: str, language: Language) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    A span is (start, end) in characters; the spans in order, with the white space between them,
    give the text back. A blank line ends a sentence; a single line break does not. Words of the
    other language inside the text are split by their own rules.
    """
    enclosed = [match.span() for match in _ENCLOSED.finditer(text)]
    spans: list[tuple[int, int]] = []
    start = next_enclosed = 0
    for border in _BORDER.finditer(text):
        while next_enclosed < len(enclosed) and enclosed[next_enclosed][1] <= border.start():
            next_enclosed += 1
        inside = next_enclosed < len(enclosed) and enclosed[next_enclosed][0] < border.start()
        blank = border["blank"] is not None
        if blank or (not inside and _ends_sentence(text, start, border, language)):
            _append(spans, text, start, border.start() if blank else border.end())
            start = border.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add the span without the white space around it; a span of closers joins its predecessor."""
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return
    first = start + len(piece) - len(piece.lstrip())
    last = first + len(stripped)
    if spans and not stripped.strip(_CLOSERS) and spans[-1][1] == first:
        spans[-1] = (spans[-1][0], last)
    else:
        spans.append((first, last))


def _ends_sentence(text: str, start: int, border: re.Match[str], language: Language) -> bool:
    ender, closers, end = border["ender"], border["closers"], border.end()
    rest = text[end : end + 40]
    after = rest.lstrip()
    if not after:
        return True
    next_is_han = bool(_HAN.match(after.lstrip("“‘「『（(《【\"'")))
    if not _CJK_ENDERS.isdisjoint(ender):
        return not (closers and _SPEECH.match(rest)) and after[0] not in "，,、；;：:"
    spaced = rest[0].isspace()
    chinese = language == "zh" or next_is_han
    if not spaced and not (chinese and _may_end_unspaced(ender, text, end, next_is_han)):
        return False
    if chinese and closers and _SPEECH.match(rest):
        return False
    if ender.strip("…") == "" or ender.startswith(".."):
        return _ellipsis_ends(after, closers)
    if after[0] in ",;:，；：、-–—" and not after.startswith(("- ", "-- ", "— ", "– ")):
        return False
    following = _NEXT_WORD.match(after)
    word = following[1] if following and following[1] else ""
    if word and word[0].islower() and not (chinese and not closers and "." not in ender):
        return False
    if ender != ".":
        return True
    return _full_stop_ends(text, start, border.start(), word, after)


def _may_end_unspaced(ender: str, text: str, end: int, next_is_han: bool) -> bool:
    """Is "?" or "." an ender with no space after it, as Chinese typesetting has it?"""
    if ender[0] in "!?…" or ender.startswith(".."):
        return next_is_han or not text[end].isascii()
    return next_is_han and bool(_HAN.match(text[end - len(ender) - 1 : end]))


def _ellipsis_ends(after: str, closers: str) -> bool:
    """Does an ellipsis end the sentence?  In Chinese only with its quotation: 我……我不知道。"""
    if _HAN.match(after):
        return closers != ""
    return not after[0].islower() and after[0] not in ",;:，；：、.。!?！？"


def _full_stop_ends(text: str, start: int, stop: int, next_word: str, after: str) -> bool:
    """Is the full stop at this place more than the end of an abbreviation or a list number?"""
    before = text[max(start, stop - 30) : stop]
    match = _LAST_WORD.search(before)
    word = match[0] if match else ""
    if not word:
        return True
    if len(word) <= 6 and _LIST_NUMBER.fullmatch(word) and text[start:stop].strip() == word:
        return False
    key = word.lower()
    if key in _TITLES or key in _NEVER_LAST:
        return False
    if key in _BEFORE_NUMBER and (key != "no" or word == "No"):
        return not after[0].isdigit() and not (key in {"p", "pp"} and after[0] in "ivxlcIVXLC")
    abbreviated = key in _MAY_BE_LAST or ("." in word and _LETTERS.fullmatch(word) is not None)
    initial = word != "I" and _INITIAL.fullmatch(word) is not None
    if not abbreviated and not initial:
        return True
    if next_word[:1].isupper() and next_word.lower() in _STARTERS:
        return True
    return bool(_HAN.match(after)) or (abbreviated and after[0] in '“"‘')
