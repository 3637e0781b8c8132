"""The outline of a page: one walk over the tree, read by everything that asks where the text is.

The walk turns the tree into two flat lists. A *block* is a run of text that prints on lines of its own
(what lies between two block-level tags or `<br>`); a *box* is a block-level element. Blocks are in document
order, so that a box is the interval of the blocks in it, and sums over boxes are differences of running sums.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import Any, Final

from lxml import etree
from lxml.etree import _Element
from msgspec import Struct

from newsspider.page.text import clean

# Kinds of elements: the first three end a block, text is read from those up to `_STRONG`.
_BLOCK, _HEADING, _BREAK, _INLINE, _LINK, _STRONG, _IMAGE, _HEAD, _SKIP = range(9)

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

#: An element of no page: when a walk comes to it, all others have ended.
_END: Final = etree.Element("script")

#: Characters of the names of a box.
_LONGEST_HINT: Final = 200

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
        self.depth = _walk(self, root)
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


def _running(numbers: Iterable[int]) -> list[int]:
    return list(accumulate(numbers, initial=0))


def _end_block(  # noqa: PLR0913, PLR0917 - what a walk has gathered, in its local names
    blocks: list[Block],
    pieces: list[str],
    box: Box,
    level: int,
    broken: bool,
    link_size: int,
    strong_size: int,
    links: list[int],
) -> bool:
    """Append what was gathered as a block, unless it prints nothing; return whether it took the links."""
    text = (pieces[0] if len(pieces) == 1 else "".join(pieces)).strip()
    if not text.isprintable() or "  " in text:  # what `clean` would leave as it is, it need not see
        text = clean(text)
    if not text:
        return False
    size = len(text)
    blocks.append(
        Block(
            len(blocks),
            text,
            size,
            box,
            pieces,
            level,
            broken,
            min(link_size, size),
            strong_size,
            links or (),
        )
    )
    return bool(links)


def _walk(outline: Outline, root: _Element) -> int:  # noqa: C901, PLR0912, PLR0915 - one turn a node
    """Fill the outline's lists; return the deepest level.

    One flat loop over local names: a call for each node, and for each of the few things that a node needs,
    would cost as much as parsing the page does. A turn ends the elements that the next one is not in, then
    begins it; both gather the text node that follows.
    """
    blocks, boxes, links = outline.blocks, outline.boxes, outline.links
    kind_of = _KINDS.get
    kinds: list[int] = []  # of the elements around
    levels: list[int] = []  # outside the headings around
    around: Any = None
    hidden: _Element | None = None  # the element around whose subtree is not read
    box: Any = None  # the box around; there is none around the root
    link: Any = None  # the link around
    link_text: list[str] = []
    deepest = strong = level = 0
    n_blocks = n_boxes = n_links = 0
    # Of the block that is being gathered:
    pieces: list[str] = []
    link_size = strong_size = 0
    block_links: list[int] = []
    broken = False
    text: str | None

    for el in chain(root.iter(), (_END,)):
        parent = el.getparent()
        while around is not parent:
            kind = kinds.pop()
            if kind <= _HEADING:
                if pieces:
                    if _end_block(blocks, pieces, box, level, broken, link_size, strong_size, block_links):
                        block_links = []
                    pieces = []
                    link_size = strong_size = 0
                broken = False
                box.last = n_blocks = len(blocks)
                box.end = n_boxes
                box.to_link = n_links
                box = box.parent
                if kind == _HEADING:
                    level = levels.pop()
            elif kind == _LINK:
                if link_text:
                    shown = (link_text[0] if len(link_text) == 1 else "".join(link_text)).strip()
                    link.text = shown if shown.isprintable() and "  " not in shown else clean(shown)
                    link_text = []
                link.last = n_blocks + 1 if pieces else n_blocks
                link = None
            elif kind == _STRONG:
                strong -= 1
            if hidden is not None:
                if hidden is not around:
                    around = around.getparent()
                    continue
                hidden = None
            text = around.tail
            # White space counts only between two texts.
            if text and (pieces or not text.isspace()):
                pieces.append(text)
                if link is not None:
                    link_text.append(text)
                    if not text.isspace():
                        link_size += len(text)
                if strong:
                    strong_size += len(text.strip())
            around = around.getparent()
        around = el
        if hidden is not None:
            kinds.append(_SKIP)
            continue
        name = el.tag
        kind = kind_of(name, _BLOCK)
        if kind <= _BREAK:
            if pieces:
                if _end_block(blocks, pieces, box, level, broken, link_size, strong_size, block_links):
                    block_links = []
                pieces = []
                link_size = strong_size = 0
                n_blocks = len(blocks)
            if kind == _BREAK:
                broken = True
            else:
                broken = False
                if kind == _HEADING:
                    levels.append(level)
                    level = int(name[1])
                box = Box(n_boxes, el, name, box, n_blocks, n_links)
                boxes.append(box)
                n_boxes += 1
        elif kind == _LINK:
            href = el.get("href")
            if href is None or link is not None:
                kind = _INLINE
            else:
                link = Link(n_links, el, href, box, n_blocks)
                links.append(link)
                block_links.append(n_links)
                n_links += 1
        elif kind == _STRONG:
            strong += 1
        kinds.append(kind)
        if kind > _STRONG or kind == _BREAK:
            if kind == _IMAGE:
                outline.pictures.append(Picture(el, box, n_blocks + bool(pieces), link))
                if link is not None:
                    link.has_image = True
            elif kind == _HEAD:
                outline.heads.append(el)
            if len(el):
                hidden = el
            continue
        depth = len(kinds)
        if depth > deepest:
            deepest = depth
            if depth >= MAX_DEPTH:
                hidden = el
        text = el.text
        if text and (pieces or not text.isspace()):
            if kind == _LINK and text.isspace() and not len(el):
                continue  # a link around nothing
            pieces.append(text)
            if link is not None:
                link_text.append(text)
                if not text.isspace():
                    link_size += len(text)
            if strong:
                strong_size += len(text.strip())
    return deepest
