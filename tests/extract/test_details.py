"""The smaller fields: editors, breadcrumb, tags."""

import pytest

EDITORS = [
    ("【编辑】赵青", ["赵青"]),
    ("编辑｜赵青", ["赵青"]),
    ("责任编辑：赵青", ["赵青"]),
    ("[责任编辑:赵青]", ["赵青"]),
    ("（责编：赵青、李大山）", ["赵青", "李大山"]),
    ("编辑：赵青丨责编：李大山丨审核：周平", ["赵青", "李大山"]),
    ("编 辑：赵青 责 编：李大山", ["赵青", "李大山"]),
    ("值班编辑 赵青　责任编辑 李大山", ["赵青", "李大山"]),
    ("责任编辑：赵青_QH001", ["赵青"]),
    ("编辑/赵青", ["赵青"]),
    ("编辑：admin", []),
    ("校对：周平", []),
    ("责任编辑</p><p>赵青", ["赵青"]),
]


@pytest.mark.parametrize(("line", "names"), EDITORS)
def test_editors(article_of, line, names):
    assert list(article_of("2023-03-29", tail=f"<p>{line}</p>").editors) == names


CRUMBS = [
    ("当前位置：<a href=/>首页</a> > <a href=/a/>新闻中心</a> > <a href=/b/>民生</a>", ["新闻中心", "民生"]),
    ("您现在的位置：<a href=/>网站首页</a> >> <a href=/a/>政务公开</a> >> 正文", ["政务公开"]),
    ("<a href=/>首页</a> / <a href=/a/>新闻</a> / <a href=/b/>民生</a>", ["新闻", "民生"]),
    ("<a href=/>首页</a> - <a href=/a/>新闻</a> - <a href=/b/>民生</a> - 内容", ["新闻", "民生"]),
    ("位置：<a href=/>首页</a>→<a href=/a/>新闻</a>→正文", ["新闻"]),
    ("您所在的位置：<a href=/>首页</a> · <a href=/a/>新闻</a> · <a href=/b/>民生</a>", ["新闻", "民生"]),
    ("当前位置：<a href=/>首页</a> 〉 <a href=/a/>新闻</a>", ["新闻"]),
    (
        "当前位置：<a href=/>首页</a> <i></i> <a href=/a/>新闻</a> <i></i> <a href=/b/>民生</a>",
        ["新闻", "民生"],
    ),
    ("<a href=/>首页</a> > <a href=/a/>新闻</a> > 浏览文章", ["新闻"]),
    ("<a href=/>首页</a> > <a href=/a/>新闻</a> > 信息详情", ["新闻"]),
    ("<a href=/a/>新闻</a> | <a href=/b/>民生</a>", []),
    # parts in boxes of their own; menus look alike
    ("<p>您现在所在的位置：</p><p><a href=/>首页</a></p><p>政务公开</p><p>民生</p>", ["政务公开", "民生"]),
    ("<ul><li><a href=/>首页</a></li><li>&gt; 新闻</li><li>&gt; 民生</li></ul>", ["新闻", "民生"]),
    ("<ul><li><a href=/>首页</a></li><li><a href=/a/>新闻</a></li><li>正文</li></ul>", ["新闻"]),
    ("<ul><li><a href=/>首页</a></li><li><a href=/a/>新闻</a></li><li><a href=/b/>民生</a></li></ul>", []),
]


@pytest.mark.parametrize(("crumb", "channel"), CRUMBS)
def test_channel(article_of, crumb, channel):
    assert list(article_of("2023-03-29", above=f"<div>{crumb}</div>").channel) == channel


TAGS = [
    "<div>标签：<a href=/t/1>农田</a> <a href=/t/2>春耕</a></div>",
    "<div><span>关键词：</span><a href=/t/1>农田</a><a href=/t/2>春耕</a></div>",
    "<div>关键字：农田 春耕</div>",
    "<ul><li>TAG：</li><li><a href=/t/1>农田</a></li><li><a href=/t/2>春耕</a></li></ul>",
]


@pytest.mark.parametrize("tags", TAGS)
def test_tags(article_of, tags):
    assert article_of("2023-03-29", tail=tags).tags == ("农田", "春耕")
    assert article_of(f"<p>2023-03-29</p>{tags}").tags == ("农田", "春耕")


def test_an_empty_label_has_no_tags(article_of):
    links = "<li><a href=/1.html>渠水通到地头村民心里踏实</a></li><li><a href=/2.html>春耕一线来了农机“医生”</a></li>"
    assert (
        article_of("2023-03-29", tail=f"<div><p>标签：</p><h3>相关新闻</h3><ul>{links}</ul></div>").tags == ()
    )
    assert article_of("2023-03-29", tail=f"<div><p>标签：</p><ul>{links}</ul></div>").tags == ()
