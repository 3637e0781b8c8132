"""The store: articles, reprints, events and visits of a run, each acknowledged once it is safe.

The order of every commit, for a batch: the lines of the segments, the lines of the visits, each
synced; one transaction of the ledger with the new offsets; then the acknowledgement. A lock around
it keeps runs of other sites out, and its file names the run inside: when that run died there, the
next one first reads its lines, so no two runs can store one version or one text.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from newsspider.disk import Disk
from newsspider.errors import ConfigurationError, DamagedRecord, StoreError
from newsspider.items import Outcome, Record, Visit
from newsspider.store.draft import Draft, Known, Reread, Schedule, bounded
from newsspider.store.events import Alarm, Disappearances
from newsspider.store.judge import Decision, Judge, Reprints, reprint_index
from newsspider.store.ledger import Ledger, Version, is_damaged, open_ledger, set_aside
from newsspider.store.lines import decode, encode, open_lines
from newsspider.store.locks import Lock, RunLocks, SiteLocks, checked_name
from newsspider.store.recovery import Recovery, RecoveryReport, index_text
from newsspider.store.segment import DEFAULT_MAX_BYTES, KINDS, Segment, find_segment, seal
from newsspider.store.visits import apply_visit, never

#: Length of the name in the commit lock's file.
_NAME_SIZE: Final = 128


class Store:
    """The one writer of a run. All calls from one thread."""

    def __init__(
        self,
        root: Path,
        *,
        run: str,
        now: Callable[[], datetime],
        io: Disk,
        schedule: Schedule,
        reread: Reread | None,
        max_bytes: int,
        compress: bool,
    ) -> None:
        """Keep what a run needs; `Store.open` makes a store that can be used."""
        self.root = root
        self.run = run
        self.recovery = RecoveryReport()
        self.alarms: tuple[Alarm, ...] = ()
        self._now = now
        self._disk = io
        self._schedule = schedule
        self._reread = reread
        self._max_bytes = max_bytes
        self._compress = compress
        self._state = root / ".state"
        self._queue: list[tuple[Visit | None, Draft | None]] = []
        self._segments: dict[str, Segment] = {}
        self._begun: dict[str, int] = {}
        self._disappearances = Disappearances()
        self._broken: BaseException | None = None
        self._closed = False
        self._sites: SiteLocks | None = None
        self._run_lock: Lock | None = None
        self._commit_lock: Lock | None = None
        self._ledger: Ledger | None = None
        self._reprints: Reprints | None = None

    @classmethod
    def open(
        cls,
        root: Path,
        *,
        run: str,
        sites: Sequence[str],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        io: Disk | None = None,
        schedule: Schedule = never,
        reread: Reread | None = None,
        skip_held: bool = False,
        max_bytes: int = DEFAULT_MAX_BYTES,
        compress: bool = False,
    ) -> Self:
        """Take the sites' locks, recover what earlier runs left, and return the store.

        `schedule` says when a URL is due again; `reread` reads an archived page anew after an
        upgrade of the extractor. With `skip_held` sites that other runs hold are left out; `sites`
        of the store tells which are held. Raises AlreadyRunning, ConfigurationError (LedgerTooNew)
        or StoreError.
        """
        store = cls(
            root,
            run=checked_name(run),
            now=now,
            io=io or Disk(),
            schedule=schedule,
            reread=reread,
            max_bytes=max_bytes,
            compress=compress,
        )
        try:
            store._begin(sites, skip_held=skip_held)  # noqa: SLF001
        except BaseException:
            store._release()  # noqa: SLF001
            raise
        return store

    def _begin(self, sites: Sequence[str], *, skip_held: bool) -> None:
        locks, runs = self._state / "locks", self._state / "runs"
        try:
            for folder in (locks, runs):
                self._disk.make_directory(folder)
            self._sites = SiteLocks(locks, sites, self._disk, skip_held=skip_held)
            self._run_lock = RunLocks(runs, self._disk).hold(self.run)
            self._commit_lock = Lock(self._state / "commit.lock", self._disk)
        except OSError as error:
            raise ConfigurationError(
                f"cannot use the exports folder {self.root}: {error}"
            ) from error
        if any((self.root / f"runs/{self.run}").glob("visits.jsonl*")):
            raise ConfigurationError(
                f"the run {self.run} was before: every run has a name of its own"
            )
        with self._stops_when_broken(), self._alone():
            pass

    # -- what is known -----------------------------------------------------------------------

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites whose locks this run holds."""
        return self._sites.sites if self._sites else ()

    @property
    def skipped(self) -> tuple[str, ...]:
        """The sites left out because other runs hold them."""
        return self._sites.skipped if self._sites else ()

    def known(self, url_id: str) -> Known | None:
        """Return what is known of a URL by its id; None if it was never visited."""
        with self._stops_when_broken():
            return self._index.known(url_id)

    def due(self, site: str, now: datetime, limit: int) -> list[Known]:
        """Return up to `limit` URLs of a site that are due, the longest overdue first."""
        with self._stops_when_broken():
            return self._index.due(site, now, limit)

    def versions(self, article: str) -> list[Record]:
        """Return all stored versions of an article in order."""
        with self._stops_when_broken():
            found = [self._read(version) for version in self._index.versions(article)]
        return [record for record in found if record is not None]

    # -- writing -----------------------------------------------------------------------------

    @property
    def pending(self) -> int:
        """Visits that are queued and not yet acknowledged."""
        return len(self._queue)

    def add(self, visit: Visit, draft: Draft | None = None) -> None:
        """Queue a visit and the article that it gave; nothing is safe before `commit`."""
        self._usable()
        if draft is None and visit.outcome in {Outcome.STORED, Outcome.SAME_TEXT, Outcome.REPRINT}:
            raise ValueError(f"a visit that ends as {visit.outcome} gives a draft")
        self._queue.append((visit, draft and replace(draft, article=bounded(draft.article))))

    def revise(self, draft: Draft) -> None:
        """Queue an article that was read anew from the archive: no visit belongs to it."""
        self._usable()
        draft = replace(draft, article=bounded(draft.article), reextracted=True)
        self._queue.append((None, draft))

    def commit(self) -> list[Visit]:
        """Judge and write the queue as one batch; return its visits as they ended.

        Raises StoreError: then nothing of the batch is acknowledged, and the store takes no more.
        """
        self._usable()
        if not self._queue:
            return []
        with self._stops_when_broken(), self._alone():
            self._rotate()
            acknowledged = self._write_batch(self._queue)
        self._queue = []
        return acknowledged

    def close(self) -> None:
        """Commit, tell of disappearances, seal the segments, release the locks; idempotent."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._broken is None and self._ledger is not None:
                self._finish()
        finally:
            self._release()

    def _finish(self) -> None:
        self._closed = False  # for commit
        try:
            self.commit()
        finally:
            self._closed = True
        events, alarms = self._disappearances.tell()
        self.alarms = tuple(alarms)
        with self._stops_when_broken(), self._alone():
            if events:
                with self._transaction() as buffers:
                    for event in events:
                        buffers["events"].append(encode(event))
                        self._index.set_gone(event.id, told=True)
            for kind in list(self._segments):
                self._seal(kind)
        assert self._run_lock is not None  # noqa: S101
        self._disk.remove(self._run_lock.path)

    def _write_batch(self, batch: list[tuple[Visit | None, Draft | None]]) -> list[Visit]:
        acknowledged = []
        with self._transaction() as buffers:
            for visit, draft in batch:
                decision = self._judge.decide(draft) if draft else None
                if draft and decision and decision.record:
                    self._add_record(decision.record, buffers)
                if visit is None:
                    continue
                final = _judged(visit, draft, decision)
                event = self._disappearances.note(final, self._index)
                if event is not None:
                    buffers["events"].append(encode(event))
                apply_visit(self._index, final, self._schedule)
                buffers["visits"].append(encode(final))
                acknowledged.append(final)
        return acknowledged

    def _add_record(self, record: Record, buffers: dict[str, list[bytes]]) -> None:
        kind = "reprints" if record.reprint_of else "articles"
        line = encode(record)
        segment = self._segment(kind)
        version = Version(
            record.id,
            record.version,
            record.digest,
            segment.name,
            segment.end + sum(map(len, buffers[kind])),
            len(line),
            record.site,
            record.extractor,
            record.story,
        )
        self._index.add_version(version)
        index_text(self._index, self._reprints, record.site, record.id, record.title, record.body)
        buffers[kind].append(line)

    @contextmanager
    def _transaction(self) -> Iterator[dict[str, list[bytes]]]:
        """Collect lines and ledger entries; then bytes, sync, COMMIT, in this order."""
        buffers: dict[str, list[bytes]] = {kind: [] for kind in KINDS}
        self._index.begin()
        written: dict[str, int] = {}
        try:
            yield buffers
            for kind, lines in buffers.items():
                if lines:
                    segment, data = self._segment(kind), b"".join(lines)
                    written[kind] = segment.end + len(data)
                    segment.write(data)
                    self._index.set_committed(segment.name, written[kind])
        except BaseException:
            self._index.rollback()
            for kind in written:
                self._segments[kind].rollback()
            self._mark(None)
            raise
        # Past this point the lines are safe: should COMMIT fail, recovery reads them.
        self._index.commit()
        for kind, end in written.items():
            self._segments[kind].end = end

    # -- segments ----------------------------------------------------------------------------

    def _segment(self, kind: str) -> Segment:
        if kind not in self._segments:
            self._segments[kind] = Segment(self.root, self._segment_name(kind), self._disk)
        return self._segments[kind]

    def _segment_name(self, kind: str) -> str:
        if kind == "visits":
            return f"runs/{self.run}/visits"
        self._begun[kind] = number = self._begun.get(kind, 0) + 1
        suffix = f".{number:04d}" if number > 1 else ""
        return f"{kind}/{self._now():%Y-%m}/{self.run}{suffix}"

    def _rotate(self) -> None:
        for kind, segment in list(self._segments.items()):
            if segment.end >= self._max_bytes and kind != "visits":
                self._seal(kind)

    def _seal(self, kind: str) -> None:
        segment = self._segments.pop(kind)
        segment.close()
        if not segment.end:
            return
        seal(self.root, segment.name, self._disk, compress=self._compress and kind != "visits")
        self._index.begin()
        self._index.set_committed(segment.name, segment.end, sealed=True)
        self._index.commit()

    def _read(self, version: Version) -> Record | None:
        """Return a stored record; None when its line is damaged or its file was taken away."""
        path = find_segment(self.root, version.segment)
        if path is None:
            return None
        try:
            with open_lines(path) as file:
                file.seek(version.start)
                return decode(file.read(version.length), Record)
        except DamagedRecord:
            return None

    # -- one at a time -----------------------------------------------------------------------

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the commit lock; the ledger is there and knows all that others wrote."""
        assert self._commit_lock is not None  # noqa: S101
        self._commit_lock.take(wait=True)
        try:
            if self._ledger is None or self._ledger.is_replaced() or self._marked():
                self._recover()
            self._mark(self.run)
            yield
            self._mark(None)
        finally:
            self._commit_lock.let_go()

    def _marked(self) -> bool:
        assert self._commit_lock is not None and self._commit_lock.fd is not None  # noqa: S101, PT018
        return bool(self._disk.read_at(self._commit_lock.fd, _NAME_SIZE, 0).strip())

    def _mark(self, run: str | None) -> None:
        assert self._commit_lock is not None and self._commit_lock.fd is not None  # noqa: S101, PT018
        self._disk.write_at(self._commit_lock.fd, (run or "").encode().ljust(_NAME_SIZE), 0)

    def _recover(self) -> None:
        """Open the ledger (a damaged one is set aside) and bring it to the files."""
        if not self._state.is_dir():
            raise FileNotFoundError(f"{self._state} is gone")
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None
        for last in (False, True):
            self._ledger, aside = open_ledger(self._state / "ledger.sqlite3")
            try:
                report = self._recovery().run()
            except sqlite3.DatabaseError as error:
                if last or not is_damaged(error):
                    raise
                self._ledger.close()
                aside = set_aside(self._ledger.path)
            else:
                break
        self.recovery.add(report, aside)

    def _recovery(self) -> Recovery:
        reprints = reprint_index(self._index.connection)
        self._reprints = reprints
        self._judge = Judge(
            self._index, reprints, run=self.run, reread=self._reread, read=self._read
        )
        return Recovery(
            self.root,
            self._index,
            reprints,
            disk=self._disk,
            runs=RunLocks(self._state / "runs", self._disk),
            schedule=self._schedule,
            compress=self._compress,
        )

    # -- being broken ------------------------------------------------------------------------

    @property
    def _index(self) -> Ledger:
        if self._ledger is None:
            raise StoreError("the store is closed")
        return self._ledger

    def _usable(self) -> None:
        if self._broken is not None:
            raise StoreError(f"the store is broken: {self._broken}") from self._broken
        if self._closed:
            raise StoreError("the store is closed")

    @contextmanager
    def _stops_when_broken(self) -> Iterator[None]:
        """Turn faults of the disk into StoreError; after one, or any other error, nothing is taken.

        A sync is never tried again: after a failure the kernel may have dropped the bytes.
        """
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            self._broken = error
            if self._ledger is not None and is_damaged(error):
                self._ledger.close()
                set_aside(self._ledger.path)
                self._ledger = None
            raise StoreError(f"{self.root}: {error}") from error
        except BaseException as error:
            self._broken = error
            raise

    def _release(self) -> None:
        for segment in self._segments.values():
            segment.close()
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None
        if self._run_lock is not None:
            self._run_lock.close()
        if self._commit_lock is not None:
            self._commit_lock.close()
        if self._sites is not None:
            self._sites.close()


def _judged(visit: Visit, draft: Draft | None, decision: Decision | None) -> Visit:
    """Return the visit as it ended."""
    if draft is None or decision is None:
        return visit
    return replace(
        visit,
        outcome=decision.outcome,
        reason=None,
        detail=decision.detail or visit.detail,
        article=decision.article,
        version=decision.version if decision.record else None,
        digest=decision.digest,
        published_at=visit.published_at or draft.article.published_at,
    )
