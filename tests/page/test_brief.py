"""A brief is an article: a sentence or two below a headline that prints time and source."""

import pytest

from newsspider.items import PageKind
from newsspider.page.document import Page
from newsspider.page.kind import classify

BRIEF = """<html><head><title>{title}</title></head><body><h1>{heading}</h1>
<div>{line}</div><div><p>{text}</p></div></body></html>"""


@pytest.mark.parametrize(
    ("title", "heading", "line", "text", "kind"),
    [
        (
            "县城新开一路公交_清河网",
            "县城新开一路公交",
            "2026-11-20 10:00 来源：清河日报",
            "首班车六点半发出。",
            PageKind.ARTICLE,
        ),
        (
            "News 7",
            "县城新开一路公交",
            "2026-11-20 10:00 来源：清河日报",
            "首班车六点半发出。",
            PageKind.ARTICLE,
        ),
        ("县城新开一路公交_清河网", "县城新开一路公交", "", "首班车六点半发出。", PageKind.OTHER),
        ("提示_清河网", "页面不存在", "", "您访问的页面不存在，三秒后返回首页。", PageKind.GONE),
    ],
)
def test_brief(title: str, heading: str, line: str, text: str, kind: PageKind) -> None:
    html = BRIEF.format(title=title, heading=heading, line=line, text=text)
    page = Page.from_bytes(html.encode(), url="http://news.qinghe.example/a/7.html")
    assert classify(page).kind is kind
