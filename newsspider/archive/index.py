"""The archive's index: where each capture lies, and which payloads are known. It can be thrown away.

`<archive>/.index.sqlite3` holds nothing that the WARC files do not say. Without it, or with a
part of it, payloads are written again in full and `catch_up` reads the files anew.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Self

from newsspider.disk import Disk

NAME: Final = ".index.sqlite3"
_VERSION: Final = 1
# Longer than one commit of another run takes; a run never waits longer for a mere index.
_PATIENCE: Final = 0.5

_SCHEMA: Final = """
CREATE TABLE file(
  name TEXT PRIMARY KEY,           -- 2026-11/<run>-00000.warc.gz
  id INTEGER NOT NULL UNIQUE,
  synced INTEGER NOT NULL,         -- bytes that are on the disk and indexed
  complete INTEGER NOT NULL,       -- finished, and every capture of it is here
  last TEXT NOT NULL,              -- date of its latest capture
  referred TEXT NOT NULL           -- date of the latest revisit that needs it
) WITHOUT ROWID;
CREATE TABLE capture(
  file INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
  url TEXT NOT NULL, url_hash INTEGER NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL,
  status INTEGER, mime TEXT, digest TEXT,
  PRIMARY KEY(file, offset)
) WITHOUT ROWID;
CREATE INDEX capture_url ON capture(url_hash, date);
CREATE INDEX capture_payload ON capture(digest) WHERE kind = 'response';
"""

CaptureKind = Literal["response", "revisit", "failure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One fetch in the archive.

    `refers_to` is the file that holds the payload of a revisit; the index keeps it for each file
    (`needed_until`) and does not give it back.
    """

    file: str
    offset: int
    length: int
    url: str
    date: str
    kind: CaptureKind
    status: int | None = None
    mime: str | None = None
    digest: str | None = None
    refers_to: str | None = None


class Index:
    """Answers from SQLite; raises sqlite3.Error where it cannot (callers go on without it)."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    @classmethod
    def open(cls, root: Path, io: Disk) -> Self:
        """Open the index of an archive; one that is damaged or of another version is made anew."""
        path = root / NAME
        for attempt in (1, 2):
            database = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
            try:
                database.execute("PRAGMA journal_mode=WAL")
                database.execute("PRAGMA synchronous=NORMAL")
                _prepare(database)
            except sqlite3.OperationalError:  # locked, read-only: another time
                database.close()
                raise
            except sqlite3.DatabaseError:
                database.close()
                if attempt == 2:  # noqa: PLR2004
                    raise
                for suffix in ("", "-wal", "-shm"):
                    with suppress(FileNotFoundError):
                        io.remove(Path(f"{path}{suffix}"))
            else:
                break
        return cls(database)

    def add(self, captures: Iterable[Capture], *, file: str, synced: int, complete: bool = False) -> None:
        """Take in captures of one file, up to `synced` bytes of it, in one transaction."""
        captures = list(captures)
        last = max((c.date for c in captures), default="")
        referred: dict[str, str] = {}
        for capture in captures:
            if capture.refers_to and capture.refers_to != file:
                referred[capture.refers_to] = max(capture.date, referred.get(capture.refers_to, ""))
        with self._transaction():
            self._touch(file, synced=synced, complete=complete, last=last)
            for name, date in referred.items():
                self._touch(name, referred=date)
            number = self._db.execute("SELECT id FROM file WHERE name = ?", (file,)).fetchone()[0]
            self._db.executemany(
                "INSERT OR REPLACE INTO capture VALUES(?,?,?,?,?,?,?,?,?,?)",
                [
                    (
                        number, c.offset, c.length, c.url, _hash(c.url), c.date, c.kind,
                        c.status, c.mime, c.digest,
                    )
                    for c in captures
                ],
            )  # fmt: skip

    def original(self, digest: str) -> Capture | None:
        """Return a response that holds the payload with this digest."""
        found = self._captures("capture.digest = ? AND kind = 'response'", (digest,), "LIMIT 1")
        return next(found, None)

    def latest(self, url: str) -> Capture | None:
        """Return the latest capture of a URL with status 200."""
        found = self._captures(
            "url_hash = ? AND url = ? AND status = 200",
            (_hash(url), url),
            "ORDER BY date DESC LIMIT 1",
        )
        return next(found, None)

    def captures_of(self, url: str) -> list[Capture]:
        """Return all captures of a URL, oldest first."""
        return list(self._captures("url_hash = ? AND url = ?", (_hash(url), url), "ORDER BY date"))

    def captures_between(self, since: str, until: str) -> Iterator[Capture]:
        """Yield the captures of [since, until), file by file."""
        return self._captures("date >= ? AND date < ?", (since, until), "ORDER BY name, offset")

    def synced(self, file: str) -> int:
        """Return up to where the file was synced when last heard of."""
        row = self._db.execute("SELECT synced FROM file WHERE name = ?", (file,)).fetchone()
        return int(row[0]) if row else 0

    def complete(self) -> set[str]:
        """Return the names of the files whose captures are all here."""
        return {row[0] for row in self._db.execute("SELECT name FROM file WHERE complete")}

    def needed_until(self) -> dict[str, str]:
        """Return for each file the date of the latest capture that needs it."""
        rows = self._db.execute("SELECT name, max(last, referred) FROM file")
        return dict(rows.fetchall())

    def forget(self, file: str, offset: int = 0) -> None:
        """Drop what is known of a file from `offset` on."""
        with self._transaction():
            self._db.execute(
                "DELETE FROM capture WHERE offset >= ? AND file = (SELECT id FROM file WHERE name = ?)",
                (offset, file),
            )
            if offset:
                self._db.execute("UPDATE file SET synced = min(synced, ?) WHERE name = ?", (offset, file))
            else:
                self._db.execute("DELETE FROM file WHERE name = ?", (file,))

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def _captures(self, where: str, values: tuple[str | int, ...], tail: str) -> Iterator[Capture]:
        rows = self._db.execute(
            "SELECT name, offset, length, url, date, kind, status, mime, digest"  # noqa: S608
            f" FROM capture JOIN file ON file.id = capture.file WHERE {where} {tail}",
            values,
        )
        for name, offset, length, url, date, kind, status, mime, digest in rows:
            yield Capture(
                file=name, offset=offset, length=length, url=url, date=date, kind=kind,
                status=status, mime=mime, digest=digest,
            )  # fmt: skip

    def _touch(
        self, file: str, *, synced: int = 0, complete: bool = False, last: str = "", referred: str = ""
    ) -> None:
        self._db.execute(
            "INSERT INTO file VALUES(:name, (SELECT coalesce(max(id), 0) + 1 FROM file),"
            " :synced, :complete, :last, :referred)"
            " ON CONFLICT(name) DO UPDATE SET synced = max(synced, :synced),"
            " complete = max(complete, :complete), last = max(last, :last),"
            " referred = max(referred, :referred)",
            {"name": file, "synced": synced, "complete": complete, "last": last, "referred": referred},
        )

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._db)


class _Transaction:
    """BEGIN IMMEDIATE ... COMMIT, or ROLLBACK."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")


def _prepare(database: sqlite3.Connection) -> None:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version == _VERSION:
        return
    if version:
        raise sqlite3.DatabaseError(f"an index of version {version}")
    with _Transaction(database):
        if database.execute("PRAGMA user_version").fetchone()[0] == 0:  # no other run was quicker
            for statement in _SCHEMA.split(";\n"):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {_VERSION}")


def _hash(url: str) -> int:
    return int.from_bytes(hashlib.blake2b(url.encode(), digest_size=8).digest(), signed=True)
