"""What is slow to compute from installed data, kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

_LOG = logging.getLogger(__name__)
_DIGEST_SIZE = 16
_MOST_IDLE = 8
"""How many values are kept for each one in use."""


def compiled(name: str, version: str, build: Callable[[], bytes]) -> bytes:
    """Return what `build` returned the first time it was called for this name and version.

    The bytes stand in the user's cache behind their own digest: a damaged file is built anew, and
    so is another version's. Where nothing can be written, they are built each time.
    """
    folder = user_cache_path("deckgen")
    file = folder / f"{name}-{_digest(version.encode()).hex()}"
    body = _read(file)
    if body is not None:
        return body
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{name}.lock"):
            body = _read(file)
            if body is None:
                _LOG.info("compiling %s, once", name)
                body = build()
                _write(file, body)
                for old in folder.glob(f"{name}-*"):
                    if old != file:
                        old.unlink(missing_ok=True)
    except OSError as error:
        _LOG.debug("%s can't be kept: %s", name, error)
        return build() if body is None else body
    return body


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest()


def _read(file: Path) -> bytes | None:
    try:
        data = file.read_bytes()
    except OSError:
        return None
    body = data[_DIGEST_SIZE:]
    return body if data[:_DIGEST_SIZE] == _digest(body) else None


def _write(file: Path, body: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".compiling-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(_digest(body) + body)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


class Kept:
    """Values computed before, by key, in one file of the user's cache for each name and version.

    Nothing depends on it but time: a file that is damaged, locked or can't be written is done
    without, and other versions' files are removed.
    """

    def __init__(self, name: str, version: str) -> None:
        self._used: set[bytes] = set()
        self._file = user_cache_path("deckgen") / f"{name}-{_digest(version.encode()).hex()}.db"
        self._name = name

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the values of those keys that are kept."""
        wanted = set(keys)
        self._used |= wanted
        if not self._file.exists():
            return {}
        try:
            with closing(sqlite3.connect(self._file, timeout=1)) as connection:
                rows = connection.execute("SELECT key, value FROM kept")
                return {key: value for key, value in rows if key in wanted}
        except sqlite3.DatabaseError:
            self._file.unlink(missing_ok=True)
            return {}

    def keep(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values, and forget those that were not asked for where they are the most."""
        if not values:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            for old in self._file.parent.glob(f"{self._name}-*.db"):
                if old != self._file:
                    old.unlink(missing_ok=True)
            with closing(sqlite3.connect(self._file, timeout=1)) as connection, connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value)")
                connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", values.items())
                (count,) = connection.execute("SELECT count(*) FROM kept").fetchone()
                if count > _MOST_IDLE * len(self._used):
                    keys = [key for (key,) in connection.execute("SELECT key FROM kept")]
                    idle = [(key,) for key in keys if key not in self._used]
                    connection.executemany("DELETE FROM kept WHERE key = ?", idle)
        except (sqlite3.DatabaseError, OSError) as error:
            _LOG.debug("%s can't be kept: %s", self._name, error)
