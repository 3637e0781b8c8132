"""The work cut into units: ranges of WARC files that can be read by themselves, in any order."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from newsspider.archive import places

#: Compressed bytes in one unit, at most: some 2,000 pages, ten seconds of one core.
UNIT_BYTES: Final = 32 << 20
#: Units of one process, at least, so that all have work to the end.
_EACH: Final = 8
_LEAST: Final = 1 << 20  # but none smaller than this


@dataclass(frozen=True, slots=True)
class Unit:
    """The records that begin in [start, end) of one file; `file` is its name in references."""

    number: int
    path: str
    file: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The name of the unit's output files."""
        return f"{self.number:06d}"

    @property
    def bytes(self) -> int:
        """How much there is to read."""
        return self.end - self.start


def split(files: Iterable[tuple[str, Path]], *, jobs: int = 1, unit_bytes: int | None = None) -> list[Unit]:
    """Cut files (name in references, path) into units of about equal length for a number of processes."""
    units: list[Unit] = []
    sizes = [(file, path, path.stat().st_size) for file, path in files]
    if unit_bytes is None:
        share = sum(size for _, _, size in sizes) // (max(jobs, 1) * _EACH)
        unit_bytes = min(UNIT_BYTES, max(_LEAST, share))
    for file, path, size in sizes:
        parts = max(1, round(size / unit_bytes))
        edges = [size * part // parts for part in range(parts + 1)]
        for start, end in pairwise(edges):
            units.append(Unit(len(units), str(path), file, start, end))
    return units


def name_in_references(path: Path, archive: Path) -> str:
    """Return what references call a file: relative to the archive, or its whole path outside of it."""
    absolute = path.resolve()
    root = archive.resolve()
    name = absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else absolute.as_posix()
    return name.removesuffix(places.OPEN)
