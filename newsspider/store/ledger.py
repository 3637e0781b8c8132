"""The ledger: an SQLite index of segments and visits. It can be thrown away and made anew."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final

from newsspider.errors import LedgerTooNew
from newsspider.store.urls import Absences, Urls
from newsspider.store.versions import Rereads, Segments, Versions, Words

#: Version of the tables, kept in `PRAGMA user_version`.
LEDGER_SCHEMA: Final = 1
#: Version of the keys of texts (rings 2 and 3), kept in `PRAGMA application_id`: raise it with every
#: change of fold, keys or sketch; keys of another version find nothing, so the ledger is made anew.
TEXT_FORMAT: Final = 1

# Ids and digests are 16 bytes; sites and extractors are numbers of `word`; times are seconds UTC.
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS word(number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS segment(
  number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, committed INTEGER NOT NULL,
  sealed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS version(
  id BLOB NOT NULL, number INTEGER NOT NULL, digest BLOB NOT NULL, segment INTEGER NOT NULL,
  start INTEGER NOT NULL, length INTEGER NOT NULL, site INTEGER NOT NULL,
  extractor INTEGER NOT NULL, story BLOB, PRIMARY KEY(id, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS story ON version(story, site) WHERE story IS NOT NULL;
CREATE TABLE IF NOT EXISTS text(
  key INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY(key, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS url(
  id BLOB PRIMARY KEY, site INTEGER NOT NULL, url TEXT NOT NULL, via TEXT NOT NULL,
  first_seen INTEGER NOT NULL, last_visit INTEGER, next_visit INTEGER, visits INTEGER NOT NULL,
  tries INTEGER NOT NULL, unchanged INTEGER NOT NULL, outcome TEXT, etag TEXT,
  last_modified TEXT, article BLOB, published_at TEXT, twin INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS due ON url(site, min(visits, 1), next_visit)
  WHERE next_visit IS NOT NULL;
CREATE TABLE IF NOT EXISTS reread(
  id BLOB PRIMARY KEY, number INTEGER NOT NULL, digest BLOB NOT NULL, extractor INTEGER)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gone(id BLOB PRIMARY KEY, told INTEGER NOT NULL) WITHOUT ROWID;
"""
#: The tables that the reprints make for themselves.
_REPRINTS: Final = ("reprint_text", "reprint_key")
#: What brings tables of schema n to n + 1, in one transaction.
_MIGRATIONS: Final = {0: _TABLES}


# "no such table" is a plain SQLITE_ERROR: a ledger that lost its tables.
_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
#: A ledger up to this size is checked whole when it is opened; damage in a larger one shows when it
#: is read.
_CHECKED: Final = 8 << 20


_USUAL_CACHE: Final = "PRAGMA cache_size=-32000"
_LARGE_CACHE: Final = "PRAGMA cache_size=-128000"


class DamagedLedger(sqlite3.DatabaseError):
    """The ledger does not pass SQLite's check of itself."""


