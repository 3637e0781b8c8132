"""Sample articles: what a few pages of a site give, and whether they extract whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from typing import Final

from newsspider.crawl.inquiry.asking import Answer, Ask
from newsspider.discover.link import Link
from newsspider.errors import UnreadablePage
from newsspider.extract.article import extract
from newsspider.items import Article
from newsspider.page.document import Page
from newsspider.page.urls import identity
from newsspider.profile import SiteProfile

#: Articles that are looked at.
SAMPLES: Final = 10
#: What an article that extracts whole has.
ESSENTIAL: Final = ("title", "published_at", "source", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One article's page: the article, what it lacks, or why it gave none."""

    url: str
    answer: Answer
    article: Article | None = None
    missing: tuple[str, ...] = ()
    problem: str | None = None
    layout: str | None = None
    encoding: str | None = None

    @property
    def is_whole(self) -> bool:
        """Return whether title, time, source and body are all there."""
        return self.article is not None and not self.missing

    def without_page(self) -> "Sample":
        """Return it without the bytes of its page: a check of thousands of sites must not keep them."""
        return replace(self, answer=replace(self.answer, body=b""))


def in_turns(ways: Iterable[Sequence[Link]]) -> tuple[Link, ...]:
    """Merge the links of several lists: the first of each, the second of each, ...; each page once."""
    found: dict[str, Link] = {}
    for row in zip_longest(*ways):
        for link in row:
            if link is not None:
                found.setdefault(identity(link.url), link)
    return tuple(found.values())


async def take_samples(
    links: Sequence[Link], profile: SiteProfile, ask: Ask, now: datetime
) -> tuple[Sample, ...]:
    """Ask for the first articles of `links` and read them."""
    chosen = links[:SAMPLES]
    asked = [ask(link.url, "article") for link in chosen]
    return tuple(
        [sample(link.url, await answer, profile, now) for link, answer in zip(chosen, asked, strict=True)]
    )


def sample(url: str, answer: Answer, profile: SiteProfile, now: datetime) -> Sample:
    """Read an article's page."""
    if answer.problem is not None:
        return Sample(url=url, answer=answer, problem=answer.problem)
    try:
        page = page_of(answer)
        extraction = extract(page, profile=profile, now=now)
    except UnreadablePage as error:
        return Sample(url=url, answer=answer, problem=f"unreadable: {error}")
    if extraction.article is None:
        problem = f"{extraction.kind}: {extraction.reason}"
        return Sample(url=url, answer=answer, problem=problem, encoding=page.encoding)
    return Sample(
        url=url,
        answer=answer,
        article=extraction.article,
        missing=tuple(name for name in ESSENTIAL if not getattr(extraction.article, name)),
        layout=extraction.layout,
        encoding=page.encoding,
    )


def page_of(answer: Answer) -> Page:
    """Return the page that came."""
    return Page.from_bytes(answer.body, url=answer.final_url, content_type=answer.content_type)
