"""The examples of GB/T 16159-2012, from Chinese text to pinyin on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.lexicon import Lexicon
from deckgen.pinyin import Reader
from deckgen.typography import Spelled, cut, line

READER = Reader()
LEXICON = Lexicon(vocabulary=READER.segmenter.vocabulary)


def written(text: str) -> str:
    words: list[Spelled] = []
    read = READER.read(text)
    texts = [word.text for word in read]
    for before, word, after in zip(["", *texts], read, [*texts[1:], ""], strict=False):
        readings = word.readings and LEXICON.named(word.text, word.readings, before, after)
        words += cut(Spelled(word.text, word.start, readings), LEXICON.parts(word.text))
    return line(words)


def cases() -> list[list[str]]:
    lines = (Path(__file__).parent / "cases" / "orthography.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("text", "pinyin", "clause"), cases(), ids=[row[0] for row in cases()])
def test_an_example_of_the_standard(text: str, pinyin: str, clause: str) -> None:
    assert written(text) == pinyin, clause
