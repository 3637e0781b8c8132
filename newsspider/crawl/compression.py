"""Compressed bodies are read whole or not at all."""

import zlib
from typing import Final

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

_GZIP: Final = frozenset({b"gzip", b"x-gzip"})
#: Bytes inflated at once while a body is checked; what is inflated is thrown away.
_CHUNK: Final = 1 << 16


class WholeBodies(HttpCompressionMiddleware):
    """Scrapy's middleware gives what it could inflate of a torn gzip body; here that is data loss (P4)."""

    def process_response(
        self, request: Request, response: Response, spider: object = None
    ) -> Request | Response:
        """Inflate the body; raise ResponseDataLossError where a gzip member is not whole."""
        encodings = b",".join(response.headers.getlist("Content-Encoding")).lower()
        if not encodings:
            return response
        received = response.body
        inflated = super().process_response(request, _plain(response))
        if encodings.strip() in _GZIP and isinstance(inflated, Response) and inflated.body:
            # The last four bytes are the length: a match is the cheap proof, anything else is looked at.
            told = int.from_bytes(received[-4:], "little")
            if told != len(inflated.body) & 0xFFFFFFFF:
                _demand_whole(received)
        return inflated


def _plain(response: Response) -> Response:
    """Return the response without a text type: Scrapy would guess an encoding of the compressed bytes."""
    return Response(
        response.url,
        status=response.status,
        headers=response.headers,
        body=response.body,
        flags=response.flags,
        request=response.request,
        certificate=response.certificate,
        ip_address=response.ip_address,
        protocol=response.protocol,
    )


def _demand_whole(body: bytes) -> None:
    """Raise ResponseDataLossError unless the first gzip member ends; what follows it is padding."""
    inflater = zlib.decompressobj(wbits=31)
    rest = body
    while rest and not inflater.eof:
        try:
            inflater.decompress(rest, _CHUNK)
        except zlib.error as error:
            raise ResponseDataLossError(f"gzip body: {error}") from None
        rest = inflater.unconsumed_tail
        if not rest and not inflater.eof:
            break
    if not inflater.eof:
        raise ResponseDataLossError("gzip body ends early")
