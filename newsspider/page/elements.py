"""What an outline is made of: boxes, blocks, links, pictures."""

from collections.abc import Sequence
from typing import Final

from lxml.etree import _Element
from msgspec import Struct

#: Characters of the names of a box.
_LONGEST_HINT: Final = 200


class Box(Struct, eq=False, gc=False):
    """A block-level element: blocks[first:last], links[from_link:to_link], boxes[index + 1:end] lie in it."""

    index: int
    el: _Element
    tag: str
    parent: "Box | None"
    first: int
    from_link: int
    last: int = 0
    to_link: int = 0
    end: int = 0
    named: str | None = None

    @property
    def depth(self) -> int:
        """How many boxes are around it."""
        return 0 if self.parent is None else self.parent.depth + 1

    @property
    def hint(self) -> str:
        """Class and id in lower case, as template authors named the box; the beginning of very long ones."""
        named = self.named
        if named is None:
            get = self.el.get
            named = self.named = f"{get('class') or ''} {get('id') or ''}"[:_LONGEST_HINT].lower()
        return named


class Block(Struct, eq=False, gc=False):
    """A run of text on lines of its own.

    level: 1 to 6 inside a heading. link_size, strong_size: characters inside links, inside bold.
    links: indices of the links that begin in it. broken: a `<br>` stands before it in its box.
    pieces: the text nodes that it was made of, as they are in the source.
    """

    index: int
    text: str
    size: int
    box: Box
    pieces: list[str]
    level: int
    broken: bool
    link_size: int = 0
    strong_size: int = 0
    links: Sequence[int] = ()


class Link(Struct, eq=False, gc=False):
    """An `<a href>`: its printed text and the blocks that it touches, blocks[first:last]."""

    index: int
    el: _Element
    href: str
    box: Box
    first: int
    last: int = 0
    text: str = ""
    has_image: bool = False


class Picture(Struct, eq=False, gc=False):
    """An `<img>`, the index of the block that follows it, and the link around it."""

    el: _Element
    box: Box
    next: int
    link: Link | None
