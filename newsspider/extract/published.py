"""When the article was published: the page's own words first, metadata where the page is silent."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from newsspider.extract.header import NODE, Zones, before_lists, marked
from newsspider.extract.last_resort import read_labelled
from newsspider.extract.stamps import Stamp, from_metas, from_scripts, from_source_text
from newsspider.items import Precision
from newsspider.page.dates import Moment, find_moments, find_relative, find_short
from newsspider.page.document import Page
from newsspider.page.outline import Block, Box
from newsspider.page.text import remembered

# Words before a time that is not the time of publishing: 更新时间：, 今天是, 打印时间
_OTHER: Final = re.compile(r"(?:更新|修改|最后|成文|印发|生成|编辑)[^\d:：]{0,6}[:：]?\s{0,3}$")
# 活动时间：, 报名日期：, 停水时间：
_EVENT: Final = re.compile(
    r"(?:活动|报名|会议|举办|举行|召开|比赛|考试|施工|停[水电气]|演出|培训|展览|征集|受理|面试|缴费|办理|营业|开放|公示|拍摄|统计|数据|上映|招聘|投票)"
    r"[^\d:：]{0,6}[:：]\s{0,3}$"
)
# 2023-03-29 10:00发布 2023-03-30 11:00更新: labels behind the time
_SUFFIX: Final = re.compile(r"^\s?(?:更新|修改|发布|发表)(?:\s|$)")
_NEVER: Final = re.compile(
    r"(?:(?:截止|截至|有效期|实施|施行|失效|开始|结束|出生|生于|创刊|成立于)[^\d:：]{0,6}[:：]?|(?:打印|浏览|访问|注册|登录|回复)(?:时间|日期)[:：]?"
    r"|(?:今天|今日|当前|现在)(?:是|日期|时间|北京时间)?[:：]?)\s{0,3}$"
)
_COMMENT: Final = re.compile(r"comment|pinglun|reply|liuyan|feedback|tie-|floor")
_is_named_comment: Final = remembered(_COMMENT)
_LABEL: Final = re.compile(
    r"(?:发布|发表|发稿|刊发|出版|发文|添加|上传|录入|登载|时间|日期|时\s{1,4}间|日\s{1,4}期|時間|Date|Time|\bat\b)"
    r"[^\d]{0,8}$",
    re.IGNORECASE,
)
# 发布时间：, 发布日期：; a day above the headline without such a label may be today's
_STAMP: Final = re.compile(r"(?:发布|发表|发稿|刊发|发文|时\s{0,4}间|日\s{0,4}期)[^\d:：]{0,4}[:：]")
# /2023/03-29/, /20230329/, /2023/0329/
_DAY_IN_URL: Final = re.compile(r"(?<!\d)(20[0-3]\d)[-_/]?(0[1-9]|1[0-2])[-_/]?(0[1-9]|[12]\d|3[01])(?!\d)")
# 发布时间：20230329, 20230329 10:00
_COMPACT: Final = re.compile(
    r"(?:(?:时间|日期)\s?[:：]\s?|^[\[(（]?)(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)(?:\s{0,3}([0-2]?\d[:：][0-5]\d(?:[:：][0-5]\d)?))?"
)
# Copyright © 2003-2023 … 更新日期：…: what stands in a page's imprint
_IMPRINT: Final = re.compile(r"copyright|©|版权所有|ICP|备案|主办单位|主办：|承办：", re.IGNORECASE)
# 2026年11月25日 星期三 农历十月初六 晴 12℃: the day on which the page is read
_TODAY: Final = re.compile(r"农历|阴历|℃|°C|[晴阴]|多云|今[天日]|欢迎|您好|现在|气温|天气")
# 发布日期, 生成日期：, 时间
_NAMES_A_TIME: Final = re.compile(r"(?:时\s{0,4}间|日\s{0,4}期)\s?[:：]?$")
_CELL: Final = 10
_DIGITS: Final = tuple("0123456789[（(二")
_HEADLINE: Final = 9
_SIGNATURE: Final = 20
_LONG: Final = 80
_LONGEST: Final = 160
# What a line with a time has: a digit or 年
_HAS_TIME: Final = re.compile(r"[\d年]")
#: Characters that may stand around a time which is a line of its own: [2012-01-12].
_BRACKETS: Final = 4


@dataclass(frozen=True, slots=True)
class Published:
    """A time, its precision, the rule and block that gave it."""

    value: str
    precision: Precision
    rule: str
    block: Block | None
    text: str
    doubt: str | None = None


def find_published(
    page: Page, zones: Zones, now: datetime | None, title: str, text: Sequence[Block]
) -> Published | None:
    """Return the time of publishing of the article with the headline `title` and the paragraphs `text`."""
    found = (
        _best(page, zones.header, "header")
        or _best(page, zones.above, "above", stamped=True)
        or _best(page, _below(zones.tail), "tail", labelled=True)
        or _agreed(page, _best(page, _dated(page, zones.above), "above"))
        or _without_year(page, zones.header)
        or _compact(zones.header)
        or _stamp(from_metas(page) or from_source_text(page) or from_scripts(page, title))
        or _relative(zones.header, now)
        or _uncommon(zones.header)
        or _signed(text)
    )
    if found is not None and found.block is not None and found.precision != "relative":
        found = _witnessed(page, found)
    return found


def _stamp(found: Stamp | None) -> Published | None:
    return _published(found.moment, found.rule, None, found.moment.value) if found is not None else None


def _below(blocks: Sequence[Block]) -> Iterable[Block]:
    """Return the lines below the text that may say when: no lists, comments, imprint."""
    return [b for b in before_lists(blocks) if not _IMPRINT.search(b.text) and not _is_comment(b)]


def _dated(page: Page, blocks: Sequence[Block]) -> Iterable[Block]:
    """Return the lines above the headline that may say the day of an edition: no weather, no lists."""
    lines = page.outline.blocks
    return [
        block
        for block in blocks
        if not _TODAY.search(block.text)
        and (block.link_size < _HEADLINE or block.text[0] in _DIGITS)
        and not (block.index and _is_item(lines[block.index - 1], block))
    ]


def _is_item(headline: Block, block: Block) -> bool:
    """Return whether the block stands beside the linked headline of another article."""
    return (headline.link_size >= _HEADLINE and len(headline.links) == 1) and (
        headline.box is block.box
        or headline.box is block.box.parent
        or headline.box.parent is block.box.parent
    )


def _signed(text: Sequence[Block]) -> Published | None:
    """Read the day below the signature, which is the text's last line: 2023年3月29日."""
    last = text[-1].text if text else ""
    moments = find_moments(last) if len(last) <= _SIGNATURE else []
    if len(moments) != 1 or len(last) - moments[0].end + moments[0].start > _BRACKETS:
        return None
    return replace(
        _published(moments[0], "day of the signature", text[-1], last), doubt="day of the signature"
    )


