"""`scrapy rebuild [DIR]`: make the ledger anew from the exports."""

import argparse
import sys
import time
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsspider.crawl.lines_progress import progress_of_lines
from newsspider.crawl.own_settings import QUIET_SETTINGS
from newsspider.crawl.schedule import next_visit
from newsspider.errors import AlreadyRunning, ConfigurationError, ExitCode, StoreError
from newsspider.page.urls import article_id
from newsspider.store.rebuilding import rebuild
from newsspider.store.visits import Rules

_CODES = {
    AlreadyRunning: ExitCode.ALREADY_RUNNING,
    ConfigurationError: ExitCode.CONFIGURATION,
    StoreError: ExitCode.DISK,
}


class Command(ScrapyCommand):
    """Throw the ledger away and make it from articles, reprints, visits and events."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = QUIET_SETTINGS

    def syntax(self) -> str:
        """Show the arguments."""
        return "[DIR]"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "Make the ledger anew from the exports (every run does so by itself when it is lost)"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Rebuild; 5 while a run is at work."""
        del opts
        if len(args) > 1:
            raise UsageError("one folder at most")
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        root = Path(args[0] if args else self.settings.get("EXPORTS_DIR") or "exports").expanduser()
        started = time.monotonic()
        try:
            with progress_of_lines() as progress:
                report = rebuild(root, rules=Rules(next_visit, article_id), progress=progress)
        except tuple(_CODES) as error:
            sys.stderr.write(f"newsspider: {error}\n")
            self.exitcode = int(next(code for kind, code in _CODES.items() if isinstance(error, kind)))
            return
        for warning in report.warnings:
            sys.stdout.write(f"{warning}\n")
        seconds = time.monotonic() - started
        sys.stdout.write(f"the ledger knows {report.adopted:,} lines again, after {seconds:.1f} s\n")
