"""Short notices of one template with other numbers, names and days: none is a reprint of another.

Every family is a function of a random generator; two calls give two notices of one office.
"""

import random
from collections.abc import Callable
from typing import Final

_SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛范彭"
_GIVEN: Final = "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志远文博雨桐子涵晓峰海燕立群国栋"
_TOWNS: Final = [
    "清河",
    "柳园",
    "石浦",
    "上河",
    "红峪",
    "槐安",
    "铜锣",
    "西关",
    "东沧",
    "龙门",
    "鹰嘴",
    "白鹤",
    "坪上",
    "双河",
    "麻坊",
    "北渡",
]
_ROADS: Final = [
    "人民",
    "解放",
    "建设",
    "文化",
    "中山",
    "朝阳",
    "和平",
    "滨河",
    "迎宾",
    "学府",
    "工农",
    "长江",
    "光明",
    "新华",
    "振兴",
    "团结",
]
_BUREAUS: Final = [
    "教育",
    "财政",
    "民政",
    "司法",
    "水利",
    "商务",
    "审计",
    "统计",
    "交通运输",
    "应急管理",
    "农业农村",
    "生态环境",
]
_SKY: Final = ["晴", "多云", "阴", "小雨", "中雨", "阵雨", "雷阵雨", "小雪", "雾", "霾"]
_WIND: Final = ["东风", "南风", "西风", "北风", "东北风", "西北风", "东南风", "西南风"]

Rng = random.Random


def _name(rng: Rng) -> str:
    return rng.choice(_SURNAMES) + "".join(rng.sample(_GIVEN, rng.choice((1, 2, 2))))


def _day(rng: Rng) -> str:
    return f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"


def _town(rng: Rng) -> str:
    return rng.choice(_TOWNS)


def weather(rng: Rng) -> str:
    """A forecast for three days."""
    low = rng.randint(-8, 22)
    high = low + rng.randint(5, 14)
    days = "\n\n".join(
        f"{when}：{rng.choice(_SKY)}转{rng.choice(_SKY)}，{rng.choice(_WIND)}{rng.randint(1, 3)}到"
        f"{rng.randint(4, 6)}级，最低气温{low + rng.randint(-2, 2)}℃，最高气温{high + rng.randint(-2, 2)}℃。"
        for when in ("今天白天到夜间", "明天", "后天")
    )
    return (
        f"市气象台{_day(rng)}{rng.choice((6, 11, 16, 17))}时发布全市天气预报。\n\n{days}\n\n"
        "昼夜温差较大，请市民根据气温变化及时增减衣物，外出注意交通安全。"
        "森林火险气象等级较高，请注意林区防火。天气多变，请随时关注临近预报和预警信息。"
    )


def lottery(rng: Rng) -> str:
    """The draw of a lottery."""
    reds = " ".join(f"{n:02}" for n in sorted(rng.sample(range(1, 34), 6)))
    return (
        f"中国福利彩票双色球第2024{rng.randint(1, 150):03}期开奖结果于{_day(rng)}晚揭晓，"
        f"红球号码为{reds}，蓝球号码为{rng.randint(1, 16):02}。\n\n"
        f"当期全国销量为{rng.randint(300000000, 400000000)}元，一等奖开出{rng.randint(1, 20)}注，"
        f"单注奖金{rng.randint(5000000, 10000000)}元；二等奖开出{rng.randint(60, 300)}注，"
        f"单注奖金{rng.randint(60000, 400000)}元。计算后，奖池金额为"
        f"{rng.randint(800000000, 2500000000)}元，滚入下一期。\n\n"
        "开奖结果以中国福利彩票发行管理中心公布的开奖公告为准。彩票有风险，投注需理性，未成年人不得购买彩票及兑奖。"
        "中奖者请自开奖之日起六十个自然日内兑奖，逾期未兑奖视为弃奖，弃奖奖金纳入彩票公益金。"
    )


