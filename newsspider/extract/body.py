"""Where the text of the article is: which box holds it, and which blocks of the box are paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newsspider.extract import lines
from newsspider.extract.lines import Line
from newsspider.page.outline import Block, Box, Outline

# Class and id names of boxes that hold no article text.
_FOREIGN: Final = re.compile(
    r"comment|pinglun|reply|liuyan|feedback|tie-|foot|copyright|related|relate|recommend|tuijian|xiangguan|hotnews|sidebar|share|bdshare|breadcrumb|crumb|"
    r"banner|login|regist|disclaimer|shengming|statement|mianze|author-?intro|qrcode|erweima|paging|pagination|tags?\b|keyword|advert|\bad[_-]|toolbar|nav\b|menu|subscribe|popup|modal|rank"
)
_PARAGRAPH_TAGS: Final = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "center", "li", "figcaption", "dd", "dt"))
_MARKS: Final = ("，", "。", "、", ",", "：", "！", "？", ". ")


@dataclass(frozen=True, slots=True)
class Found:
    """The box that holds the text and the indices of the blocks in it that may be paragraphs."""

    box: Box
    indices: tuple[int, ...]
    value: float


def value(block: Block) -> float:
    """Return how much of an article's paragraph `block` is, in characters."""
    size = block.size - block.link_size
    if size < 12 or block.link_size * 2 > block.size:
        return 0.0
    text = block.text
    marks = sum(text.count(mark) for mark in _MARKS) if size > 16 else 0
    if marks == 0:
        return size * 0.2
    if size > 60 * marks + 60:
        return size * 0.5
    return float(size)


class Locator:
    """Finds the box of the text in one outline."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.values = [value(block) for block in outline.blocks]
        self.sums = [0.0]
        total = 0.0
        for number in self.values:
            total += number
            self.sums.append(total)

    def sum(self, box: Box) -> float:
        """Return the value of all blocks in `box`."""
        return self.sums[box.last] - self.sums[box.first]

    def find(self) -> Found | None:
        """Return the box of the text, None where no block is a paragraph."""
        core = self._core()
        if core is None:
            return None
        indices = list(range(core.first, core.last))
        top = core
        box = core
        while (parent := box.parent) is not None and parent.tag not in {"html", "body"}:
            more = self._siblings(parent, box)
            if more:
                for sibling in more:
                    indices += range(sibling.first, sibling.last)
                top = parent
                # Text of the parent itself, between its boxes, belongs too.
                indices += [b.index for b in self.outline.within(parent) if b.box is parent]
            box = parent
        return Found(top, tuple(sorted(set(indices))), sum(self.values[i] for i in set(indices)))

    def _core(self) -> Box | None:
        scores: dict[int, float] = {}
        blocks = self.outline.blocks
        direct: dict[int, int] = {}
        for block in blocks:
            direct[block.box.index] = direct.get(block.box.index, 0) + 1
        for block, worth in zip(blocks, self.values, strict=True):
            if not worth:
                continue
            box = block.box
            if direct[box.index] == 1 and box.parent is not None:
                box = box.parent
            scores[box.index] = scores.get(box.index, 0.0) + worth
            if box.parent is not None:
                scores[box.parent.index] = scores.get(box.parent.index, 0.0) + worth * 0.4
        best, best_score = None, 0.0
        for index, score in sorted(scores.items(), key=lambda item: -item[1])[:8]:
            box = self.outline.boxes[index]
            weighed = score * self._weight(box)
            if weighed > best_score:
                best, best_score = box, weighed
        return best

    def _weight(self, box: Box) -> float:
        outline = self.outline
        weight = 1.0
        size = outline.size(box)
        if size:
            weight *= 1.0 - 0.7 * outline.link_size(box) / size
        above: Box | None = box
        while above is not None and above.tag not in {"html", "body"}:
            if _FOREIGN.search(above.hint):
                return weight * 0.3
            above = above.parent
        return weight

    def _siblings(self, parent: Box, box: Box) -> list[Box]:
        """Return the boxes beside `box` that continue its text."""
        outline, found = self.outline, []
        index = parent.index + 1
        own = self.sum(box)
        while index < parent.end:
            child = outline.boxes[index]
            index = child.end
            if child is box or child.last == child.first:
                continue
            worth = self.sum(child)
            size = outline.size(child)
            if worth < 20 or outline.link_size(child) * 3 > size or worth < size * 0.5:
                continue
            if worth < own * 0.08 and child.tag not in _PARAGRAPH_TAGS:
                continue
            if _FOREIGN.search(child.hint):
                continue
            found.append(child)
        return found


def paragraphs(outline: Outline, found: Found, *, after: int, title: str) -> list[Block]:
    """Return the paragraphs among the found blocks; `after` is the last block of the header."""
    blocks = [outline.blocks[i] for i in found.indices if i > after]
    kept: list[Block] = []
    pictures = {p.next for p in outline.pictures if found.box.first <= p.next <= found.box.last}
    reading = False
    for block in blocks:
        text = block.text
        if block.link_size * 10 >= block.size * 7 and block.size > 0:
            if reading or block.size < 5 or lines.kind_of(text):
                continue
        kind = lines.kind_of(text)
        if kind is Line.READING:
            reading = True
            continue
        if kind is not None:
            continue
        if block.link_size * 10 < block.size * 7:
            reading = False
        if text == title and not kept:
            continue
        if not any(c.isalnum() for c in text):
            continue
        if lines.is_caption(text):
            continue
        if block.index in pictures and block.size <= 60 and not lines.ends_sentence(text):
            continue
        kept.append(block)
    return kept


def joined(blocks: Sequence[Block]) -> str:
    """Return the body's text: paragraphs joined by one blank line."""
    return "\n\n".join(block.text for block in blocks)
