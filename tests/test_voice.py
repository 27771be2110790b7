"""Sound: what is said, the files that an engine makes of it, and how they reach Anki."""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.sound import SoundOrVideoTag, TTSTag

from deckgen import package, pipeline, speech, voices, voicing
from deckgen.annotation import AnnotatedText, AnnotatedWord
from deckgen.problems import DeckgenError
from deckgen.speech import Language
from deckgen.voices import Recording
from tests import projects

SAID = 5
"""What the small project's cards say in Chinese: two terms, answer and statement, a sentence."""
STUB = """\
#!{python}
import json, os, struct, sys
if "--version" in sys.argv:
    print("eSpeak NG text-to-speech: " + os.environ.get("STUB_VERSION", "1.51") + "  Data at: /x")
    sys.exit()
text = sys.stdin.buffer.read().decode()
if text == os.environ.get("STUB_FAILS_ON"):
    sys.exit("stub: out of breath")
voice, path = sys.argv[sys.argv.index("-v") + 1], sys.argv[sys.argv.index("-w") + 1]
with open(os.environ["STUB_LOG"], "a") as log:
    log.write(json.dumps([voice, text]) + "\\n")
said = (os.environ.get("STUB_VERSION", "") + voice + text).encode().ljust(64, b"0")[:64]
with open(path, "wb") as file:
    file.write(b"RIFF" + struct.pack("<I", 100) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1,
               8000, 16000, 2, 16) + b"data" + struct.pack("<I", 64) + said)
"""


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program in espeak-ng's place that takes what espeak-ng takes, and logs it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "espeak-ng"
    program.write_text(STUB.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    log = tmp_path / "said"
    log.touch()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("STUB_LOG", str(log))
    return log


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = projects.make(tmp_path / "project")
    (root / "decks/all.yaml").write_text(projects.RECIPE + "sound: files\n", encoding="utf-8")
    return root


def said(log: Path) -> list[tuple[str, str]]:
    return [tuple(json.loads(line)) for line in log.read_text(encoding="utf-8").splitlines()]


def annotated(*words: tuple[str, tuple[str, ...] | None]) -> AnnotatedText:
    text, found = "", []
    for word, readings in words:
        found.append(AnnotatedWord(word, len(text), readings, True, (), None, word))
        text += word
    return AnnotatedText(text, tuple(found), text)


def test_chinese_is_said_by_its_pinyin_with_the_tones_and_numbers_as_spoken() -> None:
    text = annotated(
        ("他", ("tā",)), ("2024", None), ("年", ("nián",)), ("买", ("mǎi",)), ("了", ("le",)),
        ("3", None), ("台", ("tái",)), ("G1", None), ("，", None), ("很", ("hěn",)),
        ("好", ("hǎo",)), ("，", None), ("不", ("bù",)), ("是", ("shì",)), ("90%", None),
        ("。", None),
    )  # fmt: skip
    utterance = speech.chinese(text)
    assert utterance.text == text.text
    assert utterance.language == "zh"
    assert utterance.pinyin is not None
    syllables = utterance.pinyin.lower().replace(",", " ,").rstrip(".")
    for number in "12345":
        syllables = syllables.replace(number, f"{number} ")
    assert (
        syllables.replace("g1 ", "g1").split()
        == (
            "ta1 er4 ling2 er4 si4 nian2 mai3 le5 san1 tai2 g1 , hen2 hao3 , "
            "bu2 shi4 bai3 fen1 zhi1 jiu3 shi2"
        ).split()
    )


def test_espeak_gets_pinyin_for_chinese_and_text_for_english(stub: Path) -> None:
    voice = voices.Espeak()
    assert (voice.name, voice.version) == ("espeak-ng", "1.51")
    made = voice.speak("你好", "ni2hao3", "zh")
    assert made.extension == "wav"
    assert made.data.startswith(b"RIFF")
    voice.speak("--help [[x]]", None, "en")
    assert said(stub) == [("cmn-latn-pinyin", "ni2hao3"), ("en-us", "--help [ [x]]")]


def test_lame_packs_what_espeak_made(stub: Path, tmp_path: Path) -> None:
    lame = tmp_path / "bin/lame"
    lame.write_text('#!/bin/sh\n[ "$1" = --version ] && echo LAME 3.100 || (echo MP3; cat)\n')
    lame.chmod(0o755)
    voice = voices.EspeakMp3()
    assert (voice.name, voice.version) == ("espeak-ng mp3", "1.51 LAME 3.100")
    made = voice.speak("你好", "ni2hao3", "zh")
    assert made.extension == "mp3"
    assert made.data.startswith(b"MP3\nRIFF")


def test_files_are_made_once(project: Path, stub: Path) -> None:
    first = projects.run(project, "voice")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith(f"{SAID} files made, 0 were there")
    assert len(said(stub)) == SAID
    assert ("cmn-latn-pinyin", "Mo2xing2") in said(stub)
    again = projects.run(project, "voice")
    assert again.stdout.startswith(f"0 files made, {SAID} were there")
    assert len(said(stub)) == SAID


def test_what_was_made_before_a_failure_is_kept(project: Path, stub: Path) -> None:
    failed = projects.run(project, "voice", STUB_FAILS_ON="Wang3luo4")
    assert failed.returncode == 2
    assert failed.stderr == (
        'deckgen: "网络" can\'t be spoken: espeak-ng failed with exit code 1: stub: out of breath\n'
    )
    before = len(said(stub))
    assert 0 < before < SAID
    assert projects.run(project, "voice").stdout.startswith(f"{SAID - before} files made")
    assert len(said(stub)) == SAID


def test_a_new_version_speaks_anew_and_the_old_one_is_still_there(
    project: Path, stub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voicing.voice(project)
    monkeypatch.setenv("STUB_VERSION", "1.52")
    assert voicing.voice(project).made == SAID
    monkeypatch.delenv("STUB_VERSION")
    assert voicing.voice(project).made == 0


def test_an_edited_text_is_the_only_one_spoken_anew(project: Path, stub: Path) -> None:
    voicing.voice(project)
    pairs = project / "content/pairs.yaml"
    pairs.write_text(projects.PAIRS.replace("很大", "不大"), encoding="utf-8")
    done = voicing.voice(project)
    assert (done.made, done.kept) == (1, SAID - 1)
    assert said(stub)[-1][1].endswith("bu2da4.")


def test_languages_are_those_that_the_cards_play(project: Path, stub: Path) -> None:
    recipe = project / "decks/all.yaml"
    assert voicing.voice(project, languages=["en"]).made == 0
    cards = "cards: {term: [recognise], sentence: [read, listen]}\n"
    recipe.write_text(f"{projects.RECIPE}sound: files\nlabels: zh\n{cards}", encoding="utf-8")
    voicing.voice(project, languages=["en"])
    assert set(said(stub)) == {
        ("en-us", "network"),
        ("en-us", "model"),
        ("en-us", "Ten years."),
        ("en-us", "It took ten years in all."),
        ("en-us", "This network is large."),
    }
    voicing.voice(project)
    assert [text[-5:] for voice, text in said(stub) if voice != "en-us"] == [" da4."]


def test_no_recipe_that_wants_files_is_a_clear_error(tmp_path: Path, stub: Path) -> None:
    root = projects.make(tmp_path / "project")
    none = projects.run(root, "voice")
    assert none.returncode == 2
    assert 'no recipe says "sound: files"' in none.stderr
    named = projects.run(root, "voice", "all")
    assert named.returncode == 0
    assert 'write "sound: files" in it' in named.stdout


@pytest.mark.parametrize(
    ("engine", "message"),
    [
        ("espeak", "espeak-ng is not installed: install it"),
        ("espeek", 'no engine is called "espeek" (did you mean "espeak"?)'),
    ],
)
def test_an_engine_that_is_missing_is_one_message(
    project: Path, tmp_path: Path, engine: str, message: str
) -> None:
    ran = projects.run(project, "voice", "--engine", engine, PATH=str(tmp_path / "empty"))
    assert ran.returncode == 2
    assert message in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert not (project / "voice").exists()


def test_damaged_choices_say_what_to_do(project: Path, stub: Path) -> None:
    voicing.voice(project)
    (project / "voice/voices.json").write_text("[", encoding="utf-8")
    for command in (voicing.voice, pipeline.build):
        with pytest.raises(DeckgenError, match=r"voices\.json can't be read: delete it"):
            command(project)


@pytest.mark.parametrize(
    "recording", [Recording(b"", "wav"), Recording(b"x", "exe"), Recording(b"x", "../x")]
)
def test_an_engine_that_gives_no_sound_file_is_refused(recording: Recording) -> None:
    class Broken:
        name, version = "broken", "1"

        def speak(self, text: str, pinyin: str | None, language: Language) -> Recording:
            return recording

    with pytest.raises(DeckgenError, match="broken failed on"):
        voices.record(Broken(), "x", None, "en")


PLUGIN = """\
from deckgen.voices import Recording

class Parrot:
    name, version = "parrot", "2"

    def speak(self, text, pinyin, language):
        return Recording(f"{language} {text} {pinyin}".encode(), "ogg")
"""


def test_an_installed_package_can_bring_an_engine(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "site/parrot-2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: parrot\nVersion: 2\n")
    (info / "entry_points.txt").write_text("[deckgen.voices]\nparrot = parrot:Parrot\n")
    (tmp_path / "site/parrot.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(tmp_path / "site")
    done = voicing.voice(project, engine="parrot")
    assert (done.made, done.kept, done.unasked) == (SAID, 0, ())
    contents = {path.read_text() for path in (project / "voice").glob("*.ogg")}
    assert "zh 网络 Wang3luo4" in contents


def test_a_build_says_how_many_files_are_missing(project: Path, stub: Path) -> None:
    (problem,) = pipeline.build(project).problems
    assert (problem.severity, problem.code) == ("warning", "no-sound")
    assert problem.message.startswith(f"{SAID} sound files are missing")
    assert 'run "deckgen voice all"' in problem.message
    voicing.voice(project)
    assert pipeline.build(project).problems == ()


def test_recipes_without_files_need_none_and_take_none(tmp_path: Path, stub: Path) -> None:
    root = projects.make(tmp_path / "project")
    voicing.voice(root, ["all"])
    report = pipeline.build(root)
    assert report.problems == ()
    packed = package.read(root / "decks/all.apkg")
    assert packed.media == ()
    assert not any("[sound:" in field for note in packed.notes for field in note.fields)


def test_only_a_note_whose_sound_changed_is_updated(project: Path, stub: Path) -> None:
    voicing.voice(project)
    pipeline.build(project)
    before = package.read(project / "decks/all.apkg").media
    assert len(before) == SAID
    first = (project / "decks/all.apkg").read_bytes()
    pipeline.build(project)
    assert (project / "decks/all.apkg").read_bytes() == first
    file = sorted((project / "voice").glob("*.wav"))[0]
    file.write_bytes(file.read_bytes() + struct.pack("<h", 1))
    (built,) = pipeline.build(project).decks
    assert len(built.deck.changes.changed) == 1
    after = package.read(project / "decks/all.apkg").media
    assert len(set(after) - set(before)) == 1
    assert len(after) == SAID


@contextmanager
def imported(path: Path, folder: Path) -> Iterator[Collection]:
    collection = Collection(str(folder / "collection.anki2"))
    options = ImportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False)
    collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(path), options=options)
    )
    try:
        yield collection
    finally:
        collection.close()


