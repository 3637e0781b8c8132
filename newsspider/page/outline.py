"""The outline of a page: one walk over the tree, read by everything that asks where the text is.

The walk turns the tree into two flat lists. A *block* is a run of text that prints on lines of its own
(what lies between two block-level tags or `<br>`); a *box* is a block-level element. Blocks are in document
order, so that a box is the interval of the blocks in it, and sums over boxes are differences of running sums.
"""

from collections.abc import Sequence
from itertools import accumulate

from lxml.etree import _Element

from newsspider.page.elements import Block, Box, Link, Picture
from newsspider.page.walk import MAX_DEPTH, walk

__all__ = ["MAX_DEPTH", "Block", "Box", "Link", "Outline", "Picture"]


class Outline:
    """Blocks, boxes, links and pictures of a page, each in document order.

    heads: the elements that speak of the page: `<title>`, `<meta>`, `<base>`; scripts: its `<script>`s.
    """

    __slots__ = ("blocks", "boxes", "depth", "heads", "link_sums", "links", "pictures", "scripts", "sums")

    def __init__(self, root: _Element) -> None:
        self.blocks: list[Block] = []
        self.boxes: list[Box] = []
        self.links: list[Link] = []
        self.pictures: list[Picture] = []
        self.heads: list[_Element] = []
        self.scripts: list[_Element] = []
        self.depth = walk(root, self)
        self.sums = _running([block.size for block in self.blocks])
        self.link_sums = _running([block.link_size for block in self.blocks])

    def size(self, box: Box) -> int:
        """Characters in `box`."""
        return self.sums[box.last] - self.sums[box.first]

    def link_size(self, box: Box) -> int:
        """Characters of links in `box`."""
        return self.link_sums[box.last] - self.link_sums[box.first]

    def within(self, box: Box) -> Sequence[Block]:
        """Return the blocks in `box`."""
        return self.blocks[box.first : box.last]

    def inner(self, box: Box) -> Sequence[Box]:
        """Return the boxes in `box`, at any depth."""
        return self.boxes[box.index + 1 : box.end]


def _running(numbers: Sequence[int]) -> list[int]:
    return list(accumulate(numbers, initial=0))
