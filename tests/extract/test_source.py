"""The credited medium: (header line as HTML, source)."""

import pytest

LABELLED = [
    ("<span>时间:2023-03-29 10:00:09</span><span>来源:清河日报</span>", "清河日报"),
    ("2023-03-29 10:00 来源： 清河日报", "清河日报"),
    ("2023年03月29日10:00 来源：<a href=#>清河日报</a><a href=#>举报</a>", "清河日报"),
    ("稿源：清河晚报 编辑：赵青 2023-03-29", "清河晚报"),
    ("信息来源：县农业农村局 发布时间：2023-03-29 浏览次数：33", "县农业农村局"),
    ("2023-03-29 10:00 文章来源：清河在线－清河日报 字号：大 中 小", "清河在线－清河日报"),
    ("发布: 2012-3-4 10:22| 发布者: admin| 查看: 1234| 来自: 清河论坛", "清河论坛"),
    ("来源：清河日报2023-03-29 10:00", "清河日报"),
    ("来源：清河日报 | 2023-03-29 10:00:09", "清河日报"),
    ("来源：[ 清河日报 ] 2023-03-29", "清河日报"),
    ("2023-03-29 来源：《清河周刊》 作者：林小河", "《清河周刊》"),
    ("2023-03-29 来源：清河日报(记者 林小河)", "清河日报"),
    ("2023-03-29 来源：清河日报 林小河", "清河日报"),
    ("2023-03-29 转自：清河发布", "清河发布"),
    ("2023-03-29 来  源：清河日报", "清河日报"),
    ("2023-03-29 來源：清河日報", "清河日報"),
    ("作者：林小河 来源：网络投稿 添加日期：14年12月15日", "网络投稿"),
    ("2023-03-29 来源：《<a href=#>清河周刊</a>》【字号 大 中 小】", "《清河周刊》"),
    ("2023-03-29 来源｜清河发布", "清河发布"),
    ("2023-03-29 来源：清河日报 收听", "清河日报"),
    ("2023-03-29 来源：清河日报 本报记者 林小河", "清河日报"),
    ("2023-03-29 来源：清河日报 语音播报", "清河日报"),
    ("2023-03-29 来源：清河日报 T 大 T 小", "清河日报"),
    ("2023-03-29 来源：清河日报 放大 缩小 默认", "清河日报"),
    ("2023-03-29 来源：清河日报　文/图：林小河", "清河日报"),
    ("2023-03-29 来源/清河发布", "清河发布"),
    ("2023-03-29 来源：清河县文化广电和旅游局（体育局）", "清河县文化广电和旅游局（体育局）"),
    ("发布机构：清河县人民政府 发布日期：2023-03-29", "清河县人民政府"),
    ("<p>发布机构：清河县人民政府</p><p>2023-03-29 来源：清河日报</p>", "清河日报"),
    ("2023-03-29 供稿：清河县水利局 撰稿人：林小河", "清河县水利局"),
]
UNLABELLED = [
    ("2023-03-29 10:00:09 清河晚报", "清河晚报"),
    ("http://www.qinghe.example 2012年01月12日15:57 清河新闻网", "清河新闻网"),
    ("2019-10-05 08:51<a href=/s>清河气象</a><a href=#>评论</a>（<em>0</em>人参与）", "清河气象"),
    ("清河晚报 2023-03-29 10:00", "清河晚报"),
    ("原创 清河都市报 2019-09-09 16:01:46", "清河都市报"),
    ("<span>林小河</span><span>清河晚报</span><span>2023-03-29 10:00</span>", "清河晚报"),
    ("<span>清河融媒</span><span>2023-03-29 10:00</span><span>清河融媒官方账号</span>", "清河融媒"),
]
NONE = [
    "2023-03-29 10:00",
    "2023-03-29 10:00 来源：",
    "2023-03-29 10:00 来源：未知 作者：admin",
    "2023-03-29 10:00 来源： 作者：林小河",
    "2023-03-29 10:00 林小河",
    "2023-03-29 10:00 评论 分享 字号",
    "2023-03-29 10:00 点击：1024 <a href=#>打印</a> <a href=#>收藏</a>",
    "发布时间：2023-03-29 星期三",
    "发布日期：2023-03-29 10:00 浏览：33次 [大 中 小] 分享到：",
    "2023-03-29 10:00 供稿：林小河",
    "社会新闻　2023-03-29 10:00",
    "<b>2023-03-29 10:00</b><b>阅读量 1.2万</b><b>云溪市清河县</b>",
]


@pytest.mark.parametrize(("header", "source"), LABELLED + UNLABELLED)
def test_source(article_of, header, source):
    assert article_of(header).source == source


@pytest.mark.parametrize("header", NONE)
def test_no_source_is_invented(article_of, header):
    assert article_of(header).source is None


@pytest.mark.parametrize(
    ("last", "source"),
    [
        ("<p>（清河晚报）</p>", "清河晚报"),
        ("<p>来源：清河晚报</p>", "清河晚报"),
        ("<p>本文来源：清河晚报 责任编辑：赵青</p>", "清河晚报"),
        ("<p>渠水已经通到地头，村民们都说心里踏实。（据清河通讯社）</p>", "清河通讯社"),
    ],
)
def test_source_below_the_text(article_of, last, source):
    assert article_of("2023-03-29 10:00", last=last).source == source


def test_the_source_of_another_article_is_not_taken(article_of):
    item = "<li><a href=/a/1.html>清河两岸新修十里绿道</a> <span>来源：清河晚报</span></li>"
    assert article_of("2023-03-29 10:00", last=f"<ul>{item}</ul>").source is None
    assert (
        article_of("2023-03-29 10:00", tail=f"<div><h3>相关新闻</h3><ul>{item * 3}</ul></div>").source is None
    )


def test_a_source_without_a_label_is_flagged(article_of):
    flags = {flag.field: flag.reason for flag in article_of("2023-03-29 10:00 清河晚报").flags}
    assert flags["source"] == "unlabelled"


def test_metadata_speaks_where_the_page_is_silent(article_of):
    article = article_of("2023-03-29 10:00", head='<meta name="source" content="清河晚报">')
    assert article.source == "清河晚报"
    assert any(flag.field == "source" for flag in article.flags)
