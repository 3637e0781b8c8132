"""What media, offices and the sections of a site are called."""

import re
from typing import Final

# What a medium's name ends with: 某某日报, 某某网, 某某电视台, 某某客户端, 某某号; not 索取号, 账号
_MEDIUM: Final = re.compile(
    r"^(?!(?:听|看|读|搜|更多|热点|热门|图片|相关|最新|推荐|滚动|今日|国内|国际|社会|本地|综合|视频|时政|民生)新闻$)[《]?[\u4e00-\u9fffA-Za-z0-9·\-—]{1,18}?(?:日报|晚报|早报|时报|商报|周刊|周报|快报|晨报|都市报|法制报|法治报|青年报|农民报|工人报|导报|画报|学报|报社|日報|時報|新聞|新闻社|通讯社|新华社|中新社|新闻网|在线|网|網|电视台|电视|卫视|之声|电台|广播|客户端|频道|杂志|新闻|传媒|融媒体中心|融媒|发布|央视|头条|日报社|社|报|"
    r"(?<![取引文编证账帐序档刊信微型备流挂票车牌称番符口暗商])号)[》]?(?:客户端|网|社|微信公众号|微信|微博|公众号|官方微博|官微)?"
)
# What an office's name ends with: 清河县水利局, 县委宣传部, 清河大学
_OFFICE: Final = re.compile(
    r"[\u4e00-\u9fff]{1,24}(?:政府|[局厅委办部院署会处所站团校]|中心|大学|学校|医院|公司|集团|支队|大队|办公室)"
)
# Sections of a site: 通知公告, 工作动态, 政策解读
_SECTION: Final = re.compile(
    r".{0,6}(?:动态|公告|公示|通知|通告|解读|要闻|快讯|资讯|信息|专栏|专题|聚焦|之窗|栏目|导读|图解|问答|公开|新闻中心|热线|贴吧|专版|专刊|简报|速递)"
)


def is_medium(text: str) -> bool:
    """Return whether `text` reads as the name of a medium: 某某日报, 某某网, 某某客户端."""
    return _MEDIUM.fullmatch(text) is not None


def is_office(text: str) -> bool:
    """Return whether `text` reads as the name of an office: 某某县水利局, 某某大学."""
    return _OFFICE.fullmatch(text) is not None


def is_section(text: str) -> bool:
    """Return whether `text` reads as the name of a section: 通知公告, 工作动态."""
    return _SECTION.fullmatch(text) is not None
