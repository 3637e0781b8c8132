"""An HTTP server on loopback, in a thread of its own: connections, requests, a clean end."""

import asyncio
import socket
import ssl
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

_HEAD_LIMIT: Final = 262_144


@dataclass(frozen=True, slots=True)
class Request:
    """One request that arrived: monotonic seconds, method, path with query, headers in lower case."""

    time: float
    method: str
    path: str
    headers: Mapping[str, str]

    @property
    def host(self) -> str:
        """Return the host that was asked for, without port."""
        return self.headers.get("host", "").partition(":")[0].lower()

    @property
    def keeps(self) -> bool:
        """Return whether the client wants the connection to stay open."""
        return self.headers.get("connection", "").lower() != "close"


class LoopbackServer(ABC):
    """Serves on an address while it is entered; `requests` lists what arrived, in order.

    A subclass answers one request in `respond` and says whether the connection stays open.
    """

    def __init__(self, address: str, port: int, *, tls: ssl.SSLContext | None = None) -> None:
        self.address = address
        self.port = port
        self.tls = tls
        self.requests: list[Request] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._connections: set[socket.socket] = set()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._run, name=type(self).__name__, daemon=True)

    @abstractmethod
    async def respond(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer one request; return whether the connection stays open."""

    def start(self) -> None:
        """Start to serve; raise OSError when the port cannot be had."""
        self._thread.start()
        self._ready.wait()
        if self._error is not None:
            self._thread.join()
            raise self._error

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
        with socket.create_server((self.address, self.port), backlog=512) as listener:
            listener.setblocking(False)
            self.port = listener.getsockname()[1]
            self._loop.add_reader(listener, self._accept, listener)
            self._ready.set()
            await self._stop.wait()
            self._loop.remove_reader(listener)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)  # transports close on the next turn of the loop
        for connection in self._connections:
            connection.close()  # one that was accepted at the last moment has no transport yet

    def _accept(self, listener: socket.socket) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:
            return  # The client changed its mind.
        connection.setblocking(False)
        self._connections.add(connection)
        task = asyncio.ensure_future(self._converse(connection))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _converse(self, connection: socket.socket) -> None:
        reader = asyncio.StreamReader(limit=_HEAD_LIMIT)
        protocol = asyncio.StreamReaderProtocol(reader)
        try:
            transport, _ = await self._loop.connect_accepted_socket(
                lambda: protocol, connection, ssl=self.tls
            )
        except OSError:
            self._connections.discard(connection)
            connection.close()  # no TLS was agreed on
            return
        writer = asyncio.StreamWriter(transport, protocol, reader, self._loop)
        try:
            while await self._answered(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # The client went away or spoke no HTTP: there is nobody to answer.
        except asyncio.CancelledError:
            transport.abort()  # The server stops.
        finally:
            writer.close()
            self._connections.discard(connection)

    async def _answered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, *_ = (*first.split(" "), "", "")
        fields = (line.partition(":") for line in lines)
        headers = {name.strip().lower(): value.strip() for name, _, value in fields if name}
        request = Request(time.monotonic(), method, path, headers)
        self.requests.append(request)
        return await self.respond(request, reader, writer)
