"""The scheduler's turns, distances and drops, with a clock of its own and no downloader."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.settings import Settings

import newsspider.settings
from newsspider.crawl.plan import Plan, request_for
from newsspider.crawl.run import Run
from newsspider.crawl.scheduler import SiteScheduler
from newsspider.items import Outcome
from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider

PROFILE = SiteProfile(
    name="site", title="站", region=None, hosts=("*.example",), start=("http://a.example/",)
)


class Site(SiteSpider):
    profile = PROFILE


class World:
    """A scheduler with fakes at Scrapy's border: the engine, the timer, the clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **settings: object) -> None:
        values = Settings()
        values.setmodule(newsspider.settings)
        values.setdict({"STORE_ENABLED": False, "DOWNLOAD_DELAY": 2, **settings})
        self.crawler = Crawler(Site, values)
        self.crawler._apply_settings = lambda: None
        downloader = SimpleNamespace(active=set(), per_slot_settings={}, slots={})
        self.crawler.engine = SimpleNamespace(downloader=downloader, _slot=None)
        self.downloader = downloader
        self.now = 1000.0
        self.timers: list[float] = []
        monkeypatch.setattr("newsspider.crawl.scheduler.time", SimpleNamespace(monotonic=lambda: self.now))
        monkeypatch.setattr("newsspider.crawl.scheduler.call_later", self._later)
        self.run = Run.of(self.crawler)
        self.run.sites = {"site": SimpleNamespace(profile=PROFILE)}
        self.dropped: list[tuple[str, Outcome, str]] = []
        monkeypatch.setattr(
            self.run,
            "keep_unfetched",
            lambda plan, outcome, reason, **_: self.dropped.append((plan.url, outcome, reason)),
        )
        self.scheduler = SiteScheduler.from_crawler(self.crawler)
        self.run.scheduler = self.scheduler

    def _later(self, seconds: float, function: Callable[[], None]) -> Any:
        self.timers.append(seconds)
        return SimpleNamespace(cancel=lambda: None)

    def request(self, url: str, *, expects: Any = "article", **meta: Any) -> Request:
        made = request_for(Plan(site="site", url=url, via="page", expects=expects), profile=PROFILE)
        made.meta.update(meta)
        return made

    def add(self, *urls: str, expects: Any = "article") -> list[bool]:
        return [self.scheduler.enqueue_request(self.request(url, expects=expects)) for url in urls]

    def take(self) -> str | None:
        """Take a request; it counts as being downloaded until `done`."""
        request = self.scheduler.next_request()
        if request is None:
            return None
        self.downloader.active.add(request)
        return request.url

    def done(self) -> None:
        self.downloader.active.clear()


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Callable[..., World]:
    return lambda **settings: World(monkeypatch, **settings)


def test_one_request_a_host_at_a_time_and_a_delay_between(world: Callable[..., World]) -> None:
    w = world()
    w.add("http://a.example/1.html", "http://a.example/2.html", "http://b.example/1.html")
    assert (w.take(), w.take(), w.take()) == ("http://a.example/1.html", "http://b.example/1.html", None)
    w.now += 5
    assert w.take() is None, "the first is still being downloaded"
    w.done()
    assert w.take() == "http://a.example/2.html"
    w.add("http://a.example/3.html")
    w.done()
    w.now += 1.9
    assert w.take() is None
    assert w.timers[-1] == pytest.approx(0.1, abs=0.01)
    w.now += 0.2
    assert w.take() == "http://a.example/3.html"
    assert not w.scheduler.has_pending_requests()


def test_hosts_take_turns_and_lists_come_first(world: Callable[..., World]) -> None:
    w = world(DOWNLOAD_DELAY=0)
    w.add("http://a.example/1.html", "http://a.example/2.html", "http://b.example/1.html")
    w.add("http://a.example/list/", expects="listing")
    taken = []
    while (url := w.take()) or w.scheduler.has_pending_requests():
        taken.append(url)
        w.done()
    assert taken == [
        "http://a.example/list/",
        "http://b.example/1.html",
        "http://a.example/1.html",
        "http://a.example/2.html",
    ]


def test_no_more_hosts_at_once_than_the_setting_says(world: Callable[..., World]) -> None:
    w = world(CONCURRENT_HOSTS=2)
    w.add(*(f"http://h{n}.example/1.html" for n in range(4)))
    assert [w.take() is not None for _ in range(4)] == [True, True, False, False]
    w.done()
    assert [w.take() is not None for _ in range(3)] == [True, True, False]


def test_a_url_is_asked_for_once_in_a_run(world: Callable[..., World]) -> None:
    w = world()
    assert w.add("http://a.example/1.html", "https://a.example/1.html", "http://a.example/1.html#x") == [
        True,
        False,
        False,
    ]
    # The same address as a list is another question, and a retry is not a new one.
    assert w.add("http://a.example/1.html", expects="listing") == [True]
    assert w.scheduler.enqueue_request(w.request("http://a.example/1.html", is_retry=True))
    assert w.scheduler.is_settled("site", "http://a.example/1.html")
    assert not w.scheduler.is_settled("site", "http://a.example/9.html")


