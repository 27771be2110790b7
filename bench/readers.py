"""Show how fast each reader is and how its time grows from 100 KB to 10 MB.

`python -m bench.readers` prints, for each format, megabytes a second at every size and the ratio
of the last rate to the first: 1 means that time grows in proportion to the document.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from deckgen import readers

_ZH = "我认为合成数据（synthetic data）很重要，但是要小心模型坍塌。它会悄悄地发生，你看不出来。"
_EN = "I think that synthetic data is important, but you have to be careful. It collapses silently."


def markdown(turns: int) -> str:
    """Make an article with bold labels, chapters and paragraphs."""
    lines = ["# A talk"]
    for n in range(turns):
        if n % 20 == 0:
            lines.append(f"## Chapter {n // 20}")
        name = "Ann Lee" if n % 2 else "Bo Chen"
        lines += [f"**{name}:** {_EN * 3}", _EN * 2]
    return "\n\n".join(lines)


def plain(turns: int) -> str:
    """Make a Chinese article with plain labels and a box now and then."""
    lines = []
    for n in range(turns):
        lines += [f"{'李雷' if n % 2 else '韩梅梅'}：{_ZH * 3}", _ZH * 2]
        if n % 10 == 0:
            lines.append(f"术语{n}(Term {n})：一种只在这里出现的东西，没有别的用处。")
    return "\n\n".join(lines)


def bilingual(turns: int) -> str:
    """Make a document in which each English paragraph is followed by a Chinese one."""
    names = ("Ann Lee", "Bo Chen")
    return "\n\n".join(f"**{names[n % 2]}:** {_EN * 2}\n\n{_ZH * 2}" for n in range(turns))


def page(turns: int) -> str:
    """Make an HTML page."""
    names = ("Ann Lee", "Bo Chen")
    body = "\n".join(
        f"<p><strong>{names[n % 2]}:</strong> {_EN * 3}</p><p>{_EN * 2}</p>" for n in range(turns)
    )
    return f"<!DOCTYPE html><html><body><article><h1>A talk</h1>{body}</article></body></html>"


def srt(turns: int) -> str:
    """Make subtitles in two languages."""
    return "\n\n".join(
        f"{n + 1}\n{_clock(n * 2)},000 --> {_clock(n * 2 + 2)},000\n{_ZH}\n{_EN}"
        for n in range(turns)
    )


def vtt(turns: int) -> str:
    """Make subtitles with voice tags."""
    names = ("Ann Lee", "Bo Chen")
    cues = (
        f"{_clock(n * 2)}.000 --> {_clock(n * 2 + 2)}.000\n<v {names[n // 3 % 2]}>{n}: {_EN}"
        for n in range(turns)
    )
    return "WEBVTT\n\n" + "\n\n".join(cues)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


FORMATS: tuple[Callable[[int], str], ...] = (markdown, plain, bilingual, page, srt, vtt)


def rate(make: Callable[[int], str], size: int) -> float:
    """Return the megabytes a second of the reader at a size in bytes."""
    text = make(max(2, size // max(1, len(make(200).encode()) // 200)))
    start = time.perf_counter()
    found = readers.parse(text, "bench.txt")
    seconds = time.perf_counter() - start
    if not found.is_transcript:
        raise SystemExit(f"{make.__name__}: not understood")
    return len(text.encode()) / seconds / 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000], help="in KB")
    sizes = parser.parse_args().sizes
    readers.parse(plain(4), "warm.txt")
    print("MB/s".ljust(12) + "".join(f"{size:>9} KB" for size in sizes) + "    last/first")
    for make in FORMATS:
        rates = [rate(make, size * 1000) for size in sizes]
        shown = "".join(f"{r:12.2f}" for r in rates)
        print(f"{make.__name__:12}{shown}{rates[-1] / rates[0]:14.2f}", flush=True)


if __name__ == "__main__":
    main()
