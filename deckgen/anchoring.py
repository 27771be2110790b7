"""Evidence to its passage: the place in a document where a source says what a note teaches."""

from __future__ import annotations

import bisect
import difflib
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from deckgen.annotation import Passage
from deckgen.content import Content, Evidence, Item, Source
from deckgen.problems import Problem
from deckgen.transcript import Transcript, Turn

SURE = 0.6
"""From this rating on, 0 to 1, a passage counts as found; below it, as found with doubt."""

_SHINGLE = 5
_BY_CHANCE = 2
"""So many characters of a short quote may agree with another one, as 如果你使用 does."""

_LONGEST_QUOTE = 4000
_MOST_SENTENCES = 4
_NEAR_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Anchored:
    """The passages of each evidence, best first, and how many evidences are in which state.

    `disputed` tells, by item key, what the documents say differently there.
    """

    passages: Mapping[Evidence, tuple[Passage, ...]]
    found: int
    doubtful: int
    missing: int
    problems: tuple[Problem, ...]
    disputed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def anchor(
    content: Content, transcripts: Sequence[Transcript], simplified: Callable[[str], str]
) -> Anchored:
    """Find the passage of every evidence in every document of its source.

    A quote is found whatever its spacing, punctuation, script and small edits; keywords by how
    rare they are, in the evidence's chapter, near its time and from its speaker. `simplified`
    writes Chinese in simplified characters.
    """
    documents = [_Document(t, s, simplified) for t, s in _matched(content, transcripts)]
    passages: dict[Evidence, tuple[Passage, ...]] = {}
    problems: list[Problem] = []
    counts: Counter[str] = Counter()
    for item in content.items:
        for evidence in item.evidence:
            own = [d for d in documents if d.source.id == evidence.source]
            found = [p for d in own if (p := d.find(evidence)) is not None]
            passages[evidence] = tuple(sorted(found, key=lambda p: -p.found))
            state = _state(passages[evidence])
            counts[state] += 1
            if state != "found":
                problems.append(_problem(item, evidence, state, len(own)))
    return Anchored(
        passages, counts["found"], counts["doubtful"], counts["missing"], tuple(problems)
    )


def _state(found: Sequence[Passage]) -> str:
    if not found:
        return "missing"
    return "found" if found[0].found >= SURE else "doubtful"


def _problem(item: Item, evidence: Evidence, state: str, documents: int) -> Problem:
    sought = evidence.quote or ", ".join(evidence.keywords)
    if state == "missing":
        message = f"{item.key}: no passage with “{sought}” in {documents} documents of its source"
        return Problem(evidence.location, "warning", "evidence-missing", message)
    message = f"{item.key}: “{sought}” is found with doubt: add a rarer keyword or a quote"
    return Problem(evidence.location, "info", "evidence-doubtful", message)


def _matched(
    content: Content, transcripts: Iterable[Transcript]
) -> Iterator[tuple[Transcript, Source]]:
    """Pair each document with the source whose people speak in it, or whose link it names."""
    for transcript in transcripts:
        ranked = sorted(
            ((_kinship(source, transcript), source.id, source) for source in content.sources),
            key=lambda row: (-row[0], row[1]),
        )
        if ranked and ranked[0][0] > 0:
            yield transcript, ranked[0][2]


def _kinship(source: Source, transcript: Transcript) -> float:
    spoken = {_folded(name) for p in transcript.people for name in (p.name, *p.aliases)}
    same = sum(not spoken.isdisjoint(_names(source, person.id)) for person in source.people)
    return same + 2 * bool(source.link and source.link in transcript.text)


def _names(source: Source, id: str) -> set[str]:
    person = source.person(id)
    if person is None:
        return set()
    return {_folded(name) for name in (person.name.zh, person.name.en, *person.aliases)}


def _folded(text: str) -> str:
    return "".join(c for c, _ in _letters(text))


