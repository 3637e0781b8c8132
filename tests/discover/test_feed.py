import gzip
import tracemalloc

import pytest

from newsspider.discover.feed import MAX_ENTRIES, read_feed
from newsspider.discover.link import Link

URL = "http://news.example.cn/rss.xml"

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0"><channel><title>云溪新闻</title><link>http://news.example.cn/</link>
<item><title>云溪大桥今日通车</title><link>http://news.example.cn/a/1001.html</link>
<pubDate>Wed, 29 Mar 2023 02:00:09 GMT</pubDate></item>
<item><title><![CDATA[<b>春茶</b>开采 & 上市]]></title><link>/a/1002.html</link><pubDate>2023-03-28 08:30:00</pubDate></item>
<item><title>没有链接的一条</title></item>
</channel></rss>"""

WANTED = (
    Link(
        url="http://news.example.cn/a/1001.html", title="云溪大桥今日通车", date="2023-03-29T10:00:09+08:00"
    ),
    Link(url="http://news.example.cn/a/1002.html", title="春茶开采 & 上市", date="2023-03-28T08:30:00+08:00"),
)


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "gb18030"])
def test_rss_in_every_encoding(encoding: str) -> None:
    assert read_feed(RSS.format(encoding=encoding).encode(encoding), url=URL) == WANTED


def test_declared_encoding_may_be_wrong() -> None:
    assert read_feed(RSS.format(encoding="gb2312").encode("utf-8"), url=URL) == WANTED
    assert read_feed(RSS.format(encoding="utf-8").encode("gb18030"), url=URL) == WANTED


def test_gzipped_feed() -> None:
    assert read_feed(gzip.compress(RSS.format(encoding="utf-8").encode()), url=URL) == WANTED


def test_atom() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><title>云溪</title>
    <entry><title type="html">&lt;i&gt;夜市&lt;/i&gt;开街</title><link rel="self" href="/feed/9"/>
    <link href="/a/9.html"/><updated>2023-03-29T03:00:00Z</updated><published>2023-03-29T02:00:00.5Z</published></entry>
    <entry><title>只有编号</title><id>http://news.example.cn/a/10.html</id><updated>2023-03-29</updated></entry></feed>"""
    assert read_feed(body.encode(), url=URL) == (
        Link(
            url="http://news.example.cn/a/9.html",
            title="夜市开街",
            date="2023-03-29T10:00:00+08:00",
            modified="2023-03-29T11:00:00+08:00",
        ),
        Link(
            url="http://news.example.cn/a/10.html", title="只有编号", date="2023-03-29", modified="2023-03-29"
        ),
    )


def test_rdf() -> None:
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="http://news.example.cn/a/3.html"><title>水利工程开工</title>
    <dc:date>2005-12-27T13:08:54+08:00</dc:date></item></rdf:RDF>"""
    assert read_feed(body.encode(), url=URL) == (
        Link(url="http://news.example.cn/a/3.html", title="水利工程开工", date="2005-12-27T13:08:54+08:00"),
    )


def test_news_protocol_of_baidu() -> None:
    body = """<document><webSite>http://news.example.cn/</webSite><item><link>http://news.example.cn/show.php?id=9</link>
    <title>纪念币发行</title><text>全文</text><pubDate>2014-04-22 15:24</pubDate></item></document>"""
    assert read_feed(body.encode(), url=URL) == (
        Link(url="http://news.example.cn/show.php?id=9", title="纪念币发行", date="2014-04-22T15:24+08:00"),
    )


def test_json_feed() -> None:
    body = """{"version": "https://jsonfeed.org/version/1.1", "items": [
    {"id": "1", "url": "/a/1.html", "title": "早稻插秧", "date_published": "2023-03-29T10:00:00+08:00"}, {"id": "2"}]}"""
    assert read_feed(body.encode(), url=URL) == (
        Link(url="http://news.example.cn/a/1.html", title="早稻插秧", date="2023-03-29T10:00:00+08:00"),
    )


BROKEN = [
    (
        "bare ampersand",
        "<rss><channel><item><title>A&B公司</title><link>http://e.cn/v?a=1&id=2</link></item></channel></rss>",
    ),
    (
        "entity of HTML",
        "<rss><channel><item><title>A&B&nbsp;公司</title><link>http://e.cn/v?a=1&id=2</link></item></channel></rss>",
    ),
    (
        "cut off",
        "<rss><channel><item><title>A&amp;B公司</title><link>http://e.cn/v?a=1&amp;id=2</link></item><item><title>半",
    ),
    (
        "junk before",
        "\n\n<!-- 缓存 --><?xml version='1.0'?><rss><channel><item><title>A&amp;B公司</title><link>http://e.cn/v?a=1&amp;id=2</link></item></channel></rss>",
    ),
    (
        "control character",
        "<rss><channel><item><title>A&amp;B\x08公司</title><link>http://e.cn/v?a=1&amp;id=2</link></item></channel></rss>",
    ),
    (
        "wrong closing tag",
        "<rss><channel><item><title>A&amp;B公司</title><link>http://e.cn/v?a=1&amp;id=2</link></item></chanel></rss>",
    ),
]


@pytest.mark.parametrize(("what", "body"), BROKEN, ids=[what for what, _ in BROKEN])
def test_broken_feeds_are_read_as_far_as_they_go(what: str, body: str) -> None:
    (link,) = read_feed(body.encode(), url=URL)
    assert link.url == "http://e.cn/v?a=1&id=2"
    assert link.title.replace(" ", "") == "A&B公司"


def test_no_entry_is_lost_or_doubled_where_the_feed_breaks_off() -> None:
    good = "".join(f"<item><title>第{n}条</title><link>http://e.cn/{n}</link></item>" for n in range(300))
    body = f"<rss><channel>{good}<item><title>坏&条</title><link>http://e.cn/x?a&b</link></item><item><link>http://e.cn/last</link></item></channel></rss>"
    links = read_feed(body.encode(), url=URL)
    assert [link.url for link in links] == [f"http://e.cn/{n}" for n in range(300)] + [
        "http://e.cn/x?a&b",
        "http://e.cn/last",
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\x01",
        b"<html><body>404</body></html>",
        b"{",
        b"[]",
        b"{}",
        b"null",
        b"<rss",
        b"\xff\xfe",
        b"{" * 50_000,
    ],
)
def test_what_is_no_feed_gives_nothing(body: bytes) -> None:
    assert read_feed(body, url=URL) == ()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://e.cn/"]
)
def test_only_web_addresses_are_taken(url: str) -> None:
    assert read_feed(f"<rss><item><title>坏</title><link>{url}</link></item></rss>".encode(), url=URL) == ()


def test_entities_are_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    body = (
        f'<!DOCTYPE rss [<!ENTITY e0 "{"x" * 100}">{bomb}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        "<rss><item><title>标题&e9;&f;</title><link>http://e.cn/1</link></item></rss>"
    )
    tracemalloc.start()
    (link,) = read_feed(body.encode(), url=URL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert link.url == "http://e.cn/1"
    assert len(link.title) < 200
    assert peak < 20_000_000


def test_a_feed_is_read_up_to_a_limit() -> None:
    body = (
        "<rss>"
        + "".join(f"<item><link>http://e.cn/{n}</link></item>" for n in range(MAX_ENTRIES + 5))
        + "</rss>"
    )
    assert len(read_feed(body.encode(), url=URL)) == MAX_ENTRIES
