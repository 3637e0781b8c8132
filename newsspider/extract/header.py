"""The lines around the text that say when, where and by whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newsspider.page import elements
from newsspider.page.outline import Block

#: Stands between two text nodes of a block, so that "来源：" and "某报" and "举报" stay apart.
NODE: Final = elements.NODE
# 来源：清河日报, where the medium is a link
_CREDIT: Final = re.compile(r"[\s\[【(（]{0,3}(?:本文|文章|信息|稿件)?(?:来源|來源|稿源|转自|摘自|原文)")
#: Characters of a linked headline.
_HEADLINE: Final = 9
#: Stands between two blocks.
LINE: Final = "\x1e"


@dataclass(frozen=True, slots=True)
class Zones:
    """The blocks by where they stand.

    header: between headline and text, in order. above: before the headline, nearest first.
    tail: below the text, nearest first.
    """

    header: Sequence[Block]
    above: Sequence[Block]
    tail: Sequence[Block]


def marked(block: Block) -> str:
    """Return the block's text with `NODE` between its text nodes."""
    return block.marked


def before_lists(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the lines up to the first linked headline: below it other articles' sources and days stand."""
    for at, block in enumerate(blocks):
        if block.link_size >= _HEADLINE and not _CREDIT.match(block.text):
            return blocks[:at]
    return blocks
