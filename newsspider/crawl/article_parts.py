"""An article of several pages: what its parts make together, and how it ends when one cannot be had."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from newsspider.crawl.pipelines import Fetched
from newsspider.crawl.plan import Plan
from newsspider.crawl.summary import missing_fields
from newsspider.extract import EXTRACTOR
from newsspider.extract.join import join
from newsspider.items import Flag, Outcome, Visit
from newsspider.page.urls import article_id
from newsspider.store.store import Draft

#: A further page that ended so will be no better next time: it must not lose what the others say.
_LASTING: Final = frozenset({Outcome.GONE, Outcome.NOT_NEWS, Outcome.REFUSED})


def stored(plan: Plan, region: str | None) -> Fetched:
    """Return the article that the parts of `plan` make; every further page's visit ends as its own."""
    parts = plan.parts
    article = join([part.article for part in parts]) if len(parts) > 1 else parts[0].article
    main, last = parts[0].visit, parts[-1]
    final = main.final_url or main.url
    draft = Draft(
        id=article_id(final),
        article=article,
        site=plan.site,
        region=region,
        fetched_at=main.at,
        final_url=final,
        status=main.status or 200,
        encoding=last.encoding,
        encoding_from=last.encoding_from,
        warc=tuple(ref for part in parts for ref in part.warc),
        spider=plan.site,
        layout=last.layout,
        extractor=EXTRACTOR,
    )
    missing = missing_fields(article)
    also = tuple(replace(part.visit, article=draft.id, missing=missing) for part in parts[1:])
    return Fetched(visit=replace(main, article=draft.id, missing=missing), draft=draft, also=also)


def ended(plan: Plan, visit: Visit, region: str | None) -> Iterator[Fetched]:
    """End a visit that gave no article, and with it the article whose further page it asked for.

    Without a page that is not there, or is none of ours, the rest is stored and flagged. After a page
    that failed nothing is: the next run asks for all of them again.
    """
    if plan.parts and visit.outcome in _LASTING:
        yield _without_this_page(plan, visit, region)
        return
    for part in plan.parts:
        reason = f"further page: {visit.reason}"
        yield Fetched(visit=replace(part.visit, outcome=visit.outcome, reason=reason, kind=visit.kind))
    yield Fetched(visit=visit)


def _without_this_page(plan: Plan, lost: Visit, region: str | None) -> Fetched:
    *parts, last = plan.parts
    flag = Flag(field="body", reason=f"page {len(plan.parts) + 1} is missing: {lost.reason}")
    flagged = replace(last, article=replace(last.article, flags=(*last.article.flags, flag)))
    found = stored(replace(plan, parts=(*parts, flagged)), region)
    told = replace(lost, outcome=Outcome.STORED, reason=None, article=found.visit.article)
    return replace(found, also=(*found.also, told))
