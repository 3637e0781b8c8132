"""Checks of single lines: that a record, visit or event is by itself what it should be."""

from collections.abc import Callable, Iterator
from typing import Final

from newsspider.errors import DamagedRecord
from newsspider.items import Record, Visit, WarcRef
from newsspider.store.draft import Identify
from newsspider.store.events import Event
from newsspider.store.identity import digest
from newsspider.store.lines import check_ids, check_time, check_version, decode
from newsspider.store.segment import SegmentFile

#: Says what is wrong with a raw page that a record points to, and that came from this URL (where it is
#: known: an article may have further pages); None when it is where it should be.
CheckPage = Callable[[WarcRef, str | None], str | None]

# U+2028, U+2029, U+0085 as UTF-8: line breaks to some readers; `encode` escapes them.
_RAW_BREAKS: Final = ("\u2028".encode(), "\u2029".encode(), "\u0085".encode())
_TYPES: Final[dict[str, type[Record | Visit | Event]]] = {
    "articles": Record,
    "reprints": Record,
    "visits": Visit,
    "events": Event,
}


def read_checked(kind: str, line: bytes) -> Record | Visit | Event:
    """Return the line as what its kind of segment holds. Raises DamagedRecord with the reason."""
    if not line.endswith(b"\n"):
        raise DamagedRecord("the last line has no newline: it was cut")
    if line.strip(b"\0\n") == b"":
        raise DamagedRecord("an empty line")
    parsed = decode(line, _TYPES[kind])
    if isinstance(parsed, Visit):
        check_ids(parsed.id, parsed.article, parsed.digest)
        check_time(parsed.published_at)
    else:
        check_ids(parsed.id, parsed.reprint_of if isinstance(parsed, Record) else None)
    check_version(parsed.version)
    return parsed


def raw_breaks(line: bytes) -> Iterator[str]:
    """Yield what makes more than one line of it for some readers."""
    if any(mark in line for mark in _RAW_BREAKS) or b"\r" in line:
        yield "a raw line break (U+2028, U+2029, U+0085 or a carriage return) inside the line"


def check_record(
    record: Record, item: SegmentFile, identify: Identify | None, page: CheckPage | None
) -> Iterator[str]:
    """Yield what is wrong with a record."""
    if identify is not None and record.url is not None and identify(record.url) != record.id:
        yield f"id {record.id} is not that of its url {record.url[:200]!r}"
    expected = digest(record)
    if expected != record.digest:
        yield f"digest is {record.digest}, the text gives {expected}"
    if record.similarity is not None and not 0 <= record.similarity <= 1:
        yield f"similarity {record.similarity} is no share"
    if record.run != item.run:
        yield f"run {record.run[:200]!r} in the segment of {item.run}"
    if (record.reprint_of is None) != (item.kind == "articles"):
        yield f"{'an original' if record.reprint_of is None else 'a reprint'} in {item.kind}/"
    if page is not None:
        urls = (record.final_url, *(None for _ in record.warc))
        for ref, url in zip(record.warc, urls, strict=False):
            trouble = page(ref, url)
            if trouble is not None:
                yield f"raw page {ref.file[:200]}@{ref.offset}: {trouble}"


def check_visit(visit: Visit, item: SegmentFile, identify: Identify | None) -> Iterator[str]:
    """Yield what is wrong with a visit."""
    if identify is not None and identify(visit.url) != visit.id:
        yield f"id {visit.id} is not that of its url {visit.url[:200]!r}"
    if visit.run != item.run:
        yield f"run {visit.run[:200]!r} in the visits of {item.run}"
