"""What a page with links brings: new articles, further lists, the next page, and why a list ends."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from newsspider.crawl.harvest import (
    MOST_ARTICLES,
    MOST_CHANNELS,
    MOST_FEEDS,
    MOST_SITEMAPS,
    Harvest,
    Harvester,
    Horizon,
    is_home,
)
from newsspider.crawl.plan import Plan
from newsspider.discover.link import Link
from newsspider.discover.sitemap import MAX_DEPTH, Sitemap
from newsspider.page.document import Page
from newsspider.profile import SiteProfile

BASE = "http://news.example"


def profile(**fields: Any) -> SiteProfile:
    return SiteProfile(
        name="site", title="站", region=None, hosts=("news.example",), start=(BASE + "/",), **fields
    )


def harvester(
    *,
    settled: Callable[[str], bool] = lambda _: False,
    known: Callable[[str], bool] = lambda _: False,
    since: date | None = None,
    most_pages: int = 50,
    deep: bool = False,
    most_articles: int = MOST_ARTICLES,
    **fields: Any,
) -> tuple[Harvester, Horizon]:
    horizon = Horizon(since=since, most_pages=most_pages, deep=deep, most_articles=most_articles)
    made = Harvester(
        profile(**fields),
        horizon,
        is_settled=lambda link: settled(link.url),
        is_old_news=known,
    )
    return made, horizon


def plan(
    url: str = BASE + "/list/", *, expects: Any = "listing", via: Any = "listing", **fields: Any
) -> Plan:
    return Plan(site="site", url=url, via=via, expects=expects, **fields)


def article(number: int, day: str = "20261124") -> str:
    return f"/news/{day}/{1000 + number}.html"


def page(
    numbers: Sequence[int],
    *,
    extra: str = "",
    head: str = "",
    url: str = BASE + "/list/",
    day: str = "2026-11-24",
) -> Page:
    entries = "".join(
        f'<li><span>{day}</span><a href="{article(n, day.replace("-", ""))}">清河县第{n}次会议研究部署农田水利建设工作</a></li>'
        for n in numbers
    )
    text = f'<html><head><meta charset="utf-8">{head}</head><body><ul class="list">{entries}</ul>{extra}</body></html>'
    return Page.from_bytes(text.encode(), url=url)


NEXT = '<div class="pages"><a href="/list/index_2.html">下一页</a></div>'


def found(harvest: Harvest) -> list[str]:
    return [one.url.removeprefix(BASE) for one in harvest.articles]


def test_a_list_gives_its_articles_and_its_next_page() -> None:
    made, horizon = harvester()
    harvest = made.listing(page(range(20), extra=NEXT), plan(paging=horizon.paging()))
    assert found(harvest) == [article(n) for n in range(20)]
    assert harvest.next is not None
    assert (harvest.next.url, harvest.next.page, harvest.next.via) == (
        BASE + "/list/index_2.html",
        2,
        "paging",
    )
    assert harvest.stopped is None
    assert {one.referrer for one in harvest.articles} == {BASE + "/list/"}


def test_settled_articles_are_left_and_known_ones_end_the_list() -> None:
    made, horizon = harvester(settled=lambda url: "1003" in url, known=lambda _: True)
    harvest = made.listing(page(range(8), extra=NEXT), plan(paging=horizon.paging()))
    assert article(3) not in found(harvest)
    assert len(found(harvest)) == 7
    # That all is known is no limit: the list is read as far as it is new.
    assert (harvest.next, harvest.stopped) == (None, None)


RANKING = '<div class="hot"><ul>{}</ul></div>'


@pytest.mark.parametrize(
    ("main", "ranking", "further"),
    [
        # A page full of news and a ranking of what is known: the list goes on.
        (range(100, 120), range(10), True),
        (range(100, 108), range(10), True),
        # News on top of what is known, and a ranking of it: all behind it is known.
        ([100, 101, *range(18)], range(10), False),
        ([100, 101, *range(18)], [], False),
        # A ranking that has news at its end: one page more is asked for, nothing is missed.
        ([100, 101, *range(18)], [*range(20, 29), 150], True),
        # Pinned articles at the top.
        ([0, 1, *range(100, 118)], [], True),
    ],
)
def test_a_list_ends_where_it_is_known_and_not_where_a_ranking_is(
    main: Sequence[int], ranking: Sequence[int], further: bool
) -> None:
    known = {BASE + article(n) for n in range(40)}
    made, horizon = harvester(
        settled=known.__contains__, known=known.__contains__, article_url=r"/news/\d+/\d+\.html$"
    )
    links = "".join(
        f'<li><a href="{article(n)}">清河县第{n}次会议研究部署农田水利建设工作</a></li>' for n in ranking
    )
    harvest = made.listing(page(main, extra=NEXT + RANKING.format(links)), plan(paging=horizon.paging()))
    assert (harvest.next is not None) is further


def test_a_person_who_says_since_is_read_on_for() -> None:
    made, horizon = harvester(known=lambda _: True, deep=True, since=date(2026, 1, 1))
    harvest = made.listing(page(range(8), extra=NEXT), plan(paging=horizon.paging()))
    assert harvest.next is not None


def test_old_dates_end_a_list() -> None:
    made, horizon = harvester(since=date(2026, 11, 20))
    harvest = made.listing(page(range(8), extra=NEXT, day="2026-10-01"), plan(paging=horizon.paging()))
    assert found(harvest) == []
    assert (harvest.next, harvest.stopped) == (None, None)


def test_limits_are_named() -> None:
    made, horizon = harvester(most_pages=1)
    assert made.listing(page(range(8), extra=NEXT), plan(paging=horizon.paging())).stopped == "pages_limit"
    made, horizon = harvester()
    paging = horizon.paging()
    made.listing(page(range(8), extra=NEXT), plan(paging=paging))
    assert made.listing(page(range(8), extra=NEXT), plan(paging=paging)).stopped == "same_content"
    far = NEXT.replace("index_2.html", "?page=99999")
    assert made.listing(page(range(8), extra=far), plan(paging=horizon.paging())).stopped == "page_number"


@pytest.mark.parametrize(
    "target",
    [
        "http://other.example/list/2.html",
        "file:///etc/passwd",
        "javascript:next()",
        "http://news.example:81/2.html",
    ],
)
def test_the_next_page_is_on_the_site(target: str) -> None:
    made, horizon = harvester()
    harvest = made.listing(
        page(range(8), extra=NEXT.replace("/list/index_2.html", target)), plan(paging=horizon.paging())
    )
    assert harvest.next is None


def test_article_url_of_the_profile_decides() -> None:
    made, horizon = harvester(article_url=r"/news/\d{8}/100[0-3]\.html$")
    harvest = made.listing(page(range(8)), plan(paging=horizon.paging()))
    assert found(harvest) == [article(n) for n in range(4)]


def test_a_home_page_names_feeds_and_channels_and_other_pages_do_not() -> None:
    feeds = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/feed{n}.xml">' for n in range(9)
    )
    channels = "".join(f'<a href="/pindao{n}/">频道新闻</a>' for n in range(99))
    made, horizon = harvester()
    start = page(range(8), head=feeds, extra=f'<div class="nav">{channels}</div>', url=BASE + "/")
    harvest = made.listing(start, plan(BASE + "/", via="start", paging=horizon.paging()))
    expected = [one.expects for one in harvest.lists]
    assert expected.count("feed") == MOST_FEEDS
    assert 0 < expected.count("listing") <= MOST_CHANNELS
    assert made.listing(start, plan(paging=horizon.paging())).lists == ()


def test_a_profile_that_names_its_feeds_needs_none_of_the_page() -> None:
    made, horizon = harvester(feeds=(BASE + "/own.xml",))
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    harvest = made.listing(
        page(range(8), head=head, url=BASE + "/"), plan(BASE + "/", via="start", paging=horizon.paging())
    )
    assert not [one for one in harvest.lists if one.expects == "feed"]


def link(url: str, **fields: Any) -> Link:
    return Link(url=url, title="清河县第三次会议研究部署农田水利建设工作", **fields)


def test_links_of_feeds_stay_on_the_site_and_come_once() -> None:
    made, _ = harvester(since=date(2026, 11, 1))
    urls = [
        BASE + article(1),
        BASE + article(1) + "#comments",
        "http://other.example/news/20261124/1.html",
        "http://news.example@other.example/news/20261124/1.html",
        "file:///etc/passwd",
        BASE + "/a/a/a/a/1.html",
        BASE + "/photo.jpg",
        BASE + "/" + "x" * 2000,
    ]
    harvest = made.links([link(url) for url in urls], plan(expects="feed"))
    assert found(harvest) == [article(1)]
    assert harvest.read == len(urls)
    old = made.links(
        [link(BASE + article(2), date="2026-10-01"), link(BASE + article(3), date="2026-11-02")],
        plan(expects="feed"),
    )
    assert found(old) == [article(3)]


def test_sitemap_indexes_are_bounded_in_breadth_and_depth() -> None:
    made, _ = harvester(since=date(2026, 11, 1))
    indexes = tuple(link(f"{BASE}/map{n}.xml", modified=f"2026-11-{n:02}") for n in range(1, 21))
    away = (
        link("http://other.example/map.xml", modified="2026-11-30"),
        link(f"{BASE}/old.xml", modified="2025-01-01"),
    )
    harvest = made.sitemap(Sitemap(indexes=indexes + away, links=()), plan(expects="sitemap"))
    assert harvest.stopped == "sitemaps_limit"
    assert len(harvest.lists) == MOST_SITEMAPS
    assert BASE + "/map20.xml" in {one.url for one in harvest.lists}
    assert all(one.url.startswith(BASE) and one.page == 2 for one in harvest.lists)
    deep = made.sitemap(Sitemap(indexes=indexes[:1], links=()), plan(expects="sitemap", page=MAX_DEPTH))
    assert (deep.lists, deep.stopped) == ((), "sitemap_depth")


def test_a_sitemap_of_too_many_is_cut_at_the_newest() -> None:
    made, _ = harvester(most_articles=10)
    links = [link(BASE + article(n), date=f"2026-11-{n:02}") for n in range(1, 31)]
    harvest = made.sitemap(Sitemap(indexes=(), links=tuple(links)), plan(expects="sitemap"))
    assert found(harvest) == [article(n) for n in range(30, 20, -1)]
    assert made.overflowed
    # What is planned counts for the next sitemap, and lists are read on: the next run could not find theirs.
    assert made.sitemap(Sitemap(indexes=(), links=tuple(links)), plan(expects="sitemap")).articles == ()
    assert len(made.listing(page(range(50, 70)), plan()).articles) == 20
    assert not made.overflowed


def test_load_more_counts_its_pages() -> None:
    template = BASE + "/api?page={page}"
    made, horizon = harvester(load_more=(template,), most_pages=2)
    paging = horizon.paging()
    first = made.load_more(
        [link(BASE + article(1))], plan(BASE + "/api?page=1", expects="load_more", paging=paging), template
    )
    assert first.next is not None
    assert (first.next.url, first.next.page) == (BASE + "/api?page=2", 2)
    second = made.load_more([link(BASE + article(2))], first.next, template)
    assert (second.next, second.stopped) == (None, "pages_limit")
    assert made.load_more([], plan(expects="load_more", paging=horizon.paging()), template) == Harvest(0)


@pytest.mark.parametrize(
    ("path", "home"),
    [
        ("", True),
        ("/", True),
        ("/index.html", True),
        ("/default.aspx", True),
        ("/news/", False),
        ("/1.html", False),
    ],
)
def test_is_home(path: str, home: bool) -> None:
    assert is_home(BASE + path) is home
