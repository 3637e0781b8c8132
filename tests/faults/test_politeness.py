"""P12: it is polite. What a server sees of the crawl: when requests arrive, how many at once, and who asks."""

import asyncio
import json
import re
import socket
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from tests.faults import misbehaviours as ill
from tests.faults.healthy import Healthy
from tests.faults.server import Exchange, FaultyServer
from tests.running import Ended

#: Seconds by which an arrival may be noted late: this process is busy, too.
LATE = 0.2
#: Enough for an answer on a busy machine.
ANSWER = 0.05


def crawl_of(server: FaultyServer, folder: Path, scrapy: Callable[..., Ended], **settings: object) -> Ended:
    server.write_spider(folder / "sites")
    return scrapy("crawl", "faulty", sites=folder / "sites", **settings)


class Watched(Healthy):
    """Counts how many requests are being answered at once; some articles fail, move or have further pages."""

    def __init__(self, articles: int = 8) -> None:
        super().__init__(articles)
        self.inside = self.most_inside = 0
        self.asked: dict[int, int] = defaultdict(int)

    async def respond(self, exchange: Exchange) -> None:
        self.inside += 1
        self.most_inside = max(self.inside, self.most_inside)
        try:
            await asyncio.sleep(ANSWER)
            await super().respond(exchange)
        finally:
            self.inside -= 1

    async def article(self, exchange: Exchange, number: int) -> None:
        self.asked[number] += 1
        if number == 0 and self.asked[number] < 3:
            await exchange.send("error", status=500)
        elif number == 1:
            await exchange.redirect(f"/moved{exchange.path}")
        elif number == 2 and self.asked[number] == 1:
            exchange.hang_up()
        elif number == 3:
            further = exchange.path.replace(".html", "_2.html")
            links = f'<div class="pages"><span>1</span><a href="{further}">2</a><a href="{further}">下一页</a></div>'
            await exchange.send(self.article_page(number).replace("</body>", links + "</body>"))
        else:
            await super().article(exchange, number)

    async def other(self, exchange: Exchange) -> None:
        if exchange.path.startswith("/moved/"):
            await exchange.send(self.article_page(1))
        elif exchange.path.endswith("_2.html"):
            await exchange.send(self.article_page(3))
        elif exchange.path in {"/second/", "/third/"}:
            await exchange.send(self.list_page(1, range(self.articles)))
        else:
            await self.missing(exchange)