def _uncommon(blocks: Iterable[Block]) -> Published | None:
    """Read a time in no known format; one in a known format was refused by what stands before it."""
    guessed = read_labelled(block for block in blocks if not find_moments(block.text))
    if guessed is None:
        return None
    value, precision, block = guessed
    return Published(value, precision, "dateparser", block, block.text, doubt="an uncommon format")


def read_published(text: str, now: datetime | None) -> Published | None:
    """Read the time from a text that holds nothing else."""
    moments = find_moments(text)
    moment = moments[0] if moments else find_relative(text, now) if now is not None else None
    return _published(moment, "layout", None, text) if moment is not None else None


def _agreed(page: Page, found: Published | None) -> Published | None:
    """Return a time above the headline, which may be today's, unless metadata or the URL name another day."""
    if found is None:
        return None
    meta, url = from_metas(page), _DAY_IN_URL.search(page.url or "")
    if meta is not None and meta.moment.day != found.value[:10]:
        return None
    if url is not None and "-".join(url.groups()) != found.value[:10]:
        return None
    return found


def _witnessed(page: Page, found: Published) -> Published:
    """Doubt a printed day that metadata contradicts."""
    meta = from_metas(page)
    if meta is None or meta.moment.day == found.value[:10]:
        return found
    return replace(found, doubt=f"metadata says {meta.moment.value}")


def _is_comment(block: Block) -> bool:
    box: Box | None = block.box
    for _ in range(4):
        if box is None:
            return False
        if _is_named_comment(box.hint):
            return True
        box = box.parent
    return False


