"""People's names in by-lines: "记者 王新昌", "罗科苏盈", "通讯员 李 伟 阿依古丽·买买提"."""

import re
from functools import lru_cache
from itertools import zip_longest
from typing import Final

_COMMON: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍"
    "庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华"
    "喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇赖洪"
    "龔張陳劉楊黃趙吳孫馬鄭羅謝許韓馮鄧蕭蔣葉蘇魏呂盧鍾譚陸範賈韋鄒閻龍陶賀顧錢嚴湯溫龐顏莊聶魯齊喬關蘭單"
)
_RARE: Final = frozenset(
    "栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区"
    "郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌次强母裘亓修"
    "邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉斯冶矫元束檀衣信展阴昝智幸奉植衡富尧闭由郦邴过楮"
    "经胜励益尕才仁扎格拉达旦索朗泽登贡热尼肉买提图玛库依汗别克努尔塔力迪丽仉帖贠苍仵亦郁苟仰竺辇郇郏逄揣乜尧火库"
    "贝习代占荀昌凤钮隗郗莘韶璩濮庾桓訾蒯谯焉宓汲糜宦暨沃缑笪撒么戢禤佀呙蹇刀税卯郅矣续"
)
_SURNAMES: Final = _COMMON | _RARE
_COMPOUND: Final = frozenset((
    "欧阳", "上官", "司马", "诸葛", "司徒", "慕容", "皇甫", "尉迟", "令狐", "东方", "夏侯", "呼延", "端木",
    "独孤", "南宫", "公孙", "长孙", "宇文", "澹台", "拓跋", "完颜", "歐陽",
))  # fmt: skip
# Words that begin with a surname's character but are no name: 高清, 全文, 时间, 安全.
_NO_NAME: Final = frozenset((
    "高清", "全文", "时间", "安全", "文图", "图文", "文字", "文章", "应急", "国际", "国内", "中国", "时政",
    "平台", "公司", "公安", "经济", "经过", "经济部", "阳光", "明天", "云南", "海南", "江苏", "江西",
    "安徽", "贵州", "甘肃", "宁夏", "广西", "广东", "福建", "南京", "南宁", "宁波", "海口", "成都", "太原",
    "万元", "同时", "相关", "有关", "方面", "关于", "金融", "金额", "文化", "文旅", "文明", "常委", "党委",
    "党员", "农业", "农村", "房产", "商报", "时报", "明报", "华社", "电台", "荣誉", "都市", "平安", "成员",
    "成立", "强调", "和谐", "信息", "信网", "那么", "明确", "元素", "干部", "支部", "单位", "连线", "连续",
    "向上", "通过", "过程", "利用", "利益", "但是", "由于", "于是", "容易", "古代", "尤其", "查看", "查询",
    "原创", "全国", "全省", "全市", "全部", "全媒体", "计划", "平均", "富强", "智慧", "隆重", "胜利",
    "宣布", "宣传", "包括", "华北", "华东", "华南", "西部", "江南", "江北", "江东", "南方", "南都", "武汉",
    "石家庄", "郑州", "温州", "苏州", "常州", "杭州", "柳州", "桂林", "兰州", "来源", "编辑", "热线",
    "综合", "时评", "连载", "雷达", "申请", "解读", "解放", "解决", "权威", "印发", "图源", "银行", "房屋",
    "支持", "支付", "管理", "管理员", "经理", "符合", "施工", "温馨", "温暖", "游戏", "游客", "路透",
    "路透社", "车辆", "车祸", "司机", "初步", "初中", "都是", "明显", "花园", "盘点", "满意", "边境",
    "边防", "仁川", "满足", "景区", "师生", "应当", "项目", "连日", "党建", "党支部", "宗教", "万象",
    "包装", "毕业", "毕竟", "尚未", "尚无", "曾经", "任务", "任何", "何时", "向导", "相信", "居民", "简介",
    "简讯", "简报", "车讯", "时尚", "时间表", "满分", "金秋", "高考", "高速", "高校", "关注", "关键",
    "郑重", "严重", "温度", "农历", "成绩", "成果", "费用", "水平", "全体", "连接", "项目组", "益阳",
    "安阳", "安庆", "信阳", "南阳", "洛阳",
    "高温", "关怀", "安排", "经验", "时代", "白天", "方案", "万里", "查处", "路口", "支队", "包裹",
    "全程", "党风", "冷链", "石油", "毛利", "金牌", "常见", "常识", "严打", "严查", "元旦", "元宵",
    "国庆", "安检", "应对", "康养", "庄稼", "成人", "成品", "房价", "曲艺", "明年", "易地", "景点",
    "智能", "权益", "沙漠", "洪水", "温差", "游览", "满城", "焦点", "焦作", "牛市", "牛羊", "白酒",
    "盛典", "程序", "程序员", "童年", "管道", "纪委", "纪实", "胡同", "舒适", "花卉", "花海", "苗木",
    "范围", "葛根", "董事", "董事长", "蓝天", "蓝图", "解封", "计生", "许昌", "许可", "谷雨", "谷物",
    "贺岁", "贺信", "路段", "车站", "车主", "农民", "农贸", "邓州", "都江堰", "钟表", "钟楼", "阳台",
    "陈列", "陈旧", "雷雨", "霍乱", "韩国", "马路", "马拉松", "高铁", "高质量", "龙舟", "代表", "代理",
    "代码",
    "代表团", "代表队", "代理人", "凤凰", "习惯", "习俗", "占比", "占地", "昌平", "昌吉", "昌都", "沃土",
    "续航", "续写",
    "文并摄", "文摄", "文并", "初审", "关闭", "关键词", "农田", "税务", "税收", "税费", "贝壳", "刀具",
    "黄河", "齐鲁", "公告", "公示", "公开", "党务",
))  # fmt: skip
#: What media, offices and places end with, and no name: 云南网, 江西省.
_NO_END: Final = frozenset("网網报報社省市县縣局厅乡部院区镇")
# What given names without a surname begin with: 扎西顿珠, 古丽娜尔, 斯琴高娃
_GIVEN: Final = frozenset((
    "扎西", "次仁", "旦增", "丹增", "格桑", "卓玛", "央金", "多吉", "其美", "尼玛", "达瓦", "巴桑",
    "边巴", "普布", "拉巴", "米玛",
    "索朗", "洛桑", "平措", "仁增", "白玛", "德吉", "强巴", "次旺", "桑吉", "才让", "才旦", "罗布",
    "嘎玛", "益西", "曲珍", "拉姆",
    "阿依", "阿不", "阿卜", "买买", "麦麦", "古丽", "艾合", "吐尔", "依明", "玉素", "热合", "木合",
    "努尔", "帕提", "迪丽", "艾则",
    "巴特", "呼和", "孟克", "斯琴", "娜仁", "萨仁", "苏日", "乌云", "乌兰", "图雅", "宝音", "哈斯",
    "格日", "敖日", "那日", "其其", "朝鲁",
))  # fmt: skip
#: What follows a compound surname in the names of media and firms: 东方卫视.
_NO_GIVEN: Final = frozenset(
    ("卫视", "电视", "新闻", "头条", "快讯", "财经", "财富", "体育", "传媒", "影视", "航空", "明珠")
)
_HAN: Final = "\u4e00-\u9fff\u3400-\u4dbf\u3007"
_NAME: Final = re.compile(f"[{_HAN}]{{2,4}}")  # 王新昌
_MINORITY: Final = re.compile(f"[{_HAN}]{{1,8}}(?:[·•．・‧][{_HAN}]{{1,10}}){{1,3}}")  # 阿依古丽·买买提
# Roles before a name: 本报记者, 通讯员, 实习生, 文/图, 摄影.
_ROLE: Final = re.compile(
    r"(?:首席|实习|见习|特约|特派|驻\S{1,4}|全媒体|融媒体|高级|资深|专栏|本报|本网|职工|视频|摄影|文字)*"
    r"(?:记者站?|記者|通[讯訊][员員]|报道员|報道員|实习生|作者|编译|編譯|撰文|撰稿人?|采写|评论员|评论人|特派员|投稿人|供稿人)"
    r"|(?<![\u4e00-\u9fff])(?:文|图|文字|图片|摄影|摄像|视频|拍摄|制图|剪辑)(?:[/／、与和](?:文|图|摄|摄影|图片|视频|片))*(?=[:：/／\s]|$)"
)
_SEPARATOR: Final = re.compile(r"[、，,;；/／\s|｜&＆\u3000:：丨\x1f]+|和(?=[\u4e00-\u9fff]{2,4}$)")
# What may follow the last name: 王新昌/文, 罗科苏盈发自北京, 三台报道, 整合
_TRAILING: Final = re.compile(
    r"(?:[/／]?(?:文/?图|图/?文|摄影|摄|文|图)|摄影报道|发自.*|供稿|整理|整合|综合|编译|等|\d{1,2}月.*|.{0,6}报[道导]|受访者.*|\(.*|（.*)$"
)
# 李四/图, 周斌 摄: names of pictures, not of the text; 图/李四, 摄影：李四 are roles of pictures alone
_PICTURED: Final = re.compile(
    r"[\u4e00-\u9fff]{2,3}\s?(?:[/／]\s?(?:图|摄影|摄像|摄|视频|制图|供图)(?![/／文])|\s[摄图](?!\s?[|｜丨︱:：/／])(?=[\s）)]|$))"
)
_PICTURE_ROLE: Final = re.compile(
    r"(?:图|图片|摄影|摄像|视频|拍摄|制图|剪辑)(?:[/／、与和](?:摄|摄影|图片|视频|片))*"
)
_MAX_NAMES: Final = 24


