"""No request leaves the site that it is for, neither by link, nor by redirect, nor by retry."""

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.utils.httpobj import urlparse_cached

from newsspider.crawl.download.refusals import Refused
from newsspider.crawl.plan import plan_of

_SCHEMES = frozenset({"http", "https"})
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def host_key(request: Request) -> str:
    """The host and port that a request goes to: what politeness is counted by. A default port is left out."""
    parts = urlparse_cached(request)
    host = parts.netloc.rpartition("@")[2].lower()
    return host.removesuffix(_DEFAULT_PORTS.get(parts.scheme, "")).rstrip(":")


class HostGuard(OffsiteMiddleware):
    """Compares scheme, host and port with the site of the chain's first URL.

    Scrapy's own middleware lets everything through that has `dont_filter`, which retries set and
    redirects inherit, and does not look at ports.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "HostGuard":
        """Check at the last step before the download only: a drop while scheduling has no errback."""
        guard = cls(crawler.stats)
        guard.crawler = crawler
        crawler.signals.connect(guard.spider_opened, signal=signals.spider_opened)
        return guard

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Raise Refused for a request that leaves the site; name the downloader's slot by host and port."""
        scheme = urlparse_cached(request).scheme
        if scheme not in _SCHEMES:
            raise Refused("scheme", scheme)
        # A redirect inherits the slot of the host it comes from; its own host must wait its own turn.
        request.meta["download_slot"] = host_key(request)
        plan = plan_of(request)
        running = self.crawler.spider
        site = getattr(running, "sites", {}).get(plan.site) if plan else running
        profile = getattr(site, "profile", None)
        if profile is not None and not profile.owns(request.url):
            raise Refused("other host", host_key(request))
