"""After the crawl: the report is written, the summary printed, and who wants to know is told."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import msgspec
from scrapy.settings import BaseSettings

from newsspider.crawl.one_line import one_line
from newsspider.crawl.reports.builder import build_report
from newsspider.crawl.reports.final_table import console_for, last_line, print_summary
from newsspider.crawl.reports.metrics import check_metrics, write_metrics
from newsspider.crawl.reports.notify import NotifySettings, annotate, notify
from newsspider.crawl.reports.report import RunReport
from newsspider.crawl.reports.writer import write_report
from newsspider.errors import ConfigurationError, ExitCode


def check_report_settings(settings: BaseSettings) -> None:
    """Refuse settings of reports and notices that contradict themselves, before the crawl."""
    NotifySettings.from_settings(settings)
    if settings.get("METRICS_DIR"):
        check_metrics()


def report_run(  # noqa: PLR0913  # what the end of a run has to say
    exports: Path,
    run: str | None,
    settings: BaseSettings,
    *,
    code: ExitCode,
    message: str | None = None,
    errors: TextIO | None = None,
) -> RunReport | None:
    """Write the report of an ended run, print its summary on `errors` (stderr), and tell.

    `run` is None for a run that never began (its site is held by another, its settings are wrong):
    there is only the last line then. The exit code is given, not judged; nothing that goes wrong
    here changes it.
    """
    errors = sys.stderr if errors is None else errors
    report = None
    if run:
        report = _written(exports, run, errors)
    line = last_line(code, report, message)
    as_json = settings.getbool("LOG_JSON")
    if report is not None:
        if not as_json:
            print_summary(report, exports, console_for(errors))
        _export_metrics(report, settings, errors)
    if report is not None:
        try:
            annotate(report, line)
        except OSError as error:
            errors.write(f"newsspider: no annotations: {one_line(error)}\n")
    notify(
        NotifySettings.from_settings(settings),
        code=code,
        line=line,
        report=report,
        exports=exports,
        errors=errors,
    )
    errors.write(f"{_json_line(code, line, report) if as_json else line}\n")
    errors.flush()
    return report


def _json_line(code: ExitCode, line: str, report: RunReport | None) -> str:
    """Return the verdict as a line of the JSON log, with the numbers of the run."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    said: dict[str, object] = {
        "time": now,
        "level": "INFO" if code is ExitCode.FINE else "ERROR",
        "logger": "newsspider",
        "message": line,
        "exit_code": int(code),
    }
    if report is not None:
        said |= {"run": report.run, "totals": report.totals, "alarms": len(report.alarms)}
    return msgspec.json.encode(said).decode()


def _written(exports: Path, run: str, errors: TextIO) -> RunReport | None:
    """Write the report; on a full disk it can still be told, on a lost one it cannot."""
    now = datetime.now(UTC)
    try:
        return write_report(exports, run, now=now)
    except OSError as error:
        errors.write(f"newsspider: the report was not written: {one_line(error)}\n")
    except ConfigurationError as error:
        errors.write(f"newsspider: no report: {one_line(error)}\n")
        return None
    try:
        return build_report(exports, run, now=now)
    except (OSError, ConfigurationError):
        return None


def _export_metrics(report: RunReport, settings: BaseSettings, errors: TextIO) -> None:
    folder = settings.get("METRICS_DIR")
    if not folder:
        return
    try:
        write_metrics(report, Path(folder).expanduser())
    except OSError as error:
        errors.write(f"newsspider: the metrics were not written: {one_line(error)}\n")
