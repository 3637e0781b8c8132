"""Titles of stored articles by URL, on the disk: for the page list of a WACZ file."""

import sqlite3
from pathlib import Path
from typing import Self

import msgspec

from newsspider.page.urls import article_id
from newsspider.store.lines import read_lines
from newsspider.store.segment import find_segments


class _Line(msgspec.Struct):
    id: str
    title: str


class Titles:
    """Answers what the article at a URL is called."""

    def __init__(self, exports: Path) -> None:
        self._db = sqlite3.connect("")  # a private file that SQLite removes itself
        self._db.execute("CREATE TABLE title(id TEXT PRIMARY KEY, title TEXT) WITHOUT ROWID")
        decoder = msgspec.json.Decoder(_Line)
        for segment in find_segments(exports):
            if segment.kind not in {"articles", "reprints"}:
                continue
            for _, raw in read_lines(segment.path):
                try:
                    line = decoder.decode(raw)
                except (msgspec.DecodeError, UnicodeDecodeError):
                    continue  # a torn tail: recovery sets it aside
                self._db.execute("INSERT OR REPLACE INTO title VALUES(?,?)", (line.id, line.title))

    def of(self, url: str) -> str | None:
        """Return the title; None where no article of this URL was stored."""
        row = self._db.execute("SELECT title FROM title WHERE id = ?", (article_id(url),)).fetchone()
        return None if row is None else str(row[0])

    def close(self) -> None:
        """Remove the file."""
        self._db.close()

    def __enter__(self) -> Self:
        """Return the titles themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close them."""
        self.close()
