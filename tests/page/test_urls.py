"""The canonical URL and the identity: a table of cases, and properties that hold for any URL."""

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsspider.page.urls import absolute, article_id, canonical_url, identity, registrable

CANONICAL = [
    # case and ports
    ("HTTP://News.Example.CN/A/B.html", "http://news.example.cn/A/B.html"),
    ("http://news.example.cn", "http://news.example.cn/"),
    ("http://news.example.cn:80/a", "http://news.example.cn/a"),
    ("https://news.example.cn:443/a", "https://news.example.cn/a"),
    ("https://news.example.cn:80/a", "https://news.example.cn:80/a"),
    ("http://news.example.cn:8080/a", "http://news.example.cn:8080/a"),
    ("http://news.example.cn./a", "http://news.example.cn/a"),
    ("http://reader:secret@news.example.cn/a", "http://news.example.cn/a"),
    ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
    # path
    ("http://e.cn/a/./b/../c.html", "http://e.cn/a/c.html"),
    ("http://e.cn/a//b", "http://e.cn/a//b"),
    ("http://e.cn/%7Euser/%e4%b8%ad", "http://e.cn/~user/%E4%B8%AD"),
    ("http://e.cn/中.html", "http://e.cn/%E4%B8%AD.html"),
    ("http://e.cn/%D6%D0.html", "http://e.cn/%D6%D0.html"),
    ("http://e.cn/a%2Fb", "http://e.cn/a%2Fb"),
    ("http://e.cn/a b", "http://e.cn/a%20b"),
    (" http://e.cn/a\n", "http://e.cn/a"),
    # IDN
    ("http://新闻.中国/a", "http://xn--efvy88h.xn--fiqs8s/a"),
    # fragments
    ("http://e.cn/a.html#comments", "http://e.cn/a.html"),
    ("http://e.cn/#!/a/1", "http://e.cn/#!/a/1"),
    ("http://e.cn/h5/#/detail?id=12", "http://e.cn/h5/#/detail?id=12"),
    ("http://e.cn/a.html#!", "http://e.cn/a.html"),
    ("http://e.cn/a.html#/", "http://e.cn/a.html"),
    # sessions
    ("http://e.cn/view.jsp;jsessionid=0A1B2C3D?id=7", "http://e.cn/view.jsp?id=7"),
    ("http://e.cn/(S(lit3py55t21z5v55vlm25s55))/view.aspx?id=7", "http://e.cn/view.aspx?id=7"),
    ("http://e.cn/view.php?id=7&PHPSESSID=abc123", "http://e.cn/view.php?id=7"),
    ("http://e.cn/view.asp?ASPSESSIONIDQQABCDEF=XYZ&id=7", "http://e.cn/view.asp?id=7"),
    ("http://e.cn/view.php?id=7&sid=9f86d081884c7d659a2feaa0c55ad015", "http://e.cn/view.php?id=7"),
    ("http://e.cn/view.php?sid=1234", "http://e.cn/view.php?sid=1234"),
    (
        "http://e.cn/view.php?sid=5dc4c152e4b0621d5c14cfb2",
        "http://e.cn/view.php?sid=5dc4c152e4b0621d5c14cfb2",
    ),
    # tracking
    ("http://e.cn/a?utm_source=weixin&utm_medium=social&id=7", "http://e.cn/a?id=7"),
    ("http://e.cn/a?spm=a2c.1.2&scm=1002.5", "http://e.cn/a"),
    ("http://e.cn/c_5123456.html?from=timeline&isappinstalled=0", "http://e.cn/c_5123456.html"),
    ("http://e.cn/c_5123456.html?s=zwykx", "http://e.cn/c_5123456.html"),
    ("http://e.cn/a/5123456?from=groupmessage", "http://e.cn/a/5123456"),
    ("http://e.cn/list.php?from=20", "http://e.cn/list.php?from=20"),
    ("http://e.cn/c_5123456.html?from=20", "http://e.cn/c_5123456.html?from=20"),
    ("http://e.cn/view.php?source=jingji&id=7", "http://e.cn/view.php?id=7&source=jingji"),
    # clocks
    ("http://e.cn/c_5123456.html?t=1571234567", "http://e.cn/c_5123456.html"),
    ("http://e.cn/list?_=1571234567890&page=2", "http://e.cn/list?page=2"),
    ("http://e.cn/view.php?id=7&rnd=0.73128431", "http://e.cn/view.php?id=7"),
    ("http://e.cn/thread.php?t=6602577", "http://e.cn/thread.php?t=6602577"),
    ("http://e.cn/thread.php?t=1571234567", "http://e.cn/thread.php?t=1571234567"),
    # order of the query
    ("http://e.cn/view?b=2&a=1", "http://e.cn/view?a=1&b=2"),
    ("http://e.cn/view?id=&a", "http://e.cn/view?a=&id="),
    # what is no web address, or a broken one, stays as written
    ("mailto:editor@example.cn", "mailto:editor@example.cn"),
    ("http://e.cn:99999/a", "http://e.cn:99999/a"),
    ("http://[broken/", "http://[broken/"),
    ("", ""),
]


