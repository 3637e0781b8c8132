"""Three small portals on loopback, in layouts that the code has not seen, with the demo's stories."""

import hashlib
import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template

import pytest

from newsspider.crawl.clock import utc_now
from newsspider.demo.sites import HUADONG, XINAN, ZHONGYUAN, DemoSite
from newsspider.demo.world import CHINA, World

TEMPLATES = Path(__file__).parent / "portals"
ROOT = Path(__file__).parent.parent.parent
ARTICLES = 24
#: A status that stands for no answer at all.
HANGS = 0


@dataclass(frozen=True)
class Story:
    """An article of a portal: its truth and its address."""

    url: str
    channel: str
    title: str
    moment: datetime
    source: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Portal:
    """One portal: how it addresses and lists its articles."""

    name: str
    title: str
    region: str
    home: str
    stories: tuple[Story, ...]
    lists: Mapping[str, str]
    pages: Mapping[tuple[str, str], tuple[str, bytes]]


@dataclass(frozen=True)
class _Plan:
    name: str
    title: str
    region: str
    site: DemoSite
    channels: Mapping[str, str]
    home_host: str
    news_host: str
    address: Callable[[str, datetime, int], str]
    channel_path: str
    channel_link: str
    item: str
    encoding: str = "utf-8"
    time: str = "%Y-%m-%d %H:%M"


PLANS = (
    _Plan(
        name="luhe",
        title="潞河新闻网",
        region="CN-HE",
        site=ZHONGYUAN,
        channels={"xw": "要闻", "sh": "社会", "jy": "教育"},
        home_host="www.luhe.test",
        news_host="www.luhe.test",
        address=lambda channel, moment, number: (
            f"/{channel}/{moment:%Y%m}/t{moment:%Y%m%d}_{60120 + number}.html"
        ),
        channel_path="/{}/",
        channel_link='<td><a href="{url}">{name}</a></td>',
        item='<tr><td>·<a href="{url}" target="_blank">{title}</a></td><td><font size="2">({day})</font></td></tr>\n',
        encoding="gb18030",
        time="%Y年%m月%d日 %H:%M",
    ),
    _Plan(
        name="qingshan",
        title="青衫在线",
        region="CN-HN",
        site=HUADONG,
        channels={"local": "本地", "edu": "教育", "life": "生活"},
        home_host="www.qingshan.test",
        news_host="news.qingshan.test",
        address=lambda channel, moment, number: f"/portal/article?id={884120 + number}",
        channel_path="/portal/channel/{}",
        channel_link='<li><a href="{url}">{name}</a></li>',
        item='<li><span class="when">{day}</span> <a href="{url}">{title}</a></li>\n',
    ),
    _Plan(
        name="haibin",
        title="海滨晚讯",
        region="CN-HI",
        site=XINAN,
        channels={"kan": "看海滨", "wen": "文体", "min": "民声"},
        home_host="haibin.test",
        news_host="haibin.test",
        address=lambda channel, moment, number: (
            "/p/" + hashlib.sha256(f"{channel}{number}".encode()).hexdigest()[:14]
        ),
        channel_path="/c/{}",
        channel_link='<span><a href="{url}">{name}</a></span>',
        item='<div class=card><a href="{url}"><img src="/i/1.jpg"></a><a href="{url}">{title}</a><em>{day}</em></div>\n',
        time="%Y/%m/%d %H:%M",
    ),
)


def _portal(plan: _Plan, port: int) -> Portal:
    news, home = f"http://{plan.news_host}:{port}", f"http://{plan.home_host}:{port}"
    lists = {slug: f"{news}{plan.channel_path.format(slug)}" for slug in plan.channels}
    stories = tuple(_stories(plan, news))
    fills = {
        "port": str(port),
        "channels": "".join(
            plan.channel_link.format(url=lists[slug], name=name) for slug, name in plan.channels.items()
        ),
    }
    pages: dict[tuple[str, str], tuple[str, bytes]] = {}

    def add(url: str, template: str, **values: str) -> None:
        host, _, path = url.removeprefix("http://").partition("/")
        text = Template((TEMPLATES / f"{plan.name}_{template}.html").read_text("utf-8"))
        body = text.substitute(fills, **values).encode(plan.encoding)
        pages[host.partition(":")[0], f"/{path}"] = ("text/html", body)

    add(f"{home}/", "home", items=_items(plan, stories[:14]))
    for slug, name in plan.channels.items():
        own = [story for story in stories if story.channel == slug]
        add(lists[slug], "list", channel=name, items=_items(plan, own))
    for place, story in enumerate(stories):
        add(
            story.url,
            "article",
            title=escape(story.title),
            time=story.moment.strftime(plan.time),
            source=story.source,
            body="".join(f"<p>　　{escape(paragraph)}</p>" for paragraph in story.paragraphs),
            side=_items(plan, stories[place + 1 : place + 4]),
        )
    pages[plan.news_host, "/feed.xml"] = ("text/xml", _feed(stories[:10]))
    return Portal(plan.name, plan.title, plan.region, f"{home}/", stories, lists, pages)


