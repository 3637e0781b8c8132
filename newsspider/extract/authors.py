"""Who wrote it: names after 记者, 通讯员, 作者, 文/ in the header, in the text and below it. No editors."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from newsspider.extract import bylines
from newsspider.extract.header import NODE, Zones, marked
from newsspider.extract.names import is_name, people
from newsspider.extract.source import is_medium
from newsspider.page.dates import find_moments
from newsspider.page.outline import Block

# 作者：春春 · 记者: 王新昌 · 文/李四 · 撰文：…
_LABEL: Final = re.compile(
    r"(?:作\s{0,4}者|(?:本[报网台刊]|首席|实习|见习|特约|全媒体)?记\s{0,2}者|通讯员|撰文|撰稿人?|采写|文字|(?:(?<![\u4e00-\u9fff])|(?<=图))文|編譯|编译|記者)(?:[/／、与和\s]{0,2}(?:摄影|图|图片|通讯员|实习生|摄))?[\s\x1f]{0,2}[:：/／丨|︱｜][\s\x1f]{0,6}"
)
# 来源CSDN| 0 条评论| 作者魏星: a label without a colon, where it is a field of its own
_BARE_LABEL: Final = re.compile(
    r"(?:^|[|｜\s\x1f])(?:本[报网台刊社]|首席|见习|实习|全媒体|特约)?(?:作者|记者|通讯员)"
    r"\s?([\u4e00-\u9fff]{2,3}(?:[\s、][\u4e00-\u9fff]{2,3}){0,4})(?=$|[|｜\s\x1f])"
)
# 来源：清河日报 林小河
_BEHIND_SOURCE: Final = re.compile(
    r"(?:来源|稿源)[:：]\s{0,3}(\S{3,16})\s{1,4}([\u4e00-\u9fff]{3})(?=$|[|｜\s\x1f])"
)
_LABEL_END: Final = re.compile(
    r"\x1f(?=[^\x1f]{0,8}[:：])|[|｜]|\s{0,4}(?=(?:(?:文章|信息|稿件|新闻|内容)?来\s{0,3}源|稿源|编\s{0,2}辑|责编|责任|时间|日期|发布|发表|更新|字\s{0,2}[号体]|点击|浏览|阅读|人气|评论|选稿|图[/：:]|摄影|校对|添加|【|\[|[（(]?(?:20|19)\d\d[-年/.]))|[。；;]"
)
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
            ("beside the time", _beside_time(zones.header)),
            ("names above the text", _bare([b for b in zones.header[-1:] if not b.link_size])),
        ):
            if found is not None:
                names += found[0]
                rules.append((rule, found[1]))
                break
    if not names:
        return None
    rule, block = rules[0]
    return Authors(tuple(dict.fromkeys(names)), rule, block, block.text[:200])


_Named = tuple[tuple[str, ...], Block]


def _labelled(blocks: Iterable[Block]) -> _Named | None:
    for block in blocks:
        if block.size > 200:
            continue
        text = marked(block)
        names: list[str] = []
        for match in _LABEL.finditer(text):
            rest = text[match.end() :]
            end = _LABEL_END.search(rest)
            value = (rest[: end.start()] if end else rest).replace(NODE, " ")
            names += people(value, loose=True)
        if not names and any(map(text.__contains__, ("作者", "记者", "通讯员"))):
            names = _fields(text) or [
                name for match in _BARE_LABEL.finditer(text) for name in people(match[1])
            ]
        if not names and (behind := _BEHIND_SOURCE.search(text)) is not None:
            names = [behind[2]] if is_medium(behind[1]) and is_name(behind[2]) else []
        if names:
            return tuple(dict.fromkeys(names)), block
    return None


def _fields(text: str) -> list[str]:
    """Read by-lines that are fields of their own: 来源：清河日报 | 记者 林小河 通讯员 周平."""
    for moment in reversed(find_moments(text)):
        text = f"{text[: moment.start]}{NODE}{text[moment.end :]}"
    for part in text.split(NODE):
        if names := bylines.standing(part.strip(_EDGES)) or bylines.inside(part, first=False):
            return list(names)
    return []


def _standing(blocks: Iterable[Block]) -> _Named | None:
    for block in blocks:
        if names := bylines.standing(block.text):
            return names, block
    return None


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


def _beside_time(blocks: Iterable[Block]) -> _Named | None:
    """Read a name beside the time, or behind a medium: "王利阳 2015-06-21 11:39:55", "东方网 王冰倩"."""
    for block in blocks:
        if block.size > 60:
            continue
        moments = find_moments(block.text)
        words = (block.text[: moments[0].start] if moments else block.text).strip(_EDGES).split()
        if moments and len(words) == 1 and is_name(words[0]):
            return (words[0],), block
        behind = block.text[moments[0].end :].strip(_EDGES).split() if moments else []
        if moments and (name := _beside_medium(marked(block))) is not None:
            return (name,), block
        for pair in (words, behind):
            if len(pair) == 2 and is_medium(pair[0]) and is_name(pair[1]):
                return (pair[1],), block
    return None


def _beside_medium(text: str) -> str | None:
    """Return a name that is a node of its own beside a medium's: 云溪晚报 | 林小河 | 2019-10-12."""
    nodes = [node.strip(_EDGES) for node in text.split(NODE)]
    for node, following in pairwise(node for node in nodes if node):
        for name, medium in ((following, node), (node, following)):
            if is_name(name) and not is_medium(name) and is_medium(medium):
                return name
    return None
