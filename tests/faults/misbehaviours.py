"""One small class per misbehaviour of a server; each is a healthy site in everything else."""

import asyncio
import gzip
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Literal

from tests.faults.healthy import Healthy
from tests.faults.server import Exchange

Coding = Literal["gzip", "double-gzip", "br", "zstd"]
_MIB = 1 << 20

#: What a Retry-After may say, by its kind.
RETRY_AFTER = {
    "seconds": "2",
    "zero": "0",
    "negative": "-5",
    "huge": "1000000000",
    "garbage": "soon; drop table",
    "fraction": "1.5",
    "past date": "Wed, 21 Oct 2015 07:28:00 GMT",
}


def http_date(seconds: float) -> str:
    """Return the HTTP date of so many seconds from now."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


# Pages that are gone, empty or something else.


class AllGone(Healthy):
    """Every article is 404."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await self.missing(exchange)


class ListingGone(Healthy):
    """Every list is 404, the home page too."""

    async def listing(self, exchange: Exchange, page: int) -> None:
        await self.missing(exchange)


class SoftGone(Healthy):
    """Every article is a page with 200 that says it does not exist."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.send(
            "<!DOCTYPE html><html><head><meta charset='utf-8'><title>页面不存在</title></head>"
            "<body><p>抱歉，您访问的页面不存在或已被删除！</p><a href='/'>返回首页</a></body></html>"
        )


class LayoutChanged(Healthy):
    """Articles come without any text, as after a redesign."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.send(self.frame(number, '<div id="app"></div><script src="/app.js"></script>'))


