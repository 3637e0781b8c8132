"""From a fetch to its WARC records: response (or revisit), request, metadata, each a gzip member."""

import platform
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from newsspider import __version__
from newsspider.archive import record
from newsspider.archive.exchange import Exchange, Failure
from newsspider.archive.index import Capture
from newsspider.archive.record import member, new_id, target_uri, warc_date

#: What the crawler could not keep, said in every file (warcinfo, `httpFidelity`).
FIDELITY: Final = (
    "bodies are as received, still content-encoded, with the chunks of the transfer taken off; "
    "Transfer-Encoding and a Content-Length that is not the body's are renamed X-Archive-Orig-*. "
    "Header names are in title case and repeated headers stand together: the case and order that "
    "server and crawler sent are not known; the status line's phrase is the standard one"
)

_RESPONSE: Final = "application/http; msgtype=response"
_REQUEST: Final = "application/http; msgtype=request"
_FIELDS: Final = "application/warc-fields"
_Fields = tuple[tuple[str, str | None], ...]


def fetch_members(exchange: Exchange, payload_digest: str, original: Capture | None) -> tuple[bytes, ...]:
    """Return the records of one fetch; a revisit where the payload is that of `original`."""
    head = record.response_head(exchange)
    own = new_id()
    common = _common(exchange)
    refers: _Fields = ()
    if original is not None:
        unchanged = exchange.status == 304  # noqa: PLR2004 (Not Modified)
        refers = (
            ("WARC-Profile", record.NOT_MODIFIED if unchanged else record.IDENTICAL),
            ("WARC-Refers-To-Target-URI", original.url),
            ("WARC-Refers-To-Date", original.date),
            ("WARC-Refers-To-Filename", original.file),
            ("WARC-Refers-To-File-Offset", str(original.offset)),
        )
        payload_digest = original.digest or payload_digest
    fields = (
        ("WARC-Record-ID", own),
        *common,
        ("WARC-IP-Address", exchange.ip),
        ("WARC-Payload-Digest", payload_digest),
        *refers,
        ("WARC-Truncated", exchange.truncated),
        ("Content-Type", _RESPONSE),
    )
    kind, block = ("response", head + exchange.payload) if original is None else ("revisit", head)
    parts = [member(kind, fields, block), _request(exchange, common, own)]
    if exchange.metadata:
        parts.append(_metadata(exchange.metadata, common, new_id(), own))
    return tuple(parts)


def failure_members(failure: Failure) -> tuple[bytes, ...]:
    """Return the records of a request that got no response: why, and what was asked."""
    own, common = new_id(), _common(failure)
    facts = {"failure": failure.reason, "failureDetail": failure.detail}
    return _metadata(facts, common, own, None), _request(failure, common, own)


def warcinfo(*, file: str, run: str, at: datetime, facts: Mapping[str, str]) -> bytes:
    """Return the record that begins a file: who wrote it, in which run, and what it cannot say."""
    values = {
        "software": f"newsspider/{__version__} (Python {platform.python_version()})",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": run,
        "httpFidelity": FIDELITY,
        **facts,
    }
    fields = (
        ("WARC-Record-ID", new_id()),
        ("WARC-Date", warc_date(at)),
        ("WARC-Filename", file.rpartition("/")[2]),
        ("Content-Type", _FIELDS),
    )
    return member("warcinfo", fields, record.warc_fields(values))


def _common(fetch: Exchange | Failure) -> _Fields:
    return (("WARC-Target-URI", target_uri(fetch.url)), ("WARC-Date", warc_date(fetch.at)))


def _request(fetch: Exchange | Failure, common: _Fields, concurrent: str) -> bytes:
    fields = (
        ("WARC-Record-ID", new_id()),
        *common,
        ("WARC-Concurrent-To", concurrent),
        ("Content-Type", _REQUEST),
    )
    return member("request", fields, record.request_block(fetch))


def _metadata(facts: Mapping[str, str], common: _Fields, own: str, concurrent: str | None) -> bytes:
    fields = (
        ("WARC-Record-ID", own),
        *common,
        ("WARC-Concurrent-To", concurrent),
        ("Content-Type", _FIELDS),
    )
    return member("metadata", fields, record.warc_fields(facts))
