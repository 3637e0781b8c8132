"""One request is asked once: what is asked again, and when, is decided by us."""

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler


class OneTryHandler(HTTP11DownloadHandler):
    """Scrapy's handler without the HTTP client's own retry.

    Twisted sends a request that a reused connection did not answer a second time, at once: a server
    that hangs up would see two requests without the delay between them.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False
