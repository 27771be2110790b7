from __future__ import annotations

import re
from pathlib import Path

import pytest

from deckgen import cards, rendering
from deckgen.palettes import PALETTES
from deckgen.problems import Problem
from deckgen.recipe import Recipe, Theme

BUNDLED = Path(__file__).parent.parent / "templates"
RECIPE = Recipe("Everything", "…")


def problems(folder: Path, recipe: Recipe = RECIPE) -> tuple[Problem, ...]:
    return cards.load([folder, BUNDLED], recipe).problems


@pytest.fixture
def own(tmp_path: Path) -> Path:
    for name in ("term", "claim", "cloze", "sentence"):
        (tmp_path / "templates" / name).mkdir(parents=True)
    return tmp_path / "templates"


@pytest.mark.parametrize("palette", sorted(PALETTES))
@pytest.mark.parametrize("labels", ["en", "zh"])
def test_the_bundled_templates_are_sound_in_every_look(palette: str, labels: str) -> None:
    theme = Theme(palette, "traditional", "bopomofo", True)  # type: ignore[arg-type]
    got = cards.load([BUNDLED], Recipe("x", "…", theme=theme, labels=labels))  # type: ignore[arg-type]
    assert got.problems == ()
    for type_ in got.value:
        assert len({t.front for t in type_.templates}) == len(type_.templates)
        assert "http" not in type_.css and "@import" not in type_.css and "url(" not in type_.css
        for template in type_.templates:
            assert not re.search(r"\[\[|\[%|\[#|https?:", template.front + template.back)


def test_a_spare_template_gives_no_card_until_its_switch_is_filled() -> None:
    for type_ in cards.load([BUNDLED], RECIPE).value:
        filled = frozenset(n for n in type_.field_names if not n.startswith("Spare"))
        for template in type_.templates:
            front = rendering.parse(template.front)
            assert rendering.makes_card(front, filled) == (not template.name.startswith("Spare"))
            assert rendering.makes_card(front, filled | {"Spare Card 1", "Spare Card 2"})


def test_a_switch_field_alone_decides_about_its_card() -> None:
    (term, *_) = cards.load([BUNDLED], RECIPE).value
    for template, switch in zip(term.templates, (None, "Produce", "Listen"), strict=False):
        filled = frozenset(term.field_names) - {"Produce", "Listen"}
        front = rendering.parse(template.front)
        assert rendering.makes_card(front, filled) == (switch is None)
        assert rendering.makes_card(front, filled | {switch or ""})


def test_a_projects_file_goes_before_the_bundled_one(own: Path) -> None:
    (own / "term" / "produce.front.html.j2").write_text("{{#Produce}}{{English}}!{{/Produce}}")
    (own / "deckgen.css.j2").write_text(".mine { color: red }")
    term = cards.load([own, BUNDLED], RECIPE).value[0]
    assert term.templates[1].front == "{{#Produce}}{{English}}!{{/Produce}}\n"
    assert term.css == ".mine { color: red }\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{{Hanzi}}\n[% if %]", 2, "Expected an expression"),
        ("{{Hanzi}}\n[% if theme %]", 0, "Unexpected end of template"),
        ("{{Hanzi}}\n\n[[ colour ]]", 3, "'colour' is undefined"),
        ("{{Hanzi}}\n{{Hanzy}}", 2, 'Deckgen Term has no field "Hanzy" (did you mean "Hanzi"?)'),
        ("{{Hanzi}}\n{{#Level}}", 2, "{{#Level}} is never closed"),
        ("{{Hanzi}}\n{{/Level}}", 2, "{{/Level}} closes nothing"),
        ("{{#Hanzi}}{{Hanzi}}\n{{/Level}}", 2, "{{/Level}} closes nothing; {{#Hanzi}} is open"),
        ("{{Hanzi}}\n{{Hanzi", 2, '"{{" is never closed by "}}"'),
        ("{{Hanzi}}\n{{furigna:Ruby}}", 2, 'Anki has no filter "furigna"'),
        ("{{Hanzi}}\n{{FrontSide}}", 2, 'Deckgen Term has no field "FrontSide"'),
        ("nothing", 0, "a front must show at least one field"),
        ("{{Hanzi}}\n[[ ''.__class__.__mro__ ]]", 2, "access to attribute '__class__'"),
        ("{{Hanzi}}\n[[ 1 // 0 ]]", 2, "integer division or modulo by zero"),
        ('{{Hanzi}}\n[% include "gone.j2" %]', 0, "no template is called gone.j2"),
    ],
)
def test_a_broken_template_is_a_located_problem(own: Path, text: str, line: int, said: str) -> None:
    (own / "term" / "recognise.front.html.j2").write_text(text, encoding="utf-8")
    (problem,) = problems(own)
    assert problem.location.path == "templates/term/recognise.front.html.j2"
    assert said in problem.message
    if line:
        assert problem.location.line == line


def test_every_broken_template_is_named_not_only_the_first(own: Path) -> None:
    (own / "deckgen.css.j2").write_text("[% for %]")
    (own / "term" / "listen.back.html.j2").write_bytes(b"\xff\xfe\x00")
    (own / "claim" / "question.back.html.j2").write_text("{{Nope}}")
    assert [p.location.path for p in problems(own)] == [
        "templates/claim/question.back.html.j2",
        "templates/deckgen.css.j2",
        "templates/term/listen.back.html.j2",
    ]


def test_two_fronts_that_are_the_same_are_a_problem_as_in_anki(own: Path) -> None:
    for name in ("recognise", "produce"):
        (own / "term" / f"{name}.front.html.j2").write_text("{{Hanzi}}")
    assert [p.location.path for p in problems(own)] == ["templates/term/produce.front.html.j2"]


def test_a_cloze_front_needs_a_cloze(own: Path) -> None:
    (own / "cloze" / "cloze.front.html.j2").write_text("{{Text}}")
    (problem,) = problems(own)
    assert "{{cloze:Text}}" in problem.message


def test_the_page_on_cards_names_every_field_and_pictures_every_card_type() -> None:
    page = (BUNDLED.parent / "docs" / "cards.md").read_text(encoding="utf-8")
    for type_ in cards.load([BUNDLED], RECIPE).value:
        for name in type_.field_names:
            assert name.startswith("Spare") or re.search(rf"[|,] {name}[ ,]", page), name
        for template in type_.templates:
            if not template.name.startswith("Spare"):
                assert f"images/{type_.key}-{template.name.lower()}.png" in page


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours(css: str) -> tuple[dict[str, str], dict[str, str]]:
    day, night = re.split(r"\.card\.nightMode", css, maxsplit=1)
    found = r"--(\w+): (#[0-9a-f]{6});"
    return dict(re.findall(found, day)), dict(re.findall(found, night))


@pytest.mark.parametrize("palette", sorted(PALETTES))
def test_text_and_tones_have_a_contrast_of_4_5_by_day_and_night(palette: str) -> None:
    recipe = Recipe("x", "…", theme=Theme(palette))  # type: ignore[arg-type]
    for mode in colours(cards.load([BUNDLED], recipe).value[0].css):
        texts = {name for name in mode if name.startswith("tone")}
        assert len(texts) == (0 if palette == "none" else 5)
        for name in texts | {"ink", "quiet", "accent", "warn"}:
            for background in ("page", "panel"):
                assert contrast(mode[name], mode[background]) >= 4.5, (name, background)
        assert contrast(mode["ink"], mode["mark"]) >= 4.5


def test_tones_differ_within_each_palette() -> None:
    for tones in filter(None, PALETTES.values()):
        assert len(set(tones.light)) == len(set(tones.dark)) == 5
