"""`scrapy addsite` and `scrapy checksites` on the demo's sites: portal, 2012 portal, HTML 5, mobile, edition, script."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from newsspider.crawl.spider_loader import SiteSpiderLoader
from newsspider.demo.loopback import LoopbackServer
from newsspider.demo.server import DemoServer
from newsspider.demo.sites import ADDRESSES, PORT, SITES
from newsspider.demo.world import CHINA, World

ROOT = Path(__file__).parent.parent.parent
# Another loopback address than the demo's own: the demo may run beside the tests.
ADDRESS = "127.0.0.78"


class _Server(DemoServer):
    def __init__(self, world: World) -> None:
        super().__init__(world)
        LoopbackServer.__init__(self, ADDRESS, PORT)


@pytest.fixture(scope="module")
def world():
    world = World(datetime.now(CHINA).date())
    with _Server(world):
        yield world


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {
        "ALLOW_PRIVATE_ADDRESSES": "1",
        "RESOLVER_ADDRESSES": json.dumps(dict.fromkeys(ADDRESSES, ADDRESS)),
        "DOWNLOAD_DELAY": "0",
        "DOWNLOAD_TIMEOUT": "0.7",
        "RETRY_TIMES": "0",
    }
    given = [text for name, value in settings.items() for text in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", *arguments, *given]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_every_site_is_added_and_then_checked(world, tmp_path: Path) -> None:
    """The pattern finds each article of the world; one crawlable profile a site; all of them check well."""
    for site in SITES:
        added = scrapy("addsite", f"{site.origin}/", "--yes", "--into", str(tmp_path))
        assert added.returncode == 0, added.stderr
        assert added.stderr == ""

    loader = SiteSpiderLoader((str(tmp_path),))
    assert loader.problems == ()
    profiles = {profile.hosts: profile for profile in loader.profiles().values()}
    for site in SITES:
        profile = profiles[f"{site.host}:8470",]
        assert profile.title.startswith(site.title)
        articles = list(world.articles(site))
        found = [article for article in articles if profile.article_pattern.search(article.url)]
        assert len(found) == len(articles)
        for url in profile.start:
            assert not profile.article_pattern.search(url)

    told = tmp_path / "check.json"
    checked = scrapy("checksites", "-s", f"SPIDER_MODULES={tmp_path}", "--json", str(told))

    assert checked.returncode == 0, checked.stderr
    sites = json.loads(told.read_text("utf-8"))["sites"]
    assert len(sites) == len(SITES)
    for site in sites:
        assert site["dead_because"] is None
        # The demo's own odd pages are among the newest: gone, moved, hanging.
        assert site["whole"] >= 0.6 * len(site["samples"]), site
