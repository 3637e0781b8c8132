"""A torn gzip body is data loss, not half a page (P4)."""

import gzip
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager

from newsspider.crawl.compression import WholeBodies

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


def test_bomb_is_refused(middleware: WholeBodies) -> None:
    with pytest.raises(IgnoreRequest):
        middleware.process_response(Request("http://a.example/"), answer(gzip.compress(b"\0" * 50_000_000)))
