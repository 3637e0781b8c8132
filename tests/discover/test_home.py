import pytest

from newsspider.discover.home import WaysIn, channels, ways_in
from newsspider.profile import SiteProfile

HTML = """<html><head><title>云溪网</title>
<link rel="alternate" type="application/rss+xml" href="/rss.xml"><link rel="sitemap" href="/sitemap_index.xml">
<link rel="alternate" type="text/html" hreflang="zh-TW" href="/tw/"></head><body>
<div class="nav"><a href="/">首页</a> <a href="/yw/">要闻</a> <a href="/col/col123/index.html">民生</a> <a href="http://wh.example.cn/">文化</a>
<a href="/node_12.htm">乡村振兴</a> <a href="/yw/index.html">要闻</a> <a href="http://other.cn/yw/">外站</a> <a href="/about/">关于我们</a>
<a href="/login.html">登录</a> <a href="/2023-03/29/content_4418.html">快讯</a> <a href="/a/20230329123.html">图片</a>
<a href="/yw/t20230329_4418.html">云溪大桥今日正式建成通车</a> <a href="javascript:;">更多</a></div>
<div><a href="/feed/">订阅</a> <a href="/news/feed.xml?x=1">RSS</a> <a href="/map/sitemap.xml.gz">网站地图</a> <a href="/sitemap.html">地图</a></div>
</body></html>"""


def test_channels(make_page) -> None:
    assert [(link.title, link.url) for link in channels(make_page(HTML, "http://www.example.cn/"))] == [
        ("要闻", "http://www.example.cn/yw/"),
        ("民生", "http://www.example.cn/col/col123/index.html"),
        ("文化", "http://wh.example.cn/"),
        ("乡村振兴", "http://www.example.cn/node_12.htm"),
    ]


def test_channels_of_a_profile(make_page) -> None:
    profile = SiteProfile(
        name="yunxi",
        title="云溪网",
        region=None,
        hosts=("www.example.cn",),
        start=("http://www.example.cn/",),
        listing_url=r"/yw/|/col/",
    )
    found = channels(make_page(HTML, "http://www.example.cn/"), profile)
    assert [link.title for link in found] == ["要闻", "民生"]


def test_ways_in(make_page) -> None:
    assert ways_in(make_page(HTML, "http://www.example.cn/")) == WaysIn(
        feeds=(
            "http://www.example.cn/rss.xml",
            "http://www.example.cn/feed/",
            "http://www.example.cn/news/feed.xml?x=1",
        ),
        sitemaps=("http://www.example.cn/sitemap_index.xml", "http://www.example.cn/map/sitemap.xml.gz"),
    )


def test_an_empty_page_names_nothing(make_page) -> None:
    assert channels(make_page("")) == ()
    assert ways_in(make_page("")) == WaysIn()


@pytest.mark.parametrize(
    ("path", "channel"),
    [
        ("/", True),
        ("/yw/", True),
        ("/yw", True),
        ("/a/b/c/index.shtml", True),
        ("/node_141997.htm", True),
        ("/channel/7397.html", True),
        ("/class/1915.html", True),
        ("/html/list/11.html", True),
        ("/col/col1234/index.html", True),
        ("/news-list-yaowen.html", True),
        ("/list-12-2.html", True),
        ("/news/detail?id=158798", False),
        ("/a/f74v0o3f8cb", False),
        ("/p/1716193079034519", False),
        ("/2023-03-29/4418.html", False),
        ("/2023/03/29/", False),
        ("/content_4418.html", False),
    ],
)
def test_paths_of_channels(path, channel, make_page) -> None:
    found = channels(make_page(f'<a href="{path}">乡村振兴</a>', "http://www.example.cn/home"))
    assert bool(found) is channel
