"""Every page of the demo, read by the generic extractor: each field of each article."""

from collections.abc import Callable

import pytest

from newsspider.demo import addresses
from newsspider.demo.answering import Answer
from newsspider.demo.article import TRAITS, DemoArticle
from newsspider.demo.world import World
from newsspider.extract.article import extract
from newsspider.extract.join import join
from newsspider.items import Article, Image
from newsspider.page.document import Page
from newsspider.page.text import clean


@pytest.fixture(scope="session")
def extracted(world: World, get: Callable[..., Answer]) -> list[tuple[DemoArticle, Article]]:
    """What the extractor reads on the pages of each article, with no profile."""
    found = []
    for article in world.expected().articles:
        parts = []
        for page in range(1, len(article.pages) + 1):
            url = article.site.origin + addresses.further(article.path, page)
            answer = get(url)
            read = extract(Page.from_bytes(answer.body, url=url, content_type=answer.headers["Content-Type"]))
            assert read.article is not None, (url, read.reason)
            parts.append(read.article)
        found.append((article, parts[0] if len(parts) == 1 else join(parts)))
    return found


def printed(image: Image) -> Image:
    """Return the image as a record has it: one space for the wide one before a photographer."""
    return Image(url=image.url, caption=clean(image.caption) if image.caption else None)


FIELDS = {
    "title": lambda article: article.title,
    "published_at": lambda article: article.published_at,
    "published_precision": lambda article: article.traits.precision,
    "source": lambda article: article.source,
    "authors": lambda article: article.authors,
    "editors": lambda article: article.editors,
    "body": lambda article: article.body,
    "channel": lambda article: article.printed_channel,
    "tags": lambda article: article.tags,
    "images": lambda article: tuple(map(printed, article.images)),
    "lang": lambda article: article.traits.lang,
}


@pytest.mark.parametrize("layout", TRAITS)
@pytest.mark.parametrize("field", FIELDS)
def test_field(extracted: list[tuple[DemoArticle, Article]], layout: str, field: str) -> None:
    wrong = {
        article.url: (getattr(read, field), FIELDS[field](article))
        for article, read in extracted
        if article.channel.layout == layout and getattr(read, field) != FIELDS[field](article)
    }
    assert not wrong


@pytest.mark.parametrize("layout", TRAITS)
def test_related_links(extracted: list[tuple[DemoArticle, Article]], layout: str) -> None:
    """The lists that stay; the one that changes at every fetch is left out."""
    for article, read in extracted:
        if article.channel.layout == layout:
            kept = tuple(link for link in read.related if link.group != article.traits.rotating)
            assert kept == article.related, article.url


def test_further_pages_are_found(world: World, get: Callable[..., Answer]) -> None:
    for article in world.expected().articles:
        if len(article.pages) > 1:
            answer = get(article.url)
            page = Page.from_bytes(answer.body, url=article.url, content_type=answer.headers["Content-Type"])
            wanted = [
                article.site.origin + addresses.further(article.path, 1 + n)
                for n in range(1, len(article.pages))
            ]
            assert list(extract(page).further) == wanted
