from __future__ import annotations

from pathlib import Path

import pytest

from deckgen import notetypes

GOLDEN = Path(__file__).parent / "golden" / "notetypes.txt"


def listed(types: tuple[notetypes.NoteType, ...]) -> str:
    lines = []
    for type_ in types:
        lines.append(f"{type_.id} {type_.name}{' (cloze)' if type_.cloze else ''}")
        lines += [f"  field {number} {name}" for name, number in type_.fields]
        lines += [f"  template {t.id} {t.name}" for t in type_.templates]
    return "\n".join(lines) + "\n"


def test_ids_names_and_order_are_those_of_the_first_release() -> None:
    expected = GOLDEN.read_text(encoding="utf-8")
    assert listed(notetypes.note_types()) + listed(notetypes.note_types("tw")) == expected


@pytest.mark.parametrize("edition", [None, "tw", "concepts"])
def test_no_id_stands_twice(edition: str | None) -> None:
    types = (*notetypes.note_types(edition), *notetypes.note_types("other"))
    ids = [t.id for t in types]
    ids += [number for t in types for _, number in t.fields]
    ids += [template.id for t in types for template in t.templates]
    assert len(set(ids)) == len(ids)
    assert all(0 < number < 2**53 for number in ids)


def test_names_of_an_edition_carry_it() -> None:
    assert all("tw" in t.name for t in notetypes.note_types("tw"))


def test_every_type_has_spare_fields_and_every_standard_one_spare_templates() -> None:
    for type_ in notetypes.note_types():
        assert {f"Spare {n}" for n in range(1, 5)} <= set(type_.field_names)
        spare = {t.name for t in type_.templates} & set(notetypes.SPARE_SWITCHES)
        assert len(spare) == (0 if type_.cloze else 2)
        assert spare <= set(type_.field_names)


def test_the_first_field_is_the_word_or_sentence_itself() -> None:
    firsts = {t.key: t.field_names[0] for t in notetypes.note_types()}
    assert firsts == {"term": "Hanzi", "claim": "Question", "cloze": "Text", "sentence": "Hanzi"}