def _best(
    page: Page, blocks: Iterable[Block], zone: str, *, labelled: bool | None = None, stamped: bool = False
) -> Published | None:
    """Return the likeliest time; `labelled`: behind a label or alone on a line, `stamped`: behind one."""
    best: tuple[float, Published] | None = None
    lines = [block for block in blocks if block.size <= _LONGEST]
    for at, (block, text) in enumerate(_joined(lines)):
        moments = find_moments(text)
        label = _label_before(page, block) if moments else ""
        since = 0
        for moment in moments:
            before = label + _SUFFIX.sub("", text[since : moment.start])
            since = moment.end
            if stamped and (not _STAMP.search(before) or _OTHER.search(before)):
                continue
            if labelled and not (_LABEL.search(before) or len(text) - moment.end + moment.start <= _BRACKETS):
                continue
            score = _score(before, moment, at, zone) - (len(text) > _LONG)
            suffix = _SUFFIX.match(text[moment.end : moment.end + 4])
            score -= 3.0 * (suffix is not None and suffix[0].strip() in {"更新", "修改"})
            if score > 0 and (best is None or score > best[0]):
                best = (score, _published(moment, f"{zone} line", block, text))
    return best[1] if best else None


def _label_before(page: Page, block: Block) -> str:
    """Return the label in the cell before the block's: 发布日期 | 2023-03-29."""
    before = page.outline.blocks[block.index - 1] if block.index else None
    if before is None or before.size > _CELL or block.text[:1] not in _DIGITS:
        return ""
    return f"{before.text.rstrip('：: ')}：" if _NAMES_A_TIME.search(before.text) else ""


def _joined(blocks: Sequence[Block]) -> list[tuple[Block, str]]:
    """Return each line, and lines without a whole time joined with what follows them."""
    out = []
    for at, block in enumerate(blocks):
        if _HAS_TIME.search(block.text) is not None:
            text = _spaced(block)
            if len(text) <= 12 and at + 1 < len(blocks):
                text = " ".join([text, *(b.text for b in blocks[at + 1 : at + 3] if b.size <= 12)])
            out.append((block, text))
    return out


def _spaced(block: Block) -> str:
    """Return the block's text with a space between its text nodes: 浏览：12 and 2023-03-29 stay apart."""
    if NODE not in block.source:
        return block.text
    text = marked(block).replace(NODE, " ")
    return text if find_moments(text) else block.text


def _score(before: str, moment: Moment, at: int, zone: str) -> float:
    if _NEVER.search(before) or _EVENT.search(before):
        return 0.0
    score = 4.0 - 0.05 * at
    if _OTHER.search(before):
        score -= 3.0
    if _LABEL.search(before):
        score += 1.0
    if moment.precision != "day":
        score += 1.0
    if zone == "above":
        score -= 1.0
    return score


def _published(moment: Moment, rule: str, block: Block | None, text: str) -> Published:
    return Published(moment.value, moment.precision, rule, block, text)


def _without_year(page: Page, blocks: Sequence[Block]) -> Published | None:
    """Read "03-29 10:00" where the page's URL says the year of that very day."""
    match = _DAY_IN_URL.search(page.url or "")
    if match is None:
        return None
    for block in blocks:
        if block.size > _LONGEST or (printed := find_short(block.text)) is None:
            continue
        if (int(printed[1]), int(printed[2])) == (int(match[2]), int(match[3])):
            found = find_moments(f"{match[1]}-{printed[1]}-{printed[2]} {printed[3]}")
            if found:
                return _published(found[0], "header line, year of the URL", block, block.text)
    return None


def _compact(blocks: Iterable[Block]) -> Published | None:
    """Read "发布时间：20230329" and "20230329 10:00"."""
    for block in blocks:
        if block.size > _LONGEST or (match := _COMPACT.search(block.text)) is None:
            continue
        clock = match[4] or ""
        if found := find_moments(f"{match[1]}-{match[2]}-{match[3]} {clock}"):
            return _published(found[0], "header line, a day without marks", block, block.text)
    return None


def _relative(blocks: Sequence[Block], now: datetime | None) -> Published | None:
    if now is None:
        return None
    for block in blocks:
        if block.size <= _LONGEST and (moment := find_relative(block.text, now)) is not None:
            return _published(moment, "relative to the fetch", block, block.text)
    return None
