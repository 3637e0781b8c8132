"""Whole pages in the ways that sites print headlines, header lines, by-lines, captions and endings."""

import pytest

from newsspider.extract.article import extract
from newsspider.items import PageKind
from newsspider.page.document import Page

P = (
    "清河县今年计划新建高标准农田四万二千亩，项目涉及九个乡镇，预计十月底前全部完工。",
    "新建农田将配套建设泵站、机耕路和排灌渠系，旱季缺水的老问题有望得到缓解。",
    "县里将组织技术员驻村指导，并对工程质量进行全过程监督，确保把好事办好。",
)
T = "清河今年新建四万亩高标准农田"
ps = "".join(f"<p>　　{p}</p>" for p in P)
URL = "http://news.qinghe.example/2023/0329/1001.html"
CASES = []


def case(name, html, want):
    CASES.append(pytest.param(html, {"title": T, "body": list(P), **want}, id=name))


def page(
    h="<div class=i>2023-03-29 10:00 来源：清河日报</div>", b=ps, tail="", above="", title=T, h1=None, head=""
):
    return f"<html><head><meta charset=utf-8><title>{title}_清河网</title>{head}</head><body>{above}{h1 if h1 is not None else f'<h1>{T}</h1>'}{h}<div class=content>{b}</div>{tail}</body></html>"


