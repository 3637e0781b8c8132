"""A small world of sites for the tests of the store: days of visits, disks that fail, readers."""

import errno
import gzip
import json
import os
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newsspider.disk import Disk
from newsspider.items import Article, Outcome, Visit, WarcRef
from newsspider.page.urls import article_id
from newsspider.store.draft import Draft, Known
from newsspider.store.ledger import Ledger
from newsspider.store.store import Store

NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
TOPICS = ("小麦", "地铁", "博物馆", "降雨", "高铁", "苹果", "河道", "图书馆", "茶叶", "桥梁")


def prose(number: int, paragraphs: int = 4) -> str:
    """A body of its own for each number, long enough to be recognised."""
    topic = TOPICS[number % len(TOPICS)]
    return "\n\n".join(
        f"第{number}号报道的第{part}段说，{topic}项目在{number * 7 + part}月份里完成了"
        f"{number * 31 + part * 17}公里的任务，负责人编号{number}{part}介绍了{topic}的进展和安排。"
        for part in range(paragraphs)
    )


def visit(site: str, number: int | str, run: str, **given: Any) -> Visit:
    """A visit of an article's page, stored unless something else is given."""
    url = f"http://news.{site}.example.cn/2026-11/25/{number}.html"
    values: dict[str, Any] = {
        "run": run,
        "site": site,
        "url": url,
        "id": article_id(url),
        "via": "listing",
        "outcome": Outcome.STORED,
        "at": NOW.isoformat(),
        "status": 200,
    }
    return Visit(**(values | given))


def draft(site: str, number: int, *, body: str | None = None, **given: Any) -> Draft:
    """What the page of an article gave."""
    url = f"http://news.{site}.example.cn/2026-11/25/{number}.html"
    title = given.pop("title", f"第{number}号新闻")
    values: dict[str, Any] = {
        "id": article_id(url),
        "article": Article(
            url=url,
            title=title,
            published_at="2026-11-25T08:00+08:00",
            published_precision="minute",
            source="大河网",
            body=prose(number) if body is None else body,
        ),
        "site": site,
        "region": "CN-HA",
        "fetched_at": NOW.isoformat(),
        "final_url": url,
        "status": 200,
        "encoding": "utf-8",
        "encoding_from": "header",
        "warc": (WarcRef(file="2026-11/run.warc.gz", offset=number),),
        "spider": site,
        "layout": None,
        "extractor": "1",
    }
    return Draft(**(values | given))


def retry(known: Known | None, seen: Visit, now: datetime) -> datetime | None:
    """A schedule like the real one: failures soon, articles tomorrow, listings never."""
    if seen.outcome is Outcome.LISTING:
        return None
    if seen.outcome in {Outcome.FAILED, Outcome.GONE, Outcome.BLOCKED}:
        tries = known.tries if known else 0
        return now + timedelta(hours=2**tries)
    return now + timedelta(days=1)


def open_store(root: Path, run: str, *sites: str, **given: Any) -> Store:
    """Open a store with the fixed clock and the schedule of this world."""
    values: dict[str, Any] = {"now": lambda: NOW, "schedule": retry, "identify": article_id}
    return Store.open(root, run=run, sites=sites or ("dahe",), **(values | given))


Entry = tuple[Visit, Draft | None]


def days(run: str, day: int) -> list[list[Entry]]:
    """The batches of one day: new articles, reprints, a twin, failures; corrections; an end, a return."""
    if day == 0:
        first = [(visit("dahe", n, run), draft("dahe", n)) for n in range(4)]
        listing = visit(
            "dahe", "list", run, outcome=Outcome.LISTING, found=("http://news.dahe.example.cn/later.html",)
        )
        second: list[Entry] = [
            (visit("hnr", 100, run), draft("hnr", 100, body=prose(1))),
            (visit("hnr", 101, run), draft("hnr", 101, body=prose(2))),
            (visit("dahe", 900, run), draft("dahe", 900, body=prose(0))),
            (visit("dahe", 901, run, outcome=Outcome.FAILED, reason="timeout", status=None), None),
        ]
        return [[*first, (listing, None)], second, [(visit("hnr", 7, run), draft("hnr", 7))]]
    if day == 1:
        return [
            [
                (visit("dahe", 0, run), draft("dahe", 0, body=prose(0) + "\n\n更正：以本段为准。")),
                (visit("dahe", 1, run), draft("dahe", 1)),
                (visit("dahe", 2, run, outcome=Outcome.GONE, reason="410", status=410), None),
            ],
            [(visit("hnr", 100, run), draft("hnr", 100, body=prose(1), title="又一个标题"))],
        ]
    return [
        [
            (visit("dahe", 0, run), draft("dahe", 0)),
            (visit("dahe", 2, run), draft("dahe", 2)),
            (visit("dahe", 901, run), draft("dahe", 901)),
        ]
    ]


