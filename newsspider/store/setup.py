"""What a store works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from newsspider.disk import Disk
from newsspider.store.draft import Reread
from newsspider.store.locks import RunLocks
from newsspider.store.visits import Rules

#: A segment of this size is sealed and the next one begun.
DEFAULT_MAX_BYTES: Final = 64 << 20

#: Told while segments are read: the segment, and how many lines more.
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The folder and the run, the disk and the clock, what is known of URLs and of archived pages."""

    root: Path
    run: str
    disk: Disk
    now: Callable[[], datetime]
    rules: Rules
    reread: Reread | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    compress: bool = False
    progress: Progress | None = None

    @property
    def state(self) -> Path:
        """Where ledger and locks lie."""
        return self.root / ".state"

    @property
    def runs(self) -> RunLocks:
        """Who is alive."""
        return RunLocks(self.state / "runs", self.disk)
