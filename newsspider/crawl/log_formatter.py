"""What a crawl says about pages in its log: one line each at most, and never the page's text."""

import logging
from typing import TYPE_CHECKING, Any, Final, Self

from scrapy.crawler import Crawler
from scrapy.logformatter import LogFormatter as ScrapyLogFormatter
from scrapy.logformatter import LogFormatterResult

from newsspider.crawl.log_handler import install_log
from newsspider.crawl.one_line import one_line
from newsspider.crawl.reports.wording import each
from newsspider.crawl.signals import visit_acknowledged
from newsspider.items import Outcome, Visit

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response
    from twisted.python.failure import Failure

_LEVELS: Final = {
    Outcome.GONE: logging.INFO,
    Outcome.BLOCKED: logging.INFO,
    Outcome.FAILED: logging.INFO,
}
_log = logging.getLogger("newsspider.visit")


class LogFormatter(ScrapyLogFormatter):
    """LOG_FORMATTER: one line for each acknowledged visit in place of Scrapy's two or three."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the log of this crawler and listen to its visits."""
        formatter = cls()
        install_log(crawler.settings)
        crawler.signals.connect(formatter.visit, signal=visit_acknowledged)
        return formatter

    def visit(self, visit: Visit) -> None:
        """Log what became of one URL."""
        level = _LEVELS.get(visit.outcome, logging.DEBUG)
        if not _log.isEnabledFor(level):
            return
        reason = f": {one_line(visit.reason)}" if visit.reason else ""
        _log.log(
            level,
            "%s %s%s %s (%s, %s)",
            visit.site,
            visit.outcome.value,
            reason,
            one_line(visit.url),
            visit.status or "no answer",
            each(visit.seconds, 1),
            extra={"visit": visit},
        )

    def crawled(self, request: "Request", response: "Response", spider: "Spider") -> Any:
        """Say nothing: the visit will."""

    def scraped(self, item: Any, response: "Response | Failure | None", spider: "Spider") -> Any:
        """Say nothing: the visit will, and an item's text has no place in a log."""

    def dropped(
        self,
        item: Any,
        exception: BaseException,
        response: "Response | Failure | None",
        spider: "Spider",
    ) -> LogFormatterResult:
        """Name the reason without the item."""
        return {"level": logging.DEBUG, "msg": "Dropped: %s", "args": (one_line(exception),)}

    def item_error(
        self,
        item: Any,
        exception: BaseException,
        response: "Response | Failure | None",
        spider: "Spider",
    ) -> LogFormatterResult:
        """Name what failed without the item's text."""
        url = one_line(getattr(response, "url", None) or getattr(item, "url", None) or "an item")
        return {"level": logging.ERROR, "msg": "Error storing %s", "args": (url,)}

    def spider_error(
        self,
        failure: "Failure",
        request: "Request",
        response: "Response | Failure",
        spider: "Spider",
    ) -> LogFormatterResult:
        """Name the page whose handling raised; the traceback follows."""
        return {"level": logging.ERROR, "msg": "Error reading %s", "args": (one_line(request.url),)}

    def download_error(
        self, failure: "Failure", request: "Request", spider: "Spider", errmsg: str | None = None
    ) -> LogFormatterResult:
        """Name the page that could not be fetched."""
        reason = one_line(errmsg or failure.getErrorMessage())
        return {
            "level": logging.ERROR,
            "msg": "Error fetching %s: %s",
            "args": (one_line(request.url), reason),
        }
