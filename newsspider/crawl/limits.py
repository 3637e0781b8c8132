"""The limits of a whole run that Scrapy does not watch: bytes received and room on the disk."""

import shutil
from typing import Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call

from newsspider.crawl.run import Run
from newsspider.errors import ExitCode

_INTERVAL: Final = 5.0
#: On a small disk the limit is this share of it.
_SHARE: Final = 0.05
#: Limits that Scrapy watches, by the reason with which it closes the spider.
_OF_SCRAPY: Final = {
    "closespider_pagecount": "CLOSESPIDER_PAGECOUNT",
    "closespider_timeout": "CLOSESPIDER_TIMEOUT",
    "memusage_exceeded": "MEMUSAGE_LIMIT_MB",
}


class RunLimits:
    """An extension that ends a run gracefully, with what was reached, when a limit is."""

    def __init__(self, crawler: Crawler) -> None:
        self._run = Run.of(crawler)
        self._settings = crawler.settings
        self._most_bytes = crawler.settings.getint("RUN_BYTES_LIMIT")
        self._least_free = crawler.settings.getint("DISK_FREE_LIMIT_MB") * 1024 * 1024
        self._bytes = 0
        self._watch = create_looping_call(self.check_disk)
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension of a crawl."""
        return cls(crawler)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Count what was received."""
        del request
        self._bytes += len(response.body)
        if 0 < self._most_bytes <= self._bytes:
            self._run.limit_reached("", f"RUN_BYTES_LIMIT={self._most_bytes}", f"{self._bytes} bytes")
            self._run.stop("bytes limit")

    def spider_opened(self) -> None:
        """Begin to watch the disk."""
        if self._run.store is not None and self._least_free > 0:
            self._watch.start(_INTERVAL)

    def spider_closed(self, reason: str) -> None:
        """Stop watching; note what limit of Scrapy's ended the run."""
        if name := _OF_SCRAPY.get(reason):
            left = sum(self._run.left_over.values())
            self._run.limit_reached(
                "", f"{name}={self._settings[name]}", f"{left:,} URLs left for the next run"
            )
        if self._watch.running:
            self._watch.stop()

    def check_disk(self) -> None:
        """Stop the run when the disk is nearly full: what is stored then needs no repair."""
        try:
            usage = shutil.disk_usage(self._run.settings.exports_dir)
        except OSError as error:
            self._run.fail(ExitCode.DISK, "disk", f"the exports folder cannot be read: {error}")
            return
        limit = min(self._least_free, int(usage.total * _SHARE))
        if usage.free < limit:
            free, needed = usage.free // 2**20, limit // 2**20
            self._run.fail(ExitCode.DISK, "disk", f"{free} MB free, DISK_FREE_LIMIT_MB asks for {needed}")
