"""HTML pages for reading: side-by-side views, rendered from `templates/pages/`."""

from __future__ import annotations

from typing import Any

import jinja2

from deckgen.resources import bundled


def render(name: str, **values: Any) -> str:
    """Render a page template; all values are text and escaped."""
    environment = jinja2.Environment(
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
        loader=jinja2.FileSystemLoader(bundled("templates") / "pages"),
    )
    return environment.get_template(name).render(values)
