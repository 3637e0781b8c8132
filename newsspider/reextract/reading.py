"""One archived response read with today's rules: the same steps as in a crawl."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from newsspider.archive.reader import StoredResponse, load
from newsspider.errors import DamagedRecord, UnreadablePage
from newsspider.extract.article import extract
from newsspider.extract.join import join
from newsspider.items import Article, Flag, PageKind, Record
from newsspider.page.document import Page
from newsspider.reextract.site import Site

_AHEAD: Final = timedelta(hours=48)
#: How files begin that are no pages, whatever their Content-Type says.
BINARY: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"Rar!", b"\x00\x00\x00")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page is, and the article where it is one."""

    kind: PageKind
    reason: str
    article: Article | None = None
    layout: str | None = None
    encoding: str = ""
    encoding_from: str = ""


def read_page(response: StoredResponse, site: Site | None) -> Reading:
    """Read one response; raise DamagedRecord where its body cannot be decompressed."""
    body = response.body()
    if not body:
        return Reading(PageKind.EMPTY, "empty")
    if body.startswith(BINARY):
        return Reading(PageKind.OTHER, "not html")
    fetched = moment(response.date)
    try:
        page = Page.from_bytes(body, url=response.url, content_type=response.content_type)
        extraction = extract(page, profile=site.profile if site else None, now=fetched)
        article = extraction.article
        if article is not None and site is not None:
            article = site.refine(article, page)
    except UnreadablePage as error:
        return Reading(PageKind.OTHER, f"unreadable: {error}")
    return Reading(
        extraction.kind,
        extraction.reason,
        None if article is None else dated(article, fetched),
        extraction.layout,
        page.encoding,
        page.encoding_from,
    )


def joined(readings: Sequence[Reading]) -> Reading:
    """Return the reading of an article of several pages; not an article if one of them is none."""
    first, last = readings[0], readings[-1]
    articles = [reading.article for reading in readings if reading.article is not None]
    if len(articles) < len(readings):
        return next(reading for reading in readings if reading.article is None)
    return replace(first, article=join(articles), layout=last.layout, encoding=last.encoding,
                   encoding_from=last.encoding_from)  # fmt: skip


def reread(record: Record, root: Path, site: Site | None) -> Article | None:
    """Return what today's rules make of a record's raw pages; None where they are gone or give none.

    `root` is ARCHIVE_DIR.
    """
    if not record.warc:
        return None
    try:
        return joined([read_page(load(root, ref), site) for ref in record.warc]).article
    except (DamagedRecord, OSError):
        return None


def dated(article: Article, fetched: datetime) -> Article:
    """Flag a time later than the fetch by more than two days; what the page says is not repaired."""
    latest = (fetched + _AHEAD).strftime("%Y-%m-%d")
    if article.published_at is None or article.published_at[:10] <= latest:
        return article
    flag = Flag(field="published_at", reason="later than the fetch")
    return replace(article, flags=(*article.flags, flag))


def moment(date: str) -> datetime:
    """Return a WARC-Date as a moment; the earliest one where it cannot be read."""
    try:
        found = datetime.fromisoformat(date)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
