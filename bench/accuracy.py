"""How many characters each system reads right, and how long it takes for a sentence.

    python bench/accuracy.py [--model MODEL] SENTENCES.tsv…

The shipped model has seen the sets that it was trained from, so it would be measured too well by
them: `tools/train_polyphones.py --without` writes a fifth of their sentences beside a model that
was trained without it, which `--model` takes. Each line is `sentence, index of a character,
reading` between tabs, the reading with a tone number, 5 for the neutral tone and v for ü; lines
that begin with # are skipped. Systems that are not installed are left out of the table. A second
table tells what deckgen calls sure.
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


def deckgen(model: Path | None) -> System:
    from deckgen.pinyin import Reader
    from deckgen.polyphones import Model

    reader = Reader(model=Model(model.read_bytes()) if model else None)

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


def systems(model: Path | None) -> dict[str, tuple[str, Callable[[], System]]]:
    """Map each system to the module it needs; the last changes pypinyin for what comes after."""
    return {
        "deckgen": ("deckgen", lambda: deckgen(model)),
        "pypinyin, whole text": ("pypinyin", lambda: pypinyin(runs)),
        "pypinyin on jieba's words": ("jieba", lambda: pypinyin(words())),
        "g2pM": ("g2pM", g2pm),
        "pypinyin + pypinyin-dict": ("pypinyin_dict", large),
    }


def rows(path: Path) -> Iterator[tuple[str, int, str]]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, index, reading = line.split("\t")[:3]
            yield sentence, int(index), "ér" if reading == "r5" else marked(reading)


def print_sure(model: Path | None, sets: dict[str, list[tuple[str, int, str]]]) -> None:
    """Print how many readings are called sure, and how many of these are right."""
    from deckgen.pinyin import Reader
    from deckgen.polyphones import Model

    reader = Reader(model=Model(model.read_bytes()) if model else None)
    print("\n| set | called sure | of these right |\n|---|---|---|")
    for name, known in sets.items():
        right = []
        for sentence, index, reading in known:
            for word in reader.words(sentence):
                if word.start <= index < word.start + len(word.text) and word.sure:
                    nth = sum(map(is_han, sentence[word.start : index]))
                    syllable = (word.readings or ())[nth]
                    right.append(("ér" if is_erhua(syllable) else syllable) == reading)
        print(f"| {name} | {len(right) / len(known):.1%} | {sum(right) / len(right):.2%} |")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--model", type=Path, help="in place of the one that deckgen ships")
    parser.add_argument("sentences", type=Path, nargs="+")
    arguments = parser.parse_args()
    sets = {path.stem: list(rows(path)) for path in arguments.sentences}
    print("| system |", " | ".join(sets), "| µs a sentence |")
    print("|---|", "---|" * (len(sets) + 1), sep="")
    for name, (module, make) in systems(arguments.model).items():
        if importlib.util.find_spec(module) is None:
            continue
        system = make()
        system("预热一下。")
        start, count, shares = time.perf_counter(), 0, []
        for known in sets.values():
            right = sum(
                system(sentence).get(index) == reading for sentence, index, reading in known
            )
            shares.append(f"{right / len(known):.2%}")
            count += len(known)
        each = (time.perf_counter() - start) / count * 1e6
        print(f"| {name} |", " | ".join(shares), f"| {each:,.0f} |", flush=True)
    print_sure(arguments.model, sets)


if __name__ == "__main__":
    main()
