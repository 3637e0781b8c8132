"""What kind of line a block is: text, or one of the lines that stand around an article's text."""

import re
from enum import StrEnum
from typing import Final

from newsspider.extract.notices import DISCLAIMER, DISCLAIMER_END, DISCLAIMER_INSIDE, SHARE, TOOLS
from newsspider.page.text import any_of


class Line(StrEnum):
    """The kinds of lines that are no paragraph of the article."""

    EDITOR = "editor"
    BYLINE = "byline"
    ORIGIN = "origin"
    CAPTION = "caption"
    DISCLAIMER = "disclaimer"
    SHARE = "share"
    READING = "reading"
    COMMENTS = "comments"
    LINK = "link"
    HEADER = "header"
    REPEATED = "repeated"
    FOREIGN = "foreign"
    PAGING = "paging"
    PAGE_REFERENCE = "page reference"


# 责任编辑：王聪 · 【编辑：姚昊】 · [ 责编：张倩 ] · 编辑 刘晓阳 校对 李铭 · 审核人：某某 · 选稿:任世杰70
_EDITOR: Final = re.compile(
    r"^(?:[\s\[【(（<《〔]{0,3}(?:本文|本版|本期|网页|网络|值班|执行|责任|责\s{0,3}|实习|信息|新闻|当班|图片|文字|视频|新媒体|微信|栏目|见习|美术|版面|统筹|特约|编务|总|副|主|"
    r"一审|二审|三审|初审|复审|终审|流程|终|初|审|英文|原文|来稿|后期|文案|频道|文章)?\s{0,3}"
    r"(?:编\s{0,6}辑|編輯|[责責]\s{0,6}[编編]|校\s{0,4}对|审\s{0,4}核|审\s{0,4}校|监\s{0,4}制|策\s{0,4}划|录入|制图|选稿|编审|终审|签发|上传|发布人|发布者|审稿|审签|排版|美编|统筹|主编|"
    r"总监制|总值班|带班领导|编委|监审|审定|审读|核稿|核发|编发|信息员|投稿人|出品人?|制片|制作|剪辑|配音|后期|设计|值班主任|一审|二审|三审|初审|复审|签审|校稿|编校|组稿|供稿|来稿|供图|素材|海报|发布(?!会)|撰稿|撰文|采写|拍摄|摄像|主播|播音|记者|通讯员|作者|文字|摄影)"
    r"(?:[\s人员者]{0,3}|单位|领导)(?:[:：丨|｜︱／/\]】]|\s[\u4e00-\u9fff]{2,4}\b))"
)
# 责任编辑, anywhere on a short line: (来源:新华网 责任编辑:某某)
_EDITOR_INSIDE: Final = re.compile(
    r"(?:责任编辑|责任編輯|責任編輯|责编|责任编缉|网络编辑|值班编辑|编辑|編輯)\s{0,3}[:：/／]"
)
# 某网编辑某某, 某某 编辑, in a bracket of its own · 某某融媒体中心出品 · （某县水利局供稿）
_EDITOR_SIGNED: Final = re.compile(
    r"^(?:[(（【\[](?:[^()（）]{0,12}编辑\s?[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,4}\s?(?:编辑|责编|编审))[)）】\]]$|[\u4e00-\u9fff]{4,14}出品$"
    r"|[(（][\u4e00-\u9fff·\s]{2,20}(?:供稿|编发|编辑整理|综合整理)[)）]$)"
)
# 原标题：… · （原题为…） · 原文标题
_ORIGIN: Final = re.compile(
    r"^(?:[\s\[【(（]{0,3}(?:原标题|原題|原题|原標題|原文标题|文章原标题|原新闻标题|新闻原标题|标题原题)(?:[:：为《“】\]丨|｜\s]|$))"
)
# 来源：新华网 · 本文来源：… · 稿源 · 信息来源：… · (来源 某报) · 原文链接：http://… · 本文来源于清河日报
# （原载《清河日报》2023年3月29日）
_SOURCE_LINE: Final = re.compile(
    r"^(?:[\s\[【(（]{0,3}(?:本文|文章|新闻|信息|稿件|内容|资料|图文|综合|图片|来稿|原文)?\s{0,2}(?:来\s{0,4}源|來源|稿源|转载?自|摘自|出处|(?:(?<=原文)|(?<=本文)|(?<=文章))(?:永久)?(?:链接|地址|网址)|原载|编译自|翻译自|综合自|整理自|素材来源|资料来源|图片来源|文字来源)(?:于|自)?\s{0,2}[:：丨|︱／/]"
    r"|[(（]?本文(?:来源于|来自|转载?自|摘自|选自|原载)[^，。]{2,24}$|[(（](?:原载|原刊|摘自|摘编自|选自|转载?自)[^()（）。]{2,40}[)）]$)"
)
# 相关新闻 · 延伸阅读： · >>>相关链接 · 推荐阅读 · 猜你喜欢 · 热门推荐
_READING: Final = re.compile(
    r"^(?:[\s\[【(（<《>》→▶■◆●·・|｜/\-—]{0,6}(?:(?:相关|相關|延伸|推荐|更多|热门|热点|精彩|往期|拓展|扩展|深度|关联|同类|最新|今日|精选|编辑|猜你|您可能|你可能|大家|本周|热文|精华|其他|其它|网友|新闻|图文|图片)"
    r"[^，。,]{0,6}(?:新闻|新聞|阅读|閱讀|链接|連結|鏈接|报道|報道|文章|内容|资讯|推荐|推薦|专题|回顾|喜欢|感兴趣[^，。,]{0,6}|关注|都在看|爱看|排行榜?|视频|图片|话题|导读|信息|动态|热点|热帖|博文)|相关|延伸|链接|背景链接|新闻链接|"
    r"值班总编推荐|上一[篇条页][:：]?|下一[篇条页][:：]?|上篇|下篇)[\s\]】)）:：>》…\-—]{0,6}$)"
)
# What headings of lists end with, and a few that are no more than that: 为你推荐, 一周新闻排行, 更多>>
_LIST_ENDS: Final = (
    "推荐", "推薦", "排行", "排行榜", "热文", "热榜", "热搜", "热词", "爱看", "在看", "还看了", "还喜欢",
    "感兴趣的内容", "最新发布", "最近更新", "最新更新", "最新文章", "近期文章", "近期热点", "一周热点",
    "频道热点", "频道精选", "同栏目文章", "栏目最新", "今日头条", "今日要闻", "滚动新闻", "即时新闻",
    "实时新闻", "热点新闻", "热门标签", "热门话题", "图集", "相关稿件", "相关文件",
    "相关解读", "相关政策", "解读链接", "友情链接",
)  # fmt: skip
_RECOMMENDED: Final = any_of("推荐", "热", "在看", "猜", "喜欢", "爱看", "感兴趣", "排行", "更多", "往期")
_LIST_EDGES: Final = " \t:：>》»【】[]|｜/-—▶■◆●·…"
_LIST_HEADING: Final = 16
_NEIGHBOUR: Final = re.compile(
    r"^(?:[\s\[【(（·<>《》]{0,4}(?:上一?[篇条则]|下一?[篇条则]|前一[篇条]|后一[篇条])(?:稿件|文章|新闻|信息|内容)?\s{0,2}[:：>》\]】]|(?:上|下)一[篇条](?:稿件|文章)?$)"
)  # 上一篇：…
# 热门评论 · 网友评论(12) · 全部跟帖
_COMMENTS: Final = re.compile(
    r"^(?:[\s\[【(（]{0,3}(?:热门|最新|网友|全部|精彩|最热|我的)?(?:评论|跟帖|跟贴|留言|回帖)(?:列表|区)?[\s\]】)）:：(（\d条,，]{0,10}$|(?:共有?\s?)?\d{1,6}\s?条?(?:评论|留言|跟[帖贴])$)"
)
# 上一页 1 2 3 下一页 · [1] [2] · 共3页 · 1/2: the words of a pager
_PAGER_WORD: Final = re.compile(
    r"上一?页|下一?页|前一页|后一页|首页|尾页|末页|余下全文|(?:在本页)?(?:阅读|查看|显示|浏览|展开)全文|全文阅读|单页阅读|全文|当前|共|第|页|\d{1,3}|[\s/\[\]【】()（）<>«»›‹|.…:：]"
)
_PAGER_MARK: Final = re.compile(r"页|全文|[\[【]\s?\d{1,2}\s?[\]】]")
# 《光明日报》（2024年05月20日 03版） · （某报2019年第24期）
_PAGE_REFERENCE: Final = re.compile(
    r"^(?:[\s(（\[【]{0,3}《?[\u4e00-\u9fff·\s]{2,16}》?[\s(（]{0,3}(?:20|19)\d\d年[\d年月日\s,，]{2,16}(?:第?\s{0,2}[A-Z]?\d{1,3}\s{0,2}版|第\s?\d{1,3}\s?期)[^。]{0,16}[)）\]】]{0,3}。?$)"
)
_CAPTION_START: Final = re.compile(
    r"^(?:(?:[\[【(（]?(?:图为(?!证)|圖為|图注|图说|图源|图片说明|图片来[源自]|圖片|(?:资料图|配图|题图|示意图)(?!片?(?:显示|上|中|里|可|是|挂))|视频[:：]|图\s?[:：/／丨|︱]|图\s?\d{1,2}\s?[:：.、]|图[一二三四五六七八九十][:：]|图片[:：]|摄影[:：/]|(?:现场图|效果图)(?!显示|上|中|里|可|是|挂)|视频截图|网络配图|点击观看|点击播放|制图[:：])))"
)
#: Marks that point at the picture of a caption; without a picture beside them they are bullets.
_POINTERS: Final = "▲△▼▽↑↓⬆⬇◀▶"
_CAPTION_END: Final = re.compile(
    r"(?:[\s/）)】。]|[\u4e00-\u9fff])(?:摄影报道|摄影|摄|攝|拍摄|供图|提供图片|(?<!文)/图|资料图片?|资料照片|视频截图|网页截图|截图|效果图|示意图|发\s?新华社.{0,12}|新华社发.{0,16}|网络图|图片来源.{0,20}|制图|图源.{0,16}|配图|（图）|\(图\))[\s)）】\]。.;；/]{0,3}$"
)
# 新修的渠道 图/林小河 · 渠水流过村口。摄影：林小河
_PICTURE_BY: Final = re.compile(
    r"(?:^|[\s（(。])(?:图|摄|摄影|供图|制图)\s?[/／丨|｜:：]\s?[\u4e00-\u9fff·]{2,12}[)）]?$"
)
# …办好。（林小河/文 周平/图）: the end of a paragraph
_WORDED: Final = re.compile(r"文\s?[/／丨|｜:：]|[/／]\s?文")
# 图片由清河县委宣传部提供 · （本文图片均由受访者提供）
_SUPPLIED: Final = re.compile(
    r"^[(（]?(?:本文|文中|以上)?(?:图片|照片|图)(?:均|皆)?由[^，。]{2,24}(?:提供|供图|拍摄)[)）。]{0,2}$"
)
# 村民在新路上散步。 林小河 拍摄。: a name before the word; no "该剧将于五月开拍，在清河拍摄。"
_PICTURED: Final = re.compile(r"[\s。（(/／][\u4e00-\u9fff·]{2,8}\s?拍摄。$")
# 2019/9/29 9:27:56 来源：某网 选稿：某某 · 发布时间：2019-05-18 · www.example.cn 2012年01月12日15:57 某网
# March 29, 2023 10:00
_DATE: Final = re.compile(
    r"(?<!\d)(?:(?:19|20)?\d\d)\s?[-/.年]\s{0,2}\d{1,2}\s?[-/.月]\s{0,2}\d{1,2}"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2},?\s(?:19|20)\d\d"
)
_HEADER_LABEL: Final = re.compile(
    r"(?:来\s{0,4}源|來源|稿源|作\s{0,4}者|记者(?!手记|札记|观察|调查|点评|视线|走访|探访|述评)|(?:(?<![\u4e00-\u9fff])|(?<=添加|更新|录入|上传|创建|提交|修改|登记|公开|成文|生成|发文|印发|刊发|稿件|文章|信息|新闻))(?:时\s{0,4}间|日\s{0,4}期)|發布|发布|发表|(?<!老)字\s{0,2}[号体]|浏览|点击|阅读|人气|评论(?!\s?[:：]\s?[^\d\s(（])|编辑(?!同志|部|点评|先生)|责编|选稿|录入|打印|信息类别|信息分类|索\s{0,2}引\s{0,2}号?|主题分类|发文机关|发布机构|公开机构|制发机关|责任部门|成文日期|发文字号|文\s{0,2}号|公开方式|公开时限|公开目录|生成日期|有效性|主题词|体裁分类|服务对象|(?<![\u4e00-\u9fff])标\s{0,8}题|(?<![\u4e00-\u9fff])部门|访问(?=[量次数人\s:：]))[\w\s]{0,4}[:：(（【]|https?://"
)
# 活动时间：4月1日9:00: of what is told, not of the telling
_EVENT: Final = re.compile(
    r"^[\s一二三四五六七八九十、（(）).\d]{0,6}(?!发布|发表|发稿|更新|录入|上传|添加|创建|提交|修改|刊发|登记|公开|成文|生成|发文|印发|稿件|文章|信息|新闻)"
    r"[\u4e00-\u9fff]{2,8}(?:时间|日期)\s?[:：]"
)
# 地点：县体育馆, 主持人：某某, 参加人员：…: what follows the time of an event
_EVENT_PLACE: Final = re.compile(
    r"^[\s一二三四五六七八九十、（(）).\d]{0,6}[\u4e00-\u9fff]{0,6}(?:地点|地址|主持人?|人员|嘉宾|对象|主题|内容|方式|单位|议程|电话)\s?[:：]"
)
# What a date or a label has.
_HEADER_MARK: Final = re.compile(r"[\d:：(（【]")
# 发布时间：2023-03-29 10:00, below the text
_STAMP: Final = re.compile(
    r"^[\s\[【(（]{0,2}(?:(?:发布|发表|发稿|更新|录入|上传|添加|修改)(?:时间|日期)|(?:最后|最近|本页)(?:更新|修改)(?:时间|日期|于)?)"
    r"\s{0,2}[:：]?\s{0,2}\d"
)
#: Characters of a line that is told by its beginning, unless it is a disclaimer.
_LONGEST: Final = 120
#: Characters of the heading of a reading list.
_SHORT: Final = 24
#: Characters of a line in which it says what it is.
_BEGINNING: Final = 40
_ENDING: Final = 24
_PICTURE_WORDS: Final = any_of("摄", "攝", "图", "片", "新华社")
_SENTENCE: Final = re.compile(r"[。！？?!]")
_STOPS: Final = "。！？!?；;：:…~～"


