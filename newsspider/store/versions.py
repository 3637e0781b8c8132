"""The ledger's tables of segments, versions and texts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Final

_OLDEST_FIRST: Final = (
    "SELECT v.number, v.digest, s.name, v.start, v.length, v.site, v.extractor, v.story "
    "FROM version v JOIN segment s ON s.number = v.segment WHERE v.id = ? ORDER BY v.number"
)
_NEWEST_FIRST: Final = f"{_OLDEST_FIRST} DESC"


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


class Words:
    """Numbers that stand for sites and extractors, so that they are written once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use the table `word`."""
        self._connection = connection
        self._numbers: dict[str, int] = {}
        self._words: dict[int, str] = {}

    def clear(self) -> None:
        """Forget what was read: a transaction was taken back."""
        self._numbers.clear()
        self._words.clear()

    def number(self, text: str) -> int:
        """Return the number that stands for a site or an extractor."""
        number = self._numbers.get(text)
        if number is None:
            row = self._connection.execute("SELECT number FROM word WHERE text = ?", (text,)).fetchone()
            if row is None:
                row = self._connection.execute(
                    "INSERT INTO word(text) VALUES(?) RETURNING number", (text,)
                ).fetchone()
            number = self._numbers[text] = int(row[0])
        return number

    def word(self, number: int) -> str:
        """Return the text behind a number."""
        text = self._words.get(number)
        if text is None:
            row = self._connection.execute("SELECT text FROM word WHERE number = ?", (number,)).fetchone()
            text = self._words[number] = str(row[0])
        return text


class Segments:
    """How far each segment is indexed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use the tables `segment` and `version`."""
        self._connection = connection
        self._numbers: dict[str, int] = {}

    def clear(self) -> None:
        """Forget what was read: a transaction was taken back."""
        self._numbers.clear()

    def committed(self, segment: str) -> tuple[int, bool] | None:
        """Return (committed offset, sealed) of a segment; None if it isn't known."""
        row = self._connection.execute(
            "SELECT committed, sealed FROM segment WHERE name = ?", (segment,)
        ).fetchone()
        return None if row is None else (row[0], bool(row[1]))

    def set_committed(self, segment: str, end: int, *, sealed: bool = False) -> None:
        """Note how far a segment is indexed."""
        self._connection.execute(
            "INSERT INTO segment(name, committed, sealed) VALUES(?, ?, ?) "
            "ON CONFLICT(name) DO UPDATE SET committed = excluded.committed, sealed = excluded.sealed",
            (segment, end, sealed),
        )

    def all(self) -> Iterator[tuple[str, int, bool]]:
        """Yield (name, committed offset, sealed) of every known segment."""
        for name, end, sealed in self._connection.execute(
            "SELECT name, committed, sealed FROM segment ORDER BY number"
        ):
            yield name, end, bool(sealed)

    def forget(self, segment: str) -> list[tuple[str, int]]:
        """Forget a segment and its versions; return them."""
        row = self._connection.execute("SELECT number FROM segment WHERE name = ?", (segment,)).fetchone()
        if row is None:
            return []
        self._numbers.pop(segment, None)
        versions = self._connection.execute(
            "DELETE FROM version WHERE segment = ? RETURNING id, number", row
        ).fetchall()
        self._connection.execute("DELETE FROM segment WHERE number = ?", row)
        return [(article.hex(), number) for article, number in versions]

    def number(self, name: str) -> int:
        """Return the number that stands for a segment."""
        number = self._numbers.get(name)
        if number is None:
            row = self._connection.execute("SELECT number FROM segment WHERE name = ?", (name,)).fetchone()
            if row is None:
                row = self._connection.execute(
                    "INSERT INTO segment(name, committed) VALUES(?, 0) RETURNING number", (name,)
                ).fetchone()
            number = self._numbers[name] = int(row[0])
        return number


class Versions:
    """Where each version lies, and which articles have one text."""

    def __init__(self, connection: sqlite3.Connection, words: Words, segments: Segments) -> None:
        """Use the tables `version` and `text`."""
        self._connection = connection
        self._words = words
        self._segments = segments

    def add(self, version: Version) -> bool:
        """Index a version; False if it is known already."""
        own = version.story == version.id
        cursor = self._connection.execute(
            "INSERT OR IGNORE INTO version VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                bytes.fromhex(version.id),
                version.number,
                bytes.fromhex(version.digest),
                self._segments.number(version.segment),
                version.start,
                version.length,
                self._words.number(version.site),
                self._words.number(version.extractor),
                None if own else bytes.fromhex(version.story),
            ),
        )
        return cursor.rowcount == 1

    def latest(self, article: str) -> Version | None:
        """Return the latest version of an article."""
        return next(self.of(article, newest_first=True), None)

    def of(self, article: str, *, newest_first: bool = False) -> Iterator[Version]:
        """Yield the versions of an article in order."""
        query = _NEWEST_FIRST if newest_first else _OLDEST_FIRST
        rows = self._connection.execute(query, (bytes.fromhex(article),))
        with closing(rows):
            for number, digest, segment, start, length, site, extractor, story in rows:
                yield Version(
                    article,
                    number,
                    digest.hex(),
                    segment,
                    start,
                    length,
                    self._words.word(site),
                    self._words.word(extractor),
                    story.hex() if story else article,
                )

    def of_story(self, story: str, site: str) -> list[Version]:
        """Return the latest versions of a site's reprints of a story."""
        rows = self._connection.execute(
            "SELECT DISTINCT id FROM version WHERE story = ? AND site = ?",
            (bytes.fromhex(story), self._words.number(site)),
        ).fetchall()
        return [found for row in rows if (found := self.latest(row[0].hex())) is not None]

    def add_text(self, key: int, article: str) -> None:
        """Index the text of an article under its key."""
        self._connection.execute("INSERT OR IGNORE INTO text VALUES(?, ?)", (key, bytes.fromhex(article)))

    def with_text(self, key: int) -> list[str]:
        """Return the articles with this text."""
        rows = self._connection.execute("SELECT id FROM text WHERE key = ?", (key,))
        return [row[0].hex() for row in rows]


class Rereads:
    """What an upgrade of the extractor has to remember."""

    def __init__(self, connection: sqlite3.Connection, words: Words) -> None:
        """Use the table `reread`."""
        self._connection = connection
        self._words = words

    def put(self, article: str, number: int, digest: str, extractor: str | None) -> None:
        """Note that version `number`, read by `extractor`, has this digest though the page is the same."""
        self._connection.execute(
            "INSERT OR REPLACE INTO reread VALUES(?, ?, ?, ?)",
            (
                bytes.fromhex(article),
                number,
                bytes.fromhex(digest),
                None if extractor is None else self._words.number(extractor),
            ),
        )

    def forget(self, article: str) -> None:
        """Forget it: a newer version is stored."""
        self._connection.execute("DELETE FROM reread WHERE id = ?", (bytes.fromhex(article),))

    def get(self, article: str, number: int) -> tuple[str, str | None] | None:
        """Return (digest, extractor) noted for version `number`."""
        row = self._connection.execute(
            "SELECT digest, extractor FROM reread WHERE id = ? AND number = ?",
            (bytes.fromhex(article), number),
        ).fetchone()
        return None if row is None else (row[0].hex(), row[1] and self._words.word(row[1]))
