"""What reading a page needs to know of its site."""

from collections.abc import Callable
from dataclasses import dataclass

from newsspider.items import Article
from newsspider.page.document import Page
from newsspider.profile import SiteProfile

Refine = Callable[[Article, Page], Article]


@dataclass(frozen=True, slots=True)
class Site:
    """A site's profile and what its spider does to an article after the extractor."""

    profile: SiteProfile
    refine: Refine
