"""What tells a link to an article from one to a channel, an advertisement or a service page.

Each distinct URL of a page becomes a candidate with a few features between 0 and 1: its own (shape of the
URL, length of the anchor text, a date beside it) and those of its kin (the links whose URLs have the same
shape: articles of one site look alike, and there are many of them).
"""

import math
import re
from collections import defaultdict
from functools import lru_cache
from typing import Final, NamedTuple

from newsspider.discover.dates import has_day, url_date
from newsspider.page.document import Page
from newsspider.page.outline import Box, Outline
from newsspider.page.outline import Link as Anchor
from newsspider.page.urls import absolute

#: Distinct links of one page that are looked at; the largest front pages have 1,500.
MAX_LINKS: Final = 5_000

_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
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
_PUNCTUATION: Final = re.compile(r"[，。：；！？、“”《》:!?…—()（）|｜\s]")
# Links that every site has and that are no news
_SERVICE: Final = re.compile(
    r"ICP|公网安备|备案|许可证|举报|版权|网站地图|免责|隐私|联系我们|关于我们|诚聘|广告服务|法律声明|友情链接|下载|客户端|登录|注册|上一|下一"
)
_TEMPLATE_WORD: Final = re.compile(
    r"nav|menu|foot|copyright|friend|crumb|login|search|logo|topbar|page", re.IGNORECASE
)
# c99f8ebd, ARTIdzpeXG1Ap2OAfA9PFM0A: a hash, where letters and digits are mixed
_RUN: Final = re.compile(r"[\da-z]{8,}", re.IGNORECASE)

_NEIGHBOURS: Final = 5
_SHORT_BLOCK: Final = 30
_ROW: Final = 160
#: Characters of a channel's name, of headlines.
_NAME: Final = 4
_HEADLINE: Final = 8
_LONG_HEADLINE: Final = 12
_LONGEST_HEADLINE: Final = 20
#: Digits of a long number, of one of middle length, of one that is none.
_LONG: Final = 8
_MIDDLE: Final = 6
_SHORT: Final = 4


class Candidate:
    """A distinct URL of a page: its anchors, the longest of their texts, its features."""

    __slots__ = ("anchors", "features", "kin", "path", "size", "title", "url")

    def __init__(self, url: str) -> None:
        self.url = url
        self.title = ""
        self.size = 0
        self.anchors: list[Anchor] = []
        self.path: PathFeatures
        self.kin: tuple[object, ...] = ()
        self.features: dict[str, float] = {}


class PathFeatures:
    """What the URL alone says; `kin` is its shape: equal for articles of one channel and template."""

    __slots__ = ("features", "folder", "host", "kin")

    def __init__(self, url: str) -> None:
        host, _, rest = url.partition("://")[2].partition("/")
        path, _, query = rest.partition("?")
        folder, _, last = path.rpartition("/")
        if not last and folder.rpartition("/")[2].isdecimal():
            folder, _, last = folder.rpartition("/")  # /news/1123/ is /news/1123
        around = _folder(host.lower(), folder)
        match = _FILE_NAME.fullmatch(last)
        name, extension = (match.group(1), match.group(2)) if match else (last, None)
        longest = max(map(len, _DIGITS.findall(name)), default=0)
        words = _WORD.findall(name)
        in_query = max(map(len, _DIGITS.findall(query)), default=0) if query else 0
        mixed = longest < _LONG and _has_hash(name)
        dated = around.dated or ((around.year or "20" in name) and url_date(url) is not None)
        self.host = around.host
        self.folder = around.shape
        shape = "#" if mixed else _DIGITS.sub("0", name) if longest else "-" if name else ""
        self.kin = (around.host, around.depth, extension, shape, _DIGITS.sub("0", query))
        self.features = {
            "url_date": float(dated),
            "number_8": float(longest >= _LONG),
            "number_6": float(_MIDDLE <= longest < _LONG),
            "number_1": float(0 < longest < _SHORT),
            "hash": float(mixed),
            "query_number": float(in_query >= _SHORT - 1),
            "index": float(not in_query and (not last or _INDEX_NAME.fullmatch(name) is not None)),
            "article_word": float(around.article or any(map(_ARTICLE_WORD.fullmatch, words))),
            "list_name": float(any(map(_LIST_WORD.fullmatch, words))),
            "media_word": float(around.media or any(map(_MEDIA_WORD.fullmatch, words))),
            "list_host": float(around.list_host),
        }


def _has_hash(name: str) -> bool:
    return any(not run.isalpha() and not run.isdecimal() for run in _RUN.findall(name))


class _Folder(NamedTuple):
    """What the host and the folders of a URL say, the same for all links below them."""

    host: str
    shape: str
    depth: int
    year: bool
    dated: bool
    article: bool
    media: bool
    list_host: bool


@lru_cache(maxsize=4096)
def _folder(host: str, folder: str) -> _Folder:
    words = _WORD.findall(folder)
    first = host.partition(".")[0]
    return _Folder(
        host=host,
        shape=f"{host}/{_DIGITS.sub('0', folder)}",
        depth=folder.count("/"),
        year="20" in folder or "199" in folder,
        dated=url_date(f"http://{host}/{folder}/") is not None,
        article=any(map(_ARTICLE_WORD.fullmatch, words)),
        media=any(map(_MEDIA_WORD.fullmatch, (*words, first))),
        list_host=_LIST_WORD.fullmatch(first) is not None,
    )


