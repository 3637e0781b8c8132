"""Starts a crawl, waits for its end, and says what it ends with."""

import logging
import sys
from collections.abc import Awaitable
from typing import Any

from scrapy.crawler import Crawler, CrawlerProcessBase

from newsspider.crawl.download import browser
from newsspider.crawl.finish import finish
from newsspider.crawl.number_settings import check_numbers
from newsspider.crawl.reports.final_table import last_line
from newsspider.crawl.reports.run_report import check_report_settings
from newsspider.crawl.run import Run
from newsspider.errors import ConfigurationError, ExitCode

logger = logging.getLogger(__name__)


def launch(process: CrawlerProcessBase, crawler: Crawler, command: str, **arguments: Any) -> ExitCode:
    """Run one crawl to its end in this process; close the store whatever happened.

    `command` is what run.json names; `arguments` go to the spider.
    """
    crawler.settings.set("NEWSSPIDER_COMMAND", command, priority="cmdline")
    try:
        check_numbers(crawler.settings)
        check_report_settings(crawler.settings)
        browser.install(crawler.settings, (site.profile for site in arguments.get("classes", ())))
    except ConfigurationError as wrong:
        return refuse(str(wrong))
    crawl = process.crawl(crawler, **arguments)
    process.start()
    error = _error_of(crawl)
    if isinstance(error, ConfigurationError):
        return refuse(str(error))
    if error is not None:
        raise error
    return finish(Run.of(crawler), crawler.settings)


def refuse(message: str) -> ExitCode:
    """Say what is wrong with the configuration; nothing was fetched."""
    sys.stderr.write(f"{last_line(ExitCode.CONFIGURATION, None, message)}\n")
    return ExitCode.CONFIGURATION


def _error_of(crawl: Awaitable[None]) -> BaseException | None:
    """Take the exception out of the finished task (asyncio would print it otherwise)."""
    done = getattr(crawl, "done", None)
    if done is None or not done():
        return None
    cancelled = getattr(crawl, "cancelled", None)
    if cancelled is not None and cancelled():
        return None
    error: BaseException | None = crawl.exception()  # type: ignore[attr-defined]
    return error
