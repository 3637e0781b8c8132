"""Content-Encoding taken off, never beyond a limit: what a browser would see of a stored body."""

import gzip
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Final

import brotli  # type: ignore[import-untyped]

from newsspider.archive.deflate import GZIP, unpacked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: No page is longer than this once decompressed.
DECODED_LIMIT: Final = 8 << 20

_PIECE: Final = 1 << 16


class DecodingError(Exception):
    """A body that its Content-Encoding does not fit, or that is too long."""


def decoded(body: bytes, encodings: bytes | None, limit: int = DECODED_LIMIT) -> bytes:
    """Return `body` without the encodings that the header lists; raise DecodingError beyond `limit`.

    A body that is not gzip although its header says so stays as it is: some crawlers keep the
    header and store the decompressed body. A body that ends too early gives what it has.
    """
    names = [name.strip() for name in (encodings or b"").lower().split(b",")]
    for name in reversed([name for name in names if name]):
        decode = _DECODERS.get(name)
        if decode is None:
            break
        body = decode(body, limit)
    if len(body) > limit:
        raise DecodingError(f"longer than {limit} bytes")
    return body


def _gzip(body: bytes, limit: int) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    whole = unpacked(body, limit)
    if whole is not None:
        return whole
    inflate = zlib.decompressobj(GZIP)
    content = _inflated(inflate, body, limit)
    if not inflate.unused_data.startswith(b"\x1f\x8b"):
        return content
    with gzip.GzipFile(fileobj=BytesIO(body)) as members:  # several members: seldom, and slower
        return _streamed(members.read1, limit)


def _deflate(body: bytes, limit: int) -> bytes:
    try:
        return _inflated(zlib.decompressobj(), body, limit)
    except DecodingError:
        # servers that leave the zlib header out
        return _inflated(zlib.decompressobj(-zlib.MAX_WBITS), body, limit)


def _inflated(inflate: "zlib._Decompress", body: bytes, limit: int) -> bytes:
    try:
        content = inflate.decompress(body, limit + 1)
    except zlib.error as error:
        raise DecodingError(str(error)) from None
    if len(content) > limit:
        raise DecodingError(f"longer than {limit} bytes")
    return content


def _brotli(body: bytes, limit: int) -> bytes:
    decompressor = brotli.Decompressor()
    parts: list[bytes] = []
    size, given = 0, body
    try:
        while not decompressor.is_finished():
            part = decompressor.process(given, output_buffer_limit=limit + 1)
            given = b""
            if not part:
                break
            size += len(part)
            if size > limit:
                raise DecodingError(f"longer than {limit} bytes")
            parts.append(part)
    except brotli.error as error:
        raise DecodingError(f"brotli: {error}") from None
    return b"".join(parts)


def _zstd(body: bytes, limit: int) -> bytes:
    with zstd.ZstdFile(BytesIO(body)) as frames:
        return _streamed(frames.read, limit)


def _streamed(read: Callable[[int], bytes], limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        while part := read(_PIECE):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise DecodingError(f"longer than {limit} bytes")
    except EOFError:
        pass  # it ends too early: what is there counts
    except (zlib.error, gzip.BadGzipFile, zstd.ZstdError) as error:
        raise DecodingError(str(error)) from None
    return b"".join(parts)


_DECODERS: Final[dict[bytes, Callable[[bytes, int], bytes]]] = {
    b"gzip": _gzip,
    b"x-gzip": _gzip,
    b"deflate": _deflate,
    b"br": _brotli,
    b"zstd": _zstd,
}
