"""What the archive costs a page, and what it is read back with.

    python tests/benchmarks/bench_archive.py [--pages FOLDER] [--count 2000] [--zlib]

FOLDER holds saved pages (*.html); without it pages are made: a story of the demo between the
navigation, link lists and scripts of a portal, about 60 kB. Compare figures of one run only; the
temporary folder is filled with what is written.
"""

import argparse
import gzip
import hashlib
import io
import random
import tempfile
import time
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from lxml import html
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsspider.archive import deflate
from newsspider.archive.exchange import Exchange
from newsspider.archive.records import read
from newsspider.archive.writer import Archive
from newsspider.demo.answering import Answers
from newsspider.demo.sites import SITES
from newsspider.demo.world import World

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
RUN = "20261120T090000Z-many-0a1b2c"
BATCH = 50


def made_pages(count: int = 100) -> list[bytes]:
    """Pages like those of a portal: the story is a tenth of their bytes."""
    world = World(date(2026, 11, 20), scale=150)
    answers = Answers(world)
    rng = random.Random(1)
    pages = []
    for site in SITES:
        for article in world.articles(site):
            body = answers.answer(site.host, article.path, {}).body
            pages.append(body.replace(b"</body>", _furniture(rng, site.encoding) + b"</body>"))
    return pages[:count]


def _furniture(rng: random.Random, encoding: str) -> bytes:
    hanzi = [chr(rng.randrange(0x4E00, 0x4E00 + 1500)) for _ in range(600)]
    parts = []
    for number in range(360):
        title = "".join(rng.choices(hanzi, k=rng.randint(9, 22)))
        path = f"/{rng.choice(('yw', 'ms', 'cj'))}/2026-11/{rng.randint(1, 28):02}/content_{rng.randrange(10**6)}.htm"
        parts.append(f'<li class="item-{number % 7}"><a href="{path}" target="_blank">{title}</a></li>\n')
    words = [f"v{rng.randrange(10**5)}" for _ in range(300)]
    script = ";".join(f"var {rng.choice(words)}={rng.randrange(10**6)}" for _ in range(500))
    text = f'<div class="nav"><ul>{"".join(parts)}</ul></div><script>{script}</script>'
    return text.encode(encoding, "replace")


def timed(work: Callable[[], object], count: int) -> str:
    """Milliseconds for one of `count`: of the processor and, behind it, of the wall clock; the best of three."""
    best = min(_once(work) for _ in range(3))
    return " / ".join(f"{seconds * 1000 / count:.3f}" for seconds in best)


def _once(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.process_time() - processor, time.perf_counter() - wall


def exchanges(pages: list[bytes], count: int, **given: object) -> list[Exchange]:
    return [
        Exchange(
            url=f"http://news.example.cn/2026-11/20/content_{n}.htm",
            at=AT + timedelta(milliseconds=n),
            status=200,
            headers=((b"Content-Type", b"text/html"), (b"Server", b"nginx"), *given.get("headers", ())),
            # every page is another one: nothing is a revisit unless it is meant to be
            payload=pages[n % len(pages)] + (b"" if given.get("same") else f"<!-- {n} -->".encode()),
            request_headers=((b"User-Agent", b"newsspider"), (b"Accept", b"text/html")),
            metadata={"site": "example", "via": "listing"},
        )
        for n in range(count)
    ]


def write(fetches: list[Exchange]) -> tuple[str, Path]:
    folder = Path(tempfile.mkdtemp(prefix="bench-archive-"))
    rounds = count()

    def work() -> None:
        with Archive.open(folder / str(next(rounds)), run=RUN) as archive:
            for number, fetch in enumerate(fetches):
                archive.append(fetch)
                if number % BATCH == BATCH - 1:
                    archive.sync()

    cost = timed(work, len(fetches))
    (path,) = (folder / "0").glob("*/*.warc.gz")
    return cost, path


def by_warcio(fetches: list[Exchange]) -> str:
    def work() -> None:
        with tempfile.TemporaryFile() as out:
            writer = WARCWriter(out, gzip=True, warc_version="1.1")
            for fetch in fetches:
                headers = StatusAndHeaders(
                    "200 OK", [(k.decode(), v.decode()) for k, v in fetch.headers], protocol="HTTP/1.1"
                )
                response = writer.create_warc_record(
                    fetch.url, "response", payload=io.BytesIO(fetch.payload), http_headers=headers
                )
                asked = StatusAndHeaders(
                    "GET / HTTP/1.1",
                    [(k.decode(), v.decode()) for k, v in fetch.request_headers],
                    is_http_request=True,
                )
                request = writer.create_warc_record(fetch.url, "request", http_headers=asked)
                writer.write_request_response_pair(request, response)

    return timed(work, len(fetches))


def parts(pages: list[bytes]) -> None:
    """What the single steps cost."""
    size = sum(map(len, pages)) / len(pages)
    print(f"\n{len(pages)} pages, {size / 1000:.1f} kB on average\n")
    print("| step | ms a page (processor / wall) | bytes a page |")
    print("|---|---|---|")
    parse = timed(lambda: [html.document_fromstring(p) for p in pages], len(pages))
    print(f"| a bare parse, for comparison | {parse} | |")
    sha1 = timed(lambda: [hashlib.sha1(p, usedforsecurity=False).digest() for p in pages], len(pages))
    print(f"| one SHA-1 | {sha1} | |")
    for level in (1, 2, 3, 4, 6, 9):
        sizes: list[int] = []

        def work(level: int = level, sizes: list[int] = sizes) -> None:
            for page in pages:
                packer = zlib.compressobj(level, zlib.DEFLATED, deflate.GZIP)
                sizes.append(len(packer.compress(page)) + len(packer.flush()))

        cost = timed(work, len(pages))
        print(f"| gzip level {level} | {cost} | {sum(sizes) // len(sizes)} |")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--pages", type=Path)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--zlib", action="store_true", help="without ISA-L, even where it is installed")
    given = options.parse_args()
    if given.zlib:
        deflate.fast = None
    print("packed with", "zlib" if deflate.fast is None else "ISA-L")
    pages = [p.read_bytes() for p in sorted(given.pages.rglob("*.html"))] if given.pages else made_pages()
    parts(pages)
    print(
        "\n| the archive, in batches of 50 synced fetches | ms a fetch (processor / wall) | bytes a fetch |"
    )
    print("|---|---|---|")
    fetches = exchanges(pages, given.count)
    packed = exchanges(
        [gzip.compress(p, 6) for p in pages], given.count, headers=((b"Content-Encoding", b"gzip"),)
    )
    for name, list_ in (
        ("pages sent uncompressed", fetches),
        ("pages sent gzipped", packed),
        ("pages that are known (revisits)", exchanges(pages[:10], given.count, same=True)),
    ):
        cost, path = write(list_)
        print(f"| {name} | {cost} | {path.stat().st_size // given.count} |")
    print(f"| warcio, response and request, nothing synced, no index | {by_warcio(fetches)} | |")
    _, path = write(fetches)
    print("\n| reading back | ms a fetch (processor / wall) |")
    print("|---|---|")
    print(f"| the strict reader, all digests | {timed(lambda: list(map(id, read(path))), given.count)} |")
    only = timed(lambda: list(map(id, read(path, kinds={"response"}))), given.count)
    print(f"| the strict reader, responses only | {only} |")
    cost = timed(lambda: [r.content_stream().read() for r in _warcio(path)], given.count)
    print(f"| warcio, digests checked | {cost} |")


def _warcio(path: Path):
    with path.open("rb") as stream:
        yield from ArchiveIterator(stream, check_digests=True)


if __name__ == "__main__":
    main()