H = {"published_at": "2023-03-29T10:00+08:00", "source": "清河日报"}
case("logo h1", page(above="<h1 class=logo><a href=/>清河网</a></h1>", h1=f"<h2>{T}</h2>"), H)
case("logo h1 text", page(above="<h1>清河新闻网</h1>", h1=f"<div class=bt>{T}</div>"), H)
case("kicker+subtitle", page(h1=f"<h3>春耕备耕一线</h3><h1>{T}</h1><h2>——渠水通到地头，村民心里踏实</h2>"), H)
case("kicker div", page(h1=f"<div>春耕备耕一线</div><div class=t>{T}</div><div>——渠水通到地头</div>"), H)
case(
    "title br",
    page(
        title="渠水通到地头 清河今年新建四万亩高标准农田",
        h1="<h1>渠水通到地头<br>清河今年新建四万亩高标准农田</h1>",
    ),
    dict(H, title="渠水通到地头 清河今年新建四万亩高标准农田"),
)
case("title site only", page(title="清河网", h1=f"<div class=title>{T}</div>").replace("_清河网", ""), H)
case("title channel first", page(title="新闻中心-" + T), H)
case(
    "reader tools",
    page(
        h="<div>2023-03-29 10:00　来源：清河日报　【字号：<a>大</a> <a>中</a> <a>小</a>】【<a>打印</a>】【<a>关闭</a>】</div><div>分享到：<a>微信</a><a>微博</a></div>"
    ),
    H,
)
SUMMED = "<div class=ai><span>AI摘要</span><p>清河今年新建高标准农田四万二千亩，县里派人驻村指导，年内完工。</p></div>"
case("machine's summary", page(h=f"<div class=i>2023-03-29 10:00 来源：清河日报</div>{SUMMED}"), H)
case("machine's summary inside", page(b=SUMMED + ps), H)
case("summary in a box", page(b=SUMMED.replace("AI摘要", "摘要") + ps), H)
case("player", page(h="", b="<p>听新闻</p><p>0条评论</p><p>2023-03-29 10:00 来源：清河日报</p>" + ps), H)
case("comments first", page(h="", b="<p>0条评论 | 收藏 | 清河日报 2023-03-29 10:00</p>" + ps), H)
case("reading time", page(b="<p>本文共计620字，预计阅读时间2分钟。</p>" + ps), H)
case("audio", page(b="<p>点击播放音频</p>" + ps), H)
case(
    "lead in",
    page(b=f"<p><b>核心提示：</b>{P[0]}</p>" + ps.split("</p>", 1)[1]),
    dict(H, body=["核心提示：" + P[0], *P[1:]]),
)
case("editor p", page(b=ps + "<p>（责任编辑：赵青）</p><p>【我要纠错】</p>"), dict(H, editors=["赵青"]))
case(
    "editor multi", page(b=ps + "<p>编辑：赵青</p><p>校对：孙立</p><p>监制：周平</p><p>来源：清河日报</p>"), H
)
case(
    "orig",
    page(b=ps + "<p>原标题：《渠水通到地头》</p><p>栏目主编：赵青 文字编辑：孙立 题图来源：清河图库</p>"),
    H,
)
case(
    "pics",
    page(
        b='<p style="text-align:center"><img src=a.jpg></p><p style="text-align:center">东岭村的新渠。记者 周平摄</p>'
        + ps
    ),
    H,
)
case(
    "pics2",
    page(b=ps.replace("</p><p>", "</p><p><img src=1.jpg></p><p>图为东岭村的新渠。周平 摄</p><p>", 1)),
    H,
)
case("pics3", page(b="<p><img src=1.jpg><br>东岭村的新渠 周平/摄</p>" + ps), H)
case(
    "figcaption",
    page(b="<figure><img src=1.jpg><figcaption>东岭村的新渠，村民正在放水</figcaption></figure>" + ps),
    H,
)
case("video", page(b="<div class=video-box><p>视频加载中...</p></div>" + ps), H)
case(
    "reading inside",
    page(
        b=ps
        + "<p><strong>相关链接：</strong></p><p><a href=/2023/0301/1.html>老渠新修：一条灌溉渠的七十年</a></p><p><a href=/2023/0301/2.html>春耕一线来了农机“医生”</a></p>"
    ),
    dict(H, related=["老渠新修：一条灌溉渠的七十年", "春耕一线来了农机“医生”"], groups=["相关链接"]),
)
case(
    "disclaim",
    page(
        b=ps
        + "<p>声明：转载此文是出于传递更多信息之目的。若有来源标注错误或侵犯了您的合法权益，请与本网联系。</p>"
    ),
    H,
)
case(
    "wx",
    page(
        b=ps
        + "<p>-END-</p><p>文 | 林小河</p><p>图 | 周平</p><p>编辑 | 赵青</p><p>点个“在看”，让更多人看到</p>"
    ),
    dict(H, authors=["林小河"]),
)
case(
    "comments",
    page(
        tail="<div class=pl><h3>最新评论</h3><div><b>网友甲</b><p>希望工程质量过关，别让老百姓失望，年年都盼着这条渠能好好用起来。水能浇到地头才算数，别光修在纸上，我们村等了好些年了，今年终于有了盼头，给点个赞。</p><span>2023-04-01 09:00</span></div><div><b>网友乙</b><p>什么时候修到我们村，大家都等着呢，去年旱得厉害，玉米减产了一半，今年要是再旱可怎么办，盼着早点动工，早点通水，早点见效。</p></div></div>"
    ),
    H,
)
case(
    "footer long",
    page(
        b=f"<p>　　{P[0]}</p>",
        tail="<div>清河网版权所有，未经授权不得转载、摘编或利用其它方式使用上述作品。互联网新闻信息服务许可证编号：00120170000，违法和不良信息举报电话：0000-0000000，地址：清河县人民路一号，邮编：000000，法律顾问：清河律师事务所。</div>",
    ),
    dict(H, body=[P[0]]),
)
case(
    "snippet list",
    page(
        b=f"<p>　　{P[0]}</p>",
        tail="<div class=list><h3>猜你喜欢</h3>"
        + "".join(
            f"<div class=item><a href=/2023/0301/{i}.html>第{i}条老渠新修的故事和它的七十年</a><p>这条渠道始建于上世纪五十年代，几经修补，如今仍在浇灌三个乡镇的庄稼，村民们都说离不开它。</p></div>"
            for i in range(8)
        )
        + "</div>",
    ),
    dict(H, body=[P[0]]),
)
case(
    "two tables",
    f"<html><head><title>{T}</title></head><body><table><tr><td>{T}</td></tr><tr><td>2023-03-29 10:00 清河日报</td></tr><tr><td>{'<br>'.join('　　' + p for p in P)}</td></tr></table></body></html>",
    H,
)
case(
    "pre",
    f"<html><head><title>{T}</title></head><body><h1>{T}</h1><div>2023-03-29 10:00 来源：清河日报</div><pre>"
    + "\n".join("　　" + p for p in P)
    + "</pre></body></html>",
    H,
)
case(
    "ideographic",
    f"<html><head><title>{T}</title></head><body><h1>{T}</h1><div>2023-03-29 10:00 来源：清河日报</div><div class=c>"
    + "　　".join(P)
    + "</div></body></html>",
    H,
)
case(
    "table data",
    page(b=ps + "<table><tr><td>乡镇</td><td>面积</td></tr><tr><td>东岭</td><td>3500</td></tr></table>"),
    dict(H, body=[*P, "乡镇 面积", "东岭 3500"]),
)
case(
    "sections",
    page(
        b="".join(
            f"<div class=sec><h3>{t}</h3><p>{p}</p></div>"
            for t, p in zip(("一、规模", "二、配套", "三、监督"), P, strict=True)
        )
    ),
    dict(H, body=["一、规模", P[0], "二、配套", P[1], "三、监督", P[2]]),
)
case(
    "split content",
    page(b="").replace(
        "<div class=content></div>",
        f"<div class=content><p>{P[0]}</p></div><div class=ad><a href=/ad>广告</a></div><div class=content><p>{P[1]}</p><p>{P[2]}</p></div>",
    ),
    H,
)
case(
    "author div after",
    page(tail="<div>作者：林小河</div><div>责任编辑：赵青</div>"),
    dict(H, authors=["林小河"], editors=["赵青"]),
)
case("date after", page(h="", tail="<div>来源：清河日报 发布日期：2023-03-29 10:00</div>"), H)
case(
    "gov",
    page(
        h="<div><span>日期：2023-03-29</span> <span>来源：县水利局</span> <span>浏览量：<b>33</b>次</span></div>",
        tail="<div>扫一扫在手机打开当前页</div><div>【打印正文】【关闭】</div>",
    ),
    {"published_at": "2023-03-29", "source": "县水利局"},
)
case(
    "header li",
    page(
        h="<ul class=meta><li>2023-03-29 10:00</li><li>来源：清河日报</li><li>作者：林小河</li><li>阅读 1.2万</li></ul>"
    ),
    dict(H, authors=["林小河"]),
)
case("dt dd", page(h="<dl><dt>来源</dt><dd>清河日报</dd><dt>时间</dt><dd>2023-03-29 10:00</dd></dl>"), H)
case(
    "span labels",
    page(h="<span>来源</span><span>清河日报</span><span>发布时间</span><span>2023-03-29 10:00</span>"),
    H,
)
case(
    "time el",
    page(h='<time datetime="2023-03-29T10:00:00+08:00">3月29日</time><span>来源：清河日报</span>'),
    dict(H, published_at="2023-03-29T10:00:00+08:00"),
)
case(
    "related side",
    page(
        above="<div class=side><h4>热点排行</h4><ol><li><em>1</em><a href=/2023/0301/1.html>老渠新修：一条灌溉渠的七十年</a></li><li><em>2</em><a href=/2023/0301/2.html>春耕一线来了农机“医生”</a></li><li><em>3</em><a href=/2023/0301/3.html>种子店里的晚灯：备耕时节</a></li></ol></div>"
    ),
    H,
)
case(
    "english mix",
    page(b="<p>Qinghe County said on March 29 that it will build 42,000 mu of farmland this year.</p>" + ps),
    dict(H, body=["Qinghe County said on March 29 that it will build 42,000 mu of farmland this year.", *P]),
)
case(
    "interview",
    page(
        b="".join(
            f"<p>记者：{q}</p><p>何平：{p}</p>"
            for q, p in zip(("今年建多少？", "有哪些配套？", "怎样监督？"), P, strict=True)
        )
    ),
    dict(
        H,
        body=[
            x
            for q, p in zip(("今年建多少？", "有哪些配套？", "怎样监督？"), P, strict=True)
            for x in ("记者：" + q, "何平：" + p)
        ],
    ),
)
case(
    "poem",
    page(
        b="<p>渠水清</p><p>麦苗青</p><p>春到东岭处处新</p><p>开闸声里忙春耕</p>"
        + "".join(f"<p>{p}</p>" for p in P)
    ),
    dict(H, body=["渠水清", "麦苗青", "春到东岭处处新", "开闸声里忙春耕", *P]),
)
case(
    "dateline",
    page(b=f"<p>　　本报讯（记者林小河 通讯员周平）{P[0]}</p>" + ps.split("</p>", 1)[1]),
    dict(H, authors=["林小河", "周平"], body=["本报讯（记者林小河 通讯员周平）" + P[0], *P[1:]]),
)
case("end", page(b=ps + "<p>（完）</p>"), dict(H, body=[*P, "（完）"]))
case("page ref", page(b=ps + "<p>（清河日报 2023年03月29日 第2版）</p>"), H)
case("copyright span", page(b=ps + "<p><span>本文系清河网原创稿件，未经授权禁止转载</span></p>"), H)


