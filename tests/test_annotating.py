"""Annotation: places in the recording, and the same result from the cache as without it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deckgen import annotating, annotation, authoring, cache
from deckgen.annotation import link_at, uncloze
from deckgen.content import Content
from deckgen.corrections import NONE
from deckgen.lexicon import Lexicon
from tests import projects


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://www.youtube.com/watch?v=a&t=162s", "https://www.youtube.com/watch?v=a&t=90"),
        ("https://youtu.be/a", "https://youtu.be/a?t=90"),
        ("https://www.bilibili.com/video/x", "https://www.bilibili.com/video/x?t=90"),
        ("https://example.org/talk.mp3", "https://example.org/talk.mp3#t=90"),
    ],
)
def test_a_link_opens_the_recording_at_the_second(link: str, expected: str) -> None:
    assert link_at(link, 90) == expected


def test_cloze_marks_are_taken_out() -> None:
    assert uncloze("用了{{c1::十年}}，{{c2::一次::几次}}") == "用了十年，一次"


@pytest.fixture
def authored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Content:
    monkeypatch.setattr(cache, "user_cache_path", lambda _: tmp_path / "cache")
    return authoring.load(projects.make(tmp_path / "p") / "content").value


def annotate(authored: Content) -> tuple[annotation.Annotated, ...]:
    return annotating.annotate(authored, Lexicon(), NONE)


def test_the_cache_changes_nothing_but_the_time(
    authored: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold = annotate(authored)
    assert list((tmp_path / "cache").glob("annotated-*.db"))
    assert annotate(authored) == cold
    first, *rest = authored.terms
    longer = replace(first, hanzi="网络很大", english="a large net")
    changed = replace(authored, terms=(longer, *rest))
    warm = annotate(changed)
    monkeypatch.setattr(cache, "user_cache_path", lambda _: tmp_path / "other")
    assert warm == annotate(changed)
    sentence = next(i for i in warm if i.item.kind == "pair")
    assert "网络很大" in [w.text for w in sentence.zh.words]  # type: ignore[union-attr]


def test_a_damaged_cache_is_done_without(authored: Content, tmp_path: Path) -> None:
    cold = annotate(authored)
    (kept,) = (tmp_path / "cache").glob("annotated-*.db")
    kept.write_bytes(b"not a database, whatever its name says" * 100)
    assert annotate(authored) == cold
    assert annotate(authored) == cold
