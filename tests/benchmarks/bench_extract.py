"""What extraction costs: milliseconds a page, and how often a bare parse fits into it.

    python tests/benchmarks/bench_extract.py [--corpus DIR] [--rounds 9]

Pages are the labelled corpus's articles where it is there (`../shared/corpus` beside the checkout, or --corpus), else
the test pages of tests/extract/families. Every round measures the bare parse and each extractor one after the other, on
one core, by processor time; the figures are medians of the rounds' ratios. trafilatura and gne run beside it where they
are installed (`pip install newsspider[bench]`); they get the page already decoded.
"""

import argparse
import contextlib
import gzip
import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lxml import html

from newsspider.extract.article import extract
from newsspider.page.decode import decode
from newsspider.page.document import Page

ROOT = Path(__file__).parents[2]
Work = Callable[[], object]


def main() -> None:
    """Measure and print one row for each extractor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    pages = _pages(options.corpus)
    texts = [decode(body).text for body, _ in pages]
    works: dict[str, Work] = {
        "lxml.html, bare parse": _each(html.document_fromstring, texts),
        "newsspider, outline": _each(lambda page: Page.from_bytes(page[0], url=page[1]).outline, pages),
        "newsspider, full record": _each(lambda page: extract(Page.from_bytes(page[0], url=page[1])), pages),
        **_peers(texts),
    }
    rounds = [[_seconds(work) for work in works.values()] for _ in range(options.rounds)]
    size = sum(len(body) for body, _ in pages) / len(pages) / 1000
    print(f"{len(pages)} pages of {size:.0f} kB, {options.rounds} rounds")
    for at, name in enumerate(works):
        times = [row[at] * 1000 / len(pages) for row in rounds]
        ratio = statistics.median(row[at] / row[0] for row in rounds)
        print(f"{name:<26} {statistics.median(times):8.2f} ms a page {ratio:7.1f} times a bare parse")


def _pages(corpus: Path) -> list[tuple[bytes, str | None]]:
    found: list[tuple[bytes, str | None]] = []
    for path in sorted(corpus.glob("pages/*/gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        if gold["kind"] == "article":
            found.append((gzip.decompress((path.parent / "page.html.gz").read_bytes()), gold.get("url")))
    if not found:
        families = sorted((ROOT / "tests" / "extract" / "families").glob("*.html"))
        found = [
            (path.read_bytes(), f"http://a.example/2023/0329/{at}.html") for at, path in enumerate(families)
        ]
    return found


def _peers(texts: Sequence[str]) -> dict[str, Work]:
    peers: dict[str, Work] = {}
    try:
        import trafilatura
    except ImportError as error:
        print(f"without trafilatura: {error}")
    else:
        peers["trafilatura"] = _each(
            lambda text: trafilatura.bare_extraction(text, with_metadata=True), texts
        )
    try:
        from gne import GeneralNewsExtractor
        from gne.exceptions import NoContentException
    except ImportError as error:
        print(f"without gne: {error}")
    else:
        extractor = GeneralNewsExtractor()

        def read(text: str) -> None:
            # It fails on some pages.
            with contextlib.suppress(NoContentException, ValueError, AttributeError, IndexError, TypeError):
                extractor.extract(text)

        peers["gne"] = _each(read, texts)
    return peers


def _each(work: Callable[[Any], object], pages: Sequence[Any]) -> Work:
    """Return the work on every page, whose result is not kept: a crawl keeps none either."""

    def run() -> None:
        for page in pages:
            work(page)

    return run


def _seconds(work: Work) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
