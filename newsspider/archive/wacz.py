"""A period of the archive as one WACZ file, which ReplayWeb.page and pywb open."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from newsspider import __version__
from newsspider.archive import cdxj, compose
from newsspider.archive.catalog import capture_of
from newsspider.archive.cdxj import SortedLines
from newsspider.archive.places import present
from newsspider.archive.reader import files, origin
from newsspider.archive.record import warc_date
from newsspider.archive.records import WarcRecord, read, record_at
from newsspider.errors import ConfigurationError, DamagedRecord
from newsspider.items import WarcRef

#: A WARC file in a WACZ is finished at this size: a part of a ZIP file without ZIP64 ends at 2 GiB.
DATA_BYTES: Final = 1 << 30

_OK: Final = 200
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Packed:
    """What went into a WACZ. `lost` revisits refer to payloads that the archive no longer has."""

    captures: int
    pages: int
    damaged: int
    lost: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What to pack: captures of [since, until) whose URL `wanted` accepts. Dates as in WARC-Date."""

    since: str = ""
    until: str = "9999"
    wanted: Callable[[str], bool] = lambda _: True

    def holds(self, record: WarcRecord) -> bool:
        """Return whether a record belongs to the period."""
        date, url = record.field("WARC-Date") or "", record.url
        return url is not None and self.since <= date < self.until and self.wanted(url)


class _Entry:
    """A part of the ZIP file while it is written: its length and digest are counted."""

    def __init__(self, package: zipfile.ZipFile, path: str) -> None:
        # What is compressed already is only stored, so that replay tools can read parts of it.
        info = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
        info.external_attr = 0o644 << 16
        self.path = path
        self.bytes = 0
        self._sha256 = hashlib.sha256()
        # Without ZIP64 fields of its own: ReplayWeb.page takes the local head of a part to be bare.
        self._out = package.open(info, "w")

    def write(self, data: bytes) -> int:
        """Write more of the part and return how much it was."""
        self._sha256.update(data)
        self.bytes += len(data)
        return self._out.write(data)

    def __enter__(self) -> Self:
        """Return the part itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Finish the part."""
        self._out.close()

    @property
    def name(self) -> str:
        """Its name without the folder."""
        return self.path.rpartition("/")[2]

    def described(self) -> dict[str, str | int]:
        """Return its entry in datapackage.json."""
        digest = f"sha256:{self._sha256.hexdigest()}"
        return {"name": self.name, "path": self.path, "hash": digest, "bytes": self.bytes}


class _Data:
    """The WARC files of the package, one after the other."""

    def __init__(self, package: zipfile.ZipFile, warcinfo: Callable[[str], bytes]) -> None:
        self._package = package
        self._warcinfo = warcinfo
        self.entries: list[_Entry] = []

    def __enter__(self) -> Self:
        """Begin the first file."""
        self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        """Finish the last one."""
        self.entries[-1].__exit__()

    def room_for(self, length: int) -> _Entry:
        """Return the file that the next record of this length goes into."""
        if self.entries[-1].bytes + length > DATA_BYTES:
            self.entries[-1].__exit__()
            self._begin()
        return self.entries[-1]

    def _begin(self) -> None:
        name = f"data-{len(self.entries):03d}.warc.gz"
        entry = _Entry(self._package, f"archive/{name}")
        self.entries.append(entry)
        entry.write(self._warcinfo(name))


def pack(  # noqa: PLR0913 (what goes into the file, by keyword)
    root: Path,
    target: Path,
    period: Period,
    *,
    title: str,
    now: datetime,
    title_of: Callable[[str], str | None] = lambda _: None,
) -> Packed:
    """Write the captures of a period, and the payloads that its revisits need, to `target`.

    `title_of` gives the title of a page by its URL. The file appears under its name once it is
    whole. Damaged records are left out and counted. Raises ConfigurationError where there is nothing to pack.
    """
    unfinished = target.with_name(target.name + ".open")
    job = _Packing(root, period, title, title_of, now)
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as package:
            job.write(package)
        if not job.lines.count:
            raise ConfigurationError("the archive holds no capture of that period and those hosts")
        unfinished.replace(target)
    finally:
        job.lines.close()
        job.pages.close()
        unfinished.unlink(missing_ok=True)
    return Packed(job.lines.count, job.pages.count, job.damaged, job.lost, target.stat().st_size)


