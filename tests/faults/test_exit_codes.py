"""P6: the exit code tells the truth, one misbehaviour at a time, on the real command (P7: and the numbers add up)."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults import bad_bodies as torn
from tests.faults import misbehaviours as bad
from tests.faults.healthy import Healthy
from tests.faults.server import FaultyServer
from tests.running import Ended

FAST = {"DOWNLOAD_TIMEOUT": 2, "BACKOFF_SECONDS": 0.1}

#: site, exit code, how its visits end (outcome, reason): some of them.
CASES: dict[str, tuple[Any, int, set[tuple[str, str | None]]]] = {
    "healthy": (Healthy(), 0, {("stored", None), ("listing", None)}),
    "all 404": (bad.AllGone(), 9, {("gone", "http 404")}),
    "a listing 404": (bad.ListingGone(), 9, {("gone", "http 404")}),
    "soft 404": (bad.SoftGone(), 9, {("gone", "soft_404")}),
    "layout changed": (bad.LayoutChanged(), 9, set()),
    "empty pages": (bad.EmptyPage(), 9, {("not_news", "empty")}),
    "5xx on articles": (bad.ServerError(), 9, {("failed", "unavailable")}),
    "5xx on everything": (bad.ServerError(lists=True), 9, {("failed", "http 500")}),
    "429, Retry-After an hour": (bad.TooMany(retry_after="3600"), 9, {("failed", "rate limited")}),
    "429 once, a second": (bad.TooMany(retry_after="1", times=1), 0, {("stored", None)}),
    "blocked": (bad.Blocked(), 9, {("blocked", "blocked")}),
    "blocked at the door": (bad.Blocked(lists=True), 9, set()),
    "truncated bodies": (torn.Truncated(), 9, {("failed", "unavailable")}),
    "5xx three times": (bad.ServerError(first=3), 0, {("stored", None)}),
    "broken chunks": (torn.BrokenChunk(), 9, {("failed", "unavailable")}),
    "gzip without its end": (torn.BadGzip(), 9, {("failed", "truncated")}),
    "bombs": (torn.Bomb(), 9, {("failed", "too large")}),
    "endless bodies": (torn.EndlessBody(), 9, {("failed", "too large")}),
    "1 GB announced": (torn.HugeBody(), 9, {("failed", "too large")}),
    "hanging articles": (torn.Hanging(), 9, {("failed", "unavailable")}),
    "one hanging article": (torn.Hanging(only=frozenset({3})), 0, {("failed", "timeout"), ("stored", None)}),
    "slow headers": (torn.SlowHeaders(), 9, {("failed", "unavailable")}),
    "slow bodies": (torn.SlowBody(), 9, {("failed", "unavailable")}),
    "silence": (torn.Silent(), 9, {("failed", "robots.txt unreachable")}),
    "connections cut": (torn.HangsUp(), 9, {("failed", "unavailable")}),
    "strange headers": (torn.StrangeHeaders(), 0, {("stored", None)}),
    "wrong content types": (bad.WrongType(), 0, {("stored", None)}),
    "redirect to itself": (bad.RedirectToSelf(), 9, {("failed", "redirects")}),
    "redirect loop": (bad.RedirectLoop(), 9, {("failed", "redirects")}),
    "30 hops": (bad.RedirectChain(hops=30), 9, {("failed", "redirects")}),
    "3 hops": (bad.RedirectChain(hops=3), 0, {("stored", None)}),
    "redirect to the home page": (bad.RedirectTo(target="/"), 9, {("gone", "redirect to the home page")}),
    "redirect to a file": (bad.RedirectTo(target="file:///etc/passwd"), 9, {("failed", "http 302")}),
    "redirect to data": (bad.RedirectTo(target="data:text/html,x"), 9, {("failed", "http 302")}),
    "robots.txt 503": (bad.RobotsStatus(status=503), 9, {("failed", "robots.txt unreachable")}),
    "robots.txt 404": (bad.RobotsStatus(status=404), 0, {("stored", None)}),
    "robots.txt is a page": (bad.RobotsHtml(), 0, {("stored", None)}),
    "robots.txt of 10 MB": (bad.RobotsHuge(), 0, {("stored", None)}),
    "robots.txt forbids all": (bad.RobotsDisallowAll(), 9, {("refused", "robots.txt")}),
    "robots.txt silent": (bad.RobotsSilent(), 9, {("failed", "robots.txt unreachable")}),
}


@pytest.mark.parametrize("name", list(CASES))
def test_p6_exit_code(name: str, tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    site, code, endings = CASES[name]
    with FaultyServer(site) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", **FAST)
    assert ended.code == code, ended.err
    assert endings <= set(ended.outcomes), ended.outcomes
    assert "Traceback" not in ended.err
    assert ended.run["exit_code"] == code
    assert ended.last_line.startswith(f"newsspider: exit {code}, ")
    report = ended.report
    counted = Counter(visit["outcome"] for visit in ended.visits)
    for told in report["sites"]:
        assert {k: n for k, n in told["outcomes"].items() if n} == dict(counted)
    if code == 0:
        assert len(ended.articles) + counted["failed"] == 60


def test_dns_dead(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    with FaultyServer(Healthy()) as server:
        server.write_spider(
            tmp_path / "sites", hosts=("nowhere.invalid",), start=("http://nowhere.invalid/",)
        )
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", **FAST)
    assert ended.code == 9
    assert "robots.txt unreachable" in ended.last_line
    assert "Traceback" not in ended.err


def test_p11_private_addresses_are_refused_by_default(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    with FaultyServer(bad.Trap()) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", ALLOW_PRIVATE_ADDRESSES=0)
        assert server.requests == []
    assert ended.code == 9


def test_already_running(tmp_path: Path, scrapy: Callable[..., Ended], start: Callable) -> None:
    import time

    with FaultyServer(torn.Delayed(seconds=0.5)) as server:
        server.write_spider(tmp_path / "sites")
        first = start("crawl", "faulty", sites=tmp_path / "sites")
        deadline = time.monotonic() + 20
        while not server.requests and time.monotonic() < deadline:
            time.sleep(0.05)
        before = {path: path.read_bytes() for path in (tmp_path / "exports").rglob("*.jsonl*")}
        second = scrapy("crawl", "faulty", sites=tmp_path / "sites")
        assert second.code == 5, second.err
        assert "Traceback" not in second.err
        for path, content in before.items():
            assert path.read_bytes().startswith(content)
        assert first.poll() is None


def signalled(process: Any, server: FaultyServer, *, after: int, times: int) -> tuple[int, str, float]:
    """Send SIGTERM once or twice after some requests; exit code, last line, seconds until the end."""
    import signal
    import time

    deadline = time.monotonic() + 30
    while len(server.requests) < after and time.monotonic() < deadline:
        time.sleep(0.02)
    began = time.monotonic()
    for _ in range(times):
        process.send_signal(signal.SIGTERM)
        time.sleep(0.1)
    _, err = process.communicate(timeout=60)
    return process.returncode, err.strip().splitlines()[-1], time.monotonic() - began


@pytest.mark.parametrize(("times", "code", "seconds"), [(1, 11, 60), (2, 13, 5)])
def test_signals(
    tmp_path: Path, start: Callable, scrapy: Callable, times: int, code: int, seconds: float
) -> None:
    with FaultyServer(torn.Delayed(seconds=0.2)) as server:
        server.write_spider(tmp_path / "sites")
        process = start("crawl", "faulty", sites=tmp_path / "sites")
        got, line, took = signalled(process, server, after=8, times=times)
        assert (got, took < seconds) == (code, True), line
        assert line.startswith(f"newsspider: exit {code}, ")
        assert not list((tmp_path / "exports").rglob("*.part"))
        # What was in flight is fetched by the next run, which needs no repair.
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites")
        assert ended.code == 0, ended.err
        assert len(ended.articles) == len({record["id"] for record in ended.articles}) == 60


def test_time_limit(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    with FaultyServer(torn.Delayed(seconds=0.3)) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", CLOSESPIDER_TIMEOUT=2)
    assert ended.code == 15, ended.err


def test_memory_limit(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    with FaultyServer(torn.Delayed(seconds=0.3)) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy(
            "crawl",
            "faulty",
            sites=tmp_path / "sites",
            MEMUSAGE_LIMIT_MB=30,
            MEMUSAGE_CHECK_INTERVAL_SECONDS=1,
        )
    assert ended.code == 14, ended.err


@pytest.mark.parametrize(
    ("setting", "value"), [("SITE_PAGE_LIMIT", 10), ("SITE_BYTES_LIMIT", 20_000), ("RUN_BYTES_LIMIT", 20_000)]
)
def test_budgets_end_gracefully_and_the_next_run_goes_on(
    tmp_path: Path, scrapy: Callable[..., Ended], setting: str, value: int
) -> None:
    with FaultyServer(Healthy()) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", **{setting: value})
        assert ended.code == 0, ended.err
        assert any(setting in limit["limit"] for limit in ended.run["limits"])
        assert f"{setting}={value}" in ended.err
        assert 0 < len(ended.articles) < 60
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites")
        assert len(ended.articles) == len({record["id"] for record in ended.articles}) == 60


def test_read_only_exports(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    (tmp_path / "exports").write_text("not a folder")
    with FaultyServer(Healthy()) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites")
        assert server.requests == []
    assert ended.code == 4, ended.err
    assert "Traceback" not in ended.err


def test_exports_deleted_during_the_run(tmp_path: Path, start: Callable) -> None:
    import shutil
    import time

    with FaultyServer(torn.Delayed(seconds=0.1)) as server:
        server.write_spider(tmp_path / "sites")
        process = start("crawl", "faulty", sites=tmp_path / "sites")
        deadline = time.monotonic() + 30
        while len(server.requests) < 12 and time.monotonic() < deadline:
            time.sleep(0.02)
        shutil.rmtree(tmp_path / "exports", ignore_errors=True)
        shutil.rmtree(tmp_path / "exports", ignore_errors=True)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3, err


def test_unknown_site_and_bad_arguments(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    with FaultyServer(Healthy()) as server:
        server.write_spider(tmp_path / "sites")
        for arguments in (
            ("nosuch",),
            ("faulty", "-a", "since=yesterday"),
            ("faulty", "-a", "limit=-1"),
            ("faulty", "-a", "sinc=2026-01-01"),
        ):
            ended = scrapy("crawl", *arguments, sites=tmp_path / "sites")
            assert ended.code == 4, ended.err
            assert "Traceback" not in ended.err
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", FAILED_SITES_TOLERATED="many")
        assert ended.code == 4, ended.err


def test_limit_holds_in_every_run(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    with FaultyServer(Healthy()) as server:
        server.write_spider(tmp_path / "sites")
        for number in (1, 2):
            ended = scrapy("crawl", "faulty", "-a", "limit=5", sites=tmp_path / "sites")
            assert ended.code == 0, ended.err
            assert len(ended.articles) == 5 * number
            assert any(limit["limit"] == "limit=5" for limit in ended.run["limits"])
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites")
        assert len(ended.articles) == 60
