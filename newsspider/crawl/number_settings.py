"""Refuses numbers that are none, before a crawl: `-s DOWNLOAD_DELAY=2s` is a line, not a traceback."""

from typing import Final

from scrapy.settings import BaseSettings

from newsspider.errors import ConfigurationError

#: Settings that are read as whole numbers, by Scrapy or by us.
WHOLE: Final = (
    "CIRCUIT_BREAKER_FAILURES",
    "CLOSESPIDER_PAGECOUNT",
    "CONCURRENT_HOSTS",
    "CONCURRENT_ITEMS",
    "CONCURRENT_REQUESTS",
    "CONCURRENT_REQUESTS_PER_DOMAIN",
    "DISK_FREE_LIMIT_MB",
    "DOWNLOAD_MAXSIZE",
    "DUE_LIMIT",
    "FIRST_RUN_DAYS",
    "LISTING_PAGE_LIMIT",
    "MEMUSAGE_LIMIT_MB",
    "REACTOR_THREADPOOL_MAXSIZE",
    "REDIRECT_MAX_TIMES",
    "RETRY_TIMES",
    "RUN_BYTES_LIMIT",
    "SITE_BYTES_LIMIT",
    "SITE_PAGE_LIMIT",
    "URLLENGTH_LIMIT",
)
#: Settings that may be fractions: seconds and hours.
FRACTIONS: Final = (
    "BACKOFF_LIMIT",
    "BACKOFF_SECONDS",
    "CLOSESPIDER_TIMEOUT",
    "DNS_TIMEOUT",
    "DOWNLOAD_DELAY",
    "DOWNLOAD_TIMEOUT",
    "DUE_AHEAD_HOURS",
    "LOGSTATS_INTERVAL",
    "MEMUSAGE_CHECK_INTERVAL_SECONDS",
    "METAREFRESH_MAXDELAY",
    "RETRY_AFTER_LIMIT",
    "SITE_TIME_LIMIT",
    "STORE_BATCH_SECONDS",
    "WATCHDOG_SECONDS",
)


def check_numbers(settings: BaseSettings) -> None:
    """Raise ConfigurationError for the first number setting that holds something else, or is negative."""
    for names, read, words in ((WHOLE, int, "a whole number"), (FRACTIONS, float, "a number")):
        for name in names:
            value = settings.get(name)
            if value is None:
                continue
            try:
                number = read(value)
            except (TypeError, ValueError):
                number = -1
            if not number >= 0:
                raise ConfigurationError(f"{name}={value!r} must be {words}, 0 or above")
