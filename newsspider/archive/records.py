"""The strict reader: every record is whole, as long as it says and has the digests it names, or it is damage.

It reads what this package wrote and what others write (wget, Heritrix, Browsertrix, CC-NEWS):
one gzip member a record, several records in one member, or no compression at all. After damage
it goes on with the next record it can find.
"""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from newsspider.archive import digests
from newsspider.archive.deflate import InflateError
from newsspider.archive.members import (
    MAGIC,
    PLAIN,
    Container,
    CutOffError,
    Member,
    Plain,
    Window,
    begins_record,
    next_record,
)
from newsspider.errors import DamagedRecord

#: A longer block is not kept (8 MiB of payload and its headers); its digest is still checked.
BLOCK_LIMIT: Final = 9 << 20

_HEAD_LIMIT: Final = 64 << 10
_HEAD_END: Final = b"\r\n\r\n"
_RECORD_END: Final = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One whole record.

    `length` counts its bytes in the file, head and compression included (0 where further records
    follow in the same gzip member). `block` is None where it is longer than the limit or of a
    kind that was not asked for.
    """

    offset: int
    length: int
    kind: str
    fields: tuple[tuple[str, str], ...]
    size: int
    block: bytes | None

    def field(self, name: str) -> str | None:
        """Return the first field called `name`, in any case."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)

    @property
    def url(self) -> str | None:
        """The target URI (wget and others put it in angle brackets)."""
        value = self.field("WARC-Target-URI")
        return value.removeprefix("<").removesuffix(">") if value else None


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are no whole record: where, how many were passed over, and why."""

    offset: int
    length: int
    reason: str


class _BrokenError(Exception):
    """A record that is not what it says."""


def read(  # noqa: PLR0913 (each says how, by keyword)
    path: Path,
    *,
    start: int = 0,
    end: int | None = None,
    kinds: Collection[str] | None = None,
    limit: int = BLOCK_LIMIT,
    one_a_member: bool = False,
    one_digest: bool = False,
) -> Iterator[WarcRecord | Damage]:
    """Yield the records that begin in [start, end), and the damage between them.

    `start` need not be the beginning of a record: the next one is found. Blocks of other `kinds`
    are neither kept nor compared with their digests (all kinds: None). With `one_a_member` a
    second record in one gzip member is damage, as WARC 1.1 has it. With `one_digest` a right payload
    digest is enough: the CRC of the gzip member covers the rest.
    """
    with _opened(path) as window:
        walk = _Walk(window, kinds=kinds, limit=limit, one_a_member=one_a_member, one_digest=one_digest)
        at = start
        if start and not begins_record(window, start):
            found = next_record(window, start)
            at = window.size if found is None else found
        stop = window.size if end is None else min(end, window.size)
        while at < stop:
            yield from walk.from_offset(at, stop)
            at = walk.next


def record_at(path: Path, offset: int) -> WarcRecord:
    """Return the record that begins at `offset`; raise DamagedRecord where there is no whole one."""
    with _opened(path) as window:
        walk = _Walk(window)
        found = next(walk.from_offset(offset, offset + 1), None)
    if isinstance(found, WarcRecord):
        return found
    reason = "behind the end of the file" if found is None else found.reason
    raise DamagedRecord(f"{path} at {offset}: {reason}")


@contextmanager
def _opened(path: Path) -> Iterator[Window]:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield Window(fd)
    finally:
        os.close(fd)


class _Walk:
    """One pass over a file; `next` is the offset behind what was read or passed over."""

    def __init__(
        self,
        window: Window,
        *,
        kinds: Collection[str] | None = None,
        limit: int = BLOCK_LIMIT,
        one_a_member: bool = False,
        one_digest: bool = False,
    ) -> None:
        self._window = window
        self._kinds = kinds
        self._limit = limit
        self._one = one_a_member
        self._one_digest = one_digest
        self.next = 0

    def from_offset(self, offset: int, stop: int) -> Iterator[WarcRecord | Damage]:
        """Yield what the member at `offset` holds, or the plain records up to `stop`."""
        beginning = self._window.slice(offset, len(PLAIN))
        if not beginning:
            self.next = offset
        elif beginning.startswith(MAGIC):
            yield from self._member(offset)
        elif beginning == PLAIN:
            yield from self._plain(offset, stop)
        else:
            yield self._passed_over(offset, "neither a gzip member nor a WARC record begins here")

    def _member(self, offset: int) -> Iterator[WarcRecord | Damage]:
        member = Member(self._window, offset)
        content = _Content(member)
        records = 0
        try:
            while not content.is_over():
                record = self._record(content, offset)
                records += 1
                self._refuse_second(records)
                yield replace(record, length=member.end - offset if content.is_over() else 0)
        except CutOffError:
            reason = "the record is shorter than it says" if content.ended else "cut off"
            yield self._passed_over(offset, reason)
        except InflateError as error:
            yield self._passed_over(offset, f"the gzip member is damaged: {error}")
        except (_BrokenError, digests.DigestError) as error:
            yield self._passed_over(offset, str(error))
        else:
            self.next = member.end

    def _refuse_second(self, records: int) -> None:
        if self._one and records > 1:
            raise _BrokenError("the gzip member holds more than one record")

    def _plain(self, offset: int, stop: int) -> Iterator[WarcRecord | Damage]:
        content = _Content(Plain(self._window, offset))
        at = offset
        try:
            while at < stop and not content.is_over():
                record = self._record(content, at)
                at = offset + content.taken
                yield replace(record, length=at - record.offset)
        except CutOffError:
            yield self._passed_over(at, "cut off")
        except (_BrokenError, digests.DigestError) as error:
            yield self._passed_over(at, str(error))
        else:
            self.next = at

    def _passed_over(self, offset: int, reason: str) -> Damage:
        found = next_record(self._window, offset + 1)
        self.next = self._window.size if found is None else found
        return Damage(offset, self.next - offset, reason)

    def _record(self, content: "_Content", offset: int) -> WarcRecord:
        fields = _fields(content.take_head())
        named = {name.lower(): value for name, value in reversed(fields)}
        kind = named.get("warc-type", "").lower()
        length = named.get("content-length", "")
        if not kind or not (length.isascii() and length.isdigit()):
            raise _BrokenError("the record names no type or no length")
        size = int(length[:20])
        block = None
        if self._kinds is not None and kind not in self._kinds:
            content.pass_over(size, None)
        elif size > self._limit:
            expected = digests.expected_block(named)
            content.pass_over(size, expected)
            if not expected.fits():
                raise digests.DigestError("the block digest differs")
        else:
            block = content.take(size)
            digests.check(kind, named, block, one_is_enough=self._one_digest)
        if content.take(len(_RECORD_END)) != _RECORD_END:
            raise _BrokenError("the record does not end where it says")
        return WarcRecord(offset, 0, kind, fields, size, block)


class _Content:
    """The content of a container as a tape: taken from the front, filled from behind."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._buffer = b""
        self._at = 0
        self.taken = 0
        self.ended = False

    def is_over(self) -> bool:
        """Return whether nothing is left."""
        return self._at >= len(self._buffer) and not self._fill()

    def take(self, size: int) -> bytes:
        """Return exactly `size` bytes; raise CutOffError where there are fewer."""
        parts = []
        while size > 0:
            if self.is_over():
                raise CutOffError
            part = self._buffer[self._at : self._at + size]
            self._at += len(part)
            self.taken += len(part)
            size -= len(part)
            parts.append(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def pass_over(self, size: int, expected: digests.Expected | None) -> None:
        """Take `size` bytes without keeping them."""
        while size > 0:
            if self.is_over():
                raise CutOffError
            piece = self.take(min(size, len(self._buffer) - self._at))
            size -= len(piece)
            if expected is not None:
                expected.update(piece)

    def take_head(self) -> bytes:
        """Take the lines before the first empty one, and the empty one with them."""
        while (found := self._buffer.find(_HEAD_END, self._at)) < 0:
            if len(self._buffer) - self._at > _HEAD_LIMIT:
                raise _BrokenError("the record's head does not end")
            if not self._fill():
                raise CutOffError
        head = self._buffer[self._at : found]
        self.taken += found + len(_HEAD_END) - self._at
        self._at = found + len(_HEAD_END)
        return head

    def _fill(self) -> bool:
        piece = self._container.pull()
        self.ended = not piece
        self._buffer = self._buffer[self._at :] + piece
        self._at = 0
        return bool(piece)


def _fields(head: bytes) -> tuple[tuple[str, str], ...]:
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    if not version.startswith("WARC/"):
        raise _BrokenError("the record does not begin with WARC/")
    fields: list[tuple[str, str]] = []
    for line in lines:
        if line[:1] in {" ", "\t"} and fields:  # a folded line goes on with the one before
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if not colon:
            raise _BrokenError(f"a line of the record's head has no colon: {line[:40]!r}")
        fields.append((name.strip(), value.strip()))
    return tuple(fields)
