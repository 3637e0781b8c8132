"""A torn gzip body is data loss, not half a page (P4)."""

import gzip
import zlib
from collections.abc import Callable
from types import SimpleNamespace

import brotli
import pytest
from backports import zstd
from scrapy import Request
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager

from newsspider.crawl.download.compression import WholeBodies

PAGE = ("<html><body>" + "郑州今天有雨。" * 500 + "</body></html>").encode()


@pytest.fixture
def middleware() -> WholeBodies:
    settings = Settings({"DOWNLOAD_MAXSIZE": 1_000_000, "DOWNLOAD_WARNSIZE": 0})
    return WholeBodies.from_crawler(SimpleNamespace(settings=settings, stats=None, signals=SignalManager()))


def answer(body: bytes, encoding: str = "gzip") -> Response:
    headers = {"Content-Encoding": encoding, "Content-Type": "text/html"}
    return Response("http://a.example/", body=body, headers=headers)


def test_whole_body(middleware: WholeBodies) -> None:
    response = middleware.process_response(Request("http://a.example/"), answer(gzip.compress(PAGE)))
    assert response.body == PAGE


def test_two_members_and_padding_are_whole(middleware: WholeBodies) -> None:
    body = gzip.compress(PAGE) + gzip.compress(PAGE)
    assert middleware.process_response(Request("http://a.example/"), answer(body)).body == PAGE * 2
    padded = gzip.compress(PAGE) + b"\0" * 8
    assert middleware.process_response(Request("http://a.example/"), answer(padded)).body.startswith(PAGE)


@pytest.mark.parametrize("cut", [1, 4, 8, 9, 40, 100])
def test_torn_body_is_refused(middleware: WholeBodies, cut: int) -> None:
    packed = gzip.compress(PAGE)
    with pytest.raises((ResponseDataLossError, EOFError, OSError)):
        middleware.process_response(Request("http://a.example/"), answer(packed[:-cut]))


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZIP": gzip.compress,
    "deflate": zlib.compress,
    " deflate ": raw_deflate,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "gzip, gzip": lambda data: gzip.compress(gzip.compress(data)),
    "br, gzip": lambda data: gzip.compress(brotli.compress(data)),
    "gzip,zstd": lambda data: zstd.compress(gzip.compress(data)),
}


@pytest.mark.parametrize("encoding", PACKERS)
@pytest.mark.parametrize("size", [1, 10, 200, 3000])
def test_every_coding_is_read_whole(middleware: WholeBodies, encoding: str, size: int) -> None:
    page = ("<html>" + "".join(f"<p>{n * n:x}" for n in range(size))).encode()
    response = middleware.process_response(
        Request("http://a.example/"), answer(PACKERS[encoding](page), encoding)
    )
    assert response.body == page
    assert not response.headers.get("Content-Encoding")


@pytest.mark.parametrize("encoding", PACKERS)
@pytest.mark.parametrize("cut", [1, 5, 40, 600])
def test_no_coding_gives_half_a_page(middleware: WholeBodies, encoding: str, cut: int) -> None:
    page = ("<html>" + "".join(f"<p>{n * n:x}" for n in range(1000))).encode()
    packed = PACKERS[encoding](page)[:-cut]
    with pytest.raises((ResponseDataLossError, EOFError, OSError)):
        middleware.process_response(Request("http://a.example/"), answer(packed, encoding))


def test_the_inner_of_two_codings_may_not_be_torn_either(middleware: WholeBodies) -> None:
    packed = gzip.compress(brotli.compress(PAGE)[:-5])
    with pytest.raises(ResponseDataLossError):
        middleware.process_response(Request("http://a.example/"), answer(packed, "br, gzip"))


def test_an_unknown_coding_is_left_as_it_came(middleware: WholeBodies) -> None:
    for encoding in ("snappy", "snappy, gzip", "identity"):
        came = answer(gzip.compress(PAGE), encoding)
        assert middleware.process_response(Request("http://a.example/"), came) is came


def test_bomb_is_refused(middleware: WholeBodies) -> None:
    with pytest.raises(IgnoreRequest):
        middleware.process_response(Request("http://a.example/"), answer(gzip.compress(b"\0" * 50_000_000)))
