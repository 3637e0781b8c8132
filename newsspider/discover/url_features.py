"""What a URL alone says of the page behind it: an article, or a channel, a service, a picture.

Most links of a list share their folder and the shape of their name, so each is looked at once.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from newsspider.discover.dates import url_date

_DIGITS: Final = re.compile(r"\d+")
# content_1234.htm: name, extension
_FILE_NAME: Final = re.compile(
    r"(.*?)(\.(?:s?html?|jhtml|xhtml|php|aspx?|jsp|do))?", re.IGNORECASE | re.DOTALL
)
# index, list_3, node_12, default
_INDEX_NAME: Final = re.compile(
    r"(?:paper|news)?(?:index|list|default|node|more|main|home|col)[_-]?[\d_]*", re.IGNORECASE
)
# Words of a path: articles lie below some, channels and services below others
_ARTICLE_WORD: Final = re.compile(
    r"content|article|art|detail|doc-?|news(?:detail|show|info)?|info|system|show|view(?:news)?|story|read|post|archives?|item"
    r"|[acnpt]|html?",
    re.IGNORECASE,
)
_LIST_WORD: Final = re.compile(
    r"col(?:umn)?|channel|category|special|zt\w*|zhuanti|topics?|subject|search|login|reg(?:ister)?|about\w*|contact"
    r"|help|sitemap|rss|app|download|ads?|club|bbs|blog|weibo|passport|mail|user|member|tags?|corp|guide|service"
    r"|job|map|index|list|node|home",
    re.IGNORECASE,
)
_MEDIA_WORD: Final = re.compile(
    r"videos?|v|slides?|photo(?:s|view)?|pics?|live|tv|albums?|gallery|vod|audio|zhibo|tupian|shipin",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[a-z]+(?:-(?=[a-z]))?[a-z]*", re.IGNORECASE)
# c99f8ebd, ARTIdzpeXG1Ap2OAfA9PFM0A: a hash, where letters and digits are mixed
_RUN: Final = re.compile(r"[\da-z]{8,}", re.IGNORECASE)

#: Digits of a long number, of one of middle length, of one that is none.
_LONG: Final = 8
_MIDDLE: Final = 6
_SHORT: Final = 4

#: Every digit counts as the same one, so that names of one shape are one name.
_MASK: Final = str.maketrans("123456789", "000000000")


class UrlFeatures(NamedTuple):
    """The shape of a URL, equal for articles of one channel and template, and its features that are not 0."""

    kin: tuple[object, ...]
    folder: str
    values: dict[str, float]


class _Part(NamedTuple):
    """A folder or a file name: its shape, its features; whether it may hold, or holds, a day."""

    shape: tuple[object, ...]
    values: dict[str, float]
    year: bool = False
    dated: bool = False


def url_features(url: str) -> UrlFeatures:
    """Return the features of a URL; a relative one has an empty host."""
    _, absolute, rest = url.partition("://")
    host, _, rest = rest.partition("/") if absolute else ("", "", url.lstrip("./"))
    path, _, query = rest.partition("?")
    folder, _, last = path.rpartition("/")
    if not last and folder.rpartition("/")[2].isdecimal():
        folder, _, last = folder.rpartition("/")  # /news/1123/ is /news/1123
    around, own = _folder(host.lower(), folder), _name(last.translate(_MASK))
    values = around.values | own.values
    if around.dated or ((around.year or "20" in last) and url_date(url) is not None):
        values["url_date"] = 1.0
    if query and max(map(len, _DIGITS.findall(query)), default=0) >= _SHORT - 1:
        values["query_number"] = 1.0
        values.pop("index", None)
    elif query and _DIGITS.search(query):
        values.pop("index", None)
    shape = (around.shape, own.shape, _DIGITS.sub("0", query) if query else "")
    return UrlFeatures(shape, f"{host}/{folder.translate(_MASK)}", values)


@lru_cache(maxsize=4096)
def _folder(host: str, folder: str) -> _Part:
    words = _WORD.findall(folder)
    first = host.partition(".")[0]
    found = {
        "article_word": any(map(_ARTICLE_WORD.fullmatch, words)),
        "media_word": any(map(_MEDIA_WORD.fullmatch, (*words, first))),
        "list_host": _LIST_WORD.fullmatch(first) is not None,
    }
    return _Part(
        (host, folder.count("/")),
        _ones(found),
        year="20" in folder or "199" in folder,
        dated=url_date(f"http://{host}/{folder}/") is not None,
    )


@lru_cache(maxsize=4096)
def _name(last: str) -> _Part:
    match = _FILE_NAME.fullmatch(last)
    name, extension = (match.group(1), match.group(2)) if match else (last, None)
    longest = max(map(len, _DIGITS.findall(name)), default=0)
    words = _WORD.findall(name)
    mixed = longest < _LONG and any(not run.isalpha() and not run.isdecimal() for run in _RUN.findall(name))
    found = {
        "number_8": longest >= _LONG,
        "number_6": _MIDDLE <= longest < _LONG,
        "number_1": 0 < longest < _SHORT,
        "hash": mixed,
        "index": not last or _INDEX_NAME.fullmatch(name) is not None,
        "article_word": any(map(_ARTICLE_WORD.fullmatch, words)),
        "list_name": any(map(_LIST_WORD.fullmatch, words)),
        "media_word": any(map(_MEDIA_WORD.fullmatch, words)),
    }
    shape = "#" if mixed else _DIGITS.sub("0", name) if longest else "-" if name else ""
    return _Part((extension, shape), _ones(found))


def _ones(found: dict[str, bool]) -> dict[str, float]:
    return {name: 1.0 for name, yes in found.items() if yes}