def test_anki_gets_every_file_and_plays_it(project: Path, stub: Path, tmp_path: Path) -> None:
    voicing.voice(project)
    pipeline.build(project)
    with imported(project / "decks/all.apkg", tmp_path) as collection:
        found = collection.media.check()
        assert (list(found.missing), list(found.unused)) == ([], [])
        stored = {path.name for path in Path(collection.media.dir()).iterdir()}
        assert stored == set(package.read(project / "decks/all.apkg").media)
        for id in collection.find_cards(""):
            card = collection.get_card(id)
            sounds = [*card.question_av_tags(), *card.answer_av_tags()]
            assert sounds, card.template()["name"]
            assert all(isinstance(s, SoundOrVideoTag) and s.filename in stored for s in sounds)


@pytest.mark.parametrize(("labels", "answers"), [("en", "zh_CN"), ("zh", "en_US")])
def test_without_files_anki_speaks_with_the_devices_voice(
    tmp_path: Path, labels: str, answers: str
) -> None:
    root = projects.make(tmp_path / "project")
    recipe = root / "decks/all.yaml"
    recipe.write_text(f"{projects.RECIPE}labels: {labels}\n", encoding="utf-8")
    pipeline.build(root)
    with imported(root / "decks/all.apkg", tmp_path) as collection:
        for id in collection.find_cards(""):
            card = collection.get_card(id)
            listens = card.template()["name"] == "Listen"
            asked, told = card.question_av_tags(), card.answer_av_tags()
            assert [type(s) for s in asked] == [TTSTag] * listens
            languages = [s.lang for s in told if isinstance(s, TTSTag)]
            expected = answers if not listens else "zh_CN"
            assert expected in languages
            assert len(languages) == len(told)
            assert "play:a:0" in card.answer()
