"""Fetches a page with a browser and gives on what its scripts made of it (extra `javascript`)."""

import asyncio
import contextlib
import itertools
import logging
from dataclasses import dataclass
from typing import Any, Final

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import Request as BrowserRequest
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Headers, HtmlResponse, Response
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod
from twisted.internet.error import DNSLookupError

from newsspider.crawl.download.browser import BrowserFailedError
from newsspider.crawl.download.browser_proxy import SiteProxy
from newsspider.crawl.download.refusals import Refused
from newsspider.crawl.download.resolver import PublicResolver
from newsspider.crawl.download.tls import SiteHttpsHandler
from newsspider.crawl.plan import plan_of
from newsspider.crawl.run import Run
from newsspider.profile import SiteProfile

#: Pages that are open at once, over all sites: each is a process of its own.
MOST_PAGES: Final = 2
#: Seconds that a page has after it was read, until its scripts ask for nothing more.
_SETTLING: Final = 5.0
#: Seconds that opening and closing a page may take besides.
_HANDLING: Final = 15.0
_UNREAD: Final = frozenset({"image", "media", "font", "eventsource", "websocket", "manifest", "other"})
_METHODS: Final = frozenset({"GET", "HEAD", "POST"})
#: What the server said of bytes that are no longer those.
_OUTDATED: Final = ("Content-Encoding", "Content-Length", "Transfer-Encoding", "Content-MD5", "ETag")
_META: Final = "playwright_"


