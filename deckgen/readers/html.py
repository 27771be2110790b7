"""HTML pages into the lines of an article, without what stands around it on the page."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import Comment, NavigableString, PreformattedString

from deckgen.problems import DeckgenError


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DROPPED = _words(
    "aside audio button canvas dialog figcaption footer form head iframe input map math menu "
    "nav noscript object script select style svg template textarea video "
)
_BREAKS = _words(
    "address article blockquote body center dd details div dl dt figure h1 h2 h3 h4 h5 h6 "
    "header hr html li main ol p pre section summary table tbody thead tr ul "
)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|sidebar|side-bar|footer|site-header|"
    r"breadcrumbs?|comments?|comment-list|"
    r"respond|related|recommend(?:ed|ations?)?|share|sharing|social|subscribe|newsletter|"
    r"advert(?:isement)?|ads?|banner|"
    r"promo|popup|modal|cookie|sign-?up|byline|read-next|subscription|button-wrapper|"
    r"toc|table-of-contents|pagination|author-bio|post-meta|tags|"
    r"tagcloud|skip-link|screen-reader-text|"
    r"wp-caption-text|caption|copyright)(?:$|[\s_-])",
    re.I,
)
_SPEAKER = re.compile(r"(?:^|[\s_-])(?:speaker|interlocutor)(?:-?name)?(?:$|[\s_-])", re.I)
_MAX_SPEAKER = 40
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SNIFF = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|article|"
    r"div|section|main)\b",
    re.I | re.S,
)
_MAX_DEPTH = 400
_MAX_TAGS = 300_000


def looks_like_html(text: str) -> bool:
    """Say whether a document is a page and not Markdown with some tags in it."""
    return _SNIFF.match(text[:5000].lstrip("\ufeff")) is not None


def to_lines(text: str, path: str) -> str:
    """Return a page's article as Markdown: headings, bold, lists, tables, one line a paragraph."""
    if text.count("<") > _MAX_TAGS:
        raise DeckgenError(f"{path}: error: more than {_MAX_TAGS:,} tags; save the article as text")
    if _too_deep(text):
        raise DeckgenError(
            f"{path}: error: elements are nested deeper than {_MAX_DEPTH}; save as text"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(text, "html.parser")
    root = _article(soup)
    lines = list(_lines(root))
    title = soup.find("h1") or soup.find("title")
    name = _SPACE.sub(" ", title.get_text()).strip() if isinstance(title, Tag) else ""
    if name and not any(line.startswith("# ") for line in lines):
        if lines and lines[0].lstrip("# ") == name:
            lines.pop(0)
        lines.insert(0, "# " + name)
    return "\n\n".join(lines) + "\n"


def _too_deep(text: str) -> bool:
    """Bound the nesting before parsing: the parser's time grows with its depth."""
    depth = 0
    for match in re.finditer(
        r"<(/?)(div|span|p|section|ul|ol|li|b|i|em|strong|a|table|tr|td|font|blockquote)\b",
        text,
        re.I,
    ):
        depth = max(0, depth + (-1 if match[1] else 1))
        if depth > 20 * _MAX_DEPTH:
            return True
    return False


def _article(soup: BeautifulSoup) -> Tag:
    """Return the element that holds the article, else the whole body."""
    whole = len(soup.get_text())
    for found in (soup.find_all("article"), soup.find_all("main"), soup.find_all(id="js_content")):
        if len(found) == 1 and isinstance(found[0], Tag) and len(found[0].get_text()) > 0.3 * whole:
            return found[0]
    return soup.body or soup


def _lines(root: Tag) -> Iterator[str]:
    """Walk the elements without recursion and yield a Markdown line for each block of text."""
    parts: list[str] = []
    prefix = ""
    stack: list[Tag | NavigableString | str] = list(reversed(root.contents))  # type: ignore[arg-type]

    def flush() -> str:
        line = _SPACE.sub(" ", "".join(parts)).strip()
        parts.clear()
        line = re.sub(r"\*\*\s*\*\*", "", line).strip()
        return prefix + line if line.strip("* ") else ""

    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            name = node.name
            if name in _DROPPED or _is_around(node):
                continue
            if name == "img":
                if line := flush():
                    yield line
                yield "![]()"
            elif name == "br":
                if line := flush():
                    yield line
            elif name in _BREAKS:
                if line := flush():
                    yield line
                if name == "tr":
                    if row := _row(node):
                        yield row
                    continue
                if name == "hr":
                    yield "---"
                    continue
                if name in ("details", "summary"):
                    yield (
                        f"<{name}>"
                        if name == "details"
                        else f"<summary>{_SPACE.sub(' ', node.get_text())}</summary>"
                    )
                    if name == "summary":
                        continue
                stack.append(f"\x03{name}")
                stack.extend(_with_bold(node))
                prefix = _prefix(node)
            else:
                stack.extend(_with_bold(node))
        elif isinstance(node, Comment | PreformattedString) and isinstance(node, NavigableString):
            continue
        elif isinstance(node, NavigableString):
            parts.append(_escaped(str(node)))
        elif node == "\x01":
            parts.append("**")
        elif node == "\x02":
            last = parts[-1] if parts else ""
            if parts:
                parts[-1] = last.rstrip()
            parts.append("**" + (" " if last != last.rstrip() else ""))
        else:
            if line := flush():
                yield line
            prefix = ""
            if node == "\x03details":
                yield "</details>"
    if line := flush():
        yield line


def _prefix(node: Tag) -> str:
    if node.name[0] == "h" and node.name[1:].isdigit():
        return "#" * int(node.name[1:]) + " "
    if node.name == "li" or (node.parent is not None and node.parent.name == "li"):
        return "- "
    if node.name == "blockquote" or (node.parent is not None and node.parent.name == "blockquote"):
        return "> "
    return ""


def _row(node: Tag) -> str:
    cells = [_escaped(_SPACE.sub(" ", c.get_text()).strip()) for c in node.find_all(["td", "th"])]
    return (
        "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"
        if len(cells) > 1
        else " ".join(cells)
    )


def _is_around(node: Tag) -> bool:
    if node.name in ("body", "html", "article", "main"):
        return False
    if node.name == "header" and node.find(["h1", "h2", "h3"]) is None:
        return True
    if node.get("hidden") is not None or "display:none" in str(node.get("style", "")).replace(
        " ", ""
    ):
        return True
    names = node.get("class")
    words = [
        *(names if isinstance(names, list) else [str(names or "")]),
        str(node.get("id", "")),
        str(node.get("role", "")),
    ]
    return any(_AROUND.search(word) for word in words if word)


def _with_bold(node: Tag) -> list[Tag | NavigableString | str]:
    """Return what is in an element, last things first, between marks where it is bold."""
    inside: list[Tag | NavigableString | str] = list(reversed(node.contents))  # type: ignore[arg-type]
    bold = node.name in ("b", "strong") or _names_a_speaker(node)
    return ["\x02", *inside, "\x01"] if bold else inside


def _names_a_speaker(node: Tag) -> bool:
    """Say whether an element's class tells that its few words are who speaks."""
    words = node.get("class")
    named = isinstance(words, list) and any(_SPEAKER.search(word) for word in words)
    return named and len(node.get_text().strip()) <= _MAX_SPEAKER and not node.find(["b", "strong"])


def _escaped(text: str) -> str:
    """Keep characters of the page from being read as Markdown."""
    return re.sub(r"([*_`\[\]<>\\])", r"\\\1", text)
