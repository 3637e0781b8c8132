"""Servers whose bodies, headers or pace are not what was announced; one small class each."""

import asyncio
import gzip
import zlib
from functools import cache
from typing import Literal

from tests.faults.healthy import Healthy
from tests.faults.server import Exchange

Coding = Literal["gzip", "double-gzip", "br", "zstd"]
_MIB = 1 << 20


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
