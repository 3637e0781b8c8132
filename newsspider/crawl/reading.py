"""Reads responses: what each gives (an article, links, nothing) and how its visit ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from scrapy import Request
from scrapy.http import Response

from newsspider.archive.exchange import Failure
from newsspider.crawl.article_parts import ended, stored
from newsspider.crawl.clock import utc_now
from newsspider.crawl.download.failures import FetchFailure
from newsspider.crawl.harvest import Harvest, Harvester, is_home
from newsspider.crawl.pipelines import Fetched
from newsspider.crawl.plan import Part, Plan
from newsspider.crawl.run import Run
from newsspider.crawl.summary import missing_fields
from newsspider.crawl.visits import outcome_of, visit_of, warc_of
from newsspider.discover.feed import read_feed
from newsspider.discover.paging import load_more, load_more_page
from newsspider.discover.sitemap import read_sitemap
from newsspider.errors import UnreadablePage
from newsspider.extract.article import Extraction, extract
from newsspider.items import Article, Outcome, PageKind, Visit
from newsspider.page.document import Page
from newsspider.page.kind import classify
from newsspider.page.urls import article_id
from newsspider.profile import SiteProfile
from newsspider.reextract.reading import BINARY, dated

#: Further pages of one article that are fetched.
MOST_PAGES: Final = 30
_BLOCKING: Final = frozenset({401, 403, 405, 406, 412, 418, 451, 521, 567})
_GONE: Final = frozenset({404, 410})

Read = Iterator[Fetched | Plan]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fetch:
    """One response and what it was asked for."""

    run: Run
    plan: Plan
    response: Response
    request: Request

    def visit(self, outcome: Outcome, **facts: Any) -> Visit:
        return visit_of(self.run, self.plan, self.request, outcome=outcome, response=self.response, **facts)

    def page(self) -> Page:
        header = self.response.headers.get("Content-Type")
        return Page.from_bytes(
            self.response.body,
            url=self.response.url,
            content_type=header.decode("latin-1") if header else None,
        )


class SiteReader:
    """Reads the responses of one site; yields a Fetched for every visit and a Plan for every request.

    `refine` is the site's own hook: it may change the article that was read.
    """

    def __init__(
        self,
        run: Run,
        profile: SiteProfile,
        harvester: Harvester,
        refine: Callable[[Article, Page], Article],
    ) -> None:
        self._run = run
        self._profile = profile
        self._harvester = harvester
        self._refine = refine

    def read(self, response: Response, plan: Plan) -> Read:
        """Read what the server answered."""
        request = response.request
        assert request is not None  # noqa: S101 (Scrapy sets it on every response of a request)
        fetch = _Fetch(run=self._run, plan=plan, response=response, request=request)
        ending = _ending_of_status(response)
        if response.status == 304:  # noqa: PLR2004
            yield from self._unchanged(fetch)
        elif ending is not None:
            yield from self._ended(fetch, *ending)
        elif not response.body:
            yield from self._ended(fetch, Outcome.NOT_NEWS, "empty", kind=PageKind.EMPTY)
        else:
            try:
                yield from self._body(fetch)
            except UnreadablePage as error:
                yield from self._ended(fetch, Outcome.NOT_NEWS, "unreadable", detail=str(error))

    def failed(self, request: Request, plan: Plan, failure: FetchFailure) -> Read:
        """End the visit of a request that got no response; the archive says so, too."""
        if failure.outcome is Outcome.FAILED:
            told = Failure(url=request.url, at=utc_now(), reason=failure.reason, detail=failure.detail or "")
            request.meta["warc"] = self._run.archived(told)
        visit = visit_of(
            self._run,
            plan,
            request,
            outcome=failure.outcome,
            reason=failure.reason,
            detail=failure.detail,
        )
        yield from ended(plan, visit, self._profile.region)

    # -- by what was asked for ---------------------------------------------------------------------

    def _body(self, fetch: _Fetch) -> Read:
        body, expects = fetch.response.body, fetch.plan.expects
        if expects == "sitemap":
            sitemap = read_sitemap(body, url=fetch.response.url)
            yield from self._harvested(fetch, self._harvester.sitemap(sitemap, fetch.plan), "sitemap")
        elif expects == "feed":
            links = read_feed(body, url=fetch.response.url)
            yield from self._harvested(fetch, self._harvester.links(links, fetch.plan), "feed")
        elif expects == "load_more":
            links = load_more(body, url=fetch.response.url)
            template = self._template(fetch.plan)
            yield from self._harvested(
                fetch, self._harvester.load_more(links, fetch.plan, template), "JSON list"
            )
        elif body.startswith(BINARY):
            yield from self._ended(fetch, Outcome.NOT_NEWS, "not html")
        elif expects == "listing":
            yield from self._listing(fetch)
        else:
            yield from self._article(fetch)

    def _template(self, plan: Plan) -> str:
        known = self._profile.load_more
        return next((t for t in known if load_more_page(t, plan.url) is not None), known[0])

    def _listing(self, fetch: _Fetch) -> Read:
        page = fetch.page()
        verdict = classify(page, status=fetch.response.status, profile=self._profile)
        if verdict.kind in {PageKind.BLOCKED, PageKind.GONE}:
            yield from self._ended(fetch, outcome_of(verdict.kind), verdict.reason, kind=verdict.kind)
            return
        yield from self._harvested(fetch, self._harvester.listing(page, fetch.plan), "list")

    def _harvested(self, fetch: _Fetch, harvest: Harvest, what: str) -> Read:
        if not harvest.read and not harvest.lists:
            page = fetch.page()
            verdict = classify(page, status=fetch.response.status, profile=self._profile)
            # Behind its last page a list is empty; its first page must not be.
            past_the_end = fetch.plan.expects in {"listing", "load_more"} and fetch.plan.page > 1
            if verdict.kind in {PageKind.BLOCKED, PageKind.GONE}:
                yield from self._ended(fetch, outcome_of(verdict.kind), verdict.reason, kind=verdict.kind)
                return
            if not past_the_end:
                yield from self._ended(fetch, Outcome.NOT_NEWS, f"no links in a {what}", kind=verdict.kind)
                return
        if harvest.stopped is not None:
            self._run.limit_reached(fetch.plan.site, harvest.stopped, fetch.plan.url)
        if self._harvester.overflowed:
            self._run.limit_reached(fetch.plan.site, "articles_limit", fetch.plan.url)
        yield Fetched(
            visit=fetch.visit(
                Outcome.LISTING,
                kind=PageKind.LIST,
                new_links=len(harvest.articles),
                found=tuple(plan.url for plan in harvest.articles),
                continues=self._continues(harvest.next),
            )
        )
        yield from harvest.lists
        yield from harvest.articles
        if harvest.next is not None:
            yield harvest.next

    def _continues(self, following: Plan | None) -> str | None:
        """Return the next page, unless another list has led there: noted again, it would stay due."""
        scheduler = self._run.scheduler
        if following is None or (scheduler is not None and scheduler.was_asked(following)):
            return None
        return following.url

    def _article(self, fetch: _Fetch) -> Read:
        page = fetch.page()
        extraction = extract(page, profile=self._profile, now=utc_now())
        if extraction.article is None:
            kind, reason = extraction.kind, extraction.reason
            outcome = outcome_of(kind)
            if fetch.request.meta.get("redirect_times") and (
                kind is PageKind.LIST or is_home(fetch.response.url)
            ):
                outcome, reason = Outcome.GONE, "redirect to a list"
            yield from self._ended(fetch, outcome, reason, kind=kind)
            return
        if self._run.scheduler is not None:
            self._run.scheduler.blocked(fetch.request, again=False)
        article = dated(self._refine(extraction.article, page), utc_now())
        visit = fetch.visit(
            Outcome.STORED,
            kind=PageKind.ARTICLE,
            published_at=article.published_at,
            missing=missing_fields(article),
        )
        part = Part(
            article=article,
            warc=warc_of(fetch.request),
            visit=visit,
            encoding=page.encoding,
            encoding_from=page.encoding_from,
            layout=extraction.layout,
        )
        left = fetch.plan.pages_left if fetch.plan.parts else self._further(fetch, extraction)
        plan = replace(fetch.plan, parts=(*fetch.plan.parts, part), pages_left=left)
        yield plan.next_part() if left else stored(plan, self._profile.region)

    def _further(self, fetch: _Fetch, extraction: Extraction) -> tuple[str, ...]:
        own = {article_id(fetch.response.url), fetch.plan.id}
        urls = [url for url in extraction.further if self._profile.owns(url) and article_id(url) not in own]
        if len(urls) > MOST_PAGES:
            self._run.limit_reached(fetch.plan.site, "article_pages_limit", fetch.plan.url)
        return tuple(dict.fromkeys(urls))[:MOST_PAGES]

    # -- how visits end ----------------------------------------------------------------------------

    def _unchanged(self, fetch: _Fetch) -> Read:
        known = self._run.memory.known(fetch.plan.id)
        # Lists are never asked for with a condition: an answer without links is no list that was read.
        if fetch.plan.expects != "article" or known is None or known.article is None:
            yield from self._ended(fetch, Outcome.FAILED, "http 304 of an unknown page")
        else:
            visit = fetch.visit(
                Outcome.UNCHANGED,
                kind=PageKind.ARTICLE,
                article=known.article,
                digest=known.digest,
                published_at=known.published_at,
            )
            etag, modified = visit.etag or known.etag, visit.last_modified or known.last_modified
            yield Fetched(visit=replace(visit, etag=etag, last_modified=modified))

    def _ended(self, fetch: _Fetch, outcome: Outcome, reason: str, **facts: Any) -> Read:
        visit = fetch.visit(outcome, reason=reason, **facts)
        if self._run.scheduler is not None:
            self._run.scheduler.blocked(fetch.request, again=outcome is Outcome.BLOCKED)
        yield from ended(fetch.plan, visit, self._profile.region)


def _ending_of_status(response: Response) -> tuple[Outcome, str] | None:
    status = response.status
    if status in _GONE:
        return Outcome.GONE, f"http {status}"
    if status in _BLOCKING:
        return Outcome.BLOCKED, f"http {status}"
    if status != 304 and not 200 <= status < 300:  # noqa: PLR2004
        return Outcome.FAILED, f"http {status}"
    return None
