"""A real scrapyd on loopback: deployed by scrapy.cfg, scheduled over HTTP, its log and output read."""

import json
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.faults.healthy import Healthy
from tests.faults.server import FaultyServer

PROJECT = Path(__file__).parents[2]
DEPLOY = Path(sys.executable).with_name("scrapyd-deploy")
_VERSION = re.compile(r"(\d+)\.")  # 80.9.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("scrapyd") is None or not DEPLOY.exists(),
        reason="needs scrapyd and scrapyd-client: pip install 'newsspider[scrapyd]'",
    ),
]


def within(seconds: float, ask: Callable[[], Any]) -> Any:
    """Return the first answer of `ask` that is not empty."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if answer := ask():
                return answer
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"nothing within {seconds} s")


@pytest.fixture
def scrapyd(tmp_path: Path) -> Iterator[str]:
    """Start a scrapyd that keeps all it has below tmp_path."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path / "scrapyd"
    home.mkdir()
    (home / "scrapyd.conf").write_text(
        f"[scrapyd]\nbind_address = 127.0.0.1\nhttp_port = {port}\npoll_interval = 0.2\nmax_proc = 1\n"
    )
    command = [sys.executable, "-W", "ignore", "-m", "scrapyd", "-n", "--pidfile="]
    with (home / "out.txt").open("wb") as out:
        process = subprocess.Popen(command, cwd=home, stdout=out, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        within(20, lambda: call(f"{url}/daemonstatus.json"))
        yield url
    finally:
        process.terminate()
        process.wait(20)


def call(url: str, **fields: str | list[str]) -> Any:
    """Ask scrapyd; with fields, by POST."""
    data = urllib.parse.urlencode(fields, doseq=True).encode() if fields else None
    with urllib.request.urlopen(url, data, timeout=60) as response:
        answer = json.load(response)
    assert answer["status"] == "ok", answer
    return answer


@pytest.fixture
def project(tmp_path: Path, scrapyd: str) -> Path:
    """Copy the project, as a person who clones it has it, with scrapyd's address in scrapy.cfg."""
    copy = tmp_path / "project"
    ignored = shutil.ignore_patterns("__pycache__", "spiders")
    shutil.copytree(PROJECT / "newsspider", copy / "newsspider", ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, copy)
    config = (PROJECT / "scrapy.cfg").read_text("utf-8")
    assert "http://127.0.0.1:6800/" in config
    (copy / "scrapy.cfg").write_text(config.replace("http://127.0.0.1:6800/", f"{scrapyd}/"))
    return copy


def test_deploy_schedule_and_read_the_log(scrapyd: str, project: Path, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    with FaultyServer(Healthy(5)) as server:
        server.write_spider(project / "newsspider/spiders", name="loopback")
        deployed = subprocess.run(
            [DEPLOY], cwd=project, capture_output=True, text=True, timeout=120, check=False
        )
        assert deployed.returncode == 0, deployed.stderr
        assert call(f"{scrapyd}/listspiders.json?project=newsspider")["spiders"] == ["loopback"]
        job = call(
            f"{scrapyd}/schedule.json",
            project="newsspider",
            spider="loopback",
            setting=[
                f"EXPORTS_DIR={exports}",
                "DOWNLOAD_DELAY=0",
                "ALLOW_PRIVATE_ADDRESSES=True",
                "LOG_LEVEL=DEBUG",
                "LOG_JSON=True",
            ],
        )["jobid"]
        listed = f"{scrapyd}/listjobs.json?project=newsspider"
        within(60, lambda: call(listed)["finished"])
    (segment,) = exports.glob("articles/*/*.jsonl")
    assert len(segment.read_bytes().splitlines()) == 5
    (run,) = exports.glob("runs/2*")
    assert json.loads((run / "report.json").read_bytes())["exit_code"] == 0
    assert (run / "report.html").is_file()
    log = (tmp_path / f"scrapyd/logs/newsspider/loopback/{job}.log").read_text("utf-8")
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    stored = [line["url"] for line in lines if line.get("outcome") == "stored"]
    assert len(stored) == len(set(stored)) == 5


def test_setuptools_can_build_what_scrapyd_needs() -> None:
    """scrapyd-deploy builds an egg with the setuptools that is installed."""
    import setuptools  # comes with scrapyd

    found = _VERSION.match(setuptools.__version__)
    assert found is not None
    described = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    assert int(found[1]) >= 77
    assert described["project"]["entry-points"]["scrapy"] == {"settings": "newsspider.settings"}
