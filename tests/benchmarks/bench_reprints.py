"""What the index of reprints costs while it grows: time, size and memory for an article.

    python tests/benchmarks/bench_reprints.py [--articles 1000000] [--folder DIR] [--minhash]
    python tests/benchmarks/bench_reprints.py --grow

Texts are made as they are needed and that isn't counted: 80 % new ones of random clauses (most of
them 300 to 2,000 characters, with the footer of one of 500 sites), 15 % reprints of one of the last
thousand (half of them verbatim, half cut with a lead-in), 5 % notices. A batch is 50 articles and
one commit, as in the store.

Indexes of 10^4, 10^5 and 10^6 articles are filled with rows of random keys, in random order as real
ones come, and then take turns of 500 articles, so that a busy machine is busy for all of them.
`--grow` stores every article for real, one size after the other.
"""

import argparse
import random
import resource
import sqlite3
import statistics
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
#: Turns of every size, articles a turn.
_TURNS = 12
_TURN = 500
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


def _prefill(connection: sqlite3.Connection, articles: int, *, minhash: bool) -> None:
    rng = random.Random(articles)
    table = "band" if minhash else "reprint_key"
    rows = 32 if minhash else 9
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    for number in range(1, articles + 1):
        row = (number, rng.randbytes(16), rng.randbytes(512 if minhash else 180))
        if minhash:
            connection.execute("INSERT INTO digest VALUES (?, ?, ?)", row)
            values = [(rng.getrandbits(62), number) for _ in range(rows)]
            connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", values)
        else:
            connection.execute("INSERT INTO reprint_text VALUES (?, ?, ?)", row)
            values = [(rng.getrandbits(62), number) for _ in range(rows)]
            connection.executemany(f"INSERT INTO {table} VALUES (?, ?, 1)", values)
    connection.execute("COMMIT")


def turns(folder: Path, articles: int, *, minhash: bool) -> None:
    """Measure three sizes in turns and print a line for each."""
    sizes = [articles // 100, articles // 10, articles]
    places = []
    for size in sizes:
        path = folder / f"{size}.sqlite3"
        connection = sqlite3.connect(path, isolation_level=None)
        _index(connection, minhash=minhash)
        _prefill(connection, size, minhash=minhash)
        connection.close()
        connection = _opened(path)
        places.append((size, path, connection, _index(connection, minhash=minhash), texts(1)))
    spent: dict[int, list[tuple[float, float]]] = {size: [] for size in sizes}
    for _ in range(_TURNS):
        for size, _, connection, index, stream in places:
            *_, wall, cpu = _fill(connection, index, stream, _TURN)
            spent[size].append((wall / _TURN * 1000, cpu / _TURN * 1000))
    print("articles   ms/article   ms CPU (medians)   bytes/article   RSS MB")
    for size, path, connection, *_ in places:
        wall, cpu = (statistics.median(times) for times in zip(*spent[size], strict=True))
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        stored = size + _TURN * _TURNS
        print(f"{size:8} {wall:12.3f} {cpu:8.3f} {path.stat().st_size / stored:25.0f} {rss():8.0f}")
        connection.close()


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--grow", action="store_true", help="store every article for real")
    parser.add_argument("--folder", type=Path, default=None, help="where the file is made")
    parser.add_argument("--minhash", action="store_true", help="the other method: bands only, no comparing")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        if given.grow:
            grow(Path(folder, "index.sqlite3"), given.articles, minhash=given.minhash)
        else:
            turns(Path(folder), given.articles, minhash=given.minhash)


if __name__ == "__main__":
    main()
