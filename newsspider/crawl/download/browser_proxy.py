"""The only way out for a page in the browser: a proxy on loopback that knows one site.

Playwright can look at a page's requests, but not at where they are redirected to, nor at what a host
name resolves to. Here every connection is checked when it is made, as in the rest of a crawl: only
the profile's hosts and ports, only public addresses, no more bytes than a page may have.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
)

from newsspider.crawl.download.refusals import Refused
from newsspider.profile import SiteProfile

_LOOPBACK: Final = "127.0.0.1"
_HEAD_LIMIT: Final = 65_536
_CHUNK: Final = 65_536
#: Headers that are for the proxy itself, or say what it decides.
_HOP_BY_HOP: Final = frozenset(
    {"connection", "proxy-connection", "proxy-authorization", "keep-alive", "host"}
)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a connection goes, and what is sent there first; a tunnel (https) sends nothing."""

    host: str
    port: int
    head: bytes | None


class SiteProxy:
    """Serves one page of one site while it is entered.

    `resolve` gives a host's address or raises; `received` counts bytes, `problem` is what went wrong
    last with a connection.
    """

    def __init__(
        self,
        profile: SiteProfile,
        resolve: Callable[[str], Awaitable[str]],
        *,
        most_bytes: int,
        seconds: float,
    ) -> None:
        self.received = 0
        self.problem: Exception | None = None
        self._profile = profile
        self._resolve = resolve
        self._most_bytes = most_bytes
        self._seconds = seconds
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Return what the browser is told."""
        assert self._server is not None  # noqa: S101 (it is entered)
        return f"http://{_LOOPBACK}:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> Self:
        """Listen on a free port of loopback."""
        self._server = await asyncio.start_server(self._accept, _LOOPBACK, 0, limit=_HEAD_LIMIT)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening and close every connection."""
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._converse(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Connect the browser with a host of the site, or close: then the browser says that it failed."""
        try:
            target = _target(await reader.readuntil(b"\r\n\r\n"), self._profile)
            server_reader, server_writer = await self._connected(target)
        except (Refused, CannotResolveHostError, DownloadTimeoutError, DownloadConnectionRefusedError) as why:
            self.problem = why
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # The browser went away or spoke no HTTP: there is nobody to answer.
        else:
            try:
                if target.head is None:
                    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                else:
                    server_writer.write(target.head)
                await self._join(reader, writer, server_reader, server_writer)
            finally:
                server_writer.close()
        finally:
            writer.close()

    async def _connected(self, target: _Target) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        address = await self._resolve(target.host)
        where = f"{target.host}:{target.port}"
        try:
            return await asyncio.wait_for(asyncio.open_connection(address, target.port), self._seconds)
        except TimeoutError:
            raise DownloadTimeoutError(where) from None
        except OSError as error:
            raise DownloadConnectionRefusedError(f"{where}: {error.strerror}") from None

    async def _join(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        server_reader: asyncio.StreamReader,
        server_writer: asyncio.StreamWriter,
    ) -> None:
        """Copy both ways until the server has said all, or too much."""
        upwards = asyncio.ensure_future(_copy(reader, server_writer))
        try:
            while data := await server_reader.read(_CHUNK):
                self.received += len(data)
                if self.received > self._most_bytes:
                    self.problem = DownloadCancelledError(f"a page of more than {self._most_bytes} bytes")
                    return
                writer.write(data)
                await writer.drain()
        except OSError:
            pass  # One of them went away; the other is closed.
        finally:
            upwards.cancel()
            await asyncio.gather(upwards, return_exceptions=True)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_CHUNK):
        writer.write(data)
        await writer.drain()


def _target(head: bytes, profile: SiteProfile) -> _Target:
    """Read what the browser asks the proxy for; Refused where it is not the site's."""
    first, *lines = head.decode("latin-1").split("\r\n")
    method, wanted, version = first.split(" ")
    url = f"https://{wanted}/" if method == "CONNECT" else wanted
    parts = urlsplit(url)
    if not profile.owns(url) or parts.hostname is None:
        raise Refused("other host", parts.netloc)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if method == "CONNECT":
        return _Target(parts.hostname, port, None)
    kept = [line for line in lines if line and line.partition(":")[0].strip().lower() not in _HOP_BY_HOP]
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # One request a connection: what comes next is checked anew.
    told = (f"{method} {path} {version}", f"Host: {parts.netloc}", *kept, "Connection: close", "", "")
    return _Target(parts.hostname, port, "\r\n".join(told).encode("latin-1"))
