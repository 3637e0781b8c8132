"""HTTP messages of stored blocks: as servers and crawlers wrote them."""

import gzip
import itertools
import zlib

import brotli
import pytest
from backports import zstd

from newsspider.archive import deflate
from newsspider.archive.content_encoding import DecodingError, decoded
from newsspider.archive.http_message import dechunked, parse_response


@pytest.mark.parametrize(
    ("block", "status", "reason", "headers", "payload"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nx", 200, "OK", ((b"A", b"b"),), b"x"),
        (b"HTTP/1.0 404\r\n\r\n", 404, "", (), b""),
        (b"HTTP/2 200\r\nA:b\r\nA: c\r\n\r\n", 200, "", ((b"A", b"b"), (b"A", b"c")), b""),
        (
            b"HTTP/1.1 200 \xb3\xc9\xb9\xa6\nA: b\n c\nno colon\n\nx\r\n\r\ny",
            200,
            "³É¹¦",
            ((b"A", b"b\n c"),),
            b"x\r\n\r\ny",
        ),
        (b"HTTP/1.1 200 OK", 200, "OK", (), b""),
    ],
)
def test_responses_are_split(block, status, reason, headers, payload):
    message = parse_response(block)
    assert (message.status, message.reason, message.headers, message.payload) == (
        status, reason, headers, payload,
    )  # fmt: skip


@pytest.mark.parametrize("block", [b"", b"ICY 200 OK\r\n\r\n", b"HTTP/1.1 20 OK\r\n\r\n", b"<html>"])
def test_what_is_no_response_is_none(block):
    assert parse_response(block) is None


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b"4\r\npage\r\n0\r\n\r\n", b"page"),
        (b"4;a=b\r\npage\r\n  2 \r\nab\r\n0\r\nTrailer: x\r\n\r\n", b"pageab"),
        (b"4\npage\n0\n\n", b"page"),
        (b"A\r\npage", b"page"),  # cut in the chunk
        (b"4\r\npage\r\n", b"page"),  # cut behind the chunk
        (b"<html>", b"<html>"),  # the chunks were taken off, the header was kept
        (b"12345 people\r\n", b"12345 people\r\n"),
        (b"4\r\npage of text that is not chunked", b"4\r\npage of text that is not chunked"),
        (b"", b""),
    ],
)
def test_chunks_are_taken_off(payload, expected):
    assert dechunked(payload) == expected
    block = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n" + payload
    assert parse_response(block).payload == expected


@pytest.fixture(params=["zlib", "isal"])
def engine(request, monkeypatch) -> None:
    """Inflate with zlib, and with ISA-L where it is installed."""
    if request.param == "zlib":
        monkeypatch.setattr(deflate, "fast", None)
    elif deflate.fast is None:
        pytest.skip("isal is missing: pip install newsspider[speed]")


PAGE = "新闻".encode() * 5000


@pytest.mark.parametrize(
    ("encodings", "body"),
    [
        (None, PAGE),
        (b"", PAGE),
        (b"identity", PAGE),
        (b"gzip", gzip.compress(PAGE)),
        (b" GZIP ", gzip.compress(PAGE[:6]) + gzip.compress(PAGE[6:])),
        (b"x-gzip", gzip.compress(PAGE)),
        (b"deflate", zlib.compress(PAGE)),
        (b"deflate", zlib.compress(PAGE)[2:-4]),
        (b"br", brotli.compress(PAGE)),
        (b"zstd", zstd.compress(PAGE)),
        (b"zstd", zstd.compress(PAGE[:6]) + zstd.compress(PAGE[6:])),
        (b"deflate, gzip", gzip.compress(zlib.compress(PAGE))),
        (b"gzip", PAGE),  # decompressed by the crawler, header kept
        (b"unknown", PAGE),
    ],
    ids=itertools.count(),
)
@pytest.mark.usefixtures("engine")
def test_content_encoding_is_taken_off(encodings, body):
    assert decoded(body, encodings) == PAGE


@pytest.mark.parametrize(
    ("encodings", "body"),
    [(b"gzip", gzip.compress(PAGE)), (b"deflate", zlib.compress(PAGE)), (b"br", brotli.compress(PAGE))],
    ids=itertools.count(),
)
@pytest.mark.usefixtures("engine")
def test_a_cut_body_gives_what_it_has(encodings, body):
    part = decoded(body[: len(body) - 9], encodings)
    assert PAGE.startswith(part)


@pytest.mark.parametrize(
    ("encodings", "body"),
    [
        (b"gzip", gzip.compress(bytes(9 << 20))),
        (b"gzip", gzip.compress(b"a") + gzip.compress(bytes(9 << 20))),
        (b"deflate", zlib.compress(bytes(9 << 20))),
        (b"br", brotli.compress(bytes(9 << 20))),
        (b"zstd", zstd.compress(bytes(9 << 20))),
        (b"gzip, gzip", gzip.compress(gzip.compress(bytes(99 << 20)))),
        (None, bytes(9 << 20)),
        (b"gzip", gzip.compress(b"a")[:5] + b"garbage garbage garbage"),
        (b"gzip", gzip.compress(PAGE)[:-8] + b"12345678"),
        (b"br", b"garbage garbage"),
        (b"zstd", b"garbage garbage"),
        (b"deflate", b"garbage garbage"),
    ],
    ids=itertools.count(),  # bytes of gzip hold the time: as names they would differ from worker to worker
)
@pytest.mark.usefixtures("engine")
def test_bombs_and_garbage_are_refused(encodings, body):
    with pytest.raises(DecodingError):
        decoded(body, encodings)


def test_many_small_members_take_no_time():
    body = gzip.compress(b"") * 100_000
    assert decoded(body + gzip.compress(b"x"), b"gzip") == b"x"
