"""Every response ends as exactly one visit, with the outcome and the reason that it deserves."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import Settings

import newsspider.settings
from newsspider.crawl.download.failures import FetchFailure
from newsspider.crawl.harvest import Harvester, Horizon
from newsspider.crawl.pipelines import Fetched
from newsspider.crawl.plan import Plan, request_for
from newsspider.crawl.reading import MOST_PAGES, SiteReader
from newsspider.crawl.run import Run
from newsspider.discover.traps import Paging
from newsspider.items import Outcome
from newsspider.page.urls import article_id
from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider

URL = "http://news.example/news/20261124/1001.html"
PROFILE = SiteProfile(
    name="site",
    title="站",
    region="CN-HE",
    hosts=("news.example",),
    start=("http://news.example/",),
    load_more=("http://news.example/api?page={page}", "http://news.example/api?page={page}&channel=2"),
)
TEXT = "清河县今年计划新建高标准农田四万二千亩，项目涉及九个乡镇，惠及农户一万三千户。"


def html(*, title: str = "清河县新建高标准农田四万二千亩", further: str = "", text: str = TEXT) -> str:
    paragraphs = "".join(f"<p>{place}、{text}</p>" for place in range(6))
    return (
        f'<html><head><meta charset="utf-8"><title>{title}_清河新闻网</title></head><body><h1>{title}</h1>'
        f"<div class='info'><span>2026-11-24 10:00:09</span><span>来源：清河日报</span></div>"
        f"<div class='content'>{paragraphs}</div>{further}</body></html>"
    )


class Desk:
    """A reader and the run that it works for; `scheduler` notes what it is told."""

    def __init__(self) -> None:
        values = Settings()
        values.setmodule(newsspider.settings)
        values.setdict({"STORE_ENABLED": False})
        self.run = Run.of(Crawler(SiteSpider, values))
        self.run.id = "20261125T083000Z-site-abcdef"
        self.blocks: list[bool] = []
        self.run.scheduler = SimpleNamespace(
            blocked=lambda request, again: self.blocks.append(again),
            was_asked=lambda plan: plan in self.asked,
        )
        self.asked: list[Plan] = []
        self.known: dict[str, Any] = {}
        self.run.memory.known = self.known.get
        harvester = Harvester(
            PROFILE,
            Horizon(since=None, most_pages=50),
            is_settled=lambda _: False,
            is_old_news=lambda _: False,
        )
        self.reader = SiteReader(self.run, PROFILE, harvester, lambda article, _: article)

    def read(
        self, body: str | bytes = "", *, status: int = 200, plan: Plan | None = None, url: str | None = None,
        headers: dict[str, str] | None = None, **meta: Any,
    ) -> list[Any]:  # fmt: skip
        plan = plan or asked()
        request = request_for(plan, profile=PROFILE)
        request.meta.update(meta)
        raw = body.encode() if isinstance(body, str) else body
        given = {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
        response = Response(url or plan.url, status=status, body=raw, headers=given, request=request)
        return list(self.reader.read(response, plan))


def asked(url: str = URL, *, expects: Any = "article", via: Any = "page", **fields: Any) -> Plan:
    return Plan(site="site", url=url, via=via, expects=expects, **fields)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_an_article(desk: Desk) -> None:
    (fetched,) = desk.read(html(), headers={"ETag": '"1"', "Last-Modified": "Tue, 24 Nov 2026 02:00:00 GMT"})
    visit, draft = fetched.visit, fetched.draft
    assert (visit.outcome, visit.reason, visit.article) == (Outcome.STORED, None, article_id(URL))
    assert (visit.etag, visit.last_modified) == ('"1"', "Tue, 24 Nov 2026 02:00:00 GMT")
    assert draft.article.title == "清河县新建高标准农田四万二千亩"
    assert draft.article.body.count(TEXT) == 6
    assert (draft.site, draft.region, draft.status, draft.encoding) == ("site", "CN-HE", 200, "utf-8")
    assert desk.blocks == [False]


@pytest.mark.parametrize(
    ("body", "status", "outcome", "reason"),
    [
        ("", 404, "gone", "http 404"),
        ("", 410, "gone", "http 410"),
        (html(), 403, "blocked", "http 403"),
        (html(), 412, "blocked", "http 412"),
        (html(), 521, "blocked", "http 521"),
        (html(), 500, "failed", "http 500"),
        (html(), 302, "failed", "http 302"),
        (html(), 999, "failed", "http 999"),
        ("", 200, "not_news", "empty"),
        ("", 204, "not_news", "empty"),
        (b"%PDF-1.7 ...", 200, "not_news", "not html"),
        (b"\xff\xd8\xff\xe0JFIF", 200, "not_news", "not html"),
        (b"\x00\x00\x00\x18ftypmp42", 200, "not_news", "not html"),
        ("", 304, "failed", "http 304 of an unknown page"),
    ],
)
def test_what_gives_no_article_says_why(
    desk: Desk, body: str | bytes, status: int, outcome: str, reason: str
) -> None:
    (fetched,) = desk.read(body, status=status)
    assert (fetched.visit.outcome.value, fetched.visit.reason) == (outcome, reason)
    assert (fetched.draft, fetched.visit.status) == (None, status)
    assert desk.blocks == [outcome == "blocked"] or status == 304


@pytest.mark.parametrize(
    "body",
    [b"\0" * 5000, b"<" * 5000, b"\xff\xfe" * 5000, bytes(range(256)) * 50, b"<html>", b"<!--", b" \n"],
)
@pytest.mark.parametrize("expects", ["article", "listing", "feed", "sitemap", "load_more"])
def test_nothing_that_a_server_sends_raises(desk: Desk, body: bytes, expects: str) -> None:
    url = "http://news.example/api?page=1" if expects == "load_more" else URL
    found = desk.read(body, plan=asked(url, expects=expects))
    assert [type(one) for one in found] == [Fetched]
    assert found[0].visit.outcome in {Outcome.NOT_NEWS, Outcome.GONE, Outcome.FAILED}
    assert found[0].visit.reason


def test_304_of_a_known_article_is_unchanged(desk: Desk) -> None:
    desk.known[article_id(URL)] = SimpleNamespace(
        article="a" * 32, digest="d" * 32, published_at="2026-11-24", etag='"1"', last_modified=None
    )
    (fetched,) = desk.read(status=304)
    visit = fetched.visit
    assert (visit.outcome, visit.article, visit.digest, visit.etag) == (
        Outcome.UNCHANGED,
        "a" * 32,
        "d" * 32,
        '"1"',
    )


@pytest.mark.parametrize("expects", ["listing", "feed", "sitemap", "load_more"])
def test_304_of_a_list_that_nobody_asked_for_is_no_list(desk: Desk, expects: str) -> None:
    (fetched,) = desk.read(status=304, plan=asked("http://news.example/", expects=expects, via="start"))
    assert (fetched.visit.outcome, fetched.visit.reason) == (Outcome.FAILED, "http 304 of an unknown page")


def test_a_json_list_goes_on_with_its_own_template(desk: Desk) -> None:
    body = '{"list": [{"url": "/news/20261124/1001.html", "title": "清河县新建高标准农田四万二千亩"}]}'
    plan = asked("http://news.example/api?page=1&channel=2", expects="load_more", paging=Paging())
    following = "http://news.example/api?page=2&channel=2"
    fetched, *plans = desk.read(body, plan=plan)
    assert fetched.visit.continues == following
    assert plans[-1].url == following
    # Another list has led to that page: it is not noted as left over once more.
    desk.asked = [plans[-1]]
    fetched, *_ = desk.read(body, plan=replace(plan, paging=Paging()))
    assert fetched.visit.continues is None


@pytest.mark.parametrize("target", ["http://news.example/", "http://news.example/list/"])
def test_a_redirect_that_ends_at_a_list_means_gone(desk: Desk, target: str) -> None:
    listing = (
        "<html><body><ul>"
        + "".join(f'<li><a href="/news/20261124/{n}.html">{TEXT[:18]}</a></li>' for n in range(30))
        + "</ul></body></html>"
    )
    (fetched,) = desk.read(listing, url=target, redirect_times=1)
    assert (fetched.visit.outcome, fetched.visit.reason, fetched.visit.final_url) == (
        Outcome.GONE,
        "redirect to a list",
        target,
    )


def pages(*numbers: int) -> str:
    links = "".join(f'<a href="{URL[:-5]}_{number}.html">{number}</a>' for number in numbers)
    return f'<div class="pages"><span>1</span>{links}</div>'


def test_an_article_of_three_pages_is_stored_once_with_all_of_them(desk: Desk) -> None:
    (second,) = desk.read(html(further=pages(2, 3)))
    assert (second.url, second.pages_left) == (URL[:-5] + "_2.html", (URL[:-5] + "_3.html",))
    (third,) = desk.read(
        html(text="第二页的正文也在这里，项目涉及九个乡镇，惠及农户一万三千户。"), plan=second
    )
    (fetched,) = desk.read(
        html(text="第三页的正文也在这里，项目涉及九个乡镇，惠及农户一万三千户。"), plan=third
    )
    assert fetched.visit.url == URL
    assert [visit.url for visit in fetched.also] == [second.url, third.url]
    assert {visit.article for visit in (fetched.visit, *fetched.also)} == {article_id(URL)}
    for words in ("清河县今年计划", "第二页的正文", "第三页的正文"):
        assert words in fetched.draft.article.body


def test_a_further_page_that_fails_loses_the_whole_visit(desk: Desk) -> None:
    (second,) = desk.read(html(further=pages(2)))
    ended = list(desk.reader.failed(Request(second.url), second, FetchFailure(Outcome.FAILED, "timeout")))
    assert [(one.visit.outcome, one.draft) for one in ended] == [(Outcome.FAILED, None)] * 2
    assert {one.visit.url for one in ended} == {URL, second.url}


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        ({"body": "", "status": 404}, "http 404"),
        ({"body": b"\xff\xd8\xff\xe0JFIF"}, "not html"),
        ({"body": ""}, "empty"),
        (FetchFailure(Outcome.REFUSED, "robots.txt"), "robots.txt"),
    ],
)
def test_a_further_page_that_is_none_loses_only_itself(desk: Desk, lost: Any, reason: str) -> None:
    (second,) = desk.read(html(further=pages(2)))
    if isinstance(lost, FetchFailure):
        (fetched,) = desk.reader.failed(Request(second.url), second, lost)
    else:
        (fetched,) = desk.read(**lost, plan=second)
    assert (fetched.visit.url, fetched.visit.outcome, fetched.draft.encoding) == (
        URL,
        Outcome.STORED,
        "utf-8",
    )
    assert [(visit.url, visit.reason) for visit in fetched.also] == [(second.url, None)]
    assert fetched.draft.article.flags[-1].reason == f"page 2 is missing: {reason}"


def test_a_hundred_further_pages_are_too_many(desk: Desk) -> None:
    (second,) = desk.read(html(further=pages(*range(2, 101))))
    assert len(second.pages_left) == MOST_PAGES - 1
    assert [limit.limit for limit in desk.run.limits] == ["article_pages_limit"]


def test_a_listing_names_what_it_found_and_where_it_goes_on(desk: Desk) -> None:
    entries = "".join(
        f'<li><span>2026-11-24</span><a href="/news/20261124/{n}.html">{TEXT[:18]}{n}</a></li>'
        for n in range(1001, 1021)
    )
    body = f'<html><body><ul>{entries}</ul><a href="/list/index_2.html">下一页</a></body></html>'
    horizon = Horizon(since=None, most_pages=50)
    found = desk.read(
        body,
        plan=asked("http://news.example/list/", expects="listing", via="listing", paging=horizon.paging()),
    )
    visit = found[0].visit
    assert (visit.outcome, visit.new_links) == (Outcome.LISTING, 20)
    assert list(visit.found) == [one.url for one in found[1:] if one.expects == "article"]
    assert visit.continues == "http://news.example/list/index_2.html" == found[-1].url


def test_an_empty_list_is_a_failure_on_its_first_page_only(desk: Desk) -> None:
    empty = "<html><body><p>暂无内容</p></body></html>"
    (first,) = desk.read(empty, plan=asked("http://news.example/list/", expects="listing"))
    assert (first.visit.outcome, first.visit.reason) == (Outcome.NOT_NEWS, "no links in a list")
    (later,) = desk.read(
        empty, plan=asked("http://news.example/list/index_9.html", expects="listing", page=9)
    )
    assert later.visit.outcome is Outcome.LISTING


def test_headers_that_cannot_be_sent_back_are_left(desk: Desk) -> None:
    for value in ("\x1b[2J", "x" * 301, ""):
        (fetched,) = desk.read(html(), headers={"ETag": value, "Last-Modified": value})
        assert (fetched.visit.etag, fetched.visit.last_modified) == (None, None)


def test_a_time_in_the_future_is_flagged_and_kept(desk: Desk) -> None:
    (fetched,) = desk.read(html().replace("2026-11-24 10:00:09", "2099-11-24 10:00:09"))
    article = fetched.draft.article
    if article.published_at is not None:
        assert [flag.reason for flag in article.flags if flag.field == "published_at"] == [
            "later than the fetch"
        ]
