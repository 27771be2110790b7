"""The documentation tells what is so."""

import ast
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml

from deckgen.cli import COMMANDS
from deckgen.recipe import Recipe
from tools import docs

ROOT = Path(__file__).parent.parent
IMPORTED_AS = {"bs4": "beautifulsoup4", "yaml": "pyyaml"}


def test_the_command_reference_is_that_of_the_commands() -> None:
    written = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert written == "\n".join(docs.commands()).rstrip() + "\n", "run make docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_line_and_help(name: str) -> None:
    assert COMMANDS[name].endswith(".")
    assert f"## deckgen {name}\n" in (ROOT / "docs/commands.md").read_text(encoding="utf-8")


def test_links_between_pages_lead_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")):
        for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_recipe_in_the_guide_has_every_key() -> None:
    guide = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
    example = yaml.safe_load(guide.partition("```yaml\n")[2].partition("```")[0])
    assert example.keys() == set(Recipe.__dataclass_fields__) - {"name", "location"}


def test_every_import_is_a_declared_dependency_with_a_line_in_the_docs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {re.match(r"[\w-]+", d)[0].lower() for d in project["project"]["dependencies"]}  # type: ignore[index]
    known = metadata.packages_distributions()
    used = set()
    for path in ROOT.glob("deckgen/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and not node.level
                else []
            )
            used |= {name.partition(".")[0] for name in names}
    packages = {IMPORTED_AS.get(n, n.replace("_", "-").lower()) for n in used if n in known}
    packages.discard("deckgen-zh")
    assert packages - {"deckgen"} <= declared
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    assert {name for name in declared if name not in page} == set()
