"""Dates beside links: in feeds, in sitemaps, in listings and in URLs. What is not certain is None."""

import re
from datetime import UTC, date
from email.utils import parsedate_to_datetime
from typing import Final

from newsspider.page.dates import CHINA, find_moments

# 2026-01-29, 2005/5/28, 2026年1月29日: enough to know that a row prints a day
_FULL: Final = re.compile(r"(?<!\d)(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")
# Tue, 27 Dec 2005 13:08:54+0900: no space before the zone
_GLUED_ZONE: Final = re.compile(r"(:\d\d)([+-]\d{4})$")
# 3-, 3月: without it no day is printed
_HINT: Final = re.compile(r"\d\s?[-/.年月]")
# [11-29], (09/27): a day without its year
_SHORT: Final = re.compile(r"(?<![\d:.-])(?:0?[1-9]|1[0-2])[-/月](?:[12]\d|3[01]|0?[1-9])日?(?![\d:-])")

# /2023/03-29/, /2023-03/29/, /202303/29/, /20230329/, t20230329_12, 2023_03_29_12, /2023/0329/
_IN_URL: Final = re.compile(
    r"(?<![0-9])(20[0-3][0-9]|199[0-9])[-_/]?(0[1-9]|1[0-2])[-_/]?(0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
# /2023/3-9/, /2023/3/9/
_IN_URL_SHORT: Final = re.compile(
    r"/(20[0-3][0-9]|199[0-9])[-/]([1-9]|1[0-2])[-/]([1-9]|[12][0-9]|3[01])(?=[/_-])"
)
# /16/0221/11/: the year in two digits, then month and day
_IN_URL_CENTURY: Final = re.compile(r"/([0-3][0-9])/(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?=/)")
# 20191013001234: a day and a counter glued to it, at the start of a segment
_GLUED: Final = re.compile(
    r"/[a-z]{0,3}(20[0-3][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{2,14}(?![0-9])"
)

_LIMIT: Final = 120


def moment(text: str | None) -> str | None:
    """Return a feed's or sitemap's date as ISO 8601: a day where only a day is given.

    A time without a zone in a Chinese feed is China's.
    """
    text = (text or "").strip()[:_LIMIT]
    found = find_moments(text)
    if found and found[0].start == 0:
        return found[0].value
    try:
        parsed = parsedate_to_datetime(_GLUED_ZONE.sub(r"\1 \2", text))
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(CHINA).isoformat()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def printed_date(text: str) -> str | None:
    """Return the date printed in a row of a listing: `2023-03-29`, with the time where one is given."""
    found = find_moments(text[: 4 * _LIMIT])
    return found[0].value if found else None


def has_day(text: str) -> bool:
    """Whether a day is printed, even without its year: `[03-29]`, `3月29日`."""
    text = text[: 4 * _LIMIT]
    if not _HINT.search(text):
        return False
    if _FULL.search(text):
        return True
    return _SHORT.search(text) is not None


def url_date(url: str) -> str | None:
    """Return the day that a URL names: `/2023/03-29/1211502.html` gives `2023-03-29`."""
    _, absolute, rest = url.partition("://")
    path = (rest.partition("/")[2] if absolute else url).partition("?")[0]
    path = "/" + path[:400]
    # Most paths name no year: two searches for two characters are cheaper than four patterns.
    for pattern in (_IN_URL, _IN_URL_SHORT, _GLUED) if "20" in path or "199" in path else ():
        if match := pattern.search(path):
            try:
                return date(*map(int, match.groups())).isoformat()
            except ValueError:
                continue
    if match := _IN_URL_CENTURY.search(path):
        try:
            return date(2000 + int(match[1]), int(match[2]), int(match[3])).isoformat()
        except ValueError:
            return None
    return None
