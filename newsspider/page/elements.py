"""What an outline is made of: boxes, blocks, links, pictures."""

from collections.abc import Sequence
from typing import Final

from lxml.etree import _Element
from msgspec import Struct

from newsspider.page.text import clean

#: Stands between two text nodes: a control character that prints nothing.
NODE: Final = "\x1f"

#: Characters of the names of a box.
_LONGEST_HINT: Final = 200
_NAMELESS: Final = " "


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
            given, own = get("class"), get("id")
            named = f"{given or ''} {own or ''}"[:_LONGEST_HINT].lower() if given or own else _NAMELESS
            self.named = named
        return named


class Block(Struct, eq=False, gc=False):
    """A run of text on lines of its own.

    level: 1 to 6 inside a heading. link_size, strong_size: characters inside links, inside bold.
    links: indices of the links that begin in it. broken: a `<br>` stands before it in its box.
    source: its text nodes as they are in the source, with `NODE` between them.
    """

    index: int
    text: str
    size: int
    box: Box
    source: str
    level: int
    broken: bool
    link_size: int = 0
    strong_size: int = 0
    links: Sequence[int] = ()
    cleaned: str | None = None

    @property
    def pieces(self) -> list[str]:
        """Its text nodes."""
        return self.source.split(NODE)

    @property
    def marked(self) -> str:
        """Its text with `NODE` between the text nodes: "来源：", "清河日报" and "举报" stay apart."""
        cleaned = self.cleaned
        if cleaned is None:
            cleaned = self.text
            if NODE in self.source:
                cleaned = NODE.join(text for piece in self.source.split(NODE) if (text := clean(piece)))
            self.cleaned = cleaned
        return cleaned


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
