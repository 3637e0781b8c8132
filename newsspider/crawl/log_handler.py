"""The log itself: every record of the process, whoever logged it, is a line that no page can forge.

LOG_INSTALL_ROOT_HANDLER is off in newsspider's settings: Scrapy would put its own handler back each
time a crawler starts. `LogFormatter` opens this one instead, by Scrapy's other LOG_* settings.
"""

import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final

import msgspec
from scrapy.settings import BaseSettings
from scrapy.utils.log import TopLevelFormatter

from newsspider.crawl.one_line import one_line
from newsspider.errors import ConfigurationError
from newsspider.items import Visit

#: A whole message; a URL in it is cut earlier, at one_line.LIMIT.
MESSAGE_LIMIT: Final = 1_000
_TRACEBACK_LINES: Final = 60
#: Loggers that list at INFO what is configured, or every ten seconds the memory used.
_BOILERPLATE: Final = frozenset(
    {
        "scrapy.addons",
        "scrapy.crawler",
        "scrapy.extensions.memusage",
        "scrapy.middleware",
        "scrapy.utils.log",
    }
)
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


#: The handler that is open: a process has one log.
_opened: Final[list[logging.Handler]] = []


def opened_handler() -> logging.Handler | None:
    """Return the handler of the process's log, if it was opened here."""
    return _opened[0] if _opened else None


def install_log(settings: BaseSettings) -> None:
    """Open the process's log by the settings, in place of the one that was opened here before.

    A process that has handlers of its own (Scrapy's, or those of a program that embeds a crawl)
    keeps them as they are.
    """
    close_log()
    if logging.root.handlers or not (settings.get("LOG_FILE") or settings.getbool("LOG_ENABLED")):
        return
    handler = _open(settings)
    if settings.getbool("LOG_JSON"):
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(LineFormatter(settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"]))
    try:
        handler.setLevel(settings["LOG_LEVEL"])
    except (TypeError, ValueError):
        raise ConfigurationError(f"LOG_LEVEL={settings['LOG_LEVEL']!r} is no level of logging") from None
    if handler.level > logging.DEBUG:
        handler.addFilter(_NoBoilerplate())  # before the next one takes the names away
    if settings.getbool("LOG_SHORT_NAMES"):
        handler.addFilter(TopLevelFormatter(["scrapy"]))
    # The handler decides what is shown, counters of levels want to see warnings; what nobody sees
    # is not made: Scrapy logs some thirty lines of DEBUG a page.
    level = min(handler.level, logging.WARNING)
    logging.root.setLevel(level)
    logging.getLogger("scrapy").setLevel(level)
    logging.root.addHandler(handler)
    _opened.append(handler)


def close_log() -> None:
    """Close the log that was opened here; without one, nothing happens."""
    while _opened:
        handler = _opened.pop()
        logging.root.removeHandler(handler)
        handler.close()


def _open(settings: BaseSettings) -> logging.Handler:
    if name := settings.get("LOG_FILE"):
        mode = "a" if settings.getbool("LOG_FILE_APPEND") else "w"
        try:
            return logging.FileHandler(name, mode=mode, encoding=settings["LOG_ENCODING"])
        except OSError as error:
            raise ConfigurationError(f"LOG_FILE={name!r} cannot be written: {error.strerror}") from None
    return logging.StreamHandler()


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
