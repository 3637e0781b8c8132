"""Feeds: RSS of every version, RDF, Atom, the news protocol of Baidu, JSON Feed; well-formed or not."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from newsspider.discover.dates import moment
from newsspider.discover.link import Link
from newsspider.discover.xml_reader import entries, inflated, local_name, read_text
from newsspider.page.decode import decode
from newsspider.page.text import clean
from newsspider.page.urls import absolute

#: Entries of one feed that are read.
MAX_ENTRIES: Final = 2_000

_ENTRIES: Final = frozenset({"item", "entry"})
_PUBLISHED: Final = ("pubdate", "published", "issued", "created", "date", "publish_time", "publishtime")
_MODIFIED: Final = ("updated", "modified", "lastmod")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")  # <b>, </a>: HTML inside a title
_ALTERNATE: Final = frozenset({"", "alternate"})


def read_feed(body: bytes, *, url: str | None) -> tuple[Link, ...]:
    """Return the entries of a feed in its order; none where it is no feed. Each URL once."""
    if body.lstrip()[:1] == b"{":
        found = _json_feed(body, url)
    else:
        found = (_link(entry, url) for entry in entries(read_text(body), _ENTRIES))
    links: dict[str, Link] = {}
    for link in found:
        if link is not None:
            links.setdefault(link.url, link)
            if len(links) >= MAX_ENTRIES:
                break
    return tuple(links.values())


def _link(entry: etree._Element, base: str | None) -> Link | None:
    texts: dict[str, str] = {}
    hrefs: list[str] = []
    for child in entry:
        name = local_name(child)
        if name == "link" and (href := child.get("href")):
            if (child.get("rel") or "").lower() in _ALTERNATE:
                hrefs.append(href)
        elif name and (text := "".join(map(str, child.itertext())).strip()):
            texts.setdefault(name, text)
    target = (
        texts.get("origlink") or texts.get("link") or (hrefs[0] if hrefs else "") or _permalink(entry, texts)
    )
    address = absolute(base, target)
    if address is None:
        return None
    published = next((found for name in _PUBLISHED if (found := moment(texts.get(name)))), None)
    modified = next((found for name in _MODIFIED if (found := moment(texts.get(name)))), None)
    return Link(
        url=address, title=_title(texts.get("title", "")), date=published or modified, modified=modified
    )


def _permalink(entry: etree._Element, texts: dict[str, str]) -> str:
    """`guid` unless it says that it is no link, `loc`, or RDF's `about`."""
    for name in ("guid", "id"):
        if texts.get(name, "").startswith(("http://", "https://")):
            return texts[name]
    about = next((str(value) for key, value in entry.items() if str(key).endswith("}about")), "")
    return texts.get("url") or texts.get("loc") or about


def _title(text: str) -> str:
    return clean(_TAG.sub("", text) if "<" in text else text)


class _JsonItem(msgspec.Struct):
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class _JsonFeed(msgspec.Struct):
    items: list[_JsonItem] = []


def _json_feed(body: bytes, base: str | None) -> Iterator[Link | None]:
    try:
        feed = msgspec.json.decode(decode(inflated(body)).text.strip(), type=_JsonFeed)
    except (msgspec.DecodeError, RecursionError):
        return
    for item in feed.items:
        address = absolute(base, item.url or item.external_url or "")
        if address is not None:
            yield Link(
                url=address,
                title=clean(item.title or ""),
                date=moment(item.date_published),
                modified=moment(item.date_modified),
            )