def hd(h, w, **k):
    case(h[:60], page(h=h, **k), w)


D = {"published_at": "2023-03-29T10:00+08:00"}
hd("<div>2023-03-29 10:00 &nbsp; 来源：清河日报 &nbsp; 责任编辑：赵青</div>", dict(H, editors=["赵青"]))
hd(
    "<div><span>来源：</span><span>清河日报</span><span>作者：</span><span>林小河</span><span>2023-03-29 10:00</span></div>",
    dict(H, authors=["林小河"]),
)
hd("<div>清河日报 林小河 2023-03-29 10:00</div>", dict(H, authors=["林小河"]))
hd("<div>2023-03-29 10:00 清河日报 林小河</div>", dict(H, authors=["林小河"]))
hd(
    "<div>2023-03-29 10:00:00　　清河新闻网　　点击：<em>24</em></div>",
    {"published_at": "2023-03-29T10:00:00+08:00", "source": "清河新闻网"},
)
hd(
    "<div>发布时间：2023-03-29 10:00 　编辑：赵青　来源：清河县融媒体中心</div>",
    dict(D, source="清河县融媒体中心", editors=["赵青"]),
)
hd(
    "<div>2023年03月29日 10:00:00 | 来源：清河日报客户端</div>",
    {"published_at": "2023-03-29T10:00:00+08:00", "source": "清河日报客户端"},
)
hd(
    "<div>发布时间：2023年3月29日　信息来源：清河县教育局　作者：办公室　点击数：3</div>",
    {"published_at": "2023-03-29", "source": "清河县教育局", "authors": ["办公室"]},
)
hd("<div>[ 2023-03-29 10:00 ] 来源：清河日报 作者：林小河/周平</div>", dict(H, authors=["林小河", "周平"]))
hd(
    "<div>时间： 2023-03-29 10:00:00 来源： 作者： 审核：</div>",
    {"published_at": "2023-03-29T10:00:00+08:00", "source": None, "authors": []},
)
hd("<div>文章来源： 发布时间：2023-03-29</div>", {"published_at": "2023-03-29", "source": None})
hd("<div><a>清河网</a> &gt; <a>新闻</a></div><div>2023-03-29 10:00 来源：综合</div>", dict(D, source="综合"))
hd("<div>来源：清河网综合 2023-03-29 10:00</div>", dict(D, source="清河网综合"))
hd("<div>2023-03-29 10:00 来源：清河日报、清河网</div>", D)
hd("<div>来源：新华网新华视点 时间：2023-03-29 10:00</div>", dict(D, source="新华网新华视点"))
hd("<div>www.qinghe.example 2023-03-29 10:00 来源：清河日报 我要评论</div>", H)
hd("<div>2023-03-29 10:00 来源：清河日报 参与互动 <a>12</a></div>", H)
hd("<div>2023-03-29 10:00 来源：清河日报 [微博] 我有话说</div>", H)
hd("<div>清河日报社清河日报2023-03-29 10:00</div>", D)
hd("<div>清河日报数字报 2023年03月29日 星期三 第A03版：要闻</div>", {"published_at": "2023-03-29"})
hd(
    "<div>记者 林小河 通讯员 周平</div><div>2023-03-29 10:00</div>",
    dict(D, authors=["林小河", "周平"], source=None),
)
hd("<div>2023-03-29 10:00 编辑：赵青</div>", dict(D, source=None, editors=["赵青"]))
hd(
    "<div>发布日期：2023-03-29 10:00 文章来源：清河县委宣传部 阅读次数： 次</div>",
    dict(D, source="清河县委宣传部"),
)
hd(
    "<div>发表时间:2023-03-29 10:00 文章作者:林小河 浏览次数:100</div>",
    dict(D, authors=["林小河"], source=None),
)
hd("<div>供稿：清河县水利局 2023-03-29</div>", {"published_at": "2023-03-29"})
hd("<div>摘自：《清河日报》 2023-03-29</div>", {"published_at": "2023-03-29", "source": "《清河日报》"})
hd("<div>录入者：admin 2023-03-29 10:00 来源于：清河晚报</div>", dict(D, source="清河晚报"))
hd("<div>2023-03-29 10:00 稿件来源： 清河日报</div>", H)
hd("<div>2023-03-29 10:00 新闻来源:清河日报 作者:本报记者林小河</div>", dict(H, authors=["林小河"]))
hd("<div>2023-03-29 10:00 来源：清河日报 记者 林小河</div>", dict(H, authors=["林小河"]))
hd("<div>03月29日 10:00 清河日报</div>", dict(H))
hd("<div>今天 10:00 来源：清河日报</div>", {"published_at": None, "source": "清河日报"})
hd(
    "<div>2023-3-29 10:00:00 AM 来源：清河日报</div>",
    {"published_at": "2023-03-29T10:00:00+08:00", "source": "清河日报"},
)
hd("<div>2023.03.29 10:00 清河融媒</div>", dict(D, source="清河融媒"))
hd("<div>10:00 2023/03/29 清河日报</div>", D)
hd("<div>河北 清河 2023-03-29 10:00</div>", dict(D, source=None))
hd("<div>2023-03-29 10:00 河北</div>", dict(D, source=None))
hd("<div>2023-03-29 10:00 <a>要闻</a> <a>三农</a></div>", dict(D, source=None))
hd("<div>2023-03-29 10:00 阅读量 1234</div>", dict(D, source=None))
hd("<div>2023-03-29 10:00 <span>1234阅读</span></div>", dict(D, source=None))
hd("<div>发布于 2023-03-29 10:00 来自 清河发布</div>", dict(D, source="清河发布"))
hd("<div>清河发布 <span>2023-03-29 10:00</span> <span>发布于河北</span></div>", dict(D, source="清河发布"))
hd("<div><a>清河观察</a><span>2023-03-29 10:00</span><span>关注</span></div>", dict(D, source="清河观察"))


