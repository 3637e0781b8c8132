"""Ring 3: which stored article holds the text of this one?"""

import sqlite3
import struct
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from typing import Final

from newsspider.store.fold import fold_clauses

#: Raise it when the fold, the keys or the sketch change: keys of another format find nothing.
FORMAT: Final = 1

#: Keys stored for an article, and keys looked up for one.
KEYS: Final = 8
LOOKED_UP: Final = 16
#: A clause of so many stories says nothing about a text.
BOILERPLATE: Final = 6
#: Folded characters below which a text says too little to be compared.
NOTHING: Final = 20
#: Folded characters below which only the same text is a reprint.
SHORT: Final = 150
#: Share of the shorter text that must be found in the longer.
SHARE: Final = 0.6
#: Candidates whose sketch is compared.
CANDIDATES: Final = 5
#: Clauses of a text that are kept.
LONGEST: Final = 2000

_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS reprint_text("
    "number INTEGER PRIMARY KEY, id BLOB NOT NULL, sketch BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS reprint_key("
    "key INTEGER PRIMARY KEY, number INTEGER NOT NULL, stories INTEGER NOT NULL)",
)
_CLAUSE: Final = struct.Struct("<HB")


@dataclass(frozen=True, slots=True)
class Match:
    """A stored article that holds this text, or whose text this one holds."""

    id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class _Text:
    """A body, made ready for the index."""

    body: str
    length: int
    whole: int
    keys: tuple[int, ...]
    sketch: bytes


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _text(body: str) -> _Text:
    clauses = fold_clauses(body)[:LONGEST]
    hashes = [_hash(clause) for clause in clauses]
    sketch = b"".join(
        _CLAUSE.pack(number & 0xFFFF, min(len(clause), 255))
        for number, clause in zip(hashes, clauses, strict=True)
    )
    order = sorted(range(len(clauses)), key=lambda i: (-len(clauses[i]), hashes[i]))
    keys = tuple(dict.fromkeys(hashes[i] >> 2 for i in order))[:LOOKED_UP]
    folded = "".join(clauses)
    return _Text(body, len(folded), _hash(folded + "\n") >> 2, keys, sketch)


def _containment(one: bytes, other: bytes) -> float:
    """Share of the shorter text's characters that stand in clauses of the longer."""
    a, b = list(_CLAUSE.iter_unpack(one)), list(_CLAUSE.iter_unpack(other))
    if sum(n for _, n in a) > sum(n for _, n in b):
        a, b = b, a
    there = Counter(b)
    total = found = 0
    for clause in a:
        total += clause[1]
        if there[clause] > 0:
            there[clause] -= 1
            found += clause[1]
    return found / total if total else 0.0


class ReprintIndex:
    """The index of all stored texts, on tables of the ledger; the caller commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Make the tables where they are missing."""
        self._connection = connection
        for table in _TABLES:
            connection.execute(table)
        self._last = _text("")

    def find(self, body: str, *, exclude: str | None = None) -> Match | None:
        """Return the stored article whose text is most like `body`; None when it is new."""
        text = self._ready(body)
        if text.length < NOTHING:
            return None
        keys = (text.whole, *(text.keys if text.length >= SHORT else ()))
        owners = self._owners(keys)
        if text.whole in owners:
            match = self._article(owners[text.whole][0])
            if match[0] != exclude:
                return Match(match[0], 1.0)
        votes = Counter(n for n, stories in owners.values() if stories < BOILERPLATE)
        best: Match | None = None
        for number, _ in sorted(votes.items(), key=lambda v: (-v[1], v[0]))[:CANDIDATES]:
            article, sketch = self._article(number)
            if article == exclude:
                continue
            share = _containment(text.sketch, sketch)
            if share >= SHARE and (best is None or share > best.similarity):
                best = Match(article, share)
        return best

    def add(self, article: str, body: str) -> None:
        """Index the text of an article."""
        text = self._ready(body)
        if text.length < NOTHING:
            return
        run = self._connection.execute
        keys = (text.whole, *(text.keys if text.length >= SHORT else ()))
        owners = self._owners(keys)
        number = run(
            "INSERT INTO reprint_text(id, sketch) VALUES (?, ?)",
            (bytes.fromhex(article), text.sketch),
        ).lastrowid
        known = [key for key in keys[1:] if key in owners]
        votes = Counter(owners[key][0] for key in known)
        if votes and max(votes.values()) * 2 < len(keys):
            self._connection.executemany(
                "UPDATE reprint_key SET stories = min(stories + 1, 100) WHERE key = ?",
                [(key,) for key in known],
            )
        rare = [key for key in keys[1:] if key not in owners or owners[key][1] < BOILERPLATE]
        new = [key for key in chain(keys[:1], rare[:KEYS]) if key not in owners]
        self._connection.executemany(
            "INSERT INTO reprint_key VALUES (?, ?, 1)", [(key, number) for key in new]
        )

    def _ready(self, body: str) -> _Text:
        if self._last.body != body:
            self._last = _text(body)
        return self._last

    def _owners(self, keys: tuple[int, ...]) -> dict[int, tuple[int, int]]:
        marks = ",".join("?" * len(keys))
        rows = self._connection.execute(
            f"SELECT key, number, stories FROM reprint_key WHERE key IN ({marks})",  # noqa: S608
            keys,
        )
        return {key: (number, stories) for key, number, stories in rows}

    def _article(self, number: int) -> tuple[str, bytes]:
        row = self._connection.execute(
            "SELECT id, sketch FROM reprint_text WHERE number = ?", (number,)
        ).fetchone()
        return row[0].hex(), row[1]
