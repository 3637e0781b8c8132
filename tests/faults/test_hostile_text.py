"""What a page or a server says can forge no line of a log, name no file, and reach no terminal as it is."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.healthy import Healthy
from tests.faults.server import Exchange, FaultyServer
from tests.running import Ended

ESCAPE = "\x1b]0;owned\x07\x1b[2J\x1b[31m"
FORGED = "\r\n2026-11-25 00:00:00 [newsspider] CRITICAL: forged line\r\n::error::forged annotation\r\n"
PAGE_TEXT = "机密正文绝不进入日志"
LONG = "x" * 1_000_000


class HostileWords(Healthy):
    """Titles, addresses, headers, redirects and reasons made to break a terminal, a log or a folder."""

    def __init__(self) -> None:
        super().__init__(12)

    async def listing(self, exchange: Exchange, page: int) -> None:
        day = f"{self.moment(0):%Y%m%d}"
        targets = [
            f"/news/{day}/%0d%0a2026-11-25 CRITICAL: forged line.html",
            f"/news/{day}/%1b%5b2J%00.html",
            f"/news/{day}/\x1b[2J\x07title.html",
            f"/news/{day}/\u202elmth.gnorw.html",
            f"/news/{day}/../../../../../../etc/passwd.html",
            f"/news/{day}/..%2f..%2f..%2fetc%2fpasswd.html",
            f"/news/{day}/..\\..\\windows.html",
            f"/news/{day}/CON.html",
            f"/news/{day}/{'n' * 300}.html",
            f"/news/{day}/{LONG}.html",
            f"/news/{day}/%s%d%n{{0}}%(message)s.html",
        ]
        links = "".join(
            f'<li><span>{self.moment(0):%Y-%m-%d}</span><a href="{target}">第{place}条新闻的标题{ESCAPE}要够长才行</a></li>'
            for place, target in enumerate(targets)
        )
        text = self.list_page(page, range(self.articles))
        await exchange.send(text.replace('<ul class="newslist">', f'<ul class="newslist">{links}', 1))

    async def article(self, exchange: Exchange, number: int) -> None:
        page = self.article_page(number)
        title = self.story(number).title
        body = page.replace("<p>", f"<p>{PAGE_TEXT}。", 1)
        if number == 0:
            await exchange.send(body.replace(title, ESCAPE + FORGED + title))
        elif number == 1:
            await exchange.send(body.replace(title, title + LONG))
        elif number == 2:
            await exchange.send(
                body, headers={"ETag": f'"{ESCAPE}"', "Last-Modified": ESCAPE, "X-Long": "y" * 10_000}
            )
        elif number == 3:
            await exchange.redirect(f"/{ESCAPE}%0d%0aSet-Cookie:x{'z' * 900}")
        elif number == 4:
            await exchange.raw(f"HTTP/1.1 200 {ESCAPE}forged\r\nContent-Length: 0\r\n\r\n".encode("latin-1"))
        elif number == 5:
            exchange.hang_up()
            await exchange.raw(b"\x1b[2J\r\nforged line\r\n\r\n" + PAGE_TEXT.encode())
        elif number == 6:
            await exchange.send(PAGE_TEXT, status=500, content_type=f"text/{ESCAPE}")
        elif number == 7:
            await exchange.send(body, headers={"Content-Encoding": f"gzip{ESCAPE}"})
        elif number == 8:
            await exchange.send(body.replace("来源：", f"来源：../../../{ESCAPE}"))
        else:
            await super().article(exchange, number)

    async def other(self, exchange: Exchange) -> None:
        await exchange.send(f"<html><title>{ESCAPE}</title><p>{PAGE_TEXT}</p></html>", status=404)


@pytest.mark.parametrize("form", ["text", "json"])
def test_log_lines_and_file_names_are_ours(tmp_path: Path, scrapy: Callable[..., Ended], form: str) -> None:
    with FaultyServer(HostileWords()) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy(
            "crawl",
            "faulty",
            "-L",
            "DEBUG",
            sites=tmp_path / "sites",
            LOG_JSON=int(form == "json"),
            BACKOFF_SECONDS=0.05,
            CIRCUIT_BREAKER_FAILURES=100,
        )
    printed = ended.out + ended.err
    assert ended.code in {0, 9}, printed[-2000:]
    assert "Traceback" not in printed
    assert PAGE_TEXT not in printed
    assert json.dumps(PAGE_TEXT)[1:-1] not in printed
    controls = set(re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", printed))
    assert not controls, controls
    for line in printed.splitlines():
        assert len(line) < 3000, line[:200]
        assert not line.startswith(("::error", "forged", "2026-11-25 00:00:00", "2026-11-25 CRITICAL"))
    if form == "json":
        lines = [line for line in ended.err.splitlines() if line.startswith("{")]
        assert len(lines) > 20
        assert all(isinstance(json.loads(line), dict) for line in lines)
    for path in (tmp_path / "exports").rglob("*"):
        name = path.relative_to(tmp_path / "exports").as_posix()
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", name) and ".." not in name, name
    assert {path.name for path in tmp_path.iterdir()} == {"sites", "exports"}
    assert len(ended.articles) >= 6
    for record in ended.articles:
        text = json.dumps(record, ensure_ascii=False)
        assert not re.search(r"[\x00-\x1f\x7f\x9b]", record["title"] + (record["source"] or "")), record[
            "title"
        ]
        assert "\x1b" not in text


def test_the_report_shows_hostile_words_as_words(tmp_path: Path, scrapy: Callable[..., Ended]) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"

    class Scripted(Healthy):
        async def article(self, exchange: Exchange, number: int) -> None:
            page, title = self.article_page(number), self.story(number).title
            escaped = script.replace("<", "&lt;")
            await exchange.send(
                page.replace(title, escaped + title).replace("来源：", f"来源：{escaped}"), status=200
            )

    with FaultyServer(Scripted(3)) as server:
        server.write_spider(tmp_path / "sites")
        ended = scrapy("crawl", "faulty", sites=tmp_path / "sites")
    assert any("alert(1)" in record["title"] for record in ended.articles)
    report = (ended.exports / "runs" / ended.run["run"] / "report.html").read_text("utf-8")
    assert script not in report
    assert "<img src=x" not in report
