"""Content as it is authored, in YAML under `content/`, and whether what it names is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from deckgen import yamlfile
from deckgen.content import Claim, Content, Evidence, Kind, Pair, Source, Term
from deckgen.problems import Location, Problem, Read, did_you_mean, in_order

_FINISHED: dict[Kind, tuple[str, ...]] = {"term": ("definition",), "claim": ("speaker", "as_of")}


@dataclass(frozen=True, slots=True)
class _File:
    schema: Literal["1"]
    sources: tuple[Source, ...] = ()
    terms: tuple[Term, ...] = ()
    claims: tuple[Claim, ...] = ()
    pairs: tuple[Pair, ...] = ()


def load(folder: Path) -> Read[Content]:
    """Read every `.yaml` file below `folder`, in the order of their paths.

    Paths in problems are relative to the folder's parent.
    """
    problems: list[Problem] = []
    files: list[_File] = []
    for path in sorted(folder.rglob("*.yaml")) + sorted(folder.rglob("*.yml")):
        if not path.is_file():
            continue
        got = yamlfile.read(path, path.relative_to(folder.parent).as_posix(), _File)
        problems += got.problems
        if got.value is not None:
            files.append(got.value)
    content = Content(
        sources=tuple(s for f in files for s in f.sources),
        terms=tuple(t for f in files for t in f.terms),
        claims=tuple(c for f in files for c in f.claims),
        pairs=tuple(p for f in files for p in f.pairs),
    )
    ids = {term.id for term in content.terms}
    content = replace(content, pairs=tuple(_without_missing(p, ids) for p in content.pairs))
    problems += _duplicates(content)
    problems += _dangling(content)
    return Read(content, in_order(problems))


def _without_missing(pair: Pair, terms: set[str]) -> Pair:
    """Let go of terms that a person deleted, where the sentence is a draft still."""
    if pair.status == "ready" or terms.issuperset(pair.terms):
        return pair
    return replace(pair, terms=tuple(id for id in pair.terms if id in terms))


def _error(location: Location, code: str, message: str) -> Problem:
    return Problem(location, "error", code, message)


def _duplicates(content: Content) -> Iterator[Problem]:
    first: dict[str, Location] = {}
    named = [(f"source/{s.id}", s.location) for s in content.sources]
    for key, location in named + [(item.key, item.location) for item in content.items]:
        if key in first:
            yield _error(
                location, "duplicate-id", f"the id {key} is taken by {first[key]}; choose another"
            )
        first.setdefault(key, location)


def _dangling(content: Content) -> Iterator[Problem]:
    terms = {t.id for t in content.terms}
    sources = {s.id: s for s in content.sources}
    for source in content.sources:
        yield from _repeated(source.location, "person", [p.id for p in source.people])
        yield from _repeated(source.location, "chapter", [c.id for c in source.chapters])
    for item in content.items:
        if not item.evidence:
            yield _error(
                item.location, "no-evidence", f"{item.key} has no evidence: say where it comes from"
            )
        people = {
            p.id for e in item.evidence if e.source in sources for p in sources[e.source].people
        }
        if item.status == "ready":
            for key in _FINISHED.get(item.kind, ()):
                if getattr(item, key) is None:
                    yield _error(
                        item.location,
                        "missing-key",
                        f'the key "{key}" is missing; only a draft may lack it',
                    )
        speaker = getattr(item, "speaker", None)
        if speaker is not None and people:
            yield from _unknown(item.location, "speaker", speaker, people)
        for evidence in item.evidence:
            yield from _evidence(evidence, sources)
        for term in getattr(item, "terms", ()):
            if item.status == "ready":
                yield from _unknown(item.location, "term", term, terms)


def _evidence(evidence: Evidence, sources: dict[str, Source]) -> Iterator[Problem]:
    yield from _unknown(evidence.location, "source", evidence.source, sources)
    if evidence.quote is None and not evidence.keywords:
        message = "evidence needs a quote or keywords by which the passage can be found"
        yield _error(evidence.location, "no-keywords", message)
    source = sources.get(evidence.source)
    if source is None:
        return
    if evidence.chapter is not None:
        chapters = [c.id for c in source.chapters]
        yield from _unknown(evidence.location, "chapter", evidence.chapter, chapters)
    if evidence.speaker is not None:
        people = [p.id for p in source.people]
        yield from _unknown(evidence.location, "speaker", evidence.speaker, people)


def _unknown(location: Location, what: str, id: str, known: Iterable[str]) -> Iterator[Problem]:
    if id not in known:
        hint = did_you_mean(id, known)
        yield _error(location, f"unknown-{what}", f'no {what} has the id "{id}"{hint}')


def _repeated(location: Location, what: str, ids: list[str]) -> Iterator[Problem]:
    for name in sorted({i for i in ids if ids.count(i) > 1}):
        yield _error(location, "duplicate-id", f'two of the {what} ids are "{name}"')
