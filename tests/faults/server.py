"""A server on loopback that misbehaves in one way and is a plain healthy news site otherwise.

with FaultyServer(AllGone(articles=60)) as server:
    server.write_spider(folder)              # a site's file, for `scrapy crawl faulty`
    ...
    server.requests                          # [Request(time, method, path, headers), ...]
"""

import asyncio
import ssl
from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from newsspider.demo.loopback import LoopbackServer, Request


class Exchange:
    """One request and the means to answer it, well or badly."""

    def __init__(self, request: Request, nth: int, base: str, writer: asyncio.StreamWriter) -> None:
        self.path, _, self.query = request.path.partition("?")
        self.headers = request.headers
        self.nth = nth  # 1 for the first request of this path
        self.base = base
        self._writer = writer
        self.keep = request.keeps

    async def send(
        self,
        body: str | bytes = b"",
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        content_type: str | None = "text/html; charset=utf-8",
    ) -> None:
        """Answer as a healthy server does."""
        data = body.encode() if isinstance(body, str) else body
        fields = {"Content-Length": str(len(data)), **(headers or {})}
        if content_type is not None:
            fields["Content-Type"] = content_type
        await self.raw(self.head(status, fields) + data)

    async def redirect(self, target: str, *, status: int = 302) -> None:
        """Answer with a redirect."""
        await self.send("", status=status, headers={"Location": target})

    def head(self, status: int, fields: Mapping[str, str]) -> bytes:
        """Return a status line and headers."""
        try:
            phrase = HTTPStatus(status).phrase
        except ValueError:
            phrase = "Unknown"
        lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in fields.items())]
        return "\r\n".join((*lines, "", "")).encode("latin-1")

    async def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._writer.write(data)
        await self._writer.drain()

    async def drip(self, data: bytes, *, interval: float) -> None:
        """Send a byte, wait, send the next."""
        for value in data:
            await self.raw(bytes((value,)))
            await asyncio.sleep(interval)

    async def forever(self) -> None:
        """Say nothing more until the client or the server gives up."""
        self.keep = False
        await self._writer.wait_closed()

    def hang_up(self) -> None:
        """Close the connection after this answer."""
        self.keep = False


class Site(Protocol):
    """What a server asks for its answers (misbehaviours.py has them)."""

    async def respond(self, exchange: Exchange) -> None:
        """Answer one request."""


class FaultyServer(LoopbackServer):
    """Serves a site on a free port of 127.0.0.1 while it is entered."""

    def __init__(
        self, site: Site, *, address: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(address, port, tls=tls)
        self.site = site
        self._seen: Counter[str] = Counter()

    async def respond(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Let the site answer."""
        self._seen[request.path] += 1
        exchange = Exchange(request, self._seen[request.path], self.url, writer)
        await self.site.respond(exchange)
        return exchange.keep

    @property
    def host(self) -> str:
        """Return host and port, as a profile's `hosts` has them."""
        return f"{self.address}:{self.port}"

    @property
    def url(self) -> str:
        """Return the address without a path."""
        return f"{'https' if self.tls else 'http'}://{self.host}"

    def paths(self, prefix: str = "/") -> list[str]:
        """Return the paths that were asked for, in order."""
        return [request.path for request in self.requests if request.path.startswith(prefix)]

    def gaps(self) -> list[float]:
        """Return the seconds between one request and the next."""
        times = [request.time for request in self.requests]
        return [after - before for before, after in pairwise(times)]

    def write_spider(self, folder: Path, *, name: str = "faulty", **fields: object) -> Path:
        """Write a site's file for this server; further fields of its profile by keyword."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").touch()
        given = {"hosts": (self.host,), "start": (self.url + "/",), **fields}
        lines = "".join(f"        {field}={value!r},\n" for field, value in given.items())
        path = folder / f"{name}.py"
        path.write_text(
            "from newsspider.profile import Layout, SiteProfile\n"
            "from newsspider.site_spider import SiteSpider\n\n\n"
            f"class {name.title().replace('_', '')}Spider(SiteSpider):\n"
            "    profile = SiteProfile(\n"
            f"        name={name!r},\n        title='故障站',\n        region=None,\n{lines}    )\n",
            encoding="utf-8",
        )
        return path