def obituary(rng: Rng) -> str:
    """The death of a retired official."""
    name, age, born = _name(rng), rng.randint(70, 98), rng.randint(1928, 1950)
    return (
        f"中国共产党的优秀党员，市政协原副主席{name}同志，因病医治无效，于2024年{_day(rng)}"
        f"{rng.randint(0, 23)}时{rng.randint(1, 59)}分在市人民医院逝世，享年{age}岁。\n\n"
        f"{name}同志，{rng.choice(('山东', '河南', '湖北', '四川', '江苏', '陕西'))}{_town(rng)}人，"
        f"{born}年{rng.randint(1, 12)}月出生，{born + rng.randint(18, 24)}年{rng.randint(1, 12)}月参加工作，"
        f"{born + rng.randint(20, 30)}年{rng.randint(1, 12)}月加入中国共产党，"
        f"历任{_town(rng)}公社党委副书记、{_town(rng)}县委书记、市{rng.choice(_BUREAUS)}局局长等职，"
        f"{born + 60}年{rng.randint(1, 12)}月离职休养。\n\n"
        f"遵照{name}同志生前遗愿和家属意见，丧事从简。遗体告别仪式定于{_day(rng)}上午"
        f"{rng.randint(7, 10)}时在市殡仪馆举行。\n\n"
        "特此讣告。敬送花圈、挽联的单位和个人请与治丧工作小组联系。"
    )


def prices(rng: Rng) -> str:
    """A price list of a wholesale market."""
    goods = [
        "大白菜",
        "土豆",
        "黄瓜",
        "西红柿",
        "青椒",
        "茄子",
        "芹菜",
        "豆角",
        "胡萝卜",
        "洋葱",
        "大葱",
        "生姜",
        "大蒜",
        "鸡蛋",
        "白条猪肉",
        "牛肉",
        "羊肉",
        "鲤鱼",
        "花生油",
        "大米",
    ]
    rows = "；".join(
        f"{good}{rng.randint(1, 70)}.{rng.randint(0, 99):02}元，比上周{rng.choice(('上涨', '下降'))}"
        f"{rng.randint(0, 15)}.{rng.randint(1, 99):02}%"
        for good in goods
    )
    return (
        f"据市价格监测中心对全市{rng.randint(8, 14)}家农贸市场的监测，{_day(rng)}主要农副产品每500克平均零售价格如下。\n\n"
        f"{rows}。\n\n总体来看，全市主要农副产品市场供应充足，价格运行平稳。"
        "监测人员提醒，以上价格为平均价格，仅供参考，实际成交价格以市场为准。"
    )


def air(rng: Rng) -> str:
    """The air quality of a day in the districts of a city."""
    rows = "；".join(
        f"{town}区空气质量指数{rng.randint(20, 280)}，首要污染物为{rng.choice(('PM2.5', 'PM10', '臭氧', '二氧化氮'))}，"
        f"空气质量{rng.choice(('优', '良', '轻度污染', '中度污染'))}"
        for town in _TOWNS[:6]
    )
    return (
        f"{_day(rng)}0时至{rng.randint(7, 24)}时全市环境空气质量状况：{rows}。\n\n"
        "以上数据为自动监测的实时数据，未经审核，仅供参考，最终数据以省生态环境厅发布的为准。"
        "空气污染较重时，儿童、老年人及心脏病、肺病患者应减少长时间、高强度的户外锻炼。"
    )


