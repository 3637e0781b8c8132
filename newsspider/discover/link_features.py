"""What tells a link to an article from one to a channel, an advertisement or a service page.

Each distinct URL of a page becomes a candidate with a few features between 0 and 1: its own (shape of the
URL, length of the anchor text, a date beside it) and those of its kin (the links whose URLs have the same
shape: articles of one site look alike, and there are many of them).
"""

import math
import re
from collections import defaultdict
from typing import Final

from newsspider.discover.dates import has_day
from newsspider.discover.url_features import url_features
from newsspider.page.document import Page
from newsspider.page.outline import Box, Outline
from newsspider.page.outline import Link as Anchor
from newsspider.page.urls import absolute

#: Distinct links of one page that are looked at; the largest front pages have 1,500.
MAX_LINKS: Final = 5_000

_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
_PUNCTUATION: Final = re.compile(r"[，。：；！？、“”《》:!?…—()（）|｜\s]")
# Links that every site has and that are no news
_SERVICE: Final = re.compile(
    r"ICP|公网安备|备案|许可证|举报|版权|网站地图|免责|隐私|联系我们|关于我们|诚聘|广告服务|法律声明|友情链接|下载|客户端|登录|注册|上一|下一"
)
_TEMPLATE_WORD: Final = re.compile(
    r"nav|menu|foot|copyright|friend|crumb|login|search|logo|topbar|page", re.IGNORECASE
)
_NEIGHBOURS: Final = 5
_SHORT_BLOCK: Final = 30
_ROW: Final = 160
#: Characters of a channel's name, of headlines.
_NAME: Final = 4
_HEADLINE: Final = 8
_LONG_HEADLINE: Final = 12
_LONGEST_HEADLINE: Final = 20


class Candidate:
    """A distinct URL of a page: its anchors, the longest of their texts, its features that are not 0.

    kin: the number of its URL's shape among those of the page.
    """

    __slots__ = ("anchors", "features", "folder", "kin", "size", "title", "url")

    def __init__(self, url: str) -> None:
        self.url = url
        self.title = ""
        self.size = 0
        self.anchors: list[Anchor] = []
        self.folder = ""
        self.kin = 0
        self.features: dict[str, float] = {}


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
    shapes: dict[tuple[object, ...], int] = {}
    for candidate in result:
        kin, candidate.folder, candidate.features = url_features(candidate.url)
        candidate.kin = shapes.setdefault(kin, len(shapes))
        chinese = len(_CHINESE.findall(candidate.title[:80]))
        candidate.size = chinese or len(candidate.title) // 3
    _own_features(result, outline)
    _kin_features(result)
    _place_features(result)
    return result


def _own_features(found: list[Candidate], outline: Outline) -> None:
    rows = _Rows(outline)
    for candidate in found:
        size, title, features = candidate.size, candidate.title, candidate.features
        if not size:
            features["no_text"] = 1.0
        elif size <= _NAME:
            features["text_1"] = 1.0
        elif size > _LONGEST_HEADLINE:
            features["text_21"] = 1.0
        elif size > _LONG_HEADLINE:
            features["text_13"] = 1.0
        if size > _NAME + 1 and _PUNCTUATION.search(title):
            features["punctuation"] = 1.0
        if size and _SERVICE.search(title):
            features["service"] = 1.0
        if any(rows.has_day(anchor) for anchor in candidate.anchors[:3]):
            features["day_beside"] = 1.0


def _kin_features(found: list[Candidate]) -> None:
    groups: dict[int, list[Candidate]] = defaultdict(list)
    folders: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in found:
        groups[candidate.kin].append(candidate)
        folders[candidate.folder].append(candidate)
    for group in groups.values():
        count = len(group)
        sizes = [one.size for one in group]
        shared = {
            "kin": min(math.log(count) / 5, 1.0),
            "kin_share": count / len(found),
            "kin_names": sum(0 < size <= _NAME for size in sizes) / count,
            "kin_phrases": sum(size > _NAME + 1 for size in sizes) / count,
            "kin_headlines": sum(size >= _HEADLINE for size in sizes) / count,
            "kin_days": sum("day_beside" in one.features for one in group) / count,
        }
        for candidate in group:
            candidate.features.update(shared)
    for group in folders.values():
        headlines = sum(one.size >= _HEADLINE for one in group) / len(group)
        for candidate in group:
            candidate.features["folder_headlines"] = headlines


def _place_features(found: list[Candidate]) -> None:
    """Where the link stands: among its kin, in a menu."""
    owner = {anchor.index: candidate.kin for candidate in found for anchor in candidate.anchors}
    indices = sorted(owner)
    order = [owner[index] for index in indices]
    place = {index: number for number, index in enumerate(indices)}
    templates: dict[int, bool] = {}
    for candidate in found:
        anchors = candidate.anchors
        anchor = anchors[0] if len(anchors) == 1 else max(anchors, key=lambda one: len(one.text))
        at = place[anchor.index]
        near = order[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
        candidate.features["near_kin"] = (near.count(candidate.kin) - 1) / (len(near) - 1 or 1)
        if _in_menu(anchor, templates):
            candidate.features["menu"] = 1.0


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
