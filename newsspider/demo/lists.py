"""Prints the pages that link to articles: home pages and channel lists, site by site in its own manner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Final

from newsspider.demo import layouts
from newsspider.demo.oddities import Oddity, OddPage
from newsspider.demo.sites import Channel, DemoSite
from newsspider.demo.world import World

_HOME_ITEMS: Final = 6
_ODD_PLACE: Final = 3
_SUMMARY: Final = 50
#: Where lists show these among their articles; the others are linked elsewhere.
_LISTED: Final = frozenset(Oddity) - {Oddity.CALENDAR, Oddity.DISALLOWED}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list."""

    address: str
    title: str
    moment: datetime
    summary: str


class Lists:
    """The lists of a world; `odd` are the URLs that they show among the articles'."""

    def __init__(self, world: World, odd: tuple[OddPage, ...]) -> None:
        self._world = world
        self._odd = odd

    def channel_page(self, site: DemoSite, channel: Channel, page: int, rotation: int) -> str | None:
        """Return a page of a channel's list; None beyond the end, where the site says so."""
        every, size = self._world.numbers(site, channel), self._world.page_size
        numbers = every[(page - 1) * size : page * size]
        endless = channel.layout == "html5"
        if page < 1 or (page > 1 and not numbers and not endless):
            return None
        found = self.items(site, numbers)
        if page == 1 and found and channel is site.channels[0]:
            found[_ODD_PLACE:_ODD_PLACE] = self._odd_items(site, found[0].moment)
        pager = _pager(channel, page, last=page * size >= len(every) and not endless)
        return _page(site, channel.label, _list(channel.layout, found), pager, rotation)

    def home(self, site: DemoSite, rotation: int) -> str:
        """Return the home page: the newest articles of each channel under its name."""
        blocks = []
        for channel in site.channels:
            found = self.items(site, self._world.numbers(site, channel)[:_HOME_ITEMS])
            more = f'<a href="/{channel.slug}/">更多</a>'
            blocks.append(f"<h2>{channel.label}</h2>{more}\n{_list(channel.layout, found)}")
        notices = [page for page in self._odd if page.site is site and page.kind is Oddity.DISALLOWED]
        blocks.extend(f'<p class="notice"><a href="{page.path}">{page.title}</a></p>' for page in notices)
        return _page(site, "首页", "\n".join(blocks), "", rotation)

    def items(self, site: DemoSite, numbers: Iterable[int]) -> list[Item]:
        """Return the entries for these articles."""
        found = []
        for number in numbers:
            story, moment = self._world.text(site, number), self._world.moment(site, number)
            summary = story.paragraphs[0][:_SUMMARY]
            found.append(Item(self._world.path(site, number), story.title, moment, summary))
        return found

    def edition(self, site: DemoSite, day: date, only: Channel | None = None) -> str | None:
        """Return a newspaper's issue: its pages and their headlines; or `only` one of its pages."""
        world, folder = self._world, f"/html/{day:%Y-%m/%d}"
        numbers = world.numbers_on(site, day)
        if not numbers:
            return None
        blocks = []
        for channel in site.channels if only is None else (only,):
            own = [number for number in numbers if world.channel(site, number) is channel]
            links = "".join(
                f'<li><a href="{item.address}">{escape(item.title)}</a></li>'
                for item in self.items(site, own)
            )
            heading = f'<h3><a href="{folder}/node_{channel.slug}.htm">{channel.label}</a></h3>'
            blocks.append(f'{heading}\n<ul class="title-list">{links}</ul>')
        earlier = self._issues(site, numbers.start - 1)
        if only is None:
            links = "".join(f'<li><a href="{_issue(one)}">{one:%Y年%m月%d日}</a></li>' for one in earlier)
            blocks.append(f'<div class="issues"><h3>近期报纸</h3><ul>{links}</ul></div>')
        before = f'<a href="{_issue(earlier[0])}">上一期</a>' if earlier else ""
        others = "".join(f'<a href="{folder}/node_{one.slug}.htm">{one.label}</a> ' for one in site.channels)
        pager = f'<div class="paper-pages">{others}{before}</div>'
        content = "\n".join(blocks)
        return _filled(
            "edition", site, content, heading=f"{day:%Y年%m月%d日}", pager=pager, month=f"{day:%Y-%m}"
        )

    def calendar(self, site: DemoSite, year: int, month: int) -> str:
        """Return a month of the calendar, which has neither beginning nor end."""
        months = year * 12 + month - 1
        days = "".join(
            f'<td><a href="/rili/{year:04d}-{month:02d}-{day:02d}.htm">{day}</a></td>' for day in range(1, 29)
        )
        links = "".join(
            f'<a href="/rili/{other // 12:04d}-{other % 12 + 1:02d}.htm">{label}</a> '
            for other, label in ((months - 1, "上月"), (months + 1, "下月"))
        )
        content, today = f'<table class="rili"><tr>{days}</tr></table>', f"{self._world.today:%Y-%m}"
        return _filled("edition", site, content, heading=f"{year}年{month}月", pager=links, month=today)

    def _issues(self, site: DemoSite, number: int) -> list[date]:
        """Return the days of the last issues up to that of an article, newest first."""
        days: list[date] = []
        while number >= 0 and len(days) < _HOME_ITEMS:
            days.append(self._world.moment(site, number).date())
            number = self._world.numbers_on(site, days[-1]).start - 1
        return days

    def _odd_items(self, site: DemoSite, moment: datetime) -> list[Item]:
        pages = (page for page in self._odd if page.site is site and page.kind in _LISTED)
        return [Item(page.path, page.title, moment, page.title) for page in pages]


