"""The end of a run as the commands call it: report, summary, metrics, last line."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from newsspider.crawl.reports.metrics import write_metrics
from newsspider.crawl.reports.run_report import check_report_settings, report_run
from newsspider.errors import ConfigurationError, ExitCode

RUN = "20261125T083000Z-dahe-0a1b2c"


@pytest.fixture(autouse=True)
def _no_workflow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture
def exports(make_run: Callable[[str], Any]) -> Path:
    run = make_run(RUN)
    run.visit("listing", via="start")
    run.article()
    folder: Path = run.write()
    return folder.parent.parent


def test_a_run_is_reported(exports: Path) -> None:
    errors = io.StringIO()
    report = report_run(exports, RUN, Settings(), code=ExitCode.FINE, errors=errors)
    assert report is not None
    assert (exports / "runs" / RUN / "report.html").is_file()
    assert (exports / "runs" / RUN / "report.json").is_file()
    assert (exports / "runs" / "index.html").is_file()
    assert errors.getvalue().splitlines()[-1].startswith("newsspider: exit 0, fine: 1 new article")


def test_the_verdict_of_a_json_log_is_json(exports: Path) -> None:
    errors = io.StringIO()
    report_run(exports, RUN, Settings({"LOG_JSON": True}), code=ExitCode.FINE, errors=errors)
    (line,) = errors.getvalue().splitlines()
    said = json.loads(line)
    assert said["message"].startswith("newsspider: exit 0, fine: 1 new article")
    assert (said["exit_code"], said["run"], said["totals"]["new"]) == (0, RUN, 1)


def test_a_run_that_never_began_has_a_last_line(tmp_path: Path) -> None:
    errors = io.StringIO()
    told = report_run(
        tmp_path, None, Settings(), code=ExitCode.ALREADY_RUNNING, message="dahe", errors=errors
    )
    assert told is None
    assert errors.getvalue() == "newsspider: exit 5, another run holds the site: dahe\n"
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_does_not_hide_the_summary(exports: Path) -> None:
    (exports / "runs" / RUN / "report.json").mkdir()
    errors = io.StringIO()
    report = report_run(exports, RUN, Settings(), code=ExitCode.DISK, message="full", errors=errors)
    assert report is not None
    lines = errors.getvalue().splitlines()
    assert lines[0].startswith("newsspider: the report was not written: ")
    assert lines[-1] == "newsspider: exit 3, the disk failed or is full: full"


def test_a_lost_run_folder_is_said(tmp_path: Path) -> None:
    errors = io.StringIO()
    assert report_run(tmp_path, RUN, Settings(), code=ExitCode.DISK, errors=errors) is None
    assert "no report" in errors.getvalue()
    assert errors.getvalue().splitlines()[-1].startswith("newsspider: exit 3")


def test_metrics_for_prometheus(exports: Path, tmp_path: Path) -> None:
    parser = pytest.importorskip("prometheus_client.parser")
    folder = tmp_path / "metrics"
    settings = Settings({"METRICS_DIR": str(folder)})
    check_report_settings(settings)
    report = report_run(exports, RUN, settings, code=ExitCode.FINE, errors=io.StringIO())
    path = folder / "newsspider_dahe.prom"
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in parser.text_string_to_metric_families(path.read_text("utf-8"))
        for sample in family.samples
    }
    assert samples["newsspider_exit_code", "dahe"] == 0
    assert samples["newsspider_new_articles", "dahe"] == 1
    assert samples["newsspider_visits", "listing", "dahe"] == 1
    assert samples["newsspider_field_coverage", "title", "dahe"] == 1
    assert samples["newsspider_run_seconds", "dahe"] == 730
    assert report is not None
    assert write_metrics(report, folder) == path


def test_metrics_that_cannot_be_written_are_a_line(exports: Path, tmp_path: Path) -> None:
    pytest.importorskip("prometheus_client")
    (tmp_path / "file").touch()
    errors = io.StringIO()
    settings = Settings({"METRICS_DIR": str(tmp_path / "file")})
    report_run(exports, RUN, settings, code=ExitCode.FINE, errors=errors)
    assert "the metrics were not written" in errors.getvalue()


def test_settings_are_checked_before_the_crawl() -> None:
    check_report_settings(Settings())
    with pytest.raises(ConfigurationError, match="NOTIFY_ON"):
        check_report_settings(Settings({"NOTIFY_ON": "x"}))


def test_metrics_without_the_extra_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "prometheus_client", None)
    with pytest.raises(ConfigurationError, match=r"newsspider\[metrics\]"):
        check_report_settings(Settings({"METRICS_DIR": "x"}))
