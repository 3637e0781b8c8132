"""kill -9 at every named point of the store and of its recovery, and at random: P1, P2, P3, P5."""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))

from store_world import (
    DAYS,
    PointDisk,
    Points,
    draft,
    kill,
    lines,
    memory_folder,
    open_store,
    point_ledger,
    stored,
    story,
    visit,
    work,
)

from newsspider.items import Visit
from newsspider.page.urls import article_id
from newsspider.store.verify import check_exports


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    with memory_folder(tmp_path) as folder:
        yield folder


def in_child(
    work_of: Callable[[Points], None], stop: int, *, delay: float | None = None
) -> tuple[bool, list[str]]:
    """Do the work in a process that is killed at point `stop`, or after `delay` seconds.

    Returns whether it ended by itself, and the names of the points it passed.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(read)
            points = Points(stop, kill)
            point_ledger(points)
            work_of(points)
            os.write(write, "\n".join(points.names).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(write)
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False, []
    assert os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return True, told.decode().splitlines()


def day_of(root: Path, run: str, day: int, log: Path, **given: object) -> Callable[[Points], None]:
    """A day's work that writes down what was acknowledged."""

    def do(points: Points) -> None:
        fd = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

        def acknowledge(visit: Visit) -> None:
            if visit.version is not None:
                os.write(fd, f"{visit.article} {visit.version}\n".encode())

        work(open_store(root, run, "dahe", "hnr", io=PointDisk(points), **given), day, acknowledge)

    return do


def acknowledged(log: Path) -> set[tuple[str, int]]:
    if not log.exists():
        return set()
    return {(a, int(n)) for a, n in (line.split() for line in log.read_text().splitlines())}


def earlier_days(root: Path, day: int) -> None:
    for number in range(day):
        work(open_store(root, f"run-{number}", "dahe", "hnr"), number)


def check_what_follows(root: Path, log: Path, day: int, undisturbed: Path) -> None:
    """At once, and after the next runs, which need no repair by hand, the promises hold."""
    at_once = stored(root)
    assert acknowledged(log) <= at_once.keys(), "acknowledged and lost"
    for later in range(day, DAYS):
        store = open_store(root, f"again-{later}", "dahe", "hnr")
        assert at_once.items() <= stored(root).items(), "recovery lost a version"
        work(store, later)
    assert story(root) == story(undisturbed)
    assert not list(root.rglob("*.part")), "left unfinished"
    found = check_exports(root, identify=article_id)
    assert found.is_whole, [str(problem) for problem in found.problems]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("undisturbed") / "exports"
    earlier_days(root, DAYS)
    return root


#: Every point takes minutes; the usual run takes every seventh, and other ones for each day.
EVERY = [pytest.param(1, marks=pytest.mark.slow, id="every point"), pytest.param(7, id="every 7th")]


@pytest.mark.parametrize("step", EVERY)
@pytest.mark.parametrize("day", range(DAYS))
def test_p1_p2_p3_killed_at_every_point(tmp_path: Path, undisturbed: Path, day: int, step: int) -> None:
    before = tmp_path / "before"
    earlier_days(before, day)
    stop, ended = -day % step, False
    while not ended:
        stop += step
        root, log = tmp_path / f"{stop}", tmp_path / f"{stop}.log"
        if day:
            shutil.copytree(before, root)
        ended, names = in_child(day_of(root, f"run-{day}", day, log), stop)
        check_what_follows(root, log, day, undisturbed)
    assert 60 < len(names) < stop <= len(names) + step


@pytest.mark.parametrize("step", EVERY)
@pytest.mark.parametrize("compress", [False, True])
def test_killed_while_segments_are_rotated_and_compressed(
    tmp_path: Path, undisturbed: Path, step: int, *, compress: bool
) -> None:
    stop, ended = 0, False
    while not ended:
        stop += step
        root, log = tmp_path / f"{stop}", tmp_path / f"{stop}.log"
        given = {"max_bytes": 1_000, "compress": compress}
        ended, _ = in_child(day_of(root, "run-0", 0, log, **given), stop)
        check_what_follows(root, log, 0, undisturbed)


#: Points at which a first kill leaves most for recovery to do, by name and occurrence.
FIRST_KILLS = [
    ("half written", 2),
    ("after write", 3),
    ("half written", 6),
    ("after write", 8),
    ("before commit", 2),
    ("after commit", 3),
    ("before rename", 1),
    ("after rename", 1),
]


