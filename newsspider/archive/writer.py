"""The archive of raw pages: one writer a run, appending WARC records that outlive a kill at any point."""

import fcntl
import platform
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from newsspider import __version__
from newsspider.archive import places, record
from newsspider.archive.exchange import Exchange, Failure
from newsspider.archive.record import digest, member, new_id, target_uri, warc_date
from newsspider.disk import Disk
from newsspider.errors import ConfigurationError, StoreError
from newsspider.items import WarcRef

#: A file of this size is finished and the next one begun.
DEFAULT_MAX_BYTES: Final = 512 << 20
_REMEMBERED: Final = 100_000

_FIDELITY: Final = (
    "bodies are as received, still content-encoded, chunks taken off (Transfer-Encoding is renamed "
    "X-Archive-Orig-Transfer-Encoding); header names are in title case and repeated headers stand "
    "together: the case and the order that the server sent are not known, nor is the status "
    "line's phrase"
)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Seen:
    url: str
    date: str


class Archive:
    """Appends exchanges to `<dir>/2026-11/<run>-00000.warc.gz.open`, renamed when finished.

    Bytes count as kept once `sync` has returned. A write that fails removes what it wrote, and
    the archive takes nothing more (StoreError): the run has to stop.
    """

    def __init__(
        self, root: Path, *, run: str, max_bytes: int, io: Disk, now: Callable[[], datetime], lock: int
    ) -> None:
        self.root = root
        self.run = run
        self._max_bytes = max_bytes
        self._io = io
        self._now = now
        self._lock: int | None = lock
        self._seen: OrderedDict[str, _Seen] = OrderedDict()
        self._fd: int | None = None
        self._file = ""
        self._end = 0
        self._number = 0
        self._dirty = False
        self._broken: OSError | None = None
        self.records = 0
        self.bytes = 0

    @classmethod
    def open(
        cls,
        root: Path,
        *,
        run: str,
        max_bytes: int = DEFAULT_MAX_BYTES,
        io: Disk | None = None,
        now: Callable[[], datetime] = _utc_now,
    ) -> Self:
        """Open the archive for one run and repair what killed runs left; no file is made yet."""
        disk = io or Disk()
        places.month(run)
        try:
            disk.make_directory(root)
            lock = disk.open(root / places.LOCK, create=True)
        except OSError as error:
            raise ConfigurationError(f"ARCHIVE_DIR {root}: {error}") from error
        fcntl.flock(lock, fcntl.LOCK_SH)
        return cls(root, run=run, max_bytes=max_bytes, io=disk, now=now, lock=lock)

    def append(self, exchange: Exchange | Failure) -> WarcRef:
        """Write one fetch; return where its response (or revisit, or failure) record begins."""
        if isinstance(exchange, Failure):
            return self._write(self._failure(exchange))
        return self._write(self._fetch(exchange))

    def sync(self) -> None:
        """Return when all that was appended is on the disk."""
        self._refuse_if_broken()
        if self._fd is None or not self._dirty:
            return
        try:
            self._io.sync(self._fd)
        except OSError as error:
            raise self._break(error) from error
        self._dirty = False

    def close(self) -> None:
        """Finish the file and give it its final name. Safe to call again."""
        try:
            if self._broken is None:
                self._finish()
        finally:
            self._let_go()

    def __enter__(self) -> Self:
        """Return the archive itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    # -- records ------------------------------------------------------------------------------

    def _fetch(self, exchange: Exchange) -> bytes:
        head = record.response_head(exchange)
        url, date, own = target_uri(exchange.url), warc_date(exchange.at), new_id()
        common = (("WARC-Target-URI", url), ("WARC-Date", date))
        payload_digest = digest(exchange.payload)
        first = self._seen.get(payload_digest) if exchange.payload else None
        kind, block = ("revisit", head) if first else ("response", head + exchange.payload)
        parts = [
            member(
                kind,
                (
                    ("WARC-Record-ID", own),
                    *common,
                    ("WARC-IP-Address", exchange.ip),
                    ("WARC-Payload-Digest", payload_digest),
                    ("WARC-Profile", record.IDENTICAL if first else None),
                    ("WARC-Refers-To-Target-URI", first.url if first else None),
                    ("WARC-Refers-To-Date", first.date if first else None),
                    ("WARC-Truncated", exchange.truncated),
                    ("Content-Type", "application/http; msgtype=response"),
                ),
                block,
            ),
            self._request(exchange, common, own),
        ]
        if exchange.metadata:
            parts.append(_metadata(common, own, dict(exchange.metadata)))
        if exchange.payload and not first:
            self._remember(payload_digest, _Seen(url, date))
        return b"".join(parts)

    def _failure(self, failure: Failure) -> bytes:
        own = new_id()
        common = (("WARC-Target-URI", target_uri(failure.url)), ("WARC-Date", warc_date(failure.at)))
        facts = {"failure": failure.reason, "failureDetail": failure.detail}
        return _metadata(common, None, facts, own) + self._request(failure, common, own)

    def _request(
        self, exchange: Exchange | Failure, common: tuple[tuple[str, str], ...], concurrent: str
    ) -> bytes:
        fields = (
            ("WARC-Record-ID", new_id()),
            *common,
            ("WARC-Concurrent-To", concurrent),
            ("Content-Type", "application/http; msgtype=request"),
        )
        return member("request", fields, record.request_block(exchange))

    def _warcinfo(self) -> bytes:
        facts = {
            "software": f"newsspider/{__version__} (Python {platform.python_version()})",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": self.run,
            "httpFidelity": _FIDELITY,
        }
        fields = (
            ("WARC-Record-ID", new_id()),
            ("WARC-Date", warc_date(self._now())),
            ("WARC-Filename", self._file.rpartition("/")[2]),
            ("Content-Type", "application/warc-fields"),
        )
        return member("warcinfo", fields, record.warc_fields(facts))

    def _remember(self, payload_digest: str, seen: _Seen) -> None:
        self._seen[payload_digest] = seen
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)

    # -- bytes --------------------------------------------------------------------------------

    def _write(self, members: bytes) -> WarcRef:
        self._refuse_if_broken()
        try:
            if self._fd is not None and self._end + len(members) > self._max_bytes:
                self._finish()
            fd = self._fd if self._fd is not None else self._begin()
            start = self._end
            self._dirty = True
            self._io.write_at(fd, members, start)
        except OSError as error:
            raise self._break(error) from error
        self._end = start + len(members)
        self.records += 1
        self.bytes += len(members)
        return WarcRef(file=self._file, offset=start)

    def _begin(self) -> int:
        self._file = places.file_name(self.run, self._number)
        self._number += 1
        path = self._open_path()
        self._io.make_directory(path.parent)
        fd = self._io.open(path, exclusive=True)
        self._fd, self._end, self._dirty = fd, 0, True
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._io.sync_directory(path.parent)
        info = self._warcinfo()
        self._io.write_at(fd, info, 0)
        self._end = len(info)
        self.bytes += len(info)
        return fd

    def _finish(self) -> None:
        if self._fd is None:
            return
        self.sync()
        path = self._open_path()
        try:
            self._io.rename(path, path.with_name(path.name.removesuffix(places.OPEN)))
        except OSError as error:
            raise self._break(error) from error
        fd, self._fd = self._fd, None
        self._io.close(fd)

    def _open_path(self) -> Path:
        return self.root / (self._file + places.OPEN)

    def _break(self, error: OSError) -> StoreError:
        """Take nothing more, and cut off what a failed write left behind."""
        self._broken = error
        if self._fd is not None:
            with suppress(OSError):
                self._io.truncate(self._fd, self._end)
        return StoreError(f"the archive {self.root} cannot be written: {error}")

    def _refuse_if_broken(self) -> None:
        if self._broken is not None:
            raise StoreError(f"the archive {self.root} is broken: {self._broken}") from self._broken

    def _let_go(self) -> None:
        for name in ("_fd", "_lock"):
            fd = getattr(self, name)
            setattr(self, name, None)
            if fd is not None:
                with suppress(OSError):
                    self._io.close(fd)


def _metadata(
    common: tuple[tuple[str, str], ...],
    concurrent: str | None,
    facts: dict[str, str],
    record_id: str | None = None,
) -> bytes:
    fields = (
        ("WARC-Record-ID", record_id or new_id()),
        *common,
        ("WARC-Concurrent-To", concurrent),
        ("Content-Type", "application/warc-fields"),
    )
    return member("metadata", fields, record.warc_fields(facts))
