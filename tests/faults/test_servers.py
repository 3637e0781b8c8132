"""The servers that misbehave: each does what it says, and is healthy in everything else."""

import gzip
import http.client
import socket
import ssl
import time
import zlib
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from tests.faults import bad_bodies as bad
from tests.faults import endless
from tests.faults import misbehaviours as ill
from tests.faults.certificates import context
from tests.faults.healthy import Healthy
from tests.faults.server import FaultyServer


def get(server, path, *, timeout=5.0):
    """Ask for a path; follow nothing."""
    connection = http.client.HTTPConnection(server.address, server.port, timeout=timeout)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def raw(server, path, *, size=200_000, timeout=1.0):
    """Return what arrives within the timeout, as bytes."""
    with socket.create_connection((server.address, server.port), timeout=timeout) as connection:
        connection.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\nConnection: close\r\n\r\n".encode()
        )
        found = b""
        try:
            ends = time.monotonic() + timeout
            while len(found) < size and time.monotonic() < ends and (data := connection.recv(65_536)):
                found += data
        except TimeoutError:
            pass
        return found


def newest(server):
    return server.site.path(0)


def test_healthy_site_is_whole():
    with FaultyServer(Healthy(articles=45)) as server:
        found = set()
        for number in (1, 2, 3):
            response, body = get(server, f"/news/index_{number}.html")
            assert response.status == 200
            found |= {path for path in map(server.site.path, range(45)) if path in body.decode()}
        assert len(found) == 45
        assert get(server, "/news/index_4.html")[0].status == 404
        for number in (0, 44):
            response, body = get(server, server.site.path(number))
            assert response.status == 200
            assert all(paragraph in body.decode() for paragraph in server.site.story(number).paragraphs)
        assert [request.path for request in server.requests][:2] == [
            "/news/index_1.html",
            "/news/index_2.html",
        ]
        assert len(server.gaps()) == len(server.requests) - 1
        assert server.paths("/news/2") == [server.site.path(0), server.site.path(44)]


def test_spider_file_describes_the_server(tmp_path):
    with FaultyServer(Healthy()) as server:
        path = server.write_spider(tmp_path / "spiders", name="ill_site", delay=0.5)
        names = {}
        exec(compile(path.read_text(), path, "exec"), names)  # noqa: S102  the file is ours
        profile = names["IllSiteSpider"].profile
        assert (profile.name, profile.hosts, profile.delay) == ("ill_site", (server.host,), 0.5)
        assert profile.owns(server.url + newest(server))


@pytest.mark.parametrize("server_class", [
    one for module in (ill, bad, endless) for one in vars(module).values()
    if isinstance(one, type) and issubclass(one, Healthy) and one.__module__ == module.__name__
], ids=lambda one: one.__name__)  # fmt: skip
def test_each_class_says_what_it_does(server_class):
    assert server_class.__doc__


STATUS = [
    (ill.AllGone(), 404, "404"),
    (ill.SoftGone(), 200, "不存在"),
    (ill.LayoutChanged(), 200, '<div id="app">'),
    (ill.EmptyPage(), 200, ""),
    (ill.ServerError(status=502), 502, "Error"),
    (ill.TooMany(times=None), 429, "too many"),
    (ill.Blocked(), 200, "Checking your browser"),
    (ill.Blocked(guard="cookie", status=521), 521, "__jsl_clearance"),
    (ill.Blocked(guard="firewall", status=412), 412, "访问被拦截"),
    (ill.RedirectTo(target="file:///etc/passwd"), 302, ""),
    (ill.RedirectToSelf(), 302, ""),
    (ill.SchemeFlip(), 302, ""),
]


@pytest.mark.parametrize(("site", "status", "text"), STATUS, ids=lambda value: type(value).__name__)
def test_articles_are_ill_and_lists_are_well(site, status, text):
    with FaultyServer(site) as server:
        response, body = get(server, newest(server))
        assert (response.status, text in body.decode()) == (status, True)
        response, body = get(server, "/")
        assert (response.status, newest(server) in body.decode()) == (200, True)
        assert get(server, "/robots.txt")[0].status == 200


