"""Dates and times as Chinese pages print them. Strict formats only; nothing is guessed.

A time without an offset is China's (+08:00), one with an offset is told in China's time.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final

from newsspider.items import Precision

CHINA: Final = timezone(timedelta(hours=8))

# 2023-03-29, 2023/3/29, 2023.03.29, 2023年3月29日, 2023 年 3 月 29 日; glued to the hour: 2023-03-2910:00
_DAY = (
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)\s{0,2}(?:[-/.．－—年]|-{2})\s{0,2}(?P<m>0?[1-9]|1[0-2])\s{0,2}[-/.．－—月]"
    r"\s{0,2}(?P<d>[12]\d|3[01]|0?[1-9])(?:\s{0,2}[日号])?"
)
# 二〇二三年三月二十九日
_HAN_DAY = (
    r"(?P<hy>[一二][〇零○Ｏ０0O九八七六五四三二一]{3})年(?P<hm>十?[一二三四五六七八九十])月"
    r"(?P<hd>[一二三]?十?[一二三四五六七八九十])日"
)
# 2020 01/02 17:11 and 202001/0217:11, where year, day and time are boxes of their own
_SPLIT_DAY = (
    r"(?<!\d)(?P<sy>20[0-3]\d)\s{0,3}(?P<sm>0[1-9]|1[0-2])\s{0,2}[-/月]\s{0,2}(?P<sd>0[1-9]|[12]\d|3[01])日?"
)
# 03-29 2023, 29/03 2023 is not read: which is the month?
_LATE_YEAR = (
    r"(?<![\d-])(?P<lm>0[1-9]|1[0-2])[-/月](?P<ld>0[1-9]|[12]\d|3[01])日?\s{1,3}(?P<ly>20[0-3]\d)(?!\d)"
)
# 29 2023-03, 29/2023.03, where the day is a box above the month
_EARLY_DAY = (
    r"(?<![\d.:：/-])(?P<ed>0[1-9]|[12]\d|3[01])日?\s{0,3}/?\s{0,2}(?P<ey>20[0-3]\d)\s?[-/.年]\s?(?P<em>0[1-9]|1[0-2])月?"
    r"(?!\s?[-/.月]|\d|\s\d\d?(?![\d:：]))"
)
# 民國112年3月29日
_REPUBLIC = (
    r"民[國国]\s?(?P<ry>\d{2,3})\s?年\s?(?P<rm>0?[1-9]|1[0-2])\s?月\s?(?P<rd>[12]\d|3[01]|0?[1-9])\s?日"
)
# 14年12月15日; 14-12-15 10:05, only before a clock: which is the year of 14-12-15?
_SHORT_DAY = (
    r"(?:(?<!\d)(?P<ty>[0-3]\d)年(?P<tm>0?[1-9]|1[0-2])月(?P<td>0?[1-9]|[12]\d|3[01])日"
    r"|(?<![\d.-])(?P<uy>0[5-9]|[12]\d)-(?P<um>0[1-9]|1[0-2])-(?P<ud>0[1-9]|[12]\d|3[01])(?=\s{0,2}[0-2]?\d[:：]))"
)
# 10:05, 10：05:09, 10时05分, 下午3:05, T10:05:09+08:00, 3:05 PM; a weekday may stand before it: 星期三 10:05
_CLOCK = (
    r"(?:(?:\s|T|,|，|/|\||[(（]?(?:星期|周)[一二三四五六日天][)）]?|-(?=\d\d:\d\d)){0,4}?"
    r"(?P<half>上午|下午|中午|晚上|晚|早上|凌晨|早|[AP]M)?\s{0,2}"
    r"(?P<h>[01]?\d|2[0-4])\s?(?:[:：]|时|点)\s?(?P<min>[0-5]\d|\d(?=[:：]\d))(?![\d.]*年)(?:分)?"
    r"(?:\s?[:：]?\s?(?P<s>(?<=[:：分])(?:[0-5]\d|\d(?!\d)))(?:秒|\.\d{1,9})?)?"
    r"(?:\s?(?P<ampm>[AaPp]\.?[Mm])\b)?"
    r"(?P<zone>\s?(?:Z|(?:GMT|UTC)?[+-]\d\d:?\d\d)(?!\d))?)?"
)
_TIME: Final = re.compile(
    f"(?:{_DAY}|{_HAN_DAY}|{_SPLIT_DAY}|{_LATE_YEAR}|{_EARLY_DAY}|{_REPUBLIC}|{_SHORT_DAY}){_CLOCK}"
)
# 3小时前, 5分钟前, 刚刚, 昨天 10:05, 今天08:00, 2天前
_RELATIVE: Final = re.compile(
    r"(?P<n>\d{1,3})\s?(?P<unit>秒钟?|分钟|个?小时|天)(?:之?前)|(?P<now>刚刚)|(?P<word>今天|昨天|前天)\s?(?:(?P<h>[01]?\d|2[0-3])[:：](?P<min>[0-5]\d))?"
)
# Wed, 29 Mar 2023 02:00:09 GMT; Wed Mar 29 10:00:09 CST 2023
_ENGLISH: Final = re.compile(
    r"(?:(?P<d>\d{1,2}) (?P<mon>[A-Z][a-z]{2}) (?P<y>20\d\d) (?P<t>\d\d:\d\d:\d\d) (?P<z>GMT|UTC|[+-]\d{4})"
    r"|(?P<mon2>[A-Z][a-z]{2}) (?P<d2>\d{1,2}) (?P<t2>\d\d:\d\d:\d\d) CST (?P<y2>20\d\d))"
)
# 03-29 10:00, 3月29日 10:00
_SHORT_TIME: Final = re.compile(
    r"(?<![\d年/.-])(\d{1,2})[-/月](\d{1,2})日?\s{0,3}(\d{1,2}[:：]\d\d(?:[:：]\d\d)?)"
)
_EPOCH: Final = re.compile(r"1[0-9]{9}(?:\d{3})?")  # 1680055209, 1680055209000
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HAN: Final = {c: i % 10 for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○Ｏ０0O", 0)
_OLDEST: Final = 1990
#: Characters of a line whose times are remembered.
_LINE: Final = 200
_REPUBLIC_BEGAN: Final = 1911
# 10:05 2023-03-29: a clock that stands before its day
_EARLY_CLOCK: Final = re.compile(
    r"(?<![\d:：.-])([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：]([0-5]\d))?[\s,，|]{1,3}$"
)
# March 29, 2023 10:05 · Mar. 29 2023 · 29 Mar 2023, 10:05:09
_NAMED_MONTH: Final = re.compile(
    r"(?:(?P<mon>[A-Z][a-z]{2})[a-z]{0,6}\.?\s(?P<d>[0-3]?\d)(?:st|nd|rd|th)?,?\s(?P<y>(?:19|20)\d\d)"
    r"|(?<!\d)(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?[\s-](?P<mon2>[A-Z][a-z]{2})[a-z]{0,6}\.?,?[\s-](?P<y2>(?:19|20)\d\d))(?!\d)"
    + _CLOCK
)
_LETTER: Final = re.compile(r"[A-Z][a-z]{2}")
_WIDE: Final = re.compile("[０-９]")
_NARROW: Final = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("："): ":"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A time found in a text: text[start:end] says it."""

    value: str
    precision: Precision
    start: int
    end: int

    @property
    def day(self) -> str:
        """The day alone, `YYYY-MM-DD`."""
        return self.value[:10]


