"""Which blocks of the box that holds the text are paragraphs, and what each of the others is."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from newsspider.extract import bylines, lines
from newsspider.extract.lines import Line
from newsspider.extract.locate import Found
from newsspider.extract.source import bracketed
from newsspider.page.outline import Block, Box, Outline, Picture
from newsspider.page.text import any_of, clean, remembered

#: Kinds of lines below which no more text is expected, and the share of the text that may stand below them.
_ENDS: Final = {
    Line.COMMENTS: 9.0,
    Line.DISCLAIMER: 0.6,
    Line.EDITOR: 0.5,
    Line.READING: 0.35,
    Line.SHARE: 0.35,
}
#: Blocks at the top of the text among which the headline may stand again; characters of a caption.
_FIRST: Final = 4
_SIGN: Final = 12
#: Characters from which a line that ends as a sentence does is a paragraph or a disclaimer.
_PARAGRAPH: Final = 90
_FULL_STOPS: Final = "。”！？"
#: Characters from which what follows a heading of a reading list is text.
_BACKGROUND: Final = 24
_CAPTION: Final = 45
_LONG_CAPTION: Final = 120
_LONGEST_CAPTION: Final = 200
#: A third of the text and more is no captions.
_MOST: Final = 3
_UNFINISHED: Final = 60
_WORD: Final = 10
# 简介：…, 本文导读：…: a summary in a box of its own
_SUMMARY: Final = re.compile(
    r"[\s\[【]{0,3}(?:简介|摘要|导读|本文导读|导语|核心提示|内容提要|内容摘要|文章摘要|提要|新闻摘要)\s?[\]】:：]"
)
# A part of the box that holds no text of the article: 视频, 图集, 投票.
_INSIDE: Final = re.compile(
    r"video|player|vote|caption|pictext|img_?desc|imgtxt|tuzhu|related|relate|recommend|comment|share|editor\b|copyright|statement|keyword|qrcode|erweima|advert|ad(?<=\bad)[_-]|hidden\b"
)
_is_named_inside: Final = remembered(_INSIDE)
# /images/icon_1.png, logo.gif, spacer.gif
_ICON: Final = any_of("icon", "logo", "spacer", "blank", "/ico", "arrow", "dot.", "line.")
# What a script left: 1001|||10339009|||…, {{title}}, var a =
_CODE: Final = any_of("|||", "{{", "}}", "function(", "function (", "var ", "<!--", "-->")
# …完工。　　新建农田…: a paragraph's indent in the middle of a text
_INDENT: Final = re.compile(r"(?<=[。！？：”）])\s{0,3}\u3000{2}(?!\s{0,3}[(（])")
_PRE_LINE: Final = re.compile(r"\n")
_NARROW: Final = re.compile(r"text-align:\s{0,2}(?:center|right)", re.IGNORECASE)


class Picker:
    """Tells the paragraphs among the found blocks from the lines that stand around them."""

    def __init__(self, outline: Outline, found: Found, *, after: int, title: str) -> None:
        self.outline = outline
        self.found = found
        self.blocks = [outline.blocks[i] for i in found.indices if i > after]
        self.title = title
        self.kinds: dict[int, Line] = {}
        self._inside: dict[int, bool] = {}

    def pick(self) -> list[Block]:
        """Return the paragraphs in order; `kinds` then says why each other block is none."""
        for block in self.blocks:
            kind = self._kind(block)
            if kind is not None:
                self.kinds[block.index] = kind
        self._keep_background()
        self._cut_end()
        self._drop_header()
        self._drop_captions()
        self._drop_repeated()
        kept = [block for block in self.blocks if block.index not in self.kinds]
        if not kept:  # a picture story: its captions are the text
            kept = [block for block in self.blocks if self.kinds.get(block.index) is Line.CAPTION]
        return kept

    @property
    def bylines(self) -> list[int]:
        """The blocks that are by-lines of their own."""
        return [index for index, kind in self.kinds.items() if kind is Line.BYLINE]

    def _kind(self, block: Block) -> Line | None:  # noqa: C901, PLR0911 - one question a kind
        text = block.text
        if block.size > _PARAGRAPH and not block.link_size and text[-1] in _FULL_STOPS:
            if self._is_inside(block.box):
                return Line.FOREIGN
            return lines.kind_of(text)
        kind = lines.kind_of(text)
        if kind is not None:
            return kind
        if block.link_size * 10 >= block.size * 7 and (block.size < 40 or not lines.ends_sentence(text)):
            return Line.LINK
        if self._is_inside(block.box) or (block.index < self.found.core and _SUMMARY.match(text)):
            return Line.FOREIGN
        if _CODE.search(text):
            return Line.FOREIGN
        if block.size <= _SIGN and text.isascii() and block.box.tag not in {"td", "th", "li"}:
            return Line.FOREIGN
        if not (text[0].isalpha() or any(map(str.isalpha, text))) and block.box.tag not in {"td", "th", "li"}:
            return Line.FOREIGN
        if bylines.standing(text) is not None:
            return Line.BYLINE
        if text[0] in "(（【[" and bracketed(text):
            return Line.ORIGIN
        if lines.is_caption(text) or _is_figcaption(block.box):
            return Line.CAPTION
        return None

    def _is_inside(self, box: Box) -> bool:
        """Return whether `box` lies in a part of the found box that is named as something else."""
        top = self.found.box
        if box.parent is None or not top.index < box.index < top.end:
            return False
        known = self._inside.get(box.index)
        if known is None:
            own, whole = self.outline.size(box), self.outline.size(top)
            named = _is_named_inside(box.hint) and own * 3 < whole
            known = named or (_is_hidden(box) and own * 2 <= whole) or self._is_inside(box.parent)
            self._inside[box.index] = known
        return known

    def _keep_background(self) -> None:
        """Keep a heading like 新闻链接 that stands above text, not above links."""
        for block, following in pairwise(self.blocks):
            is_text = (
                following.index not in self.kinds and following.size >= _BACKGROUND and not following.links
            )
            if is_text and self.kinds.get(block.index) is Line.READING:
                del self.kinds[block.index]

    def _cut_end(self) -> None:
        worths = [0 if block.index in self.kinds else block.size for block in self.blocks]
        total = sum(worths)
        before = 0
        for at, block in enumerate(self.blocks):
            kind = self.kinds.get(block.index)
            before += worths[at]
            if kind not in _ENDS or before == 0 or total - before > before * _ENDS[kind]:
                continue
            if kind in {Line.READING, Line.SHARE} and any(
                b.text == block.text for b in self.blocks[at + 1 :]
            ):
                continue
            for rest in self.blocks[at + 1 :]:
                self.kinds.setdefault(rest.index, Line.FOREIGN)
            return

    def _drop_header(self) -> None:
        text = [block for block in self.blocks if block.index not in self.kinds]
        titles = [at for at, block in enumerate(text[:_FIRST]) if block.text == self.title]
        for block in text[: titles[-1] + 1] if titles else ():
            self.kinds[block.index] = Line.REPEATED
        for block in text[titles[-1] + 1 if titles else 0 :]:
            if lines.is_header(block.text):
                self.kinds[block.index] = Line.HEADER
            elif bylines.bare(block.text):
                self.kinds[block.index] = Line.BYLINE
            elif block.link_size * 5 >= block.size * 2 and not lines.ends_sentence(block.text):
                self.kinds[block.index] = Line.LINK
            else:
                break
        text = [block for block in text if block.index not in self.kinds]
        for block in {*text[:2], *text[-3:]}:
            if lines.is_promotion(block.text):
                self.kinds[block.index] = Line.SHARE
            elif lines.is_stamp(block.text):
                self.kinds[block.index] = Line.HEADER

    def _drop_captions(self) -> None:
        text = [block for block in self.blocks if block.index not in self.kinds]
        loose = sum(not lines.ends_sentence(block.text) for block in text) * 2 > len(text)
        box = self.found.box
        beside = {
            p.next: p
            for p in self.outline.pictures
            if box.first <= p.next <= box.last and box.index <= p.box.index < box.end and not _is_icon(p)
        }
        after = [block for block in text if block.index in beside and block.strong_size * 2 <= block.size]
        short = [block for block in after if block.size <= _CAPTION]
        captioned = any(self.kinds.get(i) is Line.CAPTION for i in beside)
        all_short = len(short) >= 2 and len(short) * 10 >= len(after) * 7 and not loose and not captioned
        alone = [block for block in after if self._is_alone(block, beside[block.index])]
        if sum(block.size for block in alone) * _MOST > sum(block.size for block in text):
            alone = []  # each paragraph has its picture in its own box
        for block in after:
            if block in alone or self._is_caption(
                block, beside[block.index], loose=loose, all_short=all_short
            ):
                self.kinds[block.index] = Line.CAPTION

    def _is_alone(self, block: Block, picture: Picture) -> bool:
        """Return whether the picture and the block behind it have a box of their own."""
        box = block.box
        alone = box is picture.box and box is not self.found.box and box.last - box.first == 1
        return alone and block.size <= _LONG_CAPTION and box.tag not in {"p", "td"}

    def _is_caption(self, block: Block, picture: Picture, *, loose: bool, all_short: bool) -> bool:
        """Return whether the block behind a picture is its caption.

        loose: most lines of the text end without a full stop. all_short: short lines follow most pictures.
        """
        top, box, size = self.found.box, block.box, block.size
        if size <= _LONGEST_CAPTION and (picture.el.get("alt") == block.text or _centred(box, top)):
            return True
        if loose:
            return False
        unfinished = size <= _UNFINISHED and not lines.ends_sentence(block.text)
        return size <= _WORD or unfinished or (all_short and size <= _CAPTION)

    def _drop_repeated(self) -> None:
        """Drop a second copy of the text, such as the one for telephones."""
        seen: set[str] = set()
        running = False
        for block in self.blocks:
            if block.index in self.kinds:
                continue
            if block.text in seen and (running or block.size >= _CAPTION):
                self.kinds[block.index] = Line.REPEATED
                running = True
            else:
                running = False
            seen.add(block.text)


def _is_figcaption(box: Box) -> bool:
    return box.tag == "figcaption" or (box.parent is not None and box.parent.tag == "figcaption")


def _is_icon(picture: Picture) -> bool:
    source = (picture.el.get("src") or "")[-80:].lower()
    return _ICON.search(source) is not None


def _is_hidden(box: Box) -> bool:
    style = box.el.get("style")
    return style is not None and "none" in style and "display" in style


def _centred(box: Box, top: Box) -> bool:
    at: Box | None = box
    while at is not None and at is not top:
        if at.tag == "center" or at.el.get("align") == "center" or _NARROW.search(at.el.get("style") or ""):
            return True
        at = at.parent
    return False


def without_signature(blocks: Sequence[Block], names: Sequence[str]) -> list[Block]:
    """Drop a first or last line that is just an office and a writer: 某市安监局王某某."""
    if len(blocks) < 3:
        return list(blocks)

    def signs(block: Block) -> bool:
        text = block.text.replace(" ", "")
        return (
            block.size <= 24
            and text.endswith(tuple(names))
            and not any(mark in text for mark in "，。：:！？")
        )

    return [block for block in blocks if not ((block is blocks[0] or block is blocks[-1]) and signs(block))]


def joined(blocks: Sequence[Block]) -> str:
    """Return the body's text: paragraphs joined by one blank line."""
    return "\n\n".join(part for block in blocks for part in _parts(block))


def _parts(block: Block) -> Sequence[str]:
    """Cut a block where its source shows paragraphs without a tag: an indent, a line of a `<pre>`."""
    raw = "".join(block.pieces).strip()
    cut, mark = (_PRE_LINE, "\n") if block.box.tag == "pre" else (_INDENT, "\u3000\u3000")
    if mark not in raw or cut.search(raw) is None:
        return (block.text,)
    return [text for part in cut.split(raw) if (text := clean(part))]
