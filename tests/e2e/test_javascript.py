"""Lists that are built by script, read with a real browser; and those for which none is needed."""

import gzip
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newsspider.archive.reader import read_at
from newsspider.crawl.download import browser
from newsspider.demo.server import DemoServer
from newsspider.demo.sites import ADDRESSES, HAIXI, script_profile
from newsspider.demo.world import CHINA, World
from newsspider.errors import ConfigurationError
from newsspider.profile import SiteProfile
from tests.e2e.demo_world import served, write_site
from tests.e2e.script_site import FOREIGN, OWN, ScriptSite
from tests.faults import certificates

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(
    BROWSER is None or importlib.util.find_spec("scrapy_playwright") is None,
    reason="needs a Chromium and the extra javascript",
)


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with served(World(datetime.now(CHINA).date())) as running:
        yield running


@pytest.fixture
def site() -> Iterator[ScriptSite]:
    with ScriptSite() as running:
        yield running


def browsers(mark: str) -> list[int]:
    """The processes of browsers that a crawl started: `mark` is in the environment it was given."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue  # It ended, or is not ours.
    return found


@needs_browser
def test_the_demos_script_built_list(server: DemoServer, scrapy: Callable, tmp_path: Path) -> None:
    sites = tmp_path / "with_browser"
    write_site(sites, script_profile())
    ended = scrapy("crawl", HAIXI.name, sites=sites, RESOLVER_ADDRESSES=json.dumps(dict(ADDRESSES)))
    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err
    expected = {article.url for article in server.world.expected().articles if article.site is HAIXI}
    assert {record["url"] for record in ended.articles} == expected
    # The scripts ask in the crawler's name, and only for lists: articles are fetched as always.
    agents = {request.headers["user-agent"] for request in server.requests}
    assert len(agents) == 1 and "Chrome" not in agents.pop()
    assert [r.path for r in server.requests if r.path.startswith("/api/list.json?page=1")]
    articles = [r.path for r in server.requests if r.path.startswith("/a/")]
    assert len(articles) == len(expected)
    # The page as the scripts left it lies in the archive, marked as such.
    home = next(v for v in ended.visits if v["via"] == "start")
    place = ended.exports / "archive" / home["warc"][0]["file"]
    assert "<li><a href=" in read_at(place, home["warc"][0]["offset"]).body().decode()
    assert b"rendered: browser" in gzip.decompress(place.read_bytes())


@needs_browser
def test_no_page_leaves_its_site(site: ScriptSite, scrapy: Callable, tmp_path: Path) -> None:
    starts = ("curious", "moved-away", "leaver", "poller", "missing")
    sites = site.write_site(tmp_path / "curious_sites", starts=starts)
    ended = scrapy(
        "crawl",
        "scripted",
        sites=sites,
        RESOLVER_ADDRESSES=site.addresses,
        DOWNLOAD_TIMEOUT=10,
        RETRY_TIMES=0,
    )
    lists = {v["url"].removeprefix(f"{site.own}/"): v for v in ended.visits if v["via"] == "start"}
    outcomes = {name: (visit["outcome"], visit["reason"]) for name, visit in lists.items()}
    assert outcomes == {
        "curious": ("listing", None),
        "moved-away": ("refused", "other host"),
        "leaver": ("refused", "other host"),
        "poller": ("listing", None),
        "missing": ("gone", "http 404"),
    }
    assert lists["curious"]["new_links"] == lists["poller"]["new_links"] == 8
    assert site.asked(FOREIGN) == []
    assert site.asked("127.0.0.1") == []
    own = site.asked(OWN)
    assert "/leads-away" in own and "/poll" in own
    assert "/picture.png" not in own
    assert "Traceback" not in ended.err


@needs_browser
def test_what_is_no_whole_page_fails_in_time(site: ScriptSite, scrapy: Callable, tmp_path: Path) -> None:
    sites = site.write_site(tmp_path / "broken_sites", starts=("busy", "giant", "torn", "plain"))
    began = time.monotonic()
    ended = scrapy(
        "crawl", "scripted", sites=sites, RESOLVER_ADDRESSES=site.addresses,
        DOWNLOAD_TIMEOUT=4, RETRY_TIMES=0, CIRCUIT_BREAKER_FAILURES=99, DOWNLOAD_MAXSIZE=200_000,
    )  # fmt: skip
    assert time.monotonic() - began < 90
    reasons = {
        v["url"].removeprefix(f"{site.own}/"): (v["outcome"], v["reason"])
        for v in ended.visits
        if v["via"] == "start"
    }
    assert reasons == {
        "busy": ("failed", "timeout"),
        "giant": ("failed", "too large"),
        "torn": ("failed", "truncated"),
        "plain": ("listing", None),
    }
    assert ended.code == 9


@needs_browser
def test_private_addresses_are_not_asked(site: ScriptSite, scrapy: Callable, tmp_path: Path) -> None:
    sites = site.write_site(tmp_path / "private_sites", starts=("plain",))
    ended = scrapy(
        "crawl", "scripted", sites=sites, RESOLVER_ADDRESSES=site.addresses,
        ALLOW_PRIVATE_ADDRESSES=0, ROBOTSTXT_OBEY=0, RETRY_TIMES=0,
    )  # fmt: skip
    assert ended.outcomes == {("refused", "address not public"): 1}
    assert site.requests == []


@needs_browser
@pytest.mark.parametrize(("excepted", "ending"), [(False, ("failed", "tls")), (True, ("listing", None))])
def test_certificates_are_verified(excepted: bool, ending: tuple, scrapy: Callable, tmp_path: Path) -> None:
    with ScriptSite(tls=certificates.context(tmp_path)) as site:
        sites = site.write_site(tmp_path / "tls_sites", starts=("plain",), insecure_tls=excepted)
        ended = scrapy(
            "crawl", "scripted", sites=sites, RESOLVER_ADDRESSES=site.addresses, ROBOTSTXT_OBEY=0,
            RETRY_TIMES=0, CLOSESPIDER_PAGECOUNT=1,
        )  # fmt: skip
        assert bool(site.requests) is excepted
    assert ending in ended.outcomes
    assert ended.run["insecure_tls"] == (["scripted"] if excepted else [])


@needs_browser
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 11), (signal.SIGKILL, -9)])
def test_no_browser_outlives_its_crawl(
    site: ScriptSite, start: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: int, code: int
) -> None:
    mark = f"NEWSSPIDER_TEST_MARK={os.getpid()}-{sent}"
    monkeypatch.setenv(*mark.split("="))
    sites = site.write_site(tmp_path / "stopped_sites", starts=("poller", "curious", "leaver", "plain"))
    process: subprocess.Popen = start(
        "crawl", "scripted", sites=sites, RESOLVER_ADDRESSES=site.addresses, DOWNLOAD_DELAY=1
    )
    deadline = time.monotonic() + 60
    while "/poll" not in site.asked(OWN) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "/poll" in site.asked(OWN)
    process.send_signal(sent)
    assert process.wait(60) == code
    deadline = time.monotonic() + 20
    while (left := set(browsers(mark)) - {os.getpid()}) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not left


def scripted_profile() -> SiteProfile:
    return SiteProfile(
        name="scripted", title="新区在线", region=None, hosts=("a.example",), start=("http://a.example/",),
        javascript=True,
    )  # fmt: skip


def test_nothing_is_installed_unless_a_site_asks_for_it() -> None:
    settings = Settings()
    before = dict(settings.getdict("DOWNLOAD_HANDLERS"))
    browser.install(settings, ())
    assert settings.getdict("DOWNLOAD_HANDLERS") == before
    assert "PLAYWRIGHT_LAUNCH_OPTIONS" not in settings


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"scripted: .*pip install 'newsspider\[javascript\]'"):
        browser.install(Settings(), (scripted_profile(),))


@pytest.mark.skipif(
    importlib.util.find_spec("scrapy_playwright") is None, reason="needs the extra javascript"
)
def test_a_missing_browser_ends_with_4(
    site: ScriptSite, scrapy: Callable, tmp_path: Path, monkeypatch
) -> None:
    sites = site.write_site(tmp_path / "lonely_sites", starts=("plain",))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    for words in (("crawl", "scripted"), ("crawlsites", "scripted"), ("checksites", "scripted")):
        ended = scrapy(*words, sites=sites, RESOLVER_ADDRESSES=site.addresses)
        assert ended.code == 4, ended.err
        assert "install Chromium" in ended.last_line
        assert "Traceback" not in ended.err
    assert site.requests == []


def test_a_list_in_the_pages_own_data_needs_no_browser(
    server: DemoServer, scrapy: Callable, tmp_path: Path
) -> None:
    """`/data/` shows nothing without script, but carries its list as JSON."""
    profile = script_profile()
    embedded = SiteProfile(
        name=profile.name, title=profile.title, region=profile.region, hosts=profile.hosts,
        start=(f"{HAIXI.origin}/data/",),
    )  # fmt: skip
    sites = tmp_path / "without_browser"
    write_site(sites, embedded)
    ended = scrapy("crawl", HAIXI.name, sites=sites, RESOLVER_ADDRESSES=json.dumps(dict(ADDRESSES)))
    assert ended.code == 0, ended.err
    channel = HAIXI.channels[1]
    expected = {a.url for a in server.world.expected().articles if a.site is HAIXI and a.channel is channel}
    assert {record["url"] for record in ended.articles} == expected
    assert not [request.path for request in server.requests if request.path.startswith("/api/")]
