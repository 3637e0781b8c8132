"""The index of a store: the ledger, the texts on its tables, the judge over both."""

import sqlite3
from typing import Final

from newsspider.errors import DamagedRecord
from newsspider.items import Record
from newsspider.store.judge import Judge
from newsspider.store.ledger import Ledger, is_damaged, open_ledger, set_aside
from newsspider.store.lines import decode, open_lines
from newsspider.store.recovery import Recovery
from newsspider.store.recovery_report import RecoveryReport
from newsspider.store.segment import find_segment
from newsspider.store.setup import Setup
from newsspider.store.texts import Texts
from newsspider.store.versions import Version

LEDGER: Final = "ledger.sqlite3"


class Index:
    """An open ledger that knows all that the files say."""

    def __init__(self, setup: Setup, ledger: Ledger) -> None:
        """Put texts and judge upon the open ledger."""
        self.ledger = ledger
        self.texts = Texts(ledger, self.read)
        self.judge = Judge(ledger, self.texts, self.read, run=setup.run, reread=setup.reread)
        #: Records of the batch at hand by segment and offset: their lines are not written yet.
        self.unwritten: dict[tuple[str, int], Record] = {}
        self._root = setup.root

    @property
    def is_replaced(self) -> bool:
        """Whether the ledger's file was removed or made anew since it was opened."""
        return self.ledger.is_replaced()

    def read(self, version: Version) -> Record | None:
        """Return a stored record; None when its line is damaged or its file was taken away."""
        unwritten = self.unwritten.get((version.segment, version.start))
        if unwritten is not None:
            return unwritten
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


def open_index(setup: Setup, report: RecoveryReport) -> Index:
    """Open the ledger and bring it to the files; what was done is added to `report`.

    A ledger that is damaged is set aside, once, and made anew. The caller holds the commit lock.
    """
    if not setup.state.is_dir():
        raise FileNotFoundError(f"{setup.state} is gone")
    try:
        return _attempt(setup, report)
    except sqlite3.DatabaseError as error:
        if not is_damaged(error):
            raise
        report.note_set_aside(set_aside(setup.state / LEDGER))
    return _attempt(setup, report)


def _attempt(setup: Setup, report: RecoveryReport) -> Index:
    ledger, aside = open_ledger(setup.state / LEDGER)
    report.note_set_aside(aside)
    try:
        index = Index(setup, ledger)
        report.add(Recovery(setup, ledger, index.texts).run())
    except BaseException:
        ledger.close()
        raise
    return index