def is_name(text: str) -> bool:
    """Return whether `text` looks like one Chinese name: a surname and one or two characters."""
    if text in _NO_NAME or not _NAME.fullmatch(text):
        return bool(_MINORITY.fullmatch(text))
    if text[:2] in _GIVEN and text[-1] not in _NO_END:
        return True
    if text[:2] in _COMPOUND:
        return len(text) in {3, 4} and text[-1] not in _NO_END and text[2:] not in _NO_GIVEN
    return text[0] in _SURNAMES and len(text) <= 3 and text[-1] not in _NO_END


@lru_cache(maxsize=4096)
def split_glued(text: str) -> tuple[str, ...]:
    """Cut names written without a space: 罗科苏盈 → 罗科, 苏盈. Empty where no cut fits."""
    if not text:
        return ()
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for start in range(len(text)):
        if start not in best:
            continue
        cost, names = best[start]
        for length, price in ((3, 1.0), (2, 1.3), (4, 1.3)):
            name = text[start : start + length]
            if len(name) == length and is_name(name):
                total = cost + price + (0.0 if name[0] in _COMMON else 0.5)
                if start + length not in best or total < best[start + length][0] - 1e-9:
                    best[start + length] = (total, (*names, name))
    return best.get(len(text), (0.0, ()))[1]