def bd(n, b, w):
    case(n, page(b=b), dict(H, **w))


L = list(P)
bd("记者/文", "<p>□记者 林小河 文/图</p>" + ps, {"authors": ["林小河"]})
bd("●", "<p>●本报记者 林小河 通讯员 周平</p>" + ps, {"authors": ["林小河", "周平"]})
bd("见习", "<p>清河日报见习记者 林小河</p>" + ps, {"authors": ["林小河"]})
bd("全媒体", "<p>清河日报·清河新闻客户端全媒体记者 林小河</p>" + ps, {"authors": ["林小河"]})
bd("reporter end", ps + "<p>（清河日报记者 林小河 摄影报道）</p>", {"authors": ["林小河"]})
bd("pic reporter", ps + "<p>（本版图片由记者 周平 摄）</p>", {"authors": []})
bd("text by", ps + "<p>文字：林小河 摄影：周平</p>", {"authors": ["林小河"]})
bd(
    "策划",
    ps + "<p>策划：孙立</p><p>记者：林小河</p><p>编辑：赵青</p>",
    {"authors": ["林小河"], "editors": ["赵青"]},
)
bd(
    "dateline2",
    f"<p>清河网3月29日电（记者林小河）{P[0]}</p>" + ps.split("</p>", 1)[1],
    {"authors": ["林小河"], "body": ["清河网3月29日电（记者林小河）" + P[0], *P[1:]]},
)
bd(
    "dateline3",
    f"<p>本报3月29日讯 记者林小河报道：{P[0]}</p>" + ps.split("</p>", 1)[1],
    {"authors": ["林小河"], "body": ["本报3月29日讯 记者林小河报道：" + P[0], *P[1:]]},
)
bd(
    "dateline4",
    f"<p>清河讯 （林小河 文/图）{P[0]}</p>" + ps.split("</p>", 1)[1],
    {"authors": ["林小河"], "body": ["清河讯 （林小河 文/图）" + P[0], *P[1:]]},
)
bd(
    "dateline5",
    f"<p>【清河日报】（记者 林小河）{P[0]}</p>" + ps.split("</p>", 1)[1],
    {"authors": ["林小河"], "body": ["【清河日报】（记者 林小河）" + P[0], *P[1:]]},
)
bd("more", ps + "<p><a href=/>[更多新闻]</a></p><p>点击查看更多</p>", {})
bd("app", ps + "<p>打开清河新闻客户端，查看更多精彩内容</p>", {})
bd("ad", "<p>广告</p>" + ps, {})
bd("ad2", ps.replace("</p><p>", "</p><p>广告</p><p>", 1), {})
bd("br only", "<br>".join("　　" + p for p in P) + "<br><br>责任编辑：赵青<br>", {"editors": ["赵青"]})
bd("font center", "<center><font>（记者 林小河）</font></center>" + ps, {"authors": ["林小河"]})
bd(
    "img caption div",
    "<div align=center><img src=a.jpg></div><div align=center>东岭村的新渠，村民们正在放水浇地。</div>" + ps,
    {},
)
bd("text without a box before boxes", f"{P[0]}<div><div>{P[1]}</div><div>{P[2]}</div></div>", {})
bd("text without a box between", f"<div>{P[0]}</div>{P[1]}<div>{P[2]}</div>", {})
bd("text without a box below boxes", f"<div><p>{P[0]}</p><p>{P[1]}</p></div>{P[2]}", {})
SIGNED = ["清河县人民政府", "2021年3月12日"]
bd("signed below", f"<div>{ps}</div><div>{SIGNED[0]}</div><div>{SIGNED[1]}</div>", {"body": [*P, *SIGNED]})
bd(
    "parts with headings",
    f"<h2>规模</h2><div><p>{P[0]}</p></div><h2>配套</h2><div><p>{P[1]}</p></div><h2>监督</h2><div><p>{P[2]}</p></div>",
    {"body": ["规模", P[0], "配套", P[1], "监督", P[2]]},
)
bd(
    "addressees",
    "<p>各乡镇人民政府，县政府各部门：</p>" + ps,
    {"body": ["各乡镇人民政府，县政府各部门：", *P]},
)
EVENT = ["时间：2023年4月1日9:00", "地点：清河县体育馆", "主持人：赵青"]
bd("event", "".join(f"<p>{e}</p>" for e in EVENT) + ps, {"body": [*EVENT, *P]})
bd("summary", f"<div class=zy><b>摘要：</b>{P[0]}</div>{ps}", {})
NOTE = "备注：成人及身高一米四以上儿童须持门票入园，六十周岁以上老人凭身份证免票，军人凭证件免票，残疾人凭证免票。"
bd(
    "a line printed twice",
    f"{ps}<p>{NOTE}</p><p>东园</p><p>{NOTE}</p><p>西园</p>",
    {"body": [*P, NOTE, "东园", NOTE, "西园"]},
)
bd("this text's summary", f"<p>本文导读：{P[0]}{P[1]}{P[2]}</p>{ps}", {})
bd("named summary", f"<div class=summary>{P[0][:30]}</div>{ps}", {})
bd(
    "trail and key words",
    f"<div>您现在的位置：<a href=/>首页</a>&gt;正文</div><div>【关键词】农田</div>{ps}",
    {},
)
bd(
    "related in the text",
    f"<p>{P[0]}</p><p>相关报道：<a href=/2023/0301/1.html>清河两岸新修十里绿道</a></p><p>{P[1]}</p><p>{P[2]}</p>",
    {},
)
bd(
    "a picture above each paragraph",
    "".join(f"<p>{p}</p><div class=pic><img src=/2023/{n}.jpg></div>" for n, p in enumerate(P)),
    {},
)
SECTION = "<section><section>{}</section></section>"
bd(
    "short lines in sections of their own",
    "".join(SECTION.format(x) for x in (P[0], "规模", P[1], "配套", P[2]))
    + "<section><img src=1.jpg></section>",
    {"body": [P[0], "规模", P[1], "配套", P[2]]},
)
bd("headline again in two lines", f"<p><b>{T[:6]}</b></p><p><b>{T[6:]}</b></p>{ps}", {})
bd(
    "foot in the box of the text",
    ps
    + "<p>Copyright © 2020 清河县</p><p>地址：清河县人民路1号</p><p>邮编：054800</p><p>投诉：0319-1234567</p>",
    {},
)
bd(
    "text in a box named as something else",
    f"<div class=comment><div class=fly>{ps}</div></div><p>打印</p>",
    {},
)
case(
    "slogans above, help below",
    page(
        b="".join(f"<p>{p}{p}</p>" for p in P),
        above="<div><p>建设一个规范、透明、开放、有活力的农村市场</p><p>敬畏规则、敬畏专业、敬畏风险</p></div>",
        tail=f"<div class=help><h4>长者版</h4><div>{''.join(f'<p>网页提供放大、缩小、朗读、指读、对比度调整等功能之{n}，点击即可使用。</p>' for n in range(9))}</div></div>",
    ),
    dict(H, body=[p * 2 for p in P]),
)
bd(
    "headlines with texts in the box of a short text",
    f"<p>{P[0]}</p><p>{P[1]}</p><h2>为你推荐</h2><dl>"
    + "".join(
        f"<dd><a href=/a/{n}.html>清河两岸新修十里绿道之{n}</a></dd><dd>{p}{n}</dd><dd>2023-03-0{n + 1}</dd>"
        for n, p in enumerate(P)
    )
    + "</dl>",
    {"body": L[:2]},
)
bd(
    "nothing but attachments",
    "<p><a href=1.pdf>春灌方案.pdf</a></p><p><a href=/2.doc>春灌报表.doc</a></p>",
    {"body": ["春灌方案.pdf", "春灌报表.doc"]},
)
LINKED = "全县今年已修水渠三十里。"
bd("a sentence that is a link", f"<p><a href=/zt/>{LINKED}</a></p>{ps}", {"body": [LINKED, *P]})
VERSES = ["春天来到清河岸", "两岸麦田绿成片", "渠水流过家门前", "老周笑得眼弯弯"]
bd("verses", f"<p>{'<br>'.join(VERSES)}</p>", {"body": VERSES})
bd("in a box named share", f"<div class=share><div>{ps}</div></div>", {})
for n, foot in enumerate(
    (
        (
            "<p>清河网版权所有 冀ICP备05012345号</p><p>本网站所刊载信息，不代表本网观点。刊用本网站稿件，务经书面授权。未经授权"
            "禁止转载、摘编、复制及建立镜像，违者将依法追究法律责任。</p>"
        ),
        (
            "<p>主办：清河县人民政府办公室，承办：清河县政务服务中心，技术支持：清河大数据中心。</p><p>地址：清河县人民路1号，"
            "邮编：054800（工作日上午9:00-12:00）</p><p>建议使用1366*768分辨率、IE9.0以上浏览器，以获得最佳浏览效果。</p>"
        ),
    )
):
    case(
        f"brief above a long foot {n}",
        page(b=f"<p>{P[0]}</p>", tail=f"<div>{foot}</div>"),
        dict(H, body=[P[0]]),
    )
