"""Serves the demo's sites on loopback: HTTP/1.1 with keep-alive and gzip, routed by Host."""

import asyncio
import errno
import gzip
from http import HTTPStatus
from typing import Final

from newsspider.demo.answering import Answer, Answers
from newsspider.demo.loopback import LoopbackServer, Request
from newsspider.demo.sites import LOOPBACK, PORT
from newsspider.demo.world import World
from newsspider.errors import ConfigurationError

_WORTH_PACKING: Final = 1_000


class DemoServer(LoopbackServer):
    """The sites of a world, served while it is entered: `with DemoServer(world) as server: ...`.

    `requests` lists what arrived; the world can be replaced between two crawls:
    `server.show(World(today, phase=2))`.
    """

    def __init__(self, world: World, *, port: int = PORT) -> None:
        super().__init__(LOOPBACK, port)
        self._answers = Answers(world)

    @property
    def world(self) -> World:
        """Return the world that is served."""
        return self._answers.world

    def show(self, world: World) -> None:
        """Serve another state of the world from now on."""
        self._answers = Answers(world)

    def arrivals(self, host: str) -> list[float]:
        """Return when requests for a host arrived, robots.txt included."""
        return [request.time for request in self.requests if request.host == host]

    def start(self) -> None:
        """Start to serve; raise ConfigurationError when the port is taken."""
        try:
            super().start()
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise ConfigurationError(
                    f"port {self.port} on {LOOPBACK} is taken: the demo needs this very port, as a port is "
                    "part of an article's id; stop what listens there (another demo?) and try again"
                ) from None
            raise ConfigurationError(
                f"the demo cannot listen on {LOOPBACK}:{self.port}: {error.strerror}"
            ) from None

    async def respond(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer as the site does that is asked."""
        answer = self._answers.answer(request.host, request.path, request.headers)
        if answer.hangs:
            await reader.read()  # ends when the client gives up
            return False
        writer.write(_bytes(answer, request))
        await writer.drain()
        return request.keeps


def _bytes(answer: Answer, request: Request) -> bytes:
    body, headers = answer.body, dict(answer.headers)
    if "gzip" in request.headers.get("accept-encoding", "") and len(body) > _WORTH_PACKING:
        body = gzip.compress(body, compresslevel=1, mtime=0)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    headers |= {"Server": "nginx", "Connection": "keep-alive" if request.keeps else "close"}
    if answer.status != HTTPStatus.NOT_MODIFIED:
        headers["Content-Length"] = str(len(body))
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines.extend(f"{name}: {value}" for name, value in headers.items())
    head = "\r\n".join((*lines, "", "")).encode("latin-1")
    return head if request.method == "HEAD" else head + body
