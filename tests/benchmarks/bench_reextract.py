"""How fast an archive is read anew: against the extractor alone, on one core and on several, and in what memory.

    python tests/benchmarks/bench_reextract.py [--pages FOLDER] [--count 1000] [--jobs 1 2] [--rounds 5]
                                               [--large MEGABYTES]

FOLDER holds saved pages (*.html); without it pages are made (see bench_archive). The pages are
archived and their articles stored, as a crawl does; then they are read anew and compared with the
stored ones. The extractor alone reads the same pages from memory: bytes in, article out. All take
turns, round after round, and the table has the medians: what else the machine does strikes all
alike. Processes are started and ended within the time that is measured. With --large a WARC file
of that size is made in the temporary folder and the memory of the worker that reads it is watched.
"""

import argparse
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_archive import RUN, exchanges, made_pages

from newsspider.archive.exchange import Exchange
from newsspider.archive.reader import StoredResponse, load
from newsspider.archive.writer import Archive
from newsspider.extract import EXTRACTOR
from newsspider.extract.article import extract
from newsspider.items import Outcome, Visit, WarcRef
from newsspider.page.document import Page
from newsspider.page.urls import article_id
from newsspider.reextract.plan import Plan
from newsspider.reextract.reading import read_page
from newsspider.reextract.run import reextract
from newsspider.reextract.units import split
from newsspider.store.draft import Draft
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


def extractor_alone(fetches: list[Exchange]) -> tuple[float, float]:
    """Milliseconds a page (wall, processor)."""
    clock = Clock()
    for fetch in fetches:
        extract(Page.from_bytes(fetch.payload, url=fetch.url, content_type="text/html"))
    return clock.a_page(len(fetches))


def crawled(root: Path, fetches: list[Exchange], pages: int) -> int:
    """Archive the pages and store their articles; return how many there are.

    After so many `pages` they come again, as another site's: one site's texts are stored once.
    """
    stored = 0
    sites = [f"example_{number // pages}" for number in range(len(fetches))]
    with Archive.open(root / "archive", run=RUN, max_bytes=1 << 40) as archive:
        refs = [archive.append(fetch) for fetch in fetches]
        archive.sync()
        store = Store.open(root, run=RUN, sites=tuple(sorted(set(sites))))
        for ref, site in zip(refs, sites, strict=True):
            stored += _stored(store, load(root / "archive", ref), ref, site)
        store.commit()
        store.close()
    return stored


def _stored(store: Store, response: StoredResponse, ref: WarcRef, site: str) -> bool:
    reading = read_page(response, None)
    if reading.article is None:
        return False
    draft = Draft(
        id=article_id(response.url),
        article=reading.article,
        site=site,
        region=None,
        fetched_at=f"{response.date[:19]}Z",
        final_url=response.url,
        status=200,
        encoding=reading.encoding,
        encoding_from=reading.encoding_from,
        warc=(ref,),
        spider=site,
        extractor=EXTRACTOR,
    )
    visit = Visit(
        run=RUN, site=site, url=response.url, id=draft.id, via="listing", outcome=Outcome.STORED,
        at=draft.fetched_at, status=200, warc=(ref,),
    )  # fmt: skip
    store.add(visit, draft)
    return True


def anew(root: Path, jobs: int, count: int) -> tuple[float, float]:
    """Milliseconds a page of a whole re-extraction (wall, processor)."""
    files = [(p.relative_to(root / "archive").as_posix(), p) for p in (root / "archive").glob("*/*.warc.gz")]
    run = f"20261121T090000Z-reextract-{os.urandom(3).hex()}"
    plan = Plan(run, str(root), str(root / "archive"), (), tuple(split(files, jobs=jobs)))
    clock = Clock()
    finished = reextract(plan, jobs=jobs, done=lambda unit, result: None)
    cost = clock.a_page(count)
    assert not finished.failed, finished.failed
    assert (finished.tally.responses, finished.tally.gained) == (count, 0), finished.tally
    return cost


def compare(pages: list[bytes], count: int, jobs: list[int], rounds: int) -> None:
    """Let all take turns, and print the medians."""
    fetches = exchanges(pages, count)
    with tempfile.TemporaryDirectory(prefix="bench-reextract-") as folder:
        root = Path(folder)
        print(f"{count} pages, {crawled(root, fetches, len(pages))} articles, medians of {rounds} rounds\n")
        gc.collect()
        gc.freeze()  # as the processes of a re-extraction do
        ways: dict[str, Callable[[], tuple[float, float]]] = {
            "the extractor alone, in memory": lambda: extractor_alone(fetches),
            "reextract, in this process": lambda: anew(root, 0, count),
        }
        for number in jobs:
            name = f"reextract, {number} process{'es' if number > 1 else ''}, started and ended"
            ways[name] = lambda number=number: anew(root, number, count)
        costs = {name: [] for name in ways}
        for _ in range(rounds):
            for name, work in ways.items():
                costs[name].append(work())
    print("| what | wall ms a page | processor ms a page | speed, extractor alone = 1 | by processor time |")
    print("|---|---|---|---|---|")
    alone = costs["the extractor alone, in memory"]
    for name, figures in costs.items():
        wall, cpu = (median(figure[of] for figure in figures) for of in (0, 1))
        speeds = (median(a[of] for a in alone) / median(f[of] for f in figures) for of in (0, 1))
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {' | '.join(f'{speed:.2f}' for speed in speeds)} |")


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
    from newsspider.reextract.work import batches

    (path,) = (root / "archive").glob("*/*.warc.gz")
    size, peak = path.stat().st_size, []
    for batch in batches(read(path, kinds=KINDS)):
        for record in batch:
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
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--large", type=int)
    options.add_argument("--read", type=Path)
    given = options.parse_args()
    if given.read:
        read_large(given.read)
        return
    pages = [p.read_bytes() for p in sorted(given.pages.rglob("*.html"))] if given.pages else made_pages()
    compare(pages, given.count, given.jobs, given.rounds)
    if given.large:
        large(pages, given.large)


if __name__ == "__main__":
    main()