class EmptyPage(Healthy):
    """Articles are 200 with nothing in them."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.send("")


class NoContentWithBody(Healthy):
    """Articles are 204 and have a body all the same."""

    async def article(self, exchange: Exchange, number: int) -> None:
        exchange.hang_up()
        await exchange.send(self.article_page(number), status=204)


class WrongType(Healthy):
    """Articles are HTML that claims to be something else, or nothing."""

    def __init__(self, articles: int = 60, *, content_type: str | None = "application/octet-stream") -> None:
        super().__init__(articles)
        self.content_type = content_type

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.send(self.article_page(number), content_type=self.content_type)


# Servers that are ill or say no.


class ServerError(Healthy):
    """Answers with an error: every article (`lists`: everything but robots.txt), or only the `first` requests."""

    def __init__(
        self, articles: int = 60, *, status: int = 500, first: int | None = None, lists: bool = False
    ) -> None:
        super().__init__(articles)
        self.status = status
        self.left = first
        self.lists = lists

    async def article(self, exchange: Exchange, number: int) -> None:
        if not await self._failed(exchange):
            await super().article(exchange, number)

    async def listing(self, exchange: Exchange, page: int) -> None:
        if not self.lists or not await self._failed(exchange):
            await super().listing(exchange, page)

    async def _failed(self, exchange: Exchange) -> bool:
        if self.left == 0:
            return False
        if self.left is not None:
            self.left -= 1
        await exchange.send("<html><body><h1>Error</h1></body></html>", status=self.status)
        return True


class TooMany(Healthy):
    """Answers the first `times` article requests (None: all) with 429 or 503 and a Retry-After (None: without)."""

    def __init__(
        self, articles: int = 60, *, retry_after: str | None = "2", times: int | None = 1, status: int = 429
    ) -> None:
        super().__init__(articles)
        self.retry_after = retry_after
        self.left = times
        self.status = status

    async def article(self, exchange: Exchange, number: int) -> None:
        if self.left == 0:
            await super().article(exchange, number)
            return
        if self.left is not None:
            self.left -= 1
        headers = {} if self.retry_after is None else {"Retry-After": self.retry_after}
        await exchange.send("too many requests", status=self.status, headers=headers)


class Blocked(Healthy):
    """Answers every article (`lists`: everything) with the page of a guard against robots."""

    def __init__(
        self, articles: int = 60, *, guard: Literal["challenge", "cookie", "firewall"] = "challenge", status: int = 200,
        lists: bool = False, after: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(articles)
        self.guard = guard
        self.status = status
        self.lists = lists
        self.after = after

    async def article(self, exchange: Exchange, number: int) -> None:
        if self.after > 0:
            self.after -= 1
            await super().article(exchange, number)
        else:
            await exchange.send(GUARD_PAGES[self.guard], status=self.status)

    async def listing(self, exchange: Exchange, page: int) -> None:
        if self.lists:
            await exchange.send(GUARD_PAGES[self.guard], status=self.status)
        else:
            await super().listing(exchange, page)


#: Pages of the usual guards, in our own words.
GUARD_PAGES = {
    "challenge": (
        "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
        "<h2>Checking your browser before accessing the site</h2><noscript>Please enable JavaScript and cookies.</noscript>"
        "<form id='challenge-form' action='/cdn-cgi/challenge' method='post'></form></body></html>"
    ),
    "cookie": (
        "<script>document.cookie='__jsl_clearance=1700000000.1|-1|abc;max-age=3600;path=/';"
        "location.href=location.pathname+location.search</script>"
    ),
    "firewall": (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>访问被拦截</title></head><body>"
        "<h3>您的访问被拦截</h3><p>由于您的请求存在异常，已被网站防火墙阻断。事件编号：0000-0000</p></body></html>"
    ),
}


# Bodies that are not what was announced.


class Truncated(Healthy):
    """Sends less of an article than its Content-Length says and hangs up; the first `times` requests of each."""

    def __init__(self, articles: int = 60, *, times: int | None = None) -> None:
        super().__init__(articles)
        self.times = times

    async def article(self, exchange: Exchange, number: int) -> None:
        if self.times is not None and exchange.nth > self.times:
            await super().article(exchange, number)
            return
        body = self.article_page(number).encode()
        exchange.hang_up()
        head = exchange.head(
            200, {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        )
        await exchange.raw(head + body[: len(body) // 2])


class BrokenChunk(Healthy):
    """Sends an article in chunks, hangs up in the middle of one or announces a size that is no number."""

    def __init__(self, articles: int = 60, *, how: Literal["cut", "size"] = "cut") -> None:
        super().__init__(articles)
        self.how = how

    async def article(self, exchange: Exchange, number: int) -> None:
        body = self.article_page(number).encode()
        exchange.hang_up()
        head = exchange.head(
            200, {"Content-Type": "text/html; charset=utf-8", "Transfer-Encoding": "chunked"}
        )
        half = len(body) // 2
        chunk = f"{half:x}\r\n".encode() + body[:half] + b"\r\n"
        rest = b"1000\r\nnot so many" if self.how == "cut" else b"xyz\r\nwhat?\r\n0\r\n\r\n"
        await exchange.raw(head + chunk + rest)


class BadGzip(Healthy):
    """Sends articles in gzip without the end, or with a checksum that does not fit."""

    def __init__(self, articles: int = 60, *, how: Literal["cut", "checksum"] = "cut") -> None:
        super().__init__(articles)
        self.how = how

    async def article(self, exchange: Exchange, number: int) -> None:
        packed = gzip.compress(self.article_page(number).encode())
        packed = packed[: len(packed) // 2] if self.how == "cut" else packed[:-8] + b"\0" * 8
        await exchange.send(packed, headers={"Content-Encoding": "gzip"})


class Bomb(Healthy):
    """Sends articles that unpack to `size` zero bytes."""

    def __init__(self, articles: int = 60, *, coding: Coding = "gzip", size: int = 300 * _MIB) -> None:
        super().__init__(articles)
        self.coding = coding
        self.packed = packed_zeros(coding, size)

    async def article(self, exchange: Exchange, number: int) -> None:
        header = "gzip, gzip" if self.coding == "double-gzip" else self.coding
        await exchange.send(self.packed, headers={"Content-Encoding": header})


class SitemapBomb(Healthy):
    """Names a sitemap.xml.gz in robots.txt that unpacks to `size` bytes."""

    def __init__(self, articles: int = 60, *, size: int = 300 * _MIB) -> None:
        super().__init__(articles)
        self.packed = packed_zeros("gzip", size)

    async def robots(self, exchange: Exchange) -> None:
        await exchange.send(
            f"User-agent: *\nSitemap: {exchange.base}/sitemap.xml.gz\n", content_type="text/plain"
        )

    async def other(self, exchange: Exchange) -> None:
        if exchange.path == "/sitemap.xml.gz":
            await exchange.send(self.packed, content_type="application/gzip")
        else:
            await self.missing(exchange)


@cache
def packed_zeros(coding: Coding, size: int) -> bytes:
    """Return `size` zero bytes, packed; the memory needed is that of a block."""
    if coding == "double-gzip":
        return gzip.compress(packed_zeros("gzip", size))
    block = bytes(_MIB)
    if coding == "gzip":
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        parts = [packer.compress(block) for _ in range(size // _MIB)]
        return b"".join((*parts, packer.flush()))
    if coding == "br":
        import brotli  # only this bomb needs it

        squeezer = brotli.Compressor(quality=5)
        parts = [squeezer.process(block) for _ in range(size // _MIB)]
        return b"".join((*parts, squeezer.finish()))
    from backports import zstd  # only this bomb needs it

    crusher = zstd.ZstdCompressor()
    parts = [crusher.compress(block) for _ in range(size // _MIB)]
    return b"".join((*parts, crusher.flush()))


class EndlessBody(Healthy):
    """Sends chunk after chunk of an article and never ends."""

    async def article(self, exchange: Exchange, number: int) -> None:
        exchange.hang_up()
        await exchange.raw(
            exchange.head(200, {"Content-Type": "text/html; charset=utf-8", "Transfer-Encoding": "chunked"})
        )
        chunk = b"10000\r\n" + b"<p>x</p>" * 8192 + b"\r\n"
        while True:
            await exchange.raw(chunk)
            await asyncio.sleep(0.001)


class HugeBody(Healthy):
    """Announces `length` bytes and sends as many as the client takes."""

    def __init__(self, articles: int = 60, *, length: int = 1 << 30) -> None:
        super().__init__(articles)
        self.length = length

    async def article(self, exchange: Exchange, number: int) -> None:
        exchange.hang_up()
        await exchange.raw(
            exchange.head(200, {"Content-Type": "text/html", "Content-Length": str(self.length)})
        )
        sent, block = 0, b"<p>x</p>" * 8192
        while sent < self.length:
            await exchange.raw(block[: self.length - sent])
            sent += len(block)
            await asyncio.sleep(0.001)


# Servers that take their time.


class SlowHeaders(Healthy):
    """Sends the headers of articles byte by byte."""

    def __init__(self, articles: int = 60, *, interval: float = 0.5) -> None:
        super().__init__(articles)
        self.interval = interval

    async def article(self, exchange: Exchange, number: int) -> None:
        exchange.hang_up()
        await exchange.drip(
            exchange.head(200, {"Content-Type": "text/html", "X-Slow": "x" * 5000}), interval=self.interval
        )


class SlowBody(SlowHeaders):
    """Sends the text of articles byte by byte."""

    async def article(self, exchange: Exchange, number: int) -> None:
        body = self.article_page(number).encode()
        exchange.hang_up()
        await exchange.raw(
            exchange.head(200, {"Content-Type": "text/html", "Content-Length": str(len(body))})
        )
        await exchange.drip(body, interval=self.interval)


class Silent(Healthy):
    """Accepts connections and never says a word."""

    async def respond(self, exchange: Exchange) -> None:
        await exchange.forever()


class Hanging(Healthy):
    """Never answers for articles (`only`: for these, 0 is the newest)."""

    def __init__(self, articles: int = 60, *, only: frozenset[int] | None = None) -> None:
        super().__init__(articles)
        self.only = only

    async def article(self, exchange: Exchange, number: int) -> None:
        if self.only is None or number in self.only:
            await exchange.forever()
        else:
            await super().article(exchange, number)


class Delayed(Healthy):
    """Answers everything well, `seconds` late."""

    def __init__(self, articles: int = 60, *, seconds: float = 0.5) -> None:
        super().__init__(articles)
        self.seconds = seconds

    async def respond(self, exchange: Exchange) -> None:
        await asyncio.sleep(self.seconds)
        await super().respond(exchange)


class HangsUp(Healthy):
    """Closes the connection without an answer to articles."""

    async def article(self, exchange: Exchange, number: int) -> None:
        exchange.hang_up()


# Headers.


class HugeHeaders(Healthy):
    """Sends articles with `size` bytes of headers."""

    def __init__(self, articles: int = 60, *, size: int = _MIB) -> None:
        super().__init__(articles)
        self.size = size

    async def article(self, exchange: Exchange, number: int) -> None:
        filler = {f"X-Filler-{place}": "x" * 1000 for place in range(self.size // 1000)}
        await exchange.send(self.article_page(number), headers=filler)


class StrangeHeaders(Healthy):
    """Sends articles with doubled, empty, binary and colon-less headers."""

    async def article(self, exchange: Exchange, number: int) -> None:
        body = self.article_page(number).encode()
        exchange.hang_up()
        await exchange.raw(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Type: image/gif\r\nX-Empty:\r\nX-Binary: \xff\xfe\x01\r\n"
            b"X-Title: =?utf-8?b?5paw6Ze7?=\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
            b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body
        )


# Redirects.


class RedirectTo(Healthy):
    """Redirects every article to a target: another host, `/`, file:///etc/passwd, data:text/html,x, ..."""

    def __init__(self, articles: int = 60, *, target: str, status: int = 302) -> None:
        super().__init__(articles)
        self.target = target
        self.status = status

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.redirect(self.target, status=self.status)


