"""Text without its inline markup that still knows where each of its characters came from."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deckgen.transcript import Locator

_MARKUP = re.compile(
    r"!\[[^\[\]\n]*\](?:\([^()\n]*\))?"  # a picture
    r"|(?P<link>\[(?P<label>[^\[\]\n]+)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\))"
    r"|\[\^[^\[\]\s]{1,40}\]"  # a footnote's number
    r"|<(?:/?[A-Za-z][^<>\n]{0,300}|!--[^<>\n]{0,300}--)>"
    r"|\*{2,}|_{2,}|~~|`+"
    r"|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!\w)_(?=\w)|(?<=[^\s_])_(?!\w)"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});)"
    r"|[\u200b-\u200f\u2060\ufeff\u00ad]"
)
_MAYBE_MARKUP = re.compile(r"[!\[<*_~`\\&\u200b-\u200f\u2060\ufeff\u00ad]")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,500})>")
_BLANKS = dict.fromkeys(
    [160, 12288, 9, 11, 12, 28, 29, 30, 31, 133, 8239, 8232, 8233, *list(range(8192, 8203))],
    " ",
)
_SIMPLIFIED = str.maketrans(
    "與兩個爲義樂習於僅們衆優會體關內寫擊劃創別區參發臺號後聽員團圖場聲處備復頭孫學實審賓導將師廣開強"
    "歸錄總擴掃據攝無時暫術權條來標歡匯點熱獨獻現電監碼種稱筆籤簡類綱線組紹經結續維編網羅羣聯腦節範薦"
    "獲營蔣補見觀視計訂認記講論設評識詞譯語說請讀調責貼資賞贊轉軸載輯過運這進選郵釋鏈鍵長門閆問間閱閻"
    "隊難項須頓頻驟鳴齊註繫鍊製嚮週複",
    "与两个为义乐习于仅们众优会体关内写击划创别区参发台号后听员团图场声处备复头孙学实审宾导将师广开强"
    "归录总扩扫据摄无时暂术权条来标欢汇点热独献现电监码种称笔签简类纲线组绍经结续维编网罗群联脑节范荐"
    "获营蒋补见观视计订认记讲论设评识词译语说请读调责贴资赏赞转轴载辑过运这进选邮释链键长门闫问间阅阎"
    "队难项须顿频骤鸣齐注系链制向周复",
)
_KEEP_APART = re.compile(r"[A-Za-z0-9,;:%\"')\]]\Z")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text and, as (place here, place in the document) pairs, where its unbroken runs begin."""

    text: str
    runs: tuple[tuple[int, int], ...]

    def source(self, index: int) -> int:
        """Return where in the document the character at an index stands."""
        run = self.runs[max(0, bisect_right(self.runs, (index, 1 << 62)) - 1)]
        return run[1] + index - run[0]

    def locator(self, start: int, end: int) -> Locator:
        """Return the passage of the document from the first to the last of these characters."""
        if not self.text:
            return Locator(self.source(0), self.source(0))
        return Locator(self.source(start), self.source(max(start, end - 1)) + 1)

    def cut(self, start: int, end: int | None = None) -> Plain:
        """Return a slice of the text, without the blanks at its ends."""
        end = len(self.text) if end is None else end
        if start == 0 and end == len(self.text) and self.text.strip() == self.text:
            return self
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        piece = piece.strip()
        first = max(0, bisect_right(self.runs, (start, 1 << 62)) - 1)
        last = bisect_right(self.runs, (start + len(piece), -1))
        if start == 0:
            return Plain(piece, self.runs[:last] or self.runs[:1])
        runs = [(max(0, a - start), b + max(0, start - a)) for a, b in self.runs[first:last]]
        return Plain(piece, tuple(runs) or ((0, self.source(start)),))


def plain(raw: str, start: int) -> Plain:
    """Take the inline markup off a line that begins at `start` in the document."""
    if not _MAYBE_MARKUP.search(raw):
        return Plain(raw.translate(_BLANKS), ((0, start),)).cut(0)
    raw = _AUTOLINK.sub(lambda m: f" {m[1]} ", raw)
    pieces: list[str] = []
    runs: list[tuple[int, int]] = []
    length = done = 0
    for match in _markup(raw):
        at = match.start()
        if at > done:
            runs.append((length, start + done))
            pieces.append(raw[done:at])
            length += at - done
        done = match.end()
        if match.lastgroup is not None and (kept := _kept(match)).text:
            runs.append((length, start + kept.runs[0][1]))
            pieces.append(kept.text)
            length += len(kept.text)
    if done < len(raw):
        runs.append((length, start + done))
        pieces.append(raw[done:])
    return Plain("".join(pieces).translate(_BLANKS), tuple(runs) or ((0, start),)).cut(0)


def _markup(raw: str) -> Iterator[re.Match[str]]:
    """Find the markup of a line, looking only where a character of markup stands."""
    at = _MAYBE_MARKUP.search(raw)
    while at is not None:
        match = _MARKUP.match(raw, at.start())
        if match:
            yield match
        at = _MAYBE_MARKUP.search(raw, match.end() if match else at.end())


def _kept(match: re.Match[str]) -> Plain:
    """Return what a piece of markup leaves: a link's words, an escaped or encoded character."""
    if match["link"]:
        return plain(match["label"], match.start("label"))
    if match["escape"]:
        return Plain(match["escape"][1:], ((0, match.start() + 1),))
    return Plain(html.unescape(match["entity"])[:1], ((0, match.start()),))


def join(parts: Iterable[Plain], separator: str = "\n", *, whole: bool = False) -> Plain:
    """Join texts; one that breaks off in the middle of a sentence goes on with the next.

    `whole`: none breaks off, so the separator stands between any two.
    """
    texts: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0
    for part in parts:
        if not part.text:
            continue
        if texts:
            gap = separator if whole else _gap(texts[-1], part.text, separator)
            texts.append(gap)
            length += len(gap)
        runs.extend((length + a, b) for a, b in part.runs)
        texts.append(part.text)
        length += len(part.text)
    return Plain("".join(texts), tuple(runs) or ((0, 0),))


def simplified(text: str) -> str:
    """Write the words that readers look for in simplified characters, one for one."""
    return text if text.isascii() else text.translate(_SIMPLIFIED)


def ends_sentence(text: str) -> bool:
    """Say whether a text ends the way a finished sentence does."""
    return text.rstrip("\"'”’」』）)】]*_ ")[-1:] in tuple(".!?。！？…：:;；—~～♪") or not text


def _gap(before: str, after: str, separator: str) -> str:
    if ends_sentence(before):
        return separator
    return (
        " " if _KEEP_APART.search(before) or (after[:1].isascii() and before[-1:].isascii()) else ""
    )
