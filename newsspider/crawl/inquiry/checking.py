"""Checks a site: is it alive, what does each way in bring, do its articles extract whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal
from urllib.parse import urljoin, urlsplit

from newsspider.crawl.inquiry.asking import DROPPED, Answer, Ask
from newsspider.crawl.inquiry.listed_links import links_of
from newsspider.crawl.inquiry.samples import Sample, in_turns, page_of, take_samples
from newsspider.crawl.plan import Expects
from newsspider.discover.home import ways_in
from newsspider.discover.link import Link
from newsspider.discover.paging import load_more_url
from newsspider.errors import UnreadablePage
from newsspider.page.document import Page
from newsspider.profile import SiteProfile

WayKind = Literal["start", "sitemap", "feed", "JSON list"]

#: Ways in of each kind that a home page or robots.txt names and a profile does not.
_MOST_NAMED: Final = 2
_EXPECTS: Final[dict[WayKind, Expects]] = {
    "start": "listing",
    "sitemap": "sitemap",
    "feed": "feed",
    "JSON list": "load_more",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way in and what it brought: links, articles among them, the newest date printed.

    named_by: profile, home page or robots.txt.
    """

    kind: WayKind
    url: str
    named_by: str = "profile"
    problem: str | None = None
    links: int = 0
    articles: int = 0
    newest: str | None = None
    elsewhere: str | None = None
    found: tuple[Link, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCheck:
    """What was found out about one site."""

    name: str
    title: str
    region: str | None
    home: str
    home_status: str
    robots: str
    encoding: str | None
    moved_to: tuple[str, ...]
    ways: tuple[Way, ...]
    samples: tuple[Sample, ...]

    @property
    def whole(self) -> int:
        """How many samples have title, time, source and body."""
        return sum(sample.is_whole for sample in self.samples)

    @property
    def dead_because(self) -> str | None:
        """Why no article could be had from the site; None where one could."""
        working = [way for way in self.ways if way.problem is None]
        if not working:
            return f"no way in: {_listed(way.problem for way in self.ways)}"
        if not any(way.articles for way in working):
            return "no way in brings articles"
        if not any(sample.article for sample in self.samples):
            return f"no article: {_listed(sample.problem for sample in self.samples)}"
        return None


def _alive(home: Answer) -> str:
    """Say whether the host answers; a host of channels alone has no home page."""
    if home.problem is None:
        return "alive"
    if home.status is not None:
        return f"answers {home.problem}"
    return f"{home.problem} ({home.detail})" if home.detail else home.problem


def _listed(problems: Iterable[str | None]) -> str:
    return ", ".join(dict.fromkeys(problem for problem in problems if problem))


async def check_site(profile: SiteProfile, ask: Ask, now: datetime) -> SiteCheck:
    """Look at a site's home page, at each way in, and at ten articles."""
    home = home_of(profile)
    first = await ask(home)
    page = _page(first)
    ways = await _ways(profile, ask, first, page)
    articles = in_turns([way.found for way in ways])
    samples = await take_samples(articles, profile, ask, now)
    elsewhere = (
        first.elsewhere,
        *(way.elsewhere for way in ways),
        *(sample.answer.elsewhere for sample in samples),
    )
    return SiteCheck(
        name=profile.name,
        title=profile.title,
        region=profile.region,
        home=home,
        home_status=_alive(first),
        robots=_robots([first.problem, *(way.problem for way in ways)], ask),
        encoding=_encoding(page, samples),
        moved_to=tuple(dict.fromkeys(host for host in elsewhere if host)),
        ways=tuple(replace(way, found=()) for way in ways),
        samples=tuple(sample.without_page() for sample in samples),
    )


def home_of(profile: SiteProfile) -> str:
    """Return the root of the site's first way in."""
    urls = (*profile.start, *profile.sitemaps, *profile.feeds, *profile.load_more)
    return urljoin(urls[0], "/")


async def _ways(profile: SiteProfile, ask: Ask, home: Answer, page: Page | None) -> tuple[Way, ...]:
    planned = [Way(kind="start", url=url) for url in profile.start]
    planned += [Way(kind="sitemap", url=url) for url in profile.sitemaps]
    planned += [Way(kind="feed", url=url) for url in profile.feeds]
    planned += [Way(kind="JSON list", url=load_more_url(url, 1)) for url in profile.load_more]
    planned += _named(profile, ask, page)
    dead_host = urlsplit(home.url).netloc if _is_unreachable(home) else None
    asked = {}
    for way in planned:
        if urlsplit(way.url).netloc != dead_host:
            asked[way.url] = ask(way.url, _EXPECTS[way.kind])
    read = []
    for way in planned:
        if way.url in asked:
            read.append(await _brought(way, await asked[way.url], profile, ask))
        else:
            read.append(replace(way, problem=home.problem or DROPPED))
    return tuple(read)


def _is_unreachable(home: Answer) -> bool:
    """Return whether the host itself did not answer: then nothing more is asked of it."""
    return home.problem is not None and home.status is None and home.elsewhere is None


def _named(profile: SiteProfile, ask: Ask, page: Page | None) -> list[Way]:
    """Return the sitemaps and feeds that the site names itself and the profile does not."""
    named = ways_in(page) if page is not None else None
    found: list[Way] = []
    for kind, urls, known in (
        ("sitemap", ask.sitemaps(), profile.sitemaps),
        ("sitemap", named.sitemaps if named else (), profile.sitemaps),
        ("feed", named.feeds if named else (), profile.feeds),
    ):
        by = "robots.txt" if urls == ask.sitemaps() else "home page"
        taken = {*known, *(way.url for way in found)}
        new = [url for url in urls if profile.owns(url) and url not in taken]
        found += [Way(kind=kind, url=url, named_by=by) for url in new[:_MOST_NAMED]]  # type: ignore[arg-type]
    return found


async def _brought(way: Way, answer: Answer, profile: SiteProfile, ask: Ask) -> Way:
    """Read what a way in brings."""
    if answer.problem is not None:
        return replace(way, problem=answer.problem, elsewhere=answer.elsewhere)
    try:
        links = await links_of(answer, _EXPECTS[way.kind], profile, ask)
    except UnreadablePage as error:
        return replace(way, problem=f"unreadable: {error}")
    articles = tuple(link for link in links if _is_article(link.url, profile))
    dates = [date for link in articles if (date := link.date or link.modified)]
    return replace(
        way,
        problem=None if links else "brings no links",
        links=len(links),
        articles=len(articles),
        newest=max(dates)[:10] if dates else None,
        found=articles,
    )


def _is_article(url: str, profile: SiteProfile) -> bool:
    pattern = profile.article_pattern
    return profile.owns(url) and (pattern is None or pattern.search(url) is not None)


def _page(answer: Answer) -> Page | None:
    if answer.problem is not None:
        return None
    try:
        return page_of(answer)
    except UnreadablePage:
        return None


def _robots(problems: Sequence[str | None], ask: Ask) -> str:
    """Say what robots.txt allows: all that was asked for, some of it, nothing."""
    if "robots.txt unreachable" in problems:
        return "unreachable"
    forbidden = sum(problem == "robots.txt" for problem in problems)
    if not forbidden:
        return "allows" + (", names sitemaps" if ask.sitemaps() else "")
    return f"forbids {forbidden} of {len(problems)}"


def _encoding(page: Page | None, samples: Sequence[Sample]) -> str | None:
    if page is not None:
        return f"{page.encoding} ({page.encoding_from})"
    return next((sample.encoding for sample in samples if sample.encoding), None)
