"""The ledger's tables of URLs and of articles that disappeared."""

import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final

from newsspider.items import Outcome
from newsspider.store.draft import Known
from newsspider.store.lines import safe_text
from newsspider.store.versions import Versions, Words

_KNOWN: Final = (
    "SELECT id, (SELECT text FROM word WHERE number = site), url, via, first_seen, last_visit, "
    "next_visit, visits, tries, unchanged, outcome, etag, last_modified, article, published_at, twin FROM url"
)
_ONE: Final = f"{_KNOWN} WHERE id = ?"
_DUE: Final = (
    f"{_KNOWN} WHERE next_visit <= ? AND site = (SELECT number FROM word WHERE text = ?) "  # noqa: S608 (constants)
    "ORDER BY min(visits, 1), next_visit, id LIMIT ?"
)


#: By site, of the URLs of stored articles that were visited since: how many are gone, and how many were
#: looked at. What was gone before, and an event has told of, is neither.
_GONE_AND_SEEN: Final = (
    "SELECT w.text, sum(outcome = 'gone'), count(*) FROM url JOIN word w ON w.number = site "
    "WHERE last_visit > ? AND article IS NOT NULL AND NOT twin "
    "AND (outcome IN ('stored', 'unchanged', 'reprint') OR outcome = 'gone' "
    "AND (tries = 1 OR EXISTS (SELECT 1 FROM gone WHERE gone.id = article AND NOT told))) "
    "GROUP BY site"
)


class Absences:
    """Articles that are gone from their sites."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use the table `gone`."""
        self._connection = connection

    def told(self, article: str) -> bool | None:
        """Return None if the article is there, else whether an event has told of its absence."""
        row = self._connection.execute(
            "SELECT told FROM gone WHERE id = ?", (bytes.fromhex(article),)
        ).fetchone()
        return None if row is None else bool(row[0])

    def set_gone(self, article: str, *, told: bool) -> None:
        """Note that an article is gone, and whether an event has told of it."""
        self._connection.execute("INSERT OR REPLACE INTO gone VALUES(?, ?)", (bytes.fromhex(article), told))

    def set_back(self, article: str) -> None:
        """Note that an article is there."""
        self._connection.execute("DELETE FROM gone WHERE id = ?", (bytes.fromhex(article),))


class Urls:
    """What is known of each URL."""

    def __init__(self, connection: sqlite3.Connection, words: Words, versions: Versions) -> None:
        """Use the table `url`."""
        self._connection = connection
        self._words = words
        self._versions = versions

    def get(self, url_id: str) -> Known | None:
        """Return what is known of a URL."""
        row = self._connection.execute(_ONE, (bytes.fromhex(url_id),)).fetchone()
        return None if row is None else self._known(row)

    def due(self, site: str, now: datetime, limit: int) -> list[Known]:
        """Return the URLs of a site whose next visit is due, those never visited first."""
        rows = self._connection.execute(_DUE, (_seconds(now), site, limit)).fetchall()
        return [self._known(row) for row in rows]

    def put(self, known: Known) -> None:
        """Keep the state of a URL."""
        self._connection.execute(
            "INSERT OR REPLACE INTO url VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                bytes.fromhex(known.id),
                self._words.number(known.site),
                # A page may name what UTF-8 cannot hold; that must not end the run of all sites.
                safe_text(known.url),
                known.via,
                _seconds(known.first_seen),
                _seconds(known.last_visit),
                _seconds(known.next_visit),
                known.visits,
                known.tries,
                known.unchanged,
                known.last_outcome,
                known.etag,
                known.last_modified,
                None if known.article is None else bytes.fromhex(known.article),
                known.published_at,
                known.twin,
            ),
        )

    def gone_and_seen(self, since: datetime) -> dict[str, tuple[int, int]]:
        """Return (gone, looked at) of the stored articles visited since a time, by site."""
        rows = self._connection.execute(_GONE_AND_SEEN, (_seconds(since),))
        return {site: (gone, seen) for site, gone, seen in rows}

    def forget_articles(self, articles: Collection[str]) -> None:
        """Forget the URLs that gave these articles: they are to be fetched again."""
        self._for_all("DELETE FROM url", articles)

    def ask_again(self, articles: Collection[str]) -> None:
        """Make the URLs that gave these articles due, and have their servers send them whole."""
        self._for_all("UPDATE url SET next_visit = first_seen, etag = NULL, last_modified = NULL", articles)

    def _for_all(self, statement: str, articles: Collection[str]) -> None:
        if not articles:
            return
        run = self._connection.execute
        run("CREATE TEMP TABLE IF NOT EXISTS lost(id BLOB PRIMARY KEY) WITHOUT ROWID")
        self._connection.executemany(
            "INSERT OR IGNORE INTO lost VALUES(?)",
            [(bytes.fromhex(article),) for article in articles],
        )
        run(f"{statement} WHERE article IN (SELECT id FROM lost) OR id IN (SELECT id FROM lost)")  # noqa: S608
        run("DELETE FROM lost")

    def _known(self, row: tuple[Any, ...]) -> Known:
        key, site, url, via, first, last, due, visits, tries, unchanged = row[:10]
        outcome, etag, modified, article, published_at, twin = row[10:]
        latest = None if article is None else self._versions.latest(article.hex())
        return Known(
            id=key.hex(),
            site=site,
            url=url,
            via=via,
            first_seen=datetime.fromtimestamp(first, UTC),
            last_visit=_moment(last),
            next_visit=_moment(due),
            visits=visits,
            tries=tries,
            unchanged=unchanged,
            last_outcome=outcome and Outcome(outcome),
            etag=etag,
            last_modified=modified,
            article=None if article is None else article.hex(),
            version=latest.number if latest else None,
            digest=latest.digest if latest else None,
            published_at=published_at,
            twin=bool(twin),
        )


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
