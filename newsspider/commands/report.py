"""`scrapy report [RUN]`: build a run's report anew from its files."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsspider.crawl.own_settings import QUIET_SETTINGS
from newsspider.crawl.reports.files import REPORT_HTML, RUNS, run_ids
from newsspider.crawl.reports.final_table import console_for, print_summary
from newsspider.crawl.reports.writer import write_report
from newsspider.errors import ConfigurationError, ExitCode


class Command(ScrapyCommand):
    """Write report.json, report.html and the index of runs again, and print where they are."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = QUIET_SETTINGS

    def syntax(self) -> str:
        """Name the arguments."""
        return "[RUN]"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "Write the report of a run again, from its files (default: the latest run)"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the report; its path goes to stdout, the summary to stderr."""
        del opts
        if len(args) > 1:
            raise UsageError("one run at a time")
        assert self.settings is not None  # noqa: S101  # set by Scrapy
        exports = Path(self.settings.get("EXPORTS_DIR") or "exports").expanduser()
        try:
            report = write_report(exports, args[0] if args else _latest(exports), now=_now())
        except ConfigurationError as error:
            self._fail(error, ExitCode.CONFIGURATION)
        except OSError as error:
            self._fail(error, ExitCode.DISK)
        else:
            print_summary(report, exports, console_for(sys.stderr))
            sys.stdout.write(f"{exports / RUNS / report.run / REPORT_HTML}\n")

    def _fail(self, error: Exception, code: ExitCode) -> None:
        sys.stderr.write(f"newsspider: {error}\n")
        self.exitcode = int(code)


def _latest(exports: Path) -> str:
    runs = run_ids(exports)
    if not runs:
        raise ConfigurationError(f"there is no run in {exports / RUNS}")
    return runs[-1]


def _now() -> datetime:
    return datetime.now(UTC)
