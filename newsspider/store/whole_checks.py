"""Checks of the folder as a whole: versions, stories, and the ledger against the files.

What has to be compared is kept in a temporary database on disk, so a million lines need no memory.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from newsspider.items import Record, Visit
from newsspider.store.ledger import LEDGER_SCHEMA, uri_for_reading

_TABLES: Final = """
CREATE TABLE ledger_version(id BLOB, number INTEGER, digest BLOB, segment TEXT, start INTEGER,
  length INTEGER);
CREATE TABLE ledger_segment(name TEXT PRIMARY KEY, committed INTEGER, sealed INTEGER);
CREATE TABLE line(id BLOB, number INTEGER, digest BLOB, segment TEXT, start INTEGER, length INTEGER,
  reprint_of BLOB);
CREATE TABLE visit(article BLOB, number INTEGER, segment TEXT, start INTEGER);
CREATE TABLE file(segment TEXT PRIMARY KEY, path TEXT, size INTEGER, is_open INTEGER);
"""
_INDEXES: Final = (
    "CREATE INDEX line_id ON line(id, number)",
    "CREATE INDEX line_place ON line(segment, start)",
)
_COPY: Final = (
    "INSERT INTO ledger_segment SELECT name, committed, sealed FROM source.segment",
    """INSERT INTO ledger_version SELECT v.id, v.number, v.digest, s.name, v.start, v.length
    FROM source.version v JOIN source.segment s ON s.number = v.segment""",
)
#: Problems of one sort that are told.
_MOST: Final = 50

_TWICE: Final = (
    "SELECT path, 'byte ' || b.start || ': version ' || b.number || ' of ' || lower(hex(b.id)) || "
    "' is also in ' || a.segment || ' at byte ' || a.start "
    "FROM line a JOIN line b ON a.id = b.id AND a.number = b.number AND a.rowid < b.rowid "
    "JOIN file ON file.segment = b.segment"
)
_GAPS: Final = (
    "SELECT path, 'byte ' || b.start || ': version ' || b.number || ' of ' || lower(hex(b.id)) || "
    "' without the one before it' FROM line b JOIN file ON file.segment = b.segment "
    "WHERE b.number > 1 AND NOT EXISTS "
    "(SELECT 1 FROM line a WHERE a.id = b.id AND a.number = b.number - 1)"
)
_UNCHANGED: Final = (
    "SELECT path, 'byte ' || b.start || ': version ' || b.number || ' of ' || lower(hex(b.id)) || "
    "' has the digest of the one before it' "
    "FROM line b JOIN line a ON a.id = b.id AND a.number = b.number - 1 AND a.digest = b.digest "
    "JOIN file ON file.segment = b.segment"
)
_ORPHANS: Final = (
    "SELECT path, 'byte ' || b.start || ': a reprint of ' || lower(hex(b.reprint_of)) || "
    "', which is not stored' FROM line b JOIN file ON file.segment = b.segment "
    "WHERE b.reprint_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM line a WHERE a.id = b.reprint_of)"
)
_UNSTORED: Final = (
    "SELECT path, 'byte ' || v.start || ': version ' || v.number || ' of ' || "
    "lower(hex(v.article)) || ' was visited as stored and is in no segment' "
    "FROM visit v JOIN file ON file.segment = v.segment WHERE v.number IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM line a WHERE a.id = v.article AND a.number = v.number)"
)
_NOT_IN_FILES: Final = (
    "SELECT '.state/ledger.sqlite3', 'version ' || number || ' of ' || lower(hex(id)) || "
    "' should be at byte ' || start || ' of ' || segment "
    "FROM (SELECT * FROM ledger_version "
    "EXCEPT SELECT id, number, digest, segment, start, length FROM line)"
)
_NOT_IN_LEDGER: Final = (
    "SELECT path, 'byte ' || start || ': version ' || number || ' of ' || lower(hex(id)) || "
    "' is not in the ledger' FROM (SELECT id, number, digest, segment, start, length FROM line "
    "EXCEPT SELECT * FROM ledger_version) AS l "
    "JOIN file ON file.segment = l.segment JOIN ledger_segment c ON c.name = l.segment "
    "WHERE l.start < c.committed"
)
_SHORTER: Final = (
    "SELECT coalesce(path, s.name), CASE WHEN path IS NULL THEN 'in the ledger, not on the disk' "
    "ELSE 'has ' || size || ' bytes, the ledger knows ' || s.committed END "
    "FROM ledger_segment s LEFT JOIN file ON file.segment = s.name "
    "WHERE path IS NULL OR size < s.committed OR (s.sealed AND size <> s.committed)"
)
_UNKNOWN: Final = (
    "SELECT path, 'sealed and not in the ledger' FROM file WHERE NOT is_open "
    "AND segment NOT IN (SELECT name FROM ledger_segment)"
)


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
        """Take what the ledger says now. Raises sqlite3.DatabaseError when it cannot be read."""
        if not self._ledger.exists():
            return
        run = self._database.execute
        run("ATTACH ? AS source", (uri_for_reading(self._ledger),))
        schema = run("PRAGMA source.user_version").fetchone()[0]
        if schema != LEDGER_SCHEMA:
            raise sqlite3.DatabaseError(f"schema {schema}, this newsspider knows {LEDGER_SCHEMA}")
        run("BEGIN")
        for statement in _COPY:
            run(statement)
        run("COMMIT")
        found = run("PRAGMA source.quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found.replace("\n", " "))
        self.has_ledger = True
        run("BEGIN")

    def committed(self, segment: str) -> int | None:
        """Return how far the ledger knows a segment."""
        row = self._database.execute(
            "SELECT committed FROM ledger_segment WHERE name = ?", (segment,)
        ).fetchone()
        return None if row is None else int(row[0])

    def add_record(self, record: Record, segment: str, start: int, length: int) -> None:
        """Take a record into account."""
        self._database.execute(
            "INSERT INTO line VALUES(?, ?, ?, ?, ?, ?, ?)",
            (
                _blob(record.id),
                record.version,
                _blob(record.digest),
                segment,
                start,
                length,
                _blob(record.reprint_of),
            ),
        )

    def add_visit(self, visit: Visit, segment: str, start: int) -> None:
        """Take a visit into account that stored a version."""
        if visit.article is not None and visit.version is not None:
            self._database.execute(
                "INSERT INTO visit VALUES(?, ?, ?, ?)",
                (_blob(visit.article), visit.version, segment, start),
            )

    def add_segment(self, name: str, path: str, size: int, *, is_open: bool) -> None:
        """Take a segment into account whose lines were all read."""
        self._database.execute("INSERT INTO file VALUES(?, ?, ?, ?)", (name, path, size, is_open))

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield (file, what is wrong)."""
        for statement in _INDEXES:
            self._database.execute(statement)
        queries = [_TWICE, _GAPS, _UNCHANGED, _ORPHANS, _UNSTORED]
        if self.has_ledger:
            queries += [_SHORTER, _UNKNOWN, _NOT_IN_FILES, _NOT_IN_LEDGER]
        for query in queries:
            rows = self._database.execute(query).fetchmany(_MOST + 1)
            yield from rows[:_MOST]
            if len(rows) > _MOST:
                yield str(rows[_MOST][0]), "and more of the same sort"

    def close(self) -> None:
        """Drop the temporary database."""
        self._database.close()


def _blob(digits: str | None) -> bytes | None:
    try:
        return None if digits is None else bytes.fromhex(digits)
    except ValueError:
        return digits.encode() if digits else None
