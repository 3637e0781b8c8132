"""One article of several pages: the parts' texts in order, everything else from the first that has it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from newsspider.items import Article, Flag

T = TypeVar("T")


def join(articles: Sequence[Article]) -> Article:
    """Join the pages of one article, in reading order.

    A paragraph that a page repeats from the one before it is printed once; links, pictures and names
    are united.
    """
    if not articles:
        raise ValueError("there is no page to join")
    first = articles[0]
    if len(articles) == 1:
        return first
    dated = next((a for a in articles if a.published_at is not None), first)
    return replace(
        first,
        published_at=dated.published_at,
        published_precision=dated.published_precision,
        source=next((a.source for a in articles if a.source), None),
        body=_joined_body(articles),
        related=_united(a.related for a in articles),
        channel=next((a.channel for a in articles if a.channel), ()),
        authors=_united(a.authors for a in articles),
        editors=_united(a.editors for a in articles),
        tags=_united(a.tags for a in articles),
        images=_united(a.images for a in articles),
        evidence=_united(a.evidence for a in articles),
        flags=_flags(articles),
    )


def _joined_body(articles: Sequence[Article]) -> str:
    paragraphs: list[str] = []
    before: set[str] = set()
    for article in articles:
        own = [text for text in article.body.split("\n\n") if text]
        paragraphs += [text for text in own if text not in before]
        before = set(own)
    return "\n\n".join(paragraphs)


def _united(parts: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for part in parts for value in part))


def _flags(articles: Sequence[Article]) -> tuple[Flag, ...]:
    """Keep a flag of a later page only where it concerns the joined text."""
    later = (tuple(flag for flag in article.flags if flag.field == "body") for article in articles[1:])
    return _united((articles[0].flags, *later))
