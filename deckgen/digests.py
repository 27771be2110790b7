"""Digests by which a later build, or a learner's collection, is compared with an earlier one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest(parts: Iterable[str]) -> str:
    """Digest texts, each with its length, to sixteen hexadecimal digits (64 bits of SHA-256)."""
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    whole = b"".join(len(raw).to_bytes(8, "big") + raw for raw in encoded)
    return hashlib.sha256(whole).hexdigest()[:16]


def each(fields: Iterable[str]) -> str:
    """Return four hexadecimal digits for each field, in the order of the fields."""
    return "".join(digest([value])[:4] for value in fields)
