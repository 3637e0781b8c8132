"""The demo's world: every article of every site, computed when it is asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Final

from newsspider.demo import addresses, cast, printing
from newsspider.demo.article import TRAITS, DemoArticle
from newsspider.demo.cast import Copy, Role
from newsspider.demo.expected import Expected
from newsspider.demo.oddities import OddPage, odd_pages
from newsspider.demo.sites import BY_NAME, SITES, Channel, DemoSite
from newsspider.demo.story import Story
from newsspider.demo.written import story_of
from newsspider.items import Related

#: China has one time zone and no summer time.
CHINA: Final = timezone(timedelta(hours=8))
_SHARES: Final = sum(site.share for site in SITES)
_LARGE: Final = 1000
#: How many articles older the ones are that an article's lists link to; the oldest link to the newest.
_STEPS: Final = ((1, 2, 4, 5), (3, 7, 8))


class World:
    """All sites on one day. Two worlds with the same arguments are equal to the letter.

    today: the day of the demo; the newest articles are of the day before. phase: 1 at the first
    visit, 2 when some articles have been corrected (and, in a large world, new ones were
    published). scale: how many articles there are. new, corrected: how many the second phase adds
    and corrects (by default 0 and 1; 50 and 5 from 1,000 articles on).
    """

    def __init__(
        self,
        today: date,
        *,
        phase: int = 1,
        scale: int = 150,
        new: int | None = None,
        corrected: int | None = None,
    ) -> None:
        self.today = today
        self.phase = phase
        self.scale = scale
        large = scale >= _LARGE
        self.new = (50 if large else 0) if new is None else new
        count = (5 if large else 1) if corrected is None else corrected
        self._bases = _divided(scale)
        self._added = {
            site.name: len(range(place, self.new, len(SITES))) if phase > 1 else 0
            for place, site in enumerate(SITES)
        }
        self._corrected = frozenset(cast.CORRECTED[:count]) if phase > 1 else frozenset()
        self.article = lru_cache(maxsize=512)(self._article)
        self._text = lru_cache(maxsize=2048)(self._uncached_text)

    @property
    def page_size(self) -> int:
        """Return how many articles a page of a list has: few in a small world, so that it has pages."""
        return 20 if self.scale >= _LARGE else 8

    def count(self, site: DemoSite) -> int:
        """Return how many articles the site has; they are numbered from 0, the oldest."""
        return self._bases[site.name] + self._added[site.name]

    def articles(self, site: DemoSite) -> Iterator[DemoArticle]:
        """Yield the site's articles, newest first."""
        for number in range(self.count(site) - 1, -1, -1):
            yield self.article(site, number)

    def odd_pages(self) -> tuple[OddPage, ...]:
        """Return the URLs that are no articles."""
        return odd_pages(self.today, moved_to=self.role(cast.MOVED).path)

    def expected(self, *, since: date | None = None) -> Expected:
        """Return what a perfect crawl finds that goes back to a day (None: to the beginning)."""
        found: list[DemoArticle] = []
        for site in SITES:
            for article in self.articles(site):
                if since is not None and article.moment.date() < since:
                    break
                found.append(article)
        return Expected(tuple(found), self.odd_pages())

    def numbers(self, site: DemoSite, channel: Channel | None = None) -> range:
        """Return the numbers of the articles of a channel, newest first."""
        last = self.count(site) - 1
        if channel is None:
            return range(last, -1, -1)
        step = len(site.channels)
        return range(last - (last - site.channels.index(channel)) % step, -1, -step)

    def numbers_on(self, site: DemoSite, day: date) -> range:
        """Return the numbers of the articles of one day, oldest first."""
        every = range(self.count(site))

        def day_of(number: int) -> date:
            return self.moment(site, number).date()

        return range(bisect_left(every, day, key=day_of), bisect_right(every, day, key=day_of))

    def role(self, role: Role) -> DemoArticle:
        """Return the article that plays a role of the cast."""
        return self.article(BY_NAME[role.site], self._number(role))

    def channel(self, site: DemoSite, number: int) -> Channel:
        """Return the channel of an article."""
        return site.channels[number % len(site.channels)]

    def moment(self, site: DemoSite, number: int) -> datetime:
        """Return when an article was published."""
        base = self._bases[site.name]
        if number >= base:
            start = datetime.combine(self.today, time(0, 5, 7), CHINA)
            return start + timedelta(minutes=7 * (number - base))
        days = max(5, base // 4) if site.editions else max(25, self.scale // 10)
        back, rest = divmod((base - 1 - number) * days, base)
        start = datetime.combine(self.today - timedelta(days=1 + back), time(20, 59, 31), CHINA)
        return start - timedelta(seconds=rest * 50_000 // base + number % 29)

    def changed(self, site: DemoSite, number: int) -> datetime:
        """Return when an article's page last changed: a correction is of the demo's day."""
        if self._role(site, number) in self._corrected:
            return datetime.combine(self.today, time(0, 30), CHINA)
        return self.moment(site, number)

    def path(self, site: DemoSite, number: int) -> str:
        """Return the path of an article's first page."""
        return addresses.path(site, number, self.channel(site, number), self.moment(site, number))

    def title(self, site: DemoSite, number: int) -> str:
        """Return an article's headline."""
        return self._text(site, number).title

    def text(self, site: DemoSite, number: int) -> Story:
        """Return an article's words as its site prints them."""
        return self._text(site, number)

    def _number(self, role: Role) -> int:
        return max(0, self._bases[role.site] - 1 - role.newer)

    def _role(self, site: DemoSite, number: int) -> Role:
        return Role(site.name, self._bases[site.name] - 1 - number)

    def _copy(self, site: DemoSite, number: int) -> Copy | None:
        return cast.COPIES.get(self._role(site, number))

    def _uncached_text(self, site: DemoSite, number: int) -> Story:
        role = self._role(site, number)
        copy = cast.COPIES.get(role)
        if copy:
            source = BY_NAME[copy.of.site]
            return printing.copied(self._text(source, self._number(copy.of)), copy.how)
        story = story_of(site.name, role.newer, f"{site.name}-{number}")
        story = printing.signed(story, TRAITS[self.channel(site, number).layout].byline)
        return printing.corrected(story) if role in self._corrected else story

    def _article(self, site: DemoSite, number: int) -> DemoArticle:
        role, channel = self._role(site, number), self.channel(site, number)
        story, copy, traits = self._text(site, number), self._copy(site, number), TRAITS[channel.layout]
        original = self.role(copy.of) if copy else None
        return DemoArticle(
            site=site,
            number=number,
            channel=channel,
            path=self.path(site, number),
            title=story.title,
            kicker=story.kicker if site.editions else None,
            moment=self.moment(site, number),
            source=story.source,
            pages=printing.paged(story.paragraphs, cast.PAGES.get(role, 1)),
            authors=printing.authors(story, traits.byline),
            editors=(story.editor,) if traits.editors else (),
            tags=story.tags if traits.tags else (),
            pictures=story.pictures if traits.pictures else (),
            related=self._related(site, number, channel),
            story=original.story if original else self.url(site, number),
            copied=copy.how if copy else None,
            copy_of=original.url if original else None,
            version=2 if role in self._corrected else 1,
        )

    def url(self, site: DemoSite, number: int) -> str:
        """Return the absolute URL of an article's first page."""
        return site.origin + self.path(site, number)

    def _related(self, site: DemoSite, number: int, channel: Channel) -> tuple[Related, ...]:
        traits = TRAITS[channel.layout]
        links: list[Related] = []
        titles = {self.title(site, number)}
        for place, group in enumerate(traits.related):
            for step in _STEPS[place]:
                other = (number - step) % self._bases[site.name]
                story = self._text(site, other)
                if story.title in titles:
                    continue  # itself, or the same text at another address
                titles.add(story.title)
                snippet = printing.snippet(story) if traits.snippets and place == 0 else None
                links.append(
                    Related(group=group, title=story.title, url=self.url(site, other), snippet=snippet)
                )
        return tuple(links)


def _divided(scale: int) -> dict[str, int]:
    """Divide the articles over the sites by their shares; the first site takes the remainder."""
    counts = {site.name: scale * site.share // _SHARES for site in SITES}
    counts[SITES[0].name] += scale - sum(counts.values())
    return counts
