import pytest

from newsspider.discover.paging import load_more_page, load_more_url, next_page
from newsspider.profile import SiteProfile

URL = "http://news.example.cn/yw/index.html"


def pager(*links: tuple[str, str]) -> str:
    return "<div>" + " ".join(f'<a href="{href}">{text}</a>' for href, text in links) + "</div>"


CASES = [
    (
        "said in words",
        pager(("index_1.html", "2"), ("index_1.html", "下一页"), ("index_9.html", "末页")),
        URL,
        "/yw/index_1.html",
    ),
    ("in brackets", pager(("?page=3", "[下一页 >]")), "http://news.example.cn/list?page=2", "/list?page=3"),
    ("traditional", pager(("list_2.shtml", "下一頁")), URL, "/yw/list_2.shtml"),
    ("English", pager(("/yw/p2/", "Next »")), URL, "/yw/p2/"),
    ("rel", '<a rel="next" href="?p=2">往后翻</a>', URL, "/yw/index.html?p=2"),
    ("head", '<head><link rel="next" href="/yw/2/"></head>', URL, "/yw/2/"),
    ("arrow of the same list", pager(("index_2.html", "2"), ("index_2.html", ">")), URL, "/yw/index_2.html"),
    ("arrow to elsewhere", pager(("/ms/a.html", ">")), URL, None),
    ("numbers only", pager(("index_1.html", "2"), ("index_2.html", "3")), URL, "/yw/index_1.html"),
    (
        "numbers on page 2",
        pager(("index.html", "1"), ("index_2.html", "3"), ("index_3.html", "4")),
        "http://news.example.cn/yw/index_1.html",
        "/yw/index_2.html",
    ),
    (
        "query numbers",
        pager(("?c=7&page=1", "1"), ("?c=7&page=3", "3"), ("?c=7&page=4", "4")),
        "http://news.example.cn/l.php?c=7&page=2",
        "/l.php?c=7&page=3",
    ),
    ("by script", '<script>createPageHTML(20, 0, "index", "html");</script>', URL, "/yw/index_1.html"),
    (
        "by script, page 3",
        "<script>createPageHTML( 20,2,'index','shtml')</script>",
        "http://news.example.cn/yw/index_2.shtml",
        "/yw/index_3.shtml",
    ),
    (
        "by script, last",
        '<script>createPageHTML(3, 2, "index", "html");</script>',
        "http://news.example.cn/yw/index_2.html",
        None,
    ),
    (
        "by an older script",
        "<script>var currentPage = 1;//从0开始\nvar prevPage = currentPage-1;\nvar countPage = 20//共多少页</script>",
        "http://news.example.cn/yw/index_1.shtml",
        "/yw/index_2.shtml",
    ),
    (
        "by an older script, a folder",
        "<script>var currentPage=0;var countPage=20;</script>",
        "http://news.example.cn/yw/",
        "/yw/index_1.html",
    ),
    (
        "by an older script, last",
        "<script>var currentPage = 2;var countPage = 3;</script>",
        "http://news.example.cn/yw/index_2.html",
        None,
    ),
    (
        "only its definition",
        "<script>function createPageHTML(_nPageCount, _nCurrIndex){}</script>",
        URL,
        None,
    ),
    ("itself", pager(("index.html", "下一页")), URL, None),
    ("script link", pager(("javascript:go(2)", "下一页"), ("#", "下一页")), URL, None),
    ("another site", pager(("http://other.cn/2", "下一页")), URL, None),
    ("next article", pager(("/yw/t20230329_2.html", "下一篇"), ("/a", "下一页导读")), URL, None),
    ("none", "<p>没有了</p>", URL, None),
]


@pytest.mark.parametrize(("what", "html", "url", "expected"), CASES, ids=[case[0] for case in CASES])
def test_next_page(what, html, url, expected, make_page) -> None:
    assert next_page(make_page(html, url)) == (expected and f"http://news.example.cn{expected}")


def test_a_profile_says_what_is_the_site(make_page) -> None:
    profile = SiteProfile(
        name="a", title="甲", region=None, hosts=("news.example.cn",), start=("http://news.example.cn/",)
    )
    assert next_page(make_page(pager(("http://m.example.cn/2", "下一页"))), profile) is None
    assert (
        next_page(make_page(pager(("http://news.example.cn/2", "下一页"))), profile)
        == "http://news.example.cn/2"
    )


def test_load_more_url() -> None:
    assert load_more_url("http://e.cn/api?page={page}&n=20", 3) == "http://e.cn/api?page=3&n=20"


@pytest.mark.parametrize(
    ("template", "url", "page"),
    [
        ("http://e.cn/api?page={page}&n=20", "http://e.cn/api?page=13&n=20", 13),
        ("http://e.cn/list_{page}.json", "http://e.cn/list_2.json", 2),
        ("http://e.cn/list/{page}", "http://e.cn/list/4", 4),
        ("http://e.cn/api?page={page}&n=20", "http://e.cn/api?page=13&n=10", None),
        ("http://e.cn/api?page={page}", "http://e.cn/api?page=", None),
        ("http://e.cn/api?page={page}", "http://e.cn/", None),
        ("http://e.cn/api?page={page}", "http://e.cn/api?page=" + "9" * 5000, None),
        ("http://e.cn/api", "http://e.cn/api", None),
    ],
)
def test_load_more_page(template, url, page) -> None:
    assert load_more_page(template, url) == page
