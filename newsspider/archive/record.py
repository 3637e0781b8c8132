"""WARC 1.1 records as bytes: one record is one gzip member, built in memory."""

import base64
import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from newsspider.archive.deflate import packed
from newsspider.archive.exchange import Exchange, Failure, Headers

IDENTICAL: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
RENAMED: Final = b"X-Archive-Orig-"

_PHRASES: Final = {int(status): status.phrase for status in HTTPStatus}

# What begins so (a gzipped page, a JPEG) does not get smaller.
_COMPRESSED: Final = (b"\x1f\x8b", b"\xff\xd8", b"\x89PNG", b"\x28\xb5\x2f\xfd")
# "a\r\nWARC-Type: x": what would end a line of a head
_LINE_END: Final = re.compile(rb"[\r\n\0]+")
# "http://a.cn/b c": white space, control and non-ASCII characters that no URI holds
_NOT_URI: Final = re.compile(r"[^\x21-\x7e]")


def new_id() -> str:
    """Return a record id that nothing else has."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def digest(data: bytes) -> str:
    """Return `sha1:` and base 32: the form that CDX indexes and warcio compare."""
    sha1 = hashlib.sha1(data, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(sha1).decode()}"


def warc_date(moment: datetime) -> str:
    """Return the moment as WARC-Date, to the millisecond: 2026-11-25T08:30:00.123Z."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


def target_uri(url: str) -> str:
    """Return `url` without the characters that a header line cannot hold, percent-encoded."""
    return _NOT_URI.sub(_percent_encoded, url)


def media_type(content_type: bytes | None) -> str | None:
    """Return the media type in a Content-Type: text/html."""
    value = (content_type or b"").partition(b";")[0].strip().lower().decode("ascii", "replace")
    return value[:100] or None


def member(kind: str, fields: Iterable[tuple[str, str | None]], block: bytes) -> bytes:
    """Return one record as one gzip member; a field that is None is left out."""
    lines = [f"WARC/1.1\r\nWARC-Type: {kind}"]
    lines += [f"{name}: {_one_line(value)}" for name, value in fields if value is not None]
    lines.append(f"WARC-Block-Digest: {digest(block)}\r\nContent-Length: {len(block)}\r\n\r\n")
    head = "\r\n".join(lines).encode()
    content = b"".join((head, block, b"\r\n\r\n"))
    return packed(content, compressed=_is_compressed(block))


def warc_fields(values: Mapping[str, str]) -> bytes:
    """Return `application/warc-fields`: one `name: value` a line."""
    return "".join(f"{_one_line(k)}: {_one_line(v)}\r\n" for k, v in values.items()).encode()


def request_block(exchange: Exchange | Failure) -> bytes:
    """Return the request as an HTTP message."""
    authority, _, rest = exchange.url.partition("://")[2].partition("/")
    path = target_uri("/" + rest.partition("#")[0])
    headers = exchange.request_headers
    if not any(name.lower() == b"host" for name, _ in headers):
        headers = ((b"Host", target_uri(authority).encode()), *headers)
    start = f"{_one_line(exchange.method)} {path} HTTP/1.1".encode()
    return _head(start, headers) + exchange.request_body


def response_head(exchange: Exchange) -> bytes:
    """Return the response's status line and headers.

    The payload has no chunks any more, so a Transfer-Encoding would lie to every reader, and so
    does a Content-Length that is not the payload's (HEAD, a cut body): both get the prefix
    X-Archive-Orig- that replay tools know.
    """
    kept = []
    length = str(len(exchange.payload)).encode()
    for name, value in exchange.headers:
        framing = name.lower()
        if framing == b"transfer-encoding" or (framing == b"content-length" and value.strip() != length):
            kept.append((RENAMED + name, value))
        else:
            kept.append((name, value))
    reason = _one_line(exchange.reason) or _PHRASES.get(exchange.status, "")
    start = f"{_one_line(exchange.protocol)} {exchange.status} {reason}".encode()
    return _head(start, tuple(kept))


def _head(start: bytes, headers: Headers) -> bytes:
    lines = [start]
    lines += [_LINE_END.sub(b" ", name) + b": " + _LINE_END.sub(b" ", value) for name, value in headers]
    return b"\r\n".join((*lines, b"", b""))


def _one_line(value: str) -> str:
    return " ".join(value.split()) if any(c in value for c in "\r\n\0") else value.replace("\0", "")


def _percent_encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _is_compressed(block: bytes) -> bool:
    head, _, body = block[:65536].partition(b"\r\n\r\n")
    return body.startswith(_COMPRESSED) or b"\r\ncontent-encoding: br" in head.lower()
