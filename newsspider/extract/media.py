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


# 领导活动, 便民服务, 护眼模式: what sections and buttons are put together from
_WORDS: Final = (
    r"(?:政策|法规|文件|媒体|报道|领导|活动|办事|指南|互动|交流|党建|工作|规划|计划|统计|数据|财政|预决?算|科技|创新|教育|教学|校园|新闻|文化|学院|院系|学术"
    r"|招生|就业|学生|社会|万象|天气|预报|便民|服务|生活|健康|养生|美食|天下|旅游|体育|赛事|娱乐|八卦|国际|国内|视野|军事|天地|财经|股市|行情|在线|咨询|访问|次数"
    r"|长者|老年|关怀|模式|智能|朗读|倍速|播放|独家|显示|收起|全文|广告|合作|免责|版权|声明|网站|地图|用户|个人|中心|退出|登录|高级|搜索|护眼|夜间|内容|纠错|认证"
    r"|猜你|喜欢|联系|我们|高清|大图|原图|组图|图集|图片|查看|今日|明日|昨日|本周|安全|温馨|友情|特别|提示|城市|农业|农村|水利|公开|主动|公示|公告|农历|[一二三四五六七八九十正腊]月|晴|阴|雨|雪|转|多云)"
)
# 电子报, 特大号, 人人网, 腾讯微博, 推特: buttons that lead to an edition, an account or a share network
_BUTTONS: Final = (
    r"(?:电子|數字|電子|数字|手机|手機|多媒体|移动|新闻|官方|微信|订阅|服务|英文|中文|繁体|简体)(?:报|報|版|网|網|杂志|客户端|公众号|号|微博|微信|APP|网站)+"
    r"|[特超]?[小中大]号|标准|英语|English|EN|中文|Русский|日本語|한국어"
    r"|客户端|公众号|视频号|小程序|融媒体|新媒体|人人网|开心网|百度(?:首页|贴吧|搜藏|空间)|(?:腾讯|新浪|搜狐|网易|人民|QQ|騰訊)微博"
    r"|QQ(?:空间|好友|收藏)?|微信(?:好友|朋友圈)?|微博|抖音|快手|豆瓣|知乎|领英|推特|脸书|臉書|電郵|邮件|郵件|邮箱|噗浪|有道云笔记|印象笔记|E-?mail|RSS"
    r"|Twitter|Facebook|LinkedIn|Instagram|YouTube|WhatsApp|Telegram|WeChat|Weibo|Pinterest|Reddit|Tumblr|Plurk|Line|Threads|Qzone|X"
)
_GENERIC: Final = re.compile(rf"已认证|请输入.{{0,6}}|{_WORDS}{{2,4}}|{_BUTTONS}", re.IGNORECASE)


def is_medium(text: str) -> bool:
    """Return whether `text` reads as the name of a medium: 某某日报, 某某网, 某某客户端."""
    return _MEDIUM.fullmatch(text) is not None


def is_office(text: str) -> bool:
    """Return whether `text` reads as the name of an office: 某某县水利局, 某某大学."""
    return _OFFICE.fullmatch(text) is not None


def is_section(text: str) -> bool:
    """Return whether `text` reads as the name of a section: 通知公告, 工作动态."""
    return _SECTION.fullmatch(text) is not None


def is_generic(text: str) -> bool:
    """Return whether `text` is put together from words that name no medium: 便民服务, 校园新闻, 护眼模式."""
    return _GENERIC.fullmatch(text) is not None
