"""Which lines of a text are captions of its pictures."""

import re
from collections.abc import Sequence
from typing import Final

from newsspider.extract import lines
from newsspider.page.outline import Block, Box, Outline, Picture
from newsspider.page.text import any_of, remembered

#: Characters of a caption: of an ordinary one, of one that has a box of its own, of one that is centred.
CAPTION: Final = 45
_LONG_CAPTION: Final = 120
_LONGEST_CAPTION: Final = 200
#: A third of the text and more is no captions.
_MOST: Final = 3
_UNFINISHED: Final = 60
_WORD: Final = 10
# /images/icon_1.png, logo.gif, spacer.gif
_ICON: Final = any_of("icon", "logo", "spacer", "blank", "/ico", "arrow", "dot.", "line.")
_BOLD: Final = re.compile(r"font-weight:\s{0,2}(?:bold|[6-9]00)", re.IGNORECASE)
# 一、降低用水成本, （二）配套设施, 3.加强管护, ■ 现场
_NUMBERED: Final = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)]|\d{1,2}[.、．]\s?\D|[（(]\d{1,2}[)）]|[■●◆▌【]"
)
_NARROW: Final = re.compile(r"text-align:\s{0,2}(?:center|right)", re.IGNORECASE)

# The box of a picture's caption, or of a picture with it: pictext, wp-caption, img-note
CAPTIONED: Final = re.compile(
    r"caption|pictext|(?:img|image|pic|photo)[_-]?(?:desc|txt|text|note|info|intro|explain)|tuzhu|tushuo"
)
_is_named: Final = remembered(CAPTIONED)


def captions(text: Sequence[Block], outline: Outline, top: Box, known: set[int]) -> list[Block]:
    """Return the lines of `text` that are captions; `known` are the ones that their words have told."""
    loose = sum(not lines.ends_sentence(block.text) for block in text) * 2 > len(text)
    beside = {
        p.next: p
        for p in outline.pictures
        if top.first <= p.next <= top.last and top.index <= p.box.index < top.end and not _is_icon(p)
    }
    after = [
        block
        for block in text
        if block.index in beside
        and (not _is_subheading(block) or (block.box is beside[block.index].box and _centred(block.box, top)))
    ]
    short = [block for block in after if block.size <= CAPTION]
    captioned = not known.isdisjoint(beside)
    all_short = len(short) >= 2 and len(short) * 10 >= len(after) * 7 and not loose and not captioned
    if sum(block.size for block in short) * _MOST > sum(block.size for block in text):
        all_short = False  # each paragraph has its picture above it
    alone = [block for block in after if _is_alone(block, beside[block.index], top)]
    if sum(block.size for block in alone) * _MOST > sum(block.size for block in text):
        alone = []  # each paragraph has its picture in its own box
    return [
        block
        for block in after
        if block in alone or _is_caption(block, beside[block.index], top, loose=loose, all_short=all_short)
    ]


def _is_subheading(block: Block) -> bool:
    """Return whether a line is marked as a heading: bold or numbered."""
    if block.level or block.strong_size * 2 > block.size or _NUMBERED.match(block.text):
        return True
    if block.size > CAPTION or block.box.last - block.box.first > 1:
        return False
    return any(
        _BOLD.search(el.get("style") or "") for el in block.box.el.iter("p", "span", "font", "div", "section")
    )


def _is_alone(block: Block, picture: Picture, top: Box) -> bool:
    """Return whether the picture and the block behind it have a box of their own."""
    box = block.box
    alone = box is picture.box and box is not top and box.last - box.first == 1
    return alone and block.size <= _LONG_CAPTION and box.tag not in {"p", "td", "section"}


def _is_caption(block: Block, picture: Picture, top: Box, *, loose: bool, all_short: bool) -> bool:
    """Return whether the block behind a picture is its caption.

    loose: most lines of the text end without a full stop. all_short: short lines follow most pictures.
    """
    box, size = block.box, block.size
    if size <= _LONGEST_CAPTION and (picture.el.get("alt") == block.text or _centred(box, top)):
        return True
    if loose:
        return False
    unfinished = size <= _UNFINISHED and not lines.ends_sentence(block.text)
    return size <= _WORD or unfinished or (all_short and size <= CAPTION)


def is_beside_picture(block: Block, outline: Outline) -> bool:
    """Return whether a picture stands right before or behind the line."""
    return any(block.index <= picture.next <= block.index + 1 for picture in outline.pictures)


def is_figcaption(box: Box) -> bool:
    """Return whether `box` is a picture's caption by its tag."""
    return box.tag == "figcaption" or (box.parent is not None and box.parent.tag == "figcaption")


def is_captioned(block: Block, outline: Outline) -> bool:
    """Return whether the line's box is named as the caption of the picture beside it."""
    return (_is_named(block.box.hint) or is_figcaption(block.box)) and is_beside_picture(block, outline)


def _is_icon(picture: Picture) -> bool:
    source = (picture.el.get("src") or "")[-80:].lower()
    return _ICON.search(source) is not None


def _centred(box: Box, top: Box) -> bool:
    at: Box | None = box
    while at is not None and at is not top:
        if at.tag == "center" or at.el.get("align") == "center" or _NARROW.search(at.el.get("style") or ""):
            return True
        at = at.parent
    return False
