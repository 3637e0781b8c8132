"""Inquiries: coroutines that look at a site, page after page, as politely as a crawl.

`checksites` and `addsite` decide after each page what to look at next, which reads best as a
coroutine with an `await ask(url)` for each page. Every request goes through the scheduler and the
downloader middlewares that a crawl uses, so that an inquiry is as guarded as one.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler, CrawlerProcessBase
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.python.failure import Failure

from newsspider.crawl.download import browser
from newsspider.crawl.download.failures import reason_of
from newsspider.crawl.launch import refuse
from newsspider.crawl.number_settings import check_numbers
from newsspider.crawl.plan import Expects, Plan, plan_of, request_for
from newsspider.crawl.run import Run
from newsspider.errors import ConfigurationError, ExitCode
from newsspider.profile import SiteProfile

logger = logging.getLogger(__name__)

Found = TypeVar("Found")
Found_co = TypeVar("Found_co", covariant=True)

#: What differs from a crawl's settings: nothing is stored, no progress is shown.
INQUIRY_SETTINGS: Final[dict[str, Any]] = {
    "STORE_ENABLED": False,
    "ARCHIVE_ENABLED": False,
    "PROGRESS": False,
}
#: The problem of what the scheduler dropped: its host was given up, or it redirects to a page asked before.
DROPPED: Final = "dropped"
_OK: Final = range(200, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of asking for a URL; `problem` is None where a page came.

    elsewhere: the host outside the site to which a redirect led, which was not followed.
    """

    url: str
    final_url: str | None = None
    status: int | None = None
    body: bytes = b""
    content_type: str | None = None
    problem: str | None = None
    detail: str | None = None
    elsewhere: str | None = None


class Ask(Protocol):
    """Asks for a page, each URL once."""

    def __call__(self, url: str, expects: Expects = "listing") -> Awaitable[Answer]:
        """Return the answer when it is there."""

    def sitemaps(self) -> tuple[str, ...]:
        """Return the sitemaps that the robots.txt files read so far name."""


class Inquire(Protocol[Found_co]):
    """What is asked of one site."""

    def __call__(self, profile: SiteProfile, ask: Ask) -> Awaitable[Found_co]:
        """Look at the site and return what was found."""


@dataclass(slots=True)
class Inquiry(Generic[Found]):
    """One site's inquiry and, once it is over, its result; HostGuard reads the profile."""

    profile: SiteProfile
    inquire: Inquire[Found]
    result: Found | None = None
    named_sitemaps: dict[str, None] = field(default_factory=dict)


