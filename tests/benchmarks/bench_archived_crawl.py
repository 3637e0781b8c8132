"""What keeping the raw pages costs a crawl: the same crawl with and without the archive, in turns.

    python tests/benchmarks/bench_archived_crawl.py [--scale 1500] [--rounds 3]

The demo's sites, their pages as heavy as a portal's, are served by a process of its own, gzipped
and without delays. The portion is told by wall
and by processor time of the crawling process; on a machine that does other work the second is the
steadier one.
"""

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_archive import _furniture

from newsspider.demo.answering import Answer, Answers
from newsspider.demo.server import DemoServer
from newsspider.demo.sites import ADDRESSES, BY_HOST, profiles
from newsspider.demo.world import CHINA, World

SITE = """
from newsspider.profile import SiteProfile
from newsspider.site_spider import SiteSpider

class Spider(SiteSpider):
    profile = {profile!r}
"""


class HeavyAnswers(Answers):
    """The demo's answers with the navigation and scripts of a portal around each page."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        rng = random.Random(1)
        self._furniture = {host: _furniture(rng, site.encoding) for host, site in BY_HOST.items()}

    def answer(self, host: str, target: str, headers: Mapping[str, str]) -> Answer:
        found = super().answer(host, target, headers)
        furniture = self._furniture.get(host, b"").replace(b"href=", b"name=")  # no links to follow
        return replace(found, body=found.body.replace(b"</body>", furniture + b"</body>"))


def serve(scale: int) -> None:
    server = DemoServer(World(datetime.now(CHINA).date(), scale=scale))
    server._answers = HeavyAnswers(server.world)
    with server:
        print("serving", flush=True)
        signal.pause()


def written_sites(folder: Path) -> None:
    for profile in profiles():
        given = {
            name: getattr(profile, name)
            for name in (
                "name",
                "title",
                "region",
                "hosts",
                "start",
                "article_url",
                "sitemaps",
                "feeds",
                "load_more",
            )
        }
        text = ", ".join(f"{name}={value!r}" for name, value in given.items())
        source = SITE.replace("{profile!r}", f"SiteProfile({text})")
        (folder / f"{profile.name}.py").write_text(source, "utf-8")


def crawl(sites: Path, *, archived: bool) -> tuple[float, float, int, int]:
    """Return seconds of wall and of processors, the visits, and the archive's bytes."""
    settings = {
        "SPIDER_MODULES": str(sites),
        "ALLOW_PRIVATE_ADDRESSES": "1",
        "RESOLVER_ADDRESSES": json.dumps(dict(ADDRESSES)),
        "DOWNLOAD_DELAY": "0",
        "DOWNLOAD_TIMEOUT": "3",
        "RETRY_ENABLED": "0",
        "ARCHIVE_ENABLED": str(int(archived)),
    }
    with tempfile.TemporaryDirectory(prefix="bench-crawl-") as exports:
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        command = [
            sys.executable,
            "-m",
            "scrapy",
            "crawlsites",
            "--all",
            "-s",
            f"EXPORTS_DIR={exports}",
            *options,
        ]
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        visits = sum(len(p.read_bytes().splitlines()) for p in Path(exports).glob("runs/*/visits.jsonl"))
        size = sum(p.stat().st_size for p in Path(exports).glob("archive/*/*"))
    if visits < 100:
        raise SystemExit(f"the crawl did not work:\n{done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, visits, size


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--scale", type=int, default=1500)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--serve", action="store_true")
    given = options.parse_args()
    if given.serve:
        serve(given.scale)
        return
    command = [sys.executable, __file__, "--serve", "--scale", str(given.scale)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(os.environ))
    try:
        assert server.stdout is not None
        if not server.stdout.readline():
            raise SystemExit("the demo's port is taken")
        with tempfile.TemporaryDirectory(prefix="bench-sites-") as folder:
            written_sites(Path(folder))
            measure(Path(folder), given.rounds)
    finally:
        server.terminate()
        server.wait()


def measure(sites: Path, rounds: int) -> None:
    print("| archive | visits | wall s | processor s | processor ms a visit | archive bytes a visit |")
    print("|---|---|---|---|---|---|")
    costs: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(rounds):
        for archived in (False, True):
            wall, cpu, visits, size = crawl(sites, archived=archived)
            costs[archived].append(cpu / visits)
            figures = f"{visits} | {wall:.1f} | {cpu:.1f} | {1000 * cpu / visits:.2f} | {size // visits}"
            print(f"| {'kept' if archived else 'none'} | {figures} |", flush=True)
    without, kept = (min(costs[archived]) for archived in (False, True))
    print(f"\nthe archive takes {(kept - without) / kept:.1%} of the processor time (best rounds)")


if __name__ == "__main__":
    main()
