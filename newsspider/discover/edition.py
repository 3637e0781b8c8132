"""Digital editions of newspapers: pages (版) that list articles, and a link to the issue before."""

import re
from typing import Final

from newsspider.page.document import Page
from newsspider.page.urls import absolute, article_id

#: Pages of one issue that are read.
MAX_PAGES: Final = 64
# 上一期, 上期, 前一期, << 上一期
_PREVIOUS: Final = re.compile(r"[<«‹\s]*(?:上一?期|前一期)[>»›\s]*")
# 第01版：要闻, 第A12版, 03版 民生, A1版·头条, 第二版
_PAGE_NAME: Final = re.compile(
    r"第?\s?[A-Z]{0,2}\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?版(?:[：:·・\s].{0,20})?"
)
# node_2.htm, node_12345.html, 01/, 2.htm: not content_12345.htm
_ARTICLE: Final = re.compile(r"content|article|detail|con_", re.IGNORECASE)


def previous_issue(page: Page) -> str | None:
    """Return the URL of the issue before this one; None where the page names none."""
    for anchor in page.outline.links:
        if _PREVIOUS.fullmatch(anchor.text.strip()) and (address := absolute(page.base_url, anchor.href)):
            return address
    return None


def edition_pages(page: Page) -> tuple[str, ...]:
    """Return the URLs of the pages (版) of the issue that `page` links to, without itself."""
    here = article_id(page.url) if page.url else None
    found: dict[str, str] = {}
    for anchor in page.outline.links:
        if not _PAGE_NAME.fullmatch(anchor.text.strip()) or _ARTICLE.search(anchor.href):
            continue
        address = absolute(page.base_url, anchor.href)
        if address is not None and (key := article_id(address)) != here:
            found.setdefault(key, address)
        if len(found) >= MAX_PAGES:
            break
    return tuple(found.values())
