"""Traps: URLs that are not worth a request, and listings that never end. Each has a reason with a name.

What a URL says of itself: long_url, repeated_segments, deep_path, many_parameters, page_number, calendar,
not_a_page. What only several requests show: query_permutations, same_content, nothing_new, pages_limit.
"""

import re
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from newsspider.page.urls import identity

#: A URL longer than this was made by a machine for itself.
MAX_LENGTH: Final = 1_000
#: The same path segment may occur this often: /a/b/a/b/a/b is a relative link that grows.
MAX_REPEATS: Final = 2
MAX_SEGMENTS: Final = 16
MAX_PARAMETERS: Final = 10
#: The highest page number that is asked for.
MAX_PAGE: Final = 1_000
#: Ways to ask one listing with other values of its query.
MAX_VARIANTS: Final = 60
#: Listings whose variants are counted at once.
MAX_PATHS: Final = 5_000

# page=99999, pageNo=99999
_PAGE: Final = re.compile(
    r"p|pn|pg|page|paged|page_?(?:no|num|index|number)|cur(?:rent)?_?page", re.IGNORECASE
)
# index_99999.html, /page/99999/: an index with a number of five digits and no article
_PAGE_IN_PATH: Final = re.compile(r"/(?:index|list|page)[_/-](\d{4,7})(?:\.[a-z]{3,5})?/?$", re.IGNORECASE)
# /calendar/2031-04/, /rili.php?year=2031&month=4
_CALENDAR: Final = re.compile(r"calend[ae]r|rili|/(?:19|20|21)\d\d/\d{1,2}/?$", re.IGNORECASE)
# /2031/04/, 2031-04, 20310401, year=2031
_MONTH: Final = re.compile(r"(?<!\d)((?:19|2[01])\d\d)[-/_]?(0?[1-9]|1[0-2])(?:[-/_]?\d{1,2})?(?!\d)")
# "\ud800" alone, as a JSON list may write it: no request can hold it
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_FILE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|webp|svg|ico|css|js|mp[34]|m4[av]|avi|flv|wmv|mov|rm(?:vb)?|m3u8|swf|pdf|docx?|xlsx?|pptx?"
    r"|wps|ofd|zip|rar|7z|gz|tar|exe|apk|ipa|dmg|torrent|woff2?|ttf|eot)$",
    re.IGNORECASE,
)


def refusal(url: str, *, today: date | None = None) -> str | None:
    """Return why `url` is not worth a request, or None. `today` lets a calendar's future be seen."""
    if len(url) > MAX_LENGTH:
        return "long_url"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "not_a_page"
    if parts.scheme not in {"http", "https"} or _FILE.search(parts.path) or _SURROGATE.search(url):
        return "not_a_page"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return _path_refusal(parts.path) or _query_refusal(parts.path, pairs, today)


def _path_refusal(path: str) -> str | None:
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > MAX_SEGMENTS:
        return "deep_path"
    # 2023/03/03/03.html repeats its numbers by right
    named = Counter(segment for segment in segments if not segment.isdecimal())
    return "repeated_segments" if max(named.values(), default=0) > MAX_REPEATS else None


def _query_refusal(path: str, pairs: list[tuple[str, str]], today: date | None) -> str | None:
    if len(pairs) > MAX_PARAMETERS:
        return "many_parameters"
    if _page_number(path, pairs) > MAX_PAGE:
        return "page_number"
    return "calendar" if today is not None and _in_the_future(path, pairs, today) else None


def _page_number(path: str, pairs: list[tuple[str, str]]) -> int:
    numbers = [int(value[:9]) for name, value in pairs if _PAGE.fullmatch(name) and value.isdecimal()]
    if match := _PAGE_IN_PATH.search(path):
        numbers.append(int(match.group(1)))
    return max(numbers, default=0)


def _in_the_future(path: str, pairs: list[tuple[str, str]], today: date) -> bool:
    """Whether it is a month that has not begun, on a page that looks like a calendar's."""
    values = {name.lower(): value for name, value in pairs}
    year, month = values.get("year") or values.get("y"), values.get("month") or values.get("m")
    latest = (today + timedelta(days=31)).replace(day=1)
    if year and month and year.isdecimal() and month.isdecimal():
        return (int(year[:6]), int(month[:4])) > (latest.year, latest.month)
    if not _CALENDAR.search(path) and "date" not in values:
        return False
    match = _MONTH.search(values.get("date") or path)
    return match is not None and (int(match.group(1)), int(match.group(2))) > (latest.year, latest.month)


@dataclass(slots=True)
class Paging:
    """One listing while its pages are read, newest first: says when to stop.

    known_limit: pages in a row without anything new after which the rest is known.
    """

    max_pages: int = 50
    known_limit: int = 1
    pages: int = 0
    without_news: int = 0
    _seen: set[int] = field(default_factory=set)

    def after(self, urls: tuple[str, ...], new: int) -> str | None:
        """Count a page that linked to `urls`, `new` of them unknown; return why paging ends here, or None."""
        self.pages += 1
        content = hash(frozenset(map(identity, urls)))
        if content in self._seen:
            return "same_content"
        self._seen.add(content)
        self.without_news = 0 if new else self.without_news + 1
        if self.without_news >= self.known_limit:
            return "nothing_new"
        return "pages_limit" if self.pages >= self.max_pages else None


@dataclass(slots=True)
class Variants:
    """The queries with which each path of a site was asked, in bounded memory."""

    limit: int = MAX_VARIANTS
    _paths: OrderedDict[str, set[int]] = field(default_factory=OrderedDict)

    def refusal(self, url: str) -> str | None:
        """Count a listing's `url`; return `query_permutations` when its path has too many queries."""
        path, _, query = identity(url).partition("?")
        if not query:
            return None
        asked = self._paths.setdefault(path, set())
        self._paths.move_to_end(path)
        if len(self._paths) > MAX_PATHS:
            self._paths.popitem(last=False)
        if hash(query) not in asked and len(asked) >= self.limit:
            return "query_permutations"
        asked.add(hash(query))
        return None
