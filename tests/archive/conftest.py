"""Exchanges and archives for the tests of this folder."""

import errno
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsspider.archive.exchange import Exchange
from newsspider.archive.writer import Archive
from newsspider.disk import Disk

START = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


@pytest.fixture
def run() -> str:
    return "20261125T083000Z-dahe-0a1b2c"


@pytest.fixture
def exchange() -> Callable[..., Exchange]:
    def make(number: int = 0, **given: object) -> Exchange:
        values: dict[str, object] = {
            "url": f"http://news.example.cn/2026-11/25/{number}.html",
            "at": START + timedelta(seconds=number),
            "status": 200,
            "reason": "OK",
            "headers": ((b"Content-Type", b"text/html; charset=utf-8"), (b"Server", b"nginx")),
            "payload": f"<html><title>第{number}号新闻</title><p>正文{number}".encode() * (number + 1),
            "request_headers": ((b"User-Agent", b"newsspider"), (b"Accept", b"text/html")),
            "ip": "192.0.2.7",
        }
        return Exchange(**(values | given))  # type: ignore[arg-type]

    return make


@pytest.fixture
def open_archive(tmp_path: Path, run: str) -> Callable[..., Archive]:
    def open_one(**given: object) -> Archive:
        options: dict[str, object] = {"run": run, "now": lambda: START}
        return Archive.open(tmp_path / "archive", **(options | given))  # type: ignore[arg-type]

    return open_one


@pytest.fixture
def failing_disk() -> Callable[..., Disk]:
    def make(method: str, errno_name: str, after: int = 0) -> Disk:
        """Return a disk on which `method` fails from its call number `after` on."""
        calls = 0

        def fail(disk: Disk, *args: object, **given: object) -> object:
            nonlocal calls
            calls += 1
            if calls > after:
                raise OSError(getattr(errno, errno_name), errno_name)
            return getattr(Disk, method)(disk, *args, **given)

        return type("FailingDisk", (Disk,), {method: fail})()

    return make
