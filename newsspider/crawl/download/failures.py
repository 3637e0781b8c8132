"""Names for what goes wrong while a URL is fetched: one word that a report can count, and the detail."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.web.client import ResponseNeverReceived

from newsspider.crawl.download.browser import BrowserFailedError
from newsspider.crawl.download.refusals import Refused
from newsspider.crawl.download.resolver import refused_names
from newsspider.items import Outcome

_NAMES: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (CannotResolveHostError, "dns"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "connection refused"),
    (ResponseDataLossError, "truncated"),
    (DownloadCancelledError, "too large"),
    (UnsupportedURLSchemeError, "scheme"),
    (BrowserFailedError, "browser"),
)
# Scrapy raises IgnoreRequest with these words; the exceptions have no names of their own.
_IGNORED: Final = (("max redirections reached", "redirects"), ("exceeded DOWNLOAD_MAXSIZE", "too large"))
_MOST_DETAIL: Final = 300


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """How a visit without a response ends."""

    outcome: Outcome
    reason: str
    detail: str | None = None


def reason_of(error: BaseException, url: str) -> FetchFailure:
    """Name the failure of a download; an unknown exception is named by its class."""
    if isinstance(error, Refused):
        return FetchFailure(error.outcome, error.reason, error.detail)
    detail = _detail(error)
    if isinstance(error, IgnoreRequest):
        reason = next((reason for words, reason in _IGNORED if words in str(error)), None)
        return FetchFailure(Outcome.FAILED if reason else Outcome.REFUSED, reason or "ignored", detail)
    host = urlsplit(url).hostname or ""
    if isinstance(error, CannotResolveHostError) and host in refused_names:
        return FetchFailure(Outcome.REFUSED, "address not public", refused_names[host])
    return FetchFailure(Outcome.FAILED, _word(error), detail)


def _word(error: BaseException) -> str:
    for kind, reason in _NAMES:
        if isinstance(error, kind):
            return reason
    if isinstance(error, DownloadFailedError):
        return _of_response(error)
    if _is_packing(error):
        return "truncated"
    return "network" if isinstance(error, (OSError, ValueError)) else type(error).__name__


def _of_response(error: DownloadFailedError) -> str:
    text = str(error)
    if "SSL" in text or "certificate" in text or "OpenSSL" in text:
        return "tls"
    if isinstance(error.__cause__, ResponseNeverReceived):
        return "connection lost"
    return "truncated" if "DataLoss" in text or "ConnectionDone" in text else "connection lost"


def _is_packing(error: BaseException) -> bool:
    """Whether a body could not be inflated: zlib.error, brotli.error, ZstdError, BadGzipFile, EOFError."""
    words = str(error).lower()
    return isinstance(error, EOFError) or any(word in words for word in ("gzip", "compress", "brotli"))


def _detail(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:_MOST_DETAIL]
