"""The fields of a header line: where a value ends, and which words are no value but a label or a button."""

import re
from collections.abc import Iterable
from typing import Final

from newsspider.page.outline import Block
from newsspider.page.text import clean

#: Names of fields that pages glue to the value before them: 来源：清河日报点击：12
_FIELD: Final = (
    r"(?:作\s{0,4}者|编\s{0,4}辑|责\s{0,2}[编任]|(?:本[报网台刊社]|首席|见习|实习|全媒体|特约)?记者|通讯员|摄影|校对|审[核校稿签]|[初复终一二三]审|录入|选稿|监制|主编"
    r"|签发|上传|撰[稿文]|供稿|拟稿|来\s{0,3}源|稿源|转自|摘自|来自|(?:发布|发表|发稿|更新|添加)(?=时间|日期|者|人(?!气)|单位|机构|部门|科室|于)|成文|时\s{0,4}间|日\s{0,4}期|点击|浏览|阅读|访问|人气|热度|点赞"
    r"|字\s{0,2}[号体数]|评论|分享|下载|关键[词字]|标签|栏目|频道|分类|类别)"
)
#: 更新时间：, 浏览次数：, where nothing but the field's name tells it from the value
_BEFORE: Final = r"(?:文章|本文|新闻|信息|稿件|内容|图片|网页|最后|首次|本页|原文)?"
GLUED: Final = rf"(?={_BEFORE}{_FIELD}[\u4e00-\u9fff]{{0,3}}\s{{0,2}}[:：])"
#: Buttons, counters and notes that stand behind a value with no colon of their own.
_TOOL: Final = (
    r"作\s{0,3}者|编\s{0,2}辑|责编|责任|(?:本[报网台刊社]|首席|见习|实习|全媒体|特约)?记者|通讯员|[文图]\s?[/／]|摄影|校对|监制|主编"
    r"|时间|日期|发布|发表|更新|字\s{0,2}[号体数]|[大中小](?=$|[\s\x1f])|点击|浏览|阅读|人气|热度|评论|查看|关键|标签|分享|打印|收藏|保存|导出"
    r"|我要|我来|我有话|手机(?![\u4e00-\u9fff]{0,4}[网报])|收听|听(?:新闻|全文|本文|文章)|语音|朗[读诵]|播报|播放|放大|缩小|默认|全屏|全文|复制|纠错|选稿|审核|录入"
    r"|文号|举报|投诉|关注|关闭|参与|跟[贴帖]|扫一?扫|扫码|视力|背景|保护|无障碍|繁[體体]|简体|返回|上一|下一|版权|侵权|如有|原标题|下载|推荐给|加入|转发"
    r"|微[信博](?![\u4e00-\u9fff])|QQ空间|朋友圈|豆瓣|IP|[ATＡ][-+]|[AT]\s|第?\s?[A-Z]?\d{1,3}\s?版"
    r"|本(?:新闻|文|页|稿)|(?:已有|共有?|共计)?\s?\d+\s?(?:次|人|条|个|评论|浏览|阅读|点击|点赞|赞)"
)
_TIME: Final = r"[（(]?(?:20|19)?\d\d[-年/.]"
# Where a value ends: the next node or label, a time, a bracket, a button, a mark.
END: Final = re.compile(
    rf"[\x1f\x1e|｜丨︱]|{GLUED}|\s{{1,6}}(?=[A-Z]{{0,3}}[\u4e00-\u9fff]{{2,6}}\s?[:：]|{_TOOL}|【|\[|［|{_TIME}|[/•·↓↑→▼▲>＞]+(?:\s|$))"
    r"|(?=(?:20|19)\d\d[-年/.]\d)|[【\[［】\]］]|\s[（(]|[（(](?=ID|微信|公众号|https?:|www\.)|\s{2,}|\s于\s?(?=[A-Z\d])|[，,。；;]"
)
# 字号 大 中 小, 分享到, 打印本页, 保护视力色: a value that is nothing but buttons
_TOOLBAR: Final = re.compile(
    r"(?:分享|打印|收藏|保存|导出|点击|浏览|阅读|人气|热度|查看|字\s{0,2}[号体数]|关闭|返回|复制|扫一?扫|扫码|保护视力|视力|背景|评论|发表评论|我[要来]"
    r"|举报|纠错|投诉|登[录陆]|注册|下载|放大|缩小|朗[读诵]|语音|收听|听新闻|更新|发布(?=$|[时日于])|发表(?=$|[时日于])|加入收藏|加入|转发|推荐给"
    r"|微[信博](?![\u4e00-\u9fff])|QQ空间|朋友圈|豆瓣|(?i:Twitter|Facebook|LinkedIn|Line|WhatsApp|Telegram|WeChat|Weibo|Pinterest|Plurk|Threads|E-?mail|Qzone)(?![A-Za-z])|推特|脸书|臉書|電郵|邮件分享|噗浪|[\u4e00-\u9fff]{2}微博(?![\u4e00-\u9fff])|微信好友|繁[體体]|简体|默认|全屏|展开|查看|无障碍|只看|回复|上一|下一|订阅|关注|点赞|[大中小](?=$|\s)|[AT][-+]?(?=$|\s))"
    r"[\u4e00-\u9fff]{0,4}\s?(?:[(（]\s?\d*\s?[)）])?(?:\s.{0,20})?"
    r"|(?:已有|共有?|共计)?\s?\d+\s?(?:次|人|条|个)?(?:评论|浏览|阅读|点击|点赞|赞|参与|跟[帖贴]|回复|查看)?(?:\s.{0,20})?"
    r"|(?:责任|值班|执行|网络)?(?:编辑|责编|审核|校对|录入|[初复终一二三]审)\s[\u4e00-\u9fff]{2,4}(?:\s.{0,20})?"
)
# 索取号, 文件编号, 发布机构, 责任部门: what the cells of a table of metadata are called
_CELL: Final = re.compile(
    r"(?:索[取引]|文|编|证|序|档|刊|字|信|期|文件编|文章编|微信|发文字|流水|备案)\s?号|.{0,4}(?:机构|机关|部门|单位|日期|时间|类别|分类|类型|名称|标题|主题|字号|方式|范围|状态|概述|主题词|关键词|有效性|时效|体裁)"
)
# 文/林小河, 本报记者 林小河
_BYLINE: Final = re.compile(
    r"(?:文|图|图文|文图)\s?[/／]|(?:本[报网台刊社]|首席|见习|实习|全媒体|特约)?(?:记者|通讯员)\s"
)
# null, undefined, 暂无, {{source}}, ${source}, <%=source%>, --
_BLANK: Final = re.compile(
    r"(?:未知|不详|未填|暂无|没有|空|选择|请选择|待定|null|none|nil|n/a|nan|undefined|unknown|default|test|admin\w{0,12}|root|guest|system|系统|其他|其它|无|.|作者|编辑|来源|管理员|系统管理员|网站管理员|超级管理员"
    r"|[\W_]+|.*(?:\{\{|\$\{|<%|%>|\}\}|\[!--).*)",
    re.IGNORECASE,
)
# 发布日期：…, where a value should stand; the name of an account may follow such a word: 微信公众号：清河发布
_LABEL: Final = re.compile(
    r"(?!.{0,4}(?:公众号|微信|微博|客户端|头条号|视频号))"
    rf"(?:{_BEFORE}{_FIELD}[\u4e00-\u9fff]{{0,3}}|(?:(?!{_FIELD})[\u4e00-\u9fff]){{2,4}})\s?[:：]"
)


