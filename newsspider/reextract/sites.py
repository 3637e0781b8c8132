"""Which site a page belongs to: its profile, and its own hook where it has one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from newsspider.crawl.spider_loader import SiteSpiderLoader
from newsspider.reextract.past import has_stored
from newsspider.reextract.site import Site
from newsspider.site_spider import SiteSpider


class Sites:
    """All sites of a project, found by name or by URL."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._named = {site.profile.name: site for site in sites}
        self._by_host: dict[str, list[Site]] = {}
        for site in sites:
            for host in site.profile.hosts:
                self._by_host.setdefault(_bare(host), []).append(site)

    @classmethod
    def from_modules(cls, modules: Sequence[str]) -> Self:
        """Load the spiders of `SPIDER_MODULES`; files that are broken are left out."""
        loader = SiteSpiderLoader(modules)
        spiders = [loader.load(name) for name in loader.list()]
        return cls(
            [
                Site(spider.profile, spider().refine)
                for spider in spiders
                if issubclass(spider, SiteSpider) and hasattr(spider, "profile")
            ]
        )

    def named(self, name: str) -> Site | None:
        """Return the site of this name."""
        return self._named.get(name)

    def owning(self, url: str) -> Site | None:
        """Return the site that a URL belongs to."""
        host = _host_of(url)
        while host:
            for site in self._by_host.get(host, ()):
                if site.profile.owns(url):
                    return site
            host = host.partition(".")[2]
        return None


def require(site: str, modules: Sequence[str], exports: Path) -> None:
    """Raise ConfigurationError for a site that has neither a profile nor a stored article."""
    loader = SiteSpiderLoader(modules)
    if site not in loader.list() and not has_stored(exports, site):
        loader.load(site)  # says which names are like it


def _bare(host: str) -> str:
    name = host.removeprefix("*.")
    return _host_of(f"http://{name}") or name


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
