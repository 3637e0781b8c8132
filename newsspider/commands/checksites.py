"""`scrapy checksites`: are sites alive, what do their ways in bring, do articles extract whole."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.spiderloader import get_spider_loader

from newsspider.crawl.clock import utc_now
from newsspider.crawl.inquiry.asking import INQUIRY_SETTINGS, Inquiry, inquire_all
from newsspider.crawl.inquiry.check_report import check_table, samples_table, told, ways_table, wide_console
from newsspider.crawl.inquiry.checking import SiteCheck, check_site
from newsspider.crawl.launch import refuse
from newsspider.crawl.many_sites import chosen
from newsspider.crawl.own_settings import OWN_SETTINGS
from newsspider.errors import ConfigurationError, ExitCode, worst

_FEW = 3


class Command(ScrapyCommand):
    """Check sites, all in one process, as politely as a crawl; nothing is stored."""

    requires_project = True
    default_settings: ClassVar[dict[str, Any]] = {**OWN_SETTINGS, **INQUIRY_SETTINGS}

    def syntax(self) -> str:
        """Show the arguments."""
        return "[options] [<site> ...]"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "Check sites: alive? what does each way in bring? do ten articles extract whole?"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ours to Scrapy's options."""
        super().add_options(parser)
        parser.add_argument(
            "--region",
            action="append",
            default=[],
            metavar="CN-XX",
            help="all sites of a region (repeatable)",
        )
        parser.add_argument("--json", metavar="FILE", type=Path, help="write everything found to FILE")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check; 4 where a site's file is broken, 9 where a site is dead."""
        assert self.settings is not None and self.crawler_process is not None  # noqa: S101, PT018 (set by Scrapy)
        loader = get_spider_loader(self.settings)
        problems = tuple(getattr(loader, "problems", ()))
        try:
            spiders = chosen(loader, args, regions=opts.region, all_sites=not (args or opts.region))
        except ConfigurationError as error:
            self.exitcode = int(refuse(str(error)))
            return
        if opts.json is not None and not opts.json.parent.is_dir():
            self.exitcode = int(refuse(f"--json: there is no folder {opts.json.parent}"))
            return
        now = utc_now()
        sites: dict[str, Inquiry[SiteCheck]] = {
            spider.name: Inquiry(spider.profile, lambda profile, ask: check_site(profile, ask, now))
            for spider in spiders
        }
        ended = inquire_all(self.crawler_process, sites)
        if ended is ExitCode.CONFIGURATION:
            self.exitcode = int(ended)
            return
        checks = [site.result for site in sites.values() if site.result is not None]
        unfinished = [name for name, site in sites.items() if site.result is None]
        self._show(checks, unfinished)
        for problem in problems:
            sys.stderr.write(f"{problem}\n")
        written = ExitCode.FINE
        if opts.json is not None:
            written = _write(
                opts.json, json.dumps(told(checks, unfinished, problems), ensure_ascii=False, indent=1)
            )
        dead = unfinished or any(check.dead_because for check in checks)
        codes = (
            ended,
            written,
            ExitCode.CONFIGURATION if problems else ExitCode.FINE,
            ExitCode.SITE_FAILED if dead else ExitCode.FINE,
        )
        self.exitcode = int(worst(*codes))

    def _show(self, checks: list[SiteCheck], unfinished: list[str]) -> None:
        console = wide_console()
        if len(checks) <= _FEW:
            for check in checks:
                console.print(ways_table(check))
                console.print(samples_table(check.samples, f"{check.name}: sample articles"))
        console.print(check_table(checks, unfinished))


def _write(file: Path, text: str) -> ExitCode:
    try:
        file.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"newsspider: {error}\n")
        return ExitCode.DISK
    return ExitCode.FINE
