"""How fast drafting is, and how its time grows with the document.

    python -m bench.drafting DOCUMENT

The document's turns are repeated, each time with other numbers in them, up to 10 MB.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

from deckgen import readers
from deckgen.mining import mine
from deckgen.mining.talk import source_of
from deckgen.transcript import Transcript

SIZES = (100_000, 1_000_000, 10_000_000)


def grown(document: Transcript, size: int) -> Transcript:
    turns = []
    written = number = 0
    while written < size:
        for turn in document.turns:
            number += 1
            mark = f"第{number}次" if document.language == "zh" else f"{number} times "
            sentences = tuple(
                replace(s, text=s.text[:-1] + mark + s.text[-1:]) for s in turn.sentences
            )
            turns.append(replace(turn, sentences=sentences))
            written += sum(len(s.text.encode()) for s in sentences)
            if written >= size:
                break
    return replace(document, turns=tuple(turns))


def main() -> None:
    document = readers.read(Path(sys.argv[1])).value
    mine(source_of("warm", [document], None), [document])
    print(f"{'MB':>6} {'CPU s':>8} {'MB/s':>6} {'against the smallest':>21}")
    first = None
    for size in SIZES:
        longer = grown(document, size)
        started = time.process_time()
        mine(source_of("bench", [longer], None), [longer])
        taken = time.process_time() - started
        speed = size / 1e6 / taken
        first = first or speed
        print(f"{size / 1e6:6.1f} {taken:8.2f} {speed:6.2f} {speed / first:20.2f}×")


if __name__ == "__main__":
    main()
