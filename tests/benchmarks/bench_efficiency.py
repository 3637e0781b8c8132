"""What a second run costs, as the table of docs/efficiency.md.

python -m tests.benchmarks.bench_efficiency 10000          # the last 30 days of 10,000 articles
python -m tests.benchmarks.bench_efficiency 1200 all       # all of 1,200
"""

import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from newsspider.demo.world import CHINA, World
from tests.e2e.demo_world import served
from tests.e2e.second_run import Cost, measure
from tests.running import ROOT, Ended, command, environment


def crawl(*arguments: str, **settings: object) -> Ended:
    began = time.monotonic()
    done = subprocess.run(
        command(*arguments, **settings),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    print(f"<!-- exit {done.returncode}, {time.monotonic() - began:.1f} s -->", file=sys.stderr)
    return Ended(done.returncode, done.stdout, done.stderr, settings["exports"])


def row(scale: int, run: str, cost: Cost) -> str:
    lists = cost.requests - cost.article_requests
    cells = (
        f"{scale:,}", run, cost.new, cost.corrected, len(cost.missed), cost.requests, lists,
        cost.article_requests, f"{cost.per_article:.2f}",
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def main(scale: int, since: str | None) -> None:
    world = World(datetime.now(CHINA).date(), scale=scale)
    with tempfile.TemporaryDirectory() as folder, served(world) as server:
        measured = measure(server, crawl, Path(folder), since=since)
    print(row(scale, f"first, {'all' if since else '30 days'}", measured.first))
    print(row(scale, "second", measured.second))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