@dataclass  # without slots: Playwright marks the object whose method it calls
class _Visit:
    """A page that is open in the browser: whose it is, its way out, and whether it broke off."""

    profile: SiteProfile
    proxy: SiteProxy
    torn: str | None = None

    def request_failed(self, failed: BrowserRequest) -> None:
        """Note a document that ended early: the browser shows what it has of it."""
        is_document = failed.resource_type == "document" and failed.frame.parent_frame is None
        if is_document and self.profile.owns(failed.url):
            self.torn = failed.failure or "the page ended early"

    def check(self) -> None:
        """Raise where what the browser shows is not the whole page."""
        if isinstance(self.proxy.problem, DownloadCancelledError):
            raise self.proxy.problem
        if self.torn is not None:
            raise ResponseDataLossError(self.torn)


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """Gives requests with `meta["playwright"]` to the browser and all others to the usual handler.

    A page has a context (no cookies of another's), a proxy that knows its site's hosts only, and a
    limited time; all three end with it. Driver and browser start with the first page.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Every failure ends as a visit with a reason; tracebacks beside it help nobody.
        logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)
        self._plain = SiteHttpsHandler(crawler)
        self._run = Run.of(crawler)
        self._most_bytes = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._resolver: PublicResolver | None = None
        self._visits: dict[str, _Visit] = {}
        self._numbers = itertools.count(1)
        self._turns = asyncio.Semaphore(MOST_PAGES)
        self._starting = asyncio.Lock()
        self.abort_request = self._is_unwanted

    async def _maybe_launch_in_thread(self) -> None:
        """Start nothing with the engine: a run that needs no page needs no browser."""

    async def download_request(self, request: Request) -> Response:
        """Return what the server answered or, for a list that is built by script, the page it became."""
        if not request.meta.get("playwright"):
            return await self._plain.download_request(request)
        async with self._turns:
            await self._started()
            return await self._page(request)

    async def close(self) -> None:
        """Close the browser and the connections beside it."""
        await self._plain.close()
        await super().close()

    async def _started(self) -> None:
        async with self._starting:
            if self._resolver is None:
                from twisted.internet import reactor

                try:
                    await self._launch()
                except OSError as error:
                    raise BrowserFailedError(f"the browser's driver: {error}") from None
                self._resolver = PublicResolver.from_crawler(self._crawler, reactor)

    async def _page(self, request: Request) -> Response:
        profile = self._profile_of(request)
        seconds = float(
            request.meta.get("download_timeout") or self._crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        )
        name = f"{profile.name}-{next(self._numbers)}"
        proxy = SiteProxy(profile, self._resolved, most_bytes=self._most_bytes, seconds=seconds)
        async with proxy:
            self._visits[name] = _Visit(profile, proxy)
            request.meta.update(self._wishes(name, request, seconds))
            try:
                async with asyncio.timeout(seconds + _SETTLING + _HANDLING):
                    response = await super().download_request(request)
                self._visits[name].check()
            except (PlaywrightError, TimeoutError) as error:
                raise _named(error, self._visits[name]) from None
            finally:
                await self._forget(name, request)
        if self._run.scheduler is not None:
            self._run.scheduler.received(profile.name, proxy.received)
        return _as_read(response, request, profile)

    def _profile_of(self, request: Request) -> SiteProfile:
        plan = plan_of(request)
        spider: Any = self._crawler.spider
        site = spider.sites.get(plan.site) if plan is not None else spider
        profile: SiteProfile = site.profile
        return profile

    def _wishes(self, name: str, request: Request, seconds: float) -> dict[str, Any]:
        """Return what scrapy-playwright reads in a request's meta."""
        visit = self._visits[name]
        agent = request.headers.get("User-Agent", b"")
        return {
            "playwright_context": name,
            "playwright_context_kwargs": {
                "proxy": {"server": visit.proxy.url, "bypass": "<-loopback>"},
                "user_agent": agent.decode("latin-1") if agent else None,
                "locale": "zh-CN",
                "timezone_id": "Asia/Shanghai",
                "service_workers": "block",
                "accept_downloads": False,
                "ignore_https_errors": visit.profile.insecure_tls,
            },
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded", "timeout": seconds * 1000},
            "playwright_page_methods": [PageMethod(self._settle)],
            "playwright_page_event_handlers": {"requestfailed": visit.request_failed},
        }

    async def _settle(self, page: Page) -> None:
        """Wait until the scripts ask for nothing more; one that never ends is left as it is."""
        with contextlib.suppress(PlaywrightTimeoutError):
            await page.wait_for_load_state("networkidle", timeout=_SETTLING * 1000)
        size = await page.evaluate("document.documentElement.outerHTML.length")
        if size > self._most_bytes:
            raise DownloadCancelledError(f"a page of {size} characters")

    async def _forget(self, name: str, request: Request) -> None:
        """Close the page's context, whatever became of it, and leave nothing of it in the request."""
        opened = self.context_wrappers.get(name)
        if opened is not None:
            try:
                await asyncio.wait_for(opened.context.close(), _HANDLING)
            except (PlaywrightError, TimeoutError):
                self.context_wrappers.pop(name, None)  # The browser is gone, and the context with it.
        del self._visits[name]
        for key in [key for key in request.meta if key.startswith(_META)]:
            del request.meta[key]

    async def _is_unwanted(self, wanted: BrowserRequest) -> bool:
        """Return whether a page must not ask for something: another host, or what nobody reads."""
        try:
            context = wanted.frame.page.context
        except PlaywrightError:
            return True
        name = next((n for n, opened in self.context_wrappers.items() if opened.context is context), "")
        visit = self._visits.get(name)
        return (
            visit is None
            or not visit.profile.owns(wanted.url)
            or wanted.resource_type in _UNREAD
            or wanted.method not in _METHODS
        )

    async def _resolved(self, host: str) -> str:
        assert self._resolver is not None  # noqa: S101 (_started)
        try:
            return await maybe_deferred_to_future(self._resolver.getHostByName(host))
        except DNSLookupError as error:
            raise CannotResolveHostError(str(error)) from None


def _named(error: Exception, visit: _Visit) -> Exception:
    """Return the exception that says why a page could not be had."""
    text = str(error).partition("\n")[0]
    if "net::ERR_CERT" in text or "net::ERR_SSL" in text:
        return DownloadFailedError(f"SSL: {text}")
    if visit.proxy.problem is not None:
        return visit.proxy.problem
    if isinstance(error, (TimeoutError, PlaywrightTimeoutError)):
        return ResponseDataLossError(visit.torn) if visit.torn else DownloadTimeoutError("no page in time")
    return DownloadFailedError(text) if "net::" in text else BrowserFailedError(text)


def _as_read(response: Response, request: Request, profile: SiteProfile) -> Response:
    """Return the page as the scripts left it, in UTF-8; Refused where they led elsewhere."""
    if not profile.owns(response.url):
        raise Refused("other host", f"a script left for {response.url}")
    headers = Headers(response.headers)
    for name in _OUTDATED:
        headers.pop(name, None)
    headers["Content-Type"] = "text/html; charset=utf-8"
    return HtmlResponse(
        response.url,
        status=response.status,
        headers=headers,
        body=response.text.encode() if isinstance(response, HtmlResponse) else response.body,
        encoding="utf-8",
        flags=response.flags,
        request=request,
        ip_address=response.ip_address,
    )
