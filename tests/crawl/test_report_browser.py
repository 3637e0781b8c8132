"""report.html in a real browser: nothing acts, and nothing sticks out at the width of a phone."""

import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from newsspider.crawl.reports.writer import write_report

RUN = "20261125T083000Z-many-0a1b2c"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HOSTILE = "\"'><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# The parent page measures its frames; the report itself forbids all scripts.
PARENT = """<!doctype html><body>
<iframe id="phone" src="{page}" style="width:390px;height:800px"></iframe>
<iframe id="desk" src="{page}" style="width:1200px;height:800px"></iframe>
<script>onload = () => {{
  for (const frame of document.querySelectorAll("iframe")) {{
    const page = frame.contentDocument;
    const said = document.createElement("p");
    said.textContent = [frame.id, page.title, page.documentElement.scrollWidth,
      page.querySelectorAll("svg .rect").length].join("|");
    document.body.append(said);
  }}
}};</script>"""
_SAID = re.compile(r"<p>(\w+)\|([^|]*)\|(\d+)\|(\d+)</p>")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@pytest.fixture
def folder(make_run: Callable[[str], Any]) -> Path:
    run = make_run(RUN)
    for site in ("dahe", "a_site_with_a_name_that_is_rather_long_for_a_phone"):
        for _ in range(3):
            run.article(site=site, title=HOSTILE)
        run.article(site=site, title="长" * 300, reprint_of="f" * 32)
        run.visit("failed", site=site, via="listing", reason="x" * 300, url="https://e.example/" + "y" * 900)
    run.visit("gone", url=f"https://e.example/{HOSTILE}", reason=HOSTILE)
    written: Path = run.write(exit_code=9)
    write_report(written.parent.parent, RUN, now=NOW)
    return written


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    runs = folder.parent
    for name in ("report.html", "index.html"):
        page = f"/{RUN}/report.html" if name == "report.html" else "/index.html"
        (runs / f"parent-{name}").write_text(PARENT.format(page=page), "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(runs)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("name", "title"), [("report.html", RUN), ("index.html", "runs")])
def test_in_chromium(address: str, tmp_path: Path, name: str, title: str) -> None:
    assert CHROMIUM is not None
    done = subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--virtual-time-budget=5000",
            "--dump-dom",
            f"{address}/parent-{name}",
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = {frame: (shown, int(width), int(bars)) for frame, shown, width, bars in _SAID.findall(done.stdout)}
    assert set(said) == {"phone", "desk"}, done.stderr[-2000:]
    for frame, width in (("phone", 390), ("desk", 1200)):
        shown, scrolled, bars = said[frame]
        assert shown == f"newsspider: {title}"
        assert scrolled <= width
        assert bars >= (3 if name == "report.html" else 0)
