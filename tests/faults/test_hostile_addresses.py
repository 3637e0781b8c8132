"""P11: it stays outside. Whatever pages, redirects, robots.txt, feeds or DNS say, nothing else is connected to."""

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsspider.errors import ConfigurationError
from newsspider.profile import SiteProfile
from tests.faults.healthy import Healthy
from tests.faults.misbehaviours import RobotsRedirect, Trap
from tests.faults.server import Exchange, FaultyServer
from tests.running import Ended

FAST = {"DOWNLOAD_TIMEOUT": 4, "BACKOFF_SECONDS": 0.1, "RETRY_TIMES": 1}

#: Spellings of addresses that are nobody's but this machine's.
SPELLINGS = (
    "localhost",
    "127.0.0.1",
    "0x7f000001",
    "2130706433",
    "017700000001",
    "127.1",
    "127.0.1",
    "0.0.0.0",
    "0",
    "127.8.9.10",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
)
#: Names that DNS gives a private address.
NAMES = {
    "127.0.0.1.names.example": "127.0.0.1",
    "loop.example": "127.0.0.1",
    "cloud.example": "169.254.169.254",
    "office.example": "10.1.2.3",
    "carrier.example": "100.64.1.1",
    "mapped.example": "::ffff:127.0.0.1",
}


class Listeners:
    """Sockets that nobody answers: even a connection that asks for nothing is seen."""

    def __init__(self) -> None:
        four = socket.create_server(("0.0.0.0", 0), backlog=64)
        self.port = four.getsockname()[1]
        six = socket.create_server(("::", self.port), family=socket.AF_INET6, backlog=64)
        self._sockets = (four, six)

    def connections(self) -> int:
        """Return how many connections arrived since the last call."""
        arrived = 0
        for listener in self._sockets:
            listener.setblocking(False)
            while True:
                try:
                    listener.accept()[0].close()
                except BlockingIOError:
                    break
                arrived += 1
        return arrived

    def close(self) -> None:
        for listener in self._sockets:
            listener.close()


@pytest.fixture
def listeners() -> Iterator[Listeners]:
    opened = Listeners()
    yield opened
    opened.close()


