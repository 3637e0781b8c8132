"""A re-extraction that is stopped or killed: no process stays behind, and it can be taken up again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsspider.archive.retention import prune
from newsspider.errors import ExitCode
from tests.reextract.conftest import NOW

PROJECT = Path(__file__).parents[2]
HOOK = """
import os, time
class Spider(SiteSpider):
    def refine(self, article, page):
        with open({told!r}, "a") as file:
            file.write(f"{{os.getpid()}}\\n")
        time.sleep(60)
        return article
"""


@pytest.fixture
def slow(newsroom, tmp_path):
    """Start a re-extraction whose processes sleep at their first article; return it and their ids."""
    newsroom.crawl()
    told = tmp_path / "pids"
    site = newsroom.sites / "demo_huadong.py"
    text = site.read_text("utf-8").replace("\nclass Spider(SiteSpider):\n", HOOK.format(told=str(told)))
    site.write_text(text, "utf-8")
    settings = (f"EXPORTS_DIR={newsroom.exports}", f"SPIDER_MODULES={newsroom.sites}")
    command = [sys.executable, "-m", "scrapy", "reextract", "--jobs", "2"]
    command += [part for setting in settings for part in ("-s", setting)]
    process = subprocess.Popen(
        command, cwd=PROJECT, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    pids = _until(lambda: {int(pid) for pid in told.read_text().split()} if told.exists() else set())
    yield process, pids
    process.kill()
    process.wait()
    process.stderr.close()


def _until(found, seconds: float = 30):
    deadline = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return value


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_no_process_outlives_a_kill(newsroom, slow):
    process, pids = slow
    assert pids
    assert prune(newsroom.archive, keep_days=0, max_bytes=None, now=NOW).held
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    _until(lambda: not any(map(_is_alive, pids)))
    assert not prune(newsroom.archive, keep_days=36500, max_bytes=None, now=NOW).held


def test_an_interrupt_says_how_to_go_on(slow):
    process, pids = slow
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=30)[1]
    assert process.returncode == ExitCode.STOPPED
    assert "scrapy reextract --resume" in said
    assert "Traceback" not in said
    assert not any(map(_is_alive, pids))
