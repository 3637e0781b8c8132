"""How fast an archive is read anew: against the extractor alone, on one core and on several, and in what memory.

    python tests/benchmarks/bench_reextract.py [--pages FOLDER] [--count 1000] [--jobs 1 2] [--large MEGABYTES]

FOLDER holds saved pages (*.html); without it pages are made (see bench_archive). The extractor
alone reads the same pages from memory: bytes in, article out. Figures of one run only. With
--large a WARC file of that size is made in the temporary folder and the memory of the worker that
reads it is watched.
"""

import argparse
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_archive import RUN, exchanges, made_pages

from newsspider.archive.writer import Archive
from newsspider.extract.article import extract
from newsspider.page.document import Page
from newsspider.reextract.plan import Plan
from newsspider.reextract.run import reextract
from newsspider.reextract.units import split
from newsspider.store.store import Store


class Clock:
    """Milliseconds of wall and of processors, those of ended child processes included."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), self._used()

    @staticmethod
    def _used() -> float:
        both = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return sum(usage.ru_utime + usage.ru_stime for usage in both)

    def a_page(self, count: int) -> tuple[float, float]:
        wall, cpu = time.perf_counter() - self._wall, self._used() - self._cpu
        return wall * 1000 / count, cpu * 1000 / count


def extractor_alone(pages: list[bytes], count: int) -> tuple[float, float, int]:
    """Milliseconds a page (wall, processor), and how many gave an article."""
    found = 0
    clock = Clock()
    for number in range(count):
        body = pages[number % len(pages)] + f"<!-- {number} -->".encode()
        page = Page.from_bytes(body, url=exchanges_url(number), content_type="text/html")
        found += extract(page).article is not None
    return *clock.a_page(count), found


def exchanges_url(number: int) -> str:
    """The URL that the archived page has."""
    return f"http://news.example.cn/2026-11/20/content_{number}.htm"


def archived(root: Path, pages: list[bytes], count: int) -> None:
    with Archive.open(root / "archive", run=RUN, max_bytes=1 << 40) as archive:
        for fetch in exchanges(pages, count):
            archive.append(fetch)
    Store.open(root, run=RUN, sites=("example",)).close()


def anew(root: Path, jobs: int, count: int) -> tuple[float, float, int]:
    """Milliseconds a page of a whole re-extraction (wall, processor), and how many gave an article."""
    files = [(p.relative_to(root / "archive").as_posix(), p) for p in (root / "archive").glob("*/*.warc.gz")]
    size = sum(path.stat().st_size for _, path in files)
    units = tuple(split(files, max(1, size // 16)))
    plan = Plan(
        f"20261121T090000Z-reextract-{os.urandom(3).hex()}", str(root), str(root / "archive"), (), units
    )
    clock = Clock()
    finished = reextract(plan, jobs=jobs, done=lambda unit, result: None)
    assert not finished.failed, finished.failed
    return *clock.a_page(count), finished.tally.articles


def large(pages: list[bytes], megabytes: int) -> None:
    """Read one large file in a process of its own, and tell its memory."""
    with tempfile.TemporaryDirectory(prefix="bench-large-") as folder:
        root = Path(folder)
        with Archive.open(root / "archive", run=RUN, max_bytes=1 << 40) as archive:
            number = 0
            while archive.bytes < megabytes << 20:
                for fetch in exchanges(pages, 200):
                    body = fetch.payload + os.urandom(200_000)  # does not compress: the file grows fast
                    archive.append(type(fetch)(url=f"{fetch.url}?{number}", at=fetch.at, status=200,
                                               headers=fetch.headers, payload=body))  # fmt: skip
                    number += 1
        Store.open(root, run=RUN, sites=("example",)).close()
        print(f"\none file of {archive.bytes >> 20} MiB, {number} pages")
        told = subprocess.run(
            [sys.executable, __file__, "--read", str(root)], capture_output=True, text=True, check=True
        )
        print(told.stdout, end="")


def read_large(root: Path) -> None:
    """Read every record of an archive as a worker does, without the extractor; tell the memory on the way."""
    from newsspider.archive.reader import KINDS, response_in
    from newsspider.archive.records import WarcRecord, read

    (path,) = (root / "archive").glob("*/*.warc.gz")
    size, peak = path.stat().st_size, []
    for record in read(path, kinds=KINDS):
        if isinstance(record, WarcRecord):
            response = response_in(record)
            if response is not None:
                response.body()
            if record.offset * 10 // size >= len(peak):
                peak.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    print("peak memory after each tenth, MiB:", *peak)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--pages", type=Path)
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--large", type=int)
    options.add_argument("--read", type=Path)
    given = options.parse_args()
    if given.read:
        read_large(given.read)
        return
    pages = [p.read_bytes() for p in sorted(given.pages.rglob("*.html"))] if given.pages else made_pages()
    print("| what | wall ms a page | processor ms a page | articles | speed, extractor alone = 1 |")
    print("|---|---|---|---|---|")
    extractor_alone(pages, len(pages))  # warm up
    gc.collect()
    gc.freeze()  # as the processes of a re-extraction do
    with tempfile.TemporaryDirectory(prefix="bench-reextract-") as folder:
        archived(Path(folder), pages, given.count)
        for _ in range(given.rounds):
            alone, cpu, found = extractor_alone(pages, given.count)
            print(f"| the extractor alone, in memory | {alone:.2f} | {cpu:.2f} | {found} | 1 |")
            for jobs in (0, *given.jobs):
                name = f"{jobs} processes, started and ended" if jobs else "in this process"
                wall, used, found = anew(Path(folder), jobs, given.count)
                speed = f"{alone / wall:.2f} (by processor time {cpu / used:.2f})"
                print(f"| reextract, {name} | {wall:.2f} | {used:.2f} | {found} | {speed} |", flush=True)
    if given.large:
        large(pages, given.large)


if __name__ == "__main__":
    main()
