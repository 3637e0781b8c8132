"""The outline of a page: one walk over the tree, read by everything that asks where the text is.

The walk turns the tree into two flat lists. A *block* is a run of text that prints on lines of its own
(what lies between two block-level tags or `<br>`); a *box* is a block-level element. Blocks are in document
order, so that a box is the interval of the blocks in it, and sums over boxes are differences of running sums.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, Final

from lxml.etree import _Element
from msgspec import Struct

from newsspider.page.text import clean

_SKIP, _INLINE, _BLOCK, _BREAK, _LINK, _STRONG, _IMAGE, _HEADING, _HEAD = range(9)

_KINDS: Final[dict[str, int]] = (
    dict.fromkeys(
        ("script", "style", "noscript", "iframe", "select", "option", "textarea", "template", "object",
         "embed", "svg", "canvas", "audio", "video", "map", "link", "param", "input", "datalist", "math",
         "frameset", "frame", "noframes", "rp", "rt"),
        _SKIP,
    )
    | dict.fromkeys(
        ("span", "font", "i", "em", "u", "s", "sub", "sup", "small", "big", "label", "abbr", "cite", "code",
         "time", "tt", "ins", "del", "q", "mark", "bdo", "ruby", "rb", "wbr", "var", "kbd", "samp", "acronym",
         "strike", "nobr", "button", "o:p", "st1:chsdate", "source", "track", "data", "basefont"),
        _INLINE,
    )
    | dict.fromkeys(("b", "strong"), _STRONG)
    | dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _HEADING)
    | dict.fromkeys(("title", "meta", "base"), _HEAD)
    | {"head": _INLINE, "br": _BREAK, "hr": _BREAK, "a": _LINK, "img": _IMAGE}
)  # fmt: skip

#: Levels of nesting that a walk follows; libxml2 itself stops at 255.
MAX_DEPTH: Final = 250


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
        """Class and id in lower case, as template authors named the box."""
        named = self.named
        if named is None:
            get = self.el.get
            named = self.named = f"{get('class') or ''} {get('id') or ''}".lower()
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


class Outline:
    """Blocks, boxes, links and pictures of a page, each in document order.

    heads: the elements that speak of the page: `<title>`, `<meta>`, `<base>`.
    """

    __slots__ = ("blocks", "boxes", "depth", "heads", "link_sums", "links", "pictures", "sums")

    def __init__(self, root: _Element) -> None:
        self.blocks: list[Block] = []
        self.boxes: list[Box] = []
        self.links: list[Link] = []
        self.pictures: list[Picture] = []
        self.heads: list[_Element] = []
        self.depth = _Walk(self).run(root)
        self.sums = _running(block.size for block in self.blocks)
        self.link_sums = _running(block.link_size for block in self.blocks)

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


def _running(numbers: Iterable[int]) -> list[int]:
    return list(accumulate(numbers, initial=0))


class _Walk:
    """The state of one walk: the text gathered since the last boundary.

    What is asked for every node of every page is written out rather than called.
    """

    __slots__ = (
        "block_links", "blocks", "box", "boxes", "broken", "depth", "heads", "level", "link", "link_size",
        "link_text", "links", "pictures", "pieces", "strong", "strong_size",
    )  # fmt: skip

    def __init__(self, outline: Outline) -> None:
        self.blocks = outline.blocks
        self.boxes = outline.boxes
        self.links = outline.links
        self.pictures = outline.pictures
        self.heads = outline.heads
        self.depth = 0
        self.box: Any = None  # the box around; there is none around the root
        self.link: Link | None = None
        self.link_text: list[str] = []
        self.strong = 0
        self.level = 0
        self.pieces: list[str] = []
        self.link_size = 0
        self.strong_size = 0
        self.block_links: list[int] = []
        self.broken = False

    def run(self, root: _Element) -> int:
        """Walk `root`; return the deepest level."""
        self.visit(root, 1, "html")
        return self.depth

    def flush(self) -> None:
        """End the block."""
        pieces = self.pieces
        if not pieces:
            return
        text = pieces[0] if len(pieces) == 1 else "".join(pieces)
        # What `clean` would leave as it is, it need not see.
        text = text.strip(" ") if text.isprintable() and "  " not in text else clean(text)
        if text:
            blocks = self.blocks
            size = len(text)
            block = Block(len(blocks), text, size, self.box, pieces, self.level, self.broken)
            if self.link_size:
                block.link_size = min(self.link_size, size)
            if self.strong_size:
                block.strong_size = self.strong_size
            if self.block_links:
                block.links = self.block_links
                self.block_links = []
            blocks.append(block)
            self.broken = False
        self.pieces = []
        self.link_size = self.strong_size = 0

    def add(self, text: str) -> None:
        """Gather a text node that is more than white space, or stands between two that are."""
        if text.isspace():
            if self.pieces:
                self.pieces.append(text)
                if self.link is not None:
                    self.link_text.append(text)
            return
        self.pieces.append(text)
        if self.link is not None:
            self.link_size += len(text)
            self.link_text.append(text)
        if self.strong:
            self.strong_size += len(text.strip())

    def visit(self, el: _Element, depth: int, tag: str | None) -> None:  # noqa: C901, PLR0912, PLR0915 - one dispatch a node
        """Walk an element; `tag` is given for a block-level one, which makes a box."""
        if tag is not None:
            if self.pieces:
                self.flush()
            self.broken = False
            parent = self.box
            box = self.box = Box(len(self.boxes), el, tag, parent, len(self.blocks), len(self.links))
            self.boxes.append(box)
        text = el.text
        if text and (self.pieces or not text.isspace()):
            self.add(text)
        self.depth = max(self.depth, depth)
        if depth < MAX_DEPTH and len(el):
            depth += 1
            for child in el:
                name = child.tag
                kind = _KINDS.get(name, _BLOCK)
                if kind == _BLOCK:
                    self.visit(child, depth, name)
                elif kind == _LINK:
                    self.anchor(child, depth)
                elif kind == _INLINE:
                    self.visit(child, depth, None)
                elif kind == _BREAK:
                    self.flush()
                    self.broken = True
                elif kind == _STRONG:
                    self.strong += 1
                    self.visit(child, depth, None)
                    self.strong -= 1
                elif kind == _IMAGE:
                    self.pictures.append(
                        Picture(child, self.box, len(self.blocks) + bool(self.pieces), self.link)
                    )
                    if self.link is not None:
                        self.link.has_image = True
                elif kind == _HEAD:
                    self.heads.append(child)
                elif kind == _HEADING:
                    level, self.level = self.level, int(name[1])
                    self.visit(child, depth, name)
                    self.level = level
                text = child.tail
                if text and (self.pieces or not text.isspace()):
                    self.add(text)
        if tag is not None:
            if self.pieces:
                self.flush()
            self.broken = False
            box.last = len(self.blocks)
            box.end = len(self.boxes)
            box.to_link = len(self.links)
            self.box = parent

    def anchor(self, el: _Element, depth: int) -> None:
        """Walk an `<a>`."""
        href = el.get("href")
        if href is None or self.link is not None:
            self.visit(el, depth, None)
            return
        links, blocks = self.links, self.blocks
        index = len(links)
        link = Link(index, el, href, self.box, len(blocks))
        links.append(link)
        self.block_links.append(index)
        if len(el):
            self.link = link
            self.visit(el, depth, None)
            self.link = None
            if texts := self.link_text:
                link.text = clean(texts[0] if len(texts) == 1 else "".join(texts))
                self.link_text = []
        else:
            text = el.text
            if text and not text.isspace():
                self.pieces.append(text)
                self.link_size += len(text)
                if self.strong:
                    self.strong_size += len(text)
                plain = text.isprintable() and "  " not in text
                link.text = text.strip(" ") if plain else clean(text)
        link.last = len(blocks) + bool(self.pieces)