class Ledger:
    """The index. Reads are free; writes belong between `begin` and `commit`."""

    def __init__(self, path: Path, *, only_read: bool = False) -> None:
        """Open or make the ledger. Raises sqlite3.DatabaseError (corrupt), LedgerTooNew.

        `only_read`: whoever may not write the folder reads it, too.
        """
        self.path = path
        self._fixed = only_read and not _may_write(path)
        if not path.exists():
            for leftover in _companions(path):
                leftover.unlink(missing_ok=True)
        place = uri_for_reading(path) if self._fixed else path
        self.connection = sqlite3.connect(place, isolation_level=None, timeout=60, uri=self._fixed)
        self._words = Words(self.connection)
        self.segments = Segments(self.connection)
        self.versions = Versions(self.connection, self._words, self.segments)
        self.rereads = Rereads(self.connection, self._words)
        self.urls = Urls(self.connection, self._words, self.versions)
        self.absences = Absences(self.connection)
        try:
            self._prepare()
            self.inode = path.stat().st_ino
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        if not self._fixed:
            self._prepare_writing()
        self._check()

    def _prepare_writing(self) -> None:
        run = self.connection.execute
        run("PRAGMA journal_mode=WAL")
        # NORMAL: a power cut may take back the last commits, never the file's order. The lines were
        # synced before, and recovery reads them again from the older offset.
        run("PRAGMA synchronous=NORMAL")
        run(_USUAL_CACHE)
        run("PRAGMA wal_autocheckpoint=4000")
        run("PRAGMA journal_size_limit=67108864")
        version = run("PRAGMA user_version").fetchone()[0]
        if version > LEDGER_SCHEMA:
            raise LedgerTooNew(f"{self.path} has schema {version}, this newsspider knows {LEDGER_SCHEMA}")
        if version < LEDGER_SCHEMA:
            self.begin()
            for step in range(version, LEDGER_SCHEMA):
                for statement in _MIGRATIONS[step].split(";"):
                    run(statement)
            run(f"PRAGMA user_version={LEDGER_SCHEMA}")
            run(f"PRAGMA application_id={TEXT_FORMAT}")
            self.commit()

    def _check(self) -> None:
        """Refuse a ledger that is not what this newsspider would have made."""
        run = self.connection.execute
        keys = run("PRAGMA application_id").fetchone()[0]
        if keys != TEXT_FORMAT:
            raise DamagedLedger(f"{self.path} has keys of texts of version {keys}")
        tables = _tables_of(self.connection)
        lost = {name for name, _ in _expected() - tables}
        if not lost and run("SELECT 1 FROM version LIMIT 1").fetchone():
            lost = {*_REPRINTS} - {name for name, _ in tables}
        if lost:
            raise DamagedLedger(f"{self.path} lacks tables or columns of {', '.join(sorted(lost))}")
        if self.path.stat().st_size > _CHECKED:
            return
        found = run("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise DamagedLedger(f"{self.path}: {found}")

    def is_replaced(self) -> bool:
        """Tell whether the file was removed, or is another one, since it was opened."""
        try:
            return self.path.stat().st_ino != self.inode
        except FileNotFoundError:
            return True

    @contextmanager
    def large_cache(self) -> Iterator[None]:
        """Keep more of it in memory while it is made anew: ids and keys come in random order."""
        self.connection.execute(_LARGE_CACHE)
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self.connection.execute(_USUAL_CACHE)
                self.connection.execute("PRAGMA shrink_memory")

    # -- transactions ------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin a transaction that shuts out every other writer."""
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make the transaction last."""
        self.connection.execute("COMMIT")

    def rollback(self) -> None:
        """Take the transaction back, if there is one."""
        self._words.clear()
        self.segments.clear()
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def _tables_of(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(name, sql) for name, sql in rows}


def uri_for_reading(path: Path) -> str:
    """Return how SQLite opens a ledger that is only read, also in a folder that may not be written.

    Beside a ledger in WAL mode SQLite makes a file of locks; where it can't, and nothing is written
    at this moment (there is no -wal), the ledger is read as it lies there.
    """
    still = not _may_write(path) and not Path(f"{path}-wal").exists()
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if still else ''}"


def _may_write(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


@cache
def _expected() -> frozenset[tuple[str, str]]:
    """Return the names of the tables and how they are made."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_TABLES)
        return frozenset(_tables_of(connection))


def open_ledger(path: Path) -> tuple[Ledger, Path | None]:
    """Open the ledger; one that is damaged is set aside (returned) and a new one begun."""
    try:
        return Ledger(path), None
    except sqlite3.DatabaseError as error:
        if not is_damaged(error):
            raise
        aside = set_aside(path)
        return Ledger(path), aside


def is_damaged(error: Exception) -> bool:
    """Tell whether an error means that the ledger is to be made anew: not that the disk fails."""
    if isinstance(error, DamagedLedger):
        return True
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _DAMAGED


def set_aside(path: Path) -> Path:
    """Give a ledger that cannot be used another name, and keep it as evidence."""
    number = 0
    while (aside := path.with_name(f"ledger.corrupt-{number}.sqlite3")).exists():
        number += 1
    path.rename(aside)
    for leftover in _companions(path):
        leftover.unlink(missing_ok=True)
    return aside


def remove_ledger(path: Path) -> None:
    """Throw a ledger away that nobody has open."""
    for file in (path, *_companions(path)):
        file.unlink(missing_ok=True)


def _companions(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")
