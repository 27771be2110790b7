"""How well Chinese is cut into words: F1 by the scoring of the SIGHAN bakeoffs, against jieba.

    python bench/segmentation.py GOLD…

GOLD is text in UTF-8 with its words parted by white space, or `word/tag` as the People's Daily has
it. A word is right where both its ends are. Prints precision, recall, F1 and characters a second of
each segmenter, and how many Han words of ours are no headword of CC-CEDICT.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path

import jieba

from deckgen.cedict import parse
from deckgen.hanzi import is_han
from deckgen.segmentation import Segmenter

Cut = Callable[[str], Sequence[str]]


def sentences(path: Path) -> list[list[str]]:
    lines = path.read_text("utf-8-sig").splitlines()
    words = (
        [re.sub(r"^\[(?=.)|(?<=.)/\w+(?:\]\w*)?$", "", w) for w in line.split()] for line in lines
    )
    return [sentence for sentence in words if sentence]


def spans(words: Sequence[str]) -> set[tuple[int, int]]:
    ends = list(accumulate(map(len, words)))
    return set(zip([0, *ends], ends, strict=False))


def score(gold: Sequence[Sequence[str]], cut: Cut) -> tuple[float, float, float, float]:
    """Return precision, recall and F1 in per cent, and characters a second."""
    right = wanted = found = 0
    start = time.process_time()
    cuts = [cut("".join(words)) for words in gold]
    seconds = time.process_time() - start
    for words, ours in zip(gold, cuts, strict=True):
        one, other = spans(words), spans(ours)
        right, wanted, found = right + len(one & other), wanted + len(one), found + len(other)
    characters = sum(len(word) for words in gold for word in words)
    f1 = 200 * right / (wanted + found)
    return 100 * right / found, 100 * right / wanted, f1, characters / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    segmenter, tokenizer = Segmenter(), jieba.Tokenizer()
    tokenizer.initialize()

    def ours(text: str) -> list[str]:
        return [token.text for token in segmenter.tokens(text)]

    systems: dict[str, Cut] = {
        "jieba": tokenizer.lcut,
        "jieba, no HMM": lambda text: tokenizer.lcut(text, HMM=False),
        "deckgen": ours,
    }
    headwords = {form for entry in parse() for form in (entry.simplified, entry.traditional)}
    for path in parser.parse_args().gold:
        gold = sentences(path)
        print(f"{path.name}: {len(gold):,} lines")
        for name, cut in systems.items():
            cut("".join(gold[0]))
            precision, recall, f1, speed = score(gold, cut)
            print(
                f"{name:15} P {precision:.1f}  R {recall:.1f}  F1 {f1:.1f}  {speed:9,.0f} chars/s"
            )
        cuts = [w for words in gold for w in ours("".join(words)) if any(map(is_han, w))]
        unlisted = [word for word in cuts if word not in headwords and len(word) > 1]
        print(f"Han words that are no headword: {len(unlisted)} of {len(cuts):,}")


if __name__ == "__main__":
    main()