def exam(rng: Rng) -> str:
    """How to register for an examination: long, most of it the same every year."""
    year, first, last = rng.randint(2014, 2026), rng.randint(3, 12), rng.randint(13, 27)
    month = rng.randint(2, 10)
    kind = rng.choice(
        ["初级会计", "二级建造师", "护士执业", "教师资格", "社会工作者", "执业药师", "法律职业", "经济专业"]
    )
    return (
        f"{year}年度全省{kind}资格考试报名工作即将开始，现将有关事项通知如下。\n\n"
        f"一、报名时间。网上报名时间为{month}月{first}日9时至{last}日17时，缴费截止时间为{month}月{last + 1}日24时，"
        f"准考证打印时间为{month + 2}月{rng.randint(1, 28)}日起。\n\n"
        f"二、考试时间。考试定于{month + 2}月{rng.randint(1, 28)}日至{rng.randint(1, 28)}日举行。\n\n"
        "三、报名条件。遵守中华人民共和国宪法和法律，具有良好的业务素质和道德品行，符合相应级别的学历和工作年限要求的人员均可报名。"
        "报名人员应当对填报信息的真实性负责，提供虚假信息的按照有关规定处理。\n\n"
        f"四、收费标准。考试费每人每科{rng.randint(50, 90)}元，逾期未缴费的视为自动放弃。\n\n"
        "五、注意事项。报考人员应当使用近期免冠证件照片，照片底色为白色。打印准考证后请仔细核对个人信息，发现有误及时与当地考试管理机构联系。"
        "参加考试时须携带准考证和有效居民身份证原件，缺一不可。\n\n"
        f"咨询电话：0{rng.randint(311, 939)}-{rng.randint(2000000, 8999999)}。"
    )


def appointment(rng: Rng) -> str:
    """Who was appointed and who was relieved."""
    rows = "\n\n".join(
        f"任命{_name(rng)}同志为市{bureau}局{rng.choice(('局长', '副局长', '总工程师'))}；"
        f"免去{_name(rng)}同志的市{bureau}局{rng.choice(('局长', '副局长', '调研员'))}职务。"
        for bureau in rng.sample(_BUREAUS, rng.randint(2, 5))
    )
    return (
        f"市人民政府{_day(rng)}发布任免通知，经市政府第{rng.randint(1, 90)}次常务会议研究决定：\n\n{rows}\n\n"
        "以上新提任的同志试用期一年，试用期满考核合格后正式任职，任职时间自试用之日起计算。"
    )


def court(rng: Rng) -> str:
    """A court calls a defendant who can't be found: the text is fixed but for the names."""
    plaintiff, defendant = _name(rng), _name(rng)
    case = rng.choice(["民间借贷", "离婚", "买卖合同", "租赁合同", "金融借款合同", "机动车交通事故责任"])
    return (
        f"{defendant}：本院受理原告{plaintiff}诉你{case}纠纷一案，已依法审理终结。现依法向你公告送达"
        f"（2024）{_town(rng)}民初{rng.randint(100, 9999)}号民事判决书。自发出本公告之日起经过三十日，即视为送达。"
        "限你自公告送达期满之日起十五日内到本院民事审判第一庭领取民事判决书，逾期则视为送达。"
        "如不服本判决，可在公告送达期满之日起十五日内，向本院递交上诉状，并按对方当事人的人数提出副本，上诉于市中级人民法院。"
        "逾期未上诉的，本判决即发生法律效力。"
    )


def hearing(rng: Rng) -> str:
    """A court announces a hearing: the text is fixed but for names and hours."""
    return (
        f"{_name(rng)}：本院受理原告{_name(rng)}与你{rng.choice(('借款', '劳务', '追偿权', '承揽'))}合同纠纷一案，"
        "因采用其他方式无法送达，现依法向你公告送达起诉状副本、应诉通知书、举证通知书、开庭传票和合议庭组成人员通知书。"
        "自公告之日起经过三十日即视为送达。提出答辩状和举证的期限分别为公告期满后的十五日和三十日内。"
        f"并定于举证期满后第三日上午{rng.choice(('八', '九', '十'))}时（遇法定节假日顺延）在本院{_town(rng)}法庭公开开庭审理。"
        "逾期不到庭，本院将依法缺席裁判。"
    )


