"""The wheel, installed in a clean environment without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_it_carries_templates_content_and_recipes_but_no_built_deck(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    bundled = {name.split("/")[2] for name in names if name.startswith("deckgen/_bundled/")}
    assert bundled == {"templates", "content", "decks", "deckgen.yaml"}
    assert not [name for name in names if name.endswith((".apkg", ".building"))]
    assert wheel.name.startswith("deckgen_zh-")


def test_a_new_user_gets_decks_with_three_commands(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "environment"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    constraints = str(ROOT / "constraints.txt")
    install = [python, "-m", "pip", "install", "-q", "-c", constraints, wheel]
    subprocess.run(install, check=True, capture_output=True)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}

    def deckgen(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [place / "bin" / "deckgen", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    made = deckgen("init", "demo", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    built = deckgen("build", folder=tmp_path / "demo")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "demo/decks/everything.apkg").stat().st_size > 100_000
    again = deckgen("init", "demo", folder=tmp_path)
    assert again.returncode == 2
    assert "not an empty folder" in again.stderr
