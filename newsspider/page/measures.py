"""What a page has of an article and of a list, measured once over its outline."""

import re
from typing import Final

from msgspec import Struct

from newsspider.page.attachments import is_document
from newsspider.page.document import Page
from newsspider.page.outline import Block, Box, Outline, Picture
from newsspider.page.text import any_of, remembered

#: Characters of a paragraph, of a linked headline, of a short one, of a headline printed as text, of a line.
PARAGRAPH: Final = 28
HEADLINE: Final = 9
#: Characters of all that a list says of its first story; linked headlines that make paragraphs a list.
SUMMARY: Final = 250
FEW: Final = 4
PHRASE: Final = 6
_TITLE: Final = 8
#: Characters of a headline that is marked up as the page's main one.
_MAIN_TITLE: Final = 4
_LINE: Final = 150
#: Lines above and below the text where a byline stands.
_ABOVE: Final = 15
_BELOW: Final = 6
#: Characters and number of the short lines that are a text: verses, captions of a picture story.
_VERSE: Final = 7
_VERSES: Final = 3
#: Boxes above a paragraph that may hold the whole text.
_LEVELS: Final = 3

#: Cells of a table of data.
_LEAST_CELLS: Final = 8
_CELLS: Final = frozenset(("td", "th"))
# Class and id names of a headline's box: title, article_title, xl_tit1, bt
_TITLE_HINT: Final = re.compile(r"(?:^|[\s_-])(?:\w{0,12}title|tit|bt|headline)\d?(?:$|\s)")
_is_named_title: Final = remembered(_TITLE_HINT)

# Punctuation of Chinese, Tibetan, Uyghur and Mongolian sentences
_SENTENCE: Final = re.compile(r"[。！？；，…།،؛؟᠂᠃]")
# 2019-10-12 08:30, 2019年10月12日
_TIME: Final = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")
# 来源：清河日报, 稿源：本网, 记者 张三
_CREDIT: Final = re.compile(r"来源|稿源|记者|作者|通讯员")
_TIME_OR_CREDIT: Final = re.compile(
    _TIME.pattern + r"|来源|稿源|责任编辑|责编|编辑\s?[：:]|作者\s?[：:]|记者|通讯员|发布时间|发表时间"
)
# 版权所有 清河新闻网, 京ICP备…, 新闻热线：…: lines of a footer
_IMPRINT: Final = re.compile(
    r"版权|许可|备案|ICP|Copyright|举报|电话|热线|地址|邮箱|主办|承办|声明|即将离开|标识码|技术支持",
    re.IGNORECASE,
)
# 刊用本网站稿件，务经书面授权…, 建议使用1366*768分辨率…, 您访问的链接即将离开“某县政府”门户网站，是否继续？
_FOOT: Final = any_of(
    "您访问的链接",
    "您即将离开",
    "您将离开",
    "版权所有",
    "ICP备",
    "技术支持",
    "标识码",
    "书面授权",
    "不代表本网",
    "分辨率",
)
# /2023/06/W020230608624828.png, 7d3f9a0c11e24b6f.jpg: a picture that was uploaded
_UPLOADED: Final = re.compile(
    r"\d{6}[^/]{0,99}$|\d{4}[-/]?\d\d[-/]?\d\d?/|[\da-f]{16}[^/]{0,99}$", re.IGNORECASE
)
# qrcode.png, share_weixin.png: a picture of the template
_TEMPLATE_PICTURE: Final = re.compile(r"qr|code|ewm|logo|icon|weixin|wechat|share|banner", re.IGNORECASE)


class Measures(Struct, frozen=True, kw_only=True):
    """The measures of a page.

    text: characters outside links. body: characters of paragraphs in the box that holds most of them;
    body_links: headlines linked between these paragraphs; brief: no paragraph, but sentences below a headline
    that prints both time and credit; byline: a time or a credit stands beside them. pictured: no text at all
    below such a headline, but a picture; tabled: but a table of data;
    attached: but documents to download.
    titled: a line that is no link repeats the page's title. headlines: links with the text of a headline;
    phrases: links with a text longer than a channel's name.
    """

    text: int
    link_text: int
    body: int
    paragraphs: int
    body_links: int
    byline: bool
    brief: bool
    pictured: bool
    tabled: bool
    attached: bool
    titled: bool
    headlines: int
    phrases: int
    links: int