def power(rng: Rng) -> str:
    """A planned power cut."""
    rows = "\n\n".join(
        f"{_day(rng)}{rng.randint(5, 9)}:{rng.choice(('00', '30'))}至{rng.randint(12, 20)}:00，"
        f"停电线路：{_town(rng)}变电站10千伏{rng.choice(_ROADS)}线{rng.randint(1, 60)}号杆；"
        f"停电范围：{rng.choice(_ROADS)}路、{rng.choice(_ROADS)}街沿线及{_town(rng)}村部分用户。"
        for _ in range(rng.randint(2, 4))
    )
    return (
        "因电力设备检修和线路改造需要，现将计划停电信息公告如下。\n\n" + rows + "\n\n"
        "请停电范围内的客户提前做好准备，自备电源的客户请做好防止反送电的安全措施。"
        "如遇恶劣天气等不可抗力，停电计划可能调整或取消，恢复送电后请注意用电安全，停电线路随时可能来电。"
        f"供电服务热线：95598。给您带来不便，敬请谅解。{_town(rng)}供电公司"
    )


def roadworks(rng: Rng) -> str:
    """Traffic is restricted for roadworks."""
    road, a, b = rng.sample(_ROADS, 3)
    return (
        f"因{road}路（{a}路至{b}路段）{rng.choice(('雨污分流', '路面大修', '热力管网', '燃气管线'))}工程施工需要，"
        "为保障施工期间道路交通安全畅通，根据《中华人民共和国道路交通安全法》第三十九条规定，决定对上述路段采取交通管制措施，现通告如下。\n\n"
        f"一、管制时间：2024年{_day(rng)}至{_day(rng)}，每日{rng.randint(0, 9)}时至{rng.randint(10, 23)}时。\n\n"
        f"二、管制措施：管制期间，{road}路{rng.choice(('由东向西', '由西向东', '由南向北', '由北向南'))}方向禁止机动车通行，"
        f"途经车辆请绕行{rng.choice(_ROADS)}路、{rng.choice(_ROADS)}街。\n\n"
        "三、请途经施工路段的车辆和行人按照交通标志、标线的指示通行，自觉服从现场交通警察和施工人员的指挥。\n\n"
        "四、违反本通告规定的，由公安机关交通管理部门依法予以处罚。施工给您带来的不便，敬请谅解。特此通告。"
    )


def tender(rng: Rng) -> str:
    """A call for tenders: long, mostly the law's own wording."""
    town, money = _town(rng), rng.randint(80, 9000)
    what = rng.choice(
        ["卫生院改扩建", "中学操场改造", "农村公路硬化", "污水管网", "垃圾中转站", "高标准农田"]
    )
    return (
        f"{town}镇{what}工程已由{town}县发展和改革局批准建设，招标人为{town}镇人民政府，建设资金来自财政资金，"
        "项目已具备招标条件，现对该项目的施工进行公开招标。\n\n"
        f"工程规模：总投资约{money}万元。计划工期：{rng.randint(60, 540)}日历天。招标范围：施工图纸及工程量清单所包含的全部内容。\n\n"
        "投标人须具备市政公用工程或建筑工程施工总承包三级及以上资质，具有有效的安全生产许可证，并在人员、设备、资金等方面具有相应的施工能力。"
        "投标人拟派项目经理须具备二级及以上注册建造师执业资格，且未担任其他在施建设工程项目的项目经理。本次招标不接受联合体投标。\n\n"
        f"凡有意参加投标者，请于{_day(rng)}至{_day(rng)}登录公共资源交易平台下载招标文件，招标文件每套售价{rng.randint(1, 9)}00元，售后不退。\n\n"
        f"投标文件递交的截止时间为2024年{_day(rng)}{rng.randint(9, 15)}时{rng.choice(('00', '30'))}分。"
        "逾期送达的或者未送达指定地点的投标文件，招标人不予受理。"
        f"联系人：{_name(rng)}，电话：{rng.randint(2000000, 8999999)}。"
    )