def test_lists_can_be_ill_alone():
    with FaultyServer(ill.ListingGone()) as server:
        assert get(server, "/")[0].status == 404
        assert get(server, newest(server))[0].status == 200
    with FaultyServer(ill.ServerError(lists=True)) as server:
        assert get(server, "/")[0].status == 500
    with FaultyServer(ill.Blocked(lists=True, after=1)) as server:
        assert b"Checking" in get(server, "/")[1]
        assert [b"Checking" in get(server, newest(server))[1] for _ in range(2)] == [False, True]


@pytest.mark.parametrize("kind", ill.RETRY_AFTER)
def test_too_many_requests_says_when_to_come_back(kind):
    with FaultyServer(ill.TooMany(retry_after=ill.RETRY_AFTER[kind])) as server:
        response, _ = get(server, newest(server))
        assert (response.status, response.getheader("Retry-After")) == (429, ill.RETRY_AFTER[kind])
        assert get(server, newest(server))[0].status == 200


def test_http_date_is_that_far_ahead():
    assert 58 < parsedate_to_datetime(ill.http_date(60)).timestamp() - time.time() <= 60


def test_errors_can_end():
    with FaultyServer(ill.ServerError(first=2)) as server:
        assert [get(server, newest(server))[0].status for _ in range(3)] == [500, 500, 200]


def test_wrong_types():
    with FaultyServer(ill.WrongType(content_type=None)) as server:
        response, body = get(server, newest(server))
        assert response.getheader("Content-Type") is None
        assert b"<h1>" in body
    with FaultyServer(ill.NoContentWithBody()) as server:
        assert raw(server, newest(server)).startswith(b"HTTP/1.1 204")
        assert b"<h1>" in raw(server, newest(server))


def test_truncated_body_ends_early():
    with FaultyServer(bad.Truncated(times=1)) as server:
        with pytest.raises(http.client.IncompleteRead):
            get(server, newest(server))
        assert get(server, newest(server))[0].status == 200


@pytest.mark.parametrize("how", ["cut", "size"])
def test_broken_chunks(how):
    with FaultyServer(bad.BrokenChunk(how=how)) as server, pytest.raises(http.client.HTTPException):
        get(server, newest(server))


def test_gzip_with_a_bad_end():
    with FaultyServer(bad.BadGzip(how="cut")) as server, pytest.raises(EOFError):
        gzip.decompress(get(server, newest(server))[1])
    with FaultyServer(bad.BadGzip(how="checksum")) as server, pytest.raises(gzip.BadGzipFile):
        gzip.decompress(get(server, newest(server))[1])


@pytest.mark.parametrize("coding", ["gzip", "double-gzip", "br", "zstd"])
def test_bombs_are_small_until_they_are_unpacked(coding):
    if coding == "br":
        pytest.importorskip("brotli")
    if coding == "zstd":
        pytest.importorskip("backports.zstd")
    with FaultyServer(bad.Bomb(coding=coding, size=64 << 20)) as server:
        response, body = get(server, newest(server))
        assert response.getheader("Content-Encoding").endswith(coding.removeprefix("double-"))
        assert len(body) < 100_000
    if coding == "gzip":
        assert len(zlib.decompress(body, 31)) == 64 << 20


def test_sitemap_bomb():
    with FaultyServer(bad.SitemapBomb(size=8 << 20)) as server:
        assert b"/sitemap.xml.gz" in get(server, "/robots.txt")[1]
        assert get(server, "/sitemap.xml.gz")[1] == bad.packed_zeros("gzip", 8 << 20)


def test_bodies_without_end():
    with FaultyServer(bad.EndlessBody()) as server:
        assert len(raw(server, newest(server), size=5 << 20)) >= 5 << 20
    with FaultyServer(bad.HugeBody(length=10**15)) as server:
        found = raw(server, newest(server), size=1 << 20)
        assert b"Content-Length: 1000000000000000" in found
        assert len(found) >= 1 << 20


def test_slow_servers_are_slow():
    for site in (bad.SlowHeaders(interval=0.1), bad.SlowBody(interval=0.1)):
        with FaultyServer(site) as server:
            found = raw(server, newest(server), timeout=0.6)
            assert 0 < len(found) < 200
    with FaultyServer(bad.Silent()) as server:
        assert raw(server, "/", timeout=0.3) == b""
    with FaultyServer(bad.Hanging(only=frozenset({0}))) as server:
        assert raw(server, server.site.path(0), timeout=0.3) == b""
        assert raw(server, server.site.path(1)).startswith(b"HTTP/1.1 200")
    with FaultyServer(bad.HangsUp()) as server:
        assert raw(server, newest(server)) == b""
    with FaultyServer(bad.Delayed(seconds=0.2)) as server:
        began = time.monotonic()
        assert get(server, "/")[0].status == 200
        assert time.monotonic() - began > 0.2


