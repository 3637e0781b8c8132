"""What a page is: pages of ours, one for each rule."""

import pytest

from newsspider.items import PageKind
from newsspider.page.document import Page
from newsspider.page.kind import classify
from newsspider.profile import SiteProfile

ARTICLE_URL = "http://news.example.cn/2023-03/29/content_4418.html"
LIST_URL = "http://news.example.cn/yw/index.html"


def page(html: str, url: str | None = ARTICLE_URL) -> Page:
    return Page.from_bytes(html.encode(), url=url, content_type="text/html; charset=utf-8")


SENTENCES = [
    "云溪县今天上午召开春季农业生产现场会，安排部署下一阶段的重点工作。",
    "会议要求，各乡镇要抢抓农时，做好种子、化肥和农机的调度，确保不误春耕。",
    "在石桥乡的示范田里，三台插秧机来回穿梭，乡亲们站在田埂上看得出神。",
    "“去年这块地亩产一千二百斤，今年还想再高一点。”种粮大户周成林笑着说。",
    "据县农业农村局介绍，全县早稻面积稳定在十二万亩，目前已完成育秧八成以上。",
    "下一步，云溪县还将组织技术人员下田指导，帮助农户解决生产中的实际困难。",
    "当天，与会人员还参观了白塔乡的农机合作社和柳林镇的高标准农田项目。",
]
BODY = "".join(f"<p>　　{sentence}</p>" for sentence in SENTENCES * 2)
HEAD = "<title>云溪县召开春季农业生产现场会_云溪网</title><h1>云溪县召开春季农业生产现场会</h1><div class='info'>2023-03-29 10:05　来源：云溪日报　记者 周一鸣</div>"
MENU = "".join(
    f'<a href="/{n}/">{name}</a> ' for n, name in enumerate(["首页", "要闻", "乡镇", "民生", "文化", "视频"])
)
ROWS = "".join(
    f'<li><a href="/2023-03/{day:02}/content_{4400 + day}.html">云溪县推进乡村振兴重点项目之{day}</a> <span>2023-03-{day:02}</span></li>'
    for day in range(1, 25)
)
SIDE = f"<div class='side'><h3>热点</h3><ul>{ROWS}</ul></div>"
SUMMARIES = "".join(
    f'<li><h3><a href="/2023-03/{day:02}/content_{4400 + day}.html">云溪县推进乡村振兴重点项目之{day}</a></h3>'
    f"<p>{SENTENCES[day % 7]}{SENTENCES[(day + 1) % 7]}</p></li>"
    for day in range(1, 13)
)

NOTICES = "".join(f"<li><a href=/tz/{n}.html>关于停水的公告</a> 2023-03-0{n}</li>" for n in (1, 2, 3))
LEAVING = "<div><p>您访问的链接即将离开“云溪县人民政府”门户网站，是否继续？</p></div>"
CELLS = "".join(
    f"<tr><td>{name}</td><td>{value}</td></tr>"
    for name, value in (
        ("案件名称", "无证生产案"),
        ("处罚机关", "云溪县农业农村局"),
        ("状态", "正常"),
        ("编码", "41"),
    )
)