def _stories(plan: _Plan, origin: str) -> Iterator[Story]:
    world = World(datetime.now(CHINA).date(), scale=150)
    slugs = list(plan.channels)
    now = utc_now().astimezone(CHINA)
    for number, article in zip(range(ARTICLES), world.articles(plan.site), strict=False):
        moment = (now - timedelta(hours=5 * number + 1)).replace(second=0, microsecond=0)
        channel = slugs[number % len(slugs)]
        yield Story(
            url=origin + plan.address(channel, moment, ARTICLES - number),
            channel=channel,
            title=article.title,
            moment=moment,
            source=article.source,
            paragraphs=article.paragraphs,
        )


def _items(plan: _Plan, stories: Sequence[Story]) -> str:
    return "".join(
        plan.item.format(url=escape(story.url), title=escape(story.title), day=f"{story.moment:%m-%d}")
        for story in stories
    )


def _feed(stories: Sequence[Story]) -> bytes:
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>{escape(story.url)}</link>"
        f"<pubDate>{story.moment:%Y-%m-%d %H:%M:%S}</pubDate></item>"
        for story in stories
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()
    )


class PortalServer:
    """Serves the three portals and lets a test replace pages and statuses (of a host, or of host and path)."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], tuple[str, bytes]] = {}
        self.statuses: dict[str, int] = {}
        self.hits: list[tuple[str, str]] = []
        self.ended = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                host = (self.headers.get("Host") or "").partition(":")[0]
                server.hits.append((host, self.path))
                found = server.pages.get((host, self.path))
                status = server.statuses.get(host, 200 if found else 404)
                status = server.statuses.get(f"{host}{self.path}", status)
                if status == HANGS:
                    server.ended.wait(20)
                    return
                kind, body = found or ("text/html", b"<html><body>404</body></html>")
                location = body.decode() if kind == "redirect" else None
                self.send_response(302 if location else status)
                if location:
                    self.send_header("Location", location)
                else:
                    self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.portals = {plan.name: _portal(plan, self.port) for plan in PLANS}
        for portal in self.portals.values():
            self.pages.update(portal.pages)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def portals() -> Iterator[PortalServer]:
    """Serve the portals for one test."""
    server = PortalServer()
    yield server
    server.close()


Ended = subprocess.CompletedProcess[str]
Scrapy = Callable[..., Ended]


@pytest.fixture
def scrapy(portals: PortalServer) -> Scrapy:
    """Run a scrapy command in a process of its own, with the portals' hosts on loopback."""
    hosts = {host for host, _ in portals.pages}

    def run(
        *arguments: str,
        also: Sequence[str] = (),
        stop_when: Callable[[], bool] | None = None,
        answer: str | None = None,
    ) -> Ended:
        addresses = dict.fromkeys(sorted({*hosts, *also}), "127.0.0.1")
        settings = {
            "ALLOW_PRIVATE_ADDRESSES": "1",
            "RESOLVER_ADDRESSES": json.dumps(addresses),
            "DOWNLOAD_DELAY": "0",
            "BACKOFF_SECONDS": "0.05",
            "DOWNLOAD_TIMEOUT": "5",
        }
        given = [text for name, value in settings.items() for text in ("-s", f"{name}={value}")]
        terminal = stdin = None
        if answer is not None:
            terminal, stdin = pty.openpty()
            os.write(terminal, f"{answer}\n".encode())
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", *arguments, *given],
            cwd=ROOT,
            stdin=subprocess.DEVNULL if stdin is None else stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "COLUMNS": "200"},
        )
        if stop_when is not None:
            while not stop_when() and process.poll() is None:
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
        for descriptor in (terminal, stdin):
            if descriptor is not None:
                os.close(descriptor)
        return subprocess.CompletedProcess(arguments, process.returncode, stdout, stderr)

    return run