def write_site(folder: Path, name: str, host: str, **fields: object) -> None:
    """Write a site's file for a host that no server of ours describes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "__init__.py").touch()
    given = {"hosts": (host,), "start": (f"http://{host}/",), **fields}
    lines = "".join(f"        {field}={value!r},\n" for field, value in given.items())
    (folder / f"{name}.py").write_text(
        "from newsspider.profile import SiteProfile\nfrom newsspider.site_spider import SiteSpider\n\n\n"
        f"class {name.title()}Spider(SiteSpider):\n    profile = SiteProfile(\n"
        f"        name={name!r},\n        title='站',\n        region=None,\n{lines}    )\n",
        encoding="utf-8",
    )


def test_the_listeners_see_a_connection(listeners: Listeners) -> None:
    for address in ("127.0.0.1", "127.8.9.10", "::1"):
        socket.create_connection((address, listeners.port), timeout=2).close()
        assert listeners.connections() == 1, address


def test_p11_no_spelling_of_a_private_address_is_connected_to(
    tmp_path: Path, scrapy: Callable[..., Ended], listeners: Listeners
) -> None:
    hosts = [*SPELLINGS, *NAMES]
    for number, host in enumerate(hosts):
        write_site(tmp_path / "sites", f"s{number}", f"{host}:{listeners.port}")
    ended = scrapy(
        "crawlsites",
        "--all",
        sites=tmp_path / "sites",
        ALLOW_PRIVATE_ADDRESSES=0,
        RESOLVER_ADDRESSES=json.dumps(NAMES),
        **FAST,
    )
    assert listeners.connections() == 0
    assert ended.code == 9, ended.err
    assert "Traceback" not in ended.err
    visits = {visit["site"]: visit for visit in ended.visits}
    assert len(visits) == len(hosts)
    for number, host in enumerate(hosts):
        assert visits[f"s{number}"]["outcome"] in {"refused", "failed"}, host
    for number, host in enumerate(hosts):
        if host in NAMES or host in {"127.0.0.1", "localhost"}:
            visit = visits[f"s{number}"]
            assert (visit["outcome"], visit["reason"]) == ("refused", "address not public"), visit


@pytest.mark.parametrize(
    "start",
    [
        "file:///etc/passwd",
        "data:text/html,<a href=/news/1.html>x</a>",
        "ftp://news.example/",
        "s3://bucket/key",
        "javascript:alert(1)",
        "http://other.example/",
        "http://news.example:8080/",
        "http://user:secret@news.example/",
        "//news.example/",
        "/etc/passwd",
    ],
)
def test_p11_a_site_cannot_start_outside_its_hosts(start: str) -> None:
    for field in ("start", "feeds", "sitemaps", "load_more"):
        with pytest.raises(ConfigurationError):
            SiteProfile(
                name="x", title="x", region=None, hosts=("news.example",), **{"start": (), field: (start,)}
            )


class Treacherous(Healthy):
    """Every way of naming another server, on every kind of page; `other` is that server's host and port."""

    def __init__(self, articles: int = 30) -> None:
        super().__init__(articles)
        self.elsewhere = ""
        self.failed: set[int] = set()

    def away(self, way: str) -> str:
        return f"http://{self.elsewhere}/{way}"

    async def robots(self, exchange: Exchange) -> None:
        await exchange.send(
            f"User-agent: *\nSitemap: {self.away('robots-sitemap.xml')}\nSitemap: {exchange.base}/sitemap.xml\n",
            content_type="text/plain",
        )

    async def listing(self, exchange: Exchange, page: int) -> None:
        numbers = range(self.articles)[(page - 1) * self.per_page : page * self.per_page]
        if not numbers:
            await self.missing(exchange)
            return
        port, own = self.elsewhere.rpartition(":")[2], exchange.base.partition("//")[2]
        day = f"{self.moment(0):%Y%m%d}"
        targets = [
            self.away(f"news/{day}/2001.html"),
            f"//{self.elsewhere}/news/{day}/2002.html",
            f"http://user:secret@{self.elsewhere}/news/{day}/2003.html",
            f"http://{own}@{self.elsewhere}/news/{day}/2004.html",
            f"http://{own}\\@{self.elsewhere}/news/{day}/2005.html",
            f"http:\\\\{self.elsewhere}\\news\\{day}\\2006.html",
            f"ht\ntp://{self.elsewhere}/news/{day}/2007.html",
            f" \t http://{self.elsewhere}/news/{day}/2008.html ",
            f"HTTP://localhost:{port}/news/{day}/2009.html",
            f"http://2130706433:{port}/news/{day}/2010.html",
            f"http://0x7f.1:{port}/news/{day}/2011.html",
            f"http://127。0。0。1:{port}/news/{day}/2012.html",
            f"http://[::ffff:127.0.0.1]:{port}/news/{day}/2013.html",
            f"https://{own}/news/{day}/2014.html",
            f"http://user:secret@{own}/news/{day}/2015.html",
            f"http://{self.elsewhere}#@{own}/news/{day}/2016.html",
            f"http://{self.elsewhere}?@{own}/news/{day}/2017.html",
            "file:///etc/passwd",
            f"data:text/html,<h1>{day}</h1>",
            f"ftp://{own}/news/{day}/2018.html",
            f"s3://bucket/news/{day}/2019.html",
            "javascript:location='/'",
            f"view-source:http://{self.elsewhere}/",
        ]
        links = "".join(
            f'<li><span>{self.moment(0):%Y-%m-%d}</span><a href="{target}">第{place}条别处的新闻，标题要够长才像新闻</a></li>'
            for place, target in enumerate(targets)
        )
        head = (
            f'<link rel="alternate" type="application/rss+xml" href="{self.away("feed.xml")}">'
            '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
            f'<link rel="next" href="{self.away("rel-next.html")}">'
        )
        channel = f'<a href="{self.away("guonei/")}">国内新闻</a><a href="//{self.elsewhere}/shehui/">社会新闻</a></div>'
        text = self.list_page(page, numbers).replace(
            "<ul class=", f"<ul class='other'>{links}</ul><ul class=", 1
        )
        text = text.replace("<title>", head + "<title>", 1).replace("</div>", channel, 1)
        await exchange.send(
            text,
            headers={"Link": f"<{self.away('link')}>; rel=next", "Refresh": f"0; url={self.away('refresh')}"},
        )

    async def article(self, exchange: Exchange, number: int) -> None:
        targets = {
            0: self.away("r302"),
            1: f"//{self.elsewhere}/r301",
            2: f"http://{exchange.base.partition('//')[2]}@{self.elsewhere}/userinfo",
            3: f"http://localhost:{self.elsewhere.rpartition(':')[2]}/localhost",
            4: "file:///etc/passwd",
            5: "data:text/html,<h1>x</h1>",
            6: "ftp://ftp.example/x",
            7: "s3://bucket/x",
            8: f"/hop?to={self.away('second-hop')}",
            9: f"http:\\\\{self.elsewhere}\\backslash",
        }
        if number in targets:
            await exchange.redirect(targets[number], status=301 if number == 1 else 302)
        elif number == 10 and number not in self.failed:
            # A retry sets dont_filter, which a redirect inherits.
            self.failed.add(number)
            await exchange.send("busy", status=503)
        elif number == 10:
            await exchange.redirect(self.away("after-a-retry"))
        elif number == 11:
            await exchange.send(
                f'<html><head><meta http-equiv="refresh" content="0;url={self.away("meta")}"></head></html>'
            )
        elif number == 12:
            await exchange.send(
                '<html><head><meta http-equiv="refresh" content="0;url=file:///etc/passwd"></head></html>'
            )
        elif number == 13:
            further = f'<div class="pages"><a href="{self.away("news/1_2.html")}">2</a><a href="{self.away("news/1_2.html")}">下一页</a></div>'
            based = self.article_page(number).replace(
                "<title>", f'<base href="{self.away("base/")}"><title>', 1
            )
            await exchange.send(based.replace("</body>", further + "</body>"))
        else:
            await super().article(exchange, number)

    async def other(self, exchange: Exchange) -> None:
        link = f"http://{self.elsewhere}/news/{self.moment(0):%Y%m%d}/3001.html"
        if exchange.path == "/hop":
            await exchange.redirect(exchange.query.removeprefix("to="))
        elif exchange.path == "/feed.xml":
            await exchange.send(
                f"<rss><channel><item><title>别处</title><link>{link}</link></item></channel></rss>",
                content_type="text/xml",
            )
        elif exchange.path == "/sitemap.xml":
            await exchange.send(
                f'<!DOCTYPE x [<!ENTITY e SYSTEM "{self.away("entity")}">]>'
                f"<urlset><url><loc>{link}</loc></url><url><loc>&e;</loc></url></urlset>",
                content_type="text/xml",
            )
        else:
            await self.missing(exchange)


