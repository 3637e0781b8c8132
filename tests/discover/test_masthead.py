"""What home pages say of their sites."""

import pytest

from newsspider.discover.masthead import region, site_title, spider_name
from newsspider.page.document import Page


def page(head: str, foot: str = "") -> Page:
    """Return a home page."""
    text = f"<html><head>{head}</head><body><p>正文</p>{foot}</body></html>"
    return Page.from_bytes(text.encode(), url="http://www.example.cn/")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<title>中原民声网_河南新闻第一门户</title>", "中原民声网"),
        ("<title>首页 - 岭上新闻</title>", "岭上新闻"),
        ("<title>欢迎访问南渡晚报</title>", "南渡晚报"),
        (
            "<title>权威 快速 | 东屏在线 | 浙东门户网站首页欢迎您光临本站请多多指教</title>",
            "东屏在线",
        ),
        ("<meta property='og:site_name' content='海西快讯'><title>x</title>", "海西快讯"),
        ("<title></title>", "www.example.cn"),
        ("", "www.example.cn"),
    ],
)
def test_site_title(head: str, expected: str) -> None:
    """The part that reads like a site's name; else the first; else the host."""
    assert site_title(page(head)) == expected


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        ("<div>豫ICP备05012345号-1 豫公网安备 41010502000001号</div>", "CN-HA"),
        ("<div>互联网新闻信息服务许可证 湘B2-20090007 湘ICP备07002347号</div>", "CN-HN"),
        ("<div>蜀ICP备1号</div>", "CN-SC"),
        ("<div>黔ICP备1号 京ICP备1号 黔公网安备2号</div>", "CN-GZ"),
        ("<div>京东商城，新网银行</div>", None),
        ("", None),
    ],
)
def test_region_is_that_of_the_licence(foot: str, expected: str | None) -> None:
    """Every site in China prints a licence number that begins with its province."""
    assert region(page("", foot)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.dahe.cn/", "dahe"),
        ("http://www.news-land.com.cn/a", "news_land"),
        ("http://127.0.0.1:8470/", "site_127_0_0_1_8470"),
        ("http://epaper.lingnan.example:8470/", "lingnan"),
        ("http://360.cn/", "site_360_cn"),
    ],
)
def test_spider_name(url: str, expected: str) -> None:
    """Short, and of letters that a spider's name may have."""
    assert spider_name(url) == expected