def test_default_ports_and_cases_are_one_host(world: Callable[..., World]) -> None:
    w = world()
    w.add(
        "http://a.example/1.html",
        "http://A.EXAMPLE:80/2.html",
        "https://a.example:443/3.html",
        "http://a.example:8080/4.html",
    )
    assert [w.take(), w.take(), w.take()] == ["http://a.example/1.html", "http://a.example:8080/4.html", None]


def test_hold_waits_and_slow_down_halves_the_rate(world: Callable[..., World]) -> None:
    w = world()
    w.add("http://a.example/1.html", "http://a.example/2.html", "http://a.example/3.html")
    w.take()
    w.scheduler.hold(w.request("http://a.example/1.html"), 30)
    w.scheduler.slow_down(w.request("http://a.example/1.html"))
    w.done()
    w.now += 29
    assert w.take() is None
    w.now += 1.1
    assert w.take() == "http://a.example/2.html"
    w.done()
    w.now += 3.9
    assert w.take() is None
    w.now += 0.2
    assert w.take() == "http://a.example/3.html"
    assert w.downloader.per_slot_settings["a.example"]["delay"] == 4
    for _ in range(20):
        w.scheduler.slow_down(w.request("http://a.example/1.html"))
    assert w.downloader.per_slot_settings["a.example"]["delay"] == 60


def test_a_rate_without_delay_is_slowed_down_too(world: Callable[..., World]) -> None:
    w = world(DOWNLOAD_DELAY=0)
    w.add("http://a.example/1.html")
    w.scheduler.slow_down(w.request("http://a.example/1.html"))
    assert w.downloader.per_slot_settings["a.example"]["delay"] == 0.25


@pytest.mark.parametrize(("asked", "kept"), [(0.5, 2), (10, 10), (1e9, 60), (float("inf"), 60)])
def test_crawl_delay_only_lengthens_and_has_a_limit(
    world: Callable[..., World], asked: float, kept: float
) -> None:
    w = world()
    slot = w.downloader.slots["a.example"] = SimpleNamespace(delay=2)
    w.scheduler.crawl_delay(w.request("http://a.example/1.html"), asked)
    assert (w.downloader.per_slot_settings["a.example"]["delay"], slot.delay) == (kept, kept)


def test_a_closed_host_ends_what_is_queued_and_what_comes(world: Callable[..., World]) -> None:
    w = world()
    w.add("http://a.example/1.html", "http://a.example/2.html", "http://b.example/1.html")
    w.scheduler.close_host(w.request("http://a.example/1.html"), "unavailable")
    w.add("http://a.example/3.html")
    assert w.dropped == [(f"http://a.example/{n}.html", Outcome.FAILED, "unavailable") for n in (1, 2, 3)]
    assert (w.take(), w.take()) == ("http://b.example/1.html", None)
    assert [(limit.site, limit.limit) for limit in w.run.limits] == [("site", "unavailable")]


def test_blocks_in_a_row_close_a_host(world: Callable[..., World]) -> None:
    w = world(CIRCUIT_BREAKER_FAILURES=3)
    w.add("http://a.example/1.html")
    request = w.request("http://a.example/0.html")
    for again in (True, True, False, True, True):
        w.scheduler.blocked(request, again=again)
    assert w.dropped == []
    w.scheduler.blocked(request, again=True)
    assert w.dropped == [("http://a.example/1.html", Outcome.BLOCKED, "blocked")]


@pytest.mark.parametrize(
    ("setting", "value", "bytes_received"), [("SITE_PAGE_LIMIT", 1, 0), ("SITE_BYTES_LIMIT", 10, 11)]
)
def test_a_budget_ends_a_site_and_says_so(
    world: Callable[..., World], setting: str, value: int, bytes_received: int
) -> None:
    w = world(**{setting: value, "DOWNLOAD_DELAY": 0})
    w.add("http://a.example/1.html", "http://a.example/2.html", "http://a.example/3.html")
    assert w.take()
    w.scheduler.received("site", bytes_received)
    w.done()
    assert w.take() is None
    assert not w.scheduler.has_pending_requests()
    assert [limit.limit for limit in w.run.limits] == [f"{setting}={value}"]
    assert "2 requests not made" in w.run.limits[0].detail


def test_redirects_of_an_article(world: Callable[..., World]) -> None:
    w = world()
    home = w.request("http://a.example/1.html", redirect_times=1).replace(url="http://a.example/index.html")
    assert not w.scheduler.enqueue_request(home)
    assert w.dropped == [("http://a.example/1.html", Outcome.GONE, "redirect to the home page")]
    moved = w.request("http://a.example/2.html", redirect_times=1).replace(url="http://a.example/new/2.html")
    assert w.scheduler.enqueue_request(moved)
    # What it landed on needs no request of its own.
    assert w.add("http://a.example/new/2.html") == [False]
    listing = w.request("http://a.example/list", expects="listing", redirect_times=1).replace(
        url="http://a.example/"
    )
    assert w.scheduler.enqueue_request(listing)


def test_closing_says_what_was_left(world: Callable[..., World]) -> None:
    w = world()
    w.add("http://a.example/1.html", "http://a.example/2.html")
    w.take()
    w.scheduler.close("finished")
    assert w.run.left_over == {"site": 1}
