"""`scrapy list`: the names of the sites, and every error in their files."""

import argparse
import sys
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.spiderloader import get_spider_loader

from newsspider.errors import ExitCode


class Command(ScrapyCommand):
    """List the sites; broken files go to stderr and end it with 4."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "List the sites; name every error in their files"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print names to stdout and problems to stderr."""
        loader = get_spider_loader(self.settings)
        for name in loader.list():
            sys.stdout.write(f"{name}\n")
        problems = getattr(loader, "problems", ())
        for problem in problems:
            sys.stderr.write(f"{problem}\n")
        if problems:
            self.exitcode = int(ExitCode.CONFIGURATION)
