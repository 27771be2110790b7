from __future__ import annotations

from pathlib import Path

import pytest
from anki.collection import Collection

from deckgen import cards, notes, rendering
from deckgen.notetypes import NoteType
from deckgen.problems import Read
from deckgen.recipe import Cards, Recipe, Theme
from tests import ankicollection, samples

TEMPLATES = Path(__file__).parent.parent / "templates"
RECIPES = {
    "default": Recipe("Everything", "…"),
    "taiwan": Recipe(
        "Traditional",
        "…",
        cards=Cards(("recognise",), ("question", "cloze"), ("read",)),
        theme=Theme("pleco", "traditional", "bopomofo"),
        labels="zh",
        edition="tw",
    ),
}
HOSTILE = (
    "<script>alert(1)</script>",
    "{{FrontSide}} {{Hanzi}} {{#ID}}",
    "[sound:x.mp3] [anki:play:q:0] [latex]x[/latex]",
    "javascript:alert(1)",
    "a" * 5000,
    "\u202ertl\u200f שלום",
    "🤖👩🏽‍🔬 𠀀𠮷 &amp; &lt;b&gt; \"quoted\" 'single' \\1",
    "\x00\x1f\ud800 x",
    "{{c1::a::b}} }} ::",
)


@pytest.fixture(scope="module", params=sorted(RECIPES))
def recipe(request: pytest.FixtureRequest) -> Recipe:
    return RECIPES[request.param]


@pytest.fixture(scope="module")
def types(recipe: Recipe) -> tuple[NoteType, ...]:
    loaded: Read[tuple[NoteType, ...]] = cards.load([TEMPLATES], recipe)
    assert loaded.problems == ()
    return loaded.value


@pytest.fixture(scope="module")
def opened(types: tuple[NoteType, ...], tmp_path_factory: pytest.TempPathFactory) -> Collection:
    with ankicollection.collection(tmp_path_factory.mktemp("anki"), types) as made:
        yield made


@pytest.mark.parametrize("items", [samples.ITEMS, *map(samples.hostile, HOSTILE)])
def test_every_card_renders_as_in_anki(
    items: object, recipe: Recipe, types: tuple[NoteType, ...], opened: Collection
) -> None:
    for note in notes.build(items, recipe, "test"):
        type_ = next(t for t in types if t.key == note.notetype)
        fields = dict(zip(type_.field_names, note.fields, strict=True))
        made = ankicollection.add(opened, note, types)
        assert tuple(card.ord for card in made) == note.cards
        for card in made:
            template = type_.templates[0 if type_.cloze else card.ord]
            front, back = rendering.render(template.front, template.back, fields, ord=card.ord)
            theirs = card.render_output()
            assert front.html == theirs.question_text
            assert back.html == theirs.answer_text
            assert "{{" not in back.html
            spoken = [(tag.field_text, tag.lang) for tag in theirs.question_av_tags]
            assert [(sound.text, sound.lang) for sound in front.sounds] == spoken
