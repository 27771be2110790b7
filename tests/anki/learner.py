"""An author who keeps rebuilding a deck, and a learner who keeps studying it in real Anki."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer

from deckgen import cards, lock, notes, package
from deckgen.annotation import Annotated
from deckgen.content import Text2
from deckgen.lock import Lock
from deckgen.notes import Note
from deckgen.notetypes import NoteType
from deckgen.ordering import order
from deckgen.recipe import Cards, Recipe, Theme
from deckgen.resources import bundled
from tests.items import claim, pair, term

RECIPE = Recipe("Talk", "A talk", name="talk", cards=Cards(("recognise",)))
START = 1_700_000_000
SCHEDULE = "c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses, c.left, c.flags, c.did"
RATINGS = (CardAnswer.EASY, CardAnswer.GOOD, CardAnswer.AGAIN)


@cache
def types_of(recipe: Recipe) -> tuple[NoteType, ...]:
    return cards.load([bundled("templates")], recipe).value


@dataclass
class Author:
    """Content that is edited, a recipe that is changed, and the lock between builds."""

    folder: Path
    items: dict[str, Annotated] = field(default_factory=dict)
    recipe: Recipe = field(default_factory=lambda: RECIPE)
    locked: Lock = field(default_factory=Lock)
    made: int = 0

    def add(self, kind: int) -> None:
        self.made += 1
        number, character = self.made, chr(0x4E00 + self.made)
        item: Annotated
        if kind == 0:
            item = term(f"t{number}", f"{character} 词", seconds=number)
        elif kind == 1:
            cloze = Text2(f"甲{{{{c1::{character}}}}}丙", "a {{c1::b}} c") if number % 2 else None
            item = claim(f"c{number}", f"谁 说 {character}", seconds=number, cloze=cloze)
        else:
            item = pair(f"p{number}", f"{character} 是 句子", seconds=number)
        self.items[item.item.key] = item

    def edit(self, key: str, number: int) -> None:
        item = self.items[key]
        changed: Any = replace(item.item, context=Text2(f"上下文{number}", f"context {number}"))
        self.items[key] = replace(item, item=changed)

    def build(self, now: int) -> tuple[Path, dict[str, Note]]:
        """Build the package; return its path and its notes by guid."""
        chosen = [i for i in self.items.values() if i.item.kind in self.recipe.kinds]
        made = notes.build(order(chosen, self.recipe.order).items, self.recipe, "test")
        types = types_of(self.recipe)
        assert not lock.schema_problems(self.locked, types, "deckgen.lock")
        deck, _ = lock.stamp(self.locked, "talk", made, types, now)
        self.locked = lock.parse(lock.text(Lock({"talk": deck})))
        path = self.folder / "talk.apkg"
        package.write(path, made, types, deck, "A talk")
        return path, {n.guid: n for n in made}


@dataclass
class Learner:
    """A profile of real Anki with default import options, and what was last imported by guid."""

    collection: Collection
    shipped: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def imports(self, path: Path) -> Any:
        options = ImportAnkiPackageOptions(
            merge_notetypes=False, with_scheduling=False, with_deck_configs=False
        )
        request = ImportAnkiPackageRequest(package_path=str(path), options=options)
        log = self.collection.import_anki_package(request).log
        self.collection.models._clear_cache()
        return log

    def guids(self) -> dict[str, int]:
        return dict(map(tuple, self.collection.db.all("select guid, id from notes")))

    def schedules(self) -> dict[tuple[str, int], tuple[Any, ...]]:
        rows = self.collection.db.all(
            f"select n.guid, c.ord, {SCHEDULE} from cards c join notes n on n.id = c.nid"
        )
        return {(row[0], row[1]): tuple(row[2:]) for row in rows}

    def reviews(self) -> set[int]:
        return set(self.collection.db.list("select id from revlog"))

    def study(self, chance: random.Random) -> None:
        """Answer up to four cards, never two in one millisecond, as no person does.

        Anki would move the second review's id on, perhaps into the next second, and its database
        check then finds the card's own time of review wrong.
        """
        names = sorted(d.name for d in self.collection.decks.all_names_and_ids())
        self.collection.decks.select(self.collection.decks.id(chance.choice(names)))
        for _ in range(chance.randint(1, 4)):
            queued = self.collection.sched.get_queued_cards(fetch_limit=1)
            if not queued.cards:
                return
            card = self.collection.get_card(queued.cards[0].card.id)
            card.start_timer()
            states = queued.cards[0].states
            rating = chance.choice(RATINGS)
            answer = self.collection.sched.build_answer(card=card, states=states, rating=rating)
            last = self.collection.db.scalar("select max(id) from revlog") or 0
            answer.answered_at_millis = max(answer.answered_at_millis, last + 1)
            self.collection.sched.answer_card(answer)

    def edit(self, chance: random.Random, now: int) -> None:
        id = chance.choice(sorted(self.guids().values()))
        note = self.collection.get_note(id)
        note.fields[1] += " mine"
        note.add_tag("mine")
        self.collection.update_note(note)
        self.collection.db.execute("update notes set mod = ? where id = ?", now, id)

    def handle(self, chance: random.Random) -> None:
        """Suspend, flag, or move a card to another deck."""
        card = chance.choice(self.collection.db.list("select id from cards order by id"))
        action = chance.randrange(3)
        if action == 0:
            self.collection.sched.suspend_cards([card])
        elif action == 1:
            self.collection.set_user_flag_for_cards(3, [card])
        else:
            self.collection.set_deck([card], self.collection.decks.id("Mine"))


def run(folder: Path, seed: int, steps: int) -> None:
    """Play a random sequence and check after every import that the learner lost nothing."""
    chance = random.Random(seed)
    author, now = Author(folder), START
    for kind in (0, 0, 1, 1, 2, 2):
        author.add(kind)
    collection = Collection(str(folder / "collection.anki2"))
    try:
        learner = Learner(collection)
        _import(author, learner, now)
        for _ in range(steps):
            now += 100
            _act(author, learner, chance, now)
            if chance.random() < 0.5:
                now += 100
                _import(author, learner, now)
        assert collection.fix_integrity()[1]
    finally:
        collection.close()


def _act(author: Author, learner: Learner, chance: random.Random, now: int) -> None:
    action = chance.randrange(9)
    keys = sorted(author.items)
    if action == 0:
        author.add(chance.randrange(3))
    elif action == 1:
        author.edit(chance.choice(keys), now)
    elif action == 2 and len(keys) > 3:
        del author.items[chance.choice(keys)]
    elif action == 3:
        kinds = [("term", "claim", "pair"), ("term", "pair"), ("term",), ("claim", "term")]
        author.recipe = replace(author.recipe, kinds=chance.choice(kinds))  # type: ignore[arg-type]
    elif action == 4:
        palette = chance.choice(["mdbg", "pleco", "none"])
        author.recipe = replace(author.recipe, theme=Theme(palette))  # type: ignore[arg-type]
    elif action == 5:
        author.recipe = replace(author.recipe, cards=Cards())
    elif action == 6:
        learner.edit(chance, now)
    elif action == 7:
        learner.handle(chance)
    else:
        learner.study(chance)


def _import(author: Author, learner: Learner, now: int) -> None:
    path, made = author.build(now)
    col = learner.collection
    before = {g: col.get_note(id) for g, id in learner.guids().items()}
    schedules, reviews = learner.schedules(), learner.reviews()
    log = learner.imports(path)

    assert not log.conflicting and not log.missing_notetype and not log.first_field_match
    after = {g: col.get_note(id) for g, id in learner.guids().items()}
    assert after.keys() == before.keys() | made.keys()
    assert col.db.scalar("select count() from notes") == len(after)
    assert learner.reviews() == reviews
    left = learner.schedules()
    assert {key: left[key] for key in schedules} == schedules
    names = {n.name for n in col.models.all_names_and_ids() if n.name.startswith("Deckgen")}
    assert names <= {"Deckgen Term", "Deckgen Claim", "Deckgen Cloze", "Deckgen Sentence"}
    for guid, old in before.items():
        if guid not in made or learner.shipped[guid] == _content(made[guid]):
            assert (after[guid].fields, after[guid].tags) == (old.fields, old.tags), (
                "an idle update"
            )
    for guid, note in made.items():
        if learner.shipped.get(guid) != _content(note):
            assert after[guid].fields == list(note.fields), "an authored change did not arrive"
            assert {(guid, ord_) for ord_ in note.cards} <= left.keys()
        learner.shipped[guid] = _content(note)
    assert not col.get_empty_cards().notes


def _content(note: Note) -> tuple[Any, ...]:
    return note.fields, note.tags
