"""Dates beside links: in feeds, in sitemaps, in listings and in URLs. What is not certain is None."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

#: A time without a zone in a Chinese feed is Beijing's.
BEIJING: Final = timezone(timedelta(hours=8))

# 2026-01-29T06:03:32.568Z, 2014-04-22 15:24, 2005-5-28 16:05:36, 2026/01/29, 2026年1月29日 08:00
_NUMERIC: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([-/.年])(\d{1,2})(?:\2|月)(\d{1,2})日?"
    r"(?:[T\s]{0,3}(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
# Tue, 27 Dec 2005 13:08:54+0900: no space before the zone
_GLUED_ZONE: Final = re.compile(r"(:\d\d)([+-]\d{4})$")
# [11-29], (09/27): a day without its year
_SHORT: Final = re.compile(r"(?<![\d:.-])(\d{1,2})[-/月](\d{1,2})日?(?![\d:-])")

# /2023/03-29/, /2023-03/29/, /202303/29/, /20230329/, t20230329_12, 2023_03_29_12, /2023/0329/
_IN_URL: Final = re.compile(
    r"(?<![0-9])(20[0-3][0-9]|199[0-9])[-_/]?(0[1-9]|1[0-2])[-_/]?(0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
# /2023/3-9/, /2023/3/9/
_IN_URL_SHORT: Final = re.compile(r"/(20[0-3][0-9]|199[0-9])[-/]([1-9]|1[0-2])[-/]([1-9]|[12][0-9]|3[01])(?=[/_-])")
# /16/0221/11/: the year in two digits, then month and day
_IN_URL_CENTURY: Final = re.compile(r"/([0-3][0-9])/(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?=/)")
# 20191013001234: a day and a counter glued to it, at the start of a segment
_GLUED: Final = re.compile(r"/[a-z]{0,3}(20[0-3][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{2,10}(?![0-9])")

_LIMIT: Final = 120


def moment(text: str | None) -> str | None:
    """Return a feed's or sitemap's date as ISO 8601: a day where only a day is given."""
    text = (text or "").strip()[:_LIMIT]
    if match := _NUMERIC.match(text):
        return _numeric(match)
    try:
        parsed = parsedate_to_datetime(_GLUED_ZONE.sub(r"\1 \2", text))
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).isoformat()


def printed_date(text: str) -> str | None:
    """Return the date printed in a row of a listing: `2023-03-29`, with the time where one is given."""
    for match in _NUMERIC.finditer(text[: 4 * _LIMIT]):
        if found := _numeric(match):
            return found
    return None


def has_day(text: str) -> bool:
    """Whether a day is printed, even without its year: `[03-29]`, `3月29日`."""
    text = text[: 4 * _LIMIT]
    if _NUMERIC.search(text):
        return True
    return any(1 <= int(m[1]) <= 12 and 1 <= int(m[2]) <= 31 for m in _SHORT.finditer(text))


def url_date(url: str) -> str | None:
    """Return the day that a URL names: `/2023/03-29/1211502.html` gives `2023-03-29`."""
    path = url.partition("://")[2].partition("/")[2].partition("?")[0]
    path = "/" + path[:400]
    for pattern in (_IN_URL, _IN_URL_SHORT, _GLUED):
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


def _numeric(match: re.Match[str]) -> str | None:
    year, _, month, day, hour, minute, second, zone = match.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day)).isoformat()
        found = datetime(
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=_zone(zone)
        )
    except ValueError:
        return None
    return found.isoformat()


def _zone(zone: str | None) -> timezone:
    if zone is None:
        return BEIJING
    if zone.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    sign = -1 if zone[0] == "-" else 1
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return timezone(sign * offset)
