"""The watchdog ends what does not move, and nothing else."""

import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings

import newsspider.settings
from newsspider.crawl import watchdog
from newsspider.crawl.watchdog import GRACE_SECONDS, Watchdog
from newsspider.site_spider import SiteSpider


def made(monkeypatch: pytest.MonkeyPatch, **settings: Any) -> tuple[Watchdog, list[int], SimpleNamespace]:
    """A watchdog whose pulse is beaten by hand and that notes instead of ending the process."""
    values = Settings()
    values.setmodule(newsspider.settings)
    values.setdict({"STORE_ENABLED": False, **settings})
    crawler = Crawler(SiteSpider, values)
    slot = SimpleNamespace(closing=None)
    crawler.engine = SimpleNamespace(_slot=slot)
    pulse = SimpleNamespace(start=lambda _: None, stop=lambda: None, running=False)
    monkeypatch.setattr(watchdog, "create_looping_call", lambda _: pulse)
    ended: list[int] = []
    return Watchdog(crawler, end=ended.append), ended, slot


def test_a_beating_heart_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    dog, _, _ = made(monkeypatch, WATCHDOG_SECONDS=120)
    dog.beat()
    now = time.monotonic()
    assert dog.verdict(now) is None
    assert dog.verdict(now + 119) is None
    assert "nothing has moved" in (dog.verdict(now + 121) or "")


def test_closing_has_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    dog, _, slot = made(monkeypatch, WATCHDOG_SECONDS=1000)
    dog.beat()
    assert dog.verdict(time.monotonic() + GRACE_SECONDS + 1) is None
    slot.closing = object()
    dog.beat()
    assert dog.verdict(time.monotonic() + GRACE_SECONDS - 1) is None
    assert "closing takes more than" in (dog.verdict(time.monotonic() + GRACE_SECONDS + 1) or "")


def test_the_time_limit_has_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    dog, _, _ = made(monkeypatch, WATCHDOG_SECONDS=1000, CLOSESPIDER_TIMEOUT=100)
    assert dog.verdict(time.monotonic() + 100 + GRACE_SECONDS - 1) is None
    assert "time limit" in (dog.verdict(time.monotonic() + 100 + GRACE_SECONDS + 1) or "")


def test_silence_ends_the_process_with_15(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watchdog, "_INTERVAL", 0.01)
    dog, ended, _ = made(monkeypatch, WATCHDOG_SECONDS=0.05)
    dog.spider_opened()
    until = time.monotonic() + 20
    while not ended and time.monotonic() < until:
        time.sleep(0.01)
    assert ended == [15]
    # What the threads were doing is on the error stream: that is what somebody will want to know.
    assert "test_watchdog" in capfd.readouterr().err


def test_a_disk_that_hangs_does_not_keep_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "_INTERVAL", 0.01)
    monkeypatch.setattr(watchdog, "_LAST_WORDS_SECONDS", 0.05)
    dog, ended, _ = made(monkeypatch, WATCHDOG_SECONDS=0.05)
    disk = threading.Event()
    monkeypatch.setattr(dog._run, "abandon", lambda *_: disk.wait(20))
    dog.spider_opened()
    until = time.monotonic() + 10
    while not ended and time.monotonic() < until:
        time.sleep(0.01)
    disk.set()
    assert ended == [15]


@pytest.mark.parametrize("seconds", [0, 3600])
def test_the_end_of_the_engine_ends_the_watch(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setattr(watchdog, "_INTERVAL", 0.01)
    dog, ended, _ = made(monkeypatch, WATCHDOG_SECONDS=seconds)
    before = set(threading.enumerate())
    dog.spider_opened()
    started = set(threading.enumerate()) - before
    assert bool(started) == (seconds > 0)
    dog.engine_stopped()
    for thread in started:
        thread.join(timeout=20)
        assert not thread.is_alive()
    assert ended == []
