"""Colours for the tones, after known palettes, each darkened or lightened until it is legible.

Every value has a contrast of at least 4.5 to 1 against both backgrounds of its mode in
`templates/deckgen.css.j2` (a test computes it). The hues are those of each palette's origin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of tones 1 to 5 by day and by night, as CSS colours."""

    light: tuple[str, ...]
    dark: tuple[str, ...]


PALETTES: Mapping[str, Tones | None] = {
    "mdbg": Tones(
        ("#d60000", "#916000", "#007b00", "#0000ff", "#666666"),
        ("#ff6262", "#d89000", "#00b000", "#8b8bff", "#979797"),
    ),
    "pleco": Tones(
        ("#d70000", "#017b13", "#1510f0", "#8900bf", "#6a6a6a"),
        ("#ff6262", "#02b31c", "#8d8bf8", "#d467ff", "#979797"),
    ),
    "hanping": Tones(
        ("#1867d0", "#097b2e", "#a35600", "#d7001a", "#6a6a6a"),
        ("#5a98ec", "#0cae41", "#e87a00", "#ff6073", "#979797"),
    ),
    "dummitt": Tones(
        ("#d60a1b", "#b14c05", "#4e7524", "#326f98", "#6a6a6a"),
        ("#f86773", "#f9761b", "#97cd5d", "#5d9eca", "#979797"),
    ),
    "colourblind": Tones(
        ("#006fae", "#8e6200", "#007958", "#ad427d", "#6a6a6a"),
        ("#009df5", "#e69f00", "#00ac7d", "#ce7daa", "#979797"),
    ),
    "none": None,
}
