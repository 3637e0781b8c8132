"""When the article was published: the page's own words first, metadata where the page is silent."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from newsspider.extract.header import Zones, before_lists
from newsspider.extract.last_resort import read_labelled
from newsspider.extract.scripted import scripted_time
from newsspider.items import Precision
from newsspider.page.dates import Moment, find_moments, find_relative, find_short, read_stamp
from newsspider.page.document import Page
from newsspider.page.outline import Block, Box
from newsspider.page.text import remembered

# Words before a time that is not the time of publishing: 更新时间：, 今天是, 打印时间
_OTHER: Final = re.compile(r"(?:更新|修改|最后|成文|印发|生成|编辑)[^\d:：]{0,6}[:：]?\s{0,3}$")
_NEVER: Final = re.compile(
    r"(?:打印|截止|截至|当前|今天|今日|现在是|有效期|实施|施行|失效|开始|结束|浏览|访问|注册|登录|回复|出生|生于|创刊|成立于)[^\d:：]{0,6}[:：]?\s{0,3}$"
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
_METAS: Final = (
    "article:published_time", "og:published_time", "publishdate", "pubdate", "publish_time", "publishtime",
    "og:release_date", "weibo:article:create_at", "datepublished", "article:create_at", "createdate",
    "dcterms.issued", "dcterms.date", "publish-date", "pub_date", "article_date", "releasedate", "issued",
    "citation_publication_date", "bytedance:published_time", "publication_date", "date", "dc.date",
    "dcterms.created", "parsely-pub-date",
)  # fmt: skip
# "datePublished": "2019-09-07T16:28:35" · <!--enpproperty …<date>2012-01-12 16:16:00.0</date>
_MARKS: Final = ('"datePublished"', '"pubDate"', "<date>", "var ct =")
# /2023/03-29/, /20230329/, /2023/0329/
_DAY_IN_URL: Final = re.compile(r"(?<!\d)(20[0-3]\d)[-_/]?(0[1-9]|1[0-2])[-_/]?(0[1-9]|[12]\d|3[01])(?!\d)")
# 发布时间：20230329, 20230329 10:00
_COMPACT: Final = re.compile(
    r"(?:(?:时间|日期)\s?[:：]\s?|^[\[(（]?)(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)(?:\s{0,3}([0-2]?\d[:：][0-5]\d(?:[:：][0-5]\d)?))?"
)
_LONGEST: Final = 160
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


def find_published(page: Page, zones: Zones, now: datetime | None, title: str) -> Published | None:
    """Return the time of publishing of the article whose headline is `title`."""
    found = _best(zones.header, "header")
    if found is None:
        found = (
            _best([b for b in zones.above if _STAMP.search(b.text)], "above", labelled=True)
            or _best(
                (block for block in before_lists(zones.tail) if not _is_comment(block)), "tail", labelled=True
            )
            or _agreed(page, _best(zones.above, "above", labelled=False))
        )
    if found is None:
        found = (
            _without_year(page, zones.header)
            or _compact(zones.header)
            or _from_metas(page)
            or _from_source_text(page)
            or _scripted(page, title)
        )
    if found is None and now is not None:
        found = _relative(zones.header, now)
    if found is None:
        found = _uncommon(zones.header)
    if found is not None and found.block is not None and found.precision != "relative":
        found = _witnessed(page, found)
    return found


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
    """Return a time above the headline, which may be today's, unless metadata names another day."""
    if found is not None and (meta := _from_metas(page)) is not None and meta.value[:10] != found.value[:10]:
        return None
    return found


def _witnessed(page: Page, found: Published) -> Published:
    """Doubt a printed day that metadata contradicts."""
    meta = _from_metas(page)
    if meta is None or meta.value[:10] == found.value[:10]:
        return found
    return replace(found, doubt=f"metadata says {meta.value}")


def _is_comment(block: Block) -> bool:
    box: Box | None = block.box
    for _ in range(4):
        if box is None:
            return False
        if _is_named_comment(box.hint):
            return True
        box = box.parent
    return False


def _best(blocks: Iterable[Block], zone: str, *, labelled: bool | None = None) -> Published | None:
    best: tuple[float, Published] | None = None
    lines = [block for block in blocks if block.size <= _LONGEST]
    for at, (block, text) in enumerate(_joined(lines)):
        for moment in find_moments(text):
            score = _score(text, moment, at, zone)
            if labelled and not (
                _LABEL.search(text[: moment.start]) or len(text) - moment.end + moment.start <= _BRACKETS
            ):
                continue
            if score > 0 and (best is None or score > best[0]):
                best = (score, _published(moment, f"{zone} line", block, text))
    return best[1] if best else None


def _joined(blocks: Sequence[Block]) -> list[tuple[Block, str]]:
    """Return each line, and lines without a whole time joined with what follows them."""
    out = []
    for at, block in enumerate(blocks):
        text = block.text
        if any(c.isdigit() for c in text) or "年" in text:
            if len(text) <= 12 and at + 1 < len(blocks):
                text = " ".join([text, *(b.text for b in blocks[at + 1 : at + 3] if b.size <= 12)])
            out.append((block, text))
    return out


def _score(text: str, moment: Moment, at: int, zone: str) -> float:
    before = text[: moment.start]
    if _NEVER.search(before):
        return 0.0
    score = 4.0 - 0.05 * at
    if _OTHER.search(before):
        score -= 3.0
    if _LABEL.search(before):
        score += 1.0
    if moment.precision != "day":
        score += 1.0
    if len(text) > 80:
        score -= 1.0
    if zone == "above":
        score -= 1.0
    return score


def _published(moment: Moment, rule: str, block: Block | None, text: str) -> Published:
    return Published(moment.value, moment.precision, rule, block, text)


def _from_metas(page: Page) -> Published | None:
    metas = page.metas
    for name in _METAS:
        if name in metas and (moment := read_stamp(metas[name])):
            return _published(moment, f"meta {name}", None, metas[name])
    return None


def _from_source_text(page: Page) -> Published | None:
    """Read the time that `<time>`, JSON-LD or a content management system's comment gives."""
    for element in page.root.iter("time"):
        if moment := read_stamp(element.get("datetime") or ""):
            return _published(moment, "time element", None, moment.value)
    for mark in _MARKS:
        at = page.text.find(mark)
        if at >= 0 and (moment := read_stamp(_quoted(page.text[at + len(mark) : at + len(mark) + 40]))):
            return _published(moment, f"source text {mark.strip('<>').strip(chr(34))}", None, moment.value)
    return None


def _quoted(text: str) -> str:
    """Return what stands up to the next quotation mark or tag."""
    return re.split(r"[\"'<,;]", text.lstrip(" \t\r\n:\"'"), maxsplit=1)[0]


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


def _scripted(page: Page, title: str) -> Published | None:
    moment = scripted_time(page, title)
    return _published(moment, "script beside the headline", None, moment.value) if moment else None


def _relative(blocks: Sequence[Block], now: datetime) -> Published | None:
    for block in blocks:
        if block.size <= _LONGEST and (moment := find_relative(block.text, now)) is not None:
            return _published(moment, "relative to the fetch", block, block.text)
    return None