def candidates(page: Page) -> list[Candidate]:
    """Return the distinct URLs of `page` with their features, in document order."""
    base, outline = page.base_url, page.outline
    by_url: dict[str, Candidate] = {}
    addresses: dict[str, str | None] = {}
    for anchor in outline.links:
        href = anchor.href
        if href not in addresses:
            addresses[href] = absolute(base, href)
        address = addresses[href]
        if address is None:
            continue
        found = by_url.get(address)
        if found is None:
            if len(by_url) >= MAX_LINKS:
                break
            found = by_url[address] = Candidate(address)
        found.anchors.append(anchor)
        if len(anchor.text) > len(found.title):
            found.title = anchor.text
    result = list(by_url.values())
    for candidate in result:
        candidate.path = PathFeatures(candidate.url)
        candidate.kin = candidate.path.kin
        chinese = len(_CHINESE.findall(candidate.title[:80]))
        candidate.size = chinese or len(candidate.title) // 3
    _own_features(result, outline)
    _kin_features(result)
    _place_features(result)
    return result


def _own_features(found: list[Candidate], outline: Outline) -> None:
    rows = _Rows(outline)
    for candidate in found:
        size, title = candidate.size, candidate.title
        candidate.features = {
            **candidate.path.features,
            "no_text": float(not size),
            "text_1": float(0 < size <= _NAME),
            "text_13": float(_LONG_HEADLINE < size <= _LONGEST_HEADLINE),
            "text_21": float(size > _LONGEST_HEADLINE),
            "punctuation": float(size > _NAME + 1 and _PUNCTUATION.search(title) is not None),
            "service": float(size > 0 and _SERVICE.search(title) is not None),
            "day_beside": float(any(rows.has_day(anchor) for anchor in candidate.anchors[:3])),
        }


def _kin_features(found: list[Candidate]) -> None:
    groups: dict[object, list[Candidate]] = defaultdict(list)
    folders: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in found:
        groups[candidate.kin].append(candidate)
        folders[candidate.path.folder].append(candidate)
    for group in groups.values():
        count = len(group)
        shared = {
            "kin": min(math.log(count) / 5, 1.0),
            "kin_share": count / len(found),
            "kin_names": sum(0 < one.size <= _NAME for one in group) / count,
            "kin_phrases": sum(one.size > _NAME + 1 for one in group) / count,
            "kin_headlines": sum(one.size >= _HEADLINE for one in group) / count,
            "kin_days": sum(one.features["day_beside"] for one in group) / count,
        }
        for candidate in group:
            candidate.features.update(shared)
    for group in folders.values():
        headlines = sum(one.size >= _HEADLINE for one in group) / len(group)
        for candidate in group:
            candidate.features["folder_headlines"] = headlines


def _place_features(found: list[Candidate]) -> None:
    """Where the link stands: among headlines or among names, among its kin, in a menu."""
    owner = {anchor.index: candidate for candidate in found for anchor in candidate.anchors}
    indices = sorted(owner)
    order = [owner[index] for index in indices]
    place = {index: number for number, index in enumerate(indices)}
    templates: dict[int, bool] = {}
    for candidate in found:
        anchors = candidate.anchors
        anchor = anchors[0] if len(anchors) == 1 else max(anchors, key=lambda one: len(one.text))
        at = place[anchor.index]
        first, last = max(0, at - _NEIGHBOURS), min(len(order), at + _NEIGHBOURS + 1)
        kin, others = candidate.kin, last - first - 1 or 1
        features = candidate.features
        features["near_kin"] = ([one.kin for one in order[first:last]].count(kin) - 1) / others
        features["menu"] = float(_in_menu(anchor, templates))


def _in_menu(anchor: Anchor, known: dict[int, bool]) -> bool:
    """Whether one of the three boxes around it is named like a menu or a footer."""
    box: Box | None = anchor.box
    for _ in range(3):
        if box is None:
            return False
        named = known.get(box.index)
        if named is None:
            named = known[box.index] = _TEMPLATE_WORD.search(box.hint) is not None
        if named:
            return True
        box = box.parent
    return False


class _Rows:
    """The dates printed beside links."""

    def __init__(self, outline: Outline) -> None:
        self._blocks = outline.blocks
        self._days: dict[int, bool] = {}

    def has_day(self, anchor: Anchor) -> bool:
        """Whether the row of a link prints a day: its block, the next one, or a short one before it."""
        blocks = self._blocks
        for index in range(anchor.first, min(anchor.last + 2, len(blocks))):
            block = blocks[index]
            if block.size < _ROW and self._day(index) and not has_day(anchor.text):
                return True
        before = anchor.first - 1
        return (
            before >= 0
            and blocks[before].size <= _SHORT_BLOCK
            and not blocks[before].links
            and self._day(before)
        )

    def _day(self, index: int) -> bool:
        found = self._days.get(index)
        if found is None:
            found = self._days[index] = has_day(self._blocks[index].text)
        return found
