"""Ends a process that no longer moves: the last resort, on a thread of its own."""

import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Final, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from newsspider.crawl.reports.final_table import last_line
from newsspider.crawl.run import Run
from newsspider.errors import ExitCode

#: Seconds that a graceful end may take beyond the time limit, or after a signal.
GRACE_SECONDS: Final = 60.0
#: Seconds for saying why: what hangs is often the disk, and then run.json cannot be written either.
_LAST_WORDS_SECONDS: Final = 10.0
_INTERVAL: Final = 1.0


class Watchdog:
    """An extension: the reactor beats once a second, a thread listens.

    The process is ended with exit code 15 when the beat stops for WATCHDOG_SECONDS (a callback that
    never returns), or when closing takes more than a minute. What was acknowledged is on the disk; the
    rest is fetched again by the next run.
    """

    def __init__(self, crawler: Crawler, end: Callable[[int], None] = os._exit) -> None:
        self._run = Run.of(crawler)
        self._crawler = crawler
        self._silence = crawler.settings.getfloat("WATCHDOG_SECONDS")
        self._soft = crawler.settings.getfloat("CLOSESPIDER_TIMEOUT")
        self._end = end
        self._started = self._beat = time.monotonic()
        self._closing_since: float | None = None
        self._over = threading.Event()
        self._pulse = create_looping_call(self.beat)
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension of a crawl."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """Begin to beat and to listen."""
        if self._silence <= 0:
            return
        self._started = time.monotonic()
        self._pulse.start(_INTERVAL)
        threading.Thread(target=self._listen, name="watchdog", daemon=True).start()

    def engine_stopped(self) -> None:
        """The crawl has ended by itself."""
        self._over.set()
        if self._pulse.running:
            self._pulse.stop()

    def beat(self) -> None:
        """Show that the reactor moves."""
        self._beat = time.monotonic()
        slot = self._crawler.engine._slot  # noqa: SLF001 (nothing public says that the spider is closing)
        if slot is not None and slot.closing is not None and self._closing_since is None:
            self._closing_since = self._beat

    def verdict(self, now: float) -> str | None:
        """Return why the process has to be ended, or None."""
        if now - self._beat > self._silence:
            return f"nothing has moved for {now - self._beat:.0f} seconds"
        if self._closing_since is not None and now - self._closing_since > GRACE_SECONDS:
            return f"closing takes more than {GRACE_SECONDS:.0f} seconds"
        if 0 < self._soft < now - self._started - GRACE_SECONDS:
            return f"the time limit was passed by {GRACE_SECONDS:.0f} seconds"
        return None

    def _listen(self) -> None:
        while not self._over.wait(_INTERVAL):
            why = self.verdict(time.monotonic())
            if why is not None:
                words = threading.Thread(target=self._say, args=(f"watchdog: {why}",), daemon=True)
                words.start()
                words.join(_LAST_WORDS_SECONDS)
                self._end(int(ExitCode.TIME))
                return

    def _say(self, why: str) -> None:
        faulthandler.dump_traceback(file=sys.stderr)
        sys.stderr.write(f"{last_line(ExitCode.TIME, None, why)}\n")
        sys.stderr.flush()
        self._run.abandon(ExitCode.TIME, why)
