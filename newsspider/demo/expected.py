"""What a perfect crawl of the demo finds: the yardstick of the end-to-end tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from newsspider.demo.article import DemoArticle
from newsspider.demo.oddities import Oddity, OddPage


@dataclass(frozen=True, slots=True)
class Expected:
    """All articles that are there to be found, and the URLs that are none.

    Which article of a story is stored and which ones become its reprints depends on the order in
    which sites answer; the groups in `stories` do not.
    """

    articles: tuple[DemoArticle, ...]
    odd: tuple[OddPage, ...]

    @property
    def by_url(self) -> Mapping[str, DemoArticle]:
        """Return the articles by URL."""
        return MappingProxyType({article.url: article for article in self.articles})

    @property
    def stories(self) -> Mapping[str, frozenset[str]]:
        """Return the URLs of each story, by the URL of the article that the others were copied from."""
        groups: dict[str, set[str]] = {}
        for article in self.articles:
            groups.setdefault(article.story, set()).add(article.url)
        return MappingProxyType({story: frozenset(urls) for story, urls in groups.items()})

    @property
    def reprinted(self) -> Mapping[str, frozenset[str]]:
        """Return the stories that more than one site prints."""
        sites = {article.url: article.site.name for article in self.articles}
        return MappingProxyType(
            {story: urls for story, urls in self.stories.items() if len({sites[url] for url in urls}) > 1}
        )

    @property
    def twins(self) -> tuple[DemoArticle, ...]:
        """Return the articles that repeat another one of their own site at another URL."""
        return tuple(article for article in self.articles if article.copied == "twin")

    @property
    def corrected(self) -> tuple[DemoArticle, ...]:
        """Return the articles that have a second version."""
        return tuple(article for article in self.articles if article.version > 1)

    def urls(self, *kinds: Oddity) -> tuple[str, ...]:
        """Return the URLs of the odd pages of these kinds."""
        return tuple(page.url for page in self.odd if page.kind in kinds)
