"""Who wrote it: names after 记者, 通讯员, 作者, 文/ in the header, in the text and below it. No editors."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from newsspider.extract.header import NODE, Zones, marked
from newsspider.extract.names import people
from newsspider.page.outline import Block

# 作者：春春 · 记者: 王新昌 · 文/李四 · 撰文：…
_LABEL: Final = re.compile(
    r"(?:作\s{0,4}者|(?:本[报网台刊]|首席|实习|见习|特约|全媒体)?记\s{0,2}者|通讯员|撰文|撰稿|采写|文字|文|編譯|编译|記者)(?:[/／、与和\s]{0,2}(?:摄影|图|图片|通讯员|实习生|摄))?[\s\x1f]{0,2}[:：/／丨|︱][\s\x1f]{0,6}"
)
_LABEL_END: Final = re.compile(
    r"\x1f(?=[^\x1f]{0,8}[:：])|[|｜]|\s{0,4}(?=(?:来\s{0,3}源|稿源|编\s{0,2}辑|责编|责任|时间|日期|发布|发表|更新|字\s{0,2}[号体]|点击|浏览|阅读|人气|评论|选稿|图[/：:]|摄影|校对|添加|【|\[|[（(]?(?:20|19)\d\d[-年/.]))|[。；;]"
)
# （记者 王新昌） · (本报记者谭飞 王艳明) · （记者 张三 通讯员 李四 文/图）
_PARENTHESIS: Final = re.compile(r"[(（【\[]([^()（）【】\[\]。]{0,40}?(?:记者|記者|通讯员|实习生|作者|评论员|报道员|特约撰稿人|文[/／]|撰文)[^()（）【】\[\]。]{1,80})[)）】\]]")
# 新华社北京5月19日电（刘艺、杨吉）
_AGENCY: Final = re.compile(r"^[^。，]{2,30}?[电讯訊電]\s?[(（]([^()（）]{2,40})[)）]")
# …肯定。（郭旭）
_CLOSING: Final = re.compile(r"[。！？”…]\s?[(（]([\u4e00-\u9fff·\s、，]{2,24})[)）]$")
# 本报记者 王新昌 · 新京报记者 陆一夫 · 半月谈记者 史卫燕
_STANDING: Final = re.compile(r"^[\s■●□◆▲★◎○◇]{0,3}[^，。！？；：:]{0,30}?(?:记者|記者|通讯员|实习生|评论员|特约撰稿人?|作者)\s{0,3}[:：]?\s{0,3}([^。！？]{2,60})$")
_NOT_WRITER: Final = re.compile(r"(?:摄|图|摄影|供图|制图|提供)$")


@dataclass(frozen=True, slots=True)
class Authors:
    """The writers, the rule and block that gave the first of them."""

    names: tuple[str, ...]
    rule: str
    block: Block | None
    text: str


def find_authors(zones: Zones, text: Sequence[Block], around: Iterable[Block]) -> Authors | None:
    """Return the writers; `text` are the paragraphs, `around` the lines dropped beside them."""
    for rule, found in (
        ("label in the header", _labelled(zones.header)),
        ("by-line in the text", _in_text(text)),
        ("line of its own", _standing(around)),
        ("label below the text", _labelled(zones.tail)),
    ):
        if found is not None:
            names, block = found
            return Authors(names, rule, block, block.text[:200])
    return None


def _labelled(blocks: Iterable[Block]) -> tuple[tuple[str, ...], Block] | None:
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
        if names:
            return tuple(dict.fromkeys(names)), block
    return None


def _in_text(blocks: Sequence[Block]) -> tuple[tuple[str, ...], Block] | None:
    names: list[str] = []
    first: Block | None = None
    for at, block in enumerate(blocks):
        near_edge = at < 3 or at >= len(blocks) - 2
        found: list[str] = []
        for match in _PARENTHESIS.finditer(block.text):
            if near_edge and not _NOT_WRITER.search(match[1]):
                found += people(match[1])
        if at < 2 and (match := _AGENCY.match(block.text)):
            found += people(match[1])
        if at == len(blocks) - 1 and not found and (match := _CLOSING.search(block.text)):
            found += people(match[1])
        if found:
            names += found
            first = first or block
    return (tuple(dict.fromkeys(names)), first) if first else None


def _standing(blocks: Iterable[Block]) -> tuple[tuple[str, ...], Block] | None:
    for block in blocks:
        if block.size <= 80 and (match := _STANDING.match(block.text.strip("()（）【】[]"))):
            if not _NOT_WRITER.search(match[1]) and (names := people(match[1])):
                return names, block
    return None
