"""A run ends with its store closed, whatever else went wrong."""

import time
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings

import newsspider.settings
from newsspider.crawl.plan import Plan
from newsspider.crawl.run import Run
from newsspider.errors import ExitCode, StoreError
from newsspider.items import Outcome
from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider

PROFILE = SiteProfile(
    name="site", title="站", region=None, hosts=("news.example",), start=("http://news.example/",)
)


def run_of(folder: Path, **settings: Any) -> Run:
    values = Settings()
    values.setmodule(newsspider.settings)
    values.setdict({"EXPORTS_DIR": str(folder), **settings})
    made = type("Site", (SiteSpider,), {"profile": PROFILE})
    crawler = Crawler(made, values)
    run = Run.of(crawler)
    run.open(made.from_crawler(crawler))
    assert run.failure is None, run.message
    return run


def test_an_archive_that_cannot_be_sealed_leaves_no_store_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = run_of(tmp_path)
    plan = Plan(site="site", url="http://news.example/1.html", via="page", expects="article")
    monkeypatch.setattr(run, "_timer", object())  # no reactor runs here: the close commits
    run.keep_unfetched(plan, Outcome.FAILED, "timeout")
    monkeypatch.setattr(run, "_timer", None)

    def full() -> None:
        raise StoreError("no room")

    assert run.archive is not None
    monkeypatch.setattr(run.archive, "close", full)
    run.close()
    assert (run.failure, run.message) == (ExitCode.DISK, "no room")
    assert [path.name for path in (tmp_path / "runs" / run.id).iterdir() if "visits" in path.name] == [
        "visits.jsonl"
    ]


def test_limits_are_noted_once_and_in_little_time(tmp_path: Path) -> None:
    run = run_of(tmp_path, ARCHIVE_ENABLED=False)
    begun = time.process_time()
    for _ in range(2):
        for number in range(20_000):
            run.limit_reached(f"site{number}", "pages_limit", "http://news.example/")
    assert len(run.limits) == 20_000
    assert time.process_time() - begun < 5
    run.close()
