import gzip
import resource

import pytest

from newsspider.discover.link import Link
from newsspider.discover.sitemap import MAX_LINKS, read_sitemap
from newsspider.discover.xml_reader import MAX_BYTES, inflated

URL = "http://news.example.cn/sitemap.xml"

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>http://news.example.cn/a/1.html</loc><lastmod>2023-03-28</lastmod></url>
<url><loc> /a/2.html </loc><news:news><news:publication><news:name>云溪</news:name></news:publication>
<news:publication_date>2023-03-29T10:00:00+08:00</news:publication_date><news:title>云溪大桥今日通车</news:title></news:news></url>
<url><loc>http://news.example.cn/a/1.html</loc></url><url><loc></loc></url>
</urlset>"""

LINKS = (
    Link(url="http://news.example.cn/a/2.html", title="云溪大桥今日通车", date="2023-03-29T10:00:00+08:00"),
    Link(url="http://news.example.cn/a/1.html", modified="2023-03-28"),
)


def test_news_sitemap_newest_first() -> None:
    found = read_sitemap(NEWS.encode(), url=URL)
    assert found.links == LINKS
    assert (found.indexes, found.problem) == ((), None)


def test_gzip_whatever_the_content_type() -> None:
    assert read_sitemap(gzip.compress(NEWS.encode()), url=URL).links == LINKS


def test_a_cut_gzip_gives_its_readable_part() -> None:
    body = "".join(f"<url><loc>http://e.cn/{n}.html</loc></url>" for n in range(20_000))
    whole = gzip.compress(f"<urlset>{body}</urlset>".encode())
    found = read_sitemap(whole[: len(whole) // 2], url=URL)
    assert 5_000 < len(found.links) < 20_000
    assert found.links[0].url == "http://e.cn/0.html"


def test_index_that_includes_itself() -> None:
    body = f"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>http://news.example.cn/2022.xml.gz</loc><lastmod>2022-12-31</lastmod></sitemap>
    <sitemap><loc>{URL}?utm_source=x</loc></sitemap>
    <sitemap><loc>http://news.example.cn/2023.xml.gz</loc><lastmod>2023-03-29T00:00:00Z</lastmod></sitemap></sitemapindex>"""
    found = read_sitemap(body.encode(), url=URL)
    assert [link.url for link in found.indexes] == [
        "http://news.example.cn/2023.xml.gz",
        "http://news.example.cn/2022.xml.gz",
    ]
    assert found.problem == "includes_itself"


@pytest.mark.parametrize(
    ("body", "links", "problem"),
    [
        (b"<html><head><title>404</title></head></html>", 0, "no_sitemap"),
        (b"<!DOCTYPE html><p>x", 0, "no_sitemap"),
        (b"", 0, "no_sitemap"),
        (b"\x1f\x8b broken", 0, "no_sitemap"),
        (b"<urlset></urlset>", 0, "no_sitemap"),
        (b"User-agent: *\nDisallow: /", 0, "no_sitemap"),
        (b"http://e.cn/1\nhttp://e.cn/2\r\n\nhttp://e.cn/1\n", 2, None),
        (b"<rss><item><link>http://e.cn/1</link></item></rss>", 1, None),
        (b"<urlset><url><loc>http://e.cn/v?a=1&b=2</loc></url><url><loc>http://e.cn/2", 1, None),
        (b"<URLSET><url><loc>javascript:1</loc></url><url><loc>http://e.cn/2</loc></url></URLSET>", 1, None),
    ],
)
def test_shapes(body: bytes, links: int, problem: str | None) -> None:
    found = read_sitemap(body, url=URL)
    assert (len(found.links), found.problem) == (links, problem)


def test_urls_beyond_the_limit_are_left() -> None:
    body = "".join(f"<url><loc>http://e.cn/{n}</loc></url>" for n in range(MAX_LINKS + 10))
    found = read_sitemap(f"<urlset>{body}</urlset>".encode(), url=URL)
    assert (len(found.links), found.problem) == (MAX_LINKS, "too_many_urls")


def test_bombs_are_not_inflated() -> None:
    bomb = gzip.compress(b"<urlset>" + b"<url><loc>http://e.cn/1</loc></url>" * 600_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(inflated(bomb)) == MAX_BYTES
    assert [link.url for link in read_sitemap(bomb, url=URL).links] == ["http://e.cn/1"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


@pytest.mark.parametrize(
    "body",
    [
        "<urlset>" + "<a>" * 200_000,
        "<urlset>" + "<a/>" * 500_000,
        "<urlset><url>" + "<a/>" * 500_000,
        "<urlset " + " ".join(f'a{n}="1"' for n in range(20_000)) + "/>",
    ],
    ids=["deep", "flat", "one entry", "attributes"],
)
def test_hostile_xml_ends(body: str) -> None:
    assert read_sitemap(body.encode(), url=URL).problem == "no_sitemap"


@pytest.mark.parametrize(
    ("stamps", "kept"),
    [
        (["2026-11-25T08:30:00Z"] * 20, 0),
        ([f"2026-11-25T08:30:{n:02}Z" for n in range(20)], 0),
        (["2026-11-25T08:30:00Z"] * 15 + ["2026-11-24T08:30:00Z"] * 5, 5),
        # Pages that were changed when they were, and days.
        ([f"2026-11-25T08:{n:02}:00Z" for n in range(20)], 20),
        (["2026-11-25T08:30:00Z"] * 9, 9),
        (["2026-11-25"] * 20, 20),
    ],
)
def test_when_the_sitemap_was_made_says_nothing_of_its_pages(stamps: list[str], kept: int) -> None:
    entries = "".join(
        f"<url><loc>http://news.example.cn/{n}.html</loc><lastmod>{stamp}</lastmod></url>"
        for n, stamp in enumerate(stamps)
    )
    sitemap = read_sitemap(f"<urlset>{entries}</urlset>".encode(), url="http://news.example.cn/sitemap.xml")
    assert len(sitemap.links) == len(stamps)
    assert sum(link.modified is not None for link in sitemap.links) == kept
