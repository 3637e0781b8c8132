"""The commands that name a site: list, crawl, shell, parse; with a broken file beside it."""

from pathlib import Path

import pytest

from newsspider.crawl.inquiry.site_file import site_file
from newsspider.profile import SiteProfile

BROKEN = """
from newsspider.profile import Layout, SiteProfile
from newsspider.site_spider import SiteSpider

class BrokenSpider(SiteSpider):
    profile = SiteProfile(
        name="broken", title="x", region="CN-HE", hosts=("a.cn",), start=("http://a.cn/",),
        layouts=(Layout(body="div["),),
    )
"""


@pytest.fixture
def sites(portals, tmp_path: Path) -> Path:
    """A folder with a good site, one with a wrong selector and one that is no Python."""
    portal = portals.portals["luhe"]
    profile = SiteProfile(
        name="luhe",
        title=portal.title,
        region=portal.region,
        hosts=(f"www.luhe.test:{portals.port}",),
        start=tuple(portal.lists.values()),
    )
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "luhe.py").write_text(site_file(profile, about="A test."), encoding="utf-8")
    (folder / "broken.py").write_text(BROKEN)
    (folder / "worse.py").write_text("class (:\n")
    return folder


def test_list_prints_our_sites(scrapy) -> None:
    ended = scrapy("list")

    assert (ended.returncode, ended.stderr) == (0, "")
    names = ended.stdout.split()
    assert len(names) == 74
    assert names == sorted(names)
    assert {"dahe", "rednet", "qianlong"} <= set(names)


def test_list_names_every_error_and_ends_with_4(scrapy, sites: Path) -> None:
    ended = scrapy("list", "-s", f"SPIDER_MODULES={sites}")

    assert ended.returncode == 4
    assert ended.stdout == "luhe\n"
    first, second = ended.stderr.splitlines()
    assert first.startswith(f"{sites}/broken.py:8: layouts: body='div['")
    assert second.startswith(f"{sites}/worse.py:1: SyntaxError")


def test_the_good_site_is_crawled_beside_broken_files(portals, scrapy, sites: Path, tmp_path: Path) -> None:
    ended = scrapy("crawl", "luhe", "-s", f"SPIDER_MODULES={sites}", "-s", f"EXPORTS_DIR={tmp_path}/exports")

    assert ended.returncode == 0, ended.stderr
    (segment,) = (tmp_path / "exports" / "articles").glob("*/*.jsonl")
    assert len(segment.read_text("utf-8").splitlines()) == len(portals.portals["luhe"].stories)
    assert "2 site files have problems" in ended.stderr


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("broken", "broken.py:8: layouts: body='div['"),
        ("worse", "worse.py:1: SyntaxError"),
        ("lhue", "there is no site named 'lhue'; did you mean luhe?"),
    ],
)
def test_crawling_a_broken_site_ends_with_4(
    portals, scrapy, sites: Path, tmp_path, name: str, message: str
) -> None:
    ended = scrapy("crawl", name, "-s", f"SPIDER_MODULES={sites}", "-s", f"EXPORTS_DIR={tmp_path}/exports")

    assert ended.returncode == 4
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr
    assert portals.hits == []
    assert not (tmp_path / "exports").exists()


def test_shell_and_parse_find_the_site_of_a_url(portals, scrapy, sites: Path) -> None:
    story = portals.portals["luhe"].stories[0]
    modules = ("-s", f"SPIDER_MODULES={sites}")

    shell = scrapy("shell", story.url, "-c", "(spider.name, response.status)", *modules)
    parse = scrapy("parse", story.url, "--nocolour", *modules)

    assert (shell.returncode, shell.stdout.strip()) == (0, "('luhe', 200)")
    assert parse.returncode == 0, parse.stderr
    assert story.title in parse.stdout
