"""Surveys an unknown site: which lists it has, what its articles' addresses share, how they extract."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal
from urllib.parse import urlsplit

from newsspider.crawl.inquiry.asking import Answer, Ask
from newsspider.crawl.inquiry.listed_links import links_of
from newsspider.crawl.inquiry.samples import Sample, in_turns, page_of, take_samples
from newsspider.crawl.plan import Expects
from newsspider.discover.home import channels, ways_in
from newsspider.discover.link import Link
from newsspider.discover.listing import find_items
from newsspider.discover.masthead import region, site_title
from newsspider.discover.shapes import Shape, article_shapes, joined
from newsspider.errors import UnreadablePage
from newsspider.page.document import Page
from newsspider.page.urls import identity, registrable
from newsspider.profile import SiteProfile

ListKind = Literal["home", "channel", "feed", "sitemap"]

#: Channels of the home page that are looked at, and lists that a profile begins with.
MOST_CHANNELS: Final = 16
MOST_STARTS: Final = 8
_MOST_NAMED: Final = 3
#: A list is worth a request a run when it brings so many articles that no list before it brought.
_FEWEST_NEW: Final = 3
#: A feed or sitemap whose newest article is older was left behind by a redesign.
_STALE: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list of the site and what it brings: its article links, and how many no earlier list brought."""

    kind: ListKind
    url: str
    title: str
    problem: str | None = None
    links: tuple[Link, ...] = ()
    articles: int = 0
    new: int = 0
    newest: str | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found, and the profile that follows from it; `problem` says why there is none."""

    problem: str | None = None
    profile: SiteProfile | None = None
    shapes: tuple[Shape, ...] = ()
    lists: tuple[Listed, ...] = ()
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person said about the site instead of having it found out."""

    home: str
    name: str
    title: str | None = None
    region: str | None = None


def rough_profile(wishes: Wishes) -> SiteProfile:
    """Return the profile with which a site is surveyed: all hosts of its domain, nothing else."""
    parts = urlsplit(wishes.home)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    domain = registrable(host)
    is_name = domain and not domain.startswith("[") and not domain.rpartition(".")[2].isdigit()
    hosts = f"*.{domain}{port}" if is_name and "." in domain else parts.netloc
    return SiteProfile(
        name=wishes.name,
        title=wishes.title or host,
        region=wishes.region,
        hosts=(hosts,),
        start=(wishes.home,),
    )


async def survey_site(wishes: Wishes, profile: SiteProfile, ask: Ask, now: datetime) -> Survey:
    """Look at the home page, its channels, feeds and sitemaps, and at ten articles."""
    home = await ask(wishes.home)
    if home.problem is not None:
        detail = f" ({home.detail})" if home.detail else ""
        return Survey(problem=f"{wishes.home}: {home.problem}{detail}")
    try:
        page = page_of(home)
        lists = await _lists(page, profile, ask)
    except UnreadablePage as error:
        return Survey(problem=f"{wishes.home}: unreadable: {error}")
    everything = [link for listed in lists for link in listed.links]
    shapes = article_shapes(everything, [listed.url for listed in lists])
    samples = await take_samples(_to_sample(lists, shapes), profile, ask, now)
    shapes = tuple(shape for shape in shapes if not _is_refuted(shape, samples))
    lists = _judged(lists, shapes, now)
    if not any(listed.chosen for listed in lists):
        return Survey(problem="no list brings articles", lists=lists, samples=samples)
    kept = tuple(sample for sample in samples if _is_article(sample.url, shapes))
    return Survey(
        profile=_profile(wishes, profile, page, lists, shapes),
        shapes=shapes,
        lists=lists,
        samples=kept,
    )


async def _lists(page: Page, profile: SiteProfile, ask: Ask) -> tuple[Listed, ...]:
    """Read all lists that the home page and robots.txt name, the home page itself last."""
    named = ways_in(page)
    home = Listed(kind="home", url=page.url or "", title="")
    planned = [
        Listed(kind="channel", url=link.url, title=link.title)
        for link in channels(page, profile)[:MOST_CHANNELS]
    ]
    planned += [Listed(kind="feed", url=url, title="") for url in named.feeds[:_MOST_NAMED]]
    sitemaps = dict.fromkeys((*ask.sitemaps(), *named.sitemaps))
    planned += [Listed(kind="sitemap", url=url, title="") for url in list(sitemaps)[:_MOST_NAMED]]
    planned = [listed for listed in planned if profile.owns(listed.url)]
    asked = [ask(listed.url, _expects(listed.kind)) for listed in planned]
    read = [
        await _read(listed, await answer, profile, ask) for listed, answer in zip(planned, asked, strict=True)
    ]
    return (*read, replace(home, links=find_items(page, profile)))


