"""By-lines: lines of their own, brackets at the edges of the text, datelines."""

import re
from typing import Final

from newsspider.extract import lines
from newsspider.extract.media import is_medium, is_office
from newsspider.extract.names import is_name, people
from newsspider.page.text import any_of

_HAN: Final = "\u4e00-\u9fff"
_WRITERS: Final = "记者|記者|通讯员|通訊員|实习生|作者|评论员|报道员|特约撰稿人|撰文|撰稿"
# （记者 王新昌） · (本报记者谭飞 王艳明) · （记者 张三 通讯员 李四 文/图）
_BRACKET: Final = re.compile(
    rf"[(（【\[]([^()（）【】\[\]。]{{0,40}}?(?:{_WRITERS}|文[/／:：])[^()（）【】\[\]。]{{1,80}})[)）】\]]"
)
# 新华社北京5月19日电（刘艺、杨吉） · 中新网7月3日电 (张三 李四)
_AGENCY: Final = re.compile(rf"^[^。，]{{2,30}}?[电讯訊電]\s?[(（]([{_HAN}·、，,/\s]{{2,40}})[)）]")
# 实习生吴梦丽、记者喻云亮报道： · 记者曹磊5月13日报道 · 12月15日电 记者邓红阳 “张立勇…
_DATELINE: Final = re.compile(
    rf"(?:^|[\s讯电訊電】）)、，网报社台刊端体视闻心站])((?:首席|实习|见习|特约|本报|本网)?(?:{_WRITERS})\s{{0,3}}[{_HAN}·、，\s]{{2,40}}?)(?:\s{{0,2}}(?:摄影)?报道|\d{{1,2}}月\d{{1,2}}日|[:：]|\s+(?=[“\"]))"
)
#: What stands behind a writer's name: 林小河 文/图, 林小河/文, 林小河 整理
_WORK: Final = (
    r"(?:[/／]\s?文|文\s?[/／]?\s?图|图\s?[/／]?\s?文|文并?摄|整理|撰文|撰稿|采写|编译|执笔|摄影报道)"
)
# …肯定。（郭旭） · …换新iPhone。(李楠) · …办好。（清河县水利局 林小河 文/图）
_CLOSING: Final = re.compile(rf"[。！？”…\"]\s?[(（]([{_HAN}·\s、，]{{2,30}}?)(?:\s?{_WORK})?[)）]$")
# 林小河 文/图 · （林小河 整理） · 林小河/文 周平/图
_WRITTEN: Final = re.compile(
    rf"^[□■●◎(（\s]{{0,3}}([{_HAN}·\s、]{{2,24}}?)\s?{_WORK}(?:\s[{_HAN}]{{2,4}}\s?[/／]?\s?(?:图|摄|摄影))?[)）]?$"
)
# 文图/林小河 · 图/文 林小河 · 文 林小河
_WORDED: Final = re.compile(
    rf"^[□■●◎(（\s]{{0,3}}(?:文\s?[/／]?\s?图|图\s?[/／]?\s?文|文)\s?[/／丨|︱｜:：\s]\s{{0,2}}([{_HAN}·\s、]{{2,24}})[)）]?$"
)
# …肯定。 □记者 林小河 · …肯定。本报记者 林小河 通讯员 周平
_SIGNED_END: Final = re.compile(
    rf"[。！？”…]\s{{0,3}}[□■●◎◆▲]?\s?((?:本[报网台刊]|首席|见习|实习|特约|全媒体|融媒体)?(?:{_WRITERS}|文[/／])\s?[:：]?\s?[{_HAN}·、\s]{{2,30}})$"
)
# 本报记者 王新昌 · 半月谈记者 史卫燕 · 顶端新闻·河南商报记者马俊峰/文受访者供图 · 文/图 李四
_STANDING: Final = re.compile(
    rf"^[\s■●□◆▲★◎○◇▌|(（【\[]{{0,3}}[^，。！？；]{{0,30}}?(?:(?:{_WRITERS})\s{{0,3}}[:：丨|︱｜]?|(?:(?<![{_HAN}])|(?<=图))文\s?[/／丨|︱｜:：]|(?:主笔|执笔|撰写)\s?[/／丨|︱｜:：])\s{{0,3}}([^。！？]{{2,70}}?)[)）】\]\s]{{0,3}}$"
)
# 本报讯　记者林小河　全县今年…: after 讯 a name between two spaces
_WIRE: Final = re.compile(
    rf"[讯訊]\s{{1,3}}((?:(?:本报|本网|首席|实习|见习)?(?:记者|通讯员|实习生)\s{{0,2}}[{_HAN}]{{2,4}}(?:、[{_HAN}]{{2,4}}){{0,3}}\s{{1,2}}){{1,3}})(?=\S{{6}})"
)
# 记者调查：路灯为何不亮: what a reporter tells, no name
_COLUMN: Final = re.compile(r"(?:记者|作者)(?:手记|札记|观察|调查|点评|视线|走访|探访|述评)")
# 来源：清河日报 记者：林小河, 2023-03-29 记者：林小河: a header line with a by-line in it
_CREDITED: Final = re.compile(r"\d|来\s{0,4}源|稿源")
# □ 林小河 · ● 林小河 周平 · （林小河）: a writer behind a mark or in a bracket, alone on the line
_BULLETED: Final = re.compile(rf"^[□■●◎○◆◇▲△★☆(（]\s{{0,3}}([{_HAN}·\s、，]{{2,16}})[)）]?$")
# （清河县融媒体中心 林小河 周平） · （东岭乡 林小河）
_OFFICE: Final = re.compile(
    rf"^[(（][{_HAN}]{{2,14}}(?:中心|[报网社台部局委办队校乡镇村县市区厅院厂站馆所处园]|街道|学|公司|政府|集团|银行)\s{{1,3}}([{_HAN}·\s、]{{2,24}})[)）]$"
)
# 徐勇（新华社供本报特稿） · 林小河（作者系清河大学教授）; not a name in a roster: 林小河（哈尼族）
_SIGNED: Final = re.compile(
    rf"^([{_HAN}]{{2,3}})\s?[(（](?=[^()（）]*(?:[稿撰]|记者|作者|编辑|评论员|通讯员|本[报网刊]|[报网社][)）]))[^()（）]{{2,20}}[)）]$"
)
# 本报郑州12月15日电, alone on its line
_BARE_DATELINE: Final = re.compile(r"^[^，。：]{2,14}\d{1,2}月\d{1,2}日[电讯]$")
# 来源：清河日报, before a writer in the same bracket
_SOURCE: Final = re.compile(r"^(?:来源|稿源)\s?[:：]\s?\S{2,16}\s")
# 周斌 摄 · 张三供图: the names of a picture
_PICTURE: Final = re.compile(r"(?:摄|图|摄影|供图|制图|提供|拍摄)$")
_SIGNATURES: Final = (_SIGNED, _OFFICE, _BULLETED, _WRITTEN, _WORDED)
#: What ends a place that stands before a writer.
_PLACE: Final = ("省", "市", "县", "区", "镇", "乡", "村", "街道")
_LONGEST: Final = 90
_STANDING_WORDS: Final = any_of(
    "记者",
    "記者",
    "通讯员",
    "通訊員",
    "实习生",
    "作者",
    "评论员",
    "报道员",
    "撰",
    "文",
    "整理",
    "采写",
    "编译",
    "笔",
    "摄影报道",
    "电",
    "讯",
    ")",
    "）",
    *"□■●◎○◆◇▲△★☆",
)
_BARE: Final = 10
#: Marks that stand before subheadings as well: ■ 焦点. Two characters behind one are no name.
_HEADING_MARKS: Final = "■●◎○◆◇▲△★☆"
_SHORT: Final = 2
_FEW: Final = 2


