"""What a request is for. The plan travels in `request.meta` through retries and redirects."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from scrapy import Request
from scrapy.http import Response

from newsspider.discover.traps import Paging
from newsspider.items import Article, Via, Visit, WarcRef
from newsspider.page.urls import article_id
from newsspider.profile import SiteProfile

Expects = Literal["article", "listing", "feed", "sitemap", "load_more"]

_KEY: Final = "plan"
#: Lists before articles: what is new is known early, and fair shares go to what is new.
_PRIORITY: Final[dict[Expects, int]] = {
    "listing": 30,
    "feed": 30,
    "sitemap": 30,
    "load_more": 30,
    "article": 10,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A page of an article that has further pages: what it said, where it lies, how it was fetched."""

    article: Article
    warc: tuple[WarcRef, ...]
    visit: Visit
    encoding: str
    encoding_from: str
    layout: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One planned visit.

    `url` is what was asked for first (redirects change the request's URL, never this); `page`
    counts pages of a listing and levels of a sitemap index from 1, `paging` says when a listing
    ends; `parts` are the pages of an article that were read before, `pages_left` the URLs of those
    that come after. `etag` and `last_modified` make the request a conditional one.
    """

    site: str
    url: str
    via: Via
    expects: Expects
    referrer: str | None = None
    page: int = 1
    paging: Paging | None = None
    parts: tuple[Part, ...] = ()
    pages_left: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None

    @property
    def id(self) -> str:
        """The identity of what was asked for."""
        return article_id(self.url)

    @property
    def key(self) -> str:
        """What a run asks for once: an article, or a page of links of one kind."""
        return self.id if self.expects == "article" else f"{self.expects}:{self.id}"

    def next_listing(self, url: str) -> "Plan":
        """The plan for the next page of this listing."""
        return replace(
            self,
            url=url,
            via="paging",
            referrer=self.url,
            page=self.page + 1,
            etag=None,
            last_modified=None,
        )

    def next_part(self) -> "Plan":
        """The plan for the next page of this article; `pages_left` holds at least one."""
        first, *left = self.pages_left
        return replace(self, url=first, via="further", pages_left=tuple(left), etag=None, last_modified=None)

    def headers(self) -> dict[str, str]:
        """The headers that make the request conditional."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value}


def request_for(plan: Plan, *, profile: SiteProfile, **kwargs: object) -> Request:
    """Make the request of a plan; `kwargs` go to the request (callback, errback)."""
    meta: dict[str, object] = {_KEY: plan}
    if profile.javascript and plan.expects == "listing":
        meta["playwright"] = True
    # The scheduler decides what is a duplicate, and drops nothing without an outcome.
    return Request(
        plan.url,
        headers=plan.headers(),
        meta=meta,
        priority=_PRIORITY[plan.expects] - (20 if plan.via == "due" else 0),
        dont_filter=True,
        **kwargs,  # type: ignore[arg-type]
    )


def plan_of(thing: Request | Response) -> Plan | None:
    """Return the plan that a request or response belongs to; None where it is not ours."""
    plan = thing.meta.get(_KEY)
    return plan if isinstance(plan, Plan) else None


def with_plan(request: Request, plan: Plan) -> Request:
    """Put a plan on a request that Scrapy makes itself (robots.txt)."""
    request.meta[_KEY] = plan
    return request
