"""Checks of the folder as a whole: versions, stories, and the ledger against the files.

What has to be compared is kept in a temporary database on disk, so a million lines need no memory.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newsspider.errors import LedgerTooNew
from newsspider.items import Record, Visit
from newsspider.store.events import Event
from newsspider.store.ledger import LEDGER_SCHEMA, DamagedLedger, uri_for_reading

_TABLES: Final = """
CREATE TABLE ledger_version(id BLOB, number INTEGER, digest BLOB, segment TEXT, start INTEGER,
  length INTEGER, story BLOB, site TEXT);
CREATE TABLE ledger_segment(name TEXT PRIMARY KEY, committed INTEGER, sealed INTEGER);
CREATE TABLE line(id BLOB, number INTEGER, digest BLOB, segment TEXT, start INTEGER, length INTEGER,
  row INTEGER, story BLOB, site TEXT, reprint_of BLOB);
CREATE TABLE visit(article BLOB, number INTEGER, segment TEXT, start INTEGER, row INTEGER);
CREATE TABLE event(id BLOB, segment TEXT, start INTEGER, row INTEGER);
CREATE TABLE file(segment TEXT PRIMARY KEY, path TEXT, size INTEGER, is_open INTEGER);
"""
_INDEXES: Final = (
    "CREATE INDEX line_id ON line(id, number)",
    "CREATE INDEX line_place ON line(segment, start)",
)
_COPY: Final = (
    "INSERT INTO ledger_segment SELECT name, committed, sealed FROM source.segment",
    """INSERT INTO ledger_version SELECT v.id, v.number, v.digest, s.name, v.start, v.length,
    coalesce(v.story, v.id), w.text FROM source.version v JOIN source.segment s ON s.number = v.segment
    JOIN source.word w ON w.number = v.site""",
)
#: Problems of one sort that are told.
_MOST: Final = 50

_TWICE: Final = (
    "SELECT path, b.row, b.start, 'version ' || b.number || ' of ' || lower(hex(b.id)) || "
    "' is also in ' || a.segment || ' at byte ' || a.start "
    "FROM line a JOIN line b ON a.id = b.id AND a.number = b.number AND a.rowid < b.rowid "
    "JOIN file ON file.segment = b.segment"
)
_GAPS: Final = (
    "SELECT path, b.row, b.start, 'version ' || b.number || ' of ' || lower(hex(b.id)) || "
    "' without the one before it' FROM line b JOIN file ON file.segment = b.segment "
    "WHERE b.number > 1 AND NOT EXISTS "
    "(SELECT 1 FROM line a WHERE a.id = b.id AND a.number = b.number - 1)"
)
_UNCHANGED: Final = (
    "SELECT path, b.row, b.start, 'version ' || b.number || ' of ' || lower(hex(b.id)) || "
    "' has the digest of the one before it' "
    "FROM line b JOIN line a ON a.id = b.id AND a.number = b.number - 1 AND a.digest = b.digest "
    "JOIN file ON file.segment = b.segment"
)
_ORPHANS: Final = (
    "SELECT path, b.row, b.start, 'a reprint of ' || lower(hex(b.reprint_of)) || "
    "', which is not stored' FROM line b JOIN file ON file.segment = b.segment "
    "WHERE b.reprint_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM line a WHERE a.id = b.reprint_of)"
)
_UNSTORED: Final = (
    "SELECT path, v.row, v.start, 'version ' || v.number || ' of ' || "
    "lower(hex(v.article)) || ' was visited as stored and is in no segment' "
    "FROM visit v JOIN file ON file.segment = v.segment WHERE v.number IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM line a WHERE a.id = v.article AND a.number = v.number)"
)
_STORIES: Final = (
    "SELECT path, b.row, b.start, 'of the story ' || lower(hex(b.story)) || "
    "', which is not stored' FROM line b JOIN file ON file.segment = b.segment "
    "WHERE b.reprint_of <> b.story AND NOT EXISTS (SELECT 1 FROM line a WHERE a.id = b.story)"
)
_EVENTS: Final = (
    "SELECT path, e.row, e.start, 'an event of ' || lower(hex(e.id)) || "
    "', which is not stored' FROM event e JOIN file ON file.segment = e.segment "
    "WHERE NOT EXISTS (SELECT 1 FROM line a WHERE a.id = e.id)"
)
_OTHERWISE: Final = (
    "SELECT path, l.row, l.start, 'version ' || l.number || ' of ' || lower(hex(l.id)) || "
    "' is of ' || l.site || ' and the story ' || lower(hex(l.story)) || ', to the ledger of ' || "
    "v.site || ' and ' || lower(hex(v.story)) "
    "FROM ledger_version v JOIN line l ON l.id = v.id AND l.number = v.number "
    "AND l.segment = v.segment AND l.start = v.start JOIN file ON file.segment = l.segment "
    "WHERE l.site <> v.site OR l.story <> v.story"
)
_NOT_IN_FILES: Final = (
    "SELECT '.state/ledger.sqlite3', NULL, NULL, 'version ' || number || ' of ' || lower(hex(id)) || "
    "' should be at byte ' || start || ' of ' || segment "
    "FROM (SELECT id, number, digest, segment, start, length FROM ledger_version "
    "EXCEPT SELECT id, number, digest, segment, start, length FROM line)"
)
_NOT_IN_LEDGER: Final = (
    "SELECT path, l.row, l.start, 'version ' || l.number || ' of ' || lower(hex(l.id)) || "
    "' is not in the ledger' FROM (SELECT id, number, digest, segment, start, length FROM line "
    "EXCEPT SELECT id, number, digest, segment, start, length FROM ledger_version) AS n "
    "JOIN line l ON l.segment = n.segment AND l.start = n.start "
    "JOIN file ON file.segment = l.segment JOIN ledger_segment c ON c.name = l.segment "
    "WHERE l.start < c.committed"
)
_SHORTER: Final = (
    "SELECT coalesce(path, s.name), NULL, NULL, CASE WHEN path IS NULL THEN 'in the ledger, not on the disk' "
    "ELSE 'has ' || size || ' bytes, the ledger knows ' || s.committed END "
    "FROM ledger_segment s LEFT JOIN file ON file.segment = s.name "
    "WHERE (path IS NULL AND s.committed > 0) OR size < s.committed OR (s.sealed AND size <> s.committed)"
)
_UNKNOWN: Final = (
    "SELECT path, NULL, NULL, 'not in the ledger: the next run reads it' FROM file WHERE NOT is_open "
    "AND segment NOT IN (SELECT name FROM ledger_segment)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line lies: `row` counts from 1."""

    segment: str
    row: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class KnownSegment:
    """How far the ledger has indexed a segment, and whether it is finished."""

    committed: int
    sealed: bool


