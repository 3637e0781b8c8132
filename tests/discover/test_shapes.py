"""Patterns proposed from the links of a site: they match its articles, also unseen ones, and no list."""

import re
import time

import pytest

from newsspider.discover.link import Link
from newsspider.discover.shapes import article_shapes, joined

HEADLINE = "全市春耕备耕工作现场会召开"


def links(*paths: str, host: str = "http://news.example.cn") -> list[Link]:
    """Return links with headlines."""
    return [Link(url=f"{host}{path}", title=HEADLINE) for path in paths]


SITES = {
    "dated_folders": (
        ["/yaowen/2026/11-24/1211502.html", "/minsheng/2026/11-23/1211321.html", "/gn/2026/10-02/99321.html"],
        r"/\d{4}/\d{2}-\d{2}/\d+\.html?$",
        ["/tiyu/2019/01-31/7.html"],
        ["/yaowen/", "/yaowen/index_2.html", "/2026/11-24/"],
    ),
    "trs": (
        ["/xw/202611/t20261124_6012345.shtml", "/gn/202611/t20261123_612.shtml", "/sh/202509/t20250911_6.shtml"],
        r"/\d{6}/t\d{8}_\d+\.shtml$",
        ["/a/b/c/201901/t20190131_55.shtml"],
        ["/xw/", "/xw/index_3.shtml"],
    ),
    "content": (
        ["/2026-11/24/content_123456.htm", "/2026-11/23/content_123451.htm", "/2026-10/02/content_9.htm"],
        r"/\d{4}-\d{2}/\d{2}/content_\d+\.html?$",
        ["/news/2027-01/01/content_1.htm"],
        ["/node_123.htm", "/2026-11/24/node_2.htm"],
    ),
    "query": (
        ["/news/detail?id=158798", "/news/detail?id=158799&from=list", "/news/detail?c=3&id=15"],
        r"/detail\?(?:.*&)?id=\d+",
        ["/news/detail?a=1&id=99&z=2"],
        ["/news/sublist?section=26", "/news/detail"],
    ),
    "hashes": (
        ["/a/201911/08/WS5dc4c152e4b0621d5c14cfb2.html", "/a/201911/07/WS6dc4c152e4b0621d5c14cfb3.html",
         "/a/201912/01/WS5de4c152e4b0621d5c14c123.html"],
        r"/\d{6}/\d{2}/\w*\d\w*\.html?$",
        ["/a/202611/24/WS70a4c152e4b0621d5c14cfb9.html"],
        ["/a/news/", "/a/201911/08/", "/a/201911/08/index.html"],
    ),
    "words_of_ids": (
        [
            "/gn/2026-11-24/doc-ifymrqmq7154021.shtml",
            "/gn/2026-11-24/doc-ihnyuqhi7154022.shtml",
            "/gj/2026-11-23/doc-ihmutuec7154023.shtml",
        ],
        r"/\d{4}-\d{2}-\d{2}/doc-\w*\d\w*\.shtml$",
        ["/gj/2026-11-23/doc-abcdefgh7154023.shtml"],
        ["/gj/2026-11-23/doc-index.shtml"],
    ),
    "with_a_query": (
        ["/2026-11/24/content_1234.htm?div=-1", "/2026-11/24/content_1235.htm?div=0", "/2026-11/24/content_9.htm"],
        r"/\d{4}-\d{2}/\d{2}/content_\d+\.html?(?:\?|$)",
        ["/2026-11/24/content_77.htm", "/2026-11/24/content_77.htm?div=1"],
        ["/2026-11/24/node_2.htm"],
    ),
    "one_folder": (
        ["/news/13218473.html", "/news/13215981.html", "/news/13215982.html"],
        r"/news/\d+\.html?$",
        ["/news/1.html"],
        ["/sport/12.html", "/news/"],
    ),
    "many_folders": (
        ["/yc/13218473.html", "/sh/13215981.html", "/ty/13215982.html"],
        r"/\d+\.html?$",
        ["/other/55.html"],
        ["/yc/", "/yc/index.html"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SITES)
def test_pattern_of_a_site(name: str) -> None:
    """The pattern is the expected one; it finds what was seen and what was not, and no list."""
    seen, expected, unseen, lists = SITES[name]
    shapes = article_shapes(links(*seen))

    assert [shape.pattern for shape in shapes] == [expected]
    for path in (*seen, *unseen):
        assert re.search(expected, f"http://news.example.cn{path}"), path
    for path in lists:
        assert not re.search(expected, f"http://news.example.cn{path}"), path


def test_two_shapes_become_one_pattern_with_an_example_each() -> None:
    """A portal has old and new addresses at once; the more frequent come first."""
    new = [f"/content/646042/68/{number}.html" for number in (16201808, 16201809, 16201777, 16201778)]
    old = [f"/c/2026/11/{day}/{day}345.htm" for day in (11, 12, 13)]
    shapes = article_shapes(links(*new, *old))

    assert [shape.count for shape in shapes] == [4, 3]
    pattern = joined(shapes)
    assert pattern is not None
    for path in (*new, *old):
        assert re.search(pattern, f"http://hn.example.cn{path}")
    assert all(re.search(shape.pattern, shape.example) for shape in shapes)


def test_navigation_proposes_nothing() -> None:
    """Channels, short names and index pages are no articles."""
    navigation = [
        Link(url=f"http://news.example.cn/{slug}/", title="新闻") for slug in ("yw", "gn", "gj", "ty")
    ] + [Link(url=f"http://news.example.cn/node_{n}.htm", title="要闻") for n in range(9)]

    assert article_shapes(navigation) == ()
    assert joined(()) is None


def test_a_pattern_that_matches_channels_is_dropped() -> None:
    """Lists may be numbered as articles are: then their shape says nothing."""
    numbered = [f"/channel/{n}.html" for n in range(7390, 7400)]
    shapes = article_shapes(links(*numbered), [f"http://news.example.cn{path}" for path in numbered])

    assert shapes == ()


def test_stray_links_do_not_become_shapes() -> None:
    """One advertisement among fifty articles is no shape."""
    many = [f"/2026/11/24/{number}.shtml" for number in range(1000, 1050)]
    shapes = article_shapes(links(*many, "/ad/click-77.php", "/zt/2026lianghui1.html"))

    assert [shape.pattern for shape in shapes] == [r"/\d{4}/\d{2}/\d{2}/\d+\.shtml$"]


def test_proposed_patterns_are_quick_on_hostile_urls() -> None:
    """No pattern backtracks for long, whatever an address looks like."""
    hostile = [
        "http://a.cn/" + "1/" * 400,
        "http://a.cn/detail?" + "&id=" * 200,
        "http://a.cn/" + "t1_" * 300,
    ]
    for seen, _, _, _ in SITES.values():
        (shape,) = article_shapes(links(*seen))
        start = time.perf_counter()
        for url in hostile:
            re.search(shape.pattern, url)
        assert time.perf_counter() - start < 0.05


def test_ids_of_letters_and_digits_and_uuids() -> None:
    """Portals that are run by an app name their articles by hashes."""
    (hashed,) = article_shapes(links("/a/f74v0o3f8cb", "/a/9c1v0o7f8aa", "/a/k2j4l5m6n7p"))
    uuid = "/page/123e4567-e89b-12d3-a456-42661417{}.html"
    (named,) = article_shapes(links(*(uuid.format(number) for number in (4000, 4001, 4002))))

    assert hashed.pattern == r"/a/\w*\d\w*$"
    assert named.pattern == r"/page/[0-9a-fA-F-]{36}\.html?$"
