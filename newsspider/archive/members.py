"""The bytes below the records: gzip members or plain text, streamed; finding the next one after damage."""

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol

from newsspider.archive.deflate import InflateError, unpacker

MAGIC: Final = b"\x1f\x8b\x08"
PLAIN: Final = b"WARC/"

_WINDOW: Final = 1 << 20
# zlib copies what it was given and did not use: small slices keep that copy small.
_SLICE: Final = 1 << 15
_PIECE: Final = 1 << 20


class CutOffError(Exception):
    """The file ends inside a member or a record."""


_NOT_WHOLE: Final[tuple[type[Exception], ...]] = (*InflateError, CutOffError)


class Window:
    """A file read through one buffer that follows the offset asked for; memory stays flat."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._start = 0
        self._bytes = b""
        self.size = os.fstat(fd).st_size

    @cached_property
    def is_compressed(self) -> bool:
        """Whether records are gzip members; behind a damaged beginning, and in a WACZ, the rest tells."""
        beginning = self.slice(0, len(PLAIN))
        if beginning.startswith(MAGIC) or beginning == PLAIN:
            return beginning != PLAIN
        return _next(self, 0, MAGIC, 0) is not None

    def slice(self, offset: int, length: int = _SLICE) -> bytes:
        """Return `length` bytes at `offset`, fewer only at the end of the file."""
        within = offset - self._start
        if not 0 <= within <= len(self._bytes) - length:
            self._start, within = offset, 0
            self._bytes = os.pread(self._fd, _WINDOW, offset)
        return self._bytes[within : within + length]

    def find(self, needle: bytes, offset: int) -> int:
        """Return where `needle` next begins at or after `offset`, or -1."""
        while offset < self.size:
            self._start, self._bytes = offset, os.pread(self._fd, _WINDOW, offset)
            found = self._bytes.find(needle)
            if found >= 0:
                return offset + found
            if len(self._bytes) < len(needle):
                return -1
            offset += len(self._bytes) - len(needle) + 1
        return -1


class Container(Protocol):
    """Something that holds records: pieces of its content until b"", and the offset behind it."""

    end: int

    def pull(self) -> bytes:
        """Return the next piece of the content; b"" when it is over."""


class Member:
    """One gzip member, inflated piece by piece; zlib checks its CRC and length at the end."""

    def __init__(self, window: Window, offset: int) -> None:
        self._window = window
        self._inflate = unpacker()
        self._full = False
        self.end = offset

    def pull(self) -> bytes:
        """Return up to 1 MiB of content; raise one of InflateError, or CutOffError."""
        while not self._inflate.eof:
            given = self._window.slice(self.end)
            if not given and not self._full:
                raise CutOffError
            piece: bytes = self._inflate.decompress(given, _PIECE)
            self._full = len(piece) == _PIECE  # there may be more, all input taken in
            # At the end zlib names what is left twice.
            left = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
            self.end += len(given) - len(left)
            if piece:
                return piece
        return b""


class Plain:
    """The rest of an uncompressed file: it never ends before the file does."""

    def __init__(self, window: Window, offset: int) -> None:
        self._window = window
        self.end = offset

    def pull(self) -> bytes:
        """Return the next bytes of the file."""
        piece = self._window.slice(self.end)
        self.end += len(piece)
        return piece


def begins_record(window: Window, offset: int) -> bool:
    """Return whether a record, compressed or not, begins at `offset`."""
    start = window.slice(offset, 512)
    if start.startswith(PLAIN):
        return True
    if not start.startswith(MAGIC):
        return False
    try:
        return bytes(unpacker().decompress(start, len(PLAIN))) == PLAIN
    except InflateError:
        return False


def next_record(window: Window, offset: int) -> int | None:
    """Return the first offset at or after `offset` where a record begins."""
    if window.is_compressed:
        return _next(window, offset, MAGIC, 0)
    return _next(window, offset, b"\n" + PLAIN, 1)


def holds_records(path: Path) -> bool:
    """Return whether a record, whole or not, begins anywhere in a file."""
    with path.open("rb") as file:
        window = Window(file.fileno())
        return begins_record(window, 0) or next_record(window, 0) is not None


def _next(window: Window, offset: int, needle: bytes, shift: int) -> int | None:
    at = window.find(needle, max(0, offset - shift))
    while at >= 0:
        if begins_record(window, at + shift):
            return at + shift
        at = window.find(needle, at + 1)
    return None


def whole_members(fd: int, start: int) -> Iterator[int]:
    """Yield the offset behind each whole gzip member from `start` on, until one is not whole."""
    window = Window(fd)
    while start < window.size and window.slice(start, 3) == MAGIC:
        member = Member(window, start)
        try:
            while member.pull():
                pass
        except _NOT_WHOLE:
            return
        start = member.end
        yield start
