"""The work cut into units: ranges of WARC files that can be read by themselves, in any order."""

import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from newsspider.archive import places

#: Compressed bytes in one unit, at most: some 2,000 pages, ten seconds of one core.
UNIT_BYTES: Final = 32 << 20
#: Units of one process, at least, so that all have work to the end.
_EACH: Final = 16
_LEAST: Final = 512 << 10  # but none smaller than this

#: Where a WACZ has its WARC files, and the head before each: its end tells how long name and extra field are.
_ZIP: Final = b"PK\x03\x04"
_WARCS: Final = "archive/"
_LOCAL_HEAD: Final = struct.Struct("<26xHH")


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
    found = [(file, path, *part) for file, path in files for part in _parts(path)]
    if unit_bytes is None:
        share = sum(size for _, _, _, size in found) // (max(jobs, 1) * _EACH)
        unit_bytes = min(UNIT_BYTES, max(_LEAST, share))
    for file, path, begin, size in found:
        parts = max(1, round(size / unit_bytes))
        edges = [begin + size * part // parts for part in range(parts + 1)]
        for start, end in pairwise(edges):
            units.append(Unit(len(units), str(path), file, start, end))
    return units


def _parts(path: Path) -> list[tuple[int, int]]:
    """Return where WARC bytes begin and how many there are: the whole file, or the WARC files in a WACZ."""
    with path.open("rb") as file:
        # A WARC file may end with a ZIP file that somebody downloaded.
        is_package = file.read(len(_ZIP)) == _ZIP and zipfile.is_zipfile(path)
    if not is_package:
        return [(0, path.stat().st_size)]
    parts = []
    with zipfile.ZipFile(path) as package, path.open("rb") as file:
        for entry in package.infolist():
            # WACZ stores them as they are, so that replay tools can read single records.
            if entry.filename.startswith(_WARCS) and entry.compress_type == zipfile.ZIP_STORED:
                file.seek(entry.header_offset)
                name, extra = _LOCAL_HEAD.unpack(file.read(_LOCAL_HEAD.size))
                parts.append((entry.header_offset + _LOCAL_HEAD.size + name + extra, entry.file_size))
    return [part for part in parts if part[1]]


def name_in_references(path: Path, archive: Path) -> str:
    """Return what references call a file: relative to the archive, or its whole path outside of it."""
    absolute = path.resolve()
    root = archive.resolve()
    name = absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else absolute.as_posix()
    return name.removesuffix(places.OPEN)
