"""Proposals into content files as drafts, without touching what a person wrote there.

Drafting again adds what is new, keeps every edit, and marks drafts whose passage is gone. The file
`drafted.txt` lists what was proposed before, so that what a person deleted does not come back.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deckgen import authoring, mining, project, readers, yamlfile
from deckgen.content import Content, Item, Source, clock
from deckgen.files import write_atomically
from deckgen.hanzi import folded
from deckgen.mining import Mined, Progress, Translate
from deckgen.mining.talk import slug, source_of
from deckgen.problems import DeckgenError, failed
from deckgen.transcript import Transcript

LEDGER = "drafted.txt"
_KEYS = {"term": "terms", "claim": "claims", "pair": "pairs"}


@dataclass(frozen=True, slots=True)
class Drafted:
    """What drafting did, as ids; `deleted` are proposals that a person deleted before.

    `files` maps each file to write to its text.
    """

    mined: Mined
    added: tuple[str, ...]
    kept: tuple[str, ...]
    vanished: tuple[str, ...]
    deleted: tuple[str, ...]
    files: Mapping[Path, str]

    @property
    def reasons(self) -> Counter[str]:
        """How many sentences were left out for each reason."""
        return Counter(one.reason for one in self.mined.rejected)


def read(path: Path) -> Transcript:
    """Read a document of a talk; raises DeckgenError where it is none."""
    found = readers.read(path).value
    if not found.is_transcript or not any(turn.sentences for turn in found.turns):
        raise DeckgenError(
            f"{path}: error: no transcript of a talk: nobody is seen to speak in it "
            f'(see "deckgen transcript {path}")'
        )
    return found


def read_english(path: Path | None) -> Transcript | None:
    """Read the English document of a talk; raises DeckgenError where it is in Chinese."""
    if path is None:
        return None
    found = readers.read(path).value
    if found.language != "en":
        raise DeckgenError(f"{path}: error: not English: give the Chinese document as FILE")
    return found


def draft(
    files: Sequence[Path],
    folder: Path,
    *,
    english: Path | None = None,
    most: int = mining.MOST,
    translate: Translate | None = None,
    progress: Progress | None = None,
) -> Drafted:
    """Propose what the documents of one talk teach, beside what stands in `folder` already.

    Nothing is written. Raises DeckgenError where a document is no transcript, or the content that
    is there has errors.
    """
    documents = [read(path) for path in files]
    languages = {document.language for document in documents}
    if len(languages) > 1:
        raise DeckgenError(
            f"{files[0]}: error: the documents are in two languages: give the English one with "
            "--english"
        )
    theirs = read_english(english)
    if theirs is not None and languages == {"en"}:
        raise DeckgenError(f"{files[0]}: error: English too: give the Chinese document as FILE")
    root = _content_of(folder)
    existing = _load(root)
    name = slug(folder.resolve().name)
    source = existing.source(name) or _only_source(existing, root, folder)
    mined = mining.mine(
        source or source_of(name, documents, theirs),
        documents,
        theirs,
        most=most,
        translate=translate,
        progress=progress,
    )
    return _merged(mined, documents, existing, root, folder, is_new=source is None)


def _only_source(existing: Content, root: Path, folder: Path) -> Source | None:
    """Return the only source that a folder's files describe, whatever its id."""
    inside = folder.resolve()
    found = [s for s in existing.sources if inside in (root.parent / s.location.path).parents]
    return found[0] if len(found) == 1 else None


def write(drafted: Drafted) -> None:
    """Write the files, each as a whole."""
    for path, text in drafted.files.items():
        write_atomically(path, text.encode())


def _content_of(folder: Path) -> Path:
    """Return the content folder of the project that a folder lies in, or the folder itself."""
    for parent in (folder.resolve(), *folder.resolve().parents):
        if (parent.parent / project.SETTINGS).is_file() and parent.name == "content":
            return parent
    return folder.resolve()


def _load(root: Path) -> Content:
    if root.exists() and not root.is_dir():
        raise DeckgenError(f"{root} is a file: name a folder for the drafts")
    found = authoring.load(root)
    if failed(found.problems):
        first = next(p for p in found.problems if p.severity == "error")
        raise DeckgenError(f"the content has errors; mend them before drafting again:\n{first}")
    return found.value


def _merged(
    mined: Mined,
    documents: Sequence[Transcript],
    existing: Content,
    root: Path,
    folder: Path,
    *,
    is_new: bool,
) -> Drafted:
    ledger = folder / LEDGER
    before = _before(ledger)
    here = {item.key: item for item in existing.items}
    known = {mark for item in existing.items for mark in _marks(item)}
    added: list[Item] = []
    deleted = []
    kept = []
    proposed: tuple[Item, ...] = (*mined.terms, *mined.claims, *mined.pairs)
    for item in proposed:
        if item.key in here or not known.isdisjoint(_marks(item)):
            kept.append(item.key)
        elif item.key in before:
            deleted.append(item.key)
        else:
            added.append(item)
    turns = "".join(turn.text for document in documents for turn in document.turns)
    said = folded("\n".join(document.text for document in documents)) + "\n" + folded(turns)
    own = [item for item in existing.items if _is_of(item, mined.source)]
    statuses = {
        item.key: status
        for item in own
        if (status := "draft" if _stands(item, said) else "vanished") != item.status
    }
    files = _edited(here, statuses, root)
    if is_new:
        path, text = _extended(folder, "sources", [mined.source], files)
        files[path] = text
    for kind, key in _KEYS.items():
        new = [item for item in added if item.kind == kind]
        if new:
            path, text = _extended(folder, key, new, files)
            files[path] = text
    names = before | {item.key for item in added}
    files[ledger] = "".join(f"{name}\n" for name in sorted(names))
    return Drafted(
        mined,
        tuple(item.key for item in added),
        tuple(kept),
        tuple(key for key, status in statuses.items() if status == "vanished"),
        tuple(deleted),
        files,
    )