def test_p11_no_page_leads_to_another_server(
    tmp_path: Path, scrapy: Callable[..., Ended], listeners: Listeners
) -> None:
    site = Treacherous()
    with (
        FaultyServer(site) as server,
        FaultyServer(RobotsRedirect(target=f"http://127.0.0.1:{listeners.port}/robots.txt")) as second,
    ):
        site.elsewhere = f"127.0.0.1:{listeners.port}"
        server.write_spider(tmp_path / "sites", name="treacherous")
        second.write_spider(tmp_path / "sites", name="robots")
        ended = scrapy("crawlsites", "--all", sites=tmp_path / "sites", **FAST)
        assert all("authorization" not in request.headers for request in server.requests)
        assert {"/feed.xml", "/sitemap.xml", "/hop?to=" + site.away("second-hop")} <= set(server.paths())
        assert len(server.paths("/news/2")) > 20
    assert listeners.connections() == 0
    assert "Traceback" not in ended.err
    refused = {v["final_url"] for v in ended.visits if v["reason"] == "other host"}
    assert {site.away(way) for way in ("r302", "r301", "second-hop", "after-a-retry", "meta")} <= refused
    stored = [record for record in ended.articles if record["site"] == "treacherous"]
    assert {site.path(number) for number in range(14, 30)} <= {
        r["url"].removeprefix(server.url) for r in stored
    }
    assert all(record["final_url"].startswith(server.url) for record in stored)
    # A robots.txt that lies elsewhere is none; the site itself is read.
    assert any(record["site"] == "robots" for record in ended.articles)


def test_p11_the_trap_would_have_been_seen(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    """Where a profile names the other server, the same links do lead there: the test above can fail."""
    site = Treacherous()
    with FaultyServer(site) as server, FaultyServer(Trap()) as trap:
        site.elsewhere = trap.host
        server.write_spider(tmp_path / "sites", hosts=(server.host, trap.host))
        scrapy("crawl", "faulty", sites=tmp_path / "sites", **FAST)
        ways = {path.strip("/").partition("?")[0] for path in trap.paths()}
    assert {"r302", "r301", "second-hop", "after-a-retry", "meta", "feed.xml", "robots-sitemap.xml"} <= ways
