"""gzip members in and out: with ISA-L where it is installed (extra `speed`), else with zlib."""

import zlib
from types import ModuleType
from typing import Any, Final

try:
    from isal import isal_zlib
except ImportError:
    fast: ModuleType | None = None
else:
    fast = isal_zlib

#: zlib's window bits for a gzip member.
GZIP: Final = 16 + zlib.MAX_WBITS

#: What a decompressor raises on bytes that are no gzip member.
InflateError: tuple[type[Exception], ...] = (zlib.error,) if fast is None else (zlib.error, fast.error)

# zlib: level 3 takes half the time of level 6 and 8 % more room; ISA-L: 2 takes a fifth of that
# time and 4 % more room than zlib's 3 (docs/archive.md).
_LEVEL: Final = 3
_FAST_LEVEL: Final = 2
# zlib clears 256 KiB of tables for each member; a record of this size needs a window of 4 KiB only.
_SMALL: Final = 4096
_SMALL_WINDOW: Final = 12
_SMALL_TABLES: Final = 5


def packed(content: bytes, *, compressed: bool) -> bytes:
    """Return `content` as one gzip member; what is `compressed` already is only stored in it."""
    if len(content) <= _SMALL:
        deflate: Any = zlib.compressobj(_LEVEL, zlib.DEFLATED, 16 + _SMALL_WINDOW, _SMALL_TABLES)
    elif compressed:
        deflate = zlib.compressobj(0, zlib.DEFLATED, GZIP)
    elif fast is not None:
        deflate = fast.compressobj(_FAST_LEVEL, zlib.DEFLATED, GZIP)
    else:
        deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, GZIP)
    data: bytes = deflate.compress(content) + deflate.flush()
    return data


def unpacker() -> Any:
    """Return a new decompressor of one member, with the methods of zlib's."""
    return zlib.decompressobj(GZIP) if fast is None else fast.decompressobj(GZIP)


def unpacked(body: bytes, limit: int) -> bytes | None:
    """Return what one whole gzip member holds; None where it is not whole, not alone, or longer."""
    inflate = unpacker()
    try:
        content: bytes = inflate.decompress(body, limit)
    except InflateError:
        return None
    return content if inflate.eof and not inflate.unused_data else None
