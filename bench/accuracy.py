"""How many characters each system reads right, and how long it takes for a sentence.

    python bench/accuracy.py SENTENCES.tsv…

Each line is `sentence, index of a character, reading` between tabs, the reading with a tone number,
5 for the neutral tone and v for ü; lines that begin with # are skipped. Systems that are not
installed are left out of the table.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from deckgen.hanzi import HAN, is_han
from deckgen.syllables import is_erhua, marked

System = Callable[[str], dict[int, str]]
"""Maps the index of each Han character to its reading with a tone mark."""

HAN_RUN = re.compile(f"[{HAN}]+")


def deckgen() -> System:
    from deckgen.pinyin import Reader

    reader = Reader()

    def read(text: str) -> dict[int, str]:
        found: dict[int, str] = {}
        for word in reader.words(text):
            span = range(word.start, word.start + len(word.text))
            syllables = ("ér" if is_erhua(one) else one for one in word.readings or ())
            found |= zip((at for at in span if is_han(text[at])), syllables, strict=False)
        return found

    return read


def pypinyin(pieces: Callable[[str], Iterator[tuple[int, str]]]) -> System:
    from pypinyin import pinyin

    def read(text: str) -> dict[int, str]:
        return {
            start + offset: options[0]
            for start, piece in pieces(text)
            for offset, options in enumerate(pinyin(piece, v_to_u=True))
        }

    return read


def runs(text: str) -> Iterator[tuple[int, str]]:
    return ((match.start(), match.group()) for match in HAN_RUN.finditer(text))


def words() -> Callable[[str], Iterator[tuple[int, str]]]:
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()

    def cut(text: str) -> Iterator[tuple[int, str]]:
        for start, run in runs(text):
            for word in tokenizer.cut(run):
                yield start, word
                start += len(word)

    return cut


def large() -> System:
    from pypinyin_dict.phrase_pinyin_data import large_pinyin

    large_pinyin.load()
    return pypinyin(runs)


def g2pm() -> System:
    from g2pM import G2pM

    model = G2pM()

    def read(text: str) -> dict[int, str]:
        syllables = model(text, tone=True, char_split=True)
        return {
            at: marked(one) for at, one in enumerate(syllables) if re.fullmatch(r"[a-z:]+\d", one)
        }

    return read


SYSTEMS: dict[str, tuple[str, Callable[[], System]]] = {
    "deckgen": ("deckgen", deckgen),
    "pypinyin, whole text": ("pypinyin", lambda: pypinyin(runs)),
    "pypinyin on jieba's words": ("jieba", lambda: pypinyin(words())),
    "g2pM": ("g2pM", g2pm),
    "pypinyin + pypinyin-dict": ("pypinyin_dict", large),
}
"""Each system by the module it needs; the last one changes pypinyin for what comes after it."""


def rows(path: Path) -> Iterator[tuple[str, int, str]]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, index, reading = line.split("\t")[:3]
            yield sentence, int(index), "ér" if reading == "r5" else marked(reading)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sentences", type=Path, nargs="+")
    sets = {path.stem: list(rows(path)) for path in parser.parse_args().sentences}
    print("| system |", " | ".join(sets), "| µs a sentence |")
    print("|---|", "---|" * (len(sets) + 1), sep="")
    for name, (module, make) in SYSTEMS.items():
        if importlib.util.find_spec(module) is None:
            continue
        system = make()
        system("预热一下。")
        start, count, shares = time.perf_counter(), 0, []
        for known in sets.values():
            right = sum(
                system(sentence).get(index) == reading for sentence, index, reading in known
            )
            shares.append(f"{right / len(known):.1%}")
            count += len(known)
        each = (time.perf_counter() - start) / count * 1e6
        print(f"| {name} |", " | ".join(shares), f"| {each:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