def measure(page: Page) -> Measures:
    """Measure `page`."""
    outline = page.outline
    title = _title_line(outline, page.head_title)
    headline = outline.blocks[title].text if title >= 0 else ""
    paragraphs = [
        block
        for block in outline.blocks
        if block.size >= PARAGRAPH
        and block.link_size * 4 < block.size
        and _SENTENCE.search(block.text)
        and block.text != headline
        and not (block.size < _LINE and _FOOT.search(block.text))
    ]
    body, inner = _densest(paragraphs)
    if title >= 0 and body < PARAGRAPH * _VERSES:
        lines = _densest(_short_lines(outline, title))
        if len(lines[1]) >= _VERSES and lines[0] > body:
            body, inner = lines
    brief = body < PARAGRAPH and title >= 0 and _credited(outline, title)
    if brief:
        body, inner = _densest([b for b in _short_lines(outline, title) if _SENTENCE.search(b.text)])
    phrases = [link for link in outline.links if len(link.text) >= PHRASE]
    headlines = [link for link in phrases if len(link.text) >= HEADLINE]
    among = sum(inner[0].index < link.first <= inner[-1].index for link in headlines) if inner else 0
    tabled = brief and not inner and _is_table_below(outline, title)
    attached = brief and not inner and not tabled and _has_document_below(outline, title)
    told = tabled or attached
    pictured = brief and not inner and not told and picture_below(outline, title) is not None
    byline = pictured or told or (bool(inner) and _has_byline(outline, inner, title))
    if inner and inner[0].index and body < SUMMARY and not byline:
        above = outline.blocks[inner[0].index - 1]
        if above.link_size >= HEADLINE and above.link_size * 10 >= above.size * 7:
            among = max(among, FEW)  # a summary below the headline that it belongs to
    return Measures(
        text=outline.sums[-1] - outline.link_sums[-1],
        link_text=outline.link_sums[-1],
        body=body,
        paragraphs=len(inner),
        body_links=among,
        brief=brief and bool(inner),
        pictured=pictured,
        tabled=tabled,
        attached=attached,
        byline=byline,
        titled=title >= 0 and (not inner or title < inner[-1].index),
        headlines=len(headlines),
        phrases=len(phrases),
        links=len(outline.links),
    )


def days_printed(outline: Outline) -> int:
    """Count the short lines that print a day."""
    return len(
        [
            block
            for block in outline.blocks
            # Two plain words first: few lines hold one.
            if block.size < _LINE and ("20" in block.text or "19" in block.text) and _TIME.search(block.text)
        ]
    )


def _densest(paragraphs: list[Block]) -> tuple[int, list[Block]]:
    """Characters and blocks of the box that holds most of the paragraphs' text, a few levels above them."""
    inside: dict[int, list[Block]] = {}
    sizes: dict[int, int] = {}
    for block in paragraphs:
        box: Box | None = block.box
        for _ in range(_LEVELS):
            if box is None:
                break
            inside.setdefault(box.index, []).append(block)
            sizes[box.index] = sizes.get(box.index, 0) + block.size
            box = box.parent
    if not sizes:
        return 0, []
    best = max(sizes, key=lambda index: sizes[index])
    return sizes[best], inside[best]


def _has_byline(outline: Outline, inner: list[Block], title: int) -> bool:
    """Whether a time or a credit is printed just above or below the text, or below the headline."""
    first, last = inner[0].index, inner[-1].index
    blocks = outline.blocks
    around = [*blocks[max(0, first - _ABOVE) : first], *blocks[last + 1 : last + 1 + _BELOW]]
    if 0 <= title < first:
        around += blocks[title + 1 : min(first, title + 1 + _BELOW)]
    return any(
        block.size < _LINE
        and block.link_size < HEADLINE
        and block.link_size * 2 < block.size
        and _TIME_OR_CREDIT.search(block.text)
        for block in around
    )


