"""`scrapy report`, run as a person runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

RUN = "20261125T083000Z-dahe-0a1b2c"
PROJECT = Path(__file__).parents[2]


def scrapy_report(exports: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "report", "-s", f"EXPORTS_DIR={exports}", *arguments],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("arguments", [(), (RUN,)])
def test_it_prints_where_the_report_is(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "runs" / RUN).mkdir(parents=True)
    done = scrapy_report(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (0, f"{tmp_path}/runs/{RUN}/report.html\n")
    assert (tmp_path / "runs" / RUN / "report.html").is_file()
    assert (tmp_path / "runs" / "index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((), "there is no run"), ((RUN,), f"no run {RUN}"), (("../../etc",), "is no run id")],
)
def test_it_names_what_is_wrong(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    done = scrapy_report(tmp_path, *arguments)
    assert done.returncode == 4
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
