import pytest

from newsspider.page.document import Page
from newsspider.page.further import MAX_PAGES, article_pages, split_page

URL = "http://news.example.cn/2023-03/29/content_4418.html"


def page(html: str, url: str | None = URL) -> Page:
    return Page.from_bytes(html.encode(), url=url)


def links(*pairs: tuple[str, str]) -> str:
    return "".join(f'<a href="{href}">{text}</a>' for href, text in pairs)


CASES = [
    (
        "numbers",
        links(("content_4418_2.html", "2"), ("content_4418_3.html", "3"), ("content_4418_2.html", "下一页")),
        URL,
        ["_2", "_3"],
    ),
    ("only the next", links(("content_4418_2.html", "下一页")), URL, ["_2"]),
    (
        "from page 2",
        links(("content_4418.html", "1"), ("content_4418_3.html", "3")),
        URL.replace(".html", "_2.html"),
        ["_3"],
    ),
    ("next article", links(("content_4419.html", "下一篇"), ("content_4417.html", "上一篇")), URL, []),
    ("another stem", links(("content_4419_2.html", "2")), URL, []),
    ("a number in a ranking", links(("/2023-03/29/content_9999.html", "2")), URL, []),
    ("a story with a number", links(("content_4418_2.html", "第二个故事的标题")), URL, []),
]


@pytest.mark.parametrize(("what", "html", "url", "expected"), CASES, ids=[case[0] for case in CASES])
def test_article_pages(what: str, html: str, url: str, expected: list[str]) -> None:
    assert article_pages(page(html, url)) == tuple(URL.replace(".html", f"{end}.html") for end in expected)


def test_pages_in_the_query() -> None:
    html = links(("?id=7&page=2", "2"), ("?id=7&page=3", "3"), ("?id=8&page=2", "2"))
    assert article_pages(page(html, "http://e.cn/view.php?id=7")) == (
        "http://e.cn/view.php?id=7&page=2",
        "http://e.cn/view.php?id=7&page=3",
    )


def test_pages_that_a_script_prints() -> None:
    html = '<script>createPageHTML(3, 0, "t20230329_4418", "html")</script>'
    assert article_pages(page(html, "http://e.cn/yw/202303/t20230329_4418.html")) == (
        "http://e.cn/yw/202303/t20230329_4418_1.html",
        "http://e.cn/yw/202303/t20230329_4418_2.html",
    )
    assert article_pages(page(html.replace("(3, 0", "(1, 0"))) == ()
    assert len(article_pages(page(html.replace("(3, 0", "(9999, 0")))) == MAX_PAGES


def test_pages_that_an_older_script_prints() -> None:
    html = "<script>var currentPage = 0; var countPage = 3</script>"
    assert article_pages(page(html, "http://e.cn/yw/202303/t20230329_4418.html")) == (
        "http://e.cn/yw/202303/t20230329_4418_1.html",
        "http://e.cn/yw/202303/t20230329_4418_2.html",
    )


def test_without_an_address_nothing_is_guessed() -> None:
    assert article_pages(page(links(("content_4418_2.html", "2")), None)) == ()


@pytest.mark.parametrize(
    ("url", "stem", "number"),
    [
        ("http://e.cn/a/12345_2.html", "http://e.cn/a/12345.html", 2),
        ("http://e.cn/a/12345-2.shtml", "http://e.cn/a/12345.shtml", 2),
        ("http://e.cn/a/12345.html", "http://e.cn/a/12345.html", None),
        ("http://e.cn/a/index_12.html", "http://e.cn/a/", 12),
        ("http://e.cn/a/index.html", "http://e.cn/a/", None),
        ("http://e.cn/a/", "http://e.cn/a/", None),
        ("http://e.cn/a/page/3/", "http://e.cn/a/", 3),
        ("http://e.cn/a?x=1&page=3", "http://e.cn/a?x=1", 3),
        ("http://e.cn/a?page=x", "http://e.cn/a?page=x", None),
        ("http://e.cn/t20230329_1472486.html", "http://e.cn/t20230329_1472486.html", None),
        ("http://[::1", "http://[::1", None),
    ],
)
def test_split_page(url: str, stem: str, number: int | None) -> None:
    assert split_page(url) == (stem, number)
