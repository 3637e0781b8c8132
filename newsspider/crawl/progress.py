"""What a person sees of a running crawl: a live table on a terminal, one line a minute elsewhere."""

import atexit
import contextlib
import logging
import sys
import time
from collections.abc import Callable
from typing import Final, Self

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector
from scrapy.utils.asyncio import create_looping_call

from newsspider.crawl.log_handler import opened_handler
from newsspider.crawl.one_line import one_line
from newsspider.crawl.reports.wording import duration, number_of
from newsspider.crawl.signals import visit_acknowledged
from newsspider.crawl.summary import FAILURES, SiteTally
from newsspider.items import Outcome, Visit

#: Seconds between two drawings on a terminal.
_REDRAW: Final = 0.5
#: Sites shown while the crawl runs: those that moved last.
_SITES_SHOWN: Final = 10
_log = logging.getLogger("newsspider")


class Progress:
    """Extension: counts acknowledged visits by site (`tallies`, statistics) and shows how far it is."""

    def __init__(
        self,
        console: Console,
        *,
        live: bool,
        interval: float,
        clock: Callable[[], float] = time.monotonic,
        stats: StatsCollector | None = None,
    ) -> None:
        """Show on `console`: drawn anew while it runs if `live`, else a log line each `interval`."""
        self.tallies: dict[str, SiteTally] = {}
        self._console = console
        self._stats = stats
        self._interval = interval
        self._clock = clock
        self._started = clock()
        self._last: tuple[float, int] = (self._started, 0)
        self._live = Live(console=console, auto_refresh=False, transient=True) if live else None
        self._restore = contextlib.ExitStack()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the settings and listen. PROGRESS = False counts without showing anything."""
        settings = crawler.settings
        console = Console(stderr=True)
        shown = settings.getbool("PROGRESS", True)
        live = shown and console.is_terminal and not console.is_dumb_terminal
        progress = cls(
            console,
            live=live and not settings.getbool("LOG_JSON"),
            interval=settings.getfloat("LOGSTATS_INTERVAL", 60) if shown else 0,
            stats=crawler.stats,
        )
        crawler.signals.connect(progress.start, signal=signals.spider_opened)
        crawler.signals.connect(progress.count, signal=visit_acknowledged)
        crawler.signals.connect(progress.stop, signal=signals.spider_closed)
        return progress

    def start(self) -> None:
        """Begin to show."""
        self._started = self._clock()
        self._last = (self._started, 0)
        if self._live is not None:
            self._take_terminal(self._live)
            self._repeat(_REDRAW)
        elif self._interval > 0:
            self._repeat(self._interval)

    def count(self, visit: Visit) -> None:
        """Count an acknowledged visit."""
        # Taken out and put back: the dictionary's end are the sites that moved last.
        tally = self.tallies.pop(visit.site, None) or SiteTally(visit.site)
        tally.add(visit)
        self.tallies[visit.site] = tally
        if self._stats is not None:  # for what reads Scrapy's statistics: Spidermon, exporters
            self._stats.inc_value(f"newsspider/{visit.outcome.value}")

    def show(self) -> None:
        """Draw the table, or log the minute's line."""
        if self._live is not None:
            self._live.update(self.table(), refresh=True)
        else:
            _log.info("%s", self.line())

    def stop(self) -> None:
        """End showing and give the terminal back; a second call does nothing."""
        self._restore.close()

    def line(self) -> str:
        """Say in one line how far the crawl is."""
        pages, articles, errors = self._totals()
        now = self._clock()
        then, before = self._last
        self._last = (now, pages)
        rate = 60 * (pages - before) / (now - then) if now > then else 0
        return (
            f"{duration(now - self._started)}: {number_of(len(self.tallies), 'site')}, "
            f"{number_of(pages, 'page')} ({rate:,.0f} a minute), "
            f"{number_of(articles, 'new article')}, {number_of(errors, 'error')}"
        )

    def table(self) -> Group:
        """Return what the terminal shows."""
        table = Table(box=None, pad_edge=False)
        table.add_column("site")
        for name in ("pages", "new", "known", "errors"):
            table.add_column(name, justify="right")
        moved_last = list(self.tallies.values())[-_SITES_SHOWN:]
        for tally in sorted(moved_last, key=lambda tally: tally.site):  # rows that jump cannot be read
            fetched, errors = _fetched(tally), _errors(tally)
            table.add_row(
                Text(one_line(tally.site, 40)),
                f"{fetched:,}",
                f"{tally.versions['new']:,}",
                f"{tally.outcomes[Outcome.UNCHANGED]:,}",
                Text(f"{errors:,}", style="bold red" if errors else "dim"),
            )
        pages, articles, errors = self._totals()
        elapsed = self._clock() - self._started
        total = Text.assemble(
            (duration(elapsed), "dim"),
            f"  {number_of(len(self.tallies), 'site')}  {number_of(pages, 'page')}  ",
            (number_of(articles, "new article"), "bold green"),
            "  ",
            (number_of(errors, "error"), "bold red" if errors else "dim"),
        )
        return Group(total, table) if self.tallies else Group(total)

    def _totals(self) -> tuple[int, int, int]:
        tallies = self.tallies.values()
        return (
            sum(map(_fetched, tallies)),
            sum(tally.versions["new"] for tally in tallies),
            sum(map(_errors, tallies)),
        )

    def _repeat(self, seconds: float) -> None:
        loop = create_looping_call(self.show)
        loop.start(seconds, now=False)
        self._restore.callback(loop.stop)

    def _take_terminal(self, live: Live) -> None:
        """Start drawing, and have the log write above the drawing instead of through it."""
        handler = opened_handler()
        live.start()
        self._restore.callback(live.stop)
        if isinstance(handler, logging.StreamHandler) and not isinstance(handler, logging.FileHandler):
            stream = handler.setStream(sys.stderr)  # rich has just put its own there
            if stream is not None:
                self._restore.callback(handler.setStream, stream)
        # A process that is ended by a second signal sends no spider_closed.
        atexit.register(self.stop)
        self._restore.callback(atexit.unregister, self.stop)


def _fetched(tally: SiteTally) -> int:
    return tally.outcomes.total() - tally.outcomes[Outcome.REFUSED]


def _errors(tally: SiteTally) -> int:
    return sum(tally.outcomes[outcome] for outcome in FAILURES)
