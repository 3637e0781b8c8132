"""Cleaning of the text: which lines around it are no paragraphs."""

import pytest

from newsspider.extract import lines, notices
from newsspider.extract.lines import Line

KINDS = [
    ("网友评论说，这是最好的礼物。", None),
    ("分享到朋友圈的照片，桥是主角。", None),
    ("点击量已经超过十万次。", None),
    ("点击量 1203", Line.SHARE),
    ("点击进入小程序，市民即可预约参观。", None),
    ("版权归谁，两家出版社争了三年。", None),
    ("图片版权归原作者所有", Line.DISCLAIMER),
    ("文章版权归清河日报所有，转载须经同意", Line.DISCLAIMER),
    ("原题是什么，已无人知晓。", None),
    ("原标题牌被换成了新的木牌。", None),
    ("【原标题】清河今年新建四万亩高标准农田", Line.ORIGIN),
    ("原标题 清河今年新建四万亩高标准农田", Line.ORIGIN),
    ("热线电话96000全天有人接听。", None),
    ("新闻热线 0319-1234567", Line.SHARE),
    ("共3页 当前第1页", Line.PAGING),
    ("风险提示：以上内容仅供参考，不构成投资建议。", Line.DISCLAIMER),
    ("风险提示：汛期将至，请勿下河游泳。", None),
    ("编辑｜赵青", Line.EDITOR),
    ("听新闻", Line.SHARE),
    ("听新闻 语速：慢 中 快 音色：男声 女声", Line.SHARE),
    ("听新闻里说全县今年要修三十里水渠", None),
    ("本文共计620字，预计阅读时间2分钟。", Line.SHARE),
    ("全文约1200字，阅读大约需要3分钟", Line.SHARE),
    ("阅读时长约3分钟", Line.SHARE),
    ("更多热点速报、权威资讯，尽在清河日报客户端", Line.SHARE),
    ("新闻报料：0319-1234567", Line.SHARE),
    ("上一页 1 2 3 下一页 查看全文", Line.PAGING),
    ("责任编辑：王聪", Line.EDITOR),
    ("【编辑：姚昊】", Line.EDITOR),
    ("（林小河 编辑）", Line.EDITOR),
    ("[ 责编：张倩 ]", Line.EDITOR),
    ("(责编：赵青、孙立)", Line.EDITOR),
    ("编辑 刘晓阳 校对 李铭", Line.EDITOR),
    ("审核：孙立", Line.EDITOR),
    ("(清河网编辑赵青)", Line.EDITOR),
    ("党支部供稿 摄影/周平 编辑/赵青", Line.EDITOR),
    ("信息员：赵青", Line.EDITOR),
    ("带班领导：孙立", Line.EDITOR),
    ("供稿单位：清河县农业农村局", Line.EDITOR),
    ("供图：孙立", Line.EDITOR),
    ("素材：县水利局", Line.EDITOR),
    ("（清河县水利局供稿）", Line.EDITOR),
    ("举报/反馈", Line.SHARE),
    ("12 收藏 分享", Line.SHARE),
    ("播放 暂停 00:00 / 00:00 下载", Line.SHARE),
    ("12345 67890", None),
    ("您是否满意本文？", Line.SHARE),
    ("原文链接：http://www.qinghe.example/1.html", Line.ORIGIN),
    ("本文来源于清河日报", Line.ORIGIN),
    ("（原载《清河日报》2023年3月29日）", Line.ORIGIN),
    ("（内容由AI智能生成）", Line.DISCLAIMER),
    ("您访问的链接即将离开“清河县人民政府”门户网站，是否继续？", Line.SHARE),
    ("请点击右上角“...”选择浏览器打开", Line.SHARE),
    ("您对本页面信息的评价：满意 不满意", Line.SHARE),
    ("这篇文章对您有帮助吗？", Line.SHARE),
    ("看完这篇新闻您的心情是", Line.SHARE),
    ("本文已被浏览 123 次", Line.SHARE),
    ("收藏 举报", Line.SHARE),
    ("— 相关新闻 —", Line.READING),
    ("原标题：渠水通到地头", Line.ORIGIN),
    ("（原标题：渠水通到地头 清河新建农田）", Line.ORIGIN),
    ("来源：清河日报", Line.ORIGIN),
    ("本文来源：清河日报 责任编辑：赵青", Line.EDITOR),
    ("（资料来源：清河日报、清河网等）", Line.ORIGIN),
    ("免责声明：本文仅代表作者个人观点，与本网无关。", Line.DISCLAIMER),
    ("版权声明：凡本网注明来源的作品，版权均属于清河网。", Line.DISCLAIMER),
    ("清河网版权与免责声明", Line.DISCLAIMER),
    ("清河网声明：凡本网注明“来源：清河日报”的所有作品，版权均属于清河日报。", Line.DISCLAIMER),
    ("清河晚报对本平台所载的内容享有著作权，未经授权禁止转载，否则将追究法律责任。", Line.DISCLAIMER),
    ("对拒不履行的单位，县法院将依法追究其法律责任。", None),
    ("县政府发表声明：将于本月公布调查结果。", None),
    ("全县群众都在看", Line.READING),
    ("凡本网注明“来源：清河网”的所有作品，未经授权不得转载。", Line.DISCLAIMER),
    ("未经授权，禁止转载。", Line.DISCLAIMER),
    ("本文仅代表作者观点，不代表本站立场。", Line.DISCLAIMER),
    ("分享到：", Line.SHARE),
    ("扫一扫在手机打开当前页", Line.SHARE),
    ("字号：大 中 小", Line.SHARE),
    ("小字号", Line.SHARE),
    ("【打印】【关闭窗口】", Line.SHARE),
    ("更多精彩内容请关注清河发布", Line.SHARE),
    ("标签：", Line.SHARE),
    ("阅读：1644", Line.SHARE),
    ("相关新闻", Line.READING),
    (">>>相关新闻", Line.READING),
    ("延伸阅读：", Line.READING),
    ("延伸 · 推荐", Line.READING),
    ("猜你喜欢", Line.READING),
    ("为你推荐", Line.READING),
    ("一周新闻排行", Line.READING),
    ("大家都在看", Line.READING),
    ("【站内推荐】", Line.READING),
    ("24小时热文 >", Line.READING),
    ("相关政策：", Line.READING),
    ("这三种做法值得向全县各乡镇推荐。", None),
    ("上一篇：老渠新修的故事", Line.READING),
    ("热门评论", Line.COMMENTS),
    ("网友评论（12）", Line.COMMENTS),
    ("上一页 1 2 3 下一页", Line.PAGING),
    ("[1]", Line.PAGING),
    ("《清河日报》（2024年05月20日 03版）", Line.PAGE_REFERENCE),
    # paragraphs, although a word of them may look like one of the above
    ("温馨提醒：本周气温持续低迷，公众需注意防寒保暖。", None),
    ("举报人“寻而不得”", None),
    ("编辑部里的老同志说，那时候一张报纸要排一整夜。", None),
    ("分享经济在县城落地，越来越多的年轻人回到家乡创业。", None),
    ("一、降低用水成本", None),
    ("“水来了！”", None),
    ("近日，县里发布关于进一步规范收费的声明，要求各单位严格执行。", None),
    ("这幅画由人工智能生成，用时不到一分钟。", None),
    ("来源于大山深处的泉水顺着新渠流进农田，村民们说心里踏实。", None),
    ("如今，全村所有农户都用上了自来水。", None),
    ("本报讯 昨天起，市区所有公园免费向市民开放。", None),
    ("本报讯（记者林小河）昨日，所有在建工地全部停工。", None),
    ("若干企业被查出侵犯商标权，执法人员当场扣押侵权产品。", None),
    ("如何防范侵权假冒商品流入农村市场，成为代表们关注的话题。", None),
    ("上述行为不构成犯罪，检察机关依法作出不起诉决定。", None),
    ("该公司未经授权使用他人商标，被市场监管部门罚款十万元。", None),
    ("欢迎各地客商前来投资，所有手续一站办结。", None),
    ("凌晨有余震？县地震台官方微博紧急辟谣！", None),
    ("公告：因道路施工，清河路将于3月6日起封闭。", None),
    ("转载量最高的一篇文章，讲的是村里修渠的故事。", None),
    ("扫码就能看病、刷脸就能进站，县城生活更方便。", None),
    ("大中小学校今天陆续开学，校园里又热闹起来。", None),
    ("点赞家乡新变化", None),
    ("发表于《自然》杂志的一项研究显示，该地区地下水位正在回升。", None),
    ("打印店老板告诉记者，最近来打印简历的学生多了起来。", None),
    ("热线电话响个不停，工作人员一一记录群众的诉求。", None),
    ("爆料人称，事发时有三辆车停在路边。", None),
    ("投稿者来自全国二十多个省份，最小的只有八岁。", None),
    # the same words where they do say that the text has ended
    ("未经清河网授权，不得转载、摘编", Line.DISCLAIMER),
    ("版权归清河网所有", Line.DISCLAIMER),
    ("本站公告：凡转载须注明来源", Line.DISCLAIMER),
    ("扫码关注清河发布", Line.SHARE),
    ("大 中 小", Line.SHARE),
    ("字号", Line.SHARE),
    ("点赞 12", Line.SHARE),
    ("朗读字号A+A-分享", Line.SHARE),
    ("收藏 打印 关闭", Line.SHARE),
    ("小大之辩", None),
    ("中国互联网举报中心 清河网新闻热线：0000-12345", Line.SHARE),
    ("平台声明：该文观点仅代表作者本人", Line.DISCLAIMER),
    ("新闻热线：0000-96000", Line.SHARE),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind_of_line(text, kind):
    assert lines.kind_of(text) is kind


CAPTIONS = [
    ("配图是一张老地图。", False),
    ("效果图挂在工地门口。", False),
    ("资料图片里，岸边全是棚屋。", False),
    ("图为证，石碑上刻着光绪年号。", False),
    ("新修的渠道 图/林小河", True),
    ("渠水流过村口。摄影：林小河", True),
    ("县里将派人驻村，确保把好事办好。（林小河/文 周平/图）", False),
    ("县里将派人驻村，确保把好事办好。（文/林小河 图/周平）", False),
    ("县里将派人驻村，确保把好事办好。（林小河 文/图）", False),
    ("清河渠水流过村口 周平/图", True),
    ("图为东岭村的新渠", True),
    ("▲图片来自视频截图。", True),
    ("△通知开户的银行。", False),
    ("东岭村的新渠。 周平 摄", True),
    ("村民在新渠边 记者 周平 摄", True),
    ("工人在铺设渠道（视频截图）", True),
    ("图注：新渠通水的情景", True),
    ("新渠通水，村民们都来看热闹。", False),
    ("图书馆今年延长开放时间，周末也不闭馆。", False),
    ("据了解，全县按用水量大小绘制了分布图。", False),
    ("据悉，该剧将于五月在清河古镇开始拍摄。", False),
    ("村民在新渠边散步。 周平 拍摄。", True),
    ("效果图显示，未来这里将建成一座占地百亩的湿地公园。", False),
    ("示意图上，三条新渠像三条丝带连接起山里的村庄。", False),
    ("效果图：未来的湿地公园", True),
    ("图片由清河县委宣传部提供", True),
    ("（本文图片均由受访者提供）", True),
    ("图片由多名网友拍摄后上传，引发热议。", False),
]

PROMOTIONS = [
    ("扫描桥头的二维码，可以听到每座桥的故事。", False),
    ("↓↓↓更多精彩↓↓↓", True),
    ("戳视频看现场↓↓", True),
    ("股价一路下跌↓", False),
    ("更多精彩内容请扫描下方二维码", True),
    ("欢迎添加清河日报微信公众号", True),
    ("想爆料？请登录清河在线，或拨打新闻热线0000-96000。", True),
    ("农田|水利|清河", True),
    ("年度人物评选火热进行中！【点击投票】选出你心中的人", True),
    ("读新闻上掌上清河 手机版3g.qinghe.com.cn", True),
    ("市民可通过“清河发布”微信公众号预约门票，每天限量五千张。", False),
    ("考生可下载“清河人社”客户端查询成绩。", False),
    ("渠水通到地头，心里踏实。", False),
]


@pytest.mark.parametrize(("text", "is_one"), PROMOTIONS)
def test_promotion(text, is_one):
    assert notices.is_promotion(text) is is_one


@pytest.mark.parametrize(("text", "wanted"), CAPTIONS)
def test_caption_by_its_words(text, wanted):
    assert lines.is_caption(text) is wanted


HEADERS = [
    ("记者手记：河边的三个清晨", False),
    ("评论：让河回到生活里", False),
    ("评论：12 阅读：30", True),
    ("March 29, 2023 10:00 | 清河日报", True),
    ("2023 年 03 月 29 日 10:00 清河日报", True),
    ("2019/9/29 9:27:56 来源：清河网 选稿：赵青", True),
    ("发布时间：2019-05-18", True),
    ("http://www.qinghe.example 2012年01月12日15:57 清河网", True),
    ("索 引 号：QH0001 主题分类：农业", True),
    ("更新时间：2023-03-29", True),
    ("编辑同志：", False),
    ("到海外办农场——农场访问记（附图片1张）", False),
    ("活动时间：2023年4月1日9:00", False),
    ("二、报名时间：2023年4月1日至10日", False),
    ("各乡镇人民政府，县政府各部门：", False),
    ("2023年3月，全县启动春灌，九个乡镇先后开闸放水。", False),
    ("清河县今年计划新建高标准农田四万二千亩。", False),
]


@pytest.mark.parametrize(("text", "wanted"), HEADERS)
def test_header_line(text, wanted):
    assert lines.is_header(text) is wanted


EVENTS = [("地点：清河县体育馆", True), ("二、参加人员：各乡镇长", True), ("来源：清河日报", False)]


@pytest.mark.parametrize(("text", "wanted"), EVENTS)
def test_what_an_event_has(text, wanted):
    assert lines.is_event_place(text) is wanted


IMPRINTS = [
    ("（完）", False),
    ("违法和不良信息举报电话：0319-1234567", True),
    ("技术支持：清河大数据中心", True),
    ("——END——", True),
    ("—全文完—", True),
    ("举报电话：0319-1234567", False),
    ("完工", False),
]


@pytest.mark.parametrize(("text", "wanted"), IMPRINTS)
def test_imprint(text, wanted):
    assert notices.is_imprint(text) is wanted


@pytest.mark.parametrize(
    ("text", "may_be"),
    [("新闻链接", True), ("背景链接", True), ("猜你喜欢", False), ("全县群众都在看", False)],
)
def test_heading_of_more_text(text, may_be):
    assert lines.may_be_background(text) is may_be
