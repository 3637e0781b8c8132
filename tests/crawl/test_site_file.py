"""The file of a site: what is written is read back as the same profile, whatever its texts hold."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.crawl.inquiry.site_file import class_name, site_file
from newsspider.crawl.spider_loader import SiteSpiderLoader
from newsspider.discover.shapes import Shape
from newsspider.profile import Layout, SiteProfile

FULL = SiteProfile(
    name="full_1",
    title="全站",
    region="CN-HA",
    hosts=("a.example.cn", "*.b.example.cn:8080"),
    start=("http://a.example.cn/", 'http://a.example.cn/?q="x"'),
    article_url=r"/a/\d+\.html$|/b/\w+$",
    layouts=(Layout(when="#zoom", body="#zoom", remove=".ad"), Layout(body='div[class="x"]')),
    sitemaps=("http://a.example.cn/map.xml",),
    feeds=("http://x.b.example.cn:8080/feed",),
    load_more=("http://a.example.cn/api?page={page}",),
    delay=3.5,
    javascript=True,
    insecure_tls=True,
)
SHAPES = (
    Shape(pattern=r"/a/\d+\.html$", example="http://a.example.cn/a/1.html", count=3),
    Shape(pattern=r"/b/\w+$", example="http://a.example.cn/b/x1", count=3),
)


def reread(text: str, folder: Path, name: str) -> SiteProfile:
    (folder / "site.py").write_text(text, encoding="utf-8")
    loader = SiteSpiderLoader((str(folder),))
    assert loader.problems == ()
    return loader.profiles()[name]


@pytest.mark.parametrize("shapes", [(), SHAPES])
def test_every_field_is_written_and_read_back(tmp_path: Path, shapes: tuple[Shape, ...]) -> None:
    text = site_file(FULL, about="By hand.", shapes=shapes)

    assert reread(text, tmp_path, "full_1") == FULL
    assert all(len(line) <= 110 for line in text.splitlines())
    for shape in shapes:
        assert f"# {shape.example}\n" in text


@given(title=st.text(min_size=1), query=st.text(alphabet="\"'\\{}()\n\t #`%é中\u2028", max_size=12))
def test_texts_of_a_page_are_never_code(title: str, query: str) -> None:
    url = f"http://a.example.cn/?q={query}"
    profile = dataclasses.replace(FULL, title=title, start=(url,), article_url=None, layouts=())
    text = site_file(profile, about="x", shapes=(Shape(pattern="a", example=url, count=1),))

    module: dict[str, Any] = {"__name__": "site"}
    exec(text, module)  # noqa: S102  # as an import does
    assert set(module) == {"__name__", "__doc__", "__builtins__", "SiteProfile", "SiteSpider", "Full1Spider"}
    assert module["Full1Spider"].profile == profile


@pytest.mark.parametrize(
    ("name", "expected"),
    [("dahe", "DaheSpider"), ("demo_huadong", "DemoHuadongSpider"), ("360_news", "_360NewsSpider")],
)
def test_class_name(name: str, expected: str) -> None:
    assert class_name(name) == expected
    assert expected.isidentifier()
