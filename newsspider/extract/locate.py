"""Where the text of the article is: the box that holds it."""

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from newsspider.extract import lines
from newsspider.extract.sheets import row_of
from newsspider.page.outline import Block, Box, Outline
from newsspider.page.text import any_of, remembered

# Class and id names of boxes that hold no article text.
_FOREIGN: Final = re.compile(
    r"comment|pinglun|reply|liuyan|feedback|tie-|foot|copyright|related|relate|recommend|tuijian|xiangguan|hotnews|sidebar|share|bdshare|breadcrumb|crumb|"
    r"banner|login|regist|disclaimer|shengming|statement|mianze|author-?intro|qrcode|erweima|paging|pagination|tags?\b|keyword|advert|ad(?<=\bad)[_-]|toolbar|nav\b|menu|subscribe|popup|modal|rank"
)
_is_named_foreign: Final = remembered(_FOREIGN)
# A box above the text that tells it in short.
_LEAD: Final = re.compile(r"intro\b|lead\b|summary|abstract|zhaiyao|daodu|digest|description|\bdesc\b|daoyu")
_PARAGRAPH_TAGS: Final = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "center", "li", "figcaption", "dd", "dt")
)
#: Characters from which a line is a paragraph, or a headline that can be recognised.
_MARKED: Final = 8
#: Characters outside links from which a block may be a paragraph.
_WORTH: Final = 12
#: Characters from which a line is a full paragraph.
_FULL: Final = 20
#: Characters of a cell that may be the whole text; cells of a table of data.
_LONG_CELL: Final = 200
_LEAST_CELLS: Final = 8
#: Characters of a text that a line of time and source would outweigh.
_LITTLE: Final = 80
#: Characters from which a line is no headline, whatever its tag.
_TOO_LONG: Final = 90
_IMPRINT: Final = any_of("版权所有", "许可证", "Copyright", "备案", "All Rights")


@dataclass(frozen=True, slots=True)
class Found:
    """The box that holds the text, the blocks in it that may be paragraphs, and where its core begins.

    is_table: the core is a table of data.
    """

    box: Box
    indices: tuple[int, ...]
    value: float
    core: int = 0
    is_table: bool = False


def value(block: Block) -> float:
    """Return how much of an article's paragraph `block` is, in characters."""
    size = block.size - block.link_size
    # What is longer than a headline stands in one whose tag was never closed.
    if size < _WORTH or (block.level and size < _TOO_LONG) or block.link_size > size:
        return 0.0
    if size <= 16:
        return size * 0.2
    count = block.text.count
    marks = count("，") + count("。") + count("、") + count(",") + count("：") + count("！") + count("？")
    if size < 300 and _IMPRINT.search(block.text):
        return 0.0
    if marks == 0:
        return size * 0.2
    return size * 0.5 if size > 60 * marks + 60 else float(size)


def _headline(outline: Outline, head_title: str) -> int:
    """Return the first block that `<title>` repeats: text above it is no text of the article. -1 for none."""
    if head_title:
        for block in outline.blocks:
            if block.size >= _MARKED and block.text in head_title and not block.link_size:
                return block.index
    return -1