def test_headers_out_of_proportion():
    with FaultyServer(bad.HugeHeaders()) as server:
        assert raw(server, newest(server), size=2 << 20).index(b"\r\n\r\n") > 1_000_000
    with FaultyServer(bad.StrangeHeaders()) as server:
        assert raw(server, newest(server)).count(b"Content-Type") == 2


def test_redirects():
    def location(server, path):
        return get(server, path)[0].getheader("Location")

    with FaultyServer(ill.RedirectLoop()) as server:
        there = location(server, newest(server))
        assert location(server, there) == newest(server)
    with FaultyServer(ill.RedirectChain(hops=30)) as server:
        path, hops = newest(server), 0
        while target := location(server, path):
            path, hops = target, hops + 1
        assert hops == 30
        assert b"<h1>" in get(server, path)[1]
    with FaultyServer(ill.SchemeFlip()) as server:
        assert location(server, newest(server)) == f"https://{server.host}{newest(server)}"
    with FaultyServer(ill.RedirectToSelf()) as server:
        assert location(server, newest(server)) == newest(server)


def test_robots():
    def text(site):
        with FaultyServer(site) as server:
            response, body = get(server, "/robots.txt")
            assert get(server, newest(server))[0].status == 200
            return response, body.decode()

    assert text(ill.RobotsStatus(status=503))[0].status == 503
    assert text(ill.RobotsDisallowAll())[1].endswith("Disallow: /\n")
    assert text(ill.RobotsHtml())[0].getheader("Content-Type") == "text/html"
    assert len(text(ill.RobotsHuge())[1]) > 10_000_000
    assert text(ill.RobotsRedirect())[0].getheader("Location") == "/rules.txt"


def test_trap_counts_who_comes():
    with FaultyServer(ill.Trap()) as server:
        get(server, "/anything")
        assert server.paths() == ["/anything"]


def test_endless_sites_go_on():
    with FaultyServer(endless.Calendar()) as server:
        link = get(server, "/")[1].decode().split('class="calendar"><a href="')[1].split('"')[0]
        assert get(server, link)[1].count(b"/rili/") == 2
    with FaultyServer(endless.EndlessPaging(articles=30)) as server:
        assert b"index_100000.html" in get(server, "/news/index_99999.html")[1]
    with FaultyServer(endless.EndlessNews(articles=30)) as server:
        first, second = (set(get(server, f"/news/index_{number}.html")[1].split(b'"')) for number in (50, 51))
        assert len({path for path in second - first if path.startswith(b"/news/2")}) == 20
    with FaultyServer(endless.RepeatedSegments()) as server:
        assert b'href="gengduo/"' in get(server, "/gengduo/gengduo/gengduo/")[1]
    with FaultyServer(endless.SessionIds()) as server:
        body = get(server, "/")[1].decode()
        path = f"{newest(server)};jsessionid={1:032x}"
        assert path in body
        assert get(server, path)[0].status == 200
    with FaultyServer(endless.QueryPermutations()) as server:
        assert b"sort=asc&amp;sort=asc" in get(server, "/news/?sort=asc")[1]
    with FaultyServer(endless.SitemapLoop()) as server:
        assert b"sitemap-8.xml" in get(server, "/sitemap-7.xml")[1]


@pytest.mark.parametrize("fault", ["self-signed", "expired", "wrong host"])
def test_certificates_are_wrong(tmp_path, fault):
    with FaultyServer(Healthy(), tls=context(tmp_path, fault)) as server:
        assert server.url.startswith("https://")
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(server.address, server.port, context=trusting, timeout=5)
        connection.request("GET", urlsplit(server.url).path or "/")
        response = connection.getresponse()
        assert (response.status, newest(server) in response.read().decode()) == (200, True)
        connection.close()
        strict = http.client.HTTPSConnection(server.address, server.port, timeout=5)
        with pytest.raises(ssl.SSLCertVerificationError):
            strict.request("GET", "/")
        strict.close()
