"""Where the text of the article is: the box that holds it."""

import re
from dataclasses import dataclass
from typing import Final

from newsspider.extract import lines, notices
from newsspider.extract.beside import (
    FULL,
    MARKED,
    PARAGRAPH_TAGS,
    Worth,
    ended,
    is_named_foreign,
    loose,
    parts,
    siblings,
    signature,
)
from newsspider.extract.sheets import is_attachment, row_of
from newsspider.page.outline import Block, Box, Outline
from newsspider.page.text import any_of

#: Characters outside links from which a block may be a paragraph.
_WORTH: Final = 12
#: Characters of a cell that may be the whole text; cells of a table of data.
_LONG_CELL: Final = 200
_LEAST_CELLS: Final = 8
#: Characters of what may be the text, above another.
_TEXT_ABOVE: Final = 150
#: Characters of a text that a line of time and source or the page's foot would outweigh; of a verse.
_LITTLE: Final = 400
_VERSE: Final = 4
#: Characters from which a line is no headline, whatever its tag.
_TOO_LONG: Final = 90
_IMPRINT: Final = any_of("版权所有", "许可证", "Copyright", "备案", "All Rights")

# 主办：清河县人民政府办公室，技术支持：…, 建议使用1366*768分辨率: lines of the foot of an office's pages
_FOOT: Final = re.compile(
    r"主办(?:单位)?\s?[:：]|承办(?:单位)?\s?[:：]|技术支持|邮编|分辨率|ICP|标识码|版权所有|服务许可证|不良信息|即将离开|本[网站]?站?所?刊[登载]"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The box that holds the text, the blocks in it that may be paragraphs, and its core, blocks[core:last].

    is_table: the core is a table of data.
    """

    box: Box
    indices: tuple[int, ...]
    value: float
    core: int = 0
    last: int = 0
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
            if block.size >= MARKED and block.text in head_title and not block.link_size:
                return block.index
    return -1


class Locator:
    """Finds the box of the text in one outline."""

    def __init__(self, outline: Outline, head_title: str = "") -> None:
        # Most blocks are links or a few words: they are worth nothing without a look at their text.
        values = [value(block) if block.size - block.link_size >= _WORTH else 0.0 for block in outline.blocks]
        self.worth = Worth(outline, values, _headline(outline, head_title))

    def _forget(self, core: Box) -> bool:
        """Give no value to the lines of a small box that are none of a text; return whether there are any.

        The line of time and source, or the page's foot, would outweigh a text of a few words.
        """
        within = self.worth.outline.within(core)
        feet = [block.index for block in within if _FOOT.search(block.text)]
        foot = feet[0] if len(feet) > 1 else core.last
        none = [
            block.index
            for block in within
            if self.worth.values[block.index]
            and (
                block.index >= foot
                or lines.is_header(block.text)
                or notices.is_imprint(block.text)
                or lines.kind_of(block.text) is not None
            )
        ]
        self.worth.forget(none)
        return bool(none)

    def start(self, found: Found) -> int:
        """Return the first paragraph among the found blocks; the headline stands above it."""
        if found.is_table:
            return found.core
        values, blocks = self.worth.values, self.worth.outline.blocks
        full = [i for i in found.indices if values[i] >= FULL and values[i] * 2 >= blocks[i].size]
        return full[0] if full else found.indices[0]

    def find(self) -> Found | None:
        """Return the box of the text, None where no block is a paragraph."""
        core = self._core()
        while core is not None and self.worth.sum(core) < _LITTLE and self._forget(core):
            core = self._core()
        core = core or self._few_words()
        if core is None:
            return None
        table = self._table_around(core)
        return self._with_surroundings(table, is_table=table is not core)

    def _with_surroundings(self, core: Box, *, is_table: bool) -> Found:
        worth = self.worth
        indices = set(range(core.first, core.last))
        top = box = core
        if (around := core.parent) is not None and (others := parts(worth, core)):
            indices.update(index for part in others for index in range(part.first, part.last))
            top = box = around
        own = loose(worth, core)
        while (parent := box.parent) is not None and parent.tag != "html":
            # Most boxes around the text hold next to nothing else.
            more = siblings(worth, parent, box) if worth.sum(parent) - worth.sum(box) >= FULL else []
            if (
                parent.tag == "body"
            ):  # everything lies in it: only the same template's boxes are parts of one text
                more = [sibling for sibling in more if sibling.tag == box.tag and sibling.hint == box.hint]
            more = [s for s in more if s.first < core.last or not ended(worth, core.last, s.first)]
            if more or parent.index in own:
                top = parent
            indices.update(own.get(parent.index, ()))
            indices.update(index for sibling in more for index in range(sibling.first, sibling.last))
            if more:  # text of the parent itself, between its boxes, belongs too
                indices.update(b.index for b in worth.outline.within(parent) if b.box is parent)
            box = parent
        indices.update(signature(worth, max(indices), box))
        return Found(
            top,
            tuple(sorted(indices)),
            sum(worth.values[i] for i in indices),
            core.first,
            core.last,
            is_table=is_table,
        )

    def _few_words(self) -> Box | None:
        """Return the box of lines below the headline that are too short for paragraphs: verses, a brief."""
        sizes: dict[int, int] = {}
        for block in self.worth.outline.blocks[self.worth.headline + 1 :] if self.worth.headline >= 0 else ():
            if block.link_size and not is_attachment(block, self.worth.outline):
                continue
            if block.size < _VERSE or lines.kind_of(block.text) is not None:
                continue
            if not (lines.is_header(block.text) or _IMPRINT.search(block.text) or _FOOT.search(block.text)):
                size = block.size * (3 if block.text[-1] in "。！" else 1)
                sizes[block.box.index] = sizes.get(block.box.index, 0) + size
                if block.box.tag in PARAGRAPH_TAGS and block.box.parent is not None:
                    parent = block.box.parent.index
                    sizes[parent] = sizes.get(parent, 0) + block.size
        return self.worth.outline.boxes[max(sizes, key=lambda index: sizes[index])] if sizes else None

    def _table_around(self, core: Box) -> Box:
        """Return the table of data that `core` is only a cell or a row of; `core` itself where it is none."""
        if self.worth.sum(core) > _LONG_CELL:
            return core
        table: Box | None = core
        while table is not None and table.tag != "table":
            table = table.parent
        if table is None:
            return core
        lines_in = self.worth.outline.within(table)
        alone = sum(row_of(block) is not None for block in lines_in)
        return table if len(lines_in) >= _LEAST_CELLS and alone * 10 >= len(lines_in) * 9 else core

    def _core(self) -> Box | None:
        scores: dict[int, float] = {}
        blocks = self.worth.outline.blocks
        direct = [0] * len(self.worth.outline.boxes)
        for block in blocks:
            direct[block.box.index] += 1
        for block, worth in zip(blocks, self.worth.values, strict=True):
            if not worth:
                continue
            box = block.box
            if direct[box.index] == 1 and box.parent is not None:
                if box.tag not in PARAGRAPH_TAGS:  # one paragraph may be the whole text
                    scores[box.index] = scores.get(box.index, 0.0) + worth * 1.05
                box = box.parent
            scores[box.index] = scores.get(box.index, 0.0) + worth
            if box.parent is not None:
                scores[box.parent.index] = scores.get(box.parent.index, 0.0) + worth * 0.4
        best, best_score = None, 0.0
        for index, score in sorted(scores.items(), key=lambda item: -item[1]):
            if score <= best_score:
                break
            box = self.worth.outline.boxes[index]
            weighed = score * self._weight(box)
            if weighed > best_score:
                best, best_score = box, weighed
        return best

    def _weight(self, box: Box) -> float:
        outline = self.worth.outline
        headline, sums = self.worth.headline, self.worth.sums
        weight = 1.0 if box.last > headline else 0.3
        # The text is the first one below the headline; help, statements and comments of the site are longer.
        if 0 <= headline < box.first and sums[box.first] - sums[headline + 1] >= _TEXT_ABOVE:
            weight = 0.4
        size = outline.size(box)
        if size:
            weight *= 1.0 - 0.7 * outline.link_size(box) / size
        within = outline.within(box)
        paragraphs = sum(worth >= MARKED for worth in self.worth.values[box.first : box.last])
        headlines = sum(block.link_size * 10 >= block.size * 7 and block.size >= 8 for block in within)
        if headlines > 2 and headlines * 10 > paragraphs * 7:
            weight *= 0.3  # headlines with snippets
        above: Box | None = box
        headline = self.worth.headline
        while (
            above is not None
            and above.tag not in {"html", "body"}
            and not above.first <= headline < above.last
        ):
            if is_named_foreign(above.hint):
                return weight * 0.3
            above = above.parent
        return weight
