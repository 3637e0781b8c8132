"""Makes the visit of a fetch from its request, its response or failure, and what was read."""

import time
from typing import Any, Final

from scrapy import Request
from scrapy.http import Response

from newsspider.crawl.clock import stamp, utc_now
from newsspider.crawl.plan import Plan
from newsspider.crawl.run import Run
from newsspider.items import Outcome, PageKind, Visit, WarcRef

#: Kinds of page that end a visit by themselves.
_KINDS: Final = {
    PageKind.BLOCKED: Outcome.BLOCKED,
    PageKind.GONE: Outcome.GONE,
}
_MOST_HEADER: Final = 300


def outcome_of(kind: PageKind) -> Outcome:
    """Return how a visit ends whose page gave nothing."""
    return _KINDS.get(kind, Outcome.NOT_NEWS)


def visit_of(
    run: Run,
    plan: Plan,
    request: Request,
    *,
    outcome: Outcome,
    response: Response | None = None,
    **facts: Any,
) -> Visit:
    """Return the visit of one planned URL after its retries and redirects."""
    meta = request.meta
    final = response.url if response is not None else request.url
    return Visit(
        run=run.id,
        site=plan.site,
        url=plan.url,
        id=plan.id,
        via=plan.via,
        referrer=plan.referrer,
        outcome=outcome,
        at=stamp(utc_now()),
        status=response.status if response is not None else None,
        final_url=final if final != plan.url else None,
        attempts=int(meta.get("retry_times", 0)) + 1,
        seconds=round(_seconds(meta, answered=response is not None), 3),
        bytes=int(meta.get("received_bytes", 0)),
        etag=_header(response, "ETag"),
        last_modified=_header(response, "Last-Modified"),
        warc=warc_of(request),
        **facts,
    )


def warc_of(request: Request) -> tuple[WarcRef, ...]:
    """Return where the last response to this request lies in the archive."""
    refs = request.meta.get("warc", ())
    return refs if isinstance(refs, tuple) else ()


def _seconds(meta: dict[str, Any], *, answered: bool) -> float:
    """The time of all attempts; the last one has no latency when nothing was answered."""
    spent = float(meta.get("download_seconds", 0.0))
    if not answered and "started" in meta:
        spent += time.monotonic() - float(meta["started"])
    return spent


def _header(response: Response | None, name: str) -> str | None:
    value = response.headers.get(name) if response is not None else None
    if not value or len(value) > _MOST_HEADER:
        return None
    text: str = value.decode("latin-1")
    return text if text.isprintable() else None
