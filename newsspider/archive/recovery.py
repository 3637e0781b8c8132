"""What killed runs left: `*.warc.gz.open` is cut behind its last whole record and given its final name."""

import fcntl
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newsspider.archive.members import MAGIC, whole_members
from newsspider.archive.places import FINISHED, OPEN, TORN
from newsspider.disk import Disk

_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Repaired:
    """One leftover: `file` as records name it, its whole bytes, and those set aside in `*.torn`."""

    file: str
    end: int
    torn: int


def recover(root: Path, io: Disk, synced_until: Callable[[str], int]) -> tuple[Repaired, ...]:
    """Repair every leftover that no living run holds; can be repeated after a kill at any point.

    `synced_until` says up to where a file needs no reading; 0 reads all of it.
    """
    repaired = []
    for path in sorted(root.glob(f"*/*{FINISHED}{OPEN}")):
        try:
            fd = io.open(path)
        except FileNotFoundError:
            continue  # its run has finished it meanwhile
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and path.samefile(f"/proc/self/fd/{fd}"):
                repaired.append(_repair(root, path, fd, io, synced_until))
        except BlockingIOError:
            pass  # its run is alive
        finally:
            io.close(fd)
    return tuple(repaired)


def _repair(root: Path, path: Path, fd: int, io: Disk, synced_until: Callable[[str], int]) -> Repaired:
    finished = path.with_name(path.name.removesuffix(OPEN))
    file = finished.relative_to(root).as_posix()
    size = io.size(fd)
    end = _whole_until(fd, size, synced_until(file))
    if end < size:
        _set_aside(path.with_name(finished.name + TORN), fd, end, size, io)
        io.truncate(fd, end)
    if end == 0:
        io.remove(path)
    else:
        io.sync(fd)
        io.rename(path, finished)
    return Repaired(file, end, size - end)


def _whole_until(fd: int, size: int, start: int) -> int:
    # Trust the offset only where the file still reaches it and a member begins there.
    if start > size or not MAGIC.startswith(os.pread(fd, len(MAGIC), start)[: size - start]):
        start = 0
    return max(whole_members(fd, start), default=start)


def _set_aside(torn: Path, fd: int, start: int, size: int, io: Disk) -> None:
    out = io.open(torn, create=True)
    try:
        io.truncate(out, 0)  # of an earlier try
        written = 0
        while start < size:
            piece = io.read_at(fd, min(_PIECE, size - start), start)
            if not piece:
                break
            io.write_at(out, piece, written)
            written += len(piece)
            start += len(piece)
        io.sync(out)
    finally:
        io.close(out)
    io.sync_directory(torn.parent)
