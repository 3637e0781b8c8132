"""Runs the real command as a user does: a process of its own, its exit code, its files."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIMIT = 120


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it left in its exports folder."""

    code: int
    out: str
    err: str
    exports: Path

    @property
    def last_line(self) -> str:
        return self.err.strip().splitlines()[-1]

    def lines(self, pattern: str) -> list[dict]:
        paths = sorted(self.exports.glob(pattern))
        return [json.loads(line) for path in paths for line in path.read_bytes().split(b"\n") if line]

    @property
    def articles(self) -> list[dict]:
        return self.lines("articles/*/*.jsonl") + self.lines("reprints/*/*.jsonl")

    @property
    def run(self) -> dict:
        newest = max(self.exports.glob("runs/*/run.json"), key=lambda path: path.parent.name)
        return json.loads(newest.read_text("utf-8"))

    @property
    def report(self) -> dict:
        return json.loads((self.exports / "runs" / self.run["run"] / "report.json").read_text("utf-8"))

    @property
    def visits(self) -> list[dict]:
        return self.lines(f"runs/{self.run['run']}/visits.jsonl")

    @property
    def outcomes(self) -> Counter:
        return Counter((visit["outcome"], visit["reason"]) for visit in self.visits)


def command(*arguments: str, exports: Path, sites: Path | None = None, **settings: object) -> list[str]:
    given = {"EXPORTS_DIR": exports, "ALLOW_PRIVATE_ADDRESSES": 1, "DOWNLOAD_DELAY": 0, **settings}
    if sites is not None:
        given["SPIDER_MODULES"] = sites
    options = [part for name, value in given.items() for part in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", *arguments, *options]


@pytest.fixture
def scrapy(tmp_path: Path) -> Callable[..., Ended]:
    """Run a scrapy command to its end: `scrapy("crawl", "faulty", sites=folder)`."""

    def run(*arguments: str, exports: Path | None = None, **settings: object) -> Ended:
        folder = exports or tmp_path / "exports"
        words = command(*arguments, exports=folder, **settings)
        ended = subprocess.run(
            words, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=False, env=environment()
        )
        return Ended(ended.returncode, ended.stdout, ended.stderr, folder)

    return run


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """Start a scrapy command and leave it running; what is left at the end of a test is killed."""
    running: list[subprocess.Popen] = []

    def run(*arguments: str, exports: Path | None = None, **settings: object) -> subprocess.Popen:
        words = command(*arguments, exports=exports or tmp_path / "exports", **settings)
        process = subprocess.Popen(
            words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
        )
        running.append(process)
        return process

    yield run
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate()


def environment() -> dict[str, str]:
    """The user's environment without what CI adds to it."""
    return {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
