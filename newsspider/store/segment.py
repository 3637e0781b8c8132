"""Segments: JSONL files with one writer, `.part` until they are sealed."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Final

from newsspider.disk import Disk
from newsspider.errors import DamagedRecord
from newsspider.store import blocks
from newsspider.store.lines import open_lines
from newsspider.store.locks import is_name

PART: Final = ".jsonl.part"
SEALED: Final = ".jsonl"
COMPRESSED: Final = ".jsonl.gz"
#: Which of several files of one segment is read: a finished one is whole, so its `.part` is a leftover
#: of sealing; what is there as it was written needs no unpacking.
_SUFFIXES: Final = (SEALED, COMPRESSED, PART)
_CHUNK: Final = 1 << 20
#: What sealing and recovery leave beside segments.
_OURS: Final = (".torn", ".mended", f"{COMPRESSED}.open")
#: The kinds of segments, in the order in which a batch is written: when a kill cuts it, no visit
#: speaks of a line that is not there.
KINDS: Final = ("articles", "reprints", "events", "visits")
#: The order in which recovery reads them: an event says more than the visit that it came from.
_READ: Final = ("articles", "reprints", "visits", "events")
# 20261125T083000Z-dahe-0a1b2c.0002: the second segment of a run
_NUMBER: Final = re.compile(r"(?P<run>.+?)(?:\.(?P<number>\d{4}))?")


@dataclass(frozen=True, slots=True)
class SegmentFile:
    """A segment found on the disk. `name` is its path below exports/ without the suffix.

    `others` are further files of the segment, which nobody here reads.
    """

    name: str
    kind: str
    run: str
    path: Path
    others: tuple[Path, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it is not sealed."""
        return self.path.name.endswith(PART)

    @property
    def compressed(self) -> bool:
        """Whether it was compressed when it was sealed."""
        return self.path.name.endswith(COMPRESSED)


def find_segments(root: Path) -> Iterator[SegmentFile]:
    """Yield every segment below `root`, kind by kind, in the order of the runs' names.

    What has no name that a run gives is no segment (`find_foreign`).
    """
    for kind in _READ:
        found = _visits(root) if kind == "visits" else _monthly(root, kind)
        yield from _one_each(sorted(found, key=lambda item: (item.run, item.name)))


def _monthly(root: Path, kind: str) -> list[SegmentFile]:
    return [
        item
        for month in _directories(root / kind)
        for entry in _entries(month)
        if (item := _segment(kind, entry))
    ]


def _visits(root: Path) -> list[SegmentFile]:
    return [
        SegmentFile(f"runs/{folder.name}/visits", "visits", folder.name, path)
        for folder in _directories(root / "runs")
        if is_name(folder.name)
        for suffix in _SUFFIXES
        if (path := folder / f"visits{suffix}").is_file()
    ]


def find_foreign(root: Path) -> Iterator[tuple[Path, bool]]:
    """Yield (path, whether loaders read it) of what lies among the segments and is none.

    Loaders read `<kind>/*/*.jsonl`, whatever its name.
    """
    for kind in ("articles", "reprints", "events"):
        for folder in _directories(root / kind):
            for path in sorted(_entries(folder)):
                hidden = path.name.startswith(".") or path.name.endswith(_OURS)
                if not hidden and _segment(kind, path) is None:
                    yield path, path.name.endswith((SEALED, COMPRESSED))
        if (root / kind).is_dir():
            yield from ((path, False) for path in sorted(_entries(root / kind)) if _is_lines(path))
    for folder in _directories(root / "runs"):
        if not is_name(folder.name):
            found = sorted(_entries(folder))
            yield from ((path, not path.name.endswith(PART)) for path in found if _is_lines(path))


def same_lines(one: Path, other: Path) -> bool:
    """Tell whether two files hold the same lines, compressed or not."""
    with open_lines(one) as first, open_lines(other) as second:
        try:
            while data := first.read(_CHUNK):
                if second.read(_CHUNK) != data:
                    return False
            return not second.read(1)
        except DamagedRecord:
            return False


def _is_lines(path: Path) -> bool:
    return path.name.endswith(_SUFFIXES)


def find_segment(root: Path, name: str) -> Path | None:
    """Return the path of the segment `name`; None when it is gone."""
    for suffix in _SUFFIXES:
        path = root / f"{name}{suffix}"
        if path.exists():
            return path
    return None


def _one_each(found: list[SegmentFile]) -> Iterator[SegmentFile]:
    """Yield one file a segment, and with it the others."""
    for _, files in groupby(found, key=lambda item: item.name):
        first, *others = sorted(files, key=lambda item: _rank(item.path))
        yield replace(first, others=tuple(other.path for other in others)) if others else first


def _rank(path: Path) -> int:
    return next(rank for rank, suffix in enumerate(_SUFFIXES) if path.name.endswith(suffix))


def _segment(kind: str, path: Path) -> SegmentFile | None:
    for suffix in _SUFFIXES:
        if path.name.endswith(suffix):
            stem = path.name.removesuffix(suffix)
            match = _NUMBER.fullmatch(stem)
            run = match["run"] if match else stem
            if not is_name(run) or not is_name(path.parent.name):
                return None
            return SegmentFile(f"{kind}/{path.parent.name}/{stem}", kind, run, path)
    return None


def _directories(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted(Path(entry.path) for entry in entries if entry.is_dir())


def _entries(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        return [Path(entry.path) for entry in entries if entry.is_file()]


class Segment:
    """A segment being written. Bytes up to `end` are whole lines; no file before the first line."""

    def __init__(self, root: Path, name: str, disk: Disk) -> None:
        """Name the segment; its file is made by the first write."""
        self.name = name
        self.end = 0
        self._root = root
        self._disk = disk
        self._fd: int | None = None

    @property
    def path(self) -> Path:
        """The file while it is written."""
        return self._root / f"{self.name}{PART}"

    def write(self, data: bytes) -> None:
        """Write whole lines at the end and sync them. Raises OSError; `rollback` then undoes it."""
        if self._fd is None:
            self._disk.make_directory(self.path.parent)
            self._fd = self._disk.open(self.path, exclusive=True)
            self._disk.sync_directory(self.path.parent)
        if os.fstat(self._fd).st_nlink == 0:
            raise FileNotFoundError(f"{self.path} was removed while it was written")
        self._disk.write_at(self._fd, data, self.end)
        self._disk.sync(self._fd)

    def rollback(self) -> None:
        """Cut the file back to `end`."""
        if self._fd is not None and self._disk.size(self._fd) > self.end:
            self._disk.truncate(self._fd, self.end)

    def close(self) -> None:
        """Close the file as it is; a second call does nothing."""
        if self._fd is not None:
            fd, self._fd = self._fd, None
            self._disk.close(fd)


def seal(root: Path, name: str, disk: Disk, *, compress: bool) -> None:
    """Give a finished segment its final name, compressed if wanted; an empty one is removed.

    Can be repeated after a kill at any point: the final name appears only on a whole file.
    """
    part = root / f"{name}{PART}"
    if not part.exists():
        return
    packed = root / f"{name}{COMPRESSED}"
    unfinished = root / f"{name}{COMPRESSED}.open"
    if unfinished.exists():
        disk.remove(unfinished)
    if part.stat().st_size == 0 or packed.exists():
        disk.remove(part)
    elif compress:
        blocks.compress(part, unfinished, disk)
        disk.rename(unfinished, packed)
        disk.remove(part)
    else:
        disk.rename(part, root / f"{name}{SEALED}")
