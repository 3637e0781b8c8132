"""Who wrote it: names after 记者, 通讯员, 作者, 文/ in the header, in the text and below it. No editors."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from newsspider.extract import bylines
from newsspider.extract.fields import GLUED, is_blank, is_tool, named
from newsspider.extract.header import NODE, Zones, marked
from newsspider.extract.lines import is_header
from newsspider.extract.media import is_medium
from newsspider.extract.names import is_name, people
from newsspider.extract.unlabelled import time_in
from newsspider.page.dates import find_moments
from newsspider.page.outline import Block
from newsspider.page.text import any_of

# 作者：春春 · 记者: 王新昌 · 文/李四 · 撰文：…
_LABEL: Final = re.compile(
    r"(?:作\s{0,4}者|(?:本[报网台刊]|首席|实习|见习|特约|全媒体)?记\s{0,2}者|通\s{0,2}讯\s{0,2}员|撰文|撰\s{0,2}稿\s{0,2}人?|采写|文字|(?:(?<![\u4e00-\u9fff])|(?<=图))文|編譯|编译|記者)(?:[/／、与和\s]{0,2}(?:摄影|图|图片|通讯员|实习生|摄))?[\s\x1f]{0,2}[:：/／丨|︱｜][\s\x1f]{0,6}"
)
# What each of these labels holds: most header lines hold none.
_LABEL_WORDS: Final = re.compile("[者员撰写文字译譯]")
# 供稿人：林小河, 信息员：林小河, 执笔：林小河, Author: 林小河: labels behind which offices stand as well
_WEAK_LABEL: Final = re.compile(
    r"(?:供\s{0,2}稿\s{0,2}人?|投稿人?|来稿人?|拟稿人?|信息员|报道员|执笔人?|主笔|采访|采编|整理|编写|文案|图文|文图|\bAuthor|\bBy)(?:[/／、与和\s]{0,2}(?:摄影|图|图片|摄))?"
    r"(?:[\s\x1f]{0,2}[:：/／丨|︱｜][\s\x1f]{0,6}|(?<=[Bb]y)[\s\x1f]{1,2})",
    re.IGNORECASE,
)
_WEAK_WORDS: Final = any_of(
    "稿", "员", "笔", "采", "理", "写", "案", "图", "uthor", "by ", "by\x1f", "By", "BY"
)
# 来源CSDN| 0 条评论| 作者魏星: a label without a colon, where it is a field of its own
_BARE_LABEL: Final = re.compile(
    r"(?:^|[|｜\s\x1f])(?:本[报网台刊社]|首席|见习|实习|全媒体|特约)?(?:作者|记者|通讯员)"
    r"[\s\x1f]?([\u4e00-\u9fff]{2,3}(?:[\s、][\u4e00-\u9fff]{2,3}){0,4})(?=$|[|｜\s\x1f])"
)
# 来源：清河日报 林小河
_BEHIND_SOURCE: Final = re.compile(
    r"(?:来源|稿源)[:：]\s{0,3}(\S{3,16})\s{1,4}([\u4e00-\u9fff]{3})(?=$|[|｜\s\x1f])"
)
_LABEL_END: Final = re.compile(
    rf"\x1f(?=[^\x1f]{{0,8}}[:：])|[|｜]|{GLUED}|(?=(?:(?:文章|信息|稿件|新闻|内容)?来\s{{0,3}}源|稿源|编\s{{0,2}}辑|责编|责任|时间|日期|发布|发表|更新|字\s{{0,2}}[号体]|点击|浏览|阅读|访问|人气|热度|评论|选稿|关键[词字]|标签|栏目|[初复终一二三]审|审[核校]|图片?[/：:]|摄影|校对|添加|单位|【|\[|[（(]?(?:20|19)\d\d[-年/.]))|[。；;]"
)
# Between a writer and a medium: 林小河/清河日报, 清河日报·林小河, 清河日报 | 林小河
_MARKS: Final = re.compile(r"[\s\x1f|｜丨/／·•,，]+")
# 2023-03-29 10:00·林小河
_BEHIND_TIME: Final = re.compile(r"\s?[·•|｜丨]\s?([\u4e00-\u9fff]{2,4})$")
#: Characters of a line that holds by-lines, a time beside a name, nothing but a name.
_CREDIT: Final = 200
_LINE: Final = 60
_SHORT: Final = 16
_OPENING: Final = ("[", "【", "（", "(")
_CLOSING: Final = re.compile(r"[\]】）)\x1f]")
# What may stand beside a name before the time: 王利阳 2015-06-21 11:39
_EDGES: Final = " |｜·　"


@dataclass(frozen=True, slots=True)
class Authors:
    """The writers, the rule and block that gave the first of them."""

    names: tuple[str, ...]
    rule: str
    block: Block | None
    text: str


def find_authors(zones: Zones, text: Sequence[Block], around: Iterable[Block]) -> Authors | None:
    """Return the writers; `text` are the paragraphs, `around` the lines dropped beside them."""
    names: list[str] = []
    rules: list[tuple[str, Block]] = []
    for rule, found in (
        ("label in the header", _labelled(zones.header)),
        ("line of its own", _standing([*zones.header, *around])),
        ("by-line in the text", _in_text(text)),
    ):
        if found is not None:
            names += found[0]
            rules.append((rule, found[1]))
    if not names:
        for rule, found in (
            ("label below the text", _labelled(zones.tail)),
            ("label above the headline", _labelled([b for b in zones.above[::-1] if is_header(b.text)])),
            ("beside the time", _beside_time(zones.header)),
            ("element named after it", _named(zones.header)),
            ("names beside the time", _bare(_by_time(zones.header))),
            ("names above the text", _bare([b for b in zones.header[-1:] if not b.link_size])),
            ("names below the text", _bare([b for b in around if _is_behind(b, text) and not b.link_size])),
        ):
            if found is not None:
                names += found[0]
                rules.append((rule, found[1]))
                break
    if not names:
        return None
    rule, block = rules[0]
    return Authors(tuple(dict.fromkeys(names)), rule, block, block.text[:200])


def _is_behind(block: Block, text: Sequence[Block]) -> bool:
    return bool(text) and block.index == text[-1].index + 1


# class="author", id="zuozhe"
_BOX: Final = re.compile(
    r"(?<![a-z])(?:(?:news|article|art)?_?-?author(?:_?-?name)?|zuozhe|writer)(?![a-z])", re.IGNORECASE
)
# 作者, 记者：, in a cell of their own
_CELL: Final = re.compile(r"(?:作\s{0,4}者|记者|通讯员|撰稿人?|供稿人|文章作者)\s?[:：]?")
_Named = tuple[tuple[str, ...], Block]


def _named(blocks: Sequence[Block]) -> _Named | None:
    """Read the element that is named after what it holds: <span class=author>."""
    for text, block in named(blocks, _BOX):
        words = _MARKS.split(text.strip(_EDGES))
        if words and all(map(is_name, words)) and not any(map(is_medium, words)):
            return tuple(words), block
    return None


def _labelled(blocks: Sequence[Block]) -> _Named | None:
    for at, block in enumerate(blocks):
        if block.size > _CREDIT:
            continue
        names = _in_next_cell(blocks, at) or _behind_labels(marked(block))
        if names:
            return tuple(dict.fromkeys(names)), block
    return None


def _in_next_cell(blocks: Sequence[Block], at: int) -> Sequence[str]:
    """Return the names in the block behind one that is nothing but a label."""
    if blocks[at].size > _SHORT or at + 1 == len(blocks) or _CELL.fullmatch(blocks[at].text) is None:
        return ()
    value = blocks[at + 1].text
    return people(value) if len(value) <= _SHORT and bylines.bare(value) else ()


def _behind_labels(text: str) -> Sequence[str]:
    """Return the names behind the labels of a line, the surest labels first."""
    names = _values(_LABEL, text, loose=True) if _LABEL_WORDS.search(text) is not None else []
    if not names and _WEAK_WORDS.search(text) is not None:
        names = _values(_WEAK_LABEL, text, loose=False)
    if not names and any(map(text.__contains__, ("作者", "记者", "通讯员", "评论员"))):
        names = _fields(text) or [name for match in _BARE_LABEL.finditer(text) for name in people(match[1])]
    if not names and (behind := _BEHIND_SOURCE.search(text)) is not None:
        names = [behind[2]] if is_medium(behind[1]) and is_name(behind[2]) else []
    return names


def _values(label: re.Pattern[str], text: str, *, loose: bool) -> list[str]:
    values = [_value(text[match.end() :]) for match in label.finditer(text)]
    names = [
        name for value in values if not is_blank(value) for name in people(value, loose=loose, labelled=True)
    ]
    return [name for name in names if not is_tool(name)]


def _value(rest: str) -> str:
    if rest[:1] in _OPENING and not is_tool(_CLOSING.split(rest[1:], maxsplit=1)[0]):
        rest = rest[1:]  # 作者：[林小河], no 作者：【打印本页】
    if is_tool(rest.lstrip(_EDGES + NODE + "•/").partition(NODE)[0]):
        return ""
    end = _LABEL_END.search(rest)
    return (rest[: end.start()] if end else rest).replace(NODE, " ").strip()


def _fields(text: str) -> list[str]:
    """Read by-lines that are fields of their own: 来源：清河日报 | 记者 林小河 通讯员 周平."""
    for moment in reversed(find_moments(text)):
        text = f"{text[: moment.start]}{NODE}{text[moment.end :]}"
    for part in text.split(NODE):
        if names := bylines.standing(part.strip(_EDGES)) or bylines.inside(part, first=False):
            return list(names)
    return []


def _standing(blocks: Iterable[Block]) -> _Named | None:
    """Read lines that are nothing but by-lines, the first and those next to it."""
    names: list[str] = []
    first: Block | None = None
    last = 0
    for block in blocks:
        if first is not None and block.index > last + 1:
            break
        if found := bylines.standing(block.text):
            names += found
            first, last = first or block, block.index
    return (tuple(dict.fromkeys(names)), first) if first is not None else None


def _bare(blocks: Iterable[Block]) -> _Named | None:
    """Read a line above the text that is nothing but names."""
    for block in blocks:
        if names := bylines.bare(block.text):
            return names, block
    return None


def _in_text(blocks: Sequence[Block]) -> _Named | None:
    names: list[str] = []
    first: Block | None = None
    last = len(blocks) - 1
    for at, block in enumerate(blocks):
        if 3 <= at < last - 1:
            continue
        found = bylines.inside(block.text, first=at < 3)
        if at >= last - 1 and not found:
            found = bylines.closing(block.text)
        if found:
            names += found
            first = first or block
    return (tuple(dict.fromkeys(names)), first) if first else None


def _beside_time(blocks: Sequence[Block]) -> _Named | None:
    """Read a name beside the time, or beside a medium: "王利阳 2015-06-21 11:39:55", "东方网 王冰倩"."""
    lines = [block for block in blocks if block.size <= _LINE]
    for at, block in enumerate(lines):
        span = time_in(block.text)
        if span is None:
            continue
        alone = block.text[: span[0]].strip(_EDGES)
        parts = [
            block.text[span[1] :],
            alone,
            marked(block),
            _row(lines[max(0, at - 2) : at]),
            _row(lines[at + 1 : at + 3]),
        ]
        for part in parts:
            if (name := _beside_medium(part)) is not None:
                return (name,), block
        if is_name(alone):
            return (alone,), block
        if (behind := _BEHIND_TIME.match(parts[0])) is not None and is_name(behind[1]):
            return (behind[1],), block
    return None


def _by_time(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the short lines above a line with a time that hold two words: one alone may be a section."""
    return [
        block
        for block, following in pairwise(blocks)
        if " " in block.text and block.size <= _SHORT and not block.link_size and find_moments(following.text)
    ]


def _row(blocks: Iterable[Block]) -> str:
    """Return short lines as the nodes of one."""
    return NODE.join(block.text for block in blocks if block.size <= _SHORT)


def _beside_medium(text: str) -> str | None:
    """Return a name that is a word of its own beside a medium's: 云溪晚报 | 林小河, 林小河/云溪晚报."""
    words = [word for word in _MARKS.split(text) if word]
    for word, following in pairwise(words):
        for name, medium in ((following, word), (word, following)):
            if not is_name(name) or is_medium(name) or not is_medium(medium) or is_tool(medium):
                continue
            if not medium.startswith(name):  # 云溪 beside 云溪日报 is the place
                return name
    return None
