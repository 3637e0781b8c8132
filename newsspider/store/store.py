"""The store: articles, reprints, events and visits of a run, each acknowledged once it is safe.

The order of every commit, for a batch: the lines of the segments and of the visits, each file
synced; one transaction of the ledger with the new offsets; then the acknowledgement. A lock around
it keeps other runs out, and its file names the run inside: should that run die there, the next one
first reads its lines, so no two runs can store one version, or one text.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from newsspider.disk import Disk
from newsspider.errors import ConfigurationError, StoreError
from newsspider.items import Outcome, Record, Visit
from newsspider.store.admission import Admission
from newsspider.store.draft import Draft, Identify, Known, Reread, Schedule, bounded
from newsspider.store.events import Alarm, Disappearances
from newsspider.store.index import Index, open_index
from newsspider.store.ledger import is_damaged
from newsspider.store.locks import CommitLock, Lock, SiteLocks, checked_name
from newsspider.store.recovery_report import RecoveryReport
from newsspider.store.setup import DEFAULT_MAX_BYTES, Progress, Setup
from newsspider.store.visits import Rules, never
from newsspider.store.writer import Writer

__all__ = ["Draft", "Known", "RecoveryReport", "Store"]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """The one writer of a run. All calls from one thread at a time."""

    def __init__(self, setup: Setup) -> None:
        """Keep what a run needs; `Store.open` makes a store that can be used."""
        self.recovery = RecoveryReport()
        self.alarms: tuple[Alarm, ...] = ()
        self._setup = setup
        self._writer = Writer(setup)
        self._queue: list[tuple[tuple[Visit, ...], Draft | None]] = []
        self._disappearances = Disappearances()
        self._broken: BaseException | None = None
        self._closed = False
        self._sites: SiteLocks | None = None
        self._run_lock: Lock | None = None
        self._commit_lock: CommitLock | None = None
        self._index: Index | None = None

    @classmethod
    def open(  # noqa: PLR0913 (the parts of a run, by name)
        cls,
        root: Path,
        *,
        run: str,
        sites: Sequence[str],
        now: Callable[[], datetime] = _utc_now,
        io: Disk | None = None,
        schedule: Schedule = never,
        identify: Identify | None = None,
        reread: Reread | None = None,
        skip_held: bool = False,
        max_bytes: int = DEFAULT_MAX_BYTES,
        compress: bool = False,
        progress: Progress | None = None,
    ) -> Self:
        """Take the sites' locks, recover what earlier runs left, and return the store.

        schedule: when a URL is due again. identify: the id of a URL that a listing found; without
        it what was found and not visited is not remembered. reread: reads an archived page anew
        after an upgrade of the extractor. skip_held: leave out sites that other runs hold (`sites`
        tells which are held). compress: gzip articles, reprints and events when they are sealed.
        progress: told (segment, lines) while recovery reads; a lost ledger of a million articles
        takes minutes.

        Raises AlreadyRunning, ConfigurationError (LedgerTooNew) or StoreError.
        """
        setup = Setup(
            root=root,
            run=checked_name(run),
            disk=io or Disk(),
            now=now,
            rules=Rules(schedule, identify),
            reread=reread,
            max_bytes=max_bytes,
            compress=compress,
            progress=progress,
        )
        store = cls(setup)
        try:
            store._begin(sites, skip_held=skip_held)
        except BaseException:
            store._release()
            raise
        return store

    def _begin(self, sites: Sequence[str], *, skip_held: bool) -> None:
        setup, state, disk = self._setup, self._setup.state, self._setup.disk
        try:
            for folder in (state / "locks", state / "runs"):
                disk.make_directory(folder)
            self._sites = SiteLocks(state / "locks", sites, disk, skip_held=skip_held)
            self._run_lock = setup.runs.hold(self.run)
            self._commit_lock = CommitLock(state / "commit.lock", disk)
        except OSError as error:
            raise ConfigurationError(f"cannot use the folder {setup.root}: {error}") from error
        if any((setup.root / "runs" / self.run).glob("visits.jsonl*")):
            raise ConfigurationError(f"the run {self.run} was before: each has a name of its own")
        with self._alone():
            pass

    # -- what is known -----------------------------------------------------------------------

    @property
    def run(self) -> str:
        """The run's name."""
        return self._setup.run

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites whose locks this run holds."""
        return self._sites.sites if self._sites else ()

    @property
    def skipped(self) -> tuple[str, ...]:
        """The sites left out because other runs hold them."""
        return self._sites.skipped if self._sites else ()

    def known(self, url_id: str) -> Known | None:
        """Return what is known of a URL by its id; None if it was neither visited nor found."""
        with self._stops_when_broken():
            return self._usable().ledger.urls.get(url_id)

    def due(self, site: str, now: datetime, limit: int) -> list[Known]:
        """Return up to `limit` URLs of a site that are due: never visited first, then by time."""
        with self._stops_when_broken():
            return self._usable().ledger.urls.due(site, now, limit)

    def versions(self, article: str) -> list[Record]:
        """Return the stored versions of an article in order."""
        with self._stops_when_broken():
            index = self._usable()
            found = [index.read(version) for version in index.ledger.versions.of(article)]
        return [record for record in found if record is not None]

    # -- writing -----------------------------------------------------------------------------

    @property
    def pending(self) -> int:
        """Visits that are queued and not yet acknowledged."""
        return sum(len(visits) for visits, _ in self._queue)

    def add(self, visit: Visit, draft: Draft | None = None, *, also: Sequence[Visit] = ()) -> None:
        """Queue a visit and the article that it gave; nothing is safe before `commit`.

        The visits of `also` (further pages of the article) end as the first one ends.
        """
        self._usable()
        if draft is None and visit.outcome in {Outcome.STORED, Outcome.SAME_TEXT, Outcome.REPRINT}:
            raise ValueError(f"a visit that ends as {visit.outcome} gives a draft")
        if draft is not None:
            draft = replace(draft, article=bounded(draft.article))
        self._queue.append(((visit, *also), draft))

    def revise(self, draft: Draft) -> None:
        """Queue an article that was read anew from the archive: no visit belongs to it."""
        self._usable()
        draft = replace(draft, article=bounded(draft.article), reextracted=True)
        self._queue.append(((), draft))

    def commit(self) -> list[Visit]:
        """Judge and write the queue as one batch; return its visits as they ended.

        Raises StoreError: then nothing of the batch is acknowledged, and the store takes no more.
        """
        self._usable()
        if not self._queue:
            return []
        acknowledged: list[Visit] = []
        with self._alone() as index:
            self._writer.rotate(index.ledger)
            with self._writer.batch(index.ledger) as batch:
                admission = Admission(index, batch, self._disappearances, self._setup.rules)
                for visits, draft in self._queue:
                    acknowledged += admission.enter(visits, draft)
            index.unwritten.clear()
        self._queue = []
        return acknowledged

    def close(self) -> None:
        """Commit, tell of disappearances, seal the segments, release the locks; idempotent."""
        if self._closed:
            return
        try:
            if self._broken is None:
                self.commit()
                self._finish()
        finally:
            self._closed = True
            self._release()

    def _finish(self) -> None:
        with self._alone() as index:
            events, alarms = self._disappearances.tell(index.ledger)
            self.alarms = tuple(alarms)
            if events:
                with self._writer.batch(index.ledger) as batch:
                    for event in events:
                        batch.add("events", event)
                        index.ledger.absences.set_gone(event.id, told=True)
            self._writer.seal(index.ledger)
            if self._run_lock is not None:
                self._setup.disk.remove(self._run_lock.path)

    # -- one at a time, and being broken -----------------------------------------------------

    @contextmanager
    def _alone(self) -> Iterator[Index]:
        """Hold the commit lock; the index is there and knows all that others wrote."""
        if self._commit_lock is None:
            raise StoreError("the store is closed")
        with self._stops_when_broken(), self._commit_lock.held():
            if self._index is None or self._index.is_replaced or self._commit_lock.mark:
                self._reopen()
            self._commit_lock.set_mark(self.run)
            yield self._usable()
            with suppress(OSError):  # a mark that stays only makes the next run look
                self._commit_lock.set_mark("")

    def _reopen(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None
        self._index = open_index(self._setup, self.recovery)

    def _usable(self) -> Index:
        if self._broken is not None:
            raise StoreError(f"the store is broken: {self._broken}") from self._broken
        if self._closed or self._index is None:
            raise StoreError("the store is closed")
        return self._index

    @contextmanager
    def _stops_when_broken(self) -> Iterator[None]:
        """Turn faults of disk and ledger into StoreError; after any error nothing more is taken.

        A sync is never tried again: after a failure the kernel may have dropped the bytes.
        """
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            self._broken = error
            if self._index is not None and is_damaged(error):
                self._index.set_aside()
                self._index = None
            raise StoreError(f"{self._setup.root}: {error}") from error
        except BaseException as error:
            self._broken = self._broken or error
            raise

    def _release(self) -> None:
        self._writer.close()
        if self._index is not None:
            self._index.close()
            self._index = None
        for lock in (self._commit_lock, self._run_lock, self._sites):
            if lock is not None:
                lock.close()