class RedirectToSelf(Healthy):
    """Redirects every article to itself."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.redirect(exchange.path)


class RedirectLoop(Healthy):
    """Redirects every article to a second address, and that one back."""

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.redirect(f"/moved{exchange.path}")

    async def other(self, exchange: Exchange) -> None:
        await exchange.redirect(exchange.path.removeprefix("/moved"))


class RedirectChain(Healthy):
    """Redirects every article `hops` times before it is shown."""

    def __init__(self, articles: int = 60, *, hops: int = 30) -> None:
        super().__init__(articles)
        self.hops = hops

    async def article(self, exchange: Exchange, number: int) -> None:
        await exchange.redirect(f"/hop/1/{number}")

    async def other(self, exchange: Exchange) -> None:
        _, kind, *rest = exchange.path.split("/")
        if kind != "hop" or len(rest) != 2:
            await self.missing(exchange)
        elif int(rest[0]) < self.hops:
            await exchange.redirect(f"/hop/{int(rest[0]) + 1}/{rest[1]}")
        else:
            await exchange.send(self.article_page(int(rest[1])))


class SchemeFlip(Healthy):
    """Redirects every article to the same address with the other scheme."""

    async def article(self, exchange: Exchange, number: int) -> None:
        other = "http" if exchange.base.startswith("https") else "https"
        await exchange.redirect(f"{other}://{exchange.base.partition('://')[2]}{exchange.path}")


# robots.txt.


class RobotsStatus(Healthy):
    """Answers robots.txt with a status and no rules."""

    def __init__(self, articles: int = 60, *, status: int = 503) -> None:
        super().__init__(articles)
        self.status = status

    async def robots(self, exchange: Exchange) -> None:
        await exchange.send("<html><body>error</body></html>", status=self.status)


class RobotsText(Healthy):
    """Has a robots.txt of one's own wording."""

    def __init__(self, articles: int = 60, *, text: str, content_type: str = "text/plain") -> None:
        super().__init__(articles)
        self.text = text
        self.content_type = content_type

    async def robots(self, exchange: Exchange) -> None:
        await exchange.send(self.text, content_type=self.content_type)


