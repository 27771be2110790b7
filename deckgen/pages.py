"""Templates: how they are written, and the pages for reading that come from `templates/pages/`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from deckgen.resources import bundled


def environment(folders: Sequence[Path]) -> SandboxedEnvironment:
    """Return Jinja as deckgen uses it: its own delimiters, strict, escaping, in the sandbox."""
    return SandboxedEnvironment(
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
    )


def render(name: str, **values: Any) -> str:
    """Render a page template; all values are text and escaped."""
    return environment([bundled("templates") / "pages"]).get_template(name).render(values)