KINDS = [
    # articles
    ("article", "paragraphs", f"{MENU}{HEAD}<div>{BODY}</div>", ARTICLE_URL),
    ("article", "paragraphs", f"{MENU}{HEAD}<div>{BODY}</div>{SIDE}", ARTICLE_URL),
    ("article", "paragraphs", f"{MENU}{HEAD}<div>{BODY}</div>{SIDE}", None),
    ("article", "paragraphs", f"{HEAD}<div>{'<br>　　'.join(SENTENCES * 2)}</div>{SIDE}", ARTICLE_URL),
    ("article", "paragraphs", f"{HEAD}<div>{BODY}</div>{SIDE}", "http://news.example.cn/archives/nongye/"),
    ("article", "short_text", f"{MENU}{HEAD}<p>{SENTENCES[0]}</p>{SIDE}", ARTICLE_URL),
    ("article", "short_text", f"{MENU}{HEAD}<p>{SENTENCES[0]}</p>", None),
    # nothing but an uploaded picture, nothing but a table; the dialog of offices' pages is no text
    ("article", "pictures", f"{HEAD}<p><img src=/2023/03/W020230329100512.png></p>{LEAVING}", ARTICLE_URL),
    ("article", "pictures", f"{HEAD}<div><img src='/upload/2023-03-29/a.jpg'></div>", None),
    ("article", "table", f"{HEAD}<table>{CELLS}</table>", ARTICLE_URL),
    ("article", "attachment", f"{HEAD}<p>附件：<a href=/P0202303.pdf>春耕方案.pdf</a></p>", ARTICLE_URL),
    ("empty", "script_redirect", "<script>location.href='/'</script><p>正在跳转，请稍候...</p>", ARTICLE_URL),
    ("other", "little_text", "<script></script><p>服务器内部错误，请稍后再试。</p>", ARTICLE_URL),
    ("other", "little_text", f"{HEAD}<div id=app></div><img src=/images/qr20230329.png>", ARTICLE_URL),
    ("other", "little_text", f"{HEAD}<p><img src=/images/print.gif></p>{LEAVING}", ARTICLE_URL),
    (
        "article",
        "pictures",
        (
            "<title>云溪开园，首批企业签约入驻，全县打造产城融合新高地_云溪网</title><div class=xl_tit>"
            "云溪开园，首批企业签约入驻，全县打造产城融合新高地</div><p>2023-03-29 来源：云溪日报</p>"
            "<img src=/W020230329100512.png>"
        ),
        ARTICLE_URL,
    ),
    (
        "article",
        "short_text",
        f"<title>云溪网</title><p>云溪县召开春季农业生产现场会</p><p>2023-03-29 来源：云溪日报</p><p>{SENTENCES[0]}</p>",
        None,
    ),
    # a headline that the title does not repeat, told by the name of its box
    (
        "article",
        "short_text",
        (
            f"<title>云溪网</title><div class=title>云溪县召开春季农业生产现场会</div><div>作者：周一鸣 时间：2023-03-29</div>"
            f"<p>{SENTENCES[0]}</p>"
        ),
        None,
    ),
    (
        "article",
        "paragraphs",
        f"<title>要闻_云溪网</title><h1>云溪春耕</h1><p>2023-03-29 10:05</p><div>{BODY}</div>",
        ARTICLE_URL,
    ),
    (
        "article",
        "short_text",
        f"<title>县委召开专题会议研究春耕工作_云溪网</title><h1>县委召开专题会议研究春耕工作</h1><p>{SENTENCES[0]}</p>{SIDE}",
        None,
    ),
    # an article about blocks, missing pages and logins is still one
    (
        "article",
        "paragraphs",
        f"<title>黑客攻击致网页无法访问 404错误引关注</title>{HEAD}<p>安全验证、访问被拦截等提示频繁出现。</p>{BODY}",
        ARTICLE_URL,
    ),
    (
        "article",
        "paragraphs",
        f"<title>图说</title>{HEAD}{BODY}<input type='password'>登录 忘记密码",
        ARTICLE_URL,
    ),
    # little but the text and its time is printed, under a title that names only the site
    (
        "article",
        "short_text",
        f"<title>云溪网</title><p>云溪春耕</p><p>2023-03-29 10:05</p>{BODY[:230]}",
        None,
    ),
    # a script called v.php, and a report on a broadcaster's host
    (
        "article",
        "short_text",
        f"{HEAD}<p>{SENTENCES[0]}{SENTENCES[1]}</p>{SIDE}",
        "http://news.example.cn/v.php?id=33201",
    ),
    (
        "article",
        "short_text",
        f"{HEAD}<p>{SENTENCES[0]}{SENTENCES[1]}{SENTENCES[2]}{SENTENCES[3]}</p>{SIDE}",
        "http://v.example.cn/2023-03-29/content_4418.html",
    ),
    # captions of a picture story and other short lines below a headline and its time are a text together
    (
        "article",
        "short_text",
        f"{MENU}{HEAD}<p>三台插秧机在田里来回穿梭。</p><p>乡亲们站在田埂上看，笑声不断。</p><p>插好的秧苗一行一行，整整齐齐。</p>{SIDE}",
        None,
    ),
    # lists
    ("list", "headlines", f"<title>通知公告_云溪县水利局</title>{MENU}<ul>{NOTICES}</ul>", LIST_URL),
    ("list", "headlines", f"<title>通知公告_云溪县水利局</title>{MENU}<ul>{NOTICES}</ul>", None),
    ("list", "headlines", f"{MENU}<ul>{ROWS}</ul>", LIST_URL),
    ("list", "headlines", f"{MENU}<ul>{ROWS}</ul>", None),
    ("list", "headlines", f"{MENU}<ul>{SUMMARIES}</ul>", LIST_URL),
    ("list", "headlines", f"{MENU}<ul>{SUMMARIES}</ul>", None),
    (
        "list",
        "headlines",
        f"<title>云溪网</title>{MENU}<ul>{ROWS}</ul><div>{BODY}</div>",
        "http://www.example.cn/",
    ),
    (
        "list",
        "headlines",
        f"{MENU}<ul>{ROWS}</ul><p>{SENTENCES[0]}</p>",
        "http://paper.example.cn/html/2023-03/29/node_2.htm",
    ),
    (
        "list",
        "headlines",
        f"<title>云溪日报 2023年3月29日 第01版</title>{MENU}<ul>{ROWS}</ul>",
        "http://paper.example.cn/html/2023-03/29/node_1.htm",
    ),
    # a channel's headline and its first story in short; stories in short, each with its day
    (
        "list",
        "headlines",
        (
            f"<title>云溪县农业农村频道</title><h1>云溪县农业农村频道</h1><h2><a href='/2023-03/29/content_9.htm'>春耕现场会在石桥乡召开</a></h2>"
            f"<p>{SENTENCES[0]}</p><ul>{ROWS}</ul>"
        ),
        None,
    ),
    (
        "list",
        "headlines",
        "<title>云溪县人民政府工作动态</title><h1>云溪县人民政府工作动态</h1>"
        + "".join(
            f"<div><p>2023-03-{day:02}</p><p><a href='/2023-03/{day:02}/content_{day}.htm'>云溪县推进乡村振兴之{day}</a></p>"
            f"<p>{SENTENCES[day % 7]}{SENTENCES[(day + 1) % 7]}{SENTENCES[(day + 2) % 7]}</p></div>"
            for day in range(1, 13)
        ),
        None,
    ),
    # the site's name in the footer is no headline of the summary above it
    (
        "list",
        "headlines",
        f"<title>云溪新闻网云溪门户</title>{MENU}<ul>{ROWS}{ROWS}</ul><p>2023-03-29</p><p>{SENTENCES[0]}</p><p>云溪新闻网云溪门户</p>",
        None,
    ),
    # blocks
    (
        "blocked",
        "waf_page",
        "<title>网站防火墙</title><p>您的请求带有不合法参数，已被管理员设置拦截。</p>",
        None,
    ),
    (
        "blocked",
        "waf_page",
        "<title>403 Forbidden</title><center><h1>403 Forbidden</h1></center><hr>nginx",
        None,
    ),
    ("blocked", "waf_page", "<p>您的访问过于频繁，请稍后再试。</p>", None),
    ("blocked", "captcha", "<title>安全验证</title><p>请拖动滑块完成验证</p>", LIST_URL),
    ("blocked", "captcha", "<title>CAPTCHA</title><p>Complete the CAPTCHA first</p><img src='c.png'>", None),
    (
        "blocked",
        "waf_page",
        "<title>Just a moment...</title><p>Checking your browser before accessing e.cn.</p>",
        None,
    ),
    (
        "blocked",
        "cloudflare_challenge",
        "<title>e.cn</title><script src='/cdn-cgi/challenge-platform/h/b/orchestrate'></script>",
        None,
    ),
    (
        "blocked",
        "jsl_challenge",
        "<script>document.cookie='__jsl_clearance=1680.2|0|x;';location.href=location.pathname</script>",
        None,
    ),
    (
        "blocked",
        "ruishu_challenge",
        "<meta id='x' content='a'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script>",
        None,
    ),
    (
        "blocked",
        "aliyun_challenge",
        "<script>var arg1='AB';setCookie('acw_sc__v2', x);document.location.reload();</script>",
        None,
    ),
    (
        "blocked",
        "script_challenge",
        "<script>var _0x1='" + "ab" * 200 + "';document.cookie='k='+_0x1;location.reload();</script>",
        None,
    ),
    # missing pages
    (
        "gone",
        "soft_404",
        "<title>404</title><p>很抱歉，您要访问的页面不存在！</p><a href='/'>返回首页</a>",
        ARTICLE_URL,
    ),
    ("gone", "soft_404", f"<title>云溪网</title>{MENU}<p>该文章已被删除或不存在。</p>", ARTICLE_URL),
    (
        "gone",
        "soft_404",
        f"<title>页面没有找到</title><p>五秒钟之后带您进入首页</p><h3>您可能感兴趣</h3><ul>{ROWS}</ul>",
        ARTICLE_URL,
    ),
    (
        "gone",
        "soft_404",
        "<title>Not Found</title><p>The requested URL was not found on this server.</p>",
        ARTICLE_URL,
    ),
    (
        "gone",
        "soft_404",
        "<script>alert('您访问的信息不存在或已删除！');history.back();</script>",
        ARTICLE_URL,
    ),
    (
        "gone",
        "soft_404",
        "<title>云溪网</title><p>对不起，您访问的页面不见了</p><p>五秒后返回</p>",
        ARTICLE_URL,
    ),
    ("gone", "soft_404", "<title>云溪网</title><p>该信息已被删除或未通过审核</p>", ARTICLE_URL),
    (
        "blocked",
        "waf_page",
        "<p>The requested URL was rejected. Please consult with your administrator.</p>",
        None,
    ),
    (
        "list",
        "headlines",
        f"<title>要闻</title><ul><li><a href='/a/1.html'>网传页面无法访问 系统正在抢修</a></li>{ROWS}</ul>",
        LIST_URL,
    ),
    (
        "article",
        "short_text",
        f"{MENU}{HEAD}<img src='1.jpg'><p>{SENTENCES[2]}</p>",
        "http://www.example.cn/photo/2023-03/29/1.html",
    ),
    # nothing
    ("empty", "no_text", "", ARTICLE_URL),
    ("empty", "meta_refresh", "<meta http-equiv='refresh' content='0;url=/zt/'>", LIST_URL),
    ("empty", "script_redirect", "<script>window.location.href='/new/';</script>", LIST_URL),
    ("empty", "script_shell", "<div id='app'></div><script src='/static/app.js'></script>", LIST_URL),
    # other pages
    (
        "other",
        "login",
        "<title>用户登录 - 云溪网</title><form>用户名 密码 <input type='password'> 忘记密码 下次自动登录</form>",
        None,
    ),
    (
        "other",
        "service",
        f"<title>关于我们_云溪网</title>{MENU}<div>{BODY}</div>",
        "http://www.example.cn/about/",
    ),
    (
        "other",
        "forum",
        f"<title>今天去哪里踏青</title>{MENU}<div>{BODY}</div>",
        "http://bbs.example.cn/thread-123-1-1.html",
    ),
    (
        "other",
        "slides",
        f"<title>组图：油菜花开_高清图集_云溪网</title>{MENU}<p>{SENTENCES[2]}</p>",
        "http://slide.example.cn/slide_1_2_30.html",
    ),
    (
        "other",
        "video",
        f"<title>田间的插秧机</title>{MENU}<p>00:00</p><p>分享到</p>",
        "http://v.example.cn/2023-03/29/1234567.html",
    ),
    (
        "other",
        "topic",
        f"<title>春耕进行时</title>{MENU}<p>{SENTENCES[0]}</p><ul>{ROWS}</ul>",
        "http://news.example.cn/zt/2023cg/index.html",
    ),
    (
        "other",
        "topic",
        f"<title>春耕进行时_专题_云溪网</title>{MENU}<p>{SENTENCES[0]}</p><ul>{ROWS}</ul>",
        None,
    ),
    (
        "other",
        "topic",
        f"<title>2023云溪油菜花节-云溪网</title>{MENU}<p>{SENTENCES[0]}</p><ul>{ROWS}</ul>",
        None,
    ),
    (
        "other",
        "little_text",
        "<title>云溪</title><p>正在建设中</p><p>敬请期待我们全新的网站内容与服务</p>",
        "http://www.example.cn/x/1.html",
    ),
]