class Locator:
    """Finds the box of the text in one outline."""

    def __init__(self, outline: Outline, head_title: str = "") -> None:
        self.outline = outline
        # Most blocks are links or a few words: they are worth nothing without a look at their text.
        self.values = [
            value(block) if block.size - block.link_size >= _WORTH else 0.0 for block in outline.blocks
        ]
        self.headline = _headline(outline, head_title)
        self.sums = list(accumulate(self.values, initial=0.0))

    def sum(self, box: Box) -> float:
        """Return the value of all blocks in `box`."""
        return self.sums[box.last] - self.sums[box.first]

    def _forget_headers(self) -> None:
        """Give no value to lines of time and source: above a text of a few words they would outweigh it."""
        for index, worth in enumerate(self.values):
            if worth and lines.is_header(self.outline.blocks[index].text):
                self.values[index] = 0.0
        self.sums = list(accumulate(self.values, initial=0.0))

    def start(self, found: Found) -> int:
        """Return the first paragraph among the found blocks; the headline stands above it."""
        if found.is_table:
            return found.core
        worth = self.values
        full = [i for i in found.indices if worth[i] >= _FULL and worth[i] * 2 >= self.outline.blocks[i].size]
        return full[0] if full else found.indices[0]

    def find(self) -> Found | None:
        """Return the box of the text, None where no block is a paragraph."""
        core = self._core()
        if core is not None and self.sum(core) < _LITTLE:
            self._forget_headers()
            core = self._core()
        if core is None:
            core = self._sentence()
        if core is None:
            return None
        table = self._table_around(core)
        is_table = table is not core
        core = table
        indices = list(range(core.first, core.last))
        top = core
        box = core
        loose = self._loose(core)
        while (parent := box.parent) is not None and parent.tag != "html":
            more = self._siblings(parent, box)
            if (
                parent.tag == "body"
            ):  # everything lies in it: only the same template's boxes are parts of one text
                more = [sibling for sibling in more if sibling.tag == box.tag and sibling.hint == box.hint]
            own = loose.get(parent.index, ())
            if own:
                indices += own
                top = parent
            if more:
                for sibling in more:
                    if sibling.first >= core.last and self._ended(core.last, sibling.first):
                        continue
                    indices += range(sibling.first, sibling.last)
                top = parent
                # Text of the parent itself, between its boxes, belongs too.
                indices += [b.index for b in self.outline.within(parent) if b.box is parent]
            box = parent
        unique = sorted(set(indices))
        return Found(top, tuple(unique), sum(self.values[i] for i in unique), core.first, is_table=is_table)

    def _sentence(self) -> Box | None:
        """Return the box of the first line below the headline that is a sentence."""
        for block in self.outline.blocks[self.headline + 1 :] if self.headline >= 0 else ():
            if not block.link_size and block.text[-1] in "。！" and lines.kind_of(block.text) is None:
                return block.box
        return None

    def _table_around(self, core: Box) -> Box:
        """Return the table of data that `core` is only a cell or a row of; `core` itself where it is none."""
        if self.sum(core) > _LONG_CELL:
            return core
        table: Box | None = core
        while table is not None and table.tag != "table":
            table = table.parent
        if table is None:
            return core
        lines_in = self.outline.within(table)
        alone = sum(row_of(block) is not None for block in lines_in)
        return table if len(lines_in) >= _LEAST_CELLS and alone * 10 >= len(lines_in) * 9 else core

    def _loose(self, core: Box) -> dict[int, list[int]]:
        """Return the paragraphs that stand in the boxes around `core` without a box of their own."""
        around = set()
        box = core.parent
        while box is not None and box.tag != "body":
            around.add(box.index)
            box = box.parent
        found: dict[int, list[int]] = {}
        blocks = self.outline.blocks
        for index, worth in enumerate(self.values):
            if worth < _FULL or blocks[index].box.index not in around or index <= self.headline:
                continue
            between = (index + 1, core.first) if index < core.first else (core.last, index)
            if lines.kind_of(blocks[index].text) is None and not self._ended(*between):
                found.setdefault(blocks[index].box.index, []).append(index)
        return found

    def _ended(self, first: int, last: int) -> bool:
        """Return whether a line of blocks[first:last] says that the text has ended."""
        return any(
            lines.kind_of(block.text) is not None or block.level for block in self.outline.blocks[first:last]
        )

    def _core(self) -> Box | None:
        scores: dict[int, float] = {}
        blocks = self.outline.blocks
        direct = [0] * len(self.outline.boxes)
        for block in blocks:
            direct[block.box.index] += 1
        for block, worth in zip(blocks, self.values, strict=True):
            if not worth:
                continue
            box = block.box
            if direct[box.index] == 1 and box.parent is not None:
                if box.tag not in _PARAGRAPH_TAGS:  # one paragraph may be the whole text
                    scores[box.index] = scores.get(box.index, 0.0) + worth * 1.05
                box = box.parent
            scores[box.index] = scores.get(box.index, 0.0) + worth
            if box.parent is not None:
                scores[box.parent.index] = scores.get(box.parent.index, 0.0) + worth * 0.4
        best, best_score = None, 0.0
        for index, score in sorted(scores.items(), key=lambda item: -item[1]):
            if score <= best_score:
                break
            box = self.outline.boxes[index]
            weighed = score * self._weight(box)
            if weighed > best_score:
                best, best_score = box, weighed
        return best

    def _weight(self, box: Box) -> float:
        outline = self.outline
        weight = 1.0 if box.last > self.headline else 0.3
        size = outline.size(box)
        if size:
            weight *= 1.0 - 0.7 * outline.link_size(box) / size
        within = outline.within(box)
        paragraphs = sum(worth >= _MARKED for worth in self.values[box.first : box.last])
        headlines = sum(block.link_size * 10 >= block.size * 7 and block.size >= 8 for block in within)
        if headlines > 3 and headlines * 10 > paragraphs * 7:
            weight *= 0.3  # headlines with snippets
        above: Box | None = box
        while above is not None and above.tag not in {"html", "body"}:
            if _is_named_foreign(above.hint):
                return weight * 0.3
            above = above.parent
        return weight

    def _told(self, box: Box) -> float:
        """Return the value of `box` above the text: a line of time and source is none of it."""
        blocks = self.outline.within(box)
        return sum(
            self.values[b.index] for b in blocks if self.values[b.index] and not lines.is_header(b.text)
        )

    def _is_list(self, box: Box) -> bool:
        """Return whether `box` holds a linked headline for each paragraph: other articles in short."""
        paragraphs = sum(worth >= _MARKED for worth in self.values[box.first : box.last])
        return (
            0
            < paragraphs
            <= sum(
                block.link_size * 10 >= block.size * 7 and block.size >= _MARKED
                for block in self.outline.within(box)
            )
        )

    def _siblings(self, parent: Box, box: Box) -> list[Box]:
        """Return the boxes beside `box` that continue its text."""
        outline, found = self.outline, []
        small: list[Box] = []
        index = parent.index + 1
        own = self.sum(box)
        while index < parent.end:
            child = outline.boxes[index]
            index = child.end
            if child is box or child.last == child.first:
                continue
            worth = self.sum(child) if child.first >= box.first else self._told(child)
            size = outline.size(child)
            if child.first >= box.last and self._is_list(child):
                continue
            if worth < _FULL or outline.link_size(child) * 3 > size or worth < size * 0.5:
                continue
            if _is_named_foreign(child.hint) or (child.first < box.first and _LEAD.search(child.hint)):
                continue
            if worth < own * 0.08 and child.tag not in _PARAGRAPH_TAGS:
                if child.last - child.first == 1:
                    small.append(child)
                continue
            found.append(child)
        if len(small) > 1 and len({(child.tag, child.hint) for child in small}) == 1:
            found += small  # paragraphs in boxes of one kind beside a larger part of the text
        return found
