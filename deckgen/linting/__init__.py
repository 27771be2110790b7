"""Is this a good card? The known rules of good cards as checks, in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from deckgen.annotation import Annotated
from deckgen.content import Content, Item
from deckgen.linting.model import Check, Deck, Finding, texts
from deckgen.linting.settings import Settings
from deckgen.linting.table import BY_ID, CHECKS
from deckgen.problems import Location, Problem, did_you_mean, in_order

Find = Callable[[Location, tuple[str, ...]], tuple[Location, str | None]]
"""Given an item's place and keys, the place of the value that they lead to, and its line."""


__all__ = ["BY_ID", "CHECKS", "Find", "explain", "lint"]


def _at_item(location: Location, keys: tuple[str, ...]) -> tuple[Location, str | None]:
    return location, None


def lint(
    content: Content,
    annotated: Sequence[Annotated] = (),
    settings: Settings = Settings(),  # noqa: B008
    *,
    disagreements: Mapping[str, tuple[str, ...]] | None = None,
    find: Find = _at_item,
) -> tuple[Problem, ...]:
    """Return every finding of every check that the items' waivers do not silence, in order.

    Checks of readings and levels need `annotated`; `disagreements` holds, by item key, what the
    sources say differently at its evidence. Findings on drafts are at most information.
    """
    items = tuple(item for item in content.items if item.status != "vanished")
    deck = Deck(
        content,
        items,
        tuple(text for item in items for text in texts(item)),
        tuple(annotated),
        disagreements or {},
    )
    ran = [check for check in CHECKS if settings.level(check) != "off"]
    found = [(c, f) for c in ran for f in c.run(deck, settings.limits(c))]
    silent = {(item.key, w.check) for item in items for w in item.waive}
    problems = [
        _problem(check, finding, settings, find)
        for check, finding in found
        if finding.item is None or (finding.item.key, check.id) not in silent
    ]
    used = {(f.item.key, check.id) for check, f in found if f.item is not None}
    asked = {check.id for check in ran if check.id != "L31" or disagreements is not None}
    asked -= set() if annotated else {"L22", "L24"}
    problems += _waivers(items, used, asked)
    return in_order(problems)


def _problem(check: Check, finding: Finding, settings: Settings, find: Find) -> Problem:
    item = finding.item
    place, line = finding.location or Location(""), None
    if item is not None:
        place, line = find(item.location, finding.keys)
    severity = settings.severity(check, finding.level)
    if item is not None and item.status == "draft":
        severity = "info"
    message = f"{item.key}: {finding.message}" if item else finding.message
    return Problem(place, severity, check.id, message, line)


def explain(id: str) -> str:
    """Tell about one check, or all their titles where `id` is none of them."""
    check = BY_ID.get(id.upper())
    if check is None:
        lines = [f'No check has the id "{id}"{did_you_mean(id, BY_ID)}. They are:']
        return "\n".join([*lines, *(f"  {c.id} {c.title} ({c.level})" for c in CHECKS)])
    limits = "".join(f"  {name}: {value:g}\n" for name, value in check.limits)
    return (
        f"{check.id} {check.title} ({check.level})\n{check.why}\nAfter: {check.source}\n"
        f"Bad:  {check.bad}\nGood: {check.good}\n"
        + (f"Thresholds in deckgen.yaml, lint: thresholds: {check.id}:\n{limits}" if limits else "")
    ).rstrip()


def _waivers(items: Iterable[Item], used: set[tuple[str, str]], ran: set[str]) -> Iterator[Problem]:
    for item in items:
        for waiver in item.waive:
            if waiver.check not in BY_ID:
                hint = did_you_mean(waiver.check, BY_ID)
                message = f'{item.key}: no check has the id "{waiver.check}"{hint}'
                yield Problem(waiver.location, "error", "unknown-check", message)
            elif not waiver.reason.strip():
                message = f"{item.key}: say why {waiver.check} is waived"
                yield Problem(waiver.location, "error", "no-reason", message)
            elif waiver.check in ran and (item.key, waiver.check) not in used:
                message = (
                    f"{item.key}: {waiver.check} finds nothing here any more; remove the waiver"
                )
                yield Problem(waiver.location, "warning", "stale-waiver", message)