def people(text: str, *, loose: bool = False, labelled: bool = False) -> tuple[str, ...]:
    """Return the names in a by-line's value.

    With `loose` pen names count too ("作者：春春"). `labelled`: names may stand before a role.
    """
    if (match := _OTHERS.search(text)) is not None:
        text = text[: match.start()]
    text = _PICTURED.sub(" ", text)
    roles = list(_ROLE.finditer(text))
    found: list[str] = []
    head = text[: roles[0].start()] if roles else text
    if not any(len(text[role.end() :].strip()) > 1 for role in roles):
        found += _sequence(head, loose=loose)  # no role, or one behind the name
    elif (loose or labelled) and head[-1:] in _GAPS:
        # 林小河 通讯员 周平; elsewhere what stands before a role is a medium.
        words = [word for word in _SEPARATOR.split(head) if word]
        found += words if all(map(is_name, words)) else []
    pictured = False
    for role, following in zip_longest(roles, roles[1:]):
        named = _sequence(text[role.end() : following.start() if following else len(text)], loose=loose)
        if not pictured and not _PICTURE_ROLE.fullmatch(role[0].strip()):
            found += named
        elif not named:  # 摄影：清河日报记者 周平
            pictured = True
            continue
        pictured = False
    return tuple(dict.fromkeys(found))[:_MAX_NAMES]


# John Smith, J. O'Neil and Anna Lee
_FOREIGN: Final = re.compile(r"[A-Z][A-Za-z.'-]*(?:(?:\s?[,;/&]\s?|\sand\s|\s)[A-Z][A-Za-z.'-]*){1,7}")
_LONGEST_FOREIGN: Final = 30


def _sequence(text: str, *, loose: bool) -> list[str]:
    """Return the names that `text` begins with."""
    found: list[str] = []
    if loose and _FOREIGN.fullmatch(text.strip()):
        return [name for name in re.split(r"\s?[,;/&]\s?|\sand\s", text.strip()) if _pen_name(name)]
    words = [word for word in _SEPARATOR.split(text) if word]
    at = 0
    while at < len(words):
        word = words[at]
        if (
            len(word) == 1
            and at + 1 < len(words)
            and len(words[at + 1]) == 1
            and is_name(word + words[at + 1])
        ):
            found.append(word + words[at + 1])  # 王 伟
            at += 2
            continue
        names = _names_in(word, loose=loose and not any(map(is_name, found)))
        if not names and found and not loose:
            break
        found += names
        at += 1
    return found


def _names_in(word: str, *, loose: bool) -> tuple[str, ...]:
    word = word.strip("()（）[]【】<>《》“”\"'.。·-—_")
    if is_name(word):
        return (word,)
    word = _TRAILING.sub("", word).strip("()（）[]【】<>《》“”\"'.。·-—_")
    if not word:
        return ()
    if is_name(word):
        return (word,)
    if glued := split_glued(word):
        return glued
    if loose and _pen_name(word):
        return (word,)
    return ()


# What stands after 作者 and is no person: 网络整理, 佚名, admin, 本站.
_NOBODY: Final = re.compile(
    r"整理|佚名|未知|匿名|不详|原创|综合|转载|本站|网络|互联网|管理员|admin|编辑|责编|报$|社$|台$|网$|记者站|来源|时间|日期|点击|浏览|字号"
    r"|您|留言|评论|登录|注册|退出|欢迎|发表|关注|收藏|分享|打印|\d",
    re.IGNORECASE,
)
#: What stands between names.
_GAPS: Final = (" ", "、", "，", ",", ";", "；", "/", "\x1f")
# What ends a list of writers: 责任编辑：…, 校对 …
_OTHERS: Final = re.compile(
    r"(?:责任|网络|本文)?编辑|责编|校对|审核|[初复终一二三]审|编审|监制|制图|制作|选稿|来\s{0,4}源"
)


def _pen_name(word: str) -> bool:
    return 2 <= len(word) <= (_LONGEST_FOREIGN if word.isascii() else 12) and not _NOBODY.search(word)
