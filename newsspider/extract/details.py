"""The smaller fields: breadcrumb, tags, editors, pictures, language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile, zip_longest
from typing import Final

from newsspider.extract.header import NODE, marked
from newsspider.extract.lines import Line
from newsspider.extract.names import people
from newsspider.extract.title import fold
from newsspider.items import Image
from newsspider.page.document import Page
from newsspider.page.outline import Block, Box
from newsspider.page.text import any_of
from newsspider.page.urls import absolute

# 首页 > 新闻中心 > 社会新闻 > 正文 · 您当前的位置：某网 >> 某频道
_CRUMB: Final = re.compile(r"\s{0,3}(?:-{1,2}[>＞]|[>＞»›→〉》▸·]{1,2}|\s[/|]\s|\s-\s|\s_\s)\s{0,3}")
_PLACE: Final = re.compile(
    r"^.{0,4}(?:当前|所在|现在)?.{0,3}位置[^\u4e00-\u9fff]{0,4}|^您(?:现在|当前)?在[:：]?\s*"
)
_ARROW: Final = re.compile(r"[>＞»›→〉▸]")
# 首页 / 新闻 / 民生, 首页 - 新闻: few words behind the front page's
_FROM_HOME: Final = re.compile(r"^(?:网站)?(?:首页|主页)\s?(?:[/-]\s?[^/|-]{2,10}\s?){1,4}$")
_NO_CHANNEL: Final = re.compile(
    r"(?:.{0,6}首页|.{0,2}主页|.{0,4}正文|.{0,4}内容(?:阅读|页)?|(?:浏览|查看|阅读)(?:文章|新闻|信息|内容)?|.{0,4}详(?:细|情)(?:内容|页)?|文章|home|.{0,6}>)",
    re.IGNORECASE,
)
# 责任编辑：王聪 · 【编辑：姚昊】 · 【编辑】姚昊 · 编辑 刘晓阳 · 编 辑：…
_EDITOR: Final = re.compile(
    r"(?:责\s{0,2}任\s{0,2}编\s{0,2}辑|责\s{0,2}编|編輯|编\s{0,4}辑|选稿)[】\]]?[\s\x1f]{0,3}[:：丨|｜︱/／]?[\s\x1f]{0,3}"
)
# What ends an editor's name: the next field, a bracket, a number
_EDITOR_END: Final = re.compile(r"[\x1f\]】)）丨|｜︱_\d]")
_EDITOR_LONGEST: Final = 20
_EDITOR_WORDS: Final = any_of("编", "編", "选稿")
_TAGS: Final = re.compile(
    r"^.{0,4}(?:标\s{0,2}签|关\s{0,2}键\s{0,2}[词字]|Tags?)\s{0,2}[:：]?", re.IGNORECASE
)
_SOURCES: Final = ("data-src", "data-original", "data-lazy-src", "data-url", "src")
_NO_PICTURE: Final = re.compile(r"\.gif(?:$|\?)|logo|icon|qrcode|erweima|blank|spacer|loading", re.IGNORECASE)
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]+")
_SMALL: Final = 60
_HOME: Final = re.compile(r"(?:网站|本站)?(?:首\s?页|主页)")
_CRUMB_EDGES: Final = " :：>"
#: Characters of a part of the breadcrumb, of 您现在所在的位置：, and parts that stand in boxes of their own.
_NAMED: Final = 20
_CELL: Final = 12
#: Characters of a tag in a box of its own.
_TAG: Final = 10
_MOST_CELLS: Final = 8
#: Characters of a line that names editors, and of a line that is nothing but a name.
_CREDIT: Final = 120
_NAME: Final = 8
_MAX_IMAGES: Final = 100


def find_channel(above: Sequence[Block], title: str) -> tuple[str, ...]:
    """Return the breadcrumb without 首页 and 正文; `above`: the lines before the headline, nearest first."""
    folded = fold(title)
    for at, block in enumerate(above):
        kept = [
            part
            for part in _crumbs(block) or _crumbs_in_cells(above[at::-1])
            if part
            and not _NO_CHANNEL.fullmatch(part)
            and len(part) <= _NAMED
            and not _is_title(fold(part), folded)
        ]
        if kept:
            return tuple(kept)
    return ()


def _crumbs(block: Block) -> list[str]:
    """Return the parts of a breadcrumb that stands in one block."""
    text = block.text
    if len(text) > _CREDIT or not block.link_size:
        return []
    placed = _PLACE.match(text)
    if not placed and not _ARROW.search(text) and not _FROM_HOME.match(text):
        return []
    parts = [part.strip(_CRUMB_EDGES) for part in _CRUMB.split(_PLACE.sub("", text, count=1))]
    if placed and len(parts) == 1:  # no mark but a picture between the names
        parts = [part.strip(_CRUMB_EDGES) for part in marked(block).split(NODE)[1:]]
    return parts


def _crumbs_in_cells(lines: Sequence[Block]) -> list[str]:
    """Return the parts of a breadcrumb whose parts are blocks of their own: <li>首页</li><li>&gt; 新闻</li>.

    It begins at the first of the lines with 首页 or 当前位置; menus begin with 首页 as well, but have no
    arrows and do not end with 正文.
    """
    text = lines[0].text
    placed = len(text) <= _CELL and (match := _PLACE.match(text)) is not None and match.end() == len(text)
    if not placed and not _HOME.fullmatch(text):
        return []
    parts: list[str] = []
    for block in lines[1 : _MOST_CELLS + 1]:
        if block.size > _NAMED or block.level or block.box.parent is None:
            break
        if block.box.parent not in {lines[0].box.parent, lines[0].box}:
            break
        parts.append(block.text)
    arrows = any(_ARROW.match(part) for part in parts)
    if placed or arrows or (parts and _NO_CHANNEL.fullmatch(parts[-1])):
        return [part.strip(_CRUMB_EDGES + ">＞»›→〉▸/") for part in parts]
    return []


def _is_title(text: str, title: str) -> bool:
    return len(text) >= 6 and (text in title or title in text)


def find_editors(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the editors named around the text."""
    names: list[str] = []
    for at, block in enumerate(blocks):
        if block.size > _CREDIT or _EDITOR_WORDS.search(block.text) is None:
            continue
        text = marked(block)
        labels = list(_EDITOR.finditer(text))
        for label, following in zip_longest(labels, labels[1:]):
            value = text[label.end() : following.start() if following else len(text)][:_EDITOR_LONGEST]
            if not value and at + 1 < len(blocks) and blocks[at + 1].index == block.index + 1:
                value = blocks[at + 1].text if blocks[at + 1].size <= _NAME else ""  # a cell of its own
            names += people(_EDITOR_END.split(value)[0])
    return tuple(dict.fromkeys(names))


