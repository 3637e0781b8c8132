"""Compressed bodies are read whole or not at all."""

import sys
import zlib
from typing import TYPE_CHECKING, Final

import brotli  # type: ignore[import-untyped]
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

if TYPE_CHECKING or sys.version_info < (3, 14):
    from backports import zstd
else:
    from compression import zstd

_GZIP: Final = frozenset({b"gzip", b"x-gzip"})
#: Bytes inflated at once while a body is checked; what is inflated is thrown away.
_CHUNK: Final = 1 << 16


class WholeBodies(HttpCompressionMiddleware):
    """Scrapy's middleware gives what it could inflate of a torn body; here that is data loss (P4)."""

    def process_response(
        self, request: Request, response: Response, spider: object = None
    ) -> Request | Response:
        """Inflate the body, coding by coding; raise ResponseDataLossError where one does not end."""
        told = b",".join(response.headers.getlist("Content-Encoding")).lower().split(b",")
        codings = [coding.strip() for coding in told if coding.strip()]
        inflated: Request | Response = response
        for coding in reversed(codings):
            if not isinstance(inflated, Response):
                break
            packed = _plain(inflated, coding)
            inflated = super().process_response(request, packed)
            if isinstance(inflated, Response) and inflated.headers.get("Content-Encoding"):
                return response  # in a coding that nobody knows: as it came
            if isinstance(inflated, Response) and packed.body:
                _demand_whole(coding, packed.body, len(inflated.body))
        return inflated


def _plain(response: Response, coding: bytes) -> Response:
    """Return the response packed in `coding` alone, without a text type: Scrapy would guess an encoding."""
    headers = response.headers.copy()
    headers["Content-Encoding"] = coding
    return Response(
        response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        flags=response.flags,
        request=response.request,
        certificate=response.certificate,
        ip_address=response.ip_address,
        protocol=response.protocol,
    )


def _demand_whole(coding: bytes, body: bytes, length: int) -> None:
    """Raise ResponseDataLossError unless what is packed ends; what follows it is padding."""
    if coding in _GZIP:
        # The last four bytes are the length: a match is the cheap proof, anything else is looked at.
        whole = int.from_bytes(body[-4:], "little") == length & 0xFFFFFFFF or _deflate_ends(body, 31)
    elif coding == b"deflate":
        whole = _deflate_ends(body, 15) or _deflate_ends(body, -15)
    elif coding == b"br":
        whole = _brotli_ends(body)
    else:
        whole = coding != b"zstd" or _zstd_ends(body)
    if not whole:
        raise ResponseDataLossError(f"{coding.decode('ascii', 'replace')} body ends early")


def _deflate_ends(body: bytes, wbits: int) -> bool:
    inflater = zlib.decompressobj(wbits=wbits)
    try:
        while body and not inflater.eof:
            inflater.decompress(body, _CHUNK)
            body = inflater.unconsumed_tail
    except zlib.error:
        return False
    return inflater.eof


def _brotli_ends(body: bytes) -> bool:
    inflater = brotli.Decompressor()
    inflated = inflater.process(body, output_buffer_limit=_CHUNK)
    while inflated and not inflater.is_finished():
        inflated = inflater.process(b"", output_buffer_limit=_CHUNK)
    finished: bool = inflater.is_finished()
    return finished


def _zstd_ends(body: bytes) -> bool:
    inflater = zstd.ZstdDecompressor()
    inflater.decompress(body, _CHUNK)
    while not inflater.eof and not inflater.needs_input:
        inflater.decompress(b"", _CHUNK)
    return inflater.eof
