"""What a home page names: channels (candidate listings), feeds and sitemaps."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from newsspider.discover.dates import url_date
from newsspider.discover.link import Link
from newsspider.page.document import Page
from newsspider.page.urls import absolute, identity, registrable
from newsspider.profile import SiteProfile

#: Channels of one home page that are named.
MAX_CHANNELS: Final = 80

_LONGEST_NAME: Final = 10
# /news/, /news, /news/index.html
_FOLDER_PATH: Final = re.compile(
    r"^(?:/[\w-]{1,30}){0,4}/?(?:(?:index|list|default|more)(?:[_-]\d{1,6})?\.\w{3,5})?$", re.IGNORECASE
)
# /node_12.htm, /channel/7397.html, /col/col1234/index.html, /news-list-yaowen.html, /class/12.html
_LIST_PATH: Final = re.compile(
    r"/(?:news-?|c|sub)?(?:node|col|left|list|channel|class|column)s?[/_-]?(?:list|col)?[-\w]{0,30}"
    r"(?:/(?:index\.\w{3,5})?|\.\w{3,5})?$",
    re.IGNORECASE,
)
# /news/detail, /a/f74v0o3f8cb, /1234567/: names of articles
_ARTICLE_NAME: Final = re.compile(
    r"/(?:[\w-]{0,12}(?:detail|content|article|show|view)\w{0,8}|(?=[a-z]{0,9}\d)(?=\d{0,9}[a-z])[a-z\d]{10,30}"
    r"|[\w-]{0,9}\d{6,30}[\w-]{0,9})/?$",
    re.IGNORECASE,
)
# 首页, 登录, 关于我们 …: links that every site has and that list no news
_SERVICE: Final = re.compile(
    r"首页|登录|登陆|手机[版报网端]|导航|站群|注册|关于|联系|广告|版权|声明|招聘|订阅|投稿|投诉|举报|客户端|下载|邮箱|论坛|博客|微博|微信|搜索|收藏|帮助|反馈"
    r"|网站地图|站点地图|无障碍|繁[体體]|English|简介|服务|会员|更多|more|许可证|备案|视频直播|直播|商城|购物|APP",
    re.IGNORECASE,
)
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_FEED_TYPE: Final = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)", re.IGNORECASE)
_FEED_PATH: Final = re.compile(
    r"(?:rss|feed|atom)[\w-]{0,30}\.(?:xml|rss|aspx?|php)$|/(?:rss|feed)/?$", re.IGNORECASE
)
_SITEMAP_PATH: Final = re.compile(r"sitemap[\w-]{0,30}\.(?:xml(?:\.gz)?|txt)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysIn:
    """Feeds and sitemaps that a page names, as absolute URLs in its order."""

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def ways_in(page: Page) -> WaysIn:
    """Return the feeds and sitemaps that `page` names in its head or links to."""
    base = page.base_url
    feeds: dict[str, None] = {}
    sitemaps: dict[str, None] = {}
    for link in page.root.iter("link"):
        address = absolute(base, link.get("href") or "")
        if address and _FEED_TYPE.fullmatch((link.get("type") or "").strip()):
            feeds[address] = None
        elif address and (link.get("rel") or "").lower() == "sitemap":
            sitemaps[address] = None
    for anchor in page.outline.links:
        path = anchor.href.partition("?")[0].strip()
        kind = feeds if _FEED_PATH.search(path) else sitemaps if _SITEMAP_PATH.search(path) else None
        if kind is not None and (address := absolute(base, anchor.href)):
            kind[address] = None
    return WaysIn(feeds=tuple(feeds), sitemaps=tuple(sitemaps))


def channels(page: Page, profile: SiteProfile | None = None) -> tuple[Link, ...]:
    """Return the links of `page` that look like channels, in its order: short names, paths of lists."""
    base = page.base_url
    found: dict[str, Link] = {}
    own = registrable(urlsplit(page.url).hostname or "") if page.url else None
    here = identity(page.url) if page.url else None
    for anchor in page.outline.links:
        name = anchor.text.strip("·|>》- []【】")
        if not 1 < len(name) <= _LONGEST_NAME or not _CHINESE.search(name) or _SERVICE.search(name):
            continue
        address = absolute(base, anchor.href)
        if address is None or not _is_own(address, own, profile) or not _lists(address, profile):
            continue
        key = identity(address)
        if key != here:
            found.setdefault(key, Link(url=address, title=name))
            if len(found) >= MAX_CHANNELS:
                break
    return tuple(found.values())


def _is_own(address: str, own: str | None, profile: SiteProfile | None) -> bool:
    if profile is not None:
        return profile.owns(address)
    return own is None or registrable(urlsplit(address).hostname or "") == own


def _lists(address: str, profile: SiteProfile | None) -> bool:
    if (
        profile is not None
        and profile.article_pattern is not None
        and profile.article_pattern.search(address)
    ):
        return False
    if profile is not None and profile.listing_pattern is not None:
        return profile.listing_pattern.search(address) is not None
    path = urlsplit(address).path
    if url_date(address) is not None:
        return False
    if _LIST_PATH.search(path):
        return True
    return _FOLDER_PATH.match(path) is not None and _ARTICLE_NAME.search(path) is None