def test_p12_one_request_at_a_time_and_a_delay_between(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    """robots.txt, retries, redirects, several starts, further pages, and two sites on one host: one queue."""
    delay, site = 0.5, Watched()
    with FaultyServer(site) as server:
        starts = tuple(server.url + path for path in ("/", "/second/", "/third/"))
        server.write_spider(tmp_path / "sites", name="one", start=starts, delay=0.1)
        server.write_spider(tmp_path / "sites", name="two", delay=0.2)
        ended = scrapy(
            "crawlsites", "one", "two", sites=tmp_path / "sites", DOWNLOAD_DELAY=9, BACKOFF_SECONDS=0.1
        )
        assert ended.code == 0, ended.err
        # The longer of the two sites' delays holds for the host they share.
        assert min(server.gaps()) > 0.2 - LATE / 2
        assert server.requests[-1].time - server.requests[0].time > 0.2 * (len(server.requests) - 1) - LATE
        assert (site.most_inside, server.paths()[0]) == (1, "/robots.txt")
    site = Watched()
    with FaultyServer(site) as server:
        starts = tuple(server.url + path for path in ("/", "/second/", "/third/"))
        server.write_spider(tmp_path / "sites", name="alone", start=starts)
        ended = scrapy(
            "crawl",
            "alone",
            sites=tmp_path / "sites",
            exports=tmp_path / "e",
            DOWNLOAD_DELAY=delay,
            BACKOFF_SECONDS=0.1,
        )
        assert ended.code == 0, ended.err
        assert min(server.gaps()) > delay - LATE
        assert server.requests[-1].time - server.requests[0].time > delay * (len(server.requests) - 1) - LATE
        assert site.most_inside == 1
        paths = server.paths()
    # All of it came by here.
    assert paths.count("/robots.txt") == 1
    assert paths.count(site.path(0)) == 3
    assert f"/moved{site.path(1)}" in paths
    assert paths.count(site.path(2)) == 2
    assert site.path(3).replace(".html", "_2.html") in paths
    assert len(ended.articles) == 8


class ComeBack(Healthy):
    """Answers the first article request with 429 or 503 and a Retry-After made at that moment."""

    def __init__(self, header: Callable[[], str | None], status: int = 429) -> None:
        super().__init__(5)
        self.header = header
        self.status = status
        self.refused_at: float | None = None

    async def article(self, exchange: Exchange, number: int) -> None:
        if self.refused_at is not None:
            await super().article(exchange, number)
            return
        self.refused_at = time.monotonic()
        header = self.header()
        fields = {} if header is None else {"Retry-After": header}
        await exchange.send("later", status=self.status, headers=fields)


#: Header, status, seconds until the next request at least, seconds between requests afterwards (429 halves the rate).
PATIENCE: dict[str, tuple[Callable[[], str | None], int, float, float]] = {
    "seconds": (lambda: "3", 429, 3.0, 0.4),
    "seconds503": (lambda: "3", 503, 3.0, 0.2),
    "date": (lambda: ill.http_date(4), 429, 3.0, 0.4),
    "past": (lambda: "Wed, 21 Oct 2015 07:28:00 GMT", 429, 0.5, 0.4),
    "zero": (lambda: "0", 429, 0.5, 0.4),
    "negative": (lambda: "-5", 429, 0.5, 0.4),
    "fraction": (lambda: "1.5", 429, 0.5, 0.4),
    "garbage": (lambda: "soon; drop table", 429, 0.5, 0.4),
    "nothing": (lambda: None, 429, 0.5, 0.4),
}


def test_p12_retry_after_is_honoured_and_429_halves_the_rate(
    tmp_path: Path, scrapy: Callable[..., Ended]
) -> None:
    servers = {name: FaultyServer(ComeBack(row[0], row[1])) for name, row in PATIENCE.items()}
    huge = {
        name: FaultyServer(ComeBack(lambda value=value: value))
        for name, value in {
            "long": "1000000000",
            "digits": "9" * 400,
            "year": "Fri, 31 Dec 9999 23:59:59 GMT",
        }.items()
    }
    try:
        for name, server in {**servers, **huge}.items():
            server.start()
            server.write_spider(tmp_path / "sites", name=name)
        ended = scrapy(
            "crawlsites", "--all", sites=tmp_path / "sites", DOWNLOAD_DELAY=0.2, BACKOFF_SECONDS=0.5
        )
    finally:
        for server in (*servers.values(), *huge.values()):
            server.stop()
    for name, (_, _, wait, gap) in PATIENCE.items():
        site = servers[name].site
        after = [request.time for request in servers[name].requests if request.time > site.refused_at]
        assert after[0] - site.refused_at > wait - LATE, name
        spans = [later - sooner for sooner, later in pairwise(after)]
        assert sum(spans) > gap * len(spans) - LATE, (name, spans)
        assert sum(1 for record in ended.articles if record["site"] == name) == 5, name
    for name, server in huge.items():
        assert all(request.time <= server.site.refused_at for request in server.requests), name
        reasons = {v["reason"] for v in ended.visits if v["site"] == name and v["outcome"] == "failed"}
        assert reasons == {"rate limited", "http 429"}, (name, reasons)
    limits = {(limit["site"], limit["limit"]) for limit in ended.run["limits"]}
    assert {(name, "rate limited") for name in huge} <= limits
    assert "Traceback" not in ended.err


AGENT = re.compile(r"newsspider/[\d.]+ \(\+https?://\S+; [\w ]+\)")


def test_p12_it_says_who_it_is_and_brings_nothing_along(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    with FaultyServer(Healthy(3)) as server:
        crawl_of(server, tmp_path, scrapy)
        assert server.requests
        for request in server.requests:
            assert AGENT.fullmatch(request.headers["user-agent"]), request.headers
            assert request.method == "GET"
            assert not {"cookie", "referer", "authorization", "from"} & set(request.headers)
            assert request.headers["accept-language"].startswith("zh")


# robots.txt.


def robots(text: str, articles: int = 6) -> ill.RobotsText:
    return ill.RobotsText(articles, text=text)


def test_p12_crawl_delay_is_honoured(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    rows = {
        "plain": ("User-agent: *\nCrawl-delay: 0.6\n", 0.6),
        "fraction": ("User-agent: *\nCrawl-delay: 0.5\nDisallow: /admin/\n", 0.5),
        "ours": ("User-agent: *\nCrawl-delay: 0.1\n\nUser-agent: newsspider\nCrawl-delay: 0.6\n", 0.6),
        "shorter": ("User-agent: *\nCrawl-delay: 0.05\n", 0.3),
        "garbage": ("User-agent: *\nCrawl-delay: soon\n", 0.3),
        "negative": ("User-agent: *\nCrawl-delay: -1\n", 0.3),
        "nan": ("User-agent: *\nCrawl-delay: nan\n", 0.3),
    }
    servers = {name: FaultyServer(robots(text)) for name, (text, _) in rows.items()}
    try:
        for name, server in servers.items():
            server.start()
            server.write_spider(tmp_path / "sites", name=name)
        ended = scrapy("crawlsites", "--all", sites=tmp_path / "sites", DOWNLOAD_DELAY=0.3)
    finally:
        for server in servers.values():
            server.stop()
    assert ended.code == 0, ended.err
    for name, (_, delay) in rows.items():
        times = [request.time for request in servers[name].requests]
        assert len(times) >= 8, name
        assert min(servers[name].gaps()) > delay - LATE, name
        assert times[-1] - times[0] > delay * (len(times) - 1) - LATE, name
        # Nobody waits much longer than he is asked to.
        assert times[-1] - times[0] < delay * (len(times) - 1) + 10, name


def test_p12_rules_of_robots_txt(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    """Who may ask for what; a file that cannot be had forbids for this run, one that is not there allows."""
    day = f"{Healthy().moment(0):%Y%m%d}"
    rows = {
        "some": (robots(f"User-agent: *\nDisallow: /news/{day}/\n", 12), "some"),
        "named": (robots("User-agent: newsspider\nDisallow: /news/2\n\nUser-agent: *\nAllow: /\n"), "none"),
        "others": (robots("User-agent: baiduspider\nDisallow: /\n"), "all"),
        "star": (robots("User-agent: *\nDisallow: /*.html$\n"), "none"),
        "allow": (robots(f"User-agent: *\nDisallow: /news/\nAllow: /news/{day}/\n", 12), "some"),
        "bom": (robots("\ufeffUser-agent: *\nDisallow: /news/2\n"), "none"),
        "garbage": (robots("\0\x01<<<>>>\n" * 500), "all"),
        "empty": (robots(""), "all"),
        "notfound": (ill.RobotsStatus(6, status=404), "all"),
        "forbidden": (ill.RobotsStatus(6, status=403), "all"),
        "error": (ill.RobotsStatus(6, status=500), "nothing"),
        "limited": (ill.RobotsStatus(6, status=429), "nothing"),
        "moved": (ill.RobotsRedirect(6), "nothing"),
        "huge": (ill.RobotsHuge(6), "all"),
    }
    servers = {name: FaultyServer(site) for name, (site, _) in rows.items()}
    try:
        for name, server in servers.items():
            server.start()
            server.write_spider(tmp_path / "sites", name=name)
        ended = scrapy("crawlsites", "--all", sites=tmp_path / "sites", BACKOFF_SECONDS=0.1)
    finally:
        for server in servers.values():
            server.stop()
    for name, (site, wanted) in rows.items():
        asked = {number for number in range(site.articles) if servers[name].paths(site.path(number))}
        today = {number for number in range(site.articles) if site.path(number).startswith(f"/news/{day}/")}
        expected = {
            "all": set(range(site.articles)),
            "none": set(),
            "nothing": set(),
            "some": today if name == "allow" else set(range(site.articles)) - today,
        }[wanted]
        assert asked == expected, name
        others = set(servers[name].paths()) - {"/robots.txt", "/rules.txt"}
        assert bool(others) == (wanted != "nothing"), (name, others)
        assert servers[name].paths().count("/robots.txt") <= 2, name
        if wanted in {"none", "some"}:
            forbidden = [v for v in ended.visits if v["site"] == name and v["reason"] == "robots.txt"]
            assert len(forbidden) >= site.articles - len(expected), name
            assert all(v["outcome"] == "refused" for v in forbidden)
    assert "Traceback" not in ended.err


class Tagged(Healthy):
    """Gives articles an ETag and a date, and answers 304 where the client has that one."""

    async def article(self, exchange: Exchange, number: int) -> None:
        tag = f'"v1-{number}"'
        fields = {"ETag": tag, "Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT"}
        if exchange.headers.get("if-none-match") == tag:
            await exchange.send("", status=304, headers=fields)
        else:
            await exchange.send(self.article_page(number), headers=fields)


def test_p12_a_second_run_asks_conditionally(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    with FaultyServer(Tagged(6)) as server:
        first = crawl_of(server, tmp_path, scrapy)
        assert len(first.articles) == 6
        server.requests.clear()
        second = scrapy("crawl", "faulty", sites=tmp_path / "sites", DUE_AHEAD_HOURS=240)
        asked = [request for request in server.requests if request.path in map(server.site.path, range(6))]
    assert second.code == 0, second.err
    assert asked
    for request in asked:
        assert request.headers["if-none-match"].startswith('"v1-')
        assert request.headers["if-modified-since"] == "Mon, 23 Nov 2026 08:00:00 GMT"
    unchanged = [v for v in second.visits if v["outcome"] == "unchanged"]
    assert {v["status"] for v in unchanged} == {304}
    assert len(unchanged) == len(asked)
    assert len(second.articles) == 6


class ManySites:
    """One server that is a site of its own under each name."""

    def __init__(self, names: list[str]) -> None:
        self.sites = {name: Healthy(3, seed=name) for name in names}

    async def respond(self, exchange: Exchange) -> None:
        await self.sites[exchange.headers["host"].partition(":")[0]].respond(exchange)


def test_dead_and_silent_sites_never_delay_the_others(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    """Fifty sites are read to their end while ten are dead: refused, silent, unknown to DNS."""
    live = [f"s{number}.example" for number in range(50)]
    with (
        FaultyServer(ManySites(live)) as server,
        socket.create_server(("127.0.0.1", 0), backlog=64) as silent,
    ):
        closed = socket.create_server(("127.0.0.1", 0))
        hosts = {f"silent{n}": f"q{n}.example:{silent.getsockname()[1]}" for n in range(4)}
        hosts |= {f"refused{n}": f"r{n}.example:{closed.getsockname()[1]}" for n in range(3)}
        hosts |= {f"unknown{n}": f"u{n}.invalid:{server.port}" for n in range(3)}
        closed.close()
        hosts |= {name.partition(".")[0]: f"{name}:{server.port}" for name in live}
        for name, host in hosts.items():
            server.write_spider(tmp_path / "sites", name=name, hosts=(host,), start=(f"http://{host}/",))
        names = [*live, *(f"q{n}.example" for n in range(4)), *(f"r{n}.example" for n in range(3))]
        began = time.monotonic()
        ended = scrapy(
            "crawlsites",
            "--all",
            sites=tmp_path / "sites",
            DOWNLOAD_TIMEOUT=8,
            DOWNLOAD_DELAY=0.1,
            RESOLVER_ADDRESSES=json.dumps(dict.fromkeys(names, "127.0.0.1")),
        )
        took = time.monotonic() - began
        last = server.requests[-1].time - began
    assert ended.code == 9
    by_site = defaultdict(list)
    for visit in ended.visits:
        by_site[visit["site"]].append((visit["outcome"], visit["reason"]))
    for name in hosts:
        good = [ending for ending in by_site[name] if ending[0] in {"stored", "reprint"}]
        assert len(good) == (3 if name.startswith("s") and not name.startswith("silent") else 0), (
            name,
            by_site[name],
        )
    failed = {told["site"] for told in ended.report["sites"] if told["failed"]}
    assert failed == {name for name in hosts if name.rstrip("0123456789") in {"silent", "refused", "unknown"}}
    # All were done before a silent one was given up, twice eight seconds after it was asked.
    assert last < took - 8
    assert took < 100


class ClosesIdle(Healthy):
    """Closes each connection a moment after its answer, as servers do that keep none for long."""

    async def respond(self, exchange: Exchange) -> None:
        await super().respond(exchange)
        asyncio.get_running_loop().call_later(0.1, exchange._writer.close)


def test_a_connection_that_was_closed_between_requests_is_no_failure(
    tmp_path: Path, scrapy: Callable[..., Ended]
) -> None:
    with FaultyServer(ClosesIdle(6)) as server:
        ended = crawl_of(server, tmp_path, scrapy, DOWNLOAD_DELAY=0.4)
        assert len(server.requests) == len(set(server.paths()))
    assert ended.code == 0, ended.err
    assert len(ended.articles) == 6
    assert {visit["attempts"] for visit in ended.visits} == {1}
