"""`scrapy crawlsites`: crawl many sites in one process and one engine."""

import argparse
from typing import Any, ClassVar

from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from newsspider.crawl.launch import launch, refuse
from newsspider.crawl.many_sites import ManySitesSpider, chosen
from newsspider.crawl.own_settings import OWN_SETTINGS
from newsspider.errors import ConfigurationError


class Command(BaseRunSpiderCommand):
    """Crawl several sites, in fair turns, with one summary and one report."""

    requires_project = True
    default_settings: ClassVar[dict[str, Any]] = OWN_SETTINGS

    def syntax(self) -> str:
        """Show the arguments."""
        return "[options] [<site> ...]"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "Crawl several sites at once: by name, by region, or all"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --region and --all."""
        super().add_options(parser)
        parser.add_argument(
            "--region",
            action="append",
            default=[],
            metavar="CN-XX",
            help="all sites of a region (repeatable)",
        )
        parser.add_argument("--all", action="store_true", dest="all_sites", help="all sites")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl the sites; the exit code is that of docs/operations.md."""
        if not (args or opts.region or opts.all_sites):
            raise UsageError("name sites, or give --region CN-HA or --all")
        assert self.crawler_process is not None and self.settings is not None  # noqa: S101, PT018 (set by Scrapy)
        try:
            classes = chosen(
                get_spider_loader(self.settings), args, regions=opts.region, all_sites=opts.all_sites
            )
        except ConfigurationError as error:
            self.exitcode = int(refuse(str(error)))
            return
        crawler = self._create_crawler(ManySitesSpider)
        self.exitcode = int(
            launch(self.crawler_process, crawler, "crawlsites", classes=classes, **opts.spargs)
        )
