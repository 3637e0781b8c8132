"""The medium that the page credits: 来源, 稿源, 信息来源, 转自, or a medium's name beside the time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from newsspider.extract.fields import END, is_blank, is_byline, is_tool, named
from newsspider.extract.header import NODE, Zones, before_lists, marked
from newsspider.extract.lines import kind_of
from newsspider.extract.media import is_medium, is_office
from newsspider.extract.names import is_name
from newsspider.extract.scripted import scripted_source
from newsspider.extract.unlabelled import beside_time
from newsspider.page.dates import find_moments
from newsspider.page.document import Page
from newsspider.page.outline import Block
from newsspider.page.text import any_of, clean

# 来源：, 稿源:, 文章来源：, 来源单位：, 转自：, 出处：, 摘自《; not 图片来源：, 数据来源：, 资料来源：
_LABEL: Final = re.compile(
    r"(?<![图片像频据料材])(?:来\s{0,4}源(?:单位|部门|媒体|网站|机构|渠道)?|來\s{0,4}源|稿\s{0,2}源|转载自?|转自|摘自|来自|原载|出\s{0,4}处|\bSource|\bFrom)(?:于|自)?"
    r"(?:[\s\x1f]{0,3}[:：丨|︱｜][\s\x1f]{0,6}|(?<=来源)\s?[/／]\s?|(?<=来源)\x1f|(?<=来源)$|(?<=[来转摘载]自)[\s\x1f]{1,3}|(?<=[源自于载])[\s\x1f]{0,2}(?=《))",
    re.IGNORECASE,
)
# 发布机构：清河县人民政府办公室, 供稿：清河县水利局: said of offices; asked where no 来源 is printed
_OFFICE_LABEL: Final = re.compile(
    r"(?:(?:发布|发稿|供稿|来稿|投稿|报送|提供)(?:机构|单位|部门|科室|机关)|(?:信息|稿件)提供(?:者|单位)?|供稿|发布[人者])"
    r"(?:[\s\x1f]{0,3}[:：丨|︱｜][\s\x1f]{0,6}|(?<=[构位门])$)"
)
_LABEL_WORDS: Final = any_of("源", "自", "处", "處", "转载", "原载", "ource", "OURCE", "rom:", "rom：")
_OFFICE_WORDS: Final = any_of("机构", "单位", "部门", "科室", "机关", "提供", "供稿", "发布人", "发布者")
# 注明“来源：…”, 凡来源：…: what a disclaimer says of sources
_SAID: Final = re.compile(r"[“\"「‘]\s?$|注明|标明|标注|注有|凡(?:$|本|注|在|标|署|未|是|属)")
_EDGES: Final = " \t：:|｜-—_·.()（）[]【】<>"
# A link, a sentence, a number of a document: 来源：http://…
_NOTHING: Final = re.compile(r".{31,}|.*\d{4}.*|点击.*|https?:.*|www\..*|佚名", re.IGNORECASE)
# <meta name="source">, <meta name="ContentSource">: what content management systems write
_SITE_METAS: Final = ("sitename", "og:site_name")
_METAS: Final = ("source", "contentsource", "article:source", "og:article:source")
# class="source", id="js_name", class="article-media_name", class="laiyuan"
_BOX: Final = re.compile(
    r"(?<![a-z])(?:(?:news|article|info|art|content)?_?-?(?:source|laiyuan|copyfrom|media_?-?name)|js_name|profile_nickname)(?![a-z])",
    re.IGNORECASE,
)
_LINE: Final = 200
_CREDIT_LINE: Final = 26


@dataclass(frozen=True, slots=True)
class Source:
    """The credited medium, the rule and block that gave it."""

    value: str
    rule: str
    block: Block | None
    doubt: str | None = None


# 《清河日报》, where the brackets stand outside a link; 《清河周刊》2023年第12期
_QUOTED: Final = re.compile(
    r"《[\s\x1f]{0,3}[^《》\x1f\x1e]{2,20}[\s\x1f]{0,3}》(?=[\s\x1f\x1e|｜\])）】【\[(（]|(?:19|20)\d\d年|第?\d|$)"
)
# 清河日报(记者 林小河)
_CREDIT: Final = re.compile(r"[(（](?=记者|作者|编辑|通讯员|责编)")
# …办好。（据新华社）, at the end of the text
_CLOSING: Final = re.compile(
    r"[(（](?:来源|据|摘自|转自|原载)\s?[:：]?\s?([^()（），。]{2,20}?)(?:报道|电|消息|讯)?[)）]$"
)
# 清河日报的头条号: the medium's account at a portal
_ACCOUNT: Final = re.compile(r"的(?:财富|头条|百家|搜狐|企鹅|网易|大鱼|新浪|百度|一点)号$")
# (京华时报), alone on its line below the text
_BRACKETED: Final = re.compile(
    r"[\s(（【\[]{1,3}(?:来源|摘自|据|原载)?[:：]?\s?([^()（）]{2,20})[)）】\]\s]{1,3}"
)


def credited(text: str) -> str | None:
    """Return the medium in a text that holds nothing else: "来源：清河日报" or "清河日报"."""
    match = _LABEL.search(text)
    return _value(text[match.end() :] if match else text)


def credits_in(block: Block) -> str | None:
    """Return the medium that a line credits behind a label."""
    text = marked(block)
    match = _LABEL.search(text)
    return _value(text[match.end() :]) if match else None


def find_source(page: Page, zones: Zones, text: Sequence[Block], title: str) -> Source | None:
    """Return the credited medium: a label, a bracket, a name beside the time, and last what metadata says."""
    meta = _from_meta(page)
    return (
        _labelled(zones.header, "label in the header")
        or _labelled(zones.above[::-1], "label above the headline")
        or _confirmed(meta, zones.header)
        or _labelled(before_lists(zones.tail), "label below the text")
        or _labelled(zones.header, "office in the header", _OFFICE_LABEL)
        or _labelled(zones.above[::-1], "office above the headline", _OFFICE_LABEL)
        or _bracketed(zones.tail)
        or _unlabelled(zones.header)
        or _named(zones.header)
        or _closing(text)
        or _labelled(before_lists(zones.tail), "office below the text", _OFFICE_LABEL)
        or meta
        or _scripted(page, title)
    )


def _unlabelled(blocks: Iterable[Block]) -> Source | None:
    found = beside_time(blocks)
    return Source(*found, "unlabelled") if found is not None else None


def _named(blocks: Sequence[Block]) -> Source | None:
    """Read the element that is named after what it holds: <span class=source>, <a id=js_name>."""
    for text, block in named(blocks, _BOX):
        value = _value(text)
        if value and 1 < len(value) <= _CREDIT_LINE and not is_name(value) and not find_moments(value):
            return Source(value, "element named after it", block, "unlabelled")
    return None


def _scripted(page: Page, title: str) -> Source | None:
    name = scripted_source(page, title)
    if name is None or _NOTHING.fullmatch(name) or is_tool(name):
        return None
    return Source(name, "script beside the headline", None, "not_printed: from metadata")


def _confirmed(meta: Source | None, blocks: Iterable[Block]) -> Source | None:
    """Return what metadata says where the header prints it without a label."""
    if meta is not None:
        for block in blocks:
            if block.size <= _LINE and meta.value in block.text:
                return Source(meta.value, "in the header, as metadata says", block)
    return None


def _closing(text: Sequence[Block]) -> Source | None:
    match = _CLOSING.search(text[-1].text) if text else None
    if match and is_medium(match[1].strip("《》 ")):
        return Source(match[1].strip(), "bracket that ends the text", text[-1])
    return None


def _from_meta(page: Page) -> Source | None:
    own = {page.metas.get(name, "").strip() for name in _SITE_METAS}  # a default, no credit
    for name in _METAS:
        value = _LABEL.sub("", clean(page.metas.get(name, ""))).strip(_EDGES)
        if value and value not in own and not _NOTHING.fullmatch(value) and not is_blank(value):
            return Source(value, f"meta {name}", None, "not_printed: from metadata")
    return None


def _labelled(blocks: Iterable[Block], rule: str, label: re.Pattern[str] = _LABEL) -> Source | None:
    words = _LABEL_WORDS if label is _LABEL else _OFFICE_WORDS
    lines = [block for block in blocks if block.size <= _LINE]
    for at, block in enumerate(lines):
        if words.search(block.text) is None:
            continue
        text = marked(block)
        for match in label.finditer(text):
            if _SAID.search(text, 0, match.start()):
                break
            rest = text[match.end() :]
            if not rest.strip(NODE + " "):
                rest = _next_cell(lines, at) if _is_field(text, match) else ""
            value = _value(rest)
            if value and (label is _LABEL or _is_office(value, match[0])):
                return Source(value, rule, block)
    return None


def _is_field(text: str, label: re.Match[str]) -> bool:
    """Return whether a label at the end of a line is one: no 上一篇：清河日报来源."""
    return not label.start() or text[label.end() - 1] in ":：" or text[label.start() - 1] in NODE + " |｜"


def _next_cell(lines: Sequence[Block], at: int) -> str:
    """Return the line behind a label that ends its line, unless it is a field or a heading itself."""
    if at + 1 == len(lines):
        return ""
    block = lines[at + 1]
    rest = marked(block)
    if _LABEL.search(rest) or find_moments(rest) or block.level or kind_of(block.text) is not None:
        return ""
    return rest


def _is_office(value: str, label: str) -> bool:
    if is_name(value) or value.isascii():
        return False
    return is_medium(value) or is_office(value) or not label.startswith(("发布人", "发布者"))


def _value(rest: str) -> str | None:
    rest = rest.lstrip(NODE + " [【［(（-－—")
    if (moments := find_moments(rest)) and moments[0].start == 0:
        rest = rest[moments[0].end :].lstrip(NODE + _EDGES)  # 来源：2023年3月29日《清河日报》
    if (is_tool(rest.replace(NODE, " ")) and not is_medium(rest)) or is_byline(rest):
        return None
    if (quoted := _QUOTED.match(rest)) is not None:
        return clean(quoted[0].replace(NODE, ""))
    value = _until_end(rest)
    value = _CREDIT.split(value)[0].strip()
    cut = "..." if value.endswith("...") else ""  # the page itself prints no more of it
    closed = value.endswith((")", "）")) and value.count("(") + value.count("（") > 0
    value = value.lstrip(_EDGES) if closed else value.strip(_EDGES) + cut
    value = _ACCOUNT.sub("", value)
    first, _, others = value.partition(" ")
    if others and is_medium(first) and all(is_name(word) for word in others.split()):
        value = first
    if not value or _NOTHING.fullmatch(value) or is_blank(value):
        return None
    if is_tool(value) and not is_medium(value):
        return None
    return value


def _until_end(rest: str) -> str:
    """Return what stands before the end of a value; a comma between two media ends none."""
    at = 0
    while (end := END.search(rest, at)) is not None and rest[end.start()] in "，,；;":
        following = rest[end.end() :].lstrip()
        behind = END.search(following)
        name = following[: behind.start()] if behind else following
        if not is_medium(name.strip()) or not is_medium(rest[at : end.start()].strip()):
            break
        at = len(rest) - len(following)
    return rest[: end.start()] if end else rest


def bracketed(text: str) -> str | None:
    """Return the medium that a line credits which is nothing but a bracket: "（京华时报）"."""
    match = _BRACKETED.fullmatch(text) if len(text) <= _CREDIT_LINE else None
    if match and "公开" not in match[1] and is_medium(match[1].strip()):  # （此件公开发布）
        return match[1].strip()
    return None


def _bracketed(blocks: Iterable[Block]) -> Source | None:
    for block in blocks:
        if not block.link_size and (name := bracketed(block.text)):
            return Source(name, "bracket below the text", block)
    return None
