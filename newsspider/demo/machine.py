"""Prints what is meant for machines: sitemaps, a feed, JSON lists, robots.txt, style sheets, images."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from html import escape
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from newsspider.demo.sites import BEIGUO, HUADONG, XINAN, DemoSite
from newsspider.demo.world import World

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP_SIZE: Final = 500
_NEWS_DAYS: Final = 2
_FEED_SIZE: Final = 20
_JSON_SIZE: Final = 4
#: The smallest image there is: one grey pixel.
PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


@cache
def styles() -> Mapping[str, bytes]:
    """Return the style sheets by name."""
    found = files("newsspider.demo").joinpath("layouts").iterdir()
    return MappingProxyType({one.name: one.read_bytes() for one in found if one.name.endswith(".css")})


def robots(site: DemoSite) -> str:
    """Return the site's robots.txt."""
    lines = ["User-agent: *"]
    lines.append("Disallow: /neibu/" if site is HUADONG else "Disallow: /admin/")
    if site is XINAN:
        lines += ["", f"Sitemap: {site.origin}/sitemap.xml"]
    return "\n".join(lines) + "\n"


def sitemap_index(world: World, site: DemoSite) -> str:
    """Return the index: the news sitemap and the parts of the full one, each with its last change."""
    entries = [_part(site, "news-sitemap.xml", world.changed(site, world.count(site) - 1))]
    numbers = world.numbers(site)
    for start in range(0, len(numbers), _SITEMAP_SIZE):
        changed = max(world.changed(site, number) for number in numbers[start : start + _SITEMAP_SIZE])
        entries.append(_part(site, f"sitemap-{start // _SITEMAP_SIZE + 1}.xml", changed))
    return f'{_XML}<sitemapindex xmlns="{_SITEMAP}">\n{"".join(entries)}</sitemapindex>\n'


def _part(site: DemoSite, name: str, changed: datetime) -> str:
    return f"<sitemap><loc>{site.origin}/{name}</loc><lastmod>{changed.isoformat()}</lastmod></sitemap>\n"


def news_sitemap(world: World, site: DemoSite) -> str:
    """Return the sitemap of the last days, with titles and times."""
    entries = []
    for number in world.numbers(site):
        moment = world.moment(site, number)
        if moment.date() < world.today - timedelta(days=_NEWS_DAYS):
            break
        entries.append(
            f"<url><loc>{world.url(site, number)}</loc><news:news><news:publication>"
            f"<news:name>{site.title}</news:name><news:language>zh-cn</news:language></news:publication>"
            f"<news:publication_date>{moment.isoformat()}</news:publication_date>"
            f"<news:title>{escape(world.title(site, number))}</news:title></news:news></url>\n"
        )
    return f'{_XML}<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}">\n{"".join(entries)}</urlset>\n'


def sitemap(world: World, site: DemoSite, part: int) -> str | None:
    """Return a part of the full sitemap; the first has the newest articles."""
    numbers = world.numbers(site)[(part - 1) * _SITEMAP_SIZE : part * _SITEMAP_SIZE]
    if part < 1 or not numbers:
        return None
    entries = "".join(
        f"<url><loc>{world.url(site, number)}</loc>"
        f"<lastmod>{world.changed(site, number).isoformat()}</lastmod></url>\n"
        for number in numbers
    )
    return f'{_XML}<urlset xmlns="{_SITEMAP}">\n{entries}</urlset>\n'


def feed(world: World, site: DemoSite) -> str:
    """Return the site's RSS 2.0 feed of the newest articles."""
    entries = []
    for number in world.numbers(site)[:_FEED_SIZE]:
        story = world.text(site, number)
        entries.append(
            f"<item><title>{escape(story.title)}</title><link>{world.url(site, number)}</link>"
            f'<guid isPermaLink="true">{world.url(site, number)}</guid>'
            f"<pubDate>{format_datetime(world.moment(site, number))}</pubDate>"
            f"<description><![CDATA[<p>{escape(story.paragraphs[0])}</p>]]></description></item>\n"
        )
    return (
        f'{_XML}<rss version="2.0"><channel>'
        f"<title>{site.title}</title><link>{site.origin}/</link><description>{site.title}最新报道</description>\n"
        f"{''.join(entries)}</channel></rss>\n"
    )


def json_list(world: World, site: DemoSite, page: int) -> str:
    """Return a page of the list that the site's script asks for."""
    numbers = world.numbers(site, site.channels[0])
    chosen = numbers[(page - 1) * _JSON_SIZE : page * _JSON_SIZE] if page > 0 else ()
    data = {"list": _entries(world, site, chosen), "page": page, "hasMore": page * _JSON_SIZE < len(numbers)}
    return json.dumps({"code": 0, "message": "ok", "data": data}, ensure_ascii=False)


def embedded_list(world: World, site: DemoSite) -> str:
    """Return the list that a page carries inside itself."""
    numbers = world.numbers(site, site.channels[1])
    state = {"channel": site.channels[1].slug, "list": _entries(world, site, numbers[:50])}
    return json.dumps(state, ensure_ascii=False).replace("<", "\\u003c")


def _entries(world: World, site: DemoSite, numbers: range | tuple[()]) -> list[dict[str, str | int]]:
    return [
        {
            "id": number,
            "title": world.title(site, number),
            "url": world.path(site, number),
            "publishTime": f"{world.moment(site, number):%Y-%m-%d %H:%M:%S}",
        }
        for number in numbers
    ]


def http_date(world: World, site: DemoSite, number: int) -> str:
    """Return the Last-Modified of an article."""
    return format_datetime(world.changed(site, number).astimezone(UTC), usegmt=True)


FEED_SITE: Final = BEIGUO
SITEMAP_SITE: Final = XINAN
