"""P1, P2, P3, P5 on the real command: kill -9 at any instant, and the next `scrapy crawl` needs no repair."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.healthy import Healthy
from tests.faults.server import FaultyServer
from tests.running import Ended

ARTICLES = 60


def acknowledged(exports: Path) -> Counter:
    """What the sealed and open segments hold up to their last whole line, by (id, version)."""
    keys: Counter = Counter()
    for kind in ("articles", "reprints"):
        for path in exports.glob(f"{kind}/*/*.jsonl*"):
            import json

            for line in path.read_bytes().split(b"\n")[:-1]:
                record = json.loads(line)
                keys[record["id"], record["version"]] += 1
    return keys


def kill_and_go_on(kills: int, tmp_path: Path, scrapy: Callable[..., Ended], start: Callable) -> None:
    seed = 20261125
    chance = random.Random(seed)
    lives = 0
    with FaultyServer(Healthy(articles=ARTICLES)) as server:
        sites = tmp_path / "sites"
        server.write_spider(sites)
        done = 0
        while done < kills:
            exports = tmp_path / f"exports{lives}"
            lives += 1
            before: Counter = Counter()
            for _ in range(min(5, kills - done)):
                process = start("crawl", "faulty", sites=sites, exports=exports)
                time.sleep(chance.uniform(0.6, 2.2))
                process.send_signal(signal.SIGKILL)
                process.communicate()
                done += 1
                now = acknowledged(exports)
                assert max(now.values(), default=1) == 1, "P1: stored twice"
                assert before.keys() <= now.keys(), "P2: lost what was stored"
                before = now
            ended = scrapy("crawl", "faulty", sites=sites, exports=exports)
            assert ended.code == 0, ended.err
            records = ended.articles
            assert len(records) == ARTICLES
            assert len({record["url"] for record in records}) == ARTICLES
            assert acknowledged(exports).keys() >= before.keys()
            assert not list(exports.rglob("*.part"))
            verified = scrapy("verify", str(exports), exports=exports)
            assert verified.code == 0, verified.out + verified.err


@pytest.mark.timeout(600)
def test_p1_p2_p3_p5_kill_loop(tmp_path: Path, scrapy: Callable, start: Callable) -> None:
    kill_and_go_on(20, tmp_path, scrapy, start)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_p1_p2_p3_p5_long_kill_loop(tmp_path: Path, scrapy: Callable, start: Callable) -> None:
    kill_and_go_on(200, tmp_path, scrapy, start)