def quake(rng: Rng) -> str:
    """An earthquake as the network reports it."""
    return (
        f"中国地震台网正式测定：{_day(rng)}{rng.randint(0, 23)}时{rng.randint(0, 59)}分在{_town(rng)}县"
        f"（北纬{rng.randint(20, 45)}.{rng.randint(10, 99)}度，东经{rng.randint(80, 125)}.{rng.randint(10, 99)}度）"
        f"发生{rng.randint(3, 5)}.{rng.randint(0, 9)}级地震，震源深度{rng.randint(5, 30)}千米。\n\n"
        f"据快报目录，震中周边200公里内近5年来发生3级以上地震共{rng.randint(3, 90)}次，"
        f"最大地震是{rng.randint(2019, 2023)}年{_day(rng)}在{_town(rng)}县发生的{rng.randint(4, 6)}.{rng.randint(0, 9)}级地震，"
        f"距离本次震中{rng.randint(3, 190)}公里。震中距{_town(rng)}县城{rng.randint(5, 60)}公里，"
        f"距{_town(rng)}市{rng.randint(60, 300)}公里。目前暂未收到人员伤亡和财产损失的报告，地震部门已启动应急响应，正在进一步核实情况。"
    )


def stocks(rng: Rng) -> str:
    """The closing report of a market."""
    sign = rng.choice(("涨", "跌"))
    return (
        f"{_day(rng)}，沪深两市股指{rng.choice(('高开低走', '低开高走', '震荡整理', '单边走强'))}。"
        f"截至收盘，沪指报{rng.randint(2700, 3500)}.{rng.randint(10, 99)}点，{sign}{rng.randint(0, 2)}.{rng.randint(1, 99):02}%，"
        f"成交额{rng.randint(2500, 6000)}亿元；深成指报{rng.randint(8500, 12000)}.{rng.randint(10, 99)}点，{sign}{rng.randint(0, 2)}.{rng.randint(1, 99):02}%，"
        f"成交额{rng.randint(3500, 8000)}亿元；创业板指报{rng.randint(1600, 2500)}.{rng.randint(10, 99)}点，{sign}{rng.randint(0, 3)}.{rng.randint(1, 99):02}%。\n\n"
        f"盘面上，{'、'.join(rng.sample(['煤炭', '白酒', '光伏', '半导体', '医药', '银行', '券商', '地产', '军工', '旅游'], 3))}板块涨幅居前，"
        f"{'、'.join(rng.sample(['传媒', '化工', '汽车', '钢铁', '电力', '航运', '保险', '种业', '游戏', '造纸'], 3))}板块跌幅居前。"
        f"两市上涨个股{rng.randint(600, 4500)}家，下跌个股{rng.randint(600, 4500)}家，涨停{rng.randint(20, 110)}家。\n\n"
        "市场有风险，投资需谨慎。以上内容仅供参考，不构成投资建议，据此操作风险自担。"
    )


def recall(rng: Rng) -> str:
    """Which samples of food failed an inspection."""
    rows = "\n\n".join(
        f"{_town(rng)}{rng.choice(('超市', '商行', '便利店', '批发部'))}销售的标称{_town(rng)}食品有限公司生产的"
        f"{rng.choice(['酱牛肉', '芝麻油', '挂面', '糕点', '腌菜', '豆干', '蜂蜜', '辣椒酱'])}（2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}，"
        f"{rng.randint(100, 900)}克/袋），{rng.choice(['菌落总数', '苯甲酸', '过氧化值', '脱氢乙酸', '甜蜜素', '大肠菌群'])}不符合食品安全国家标准规定。"
        for _ in range(rng.randint(1, 3))
    )
    return (
        f"近期，市市场监督管理局组织食品安全监督抽检，抽取样品{rng.randint(100, 500)}批次，检出不合格样品若干批次。根据食品安全国家标准，"
        "个别项目不合格，其产品即判定为不合格产品。具体情况通告如下。\n\n" + rows + "\n\n"
        "对上述抽检中发现的不合格产品，属地市场监管部门已依法开展核查处置工作，责令相关企业查清产品流向，采取下架召回不合格产品等措施，"
        "控制风险，查找不合格原因，落实整改措施。特别提醒消费者，如果购买或者在市场上发现被通告的不合格食品时，请拨打12315投诉举报电话。"
    )


