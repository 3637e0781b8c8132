"""Lines of JSON: what is written is one line for every reader, and what is read is checked."""

import json
import math
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final, TypeVar

import msgspec

from newsspider.errors import DamagedRecord
from newsspider.store.blocks import BlockReader

#: Integers beyond this lose digits in readers that know only doubles.
MAX_INTEGER: Final = 2**53

T = TypeVar("T")

_ID: Final = re.compile(r"[0-9a-f]{32}")
_LINE_BREAKS: Final = ("\u2028", "\u2029", "\u0085")
# "\ud800" alone; a pair of them is one character that was split
_SURROGATES: Final = re.compile("[\ud800-\udfff]+")
# a NUL in the text "a\0b"; C0 others are legal in JSON as escapes
_NUL: Final = "\x00"


def safe_text(text: str) -> str:
    """Return text that UTF-8 can hold: no NUL, split pairs joined, lone surrogates as U+FFFD."""
    if _NUL in text:
        text = text.replace(_NUL, "")
    if not text.isascii() and _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def encode(record: object) -> bytes:
    """Return `record` (a dataclass or plain values) as one line of UTF-8 JSON ended by a newline.

    U+2028, U+2029 and U+0085 are legal in JSON, but line breaks to `str.splitlines` and to
    JavaScript: they are written as escapes. NaN, infinities and integers beyond 2**53 raise
    ValueError.
    """
    value = _strict(msgspec.to_builtins(record))
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in _LINE_BREAKS:
        if character in text:
            text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode() + b"\n"


def _strict(value: Any) -> Any:
    match value:
        case str():
            return safe_text(value)
        case bool() | None:
            return value
        case int():
            if abs(value) > MAX_INTEGER:
                raise ValueError(f"{value} is beyond 2**53")
            return value
        case float():
            if not math.isfinite(value):
                raise ValueError(f"{value} is no JSON number")
            return value
        case dict():
            return {safe_text(key): _strict(item) for key, item in value.items()}
        case list() | tuple():
            return [_strict(item) for item in value]
        case _:
            raise TypeError(f"a line cannot hold {type(value).__name__}")


def decode(line: bytes, kind: type[T]) -> T:
    """Return the line as a checked `kind`; unknown fields are ignored. Raises DamagedRecord."""
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise DamagedRecord(str(error)) from None


def check_ids(*ids: str | None) -> None:
    """Raise DamagedRecord for what is no id or digest."""
    for text in ids:
        if text is not None and not _ID.fullmatch(text):
            raise DamagedRecord(f"{text[:40]!r} is not 32 hexadecimal digits")


def check_version(number: int | None) -> None:
    """Raise DamagedRecord for what is no number of a version."""
    if number is not None and not 1 <= number <= MAX_INTEGER:
        raise DamagedRecord(f"version {number} cannot be")


def check_time(text: str | None) -> None:
    """Raise DamagedRecord for what is no day and no moment."""
    if text is None:
        return
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise DamagedRecord(f"{text[:40]!r} is no time") from None


def read_lines(path: Path, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield (offset, line with its newline) from `start`; the last may lack the newline."""
    with open_lines(path) as file:
        file.seek(start)
        offset = start
        while line := file.readline():
            yield offset, line
            offset += len(line)


def open_lines(path: Path) -> IO[bytes]:
    """Open a segment for reading by uncompressed offsets, compressed or not."""
    if path.name.endswith(".gz"):
        return BlockReader.open(path)
    return path.open("rb")
