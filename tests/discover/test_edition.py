"""A newspaper's issue: its pages, and the issue before."""

import pytest

from newsspider.discover.edition import edition_pages, previous_issue
from newsspider.page.document import Page

ISSUE = """<html><body><div class="pages">
<a href="node_1.htm">第01版：要闻</a> <a href="node_2.htm">第02版：民生</a> <a href="node_3.htm">第A3版</a>
<a href="content_1_88.htm">第01版：错误</a> <a href="/about.htm">关于我们</a></div>
<ul><li><a href="content_1_90.htm">市里新开三条公交线路</a></li></ul>
<a href="../24/node_1.htm">上一期</a><a href="../26/node_1.htm">下一期</a></body></html>"""


def page(html: str) -> Page:
    return Page.from_bytes(html.encode(), url="http://paper.a.example/html/2026-11/25/node_1.htm")


def test_pages_of_the_issue_without_itself() -> None:
    base = "http://paper.a.example/html/2026-11/25/"
    assert edition_pages(page(ISSUE)) == (f"{base}node_2.htm", f"{base}node_3.htm")


def test_previous_issue() -> None:
    assert previous_issue(page(ISSUE)) == "http://paper.a.example/html/2026-11/24/node_1.htm"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("上一期", True),
        ("上期", True),
        ("前一期", True),
        ("« 上一期", True),
        ("上一期报纸征订启事", False),
        ("下一期", False),
    ],
)
def test_words_for_the_previous_issue(text: str, found: bool) -> None:
    html = f'<html><body><a href="/old.htm">{text}</a></body></html>'
    assert (previous_issue(page(html)) is not None) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第01版：要闻", True),
        ("第A12版", True),
        ("03版 民生", True),
        ("第二版", True),
        ("第三版《规划》发布", False),
        ("要闻", False),
        ("新版", False),
    ],
)
def test_names_of_pages(text: str, found: bool) -> None:
    html = f'<html><body><a href="/html/node_9.htm">{text}</a></body></html>'
    assert bool(edition_pages(page(html))) is found
