"""What a person sees while a crawl runs, and that the crawl tells it."""

import io
import logging
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from scrapy import signals
from scrapy.spiders import Spider
from scrapy.utils.test import get_crawler

from newsspider.crawl.progress import Progress
from newsspider.crawl.signals import visit_acknowledged
from newsspider.items import GOOD, Outcome, Visit


def a_visit(site: str, outcome: str) -> Visit:
    kind = Outcome(outcome)
    return Visit(
        run="r",
        site=site,
        url="https://news.example/1.html",
        id="0" * 32,
        via="page",
        outcome=kind,
        reason=None if kind in GOOD else "timeout",
        version=1 if outcome == "stored" else None,
        at="2026-11-25T00:00:00Z",
    )


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def counted(progress: Progress) -> Progress:
    for site, outcome in [
        ("dahe", "stored"),
        ("dahe", "unchanged"),
        ("dahe", "failed"),
        ("dahe", "refused"),
        ("gansu", "stored"),
        ("gansu", "reprint"),
    ]:
        progress.count(a_visit(site, outcome))
    return progress


def test_the_minute_line() -> None:
    clock = Clock()
    progress = counted(Progress(Console(file=io.StringIO()), live=False, interval=60, clock=clock))
    clock.now = 60
    assert progress.line() == "1:00: 2 sites, 5 pages (5 a minute), 2 new articles, 1 error"
    clock.now = 3720
    assert progress.line() == "1:02:00: 2 sites, 5 pages (0 a minute), 2 new articles, 1 error"


def test_the_table_shows_those_that_moved_last() -> None:
    out = io.StringIO()
    console = Console(file=out, width=80)
    progress = counted(Progress(console, live=False, interval=0))
    for number in range(12):
        progress.count(a_visit(f"site{number}", "stored"))
    console.print(progress.table())
    shown = out.getvalue()
    assert "14 sites  17 pages  14 new articles  1 error" in shown
    assert "site11" in shown
    assert "dahe" not in shown


def test_nothing_to_show_yet() -> None:
    out = io.StringIO()
    console = Console(file=out, width=80)
    console.print(Progress(console, live=False, interval=0).table())
    assert "0 sites" in out.getvalue()


def test_the_crawl_tells_it() -> None:
    crawler = get_crawler(Spider, {"EXTENSIONS": {Progress: 1}, "PROGRESS": False})
    progress = crawler.get_extension(Progress)
    assert progress is not None
    crawler.signals.send_catch_log(signals.spider_opened, spider=crawler.spider)
    crawler.signals.send_catch_log(visit_acknowledged, visit=a_visit("dahe", "stored"), record=None)
    crawler.signals.send_catch_log(signals.spider_closed, spider=crawler.spider, reason="finished")
    assert progress.tallies["dahe"].versions["new"] == 1
    assert crawler.stats.get_value("newsspider/stored") == 1


CRAWL = """
import logging, sys
from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerProcess
from newsspider.crawl.log_formatter import LogFormatter
from newsspider.crawl.progress import Progress
from newsspider.crawl.signals import visit_acknowledged
from newsspider.items import Visit, Outcome

class Quiet(Spider):
    name = "quiet"
    async def start(self):
        import asyncio
        for n in range(4):
            self.crawler.signals.send_catch_log(visit_acknowledged, record=None, visit=Visit(
                run="r", site="dahe", url=f"https://news.example/{n}", id="0" * 32, via="page",
                outcome=Outcome.FAILED, reason="timeout", at="2026-11-25T00:00:00Z"))
            await asyncio.sleep(0.3)
        return
        yield

process = AsyncCrawlerProcess({
    "EXTENSIONS": {Progress: 1, "scrapy.extensions.logstats.LogStats": None},
    "LOG_FORMATTER": LogFormatter, "LOG_LEVEL": "INFO", "STATS_DUMP": False,
    "LOG_INSTALL_ROOT_HANDLER": False, "TELNETCONSOLE_ENABLED": False, "LOGSTATS_INTERVAL": float(sys.argv[1]),
})
process.crawl(Quiet)
process.start()
logging.getLogger("newsspider").info("after")
"""


def run_on_terminal(script: Path) -> str:
    leader, follower = pty.openpty()
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "LINES": "30"}
    command = [sys.executable, str(script), "60"]
    with subprocess.Popen(command, stderr=follower, env=environ) as process:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other end is closed: how a terminal says that it is over
                break
            if not part:
                break
            shown += part
        assert process.wait(30) == 0
    os.close(leader)
    return shown.decode()


def test_on_a_terminal_it_is_drawn_below_the_log(tmp_path: Path) -> None:
    script = tmp_path / "crawl.py"
    script.write_text(CRAWL)
    shown = run_on_terminal(script)
    assert "new articles" in shown
    assert "errors" in shown
    assert shown.count("dahe failed: timeout https://news.example/3") == 1
    # The terminal gets its cursor back, and the log goes on behind the drawing.
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")
    assert "INFO: after" in shown[shown.rindex("\x1b[?25h") :]


def test_without_a_terminal_it_is_a_line_an_interval(tmp_path: Path) -> None:
    script = tmp_path / "crawl.py"
    script.write_text(CRAWL)
    done = subprocess.run(
        [sys.executable, str(script), "0.5"], capture_output=True, text=True, timeout=60, check=True
    )
    lines = [line for line in done.stderr.splitlines() if "new articles" in line]
    assert 1 <= len(lines) <= 3
    assert "\x1b" not in done.stderr
    assert "1 site, " in lines[-1]
    assert done.stdout == ""


@pytest.fixture(autouse=True)
def _levels() -> object:
    level = logging.root.level
    yield
    logging.root.setLevel(level)
