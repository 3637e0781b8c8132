"""One spider over many profiles: thousands of sites fit into one engine."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.spiderloader import SpiderLoaderProtocol

from newsspider.errors import ConfigurationError
from newsspider.site_spider import SiteSpider


class ManySitesSpider(SiteSpider):
    """Crawls the sites of `classes`, each with its own profile and hook."""

    name = "many"

    def __init__(self, *args: Any, classes: Iterable[type[SiteSpider]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = [cls(since=self.since, limit=kwargs.get("limit")) for cls in classes]
        self.sites = {site.name: site for site in sites}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider and each site's part of it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        for site in spider.sites.values():
            site.join_crawl(crawler)
        return spider


def chosen(
    loader: SpiderLoaderProtocol, names: Sequence[str], *, regions: Sequence[str], all_sites: bool
) -> list[type[SiteSpider]]:
    """Return the sites that are asked for; ConfigurationError for an unknown name or an empty region."""
    classes: dict[str, type[SiteSpider]] = {}
    for name in names:
        spider = _load(loader, name)
        if not issubclass(spider, SiteSpider):
            raise ConfigurationError(f"{name} is no SiteSpider; crawl it with `scrapy crawl {name}`")
        classes[name] = spider
    wanted = {region.upper() for region in regions}
    for name in loader.list() if all_sites or wanted else ():
        spider = loader.load(name)
        if issubclass(spider, SiteSpider) and (all_sites or spider.profile.region in wanted):
            classes[name] = spider
    if not classes:
        where = ", ".join(sorted(wanted)) or "SPIDER_MODULES"
        problems = "".join(f"; {problem}" for problem in getattr(loader, "problems", ()))
        raise ConfigurationError(f"there is no site in {where}{problems}")
    return list(classes.values())


def _load(loader: SpiderLoaderProtocol, name: str) -> type[Spider]:
    """Load a spider; another project's loader knows nothing of our errors."""
    try:
        return loader.load(name)
    except ConfigurationError:
        raise
    except KeyError:
        raise ConfigurationError(f"there is no site named {name!r}") from None
