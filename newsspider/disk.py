"""The one door to the disk: store/ and archive/ write through it, and tests wrap it to make faults."""

import os
from pathlib import Path


class Disk:
    """Plain system calls on file descriptors; every method raises OSError and nothing else.

    A subclass that fails, or ends the process, before or after a call stands for a full disk, a
    broken one, or a kill at that point.
    """

    def open(self, path: Path, *, create: bool = False, exclusive: bool = False) -> int:
        """Open `path` for reading and writing; `exclusive` refuses a file that is there."""
        flags = os.O_RDWR | os.O_CLOEXEC
        if create or exclusive:
            flags |= os.O_CREAT
        if exclusive:
            flags |= os.O_EXCL
        return os.open(path, flags, 0o644)

    def write_at(self, fd: int, data: bytes, offset: int) -> None:
        """Write all of `data` at `offset`."""
        view = memoryview(data)
        while view:
            written = os.pwrite(fd, view, offset)
            view = view[written:]
            offset += written

    def read_at(self, fd: int, size: int, offset: int) -> bytes:
        """Read up to `size` bytes at `offset`; fewer only at the end of the file."""
        parts = []
        while size > 0:
            part = os.pread(fd, min(size, 1 << 20), offset)
            if not part:
                break
            parts.append(part)
            size -= len(part)
            offset += len(part)
        return b"".join(parts)

    def size(self, fd: int) -> int:
        """Return the length of the file."""
        return os.fstat(fd).st_size

    def sync(self, fd: int) -> None:
        """Have the file's bytes on the disk before this returns (fdatasync)."""
        os.fdatasync(fd)

    def truncate(self, fd: int, size: int) -> None:
        """Cut the file to `size` bytes and sync it."""
        os.ftruncate(fd, size)
        os.fsync(fd)

    def rename(self, source: Path, target: Path) -> None:
        """Give a file its new name; the name is on the disk before this returns."""
        source.rename(target)
        self.sync_directory(target.parent)

    def remove(self, path: Path) -> None:
        """Remove a file; its absence is on the disk before this returns."""
        path.unlink()
        self.sync_directory(path.parent)

    def make_directory(self, path: Path) -> None:
        """Make a directory and its parents; their names are on the disk before this returns."""
        missing = [part for part in (path, *path.parents) if not part.exists()]
        path.mkdir(parents=True, exist_ok=True)
        for made in reversed(missing):
            self.sync_directory(made.parent)

    def sync_directory(self, path: Path) -> None:
        """Have the names in a directory on the disk before this returns."""
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def close(self, fd: int) -> None:
        """Close the descriptor (and let go of its lock)."""
        os.close(fd)
