"""One walk over the tree, which fills the lists of an outline."""

from itertools import chain
from typing import Any, Final, Protocol

from lxml import etree
from lxml.etree import _Element

from newsspider.page.elements import NODE, Block, Box, Link, Picture
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
_END: Final = etree.Element("style")

#: Levels of nesting that a walk follows; libxml2 itself stops at 255.
MAX_DEPTH: Final = 250


class Lists(Protocol):
    """What a walk fills, each in document order; `heads`: the elements that speak of the page."""

    blocks: list[Block]
    boxes: list[Box]
    links: list[Link]
    pictures: list[Picture]
    heads: list[_Element]
    scripts: list[_Element]


def _end_block(  # noqa: PLR0913, PLR0917 - what a walk has gathered, in its local names
    blocks: list[Block],
    pieces: list[str],
    box: Box,
    level: int,
    broken: bool,
    link_size: int,
    strong_size: int,
    links: range,
) -> None:
    """Append what was gathered as a block, unless it prints nothing."""
    if len(pieces) > 1 and pieces[-1].isspace():
        pieces.pop()
    if len(pieces) == 1:
        source = pieces[0]
        text = source.strip()
    else:
        source = NODE.join(pieces)
        text = "".join(pieces).strip()
    pieces.clear()
    if not text.isprintable() or "  " in text:  # what `clean` would leave as it is, it need not see
        text = clean(text)
    if not text:
        return
    size = len(text)
    blocks.append(
        Block(
            len(blocks),
            text,
            size,
            box,
            source,
            level,
            broken,
            min(link_size, size),
            strong_size,
            links,
        )
    )


def walk(root: _Element, into: Lists) -> int:  # noqa: C901, PLR0912, PLR0915 - one turn a node
    """Fill the lists with what is in the tree; return the deepest level.

    One flat loop over local names: a call for each node, and for each of the few things that a node needs,
    would cost as much as parsing the page does. A turn ends an element that the next one is not in, or begins
    the next one, and gathers the text node that follows.
    """
    blocks, boxes, links = into.blocks, into.boxes, into.links
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
    first_link = 0
    spaced = broken = False
    text: str | None

    for el in chain(root.iter(), (_END,)):
        parent = el.getparent()
        begins = False
        while not begins:
            begins = around is parent
            if not begins:
                kind = kinds.pop()
            elif hidden is not None:
                kinds.append(_SKIP)
                around = el
                break
            else:
                name = el.tag
                kind = kind_of(name, _BLOCK)
            if kind <= _BREAK:
                if pieces:
                    _end_block(
                        blocks, pieces, box, level, broken, link_size, strong_size, range(first_link, n_links)
                    )
                    link_size = strong_size = 0
                    if n_blocks < len(blocks):
                        n_blocks = len(blocks)
                        first_link = n_links
                broken = kind == _BREAK
            if begins:
                if kind <= _HEADING:
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
                        n_links += 1
                elif kind == _STRONG:
                    strong += 1
                kinds.append(kind)
                around = el
                if kind > _STRONG or kind == _BREAK:
                    if kind == _IMAGE:
                        into.pictures.append(Picture(el, box, n_blocks + bool(pieces), link))
                        if link is not None:
                            link.has_image = True
                    elif kind == _HEAD:
                        into.heads.append(el)
                    elif name == "script":
                        into.scripts.append(el)
                    if len(el):
                        hidden = el
                    break
                depth = len(kinds)
                if depth > deepest:
                    deepest = depth
                    if depth >= MAX_DEPTH:
                        hidden = el
                text = el.text
                if kind == _LINK and text and text.isspace() and not len(el):
                    break  # a link around nothing
            else:
                if kind <= _HEADING:
                    box.last = n_blocks
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
                ended, around = around, around.getparent()
                if hidden is not None:
                    if hidden is not ended:
                        continue
                    hidden = None
                text = ended.tail
            if text:
                if not text.isspace():
                    pieces.append(text)
                    spaced = False
                    if link is not None:
                        link_text.append(text)
                        link_size += len(text)
                    if strong:
                        strong_size += len(text.strip())
                elif spaced and pieces:
                    pieces[-1] += text
                elif pieces:  # white space counts only between two texts
                    pieces.append(text)
                    spaced = True
                    if link is not None:
                        link_text.append(text)
    return deepest
