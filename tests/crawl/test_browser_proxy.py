"""The way out of a page in the browser: one site, checked at each connection."""

import asyncio

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
)

from newsspider.crawl.download.browser_proxy import SiteProxy
from newsspider.crawl.download.refusals import Refused
from newsspider.demo.loopback import LoopbackServer, Request
from newsspider.profile import SiteProfile

_BODY = b"x" * 1000


class Echo(LoopbackServer):
    """Answers everything with a thousand bytes."""

    async def respond(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + _BODY)
        await writer.drain()
        return request.keeps


@pytest.fixture
def server():
    with Echo("127.0.0.1", 0) as running:
        yield running


def profile(port: int) -> SiteProfile:
    host = f"own.example:{port}"
    return SiteProfile(name="own", title="自家", region=None, hosts=(host,), start=(f"http://{host}/",))


def ask(server: Echo, head: str, *, most_bytes: int = 10_000) -> tuple[bytes, SiteProxy]:
    """Send a head to a proxy of the server's site; PORT stands for the server's port."""

    async def resolve(host: str) -> str:
        if host == "own.example":
            return "127.0.0.1"
        raise CannotResolveHostError(host)

    async def conversation() -> tuple[bytes, SiteProxy]:
        async with SiteProxy(profile(server.port), resolve, most_bytes=most_bytes, seconds=5) as proxy:
            port = int(proxy.url.rpartition(":")[2])
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(head.replace("PORT", str(server.port)).encode("latin-1"))
            answer = await asyncio.wait_for(reader.read(), 10)
            writer.close()
            return answer, proxy

    return asyncio.run(conversation())


def test_a_request_is_given_on_as_the_sites_server_expects_it(server: Echo) -> None:
    head = (
        "GET http://own.example:PORT/a?b=1 HTTP/1.1\r\nHost: forged.example\r\nAccept: */*\r\n"
        "Proxy-Connection: keep-alive\r\nProxy-Authorization: secret\r\n\r\n"
    )
    answer, proxy = ask(server, head)
    assert answer.endswith(_BODY)
    (request,) = server.requests
    assert (request.method, request.path) == ("GET", "/a?b=1")
    assert request.headers == {"host": f"own.example:{server.port}", "accept": "*/*", "connection": "close"}
    assert proxy.problem is None
    assert proxy.received == len(answer)


def test_a_tunnel_to_the_site_is_opened(server: Echo) -> None:
    head = "CONNECT own.example:PORT HTTP/1.1\r\n\r\nGET /in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer, _ = ask(server, head)
    assert answer.startswith(b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK")
    assert [request.path for request in server.requests] == ["/in"]


@pytest.mark.parametrize(
    "wanted",
    [
        "GET http://elsewhere.example:PORT/ HTTP/1.1",
        "GET http://own.example/ HTTP/1.1",
        "GET http://own.example:1/ HTTP/1.1",
        "GET http://own.example.elsewhere.example:PORT/ HTTP/1.1",
        "GET http://own.example:PORT@127.0.0.1/ HTTP/1.1",
        "GET http://127.0.0.1:PORT/ HTTP/1.1",
        "GET ftp://own.example:PORT/ HTTP/1.1",
        "GET /without-a-host HTTP/1.1",
        "CONNECT elsewhere.example:PORT HTTP/1.1",
        "CONNECT own.example:22 HTTP/1.1",
        "CONNECT 169.254.169.254:80 HTTP/1.1",
    ],
)
def test_what_is_not_the_sites_is_refused(wanted: str, server: Echo) -> None:
    answer, proxy = ask(server, f"{wanted}\r\n\r\n")
    assert answer == b""
    assert isinstance(proxy.problem, Refused)
    assert server.requests == []


@pytest.mark.parametrize(
    "head", ["GET\r\n\r\n", "\r\n\r\n", "GET http://[own/ HTTP/1.1\r\n\r\n", "\0" * 70_000]
)
def test_what_is_no_http_is_closed(head: str, server: Echo) -> None:
    answer, _ = ask(server, head)
    assert answer == b""
    assert server.requests == []


def test_a_page_gets_no_more_bytes_than_it_may_have(server: Echo) -> None:
    answer, proxy = ask(server, "GET http://own.example:PORT/ HTTP/1.0\r\n\r\n", most_bytes=500)
    assert len(answer) <= 500
    assert isinstance(proxy.problem, DownloadCancelledError)


def test_a_server_that_is_not_there_is_told() -> None:
    with Echo("127.0.0.1", 0) as server:
        pass
    _, proxy = ask(server, "GET http://own.example:PORT/ HTTP/1.1\r\n\r\n")
    assert isinstance(proxy.problem, DownloadConnectionRefusedError)
