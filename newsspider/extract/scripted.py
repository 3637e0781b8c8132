"""What the page's scripts say of the article, asked where nothing is printed."""

import json
import re
from typing import Final

from newsspider.extract.fields import is_blank
from newsspider.page.dates import Moment, read_stamp
from newsspider.page.document import Page
from newsspider.page.text import clean

# "pubtime": "2023-03-29 10:00:09", publishTime:"…", pub_date = '…'; no "updateTime", no "createTime"
_TIME: Final = re.compile(
    r"(?<![a-z])(?:news|article|doc|content)?_?(?:pub(?:lish)?(?:ed)?_?(?:time|date)|ptime|rel(?:ease)?_?(?:time|date))"
    r"\\?[\"']?\s{0,3}[:=]\s{0,3}\\?[\"']?([\dT:./\s+-]{10,32})",
    re.IGNORECASE,
)
# "media": "清河日报", sourceName:"…", copyFrom = '…'
_SOURCE: Final = re.compile(
    r"(?<![a-z])(?:news|article|doc|content)?_?(?:media|source|copyfrom|copy_from)(?:_?name)?"
    r"\\?[\"']?\s{0,3}[:=]\s{0,3}\\?[\"']([^\"'\\<>]{2,30}|(?:\\u[0-9a-f]{4}){2,20})\\?[\"']",
    re.IGNORECASE,
)
# <!--enpproperty …<sourcename>清河日报</sourcename>
_COMMENT: Final = "<sourcename>"
_NAME: Final = 60
#: Characters before and after the headline that may belong to its object, and headlines that are looked at.
_AROUND: Final = 800
_MOST: Final = 6


def scripted_time(page: Page, title: str) -> Moment | None:
    """Return the time that a script gives beside the headline; a day alone may be the template's."""
    for window in _windows(page.text, title):
        for match in _TIME.finditer(window):
            moment = read_stamp(match[1])
            if moment is not None and moment.precision != "day":
                return moment
    return None


def scripted_source(page: Page, title: str) -> str | None:
    """Return the medium that a script names beside the headline, or a content management system's comment."""
    at = page.text.find(_COMMENT)
    if at >= 0 and len(name := clean(page.text[at + len(_COMMENT) : at + _NAME].partition("<")[0])) > 1:
        return name
    for window in _windows(page.text, title):
        for match in _SOURCE.finditer(window):
            name = clean(json.loads(f'"{match[1]}"') if match[1].startswith("\\u") else match[1])
            if name and not name.isascii() and not is_blank(name):
                return name
    return None


def _windows(text: str, title: str) -> list[str]:
    """Return the source text around each mention of the headline in a script, printed or escaped."""
    found: list[str] = []
    for printed in {title, json.dumps(title)[1:-1]}:
        at = text.find(printed)
        while at >= 0 and len(found) < _MOST:
            if text[max(0, at - 3) : at].rstrip()[-1:] in {'"', "'"}:
                found.append(_object(text, at))
            at = text.find(printed, at + len(printed))
    return found


def _object(text: str, at: int) -> str:
    """Return what surrounds `at`, up to the ends of the script."""
    before, after = text[max(0, at - _AROUND) : at], text[at : at + _AROUND]
    return before[before.rfind("<script") + 1 :] + after.partition("</script")[0]
