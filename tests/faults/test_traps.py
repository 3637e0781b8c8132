"""Traps end by themselves after a bounded number of requests, and the run says which limit stopped each."""

from typing import Any

import pytest

from tests.faults import endless
from tests.faults.healthy import Healthy
from tests.faults.server import Exchange, FaultyServer
from tests.running import Ended


class FarPage(Healthy):
    """The list's next page is page=99999, and that one's too."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        text = self.list_page(1, range(self.per_page))
        await exchange.send(text.replace('href="/news/index_2.html"', 'href="/news/?page=99999"'))


class CountingQueries(Healthy):
    """Every list links to the next one by another query, and each shows other articles."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        number = int(exchange.query.removeprefix("from=") or 0)
        numbers = range(number * self.per_page, (number + 1) * self.per_page)
        text = self.list_page(1, numbers)
        await exchange.send(text.replace('href="/news/index_2.html"', f'href="/news/?from={number + 1}"'))


class GrowingAddress(Healthy):
    """The next page's address is the last one's and a segment more."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        await self._grow(exchange, "/news/gengduo/")

    async def other(self, exchange: Exchange) -> None:
        await self._grow(exchange, exchange.path + "gengduo/")

    async def _grow(self, exchange: Exchange, address: str) -> None:
        depth = exchange.path.count("gengduo")
        numbers = range(depth * self.per_page, (depth + 1) * self.per_page)
        text = self.list_page(1, numbers)
        await exchange.send(text.replace('href="/news/index_2.html"', f'href="{address}"'))


class LongAddress(Healthy):
    """The next page's address is longer than any that a person wrote."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        text = self.list_page(1, range(self.per_page))
        await exchange.send(text.replace('href="/news/index_2.html"', f'href="/news/?state={"x" * 5000}"'))


class WideSitemap(Healthy):
    """A sitemap index of a thousand sitemaps of which each is an index of a thousand."""

    async def robots(self, exchange: Exchange) -> None:
        await exchange.send(f"User-agent: *\nSitemap: {exchange.base}/map.xml\n", content_type="text/plain")

    async def other(self, exchange: Exchange) -> None:
        if not exchange.path.startswith("/map"):
            await self.missing(exchange)
            return
        entries = "".join(
            f"<sitemap><loc>{exchange.base}/map{exchange.path[4:-4]}-{number}.xml</loc></sitemap>"
            for number in range(1000)
        )
        await exchange.send(
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>',
            content_type="text/xml",
        )


class ManyPages(Healthy):
    """Each article has a hundred pages."""

    async def article(self, exchange: Exchange, number: int) -> None:
        links = "".join(f'<a href="{exchange.path[:-5]}_{page}.html">{page}</a>' for page in range(2, 101))
        text = self.article_page(number).replace(
            "</body>", f'<div class="pages"><span>1</span>{links}</div></body>'
        )
        await exchange.send(text)

    async def other(self, exchange: Exchange) -> None:
        first = exchange.path.rpartition("_")[0] + ".html"
        numbers = {self.path(number): number for number in range(self.articles)}
        if first in numbers:
            await exchange.send(self.article_page(numbers[first]))
        else:
            await self.missing(exchange)


def endless_news(site: type[Healthy]) -> Healthy:
    """A site with more of today's news than any run should take."""
    return site(10_000, per_day=100)


#: The site, requests at most, the limits of which one must be named (none: it ends as any site does), articles at least.
TRAPS: dict[str, tuple[Any, int, set[str], int]] = {
    "calendar": (endless.Calendar(20), 60, set(), 20),
    "endless_paging": (endless.EndlessPaging(20), 60, {"same_content"}, 20),
    "endless_news": (endless_news(Healthy), 160, {"pages_limit"}, 60),
    "far_page": (FarPage(40), 60, {"page_number"}, 20),
    "segments": (endless.RepeatedSegments(20), 60, set(), 20),
    "growing": (endless_news(GrowingAddress), 160, {"repeated_segments"}, 60),
    "long_address": (LongAddress(40), 60, {"long_url"}, 20),
    "sessions": (endless.SessionIds(20), 60, set(), 20),
    "permutations": (endless.QueryPermutations(20), 60, set(), 20),
    "queries": (endless_news(CountingQueries), 160, {"pages_limit", "query_permutations"}, 60),
    "sitemap_loop": (endless.SitemapLoop(20), 60, {"sitemap_depth"}, 20),
    "wide_sitemap": (WideSitemap(20), 100, {"sitemaps_limit"}, 20),
    "many_pages": (ManyPages(3), 110, {"article_pages_limit"}, 3),
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, dict[str, FaultyServer]]:
    """Crawl all traps in one run."""
    import subprocess

    from tests.running import ROOT, command, environment

    folder = tmp_path_factory.mktemp("traps")
    servers = {name: FaultyServer(row[0]) for name, row in TRAPS.items()}
    try:
        for name, server in servers.items():
            server.start()
            server.write_spider(folder / "sites", name=name)
        words = command(
            "crawlsites", "--all", exports=folder / "exports", sites=folder / "sites", LISTING_PAGE_LIMIT=5
        )
        done = subprocess.run(
            words, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False, env=environment()
        )
    finally:
        for server in servers.values():
            server.stop()
    return Ended(done.returncode, done.stdout, done.stderr, folder / "exports"), servers


@pytest.mark.parametrize("name", list(TRAPS))
def test_a_trap_ends_by_itself(name: str, crawled: tuple[Ended, dict[str, FaultyServer]]) -> None:
    ended, servers = crawled
    _, most, limits, articles = TRAPS[name]
    paths = servers[name].paths()
    assert len(paths) <= most, paths
    named = {limit["limit"] for limit in ended.run["limits"] if limit["site"] == name}
    assert not limits or named & limits, named
    assert len({record["id"] for record in ended.articles if record["site"] == name}) >= articles
    for limit in named:
        assert f"{limit} on {name}" in ended.err


def test_the_run_ends_well(crawled: tuple[Ended, dict[str, FaultyServer]]) -> None:
    ended, _ = crawled
    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err
    assert len({record["id"] for record in ended.articles}) == len(ended.articles)
