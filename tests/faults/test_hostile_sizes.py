"""P10: bounded. Bombs, giants and pages made to hurt a parser cost a visit each, never the run."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults import bad_bodies as torn
from tests.faults.healthy import Healthy
from tests.faults.server import Exchange, FaultyServer
from tests.running import Ended

MIB = 1 << 20
#: What promise P10 allows, and the CPU seconds that ten such sites may cost on a slow machine.
MOST_MEMORY = 300 * MIB
MOST_CPU = 90.0
FAST = {"DOWNLOAD_TIMEOUT": 20, "BACKOFF_SECONDS": 0.1, "RETRY_TIMES": 0}


def cost_of(process: subprocess.Popen) -> tuple[int, float]:
    """Wait for a process; return its peak memory in bytes and its CPU seconds."""
    peak, cpu, tick = 0, 0.0, os.sysconf("SC_CLK_TCK")
    folder = Path("/proc") / str(process.pid)
    while process.poll() is None:
        try:
            status, times = (
                (folder / "status").read_text(),
                (folder / "stat").read_text().rpartition(")")[2].split(),
            )
        except OSError:
            break
        high = [line for line in status.splitlines() if line.startswith("VmHWM:")]
        if high:
            peak = max(peak, int(high[0].split()[1]) * 1024)
            cpu = (int(times[11]) + int(times[12])) / tick
        time.sleep(0.02)
    return peak, cpu


class BombedList(Healthy):
    """The home page and every list unpack to 300 MB."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        packed = torn.packed_zeros("gzip", 300 * MIB)
        await exchange.send(packed, headers={"Content-Encoding": "gzip"})


def test_p10_bombs_and_giants(tmp_path: Path, start: Callable[..., subprocess.Popen]) -> None:
    sites = {
        "gzip": torn.Bomb(4, coding="gzip"),
        "twice": torn.Bomb(4, coding="double-gzip"),
        "brotli": torn.Bomb(4, coding="br"),
        "zstd": torn.Bomb(4, coding="zstd"),
        "sitemap": torn.SitemapBomb(4),
        "lists": BombedList(4),
        "endless": torn.EndlessBody(4),
        "huge": torn.HugeBody(4),
        "astronomic": torn.HugeBody(4, length=10**15),
        "headers": torn.HugeHeaders(4),
    }
    servers = {name: FaultyServer(site) for name, site in sites.items()}
    try:
        for name, server in servers.items():
            server.start()
            server.write_spider(tmp_path / "sites", name=name)
        process = start("crawlsites", "--all", sites=tmp_path / "sites", **FAST)
        peak, cpu = cost_of(process)
        _, err = process.communicate(timeout=60)
    finally:
        for server in servers.values():
            server.stop()
    assert 0 < peak < MOST_MEMORY, f"{peak // MIB} MiB"
    assert cpu < MOST_CPU
    assert process.returncode == 9, err
    assert "Traceback" not in err
    ended = Ended(process.returncode, "", err, tmp_path / "exports")
    reasons = {
        name: {v["reason"] for v in ended.visits if v["site"] == name and v["outcome"] == "failed"}
        for name in sites
    }
    for name in ("gzip", "twice", "brotli", "zstd", "lists", "endless", "huge", "astronomic"):
        assert reasons[name] <= {"too large", "unavailable"} and reasons[name], (name, reasons[name])
    stored = [record["site"] for record in ended.articles]
    assert stored.count("sitemap") == 4
    assert not set(stored) - {"sitemap", "headers"}


NEWS = "<p>清河县今年计划新建高标准农田四万二千亩，项目涉及九个乡镇，惠及农户一万三千户。</p>" * 4