@pytest.mark.parametrize(
    ("kind", "reason", "html", "url"), KINDS, ids=[f"{n}-{k}-{r}" for n, (k, r, *_) in enumerate(KINDS)]
)
def test_kind(kind: str, reason: str, html: str, url: str | None) -> None:
    verdict = classify(page(html, url))
    assert (verdict.kind, verdict.reason) == (PageKind(kind), reason)


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (404, "gone", "http_404"),
        (410, "gone", "http_410"),
        (403, "blocked", "http_403"),
        (412, "blocked", "http_412"),
        (521, "blocked", "http_521"),
        (500, "other", "http_500"),
        (502, "other", "http_502"),
        (200, "other", "little_text"),
    ],
)
def test_status_of_a_page_that_says_nothing(status: int, kind: str, reason: str) -> None:
    verdict = classify(page("<p>云溪网云溪网云溪网云溪网云溪网云溪网云溪网云溪网</p>"), status=status)
    assert (verdict.kind, verdict.reason) == (PageKind(kind), reason)


def test_a_missing_page_is_gone_whatever_it_prints() -> None:
    assert classify(page(HEAD + BODY), status=404).kind is PageKind.GONE


def profile(**fields: object) -> SiteProfile:
    return SiteProfile(
        name="a",
        title="甲",
        region=None,
        hosts=("news.example.cn",),
        start=("http://news.example.cn/",),
        **fields,
    )


