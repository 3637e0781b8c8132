"""The archive of raw pages: one writer a run, appending WARC records that outlive a kill at any point."""

import errno
import fcntl
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from newsspider.archive import compose, places
from newsspider.archive.exchange import Exchange, Failure
from newsspider.archive.index import Capture
from newsspider.archive.known import Known
from newsspider.archive.open_file import OpenFile
from newsspider.archive.record import digest, media_type, target_uri, warc_date
from newsspider.archive.recovery import Repaired, recover
from newsspider.disk import Disk
from newsspider.errors import ConfigurationError, StoreError
from newsspider.items import WarcRef

#: A file of this size is finished and the next one begun.
DEFAULT_MAX_BYTES: Final = 512 << 20


#: What a disk says that is full or failing; everything else is a folder that is set up wrongly.
_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _refusal(root: Path, error: OSError) -> StoreError | ConfigurationError:
    kind = StoreError if error.errno in _DISK else ConfigurationError
    return kind(f"ARCHIVE_DIR={str(root)!r} cannot be written: {error}")


class Archive:
    """Appends fetches to `<root>/2026-11/<run>-00000.warc.gz.open`, renamed when finished.

    Bytes count as kept once `sync` has returned. A write that fails leaves nothing of its fetch,
    and the archive takes nothing more (StoreError): the run has to stop.
    """

    def __init__(  # noqa: PLR0913 (from `open` only)
        self,
        root: Path,
        *,
        run: str,
        max_bytes: int,
        io: Disk,
        now: Callable[[], datetime],
        facts: Mapping[str, str],
        lock: int,
    ) -> None:
        self.root = root
        self.run = run
        #: What killed runs left, and what became of it.
        self.recovery: tuple[Repaired, ...] = ()
        self.fetches = 0
        self.revisits = 0
        self.bytes = 0
        self._max_bytes = max_bytes
        self._io = io
        self._now = now
        self._facts = facts
        self._lock: int | None = lock
        self._known = Known(root, io)
        self._warc: OpenFile | None = None
        self._name = ""
        self._number = 0
        self._broken: OSError | None = None

    @classmethod
    def open(  # noqa: PLR0913 (each has a default but the run)
        cls,
        root: Path,
        *,
        run: str,
        max_bytes: int = DEFAULT_MAX_BYTES,
        io: Disk | None = None,
        now: Callable[[], datetime] = _utc_now,
        facts: Mapping[str, str] | None = None,
    ) -> Self:
        """Open the archive for one run and repair what killed runs left; no file is made yet.

        Raises ConfigurationError where the folder cannot be used, StoreError where its disk is full.
        `facts` go into the warcinfo record of every file (operator, robots, ...).
        """
        places.month(run)
        disk = io or Disk()
        try:
            disk.make_directory(root)
            lock = disk.open(root / places.LOCK, create=True)
        except OSError as error:
            raise _refusal(root, error) from error
        # Waits where old files are being removed right now: that takes moments.
        fcntl.flock(lock, fcntl.LOCK_SH)
        archive = cls(root, run=run, max_bytes=max_bytes, io=disk, now=now, facts=facts or {}, lock=lock)
        archive._recover()
        return archive

    def append(self, fetch: Exchange | Failure) -> WarcRef:
        """Write one fetch; return where its response (or revisit, or failure) record begins."""
        self._refuse_if_broken()
        if isinstance(fetch, Failure):
            return self._write_failure(fetch)
        payload_digest = digest(fetch.payload)
        original = self._original(fetch, payload_digest)
        members = compose.fetch_members(fetch, payload_digest, original)
        ref = self._write(members)
        self._known.add(
            Capture(
                file=ref.file,
                offset=ref.offset,
                length=len(members[0]),
                url=target_uri(fetch.url),
                date=warc_date(fetch.at),
                kind="revisit" if original else "response",
                status=fetch.status,
                mime=media_type(fetch.header(b"content-type")),
                digest=payload_digest if original is None else original.digest,
                refers_to=original.file if original else None,
            )
        )
        self.revisits += original is not None
        return ref

    def sync(self) -> None:
        """Return when all that was appended is on the disk."""
        self._refuse_if_broken()
        if self._warc is None:
            return
        try:
            self._warc.sync()
        except OSError as error:
            raise self._break(error) from error
        self._known.synced(self._name, self._warc.end)

    def close(self) -> None:
        """Finish the file and give it its final name. Safe to call again."""
        try:
            if self._broken is None:
                self._finish()
        finally:
            if self._warc is not None:
                self._warc.abandon()
                self._warc = None
            self._known.close()
            lock, self._lock = self._lock, None
            if lock is not None:
                with suppress(OSError):
                    self._io.close(lock)

    def __enter__(self) -> Self:
        """Return the archive itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def _original(self, exchange: Exchange, payload_digest: str) -> Capture | None:
        if exchange.status == 304:  # noqa: PLR2004 (Not Modified: the page is that of an earlier capture)
            return self._known.latest(target_uri(exchange.url))
        if not exchange.payload or exchange.truncated:
            return None
        return self._known.original(payload_digest)

    def _write_failure(self, failure: Failure) -> WarcRef:
        members = compose.failure_members(failure)
        ref = self._write(members)
        self._known.add(
            Capture(
                file=ref.file,
                offset=ref.offset,
                length=len(members[0]),
                url=target_uri(failure.url),
                date=warc_date(failure.at),
                kind="failure",
            )
        )
        return ref

    def _write(self, parts: tuple[bytes, ...]) -> WarcRef:
        members = b"".join(parts)  # one write: a request never stands without its response
        try:
            if self._warc is not None and self._warc.end + len(members) > self._max_bytes:
                self._finish()
            warc = self._warc or self._begin()
            start = warc.append(members)
        except OSError as error:
            raise self._break(error) from error
        self.fetches += 1
        self.bytes += len(members)
        return WarcRef(file=self._name, offset=start)

    def _begin(self) -> OpenFile:
        self._name = places.file_name(self.run, self._number)
        info = compose.warcinfo(file=self._name, run=self.run, at=self._now(), facts=self._facts)
        self._warc = OpenFile.create(self._io, self.root / self._name, info)
        self._number += 1
        self.bytes += len(info)
        return self._warc

    def _finish(self) -> None:
        if self._warc is None:
            return
        try:
            self._warc.finish()
        except OSError as error:
            raise self._break(error) from error
        self._known.synced(self._name, self._warc.end, finished=True)
        self._warc = None

    def _recover(self) -> None:
        try:
            self.recovery = recover(self.root, self._io, self._known.synced_until)
        except OSError as error:
            self.close()
            raise _refusal(self.root, error) from error
        for repaired in self.recovery:
            self._known.cut(repaired.file, repaired.end)

    def _break(self, error: OSError) -> StoreError:
        self._broken = error
        return StoreError(f"the archive {self.root} cannot be written: {error}")

    def _refuse_if_broken(self) -> None:
        if self._broken is not None:
            raise StoreError(f"the archive {self.root} is broken: {self._broken}") from self._broken
