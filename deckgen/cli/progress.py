"""Progress on standard error, shown on a terminal only."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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


def show_compiling() -> None:
    """Show which dictionary is being compiled, while that lasts, where a person looks on."""
    if sys.stderr.isatty():
        logger = logging.getLogger("deckgen.cache")
        logger.addHandler(_Compiling())
        logger.setLevel(logging.DEBUG)


class _Compiling(logging.Handler):
    """Turns what the cache logs into a line that moves."""

    def __init__(self) -> None:
        super().__init__()
        self._status: Any = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._status:
            self._status.stop()
            self._status = None
        if record.levelno >= logging.WARNING:
            print(record.getMessage(), file=sys.stderr)
        elif getattr(record, "compiling", None):
            from rich.console import Console

            self._status = Console(stderr=True).status(f"{record.getMessage()} …")
            self._status.start()
