"""One word for what went wrong, which a report can count."""

import gzip
import zlib

import pytest
from OpenSSL.SSL import Error as SslError
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
from twisted.internet.error import ConnectionDone
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed, ResponseNeverReceived

from newsspider.crawl.download.failures import reason_of
from newsspider.crawl.download.refusals import Refused
from newsspider.crawl.download.resolver import refused_names
from newsspider.items import Outcome

URL = "http://news.example/1.html"


def from_client(cause: BaseException) -> DownloadFailedError:
    """Raise as Scrapy does what the HTTP client failed with."""
    error = DownloadFailedError(str(cause))
    error.__cause__ = cause
    return error


def done() -> Failure:
    return Failure(ConnectionDone("Connection was closed cleanly."))


@pytest.mark.parametrize(
    ("error", "outcome", "reason"),
    [
        (CannotResolveHostError("no address"), "failed", "dns"),
        (DownloadTimeoutError("20 s"), "failed", "timeout"),
        (DownloadConnectionRefusedError("refused"), "failed", "connection refused"),
        (ResponseDataLossError("short"), "failed", "truncated"),
        (DownloadCancelledError("8 MiB"), "failed", "too large"),
        (UnsupportedURLSchemeError("file"), "failed", "scheme"),
        (from_client(ResponseFailed([done()])), "failed", "truncated"),
        (from_client(ResponseNeverReceived([done()])), "failed", "connection lost"),
        (from_client(ResponseNeverReceived([Failure(SslError([("SSL", "", "bad")]))])), "failed", "tls"),
        (IgnoreRequest("max redirections reached"), "failed", "redirects"),
        (IgnoreRequest("Ignored: body exceeded DOWNLOAD_MAXSIZE"), "failed", "too large"),
        (IgnoreRequest("for another reason"), "refused", "ignored"),
        (gzip.BadGzipFile("Not a gzipped file"), "failed", "truncated"),
        (EOFError("Compressed file ended"), "failed", "truncated"),
        (zlib.error("Error -3 while decompressing"), "failed", "truncated"),
        (OSError("no route"), "failed", "network"),
        (RuntimeError("what?"), "failed", "RuntimeError"),
        (Refused("robots.txt"), "refused", "robots.txt"),
        (
            Refused("robots.txt unreachable", "HTTP 503", outcome=Outcome.FAILED),
            "failed",
            "robots.txt unreachable",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_each_failure_has_a_word(error: BaseException, outcome: str, reason: str) -> None:
    found = reason_of(error, URL)
    assert (found.outcome.value, found.reason) == (outcome, reason)


def test_a_private_address_is_a_refusal_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(refused_names, "news.example", "10.0.0.1")
    found = reason_of(CannotResolveHostError("no results"), URL)
    assert (found.outcome, found.reason, found.detail) == (Outcome.REFUSED, "address not public", "10.0.0.1")


def test_the_detail_is_one_short_line() -> None:
    found = reason_of(RuntimeError("a\r\n\x1b[31m" + "x" * 10_000), URL)
    assert found.detail is not None
    assert "\n" not in found.detail and "\r" not in found.detail
    assert len(found.detail) <= 300
