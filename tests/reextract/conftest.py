"""A small world of news, archived and stored as a crawl does it, without the network."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from newsspider.archive.exchange import Exchange
from newsspider.archive.reader import load
from newsspider.archive.writer import Archive
from newsspider.demo import addresses
from newsspider.demo.answering import Answers
from newsspider.demo.article import DemoArticle
from newsspider.demo.sites import SITES, DemoSite
from newsspider.demo.world import World
from newsspider.extract import EXTRACTOR
from newsspider.items import Article, Outcome, Record, Visit, WarcRef
from newsspider.page.urls import article_id
from newsspider.reextract.accept import Accepted, accept
from newsspider.reextract.plan import Plan
from newsspider.reextract.raw_pages import RawPages
from newsspider.reextract.reading import joined, read_page
from newsspider.reextract.units import split
from newsspider.store.draft import Draft
from newsspider.store.lines import decode, read_lines
from newsspider.store.segment import find_segments
from newsspider.store.store import Store

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SITE_FILE = """
from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class Spider(SiteSpider):
    profile = SiteProfile(name="{name}", title="{title}", region="{region}", hosts=("{host}",), start=("{origin}/",))
"""


class Newsroom:
    """An exports folder with its archive, filled from a demo world."""

    def __init__(self, root: Path) -> None:
        self.exports = root / "exports"
        self.archive = self.exports / "archive"
        self.sites = root / "sites"
        self.world = World(TODAY, scale=30)
        self.answers = Answers(self.world)
        self.sites.mkdir(parents=True)
        for site in SITES:
            text = SITE_FILE.format(
                name=site.name,
                title=site.title,
                region=site.region,
                host=f"{site.host}:8470",
                origin=site.origin,
            )
            (self.sites / f"{site.name}.py").write_text(text, "utf-8")

    def exchange(self, url: str, at: datetime = NOW) -> Exchange:
        parts = urlsplit(url)
        answer = self.answers.answer(parts.hostname or "", parts.path, {})
        headers = tuple((name.encode(), value.encode()) for name, value in answer.headers.items())
        return Exchange(url=url, at=at, status=answer.status, headers=headers, payload=answer.body)

    def crawl(self, run: str = "20261120T090000Z-many-0a1b2c", **change: Any) -> list[Record]:
        """Archive and store every article, as a crawl does; `change` is what its extractor read wrongly."""
        with (
            Archive.open(self.archive, run=run) as archive,
            _store(self.exports, run, tuple(site.name for site in SITES)) as store,
        ):
            for site in SITES:
                archive.append(self.exchange(f"{site.origin}/"))
                archive.append(self.exchange(f"{site.origin}/robots.txt"))
                for article in self.world.articles(site):
                    store.add(*self._fetched(archive, site, article, run, change))
            archive.sync()
            store.commit()
        return self.records()

    def _fetched(
        self, archive: Archive, site: DemoSite, article: DemoArticle, run: str, change: dict[str, Any]
    ) -> tuple[Visit, Draft]:
        urls = [site.origin + addresses.further(article.path, n + 1) for n in range(len(article.pages))]
        refs = tuple(archive.append(self.exchange(url)) for url in urls)
        archive.sync()
        reading = joined([read_page(load(self.archive, ref), None) for ref in refs])
        assert reading.article is not None, urls
        draft = Draft(
            id=article_id(urls[0]),
            article=replace(reading.article, **change),
            site=site.name,
            region=site.region,
            fetched_at="2026-11-20T09:00:00Z",
            final_url=urls[0],
            status=200,
            encoding=reading.encoding,
            encoding_from=reading.encoding_from,
            warc=refs,
            spider=site.name,
            layout=reading.layout,
            extractor=EXTRACTOR,
        )
        visit = Visit(
            run=run, site=site.name, url=urls[0], id=draft.id, via="listing", outcome=Outcome.STORED,
            at=draft.fetched_at, status=200, warc=refs,
        )  # fmt: skip
        return visit, draft

    def records(self) -> list[Record]:
        return [
            decode(line, Record)
            for segment in find_segments(self.exports)
            if segment.kind in {"articles", "reprints"}
            for _, line in read_lines(segment.path)
        ]

    def plan(
        self, *files: tuple[str, Path], run: str = "20261121T090000Z-reextract-0a1b2c", **given: Any
    ) -> Plan:
        options: dict[str, Any] = {"unit_bytes": 20_000} | given
        found = files or [
            (path.relative_to(self.archive).as_posix(), path)
            for path in sorted(self.archive.glob("*/*.warc.gz"))
        ]
        units = tuple(split(found, unit_bytes=options.pop("unit_bytes")))
        return Plan(run, str(self.exports), str(self.archive), (str(self.sites),), units, **options)

    def output(self, plan: Plan) -> list[Record]:
        return [
            decode(line, Record)
            for path in sorted((plan.folder / "articles").glob("*.jsonl"))
            for _, line in read_lines(path)
        ]

    def accept(self, plan: Plan, run: str, *, archived: bool = True) -> Accepted:
        pages = RawPages(self.archive, run=run, max_bytes=1 << 30, enabled=archived)
        try:
            with self.store(run) as store:
                return accept(plan, store, pages)
        finally:
            pages.close()

    def store(self, run: str) -> Any:
        return _store(self.exports, run, tuple(site.name for site in SITES))


class _store:  # noqa: N801 (a function to its callers)
    def __init__(self, exports: Path, run: str, sites: tuple[str, ...]) -> None:
        self._store = Store.open(exports, run=run, sites=sites, now=lambda: NOW)

    def __enter__(self) -> Store:
        return self._store

    def __exit__(self, *_: object) -> None:
        self._store.close()


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


@pytest.fixture
def page_part() -> Callable[[Record], Article]:
    """Return what the page determines of a record."""

    def part(record: Record) -> Article:
        return Article(**{name: getattr(record, name) for name in Article.__dataclass_fields__})

    return part


@pytest.fixture
def ref() -> type[WarcRef]:
    return WarcRef
