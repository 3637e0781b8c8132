"""Answers requests as the demo's sites do: what a host says to a path. Pure but for a counter of hits."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import count
from typing import Final
from urllib.parse import parse_qs, urlsplit

from newsspider.demo import addresses, layouts, lists, machine
from newsspider.demo.oddities import Oddity, OddPage
from newsspider.demo.sites import BY_HOST, HAIXI, LINGNAN, DemoSite
from newsspider.demo.world import World
from newsspider.items import Related

_NODE: Final = re.compile(r"/html/(\d{4})-(\d\d)/(\d\d)/node_(\d)\.htm")  # /html/2026-11/20/node_1.htm
_MONTH: Final = re.compile(r"/rili/(\d{4})-(\d\d)\.htm")  # /rili/2026-11.htm
_DAY: Final = re.compile(r"/rili/\d{4}-\d\d-\d\d\.htm")  # /rili/2026-11-05.htm
_LIST: Final = re.compile(r"/([a-z]+)/(?:index(?:_(\d{1,9}))?\.html?)?")  # /minsheng/, /minsheng/index_2.html
_SITEMAP: Final = re.compile(r"/sitemap-(\d{1,6})\.xml")  # /sitemap-2.xml
_MISSING: Final = (
    "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center>"
    "<hr><center>nginx</center></body></html>"
)
_SOFT_MISSING: Final = (
    '<div class="empty"><p>您访问的页面不存在或已被删除</p><p><a href="/">返回首页</a></p></div>'
)
_ROTATING: Final = 5
_DIGITS: Final = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answers. `hangs`: nothing at all is sent."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    hangs: bool = False


class Answers:
    """The demo's sites, ready to answer."""

    def __init__(self, world: World) -> None:
        self.world = world
        odd = world.odd_pages()
        self._odd_by_url = {page.url: page for page in odd}
        self._lists = lists.Lists(world, odd)
        self._hits = count(1)

    def answer(self, host: str, target: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer to a GET of `target` at `host` (without port); header names in lower case."""
        site = BY_HOST.get(host)
        if site is None:
            return _plain(404, _MISSING, "text/html")
        parts = urlsplit(target)
        rotation = next(self._hits)
        odd = self._odd_by_url.get(site.origin + parts.path)
        if odd and odd.kind is not Oddity.CALENDAR:
            return self._odd_answer(odd)
        wanted = addresses.read(site, parts.path)
        if wanted:
            return self._article(site, parts.path, *wanted, rotation=rotation, headers=headers)
        found = self._machine(site, parts.path, parts.query)
        if found is None:
            found = self._list(site, parts.path, parts.query, rotation)
        return _validated(found, site, headers) if found else _plain(404, _MISSING, "text/html")

    def _article(  # noqa: PLR0913  what a page depends on
        self, site: DemoSite, path: str, number: int, page: int, *, rotation: int, headers: Mapping[str, str]
    ) -> Answer:
        if not 0 <= number < self.world.count(site):
            return _plain(404, _MISSING, "text/html")
        article = self.world.article(site, number)
        if not 1 <= page <= len(article.pages) or path != addresses.further(article.path, page):
            return _plain(404, _MISSING, "text/html")
        validators = {}
        if "etag" in site.validators:
            validators["ETag"] = f'"{number:x}-{article.version}-{page}"'
        if "last-modified" in site.validators:
            validators["Last-Modified"] = machine.http_date(self.world, site, number)
        if _not_modified(validators, headers):
            return Answer(304, validators)
        text = layouts.article_page(article, page, rotation=rotation, others=self._others(site, rotation))
        return _html(site, text, validators)

    def _others(self, site: DemoSite, rotation: int) -> tuple[Related, ...]:
        """Return links to articles that are others at each fetch."""
        every = self.world.count(site)
        numbers = [(rotation * 31 + step * 7) % every for step in range(min(_ROTATING, every))]
        return tuple(
            Related(group=None, title=self.world.title(site, number), url=self.world.url(site, number))
            for number in dict.fromkeys(numbers)
        )

    def _odd_answer(self, page: OddPage) -> Answer:
        if page.kind is Oddity.HANGS:
            return Answer(hangs=True)
        if page.kind is Oddity.SOFT_404:
            return _html(page.site, lists.notice(page.site, "页面不存在", _SOFT_MISSING))
        if page.target is not None:
            return Answer(301 if page.kind is Oddity.MOVED else 302, {"Location": page.target})
        if page.kind is Oddity.DISALLOWED:
            return _html(page.site, lists.notice(page.site, page.title, "<p>仅供内部参考</p>"))
        return _plain(404, _MISSING, "text/html")

    def _machine(self, site: DemoSite, path: str, query: str) -> Answer | None:
        part = _SITEMAP.fullmatch(path) if site is machine.SITEMAP_SITE else None
        text: str | None = None
        kind = "text/xml; charset=utf-8"
        if path == "/robots.txt":
            text, kind = machine.robots(site), "text/plain; charset=utf-8"
        elif path.startswith("/images/"):
            return Answer(200, {"Content-Type": "image/png"}, machine.PIXEL)
        elif path.removeprefix("/css/") in machine.styles():
            return Answer(200, {"Content-Type": "text/css"}, machine.styles()[path.removeprefix("/css/")])
        elif path == "/js/common.js":
            text, kind = "", "application/javascript"
        elif part:
            text = machine.sitemap(self.world, site, int(part[1]))
        elif site is machine.SITEMAP_SITE and path == "/sitemap.xml":
            text = machine.sitemap_index(self.world, site)
        elif site is machine.SITEMAP_SITE and path == "/news-sitemap.xml":
            text = machine.news_sitemap(self.world, site)
        elif site is machine.FEED_SITE and path == "/rss.xml":
            text, kind = machine.feed(self.world, site), "application/rss+xml; charset=utf-8"
        elif site is HAIXI and path == "/api/list.json":
            text, kind = (
                machine.json_list(self.world, site, _number(query)),
                "application/json; charset=utf-8",
            )
        return None if text is None else _plain(200, text, kind)

    def _list(self, site: DemoSite, path: str, query: str, rotation: int) -> Answer | None:
        if site is LINGNAN:
            text = self._edition(path)
        elif path == "/":
            text = lists.scripted(site, "首页", "") if site is HAIXI else self._lists.home(site, rotation)
        elif path.startswith("/about/"):
            text = lists.notice(
                site, "关于我们", "<p>本站是演示站点，所有人名、地名、机构名与事件均为虚构。</p>"
            )
        else:
            text = self._channel(site, path, query, rotation)
        return None if text is None else _html(site, text)

    def _channel(self, site: DemoSite, path: str, query: str, rotation: int) -> str | None:
        match = _LIST.fullmatch(path)
        channel = next((one for one in site.channels if match and one.slug == match[1]), None)
        if match is None or channel is None:
            return None
        if site is HAIXI:
            state = machine.embedded_list(self.world, site) if channel is site.channels[1] else ""
            return lists.scripted(site, channel.label, state)
        page = _number(query) if channel.layout == "html5" else int(match[2] or 1)
        return self._lists.channel_page(site, channel, page, rotation)

    def _edition(self, path: str) -> str | None:
        site, world = LINGNAN, self.world
        if path == "/":
            newest = world.moment(site, world.count(site) - 1).date()
            return self._lists.edition(site, newest)
        if match := _NODE.fullmatch(path):
            page = next((channel for channel in site.channels if channel.slug == match[4]), None)
            day = _day(*(int(match[group]) for group in (1, 2, 3)))
            return self._lists.edition(site, day, page) if day and page else None
        if match := _MONTH.fullmatch(path):
            month = int(match[2])
            return self._lists.calendar(site, int(match[1]), month) if 1 <= month <= 12 else None  # noqa: PLR2004
        if _DAY.fullmatch(path):
            return lists.notice(site, "往期查询", "<p>当日无报</p>")
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(query: str) -> int:
    """Return the page that a query asks for: page=3 -> 3; the first where it says none."""
    value = parse_qs(query).get("page", ["1"])[0]
    return int(value) if value.isascii() and value.isdigit() and len(value) < _DIGITS else 1


def _html(site: DemoSite, text: str, headers: Mapping[str, str] | None = None) -> Answer:
    charset = f"; charset={site.header_charset}" if site.header_charset else ""
    return Answer(200, {"Content-Type": f"text/html{charset}", **(headers or {})}, text.encode(site.encoding))


def _plain(status: int, text: str, kind: str) -> Answer:
    return Answer(status, {"Content-Type": kind}, text.encode())


def _validated(found: Answer, site: DemoSite, headers: Mapping[str, str]) -> Answer:
    """Add an ETag to what lists, feeds and sitemaps say, where the site has them."""
    if "etag" not in site.validators or found.status != HTTPStatus.OK:
        return found
    tag = {"ETag": f'"{hashlib.sha256(found.body).hexdigest()[:16]}"'}
    if _not_modified(tag, headers):
        return Answer(304, tag)
    return replace(found, headers={**found.headers, **tag})


def _not_modified(validators: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """Decide as RFC 9110 does: If-None-Match goes before If-Modified-Since."""
    wanted = headers.get("if-none-match")
    if wanted is not None:
        return "ETag" in validators and validators["ETag"] in (one.strip() for one in wanted.split(","))
    since = headers.get("if-modified-since")
    if since is None or "Last-Modified" not in validators:
        return False
    try:
        return parsedate_to_datetime(since) >= parsedate_to_datetime(validators["Last-Modified"])
    except ValueError:
        return False
