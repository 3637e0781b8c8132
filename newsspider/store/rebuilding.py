"""Making the ledger anew from the segments: what a job does that keeps nothing but exports/."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from newsspider.disk import Disk
from newsspider.errors import AlreadyRunning, ConfigurationError, StoreError
from newsspider.store.index import LEDGER, open_index
from newsspider.store.ledger import remove_ledger
from newsspider.store.locks import CommitLock
from newsspider.store.recovery_report import RecoveryReport
from newsspider.store.setup import Progress, Setup
from newsspider.store.visits import Rules


def rebuild(
    root: Path,
    *,
    rules: Rules | None = None,
    io: Disk | None = None,
    compress: bool = False,
    progress: Progress | None = None,
) -> RecoveryReport:
    """Throw the ledger away and make it from the segments; what dead runs left is finished.

    Raises AlreadyRunning while a run is at work, ConfigurationError, StoreError. Can be killed and
    begun again; the next run would do the same by itself.
    """
    setup = Setup(
        root=root,
        run="",
        disk=io or Disk(),
        now=lambda: datetime.now(UTC),
        rules=rules or Rules(),
        compress=compress,
        progress=progress,
    )
    if not root.is_dir():
        raise ConfigurationError(f"there is no folder {root}")
    report = RecoveryReport()
    try:
        setup.disk.make_directory(setup.state / "runs")
        lock = CommitLock(setup.state / "commit.lock", setup.disk)
    except OSError as error:
        raise ConfigurationError(f"cannot use the folder {root}: {error}") from error
    try:
        with lock.held():
            alive = setup.runs.alive()
            if alive:
                raise AlreadyRunning(f"runs are at work: {', '.join(alive)}")
            remove_ledger(setup.state / LEDGER)
            open_index(setup, report).close()
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{root}: {error}") from error
    finally:
        lock.close()
    return report
