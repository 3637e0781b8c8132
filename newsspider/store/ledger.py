"""The ledger: an SQLite index of segments and visits. It can be thrown away and made anew."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from newsspider.errors import LedgerTooNew
from newsspider.items import Outcome
from newsspider.store.draft import Known

#: Version of the tables, kept in `PRAGMA user_version`.
LEDGER_SCHEMA: Final = 1

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
CREATE TABLE IF NOT EXISTS text(
  key INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY(key, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS url(
  id BLOB PRIMARY KEY, site INTEGER NOT NULL, url TEXT NOT NULL, first_seen INTEGER NOT NULL,
  last_visit INTEGER NOT NULL, next_visit INTEGER, visits INTEGER NOT NULL,
  tries INTEGER NOT NULL, unchanged INTEGER NOT NULL, outcome TEXT NOT NULL, etag TEXT,
  last_modified TEXT, article BLOB, published_at TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS due ON url(site, next_visit) WHERE next_visit IS NOT NULL;
CREATE TABLE IF NOT EXISTS reread(
  id BLOB PRIMARY KEY, number INTEGER NOT NULL, digest BLOB NOT NULL, extractor INTEGER)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gone(id BLOB PRIMARY KEY, told INTEGER NOT NULL) WITHOUT ROWID;
"""
_KNOWN: Final = (
    "id, (SELECT text FROM word WHERE number = site), url, first_seen, last_visit, next_visit, "
    "visits, tries, unchanged, outcome, etag, last_modified, article, published_at"
)


# "no such table" is a plain SQLITE_ERROR: a ledger that lost its tables.
_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
#: A ledger up to this size is checked whole when it is opened; damage in a larger one shows when it
#: is read.
_CHECKED: Final = 8 << 20


class DamagedLedger(sqlite3.DatabaseError):
    """The ledger does not pass SQLite's check of itself."""


@dataclass(frozen=True, slots=True)
class Version:
    """Where a version lies and what the judge needs to know of it."""

    id: str
    number: int
    digest: str
    segment: str
    start: int
    length: int
    site: str
    extractor: str
    story: str