bd("END", ps + "<p>——END——</p><p>违法和不良信息举报电话：0319-1234567</p>", {})
bd("published openly", ps + "<p>（此件公开发布）</p>", {"body": [*P, "（此件公开发布）"]})
bd("title repeat", f"<p align=center><b>{T}</b></p>" + ps, {})
bd("title repeat2", f"<p align=center><b>{T}</b></p><p align=center>林小河</p>" + ps, {"authors": ["林小河"]})
bd("h tags", "<h2>一、规模</h2>" + ps, {"body": ["一、规模", *P]})
bd("qr", "<p><img src=qr.jpg></p>" + ps + "<p>微信扫一扫</p><p>分享到朋友圈</p>", {})
bd("stmt", ps + "<hr><p>※版权作品，未经清河网书面授权，严禁转载，违者将被追究法律责任。</p>", {})
bd(
    "other articles in short",
    ps
    + "</div><div>"
    + "".join(
        f"<div><h3><a href=/2023/0328/{n}.html>清河两岸新修十里绿道之{n}</a></h3><p>{p}</p></div>"
        for n, p in enumerate(P)
    ),
    {},
)
bd(
    "comments without a name",
    ps
    + "</div><div><div>12条评论</div>"
    + "".join(f"<p>网友{n}</p><p>希望工程质量过关，别让老百姓失望。{n}</p>" for n in "甲乙丙"),
    {},
)
case("menu button", page(title="清河网", h1=f"<h4>Toggle navigation</h4><div>{T}</div>"), H)
case(
    "toolbar beside the header",
    page(
        h="",
        h1=f"<div><div><h1>{T}</h1><div>2023-03-29 10:00　来源：清河日报</div>"
        "<div><span>朗读</span><span>字号</span><span>A+</span><span>分享</span></div></div>",
        tail="<div><p>扫一扫，看更多新闻</p></div></div>",
    ),
    H,
)
bd("figcaption", f"<figure><img src=1.jpg alt=''><figcaption>渠水从村口流过。</figcaption></figure>{ps}", {})
bd(
    "an editor's tool",
    ps.replace("<p>", "<p style='display: inline-block;border-style: none;box-sizing: border-box'>"),
    {},
)
bd(
    "editing programs",
    "".join(
        f"<section class={name}><p>{p}</p></section>"
        for name, p in zip(("_135editor", "TRS_Editor", "ueditor"), P, strict=True)
    ),
    {},
)
bd("names alone below", ps + "<p>林  河 周小平</p>", {"authors": ["林河", "周小平"]})
bd("no names below", ps + "<p>高清大图</p>", {"body": [*P, "高清大图"]})
bd("box of the editor", ps + "<div class=art_editor><p>本文由清河县融媒体中心整理</p></div>", {})
bd("first paragraph told twice", f"<div class=topdes>{P[0][:60]}……</div>" + ps, {})
bd(
    "list of headlines without links",
    ps
    + "<strong>全县群众都在看</strong>"
    + "<p>清河今年再建三座水库，明年汛期之前全部完工，请看现场</p>" * 1,
    {},
)
bd("hidden copy", ps + f"<div style='display:none'>{ps}</div>", {})
bd(
    "calls",
    "<p>点击上方“清河发布”关注我们</p>" + ps + "<p>点分享</p><p>点在看</p><p>清河县融媒体中心出品</p>",
    {},
)
bd("player", "<p>视频加载中，请稍候...</p><p>您的浏览器不支持视频播放</p>" + ps, {})
bd("a picture in each paragraph", "".join(f"<div><img src={n}.jpg>{p}</div>" for n, p in enumerate(P)), {})
bd(
    "paragraphs beside a box of more",
    f"<div>{P[0][:24]}。</div><div>{P[1][:24]}。</div><div>"
    + "".join(f"<div>{P[n % 3]}第{n}处已经完工。</div>" for n in range(20))
    + "</div>",
    {"body": [P[0][:24] + "。", P[1][:24] + "。", *(f"{P[n % 3]}第{n}处已经完工。" for n in range(20))]},
)
bd(
    "picture story",
    "".join(f"<p><img src={n}.jpg></p><p>{p[:24]}</p>" for n, p in enumerate(P)),
    {"body": [p[:24] for p in P]},
)
bd("投稿", ps + "<p>【投稿、区域合作请发邮件 news@qinghe.example，欢迎来稿】</p>", {})
bd(
    "新闻链接",
    ps + "<p><b>新闻链接</b></p><p>高标准农田是指土地平整、集中连片、设施完善的农田，抗灾能力强。</p>",
    {"body": [*P, "新闻链接", "高标准农田是指土地平整、集中连片、设施完善的农田，抗灾能力强。"]},
)
bd(
    "相关阅读 text list",
    ps + "<p>相关阅读：</p><p><a href=/2023/0301/1.html>老渠新修：一条灌溉渠的七十年</a></p>",
    {},
)


