"""CDXJ: the index that replay tools read, sorted, and compressed in blocks (ZipNum) for WACZ."""

import gzip
import json
import re
import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import Final, Protocol
from urllib.parse import urlsplit

from newsspider.archive.index import Capture

#: Lines in one compressed block.
_BLOCK: Final = 1024
_WWW: Final = re.compile(r"www\d*\.")  # www.example.cn, www2.example.cn
_NOT_DIGIT: Final = re.compile(r"\D")  # the dashes of 2026-11-25T08:30:00.123Z
_PORTS: Final = {"http": 80, "https": 443}


class Writable(Protocol):
    """Whatever takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Write more bytes."""


class SortedLines:
    """Lines sorted by key on the disk: memory stays flat however many there are."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")  # a private file that SQLite removes itself
        self._db.execute("CREATE TABLE line(key TEXT, line TEXT)")
        self.count = 0

    def add(self, key: str, line: str) -> None:
        """Add a line; equal keys keep their order."""
        self._db.execute("INSERT INTO line VALUES(?,?)", (key, line))
        self.count += 1

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield (key, line) in the order of the keys."""
        return iter(self._db.execute("SELECT key, line FROM line ORDER BY key, rowid"))

    def close(self) -> None:
        """Remove the file."""
        self._db.close()


def surt(url: str) -> str:
    """Return the key of a URL: http://www.News.cn/a?b=2&a=1 is cn,news)/a?a=1&b=2."""
    try:
        parts = urlsplit(url.lower())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url.lower()
    bare = host[found.end() :] if (found := _WWW.match(host)) else host
    key = ",".join(reversed(bare.split(".")))
    if port is not None and port != _PORTS.get(parts.scheme):
        key += f":{port}"
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{key}){parts.path or '/'}{'?' + query if query else ''}"


def timestamp(date: str) -> str:
    """Return a WARC-Date as 14 digits: 20261125083000."""
    return _NOT_DIGIT.sub("", date)[:14].ljust(14, "0")


def entry(capture: Capture, *, filename: str, offset: int, length: int) -> tuple[str, str]:
    """Return the key and the line of a capture that lies at `offset` of `filename`."""
    facts = {
        "url": capture.url,
        "mime": "warc/revisit" if capture.kind == "revisit" else capture.mime or "unk",
        "status": str(capture.status or ""),
        "digest": capture.digest or "",
        "length": str(length),
        "offset": str(offset),
        "filename": filename,
    }
    key = f"{surt(capture.url)} {timestamp(capture.date)}"
    return key, f"{key} {json.dumps(facts, ensure_ascii=False)}\n"


def write_compressed(lines: SortedLines, out: Writable, name: str) -> bytes:
    """Write the lines in gzip blocks as the file `name`; return the index of its blocks."""
    heads = [f'!meta 0 {{"format": "cdxj-gzip-1.0", "filename": "{name}"}}\n']
    left, offset = iter(lines), 0
    while block := list(islice(left, _BLOCK)):
        packed = gzip.compress("".join(line for _, line in block).encode(), mtime=0)
        out.write(packed)
        heads.append(f"{block[0][0]} {json.dumps({'offset': offset, 'length': len(packed)})}\n")
        offset += len(packed)
    return "".join(heads).encode()
