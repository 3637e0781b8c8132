"""What a Retry-After header says."""

from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import Settings

import newsspider.settings
from newsspider.crawl.download.backoff import Backoff, retry_after
from newsspider.site_spider import SiteSpider

NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 120 ", 120.0),
        (b"0", 0.0),
        (b"1000000000", 1e9),
        (b"9" * 400, float("9" * 12)),
        (b"Wed, 25 Nov 2026 08:31:00 GMT", 60.0),
        (b"Wed, 25 Nov 2026 08:00:00 GMT", 0.0),  # past
        (b"-5", None),
        (b"soon", None),
        (b"", None),
        (None, None),
        (b"\xff\xfe", None),
        (b"Wed, 99 Nov 2026 08:31:00 GMT", None),
    ],
)
def test_retry_after(value: bytes | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("meta", "headers", "again"),
    [
        ({}, {"Retry-After": "60"}, True),
        ({"robots": True}, {"Retry-After": "60"}, False),
        ({"robots": True}, {"Retry-After": "0"}, True),
        ({"robots": True}, {}, True),
    ],
)
def test_a_robots_txt_is_not_asked_for_before_the_server_s_time(
    meta: dict[str, bool], headers: dict[str, str], again: bool
) -> None:
    """What the downloader asks for by itself, no scheduler holds back."""
    values = Settings()
    values.setmodule(newsspider.settings)
    values.setdict({"STORE_ENABLED": False})
    request = Request("http://news.example/robots.txt", meta={"download_slot": "news.example", **meta})
    response = Response(request.url, status=503, headers=headers)
    answer = Backoff(Crawler(SiteSpider, values)).process_response(request, response)
    assert isinstance(answer, Request) is again