class _Packing:
    """One WACZ being written."""

    def __init__(
        self, root: Path, period: Period, title: str, title_of: Callable[[str], str | None], now: datetime
    ) -> None:
        self._root = root
        self._period = period
        self._title = title
        self._title_of = title_of
        self._now = now
        self.lines = SortedLines()
        self.pages = SortedLines()
        self.damaged = 0
        self.lost = 0

    def write(self, package: zipfile.ZipFile) -> None:
        """Write all parts."""
        with _Data(package, self._warcinfo) as data:
            self._copy_period(data)
        with _Entry(package, "indexes/index.cdx.gz") as index:
            blocks = cdxj.write_compressed(self.lines, index, "index.cdx.gz")
        with _Entry(package, "indexes/index.idx") as heads:
            heads.write(blocks)
        with _Entry(package, "pages/pages.jsonl") as pages:
            head = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
            pages.write(f"{json.dumps(head)}\n".encode())
            for _, line in self.pages:
                pages.write(line.encode())
        parts = [part.described() for part in (*data.entries, index, heads, pages)]
        description = json.dumps(self._description(parts), ensure_ascii=False, indent=2).encode()
        package.writestr("datapackage.json", description)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(description).hexdigest()}"}
        package.writestr("datapackage-digest.json", json.dumps(digest, indent=2))

    def _warcinfo(self, name: str) -> bytes:
        return compose.warcinfo(file=name, run="", at=self._now, facts={"description": self._title})

    def _copy_period(self, data: "_Data") -> None:
        needed: set[WarcRef] = set()
        for file, path in files(self._root):
            for record in read(path, kinds={"response", "revisit", "metadata"}):
                if not isinstance(record, WarcRecord):
                    self.damaged += 1
                elif self._period.holds(record):
                    original = origin(record)
                    if original is not None:
                        needed.add(original)
                    here = WarcRef(file=file, offset=record.offset)
                    self._add_page(record, here)
                    self._copy(record, here, path, data)
        for ref in sorted(needed, key=lambda ref: (ref.file, ref.offset)):
            self._copy_original(ref, data)

    def _copy_original(self, ref: WarcRef, data: "_Data") -> None:
        path = present(self._root, ref.file)
        try:
            record = record_at(path, ref.offset) if path is not None else None
        except DamagedRecord:
            record = None
        if record is None or path is None:
            self.lost += 1
        elif not self._period.holds(record):  # those of the period are there already
            self._copy(record, ref, path, data)

    def _copy(self, record: WarcRecord, ref: WarcRef, path: Path, data: "_Data") -> None:
        entry = data.room_for(record.length)
        capture = capture_of(record, ref.file)
        if capture is not None and capture.kind != "failure":
            line = cdxj.entry(capture, filename=entry.name, offset=entry.bytes, length=record.length)
            self.lines.add(*line)
        for piece in _pieces(path, record.offset, record.length):
            entry.write(piece)

    def _add_page(self, record: WarcRecord, ref: WarcRef) -> None:
        capture = capture_of(record, ref.file)
        if capture is None or capture.status != _OK or capture.mime not in _HTML:
            return
        page = {
            "id": f"{capture.file}:{capture.offset}",
            "url": capture.url,
            "ts": capture.date,
            "title": self._title_of(capture.url) or capture.url,
        }
        self.pages.add(capture.date, f"{json.dumps(page, ensure_ascii=False)}\n")

    def _description(self, parts: list[dict[str, str | int]]) -> dict[str, object]:
        return {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": self._title,
            "software": f"newsspider {__version__}",
            "created": warc_date(self._now),
            "resources": parts,
        }


def _pieces(path: Path, offset: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(offset)
        while length > 0 and (piece := file.read(min(length, _PIECE))):
            yield piece
            length -= len(piece)
