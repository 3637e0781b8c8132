"""Times in no format that we know: dateparser reads them, where a label says what they are."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, Final

from newsspider.items import Precision
from newsspider.page.outline import Block

# 发布时间：20/Nov/2026 10:05, 发布日期: 2026.Nov.20
_LABELLED: Final = re.compile(r"(?:发布|发表|刊发|发稿|登载)?(?:时间|日期)\s?[:：]\s?(.{6,40})$")
_CLOCK: Final = re.compile(r"\d{1,2}[:：]\d{2}")  # 10:05
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")  # 2026
_BEIJING: Final = "+08:00"


def read_labelled(blocks: Iterable[Block]) -> tuple[str, Precision, Block] | None:
    """Return value, precision and line of the first labelled time that dateparser can read.

    Only an absolute time with a year, a month and a day of its own counts; the clock of the machine
    and words like "yesterday" never do.
    """
    for block in blocks:
        match = _LABELLED.search(block.text)
        if match is None or not _YEAR.search(match.group(1)):
            continue
        moment = _parse(match.group(1))
        if moment is not None:
            clock = _CLOCK.search(match.group(1)) is not None
            value = f"{moment:%Y-%m-%dT%H:%M}{_BEIJING}" if clock else f"{moment:%Y-%m-%d}"
            return value, "minute" if clock else "day", block
    return None


def _parse(text: str) -> datetime | None:
    moment: datetime | None = _parser().get_date_data(text).date_obj
    return moment


@cache
def _parser() -> Any:
    # Imported here: it takes longer to load than a thousand pages take to read.
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=["zh", "en"],
        settings={
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 (never used: all parts are required)
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