case(
    "heading never closed",
    page(b=f"<h2><div>{''.join(f'<p>{p}{p}{p}</p>' for p in P)}</div>"),
    dict(H, body=[p * 3 for p in P]),
)
case(
    "brief below a long line of time and source",
    page(b="<p>城东水厂昨日恢复供水。</p>"),
    dict(H, body=["城东水厂昨日恢复供水。"]),
)
case(
    "pictures",
    page(b="<p><img src=/upload/202303/29/1.jpg></p>", tail="<p>主办单位：清河县 | 邮编：054800</p>"),
    dict(H, body=[""]),
)
case(
    "nothing but a table",
    page(
        b="<table><tr><td>案件名称</td><td>无证生产案</td></tr><tr><td>处罚依据</td><td>《兽药管理条例》第五条、第七条</td></tr>"
        "<tr><td>处罚机关</td><td>清河县农业农村局</td></tr><tr><td>状态</td><td>正常</td></tr><tr><td>备注</td><td></td></tr></table>"
    ),
    dict(
        H,
        body=[
            "案件名称 无证生产案",
            "处罚依据 《兽药管理条例》第五条、第七条",
            "处罚机关 清河县农业农村局",
            "状态 正常",
            "备注",
        ],
    ),
)


@pytest.mark.parametrize(("html", "want"), CASES)
def test_page(html, want):
    extraction = extract(Page.from_bytes(html.encode(), url=URL))
    assert extraction.kind is PageKind.ARTICLE
    article = extraction.article
    got = {
        "title": article.title,
        "published_at": article.published_at,
        "source": article.source,
        "authors": list(article.authors),
        "editors": list(article.editors),
        "body": article.body.split("\n\n"),
        "related": [link.title for link in article.related],
        "groups": sorted({str(link.group) for link in article.related}),
    }
    assert {name: got[name] for name in want} == want


