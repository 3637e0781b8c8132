"""When an article was published: the page's own words, never the clock's, a comment's or the imprint's."""

from datetime import UTC, datetime

import pytest

HEADERS = [
    ("时间:2023-03-29 10:00:09 来源:清河日报", "2023-03-29T10:00:09+08:00", "second"),
    ("发布时间：2023-03-29 来源：清河日报", "2023-03-29", "day"),
    ("<span>2023</span><span>03/29</span><span>10:00:09</span>", "2023-03-29T10:00:09+08:00", "second"),
    ("<div>2023</div><div>03/29</div><div>10:00:09</div>", "2023-03-29T10:00:09+08:00", "second"),
    ("2023-03-29 10:00:09 最后更新: 2023-03-30 08:00:00", "2023-03-29T10:00:09+08:00", "second"),
    ("更新时间：2023-03-30 08:00 发布时间：2023-03-29 10:00", "2023-03-29T10:00+08:00", "minute"),
    ("03-29 10:00 清河日报", "2023-03-29T10:00+08:00", "minute"),  # the page's URL says the year
    ("二〇二三年三月二十九日 清河日报", "2023-03-29", "day"),
    ("<div>29</div><div>2023-03</div>", "2023-03-29", "day"),
    ("<b>29</b><i>2023.03</i>", "2023-03-29", "day"),
    ("10:00:09 2023/03/29 清河日报", "2023-03-29T10:00:09+08:00", "second"),
    ("March 29, 2023 来源：清河日报", "2023-03-29", "day"),
    ("<span>浏览次数：12</span><span>2023年03月29日</span>", "2023-03-29", "day"),
    ("<span>已有12人浏览</span><span>日期：2023-03-29</span>", "2023-03-29", "day"),
    ("今日清河 2023-03-29", "2023-03-29", "day"),
    ("[打印] [浏览] 2023-03-29", "2023-03-29", "day"),
    ("浏览次数： 2023-03-29", "2023-03-29", "day"),
    ("<span>已有12人浏览</span><span>发布于 2023-03-29</span>", "2023-03-29", "day"),
    ("<b>会议</b> 2023-03-29", "2023-03-29", "day"),
    ("【公示】2023-03-29", "2023-03-29", "day"),
    ("发布时间：20230329", "2023-03-29", "day"),
    ("20230329 10:00", "2023-03-29T10:00+08:00", "minute"),
    ("2023-03-30 11:00更新 2023-03-29 10:00发布", "2023-03-29T10:00+08:00", "minute"),
    ("2023-03-29 10:00发布 2023-03-30 11:00更新", "2023-03-29T10:00+08:00", "minute"),
    ("最后更新：2023-03-30 11:00 首次发布：2023-03-29 10:00", "2023-03-29T10:00+08:00", "minute"),
    ("清河日报 发布时间：23-03-29 10:00", "2023-03-29T10:00+08:00", "minute"),
]


@pytest.mark.parametrize(("header", "value", "precision"), HEADERS)
def test_header(article_of, header, value, precision):
    article = article_of(header)
    assert (article.published_at, article.published_precision) == (value, precision)


NEVER = [
    {
        "tail": "<div class=comment><p>网友甲 2023-04-01 09:00</p><p>希望工程质量过关，别让老百姓失望。</p></div>"
    },
    {"tail": "<div class=foot>Copyright © 2003-2023 清河网 版权所有</div>"},
    {"above": "<div>今天是2023年04月01日 星期六</div>"},
    {
        "tail": "<div><ul><li><a href=/2023/0401/1.html>渠水通到地头 村民心里踏实</a> 2023-04-01</li></ul></div>"
    },
    {"header": "打印时间：2023-04-01"},
    {"header": "浏览时间：2023-04-01"},
    {"header": "今天是：2023年4月1日"},
    {"header": "当前时间：2023-04-01 10:00"},
    {"header": "<div>活动时间：2023年4月1日-4月5日</div><div>来源：清河日报</div>"},
    {"header": "<div>报名截止：2023年4月1日</div>"},
    {"tail": "<div>Copyright 2003-2023 清河网 更新日期：2023-04-01</div>"},
    {"above": "<div>2026年11月25日 星期三 农历十月初六</div>"},
    {"above": "<div>2026年11月25日 星期三 清河 晴 12℃</div>"},
    {
        "above": "<ul><li><a href=/2023/0401/1.html>渠水通到地头村民心里踏实</a> 2023-04-01</li></ul>",
        "url": "http://news.qinghe.example/a/1.html",
    },
    {
        "above": "<ul><li><div><a href=/1.html>渠水通到地头村民心里踏实</a></div><div>2023-04-01</div></li></ul>",
        "url": "http://news.qinghe.example/a/1.html",
    },
    {"above": "<div>2023年04月01日 星期六</div>"},  # the page's URL says another day
    {
        "tail": "<div><h3>相关新闻</h3>"
        + "<p><a href=/2023/0401/1.html>渠水通到地头 村民心里踏实</a></p><p>2023-04-01</p>" * 3
        + "</div>"
    },
]


@pytest.mark.parametrize("parts", NEVER)
def test_no_time_is_invented(article_of, parts):
    article = article_of(**{"header": "来源：清河日报", **parts})
    assert (article.published_at, article.published_precision) == (None, None)


