"""The headline as it is printed: without the site's name, tags, labels; whole where it is broken."""

import pytest

from newsspider.extract.article import extract
from newsspider.page.document import Page

T = "清河今年新建四万亩高标准农田"
NAV = (
    "<div class=nav><a href=/1/>要闻</a> <a href=/2/>时政</a> <a href=/3/>民生</a> <a href=/4/>三农</a></div>"
)
INFO = "<div class=info>2023-03-29 10:00 来源：清河日报</div>"
HEADS = [
    # the site's own name in a heading
    ("清河县人民政府", f"<h1><a href=/>清河县人民政府</a></h1>{NAV}<h3>{T}</h3>{INFO}", T),
    ("清河县人民政府门户网站", f"<h1>清河县人民政府门户网站</h1>{NAV}<div class=tit>{T}</div>{INFO}", T),
    (f"清河县人民政府-政务要闻-{T}", f"<h1>清河县人民政府</h1>{NAV}<div class=t>{T}</div>{INFO}", T),
    ("清河日报数字报-第A03版", f"<h1>清河日报数字报</h1><div class=bt>{T}</div>{INFO}", T),
    ("清河建成数字农业服务中心", f"{NAV}<h1>清河建成数字农业服务中心</h1>{INFO}", "清河建成数字农业服务中心"),
    (
        "专家组走进清河大学",
        f"{NAV}<h1>专家组走进清河大学</h1><div>分享到：</div>{INFO}",
        "专家组走进清河大学",
    ),
    # a title element that says nothing of the headline
    ("", f"{NAV}<h3>{T}</h3>{INFO}", T),
    ("无标题文档", f"{NAV}<p align=center><b>{T}</b></p>{INFO}", T),
    ("高标准农田_农田建设_清河三农网", f"{NAV}<h1>{T}</h1>{INFO}", T),
    ("要闻_清河网", f"<h1>要闻</h1>{NAV}<div class=tt>{T}</div>{INFO}", T),
    # words of buttons and lists in a headline
    ("清河网", f"{NAV}<div class=bigtitle>他和他的渠</div>{INFO}", "他和他的渠"),
    ("清河网", f"{NAV}<p align=center><b>渠水到村</b></p>{INFO}", "渠水到村"),
    ("清河网", f"{NAV}<h1>责任编辑的一天</h1>{INFO}", "责任编辑的一天"),
    ("清河网", f"{NAV}<h1>分享到的不只是风景</h1>{INFO}", "分享到的不只是风景"),
    ("春渠_清河新闻网", f"{NAV}<div class=title>春渠</div>{INFO}", "春渠"),
    ("清河网", f"{NAV}<h1>三家老字号合开一间小店</h1>{INFO}", "三家老字号合开一间小店"),
    ("清河网", f"{NAV}<h1>相关部门回应城东停水</h1>{INFO}", "相关部门回应城东停水"),
    ("清河网", f"{NAV}<h1>分享丰收喜悦 共话春耕</h1>{INFO}", "分享丰收喜悦 共话春耕"),
    ("清河网", f"{NAV}<h1>热门景区今起限流</h1>{INFO}", "热门景区今起限流"),
    # broken over lines
    (f"{T}_清河网", f"<h1>清河今年新建<br>四万亩高标准农田</h1>{INFO}", "清河今年新建 四万亩高标准农田"),
    ("清河网", f"<h1>清河今年新建<br>四万亩高标准农田</h1>{INFO}", "清河今年新建 四万亩高标准农田"),
    (f"{T}_清河网", f"<h1>清河今年新建</h1><h1>四万亩高标准农田</h1>{INFO}", "清河今年新建 四万亩高标准农田"),
    (
        f"{T}_清河网",
        f"<p class=title>清河今年新建</p><p class=title>四万亩高标准农田</p>{INFO}",
        "清河今年新建 四万亩高标准农田",
    ),
    ("清河网", f"<h1>{T}<br>——渠水通到地头</h1>{INFO}", T),
    # kicker and subtitle
    (
        f"春耕一线看变化 {T}_清河网",
        f"<p class=yinti>春耕一线看变化</p><h1>{T}</h1><p>渠水通到地头</p>{INFO}",
        T,
    ),
    # tags, buttons, labels in the heading
    (f"{T}_清河网", f"<h1><span>要闻</span>{T}</h1>{INFO}", T),
    (f"{T}_清河网", f"<h1>{T}<i>原创</i><a href=#>分享</a></h1>{INFO}", T),
    (f"{T}_清河网", f"{NAV}<div>名　　称：{T}</div>{INFO}", T),
    (f"{T}_清河网", f"<h1>{T} <small>2023-03-29</small></h1>{INFO}", T),
    (f"{T}（2022年12月1日）_清河网", f"<h1>{T}（2022年12月1日）</h1>{INFO}", f"{T}（2022年12月1日）"),
    # few characters, many characters
    ("清河网", f"{NAV}<h1>春渠</h1>{INFO}", "春渠"),
    ("春渠_清河网", f"{NAV}<h1>春渠</h1>{INFO}", "春渠"),
    ("春耕谣-清河网", f"{NAV}<div class=title>春耕谣</div>{INFO}", "春耕谣"),
    (f"{T * 10}_清河网", f"{NAV}<h1>{T * 10}</h1>{INFO}", T * 10),
    # nothing printed
    (f"清河县人民政府 {T}", INFO, T),
    (f"清河网 - {T}", INFO, T),
]


@pytest.mark.parametrize(("title", "above", "want"), HEADS)
def test_headline(paragraphs, title, above, want):
    text = "".join(f"<p>　　{p}</p>" for p in [*paragraphs, paragraphs[0].replace("清河", "云溪")])
    html = f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{above}<div>{text}</div></body></html>"
    article = extract(Page.from_bytes(html.encode())).article
    assert article is not None
    assert article.title == want


@pytest.mark.parametrize("stamp", ["<span>(2023-03-29)</span>", "<small>2023年03月29日 10:00</small>"])
def test_the_time_in_the_heading_is_no_part_of_the_headline(paragraphs, stamp):
    text = "".join(f"<p>　　{p}</p>" for p in [*paragraphs, paragraphs[0].replace("清河", "云溪")])
    html = f"<title>{T}_清河网</title>{NAV}<h1>{T}{stamp}</h1><p>来源：清河日报</p><div>{text}</div>"
    article = extract(Page.from_bytes(html.encode())).article
    assert article is not None
    assert article.title == T
    assert article.published_at is not None
    assert article.published_at[:10] == "2023-03-29"
    assert article.source == "清河日报"
    assert not [flag for flag in article.flags if flag.field == "title"]
