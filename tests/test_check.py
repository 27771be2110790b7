"""`deckgen check` on projects, with what other programs rely on."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deckgen.cli import deckgen

SOURCES = """\
schema: 1
sources:
  - id: talk
    title: {en: A talk, zh: 一次谈话}
    deck: A Talk
    language: en
    date: 2024-09-05
    people: [{id: guest, name: {en: Guest, zh: 嘉宾}}]
    chapters: [{id: trade, title: {en: Trade, zh: 贸易}, start: 0:00}]
"""
CLAIMS = """\
schema: 1
claims:
  - id: tariff
    speaker: guest
    statement: {zh: 关税抬高了进口货物的价格。, en: A tariff raises the price of imports.}
    question:
      zh: 关税会怎样改变进口货物的价格？
      en: How does it change the price of imports?
    answer: {zh: 价格上升, en: The price rises.}
    stance: fact
    as_of: 2024-09
    evidence: [{source: talk, chapter: trade, speaker: guest, time: "0:10", keywords: [关税]}]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "decks").mkdir()
    (tmp_path / "deckgen.yaml").write_text("schema: 1\nnamespace: test\n", "utf-8")
    (tmp_path / "content" / "sources.yaml").write_text(SOURCES, "utf-8")
    (tmp_path / "content" / "claims.yaml").write_text(CLAIMS, "utf-8")
    recipe = "schema: 1\ntitle: All\ndescription: All of it.\n"
    (tmp_path / "decks" / "all.yaml").write_text(recipe, "utf-8")
    return tmp_path


def run(project: Path, *options: str) -> Result:
    return CliRunner().invoke(deckgen, ["check", "--project", str(project), *options])


def test_json_tells_the_place_of_the_value(project: Path) -> None:
    result = run(project, "--format", "json")
    assert result.exit_code == 0
    (problem,) = json.loads(result.stdout)["problems"]
    assert (problem["path"], problem["line"], problem["column"]) == ("content/claims.yaml", 8, 11)
    assert (problem["severity"], problem["code"]) == ("warning", "L13")


def test_strict_makes_warnings_count(project: Path) -> None:
    assert run(project, "--strict").exit_code == 1


def test_text_shows_the_line_and_points_into_it(project: Path) -> None:
    lines = run(project).stdout.splitlines()
    assert lines[0].startswith("content/claims.yaml:8:11: warning: claim/tariff: ")
    assert lines[1].strip() == "en: How does it change the price of imports?"
    assert lines[2] == " " * 12 + "^"


def test_github_annotations_are_escaped(project: Path) -> None:
    result = run(project, "--format", "github")
    assert result.stdout.startswith(
        "::warning file=content/claims.yaml,line=8,col=11,title=L13::claim/tariff: question.en: "
    )


def test_the_project_sets_levels_and_is_told_of_unknown_checks(project: Path) -> None:
    settings = project / "deckgen.yaml"
    settings.write_text("schema: 1\nnamespace: test\nlint: {levels: {L13: off}}\n", "utf-8")
    assert json.loads(run(project, "--format", "json").stdout) == {"problems": []}
    settings.write_text("schema: 1\nnamespace: test\nlint: {levels: {L99: off}}\n", "utf-8")
    assert "unknown-check" in run(project).stdout


def test_waivers_are_read_from_the_content(project: Path) -> None:
    claims = project / "content" / "claims.yaml"
    claims.write_text(CLAIMS + "    waive: [{check: L13, reason: said before}]\n", "utf-8")
    assert run(project, "--strict").exit_code == 0
    claims.write_text(CLAIMS + "    waive: [{check: L16, reason: said before}]\n", "utf-8")
    assert "[stale-waiver]" in run(project, "--strict").stdout


def test_broken_content_is_told_together_with_the_findings(project: Path) -> None:
    (project / "content" / "more.yaml").write_text("schema: 1\nclaims: [{id: x}]\n", "utf-8")
    codes = [p["code"] for p in json.loads(run(project, "--format", "json").stdout)["problems"]]
    assert "missing-key" in codes and "L13" in codes


def test_a_side_that_shows_nothing_is_an_error(project: Path) -> None:
    templates = project / "templates" / "claim"
    templates.mkdir(parents=True)
    for shipped in (Path(__file__).parent.parent / "templates" / "claim").glob("*.j2"):
        shutil.copy(shipped, templates)
    (front,) = templates.glob("*front*")
    front.write_text("{{#Question}}{{Caution}}{{/Question}}", "utf-8")
    result = run(project)
    assert result.exit_code == 1 and "shows nothing [L05]" in result.stdout


def test_explain_tells_of_one_check() -> None:
    result = CliRunner().invoke(deckgen, ["check", "--explain", "L13"])
    assert result.exit_code == 0 and "orphan pronoun" in result.stdout
    assert CliRunner().invoke(deckgen, ["check", "--explain", "L99"]).exit_code == 2


def test_no_project_is_wrong_use(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code != 0
