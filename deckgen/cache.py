"""What is slow to compute from installed data, kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

_LOG = logging.getLogger(__name__)
_DIGEST_SIZE = 16


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
