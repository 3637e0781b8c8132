"""What a survey chooses and what it leaves, on the portals' pages without a server in between."""

import asyncio
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from newsspider.crawl.clock import utc_now
from newsspider.crawl.inquiry.asking import Answer
from newsspider.crawl.inquiry.surveying import MOST_CHANNELS, MOST_STARTS, Wishes, rough_profile, survey_site


class FakeAsk:
    """Answers from the portals' pages, and counts."""

    def __init__(self, pages, sitemaps=()) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self._sitemaps = tuple(sitemaps)

    async def _answer(self, url: str) -> Answer:
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        found = self.pages.get((parts.hostname, path))
        if found is None:
            return Answer(url=url, final_url=url, status=404, problem="http 404")
        return Answer(url=url, final_url=url, status=200, body=found[1], content_type=found[0])

    def __call__(self, url: str, expects: str = "listing"):
        self.asked.append(url)
        return self._answer(url)

    def sitemaps(self) -> tuple[str, ...]:
        return self._sitemaps


@pytest.fixture
def survey(portals):
    def _survey(name: str = "luhe", *, sitemaps=()):
        wishes = Wishes(home=portals.portals[name].home, name=name)
        ask = FakeAsk(portals.pages, sitemaps)
        found = asyncio.run(survey_site(wishes, rough_profile(wishes), ask, utc_now()))
        return found, ask

    return _survey


def sitemap(*urls: str, tag: str = "url", date: str = "") -> tuple[str, bytes]:
    dated = f"<lastmod>{date}</lastmod>" if date else ""
    entries = "".join(f"<{tag}><loc>{url}</loc>{dated}</{tag}>" for url in urls)
    return "text/xml", f"<urlset>{entries}</urlset>".encode()


def chosen(found):
    return [listed.url for listed in found.lists if listed.chosen]


def test_channels_are_chosen_and_the_home_page_that_adds_nothing_is_not(survey, portals) -> None:
    found, _ = survey()

    assert found.problem is None
    assert chosen(found) == list(portals.portals["luhe"].lists.values())
    assert found.profile.start == tuple(chosen(found))


def test_a_home_page_without_channels_is_the_start(survey, portals) -> None:
    portal = portals.portals["luhe"]
    for url in portal.lists.values():
        del portals.pages["www.luhe.test", urlsplit(url).path]

    found, _ = survey()

    assert found.profile.start == (portal.home,)
    assert [listed.problem for listed in found.lists] == ["http 404"] * 3 + [None]


def test_a_sitemap_index_is_followed_and_the_sitemap_chosen(survey, portals) -> None:
    home = portals.portals["luhe"].home
    articles = [story.url for story in portals.portals["luhe"].stories]
    portals.pages["www.luhe.test", "/map.xml"] = sitemap(f"{home}1.xml", tag="sitemap")
    portals.pages["www.luhe.test", "/1.xml"] = sitemap(*articles)

    found, _ = survey(sitemaps=[f"{home}map.xml"])

    assert found.profile.sitemaps == (f"{home}map.xml",)


def test_a_sitemap_that_a_redesign_left_behind_is_not_chosen(survey, portals) -> None:
    home = portals.portals["luhe"].home
    old = (utc_now() - timedelta(days=400)).date()
    articles = [f"{home}xw/{old:%Y%m}/t{old:%Y%m%d}_{number}.html" for number in range(40)]
    portals.pages["www.luhe.test", "/map.xml"] = sitemap(*articles, date=old.isoformat())

    found, _ = survey(sitemaps=[f"{home}map.xml"])

    assert found.profile.sitemaps == ()
    assert found.profile.start == tuple(portals.portals["luhe"].lists.values())


def test_links_that_turn_out_to_be_no_articles_are_left_out_of_the_pattern(survey, portals) -> None:
    """A shop whose goods are listed like news: its pages were looked at, none is an article."""
    home = portals.portals["luhe"].home
    goods = "".join(
        f'<tr><td>·<a href="{home}goods/item_{number}.html">优惠酬宾欢迎选购第{number}号商品</a></td></tr>'
        for number in range(20)
    )
    for key in (("www.luhe.test", "/xw/"), ("www.luhe.test", "/")):
        kind, body = portals.pages[key]
        portals.pages[key] = (
            kind,
            body.replace(b"</table>\n<center>", goods.encode("gb18030") + b"</table>\n<center>"),
        )
    for number in range(20):
        page = "<html><body><form><input></form><p>价格 12.00</p></body></html>"
        portals.pages["www.luhe.test", f"/goods/item_{number}.html"] = (
            "text/html; charset=utf-8",
            page.encode(),
        )

    found, _ = survey()

    assert found.profile.article_url == r"/\d{6}/t\d{8}_\d+\.html?$"
    assert all("goods" not in sample.url for sample in found.samples)


def test_links_out_of_the_domain_are_not_asked(survey, portals) -> None:
    _, ask = survey()

    assert all(urlsplit(url).hostname == "www.luhe.test" for url in ask.asked)
    assert len(ask.asked) == len(set(ask.asked)) == 14


def test_a_giant_home_page_costs_a_bounded_number_of_requests(survey, portals) -> None:
    home = portals.portals["luhe"].home
    names = "政经社教文体健旅农军法评房车"
    links = "".join(
        f'<td><a href="{home}{first}{second}/">{names[first]}{names[second]}</a></td>'
        for first in range(12)
        for second in range(12)
    )
    kind, body = portals.pages["www.luhe.test", "/"]
    portals.pages["www.luhe.test", "/"] = (
        kind,
        body.replace(b"</tr>", links.encode("gb18030") + b"</tr>", 1),
    )

    found, ask = survey()

    assert len(ask.asked) <= 1 + MOST_CHANNELS + 6 + 10
    assert len(found.profile.start) <= MOST_STARTS


@pytest.mark.parametrize(
    ("home", "hosts"),
    [
        ("http://news.example.com.cn/", ("*.example.com.cn",)),
        ("http://www.example.cn:8080/", ("*.example.cn:8080",)),
        ("http://127.0.0.1:8000/", ("127.0.0.1:8000",)),
        ("http://[::1]:8000/", ("[::1]:8000",)),
        ("http://localhost:8000/", ("localhost:8000",)),
        ("https://example.cn/", ("*.example.cn",)),
    ],
)
def test_a_survey_stays_in_the_domain_of_the_home_page(home: str, hosts: tuple[str, ...]) -> None:
    profile = rough_profile(Wishes(home=home, name="x"))

    assert profile.hosts == hosts
    assert profile.owns(home)
