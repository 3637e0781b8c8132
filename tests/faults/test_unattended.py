"""P6, P7, P10 on the real command: what ends a run that is not a server's misbehaviour, and the last line.

test_exit_codes.py has the servers.
`pytest tests/faults/test_unattended.py -m slow -s` prints the table.
"""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.bad_bodies import Delayed, Hanging
from tests.faults.healthy import Healthy
from tests.faults.server import Exchange, FaultyServer, Site
from tests.running import ROOT, Ended, command, environment

pytestmark = pytest.mark.slow

#: Seconds that each misbehaviour may take.
TWO_MINUTES = 120
OWES_REASON = {"gone", "blocked", "not_news", "refused", "failed"}
Scrapy = Callable[..., Ended]
Start = Callable[..., "subprocess.Popen[str]"]


class ThreeDead(Healthy):
    """Every twentieth article is 404."""

    async def article(self, exchange: Exchange, number: int) -> None:
        if number % 20 == 3:
            await self.missing(exchange)
        else:
            await super().article(exchange, number)


class SecondPageGone(Healthy):
    """The second page of the list is 404."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        if page == 2:
            await self.missing(exchange)
        else:
            await super().listing(exchange, page)


def told(name: str, ended: Ended) -> None:
    """Print a row of the table."""
    sys.stdout.write(f"\n| {name} | {ended.code} | {ended.last_line} |")


def check_sums(ended: Ended) -> None:
    """P7: the report counts what the file of visits holds, and each reason that is owed."""
    report = json.loads((ended.exports / "runs" / ended.run["run"] / "report.json").read_bytes())
    (site,) = report["sites"]
    assert site["visits"] == sum(site["outcomes"].values()) == len(ended.visits)
    owed = sum(count for outcome, count in site["outcomes"].items() if outcome in OWES_REASON)
    assert owed == sum(reason["count"] for reason in site["reasons"])
    assert report["exit_code"] == ended.run["exit_code"] == ended.code


CASES: dict[str, tuple[Site, int, str]] = {
    "three dead links": (ThreeDead(60), 0, "fine: 57 new articles from 1 site"),
    "page 2 of the list 404": (SecondPageGone(60), 9, "listings could not be read: http 404"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_site_that_misbehaves(scrapy: Scrapy, tmp_path: Path, name: str) -> None:
    site, code, words = CASES[name]
    began = time.monotonic()
    with FaultyServer(site) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", DOWNLOAD_TIMEOUT=3)
    told(name, ended)
    assert (ended.code, words in ended.last_line) == (code, True), ended.err[-2000:]
    assert "Traceback" not in ended.err
    assert time.monotonic() - began < TWO_MINUTES
    check_sums(ended)


def test_the_disk_is_full(tmp_path: Path) -> None:
    with FaultyServer(Healthy(60)) as server:
        server.write_spider(tmp_path / "sites")
        exports = tmp_path / "exports"
        words = command("crawl", "faulty", exports=exports, sites=tmp_path / "sites")
        done = subprocess.run(
            ["prlimit", "--fsize=100000", *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=TWO_MINUTES,
            check=False,
            env=environment(),
        )
        ended = Ended(done.returncode, done.stdout, done.stderr, exports)
        told("the disk takes 100 kB a file", ended)
        assert ended.code == 3, ended.err[-2000:]
        assert "exit 3, the disk failed or is full" in ended.last_line
        again = subprocess.run(
            words, cwd=ROOT, capture_output=True, text=True, check=False, env=environment()
        )
        assert again.returncode == 0, again.stderr[-2000:]
    titles = [record["title"] for record in ended.articles]
    assert len(titles) == len(set(titles)) == 60


@pytest.mark.parametrize(("signals", "code", "words"), [(1, 11, "by a signal"), (2, 13, "by two signals")])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals(
    start: Start, tmp_path: Path, number: signal.Signals, signals: int, code: int, words: str
) -> None:
    exports = tmp_path / "exports"
    with FaultyServer(Hanging(60, only=frozenset({10}))) as server:
        server.write_spider(tmp_path / "sites")
        process = start("crawl", "faulty", sites=tmp_path / "sites", exports=exports, DOWNLOAD_TIMEOUT=8)
        end = time.monotonic() + 30
        while time.monotonic() < end and not server.paths(server.site.path(10)):
            time.sleep(0.05)
        time.sleep(0.5)  # what was fetched before is stored within 200 ms
        began = time.monotonic()
        for _ in range(signals):
            process.send_signal(number)
            time.sleep(0.3)
        out, err = process.communicate(timeout=60)
    ended = Ended(process.returncode, out, err, exports)
    told(f"{signals} x {number.name}", ended)
    assert ended.code == code, err[-2000:]
    assert words in ended.last_line
    assert time.monotonic() - began < (5 if signals > 1 else 60)
    assert not list(exports.rglob("*.part"))
    assert 0 < len(ended.articles) < 60
    check_sums(ended)


LIMITS: dict[str, tuple[dict[str, object], int, str]] = {
    "time limit": ({"CLOSESPIDER_TIMEOUT": 4}, 15, "stopped by the time limit"),
    "memory limit": (
        {"MEMUSAGE_LIMIT_MB": 20, "MEMUSAGE_CHECK_INTERVAL_SECONDS": 1},
        14,
        "stopped by the memory limit",
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_limits_end_a_run_gracefully(scrapy: Scrapy, tmp_path: Path, name: str) -> None:
    settings, code, words = LIMITS[name]
    with FaultyServer(Delayed(60, seconds=0.4)) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", **settings)
    told(name, ended)
    assert (ended.code, words in ended.last_line) == (code, True), ended.err[-2000:]
    check_sums(ended)


def test_a_site_limit_is_said_and_is_no_failure(scrapy: Scrapy, tmp_path: Path) -> None:
    with FaultyServer(Healthy(60)) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", SITE_PAGE_LIMIT=20)
    told("page limit of the site", ended)
    assert ended.code == 0, ended.err[-2000:]
    assert "SITE_PAGE_LIMIT" in ended.err
    assert len(ended.articles) < 20
    check_sums(ended)


def test_a_callback_that_never_returns(scrapy: Scrapy, tmp_path: Path) -> None:
    with FaultyServer(Healthy(60)) as server:
        path = server.write_spider(tmp_path / "sites")
        with path.open("a") as file:
            file.write(
                "\n    def refine(self, article, page):\n"
                "        import time\n\n"
                "        time.sleep(600)\n"
                "        return article\n"
            )
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", WATCHDOG_SECONDS=5)
    told("a callback never returns", ended)
    assert ended.code == 15, ended.err[-2000:]


def test_configuration(scrapy: Scrapy, tmp_path: Path) -> None:
    with FaultyServer(Healthy(1)) as server:
        server.write_spider(tmp_path / "sites", hosts=("no host",))
        (tmp_path / "file").touch()
        broken = scrapy("crawl", "faulty", sites=tmp_path / "sites")
        server.write_spider(tmp_path / "sites")
        no_folder = scrapy("crawl", "faulty", sites=tmp_path / "sites", exports=tmp_path / "file")
        contradiction = scrapy("crawl", "faulty", sites=tmp_path / "sites", NOTIFY_ON="sometimes")
        assert server.requests == []
    for name, ended in (
        ("a profile contradicts itself", broken),
        ("the exports folder is a file", no_folder),
        ("a setting contradicts itself", contradiction),
    ):
        told(name, ended)
        assert ended.code == 4, ended.err[-2000:]
        assert "Traceback" not in ended.err


def test_the_port_of_nobody(scrapy: Scrapy, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
        with FaultyServer(Healthy(1)) as server:
            server.write_spider(tmp_path / "sites", hosts=(host,), start=(f"http://{host}/",))
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites")
    told("connection refused", ended)
    assert ended.code == 9
    assert "no way in could be read (0 of 1)" in ended.last_line