def find_tags(page: Page, tail: Iterable[Block]) -> tuple[str, ...]:
    """Return the tags printed below the text."""
    blocks, links = page.outline.blocks, page.outline.links
    for block in tail:
        match = _TAGS.match(block.text) if block.size <= 160 else None
        if match is None:
            continue
        near = [block]
        if match.end() == block.size:
            box = block.box.parent or block.box
            near += takewhile(_is_tag, blocks[block.index + 1 : min(block.index + 9, box.last)])
        found = [links[i].text for b in near for i in b.links if 2 <= len(links[i].text) <= 16]
        if not found and match.end() < block.size:
            found = re.split(r"[\s,，;；、|\x1f]+", block.text[match.end() :].strip())
        return tuple(dict.fromkeys(word for word in found if 1 < len(word) <= 16))
    return ()


def _is_tag(block: Block) -> bool:
    """Return whether a line may be a tag: few words, all of them links."""
    return not block.level and 0 < block.size <= block.link_size + 2 and block.size <= _TAG * len(block.links)


def find_images(page: Page, box: Box, first: int, last: int, kinds: Mapping[int, Line]) -> tuple[Image, ...]:
    """Return the pictures between the paragraphs with the captions printed below them."""
    blocks = page.outline.blocks
    found: dict[str, Image] = {}
    for picture in page.outline.pictures:
        if not (first - 3 <= picture.next <= last + 2 and box.first <= picture.next <= box.last):
            continue
        if not _lies_in(picture.box, box):
            continue
        source = next((value for name in _SOURCES if (value := picture.el.get(name))), "").strip()
        if (
            not source
            or source.startswith("data:")
            or _NO_PICTURE.search(source[-120:])
            or _is_small(picture.el.get("width"))
        ):
            continue
        url = absolute(page.base_url, source) if page.base_url else source
        if url is None:
            continue
        at = picture.next
        caption = blocks[at].text if at < len(blocks) and kinds.get(at) is Line.CAPTION else None
        found.setdefault(url, Image(url=url, caption=caption))
    return tuple(found.values())[:_MAX_IMAGES]


def _lies_in(inner: Box, outer: Box) -> bool:
    return outer.index <= inner.index < outer.end


def _is_small(width: str | None) -> bool:
    digits = (width or "").removesuffix("px").strip()
    return digits.isdecimal() and int(digits) < _SMALL


def find_lang(page: Page, text: str) -> str | None:
    """Return the language that the page declares, or `zh` where the text is Chinese."""
    declared = (page.root.get("lang") or "").strip()
    if re.fullmatch(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*", declared) and declared.lower().startswith("zh"):
        return declared
    sample = text[:120]
    chinese = sum(map(len, _CHINESE.findall(sample)))
    if chinese * 4 > len(sample):
        return "zh"
    return declared or None