def find_moments(text: str) -> list[Moment]:
    """Return every absolute time in `text`, in order."""
    # The fields of an article are looked for in the same few lines.
    return list(_remembered(text)) if len(text) <= _LINE else _moments(text)


def _moments(text: str) -> list[Moment]:
    if not text.isascii() and _WIDE.search(text) is not None:
        text = text.translate(_NARROW)
    found = [moment for match in _TIME.finditer(text) if (moment := _read(match, _day(match))) is not None]
    if len(found) == 1 and found[0].precision == "day" and found[0].start:
        found = [_with_early_clock(text, found[0])]
    if not found and _LETTER.search(text) is not None:
        found = [
            moment
            for match in _NAMED_MONTH.finditer(text)
            if (moment := _read(match, _named_day(match))) is not None
        ]
    return found


_remembered = lru_cache(maxsize=256)(_moments)


def _with_early_clock(text: str, moment: Moment) -> Moment:
    """Return the moment with the clock that stands before its day: "10:05 2023-03-29"."""
    match = _EARLY_CLOCK.search(text[: moment.start])
    if match is None:
        return moment
    clock = f"{int(match[1]):02}:{match[2]}" + (f":{match[3]}" if match[3] else "")
    precision: Precision = "second" if match[3] else "minute"
    return Moment(f"{moment.value}T{clock}+08:00", precision, match.start(), moment.end)


def _named_day(match: re.Match[str]) -> date | None:
    month = match["mon"] or match["mon2"]
    if month not in _MONTHS:
        return None
    try:
        return date(int(match["y"] or match["y2"]), _MONTHS.index(month) + 1, int(match["d"] or match["d2"]))
    except ValueError:
        return None