#: Pages made to hurt: what stands in the body, before or around the text of an article.
HOSTILE = {
    "nested": "<div>" * 100_000 + NEWS,
    "inline nested": "<b><i><font>" * 30_000 + NEWS,
    "siblings": "<i>x</i>" * 900_000 + NEWS,
    "breaks": "a<br>" * 1_000_000 + NEWS,
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(80_000)) + ">" + NEWS + "</div>",
    "long attribute": '<div title="' + "x" * 4_000_000 + '">' + NEWS + "</div>",
    "unclosed": "<p><a href='/news/'><table><tr><td>" * 20_000 + NEWS,
    "links": "".join(f"<a href='/news/{n}.html'>第{n}条</a>" for n in range(100_000)) + NEWS,
    "entities": "&amp;&#x4e2d;&nosuch;" * 200_000 + NEWS,
    "comment": NEWS + "<!--" + "-" * 3_000_000,
    "script": "<script>" + "var a='</div>';" * 200_000 + "</script>" + NEWS,
    "one line": "<p>" + "新" * 1_000_000 + "</p>" + NEWS,
    "dates": "<p>" + "2026-11-2" * 300_000 + "</p>" + NEWS,
    "sources": "<p>" + "来源：" * 300_000 + "</p>" + NEWS,
    "spaces": "<p>" + " \u3000\u00a0" * 400_000 + "</p>" + NEWS,
    "tables": "<table><tr><td>" * 3_000 + NEWS,
    "lists": "<ul><li>" * 5_000 + NEWS,
    "select": "<select>" + "<option>x" * 200_000 + "</select>" + NEWS,
    "open tags": "<div>" * 400 + "<a " * 100_000 + "x" * 2_000_000 + NEWS,
    "nul": "\0" * 1_000_000 + NEWS,
    "angle": "<" * 1_000_000 + NEWS,
}


class HostilePages(Healthy):
    """Articles of which each is made to hurt in its own way, and a channel that is as bad."""

    def __init__(self) -> None:
        super().__init__(len(HOSTILE) + 4, per_page=100)
        self.bodies = list(HOSTILE.values())

    async def article(self, exchange: Exchange, number: int) -> None:
        if number < len(self.bodies):
            await exchange.send(self.frame(number, f'<div class="content">{self.bodies[number]}</div>'))
        else:
            await super().article(exchange, number)

    async def other(self, exchange: Exchange) -> None:
        if exchange.path == "/channel/":
            await exchange.send("<ul>" + "<li><a href='/news/20261101/1.html'>" * 100_000)
        else:
            await self.missing(exchange)


def test_p10_pages_made_to_hurt_do_not_end_the_run(
    tmp_path: Path, start: Callable[..., subprocess.Popen]
) -> None:
    with FaultyServer(HostilePages()) as server:
        server.write_spider(tmp_path / "sites", start=(server.url + "/", server.url + "/channel/"))
        process = start("crawl", "faulty", sites=tmp_path / "sites", **{**FAST, "WATCHDOG_SECONDS": 60})
        peak, cpu = cost_of(process)
        _, err = process.communicate(timeout=60)
        paths = [server.site.path(number) for number in range(len(HOSTILE) + 4)]
    ended = Ended(process.returncode, "", err, tmp_path / "exports")
    assert process.returncode in {0, 9}, err
    assert "Traceback" not in err
    endings = {v["url"].removeprefix(server.url): (v["outcome"], v["reason"]) for v in ended.visits}
    assert set(paths) <= set(endings)
    assert all(endings[path][0] == "stored" for path in paths[len(HOSTILE) :]), endings
    assert not any(reason == "exception" for _, reason in endings.values()), endings
    assert 0 < peak < MOST_MEMORY, f"{peak // MIB} MiB"
    assert cpu < MOST_CPU, f"{cpu:.0f} s"


class Flood(Healthy):
    """robots.txt names five sitemaps of 50,000 articles each."""

    async def robots(self, exchange: Exchange) -> None:
        named = "".join(f"Sitemap: {exchange.base}/map{number}.xml\n" for number in range(5))
        await exchange.send(f"User-agent: *\n{named}", content_type="text/plain")

    async def other(self, exchange: Exchange) -> None:
        if not exchange.path.startswith("/map"):
            await self.missing(exchange)
            return
        first = (int(exchange.path[4:-4]) + 1) * 100_000
        entries = "".join(
            f"<url><loc>{exchange.base}/news/{self.moment(0):%Y%m%d}/{number}.html</loc></url>"
            for number in range(first, first + 50_000)
        )
        await exchange.send(f"<urlset>{entries}</urlset>", content_type="text/xml")


def test_p10_a_flood_of_links_fills_no_memory(tmp_path: Path, start: Callable[..., subprocess.Popen]) -> None:
    with FaultyServer(Flood(20)) as server:
        server.write_spider(tmp_path / "sites")
        process = start("crawl", "faulty", sites=tmp_path / "sites", SITE_PAGE_LIMIT=40)
        peak, cpu = cost_of(process)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert 0 < peak < MOST_MEMORY, f"{peak // MIB} MiB"
    assert cpu < MOST_CPU, f"{cpu:.0f} s"
    assert "articles_limit on faulty" in err
    assert len(server.requests) == 41
