"""Logs: one line a page, nothing forged, no page text."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.settings import Settings
from scrapy.spiders import Spider
from scrapy.utils.test import get_crawler

from newsspider.crawl.log_formatter import LogFormatter
from newsspider.crawl.log_handler import (
    MESSAGE_LIMIT,
    JsonFormatter,
    LineFormatter,
    close_log,
    install_log,
    opened_handler,
)
from newsspider.crawl.one_line import LIMIT, one_line
from newsspider.crawl.signals import visit_acknowledged
from newsspider.items import Outcome, Visit

HOSTILE = "https://news.example/\r\n2026-11-25 [scrapy] ERROR: forged\x1b[31m\u202e\u2028\ud800\x00\x9b"


def a_visit(url: str = "https://news.example/1.html", **values: object) -> Visit:
    facts: dict[str, object] = {
        "run": "r",
        "site": "dahe",
        "url": url,
        "id": "0" * 32,
        "via": "page",
        "outcome": Outcome.FAILED,
        "reason": "timeout",
        "at": "2026-11-25T00:00:00Z",
    }
    return Visit(**{**facts, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("河南日报　要闻", "河南日报　要闻"),
        ("a\r\nb", r"a\r\nb"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\u202eevil\u200b", r"\u202eevil\u200b"),
        ("a\u2028b\u2029c\x85d", r"a\u2028b\u2029c\x85d"),
        ("\ud800", r"\ud800"),
        ("a\x00b", r"a\x00b"),
        (None, "None"),
    ],
)
def test_one_line(text: object, expected: str) -> None:
    assert one_line(text) == expected


@pytest.mark.parametrize("text", ["x" * 1_000_000, "\n" * 1_000_000, HOSTILE * 9])
def test_one_line_is_cut(text: str) -> None:
    shown = one_line(text)
    assert len(shown) == LIMIT
    assert shown.endswith("…")
    assert shown.isprintable()


def fail(message: str) -> None:
    raise ValueError(message)


def logged(formatter: logging.Formatter, message: str, *args: object, **extra: object) -> str:
    exc_info = extra.pop("exc_info", None)
    record = logging.LogRecord("a.b", logging.ERROR, "f.py", 1, message, args, exc_info)  # type: ignore[arg-type]
    record.__dict__.update(extra)
    return formatter.format(record)


LINE = LineFormatter("%(asctime)s [%(name)s] %(levelname)s: %(message)s")


def test_a_hostile_url_stays_one_line() -> None:
    shown = logged(LINE, "Retrying %s", HOSTILE)
    assert shown.isprintable()
    assert "forged" in shown
    assert len(logged(LINE, "x" * 9_000)) < MESSAGE_LIMIT + 100


def test_a_traceback_cannot_pose_as_a_record() -> None:
    try:
        fail("2026-11-25 [scrapy] ERROR: forged\n2026-11-25 [scrapy] ERROR: twice\x1b" + "文" * 9_000)
    except ValueError:
        shown = logged(LINE, "Error", exc_info=sys.exc_info())
    first, *rest = shown.split("\n")
    assert first.endswith("ERROR: Error")
    assert rest
    assert all(line.startswith("    ") and line.isprintable() and len(line) <= LIMIT + 4 for line in rest)


def test_a_long_traceback_is_cut() -> None:
    try:
        fail("x\n" * 100_000)
    except ValueError:
        assert len(logged(LINE, "Error", exc_info=sys.exc_info()).split("\n")) == 62


def test_json_lines() -> None:
    visit = a_visit(HOSTILE, reason="dns\n", seconds=1.23456, bytes=7)
    shown = logged(JsonFormatter(), "failed %s", HOSTILE, visit=visit)
    assert len(shown.splitlines()) == 1
    line = json.loads(shown)
    assert line["level"] == "ERROR"
    assert line["logger"] == "a.b"
    assert line["time"].endswith("Z")
    assert (line["site"], line["outcome"], line["seconds"], line["bytes"]) == (
        "dahe",
        "failed",
        1.235,
        7,
    )
    assert line["reason"] == r"dns\n"
    assert line["url"].isprintable()


def test_json_traceback_and_site() -> None:
    try:
        fail("a\u2028b")
    except ValueError:
        shown = logged(JsonFormatter(), "no args %s", exc_info=sys.exc_info(), spider=Spider("dahe"))
    line = json.loads(shown)
    assert line["site"] == "dahe"
    assert line["traceback"][-1] == r"ValueError: a\u2028b"
    assert len(shown.splitlines()) == 1


@pytest.mark.parametrize(
    ("outcome", "level"),
    [
        ("stored", "DEBUG"),
        ("refused", "DEBUG"),
        ("gone", "INFO"),
        ("blocked", "INFO"),
        ("failed", "INFO"),
    ],
)
def test_each_visit_is_one_line(outcome: str, level: str, caplog: pytest.LogCaptureFixture) -> None:
    crawler = get_crawler(Spider, {"LOG_FORMATTER": LogFormatter})
    with caplog.at_level(logging.DEBUG):
        crawler.signals.send_catch_log(
            visit_acknowledged, visit=a_visit(HOSTILE, outcome=Outcome(outcome)), record=None
        )
    (record,) = [record for record in caplog.records if record.name == "newsspider.visit"]
    assert record.levelname == level
    message = record.getMessage()
    assert message.startswith(f"dahe {outcome}: timeout https://news.example/")
    assert message.isprintable()


def test_items_and_pages_are_not_logged() -> None:
    formatter, spider, request = (
        LogFormatter(),
        Spider("dahe"),
        Request("https://news.example/1\x1b"),
    )
    assert formatter.crawled(request, None, spider) is None  # type: ignore[arg-type]
    assert formatter.scraped({"body": "正文"}, None, spider) is None
    for said in (
        formatter.dropped({"body": "正文"}, ValueError("why"), None, spider),
        formatter.item_error({"body": "正文"}, ValueError("why"), None, spider),
    ):
        assert "正文" not in str(said)


@contextmanager
def no_handlers() -> Iterator[None]:
    """A process without a log; pytest puts its own handlers in at the start of each test."""
    level, handlers = logging.root.level, logging.root.handlers
    logging.root.handlers = []
    try:
        yield
    finally:
        close_log()
        logging.root.handlers = handlers
        logging.root.setLevel(level)


def say() -> None:
    logging.getLogger("scrapy.middleware").info("Enabled extensions:\n%s", ["a"])
    logging.getLogger("scrapy.middleware").warning("kept")
    logging.getLogger("newsspider").info("一\n二")
    logging.getLogger("newsspider").debug("not shown")


@pytest.mark.parametrize("as_json", [False, True])
def test_the_log_on_standard_error(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings({"LOG_JSON": as_json, "LOG_LEVEL": "INFO", "LOG_SHORT_NAMES": True})
    with no_handlers():
        install_log(settings)
        install_log(settings)  # a second crawler of the process
        say()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "kept" in lines[0]
    assert r"一\n二" in (json.loads(lines[1])["message"] if as_json else lines[1])


def test_the_log_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "crawl.log"
    for append in (True, True, False):
        said = {"LOG_FILE": path, "LOG_FILE_APPEND": append, "LOG_LEVEL": "INFO"}
        with no_handlers():
            install_log(Settings(said))
            say()
    assert len(path.read_text("utf-8").splitlines()) == 2


def test_a_log_that_is_off(capsys: pytest.CaptureFixture[str]) -> None:
    with no_handlers():
        install_log(Settings({"LOG_ENABLED": False}))
        assert opened_handler() is None
    assert capsys.readouterr().err == ""


def test_a_process_with_a_log_of_its_own_keeps_it() -> None:
    before = list(logging.root.handlers)
    assert before  # pytest's
    install_log(Settings())
    assert logging.root.handlers == before
    assert opened_handler() is None


CRAWL = """
import logging
from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from newsspider.crawl.log_formatter import LogFormatter

class Quiet(Spider):
    name = "quiet"
    async def start(self):
        logging.getLogger("scrapy.x").warning("while it runs\\n")
        return
        yield

process = AsyncCrawlerProcess({
    "LOG_FORMATTER": LogFormatter, "LOG_INSTALL_ROOT_HANDLER": False, "LOG_LEVEL": "INFO",
    "LOG_JSON": True, "TELNETCONSOLE_ENABLED": False,
})
process.crawl(Quiet)
process.start()
"""


def test_every_line_of_a_crawl_is_json() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRAWL], capture_output=True, text=True, timeout=60, check=True
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert r"while it runs\n" in [line["message"] for line in lines]
    assert "quiet" in [line.get("site") for line in lines]
    assert "scrapy.middleware" not in [line["logger"] for line in lines]
