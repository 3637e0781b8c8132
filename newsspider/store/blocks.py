"""Compressed segments: gzip in blocks, so that one line can be read without reading all before it.

The format is BGZF (section 4.1 of the SAM specification, https://samtools.github.io/hts-specs/):
ordinary gzip members of at most 64 KiB, each naming its own length, so every gzip reader reads the
file and ours finds an uncompressed offset by hopping from header to header.
"""

import gzip
import io
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

from newsspider.disk import Disk
from newsspider.errors import DamagedRecord

#: Uncompressed bytes a block; 65,280 bytes of noise still fit in a block of 64 KiB.
BLOCK: Final = 0xFF00
_HEADER: Final = struct.Struct("<4sIBBHBBHH")
_GZIP: Final = b"\x1f\x8b\x08"
_MAGIC: Final = _GZIP + b"\x04"
_TRAILER: Final = struct.Struct("<II")
_OVERHEAD: Final = _HEADER.size + _TRAILER.size
#: The empty block that ends a file: its absence shows a file that was cut.
END: Final = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")


def block(data: bytes) -> bytes:
    """Return one gzip member that holds `data` and names its own length."""
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = deflater.compress(data) + deflater.flush()
    header = _HEADER.pack(_MAGIC, 0, 0, 255, 6, ord("B"), ord("C"), 2, _OVERHEAD + len(packed) - 1)
    return header + packed + _TRAILER.pack(zlib.crc32(data), len(data))


def compress(source: Path, target: Path, disk: Disk) -> None:
    """Write `source` compressed to the new file `target`, synced."""
    fd = disk.open(target, create=True)
    try:
        disk.truncate(fd, 0)
        offset = 0
        with source.open("rb") as file:
            while data := file.read(BLOCK):
                packed = block(data)
                disk.write_at(fd, packed, offset)
                offset += len(packed)
        disk.write_at(fd, END, offset)
        disk.sync(fd)
    finally:
        disk.close(fd)


class BlockReader(io.RawIOBase):
    """Reads a file of blocks by uncompressed offsets."""

    def __init__(self, file: IO[bytes]) -> None:
        """Take the open file; its blocks are found as they are needed."""
        super().__init__()
        self._file = file
        self._starts = [0]
        self._places = [0]
        self._complete = False
        self._position = 0
        self._loaded: tuple[int, bytes] = (-1, b"")

    @classmethod
    def open(cls, path: Path) -> IO[bytes]:
        """Open `path` for buffered reading; what another program compressed is read, too."""
        file = path.open("rb")
        header = file.read(len(_MAGIC))
        file.seek(0)
        plain = header.startswith(_GZIP) and header != _MAGIC[: len(header)]
        return cast("IO[bytes]", io.BufferedReader(_PlainGzip(file) if plain else cls(file), BLOCK))

    def close(self) -> None:
        """Close the file below."""
        self._file.close()
        super().close()

    def readable(self) -> bool:
        """Tell that this can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that this can be sought."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to an uncompressed offset."""
        if whence == io.SEEK_CUR:
            offset += self._position
        elif whence == io.SEEK_END:
            while self._find_next():
                pass
            offset += self._starts[-1]
        self._position = offset
        return offset

    def tell(self) -> int:
        """Return the uncompressed offset."""
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read from the block that holds the position."""
        while self._starts[-1] <= self._position and self._find_next():
            pass
        if self._starts[-1] <= self._position:
            return 0
        number = bisect_right(self._starts, self._position) - 1
        if self._loaded[0] != number:
            self._loaded = (number, self._load(number))
        part = self._loaded[1][self._position - self._starts[number] :][: len(buffer)]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)

    def _find_next(self) -> bool:
        """Learn where the block behind the last known one begins; False at the end of the file."""
        if self._complete:
            return False
        place = self._places[-1]
        self._file.seek(place)
        header = self._file.read(_HEADER.size)
        if not header:
            if len(self._starts) < 2 or self._starts[-1] != self._starts[-2]:  # noqa: PLR2004
                raise DamagedRecord("the block that marks the end is missing: the file was cut")
            self._complete = True
            return False
        length = _length(header)
        self._file.seek(place + length - _TRAILER.size)
        trailer = self._file.read(_TRAILER.size)
        if len(trailer) < _TRAILER.size:
            raise DamagedRecord(f"the block at byte {place} was cut")
        self._starts.append(self._starts[-1] + _TRAILER.unpack(trailer)[1])
        self._places.append(place + length)
        return True

    def _load(self, number: int) -> bytes:
        place = self._places[number]
        self._file.seek(place)
        packed = self._file.read(self._places[number + 1] - place)
        try:
            data = zlib.decompress(packed[_HEADER.size : -_TRAILER.size], -15)
        except zlib.error as error:
            raise DamagedRecord(f"the block at byte {place}: {error}") from None
        if zlib.crc32(data) != _TRAILER.unpack(packed[-_TRAILER.size :])[0]:
            raise DamagedRecord(f"the block at byte {place} does not match its checksum")
        return data


class _PlainGzip(io.RawIOBase):
    """Reads gzip without blocks (`gzip *.jsonl`): the same lines, and every one costs those before it."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._gzip = gzip.GzipFile(fileobj=file, mode="rb")

    def close(self) -> None:
        self._gzip.close()
        self._file.close()
        super().close()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._gzip.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with _damage():
            return self._gzip.seek(offset, whence)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with _damage():
            part = self._gzip.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DamagedRecord(f"no whole gzip: {error}") from None


def _length(header: bytes) -> int:
    if len(header) < _HEADER.size or not header.startswith(_MAGIC) or header[12:14] != b"BC":
        raise DamagedRecord("not a block")
    return int(_HEADER.unpack(header)[-1]) + 1