def _letters(text: str) -> Iterator[tuple[str, int]]:
    """Yield what is left of a text without case, width and punctuation, each with its place."""
    for at, character in enumerate(text):
        for folded in unicodedata.normalize("NFKC", character).casefold():
            if folded.isalnum():
                yield folded, at


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A turn with the folded text of its sentences and where each begins in it."""

    index: int
    turn: Turn
    folded: str
    starts: tuple[int, ...]
    position: float


class _Document:
    """One transcript, prepared for look-ups."""

    def __init__(
        self, transcript: Transcript, source: Source, simplified: Callable[[str], str]
    ) -> None:
        self.transcript, self.source = transcript, source
        self.simplified = simplified
        self.newlines = [at for at, c in enumerate(transcript.text) if c == "\n"]
        self.turns = tuple(self._spoken())
        self.length = sum(len(t.folded) for t in self.turns)

    def find(self, evidence: Evidence) -> Passage | None:
        if evidence.quote is not None:
            return self._by_quote(evidence.quote)
        return self._by_keywords(evidence)

    def fold(self, text: str) -> str:
        return _folded(self.simplified(text))

    def _spoken(self) -> Iterator[_Spoken]:
        total = sum(len(t.text) for t in self.transcript.turns) or 1
        before = 0
        for index, turn in enumerate(self.transcript.turns):
            sentences = [self.fold(s.text) for s in turn.sentences] or [self.fold(turn.text)]
            starts = [sum(map(len, sentences[:n])) for n in range(len(sentences))]
            middle = (before + len(turn.text) / 2) / total
            yield _Spoken(index, turn, "".join(sentences), tuple(starts), middle)
            before += len(turn.text)

    def _by_quote(self, quote: str) -> Passage | None:
        wanted = self.fold(quote)[:_LONGEST_QUOTE]
        if not wanted:
            return None
        for spoken in self.turns:
            at = spoken.folded.find(wanted)
            if at >= 0:
                return self._passage(spoken, at, at + len(wanted), 1.0)
        rated = max(
            ((*self._nearest(spoken, wanted), -spoken.index) for spoken in self.turns),
            default=(0.0, 0, 0, 0),
        )
        rating, at, end, index = rated
        return self._passage(self.turns[-index], at, end, rating) if rating >= 0.5 else None

    def _nearest(self, spoken: _Spoken, wanted: str) -> tuple[float, int, int]:
        """Return how well the best place in a turn fits a text, 0 to 1, and its bounds."""
        size = min(_SHINGLE, len(wanted))
        offsets: Counter[int] = Counter()
        places: dict[str, list[int]] = {}
        for at in range(len(wanted) - size + 1):
            places.setdefault(wanted[at : at + size], []).append(at)
        for at in range(len(spoken.folded) - size + 1):
            for place in places.get(spoken.folded[at : at + size], ()):
                offsets[(at - place) // size] += 1
        if not offsets:
            return 0.0, 0, 0
        best = (max(sorted(offsets), key=offsets.__getitem__) - 1) * size
        at = max(0, best)
        window = spoken.folded[at : at + len(wanted) + 2 * size]
        matcher = difflib.SequenceMatcher(None, wanted, window, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size > 1]
        same = sum(block.size for block in blocks)
        if not blocks:
            return 0.0, 0, 0
        return (
            (same - _BY_CHANCE) / len(wanted),
            at + blocks[0].b,
            at + blocks[-1].b + blocks[-1].size,
        )

    def _by_keywords(self, evidence: Evidence) -> Passage | None:
        wanted = {w: 0.0 for k in evidence.keywords if (w := self.fold(k))}
        for word in wanted:
            holders = sum(word in spoken.folded for spoken in self.turns)
            wanted[word] = math.log(1 + len(self.turns) / holders) if holders else 0.0
        rated = [
            (held * self._likelihood(evidence, spoken), -spoken.index, spoken)
            for spoken in self.turns
            if (held := self._densest(spoken, wanted)[0])
        ]
        if not rated:
            return None
        _, _, spoken = max(rated, key=lambda row: row[:2])
        held, first, last = self._densest(spoken, wanted)
        present = [w for w in wanted if w in spoken.folded]
        needed = min(2, len(wanted))
        rating = min(1.0, len(present) / needed) * self._likelihood(evidence, spoken)
        end = (*spoken.starts, len(spoken.folded))[last + 1]
        return self._passage(spoken, spoken.starts[first], end, rating)

    def _densest(self, spoken: _Spoken, wanted: Mapping[str, float]) -> tuple[float, int, int]:
        """Return the weight of the keywords that the fewest sentences hold, and those sentences."""
        bounds = (*spoken.starts, len(spoken.folded))
        best = (0.0, 0, 0, 0)
        if not any(word in spoken.folded for word in wanted):
            return 0.0, 0, 0
        for first in range(len(spoken.starts)):
            for last in range(first, min(first + _MOST_SENTENCES, len(spoken.starts))):
                window = spoken.folded[bounds[first] : bounds[last + 1]]
                weight = sum(w for word, w in wanted.items() if word in window)
                best = max(best, (weight, first - last, -first, last))
        weight, _, first, last = best
        return weight, -first, last

    def _likelihood(self, evidence: Evidence, spoken: _Spoken) -> float:
        """Rate, up to 1, how well a turn fits the chapter, time and speaker of an evidence."""
        rating = 1.0
        expected = self._expected_chapter(evidence)
        if expected is not None and spoken.turn.chapter is not None:
            away = abs(spoken.turn.chapter - expected)
            rating *= (1.0, 0.55, 0.3)[away] if away < 3 else 0.15
        elif evidence.time is not None and spoken.turn.time is not None:
            away_seconds = abs(spoken.turn.time - evidence.time)
            rating *= 1.0 if away_seconds <= _NEAR_SECONDS else _NEAR_SECONDS / away_seconds
        elif (place := self._expected_position(evidence)) is not None:
            rating *= math.exp(-(((spoken.position - place) / 0.3) ** 2))
        if evidence.speaker and spoken.turn.speaker:
            said = _folded(spoken.turn.speaker)
            names = _names(self.source, evidence.speaker)
            rating *= 1.0 if any(name in said or said in name for name in names) else 0.85
        return rating

    @cached_property
    def _chapters(self) -> dict[str, int]:
        """The document's chapters, by the id of the source's chapter of the same title."""
        titles = {
            self.fold(title): chapter.id
            for chapter in self.source.chapters
            for title in (chapter.title.zh, chapter.title.en)
        }
        marks = enumerate(self.transcript.chapters)
        return {titles[t]: n for n, mark in marks if (t := self.fold(mark.title)) in titles}

    def _expected_chapter(self, evidence: Evidence) -> int | None:
        return self._chapters.get(evidence.chapter) if evidence.chapter else None

    def _expected_position(self, evidence: Evidence) -> float | None:
        last = self.source.chapters[-1].start if self.source.chapters else None
        chapter = self.source.chapter(evidence.chapter) if evidence.chapter else None
        time = evidence.time if evidence.time is not None else chapter and chapter.start
        return float(time) / (last * 1.05) if isinstance(time, int) and last else None

    def _passage(self, spoken: _Spoken, first: int, end: int, rating: float) -> Passage:
        sentences = spoken.turn.sentences
        low = max(0, bisect.bisect_right(spoken.starts, first) - 1)
        high = max(low, bisect.bisect_left(spoken.starts, end) - 1)
        shown = sentences[low : high + 1]
        joint = "" if self.transcript.language == "zh" else " "
        text = joint.join(s.text for s in shown) if shown else spoken.turn.text
        place = shown[0].locator.start if shown else spoken.turn.locator.start
        before = self.turns[spoken.index - 1].turn if spoken.index else None
        return Passage(
            document=Path(self.transcript.path).name,
            line=bisect.bisect_left(self.newlines, place) + 1,
            text=text,
            speaker=spoken.turn.speaker,
            before=before.text if before else None,
            before_speaker=before.speaker if before else None,
            found=round(rating, 3),
        )
