"""Write the file of `deckgen/network.py`: g2pM's network in whole numbers.

    python -m tools.pack_network OUT SENTENCES.tsv…

g2pM was trained on CPP's training split, and comes as a Python package. Of the characters that it
reads, those are kept that the sentences, which `tools.train_polyphones` learns from, mark seldom:
of the others that model knows more.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
from g2pM import G2pM

from deckgen.network import BITS, EMBEDDING_BITS, END, GATE_BITS, START, UNKNOWN
from deckgen.syllables import marked
from tools.train_polyphones import FEW, read

_NAMES = {"시": START, "끝": END, "<UNK>": UNKNOWN}
_RANGE = 128
"""What the sums of a layer must stay below to fit their lanes."""


def pack(characters: set[str]) -> bytes:
    model = G2pM()
    rows = {_NAMES.get(one, one): row for one, row in model.char2idx.items()}
    vocabulary = sorted(one for one in rows if len(one) == 1)
    embeddings = _whole(model.embeddings[[rows[one] for one in vocabulary]], EMBEDDING_BITS, "i1")
    outputs_of = {reading: index for index, reading in model.idx2class.items()}
    known = {
        character: {
            marked(reading.replace("u:", "v")): outputs_of[reading]
            for reading in model.cedict[character]
            if reading in outputs_of
        }
        for character in sorted(characters & set(model.cedict))
    }
    known = {one: readings for one, readings in known.items() if len(readings) > 1}
    outputs = sorted({index for readings in known.values() for index in readings.values()})
    order = {index: number for number, index in enumerate(outputs)}
    names = {
        "vocabulary": vocabulary,
        "characters": {
            one: {reading: order[index] for reading, index in readings.items()}
            for one, readings in known.items()
        },
        "outputs": len(outputs),
    }
    out = np.column_stack([model.hidden_bias_l1, model.hidden_weight_l1])[outputs]
    numbers = [
        embeddings,
        *_lstm(embeddings, model.weight_ih, model.weight_hh, model.bias_ih + model.bias_hh),
        *_lstm(
            embeddings,
            model.weight_ih_reverse,
            model.weight_hh_reverse,
            model.bias_ih_reverse + model.bias_hh_reverse,
        ),
        _whole(model.hidden_weight_l0.T),
        _whole(model.hidden_bias_l0),
        _whole(out),
    ]
    _check(model.hidden_weight_l0, model.hidden_bias_l0)
    text = json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(b"\n".join([text, b"".join(map(np.ndarray.tobytes, numbers))]), 9)


def _lstm(
    embeddings: np.ndarray, text: np.ndarray, state: np.ndarray, bias: np.ndarray
) -> list[np.ndarray]:
    seen = np.abs(embeddings / 2**EMBEDDING_BITS @ text.T + bias).max(axis=0)
    _check(state, seen)
    return [_whole(text.T, GATE_BITS), _whole(state.T), _whole(bias)]


def _check(weights: np.ndarray, rest: np.ndarray) -> None:
    if (np.abs(weights).sum(axis=1) + np.abs(rest)).max() >= _RANGE:
        raise SystemExit("the network's sums don't fit their lanes")


def _whole(numbers: np.ndarray, bits: int = BITS, size: str = "<i2") -> np.ndarray:
    limits = np.iinfo(size)
    return np.clip(np.rint(numbers * 2**bits), limits.min, limits.max).astype(size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("out", type=Path)
    parser.add_argument("sentences", type=Path, nargs="+")
    arguments = parser.parse_args()
    marks: Counter[str] = Counter()
    for path in arguments.sentences:
        for sentence, index, _ in read(path.read_text("utf-8").splitlines()):
            marks[sentence[index]] += 1
    arguments.out.write_bytes(pack({one for one, count in marks.items() if count <= FEW}))


if __name__ == "__main__":
    main()
