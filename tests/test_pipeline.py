"""Whole builds: what changes, what bad input says, and that nothing is ever half-written."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deckgen import files, package, pipeline
from deckgen.problems import DeckgenError
from tests import projects


def changes(report: pipeline.Report) -> dict[str, int]:
    (built,) = report.decks
    names = ("new", "changed", "unchanged", "gone")
    return {name: len(getattr(built.deck.changes, name)) for name in names}


def test_a_build_says_what_changed_since_the_last(tmp_path: Path) -> None:
    root = projects.make(tmp_path)
    assert changes(pipeline.build(root)) == {"new": 5, "changed": 0, "unchanged": 0, "gone": 0}
    first = (root / "decks/all.apkg").read_bytes()
    assert changes(pipeline.build(root))["unchanged"] == 5
    assert (root / "decks/all.apkg").read_bytes() == first
    pairs = root / "content/pairs.yaml"
    pairs.write_text(projects.PAIRS.replace("is large", "is big"), encoding="utf-8")
    assert changes(pipeline.build(root))["changed"] == 2, (
        "the sentence, and the term it exemplifies"
    )
    pairs.write_text("schema: 1\n", encoding="utf-8")
    assert changes(pipeline.build(root))["gone"] == 1


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    root = projects.make(tmp_path)
    before = sorted(root.rglob("*"))
    assert changes(pipeline.build(root, dry_run=True))["new"] == 5
    assert sorted(root.rglob("*")) == before


def test_a_dry_run_tells_field_by_field_what_would_change(tmp_path: Path) -> None:
    root = projects.make(tmp_path)
    assert "new      term/network" in projects.run(root, "build", "--dry-run").stdout
    projects.run(root, "build")
    pairs = projects.PAIRS.replace("is large", "is big")
    (root / "content/pairs.yaml").write_text(pairs, encoding="utf-8")
    (root / "content/claims.yaml").unlink()
    told = projects.run(root, "build", "--dry-run").stdout
    assert "changed  pair/big-network" in told
    assert "- This network is large." in told
    assert "+ This network is big." in told
    assert "gone     claim/ten-years" in told
    assert '"ID:claim/ten-years"' in told
    (root / "decks/all.apkg").unlink()
    from_lock = projects.run(root, "build", "--dry-run").stdout
    assert "changed  pair/big-network\n           English" in from_lock


def test_a_filter_selects_notes_and_moves_none_to_another_deck(tmp_path: Path) -> None:
    root = projects.make(tmp_path)
    (whole,) = pipeline.build(root).decks
    (part,) = pipeline.build(root, filter="kind:term").decks
    homes = {n.guid: n.deck for n in whole.deck.notes}
    assert len(part.deck.notes) == 2
    assert all(homes[n.guid] == n.deck for n in part.deck.notes)


def test_bytes_do_not_depend_on_folder_hash_seed_or_time_zone(tmp_path: Path) -> None:
    built = []
    for name, seed, zone in (("one", "1", "Asia/Shanghai"), ("another", "2", "America/New_York")):
        root = projects.make(tmp_path / name)
        done = projects.run(
            root, "build", PYTHONHASHSEED=seed, TZ=zone, SOURCE_DATE_EPOCH="1700000000"
        )
        assert done.returncode == 0, done.stderr
        built.append(
            ((root / "decks/all.apkg").read_bytes(), (root / "decks/deckgen.lock").read_bytes())
        )
    assert built[0] == built[1]


def test_json_is_one_value_with_the_promised_keys(tmp_path: Path) -> None:
    done = projects.run(projects.make(tmp_path), "build", "--format", "json")
    value = json.loads(done.stdout)
    (deck,) = value["decks"]
    assert deck.keys() >= {
        "recipe",
        "path",
        "notes",
        "cards",
        "new",
        "changed",
        "unchanged",
        "gone",
    }
    assert (deck["recipe"], deck["notes"], deck["new"]) == ("all", 5, 5)
    assert value["problems"] == []


@pytest.mark.parametrize(
    ("name", "text", "code", "said"),
    [
        ("content/terms.yaml", "terms: [", 1, "not valid YAML"),
        ("content/terms.yaml", "", 1, "the file is empty"),
        ("content/terms.yaml", "schema: 1\nterms: 5\n", 1, "content/terms.yaml:2:8"),
        ("content/terms.yaml", projects.TERMS.replace("source: talk", "source: x"), 1, "no source"),
        ("decks/all.yaml", projects.RECIPE + "filter: knd:term\n", 1, 'did you mean "kind"?'),
        ("decks/all.yaml", projects.RECIPE + "kinds: [trm]\n", 1, "did you mean"),
        ("deckgen.yaml", "schema: 1\n", 1, 'the key "namespace" is missing'),
        ("decks/deckgen.lock", "{", 2, "restore it from version control"),
        ("templates/term/recognise.front.html.j2", "[[ nothing ]]", 1, "templates/term"),
        ("templates/term/recognise.front.html.j2", "{{Nothing}}", 1, "Nothing"),
    ],
)
def test_bad_input_is_located_and_earlier_files_stay(
    tmp_path: Path, name: str, text: str, code: int, said: str
) -> None:
    root = projects.make(tmp_path)
    assert projects.run(root, "build").returncode == 0
    kept = {p: p.read_bytes() for p in sorted((root / "decks").glob("all.apkg"))}
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    done = projects.run(root, "build")
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert {p: p.read_bytes() for p in kept} == kept


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "al"], 'did you mean "all"?'),
        (["build", "--filter", "(a"], "never closed"),
        (["build", "--project", "nowhere"], "no deckgen project"),
        (["show", "decks/all.yaml"], "no Anki package"),
        (["show", "nowhere.apkg"], "No such file"),
        (["diff", "decks/all.yaml", "deckgen.yaml"], "no Anki package"),
        (["list", "all", "--why", "term/netwrk"], 'did you mean "term/network"?'),
    ],
)
def test_wrong_use_is_one_message_and_exit_code_2(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = projects.run(projects.make(tmp_path), *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_text_stays_text(tmp_path: Path) -> None:
    root = projects.make(tmp_path)
    hostile = projects.PAIRS.replace("This network", "<script>x</script> {{Hanzi}} network")
    (root / "content/pairs.yaml").write_text(hostile, encoding="utf-8")
    pipeline.build(root)
    fields = [f for n in package.read(root / "decks/all.apkg").notes for f in n.fields]
    assert any("&lt;script&gt;" in f for f in fields)
    assert not any("<script" in f for f in fields)


def test_a_full_disk_leaves_the_earlier_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = projects.make(tmp_path)
    pipeline.build(root)
    kept = {p: p.read_bytes() for p in sorted((root / "decks").iterdir())}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(package, "_zip", full)
    (root / "content/pairs.yaml").write_text(
        projects.PAIRS.replace("is large", "is big"), encoding="utf-8"
    )
    with pytest.raises(DeckgenError, match="No space left"):
        pipeline.build(root)
    assert {p: p.read_bytes() for p in sorted((root / "decks").iterdir())} == kept


def test_output_that_cannot_be_a_folder_is_said(tmp_path: Path) -> None:
    root = projects.make(tmp_path)
    done = projects.run(root, "build", "-o", "deckgen.yaml/sub")
    assert done.returncode == 2
    assert "can't be written" in done.stderr


def test_two_builds_at_once_leave_whole_files(tmp_path: Path) -> None:
    root = projects.make(tmp_path)
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        pool.map(pipeline.build, [root] * 6)
    assert len(package.read(root / "decks/all.apkg").notes) == 5
    assert changes(pipeline.build(root))["unchanged"] == 5


def test_killed_at_any_moment_the_files_are_whole(tmp_path: Path) -> None:
    root = projects.make(tmp_path)
    started = time.monotonic()
    pipeline.build(root)
    whole = time.monotonic() - started
    for step in range(8):
        (root / "content/pairs.yaml").write_text(
            projects.PAIRS.replace("is large", f"is {step}"), encoding="utf-8"
        )
        child = subprocess.Popen(
            [sys.executable, "-m", "deckgen", "build"],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(whole * (0.3 + step / 4))
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert len(package.read(root / "decks/all.apkg").notes) == 5
    assert pipeline.build(root).decks


def test_replacing_leaves_no_temporary_file_behind(tmp_path: Path) -> None:
    with pytest.raises(ValueError), files.replacing(tmp_path / "x") as temporary:
        temporary.write_text("half")
        raise ValueError
    assert list(tmp_path.iterdir()) == []
