"""What it costs to store an article, and how the cost grows with what is stored.

    python tests/benchmarks/bench_store.py [10000 100000 1000000] [--folder DIR]

Each article has a text of its own (about 500 characters, 5 kB a line); every hundredth is a
reprint. They are stored in batches of 50, each durable before the next begins. At each size the
last articles are timed; at the end the ledger is thrown away and made anew, and all is verified.
"""

import argparse
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))

from store_world import draft, open_store, visit

from newsspider.page.urls import article_id
from newsspider.store.index import LEDGER
from newsspider.store.rebuilding import rebuild
from newsspider.store.store import Store
from newsspider.store.verify import check_exports

BATCH = 50
SITES = 40
TIMED = 5_000
#: The characters of CJK Unified Ideographs that are common: enough to make texts that share nothing.
CHARACTERS = [chr(number) for number in range(0x4E00, 0x4E00 + 3000)]


def body(number: int) -> str:
    """A text that belongs to the number: 6 paragraphs of 3 sentences."""
    rng = random.Random(number)
    return "\n\n".join(
        "".join("".join(rng.choices(CHARACTERS, k=rng.randint(15, 40))) + "。" for _ in range(3))
        for _ in range(6)
    )


def articles(start: int, stop: int) -> Iterator[tuple[str, int, str]]:
    for number in range(start, stop):
        source = number - 77 if number % 100 == 99 else number
        yield f"site{number % SITES}", number, body(source)


def rss() -> float:
    """Resident megabytes now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


class Timer:
    """Seconds by the clock and of CPU."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._wall
        self.cpu += time.process_time() - self._cpu


def store_all(store: Store, numbers: range) -> Timer:
    """Store the articles of these numbers; the time that the store took."""
    timer = Timer()
    for start in range(numbers.start, numbers.stop, BATCH):
        entries = [
            (visit(site, n, store.run, etag=f'"{n:x}-5f1e3c2a"'), draft(site, n, body=text))
            for site, n, text in articles(start, min(start + BATCH, numbers.stop))
        ]
        with timer:
            for seen, given in entries:
                store.add(seen, given)
            store.commit()
    return timer


def fill(root: Path, sizes: list[int]) -> None:
    print("| articles | ms an article | of it CPU | articles a second | RSS MB | ledger B an article |")
    print("|---|---|---|---|---|---|")
    done = 0
    for size in sizes:
        store = open_store(root, f"run-{size}", *(f"site{number}" for number in range(SITES)))
        timed = max(done, size - TIMED)
        store_all(store, range(done, timed))
        timer = store_all(store, range(timed, size))
        memory = rss()
        store.close()
        weight = (root / ".state" / LEDGER).stat().st_size / size
        each, busy = timer.wall / (size - timed), timer.cpu / (size - timed)
        print(
            f"| {size:,} | {each * 1000:.3f} | {busy * 1000:.3f} | {1 / each:,.0f} "
            f"| {memory:.0f} | {weight:,.0f} |",
            flush=True,
        )
        done = size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=given.folder, prefix="bench-store-"))
    try:
        root = folder / "exports"
        fill(root, given.sizes)
        timer = Timer()
        with timer:
            report = rebuild(root)
        print(
            f"\nrebuilt from {report.adopted:,} lines in {timer.wall:.0f} s ({timer.cpu:.0f} s CPU), "
            f"RSS {rss():.0f} MB",
            flush=True,
        )
        timer = Timer()
        with timer:
            found = check_exports(root, identify=article_id)
        print(
            f"verified in {timer.wall:.0f} s ({timer.cpu:.0f} s CPU), RSS {rss():.0f} MB: "
            f"{found.lines}, whole: {found.is_whole}"
        )
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
