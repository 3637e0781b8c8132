"""Writes every response to the archive as it arrives, before anything reads it."""

from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from newsspider.archive.exchange import Exchange
from newsspider.crawl.clock import utc_now
from newsspider.crawl.plan import plan_of
from newsspider.crawl.run import Run


class Archiver:
    """An extension on `response_downloaded`: it fires for every hop, robots.txt and 304, before inflation."""

    def __init__(self, crawler: Crawler) -> None:
        self._run = Run.of(crawler)
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension of a crawl."""
        return cls(crawler)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Count what was received and archive it; where it lies goes with the request."""
        plan = plan_of(request)
        if plan is None:
            return
        meta = request.meta
        meta["received_bytes"] = meta.get("received_bytes", 0) + len(response.body)
        meta["download_seconds"] = meta.get("download_seconds", 0.0) + meta.get("download_latency", 0.0)
        if self._run.scheduler is not None:
            self._run.scheduler.received(plan.site, len(response.body))
        meta["warc"] = self._run.archived(
            Exchange(
                url=request.url,
                at=utc_now(),
                status=response.status,
                headers=_lines(response.headers),
                payload=response.body,
                protocol=response.protocol or "HTTP/1.1",
                method=request.method,
                request_headers=_lines(request.headers),
                ip=str(response.ip_address) if response.ip_address else None,
                metadata={"site": plan.site, "via": plan.via, **_made_by(response)},
            )
        )


def _lines(headers: Headers) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name, value) for name, values in headers.items() for value in values)


def _made_by(response: Response) -> dict[str, str]:
    """Say of a page that a browser rendered that these are not the server's bytes."""
    return {"rendered": "browser"} if "playwright" in response.flags else {}
