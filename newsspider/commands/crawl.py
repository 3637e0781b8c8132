"""`scrapy crawl NAME`: crawl one site, store what is new, end with a code that tells the truth."""

import argparse

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError

from newsspider.crawl.launch import launch, refuse
from newsspider.errors import ConfigurationError


class Command(BaseRunSpiderCommand):
    """Crawl one site."""

    requires_project = True

    def syntax(self) -> str:
        """Show the arguments."""
        return "[options] <site>"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "Crawl one site: store what is new (-a since=2026-01-01, -a limit=20)"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl the site; the exit code is that of docs/operations.md."""
        if len(args) != 1:
            raise UsageError("name one site; `scrapy crawlsites` crawls several")
        assert self.crawler_process is not None  # noqa: S101 (set by Scrapy)
        try:
            crawler = self._create_crawler(args[0])
        except ConfigurationError as error:
            self.exitcode = int(refuse(str(error)))
            return
        self.exitcode = int(launch(self.crawler_process, crawler, f"crawl {args[0]}", **opts.spargs))
