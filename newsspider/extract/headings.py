"""The printed heading of a list of links: 相关新闻, 推荐阅读, 热点排行."""

import re
from collections.abc import Container
from typing import Final

from newsspider.page.outline import Block, Box, Outline
from newsspider.page.text import any_of, remembered

#: Blocks above a list, and boxes around it, where its heading is looked for.
_FAR: Final = 30
_LEVELS: Final = 5
_NEAR: Final = 2
#: Characters of a heading, of a paragraph.
_HEADING: Final = 20
_PARAGRAPH: Final = 60
_HEADING_EDGES: Final = " 　:：>》»【】[]<《|｜·■●▍▶▼◆☆★-—_/\\"
_MORE: Final = re.compile(
    r"\s{0,3}(?:[\[【(（]?更多[^\s]{0,8}[\]】)）]?|more|MORE|More|换一换|查看(?:更多|全部)|进入\S{2,6}频道)[\s>》»+.…]{0,6}$"
)
_MORE_WORDS: Final = any_of("更多", "ore", "ORE", "换一换", "查看", "进入")
_HEADING_HINT: Final = re.compile(r"tit|head|\bhd\b|_hd|hd_|\bbt\b|caption|label|\btt\b|name|h2|bar\b")
_is_named_heading: Final = remembered(_HEADING_HINT)
# What is no heading although it stands above a list: 2019-09-09 15:05, 责任编辑：…, 分享到
_NO_HEADING: Final = re.compile(
    r"QQ|易信|空间|开心网|人人网|豆瓣|复制|没有了|\d{2}[-:：]\d{2}|责任|编辑|编审|分享|评论|登录|注册|密码|昵称|用\s?户|手\s?机|字号|搜索|显示|T\s?\+|微博|微信|阅读全部|不感兴趣|参与|关键字|关键词|标签|打印|收藏|^第\s?\d|下一|上一|二维码|网友|留\s?言|点击注册|我来说|电子报|[，。！？,!?…]"
)
#: Characters from which a linked heading is another list's headline.
_ITEM: Final = 12


def find_heading(box: Box, first: int, outline: Outline, items: Container[int]) -> str | None:
    """Return the words printed above a list, at most a few boxes up and never another list's headline.

    `box` holds the list, `first` is its first block, `items` are the blocks of all lists' links.
    """
    blocks = outline.blocks
    crossed = False
    for index in range(first - 1, max(-1, first - _FAR), -1):
        block = blocks[index]
        if block.size > _HEADING + 8:
            if block.size > _PARAGRAPH and not block.links:
                return None
            crossed = crossed or index in items
            continue
        if index in items and (not block.level or block.size > _ITEM):
            crossed = True
            continue
        levels = _levels(box, index)
        if levels > _LEVELS:
            return None
        is_heading = (not crossed and levels <= _NEAR) or _is_strong(block)
        if is_heading and (text := _heading_text(block.text)) is not None:
            return text
    return None


def _is_strong(block: Block) -> bool:
    """Return whether typography or the template's names say that the block is a heading."""
    box = block.box
    if block.level or block.strong_size * 2 > block.size or box.tag in {"dt", "th", "caption"}:
        return True
    return _is_named_heading(box.hint) or (box.parent is not None and _is_named_heading(box.parent.hint))


def _levels(box: Box, index: int) -> int:
    """Return how many boxes up from `box` the block at `index` is found."""
    levels = 0
    at: Box | None = box
    while at is not None and not at.first <= index < at.last:
        at, levels = at.parent, levels + 1
    return 99 if at is None or (at.tag in {"body", "html"} and levels > 1) else levels


def _heading_text(text: str) -> str | None:
    if len(text) < 2 or text.isascii() or _NO_HEADING.search(text):
        return None
    if _MORE_WORDS.search(text):
        text = _MORE.sub("", text)
    text = text.strip(_HEADING_EDGES)
    return text if 2 <= len(text) <= _HEADING else None
