"""A world of 10,000 articles: what a second run costs, and that it misses nothing."""

import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from newsspider.demo.server import DemoServer
from newsspider.demo.sites import ADDRESSES, profiles
from newsspider.demo.world import CHINA, World
from newsspider.errors import ConfigurationError
from newsspider.profile import SiteProfile
from tests.running import Ended, scrapy

__all__ = ["scrapy"]

SCALE = 10_000
#: How many requests a second run may need that finds 50 new and 5 corrected articles, robots.txt included.
REQUESTS = 150


def write_site(folder: Path, profile: SiteProfile) -> None:
    """Write a demo site's file, as a person would."""
    names = ("name", "title", "region", "hosts", "start", "article_url", "sitemaps", "feeds", "load_more")
    fields = "".join(
        f"        {name}={getattr(profile, name)!r},\n" for name in names if getattr(profile, name)
    )
    (folder / f"{profile.name}.py").write_text(
        "from newsspider.profile import SiteProfile\nfrom newsspider.site_spider import SiteSpider\n\n\n"
        f"class DemoSpider(SiteSpider):\n    profile = SiteProfile(\n{fields}    )\n",
        encoding="utf-8",
    )


@pytest.fixture
def server() -> Iterator[DemoServer]:
    """The large world on the demo's own port; another test may hold it for a while."""
    today = datetime.now(CHINA).date()
    running = DemoServer(World(today, scale=SCALE))
    for _ in range(60):
        try:
            running.start()
            break
        except ConfigurationError:
            time.sleep(2)
            running = DemoServer(World(today, scale=SCALE))
    else:
        pytest.skip("the demo's port is in use on this machine")
    yield running
    running.stop()


@pytest.mark.slow
def test_second_run_finds_what_is_new_with_few_requests(server, scrapy, tmp_path):
    sites = tmp_path / "grown_sites"
    sites.mkdir()
    (sites / "__init__.py").touch()
    for profile in profiles():
        write_site(sites, profile)

    def crawl() -> Ended:
        """Crawl as the next day's run would: what is due within a day is due now."""
        names = [profile.name for profile in profiles()]
        return scrapy(
            "crawlsites", *names, sites=sites, RESOLVER_ADDRESSES=json.dumps(dict(ADDRESSES)), DOWNLOAD_TIMEOUT=2,
            BACKOFF_SECONDS=0.1, RETRY_TIMES=1, DUE_AHEAD_HOURS=24,
        )  # fmt: skip

    world = server.world
    first = crawl()
    assert first.code == 0, first.err
    month = world.expected(since=world.today - timedelta(days=29))
    missed = {article.url for article in month.articles} - {record["url"] for record in first.articles}
    assert missed <= {article.url for article in month.twins}

    server.show(World(world.today, scale=SCALE, phase=2))
    before = len(server.requests)
    second = crawl()
    assert second.code == 0, second.err
    recent = server.world.expected(since=world.today - timedelta(days=3))
    known = world.expected(since=world.today - timedelta(days=3)).by_url
    wanted = {(article.url, 1) for article in recent.articles if article.url not in known}
    wanted |= {(article.url, 2) for article in recent.corrected}
    run = second.run["run"]
    assert {
        (record["url"], record["version"]) for record in second.articles if record["run"] == run
    } == wanted
    assert len(wanted) == 55
    assert len(server.requests) - before < REQUESTS
