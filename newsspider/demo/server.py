"""Serves the demo's sites on loopback: HTTP/1.1 with keep-alive, in a thread of its own."""

import asyncio
import errno
import gzip
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Final, Self

from newsspider.demo.answering import Answer, Answers
from newsspider.demo.sites import LOOPBACK, PORT
from newsspider.demo.world import World
from newsspider.errors import ConfigurationError

_HEAD_LIMIT: Final = 65_536
_IDLE: Final = 30.0
_WORTH_PACKING: Final = 1_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One request that arrived: when (monotonic seconds), for which host, what, with which answer."""

    at: float
    host: str
    target: str
    headers: Mapping[str, str]
    status: int


class DemoServer:
    """The sites of a world, served while it is entered: `with DemoServer(world) as server: ...`.

    `hits` lists the requests in the order in which they arrived; the world can be replaced between
    two crawls: `server.show(World(today, phase=2))`.
    """

    def __init__(self, world: World, *, port: int = PORT) -> None:
        self.port = port
        self.hits: list[Hit] = []
        self._answers = Answers(world)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="demo-server", daemon=True)
        self._ready = threading.Event()
        self._error: OSError | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._stop = asyncio.Event()

    @property
    def world(self) -> World:
        """Return the world that is served."""
        return self._answers.world

    def show(self, world: World) -> None:
        """Serve another state of the world from now on."""
        self._answers = Answers(world)

    def arrivals(self, host: str) -> list[float]:
        """Return when requests for a host arrived, robots.txt included."""
        return [hit.at for hit in self.hits if hit.host == host]

    def start(self) -> None:
        """Start to serve; raise ConfigurationError when the port is taken."""
        self._thread.start()
        self._ready.wait()
        if self._error is None:
            return
        self._thread.join()
        if self._error.errno == errno.EADDRINUSE:
            raise ConfigurationError(
                f"port {self.port} on {LOOPBACK} is taken: the demo needs this very port, since a port is part of "
                "an article's id; stop what listens there (another demo?) and try again"
            )
        raise ConfigurationError(f"the demo cannot listen on {LOOPBACK}:{self.port}: {self._error.strerror}")

    def stop(self) -> None:
        """Stop serving and close all connections."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def __enter__(self) -> Self:
        """Start to serve."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving."""
        self.stop()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        except OSError as error:
            self._error = error
        finally:
            self._ready.set()
            self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._accepted, LOOPBACK, self.port, limit=_HEAD_LIMIT)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # The client went away or spoke no HTTP: there is nobody to answer.
        except asyncio.CancelledError:
            pass  # The server stops.
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether the connection stays open."""
        async with asyncio.timeout(_IDLE):
            head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = (*first.split(" ", 2), "", "")[:3]
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        host = headers.get("host", "").partition(":")[0].lower()
        at = time.monotonic()
        answer = self._answers.answer(host, target, headers)
        self.hits.append(Hit(at, host, target, headers, 0 if answer.hangs else answer.status))
        if answer.hangs:
            await reader.read()  # ends when the client gives up
            return False
        keep = headers.get("connection", "").lower() != "close"
        writer.write(_bytes(answer, headers, keep=keep, send_body=method != "HEAD"))
        await writer.drain()
        return keep


def _bytes(answer: Answer, asked: Mapping[str, str], *, keep: bool, send_body: bool) -> bytes:
    body, headers = answer.body, dict(answer.headers)
    if "gzip" in asked.get("accept-encoding", "") and len(body) > _WORTH_PACKING:
        body = gzip.compress(body, compresslevel=1, mtime=0)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    headers |= {"Server": "nginx", "Connection": "keep-alive" if keep else "close"}
    if answer.status != HTTPStatus.NOT_MODIFIED:
        headers["Content-Length"] = str(len(body))
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines.extend(f"{name}: {value}" for name, value in headers.items())
    return "\r\n".join((*lines, "", "")).encode("latin-1") + (body if send_body else b"")
