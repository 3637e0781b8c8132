"""Pages of the discovery tests, in our own words."""

from collections.abc import Callable

import pytest

from newsspider.page.document import Page

MakePage = Callable[..., Page]


@pytest.fixture
def make_page() -> MakePage:
    """Return a function that makes a page from HTML and its URL."""

    def make(html: str, url: str | None = "http://news.example.cn/") -> Page:
        return Page.from_bytes(html.encode(), url=url, content_type="text/html; charset=utf-8")

    return make


@pytest.fixture
def listing_html() -> str:
    """A channel of a county's portal: menu, twenty headlines with their days, pager, footer."""
    menu = "".join(
        f'<li><a href="/{path}/">{name}</a></li>'
        for path, name in [
            ("yw", "要闻"),
            ("xz", "乡镇"),
            ("ms", "民生"),
            ("wh", "文化"),
            ("sp", "视频"),
            ("zt", "专题"),
        ]
    )
    towns = ["清河镇", "白塔乡", "柳林镇", "石桥乡", "双峰镇"]
    topics = ["春耕备耕全面展开", "举办农民丰收运动会", "新建三所乡村幼儿园", "道路改造提前完工"]
    rows = "".join(
        f'<li><a href="./202303/t202303{day:02}_4418{day:02}.html">{towns[day % 5]}{topics[day % 4]}</a>'
        f"<span>[2023-03-{day:02}]</span></li>"
        for day in range(28, 8, -1)
    )
    return f"""<html><head><title>要闻_云溪县融媒</title></head><body>
    <div class="nav"><ul>{menu}</ul></div>
    <div class="list"><ul>{rows}</ul></div>
    <div class="pages"><a href="index_1.html">2</a> <a href="index_1.html">下一页</a></div>
    <div class="footer"><a href="/about/us.html">关于我们</a> <a href="/about/law.html">法律声明</a>
    <a href="http://beian.example.gov.cn/">云ICP备00000001号</a></div></body></html>"""
