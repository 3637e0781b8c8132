"""P4, P5, P7: what was not stored comes with the next run; nothing half is stored; the numbers add up."""

import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import misbehaviours as ill
from tests.faults.healthy import Healthy
from tests.faults.server import Exchange, FaultyServer
from tests.running import ROOT, Ended, command, environment

ARTICLES = 12
FAST = {"BACKOFF_SECONDS": 0.05, "DOWNLOAD_TIMEOUT": 5, "RETRY_TIMES": 1, "CIRCUIT_BREAKER_FAILURES": 100}


class IllAtFirst(Healthy):
    """Half of the articles are ill until `well` is set, each second one of them in another way."""

    def __init__(self) -> None:
        super().__init__(ARTICLES)
        self.well = False

    async def article(self, exchange: Exchange, number: int) -> None:
        body = self.article_page(number).encode()
        if self.well or number % 2:
            await exchange.send(body)
        elif number == 0:
            await exchange.send("error", status=500)
        elif number == 2:
            await exchange.send(ill.GUARD_PAGES["challenge"])
        elif number == 4:
            exchange.hang_up()
            await exchange.raw(
                exchange.head(200, {"Content-Type": "text/html", "Content-Length": str(len(body))})
            )
            await exchange.raw(body[: len(body) * 3 // 4])
        elif number == 6:
            exchange.hang_up()
        elif number == 8:
            await exchange.send("too many", status=429, headers={"Retry-After": "0"})
        else:
            exchange.hang_up()
            head = exchange.head(200, {"Content-Type": "text/html", "Transfer-Encoding": "chunked"})
            await exchange.raw(head + f"{len(body):x}\r\n".encode() + body[:-200])


def check_whole(ended: Ended, server: FaultyServer, numbers: set[int]) -> None:
    """Demand that exactly these articles are stored, once, with all their text."""
    site = server.site
    stored = {record["url"].removeprefix(server.url): record for record in ended.articles}
    assert len(stored) == len(ended.articles)
    assert set(stored) == {site.path(number) for number in numbers}
    for number in numbers:
        assert stored[site.path(number)]["body"] == "\n\n".join(site.story(number).paragraphs)
        assert stored[site.path(number)]["title"] == site.story(number).title


def check_sums(ended: Ended) -> None:
    """Demand that every visit has an outcome, a reason where one is due, and is counted once."""
    for told in ended.report["sites"]:
        own = [visit for visit in ended.visits if visit["site"] == told["site"]]
        counted = Counter(visit["outcome"] for visit in own)
        assert {outcome: n for outcome, n in told["outcomes"].items() if n} == dict(counted)
    for visit in ended.visits:
        good = {"stored", "unchanged", "same_text", "reprint", "listing"}
        assert visit["reason"] or visit["outcome"] in good, visit
    assert sum(v["outcome"] == "stored" for v in ended.visits) == len(
        ended.lines(f"articles/*/{ended.run['run']}.jsonl")
    )


def test_p5_failed_is_not_seen(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    """Errors, a block page, torn bodies (P4), a hang-up and a 429: the next run brings all of them."""
    with FaultyServer(IllAtFirst()) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", **FAST)
        check_whole(ended, server, set(range(1, ARTICLES, 2)))
        check_sums(ended)
        endings = {v["url"].removeprefix(server.url): (v["outcome"], v["reason"]) for v in ended.visits}
        assert [endings[server.site.path(number)] for number in range(0, ARTICLES, 2)] == [
            ("failed", "http 500"),
            ("blocked", "waf_page"),
            ("failed", "truncated"),
            ("failed", "connection lost"),
            ("failed", "http 429"),
            ("failed", "truncated"),
        ]
        server.site.well = True
        server.requests.clear()
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", **FAST)
        assert ended.code == 0, ended.err
        check_whole(ended, server, set(range(ARTICLES)))
        check_sums(ended)
        # What was stored is not asked for again.
        assert not any(server.paths(server.site.path(number)) for number in range(1, ARTICLES, 2))


@pytest.mark.parametrize(
    ("ill_site", "reason"),
    [
        (ill.ServerError(40), "unavailable"),
        (ill.TooMany(40, retry_after="7200", times=None), "rate limited"),
        (ill.Blocked(40), "blocked"),
    ],
)
def test_p5_what_a_closed_host_left_comes_with_the_next_run(
    tmp_path: Path, scrapy: Callable[..., Ended], ill_site: Healthy, reason: str
) -> None:
    with FaultyServer(ill_site) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", BACKOFF_SECONDS=0.05)
        assert ended.code == 9, ended.err
        assert ended.articles == []
        check_sums(ended)
        # The server was left in peace, and the rest is accounted for.
        assert len(server.requests) < 30
        # (The list has two pages; whether the second was read before the host was closed is a race.)
        assert sum(visit["reason"] == reason for visit in ended.visits) > 15
        server.site = Healthy(40)
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites")
        assert ended.code == 0, ended.err
        check_whole(ended, server, set(range(40)))


PIPELINES = '''
from scrapy.exceptions import DropItem

from newsspider.crawl.pipelines import Fetched


class Broken:
    """A pipeline of somebody else's that fails for each second article."""

    def process_item(self, item):
        if isinstance(item, Fetched) and item.draft is not None and int(item.visit.url[-6]) % 2:
            raise {error}
        return item
'''


@pytest.mark.parametrize(
    ("error", "ending"),
    [
        ("OSError('the database is down')", ("failed", "pipeline error")),
        ("DropItem('not today')", ("refused", "dropped by a pipeline")),
    ],
)
def test_p5_what_a_pipeline_loses_is_counted_and_comes_again(
    tmp_path: Path,
    scrapy: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
    error: str,
    ending: tuple[str, str],
) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "broken_pipeline.py").write_text(PIPELINES.format(error=error), "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    with FaultyServer(Healthy(ARTICLES)) as server:
        server.write_spider(tmp_path / "sites")
        ours = '{"newsspider.crawl.pipelines.StorePipeline": 900, "broken_pipeline.Broken": 100}'
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", ITEM_PIPELINES=ours)
        check_sums(ended)
        lost = [v for v in ended.visits if (v["outcome"], v["reason"]) == ending]
        assert len(lost) == ARTICLES / 2
        assert len(ended.articles) == ARTICLES / 2
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", DUE_AHEAD_HOURS=48)
        check_whole(ended, server, set(range(ARTICLES)))


def test_p5_a_crash_loses_nothing(
    tmp_path: Path, scrapy: Callable[..., Ended], start: Callable[..., subprocess.Popen]
) -> None:
    class Slow(Healthy):
        async def article(self, exchange: Exchange, number: int) -> None:
            if number == ARTICLES - 2 and exchange.nth == 1:
                await exchange.forever()
            await super().article(exchange, number)

    with FaultyServer(Slow(ARTICLES)) as server:
        server.write_spider(tmp_path / "sites")
        process = start("crawl", "faulty", sites=tmp_path / "sites")
        until = time.monotonic() + 60
        while not server.paths(server.site.path(ARTICLES - 2)) and time.monotonic() < until:
            time.sleep(0.02)
        process.kill()
        process.wait()
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites")
        assert ended.code == 0, ended.err
        check_whole(ended, server, set(range(ARTICLES)))


def test_p5_a_list_that_moved_on_while_a_run_was_dead(
    tmp_path: Path, scrapy: Callable[..., Ended], start: Callable[..., subprocess.Popen]
) -> None:
    """Page 2 was due when the run was killed; until the next run its articles move to page 3."""

    class Moving(Healthy):
        async def listing(self, exchange: Exchange, page: int) -> None:
            if page == 2 and exchange.nth == 1:
                await exchange.forever()
            await super().listing(exchange, page)

    with FaultyServer(Moving(60, per_day=1000)) as server:
        server.write_spider(tmp_path / "sites")
        process = start("crawl", "faulty", sites=tmp_path / "sites", CONCURRENT_HOSTS=1)
        until = time.monotonic() + 60
        while not server.paths("/news/index_2.html") and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.5)  # the first page is committed
        process.kill()
        process.wait()
        server.site.articles += server.site.per_page
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites")
        assert ended.code == 0, ended.err
        check_whole(ended, server, set(range(80)))


def test_p5_a_list_that_failed_is_asked_for_as_a_list(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    """Every run asks for its lists by itself: that one failed makes no article of it."""

    class NoLists(Healthy):
        well = False

        async def listing(self, exchange: Exchange, page: int) -> None:
            if self.well or exchange.path == "/":
                await super().listing(exchange, page)
            else:
                await exchange.send("error", status=500)

        async def other(self, exchange: Exchange) -> None:
            await exchange.send("error", status=500)

    with FaultyServer(NoLists(ARTICLES)) as server:
        server.write_spider(tmp_path / "sites", feeds=(server.url + "/feed.xml",))
        scrapy("crawl", "faulty", sites=tmp_path / "sites", **FAST | {"RETRY_TIMES": 0})
        server.site.well = True
        server.requests.clear()
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", **FAST | {"RETRY_TIMES": 0})
        asked = server.paths()
        assert [asked.count(path) for path in ("/", "/news/", "/feed.xml")] == [1, 1, 1]
        check_whole(ended, server, set(range(ARTICLES)))


class Paged(Healthy):
    """Every article has two pages; the second one of article 0 fails until `well` is set."""

    well = False

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.send(self.part(number, 1))

    async def other(self, exchange: Exchange) -> None:
        numbers = [n for n in range(self.articles) if exchange.path == self.path(n)[:-5] + "_2.html"]
        if not numbers:
            await self.missing(exchange)
        elif numbers == [0] and not self.well:
            await exchange.send("error", status=500)
        else:
            await exchange.send(self.part(numbers[0], 2))

    def part(self, number: int, page: int) -> str:
        paragraphs = self.story(number).paragraphs
        half = len(paragraphs) // 2
        text = "".join(f"<p>{one}</p>" for one in (paragraphs[:half] if page == 1 else paragraphs[half:]))
        name = self.path(number)[:-5]
        pager = f'<div class="pages"><a href="{name}.html">1</a> <a href="{name}_2.html">2</a></div>'
        return self.frame(number, f'<div class="content">{text}</div>{pager}')


def test_p4_a_further_page_is_never_an_article_of_its_own(
    tmp_path: Path, scrapy: Callable[..., Ended]
) -> None:
    """Neither when its article is looked at again, nor after it has failed."""
    with FaultyServer(Paged(3)) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", **FAST)
        check_whole(ended, server, {1, 2})
        server.site.well = True
        server.requests.clear()
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites", DUE_AHEAD_HOURS=1000, **FAST)
        check_whole(ended, server, {0, 1, 2})
        assert sorted(Counter(server.paths("/news/2")).values()) == [1] * 6


def test_p5_a_full_disk_loses_nothing(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    """The limit of 20 kB a file lets the ledger be opened and the first pages be archived, no more."""
    with FaultyServer(Healthy(ARTICLES)) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", "-a", "limit=1", sites=tmp_path / "sites")
        assert len(ended.articles) == 1
        words = command("crawl", "faulty", sites=tmp_path / "sites", exports=tmp_path / "exports")
        done = subprocess.run(
            ["prlimit", "--fsize=20000", *words],
            cwd=ROOT, capture_output=True, text=True, timeout=100, check=False, env=environment(),
        )  # fmt: skip
        assert done.returncode == 3, done.stderr
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites")
        assert ended.code == 0, ended.err
        check_whole(ended, server, set(range(ARTICLES)))


def test_p5_a_site_whose_code_raises_fails_alone(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    with (
        FaultyServer(Healthy(ARTICLES, seed="one")) as one,
        FaultyServer(Healthy(ARTICLES, seed="two")) as two,
    ):
        broken = one.write_spider(tmp_path / "sites", name="broken")
        two.write_spider(tmp_path / "sites", name="sound")
        file = broken.read_text("utf-8")
        broken.write_text(
            file + "\n    def refine(self, article, page):\n        raise KeyError(article.title)\n", "utf-8"
        )
        ended = scrapy("crawlsites", "--all", sites=tmp_path / "sites")
        assert ended.code == 9, ended.err
        assert {record["site"] for record in ended.articles} == {"sound"}
        assert len(ended.articles) == ARTICLES
        check_sums(ended)
        raised = [v for v in ended.visits if (v["outcome"], v["reason"]) == ("failed", "exception")]
        assert len(raised) == ARTICLES
        assert ended.last_line.startswith("newsspider: exit 9, a site failed: broken: ")
        broken.write_text(file, "utf-8")
        ended = scrapy("crawlsites", "--all", sites=tmp_path / "sites")
        assert ended.code == 0, ended.err
        assert len(ended.articles) == 2 * ARTICLES
