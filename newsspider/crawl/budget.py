"""How much of one site a run may take."""

import time
from dataclasses import dataclass, field
from typing import Self

from scrapy.settings import BaseSettings


@dataclass(slots=True, kw_only=True)
class SiteBudget:
    """Requests, bytes and seconds that one site may cost in one run; 0 means no limit."""

    site: str
    most_requests: int
    most_bytes: int
    most_seconds: float
    requests: int = 0
    bytes: int = 0
    started: float = field(default_factory=time.monotonic)

    @classmethod
    def from_settings(cls, site: str, settings: BaseSettings) -> Self:
        """Read SITE_PAGE_LIMIT, SITE_BYTES_LIMIT and SITE_TIME_LIMIT (seconds)."""
        return cls(
            site=site,
            most_requests=settings.getint("SITE_PAGE_LIMIT"),
            most_bytes=settings.getint("SITE_BYTES_LIMIT"),
            most_seconds=settings.getfloat("SITE_TIME_LIMIT"),
        )

    def exceeded(self) -> str | None:
        """Return the name of the limit that is reached, or None."""
        if 0 < self.most_requests <= self.requests:
            return f"SITE_PAGE_LIMIT={self.most_requests}"
        if 0 < self.most_bytes <= self.bytes:
            return f"SITE_BYTES_LIMIT={self.most_bytes}"
        if 0 < self.most_seconds <= time.monotonic() - self.started:
            return f"SITE_TIME_LIMIT={self.most_seconds:g}"
        return None
