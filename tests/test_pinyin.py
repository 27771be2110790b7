from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.corrections import Corrections, Reading
from deckgen.hanzi import count_han
from deckgen.pinyin import Reader
from deckgen.syllables import is_legal

READER = Reader()
HAN = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.characters(min_codepoint=0x20000, max_codepoint=0x323AF),
    st.sampled_from("得地为长的了着还都会行重调一不儿子們個麼〇"),
)
ANY = st.text(st.one_of(st.characters(), HAN, st.sampled_from("， 。！C++#3.5%\n")))


def readings(text: str, reader: Reader = READER) -> str:
    return " ".join(" ".join(word.readings or ()) for word in reader.read(text) if word.readings)


@given(ANY)
def test_any_text_is_kept_and_read_in_order(text: str) -> None:
    at = 0
    for word in READER.read(text):
        assert text[word.start : word.start + len(word.text)] == word.text
        assert text[at : word.start].strip() == ""
        at = word.start + len(word.text)
        if word.readings is not None:
            assert len(word.readings) == count_han(word.text) > 0
            assert all(map(is_legal, word.readings))
        elif word.text and count_han(word.text):
            assert not word.sure
    assert text[at:].strip() == ""


@given(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5))
def test_every_common_character_has_a_reading(character: str) -> None:
    assert READER.read(character)[0].readings


@given(ANY, ANY)
def test_latin_and_digits_shift_nothing(before: str, after: str) -> None:
    del before, after
    assert readings("C++银行") == readings("2026 银行") == readings("银行") == "yín háng"


def cases() -> list[tuple[str, str, str]]:
    lines = (Path(__file__).parent / "cases" / "pinyin.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(text, expected, reason) for text, expected, reason in rows]


@pytest.mark.parametrize(("text", "expected", "reason"), cases(), ids=[row[0] for row in cases()])
def test_case(text: str, expected: str, reason: str) -> None:
    assert readings(text) == expected, reason


def test_nearly_all_phrases_that_the_model_never_saw_are_read_right() -> None:
    lines = (Path(__file__).parent / "cases" / "phrases.txt").read_text("utf-8").splitlines()
    marked = [re.split(r"\[(.+?)\]", line) for line in lines if not line.startswith("#")]
    wrong = []
    for parts in marked:
        found = readings("".join(parts[::2])).split()
        ends = accumulate(map(len, parts[:-1:2]))
        if [found[end - 1] for end in ends] != parts[1::2]:
            wrong.append("".join(parts))
    assert len(wrong) < 0.05 * len(marked), wrong


def test_an_authored_reading_wins_wherever_its_words_stand() -> None:
    reader = Reader({"重参数化": "chóng cānshùhuà", "行长": "xíngzhǎng"})
    assert readings("用重参数化技巧", reader) == "yòng chóng cān shù huà jì qiǎo"
    assert readings("行长说", reader) == "xíng zhǎng shuō"
    assert readings("银行长期贷款", reader) == "yín háng cháng qī dài kuǎn"


def test_authored_readings_are_sure_and_misfits_passed_over() -> None:
    assert all(word.sure for word in Reader({"着": "zhuó"}).read("着"))
    assert readings("着", Reader({"着": "zhuó zhuó"})) == "zhe"


def test_a_correction_holds_in_its_context_only() -> None:
    reader = Reader(corrections=Corrections(readings=(Reading("他得奖", 1, 1, ("děi",)),)))
    assert readings("他得奖了", reader) == "tā děi jiǎng le"
    assert readings("她得奖了", reader) == "tā dé jiǎng le"


def test_a_correction_wins_over_an_authored_reading() -> None:
    corrections = Corrections(readings=(Reading("行长", 0, 2, ("háng", "zhǎng")),))
    assert readings("行长", Reader({"行长": "xíng cháng"}, corrections)) == "háng zhǎng"


def deckgen(*arguments: str, text: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "deckgen", *arguments]
    root = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    return subprocess.run(
        command, input=text, capture_output=True, cwd=folder, env=root, check=False
    )


def test_the_command_writes_one_json_a_line(tmp_path: Path) -> None:
    done = deckgen("pinyin", text="C++ 银行\r\n\n玩儿".encode(), folder=tmp_path)
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert first == {
        "words": [
            {"text": "C++", "start": 0, "readings": None, "sure": True},
            {"text": "银行", "start": 4, "readings": ["yín", "háng"], "sure": True},
        ]
    }
    assert second == {"words": []}
    assert third["words"][0]["readings"] == ["wán", "ér"]


def test_the_command_knows_the_project_s_terms_and_corrections(tmp_path: Path) -> None:
    (tmp_path / "deckgen.yaml").write_text("schema: 1\nnamespace: test\n", "utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "words.txt").write_text("自动驾驶\n", "utf-8")
    (tmp_path / "content" / "readings.txt").write_text("驾驶 jia4shi2\n", "utf-8")
    done = deckgen("pinyin", "--format", "text", text="自动驾驶".encode(), folder=tmp_path)
    assert done.stdout.decode() == "zìdòngjiàshí\n"
    done = deckgen("words", "--format", "text", text="自动驾驶".encode(), folder=tmp_path)
    assert done.stdout.decode() == "自动驾驶\n"


def test_what_is_not_utf_8_is_one_message(tmp_path: Path) -> None:
    done = deckgen("pinyin", text="好\n".encode() + b"a\xff", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("deckgen: standard input, line 2, byte 2: not UTF-8")