def _expects(kind: ListKind) -> Expects:
    return kind if kind in {"feed", "sitemap"} else "listing"


async def _read(listed: Listed, answer: Answer, profile: SiteProfile, ask: Ask) -> Listed:
    if answer.problem is not None:
        return replace(listed, problem=answer.problem)
    try:
        links = await links_of(answer, _expects(listed.kind), profile, ask)
    except UnreadablePage as error:
        return replace(listed, problem=f"unreadable: {error}")
    own = tuple(link for link in links if profile.owns(link.url))
    return replace(listed, links=own, problem=None if own else "brings no links")


def _to_sample(lists: Sequence[Listed], shapes: Sequence[Shape]) -> tuple[Link, ...]:
    """Return links to look at: of each shape and of each list in turns, the newest first."""
    links = in_turns([listed.links for listed in lists])
    if not shapes:
        return links
    return in_turns([[link for link in links if re.search(s.pattern, link.url)] for s in shapes])


def _is_refuted(shape: Shape, samples: Sequence[Sample]) -> bool:
    """Return whether pages were seen of a shape and none of them was an article."""
    seen = [sample for sample in samples if re.search(shape.pattern, sample.url)]
    read = [sample for sample in seen if sample.answer.problem is None]
    return bool(read) and not any(sample.article for sample in read)


def _is_article(url: str, shapes: Sequence[Shape]) -> bool:
    return not shapes or any(re.search(shape.pattern, url) for shape in shapes)


def _judged(lists: Sequence[Listed], shapes: Sequence[Shape], now: datetime) -> tuple[Listed, ...]:
    """Choose the lists that are worth a request: each brings articles that none before it brought."""
    known: set[str] = set()
    starts = 0
    judged = []
    for listed in lists:
        links = [link for link in listed.links if _is_article(link.url, shapes)]
        new = {identity(link.url) for link in links} - known
        dates = [date[:10] for link in links if (date := link.date or link.modified)]
        newest = max(dates, default=None)
        is_start = listed.kind in {"home", "channel"}
        stale = newest is not None and newest < (now - _STALE).date().isoformat()
        if is_start:
            none_yet = listed.kind == "home" and not starts
            wanted = starts < MOST_STARTS and (len(new) >= _FEWEST_NEW or (none_yet and bool(new)))
            known |= new if wanted else set()
        else:
            wanted = len(links) >= _FEWEST_NEW
        chosen = wanted and not stale
        starts += chosen and is_start
        judged.append(replace(listed, articles=len(links), new=len(new), newest=newest, chosen=chosen))
    return tuple(judged)


def _profile(
    wishes: Wishes,
    rough: SiteProfile,
    page: Page,
    lists: Sequence[Listed],
    shapes: Sequence[Shape],
) -> SiteProfile:
    chosen = [listed for listed in lists if listed.chosen]
    starts = tuple(listed.url for listed in chosen if listed.kind in {"home", "channel"})
    return SiteProfile(
        name=wishes.name,
        title=wishes.title or site_title(page),
        region=wishes.region or region(page),
        hosts=_hosts(rough, chosen, shapes),
        start=starts or (wishes.home,),
        article_url=joined(shapes),
        sitemaps=tuple(listed.url for listed in chosen if listed.kind == "sitemap"),
        feeds=tuple(listed.url for listed in chosen if listed.kind == "feed"),
    )


def _hosts(rough: SiteProfile, lists: Sequence[Listed], shapes: Sequence[Shape]) -> tuple[str, ...]:
    """Return the one host of lists and articles where they share one, else all of the domain."""
    urls = [listed.url for listed in lists]
    urls += [link.url for listed in lists for link in listed.links if _is_article(link.url, shapes)]
    hosts = {urlsplit(url).netloc.lower() for url in (*urls, *rough.start)}
    return tuple(hosts) if len(hosts) == 1 else rough.hosts
