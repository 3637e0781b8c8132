"""The old records by the raw pages they were read from: a temporary index on the disk."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, Final, Self

import msgspec

from newsspider.errors import DamagedRecord
from newsspider.items import Record, WarcRef
from newsspider.store.identity import text_key
from newsspider.store.lines import decode, open_lines, read_lines
from newsspider.store.segment import find_segment, find_segments

_KINDS: Final = frozenset({"articles", "reprints"})
_SCHEMA: Final = """
CREATE TABLE record(row INTEGER PRIMARY KEY, id TEXT, version INTEGER, text INTEGER,
                    segment TEXT, start INTEGER, length INTEGER);
CREATE TABLE page(file TEXT, offset INTEGER, part INTEGER, row INTEGER,
                  PRIMARY KEY(file, offset)) WITHOUT ROWID;
CREATE TABLE host(name TEXT PRIMARY KEY, site TEXT) WITHOUT ROWID;
"""
_OPEN_FILES: Final = 16


class _Line(msgspec.Struct):
    """What the index needs of a record's line."""

    id: str
    version: int
    site: str
    title: str
    body: str
    url: str | None = None
    warc: list[WarcRef] = []


@dataclass(frozen=True, slots=True)
class Old:
    """A raw page that an old record was read from: its `part` (0: first page), is it the latest version."""

    part: int
    record: Record
    latest: bool


class Past:
    """Answers which old record a raw page belongs to."""

    def __init__(self, exports: Path, database: sqlite3.Connection) -> None:
        self._exports = exports
        self._db = database
        self._files: dict[str, IO[bytes]] = {}

    @classmethod
    def build(cls, exports: Path, path: Path, told: Callable[[int], None] = lambda _: None) -> int:
        """Read all records of an exports folder into a new index; return how many there are."""
        path.unlink(missing_ok=True)
        database = sqlite3.connect(path, isolation_level=None)
        try:
            database.execute("PRAGMA synchronous=OFF")  # made anew after a crash
            for statement in _SCHEMA.split(";\n"):
                database.execute(statement)
            database.execute("BEGIN")
            rows = 0
            for rows, (place, line) in zip(count(1), _lines(exports), strict=False):
                _insert(database, rows, place, line)
                if rows % 10_000 == 0:
                    told(rows)
            database.execute("CREATE INDEX record_id ON record(id, version)")
            database.execute("CREATE INDEX record_text ON record(text)")
            database.execute("COMMIT")
        finally:
            database.close()
        return rows

    @classmethod
    def open(cls, exports: Path, path: Path) -> Self:
        """Open an index that was built."""
        # It does not change any more: no locks, which cost more than an answer.
        return cls(exports, sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True))

    def at(self, file: str, offset: int) -> Old | None:
        """Return the old record that was read from this raw page."""
        found = self._db.execute(
            "SELECT part, segment, start, length,"
            " version = (SELECT max(version) FROM record AS other WHERE other.id = record.id)"
            " FROM page JOIN record USING(row) WHERE file = ? AND offset = ?",
            (file, offset),
        ).fetchone()
        if found is None:
            return None
        part, segment, start, length, latest = found
        record = self._record(segment, start, length)
        return None if record is None else Old(part, record, bool(latest))

    def is_known(self, article: str) -> bool:
        """Return whether an article of this id was ever stored."""
        return self._db.execute("SELECT 1 FROM record WHERE id = ?", (article,)).fetchone() is not None

    def site_of(self, url: str) -> str | None:
        """Return the site whose articles were last stored from the host (and port) of a URL."""
        found = self._db.execute("SELECT site FROM host WHERE name = ?", (_host(url),)).fetchone()
        return None if found is None else str(found[0])

    def is_told(self, article: Record) -> bool:
        """Return whether an article of its site with this very text was ever stored."""
        text = text_key(article.site, article.title, article.body)
        found = self._db.execute("SELECT 1 FROM record WHERE text = ?", (text,)).fetchone()
        return found is not None

    def close(self) -> None:
        """Close all files."""
        self._db.close()
        for file in self._files.values():
            file.close()
        self._files.clear()

    def _record(self, segment: str, start: int, length: int) -> Record | None:
        try:
            file = self._files.get(segment) or self._opened(segment)
            file.seek(start)
            return decode(file.read(length), Record)
        except (DamagedRecord, OSError):
            return None

    def _opened(self, segment: str) -> IO[bytes]:
        path = find_segment(self._exports, segment)
        if path is None:
            raise FileNotFoundError(segment)
        while len(self._files) >= _OPEN_FILES:
            self._files.pop(next(iter(self._files))).close()
        self._files[segment] = file = open_lines(path)
        return file


def has_stored(exports: Path, site: str) -> bool:
    """Return whether an article of this site was ever stored."""
    return any(line.site == site for _, line in _lines(exports))


def _lines(exports: Path) -> Iterator[tuple[tuple[str, int, int], _Line]]:
    """Yield each record's place (segment, start, length) and what the index needs of it."""
    decoder = msgspec.json.Decoder(_Line)
    for segment in find_segments(exports):
        if segment.kind not in _KINDS:
            continue
        for start, line in read_lines(segment.path):
            try:
                yield (segment.name, start, len(line)), decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue  # a torn tail: recovery sets it aside


def _insert(database: sqlite3.Connection, row: int, place: tuple[str, int, int], line: _Line) -> None:
    text = text_key(line.site, line.title, line.body)
    database.execute("INSERT INTO record VALUES(?,?,?,?,?,?,?)", (row, line.id, line.version, text, *place))
    database.executemany(
        "INSERT OR REPLACE INTO page VALUES(?,?,?,?)",
        [(ref.file, ref.offset, part, row) for part, ref in enumerate(line.warc)],
    )
    if line.url:
        database.execute("INSERT OR REPLACE INTO host VALUES(?,?)", (_host(line.url), line.site))


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower()
