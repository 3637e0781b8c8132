"""How far `verify` and `rebuild` are: a line that moves in a terminal, now and then a line elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

#: Seconds between two lines of the log of a job.
EVERY: Final = 20.0


@contextmanager
def progress_of_lines(*, every: float = EVERY) -> Iterator[Callable[[str, int], None]]:
    """Yield what is to be told (segment, how many lines more)."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Log(console, every)
        return
    columns = (SpinnerColumn(), TextColumn("{task.completed:,} lines {task.description}"))
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda name, count: progress.update(task, advance=count, description=name)


class _Log:
    """Counts, and says so when some time has passed."""

    def __init__(self, console: Console, every: float) -> None:
        self._console = console
        self._every = every
        self._count = 0
        self._said = time.monotonic()

    def __call__(self, name: str, count: int) -> None:
        self._count += count
        now = time.monotonic()
        if now - self._said >= self._every:
            self._said = now
            self._console.out(f"{self._count:,} lines, at {name}", highlight=False)