@pytest.mark.parametrize(("url", "expected"), CANONICAL)
def test_canonical_url(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


SAME = [
    ("http://e.cn/a", "https://e.cn/a"),
    ("http://www.e.cn/a", "http://e.cn/a"),
    ("http://e.cn/news/index.html", "http://e.cn/news/"),
    ("http://e.cn/news/Default.aspx", "http://e.cn/news/"),
    ("http://m.e.cn/2023-03/29/c_1211502.html", "http://www.e.cn/2023-03/29/c_1211502.html"),
    ("http://wap.news.e.cn/a/346459477", "http://news.e.cn/a/346459477"),
    ("http://3g.e.cn/p/WS65571297a310d5acd876f404.html", "http://e.cn/p/WS65571297a310d5acd876f404.html"),
    ("http://m.e.cn/t20230329_1472486.html", "http://e.cn/t20230329_1472486.html"),
    ("http://m.e.cn/a/20230329001234.html", "http://e.cn/a/20230329001234.html"),
    ("http://e.cn/view?id=7&utm_source=qq", "http://e.cn/view?id=7"),
]
APART = [
    ("http://m.e.cn/show/123.html", "http://www.e.cn/show/123.html"),  # a mobile site may count for itself
    ("http://m.e.cn/20230329/12.html", "http://www.e.cn/20230329/12.html"),
    ("http://m.e.cn/", "http://www.e.cn/"),
    ("http://www.gov.cn/a", "http://gov.cn/a"),
    ("http://m.com/a/346459477", "http://com/a/346459477"),
    ("http://e.cn/index_1.html", "http://e.cn/"),
    ("http://e.cn/index.php?id=7", "http://e.cn/?id=8"),
    ("http://e.cn/A.html", "http://e.cn/a.html"),
    ("http://e.cn:8080/a", "http://e.cn/a"),
    ("http://e.cn/t_2.html", "http://e.cn/t.html"),
    ("http://sub.e.cn/a", "http://e.cn/a"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_article(one: str, other: str) -> None:
    assert article_id(one) == article_id(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_articles(one: str, other: str) -> None:
    assert article_id(one) != article_id(other)


def test_article_id_is_pinned() -> None:
    # Records of all times bear it: this value never changes.
    assert identity("http://www.example.com/a/1.html") == "//example.com/a/1.html"
    assert article_id("http://www.example.com/a/1.html") == "3be60aebdc7ed8b2e3caa70c542a639e"


HOSTS = st.sampled_from(
    ["news.example.cn", "WWW.Example.com.cn", "m.example.cn", "新闻.中国", "127.0.0.1", "[::1]"]
)
TEXT = st.text(alphabet=string.ascii_letters + string.digits + "-._~%/;=()!'+,中文 &?", max_size=30)
NAMES = st.sampled_from(["id", "t", "_", "from", "sid", "utm_source", "page", "r", "s", "新"])
QUERIES = st.lists(st.tuples(NAMES, TEXT | st.integers(0, 2 * 10**10).map(str)), max_size=4).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)
URLS = st.builds(
    lambda scheme, host, port, path, query, anchor: f"{scheme}://{host}{port}/{path}?{query}#{anchor}",
    st.sampled_from(["http", "https", "HTTP"]),
    HOSTS,
    st.sampled_from(["", ":80", ":443", ":8080"]),
    TEXT,
    QUERIES,
    TEXT | st.just("!/a/1"),
)


@settings(deadline=None, max_examples=300)
@given(URLS | st.text(max_size=60))
@example("http://e.cn/?a;jsessionid=1")
def test_canonical_url_is_idempotent(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
    assert article_id(once) == article_id(url)


@settings(deadline=None, max_examples=300)
@given(
    host=HOSTS,
    path=st.text(alphabet=string.ascii_lowercase + string.digits + "/._", max_size=25),
    name=st.sampled_from(
        ["id", "aid", "newsid", "ID", "contentid", "tid", "articleId", "nid", "docid", "sid", "t", "v"]
    ),
    one=st.integers(0, 10**9 - 1),
    other=st.integers(0, 10**9 - 1),
    more=QUERIES,
)
def test_articles_that_differ_only_in_the_id_of_the_query_stay_apart(
    host: str, path: str, name: str, one: int, other: int, more: str
) -> None:
    first, second = (f"http://{host}/{path}?{name}={number}&{more}" for number in (one, other))
    assert (article_id(first) == article_id(second)) == (one == other)


@given(st.permutations(["id=7", "page=2", "c=news", "q=%E4%B8%AD"]))
def test_the_order_of_the_query_does_not_matter(pairs: list[str]) -> None:
    assert (
        canonical_url("http://e.cn/view?" + "&".join(pairs))
        == "http://e.cn/view?c=news&id=7&page=2&q=%E4%B8%AD"
    )


ABSOLUTE = [
    ("/a/1.html", "http://e.cn/a/1.html"),
    ("1.html", "http://e.cn/news/1.html"),
    ("../1.html", "http://e.cn/1.html"),
    ("./t20220211_1.html", "http://e.cn/news/t20220211_1.html"),
    ("/a/../1.html", "http://e.cn/1.html"),
    ("?page=2", "http://e.cn/news/?page=2"),
    ("//other.cn/1.html", "http://other.cn/1.html"),
    ("https://other.cn/1.html#top", "https://other.cn/1.html"),
    ("http:/other.cn/1.html", "http://other.cn/1.html"),
    ("HTTP:\\\\other.cn/1.html", "http://other.cn/1.html"),
    ("\\a\\1.html", "http://e.cn/a/1.html"),
    (" /a\n/1.html\t", "http://e.cn/a/1.html"),
    ("/新 闻.html", "http://e.cn/新%20闻.html"),
    ("/#/detail?id=1", "http://e.cn/#/detail?id=1"),
    ("#top", None),
    ("", None),
    ("javascript:void(0)", None),
    ("JavaScript:;", None),
    ("mailto:a@e.cn", None),
    ("data:text/html,x", None),
    ("file:///etc/passwd", None),
    ("ftp://e.cn/a", None),
    ("http://", None),
    ("http://[::1", None),
    ("http://e.cn:99999/", None),
    ("/" + "a" * 9000, None),
]


@pytest.mark.parametrize(("href", "expected"), ABSOLUTE)
def test_absolute(href: str, expected: str | None) -> None:
    assert absolute("http://e.cn/news/?page=1", href) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../16/c_1.htm?node=3", "../16/c_1.htm?node=3"),
        ("//o.cn/1", "http://o.cn/1"),
        ("javascript:;", None),
        ("#a", None),
    ],
)
def test_links_stay_as_written_where_the_base_is_unknown(href: str, expected: str | None) -> None:
    assert absolute(None, href) == expected


@settings(deadline=None)
@given(st.none() | st.just("http://e.cn/a/"), st.text(max_size=60))
def test_absolute_takes_any_text(base: str | None, href: str) -> None:
    url = absolute(base, href)
    assert url is None or base is None or url.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("news.example.com.cn", "example.com.cn"),
        ("www.wuhan.gov.cn", "wuhan.gov.cn"),
        ("EXAMPLE.cn", "example.cn"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("[::1]", "[::1]"),
        ("", ""),
    ],
)
def test_registrable(host: str, expected: str) -> None:
    assert registrable(host) == expected
