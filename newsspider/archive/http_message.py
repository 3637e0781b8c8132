"""HTTP messages as WARC blocks hold them: split, and taken out of their chunks."""

import re
from dataclasses import dataclass
from typing import Final

from newsspider.archive.exchange import Headers

_CRLF: Final = b"\r\n"
# "HTTP/1.1 200 OK", "HTTP/2 404"
_STATUS_LINE: Final = re.compile(rb"HTTP/[\d.]{1,5} +(\d{3})(?: +([^\r\n]*))?")
_CHUNK_SIZE: Final = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")  # "1f40\r\n"
_HEADER_LINE_END: Final = re.compile(rb"\r?\n(?![ \t])")
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Message:
    """A response as a WARC block holds it; `payload` has no chunks any more but is still encoded."""

    status: int
    reason: str
    headers: Headers
    payload: bytes

    def header(self, name: bytes) -> bytes | None:
        """Return the first value of the header `name` (lower case)."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def parse_response(block: bytes) -> Message | None:
    """Return the response in a block of `application/http`; None where it is none."""
    end = _HEAD_END.search(block)
    head, payload = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    start, *lines = _HEADER_LINE_END.split(head)
    found = _STATUS_LINE.fullmatch(start.strip())
    if found is None:
        return None
    headers = tuple(
        (name.strip(), value.strip())
        for name, colon, value in (line.partition(b":") for line in lines)
        if colon
    )
    message = Message(int(found[1]), (found[2] or b"").decode("latin-1"), headers, payload)
    if b"chunked" in (message.header(b"transfer-encoding") or b"").lower():
        return Message(message.status, message.reason, headers, dechunked(payload))
    return message


def dechunked(payload: bytes) -> bytes:
    """Return the payload without its chunks; as it is where it has none (many writers took them off).

    A cut last chunk gives what is there of it.
    """
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK_SIZE.match(payload, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(payload[found.end() : found.end() + size])
        at = found.end() + size
        line_end = payload[at : at + len(_CRLF)]
        if len(line_end) == len(_CRLF) and line_end != _CRLF and line_end[:1] != b"\n":
            return payload if len(parts) == 1 else b"".join(parts)
        at += 1 if line_end[:1] == b"\n" else len(_CRLF)
    return b"".join(parts) if parts else payload
