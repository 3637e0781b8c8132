"""The archive replayed: pywb serves it, a real browser without a window shows the page.

Needs Chromium, and pywb in any environment: its `wayback` on PATH, or named by PYWB_WAYBACK.
"""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest

from newsspider.archive.exchange import Exchange
from newsspider.archive.wacz import Period, pack
from newsspider.archive.writer import Archive
from newsspider.demo.answering import Answers
from newsspider.demo.sites import HUADONG, ZHONGYUAN
from newsspider.demo.world import World

WAYBACK = os.environ.get("PYWB_WAYBACK") or shutil.which("wayback")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WACZ = os.environ.get("WACZ") or shutil.which("wacz")
#: Where to keep screenshots; nowhere by default.
SHOTS = os.environ.get("REPLAY_SCREENSHOTS")

WORLD = World(date(2026, 11, 20), scale=30)
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def archived(tmp_path: Path) -> Path:
    """Archive the demo's pages as a crawler receives them: some chunked, some compressed, one twice."""
    answers = Answers(WORLD)
    root = tmp_path / "archive"
    with Archive.open(root, run="20261120T090000Z-many-0a1b2c") as archive:
        for site in (ZHONGYUAN, HUADONG):
            paths = ["/", "/css/site.css", "/images/pixel.png", *[a.path for a in WORLD.articles(site)]]
            for path in paths:
                answer = answers.answer(site.host, path, {})
                headers = tuple((name.encode(), value.encode()) for name, value in answer.headers.items())
                archive.append(
                    Exchange(
                        url=site.origin + path,
                        at=AT,
                        status=answer.status,
                        reason="OK",
                        headers=(*headers, (b"Transfer-Encoding", b"chunked")),
                        payload=answer.body,
                    )
                )
    return root


@pytest.fixture
def replayed(archived: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the archive with pywb; gives the beginning of its URLs."""
    if WAYBACK is None:
        pytest.skip("pywb is missing: pip install pywb (in an environment of its own), set PYWB_WAYBACK")
    manager = str(Path(WAYBACK).with_name("wb-manager"))
    work = tmp_path / "pywb"
    work.mkdir()
    files = [str(path) for path in archived.glob("*/*.warc.gz")]
    subprocess.run([manager, "init", "news"], cwd=work, check=True, capture_output=True)
    subprocess.run([manager, "add", "news", *files], cwd=work, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [WAYBACK, "-b", "127.0.0.1", "-p", str(port)],
        cwd=work,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/news"
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(url: str) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def _browser(url: str, profile: Path, *options: str) -> str:
    if CHROMIUM is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    shown = subprocess.run(
        [
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            f"--user-data-dir={profile}", "--virtual-time-budget=8000", "--window-size=1000,1200",
            *options, url,
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return shown.stdout


@pytest.mark.timeout(300)
@pytest.mark.parametrize("site", [ZHONGYUAN, HUADONG], ids=lambda site: site.name)
def test_pywb_replays_the_demo_in_a_real_browser(replayed, tmp_path, site):
    article = next(WORLD.articles(site))
    url = f"{replayed}/20261120090000mp_/{site.origin}{article.path}"
    page = _browser(url, tmp_path / "browser", "--dump-dom")
    assert article.title in page
    if SHOTS:
        shot = Path(SHOTS) / f"replay-{site.name}.png"
        framed = url.replace("mp_/", "/")
        _browser(framed, tmp_path / "browser", f"--screenshot={shot}")
        assert shot.stat().st_size > 10_000


def test_pywb_replays_the_bytes_that_were_received(replayed):
    article = next(WORLD.articles(ZHONGYUAN))
    answer = Answers(WORLD).answer(ZHONGYUAN.host, article.path, {})
    url = f"{replayed}/20261120090000id_/{ZHONGYUAN.origin}{article.path}"
    with urllib.request.urlopen(url, timeout=20) as response:
        assert response.read() == answer.body
    same = f"{replayed}/20261120090000id_/{HUADONG.origin}/images/pixel.png"  # a revisit
    with urllib.request.urlopen(same, timeout=20) as response:
        assert response.read().startswith(b"\x89PNG")


def test_a_wacz_is_valid(archived, tmp_path):
    if WACZ is None:
        pytest.skip("py-wacz is missing: pip install wacz (in an environment of its own), set WACZ")
    target = tmp_path / "news.wacz"
    pack(archived, target, Period(), title="演示", now=AT)
    checked = subprocess.run(
        [WACZ, "validate", "-f", str(target)], capture_output=True, text=True, check=False
    )
    assert "Validation succeeded" in checked.stdout + checked.stderr
    assert urlsplit(ZHONGYUAN.origin).port == 8470
