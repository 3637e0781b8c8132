"""Tables around and in a text: a document's particulars above it, attachments below it, rows of data."""

import re
from collections.abc import Sequence
from typing import Final

from newsspider.page.attachments import is_document
from newsspider.page.outline import Block, Box, Outline

# What offices print of a document, above its text: 索 引 号, 发布机构, 发文字号, 公开方式
_LABELS: Final = (
    r"(?:信息)?索[引取]号?|(?:主题|体裁|组配|信息|公文|服务对象|内容|目录|栏目|事项)(?:分类|类别|类型)|(?:公文|文件)种类|文种|主题词"
    r"|(?:发布|发文|制发|公开|印发|颁布|责任|信息公开|公开责任|信息提供|来源)(?:机构|机关|单位|部门|主体)"
    r"|(?:公文|文件|信息)?(?:成文|发文|发布|公开|生成|生效|失效|废止|实施|印发|施行|截止|颁布|登记|更新)(?:日期|时间)"
    r"|发文字号|(?:文件|公文|发文|信息|公开)?(?:文号|编号|字号)"
    r"|公开(?:方式|形式|类型|类别|属性|范围|时限|程序|目录|期限|选项|依据)"
    r"|(?:公文|文件|信息)?(?:名称|标题)|(?:公文|文件)?(?:时效|有效)性?|是否有效|时效性|效力(?:状态|级别)|文件状态"
    r"|内容(?:概述|概要|摘要)|关键[词字]|信息来源|备注|有效期|统一(?:登记|编)号|规范性文件(?:编号|统一编号)|签发人?"
)
_LABEL: Final = re.compile(rf"[\[【]?(?:{_LABELS})[\]】]?(?:[:：]|$)")
#: Two of these among the labels: a table of data has a 名称 and a 备注 too.
_OFFICE: Final = re.compile(
    r"[\[【]?(?:(?:信息)?索|主题|体裁|组配|公开|发布机|发布单|发文|制发|成文|文号|文件[编文]|公文|责任部|生成日|信息[分公]|效力|印发机)"
)
#: Lines among which the labels begin, and how far from one another they stand; labels of a document.
_FIRST: Final = 24
_GAP: Final = 3
_LEAST: Final = 3
_LEAST_OFFICE: Final = 2
_LONGEST: Final = 80
#: Characters of a label and a value that begins behind it.
_BEGINNING: Final = 24
# 附件1：…, 附：…, 附表
_ATTACHED: Final = re.compile(r"[\s(（【]{0,2}附[件表录图]?\s?\d{0,2}\s?[:：.、]?")
# 附件：, 相关附件下载: a heading
_ATTACHMENTS: Final = re.compile(
    r"[\s【\[]{0,2}(?:相关|文件|本文)?附件?(?:下载|列表)?\s?[:：\]】]{0,2}(?:暂?无|没有)?"
)
#: Characters of a button like PDF版.
_BUTTON: Final = 5
_ROWS: Final = frozenset(("tr", "thead", "tbody"))
_CELLS: Final = frozenset(("td", "th"))
#: Boxes between a line and the cell that it is alone in.
_LEVELS: Final = 3


def particulars(blocks: Sequence[Block], outline: Outline, top: Box) -> set[int]:
    """Return the indices of the lines that say what document the text is: number, office, subject, dates."""
    first = next((at for at, block in enumerate(blocks[:_FIRST]) if _is_label(block)), None)
    if first is None:
        return set()
    labels = [blocks[first]]
    last = at = first
    while at + 1 < len(blocks) and at - last < _GAP:
        at += 1
        if _is_label(blocks[at]):
            labels.append(blocks[at])
            last = at
    offices = sum(_OFFICE.match(_folded(block)) is not None for block in labels)
    if len(labels) < _LEAST or offices < _LEAST_OFFICE:
        return set()
    box: Box | None = labels[0].box
    while box is not None and (box.last <= labels[-1].index or box.tag in _ROWS):
        box = box.parent
    whole = outline.size(top)
    if box is not None and top.index < box.index and outline.size(box) * 2 < whole:
        return set(range(box.first, box.last))
    end = labels[-1].index
    if end + 1 < len(outline.blocks) and _beside(labels[-1], outline.blocks[end + 1]):
        end += 1
    return set(range(labels[0].index, end + 1))


def _folded(block: Block) -> str:
    return "".join(block.text[:_BEGINNING].split())


def _is_label(block: Block) -> bool:
    """Return whether the line is a label of a document, or begins with one."""
    if block.size > _LONGEST:
        return False
    if _LABEL.match(_folded(block)):
        return True
    # 发布机构 and its value in two elements of one line
    first = "".join(block.pieces[0].split()) if len(block.pieces) > 1 else ""
    return first != "" and _LABEL.fullmatch(first) is not None


def _beside(label: Block, value: Block) -> bool:
    """Return whether the line is the value of a label that stands in front of it."""
    around = label.box.parent
    return (
        value.size <= _LONGEST
        and around is not None
        and around.first <= value.index < around.last <= label.index + _GAP
        and _LABEL.fullmatch(_folded(label)) is not None
    )


def is_attachment(block: Block, outline: Outline) -> bool:
    """Return whether the line is a link to a document to download."""
    links = [outline.links[index] for index in block.links]
    if not links or block.size < _BUTTON:
        return False
    return all(is_document(link.href) for link in links) or _ATTACHED.match(block.text) is not None


def is_attachments_heading(text: str) -> bool:
    """Return whether the line is the heading of attachments, and nothing else."""
    return len(text) <= _FIRST and _ATTACHMENTS.fullmatch(text) is not None


def row_of(block: Block) -> Box | None:
    """Return the row of the table that the line is a cell of."""
    box = cell_of(block.box)
    return box.parent if box is not None and box.last - box.first == 1 else None


def cell_of(box: Box) -> Box | None:
    """Return the cell of the table that `box` is, or lies in."""
    at: Box | None = box
    for _ in range(_LEVELS):
        if at is None or at.tag in _CELLS:
            return at
        at = at.parent
    return None
