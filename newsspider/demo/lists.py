"""Prints the pages that link to articles: home pages and channel lists, site by site in its own manner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Final

from newsspider.demo import layouts
from newsspider.demo.oddities import OddPage, Oddity
from newsspider.demo.sites import Channel, DemoSite
from newsspider.demo.world import World

_HOME_ITEMS: Final = 6
_ODD_PLACE: Final = 3
#: Where lists show these among their articles; the others are linked elsewhere.
_LISTED: Final = frozenset(Oddity) - {Oddity.CALENDAR, Oddity.DISALLOWED}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list."""

    address: str
    title: str
    moment: datetime
    summary: str


def channel_page(world: World, channel: Channel, site: DemoSite, page: int, odd: Iterable[OddPage], rotation: int) -> str | None:
    """Return a page of a channel's list; None beyond the end, where the site says so."""
    numbers = world.numbers(site, channel)[(page - 1) * world.page_size : page * world.page_size]
    endless = channel.layout == "html5"
    if page < 1 or (not numbers and not endless and page > 1):
        return None
    found = items(world, site, numbers)
    if page == 1 and found:
        found[_ODD_PLACE:_ODD_PLACE] = _odd_items(site, channel, odd, found[0].moment)
    last = page * world.page_size >= len(world.numbers(site, channel))
    pager = _pager(channel, page, last=last and not endless)
    return _page(site, channel.label, _list(channel.layout, found), pager, rotation)


def home(world: World, site: DemoSite, odd: Iterable[OddPage], rotation: int) -> str:
    """Return the home page: the newest articles of each channel under its name."""
    blocks = []
    for channel in site.channels:
        found = items(world, site, world.numbers(site, channel)[:_HOME_ITEMS])
        more = f'<a href="/{channel.slug}/">更多</a>'
        blocks.append(f"<h2>{channel.label}</h2>{more}\n{_list(channel.layout, found)}")
    notices = [page for page in odd if page.site is site and page.kind is Oddity.DISALLOWED]
    blocks.extend(f'<p class="notice"><a href="{page.path}">{page.title}</a></p>' for page in notices)
    return _page(site, "首页", "\n".join(blocks), "", rotation)


def items(world: World, site: DemoSite, numbers: Iterable[int]) -> list[Item]:
    """Return the entries for these articles."""
    found = []
    for number in numbers:
        story = world.text(site, number)
        found.append(
            Item(world.path(site, number), story.title, world.moment(site, number), story.paragraphs[0][:50])
        )
    return found


def edition(world: World, site: DemoSite, day: date, pages: Iterable[Channel], *, home_page: bool) -> str | None:
    """Return the contents of a newspaper's issue: its pages and the headlines on each."""
    numbers = world.numbers_on(site, day)
    if not numbers:
        return None
    blocks = []
    for channel in pages:
        node = f"/html/{day:%Y-%m/%d}/node_{channel.slug}.htm"
        own = [number for number in numbers if world.channel(site, number) is channel]
        links = "".join(
            f'<li><a href="{world.path(site, number)}">{escape(world.title(site, number))}</a></li>' for number in own
        )
        blocks.append(f'<h3><a href="{node}">{channel.label}</a></h3>\n<ul class="title-list">{links}</ul>')
    earlier = _issues(world, site, until=day)
    if home_page:
        links = "".join(
            f'<li><a href="/html/{issue:%Y-%m/%d}/node_1.htm">{issue:%Y年%m月%d日}</a></li>' for issue in earlier
        )
        blocks.append(f'<div class="issues"><h3>近期报纸</h3><ul>{links}</ul></div>')
    before = f'<a href="/html/{earlier[0]:%Y-%m/%d}/node_1.htm">上一期</a>' if earlier else ""
    others = "".join(
        f'<a href="/html/{day:%Y-%m/%d}/node_{channel.slug}.htm">{channel.label}</a> ' for channel in site.channels
    )
    heading = f"{day:%Y年%m月%d日}"
    pager = f'<div class="paper-pages">{others}{before}</div>'
    return _filled("edition", site, heading, "\n".join(blocks), pager, rotation=0, month=f"{day:%Y-%m}")


def calendar(world: World, site: DemoSite, year: int, month: int) -> str:
    """Return a month of the calendar, which has neither beginning nor end."""
    months = year * 12 + month - 1
    days = "".join(
        f'<td><a href="/rili/{year:04d}-{month:02d}-{day:02d}.htm">{day}</a></td>' for day in range(1, 29)
    )
    links = "".join(
        f'<a href="/rili/{other // 12:04d}-{other % 12 + 1:02d}.htm">{label}</a> '
        for other, label in ((months - 1, "上月"), (months + 1, "下月"))
        if 12 <= other < 12 * 9999
    )
    content = f'<table class="rili"><tr>{days}</tr></table>'
    return _filled("edition", site, f"{year}年{month}月", content, links, rotation=0, month=f"{world.today:%Y-%m}")


def scripted(site: DemoSite, heading: str, state: str) -> str:
    """Return a page whose list is built by script, from the state in it or from the site's JSON."""
    content = f"<script>window.__INITIAL_STATE__ = {state};</script>" if state else ""
    return _filled("script", site, heading, content, "", rotation=0)


def notice(site: DemoSite, heading: str, content: str) -> str:
    """Return a page that says a sentence or two."""
    if site.editions:
        return _filled("edition", site, heading, content, "", rotation=0, month="2026-01")
    return _page(site, heading, content, "", 0)


def _issues(world: World, site: DemoSite, *, until: date) -> list[date]:
    """Return the days of the last issues before a day, newest first."""
    days: list[date] = []
    first = world.numbers_on(site, until)
    number = first.start - 1 if first else -1
    while number >= 0 and len(days) < _HOME_ITEMS:
        day = world.moment(site, number).date()
        days.append(day)
        number = world.numbers_on(site, day).start - 1
    return days


def _odd_items(site: DemoSite, channel: Channel, odd: Iterable[OddPage], moment: datetime) -> list[Item]:
    if channel is not site.channels[0]:
        return []
    return [
        Item(page.path, page.title, moment, page.title)
        for page in odd
        if page.site is site and page.kind in _LISTED
    ]


def _list(layout: str, found: list[Item]) -> str:
    entries = []
    for item in found:
        title = escape(item.title)
        link = f'<a href="{item.address}" target="_blank">{title}</a>'
        if layout == "table2005":
            entries.append(f'<tr><td>· {link}</td><td align="right" class="date">({item.moment:%Y-%m-%d})</td></tr>')
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
    return _filled(_FRAMES[site.channels[0].layout], site, heading, content, pager, rotation=rotation)


def _filled(  # noqa: PLR0913  the words of a template
    frame: str, site: DemoSite, heading: str, content: str, pager: str, *, rotation: int, month: str = ""
) -> str:
    links = "".join(
        f'<a href="/{channel.slug}/">{channel.label}</a>' for channel in site.channels if not site.editions
    )
    return layouts.template(frame).substitute(
        declared=site.declared,
        site=escape(site.title),
        heading=escape(heading),
        menu=f'<a href="/">首页</a>{links}',
        content=content,
        pager=pager,
        month=month,
        ad=str(rotation % 8),
        adtext=layouts.advertisement(rotation),
    )
