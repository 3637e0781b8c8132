"""What the index of reprints costs while it grows: time, size and memory for an article.

    python tests/benchmarks/bench_reprints.py [--articles 1000000] [--folder /tmp] [--minhash]

Articles are made as they are needed and that isn't counted: 80 % new ones of random clauses (8 of
ten from 300 to 1,600 characters, with a footer that the site prints below every article), 15 %
reprints of one of the last thousand (half verbatim, half cut with a lead-in), 5 % notices of one
template. A batch is 50 articles and one commit, as in the store.
"""

import argparse
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "store" / "reprint_set"))

from reprint_edits import half_and_more
from reprint_notices import FAMILIES
from reprint_score import invented

from newsspider.store.reprints import ReprintIndex

_BATCH = 50
#: Articles over which a step is measured.
_MEASURED = 5_000
_SITES = [
    f"凡本网注明来源为{name}网的所有稿件版权均属本网所有，未经书面授权不得转载、摘编或以其他方式使用上述作品。"
    for name in ("".join(random.Random(i).sample("云川海屏洛原东沧南渠清澜宁埠雾岭", 4)) for i in range(500))
]


def texts(seed: int) -> Iterator[tuple[bool, str]]:
    """Make articles for ever: (is it a reprint, text)."""
    rng = random.Random(seed)
    recent: deque[list[str]] = deque(maxlen=1000)
    families = list(FAMILIES.values())
    while True:
        kind = rng.random()
        if kind < 0.05:
            yield False, rng.choice(families)(rng)
        elif kind < 0.2 and recent:
            body = rng.choice(recent)
            yield True, "\n\n".join(body if kind < 0.125 else half_and_more(rng, body))
        else:
            body = invented(rng, min(4000, int(rng.lognormvariate(6.7, 0.6))))
            recent.append(body)
            yield False, "\n\n".join((*body, rng.choice(_SITES)))


def rss() -> float:
    """Return the resident memory in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-32000", "wal_autocheckpoint=4000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _index(connection: sqlite3.Connection, *, minhash: bool) -> Any:
    if not minhash:
        return ReprintIndex(connection)
    from reprint_minhash import MinHashIndex

    return MinHashIndex(32, 4, lambda _one, _other: None, connection=connection)


def grow(path: Path, articles: int, *, minhash: bool) -> None:
    """Fill an index and print a line for each step."""
    connection = _opened(path)
    index = _index(connection, minhash=minhash)
    stream = texts(1)
    steps = sorted({articles, *(n for n in (10_000, 100_000, 1_000_000) if n < articles)})
    print("articles   ms/article   ms CPU   bytes/article   reprints found   wrong   RSS MB", flush=True)
    stored = 0
    for step in steps:
        _fill(connection, index, stream, step - stored - _MEASURED)
        found, asked, wrong, wall, cpu = _fill(connection, index, stream, _MEASURED)
        stored = step
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        print(
            f"{stored:8} {wall / _MEASURED * 1000:12.3f} {cpu / _MEASURED * 1000:8.3f}"
            f" {path.stat().st_size / stored:15.0f} {found:9}/{asked:<6} {wrong:7} {rss():8.0f}",
            flush=True,
        )


def _fill(
    connection: sqlite3.Connection, index: Any, stream: Iterator[tuple[bool, str]], count: int
) -> tuple[int, int, int, float, float]:
    found = asked = wrong = 0
    wall = cpu = 0.0
    rng = random.Random(count)
    for start in range(0, count, _BATCH):
        batch = [(next(stream), f"{rng.getrandbits(128):032x}") for _ in range(min(_BATCH, count - start))]
        before = time.perf_counter(), time.process_time()
        connection.execute("BEGIN IMMEDIATE")
        for (reprint, body), article in batch:
            match = index.find(body)
            index.add(article, body)
            asked += reprint
            found += reprint and match is not None
            wrong += not reprint and match is not None
        connection.execute("COMMIT")
        wall += time.perf_counter() - before[0]
        cpu += time.process_time() - before[1]
    return found, asked, wrong, wall, cpu


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=None, help="where the file is made")
    parser.add_argument("--minhash", action="store_true", help="the other method: bands only, no comparing")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        grow(Path(folder, "index.sqlite3"), given.articles, minhash=given.minhash)


if __name__ == "__main__":
    main()
