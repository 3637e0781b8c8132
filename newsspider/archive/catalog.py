"""What the archive holds, by URL and by time: the index, brought up to date from the files."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from newsspider.archive.index import NAME, Capture, Index
from newsspider.archive.places import OPEN
from newsspider.archive.reader import files, origin, response_in
from newsspider.archive.record import media_type, target_uri
from newsspider.archive.records import Damage, WarcRecord, read
from newsspider.disk import Disk
from newsspider.errors import ConfigurationError

_KINDS: Final = frozenset({"response", "revisit", "metadata"})
_BATCH: Final = 5000
_SCHEMES: Final = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Damaged:
    """Bytes of a file that are no whole record."""

    file: str
    damage: Damage


class Catalog:
    """Answers for readers: `open` first reads the files that the index does not know wholly."""

    def __init__(
        self, root: Path, index: Index, folder: tempfile.TemporaryDirectory[str] | None = None
    ) -> None:
        self.root = root
        self._index = index
        self._folder = folder

    @classmethod
    def open(cls, root: Path, io: Disk | None = None) -> Self:
        """Open the index of an archive and bring it up to date."""
        if not root.is_dir():
            raise ConfigurationError(f"there is no archive at {root}")
        try:
            folder = None if os.access(root, os.W_OK) else _copy_of_index(root)
            place = root if folder is None else Path(folder.name)
            catalog = cls(root, Index.open(place, io or Disk()), folder)
            catalog._catch_up()
        except sqlite3.Error as error:
            raise ConfigurationError(f"the index of the archive {root} cannot be used: {error}") from error
        return catalog

    def captures_of(self, url: str) -> list[Capture]:
        """Return the captures of a URL, oldest first; http and https count as one."""
        wanted = target_uri(url)
        bare = next((wanted.removeprefix(s) for s in _SCHEMES if wanted.startswith(s)), wanted)
        found = [capture for scheme in _SCHEMES for capture in self._index.captures_of(scheme + bare)]
        return sorted(found, key=lambda capture: capture.date)

    def captures_between(self, since: str, until: str) -> Iterator[Capture]:
        """Yield the captures of [since, until), file by file."""
        return self._index.captures_between(since, until)

    def needed_until(self) -> dict[str, str]:
        """Return for each file the date of the latest capture that needs it."""
        return self._index.needed_until()

    def forget(self, file: str) -> None:
        """Drop a file that is gone."""
        self._index.forget(file)

    def close(self) -> None:
        """Close the index."""
        self._index.close()
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        """Return the catalog itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def _catch_up(self) -> None:
        complete, present = self._index.complete(), set()
        for file, path in files(self.root):
            present.add(file)
            if file not in complete:
                self._read(file, path)
        for file in complete - present:
            self._index.forget(file)

    def _read(self, file: str, path: Path) -> None:
        start, batch = self._index.synced(file), []
        end = start
        for record in read(path, start=start, kinds=_KINDS):
            end = record.offset + record.length
            capture = capture_of(record, file) if isinstance(record, WarcRecord) else None
            if capture is not None:
                batch.append(capture)
            if len(batch) >= _BATCH:
                self._index.add(batch, file=file, synced=end)
                batch = []
        finished = not path.name.endswith(OPEN)
        # Of an open file only the writer knows what is synced.
        self._index.add(batch, file=file, synced=end if finished else start, complete=finished)


def _copy_of_index(root: Path) -> tempfile.TemporaryDirectory[str]:
    """Copy the index to where it may be written: somebody else's archive can be read, too."""
    folder = tempfile.TemporaryDirectory(prefix="newsspider-")
    for suffix in ("", "-wal"):
        with suppress(OSError):
            shutil.copy(root / f"{NAME}{suffix}", folder.name)
    return folder


def capture_of(record: WarcRecord, file: str) -> Capture | None:
    """Return the capture that a record is; None for requests and the like."""
    url, date = record.url, record.field("WARC-Date") or ""
    if url is None:
        return None
    if record.kind == "metadata":
        failed = record.block is not None and record.block.startswith(b"failure: ")
        return (
            Capture(file=file, offset=record.offset, length=record.length, url=url, date=date, kind="failure")
            if failed
            else None
        )
    response = response_in(record)
    original = origin(record)
    if response is None:
        return None
    return Capture(
        file=file,
        offset=record.offset,
        length=record.length,
        url=url,
        date=date,
        kind="revisit" if record.kind == "revisit" else "response",
        status=response.status,
        mime=media_type(response.header(b"content-type")),
        digest=record.field("WARC-Payload-Digest"),
        refers_to=original.file if original else None,
    )


def check(root: Path) -> Iterator[tuple[str, int, tuple[Damage, ...]]]:
    """Yield for each finished file of the archive its number of records and its damage."""
    for file, path in files(root):
        if path.name.endswith(OPEN):
            continue
        found = 0
        damage = []
        for record in read(path, one_a_member=True):
            if isinstance(record, Damage):
                damage.append(record)
            else:
                found += 1
        yield file, found, tuple(damage)