NO_ARTICLE = {
    "list": f"<html><head><title>清河网</title></head><body><ul>{''.join(f'<li><a href=/2023/03{i:02}/{i}.html>第{i}条老渠新修的故事和它的七十年</a> 2023-03-{i:02}</li>' for i in range(1, 29))}</ul></body></html>",
    "gone": "<html><head><title>404</title></head><body><h1>您访问的页面不存在或已删除</h1><a href=/>返回首页</a></body></html>",
    "blocked": "<html><head><title>访问被拦截</title></head><body>您的请求可能存在威胁，已被拦截！<script>x</script></body></html>",
    "empty": "<html><body></body></html>",
    "login": "<html><head><title>用户登录</title></head><body><form>用户名<input name=u>密码<input type=password><button>登录</button></form></body></html>",
}


@pytest.mark.parametrize("name", NO_ARTICLE)
def test_no_article_is_made_of_a_page_that_is_none(name):
    extraction = extract(Page.from_bytes(NO_ARTICLE[name].encode()))
    assert extraction.kind is not PageKind.ARTICLE
    assert extraction.article is None
    assert extraction.reason


def test_the_same_bytes_give_the_same_article():
    body = page().encode()
    assert extract(Page.from_bytes(body, url=URL)) == extract(Page.from_bytes(body, url=URL))


