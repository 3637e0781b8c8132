"""`scrapy addsite`: from a home page to a site's file, on portals in layouts that the code has not seen."""

import gzip
import json
import re
from pathlib import Path

import pytest

from newsspider.crawl.spider_loader import SiteSpiderLoader


def written(into: Path, name: str):
    loader = SiteSpiderLoader((str(into),))
    assert loader.problems == ()
    assert loader.list() == [name]
    return loader.load(name).profile


@pytest.mark.parametrize("name", ["luhe", "qingshan", "haibin"])
def test_a_portal_is_added_and_then_checked(portals, scrapy, tmp_path: Path, name: str) -> None:
    """The file names region, channels and a pattern that finds every article; the site then checks well."""
    portal = portals.portals[name]
    into, pages = tmp_path / "sites", tmp_path / "pages"

    added = scrapy("addsite", portal.home, "--yes", "--into", str(into), "--pages", str(pages))

    assert added.returncode == 0, added.stderr
    profile = written(into, name)
    assert profile.title == portal.title
    assert profile.region == portal.region
    assert set(profile.start) == set(portal.lists.values())
    for story in portal.stories:
        assert profile.article_pattern.search(story.url)
        assert profile.owns(story.url)
    for url in (portal.home, *portal.lists.values()):
        assert not profile.article_pattern.search(url)

    assert_page_holds_the_truth(portal, pages / name)

    checked = scrapy("checksites", "-s", f"SPIDER_MODULES={into}", "--json", str(tmp_path / "check.json"))

    assert checked.returncode == 0, checked.stderr
    (site,) = json.loads((tmp_path / "check.json").read_text("utf-8"))["sites"]
    assert site["dead_because"] is None
    assert site["whole"] == 10
    assert all(way["articles"] for way in site["ways"])


def assert_page_holds_the_truth(portal, folder: Path) -> None:
    """expected.json says what the portal printed, page.html.gz the bytes that it sent."""
    told = json.loads((folder / "expected.json").read_text("utf-8"))
    story = next(story for story in portal.stories if story.url == told["url"])
    article = told["article"]
    assert article["title"] == story.title
    assert article["published_at"] == story.moment.strftime("%Y-%m-%dT%H:%M+08:00")
    assert article["source"] == story.source
    assert article["body"] == list(story.paragraphs)
    host, path = re.fullmatch(r"http://([^:/]+):\d+(/.*)", story.url).groups()
    assert gzip.decompress((folder / "page.html.gz").read_bytes()) == portal.pages[host, path][1]


def test_a_site_file_is_formatted_data(portals, scrapy, tmp_path: Path) -> None:
    """What is written reads as if a person had written it."""
    home = portals.portals["qingshan"].home

    scrapy(
        "addsite",
        home,
        "--yes",
        "--into",
        str(tmp_path),
        "--name",
        "qs",
        "--title",
        "青衫",
        "--region",
        "cn-gd",
    )

    text = (tmp_path / "qs.py").read_text("utf-8")
    news = f"http://news.qingshan.test:{portals.port}"
    day = re.search(r"Surveyed (\S+):", text)[1]
    first = max(portals.portals["qingshan"].stories, key=lambda story: story.url)
    assert (
        text
        == f'''"""青衫 (*.qingshan.test:{portals.port}).

Surveyed {day}: 10 of 10 sample articles were whole.
"""

from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider


class QsSpider(SiteSpider):
    """青衫."""

    profile = SiteProfile(
        name="qs",
        title="青衫",
        region="CN-GD",
        hosts=("*.qingshan.test:{portals.port}",),
        start=(
            "{news}/portal/channel/local",
            "{news}/portal/channel/edu",
            "{news}/portal/channel/life",
        ),
        # {first.url}
        article_url=r"/article\\?(?:.*&)?id=\\d+",
        feeds=("{news}/feed.xml",),
    )
'''
    )


def test_nothing_is_written_without_a_confirmation(portals, scrapy, tmp_path: Path) -> None:
    """Where nobody can be asked, the proposal is shown and that is all."""
    shown = scrapy("addsite", portals.portals["luhe"].home, "--into", str(tmp_path))

    assert shown.returncode == 0
    assert "class LuheSpider" in shown.stdout
    assert "Nothing was written" in shown.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("n", False)])
