"""SiteSpider: the one class that a person subclasses to add a site."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Final, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newsspider.crawl.clock import utc_now
from newsspider.crawl.download import browser
from newsspider.crawl.download.failures import FetchFailure, reason_of
from newsspider.crawl.harvest import MOST_ARTICLES, MOST_SITEMAPS, Harvester, Horizon
from newsspider.crawl.pipelines import Fetched
from newsspider.crawl.plan import Plan, plan_of, request_for
from newsspider.crawl.reading import Read, SiteReader
from newsspider.crawl.run import Run
from newsspider.discover.link import Link
from newsspider.discover.paging import load_more_page, load_more_url
from newsspider.errors import ConfigurationError
from newsspider.items import Article, Outcome
from newsspider.page.document import Page
from newsspider.page.urls import article_id
from newsspider.profile import SiteProfile
from newsspider.store.store import Known

#: Requests that wait, about 2 kB each, before what is due is added to them; lists are never held back.
MOST_QUEUED: Final = 100_000
_ROOM_SECONDS: Final = 1.0


class SiteSpider(Spider):
    """A site. A subclass gives `profile` and, in the normal case, nothing else.

    The exceptional site overrides `refine`. Arguments (`-a`): `since` (a day, or `all`) says how far
    back to look, `limit` how many new articles to take at most.
    """

    profile: ClassVar[SiteProfile]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Take the spider's name from the profile, so that it is written once."""
        super().__init_subclass__(**kwargs)
        if "profile" in cls.__dict__:
            cls.name = cls.profile.name

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Have this site's lists read by a browser, where its profile says so."""
        super().update_settings(settings)
        if hasattr(cls, "profile"):
            browser.install(settings, (cls.profile,))

    def __init__(
        self, name: str | None = None, *, since: str | None = None, limit: str | None = None, **kwargs: Any
    ) -> None:
        # Scrapyd gives every spider a `_job`; a misspelt `sinc=` must not pass for a crawl with since.
        if unknown := sorted(key for key in kwargs if not key.startswith("_")):
            raise ConfigurationError(f"-a {unknown[0]}=: there are since and limit")
        super().__init__(name, **kwargs)
        self.since = since
        self.limit = _limit(limit)
        self.sites: Mapping[str, SiteSpider] = {self.name: self}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider of a crawl."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.join_crawl(crawler)
        crawler.signals.connect(spider.robots_parsed, signal=signals.robots_parsed)
        return spider

    def join_crawl(self, crawler: Crawler) -> None:
        """Make what reads this site's pages."""
        self.crawler = crawler
        self.run = Run.of(crawler)
        if not hasattr(self, "profile"):
            return
        horizon = _horizon(self.since, crawler)
        self.taken: set[str] = set()
        self.reader = SiteReader(
            self.run,
            self.profile,
            Harvester(
                self.profile,
                horizon,
                is_settled=self._is_settled,
                is_old_news=lambda url: self.run.memory.is_from_before(article_id(url)),
            ),
            self.refine,
        )
        self._paging = horizon.paging

    # -- hooks ---------------------------------------------------------------------------------------

    def refine(self, article: Article, page: Page) -> Article:
        """Change what was read of a page; the exceptional site overrides this."""
        del page
        return article

    # -- requests ------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the lists of every site first, then for what is due."""
        running = [site for name, site in self.sites.items() if name in self.run.sites or not self.run.id]
        for site in running:
            for plan in site.ways_in():
                yield self._request(plan)
        for site in running:
            await self._room()
            for plan in site.due_plans():
                yield self._request(plan)

    async def _room(self) -> None:
        """Wait while thousands of sites have so much to do that what is due would only fill the memory."""
        scheduler = self.run.scheduler
        while scheduler is not None and scheduler.queued >= MOST_QUEUED:  # noqa: ASYNC110 (it is only a number)
            await asyncio.sleep(_ROOM_SECONDS)

    def ways_in(self) -> Iterator[Plan]:
        """Plan the visits with which this site's crawl begins."""
        profile = self.profile
        for url in profile.start:
            yield self._list_plan(url, "listing", "start")
        for url in profile.sitemaps:
            yield self._list_plan(url, "sitemap", "sitemap")
        for url in profile.feeds:
            yield self._list_plan(url, "feed", "feed")
        for template in profile.load_more:
            yield self._list_plan(load_more_url(template, 1), "load_more", "listing")

    def due_plans(self) -> Iterator[Plan]:
        """Plan visits to what was found but never fetched, to articles due again, to what failed."""
        for known in self.run.memory.due(self.name, self.crawler.settings.getint("DUE_LIMIT")):
            plan = self._resumed_plan(known.url) if known.via == "paging" else self._due_plan(known)
            if known.visits or self.takes(plan):
                yield plan

    def _due_plan(self, known: Known) -> Plan:
        return Plan(
            site=self.name,
            url=known.url,
            via="due",
            expects="article",
            etag=known.etag if known.article else None,
            last_modified=known.last_modified if known.article else None,
        )

    def _resumed_plan(self, url: str) -> Plan:
        """Plan a later page of a list, to which an earlier run did not come."""
        pages = (load_more_page(template, url) for template in self.profile.load_more)
        page = next((page for page in pages if page is not None), None)
        return Plan(
            site=self.name,
            url=url,
            via="paging",
            expects="listing" if page is None else "load_more",
            page=page or 2,
            paging=self._paging(resumed=True),
        )

    def _list_plan(self, url: str, expects: Any, via: Any) -> Plan:
        return Plan(site=self.name, url=url, via=via, expects=expects, paging=self._paging())

    def _request(self, plan: Plan) -> Request:
        return request_for(
            plan, profile=self.sites[plan.site].profile, callback=self.parse, errback=self.failed
        )

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Ask for the sitemaps that robots.txt names, where the profile names none."""
        plan = plan_of(request)
        site = self.sites.get(plan.site) if plan else None
        parser = getattr(robotparser, "rp", None)
        if site is None or site.profile.sitemaps or parser is None:
            return
        named = [url for url in parser.sitemaps if site.profile.owns(url)]
        for url in named[:MOST_SITEMAPS]:
            found = Plan(site=site.name, url=url, via="guess", expects="sitemap", referrer=request.url)
            self.crawler.engine.crawl(self._request(found))

    # -- responses -----------------------------------------------------------------------------------

    def parse(self, response: Response, **_: Any) -> Iterator[Request | Fetched]:
        """Read a response; yields what was fetched and what to ask for next."""
        plan = plan_of(response) or self._plan_by_hand(response)
        site = self.sites[plan.site]
        told = False
        try:
            for found in self._followed(site.reader.read(response, plan)):
                told = told or isinstance(found, Fetched)
                yield found
        except Exception as error:
            self.logger.exception("%s: %s", site.name, type(error).__name__)
            if not told and response.request is not None:
                ending = FetchFailure(Outcome.FAILED, "exception", type(error).__name__)
                yield from self._followed(site.reader.failed(response.request, plan, ending))

    def failed(self, failure: Failure) -> Iterator[Request | Fetched]:
        """End the visit of a request that got no response."""
        request: Request = failure.request  # type: ignore[attr-defined]
        plan = plan_of(request)
        if plan is not None and failure.value is not None:
            ending = reason_of(failure.value, request.url)
            yield from self._followed(self.sites[plan.site].reader.failed(request, plan, ending))

    def _followed(self, read: Read) -> Iterator[Request | Fetched]:
        for found in read:
            if isinstance(found, Fetched):
                yield found
            elif self.sites[found.site].takes(found):
                yield self._request(found)

    def takes(self, plan: Plan) -> bool:
        """Count a planned visit against `limit`."""
        if self.limit is None or plan.expects != "article" or plan.parts:
            return True
        if plan.id in self.taken:
            return True
        if len(self.taken) >= self.limit:
            self.run.limit_reached(self.name, f"limit={self.limit}", plan.referrer or "known URLs")
            return False
        self.taken.add(plan.id)
        return True

    def _is_settled(self, link: Link) -> bool:
        scheduler = self.run.scheduler
        return scheduler is not None and scheduler.is_settled(self.name, link.url, link.modified)

    def _plan_by_hand(self, response: Response) -> Plan:
        """The plan of a response that `scrapy parse` or a shell fetched."""
        listing = response.url in self.profile.start
        return Plan(
            site=self.name,
            url=response.url,
            via="request",
            expects="listing" if listing else "article",
            paging=self._paging(),
        )


def _limit(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or int(text) < 1:
        raise ConfigurationError(f"limit={text!r} must be a whole number above 0")
    return int(text)


def _horizon(since: str | None, crawler: Crawler) -> Horizon:
    settings = crawler.settings
    pages = settings.getint("LISTING_PAGE_LIMIT")
    articles = min(settings.getint("SITE_PAGE_LIMIT") or MOST_ARTICLES, MOST_ARTICLES)
    if since is None:
        day = utc_now().date() - timedelta(days=settings.getint("FIRST_RUN_DAYS"))
        return Horizon(since=day, most_pages=pages, most_articles=articles)
    try:
        first = None if since == "all" else date.fromisoformat(since)
    except ValueError:
        raise ConfigurationError(f"since={since!r} is neither a day (2026-01-01) nor all") from None
    return Horizon(since=first, most_pages=pages, deep=True, most_articles=articles)
