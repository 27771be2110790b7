"""What is slow to compute from installed data, kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from platformdirs import user_cache_path

_LOG = logging.getLogger(__name__)
_DIGEST_SIZE = 16
_VERSIONS = 3
"""How many versions of a file are kept, for as many deckgens side by side."""
_MOST_IDLE = 8
"""How many values are kept for each one in use."""


def compiled(name: str, version: str, build: Callable[[], bytes]) -> bytes:
    """Return what `build` returned the first time it was called for this name and version.

    The bytes stand in the user's cache behind their own digest, and a damaged file is built anew.
    Where nothing can be written, they are built each time, with a warning.
    """
    folder = user_cache_path("deckgen")
    file = folder / f"{name}-{_digest(version.encode()).hex()}"
    body = _read(file)
    if body is not None:
        _use(file)
        return body
    from filelock import FileLock  # once in a dictionary's life

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{name}.lock"):
            body = _read(file)
            if body is None:
                body = _built(name, build)
                _write(file, body)
                _forget(folder.glob(f"{name}-*"))
    except OSError as error:
        _LOG.warning("%s can't be kept and is compiled at each start: %s", name, error)
        return _built(name, build) if body is None else body
    return body


def _built(name: str, build: Callable[[], bytes]) -> bytes:
    _LOG.info("compiling %s, once", name, extra={"compiling": name})
    try:
        return build()
    finally:
        _LOG.debug("compiled %s", name, extra={"compiling": None})


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_SIZE).digest()


def _sealed(body: bytes) -> bytes:
    return _digest(body) + body


def _opened(data: bytes) -> bytes | None:
    """Return what was sealed, or None where it is damaged."""
    body = data[_DIGEST_SIZE:]
    return body if data[:_DIGEST_SIZE] == _digest(body) else None


def _read(file: Path) -> bytes | None:
    try:
        return _opened(file.read_bytes())
    except OSError:
        return None


def _write(file: Path, body: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".compiling-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(_sealed(body))
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _use(file: Path) -> None:
    """Mark a file as the last used."""
    with suppress(OSError):
        os.utime(file)


def _forget(versions: Iterable[Path]) -> None:
    """Delete all but the versions last used."""
    used = sorted(((file.stat().st_mtime_ns, file) for file in versions), reverse=True)
    for _, file in used[_VERSIONS:]:
        file.unlink(missing_ok=True)


class Kept:
    """Values computed before, by key, in one file of the user's cache for each name and version.

    Nothing depends on it but time: a file or value that is damaged, locked or can't be written is
    done without.
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
        _use(self._file)
        try:
            with closing(sqlite3.connect(self._file, timeout=1)) as connection:
                rows = connection.execute("SELECT key, value FROM kept")
                found = ((key, _opened(sealed)) for key, sealed in rows if key in wanted)
                return {key: value for key, value in found if value is not None}
        except sqlite3.OperationalError:
            return {}
        except (sqlite3.DatabaseError, TypeError):
            self._file.unlink(missing_ok=True)
            return {}

    def keep(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values, and forget those that were not asked for where they are the most."""
        if not values:
            return
        self._used |= values.keys()
        rows = [(key, _sealed(value)) for key, value in values.items()]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=1)) as connection, connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value)")
                connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
                (count,) = connection.execute("SELECT count(*) FROM kept").fetchone()
                if count > _MOST_IDLE * len(self._used):
                    keys = [key for (key,) in connection.execute("SELECT key FROM kept")]
                    idle = [(key,) for key in keys if key not in self._used]
                    connection.executemany("DELETE FROM kept WHERE key = ?", idle)
            _forget(self._file.parent.glob(f"{self._name}-*.db"))
        except (sqlite3.DatabaseError, OSError) as error:
            _LOG.debug("%s can't be kept: %s", self._name, error)