def _short_lines(outline: Outline, title: int) -> list[Block]:
    """Lines below the headline that are no paragraph each and may be a text together."""
    headline = outline.blocks[title].text
    return [
        block
        for block in outline.blocks[title + 1 :]
        if _VERSE <= block.size < _LINE
        and block.text != headline
        and not block.link_size
        and (_SENTENCE.search(block.text) or not _TIME_OR_CREDIT.search(block.text))
        and not _IMPRINT.search(block.text)
        and not _FOOT.search(block.text)
    ]


def picture_below(outline: Outline, title: int) -> Picture | None:
    """Return the first picture below the headline and its time that is none of the template."""
    timed = [
        block.index
        for block in outline.blocks[title + 1 : title + 1 + _BELOW]
        if block.size < _LINE and _TIME.search(block.text)
    ]
    first = timed[0] + 1 if timed else title + 1
    for picture in outline.pictures:
        source = picture.el.get("src") or ""
        if (
            first <= picture.next <= first + _BELOW
            and picture.link is None
            and _UPLOADED.search(source[-200:])
            and not _TEMPLATE_PICTURE.search(source[-200:])
        ):
            return picture
    return None


def _is_table_below(outline: Outline, title: int) -> bool:
    """Whether a table of data stands below the headline: 行政处罚决定书文号 | 清罚决字〔2018〕第1号."""
    cells = [
        block
        for block in outline.blocks[title + 1 :]
        if block.box.tag in _CELLS and not block.link_size and block.box.last - block.box.first == 1
    ]
    return len(cells) >= _LEAST_CELLS


def _has_document_below(outline: Outline, title: int) -> bool:
    """Whether a document to download is linked below the headline: 附件：春灌方案.pdf."""
    return any(link.first > title and is_document(link.href) for link in outline.links)


def title_line(page: Page) -> int:
    """Return the index of the line that prints the headline; -1 where none is known for one."""
    return _title_line(page.outline, page.head_title)


def _credited(outline: Outline, title: int) -> bool:
    """Whether a line just below the headline prints a time, and one a credit: 2026-11-20 来源：清河日报."""
    lines = [block for block in outline.blocks[title + 1 : title + 1 + _BELOW] if block.size < _LINE]
    timed = any(_TIME.search(block.text) for block in lines)
    return timed and any(_CREDIT.search(block.text) for block in lines)


def _title_line(outline: Outline, title: str) -> int:
    """Index of a line outside links that is the `<title>`, or the part of it that is not the site's name; -1.

    An article prints its own headline; a list's title is made of the channel's and the site's name.
    Where the page has no title to speak of, or another one, a main heading stands for it: the second
    only with time and credit below.
    """
    title = "".join(title.split())
    main = -1
    for block in outline.blocks:
        least = _MAIN_TITLE if block.level == 1 else _TITLE
        if not least <= block.size < _LINE or block.link_size * 2 >= block.size:
            continue
        text = "".join(block.text.split())
        if len(text) >= least and text in title:
            return block.index
        if main < 0 and (
            block.level == 1 or (_is_named_title(block.box.hint) and _credited(outline, block.index))
        ):
            main = block.index
    if main >= 0 and (len(title) < _TITLE or _credited(outline, main)):
        return main
    return _above_byline(outline)


def _above_byline(outline: Outline) -> int:
    """Index of the line above the one with both time and credit; -1 where there are many, or it is a link."""
    bylines = [
        at
        for at, block in enumerate(outline.blocks)
        if block.size < _LINE
        and ("20" in block.text or "19" in block.text)
        and _TIME.search(block.text)
        and _CREDIT.search(block.text)
    ]
    if not 0 < len(bylines) < FEW or bylines[0] == 0:
        return -1
    above = outline.blocks[bylines[0] - 1]
    return above.index if _TITLE <= above.size < _LINE and not above.link_size else -1
