from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.corrections import Reading, load
from deckgen.problems import DeckgenError


def write(folder: Path, words: str = "", readings: str = "") -> Path:
    content = folder / "content"
    content.mkdir()
    (content / "words.txt").write_text(words, "utf-8")
    (content / "readings.txt").write_text(readings, "utf-8")
    return content


def test_both_files(tmp_path: Path) -> None:
    words = "\ufeff# ours\n自动驾驶\n\n研究/生命  # not 研究生\n"
    readings = "微调 wēitiáo\n还[得]走 dei3\n"
    got = load(write(tmp_path, words, readings))
    assert got.problems == ()
    assert got.value.words == (("自动驾驶",), ("研究", "生命"))
    assert got.value.readings == (
        Reading("微调", 0, 2, ("wēi", "tiáo")),
        Reading("还得走", 1, 1, ("děi",)),
    )


def test_no_files_correct_nothing(tmp_path: Path) -> None:
    got = load(tmp_path)
    assert (got.value.words, got.value.readings, got.problems) == ((), (), ())


@pytest.mark.parametrize(
    ("words", "readings", "place", "message"),
    [
        ("好\n研究/\n", "", "content/words.txt:2:1", 'words with "/" between'),
        ("好 人\n", "", "content/words.txt:1:1", "write one word"),
        ("  abc\n", "", "content/words.txt:1:3", "needs a Han character"),
        ("好\n好\n", "", "content/words.txt:2:1", "already corrected in line 1"),
        ("", "微调\n", "content/readings.txt:1:1", "the word and its pinyin"),
        ("", "微调 wēi\n", "content/readings.txt:1:1", "1 syllables for 2"),
        ("", "微调 blorp\n", "content/readings.txt:1:1", "not made of pinyin"),
        ("", "[微]调] wēi\n", "content/readings.txt:1:1", "the word and its pinyin"),
        ("", "[a]好 hǎo\n", "content/readings.txt:1:1", "the word and its pinyin"),
    ],
)
def test_mistakes_are_located(
    tmp_path: Path, words: str, readings: str, place: str, message: str
) -> None:
    (problem,) = load(write(tmp_path, words, readings)).problems
    assert str(problem.location) == place
    assert message in problem.message


def test_other_encodings_stop(tmp_path: Path) -> None:
    content = write(tmp_path)
    (content / "words.txt").write_bytes("汉字".encode("gb18030"))
    with pytest.raises(DeckgenError, match=r"content/words\.txt can't be read as UTF-8"):
        load(content)