class Ledger:
    """The index. Reads are free; writes belong between `begin` and `commit`."""

    def __init__(self, path: Path) -> None:
        """Open or make the ledger. Raises sqlite3.DatabaseError (corrupt), LedgerTooNew."""
        self.path = path
        if not path.exists():
            for leftover in _companions(path):
                leftover.unlink(missing_ok=True)
        self.connection = sqlite3.connect(path, isolation_level=None, timeout=60)
        self._numbers: dict[str, int] = {}
        self._words: dict[int, str] = {}
        self._segments: dict[str, int] = {}
        try:
            self._prepare()
            self.inode = path.stat().st_ino
        except BaseException:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        run = self.connection.execute
        run("PRAGMA journal_mode=WAL")
        # NORMAL: a power cut may take back the last commits, never the file's order. The lines were
        # synced before, and recovery reads them again from the older offset.
        run("PRAGMA synchronous=NORMAL")
        run("PRAGMA cache_size=-32000")
        run("PRAGMA wal_autocheckpoint=4000")
        run("PRAGMA journal_size_limit=67108864")
        version = run("PRAGMA user_version").fetchone()[0]
        if version > LEDGER_SCHEMA:
            raise LedgerTooNew(
                f"{self.path} has schema {version}, this newsspider knows {LEDGER_SCHEMA}"
            )
        if version < LEDGER_SCHEMA:
            self.begin()
            for statement in _TABLES.split(";"):
                run(statement)
            run(f"PRAGMA user_version={LEDGER_SCHEMA}")
            self.commit()
        for table in ("word", "segment", "version", "text", "url", "reread", "gone"):
            run(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
        if (
            self.path.stat().st_size <= _CHECKED
            and run("PRAGMA quick_check(1)").fetchone()[0] != "ok"
        ):
            raise DamagedLedger(f"{self.path} is damaged")

    def is_replaced(self) -> bool:
        """Tell whether the file was removed, or is another one, since it was opened."""
        try:
            return self.path.stat().st_ino != self.inode
        except FileNotFoundError:
            return True

    # -- transactions ------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin a transaction that shuts out every other writer."""
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make the transaction last."""
        self.connection.execute("COMMIT")

    def rollback(self) -> None:
        """Take the transaction back, if there is one."""
        self._numbers.clear()
        self._words.clear()
        self._segments.clear()
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    # -- words and segments ------------------------------------------------------------------

    def number(self, text: str) -> int:
        """Return the number that stands for a site or an extractor."""
        number = self._numbers.get(text)
        if number is None:
            row = self.connection.execute(
                "SELECT number FROM word WHERE text = ?", (text,)
            ).fetchone()
            if row is None:
                row = self.connection.execute(
                    "INSERT INTO word(text) VALUES(?) RETURNING number", (text,)
                ).fetchone()
            number = self._numbers[text] = int(row[0])
        return number

    def word(self, number: int) -> str:
        """Return the text behind a number."""
        text = self._words.get(number)
        if text is None:
            row = self.connection.execute(
                "SELECT text FROM word WHERE number = ?", (number,)
            ).fetchone()
            text = self._words[number] = str(row[0])
        return text

    def committed(self, segment: str) -> tuple[int, bool] | None:
        """Return (committed offset, sealed) of a segment; None if it isn't known."""
        row = self.connection.execute(
            "SELECT committed, sealed FROM segment WHERE name = ?", (segment,)
        ).fetchone()
        return None if row is None else (row[0], bool(row[1]))

    def set_committed(self, segment: str, end: int, *, sealed: bool = False) -> None:
        """Note how far a segment is indexed."""
        self.connection.execute(
            "INSERT INTO segment(name, committed, sealed) VALUES(?, ?, ?) "
            "ON CONFLICT(name) DO UPDATE SET committed = excluded.committed, sealed = excluded.sealed",
            (segment, end, sealed),
        )

    def segments(self) -> Iterator[tuple[str, int, bool]]:
        """Yield (name, committed offset, sealed) of every known segment."""
        for name, end, sealed in self.connection.execute(
            "SELECT name, committed, sealed FROM segment ORDER BY number"
        ):
            yield name, end, bool(sealed)

    def forget_segment(self, segment: str) -> list[str]:
        """Forget a segment and its versions; return the ids of the articles concerned."""
        row = self.connection.execute(
            "SELECT number FROM segment WHERE name = ?", (segment,)
        ).fetchone()
        if row is None:
            return []
        self._segments.pop(segment, None)
        ids = self.connection.execute(
            "DELETE FROM version WHERE segment = ? RETURNING id", row
        ).fetchall()
        self.connection.execute("DELETE FROM segment WHERE number = ?", row)
        return [item[0].hex() for item in ids]

    def _segment_number(self, name: str) -> int:
        number = self._segments.get(name)
        if number is None:
            row = self.connection.execute(
                "SELECT number FROM segment WHERE name = ?", (name,)
            ).fetchone()
            if row is None:
                row = self.connection.execute(
                    "INSERT INTO segment(name, committed) VALUES(?, 0) RETURNING number", (name,)
                ).fetchone()
            number = self._segments[name] = int(row[0])
        return number

    # -- versions ----------------------------------------------------------------------------

    def add_version(self, version: Version) -> bool:
        """Index a version; False if it is known already."""
        own = version.story == version.id
        cursor = self.connection.execute(
            "INSERT OR IGNORE INTO version VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                bytes.fromhex(version.id),
                version.number,
                bytes.fromhex(version.digest),
                self._segment_number(version.segment),
                version.start,
                version.length,
                self.number(version.site),
                self.number(version.extractor),
                None if own else bytes.fromhex(version.story),
            ),
        )
        return cursor.rowcount == 1

    def latest(self, article: str) -> Version | None:
        """Return the latest version of an article."""
        return next(self.versions(article, newest_first=True), None)

    def versions(self, article: str, *, newest_first: bool = False) -> Iterator[Version]:
        """Yield the versions of an article in order."""
        order = "DESC" if newest_first else "ASC"
        rows = self.connection.execute(
            "SELECT v.number, v.digest, s.name, v.start, v.length, v.site, v.extractor, v.story "
            "FROM version v JOIN segment s ON s.number = v.segment "
            f"WHERE v.id = ? ORDER BY v.number {order}",
            (bytes.fromhex(article),),
        )
        with closing(rows):
            for number, digest, segment, start, length, site, extractor, story in rows:
                yield Version(
                    article,
                    number,
                    digest.hex(),
                    segment,
                    start,
                    length,
                    self.word(site),
                    self.word(extractor),
                    story.hex() if story else article,
                )

    def add_text(self, key: int, article: str) -> None:
        """Index the text of an article under its key."""
        self.connection.execute(
            "INSERT OR IGNORE INTO text VALUES(?, ?)", (key, bytes.fromhex(article))
        )

    def with_text(self, key: int) -> list[str]:
        """Return the articles with this text."""
        rows = self.connection.execute("SELECT id FROM text WHERE key = ?", (key,))
        return [row[0].hex() for row in rows]

    # -- what an upgrade of the extractor has to remember -------------------------------------

    def set_reread(self, article: str, number: int, digest: str, extractor: str | None) -> None:
        """Note that version `number`, read by `extractor`, has this digest though the page is the same."""
        self.connection.execute(
            "INSERT OR REPLACE INTO reread VALUES(?, ?, ?, ?)",
            (
                bytes.fromhex(article),
                number,
                bytes.fromhex(digest),
                None if extractor is None else self.number(extractor),
            ),
        )

    def forget_reread(self, article: str) -> None:
        """Forget it: a newer version is stored."""
        self.connection.execute("DELETE FROM reread WHERE id = ?", (bytes.fromhex(article),))

    def reread(self, article: str, number: int) -> tuple[str, str | None] | None:
        """Return (digest, extractor) noted for version `number`."""
        row = self.connection.execute(
            "SELECT digest, extractor FROM reread WHERE id = ? AND number = ?",
            (bytes.fromhex(article), number),
        ).fetchone()
        return None if row is None else (row[0].hex(), row[1] and self.word(row[1]))

    # -- articles that disappeared -------------------------------------------------------------

    def gone(self, article: str) -> bool | None:
        """Return None if the article is there, else whether an event has told of its absence."""
        row = self.connection.execute(
            "SELECT told FROM gone WHERE id = ?", (bytes.fromhex(article),)
        ).fetchone()
        return None if row is None else bool(row[0])

    def set_gone(self, article: str, *, told: bool) -> None:
        """Note that an article is gone, and whether an event has told of it."""
        self.connection.execute(
            "INSERT OR REPLACE INTO gone VALUES(?, ?)", (bytes.fromhex(article), told)
        )

    def set_back(self, article: str) -> None:
        """Note that an article is there."""
        self.connection.execute("DELETE FROM gone WHERE id = ?", (bytes.fromhex(article),))

    # -- URLs --------------------------------------------------------------------------------

    def known(self, url_id: str) -> Known | None:
        """Return what is known of a URL."""
        row = self.connection.execute(
            f"SELECT {_KNOWN} FROM url WHERE id = ?", (bytes.fromhex(url_id),)
        ).fetchone()
        return None if row is None else self._known(row)

    def due(self, site: str, now: datetime, limit: int) -> list[Known]:
        """Return the URLs of a site whose next visit is due, the longest overdue first."""
        rows = self.connection.execute(
            f"SELECT {_KNOWN} FROM url WHERE next_visit <= ? "
            "AND site = (SELECT number FROM word WHERE text = ?) ORDER BY next_visit, id LIMIT ?",
            (_seconds(now), site, limit),
        ).fetchall()
        return [self._known(row) for row in rows]

    def put_url(self, known: Known) -> None:
        """Keep the state of a URL."""
        self.connection.execute(
            "INSERT OR REPLACE INTO url VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                bytes.fromhex(known.id),
                self.number(known.site),
                known.url,
                _seconds(known.first_seen),
                _seconds(known.last_visit),
                None if known.next_visit is None else _seconds(known.next_visit),
                known.visits,
                known.tries,
                known.unchanged,
                known.last_outcome.value,
                known.etag,
                known.last_modified,
                None if known.article is None else bytes.fromhex(known.article),
                known.published_at,
            ),
        )

    def forget_urls_of(self, articles: list[str]) -> None:
        """Forget the URLs that gave these articles: they are to be fetched again."""
        run = self.connection.execute
        run("CREATE TEMP TABLE IF NOT EXISTS lost(id BLOB PRIMARY KEY) WITHOUT ROWID")
        self.connection.executemany(
            "INSERT OR IGNORE INTO lost VALUES(?)",
            [(bytes.fromhex(article),) for article in articles],
        )
        run("DELETE FROM url WHERE article IN (SELECT id FROM lost) OR id IN (SELECT id FROM lost)")
        run("DELETE FROM lost")

    def _known(self, row: tuple[Any, ...]) -> Known:
        key, site, url, first, last, due, visits, tries, unchanged, outcome = row[:10]
        etag, modified, article, published_at = row[10:]
        latest = None if article is None else self.latest(article.hex())
        return Known(
            id=key.hex(),
            site=site,
            url=url,
            first_seen=_moment(first),
            last_visit=_moment(last),
            next_visit=None if due is None else _moment(due),
            visits=visits,
            tries=tries,
            unchanged=unchanged,
            last_outcome=Outcome(outcome),
            etag=etag,
            last_modified=modified,
            article=None if article is None else article.hex(),
            version=latest.number if latest else None,
            digest=latest.digest if latest else None,
            published_at=published_at,
        )


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


def _companions(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
