"""Stored responses as readers want them: the page behind a record, a revisit's payload included."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from newsspider.archive import places
from newsspider.archive.content_encoding import DecodingError, decoded
from newsspider.archive.exchange import Headers
from newsspider.archive.http_message import parse_response
from newsspider.archive.records import WarcRecord, record_at
from newsspider.errors import DamagedRecord
from newsspider.items import WarcRef

#: Kinds of records that can hold a page.
KINDS: Final = frozenset({"response", "revisit", "resource"})

_OK: Final = 200


class NotArchived(DamagedRecord):
    """The file that holds a page is not in the archive (pruned, or never there)."""


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """One response of the archive. `payload` has no chunks any more but is still content-encoded."""

    url: str
    date: str
    kind: str
    status: int
    reason: str
    headers: Headers
    payload: bytes
    truncated: str | None

    def header(self, name: bytes) -> bytes | None:
        """Return the first value of the header `name` (lower case)."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def content_type(self) -> str | None:
        """The value of Content-Type."""
        value = self.header(b"content-type")
        return value.decode("latin-1") if value else None

    def body(self) -> bytes:
        """Return the decompressed body; raise DamagedRecord where it cannot be decompressed."""
        names = [value for key, value in self.headers if key.lower() == b"content-encoding"]
        try:
            return decoded(self.payload, b",".join(names))
        except DecodingError as error:
            raise DamagedRecord(f"{self.url}: {error}") from None


def response_in(record: WarcRecord) -> StoredResponse | None:
    """Return the response that a record holds; None where it holds none, or was too long to keep.

    A revisit gives its own headers and no payload.
    """
    url = record.url
    if record.block is None or record.kind not in KINDS or not url or not url.lower().startswith("http"):
        return None
    date, truncated = record.field("WARC-Date") or "", record.field("WARC-Truncated")
    content_type = record.field("Content-Type") or ""
    if record.kind == "resource":
        headers = ((b"Content-Type", content_type.encode()),)
        return StoredResponse(url, date, record.kind, _OK, "", headers, record.block, truncated)
    message = parse_response(record.block)
    if message is None:
        return None
    payload = b"" if record.kind == "revisit" else message.payload
    return StoredResponse(
        url, date, record.kind, message.status, message.reason, message.headers, payload, truncated
    )


def load(root: Path, ref: WarcRef) -> StoredResponse:
    """Return the response at `ref` in the archive `root`, with the payload that a revisit refers to.

    Raises NotArchived where the file is gone, DamagedRecord where the record is not whole.
    """
    record = _record_at(root, ref)
    found = response_in(record)
    if found is None:
        raise DamagedRecord(f"{ref.file} at {ref.offset}: a {record.kind} record without a response")
    original = origin(record)
    return found if original is None else with_payload_of(found, root, original)


def read_at(path: Path, offset: int) -> StoredResponse:
    """Return the response at `offset` of a file of an archive (`<archive>/2026-11/<run>-00000.warc.gz`)."""
    root = path.parent.parent
    return load(root, WarcRef(file=path.relative_to(root).as_posix(), offset=offset))


def with_payload_of(revisit: StoredResponse, root: Path, original: WarcRef) -> StoredResponse:
    """Return a revisit as the response that it stands for."""
    first = response_in(_record_at(root, original))
    if first is None or first.kind != "response":
        raise DamagedRecord(f"{original.file} at {original.offset}: not the response of a revisit")
    # Behind a 304 the headers of the page are those that it came with.
    headers = revisit.headers if revisit.status == _OK else first.headers
    return replace(revisit, headers=headers, payload=first.payload)


def origin(record: WarcRecord) -> WarcRef | None:
    """Return where the payload of a revisit lies, if the record says so."""
    file = record.field("WARC-Refers-To-Filename")
    offset = record.field("WARC-Refers-To-File-Offset") or ""
    if record.kind != "revisit" or not file or not (offset.isascii() and offset.isdigit()):
        return None
    return WarcRef(file=file, offset=int(offset[:20]))


def files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield the archive's files by name: what records call them, and where they lie now."""
    for path in sorted([*root.glob("*/*.warc.gz"), *root.glob("*/*.warc.gz.open")]):
        name = path.relative_to(root).as_posix().removesuffix(places.OPEN)
        yield name, path


def _record_at(root: Path, ref: WarcRef) -> WarcRecord:
    path = places.present(root, ref.file)
    if path is None:
        raise NotArchived(f"{ref.file} is not in the archive")
    try:
        return record_at(path, ref.offset)
    except FileNotFoundError:  # finished, and renamed, this moment
        return record_at(root / ref.file, ref.offset)
