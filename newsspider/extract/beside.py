"""What continues the text beside the box that holds most of it."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from newsspider.extract import lines
from newsspider.page.outline import Box, Outline
from newsspider.page.text import remembered

# Class and id names of boxes that hold no article text.
_FOREIGN: Final = re.compile(
    r"comment|pinglun|reply|liuyan|feedback|tie-|foot|copyright|related|relate|recommend|tuijian|xiangguan|hotnews|sidebar|share|bdshare|breadcrumb|crumb|"
    r"banner|login|regist|disclaimer|shengming|statement|mianze|author-?intro|qrcode|erweima|paging|pagination|tags?\b|keyword|advert|ad(?<=\bad)[_-]|toolbar|nav\b|menu|subscribe|popup|modal|rank"
)
is_named_foreign: Final = remembered(_FOREIGN)
# A box above the text that tells it in short.
_LEAD: Final = re.compile(r"intro\b|lead\b|summary|abstract|zhaiyao|daodu|digest|description|\bdesc\b|daoyu")
PARAGRAPH_TAGS: Final = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "center", "li", "figcaption", "dd", "dt")
)
#: Characters from which a line is a paragraph, or a headline that can be recognised.
MARKED: Final = 8
#: Characters from which a line is a full paragraph.
FULL: Final = 20
#: Boxes of one kind, each with a line, that are the paragraphs of a text.
_ALIKE: Final = 4
#: Lines of a signature with its day, characters of each.
_SIGNATURE: Final = 4
_SIGNATURE_LINE: Final = 30
# 2021年3月12日, 二〇二一年三月十二日
_DAY: Final = re.compile(
    r"[\d〇○零一二三四五六七八九]{4}\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日"
)


class Worth:
    """How much of a text each block of a page is, in characters; the headline's block, -1 for none."""

    def __init__(self, outline: Outline, values: list[float], headline: int) -> None:
        self.outline = outline
        self.values = values
        self.headline = headline
        self.sums = list(accumulate(values, initial=0.0))

    def sum(self, box: Box) -> float:
        """Return the value of all blocks in `box`."""
        return self.sums[box.last] - self.sums[box.first]

    def forget(self, indices: Sequence[int]) -> None:
        """Give no value to blocks that are none of a text."""
        for index in indices:
            self.values[index] = 0.0
        self.sums = list(accumulate(self.values, initial=0.0))


def ended(worth: Worth, first: int, last: int) -> bool:
    """Return whether a line of blocks[first:last] says that the text has ended."""
    return any(
        lines.kind_of(block.text) is not None or block.level for block in worth.outline.blocks[first:last]
    )


def siblings(worth: Worth, parent: Box, box: Box) -> list[Box]:
    """Return the boxes beside `box` that continue its text."""
    outline = worth.outline
    found: list[Box] = []
    small: list[Box] = []
    alike: list[Box] = []
    index = parent.index + 1
    least = worth.sum(box) * 0.08
    while index < parent.end:
        child = outline.boxes[index]
        index = child.end
        if child.last == child.first or child.last <= worth.headline:
            continue
        if (child.tag, child.hint, child.last - child.first) == (box.tag, box.hint, 1):
            alike.append(child)
        if child is box or not _continues(worth, child, box):
            continue
        if worth.sum(child) >= least or child.tag in PARAGRAPH_TAGS:
            found.append(child)
        elif child.last - child.first == 1:
            small.append(child)
    if len(small) > 1 and len({(child.tag, child.hint) for child in small}) == 1:
        found += small  # paragraphs in boxes of one kind beside a larger part of the text
    if (
        found
        and len(alike) >= _ALIKE
        and sum(map(outline.link_size, alike)) * 5 < sum(map(outline.size, alike))
    ):
        found += [child for child in alike if child is not box and child not in found]  # a line in each
    return found


def _continues(worth: Worth, child: Box, box: Box) -> bool:
    """Return whether most of `child` is text that may continue the one in `box`."""
    size = worth.outline.size(child)
    text = worth.sum(child) if child.first >= box.first else _told(worth, child)
    if text < FULL or worth.outline.link_size(child) * 3 > size or text < size * 0.5:
        return False
    if is_named_foreign(child.hint) or (child.first < box.first and _LEAD.search(child.hint)):
        return False
    return child.first < box.last or not _is_list(worth, child)


def _told(worth: Worth, box: Box) -> float:
    """Return the value of `box` above the text: a line of time and source is none of it."""
    blocks = worth.outline.within(box)
    return sum(worth.values[b.index] for b in blocks if worth.values[b.index] and not lines.is_header(b.text))


def _is_list(worth: Worth, box: Box) -> bool:
    """Return whether `box` holds a linked headline for each paragraph: other articles in short."""
    paragraphs = sum(value >= MARKED for value in worth.values[box.first : box.last])
    return (
        0
        < paragraphs
        <= sum(
            block.link_size * 10 >= block.size * 7 and block.size >= MARKED
            for block in worth.outline.within(box)
        )
    )


def loose(worth: Worth, core: Box) -> dict[int, list[int]]:
    """Return the paragraphs that stand in the boxes around `core` without a box of their own."""
    around = set()
    box = core.parent
    while box is not None and box.tag != "body":
        around.add(box.index)
        box = box.parent
    found: dict[int, list[int]] = {}
    blocks = worth.outline.blocks
    for index, value in enumerate(worth.values):
        if value < FULL or blocks[index].box.index not in around or index <= worth.headline:
            continue
        between = (index + 1, core.first) if index < core.first else (core.last, index)
        if lines.kind_of(blocks[index].text) is None and not ended(worth, *between):
            found.setdefault(blocks[index].box.index, []).append(index)
    return found


def parts(worth: Worth, core: Box) -> list[Box]:
    """Return the boxes beside `core` that are parts of one text, each with a heading above it."""
    parent = core.parent
    if parent is None or not core.first or not worth.outline.blocks[core.first - 1].level:
        return []
    heading = worth.outline.blocks[core.first - 1].box
    # The headline is the heading of the whole page.
    if heading.parent is not parent or heading.tag == "h1" or not 0 <= worth.headline < heading.first:
        return []
    children: list[Box] = []
    index = parent.index + 1
    while index < parent.end:
        child = worth.outline.boxes[index]
        index = child.end
        if child.last > child.first:
            children.append(child)
    found: list[Box] = []
    for above, below in pairwise(children):
        if (above.tag, below.tag, below.hint) != (heading.tag, core.tag, core.hint) or below is core:
            continue
        text = " ".join(block.text for block in worth.outline.within(above))
        if worth.sum(below) >= FULL and lines.kind_of(text) is None and not _is_list(worth, below):
            found += [above, below]
    return [heading, *found] if found else []


def signature(worth: Worth, last: int, around: Box) -> list[int]:
    """Return the lines just below the text that sign it: 清河县人民政府, 2021年3月12日."""
    blocks = worth.outline.blocks
    for at in range(last + 1, min(last + 1 + _SIGNATURE, around.last)):
        block = blocks[at]
        if block.link_size or block.size > _SIGNATURE_LINE or lines.kind_of(block.text) is not None:
            break
        if _DAY.fullmatch(block.text):
            return list(range(last + 1, at + 1))
    return []
