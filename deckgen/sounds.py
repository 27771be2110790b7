"""The recordings of a project: files in its `voice/` folder, and the media of its packages.

A file is named by what it says and in which voice, so that what is there is not made again. In a
package it is named by its content, so that changed bytes get a new name, as Anki needs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from deckgen import digests
from deckgen.files import write_atomically
from deckgen.problems import DeckgenError
from deckgen.speech import Utterance
from deckgen.voices import EXTENSIONS, Recording, Voice

_CHOSEN = "voices.json"


class Recordings:
    """The recordings in a folder, and the voice that was last chosen for each language."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = {
            path.stem: path
            for path in sorted(folder.glob("*"))
            if path.suffix[1:] in EXTENSIONS and path.name[:1] != "."
        }
        self.chosen = _chosen(folder / _CHOSEN)

    def choose(self, language: str, voice: Voice) -> None:
        """Have builds take this voice's recordings of a language from now on."""
        chosen = {**self.chosen, language: f"{voice.name} {voice.version}"}
        if chosen != self.chosen:
            self.chosen = chosen
            written = json.dumps(chosen, indent=1, sort_keys=True, ensure_ascii=False)
            write_atomically(self.folder / _CHOSEN, f"{written}\n".encode())

    def find(self, said: Utterance) -> Path | None:
        """Return the file in which the chosen voice says this, if there is one."""
        return self.files.get(self._key(said))

    def add(self, said: Utterance, recording: Recording) -> Path:
        """Keep a recording in the chosen voice; raises DeckgenError where it can't be written."""
        path = self.folder / f"{self._key(said)}.{recording.extension}"
        write_atomically(path, recording.data)
        self.files[path.stem] = path
        return path

    def _key(self, said: Utterance) -> str:
        voice = self.chosen.get(said.language, "")
        return digests.digest([said.text, said.pinyin or "", said.language, voice])


class Media(Mapping[str, bytes]):
    """Files by the names that they have in a package; their bytes are read when asked for.

    Without recordings there are none, and none is missing.
    """

    def __init__(self, recordings: Recordings | None) -> None:
        self.recordings = recordings
        self.paths: dict[str, Path] = {}
        self.missing: set[Utterance] = set()

    def name(self, said: Utterance) -> str | None:
        """Return the name of the recording of an utterance; what has none counts as missing."""
        if self.recordings is None:
            return None
        path = self.recordings.find(said)
        if path is None:
            self.missing.add(said)
            return None
        name = f"deckgen-{hashlib.sha256(_bytes(path)).hexdigest()[:32]}{path.suffix}"
        self.paths.setdefault(name, path)
        return name

    def __getitem__(self, name: str) -> bytes:
        return _bytes(self.paths[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DeckgenError(f"{path} can't be read ({error.strerror}): delete it") from None


def _chosen(path: Path) -> dict[str, str]:
    try:
        chosen = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        chosen = None
    if not isinstance(chosen, dict) or not all(isinstance(v, str) for v in chosen.values()):
        raise DeckgenError(f'{path} can\'t be read: delete it, then run "deckgen voice" again')
    return chosen
