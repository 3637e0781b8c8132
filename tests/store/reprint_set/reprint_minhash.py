"""The method that was measured against: banded MinHash with containment afterwards.

Broder, On the resemblance and containment of documents, 1997; banding as in Leskovec, Rajaraman
and Ullman, Mining of Massive Datasets, chapter 3. Needs `rensa`. It keeps the texts in memory,
because only its answers and the size of its table are compared.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from rensa import RMinHash

from newsspider.store.fold import fold, fold_clauses
from newsspider.store.reprint_sketch import overlap, unit
from newsspider.store.reprints import is_reprint

_SHINGLE = 5
_CANDIDATES = 10


@dataclass(frozen=True)
class Found:
    """The answer."""

    id: str


def by_shingles(share: float) -> Callable[[str, str], float | None]:
    """Compare by containment of shingles: at least `share`."""

    def compare(one: str, other: str) -> float | None:
        a, b = _shingles(fold(one)), _shingles(fold(other))
        found = len(a & b) / min(len(a), len(b))
        return found if found >= share else None

    return compare


def by_clauses(one: str, other: str) -> float | None:
    """Compare as newsspider does, without its counts of stories."""
    a, b = ([unit(c) for c in fold_clauses(text)] for text in (one, other))
    shared = overlap(a, b)
    return shared.found if is_reprint(shared) else None


def _shingles(text: str) -> set[str]:
    return {text[i : i + _SHINGLE] for i in range(max(1, len(text) - _SHINGLE + 1))}


class MinHashIndex:
    """128 permutations over 5-character shingles, in bands of some rows."""

    def __init__(
        self,
        bands: int,
        rows: int,
        compare: Callable[[str, str], float | None],
        connection: sqlite3.Connection,
    ) -> None:
        self._bands, self._rows, self._compare = bands, rows, compare
        self.connection = connection
        self.connection.execute(
            "CREATE TABLE IF NOT EXISTS band("
            "key INTEGER, number INTEGER, PRIMARY KEY(key, number)) WITHOUT ROWID"
        )
        self.connection.execute(
            "CREATE TABLE IF NOT EXISTS digest(number INTEGER PRIMARY KEY, id BLOB, digest BLOB)"
        )
        self._texts: dict[int, str] = {}
        self._last = ("", list[int](), b"")

    def _keys(self, body: str) -> list[int]:
        if self._last[0] != body:
            sketch = RMinHash(num_perm=128, seed=42)
            sketch.update(sorted(_shingles(fold(body))))
            digest = sketch.digest()
            keys = []
            for band in range(self._bands):
                part = digest[band * self._rows : (band + 1) * self._rows]
                raw = bytes([band]) + b"".join(n.to_bytes(4) for n in part)
                keys.append(int.from_bytes(blake2b(raw, digest_size=8).digest()) >> 1)
            self._last = (body, keys, b"".join(n.to_bytes(4) for n in digest))
        return self._last[1]

    def find(self, body: str) -> Found | None:
        """Return the best of the candidates that share a band."""
        keys = self._keys(body)
        marks = ",".join("?" * len(keys))
        votes = Counter(
            number
            for (number,) in self.connection.execute(f"SELECT number FROM band WHERE key IN ({marks})", keys)
        )
        best: tuple[float, int] | None = None
        for number, _ in sorted(votes.items(), key=lambda v: (-v[1], v[0]))[:_CANDIDATES]:
            share = self._compare(body, self._texts[number])
            if share is not None and (best is None or share > best[0]):
                best = (share, number)
        if best is None:
            return None
        row = self.connection.execute("SELECT id FROM digest WHERE number = ?", (best[1],))
        return Found(row.fetchone()[0].hex())

    def add(self, article: str, body: str) -> None:
        """Index a text."""
        keys = self._keys(body)
        number = self.connection.execute(
            "INSERT INTO digest(id, digest) VALUES (?, ?)", (bytes.fromhex(article), self._last[2])
        ).lastrowid
        assert number is not None
        self.connection.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", [(k, number) for k in keys])
        self._texts[number] = body