METAS = [
    ('<meta property="article:published_time" content="2023-03-29T02:00:09Z">', "2023-03-29T10:00:09+08:00"),
    ('<meta name="publishdate" content=" 2023-03-29">', "2023-03-29"),
    ('<meta name="PubDate" content="2023-03-29 10:00">', "2023-03-29T10:00+08:00"),
    ('<meta property="og:article:published_time" content="2023-03-29 10:00">', "2023-03-29T10:00+08:00"),
    ('<meta name="DC.date.issued" content="2023-03-29">', "2023-03-29"),
    ("<!-- publish_time:2023-03-29 10:00:09-->", "2023-03-29T10:00:09+08:00"),
    (
        '<script>var a={"title":"清河今年新建四万亩高标准农田","ptime":1680055209000}</script>',
        "2023-03-29T10:00:09+08:00",
    ),
    (
        '<script type="application/ld+json">{"datePublished": "2023-03-29T10:00:09+08:00"}</script>',
        "2023-03-29T10:00:09+08:00",
    ),
    (
        '<script>window.DATA = {"title": "清河今年新建四万亩高标准农田", "pubtime": "2023-03-29 10:00:09"}</script>',
        "2023-03-29T10:00:09+08:00",
    ),
    # a day in a script may be the template's, a time elsewhere another article's
    ("<script>var page = {title: '清河今年新建四万亩高标准农田', pubtime: '2016-05-13'}</script>", None),
    ('<script>var next = {"title": "渠水通到地头", "pubtime": "2023-04-01 10:00:09"}</script>', None),
    (
        "<!--enpproperty <articleid>1</articleid><date>2023-03-29 10:00:09.0</date>/enpproperty-->",
        "2023-03-29T10:00:09+08:00",
    ),
]


@pytest.mark.parametrize(("head", "value"), METAS)
def test_metadata_where_the_page_is_silent(article_of, head, value):
    assert article_of("来源：清河日报", head=head).published_at == value


def test_the_page_wins_over_metadata(article_of):
    article = article_of("2023-03-29 10:00", head='<meta name="publishdate" content="2023-04-02">')
    assert article.published_at == "2023-03-29T10:00+08:00"
    assert [flag.reason for flag in article.flags if flag.field == "published_at"] == [
        "metadata says 2023-04-02"
    ]


def test_relative_time_needs_the_time_of_the_fetch(article_of):
    now = datetime(2023, 3, 29, 2, 30, tzinfo=UTC)
    article = article_of("3小时前 来源：清河日报", now=now)
    assert (article.published_at, article.published_precision) == ("2023-03-29T07:30+08:00", "relative")
    assert article_of("3小时前 来源：清河日报").published_at is None


def test_time_above_the_headline_of_a_digital_edition(article_of):
    above = "<table><tr><td>2023年03月29日 星期三</td><td><a href=../28/n.htm>上一期</a></td></tr></table>"
    assert article_of("", above=above).published_at == "2023-03-29"


def test_time_below_the_text(article_of):
    assert article_of("", tail="<div>发布日期：2023-03-29</div>").published_at == "2023-03-29"


TODAY = "<div>2026年11月25日 星期三</div>"


@pytest.mark.parametrize(
    "parts",
    [
        {"head": '<meta name="PubDate" content="2023-03-29">'},
        {"tail": "<div>发布时间：2023-03-29</div>"},
        {"last": "<p>发布时间：2023-03-29</p>"},
    ],
)
def test_the_day_at_the_top_of_the_page_may_be_todays(article_of, paragraphs, parts):
    article = article_of("来源：清河日报", above=TODAY, **parts)
    assert article.published_at == "2023-03-29"
    assert article.body.split("\n\n") == list(paragraphs)


CELLS = [
    "<tr><td>成文日期</td><td>2023-03-28</td><td>发布日期</td><td>2023-03-29</td></tr>",
    "<tr><td>生成日期：</td><td>2023-03-28</td><td>发布时间：</td><td>2023-03-29</td></tr>",
    "<tr><td>发布时间</td><td>2023-03-29</td><td>失效日期</td><td>2025-03-29</td></tr>",
]


@pytest.mark.parametrize("cells", CELLS)
def test_the_cell_before_a_day_says_which_day_it_is(article_of, cells):
    assert article_of(f"<table>{cells}</table>").published_at == "2023-03-29"
    assert article_of("", above=f"<table>{cells}</table>").published_at == "2023-03-29"


def test_the_day_of_a_document_counts_where_the_page_says_no_other(article_of):
    above = "<table><tr><td>生成日期：</td><td>2023-03-29</td></tr></table>"
    assert article_of("", above=above).published_at == "2023-03-29"
    below = "<div>发布日期：2023-03-30</div>"
    assert article_of("", above=above, tail=below).published_at == "2023-03-30"


def test_the_day_of_the_signature_is_the_last_resort(article_of):
    last = "<p align=right>清河县水利局</p><p align=right>2023年3月28日</p>"
    article = article_of("", last=last)
    assert article.published_at == "2023-03-28"
    assert ("published_at", "day of the signature") in [(flag.field, flag.reason) for flag in article.flags]
    assert article_of("2023-03-29", last=last).published_at == "2023-03-29"


def test_midnight_in_metadata_is_a_day(article_of):
    head = '<meta name="publishdate" content="2023-03-29 00:00:00">'
    assert article_of("", head=head).published_at == "2023-03-29"
    assert article_of("2023-03-29 00:00").published_at == "2023-03-29T00:00+08:00"
