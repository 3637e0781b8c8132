"""The time that metadata, a `<time>`, a script or a comment in the page's source gives: nobody printed it."""

import re
from dataclasses import dataclass, replace
from typing import Final

from newsspider.extract.scripted import scripted_time
from newsspider.page.dates import Moment, read_stamp
from newsspider.page.document import Page

_METAS: Final = (
    "article:published_time", "og:published_time", "publishdate", "pubdate", "publish_time", "publishtime",
    "og:release_date", "weibo:article:create_at", "datepublished", "article:create_at", "createdate",
    "og:article:published_time", "article:publish_time", "publish_date", "release_date", "og:pubdate",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "publish-date", "pub_date", "article_date",
    "releasedate", "issued",
    "citation_publication_date", "bytedance:published_time", "publication_date", "date", "dc.date",
    "dcterms.created", "parsely-pub-date",
)  # fmt: skip
# "datePublished": "2019-09-07T16:28:35" · <!--enpproperty …<date>2012-01-12 16:16:00.0</date>
# <!-- publish_time:2023-03-29 10:00:09 -->
_MARKS: Final = ('"datePublished"', '"pubDate"', "<date>", "var ct =", "publish_time:", "published at ")
# 2023-03-29T00:00:00+08:00: the day's midnight says that only the day is known
_MIDNIGHT: Final = re.compile(r"T00:00(?::00)?\+08:00$")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time and the rule that found it."""

    moment: Moment
    rule: str


def from_metas(page: Page) -> Stamp | None:
    """Return what `<meta>` says."""
    metas = page.metas
    for name in _METAS:
        if name in metas and (moment := read_stamp(metas[name])):
            return Stamp(_known(moment), f"meta {name}")
    return None


def from_source_text(page: Page) -> Stamp | None:
    """Return what `<time>`, JSON-LD or a content management system's comment says."""
    for element in page.root.iter("time"):
        if moment := read_stamp(element.get("datetime") or ""):
            return Stamp(_known(moment), "time element")
    for mark in _MARKS:
        at = page.text.find(mark)
        if at >= 0 and (moment := read_stamp(_quoted(page.text[at + len(mark) : at + len(mark) + 40]))):
            return Stamp(_known(moment), f"source text {mark.strip('<>').strip(chr(34))}")
    return None


def from_scripts(page: Page, title: str) -> Stamp | None:
    """Return what a script says beside the headline."""
    moment = scripted_time(page, title)
    return Stamp(_known(moment), "script beside the headline") if moment is not None else None


def _known(moment: Moment) -> Moment:
    """Return the day alone where the clock says midnight."""
    if moment.precision == "day" or _MIDNIGHT.search(moment.value) is None:
        return moment
    return replace(moment, value=moment.day, precision="day")


def _quoted(text: str) -> str:
    """Return what stands up to the next quotation mark or tag."""
    return re.split(r"[\"'<,;]", text.lstrip(" \t\r\n:\"'"), maxsplit=1)[0]
