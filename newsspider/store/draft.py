"""What the store is given, and what it knows: drafts of records and the state of URLs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from newsspider.items import (
    Article,
    Change,
    Evidence,
    Flag,
    Image,
    Outcome,
    Record,
    Related,
    Via,
    Visit,
    WarcRef,
)
from newsspider.store.identity import MAX_BODY, MAX_STRING
from newsspider.store.lines import safe_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article and the facts of its fetch: a record before the store has judged it.

    `id` is the hash of the article's canonical URL. `reextracted` marks a draft that was read anew
    from the archive: what it changes is no correction by the site.
    """

    id: str
    article: Article
    site: str
    region: str | None
    fetched_at: str
    final_url: str | None
    status: int
    encoding: str
    encoding_from: str
    warc: tuple[WarcRef, ...] = ()
    spider: str
    layout: str | None = None
    extractor: str
    reextracted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a URL: the sum of its visits; one that was only found has none yet.

    `tries` counts the visits since the last good one, `unchanged` those that found the article as
    it was. `article`, `version` and `digest` are of the latest stored version. `next_visit` is None
    when no visit is due. `via` is how the URL was found: "paging" is a page of a list. `twin` says
    that `article` is another URL's, with the same text.
    """

    id: str
    site: str
    url: str
    via: Via
    first_seen: datetime
    last_visit: datetime | None = None
    next_visit: datetime | None = None
    visits: int = 0
    tries: int = 0
    unchanged: int = 0
    last_outcome: Outcome | None = None
    etag: str | None = None
    last_modified: str | None = None
    article: str | None = None
    version: int | None = None
    digest: str | None = None
    published_at: str | None = None
    twin: bool = False


#: Says when a URL is due again: what was known before the visit, the visit, the visit's time.
Schedule = Callable[[Known | None, Visit, datetime], datetime | None]
#: Reads the archived page of a record anew with the present rules: its digest, None if it is gone.
Reread = Callable[[Record], str | None]
#: The id of a URL: the hash of its canonical form.
Identify = Callable[[str], str]


#: The facts of a fetch that records print.
_FACTS: Final = tuple(name for name in Draft.__dataclass_fields__ if name not in {"article", "reextracted"})


def bounded(article: Article) -> Article:
    """Return the article as a line can hold it: strings safe, cut at the stated maximum and flagged."""
    cut: set[str] = set()

    def text(field: str, value: str, limit: int = MAX_STRING) -> str:
        value = safe_text(value)
        if len(value) <= limit:
            return value
        cut.add(field)
        return value[:limit]

    def maybe(field: str, value: str | None) -> str | None:
        return None if value is None else text(field, value)

    def each(field: str, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text(field, value) for value in values)

    clean = replace(
        article,
        url=maybe("url", article.url),
        title=text("title", article.title),
        source=maybe("source", article.source),
        body=text("body", article.body, MAX_BODY),
        related=tuple(
            Related(
                group=maybe("related", link.group),
                title=text("related", link.title),
                url=maybe("related", link.url),
                snippet=maybe("related", link.snippet),
            )
            for link in article.related
        ),
        channel=each("channel", article.channel),
        authors=each("authors", article.authors),
        editors=each("editors", article.editors),
        tags=each("tags", article.tags),
        images=tuple(
            Image(url=text("images", image.url), caption=maybe("images", image.caption))
            for image in article.images
        ),
        evidence=tuple(
            Evidence(
                field=text("evidence", item.field),
                rule=text("evidence", item.rule),
                node=maybe("evidence", item.node),
                text=text("evidence", item.text),
            )
            for item in article.evidence
        ),
    )
    if not cut:
        return clean
    flags = tuple(Flag(field=field, reason="cut: longer than the maximum") for field in sorted(cut))
    return replace(clean, flags=(*clean.flags, *flags))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the store adds to a draft."""

    run: str
    digest: str
    version: int
    change: Change
    story: str
    reprint_of: str | None
    similarity: float | None


def record_of(draft: Draft, verdict: Verdict) -> Record:
    """Return the record of a judged draft."""
    article = {name: getattr(draft.article, name) for name in Article.__dataclass_fields__}
    facts = {name: getattr(draft, name) for name in _FACTS}
    added = {name: getattr(verdict, name) for name in Verdict.__dataclass_fields__}
    return Record(**article, **facts, **added)
