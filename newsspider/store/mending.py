"""Mending: what is no whole line is taken out of the file of a dead run, and kept beside it."""

from collections.abc import Callable, Iterable
from pathlib import Path

from newsspider.disk import Disk
from newsspider.errors import DamagedRecord
from newsspider.store.lines import read_lines


def mend(path: Path, committed: int, check: Callable[[bytes], object], disk: Disk) -> list[tuple[int, int]]:
    """Take what is no whole line out of an unsealed file; return (offset, size) of each piece.

    The pieces are kept beside it as `<file>.<offset>.torn`. Usually there is one at the end, and
    the file is cut there; after a power cut whole lines may follow: they are kept in a new file.
    """
    torn: list[tuple[int, bytes]] = []
    end = whole = committed
    for offset, line in read_lines(path, committed):
        end = offset + len(line)
        try:
            check(line)
            whole = end
        except DamagedRecord:
            torn.append((offset, line))
    if not torn:
        return []
    for offset, piece in torn:
        _write_new(path.with_name(f"{path.name}.{offset}.torn"), [piece], disk)
    if all(offset >= whole for offset, _ in torn):
        fd = disk.open(path)
        try:
            disk.truncate(fd, whole)
        finally:
            disk.close(fd)
    else:
        bad = {offset for offset, _ in torn}
        good = (line for offset, line in read_lines(path, 0) if offset not in bad)
        mended = path.with_name(f"{path.name}.mended")
        _write_new(mended, good, disk)
        disk.rename(mended, path)
    return [(offset, len(piece)) for offset, piece in torn]


def _write_new(path: Path, pieces: Iterable[bytes], disk: Disk) -> None:
    fd = disk.open(path, create=True)
    try:
        disk.truncate(fd, 0)
        offset = 0
        for piece in pieces:
            disk.write_at(fd, piece, offset)
            offset += len(piece)
        disk.sync(fd)
    finally:
        disk.close(fd)
    disk.sync_directory(path.parent)