def test_a_profile_knows_its_articles() -> None:
    short = page(
        "<p>今日起，云溪大桥封闭施工，往来车辆请绕行滨河路，特此通告，谢谢配合。</p>",
        "http://news.example.cn/note/7",
    )
    assert classify(short).kind is not PageKind.ARTICLE
    assert classify(short, profile=profile(article_url=r"/note/\d+$")).kind is PageKind.ARTICLE


def test_a_profile_does_not_make_an_article_of_a_block() -> None:
    blocked = page("<title>安全验证</title><p>请拖动滑块完成验证</p>")
    assert classify(blocked, profile=profile(article_url=r"content_\d+")).kind is PageKind.BLOCKED


def test_a_profile_knows_its_listings() -> None:
    few = page(f"{MENU}<p>{SENTENCES[0]}</p>", "http://news.example.cn/")
    assert classify(few, profile=profile()).kind is PageKind.LIST
    assert (
        classify(page(MENU, "http://news.example.cn/gg/2"), profile=profile(listing_url="/gg/")).kind
        is PageKind.LIST
    )


@pytest.mark.parametrize(
    "said",
    [
        "您的访问行为可能对网站造成危险，已被云防护拦截",
        "请求过于频繁，请稍候重试",
        "系统检测到您正在使用网页抓取工具访问本站",
        "请开启JavaScript并刷新该页",
        "您的请求已被该站点的安全策略拦截",
        "访问验证：请按住滑块，拖动到最右边",
        "您的浏览器不支持或已禁用Cookie",
        "当前访问疑似黑客攻击，已被网站管理员设置为拦截",
        "IP访问受限，请联系管理员",
        "非法访问，已记录您的IP",
        "您的操作被拒绝，请求编号 12345",
        "Your IP has been blocked",
        "网站访问认证中，请稍候",
        "正在验证您的浏览器",
        "该网站仅限境内访问",
        "浏览器安全检测中，请稍等",
    ],
)
def test_words_of_a_block(said: str) -> None:
    assert classify(page(f"<title>提示</title><p>{said}</p>")).kind is PageKind.BLOCKED


@pytest.mark.parametrize(
    "said",
    [
        "啊哦，页面跑丢了",
        "无此文章",
        "您访问的页面飞到外太空去了",
        "您访问的稿件已撤稿",
        "内容已被撤下",
        "此页面已被移除",
        "抱歉，没有您要查看的页面",
        "该文章正在审核中，暂时无法查看",
        "暂无该文章",
        "本页面已停止服务",
        "非法参数",
    ],
)
def test_words_of_a_missing_page(said: str) -> None:
    assert classify(page(f"<title>云溪网</title>{MENU}<p>{said}</p>")).kind is PageKind.GONE
