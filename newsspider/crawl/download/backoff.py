"""What to do when a server fails or asks for patience: wait, ask again later, or leave it for this run."""

import logging
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response

from newsspider.crawl.download.failures import reason_of
from newsspider.crawl.run import Run

logger = logging.getLogger(__name__)

#: Answers that mean "not now"; 429 and 503 are what servers send with Retry-After.
_PATIENCE: Final = frozenset({429, 503})
_RETRIED: Final = frozenset({408, 429, 500, 502, 503, 504, 520, 522, 523, 524})
_NETWORK: Final = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    OSError,
)
#: So many double a second to decades; a float holds no more than a thousand.
_MOST_DOUBLINGS: Final = 30
#: Retries wait until the rest of the host's queue is done.
_RETRY_PRIORITY: Final = 50


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds, or an HTTP date against `now`; None where it says nothing."""
    if not value:
        return None
    text = value.decode("latin-1").strip()
    if text.isdigit():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


class Backoff:
    """A downloader middleware in the place of Scrapy's RetryMiddleware.

    A failed attempt holds its host for a time that doubles with each failure in a row, with jitter
    (a reference: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015); the request is
    asked again at the end of the host's queue, RETRY_TIMES times at most. CIRCUIT_BREAKER_FAILURES
    pages that fail in a row close the host for this run (Nygard, "Release It!", 2007: circuit breaker), a
    Retry-After beyond RETRY_AFTER_LIMIT closes it at once.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._run = Run.of(crawler)
        self._most_retries = settings.getint("RETRY_TIMES")
        self._base = settings.getfloat("BACKOFF_SECONDS")
        self._most_seconds = settings.getfloat("BACKOFF_LIMIT")
        self._patience = settings.getfloat("RETRY_AFTER_LIMIT")
        self._breaker = settings.getint("CIRCUIT_BREAKER_FAILURES")
        # By host: the URLs that failed since anything was answered, with their weights.
        self._failures: dict[str, dict[str, int]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of a crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Ask again where the answer is a passing failure; else give the answer on."""
        if response.status not in _RETRIED:
            self._failures.pop(_slot(request), None)
            return response
        reason = f"http {response.status}"
        wanted = None
        if response.status in _PATIENCE:
            wanted = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
            if response.status == 429:  # noqa: PLR2004
                self._slow_down(request)
        if wanted is not None and wanted > self._patience:
            self._close(request, "rate limited", f"Retry-After: {wanted:.0f} s")
            return response
        again = self._again(request, reason, wanted)
        # A robots.txt does not wait in a queue: it would be asked for again before the server's time.
        if again is None or (wanted and request.meta.get("robots")):
            return response
        return again

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Ask again where the network failed; None gives the exception on."""
        if not isinstance(exception, _NETWORK):
            return None
        # A timeout costs the most and says the most: it counts twice.
        weight = 2 if isinstance(exception, DownloadTimeoutError) else 1
        return self._again(request, reason_of(exception, request.url).reason, None, weight)

    def _again(self, request: Request, reason: str, wanted: float | None, weight: int = 1) -> Request | None:
        failed = self._failures.setdefault(_slot(request), {})
        failures = len(failed) + int(request.meta.get("retry_times", 0))
        failed[request.url] = weight
        seconds = min(self._base * 2 ** min(failures, _MOST_DOUBLINGS), self._most_seconds)
        # Jitter only lengthens, so that a delay stays the least one.
        seconds = max(seconds * (1 + random.random() / 4), wanted or 0.0)  # noqa: S311 (no secret)
        scheduler = self._run.scheduler
        attempts = int(request.meta.get("retry_times", 0)) + 1
        if scheduler is not None:
            scheduler.hold(request, seconds)
            if sum(failed.values()) >= self._breaker:
                detail = f"{len(failed)} pages failed in a row, the last: {reason}"
                self._close(request, "unavailable", detail)
        if attempts > (1 if request.meta.get("robots") else self._most_retries):
            return None
        logger.debug("%s: asked again later (%s)", request, reason)
        again = request.copy()
        again.meta["retry_times"] = attempts
        again.meta["retry_reason"] = reason
        again.meta["is_retry"] = True
        again.priority = min(request.priority, 0) - _RETRY_PRIORITY
        again.dont_filter = True
        return again

    def _slow_down(self, request: Request) -> None:
        if self._run.scheduler is not None:
            self._run.scheduler.slow_down(request)

    def _close(self, request: Request, reason: str, detail: str) -> None:
        request.meta["retry_reason"] = detail
        if self._run.scheduler is not None:
            self._run.scheduler.close_host(request, reason)


def _slot(request: Request) -> str:
    return str(request.meta.get("download_slot", ""))
