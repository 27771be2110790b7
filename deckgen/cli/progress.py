"""A progress bar on standard error, shown on a terminal only."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from deckgen.pipeline import Progress


@contextlib.contextmanager
def shown(quiet: bool = False) -> Iterator[Progress]:
    """Give a function to report progress to; it draws nothing where the output is piped."""
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    hidden = quiet or not console.is_terminal
    with Bars(*columns, console=console, transient=True, disable=hidden) as bars:
        tasks: dict[str, TaskID] = {}

        def report(what: str, done: int, total: int) -> None:
            task = tasks.get(what)
            if task is None:
                task = tasks[what] = bars.add_task(what)
            bars.update(task, completed=done, total=total)

        yield report