class AskingSpider(Spider):
    """Runs inquiries side by side. It stores nothing: run it with STORE_ENABLED=False."""

    name = "asking"

    def __init__(self, *, sites: Mapping[str, Inquiry[Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sites = sites
        self._waiting: dict[str, dict[str, asyncio.Future[Answer]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(1)
        self._over = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider of a crawl."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.resolve_lost, signal=signals.spider_idle)
        crawler.signals.connect(spider.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(spider.cancel, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Begin the inquiries; their requests come from their tasks."""
        self._turns = asyncio.Semaphore(self.crawler.settings.getint("CONCURRENT_HOSTS"))
        everything = asyncio.create_task(self._inquire_all())
        self._tasks.add(everything)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def _inquire_all(self) -> None:
        endings = await asyncio.gather(*(self._inquire(name) for name in self.sites), return_exceptions=True)
        for name, ending in zip(self.sites, endings, strict=True):
            if isinstance(ending, BaseException):
                logger.error("%s: the inquiry failed", name, exc_info=ending)
        self._over = True
        assert self.crawler.engine is not None  # noqa: S101 (it runs this)
        if self.crawler.engine.spider is not None:
            await self.crawler.engine.close_spider_async(reason="finished")

    async def _inquire(self, name: str) -> None:
        inquiry = self.sites[name]
        async with self._turns:
            try:
                inquiry.result = await inquiry.inquire(inquiry.profile, _Asker(self, name))
            finally:
                self._waiting.pop(name, None)  # with the pages of the site

    def ask(self, site: str, url: str, expects: Expects) -> "asyncio.Future[Answer]":
        """Return the answer's future; a URL that was asked for before is not asked for again."""
        asked = self._waiting.setdefault(site, {})
        if url in asked:
            return asked[url]
        profile = self.sites[site].profile
        answer = asked[url] = asyncio.get_running_loop().create_future()
        if not profile.owns(url):
            answer.set_result(Answer(url=url, problem="other host"))
            return answer
        plan = Plan(site=site, url=url, via="request", expects=expects)
        request = request_for(plan, profile=profile, callback=self.answered, errback=self.failed)
        assert self.crawler.engine is not None  # noqa: S101 (it runs this)
        self.crawler.engine.crawl(request)
        return answer

    def answered(self, response: Response) -> None:
        """Give the page to who asked for it."""
        plan = plan_of(response)
        assert plan is not None  # noqa: S101 (every request here has one)
        content_type = response.headers.get("Content-Type")
        self._give(
            plan,
            Answer(
                url=plan.url,
                final_url=response.url,
                status=response.status,
                body=response.body,
                content_type=content_type.decode("latin-1") if content_type else None,
                problem=None if response.status in _OK else f"http {response.status}",
            ),
        )

    def failed(self, failure: Failure) -> None:
        """Tell who asked why there is no page."""
        request: Request = failure.request  # type: ignore[attr-defined]
        plan = plan_of(request)
        assert plan is not None  # noqa: S101 (every request here has one)
        assert failure.value is not None  # noqa: S101 (a failure has an exception)
        ending = reason_of(failure.value, request.url)
        left = ending.reason == "other host"
        self._give(
            plan,
            Answer(
                url=plan.url,
                problem=ending.reason,
                detail=ending.detail,
                elsewhere=ending.detail if left else None,
            ),
        )

    def _give(self, plan: Plan, answer: Answer) -> None:
        waiting = self._waiting.get(plan.site, {}).get(plan.url)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def resolve_lost(self) -> None:
        """Answer what the scheduler dropped; the inquiries themselves end the crawl."""
        for site, asked in self._waiting.items():
            for url, waiting in asked.items():
                if not waiting.done():
                    waiting.set_result(Answer(url=url, problem=self._limit_of(site)))
        raise DontCloseSpider

    def _limit_of(self, site: str) -> str:
        """Return the limit that made the scheduler give up a host of the site, if any did."""
        limits = [limit.limit for limit in Run.of(self.crawler).limits if limit.site == site]
        return limits[-1] if limits else DROPPED

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Note the sitemaps that a robots.txt names."""
        plan = plan_of(request)
        if plan is not None and (rules := getattr(robotparser, "rp", None)) is not None:
            self.sites[plan.site].named_sitemaps.update(dict.fromkeys(rules.sitemaps))

    def cancel(self) -> None:
        """End what still runs when a limit or a signal closes the spider."""
        if not self._over:
            for task in self._tasks:
                task.cancel()


class _Asker:
    """What one site's inquiry asks through."""

    def __init__(self, spider: AskingSpider, site: str) -> None:
        self._spider = spider
        self._site = site

    def __call__(self, url: str, expects: Expects = "listing") -> Awaitable[Answer]:
        return self._spider.ask(self._site, url, expects)

    def sitemaps(self) -> tuple[str, ...]:
        return tuple(self._spider.sites[self._site].named_sitemaps)


def inquire_all(process: CrawlerProcessBase, sites: Mapping[str, Inquiry[Any]]) -> ExitCode:
    """Run inquiries to their end; their results are in `sites` afterwards."""
    crawler = process.create_crawler(AskingSpider)
    try:
        check_numbers(crawler.settings)
        browser.install(crawler.settings, (site.profile for site in sites.values()))
    except ConfigurationError as wrong:
        return refuse(str(wrong))
    crawl = process.crawl(crawler, sites=sites)
    process.start()
    # Taken out of the finished task, or asyncio would print it.
    if isinstance(crawl, asyncio.Task) and crawl.done() and not crawl.cancelled():
        error = crawl.exception()
        if isinstance(error, ConfigurationError):
            return refuse(str(error))
        if error is not None:
            raise error
    run = Run.of(crawler)
    return run.exit_code() if run.finish_reason is not None else ExitCode.STOPPED_TWICE
