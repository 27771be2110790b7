"""How fast Chinese is read: against pypinyin on jieba's words, and from a cold and a warm start.

    python bench/speed.py TEXT

TEXT is a file in Chinese, UTF-8. Prints sentences a second of each, in one process, the seconds
from the import until the first sentence is read, without and with a cache, and the peak memory (as
Linux tells it).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FIRST = """
import re, time
from pathlib import Path
from deckgen.pinyin import Reader
start = time.perf_counter()
Reader().read("他走得很远。")
seconds = time.perf_counter() - start
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(seconds, int(peak[1]) / 1024)
"""


def first_sentence(cache: str) -> tuple[float, float]:
    """Return seconds until the first sentence is read, and the peak memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST],
        env={**os.environ, "XDG_CACHE_HOME": cache, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
        text=True,
    )
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory


def rate(read: Callable[[str], object], sentences: list[str]) -> float:
    """Return sentences a second of processor time, the best of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for sentence in sentences:
            read(sentence)
        best = min(best, time.process_time() - start)
    return len(sentences) / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", type=Path)
    text = parser.parse_args().text.read_text("utf-8-sig")
    sentences = [one for one in re.split(r"(?<=[。！？])|\n", text) if re.search("[一-鿿]", one)]

    import jieba
    from pypinyin import lazy_pinyin

    from deckgen.pinyin import Reader

    reader, tokenizer = Reader(), jieba.Tokenizer()
    tokenizer.initialize()
    ours = rate(reader.read, sentences)
    theirs = rate(lambda one: [lazy_pinyin(word) for word in tokenizer.cut(one)], sentences)
    average = sum(map(len, sentences)) / len(sentences)
    print(f"{len(sentences)} sentences of {average:.0f} characters")
    print(f"deckgen              {ours:8,.0f} sentences a second")
    print(f"pypinyin on jieba    {theirs:8,.0f} sentences a second ({ours / theirs:.2f} times)")
    with tempfile.TemporaryDirectory() as cache:
        for start in ("cold", "warm"):
            seconds, memory = first_sentence(cache)
            print(f"{start} start: {seconds:.2f} s to the first sentence, {memory:.0f} MB")


if __name__ == "__main__":
    main()
