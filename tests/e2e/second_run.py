"""What a second run costs: the demo world is crawled, gets new and corrected articles, and is crawled again."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from newsspider.demo import addresses
from newsspider.demo.server import DemoServer
from newsspider.demo.sites import ADDRESSES, BY_HOST, profiles
from newsspider.demo.world import World
from tests.e2e.demo_world import write_site
from tests.running import Ended

#: A second run right after the first plays a run on the next day; one address of the demo never answers.
SETTINGS = {"DUE_AHEAD_HOURS": 24, "DOWNLOAD_TIMEOUT": 2, "BACKOFF_SECONDS": 0.1, "RETRY_TIMES": 1}
#: Corrections are looked for on articles of the last days.
RECENT = timedelta(days=3)


@dataclass(frozen=True)
class Cost:
    """What a run asked for and what it found; `missed` are URLs that a perfect crawl would have stored."""

    requests: int
    article_requests: int
    new: int
    corrected: int
    missed: frozenset[str]
    wrong: frozenset[str]

    @property
    def per_article(self) -> float:
        return self.requests / (self.new + self.corrected)


@dataclass(frozen=True)
class Measured:
    """Both runs, how they ended and what they cost."""

    first: Cost
    second: Cost
    ended: tuple[Ended, Ended]


def measure(
    server: DemoServer, scrapy: Callable[..., Ended], folder: Path, *, since: str | None = None
) -> Measured:
    """Crawl the server's world, show its second phase, crawl again; `since` is the first run's."""
    sites = folder / "demo_sites"
    write_site(sites, *profiles())
    today, scale = server.world.today, server.world.scale
    names = [profile.name for profile in profiles()]

    def crawl(*more: str) -> tuple[Ended, list[str]]:
        before = len(server.requests)
        ended = scrapy(
            "crawlsites", *names, *more, exports=folder / "exports", sites=sites,
            RESOLVER_ADDRESSES=json.dumps(dict(ADDRESSES)), **SETTINGS,
        )  # fmt: skip
        return ended, [f"{request.host}{request.path}" for request in server.requests[before:]]

    first, asked_first = crawl(*(("-a", f"since={since}") if since else ()))
    horizon = None if since == "all" else today - timedelta(days=29)
    expected = server.world.expected(since=horizon)
    wanted_first = {(article.url, 1) for article in expected.articles}
    # Of two addresses with one text either may be the one that is stored.
    pairs = [{article.url, article.copy_of} for article in expected.twins]

    server.show(World(today, scale=scale, phase=2))
    second, asked_second = crawl()
    recent = server.world.expected(since=today - RECENT)
    wanted = {(article.url, 2) for article in recent.corrected}
    wanted |= {(article.url, 1) for article in recent.articles if article.moment.date() == today}
    runs = sorted(path.parent.name for path in (folder / "exports").glob("runs/*/run.json"))
    stored = {run: {(r["url"], r["version"]) for r in second.articles if r["run"] == run} for run in runs}
    found = {url for url, _ in stored[runs[0]]}
    wanted_first -= {(url, 1) for pair in pairs if pair & found for url in pair - found}
    return Measured(
        _cost(asked_first, stored[runs[0]], wanted_first),
        _cost(asked_second, stored[runs[1]], wanted),
        (first, second),
    )


def _cost(asked: list[str], stored: set, wanted: set) -> Cost:
    return Cost(
        requests=len(asked),
        article_requests=sum(map(_is_article, asked)),
        new=sum(version == 1 for _, version in stored),
        corrected=sum(version > 1 for _, version in stored),
        missed=frozenset(url for url, _ in wanted - stored),
        wrong=frozenset(url for url, version in stored - wanted),
    )


def _is_article(asked: str) -> bool:
    host, _, path = asked.partition("/")
    return host in BY_HOST and addresses.read(BY_HOST[host], f"/{path}") is not None
