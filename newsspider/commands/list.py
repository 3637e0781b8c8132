"""`scrapy list`: the names of the sites, and every error in their files."""

import argparse
import sys
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.spiderloader import get_spider_loader

from newsspider.crawl.piped_output import piped_output
from newsspider.crawl.site_table import site_table
from newsspider.errors import ExitCode
from newsspider.site_spider import SiteSpider


class Command(ScrapyCommand):
    """List the sites; broken files go to stderr and end it with 4."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "List the sites; name every error in their files"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ours to Scrapy's options."""
        super().add_options(parser)
        parser.add_argument("--markdown", action="store_true", help="print the table of docs/sites.md")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print names to stdout and problems to stderr."""
        del args
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        loader = get_spider_loader(self.settings)
        with piped_output():
            if opts.markdown:
                spiders = (loader.load(name) for name in loader.list())
                sites = [spider for spider in spiders if issubclass(spider, SiteSpider)]
                sys.stdout.write(site_table(sites))
            else:
                sys.stdout.writelines(f"{name}\n" for name in sorted(loader.list()))
        problems = getattr(loader, "problems", ())
        sys.stderr.writelines(f"{problem}\n" for problem in problems)
        if not loader.list() and not problems:
            sys.stderr.write(f"there is no site in {', '.join(self.settings.getlist('SPIDER_MODULES'))}\n")
        if problems:
            self.exitcode = int(ExitCode.CONFIGURATION)
