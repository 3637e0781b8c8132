"""The index of a store: the ledger, the reprints on its tables, the judge over both."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from newsspider.disk import Disk
from newsspider.errors import DamagedRecord
from newsspider.items import Record
from newsspider.store.draft import Reread
from newsspider.store.judge import Judge, Reprints, reprint_index
from newsspider.store.ledger import Ledger, is_damaged, open_ledger, set_aside
from newsspider.store.lines import decode, open_lines
from newsspider.store.locks import RunLocks
from newsspider.store.recovery import Progress, Recovery
from newsspider.store.recovery_report import RecoveryReport
from newsspider.store.segment import find_segment
from newsspider.store.versions import Version
from newsspider.store.visits import Rules

LEDGER: Final = "ledger.sqlite3"


class Index:
    """An open ledger that knows all that the files say."""

    def __init__(self, root: Path, ledger: Ledger, *, run: str, reread: Reread | None) -> None:
        """Put reprints and judge upon the open ledger."""
        self.ledger = ledger
        self.reprints: Reprints | None = reprint_index(ledger.connection)
        self.judge = Judge(ledger, self.reprints, run=run, reread=reread, read=self.read)
        self._root = root

    @property
    def is_replaced(self) -> bool:
        """Whether the ledger's file was removed or made anew since it was opened."""
        return self.ledger.is_replaced()

    def read(self, version: Version) -> Record | None:
        """Return a stored record; None when its line is damaged or its file was taken away."""
        path = find_segment(self._root, version.segment)
        if path is None:
            return None
        try:
            with open_lines(path) as file:
                file.seek(version.start)
                return decode(file.read(version.length), Record)
        except DamagedRecord:
            return None

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()

    def set_aside(self) -> None:
        """Close the ledger and give it another name: it is damaged."""
        self.ledger.close()
        set_aside(self.ledger.path)


def open_index(
    root: Path,
    report: RecoveryReport,
    *,
    run: str,
    reread: Reread | None,
    disk: Disk,
    rules: Rules,
    compress: bool,
    progress: Progress | None = None,
) -> Index:
    """Open the ledger and bring it to the files; what was done is added to `report`.

    A ledger that is damaged is set aside, once, and made anew. The caller holds the commit lock.
    """
    state = root / ".state"
    if not state.is_dir():
        raise FileNotFoundError(f"{state} is gone")

    def attempt() -> Index:
        ledger, aside = open_ledger(state / LEDGER)
        report.note_set_aside(aside)
        try:
            index = Index(root, ledger, run=run, reread=reread)
            recovery = Recovery(
                root,
                ledger,
                index.reprints,
                disk=disk,
                runs=RunLocks(state / "runs", disk),
                rules=rules,
                compress=compress,
                progress=progress,
            )
            report.add(recovery.run())
        except BaseException:
            ledger.close()
            raise
        return index

    return _once_more(attempt, state / LEDGER, report)


def _once_more(attempt: Callable[[], Index], path: Path, report: RecoveryReport) -> Index:
    try:
        return attempt()
    except sqlite3.DatabaseError as error:
        if not is_damaged(error):
            raise
        report.note_set_aside(set_aside(path))
    return attempt()
