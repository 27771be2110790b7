"""Known words from lists, packages and collections."""

from pathlib import Path

import pytest
from anki.collection import Collection

from deckgen.known import read_known
from deckgen.lock import Lock
from deckgen.problems import DeckgenError
from tests import projects, test_package
from tests.anki.learner import Learner


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "a.txt",
            "\ufeff网络\r\n模型\tmodel\n# a note\n神经[shén jīng]\n",
            {"网络", "模型", "神经"},
        ),
        ("a.csv", "English,Hanzi\nnetwork,网络\nmodel,<b>模型</b>\n", {"网络", "模型"}),
        ("a.tsv", "网络\tnetwork\n模型\tmodel\n", {"网络", "模型"}),
        ("a.txt", "", set()),
    ],
)
def test_words_are_read_from_lists(tmp_path: Path, name: str, text: str, words: set[str]) -> None:
    assert read_known(write(tmp_path, name, text), 21) == words


def test_a_column_can_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "Mine,Hanzi\n数据,网络\n")
    assert read_known(path, 21, "mine") == {"数据"}
    with pytest.raises(DeckgenError, match="no column"):
        read_known(path, 21, "other")


def test_of_a_collection_mature_cards_count_and_nothing_is_written(tmp_path: Path) -> None:
    test_package.write(tmp_path / "a.apkg", Lock())
    path = tmp_path / "collection.anki2"
    collection = Collection(str(path))
    try:
        learner = Learner(collection)
        learner.imports(tmp_path / "a.apkg")
        rows = collection.db.all("select id, sfld from notes where sfld in ('网络', '模型')")
        for id, word in rows:
            days = 40 if word == "网络" else 5
            collection.db.execute("update cards set ivl = ? where nid = ?", days, id)
    finally:
        collection.close()
    before = path.read_bytes()
    assert read_known(path, 21) == {"网络"}
    assert read_known(path, 3) == {"网络", "模型"}
    assert path.read_bytes() == before
    assert "模型" in read_known(tmp_path / "a.apkg", 21), "nothing in a fresh package is studied"


@pytest.mark.parametrize("name", ["x.anki2", "x.apkg", "x.txt"])
def test_what_cannot_be_read_is_one_message(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(DeckgenError):
        read_known(path, 21)
    path.write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(DeckgenError):
        read_known(path, 21)


def test_what_is_known_is_dropped_or_comes_last(tmp_path: Path) -> None:
    root = projects.make(tmp_path)
    write(root, "known.txt", "网络\n")
    assert "term/network" not in projects.run(root, "list", "all", "--known", "known.txt").stdout
    recipe = projects.RECIPE + "known: {files: [known.txt], then: last}\n"
    write(root / "decks", "all.yaml", recipe)
    listed = projects.run(root, "list", "all").stdout.splitlines()
    assert "term/network" in listed[-1]
    write(root / "decks", "all.yaml", recipe.replace("known.txt", "../known.txt"))
    refused = projects.run(root, "list", "all")
    assert refused.returncode == 2
    assert "leads out of the project" in refused.stderr