def standing(text: str) -> tuple[str, ...] | None:
    """Return the names of a line that is nothing but a by-line, None where it is something else."""
    if len(text) > _LONGEST or "。" in text or _STANDING_WORDS.search(text) is None:
        return None
    if _BARE_DATELINE.match(text):
        return ()
    for pattern in _SIGNATURES:
        signed = pattern.match(text)
        if (
            signed
            and (text[0] not in _HEADING_MARKS or len(signed[1]) > _SHORT)
            and all(map(is_name, re.split(r"[、，\s]+", signed[1].strip())))
        ):
            return people(signed[1])
    match = _STANDING.match(text)
    if match is None or _COLUMN.search(text) or (lines.is_header(text) and _CREDITED.search(text)):
        return None
    names = people(text)
    if not names or sum(map(len, names)) * 4 < len(match[1]) - 8:
        return None
    return names


def bare(text: str) -> tuple[str, ...]:
    """Return the names of a line that is nothing but names: "林小河 周平"."""
    if len(text) > _BARE or lines.kind_of(text) is not None:
        return ()
    words = re.split(r"[、，\s]+", text)
    names = people(text)
    return names if len(names) <= _FEW and sum(map(len, names)) == sum(map(len, words)) else ()


def closing(text: str) -> tuple[str, ...]:
    """Return the names that end the text, in a bracket or behind a role: "…换新。（李楠）"."""
    if (signed := _SIGNED_END.search(text, max(0, len(text) - _LONGEST))) is not None:
        return people(signed[1])
    match = _CLOSING.search(text)
    if match is None:
        return ()
    words = re.split(r"[、，\s]+", match[1].strip())
    if len(words) > 1 and (is_office(words[0]) or is_medium(words[0]) or words[0].endswith(_PLACE)):
        words = words[1:]
    return people(" ".join(words)) if all(is_name(word) or len(word) == 1 for word in words if word) else ()


def inside(text: str, *, first: bool) -> tuple[str, ...]:
    """Return the names in a paragraph's brackets and, where it is one of the `first`, its dateline."""
    found: list[str] = []
    for match in _BRACKET.finditer(text):
        if not _PICTURE.search(match[1]):
            found += people(_SOURCE.sub("", match[1]))
    if first:
        head = text[:120]
        if (agency := _AGENCY.match(head)) is not None:
            found += people(agency[1])
        if (wire := _WIRE.search(head)) is not None:
            found += people(wire[1])
        for match in _DATELINE.finditer(head):
            found += people(match[1])
    return tuple(dict.fromkeys(found))