def find_short(text: str) -> re.Match[str] | None:
    """Return the first day and time without a year: groups month, day, time."""
    return _SHORT_TIME.search(text)


def find_relative(text: str, now: datetime) -> Moment | None:
    """Return the time that `text` tells relative to `now` ("3小时前"), if any."""
    match = _RELATIVE.search(text)
    if match is None:
        return None
    local = now.astimezone(CHINA)
    if match["now"]:
        return Moment(_minute(local), "relative", *match.span())
    if match["n"]:
        amount = int(match["n"])
        if match["unit"] == "天":
            return Moment((local - timedelta(days=amount)).date().isoformat(), "relative", *match.span())
        unit = {"秒": "seconds", "分": "minutes"}.get(match["unit"][0], "hours")
        return Moment(_minute(local - timedelta(**{unit: amount})), "relative", *match.span())
    day = local - timedelta(days=("今天", "昨天", "前天").index(match["word"]))
    if match["h"]:
        day = day.replace(hour=int(match["h"]), minute=int(match["min"]))
        return Moment(_minute(day), "relative", *match.span())
    return Moment(day.date().isoformat(), "relative", *match.span())


def read_stamp(text: str) -> Moment | None:
    """Read a time from metadata: any of the printed formats, RFC 822 or seconds since 1970."""
    text = text.strip()
    if match := _ENGLISH.search(text):
        return _english(match)
    if found := find_moments(text):
        return found[0]
    if _EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(text[:10]), CHINA)
        return Moment(moment.isoformat(timespec="seconds"), "second", 0, len(text))
    return None


def _minute(moment: datetime) -> str:
    return moment.replace(second=0, microsecond=0).isoformat(timespec="minutes")


def _english(match: re.Match[str]) -> Moment | None:
    month, day, clock, year = (
        match[a] or match[b] for a, b in (("mon", "mon2"), ("d", "d2"), ("t", "t2"), ("y", "y2"))
    )
    if month not in _MONTHS:
        return None
    try:
        moment = datetime.fromisoformat(f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}T{clock}")
    except ValueError:
        return None
    named: dict[str | None, tzinfo] = {None: CHINA, "GMT": UTC, "UTC": UTC}
    zone = named.get(match["z"]) or datetime.strptime(match["z"], "%z").tzinfo
    return Moment(
        moment.replace(tzinfo=zone).astimezone(CHINA).isoformat(timespec="seconds"), "second", *match.span()
    )


def _read(match: re.Match[str], day: date | None) -> Moment | None:
    if day is None or day.year < _OLDEST:
        return None
    if not match["h"]:
        return Moment(day.isoformat(), "day", match.start(), match.end())
    hour = _hour(match)
    if hour > 23:
        return Moment(day.isoformat(), "day", match.start(), match.end())
    moment = datetime(
        day.year, day.month, day.day, hour, int(match["min"]), int(match["s"] or 0), tzinfo=CHINA
    )
    if match["zone"]:
        zone = match["zone"].strip().removeprefix("GMT").removeprefix("UTC")
        offset = UTC if zone == "Z" else datetime.strptime(zone, "%z").tzinfo
        moment = moment.replace(tzinfo=offset).astimezone(CHINA)
    precision: Precision = "second" if match["s"] else "minute"
    return Moment(moment.isoformat(timespec=f"{precision}s"), precision, match.start(), match.end())


def _day(match: re.Match[str]) -> date | None:
    if match["hy"]:
        year = int("".join(str(_HAN[c]) for c in match["hy"]))
        parts = (year, _han_number(match["hm"]), _han_number(match["hd"]))
    else:
        for prefix in ("", "s", "l", "e", "r", "t", "u"):
            if match[f"{prefix}y"]:
                parts = tuple(int(match[prefix + unit]) for unit in "ymd")  # type: ignore[assignment]
                if prefix in {"t", "u"}:
                    parts = (2000 + parts[0], *parts[1:])
                if prefix == "r":
                    parts = (_REPUBLIC_BEGAN + parts[0], *parts[1:])
                break
    try:
        return date(*parts)
    except ValueError:
        return None


def _hour(match: re.Match[str]) -> int:
    hour, half = int(match["h"]), (match["half"] or match["ampm"] or "").replace(".", "").upper()
    if half in {"下午", "晚上", "晚", "PM"} and hour < 12:
        return hour + 12
    if half in {"凌晨", "AM"} and hour == 12:
        return 0
    return hour


def _han_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN[text]
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)