def point_number(tmp_path: Path, name: str, occurrence: int) -> int:
    """Return the number of the n-th point of that name in an undisturbed day."""
    ended, names = in_child(day_of(tmp_path / "count", "run-0", 0, tmp_path / "count.log"), 0)
    assert ended
    return [number for number, reached in enumerate(names, 1) if reached == name][occurrence - 1]


@pytest.mark.parametrize(("name", "occurrence"), FIRST_KILLS)
@pytest.mark.parametrize("lose_ledger", [False, True])
@pytest.mark.parametrize("step", EVERY)
def test_killed_again_at_every_point_of_the_recovery(
    tmp_path: Path, undisturbed: Path, name: str, occurrence: int, step: int, *, lose_ledger: bool
) -> None:
    first = point_number(tmp_path, name, occurrence)
    root, log = tmp_path / "first", tmp_path / "log"
    ended, _ = in_child(day_of(root, "run-0", 0, log), first)
    assert not ended
    if lose_ledger:
        (root / ".state" / "ledger.sqlite3").unlink(missing_ok=True)
    stop = -occurrence % step
    while not ended:
        stop += step
        again = tmp_path / f"{stop}"
        shutil.copytree(root, again)

        def recover(points: Points, again: Path = again) -> None:
            open_store(again, "recovering", "hnr", io=PointDisk(points))

        ended, _ = in_child(recover, stop)
        check_what_follows(again, log, 0, undisturbed)
        shutil.rmtree(again)


def kill_at_random(tmp_path: Path, undisturbed: Path, kills: int) -> None:
    """Each round: kill day after day at random instants, up to three times each, then finish."""
    rng = random.Random(20261125)
    done = 0
    for round_ in range(20 * kills):  # some days end before their kill
        root, log = tmp_path / f"{round_}", tmp_path / f"{round_}.log"
        day = rng.randrange(DAYS)
        earlier_days(root, day)
        for attempt in range(rng.randint(1, 3)):
            run = f"run-{day}-{attempt}"
            ended, _ = in_child(day_of(root, run, day, log), 0, delay=rng.uniform(0.001, 0.03))
            done += not ended
        check_what_follows(root, log, day, undisturbed)
        shutil.rmtree(root)
        if done >= kills:
            break
    assert done >= kills


def test_killed_at_random(tmp_path: Path, undisturbed: Path) -> None:
    kill_at_random(tmp_path, undisturbed, 20)


@pytest.mark.slow
def test_killed_at_random_many_times(tmp_path: Path, undisturbed: Path) -> None:
    kill_at_random(tmp_path, undisturbed, 300)


@pytest.mark.parametrize(
    "name", ["before write", "half written", "after write", "before commit", "after commit"]
)
def test_a_run_killed_inside_its_commit_beside_a_living_one(tmp_path: Path, name: str) -> None:
    """The living run learns what the dead one wrote before it judges: no text is stored twice."""
    root = tmp_path / "exports"
    living = open_store(root, "living", "hnr")

    def die(points: Points) -> None:
        store = open_store(root, "dying", "dahe", io=PointDisk(points))
        store.add(visit("dahe", 1, "dying"), draft("dahe", 1))
        points.names.clear()
        points.act = lambda reached: kill(reached) if reached == name and len(points.names) > 4 else None
        points.stop = -1
        real = points.reach

        def reach(reached: str) -> None:
            real(reached)
            points.act(reached)

        points.reach = reach  # type: ignore[method-assign]
        store.commit()

    ended, _ = in_child(die, 0)
    assert not ended
    living.add(visit("hnr", 1, "living"), draft("hnr", 1, body=draft("dahe", 1).article.body))
    (seen,) = living.commit()
    living.close()
    store = open_store(root, "next", "dahe")
    store.add(visit("dahe", 1, "next"), draft("dahe", 1))
    store.close()
    kinds = (
        [line["site"] for line in lines(root, "articles")],
        [line["site"] for line in lines(root, "reprints")],
    )
    assert kinds in ((["dahe"], ["hnr"]), (["hnr"], ["dahe"]))
    assert (seen.outcome == "reprint") == (kinds[0] == ["dahe"])
    assert check_exports(root, identify=article_id).is_whole
