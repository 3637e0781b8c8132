"""What a page with links brings: articles to ask for, and where its list goes on."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from newsspider.crawl.plan import Expects, Plan
from newsspider.discover.edition import edition_pages, previous_issue
from newsspider.discover.home import channels, ways_in
from newsspider.discover.link import Link
from newsspider.discover.listing import find_items
from newsspider.discover.paging import load_more_url, next_page
from newsspider.discover.sitemap import MAX_DEPTH, Sitemap
from newsspider.discover.traps import Paging, Variants, refusal
from newsspider.page.document import Page
from newsspider.profile import SiteProfile

#: Channels that are read from a home page, feeds that it names, sitemaps of an index: the newest of them.
MOST_CHANNELS: Final = 24
#: Articles of a site that one run plans: what its lists bring must not fill the memory.
MOST_ARTICLES: Final = 50_000
MOST_FEEDS: Final = 3
MOST_SITEMAPS: Final = 5
_KNOWN_TAIL: Final = 5
#: Pages in a row without news that end a list which an earlier run could not finish.
_RESUMED_KNOWN: Final = 5
_NO_PAGING: Final = "no_paging"
#: Ends of a list that are no limit: all is known behind them, or it is not to be read on.
_NATURAL_ENDS: Final = frozenset({"nothing_new", "older_than_since", _NO_PAGING})
_HOME: Final = re.compile(r"/?(?:(?:index|default|home)\.\w{3,5})?", re.IGNORECASE)  # /, /index.html


@dataclass(frozen=True, slots=True)
class Harvest:
    """How many links were read, plans for new articles and further lists, the next page, what stopped it."""

    read: int
    articles: tuple[Plan, ...] = ()
    lists: tuple[Plan, ...] = ()
    next: Plan | None = None
    stopped: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """How far a run looks: links dated before `since` are left, lists end after `most_pages`.

    `deep` is set when a person gave `since`: then a list is read on although a page brought nothing new.
    `most_articles` of a site are planned from sitemaps in one run: they are read again by the next one.
    """

    since: date | None
    most_pages: int
    deep: bool = False
    most_articles: int = MOST_ARTICLES

    def paging(self, *, resumed: bool = False) -> Paging:
        """What says when one listing ends.

        `resumed`: a run was ended before this page. What it has not seen was moved to later pages by what
        came since, so the known pages in between end nothing.
        """
        known = _RESUMED_KNOWN if resumed else 1
        return Paging(max_pages=self.most_pages, known_limit=self.most_pages if self.deep else known)

    def is_old(self, link: Link) -> bool:
        """Return whether a link is dated before the horizon; one without a date is not."""
        told = max(link.date or "", link.modified or "")
        return bool(told) and self.since is not None and told[:10] < self.since.isoformat()


class Harvester:
    """Reads listings for one site.

    `is_settled(link)` says whether an article needs no fetch in this run, `is_old_news(url)` whether
    it was known before this run began: only the second ends paging, since a home page and a channel
    show the same articles in one run.
    """

    def __init__(
        self,
        profile: SiteProfile,
        horizon: Horizon,
        *,
        is_settled: Callable[[Link], bool],
        is_old_news: Callable[[str], bool],
    ) -> None:
        self._profile = profile
        self._horizon = horizon
        self._is_settled = is_settled
        self._is_old_news = is_old_news
        self._variants = Variants()
        self._planned = 0
        #: Whether the last list had more new articles than may be planned.
        self.overflowed = False

    def listing(self, page: Page, plan: Plan) -> Harvest:
        """Read a list or home page."""
        items = find_items(page, self._profile)
        following, stopped = self._following(page, plan, items)
        lists = self._lists(page, plan) if plan.via == "start" and plan.page == 1 else ()
        if plan.expects == "listing" and plan.via != "guess":
            lists += self._edition(page, plan)
        if following is not None:
            # What pages on is no guess of ours: asked for as one, its failure would not count.
            lists = tuple(found for found in lists if found.id != following.id)
        return Harvest(len(items), self._articles(items, plan), lists, following, stopped)

    def load_more(self, links: Sequence[Link], plan: Plan, template: str) -> Harvest:
        """Read one page of a JSON list; the next page is made from the profile's template."""
        why = self._ends(plan, links)
        if not links or why is not None:
            stopped = None if why in _NATURAL_ENDS else why
            return Harvest(len(links), self._articles(links, plan), stopped=stopped)
        following = plan.next_listing(load_more_url(template, plan.page + 1))
        return Harvest(len(links), self._articles(links, plan), next=following)

    def links(self, links: Sequence[Link], plan: Plan) -> Harvest:
        """Read the entries of a feed."""
        return Harvest(len(links), self._articles(links, plan))

    def sitemap(self, sitemap: Sitemap, plan: Plan) -> Harvest:
        """Read a sitemap: its articles, and the newest sitemaps of an index."""
        articles = self._articles(self._newest(sitemap.links), plan, self._horizon.most_articles)
        read = len(sitemap.links) + len(sitemap.indexes)
        if plan.page >= MAX_DEPTH:
            return Harvest(read, articles, stopped="sitemap_depth" if sitemap.indexes else None)
        own = [link for link in sitemap.indexes if self._profile.owns(link.url)]
        fresh = [link for link in own if not self._horizon.is_old(link)]
        fresh.sort(key=lambda link: link.modified or link.date or "", reverse=True)
        lists = tuple(
            Plan(
                site=plan.site,
                url=link.url,
                via=plan.via,
                expects="sitemap",
                referrer=plan.url,
                page=plan.page + 1,
            )
            for link in fresh[:MOST_SITEMAPS]
        )
        stopped = "sitemaps_limit" if len(fresh) > MOST_SITEMAPS else None
        return Harvest(read, articles, lists, stopped=stopped)

    def _articles(self, links: Iterable[Link], plan: Plan, most: int = MOST_ARTICLES) -> tuple[Plan, ...]:
        plans: dict[str, Plan] = {}
        room = most - self._planned
        self.overflowed = False
        for link in links:
            if not self._is_candidate(link) or self._is_settled(link):
                continue
            if len(plans) >= room:
                self.overflowed = True
                break
            found = Plan(site=plan.site, url=link.url, via="page", expects="article", referrer=plan.url)
            plans.setdefault(found.id, found)
        self._planned += len(plans)
        return tuple(plans.values())

    def _newest(self, links: Sequence[Link]) -> Sequence[Link]:
        """Return the links with the newest first where not all may fit; sitemaps have any order."""
        if len(links) <= self._horizon.most_articles - self._planned:
            return links
        return sorted(links, key=lambda link: link.modified or link.date or "", reverse=True)

    def _is_candidate(self, link: Link) -> bool:
        pattern = self._profile.article_pattern
        if not self._profile.owns(link.url) or refusal(link.url) is not None:
            return False
        if pattern is not None and pattern.search(link.url) is None:
            return False
        return not self._horizon.is_old(link)

    def _following(self, page: Page, plan: Plan, items: Sequence[Link]) -> tuple[Plan | None, str | None]:
        url = next_page(page, self._profile) or previous_issue(page)
        if url is None or not self._profile.owns(url):
            return None, None
        why = refusal(url) or self._variants.refusal(url) or self._ends(plan, items)
        if why is None:
            return plan.next_listing(url), None
        return None, None if why in _NATURAL_ENDS else why

    def _ends(self, plan: Plan, items: Sequence[Link]) -> str | None:
        """Return why a list is not read on after a page with these items, or None."""
        dated = [link for link in items if link.date]
        if dated and len(dated) * 2 > len(items) and all(map(self._horizon.is_old, dated)):
            return "older_than_since"
        if plan.paging is None:
            return _NO_PAGING
        candidates = [link for link in items if self._is_candidate(link)]
        new = [not self._is_old_news(link.url) for link in candidates]
        ends_old = _end_in_known(candidates, new)
        return plan.paging.after(tuple(link.url for link in items), 0 if ends_old else sum(new))

    def _lists(self, page: Page, plan: Plan) -> tuple[Plan, ...]:
        """Channels and feeds that a home page names; a profile that names its lists needs none."""
        found: list[Plan] = []
        if not self._profile.feeds:
            feeds = [url for url in ways_in(page).feeds if self._profile.owns(url)]
            found += [self._list(plan, url, "feed") for url in feeds[:MOST_FEEDS]]
        if is_home(plan.url) or self._profile.listing_pattern is not None:
            named = [link.url for link in channels(page, self._profile) if refusal(link.url) is None]
            found += [self._list(plan, url, "listing") for url in named[:MOST_CHANNELS]]
        return tuple(found)

    def _edition(self, page: Page, plan: Plan) -> tuple[Plan, ...]:
        """The other pages of a newspaper's issue."""
        urls = [url for url in edition_pages(page) if self._profile.owns(url)]
        return tuple(replace(self._list(plan, url, "listing"), via="guess", paging=None) for url in urls)

    def _list(self, plan: Plan, url: str, expects: Expects) -> Plan:
        # What a pattern of the profile names is a listing that must be readable; a guess need not be.
        sure = expects == "listing" and self._profile.listing_pattern is not None
        return Plan(
            site=plan.site,
            url=url,
            via="listing" if sure else "guess",
            expects=expects,
            referrer=plan.url,
            paging=self._horizon.paging(),
        )


def _end_in_known(links: Sequence[Link], new: Sequence[bool]) -> bool:
    """Return whether all lists of a page end in what was known before.

    Lists are newest first: when one ends in known articles, so does all behind it. Pinned old items stand
    at the top, so a few at the end are proof enough; but a ranking of known articles beside a list, or
    below it, says nothing of that list. Links that stand alone are one list.
    """
    alone = Counter(link.place for link in links)
    lists: dict[int, list[bool]] = {}
    for link, is_new in zip(links, new, strict=True):
        lists.setdefault(link.place if alone[link.place] >= _KNOWN_TAIL else 0, []).append(is_new)
    whole = [one for one in lists.values() if len(one) >= _KNOWN_TAIL]
    return bool(whole) and not any(any(one[-_KNOWN_TAIL:]) for one in whole)


def is_home(url: str) -> bool:
    """Return whether a URL is the top of its host: / or /index.html."""
    return _HOME.fullmatch(urlsplit(url).path) is not None
