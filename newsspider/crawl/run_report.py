"""After the crawl: the report is written, the summary printed, and who wants to know is told."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from scrapy.settings import BaseSettings

from newsspider.crawl.final_table import console_for, last_line, print_summary
from newsspider.crawl.metrics import check_metrics, write_metrics
from newsspider.crawl.notify import NotifySettings, annotate, notify
from newsspider.crawl.one_line import one_line
from newsspider.crawl.report import RunReport, build_report
from newsspider.crawl.report_writer import write_report
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
    if report is not None:
        print_summary(report, exports, console_for(errors))
        _export_metrics(report, settings, errors)
    line = last_line(code, report, message)
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
    errors.write(f"{line}\n")
    errors.flush()
    return report


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
