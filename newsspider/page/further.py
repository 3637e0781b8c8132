"""The pager of a page: the next page of a listing, the further pages of an article."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newsspider.page.document import Page
from newsspider.page.urls import absolute, canonical_url

#: Further pages of one article that are named.
MAX_PAGES: Final = 50

_DECORATION: Final = " \t[]【】()（）<>＜＞《》»›→▶|.…"
_NEXT: Final = frozenset(
    {"下一页", "下页", "后一页", "后页", "下一頁", "下頁", "next", "next page", "nextpage", "older"}
)
_ARROWS: Final = frozenset({">", ">>", "›", "»", "＞", "→"})
_LONGEST: Final = 12
_LONGEST_NUMBER: Final = 4
_NEAR: Final = 400

# page=2, pn=20, currentPage=2
_PAGE_PARAMETER: Final = re.compile(
    r"p|pn|pg|page|paged|page_?(?:no|num|index|number)|cur(?:rent)?_?page|nowpage|pageid", re.IGNORECASE
)
# index_2.html, 1234-2.shtml, list/2, list/p2.html, page/2/
_PAGE_IN_PATH: Final = re.compile(
    r"^(.*?)(?:[_-]|/(?:page[/_-]?|p)?)(\d{1,3})((?:\.[a-z]{3,5})?/?)$", re.IGNORECASE
)
_EXTENSION: Final = re.compile(r"^(.*?)((?:\.[a-z]{3,5})?/?)$", re.IGNORECASE)
_INDEX_NAME: Final = re.compile(r"/(?:index|list|default|node)$", re.IGNORECASE)
# createPageHTML(20, 0, "index", "html"): pages in all, this one counted from 0, name and extension (TRS WCM)
_SCRIPTED: Final = re.compile(
    r"createPageHTML\s{0,3}\(\s{0,3}(\d{1,4})\s{0,3},\s{0,3}(\d{1,4})\s{0,3},\s{0,3}"
    r"[\"']([\w.-]{1,80})[\"']\s{0,3},\s{0,3}[\"'](\w{2,6})[\"']"
)
_SCRIPT_NAME: Final = "createPageHTML"
# var currentPage = 0; var countPage = 20: the same in older templates, which print the links themselves
_COUNT_NAME: Final = "var countPage"
_COUNT: Final = re.compile(r"\bcountPage\s{0,3}=\s{0,3}(\d{1,4})\b")
_CURRENT: Final = re.compile(r"\bcurrentPage\s{0,3}=\s{0,3}(\d{1,4})\b")
# /yw/index.html, /yw/202303/t20230329_4418.shtml: name without page number, extension
_FILE: Final = re.compile(r"/([\w.-]{1,80}?)(?:_\d{1,3})?\.(s?html?)$", re.IGNORECASE)


def next_url(page: Page) -> str | None:
    """Return the URL of the page that follows in the pager; None where there is no pager or it ends."""
    here = canonical_url(page.url) if page.url else None
    for address in (*_declared_next(page), *_scripted_next(page), *_numbered_next(page)):
        if here is None or canonical_url(address) != here:
            return address
    return None


def article_pages(page: Page) -> tuple[str, ...]:
    """Return the URLs of the pages that follow in the same article, in order."""
    scripted = _scripted(page)
    if scripted:
        count, current, name, extension = scripted
        found = [
            absolute(page.base_url, f"{name}_{number}.{extension}")
            for number in range(current + 1, min(count, MAX_PAGES + 1))
        ]
        return tuple(address for address in found if address)
    own_stem, own_number = split_page(page.url) if page.url else (None, None)
    if own_stem is None:
        return ()
    pages: dict[int, str] = {}
    for text, address in _pager_links(page):
        stem, number = split_page(address)
        if number is None or stem != own_stem or not (text.isdigit() or text in _NEXT):
            continue
        if number > (own_number or 0):
            pages.setdefault(number, address)
    ordered = [pages[number] for number in sorted(pages)]
    here = canonical_url(page.url or "")
    return tuple(address for address in ordered if canonical_url(address) != here)[:MAX_PAGES]


def split_page(url: str) -> tuple[str, int | None]:
    """Return a URL without its page number, and that number.

    >>> split_page("http://example.com/a/12345_2.html")
    ('http://example.com/a/12345.html', 2)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, None
    if parts.query:
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        kept = [
            (name, value)
            for name, value in pairs
            if not (_PAGE_PARAMETER.fullmatch(name) and value.isdecimal())
        ]
        if len(kept) == len(pairs) - 1:
            number = next(int(value[:9]) for pair in pairs if pair not in kept for value in pair[1:])
            return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), "")), number
    match = _PAGE_IN_PATH.match(parts.path)
    found = int(match.group(2)) if match else None
    if match is None:
        match = _EXTENSION.match(parts.path)
    stem, extension = (match.group(1), match.groups()[-1]) if match else (parts.path, "")
    # /news/, /news/index.html and /news/index_2.html are pages of one list
    path = _INDEX_NAME.sub("/", stem) if _INDEX_NAME.search(stem) else stem + extension
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, "")), found


