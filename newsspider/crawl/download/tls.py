"""Certificates are verified, but for the sites whose profile says `insecure_tls=True`."""

from typing import Any, Self

from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.crawler import Crawler
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface.declarations import implementer  # type: ignore[import-untyped]

from newsspider.crawl.download.one_try import OneTryHandler
from newsspider.crawl.run import Run


@implementer(IPolicyForHTTPS)
class SiteContextFactory(_ScrapyClientContextFactory):
    """Scrapy's TLS options; a site that is named as insecure gets those without verification."""

    run: Run
    lenient: _ScrapyClientContextFactory

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the strict factory, and the lenient one beside it."""
        factory = super().from_crawler(crawler, *args, **kwargs)
        factory.run = Run.of(crawler)
        factory.lenient = _ScrapyClientContextFactory(verify_certificates=False)
        return factory

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 (Twisted's name)
        """Return the options for a connection to `hostname`:`port`."""
        url = f"https://{hostname.decode('ascii')}:{port}/"
        if any(site.profile.insecure_tls and site.profile.owns(url) for site in self.run.sites.values()):
            return self.lenient.creatorForNetloc(hostname, port)
        return super().creatorForNetloc(hostname, port)


class SiteHttpsHandler(OneTryHandler):
    """The same handler with our context factory (the setting for one is deprecated)."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory = SiteContextFactory.from_crawler(crawler)  # type: ignore[assignment]
