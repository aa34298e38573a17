"""Progress bars on standard error; silent where it is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from graphsvc.cli.words import errors, tr

Counter = Callable[[int, int], None]
"""Called with what is done and what there is to do (0: not known)."""


@contextmanager
def bar(text: str) -> Iterator[Counter]:
    """A bar with the time left, for work that says how far it is; it shows from the first step to the last."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal)
    task = progress.add_task(text, total=None)

    def count(done: int, total: int) -> None:
        progress.start()
        progress.update(task, completed=done, total=total or None)
        if done == total:
            progress.stop()  # rich draws one bar at a time: leave the place to the next

    try:
        yield count
    finally:
        progress.stop()


@contextmanager
def downloading() -> Iterator[Counter]:
    """A bar for the first start, when Neo4j is downloaded."""
    with bar(tr("Downloading Neo4j")) as count:
        yield count