def _issue(day: date) -> str:
    return f"/html/{day:%Y-%m/%d}/node_1.htm"


def scripted(site: DemoSite, heading: str, state: str) -> str:
    """Return a page whose list is built by script, from the state in it or from the site's JSON."""
    content = f"<script>window.__INITIAL_STATE__ = {state};</script>" if state else ""
    return _filled("script", site, content, heading=heading)


def notice(site: DemoSite, heading: str, content: str) -> str:
    """Return a page that says a sentence or two."""
    if site.editions:
        return _filled("edition", site, content, heading=heading, month="2026-01")
    return _page(site, heading, content, "", 0)


def _list(layout: str, found: list[Item]) -> str:
    entries = []
    for item in found:
        title = escape(item.title)
        link = f'<a href="{item.address}" target="_blank">{title}</a>'
        if layout == "table2005":
            entries.append(
                f'<tr><td>· {link}</td><td align="right" class="date">({item.moment:%Y-%m-%d})</td></tr>'
            )
        elif layout == "portal2008":
            entries.append(f"<li><span>{item.moment:%Y-%m-%d}</span>{link}</li>")
        elif layout == "portal2012":
            entries.append(f"<li>{link}<i>[{item.moment:%m-%d %H:%M}]</i></li>")
        elif layout == "html5":
            entries.append(
                f'<article class="card"><h3>{link}</h3><p>{escape(item.summary)}</p>'
                f'<time datetime="{item.moment.isoformat()}">{item.moment:%Y-%m-%d %H:%M}</time></article>'
            )
        else:
            entries.append(
                f'<a class="m-card" href="{item.address}"><div class="m-t">{title}</div>'
                f'<div class="m-d">{item.moment:%m-%d %H:%M}</div></a>'
            )
    opening, closing = _LISTS[layout]
    return f"{opening}\n" + "\n".join(entries) + f"\n{closing}"


_LISTS: Final = {
    "table2005": ('<table width="100%" border="0" cellpadding="4" cellspacing="0">', "</table>"),
    "portal2008": ('<ul class="newslist">', "</ul>"),
    "portal2012": ('<ul class="list16">', "</ul>"),
    "html5": ('<div class="cards">', "</div>"),
    "mobile": ('<div class="m-cards">', "</div>"),
}
_FRAMES: Final = {
    "portal2008": "list2008",
    "table2005": "list2008",
    "portal2012": "list2012",
    "html5": "list_html5",
    "mobile": "list_mobile",
}


def page_address(layout: str, page: int) -> str:
    """Return how a list of this layout names its n-th page, relative to the first."""
    if layout == "html5":
        return f"?page={page}"
    if page == 1:
        return "./"
    return f"index_{page}.htm" if layout == "portal2012" else f"index_{page}.html"


def _pager(channel: Channel, page: int, *, last: bool) -> str:
    layout = channel.layout
    before = f'<a href="{page_address(layout, page - 1)}">上一页</a>' if page > 1 else "<span>上一页</span>"
    after = "<span>下一页</span>" if last else f'<a href="{page_address(layout, page + 1)}">下一页</a>'
    return f'<div class="pages">{before} <span class="current">{page}</span> {after}</div>'


def _page(site: DemoSite, heading: str, content: str, pager: str, rotation: int) -> str:
    frame = _FRAMES[site.channels[0].layout]
    return _filled(frame, site, content, rotation=rotation, heading=heading, pager=pager)


def _filled(  # noqa: PLR0913  the words of a template
    frame: str,
    site: DemoSite,
    content: str,
    *,
    heading: str,
    pager: str = "",
    month: str = "",
    rotation: int = 0,
) -> str:
    """Fill the template of a list."""
    channels = () if site.editions else site.channels
    links = "".join(f'<a href="/{channel.slug}/">{channel.label}</a>' for channel in channels)
    words = {
        "declared": site.declared,
        "site": escape(site.title),
        "heading": escape(heading),
        "menu": f'<a href="/">首页</a>{links}',
        "content": content,
        "pager": pager,
        "month": month,
        "ad": str(rotation % 8),
        "adtext": layouts.advertisement(rotation),
    }
    return layouts.template(frame).substitute(words)
