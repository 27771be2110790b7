from __future__ import annotations

from deckgen.cedict import Cedict, parse


def test_entry_has_both_forms_pinyin_and_senses() -> None:
    (entry,) = Cedict().entries("绿茶")
    assert (entry.traditional, entry.simplified, entry.pinyin) == ("綠茶", "绿茶", "lü4 cha2")
    assert entry.senses[0] == "green tea"


def test_lookup_by_either_form_in_the_dictionary_s_order() -> None:
    cedict = Cedict()
    assert cedict.entries("綠茶") == cedict.entries("绿茶")
    assert [entry.pinyin for entry in cedict.entries("还")][-2:] == ["hai2", "huan2"]
    assert cedict.entries("no such word") == ()


def test_every_line_is_read() -> None:
    assert sum(1 for _ in parse()) > 120_000