def _any_of(*patterns: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern in patterns))


# Any of the patterns that begin a line: most lines are none of them, and are asked once. A sentence is fewer.
_SENTENCES: Final = (_ORIGIN, _SOURCE_LINE, DISCLAIMER, SHARE, _NEIGHBOUR, _PAGE_REFERENCE)
_ANY: Final = _any_of(_EDITOR, _EDITOR_SIGNED, _COMMENTS, _READING, TOOLS, *_SENTENCES)
_ANY_SENTENCE: Final = _any_of(*_SENTENCES)
# Words of the patterns that are looked for inside a line.
_WORDS: Final = any_of(
    "许可", "同意", "镜像", "编辑", "編輯", "编缉", "责编", "责任編", "页", "全文", "[", "【", "转载", "授权",
    "仅供参考", "侵权", "删除", "据此操作", "权归", "免责", "不代表",
)  # fmt: skip


def _beginning(text: str, size: int) -> re.Pattern[str]:
    """Return the pattern of the lines that are as long as the text and, where it is one, a sentence."""
    if size > _LONGEST:
        return DISCLAIMER
    return _ANY_SENTENCE if size > _SHORT and "。" in text else _ANY


def kind_of(text: str) -> Line | None:  # noqa: C901, PLR0911 - one question a kind
    """Return what kind of line `text` is by its words alone, None for a paragraph."""
    size = len(text)
    if size > 260:
        return None
    if size <= _LIST_HEADING and text.rstrip(_LIST_EDGES).endswith(_LIST_ENDS):
        return Line.READING
    if _beginning(text, size).match(text) is None and _WORDS.search(text) is None:
        return None
    if size <= 80 and _PAGER_MARK.search(text) and not _PAGER_WORD.sub("", text):
        return Line.PAGING
    if (
        size <= 70
        and not _SENTENCE.search(text)
        and (_EDITOR.match(text) or _EDITOR_INSIDE.search(text) or _EDITOR_SIGNED.match(text))
    ):
        return Line.EDITOR
    if size <= _LONGEST and _ORIGIN.match(text):
        return Line.ORIGIN
    if size <= 80 and _SOURCE_LINE.match(text):
        return Line.ORIGIN
    if size <= 20 and _COMMENTS.match(text):
        return Line.COMMENTS
    if DISCLAIMER.match(text) or DISCLAIMER_INSIDE.search(text, 0, _BEGINNING) or DISCLAIMER_END.search(text):
        return Line.DISCLAIMER
    if size <= 90 and (SHARE.match(text) or TOOLS.match(text)):
        return Line.SHARE
    if (size <= _SHORT and _READING.match(text)) or (size <= 80 and _NEIGHBOUR.match(text)):
        return Line.READING
    if size <= 50 and _PAGE_REFERENCE.match(text):
        return Line.PAGE_REFERENCE
    return None