def test_a_person_reads_and_confirms(portals, scrapy, tmp_path: Path, answer: str, written: bool) -> None:
    """On a terminal the question comes last, below lists, samples and the file."""
    ended = scrapy("addsite", portals.portals["luhe"].home, "--into", str(tmp_path), answer=answer)

    assert ended.returncode == 0, ended.stderr
    order = ["lists", "sample articles", "class LuheSpider", "Write "]
    places = [ended.stdout.index(text) for text in order]
    assert places == sorted(places)
    assert (tmp_path / "luhe.py").exists() is written
    assert ("Nothing was written" in ended.stdout) is not written


def test_an_existing_site_is_not_overwritten(portals, scrapy, tmp_path: Path) -> None:
    """Neither a host that a site owns, nor a name, nor a file."""
    home = portals.portals["luhe"].home
    scrapy("addsite", home, "--yes", "--into", str(tmp_path))
    before = (tmp_path / "luhe.py").read_bytes()

    owned = scrapy("addsite", home, "--yes", "--into", str(tmp_path), "-s", f"SPIDER_MODULES={tmp_path}")
    there = scrapy("addsite", home, "--yes", "--into", str(tmp_path))
    named = scrapy("addsite", home, "--yes", "--into", str(tmp_path), "--name", "dahe")

    assert (owned.returncode, there.returncode, named.returncode) == (4, 4, 4)
    assert "is already in the site luhe" in owned.stderr
    assert "exists" in there.stderr
    assert "there is a site named 'dahe'" in named.stderr
    assert (tmp_path / "luhe.py").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["ftp://www.luhe.test/"], 4, "is not an http(s) URL"),
        (["http://www.luhe.test:1/"], 9, "robots.txt unreachable"),
        (["http://"], 4, "is not an http(s) URL"),
        (["http://[::1/"], 4, "is not an http(s) URL"),
        (["www.luhe.test", "--name", "Not A Name"], 4, "name='Not A Name'"),
        (["www.luhe.test", "--region", "Hebei"], 4, "region='HEBEI'"),
        ([], 2, "name one home page"),
    ],
)
def test_a_wrong_wish_is_refused_in_one_line(
    scrapy, tmp_path: Path, arguments, code: int, message: str
) -> None:
    """No traceback, a code that tells."""
    ended = scrapy("addsite", *arguments, "--yes", "--into", str(tmp_path))

    assert ended.returncode == code, ended.stderr
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_home_page_that_moved_says_where(portals, scrapy, tmp_path: Path) -> None:
    """A redirect out of the domain is named, not followed."""
    portals.pages["www.luhe.test", "/"] = ("redirect", b"http://www.new.example/")

    ended = scrapy("addsite", portals.portals["luhe"].home, "--yes", "--into", str(tmp_path))

    assert ended.returncode == 9
    assert "other host (www.new.example)" in ended.stderr


def test_a_page_without_news_gives_no_site(portals, scrapy, tmp_path: Path) -> None:
    """A site of nothing but service pages."""
    body = "<html><title>某站</title><body><a href='/about'>关于</a><p>建设中</p></body></html>".encode()
    portals.pages["www.luhe.test", "/"] = ("text/html; charset=utf-8", body)

    ended = scrapy("addsite", portals.portals["luhe"].home, "--yes", "--into", str(tmp_path))

    assert ended.returncode == 9
    assert "no list brings articles" in ended.stderr


def test_a_hostile_home_page_writes_no_code(portals, scrapy, tmp_path: Path) -> None:
    """A title with quotes, line ends and backslashes stays a text in the file."""
    portal = portals.portals["luhe"]
    evil = 'x"""\nimport os; os.system("touch /tmp/owned") \\'
    host = ("www.luhe.test", "/")
    kind, body = portals.pages[host]
    text = body.decode("gb18030").replace("潞河新闻网_潞河流域权威新闻门户", evil)
    portals.pages[host] = (kind, text.encode("gb18030"))

    ended = scrapy("addsite", portal.home, "--yes", "--into", str(tmp_path))

    assert ended.returncode == 0, ended.stderr
    profile = written(tmp_path, "luhe")
    assert profile.start
    assert not re.search(r"^import os", (tmp_path / "luhe.py").read_text("utf-8"), re.MULTILINE)


def test_it_asks_few_pages_and_stores_nothing(portals, scrapy, tmp_path: Path) -> None:
    """Home page, robots.txt, three channels, ten articles."""
    scrapy(
        "addsite",
        portals.portals["luhe"].home,
        "--yes",
        "--into",
        str(tmp_path),
        "-s",
        f"EXPORTS_DIR={tmp_path}/x",
    )

    assert len(portals.hits) == 15
    assert len(set(portals.hits)) == 15
    assert not (tmp_path / "x").exists()
