"""Bytes and a full disk end a run gracefully, and say so."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import Settings

import newsspider.settings
from newsspider.crawl import limits
from newsspider.crawl.limits import RunLimits
from newsspider.crawl.run import Run
from newsspider.errors import ExitCode
from newsspider.site_spider import SiteSpider

MIB = 1 << 20


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def made(monkeypatch: pytest.MonkeyPatch, folder: Path, **settings: Any) -> tuple[RunLimits, Run]:
    values = Settings()
    values.setmodule(newsspider.settings)
    values.setdict({"STORE_ENABLED": False, "EXPORTS_DIR": str(folder), **settings})
    crawler = Crawler(SiteSpider, values)
    pulse = SimpleNamespace(start=lambda _: None, stop=lambda: None, running=False)
    monkeypatch.setattr(limits, "create_looping_call", lambda _: pulse)
    return RunLimits(crawler), Run.of(crawler)


def receive(watch: RunLimits, size: int) -> None:
    watch.response_downloaded(Response("http://a.example/", body=b"x" * size), Request("http://a.example/"))


def test_bytes_are_counted_to_their_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    watch, run = made(monkeypatch, tmp_path, RUN_BYTES_LIMIT=100)
    receive(watch, 60)
    assert (run.finish_reason, run.limits) == (None, [])
    receive(watch, 40)
    assert run.finish_reason == "bytes limit"
    assert [limit.limit for limit in run.limits] == ["RUN_BYTES_LIMIT=100"]
    assert run.failure is None


def test_no_limit_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    watch, run = made(monkeypatch, tmp_path)
    receive(watch, MIB)
    assert run.finish_reason is None


@pytest.mark.parametrize(
    ("usage", "stops"),
    [
        (Usage(500_000 * MIB, 0, 201 * MIB), False),
        (Usage(500_000 * MIB, 0, 199 * MIB), True),
        (Usage(1_000 * MIB, 0, 60 * MIB), False),  # of a small disk 5 % are enough
        (Usage(1_000 * MIB, 0, 40 * MIB), True),
        (Usage(1_000 * MIB, 0, 0), True),
    ],
)
def test_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, usage: Usage, stops: bool) -> None:
    watch, run = made(monkeypatch, tmp_path, DISK_FREE_LIMIT_MB=200)
    monkeypatch.setattr("newsspider.crawl.limits.shutil.disk_usage", lambda _: usage)
    watch.check_disk()
    assert run.failure is (ExitCode.DISK if stops else None)
    if stops:
        assert f"{usage.free // MIB} MB free" in (run.message or "")


def test_a_folder_that_went_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    watch, run = made(monkeypatch, tmp_path / "gone")
    watch.check_disk()
    assert run.failure is ExitCode.DISK
    assert "cannot be read" in (run.message or "")


@pytest.mark.parametrize(
    ("reason", "named"),
    [
        ("closespider_pagecount", ["CLOSESPIDER_PAGECOUNT=5"]),
        ("closespider_timeout", ["CLOSESPIDER_TIMEOUT=7"]),
        ("finished", []),
    ],
)
def test_limits_of_scrapy_are_noted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, reason: str, named: list[str]
) -> None:
    watch, run = made(monkeypatch, tmp_path, CLOSESPIDER_PAGECOUNT=5, CLOSESPIDER_TIMEOUT=7)
    run.left_over = {"dahe": 3, "hnr": 4}
    watch.spider_closed(reason)
    assert [limit.limit for limit in run.limits] == named
    assert all(limit.detail == "7 URLs left for the next run" for limit in run.limits)