def missing(rng: Rng) -> str:
    """A certificate is declared lost: shorter than most."""
    return (
        f"{_name(rng)}不慎遗失居民身份证，号码{rng.randint(10**17, 10**18 - 1)}，有效期自2019年{_day(rng)}至2039年{_day(rng)}，"
        "声明作废，自登报之日起由此产生的一切法律后果与本人无关。"
    )


def warning(rng: Rng) -> str:
    """A storm warning with the advice that belongs to its colour."""
    towns = "、".join(rng.sample(_TOWNS, 4))
    return (
        f"{_town(rng)}县气象台2024年{_day(rng)}{rng.randint(0, 23)}时{rng.randint(0, 59)}分发布暴雨黄色预警信号："
        f"预计未来{rng.choice((3, 6))}小时，{towns}等乡镇降雨量将达{rng.choice((50, 60, 80))}毫米以上，局地伴有短时强降水、雷电和"
        f"{rng.randint(7, 9)}级大风，请注意防范。\n\n"
        "防御指南：政府及相关部门按照职责做好防暴雨工作；交通管理部门应当根据路况在强降雨路段采取交通管制措施，在积水路段实行交通引导；"
        "切断低洼地带有危险的室外电源，暂停在空旷地方的户外作业，转移危险地带人员和危房居民到安全场所避雨；"
        "检查城市、农田、鱼塘排水系统，采取必要的排涝措施。"
    )


def epidemic(rng: Rng) -> str:
    """The cases of a day."""
    rows = "、".join(f"{town}区{rng.randint(1, 40)}例" for town in rng.sample(_TOWNS, 5))
    day = _day(rng)
    return (
        f"{day}0时至24时，全市新增本土确诊病例{rng.randint(1, 90)}例、本土无症状感染者{rng.randint(1, 300)}例，"
        f"其中{rows}，{rng.randint(1, 60)}例为隔离管控人员中检出。新增治愈出院{rng.randint(1, 90)}例，解除隔离{rng.randint(1, 90)}例。\n\n"
        f"截至{day}24时，全市累计报告本土确诊病例{rng.randint(300, 3000)}例，在院治疗{rng.randint(50, 400)}例，累计追踪密切接触者{rng.randint(3000, 30000)}人。\n\n"
        "市疾控中心提醒，请广大市民继续做好个人防护，科学佩戴口罩，勤洗手，常通风，保持一米以上社交距离。"
        "如出现发热、咳嗽、乏力等症状，请及时到就近的发热门诊就诊，途中避免乘坐公共交通工具，并主动告知十四日内的活动史和接触史。"
    )


def fuel(rng: Rng) -> str:
    """The prices of petrol change."""
    way = rng.choice(("上调", "下调"))
    return (
        f"根据近期国际市场油价变化情况，按照现行成品油价格机制，自2024年{_day(rng)}24时起，国内汽油、柴油价格每吨分别{way}{rng.randint(10, 60)}5元和{rng.randint(10, 60)}0元。"
        f"折合每升，92号汽油{way}0.{rng.randint(10, 50)}元，95号汽油{way}0.{rng.randint(10, 50)}元，0号柴油{way}0.{rng.randint(10, 50)}元。"
        f"加满一箱50升的油，车主将{rng.choice(('多花', '少花'))}{rng.randint(5, 25)}.5元。\n\n"
        "相关部门要求，各成品油生产经营企业要组织好成品油生产和调运，确保市场稳定供应，严格执行国家价格政策。"
        "各地相关部门要加大市场监督检查力度，严厉查处不执行国家价格政策的行为，维护正常市场秩序。"
        f"下一轮调价窗口将于2024年{_day(rng)}24时开启。消费者可通过12315平台举报价格违法行为。"
    )


