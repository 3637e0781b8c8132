"""kill -9 at every named point of the store, and of its recovery: P1, P2, P3, P5 hold."""

import os
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))

from store_world import (
    DAYS,
    PointDisk,
    Points,
    kill,
    open_store,
    point_ledger,
    stored,
    story,
    work,
)

from newsspider.items import Visit


def day_in_child(root: Path, run: str, day: int, stop: int, log: Path) -> tuple[bool, int]:
    """Do a day's work in a process that is killed at point `stop`; (ended by itself, its points)."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(read)
            points = Points(stop, kill)
            point_ledger(points)
            fd = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

            def acknowledge(visit: Visit) -> None:
                if visit.version is not None:
                    os.write(fd, f"{visit.article} {visit.version}\n".encode())

            work(open_store(root, run, "dahe", "hnr", io=PointDisk(points)), day, acknowledge)
            os.write(write, str(points.count).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False, 0
    assert os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return True, int(told)


def acknowledged(log: Path) -> set[tuple[str, int]]:
    if not log.exists():
        return set()
    return {(a, int(n)) for a, n in (line.split() for line in log.read_text().splitlines())}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("undisturbed") / "exports"
    for day in range(DAYS):
        work(open_store(root, f"run-{day}", "dahe", "hnr"), day)
    return root


def points_of(tmp_path: Path, day: int) -> int:
    root = tmp_path / "count"
    for earlier in range(day):
        work(open_store(root, f"run-{earlier}", "dahe", "hnr"), earlier)
    ended, points = day_in_child(root, f"run-{day}", day, 0, tmp_path / "count.log")
    assert ended
    return points


@pytest.mark.parametrize("day", range(DAYS))
def test_killed_at_every_point(tmp_path: Path, undisturbed: Path, day: int) -> None:
    stop = 0
    while True:
        stop += 1
        root, log = tmp_path / f"{stop}", tmp_path / f"{stop}.log"
        for earlier in range(day):
            work(open_store(root, f"run-{earlier}", "dahe", "hnr"), earlier)
        ended, _ = day_in_child(root, f"run-{day}", day, stop, log)
        at_once = stored(root)
        assert acknowledged(log) <= at_once.keys(), "acknowledged and lost"
        # The next run needs no repair by hand, and ends with the full set.
        for later in range(day, DAYS):
            work(open_store(root, f"again-{later}", "dahe", "hnr"), later)
        assert at_once.items() <= stored(root).items()
        assert story(root) == story(undisturbed)
        if ended:
            break
    assert stop > 30