def _before(ledger: Path) -> set[str]:
    """Read the ids of what was proposed before; raises DeckgenError where the file is no text."""
    if not ledger.is_file():
        return set()
    try:
        return set(ledger.read_bytes().decode("utf-8-sig").split())
    except UnicodeDecodeError as problem:
        raise DeckgenError(
            f"{ledger}: error: not in UTF-8: restore the file, or delete it and look out for items "
            "that you had deleted"
        ) from problem


def _marks(item: Item) -> set[tuple[str, str]]:
    """Return what makes two items of a kind the same: a term's hanzi, else what is quoted."""
    if item.kind == "term":
        return {("term", folded(item.hanzi))}  # type: ignore[union-attr]
    return {(item.kind, folded(e.quote)) for e in item.evidence if e.quote}


def _is_of(item: Item, source: Source) -> bool:
    """Say whether an item is still a draft from this source."""
    return item.status != "ready" and {e.source for e in item.evidence} == {source.id}


def _stands(item: Item, said: str) -> bool:
    quotes = [e.quote for e in item.evidence if e.quote]
    return not quotes or any(folded(quote) in said for quote in quotes)


def _edited(here: Mapping[str, Item], statuses: Mapping[str, str], root: Path) -> dict[Path, str]:
    """Change the status of items in their files, and nothing else there."""
    places: dict[Path, dict[tuple[int, int], dict[str, str]]] = {}
    for key, status in statuses.items():
        at = here[key].location
        places.setdefault(root.parent / at.path, {})[at.line, at.column] = {"status": status}
    return {
        path: yamlfile.with_values(path.read_bytes().decode("utf-8-sig"), values)
        for path, values in sorted(places.items())
    }


def _extended(
    folder: Path, key: str, items: Sequence[Item | Source], files: Mapping[Path, str]
) -> tuple[Path, str]:
    """Return the file that takes the items, after those that it has, and its text."""
    records = [_record(item) for item in items]
    for number in range(1, 1000):
        path = folder / (f"{key}.yaml" if number == 1 else f"{key}-{number}.yaml")
        if not path.exists():
            break
        text = files.get(path) or path.read_bytes().decode("utf-8-sig")
        longer = yamlfile.extended(text, key, records)
        if longer is not None:
            return path, longer
    return path, _file(key, items)


def _file(key: str, records: Iterable[object]) -> str:
    return f"schema: 1\n{key}:\n" + yamlfile.write([_record(record) for record in records])


def _record(value: Any) -> dict[str, Any]:
    """Return a dataclass as its keys in YAML; what is empty or the rule is left out."""
    found: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        part = getattr(value, field.name)
        may_lack = field.default is not dataclasses.MISSING or part is None
        if field.name == "location" or (may_lack and part in (None, (), "ready")):
            continue
        found[field.name] = _plain(part)
    return found


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return _record(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        return yamlfile.FORBIDDEN.sub("", value)
    return clock(value) if isinstance(value, int) else value


def summary(drafted: Drafted) -> list[str]:
    """Tell what was taken and left, for people."""
    mined, added = drafted.mined, Counter(key.partition("/")[0] for key in drafted.added)
    parts = [f"{added[kind]} {name}" for kind, name in _KEYS.items()]
    lines = [f"{mined.source.title.zh}: drafted {', '.join(parts)}."]
    for what, keys in (
        ("Kept as they are", drafted.kept),
        ("Marked as vanished", drafted.vanished),
        ("Deleted by you, not proposed again", drafted.deleted),
    ):
        if keys:
            lines.append(f"{what}: {len(keys)}.")
    variety = mined.variety
    lines.append(
        f"The sentences hold {variety.covered:.0%} of the talk's words; of their pairs of words "
        f"{variety.distinct[1]:.0%} are distinct ({variety.before[1]:.0%} in all that were usable)."
    )
    if drafted.reasons:
        lines.append("Sentences left out:")
        lines += [f"{count:6}  {reason}" for reason, count in drafted.reasons.most_common()]
    return lines


def as_json(drafted: Drafted) -> dict[str, Any]:
    """Return what `deckgen draft --format json` prints."""
    variety = drafted.mined.variety
    return {
        "added": list(drafted.added),
        "kept": list(drafted.kept),
        "vanished": list(drafted.vanished),
        "deleted": list(drafted.deleted),
        "left_out": [dataclasses.asdict(one) for one in drafted.mined.rejected],
        "variety": {
            "covered": round(variety.covered, 4),
            "distinct_words": round(variety.distinct[0], 4),
            "distinct_pairs": round(variety.distinct[1], 4),
            "distinct_pairs_before": round(variety.before[1], 4),
        },
        "files": [str(path) for path in sorted(drafted.files)],
    }
