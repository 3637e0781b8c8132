"""What tells a link to an article from one to a channel, an advertisement or a service page.

Each distinct URL of a page becomes a candidate with a few features between 0 and 1: its own (shape of the
URL, length of the anchor text, a date beside it) and those of its kin (the links whose URLs have the same
shape: articles of one site look alike, and there are many of them).
"""

import math
import re
from collections import defaultdict
from typing import Final

from newsspider.discover.dates import has_day, url_date
from newsspider.page.document import Page
from newsspider.page.outline import Link as Anchor
from newsspider.page.outline import Outline
from newsspider.page.urls import absolute

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
# c99f8ebd, ARTIdzpeXG1Ap2OAfA9PFM0A: letters and digits mixed
_HASH: Final = re.compile(r"(?=[a-z_]*\d)(?=[\d_]*[a-z])[\da-z]{8,}", re.IGNORECASE)

_NEIGHBOURS: Final = 5
_SHORT_BLOCK: Final = 30
_ROW: Final = 160
_HEADLINE: Final = 8


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
        match = _FILE_NAME.fullmatch(last)
        name, extension = (match.group(1), match.group(2)) if match else (last, None)
        numbers = _DIGITS.findall(name)
        longest = max(map(len, numbers), default=0)
        words = _WORD.findall(folder)
        last_words = _WORD.findall(name)
        self.host = host.lower()
        self.folder = f"{self.host}/{_DIGITS.sub('0', folder)}"
        self.kin = (self.host, folder.count("/"), extension, _shape(name, longest), bool(query))
        self.features = {
            "url_date": float(url_date(url) is not None),
            "number_8": float(longest >= 8),
            "number_6": float(6 <= longest < 8),
            "number_1": float(0 < longest < 4),
            "hash": float(longest < 8 and _HASH.search(name) is not None),
            "query": float(bool(query)),
            "index": float(not last or _INDEX_NAME.fullmatch(name) is not None),
            "article_word": float(any(map(_ARTICLE_WORD.fullmatch, words + last_words))),
            "list_name": float(any(map(_LIST_WORD.fullmatch, last_words))),
            "media_word": float(
                any(map(_MEDIA_WORD.fullmatch, (*words, *last_words, host.partition(".")[0])))
            ),
            "list_host": float(_LIST_WORD.fullmatch(host.partition(".")[0]) is not None),
        }


def _shape(name: str, longest: int) -> str:
    """`content_1234` and `content_5678` have one shape; so have two hashes."""
    if longest < 8 and _HASH.search(name):
        return "#"
    return _DIGITS.sub("0", name) if longest else ("-" if name else "")


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
            "text_1": float(0 < size <= 4),
            "text_9": float(8 < size <= 12),
            "text_13": float(12 < size <= 20),
            "text_21": float(size > 20),
            "punctuation": float(size >= 6 and _PUNCTUATION.search(title) is not None),
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
    order = [owner[index] for index in sorted(owner)]
    place = {anchor_index: number for number, anchor_index in enumerate(sorted(owner))}
    templates: dict[int, bool] = {}
    for candidate in found:
        anchor = max(candidate.anchors, key=lambda one: len(one.text))
        at = place[anchor.index]
        near = [one for one in order[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1] if one is not candidate]
        total = len(near) or 1
        candidate.features.update(
            near_headlines=sum(one.size >= _HEADLINE for one in near) / total,
            near_kin=sum(one.kin == candidate.kin for one in near) / total,
            menu=float(_in_menu(anchor, templates)),
        )


def _in_menu(anchor: Anchor, known: dict[int, bool]) -> bool:
    """Whether one of the three boxes around it is named like a menu or a footer."""
    box = anchor.box
    found = known.get(box.index)
    if found is None:
        around = [box, box.parent, box.parent.parent if box.parent else None]
        found = known[box.index] = any(one is not None and _TEMPLATE_WORD.search(one.hint) for one in around)
    return found


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
