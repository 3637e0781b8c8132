"""Lists as JSON: what "load more" endpoints answer, and the state that pages carry in a script."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from newsspider.discover.dates import moment
from newsspider.discover.link import Link
from newsspider.page.dates import CHINA
from newsspider.page.decode import decode
from newsspider.page.document import Page
from newsspider.page.text import clean
from newsspider.page.urls import absolute

#: Characters of one JSON document that are read, links that are taken from it, values that are looked at.
MAX_CHARACTERS: Final = 4 * 1024 * 1024
MAX_LINKS: Final = 1_000
MAX_VALUES: Final = 200_000

_ADDRESS: Final = (
    "url", "link", "href", "linkurl", "link_url", "docurl", "doc_url", "pageurl", "page_url", "arturl",
    "article_url", "articleurl", "contenturl", "content_url", "weburl", "web_url", "pcurl", "pc_url",
    "puburl", "pub_url", "shareurl", "share_url", "source_url", "wapurl", "wap_url", "detailurl",
    "detail_url", "newsurl", "news_url", "titleurl",
)  # fmt: skip
_TITLE: Final = (
    "title", "headline", "ltitle", "stitle", "linktitle", "doctitle", "doc_title", "topic", "name",
    "newstitle", "news_title", "maintitle", "articletitle", "article_title", "contenttitle", "text",
)  # fmt: skip
_DATE: Final = (
    "publishtime", "publish_time", "publishdate", "publish_date", "pubtime", "pub_time", "pubdate",
    "pub_date", "datepublished", "date_published", "ptime", "docpubtime", "docreltime", "releasetime",
    "release_time", "ctime", "createtime", "create_time", "createdat", "created_at", "inputtime",
    "showtime", "show_time", "time", "date",
)  # fmt: skip

_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")  # <em>: a search result's highlight
# callback({...}), var data = [...], window.__INITIAL_STATE__={...}
_START: Final = re.compile(r"(?:^|[=(:]\s{0,20})([\[{])")
_EPOCH: Final = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")  # 1571234567, 1571234567890
_MAX_STARTS: Final = 40
_LEAST: Final = 3


def load_more(body: bytes, *, url: str | None) -> tuple[Link, ...]:
    """Return the links of a JSON (or JSONP, or `var x = …`) list, in its order; none where it is no list."""
    text = decode(body[: 2 * MAX_CHARACTERS]).text[:MAX_CHARACTERS].strip()
    for document in _documents(text):
        if found := tuple(_links(document, url)):
            return found
    return ()


def embedded_items(page: Page) -> tuple[Link, ...]:
    """Return the list that the page carries as JSON in a script: the longest one."""
    best: tuple[Link, ...] = ()
    budget = MAX_CHARACTERS
    for script in page.root.iter("script"):
        text: str = script.text or ""
        budget -= len(text)
        if budget < 0:
            break
        if "http" not in text and "/" not in text:
            continue
        for document in _documents(text.strip()):
            found = tuple(_links(document, page.base_url))
            if len(found) > len(best):
                best = found
    return best if len(best) >= _LEAST else ()


def _documents(text: str) -> Iterator[object]:
    """Yield the JSON values in a script; what is no strict JSON is skipped."""
    decoder, position = json.JSONDecoder(), 0
    for _ in range(_MAX_STARTS):
        match = _START.search(text, position)
        if match is None:
            return
        start = match.start(1)
        try:
            value, position = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            position = start + 1
            continue
        if value:
            yield value


def _links(document: object, base: str | None) -> Iterator[Link]:
    """Every object that has an address and a title, in document order, each address once."""
    seen: set[str] = set()
    stack, looked_at = [document], 0
    while stack and looked_at < MAX_VALUES and len(seen) < MAX_LINKS:
        value = stack.pop()
        looked_at += 1
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            link = _link(value, base)
            if link is not None and link.url not in seen:
                seen.add(link.url)
                yield link
            stack.extend(child for child in reversed(value.values()) if isinstance(child, (dict, list)))


def _link(entry: dict[str, object], base: str | None) -> Link | None:
    fields = {
        str(name).lower(): value for name, value in entry.items() if isinstance(value, (str, int, float))
    }
    title = next((found for name in _TITLE if (found := _text(fields.get(name)))), "")
    target = next((found for name in _ADDRESS if (found := _address(fields.get(name)))), "")
    address = absolute(base, target) if title and target else None
    if address is None:
        return None
    date = next((when for name in _DATE if (when := _moment(fields.get(name)))), None)
    return Link(url=address, title=title, date=date)


def _text(value: object) -> str:
    return clean(_TAG.sub("", value[:1000])) if isinstance(value, str) else ""


def _address(value: object) -> str:
    return value if isinstance(value, str) and ("/" in value or value.startswith("?")) else ""


def _moment(value: object) -> str | None:
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), CHINA).isoformat()
    return moment(text)