class WholeChecks:
    """Gathers what the lines say and compares it."""

    def __init__(self, ledger: Path) -> None:
        """Compare with this ledger, if it is there."""
        self.has_ledger = False
        self._database = sqlite3.connect("", isolation_level=None, uri=True)
        for statement in _TABLES.split(";"):
            self._database.execute(statement)
        self._ledger = ledger

    def copy_ledger(self) -> None:
        """Take what the ledger says now. Raises sqlite3.Error when it cannot be read, LedgerTooNew."""
        try:
            self.has_ledger = self._ledger.exists() and self._copy_ledger()
        finally:
            if not self._database.in_transaction:
                self._database.execute("BEGIN")  # for all lines together

    def _copy_ledger(self) -> bool:
        """Return False for a ledger that has just been begun, or was emptied."""
        run = self._database.execute
        run("ATTACH ? AS source", (uri_for_reading(self._ledger),))
        run("BEGIN")  # all that is read of it is of one moment
        schema = run("PRAGMA source.user_version").fetchone()[0]
        if schema > LEDGER_SCHEMA:
            raise LedgerTooNew(f"schema {schema}, this newsspider knows {LEDGER_SCHEMA}")
        if not run("SELECT 1 FROM source.sqlite_master LIMIT 1").fetchone():
            return False
        if schema < LEDGER_SCHEMA:
            raise DamagedLedger(f"schema {schema}, this newsspider knows {LEDGER_SCHEMA}")
        for statement in _COPY:
            run(statement)
        run("COMMIT")
        found = run("PRAGMA source.quick_check(1)").fetchone()[0]
        if found != "ok":
            raise DamagedLedger(found.replace("\n", " "))
        return True

    def known(self, segment: str) -> KnownSegment | None:
        """Return what the ledger said of a segment when it was copied."""
        row = self._database.execute(
            "SELECT committed, sealed FROM ledger_segment WHERE name = ?", (segment,)
        ).fetchone()
        return None if row is None else KnownSegment(row[0], bool(row[1]))

    def has_changed(self, segment: str) -> bool:
        """Tell whether the ledger says something else of a segment by now: a run works on it."""
        if not self.has_ledger:
            return False
        with closing(sqlite3.connect(uri_for_reading(self._ledger), uri=True)) as now:
            row = now.execute("SELECT committed, sealed FROM segment WHERE name = ?", (segment,)).fetchone()
        return (None if row is None else KnownSegment(row[0], bool(row[1]))) != self.known(segment)

    def add_record(self, record: Record, place: Place) -> None:
        """Take a record into account."""
        self._database.execute(
            "INSERT INTO line VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                _blob(record.id),
                record.version,
                _blob(record.digest),
                place.segment,
                place.start,
                place.length,
                place.row,
                _blob(record.story),
                record.site,
                _blob(record.reprint_of),
            ),
        )

    def add_visit(self, visit: Visit, place: Place) -> None:
        """Take a visit into account that stored a version."""
        if visit.article is not None and visit.version is not None:
            self._database.execute(
                "INSERT INTO visit VALUES(?, ?, ?, ?, ?)",
                (_blob(visit.article), visit.version, place.segment, place.start, place.row),
            )

    def add_event(self, event: Event, place: Place) -> None:
        """Take an event into account."""
        self._database.execute(
            "INSERT INTO event VALUES(?, ?, ?, ?)", (_blob(event.id), place.segment, place.start, place.row)
        )

    def add_segment(self, name: str, path: str, size: int, *, is_open: bool) -> None:
        """Take a segment into account whose lines were all read."""
        self._database.execute("INSERT INTO file VALUES(?, ?, ?, ?)", (name, path, size, is_open))

    def problems(self) -> Iterator[tuple[str, int | None, int | None, str, bool]]:
        """Yield (file, line, offset, what is wrong, whether it is damage)."""
        for statement in _INDEXES:
            self._database.execute(statement)
        queries = [_TWICE, _GAPS, _UNCHANGED, _ORPHANS, _STORIES, _UNSTORED, _EVENTS]
        if self.has_ledger:
            # Whole files first: most of the rest follows from them.
            queries = [_SHORTER, _UNKNOWN, *queries, _NOT_IN_FILES, _NOT_IN_LEDGER, _OTHERWISE]
        for query in queries:
            rows = self._database.execute(query).fetchmany(_MOST + 1)
            is_damage = query is not _UNKNOWN  # a ledger that lacks a file is as good as none
            yield from ((*row, is_damage) for row in rows[:_MOST])
            if len(rows) > _MOST:
                yield str(rows[_MOST][0]), None, None, "and more of the same sort", is_damage

    def close(self) -> None:
        """Drop the temporary database."""
        self._database.close()


def _blob(digits: str | None) -> bytes | None:
    try:
        return None if digits is None else bytes.fromhex(digits)
    except ValueError:
        return digits.encode() if digits else None