def test_links_stay_as_written_where_no_url_is_known():
    tail = "<h3>相关新闻</h3><ul><li><a href='../0301/1.html'>老渠新修：一条灌溉渠的七十年</a></li><li><a href=2.html>春耕一线来了农机“医生”</a></li></ul>"
    article = extract(Page.from_bytes(page(tail=tail).encode())).article
    assert [(link.group, link.url) for link in article.related] == [
        ("相关新闻", "../0301/1.html"),
        ("相关新闻", "2.html"),
    ]


def test_a_link_to_the_page_itself_is_no_related_link():
    tail = f"<h3>最新</h3><ul><li><a href=/2023/0329/1001.html>{T}</a></li><li><a href=/2023/0301/2.html>春耕一线来了农机“医生”</a></li></ul>"
    article = extract(Page.from_bytes(page(tail=tail).encode(), url=URL)).article
    assert [link.title for link in article.related] == ["春耕一线来了农机“医生”"]


def test_pictures_have_their_captions():
    body = (
        "<p align=center><img src=/a.jpg></p><p align=center>东岭村的新渠</p>"
        + ps
        + "<p><img src=data:image/png;base64,xx></p>"
    )
    article = extract(Page.from_bytes(page(b=body).encode(), url=URL)).article
    assert [(image.url, image.caption) for image in article.images] == [
        ("http://news.qinghe.example/a.jpg", "东岭村的新渠")
    ]


def test_tags_and_breadcrumb():
    crumb = "<div>您的位置：<a href=/>首页</a> &gt; <a href=/xw/>新闻</a> &gt; <a href=/xw/sn/>三农</a> &gt; 正文</div>"
    article = extract(
        Page.from_bytes(
            page(above=crumb, tail="<div>标签：<a href=/t/1>农田</a> <a href=/t/2>水利</a></div>").encode(),
            url=URL,
        )
    ).article
    assert article.channel == ("新闻", "三农")
    assert article.tags == ("农田", "水利")


def test_doubts_are_flagged():
    article = extract(Page.from_bytes(page(h1="").encode(), url=URL)).article
    assert article.title == T
    assert [(flag.field, flag.reason) for flag in article.flags] == [("title", "not_printed: from metadata")]
