"""The medium that stands beside the time without a label: "2019-10-05 08:51 清河新闻"."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from newsspider.extract.fields import is_blank, is_tool
from newsspider.extract.header import NODE, marked
from newsspider.extract.media import is_generic, is_medium, is_section
from newsspider.extract.names import is_name
from newsspider.page.dates import find_moments, find_short
from newsspider.page.outline import Block

#: What places and datelines end with: 云溪市清河县, 清河网讯
_NO_NAME_END: Final = "省市县区镇乡村讯电"
# 党委宣传部, 县水利局, 化学学院: offices that need no label beside the time
_UNIT: Final = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:[局厅委院]|(?<![全顶底头内外])部|中心|大学|学校|政府|办公室)"
)
#: What is cut off a name; a word that ends with a colon is a label.
_OUTER: Final = " \t|｜-—_·.()（）[]【】<>"
#: 清河日报官方账号
_ACCOUNT: Final = "官方账号"
# 林小河/清河日报, 清河日报·林小河
_SIGNED: Final = re.compile(r"([^/／·]{2,12})\s?[/／·]\s?([^/／·]{2,12})")
# What stands beside the time and is no medium: 评论, 分享, 字号, 我有话说, 106.
_CONTROL: Final = re.compile(
    r"发布于|发表于|打开|进入|前往|返回|属地|^IP|评论|分享|字[号体]|有话说|收藏|举报|阅读|浏览|点击|查看|编辑|打印|参与|跟贴|微博|微信|扫|投稿|下载|订阅|关注|手机|大$|小$|中$|正文|首页|频道$|要闻|更多|来源|作者|记者|责任|[A-Za-z]{0,3}\d|^A|时间|发布时|发表|星期|周[一二三四五六日]|原创|转载|标签|上一|下一|我要|人气|关闭|保存|推荐|加入|语音|听|视频|图集|相关|调整|简介|版|审核|官方[账帐]号|日期|[:：]"
    r"|^(?:社会|国内|国际|时政|财经|经济|体育|娱乐|文化|教育|科技|本地|民生|图片|综合|滚动|热点|最新|基层|政务|党建|健康|旅游|房产|汽车|法治|生活|军事)(?:新闻|资讯|动态)$"
)


def beside_time(blocks: Iterable[Block]) -> tuple[str, str, Block] | None:
    """Return a medium's name printed beside the time without a label, the rule and block that gave it."""
    lines = [block for block in blocks if block.size <= 120]
    for at, block in enumerate(lines):
        text = marked(block)
        span = time_in(text.replace(NODE, " "))
        if span is None:
            continue
        for part in (text[span[1] :], text[: span[0]]):
            if name := _first_name(part, whole_node=True):
                return name, "beside the time", block
        for neighbour in [*_beyond_names(lines[:at][::-1]), *_beyond_names(lines[at + 1 :])]:
            if neighbour.size <= 16 and (name := _first_name(marked(neighbour), whole_node=False)):
                return name, "line beside the time", neighbour
    return None


def _beyond_names(lines: Sequence[Block]) -> Sequence[Block]:
    """Return the first line; where it is a writer's name, the next one as well."""
    return lines[: 2 if lines and is_name(lines[0].text) else 1]


def time_in(text: str) -> tuple[int, int] | None:
    """Return where the first time in `text` stands, with a year or without: 03-29 08:12."""
    if moments := find_moments(text):
        return moments[0].start, moments[0].end
    match = find_short(text)
    return match.span() if match else None


def _is_nothing(name: str) -> bool:
    """Return whether a word names a section, a button, or nothing."""
    if is_generic(name):
        return True
    return not is_medium(name) and (is_tool(name) or is_blank(name) or is_section(name))


def _bare(word: str) -> str:
    """Return a word without brackets around and behind it, and without 官方账号 behind a medium's name."""
    whole = word[1:-1] if word[0] in "[【（(" and word[-1] in "]】）)" else word
    name = whole.split("[")[0].split("【")[0].strip(_OUTER)
    account = name.removesuffix(_ACCOUNT)
    return account if is_medium(account) else name


def _first_name(part: str, *, whole_node: bool) -> str | None:
    """Return the first word of `part` that names a medium; a node of its own may be any name."""
    after_person = False
    for node in part.split(NODE):
        words = node.strip(" |｜·•丨/／\u3000").split()
        for word in words:
            name = _bare(word)
            if not name or name.startswith(("http", "www.")) or "." in name or _CONTROL.search(name):
                continue
            if (signed := _SIGNED.fullmatch(name)) is not None:  # 林小河/清河日报
                names = [part for part in signed.groups() if not is_name(part)]
                name = names[0] if len(names) == 1 else name
            if _is_nothing(name):
                continue
            if is_medium(name):
                return name
            if whole_node and _UNIT.fullmatch(name) is not None:
                return name
            if is_name(name) and whole_node:
                after_person = True  # 张小三 云溪晚报: the writer stands before the medium
                continue
            if (
                not after_person
                and whole_node
                and len(words) == 1
                and 3 <= len(name) <= 12
                and name.isalnum()
                and name[-1] not in _NO_NAME_END
            ):
                return name
            return None
    return None
