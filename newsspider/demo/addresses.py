"""How the demo's sites form the URLs of their articles, and how a URL is read back."""

import re
from collections.abc import Callable
from datetime import datetime
from types import MappingProxyType
from typing import Final

from newsspider.demo.sites import Channel, DemoSite

_FIRST: Final = 10_001

# The article's number and, where it has several pages, the page.
_PATTERNS: Final = MappingProxyType(
    {
        # /minsheng/20261120/10457_2.html
        "demo_zhongyuan": re.compile(r"/[a-z]+/\d{8}/(\d+)(?:_(\d+))?\.html"),
        # /2026-11/20/content_10457.htm
        "demo_huadong": re.compile(r"/\d{4}-\d\d/\d\d/content_(\d+)(?:_(\d+))?\.htm"),
        # /local/202611/t20261120_10457.html
        "demo_xinan": re.compile(r"/[a-z]+/\d{6}/t\d{8}_(\d+)(?:_(\d+))?\.html"),
        # /p/10457.html
        "demo_beiguo": re.compile(r"/p/(\d+)(?:_(\d+))?\.html"),
        # /html/2026-11/20/content_1_10457.htm
        "demo_lingnan": re.compile(r"/html/\d{4}-\d\d/\d\d/content_\d_(\d+)(?:_(\d+))?\.htm"),
        # /a/20261120/10457.html
        "demo_haixi": re.compile(r"/a/\d{8}/(\d+)(?:_(\d+))?\.html"),
    }
)

_FORMS: Final[MappingProxyType[str, Callable[[int, Channel, datetime], str]]] = MappingProxyType(
    {
        "demo_zhongyuan": lambda n, channel, at: f"/{channel.slug}/{at:%Y%m%d}/{n}.html",
        "demo_huadong": lambda n, _, at: f"/{at:%Y-%m/%d}/content_{n}.htm",
        "demo_xinan": lambda n, channel, at: f"/{channel.slug}/{at:%Y%m}/t{at:%Y%m%d}_{n}.html",
        "demo_beiguo": lambda n, _channel, _at: f"/p/{n}.html",
        "demo_lingnan": lambda n, channel, at: f"/html/{at:%Y-%m/%d}/content_{channel.slug}_{n}.htm",
        "demo_haixi": lambda n, _, at: f"/a/{at:%Y%m%d}/{n}.html",
    }
)


def path(site: DemoSite, number: int, channel: Channel, moment: datetime) -> str:
    """Return the path of an article's first page."""
    return _FORMS[site.name](number + _FIRST, channel, moment)


def further(first: str, page: int) -> str:
    """Return the path of a further page: /2026-11/20/content_10457.htm, 2 -> …content_10457_2.htm."""
    if page == 1:
        return first
    stem, _, extension = first.rpartition(".")
    return f"{stem}_{page}.{extension}"


def read(site: DemoSite, wanted: str) -> tuple[int, int] | None:
    """Return the article's number and page that a path of this site means, if it has that form."""
    match = _PATTERNS[site.name].fullmatch(wanted)
    if match is None:
        return None
    return int(match[1]) - _FIRST, int(match[2] or 1)
