"""What a crawl logs: one line a page at most, never the page's text, no line that a page could forge.

`LogFormatter` decides what is said about pages; `LineFormatter` and `JsonFormatter` dress every
record of the process, whoever logged it, for the log that Scrapy opened.
"""

import logging
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

import msgspec
from scrapy.crawler import Crawler
from scrapy.logformatter import LogFormatter as ScrapyLogFormatter
from scrapy.logformatter import LogFormatterResult
from scrapy.settings import BaseSettings
from scrapy.utils.log import get_scrapy_root_handler

from newsspider.crawl.one_line import one_line
from newsspider.crawl.signals import visit_acknowledged
from newsspider.items import Outcome, Visit

if TYPE_CHECKING:
    from types import TracebackType

    from scrapy import Request, Spider
    from scrapy.http import Response
    from twisted.python.failure import Failure

#: A whole message; the URL in it is cut earlier, at one_line.LIMIT.
MESSAGE_LIMIT: Final = 1_000
_TRACEBACK_LINES: Final = 60
_LEVELS: Final = {
    Outcome.GONE: logging.INFO,
    Outcome.BLOCKED: logging.INFO,
    Outcome.FAILED: logging.INFO,
}
#: Loggers that list at INFO what is configured; nobody who reads a nightly log wants it.
_BOILERPLATE: Final = frozenset(
    {"scrapy.addons", "scrapy.crawler", "scrapy.middleware", "scrapy.utils.log"}
)
_log = logging.getLogger("newsspider.visit")

_ExcInfo = (
    tuple[type[BaseException], BaseException, "TracebackType | None"] | tuple[None, None, None]
)


class LogFormatter(ScrapyLogFormatter):
    """LOG_FORMATTER: one line for each acknowledged visit in place of Scrapy's two or three."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Dress the log that Scrapy has just opened for this crawler, and listen to its visits."""
        formatter = cls()
        dress_root_handler(crawler.settings)
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
            "%s %s%s %s (%s, %.1f s)",
            visit.site,
            visit.outcome.value,
            reason,
            one_line(visit.url),
            visit.status or "no answer",
            visit.seconds,
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


class LineFormatter(logging.Formatter):
    """A record is one line; a traceback follows it indented, so that no text can pose as a record."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        """Escape the message before the line is put together."""
        record.message = one_line(record.message, MESSAGE_LIMIT)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's name
        """Indent and escape the traceback's lines."""
        return "\n".join(f"    {line}" for line in _traceback_lines(ei))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802  # logging's name
        """Indent and escape the stack's lines."""
        return "\n".join(f"    {one_line(line)}" for line in stack_info.splitlines())


class JsonFormatter(logging.Formatter):
    """A record is one JSON object on one line: time, level, logger, message, and what else is known."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": one_line(record.getMessage(), MESSAGE_LIMIT),
        }
        visit = getattr(record, "visit", None)
        if isinstance(visit, Visit):
            line |= _facts(visit)
        elif (spider := getattr(record, "spider", None)) is not None:
            line["site"] = one_line(getattr(spider, "name", spider))
        if record.exc_info:
            line["traceback"] = _traceback_lines(record.exc_info)
        # JSON's escapes keep control characters off the line; one_line has made the rest visible.
        return msgspec.json.encode(line).decode()


def _facts(visit: Visit) -> dict[str, Any]:
    return {
        "run": visit.run,
        "site": visit.site,
        "url": one_line(visit.url),
        "via": visit.via,
        "outcome": visit.outcome.value,
        "reason": one_line(visit.reason) if visit.reason else None,
        "status": visit.status,
        "seconds": round(visit.seconds, 3),
        "bytes": visit.bytes,
        "attempts": visit.attempts,
    }


def _traceback_lines(exc_info: _ExcInfo) -> list[str]:
    text = "".join(traceback.format_exception(*exc_info))
    lines = text.rstrip("\n").split("\n")
    if len(lines) > _TRACEBACK_LINES:  # an exception's text may hold a page
        half = _TRACEBACK_LINES // 2
        lines = [*lines[:half], "…", *lines[-half:]]
    return [one_line(line) for line in lines]


class _NoBoilerplate(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno != logging.INFO or record.name not in _BOILERPLATE


def dress_root_handler(settings: BaseSettings) -> None:
    """Give the handler that Scrapy installed our formatter; LOG_JSON chooses which."""
    handler = get_scrapy_root_handler()
    if handler is None:
        return  # LOG_INSTALL_ROOT_HANDLER is off: the process has a log of its own
    if settings.getbool("LOG_JSON"):
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(LineFormatter(settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"]))
    if logging.getLevelName(settings["LOG_LEVEL"]) != logging.DEBUG:
        handler.addFilter(_NoBoilerplate())
