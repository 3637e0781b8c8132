"""Accepting a re-extraction: what reads otherwise now becomes a version, through the store."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsspider.errors import DamagedRecord
from newsspider.items import Article, Record, WarcRef
from newsspider.reextract.plan import Plan
from newsspider.reextract.raw_pages import RawPages
from newsspider.store.draft import Draft
from newsspider.store.lines import decode, read_lines
from newsspider.store.store import Store

_BATCH = 50


@dataclass(slots=True)
class Accepted:
    """How many articles were given to the store, and how many were not.

    `overtaken`: a crawl stored a newer version meanwhile. `earlier`: of an article that was not
    stored, there is a later capture too. `gone`: its file, one of others, does not hold it any more.
    """

    given: int = 0
    overtaken: int = 0
    earlier: int = 0
    gone: int = 0


def sites_of(plan: Plan) -> tuple[str, ...]:
    """Return the sites whose articles would get versions: the store locks them."""
    return tuple(sorted({record.site for record in candidates(plan)}))


def candidates(plan: Plan) -> Iterator[Record]:
    """Yield the records that reading anew made: their run is that of the re-extraction."""
    for unit in plan.units:
        path = plan.output("articles", unit)
        if not path.exists():
            continue
        for _, line in read_lines(path):
            try:
                record = decode(line, Record)
            except DamagedRecord:
                continue
            if record.run == plan.run:
                yield record


def accept(plan: Plan, store: Store, pages: RawPages) -> Accepted:
    """Give every candidate to the store, its raw pages to the archive; the judge has the last word."""
    counts = Accepted()
    latest = _latest(plan)
    for record in candidates(plan):
        if record.version == 1 and _place(record) != latest.of(record.id):
            counts.earlier += 1
            continue
        stored = store.versions(record.id)
        if len(stored) and stored[-1].version >= record.version:
            counts.overtaken += 1
            continue
        try:
            store.revise(_draft(record, pages.of(record)))
        except DamagedRecord:
            counts.gone += 1
            continue
        counts.given += 1
        if counts.given % _BATCH == 0:
            pages.sync()
            store.commit()
    pages.sync()
    store.commit()
    latest.close()
    return counts


def mark(plan: Plan) -> Path:
    """Return the file that says that a re-extraction was accepted."""
    return plan.folder / "accepted.json"


class _Captures:
    """The latest capture of each article that was not stored, on the disk: there may be years of them."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")  # a private file that SQLite removes itself
        self._db.execute("CREATE TABLE capture(id TEXT PRIMARY KEY, at TEXT, place TEXT) WITHOUT ROWID")

    def add(self, record: Record) -> None:
        self._db.execute(
            "INSERT INTO capture VALUES(?, ?, ?) ON CONFLICT(id) DO UPDATE"
            " SET at = excluded.at, place = excluded.place WHERE excluded.at >= at",
            (record.id, record.fetched_at, _place(record)),
        )

    def of(self, article: str) -> str | None:
        found = self._db.execute("SELECT place FROM capture WHERE id = ?", (article,)).fetchone()
        return None if found is None else str(found[0])

    def close(self) -> None:
        self._db.close()


def _latest(plan: Plan) -> _Captures:
    captures = _Captures()
    for record in candidates(plan):
        if record.version == 1:
            captures.add(record)
    return captures


def _place(record: Record) -> str:
    return f"{record.warc[0].file}:{record.warc[0].offset}"


def _draft(record: Record, warc: tuple[WarcRef, ...]) -> Draft:
    return Draft(
        id=record.id,
        article=Article(**{name: getattr(record, name) for name in Article.__dataclass_fields__}),
        site=record.site,
        region=record.region,
        fetched_at=record.fetched_at,
        final_url=record.final_url,
        status=record.status,
        encoding=record.encoding,
        encoding_from=record.encoding_from,
        warc=warc,
        spider=record.spider,
        layout=record.layout,
        extractor=record.extractor,
    )
