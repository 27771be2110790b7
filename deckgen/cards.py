"""Card templates: Jinja files rendered with a recipe's look into the sides that Anki takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import jinja2

from deckgen import markup, notetypes, pages, palettes, rendering
from deckgen.labels import LABELS
from deckgen.notetypes import NoteType, Template
from deckgen.problems import Location, Problem, Read, did_you_mean, in_order
from deckgen.recipe import Recipe

_CSS = "deckgen.css.j2"


def load(folders: Sequence[Path], recipe: Recipe) -> Read[tuple[NoteType, ...]]:
    """Render the note types of a recipe; a file in an earlier folder goes before the others'.

    Every broken template is a problem; the note types can be used only where there is none.
    """
    loader = _Loader(folders, recipe)
    css = loader.render(_CSS)
    types = tuple(
        replace(type_, css=css, templates=tuple(loader.template(type_, t) for t in type_.templates))
        for type_ in notetypes.note_types(recipe.edition)
    )
    return Read(types, in_order(loader.problems))


class _Loader:
    def __init__(self, folders: Sequence[Path], recipe: Recipe) -> None:
        self.problems: list[Problem] = []
        self.fronts: dict[str, str] = {}
        self.folders = folders
        self.environment = pages.environment(folders)
        self.environment.globals.update(_context(recipe))

    def template(self, type_: NoteType, template: Template) -> Template:
        """Render both sides of one card type; a spare one shows its switch and nothing else."""
        if template.name in notetypes.SPARE_SWITCHES:
            name = template.name
            front = f"{{{{#{name}}}}}{{{{{name}}}}}{{{{/{name}}}}}"
            return replace(template, front=front, back="{{FrontSide}}")
        stem = f"{type_.key}/{template.name.lower()}"
        front, back = self.render(f"{stem}.front.html.j2"), self.render(f"{stem}.back.html.j2")
        self._check(f"{stem}.front.html.j2", front, type_, is_front=True)
        self._check(f"{stem}.back.html.j2", back, type_, is_front=False)
        return replace(template, front=front, back=back)

    def render(self, name: str) -> str:
        """Render one file; where that fails, note a problem and return nothing."""
        try:
            return self.environment.get_template(name).render().strip() + "\n"
        except jinja2.TemplateNotFound as error:
            self._problem(name, 0, 0, "missing-template", f"no template is called {error.name}")
        except jinja2.TemplateSyntaxError as error:
            said = error.message or "broken"
            self._problem(error.name or name, error.lineno, 0, "template", said)
        except UnicodeDecodeError:
            self._problem(name, 0, 0, "not-utf-8", "not UTF-8 text; save the file as UTF-8")
        except Exception as error:  # a user's template may raise anything
            place, line = _raised(error, self.folders, name)
            said = f"{error}".strip() or type(error).__name__
            self._problem(place, line, 0, "template", said)
        return ""

    def _check(self, name: str, side: str, type_: NoteType, *, is_front: bool) -> None:
        if not side:
            return
        try:
            nodes = rendering.parse(side)
        except rendering.TemplateError as error:
            self._anki_problem(name, side, error.offset, str(error))
            return
        if is_front:
            self._check_front(name, side, nodes, type_)
        known = {*type_.field_names, *rendering.SPECIAL_FIELDS}
        if is_front:
            known.remove("FrontSide")
        for reference in rendering.references(nodes):
            if reference.field not in known:
                hint = did_you_mean(reference.field, known)
                message = f'{type_.name} has no field "{reference.field}"{hint}'
                self._anki_problem(name, side, reference.offset, message)
            for filter_ in getattr(reference, "filters", ()):
                if not rendering.is_filter(filter_):
                    message = f'Anki has no filter "{filter_}"'
                    self._anki_problem(name, side, reference.offset, message)

    def _check_front(
        self, name: str, side: str, nodes: tuple[rendering.Node, ...], type_: NoteType
    ) -> None:
        shown = [r for r in rendering.references(nodes) if isinstance(r, rendering.Replacement)]
        if not [r for r in shown if r.field != "FrontSide"]:
            self._problem(name, 0, 0, "no-field", "a front must show at least one field")
        elif type_.cloze and not any("cloze" in r.filters for r in shown):
            self._problem(name, 0, 0, "no-cloze", "this front must show {{cloze:Text}}")
        if side in self.fronts:
            message = f"the same as {self.fronts[side]}: Anki wants each front to differ"
            self._problem(name, 0, 0, "same-front", message)
        self.fronts[side] = name

    def _anki_problem(self, name: str, side: str, offset: int, message: str) -> None:
        """Locate a fault of the rendered side in the file that has the same reference."""
        end = side.find("}}", offset)
        reference = side[offset : end + 2 if end >= 0 else None].splitlines()[0]
        before = side.count(reference, 0, offset)
        for file in (name, *sorted(self.environment.list_templates(filter_func=_is_part))):
            places = [m.start() for m in re.finditer(re.escape(reference), self._source(file))]
            if places:
                place = places[min(before, len(places) - 1)]
                self._problem(file, *_line(self._source(file), place), "anki-template", message)
                return
        self._problem(name, 0, 0, "anki-template", message)

    def _source(self, name: str) -> str:
        assert self.environment.loader
        return self.environment.loader.get_source(self.environment, name)[0]

    def _problem(self, name: str, line: int, column: int, code: str, message: str) -> None:
        folder = next((f for f in self.folders if (f / name).exists()), self.folders[0])
        location = Location(f"{folder.name}/{name}", line, column)
        excerpt = self._source(name).splitlines()[line - 1] if line else None
        self.problems.append(Problem(location, "error", code, message, excerpt))


def _line(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column of an offset, from 1."""
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1


def _is_part(name: str) -> bool:
    return "/" not in name


def _raised(error: Exception, folders: Sequence[Path], name: str) -> tuple[str, int]:
    """Return the template and the line at which rendering stopped."""
    place, trace = (name, 0), error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        for folder in folders:
            if path.is_relative_to(folder):
                place = path.relative_to(folder).as_posix(), trace.tb_lineno
        trace = trace.tb_next
    return place


def _context(recipe: Recipe) -> dict[str, object]:
    traditional = recipe.theme.script == "traditional"
    return {
        "theme": recipe.theme,
        "labels": recipe.labels,
        "t": LABELS[recipe.labels],
        "own": " English" if recipe.labels == "en" else "",
        "hanzi": "Traditional" if traditional else "Hanzi",
        "lang": markup.lang(recipe.theme),
        "voice": "zh_TW" if traditional else "zh_CN",
        "tones": palettes.PALETTES[recipe.theme.palette],
    }
