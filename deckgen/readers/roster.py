"""One person under all the names that a document uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from deckgen.readers import naming
from deckgen.readers.people import Declared, is_short_for, same_part
from deckgen.transcript import Speaker


class Roster:
    """Finds the person behind a label; built from every name that labels and lists give."""

    def __init__(
        self,
        labels: Mapping[str, int],
        people: Sequence[Declared] = (),
        legends: Mapping[str, str] | None = None,
        title_names: Iterable[str] = (),
        *,
        anybody_asks: bool = False,
    ) -> None:
        """Merge the names; `labels` counts each name as it stands before turns.

        `anybody_asks`: a bare Q names nobody, as where one person talks to a room.
        """
        self._anybody_asks = anybody_asks
        legends = dict(legends or {})
        self._order = {name: i for i, name in enumerate(labels)}
        self._canonical: dict[str, str] = {}
        self._written: dict[str, list[str]] = {}
        fulls = self._fulls(labels, people, legends, title_names)
        for name in labels:
            self._canonical[name] = self._merge(name, labels, people, legends, fulls)
        for name, canonical in list(self._canonical.items()):
            self._written.setdefault(canonical, []).append(name)
        self._everybody = [
            name
            for name in dict.fromkeys(filter(None, map(self.name, labels)))
            if not naming.is_everybody(name)
        ]
        for person in people:
            for canonical in self._written:
                if canonical == person.name:
                    self._written[canonical].extend(person.aliases)

    def name(self, label: str) -> str | None:
        """Return the canonical name behind a label's name; None for nobody in particular."""
        canonical = self._canonical.get(label, label)
        if naming.is_nobody(canonical) or (self._anybody_asks and naming.is_question(canonical)):
            return None
        return canonical

    def names(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Return the canonical names behind the names of a label, each once."""
        found: dict[str, None] = {}
        for label in labels:
            if naming.is_everybody(label):
                found |= dict.fromkeys(self._everybody)
            elif name := self.name(label):
                found[name] = None
        return tuple(found)

    def people(self, spoken: Iterable[str]) -> tuple[Speaker, ...]:
        """List the people in the order in which they first speak."""
        found = []
        for name in dict.fromkeys(spoken):
            aliases = dict.fromkeys(a for a in self._written.get(name, ()) if a != name)
            found.append(Speaker(name, tuple(aliases)))
        return tuple(found)

    @staticmethod
    def _fulls(
        labels: Mapping[str, int],
        people: Sequence[Declared],
        legends: Mapping[str, str],
        title_names: Iterable[str],
    ) -> list[str]:
        names = [p.name for p in people] + list(legends.values()) + list(labels) + list(title_names)
        return [
            n for n in dict.fromkeys(names) if not naming.is_role(n) and not naming.is_nobody(n)
        ]

    def _merge(
        self,
        name: str,
        labels: Mapping[str, int],
        people: Sequence[Declared],
        legends: Mapping[str, str],
        fulls: Sequence[str],
    ) -> str:
        seen = {name}
        current = name
        for _ in range(4):
            better = self._better(current, labels, people, legends, fulls)
            if better is None or better in seen:
                return current
            seen.add(better)
            current = better
        return current

    @staticmethod
    def _better(
        name: str,
        labels: Mapping[str, int],
        people: Sequence[Declared],
        legends: Mapping[str, str],
        fulls: Sequence[str],
    ) -> str | None:
        if name in legends and legends[name] != name:
            return legends[name]
        for person in people:
            if name in person.aliases:
                return person.name
        if name.isupper() and len(name) > 3:
            same = [o for o in labels if o.casefold() == name.casefold() and not o.isupper()]
            if same:
                return same[0]
        role, bare = naming.split_role(name)
        if role:
            return bare
        if naming.unnumbered(name) != name:
            return naming.unnumbered(name)
        if naming.is_role(name):
            part = re.sub(r"\W", "", name).casefold()
            holders = [p.name for p in people if p.role and same_part(part, p.role)]
            return holders[0] if len(holders) == 1 else None
        if (bare := naming.without_title(name)) != name and bare in fulls:
            return bare
        longer = [full for full in fulls if full != name and is_short_for(name, full)]
        longest = [f for f in longer if not any(f != g and is_short_for(f, g) for g in longer)]
        if len(longest) == 1:
            return longest[0]
        if labels.get(name, 0) <= 2 and len(name) >= 6:
            near = [
                o
                for o, n in labels.items()
                if n > 2 and o != name and SequenceMatcher(None, o, name).ratio() > 0.88
            ]
            if len(near) == 1:
                return near[0]
        return None