def may_be_background(text: str) -> bool:
    """Return whether the heading of a reading list may be one of more text: 新闻链接, but not 猜你喜欢."""
    return _RECOMMENDED.search(text) is None


def is_stamp(text: str) -> bool:
    """Return whether `text` is a line that says when the article was put in."""
    return len(text) <= _BEGINNING and _STAMP.match(text) is not None


def is_neighbour(text: str) -> bool:
    """Return whether `text` leads to the article before or after it."""
    return _NEIGHBOUR.match(text) is not None


def is_header(text: str) -> bool:
    """Return whether `text` is a line of time, source and author above the text."""
    if len(text) > 150 or _SENTENCE.search(text) or _EVENT.match(text):
        return False
    if _HEADER_MARK.search(text) is None:
        return False
    labels = len(_HEADER_LABEL.findall(text))
    match = _DATE.search(text)
    if match is None:
        return labels >= 2 or (labels == 1 and len(text) <= 24)
    rest = len(text) - (match.end() - match.start())
    return labels >= 1 or (rest <= 34 and "，" not in text and "。" not in text)


def is_event_place(text: str) -> bool:
    """Return whether `text` says where, for whom or what an event is: the time before it is the event's."""
    return len(text) <= _LONGEST and _EVENT_PLACE.match(text) is not None


def is_caption(text: str) -> bool:
    """Return whether the words say that `text` is the caption of a picture."""
    size = len(text)
    if size > 160:
        return False
    if _CAPTION_START.match(text):
        return True
    if _SUPPLIED.match(text):
        return True
    if text.endswith("拍摄。") and not _PICTURED.search(text):
        return False
    ending = text[-_ENDING:]
    if _PICTURE_WORDS.search(ending) is None or (text[-1] in "）)" and _WORDED.search(ending)):
        return False
    return _CAPTION_END.search(ending) is not None or _PICTURE_BY.search(ending) is not None


def points(text: str) -> bool:
    """Return whether `text` begins with a mark that may point at a picture: ▲渠水从村口流过."""
    return text[0] in _POINTERS and len(text) <= _LONGEST


def ends_sentence(text: str) -> bool:
    """Return whether `text` ends as a sentence does."""
    return text.rstrip("”’\"')）」』】] ")[-1:] in _STOPS
