"""What the archive keeps of one fetch: a request and its answer, or the failure that came instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

#: Header lines in their order: name and value as bytes, a repeated header once per line.
Headers = tuple[tuple[bytes, bytes], ...]

_STATUSES: Final = range(100, 1000)

#: Why a payload is not whole, in the words of WARC 1.1 (WARC-Truncated).
Truncation = Literal["length", "time", "disconnect", "unspecified"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its response.

    `payload` is the body as received: still content-encoded, the framing of the transfer
    (chunks) already taken off. `reason` is the phrase of the status line, "" where it is not
    known: then the standard one is written. `metadata` are further facts (`via`, `fetchTimeMs`),
    written as one metadata record.
    """

    url: str
    at: datetime
    status: int
    headers: Headers = ()
    payload: bytes = b""
    reason: str = ""
    protocol: str = "HTTP/1.1"
    method: str = "GET"
    request_headers: Headers = ()
    request_body: bytes = b""
    ip: str | None = None
    truncated: Truncation | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what no WARC can say."""
        if self.at.tzinfo is None:
            raise ValueError("at needs a time zone")
        if self.status not in _STATUSES:
            raise ValueError(f"no HTTP status: {self.status}")

    def header(self, name: bytes) -> bytes | None:
        """Return the first value of the response header `name` (lower case)."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A request that got no response: `reason` is one word (dns, timeout, ...), `detail` the message."""

    url: str
    at: datetime
    reason: str
    detail: str = ""
    method: str = "GET"
    request_headers: Headers = ()
    request_body: bytes = b""

    def __post_init__(self) -> None:
        """Refuse a time without zone."""
        if self.at.tzinfo is None:
            raise ValueError("at needs a time zone")