DAYS = 3


def work(store: Store, day: int, acknowledged: Callable[[Visit], None] | None = None) -> None:
    """Do a day's work: add, commit, tell what was acknowledged."""
    for batch in days(store.run, day):
        for seen, given in batch:
            store.add(seen, given)
        for ended in store.commit():
            if acknowledged is not None:
                acknowledged(ended)
    store.close()


# -- readers -----------------------------------------------------------------------------------------


def lines(root: Path, *kinds: str) -> Iterator[dict[str, Any]]:
    """What a consumer reads at any moment: every whole line, in `.part` files up to the last newline.

    A `.part` beside its compressed file is that file's source, which a kill left there.
    """
    for kind in kinds:
        pattern = "*/visits.jsonl*" if kind == "runs" else "*/*.jsonl*"
        for path in sorted((root / kind).glob(pattern)):
            finished = path.suffix in {".jsonl", ".gz"}
            if not finished and (path.suffix != ".part" or path.with_suffix(".gz").exists()):
                continue
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            if finished:
                assert data.endswith(b"\n"), f"{path} does not end with a newline"
            for line in data[: data.rfind(b"\n") + 1].split(b"\n")[:-1]:
                yield json.loads(line, parse_constant=_refuse)


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def stored(root: Path) -> dict[tuple[str, int], str]:
    """(id, version) to digest over articles and reprints; no key occurs twice."""
    found: dict[tuple[str, int], str] = {}
    for record in lines(root, "articles", "reprints"):
        key = (record["id"], record["version"])
        assert key not in found, f"{key} is there twice"
        found[key] = record["digest"]
    for (key, number), digest in found.items():
        assert found.get((key, number - 1)) != digest, "two consecutive versions have one digest"
    return found


def story(root: Path) -> dict[str, Any]:
    """All that must not depend on crashes: versions, where they lie, events, what is known."""
    return {
        "versions": stored(root),
        "reprints": Counter(line["id"] for line in lines(root, "reprints")),
        "events": Counter((line["event"], line["id"]) for line in lines(root, "events")),
    }


@contextmanager
def memory_folder(otherwise: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a kill leaves the same bytes, and a sync costs nothing."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield otherwise
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="newsspider-") as folder:
        yield Path(folder)


# -- disks that fail -----------------------------------------------------------------------------------

#: The operations of a Disk that change something.
OPERATIONS = ("write_at", "sync", "truncate", "rename", "remove", "make_directory", "sync_directory")


@dataclass
class Points:
    """Counts the instants before and after each operation, and does `act` at number `stop`."""

    stop: int
    act: Callable[[str], None]
    count: int = 0
    names: list[str] = field(default_factory=list)

    def reach(self, name: str) -> None:
        """Pass an instant."""
        self.names.append(name)
        self.count += 1
        if self.count == self.stop:
            self.act(name)


def kill(name: str) -> None:
    """End the process as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


class PointDisk(Disk):
    """A disk whose every operation passes a point before, in the middle (writes) and after."""

    def __init__(self, points: Points) -> None:
        self.points = points

    def write_at(self, fd: int, data: bytes, offset: int) -> None:
        self.points.reach("before write")
        half = len(data) // 2
        super().write_at(fd, data[:half], offset)
        self.points.reach("half written")
        super().write_at(fd, data[half:], offset + half)
        self.points.reach("after write")


def _pointed(name: str) -> Callable[..., Any]:
    def method(self: PointDisk, *args: Any, **kwargs: Any) -> Any:
        self.points.reach(f"before {name}")
        result = getattr(Disk, name)(self, *args, **kwargs)
        self.points.reach(f"after {name}")
        return result

    return method


for _name in OPERATIONS[1:]:
    setattr(PointDisk, _name, _pointed(_name))


def point_ledger(points: Points) -> None:
    """Make BEGIN and COMMIT of the ledger pass points too; for a process of its own."""
    for name in ("begin", "commit"):
        real = getattr(Ledger, name)

        def method(self: Ledger, real: Callable[[Ledger], None] = real, name: str = name) -> None:
            points.reach(f"before {name}")
            real(self)
            points.reach(f"after {name}")

        setattr(Ledger, name, method)


class FullDisk(Disk):
    """A disk with `room` bytes left: what does not fit is written as far as it goes, then fails."""

    def __init__(self, room: int, error: int = errno.ENOSPC) -> None:
        self.room = room
        self.error = error
        self.active = True

    def write_at(self, fd: int, data: bytes, offset: int) -> None:
        if not self.active:
            super().write_at(fd, data, offset)
            return
        fits = data[: self.room]
        super().write_at(fd, fits, offset)
        self.room -= len(fits)
        if len(fits) < len(data):
            raise OSError(self.error, os.strerror(self.error))
