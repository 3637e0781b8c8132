"""One WARC file while it is written: `*.warc.gz.open`, locked by its writer, renamed when finished."""

import fcntl
from contextlib import suppress
from pathlib import Path
from typing import Self

from newsspider.archive.places import OPEN
from newsspider.disk import Disk


class OpenFile:
    """Appends at `end` and nowhere else; every method raises OSError and nothing else."""

    def __init__(self, io: Disk, path: Path, fd: int) -> None:
        self._io = io
        self._path = path
        self._fd: int | None = fd
        self._synced = 0
        self.end = 0

    @classmethod
    def create(cls, io: Disk, finished: Path, beginning: bytes) -> Self:
        """Make the file that will be called `finished`, and write its first record."""
        io.make_directory(finished.parent)
        path = finished.with_name(finished.name + OPEN)
        opened = cls(io, path, io.open(path, exclusive=True))
        try:
            # Whoever repairs leftovers tries this lock: who holds it is alive.
            fcntl.flock(opened.fd, fcntl.LOCK_EX)
            io.sync_directory(path.parent)
            opened.append(beginning)
        except OSError:
            opened.abandon()
            raise
        return opened

    @property
    def fd(self) -> int:
        """The descriptor; OSError once the file is finished."""
        if self._fd is None:
            raise OSError(f"{self._path} is closed")
        return self._fd

    def append(self, data: bytes) -> int:
        """Write `data` behind all the rest and return where it begins; all of it or nothing."""
        start = self.end
        try:
            self._io.write_at(self.fd, data, start)
        except OSError:
            self.cut()
            raise
        self.end = start + len(data)
        return start

    def sync(self) -> None:
        """Return when all that was appended is on the disk."""
        if self._synced < self.end:
            end = self.end
            self._io.sync(self.fd)
            self._synced = end

    def cut(self) -> None:
        """Remove what a failed write left behind the last whole record, if the disk lets us."""
        with suppress(OSError):
            self._io.truncate(self.fd, self.end)

    def finish(self) -> None:
        """Sync, give the file its final name, close it."""
        self.sync()
        self._io.rename(self._path, self._path.with_name(self._path.name.removesuffix(OPEN)))
        self.abandon()

    def abandon(self) -> None:
        """Close the file as it is; the next run repairs and finishes it."""
        fd, self._fd = self._fd, None
        if fd is not None:
            with suppress(OSError):
                self._io.close(fd)
