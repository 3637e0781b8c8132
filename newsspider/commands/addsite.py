"""`scrapy addsite URL`: survey a site, show what would be crawled, write its file when confirmed."""

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from rich.console import Console
from rich.prompt import Confirm
from scrapy import Request
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.conf import closest_scrapy_cfg

from newsspider import spiders
from newsspider.crawl.clock import stamp, utc_now
from newsspider.crawl.inquiry.asking import INQUIRY_SETTINGS, Ask, Inquiry, inquire_all
from newsspider.crawl.inquiry.check_report import samples_table, wide_console
from newsspider.crawl.inquiry.new_site import NewSite, lists_table, new_site
from newsspider.crawl.inquiry.surveying import Survey, Wishes, rough_profile, survey_site
from newsspider.crawl.launch import refuse
from newsspider.crawl.own_settings import OWN_SETTINGS
from newsspider.discover.masthead import spider_name
from newsspider.errors import ConfigurationError, ExitCode
from newsspider.page.urls import absolute
from newsspider.profile import SiteProfile


class Command(ScrapyCommand):
    """Add a site: a person only reads and confirms."""

    requires_project = True
    default_settings: ClassVar[dict[str, Any]] = {**OWN_SETTINGS, **INQUIRY_SETTINGS}

    def syntax(self) -> str:
        """Show the arguments."""
        return "[options] <url>"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "Survey a site and write its file, once you have confirmed what was found"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ours to Scrapy's options."""
        super().add_options(parser)
        parser.add_argument("--name", help="the spider's name (default: from the host)")
        parser.add_argument("--title", help="the site's own name (default: from its home page)")
        parser.add_argument("--region", metavar="CN-XX", help="default: from its licence number")
        parser.add_argument("--yes", action="store_true", help="write without asking")
        parser.add_argument(
            "--into", type=Path, metavar="DIR", help="folder of the site's file (default: ours)"
        )
        parser.add_argument(
            "--pages",
            type=Path,
            metavar="DIR",
            help="folder of test pages (default: tests/sites; with --into none)",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Survey, show, ask, write; 4 for a wrong wish, 9 where no article could be had."""
        if len(args) != 1:
            raise UsageError("name one home page: scrapy addsite http://news.example.cn/")
        try:
            wishes, rough = self._wishes(args[0], opts)
        except ConfigurationError as error:
            self.exitcode = int(refuse(str(error)))
            return
        now = utc_now()

        async def survey(profile: SiteProfile, ask: Ask) -> Survey:
            return await survey_site(wishes, profile, ask, now)

        site = Inquiry(rough, survey)
        assert self.crawler_process is not None  # noqa: S101 (set by Scrapy)
        ended = inquire_all(self.crawler_process, {wishes.name: site})
        found = site.result or Survey(problem="not finished")
        console = wide_console()
        if found.lists:
            console.print(lists_table(found))
        if found.samples:
            console.print(samples_table(found.samples, "sample articles"))
        if found.profile is None:
            sys.stderr.write(f"newsspider: {found.problem}\n")
            self.exitcode = int(ended or ExitCode.SITE_FAILED)
            return
        self._finish(found, opts, console, stamp(now))

    def _wishes(self, url: str, opts: argparse.Namespace) -> tuple[Wishes, SiteProfile]:
        home = absolute(None, url if "://" in url else f"http://{url}")
        if home is None or not home.startswith(("http://", "https://")):
            raise ConfigurationError(f"{url!r} is not an http(s) URL")
        if not urlsplit(home).path:
            home = f"{home}/"
        wishes = Wishes(
            home=home,
            name=opts.name or spider_name(home),
            title=opts.title,
            region=opts.region.upper() if opts.region else None,
        )
        rough = rough_profile(wishes)
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        loader = get_spider_loader(self.settings)
        if owners := loader.find_by_request(Request(home)):
            raise ConfigurationError(f"{home} is already in the site {', '.join(owners)}")
        if wishes.name in loader.list():
            raise ConfigurationError(f"there is a site named {wishes.name!r}; give another --name")
        return wishes, rough

    def _finish(self, found: Survey, opts: argparse.Namespace, console: Console, now: str) -> None:
        into = opts.into or Path(spiders.__path__[0])
        try:
            pages = opts.pages or (None if opts.into else _default_pages())
            site = new_site(found, into=into, pages=pages, surveyed_at=now)
        except ConfigurationError as error:
            self.exitcode = int(refuse(str(error)))
            return
        console.print(site.text, markup=False, highlight=False)
        if not opts.yes and not _is_confirmed(site):
            console.print("Nothing was written; --yes writes without asking.")
            return
        try:
            site.write()
        except OSError as error:
            sys.stderr.write(f"newsspider: {error}\n")
            self.exitcode = int(ExitCode.DISK)
            return
        for file in site.files:
            console.print(f"wrote {file}", markup=False, highlight=False, soft_wrap=True)


def _is_confirmed(site: NewSite) -> bool:
    if not sys.stdin.isatty():
        return False
    try:
        return Confirm.ask(f"Write {site.file}?")
    except (EOFError, KeyboardInterrupt):
        return False


def _default_pages() -> Path | None:
    """Return the checkout's folder of test pages; None outside of a checkout."""
    config = closest_scrapy_cfg()
    folder = Path(config).parent / "tests" / "sites" if config else None
    return folder if folder is not None and folder.is_dir() else None
