"""Engines that speak: espeak-ng, and others that installed packages bring as plug-ins.

A plug-in is an entry point of the group `deckgen.voices` that names a class, or any callable
without arguments, which gives a Voice. It raises DeckgenError where the engine is missing.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from deckgen.problems import DeckgenError, did_you_mean
from deckgen.speech import Language

GROUP = "deckgen.voices"
EXTENSIONS = frozenset({"wav", "mp3", "ogg", "opus", "m4a", "flac"})
"""The kinds of sound file that Anki plays on every device, by their names' ends."""
_SECONDS = 60
_ESPEAK = "espeak-ng"
_LAME = "lame"


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound file's bytes; `extension` is one of EXTENSIONS."""

    data: bytes
    extension: str


class Voice(Protocol):
    """An engine; a recording is made anew when `name` or `version` changes."""

    @property
    def name(self) -> str:
        """What tells this voice from others, in its settings too."""

    @property
    def version(self) -> str:
        """The version of the engine and its data."""

    def speak(self, text: str, pinyin: str | None, language: Language) -> Recording:
        """Speak a text; Chinese comes with pinyin in tone numbers. Raises DeckgenError."""


class Espeak:
    """espeak-ng, which reads Chinese from pinyin, since it misreads characters."""

    name = _ESPEAK

    def __init__(self) -> None:
        self.version = _run([_ESPEAK, "--version"]).decode("utf-8", "replace").split("Data at")[0]
        self.version = self.version.rpartition(": ")[2].strip()

    def speak(self, text: str, pinyin: str | None, language: Language) -> Recording:
        """Speak a text into a WAV file of 22,050 samples a second."""
        voice = "cmn-latn-pinyin" if language == "zh" else "en-us"
        written = (pinyin or text).replace("[[", "[ [")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "spoken.wav"
            _run([_ESPEAK, "-v", voice, "--stdin", "-w", str(path)], written.encode())
            if not path.is_file():
                raise DeckgenError(f'{_ESPEAK} made no sound of "{text}"')
            return Recording(path.read_bytes(), "wav")


class EspeakMp3(Espeak):
    """espeak-ng with its recordings packed by LAME, to about a tenth of their size."""

    name = f"{_ESPEAK} mp3"

    def __init__(self) -> None:
        super().__init__()
        lame = _run([_LAME, "--version"]).decode("utf-8", "replace").splitlines()[:1]
        self.version += f" {' '.join(lame)}"

    def speak(self, text: str, pinyin: str | None, language: Language) -> Recording:
        """Speak a text into an MP3 file of 32 kbit/s."""
        spoken = super().speak(text, pinyin, language)
        command = [_LAME, "--quiet", "-t", "-b", "32", "-", "-"]
        return Recording(_run(command, spoken.data), "mp3")


BUILT_IN: Mapping[str, Callable[[], Voice]] = {"espeak": Espeak, "espeak-mp3": EspeakMp3}
"""The engines that deckgen brings, by the names that `--engine` takes."""


def attach(engine: str) -> Voice:
    """Return an engine by its name; raises DeckgenError where it is unknown or missing."""
    plugged = {point.name: point for point in entry_points(group=GROUP)}
    names = sorted({*BUILT_IN, *plugged})
    if engine not in names:
        raise DeckgenError(
            f'no engine is called "{engine}"{did_you_mean(engine, names)}; '
            f"there are: {', '.join(names)}"
        )
    if engine in BUILT_IN:
        return BUILT_IN[engine]()
    try:
        voice: Voice = plugged[engine].load()()
    except DeckgenError:
        raise
    except Exception as error:  # a plug-in may raise anything
        raise DeckgenError(f'the engine "{engine}" can\'t be used: {error!r}') from error
    return voice


def record(voice: Voice, text: str, pinyin: str | None, language: Language) -> Recording:
    """Speak a text and check what came of it; raises DeckgenError."""
    try:
        spoken = voice.speak(text, pinyin, language)
    except DeckgenError as error:
        raise DeckgenError(f'"{text}" can\'t be spoken: {error}') from error
    except Exception as error:  # a plug-in may raise anything
        raise DeckgenError(f'{voice.name} failed on "{text}": {error!r}') from error
    if not spoken.data or spoken.extension not in EXTENSIONS:
        made = f"{len(spoken.data)} bytes of a .{spoken.extension} file"
        raise DeckgenError(f'{voice.name} failed on "{text}": it gave {made}')
    return spoken


def _run(command: list[str], given: bytes = b"") -> bytes:
    """Run a program and return its output; raises DeckgenError with the way out."""
    program = command[0]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=_SECONDS)
    except FileNotFoundError:
        raise DeckgenError(
            f'{program} is not installed: install it ("apt install {program}"), or name another '
            "engine with --engine"
        ) from None
    except subprocess.TimeoutExpired:
        raise DeckgenError(f"{program} did not end within {_SECONDS} seconds") from None
    except OSError as error:
        raise DeckgenError(f"{program} can't be run ({error.strerror})") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise DeckgenError(f"{program} failed with exit code {done.returncode}: {said}")
    return done.stdout
