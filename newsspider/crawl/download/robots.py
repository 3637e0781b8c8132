"""robots.txt after RFC 9309: unreachable means "do not crawl now", unavailable means "allowed"."""

import logging
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred

from newsspider.crawl.download.failures import reason_of
from newsspider.crawl.download.refusals import Refused
from newsspider.crawl.plan import plan_of, with_plan
from newsspider.crawl.run import Run
from newsspider.items import Outcome

logger = logging.getLogger(__name__)

#: RFC 9309 lets a crawler stop reading after 500 KiB.
MOST_BYTES = 500 * 1024
#: One that announces more than this, or inflates to more, is none.
_LARGEST = 64 * 1024 * 1024
_SERVER_ERROR = 500
_OK = range(200, 300)


class _Unreachable(RobotParser):
    """Stands for a robots.txt that could not be fetched: nothing is allowed in this run."""

    def __init__(
        self, why: str, reason: str = "robots.txt unreachable", outcome: Outcome = Outcome.FAILED
    ) -> None:
        self.why, self.reason, self.outcome = why, reason, outcome

    @classmethod
    def from_crawler(cls, crawler: object, robotstxt_body: bytes) -> "_Unreachable":
        """Part of RobotParser's interface; there is no body here."""
        return cls("")

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        """Nothing is allowed."""
        return False


class PatientRobots(RobotsTxtMiddleware):
    """Scrapy's middleware, but 5xx and network errors forbid the site for this run (plain Scrapy allows)."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to what is received, to stop where a robots.txt is long enough."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.bytes_received, signal=signals.bytes_received)
        return middleware

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Take the first 500 KiB of a robots.txt and no more."""
        if not request.meta.get("robots"):
            return
        received = request.meta["robots_bytes"] = request.meta.get("robots_bytes", 0) + len(data)
        if received >= MOST_BYTES:
            raise StopDownload(fail=False)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise Refused with a reason that tells a rule from an unreachable file."""
        if isinstance(rp, _Unreachable):
            raise Refused(rp.reason, rp.why, outcome=rp.outcome)
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise Refused("robots.txt") from None

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Fetch robots.txt once a host, as part of the same site."""
        netloc = urlparse_cached(request).netloc
        if netloc in self._parsers:
            return await super().robot_parser(request)
        waiting: Deferred[RobotParser | None] = Deferred()
        self._parsers[netloc] = waiting
        parser = await self._fetched(request)
        self._parsers[netloc] = parser
        waiting.callback(parser)
        return parser

    async def _fetched(self, request: Request) -> RobotParser | None:
        parts = urlparse_cached(request)
        ask = Request(
            f"{parts.scheme}://{parts.netloc}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True, "robots": True, "download_maxsize": _LARGEST},
            callback=NO_CALLBACK,
        )
        if plan := plan_of(request):
            with_plan(ask, plan)
        try:
            response = await self.crawler.engine.download_async(ask)
        except IgnoreRequest as error:
            # A redirect that leaves the host: there is no robots.txt of this site.
            logger.debug("robots.txt of %s: %s", parts.netloc, error)
            return None
        except Exception as error:  # noqa: BLE001 (any network failure means the same here)
            failure = reason_of(error, ask.url)
            if failure.outcome is Outcome.REFUSED:
                return _Unreachable(failure.detail or "", failure.reason, failure.outcome)
            return _Unreachable(failure.reason)
        return await self._parsed(response, request)

    async def _parsed(self, response: Response, request: Request) -> RobotParser | None:
        if response.status >= _SERVER_ERROR or response.status == 429:  # noqa: PLR2004
            return _Unreachable(f"HTTP {response.status}")
        if response.status not in _OK:
            return None
        body = response.body[:MOST_BYTES]
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, body)
        self._keep_distance(parser, request)
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        return parser

    def _keep_distance(self, parser: RobotParser, request: Request) -> None:
        """Honour Crawl-delay, which RFC 9309 leaves out and many administrators write."""
        agent = self._robotstxt_useragent or request.headers.get(b"User-Agent", self._default_useragent)
        seconds = parser.crawl_delay(agent or "*")
        scheduler = Run.of(self.crawler).scheduler
        if scheduler is not None and seconds is not None and seconds > 0:
            scheduler.crawl_delay(request, seconds)
