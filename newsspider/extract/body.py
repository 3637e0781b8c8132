"""Which blocks of the box that holds the text are paragraphs, and what each of the others is."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from newsspider.extract import bylines, captions, lines, notices, sheets
from newsspider.extract.lines import Line
from newsspider.extract.locate import Found
from newsspider.extract.looks import FIRST, is_hidden, is_linked, is_sign, printed_again, unlinked
from newsspider.extract.source import bracketed
from newsspider.page.outline import Block, Box, Outline
from newsspider.page.text import any_of, remembered

#: Kinds of lines below which no more text is expected, and the share of the text that may stand below them.
_ENDS: Final = {
    Line.COMMENTS: 9.0,
    Line.DISCLAIMER: 0.6,
    Line.EDITOR: 0.5,
    Line.READING: 0.35,
    Line.SHARE: 0.35,
}
#: Lines of a page's foot that may stand in the box of the text.
_FOOT: Final = 8
#: Characters from which a line that ends as a sentence does is a paragraph or a disclaimer.
_PARAGRAPH: Final = 90
_FULL_STOPS: Final = "。”！？"
#: Characters from which what follows a heading of a reading list is text.
_BACKGROUND: Final = 24
# 简介：…, 本文导读：…: a summary in a box of its own
_SUMMARY: Final = re.compile(
    r"[\s\[【]{0,3}(?:简介|摘要|导读|本文导读|导语|核心提示|内容提要|内容摘要|文章摘要|提要|新闻摘要)\s?[\]】:：]"
)
# AI摘要, 内容提要, alone above a summary in a box of their own
_SUMMARY_HEADED: Final = re.compile(
    r"(?:(?:AI|智能|人工智能)\s?(?:摘要|总结|速览|速读|导读|解读)|(?:内容|文章|新闻)?(?:摘要|提要))\s?[:：]?"
)
_SUMMARY_HEADING: Final = 10
# A part of the box that holds no text of the article: 视频, 图集, 投票. An article's editor, not what an
# editing program leaves in texts: 135editor, ueditor, TRS_Editor.
_INSIDE: Final = re.compile(
    rf"video|player|vote|summary|abstract|zhaiyao|daodu|daoyu|{captions.CAPTIONED.pattern}|related|relate|recommend|comment|share|e(?<![a-z\d]e)(?<!trs_e)ditor\b|copyright|statement|keyword|qrcode|erweima|advert|ad(?<=\bad)[_-]|hidden\b"
)
_is_named_inside: Final = remembered(_INSIDE)
# What a script left: 1001|||10339009|||…, {{title}}, var a =
_CODE: Final = any_of("|||", "{{", "}}", "function(", "function (", "var ", "<!--", "-->")


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
        particulars = sheets.particulars(self.blocks, self.outline, self.found.box)
        for block in self.blocks:
            kind = Line.HEADER if block.index in particulars else self._kind(block)
            if kind is not None:
                self.kinds[block.index] = kind
        self._keep_background()
        self._cut_end()
        self._drop_header()
        self._drop_captions()
        self._drop_repeated()
        self._drop_empty_heading()
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
            if (
                self._is_inside(block.box)
                or (text.startswith("本文") and self._is_summary(block))
                or self._is_headed(block)
            ):
                return self._foreign(block)
            return lines.kind_of(text)
        kind = lines.kind_of(text)
        if kind is not None:
            return kind
        if (
            block.link_size * 10 >= block.size * 7
            and text[-1] != "。"
            and (block.size < 40 or not lines.ends_sentence(text))
        ):
            return None if sheets.is_attachment(block, self.outline) else Line.LINK
        if self._is_inside(block.box) or self._is_headed(block) or self._is_summary(block):
            return self._foreign(block)
        if block.link_size * 2 >= block.size and lines.kind_of(unlinked(block)) is Line.READING:
            return Line.LINK
        if _CODE.search(text):
            return Line.FOREIGN
        if is_sign(text) and block.box.tag != "li" and sheets.cell_of(block.box) is None:
            return Line.FOREIGN
        if bylines.standing(text) is not None:
            return Line.BYLINE
        if text[0] in "(（【[" and bracketed(text):
            return Line.ORIGIN
        if lines.is_caption(text) or captions.is_figcaption(block.box):
            return Line.CAPTION
        if lines.points(text) and captions.is_beside_picture(block, self.outline):
            return Line.CAPTION
        return None

    def _foreign(self, block: Block) -> Line:
        """Return what a line of a box that is named as something else is: a picture's caption, or nothing."""
        return Line.CAPTION if captions.is_captioned(block, self.outline) else Line.FOREIGN

    def _is_inside(self, box: Box) -> bool:
        """Return whether `box` lies in a part of the found box that is named as something else."""
        top = self.found.box
        if box.parent is None or not top.index < box.index < top.end:
            return False
        known = self._inside.get(box.index)
        if known is None:
            known = self._is_foreign(box, top) or self._is_inside(box.parent)
            self._inside[box.index] = known
        return known

    def _is_foreign(self, box: Box, top: Box) -> bool:
        named, hidden = _is_named_inside(box.hint), is_hidden(box)
        if not (named or hidden):
            return False
        own, whole = self.outline.size(box), self.outline.size(top)
        # Where the core of the text lies is text, whatever its name.
        around = box.first <= self.found.core < self.found.last <= box.last
        return (named and own * 3 < whole and not around) or (hidden and own * 2 <= whole)

    def _is_summary(self, block: Block) -> bool:
        """Return whether the line tells the text in short, in a box of another kind than the text's."""
        if block.index > max(self.found.core, self.found.indices[0]):
            return False
        if self._is_told_again(block):
            return True
        if not _SUMMARY.match(block.text):
            return _SUMMARY_HEADED.fullmatch(block.text) is not None
        if block.text.startswith("本文"):
            return True
        following = self.outline.blocks[block.index + 1 : block.index + 2]
        other = bool(following) and following[0].box.tag != block.box.tag and block.box is not self.found.box
        return block.index < self.found.core or other

    def _is_headed(self, block: Block) -> bool:
        """Return whether the line above, of the same box, heads a summary, such as a machine's."""
        above, box = self.outline.blocks[block.index - 1], block.box.parent
        if above.size > _SUMMARY_HEADING or box is None or not box.first <= above.index < block.index:
            return False
        own, whole = self.outline.size(box), self.outline.size(self.found.box)
        return own * 2 < whole and _SUMMARY_HEADED.fullmatch(above.text) is not None

    def _is_told_again(self, block: Block) -> bool:
        """Return whether the next line begins as this one does, which stands in a box of another kind."""
        following = self.outline.blocks[block.index + 1 : block.index + 2]
        return (
            bool(following)
            and block.size >= _BACKGROUND
            and following[0].box.tag != block.box.tag
            and following[0].text.startswith(block.text[:_BACKGROUND])
        )

    def _keep_background(self) -> None:
        """Keep a heading like 新闻链接 that stands above text, not above links."""
        for block, following in pairwise(self.blocks):
            is_text = (
                following.index not in self.kinds and following.size >= _BACKGROUND and not following.links
            )
            if (
                is_text
                and self.kinds.get(block.index) is Line.READING
                and lines.may_be_background(block.text)
            ):
                del self.kinds[block.index]

    def _cut_end(self) -> None:
        worths = [0 if block.index in self.kinds else block.size for block in self.blocks]
        total = sum(worths)
        before = 0
        for at, block in enumerate(self.blocks):
            kind = self.kinds.get(block.index)
            before += worths[at]
            if kind not in _ENDS or before == 0:
                continue
            if total - before > before * _ENDS[kind] and not self._is_list_from(at + 1):
                continue
            if kind in {Line.READING, Line.SHARE} and any(
                b.text == block.text for b in self.blocks[at + 1 :]
            ):
                continue
            for rest in self.blocks[at + 1 :]:
                self.kinds.setdefault(rest.index, Line.FOREIGN)
            return

    def _is_list_from(self, first: int) -> bool:
        """Return whether the lines from there on are a list: each text has a linked headline above it."""
        texts = [at for at in range(first, len(self.blocks)) if self.blocks[at].index not in self.kinds]
        return all(self.kinds.get(self.blocks[at - 1].index) is Line.LINK for at in texts)

    def _drop_header(self) -> None:
        text = [block for block in self.blocks if block.index not in self.kinds]
        titles = printed_again(self.title, text[: 2 * FIRST])
        for block in text[: titles[-1] + 1] if titles else ():
            self.kinds[block.index] = Line.REPEATED
        rest = text[titles[-1] + 1 if titles else 0 :]
        # 时间：4月1日, 地点：县体育馆: an event's time is no header
        places = (at for at, block in enumerate(rest[:FIRST]) if lines.is_event_place(block.text))
        event = next(places, len(rest) + 1)
        for block in rest[: max(0, event - 1)]:
            if lines.is_header(block.text):
                self.kinds[block.index] = Line.HEADER
            elif bylines.bare(block.text):
                self.kinds[block.index] = Line.BYLINE
            elif is_linked(block) and not sheets.is_attachment(block, self.outline):
                self.kinds[block.index] = Line.LINK
            else:
                break
        text = [block for block in text if block.index not in self.kinds]
        if len(text) > 1 and bylines.bare(text[-1].text):
            self.kinds[text.pop().index] = Line.BYLINE
        self._drop_foot(text)
        for block in {*text[:2], *text[-3:]}:
            if notices.is_promotion(block.text):
                self.kinds[block.index] = Line.SHARE
            elif lines.is_stamp(block.text):
                self.kinds[block.index] = Line.HEADER

    def _drop_foot(self, text: Sequence[Block]) -> None:
        """Drop the page's foot from the text: its first line of an imprint and what follows."""
        for at, block in enumerate(text):
            if at and at >= len(text) - _FOOT and notices.is_imprint(block.text):
                for rest in text[at:]:
                    self.kinds[rest.index] = Line.FOREIGN
                return

    def _drop_captions(self) -> None:
        text = [block for block in self.blocks if block.index not in self.kinds]
        known = {index for index, kind in self.kinds.items() if kind is Line.CAPTION}
        for block in captions.captions(text, self.outline, self.found.box, known):
            self.kinds[block.index] = Line.CAPTION

    def _drop_repeated(self) -> None:
        """Drop a second copy of the text, such as one for telephones; a line alone may be printed twice."""
        seen: set[str] = set()
        runs: list[list[Block]] = [[]]
        for block in self.blocks:
            if block.index in self.kinds:
                continue
            if block.text in seen and (runs[-1] or block.size >= captions.CAPTION):
                runs[-1].append(block)
            elif runs[-1]:
                runs.append([])
            seen.add(block.text)
        for at, run in enumerate(runs):
            if len(run) > 1 or at == len(runs) - 1:
                self.kinds.update((block.index, Line.REPEATED) for block in run)

    def _drop_empty_heading(self) -> None:
        """Drop a heading of attachments that none follow."""
        last = next((block for block in reversed(self.blocks) if block.index not in self.kinds), None)
        if last is not None and sheets.is_attachments_heading(last.text):
            self.kinds[last.index] = Line.FOREIGN


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
