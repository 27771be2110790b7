"""The linter's levels and thresholds, as a project's `deckgen.yaml` sets them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, cast

from deckgen.linting.model import Check
from deckgen.linting.table import BY_ID, CHECKS
from deckgen.problems import Location, Problem, Read, Severity, did_you_mean, in_order

Level = Literal["error", "warning", "info", "off"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project has changed: levels by check, thresholds by check and name."""

    levels: Mapping[str, Level] = field(default_factory=lambda: MappingProxyType({}))
    thresholds: Mapping[str, Mapping[str, float]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def level(self, check: Check) -> Level:
        """Return the level of a check."""
        return self.levels.get(check.id, check.level)

    def severity(self, check: Check, own: Severity | None) -> Severity:
        """Return the level of one finding, of which a check may have its `own`."""
        return cast(Severity, self.levels.get(check.id, own or check.level))

    def limits(self, check: Check) -> Mapping[str, float]:
        """Return the thresholds of a check."""
        return {**dict(check.limits), **self.thresholds.get(check.id, {})}


def read(
    levels: Mapping[str, str], thresholds: Mapping[str, Mapping[str, str]], location: Location
) -> Read[Settings]:
    """Read the `lint` part of a project's settings, as decoded from YAML."""
    problems: list[Problem] = []
    known: dict[str, Level] = {}
    numbers: dict[str, dict[str, float]] = {}
    for name, level in levels.items():
        problems += _unknown(name, location)
        if level not in ("error", "warning", "info", "off"):
            message = f'"{level}" is no level of {name}: write error, warning, info or off'
            problems.append(Problem(location, "error", "lint-level", message))
        else:
            known[name] = cast(Level, level)
    for name, given in thresholds.items():
        problems += _unknown(name, location)
        if name in BY_ID:
            numbers[name] = dict(_numbers(BY_ID[name], given, location, problems))
    return Read(Settings(known, numbers), in_order(problems))


def _unknown(id: str, location: Location) -> Iterator[Problem]:
    if id not in BY_ID:
        hint = did_you_mean(id, BY_ID) or f" (they are {CHECKS[0].id} to {CHECKS[-1].id})"
        yield Problem(location, "error", "unknown-check", f'no check has the id "{id}"{hint}')


def _numbers(
    check: Check, given: Mapping[str, str], location: Location, problems: list[Problem]
) -> Iterator[tuple[str, float]]:
    names = dict(check.limits)
    kinds = {f"{kind}.{name}" for kind in ("term", "claim", "pair") for name in ("zh", "en")}
    for name, value in given.items():
        if name not in names and not (name in kinds and name.partition(".")[2] in names):
            known = ", ".join(names) or "it has none"
            message = f'{check.id} has no threshold "{name}" ({known})'
            problems.append(Problem(location, "error", "lint-threshold", message))
            continue
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not 0 <= number < 1e9:
            message = f'the threshold {name} of {check.id} is "{value}": write a number from 0'
            problems.append(Problem(location, "error", "lint-threshold", message))
        else:
            yield name, number