def _declared_next(page: Page) -> Iterator[str]:
    """`rel=next`, then a link that says 下一页, then an arrow."""
    base = page.base_url
    for element in page.root.findall("./head/link[@href]"):
        if (element.get("rel") or "").lower() == "next" and (
            address := absolute(base, element.get("href") or "")
        ):
            yield address
    arrows = []
    for link in page.outline.links:
        if len(link.text) > _LONGEST or link.href.startswith(("javascript", "#")):
            continue
        text = link.text.strip(_DECORATION).lower()
        if (text in _NEXT or link.el.get("rel") == "next") and (address := absolute(base, link.href)):
            yield address
        elif link.text in _ARROWS and (address := absolute(base, link.href)):
            arrows.append(address)
    own = split_page(page.url)[0] if page.url else None
    yield from (address for address in arrows[-1:] if own is None or split_page(address)[0] == own)


def _scripted(page: Page) -> tuple[int, int, str, str] | None:
    """Pages in all, this one counted from 0, name and extension, as the script of a pager says."""
    near = ""
    for script in page.outline.scripts:
        text = script.text or ""
        start = text.find(_SCRIPT_NAME)
        while start >= 0:
            if match := _SCRIPTED.match(text, start):
                return int(match.group(1)), int(match.group(2)), match.group(3), match.group(4)
            start = text.find(_SCRIPT_NAME, start + 1)
        if not near and (start := text.find(_COUNT_NAME)) >= 0:
            near = text[max(0, start - _NEAR) : start + _NEAR]
    count, current = _COUNT.search(near), _CURRENT.search(near)
    if count is None or current is None:
        return None
    name, extension = _file_name(page.url)
    return int(count.group(1)), int(current.group(1)), name, extension


def _file_name(url: str | None) -> tuple[str, str]:
    match = _FILE.search(url.partition("?")[0]) if url else None
    return (match.group(1), match.group(2)) if match else ("index", "html")


def _scripted_next(page: Page) -> Iterator[str]:
    if found := _scripted(page):
        count, current, name, extension = found
        if current + 1 < count and (address := absolute(page.base_url, f"{name}_{current + 1}.{extension}")):
            yield address


def _numbered_next(page: Page) -> Iterator[str]:
    """Yield the link whose text is the number after this page's."""
    if not page.url:
        return
    own, number = split_page(page.url)
    best: tuple[int, str] | None = None
    for text, address in _pager_links(page):
        stem, other = split_page(address)
        if other is None or stem != own or not text.isdigit() or other <= (number or 0):
            continue
        if number is None and text != "2":
            continue
        if best is None or other < best[0]:
            best = other, address
    if best:
        yield best[1]


def _pager_links(page: Page) -> Iterator[tuple[str, str]]:
    base = page.base_url
    for link in page.outline.links:
        printed = link.text
        # Most short links are the names of channels.
        if len(printed) <= _LONGEST and (
            not printed.isalpha() or printed.isascii() or "页" in printed or "頁" in printed
        ):
            text = printed.strip(_DECORATION).lower()
            if (text in _NEXT or (text.isdecimal() and len(text) <= _LONGEST_NUMBER)) and (
                address := absolute(base, link.href)
            ):
                yield text, address
