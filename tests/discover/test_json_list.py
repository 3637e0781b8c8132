import json

import pytest

from newsspider.discover.json_list import embedded_items, load_more
from newsspider.discover.link import Link

URL = "http://news.example.cn/api/list?page=2"

ROWS = [
    {"id": 1, "title": "云溪大桥今日通车", "url": "/a/1.html", "publishTime": "2023-03-29 10:05:09"},
    {"id": 2, "title": "<em>春茶</em>开采", "url": "http://news.example.cn/a/2.html", "ctime": 1680055509},
    {"id": 3, "title": "早稻插秧", "linkUrl": "//m.example.cn/a/3.html", "date": "前天"},
    {"id": 4, "title": "", "url": "/a/4.html"},
    {"id": 5, "name": "栏目", "url": "javascript:;"},
]
WANTED = (
    Link(url="http://news.example.cn/a/1.html", title="云溪大桥今日通车", date="2023-03-29T10:05:09+08:00"),
    Link(url="http://news.example.cn/a/2.html", title="春茶开采", date="2023-03-29T10:05:09+08:00"),
    Link(url="http://m.example.cn/a/3.html", title="早稻插秧"),
)
TEXT = json.dumps({"code": 0, "data": {"list": ROWS, "total": 5}}, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"callback_12({TEXT});",
        f"var data = {TEXT};",
        f"\ufeff{TEXT}",
        f"/* c */ window.list={TEXT}",
        json.dumps(ROWS),
    ],
)
def test_load_more(text: str) -> None:
    assert load_more(text.encode(), url=URL) == WANTED


def test_load_more_in_gbk() -> None:
    assert load_more(TEXT.encode("gb18030"), url=URL) == WANTED


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"{}",
        b"[]",
        b"[" * 100_000,
        b"<html>",
        b'{"data": []}',
        b'{"title": "x"}',
        b'{"title": 1, "url": []}',
        b"\x00\xff",
    ],
)
def test_what_is_no_list_gives_nothing(body: bytes) -> None:
    assert load_more(body, url=URL) == ()


def test_many_openings_end_soon() -> None:
    assert load_more(b"={" * 1_000_000, url=URL) == ()


PAGES = {
    "next": '<script id="__NEXT_DATA__" type="application/json">{}</script>',
    "state": "<script>window.__INITIAL_STATE__ = {};(function(){{}})()</script>",
    "var": "<script>\nvar cfg = {{a: 1}};\nvar list = {};\n</script>",
}


@pytest.mark.parametrize("name", PAGES)
def test_embedded_items(name, make_page) -> None:
    html = "<html><body><div id='app'></div>" + PAGES[name].format(TEXT) + "</body></html>"
    assert embedded_items(make_page(html)) == WANTED


def test_a_menu_of_two_is_no_list(make_page) -> None:
    menu = json.dumps([{"name": "首页", "url": "/"}, {"name": "要闻", "url": "/yw/"}])
    assert embedded_items(make_page(f"<script>var menu = {menu};</script>")) == ()
