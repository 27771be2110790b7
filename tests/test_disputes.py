"""Items that rest on what two documents of one talk dispute."""

from pathlib import Path

from deckgen import disagreements, readers
from deckgen.annotation import Passage
from deckgen.content import Claim, Content, Evidence, Text2
from deckgen.disagreements import Disagreement
from deckgen.disputes import _concerns, disputed

TALK = """\
# A talk

**Guest**: Our first shop opened in a small town near the coast a long time ago.

**Host**: What did the coffee machine cost you in those days?

**Guest**: The coffee machine did cost us {price} dollars at the time.

**Host**: And how many people came to the shop on an ordinary day?

**Guest**: On an ordinary day about forty people came for breakfast.
"""
SAID = Evidence("talk", speaker="guest", keywords=("coffee machine",))
PRICE = "The coffee machine did cost us 3,000 dollars at the time."


def claim(statement: str) -> Claim:
    both = Text2("咖啡机的价格", statement)
    return Claim("price", "guest", both, both, both, "fact", "2024", (SAID,))


def disputes(tmp_path: Path, statement: str) -> dict[str, tuple[str, ...]]:
    transcripts = []
    for name, price in (("a.md", "3,000"), ("b.md", "30,000")):
        path = tmp_path / name
        path.write_text(TALK.format(price=price), "utf-8")
        transcripts.append(readers.read(path).value)
    passage = Passage("a.md", 7, PRICE, "Guest", None, None, 1.0)
    content = Content(claims=(claim(statement),))
    return disputed(content, {SAID: (passage,)}, transcripts)


def test_a_number_on_one_side_of_a_dispute_is_told(tmp_path: Path) -> None:
    (told,) = disputes(tmp_path, "The machine cost 3,000 dollars.")["claim/price"]
    assert "disagree" in told


def test_an_item_without_the_number_is_left_alone(tmp_path: Path) -> None:
    assert disputes(tmp_path, "The machine was dear.") == {}


def test_a_speaker_counts_where_the_claims_own_passages_differ(tmp_path: Path) -> None:
    other = Passage("b.md", 7, PRICE, "Host", None, None, 1.0)
    same = Passage("b.md", 7, PRICE, "The Guest", None, None, 1.0)
    told = Disagreement("speaker", said_by("Guest"), said_by("Host"), 0.9, "who says it")
    first = Passage("a.md", 7, PRICE, "Guest", None, None, 1.0)
    item = claim("The machine was dear.")
    assert list(_concerns(item, told, [first, other])) == [
        "one document has Guest say this, another Host"
    ]
    assert list(_concerns(item, told, [first, same])) == []


def said_by(speaker: str) -> disagreements.Passage:
    return disagreements.Passage(PRICE, speaker)


def test_a_name_counts_where_the_item_holds_it() -> None:
    told = Disagreement(
        "name",
        said_by("Guest"),
        said_by("Guest"),
        0.6,
        "Gaggia against Faema",
        0.9,
        ("Gaggia", "Faema"),
    )
    assert list(_concerns(claim("The machine was a Gaggia."), told, [])) == [
        "the documents disagree here (Gaggia against Faema)"
    ]
    assert list(_concerns(claim("The machine was dear."), told, [])) == []


TALK_OF_COFFEE = """\
**Guest**: Our first shop opened in a small town near the coast a long time ago.

**Host**: Will robots replace all the people who make coffee?

**Guest**: I think that robots {will} replace the people who make coffee.

**Guest**: On an ordinary day about forty people came for breakfast.
"""


def test_a_claim_that_one_document_turns_round_is_told(tmp_path: Path) -> None:
    transcripts = []
    for name, will in (("a.md", "will"), ("b.md", "will never")):
        path = tmp_path / name
        path.write_text(TALK_OF_COFFEE.format(will=will), "utf-8")
        transcripts.append(readers.read(path).value)
    said = "I think that robots will replace the people who make coffee."
    passage = Passage("a.md", 5, said, "Guest", None, None, 1.0)
    item = claim("Robots will replace the people who make coffee.")
    (told,) = disputed(Content(claims=(item,)), {SAID: (passage,)}, transcripts)["claim/price"]
    assert told == "the documents disagree here (negated only in B)"
    other = Passage("a.md", 1, "Our first shop opened in a small town.", "Guest", None, None, 1.0)
    assert disputed(Content(claims=(item,)), {SAID: (other,)}, transcripts) == {}
