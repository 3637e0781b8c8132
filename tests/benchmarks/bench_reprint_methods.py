"""Score other ways to find reprints on the same set: the table of docs/adr/0006-reprints.md.

    python tests/benchmarks/bench_reprint_methods.py

Needs `rensa` and `opencc`. NEWSSPIDER_PAGES may name a folder of labelled pages (`<page>/gold.json`).
"""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import crc32

sys.path.insert(0, str(Path(__file__).parents[1] / "store" / "reprint_set"))

from reprint_minhash import MinHashIndex, by_clauses, by_shingles
from reprint_notices import FAMILIES
from reprint_score import own_articles, saved_articles, score

from newsspider.store import fold, reprints
from newsspider.store.fold import fold as folded
from newsspider.store.reprints import ReprintIndex


def _connection() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def _clauses() -> ReprintIndex:
    return ReprintIndex(_connection())


@contextmanager
def _sentences() -> Iterator[Callable[[], Any]]:
    """No sentence is long enough to be cut into clauses."""
    with patch.object(fold, "CLAUSE", sys.maxsize // 4):
        yield _clauses


@contextmanager
def _winnowing(gram: int, window: int) -> Iterator[Callable[[], Any]]:
    """Keys are the smallest of the fingerprints that winnowing selects (Schleimer et al., 2003)."""
    ready = reprints._text

    def winnowed(body: str) -> Any:
        text = ready(body)
        plain = folded(body)
        hashes = [crc32(plain[i : i + gram].encode()) for i in range(max(1, len(plain) - gram + 1))]
        chosen = {min(hashes[i : i + window]) for i in range(max(1, len(hashes) - window + 1))}
        few = sorted(chosen)[: reprints.LOOKED_UP] if text.keys else []
        return replace(text, keys={key: (1 << 16 | key, 0) for key in few})

    with patch.object(reprints, "_text", winnowed):
        yield _clauses


@contextmanager
def _as_it_is() -> Iterator[Callable[[], Any]]:
    yield _clauses


@contextmanager
def _minhash(
    bands: int, rows: int, compare: Callable[[str, str], float | None]
) -> Iterator[Callable[[], Any]]:
    yield lambda: MinHashIndex(bands, rows, compare, _connection())


def main() -> None:
    """Run."""
    methods = {
        "longest clauses": _as_it_is(),
        "longest sentences": _sentences(),
        "winnowing 12-grams, window 20": _winnowing(12, 20),
        "winnowing 16-grams, window 30": _winnowing(16, 30),
    }
    for bands, rows in ((16, 8), (25, 5), (32, 4), (42, 3)):
        methods[f"MinHash {bands} x {rows}, 60 % of shingles"] = _minhash(bands, rows, by_shingles(0.6))
        methods[f"MinHash {bands} x {rows}, 90 % of shingles"] = _minhash(bands, rows, by_shingles(0.9))
        methods[f"MinHash {bands} x {rows}, clauses"] = _minhash(bands, rows, by_clauses)
    sets = [own_articles()]
    if pages := os.environ.get("NEWSSPIDER_PAGES"):
        sets.append(saved_articles(Path(pages)))
    print(f"{'keys, comparison':38} recall  precision  merged   (again for the pages)")
    for title, method in methods.items():
        with method as make:
            scores = [score(make(), seeds, FAMILIES) for seeds in sets]
        cells = (f"{s.recall:6.3f} {s.precision:10.3f} {sum(s.merged.values()):7}" for s in scores)
        print(f"{title:38} {'   '.join(cells)}", flush=True)


if __name__ == "__main__":
    main()
