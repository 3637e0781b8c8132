"""`scrapy demo`: the main job on a small news world of our own, on loopback, without any network."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import BaseRunSpiderCommand

from newsspider.crawl.launch import launch, refuse
from newsspider.crawl.many_sites import ManySitesSpider
from newsspider.crawl.own_settings import OWN_SETTINGS
from newsspider.demo.server import DemoServer
from newsspider.demo.sites import ADDRESSES, LOOPBACK, PORT, profiles
from newsspider.demo.state import DemoState, following
from newsspider.demo.world import CHINA, World
from newsspider.errors import ConfigurationError
from newsspider.site_spider import SiteSpider

#: All that is special about the demo; spider class, settings and pipelines are those of real sites.
DEMO_SETTINGS: dict[str, Any] = {
    "ALLOW_PRIVATE_ADDRESSES": True,
    "RESOLVER_ADDRESSES": dict(ADDRESSES),
    "DOWNLOAD_DELAY": 0.1,
    "DOWNLOAD_TIMEOUT": 3,
    "BACKOFF_SECONDS": 0.2,
    # A second run right after the first plays a run on the next day.
    "DUE_AHEAD_HOURS": 24,
}


def demo_spiders() -> list[type[SiteSpider]]:
    """Return the demo's sites as a person would add them."""
    return [type(profile.name, (SiteSpider,), {"profile": profile}) for profile in profiles()]


class Command(BaseRunSpiderCommand):
    """Serve the demo's sites and crawl them; the second run finds one corrected article."""

    requires_project = False
    default_settings: ClassVar[dict[str, Any]] = OWN_SETTINGS

    def syntax(self) -> str:
        """Show the arguments."""
        return "[options]"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "Crawl a small news world that the command itself serves on loopback"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Put the demo's settings above the project's and below those given with -s."""
        super().process_options(args, opts)
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        self.settings.setdict(DEMO_SETTINGS, priority="spider")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve and crawl; the exit code is the crawl's, 4 when the port is taken."""
        del args
        assert self.settings is not None and self.crawler_process is not None  # noqa: S101, PT018 (set by Scrapy)
        exports = Path(self.settings.get("EXPORTS_DIR"))
        today = datetime.now(CHINA).date()
        try:
            with DemoServer(World(today)) as server:
                state = following(exports, today)
                server.show(World(state.today, phase=state.phase))
                _announce(state, exports)
                crawler = self._create_crawler(ManySitesSpider)
                self.exitcode = int(
                    launch(self.crawler_process, crawler, "demo", classes=demo_spiders(), **opts.spargs)
                )
        except ConfigurationError as error:
            self.exitcode = int(refuse(str(error)))


def _announce(state: DemoState, exports: Path) -> None:
    seen = "as they are at first" if state.phase == 1 else "after a correction"
    sys.stdout.write(
        f"newsspider demo: {len(ADDRESSES)} invented news sites at {LOOPBACK}:{PORT}, {seen}.\n"
        "Special about it: loopback addresses are allowed, host names are mapped to it, delays are 0.1 s\n"
        "instead of 2 s, a request times out after 3 s, and what is due within a day is due now.\n"
        f"Output: {exports}/\n"
    )
    sys.stdout.flush()
