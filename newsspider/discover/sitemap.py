"""Sitemaps: URL sets, news sitemaps, indexes, lists of URLs; gzipped or not, whatever their content type."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from newsspider.discover.dates import moment
from newsspider.discover.feed import read_feed
from newsspider.discover.link import Link
from newsspider.discover.xml_reader import entries, local_name, read_text
from newsspider.page.text import clean
from newsspider.page.urls import absolute, canonical_url

#: URLs of one sitemap and sitemaps of one index that are read (the protocol's own limit).
MAX_LINKS: Final = 50_000
#: How deep sitemap indexes are followed: an index, an index in it, a sitemap.
MAX_DEPTH: Final = 3

_ENTRIES: Final = frozenset({"url", "sitemap"})
_FEEDS: Final = ("<rss", "<feed", "<rdf", "<document", "<channel")
_HEAD: Final = 2_000
#: From this many URLs on, one `lastmod` that most of them share is when the sitemap was made.
_ENOUGH: Final = 10
_MINUTE: Final = len("2026-11-25T08:30")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap names, newest first where it gives dates.

    indexes: further sitemaps. links: pages. problem: why nothing or not all was read
    (`no_sitemap`, `too_many_urls`, `includes_itself`), else None.
    """

    indexes: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    problem: str | None = None


def read_sitemap(body: bytes, *, url: str | None) -> Sitemap:
    """Read a sitemap that was fetched from `url`."""
    text = read_text(body)
    head = text[:_HEAD].lower()
    if any(tag in head for tag in _FEEDS):
        links = read_feed(body, url=url)
        return Sitemap(links=links, problem=None if links else "no_sitemap")
    if "<html" in head or "<!doctype html" in head:
        return Sitemap(problem="no_sitemap")
    if not head.startswith("<"):
        return _plain(text, url)
    return _xml(text, url)


def _xml(text: str, url: str | None) -> Sitemap:
    own = canonical_url(url) if url else None
    found: dict[str, dict[str, Link]] = {"url": {}, "sitemap": {}}
    problem = None
    for number, entry in enumerate(entries(text, _ENTRIES)):
        if number >= 2 * MAX_LINKS:
            problem = "too_many_urls"
            break
        kind = local_name(entry)
        link = _link(entry, url)
        if link is None:
            continue
        if kind == "sitemap" and canonical_url(link.url) == own:
            problem = "includes_itself"
            continue
        if len(found[kind]) >= MAX_LINKS:
            problem = "too_many_urls"
            break
        found[kind].setdefault(link.url, link)
    if not found["url"] and not found["sitemap"]:
        problem = problem or "no_sitemap"
    return Sitemap(
        indexes=_newest_first(found["sitemap"]),
        links=_newest_first(_without_stamp(found["url"])),
        problem=problem,
    )


def _without_stamp(links: dict[str, Link]) -> dict[str, Link]:
    """Forget a `lastmod` that says when the sitemap was made: by it all would be due in every run."""
    minutes = Counter(link.modified[:_MINUTE] for link in links.values() if link.modified)
    stamp, count = minutes.most_common(1)[0] if minutes else ("", 0)
    if count < _ENOUGH or 2 * count <= len(links) or len(stamp) < _MINUTE:
        return links
    return {
        url: replace(link, modified=None) if (link.modified or "").startswith(stamp) else link
        for url, link in links.items()
    }


def _link(entry: etree._Element, base: str | None) -> Link | None:
    texts: dict[str, str] = {}
    for element in entry.iter():
        name = local_name(element)
        if name and element.text and (value := element.text.strip()):
            texts.setdefault(name, value)
    address = absolute(base, texts.get("loc", ""))
    if address is None:
        return None
    return Link(
        url=address,
        title=clean(texts.get("title", "")),
        date=moment(texts.get("publication_date")),
        modified=moment(texts.get("lastmod")),
    )


def _plain(text: str, base: str | None) -> Sitemap:
    """Read a text file with a URL a line."""
    lines = [line.strip() for line in text.splitlines()[: MAX_LINKS + 1] if line.strip()]
    urls = [
        found
        for line in lines
        if line.startswith(("http://", "https://")) and (found := absolute(base, line))
    ]
    if not urls or len(urls) * 2 < len(lines):
        return Sitemap(problem="no_sitemap")
    problem = "too_many_urls" if len(urls) > MAX_LINKS else None
    return Sitemap(links=tuple(Link(url=u) for u in dict.fromkeys(urls[:MAX_LINKS])), problem=problem)


def _newest_first(links: dict[str, Link]) -> tuple[Link, ...]:
    """Those with the latest date first; the others keep their order behind them."""
    return tuple(sorted(links.values(), key=lambda link: link.date or link.modified or "", reverse=True))