def recruitment(rng: Rng) -> str:
    """A county recruits: several pages, nearly all of it the rules."""
    town, day, count = _town(rng), _day(rng), rng.randint(10, 300)
    return (
        f"因工作需要，根据事业单位公开招聘人员的有关规定，{town}县{rng.randint(2019, 2026)}年面向社会公开招聘事业单位工作人员{count}名，现将有关事项公告如下。\n\n"
        "一、招聘原则。坚持德才兼备、以德为先的用人标准，坚持公开、平等、竞争、择优，按照考试与考核相结合的办法进行。\n\n"
        "二、报考条件。具有中华人民共和国国籍，享有公民的政治权利，拥护中国共产党的领导，热爱社会主义，遵纪守法，品行端正，有良好的职业道德；"
        f"年龄在{rng.randint(18, 20)}周岁以上、{rng.choice((30, 35, 40))}周岁以下；具备适应岗位要求的身体条件。"
        "现役军人、在读的非应届毕业生、受过刑事处罚或者被开除公职的人员、在各级公务员招考中被认定有舞弊等严重违反录用纪律行为的人员，不得报考。\n\n"
        f"三、报名。报名采取网上报名方式进行，时间为{day}8:30至{_day(rng)}17:30。报考人员只能选择一个岗位进行报名，报名与考试时使用的身份证必须一致。"
        "报考人员应当仔细阅读诚信承诺书，提交的信息和材料应当真实、准确、有效，凡弄虚作假的，一经查实即取消资格。\n\n"
        f"四、笔试。笔试定于{_day(rng)}举行，科目为公共基础知识和综合写作，满分{rng.choice((100, 150))}分，不指定考试辅导用书，不举办也不委托任何机构举办考试辅导培训班。\n\n"
        f"五、面试。按照岗位招聘人数1:{rng.choice((2, 3))}的比例，从高分到低分确定面试人选。面试成绩低于{rng.choice((60, 65, 70))}分的，不进入下一环节。\n\n"
        "六、体检与考察。体检在县级以上综合性医院进行，标准参照公务员录用体检通用标准执行。考察采取个别谈话、审核人事档案、查询社会信用记录等方式进行，"
        "考察不合格或者自愿放弃的，可按规定依次递补。拟聘人员名单公示七个工作日，公示期满无异议的办理聘用手续，实行试用期制度。\n\n"
        f"咨询电话：{rng.randint(2000000, 8999999)}。监督电话：{rng.randint(2000000, 8999999)}。"
    )


def award(rng: Rng) -> str:
    """Who won a tender."""
    return (
        f"一、项目编号：{rng.choice('YCHPLNDC')}ZFCG-2024-{rng.randint(1, 999):03}。二、项目名称：{_town(rng)}中学{rng.choice(('智慧黑板', '课桌椅', '实验设备', '校服'))}采购项目。"
        f"三、中标信息：供应商名称为{_town(rng)}{rng.choice(('科技', '商贸', '教育装备', '实业'))}有限公司，地址为{_town(rng)}市{rng.choice(_ROADS)}路{rng.randint(1, 400)}号，中标金额{rng.randint(10, 900)}.{rng.randint(10, 99)}万元。"
        f"四、评审专家：{_name(rng)}、{_name(rng)}、{_name(rng)}。\n\n"
        "五、公告期限：自本公告发布之日起一个工作日。六、其他补充事宜：各有关当事人对中标结果有异议的，可以在中标公告期限届满之日起七个工作日内，"
        "以书面形式向采购人或者采购代理机构提出质疑，逾期不予受理。质疑供应商对答复不满意，或者未在规定时间内作出答复的，可以在答复期满后十五个工作日内向同级政府采购监督管理部门投诉。"
    )


FAMILIES: Final[dict[str, Callable[[Rng], str]]] = {
    family.__name__: family
    for family in (
        weather, lottery, obituary, prices, air, exam, appointment, court, hearing,
        power, roadworks, tender, quake, stocks, recall, missing, warning, epidemic, fuel,
        recruitment, award,
    )
}  # fmt: skip
