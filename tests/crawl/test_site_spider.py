"""What a site's crawl begins with: what the ledger says is due, asked for as what it is."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings

import newsspider.settings
from newsspider import site_spider
from newsspider.crawl.plan import Plan
from newsspider.crawl.schedule import NEVER_DUE, next_visit
from newsspider.items import Outcome, Visit
from newsspider.page.urls import article_id
from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider
from newsspider.store.draft import Known

BASE = "http://news.example"
NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
PROFILE = SiteProfile(
    name="site",
    title="站",
    region=None,
    hosts=("news.example",),
    start=(BASE + "/",),
    load_more=(BASE + "/api?page={page}&channel=1", BASE + "/api?page={page}&channel=2"),
)


def known(path: str, **fields: Any) -> Known:
    url = BASE + path
    return Known(
        **{"id": article_id(url), "site": "site", "url": url, "via": "listing", "first_seen": NOW, **fields}
    )


def due(*all_known: Known, **arguments: Any) -> list[Plan]:
    """The plans of a site of which this is known."""
    spider = spider_of(*all_known, **arguments)
    return list(spider.due_plans())


def spider_of(*all_known: Known, **arguments: Any) -> SiteSpider:
    values = Settings()
    values.setmodule(newsspider.settings)
    values.setdict({"STORE_ENABLED": False})
    made = type("Site", (SiteSpider,), {"profile": PROFILE})
    spider = made.from_crawler(Crawler(made, values), **arguments)
    spider.run.memory.due = lambda site, limit: list(all_known)
    return spider


def test_an_article_is_due_as_an_article() -> None:
    (plan,) = due(known("/1.html", via="page", visits=2, article="0" * 32, etag='"1"'))
    assert (plan.expects, plan.via, plan.etag, plan.paging) == ("article", "due", '"1"', None)


@pytest.mark.parametrize(
    ("path", "expects", "page"),
    [
        ("/list_7.html", "listing", 2),
        ("/api?page=7&channel=2", "load_more", 7),
        ("/api?page=7", "listing", 2),
    ],
)
def test_a_list_is_taken_up_where_a_run_was_ended(path: str, expects: str, page: int) -> None:
    (plan,) = due(known(path, via="paging"))
    assert (plan.expects, plan.via, plan.page) == (expects, "paging", page)
    assert plan.paging is not None
    # What the ended run has not seen was moved back by what came since.
    urls = [(f"{BASE}/{number}.html",) for number in range(5)]
    assert [plan.paging.after(of, 0) for of in urls] == [None, None, None, None, "nothing_new"]


def test_limit_counts_what_was_found_and_never_fetched() -> None:
    old = known("/0.html", via="page", visits=1)
    new = [known(f"/{number}.html") for number in range(1, 5)]
    assert [plan.url for plan in due(old, *new, limit="2")] == [
        f"{BASE}/{number}.html" for number in range(3)
    ]
    assert len(due(old, *new)) == 5


def test_what_is_due_waits_while_the_queue_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_spider, "_ROOM_SECONDS", 0.01)
    spider = spider_of(known("/1.html", visits=1))
    spider.run.scheduler = SimpleNamespace(queued=site_spider.MOST_QUEUED)

    async def begin() -> list[str]:
        begun = spider.start()
        lists = [(await anext(begun)).url for _ in range(3)]
        waiting = asyncio.ensure_future(anext(begun))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        spider.run.scheduler.queued = 0
        return [*lists, (await waiting).url]

    assert asyncio.run(begin())[-2:] == [BASE + "/api?page=1&channel=2", BASE + "/1.html"]


@pytest.mark.parametrize("via", sorted(NEVER_DUE))
@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.GONE, Outcome.NOT_NEWS, Outcome.STORED])
def test_what_comes_with_something_else_is_never_due(via: Any, outcome: Outcome) -> None:
    fields: dict[str, Any] = {"run": "r", "site": "site", "at": "2026-11-25T08:30:00Z", "reason": "x"}
    visit = Visit(url=BASE + "/", id=article_id(BASE + "/"), via=via, outcome=outcome, **fields)
    assert next_visit(None, visit, NOW) is None