def is_tool(text: str) -> bool:
    """Return whether `text` is a label, a button or a counter: 发布日期：…, 分享到, 浏览次数 12, 索取号."""
    return (
        _LABEL.match(text) is not None
        or _TOOLBAR.fullmatch(text) is not None
        or _CELL.fullmatch(text) is not None
    )


def is_byline(text: str) -> bool:
    """Return whether `text` names a writer by a role: 文/林小河, 本报记者 林小河."""
    return _BYLINE.match(text) is not None


def is_blank(text: str) -> bool:
    """Return whether `text` says there is no value, or is what a template left: null, 暂无, {{source}}."""
    return _BLANK.fullmatch(text) is not None


def named(blocks: Iterable[Block], names: re.Pattern[str]) -> Iterable[tuple[str, Block]]:
    """Yield the short texts of header elements whose class or id matches `names`: <span class=source>."""
    for block in blocks:
        if block.size > _LINE or block.box.last - block.box.first > _FEW:
            continue
        for element in block.box.el.iter("span", "a", "em", "i", "b", "strong", "div", "p", "li", "td"):
            hint = f"{element.get('class') or ''} {element.get('id') or ''}"
            if len(hint) > 1 and names.search(hint) is not None:
                yield clean(str(element.xpath("string()"))[: 2 * _LINE]), block


#: Characters of a header line, and blocks of a box that is one.
_LINE: Final = 80
_FEW: Final = 4