class RobotsDisallowAll(RobotsText):
    """Allows nobody anything."""

    def __init__(self, articles: int = 60) -> None:
        super().__init__(articles, text="User-agent: *\nDisallow: /\n")


class RobotsHtml(RobotsText):
    """Answers robots.txt with a page."""

    def __init__(self, articles: int = 60) -> None:
        super().__init__(
            articles,
            text="<!DOCTYPE html><html><body><h1>首页</h1>Disallow: /</body></html>",
            content_type="text/html",
        )


class RobotsHuge(RobotsText):
    """Has a robots.txt of 10 MB, whose first lines forbid /news/20200101/."""

    def __init__(self, articles: int = 60, *, size: int = 10 * _MIB) -> None:
        line = "Disallow: /never/ever/anything/of/this/kind/\n"
        super().__init__(
            articles, text="User-agent: *\nDisallow: /news/20200101/\n" + line * (size // len(line))
        )


class RobotsRedirect(Healthy):
    """Redirects robots.txt: to a target, by default to one that forbids everything."""

    def __init__(self, articles: int = 60, *, target: str = "/rules.txt") -> None:
        super().__init__(articles)
        self.target = target

    async def robots(self, exchange: Exchange) -> None:
        await exchange.redirect(self.target)

    async def other(self, exchange: Exchange) -> None:
        if exchange.path == "/rules.txt":
            await exchange.send("User-agent: *\nDisallow: /\n", content_type="text/plain")
        else:
            await self.missing(exchange)


class RobotsSilent(Healthy):
    """Never answers for robots.txt."""

    async def robots(self, exchange: Exchange) -> None:
        await exchange.forever()


# The trap.


class Trap(Healthy):
    """Answers everything with an article: whoever must not come here is counted in `server.requests`."""

    async def respond(self, exchange: Exchange) -> None:
        await exchange.send(self.article_page(0))
