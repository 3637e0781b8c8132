"""A profile's layouts override where the generic extractor looks."""

from newsspider.extract.article import extract
from newsspider.page.document import Page
from newsspider.profile import Layout, SiteProfile

TEXT = "清河县今年计划新建高标准农田四万二千亩，项目涉及九个乡镇，预计十月底前全部完工。"
HTML = f"""<html><head><title>清河网</title></head><body><h1>栏目头条</h1><div class="a"><p>{TEXT}</p><p>{TEXT[::-1]}</p></div>
<div id="main"><div class="bt">渠水通到地头</div><div class="rq">发布：2023-03-29 10:00</div><div class="ly">来源： 清河日报</div><div class="zz">林小河</div>
<div class="zw"><p>东岭村的新渠今天通水，村民们都来看热闹，大家说往年一到五月就盼着下雨。</p><div class="tj">为您推荐一条不相干的长长的消息，它不是正文，请把它去掉。</div><p>如今心里踏实了。</p></div></div>
<div class="xg"><a href="/1.html">老渠新修的故事</a></div><div class="qt"><ul><li><a href="/2023/0301/2.html">春耕一线来了农机“医生”</a></li><li><a href="/2023/0301/3.html">种子店里的晚灯备耕时节</a></li></ul></div></body></html>"""
NEW = Layout(
    when="#main",
    name="new",
    title=".bt",
    time=".rq",
    source=".ly",
    authors=".zz",
    body=".zw",
    related=".xg",
    remove=".tj",
)
OLD = Layout(when="#old", body=".a")


def profile(*layouts):
    return SiteProfile(
        name="qinghe",
        title="清河网",
        region="CN-HE",
        hosts=("a.example",),
        start=("http://a.example/",),
        article_url="/news/",
        layouts=layouts,
    )


def read(*layouts):
    return extract(
        Page.from_bytes(HTML.encode(), url="http://a.example/news/1.html"), profile=profile(*layouts)
    )


def test_every_field_of_a_layout():
    extraction = read(OLD, NEW)
    article = extraction.article
    assert extraction.layout == "new"
    assert article.title == "渠水通到地头"
    assert (article.published_at, article.published_precision) == ("2023-03-29T10:00+08:00", "minute")
    assert article.source == "清河日报"
    assert article.authors == ("林小河",)
    assert (
        article.body
        == "东岭村的新渠今天通水，村民们都来看热闹，大家说往年一到五月就盼着下雨。\n\n如今心里踏实了。"
    )
    assert [(link.title, link.url) for link in article.related] == [
        ("老渠新修的故事", "http://a.example/1.html")
    ]
    assert {proof.rule for proof in article.evidence} >= {"layout"}


def test_a_layout_that_is_not_on_the_page_is_passed_over():
    assert read(OLD).layout is None


def test_what_a_layout_does_not_say_is_found():
    article = read(Layout(when="#main", body=".zw", remove=".tj")).article
    assert article.published_at == "2023-03-29T10:00+08:00"


def test_a_selector_that_matches_nothing_falls_back():
    assert (
        read(Layout(title=".none", body=".none", time=".none", source=".none", authors=".none")).article
        is not None
    )
