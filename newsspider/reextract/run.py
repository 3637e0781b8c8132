"""A re-extraction from beginning to end: one process a core, one unit at a time each."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import ClassVar, Final

from newsspider.reextract.past import Past
from newsspider.reextract.plan import Plan
from newsspider.reextract.tally import Tally, total
from newsspider.reextract.units import Unit
from newsspider.reextract.work import Worker

#: After so many processes died, and not one unit was done, the rest is not tried.
_DEATHS: Final = 3


@dataclass(frozen=True, slots=True)
class Failed:
    """A unit that could not be done, and why."""

    unit: Unit
    reason: str


@dataclass(frozen=True, slots=True)
class Finished:
    """What a re-extraction came to."""

    tally: Tally
    failed: tuple[Failed, ...]


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0))


def reextract(plan: Plan, *, jobs: int, done: Callable[[Unit, Tally | Failed], None]) -> Finished:
    """Do all units of a plan that are not done yet; `done` is told of each as it ends.

    `jobs` is the number of processes; 0 works in this one, where an error ends the whole. A
    process that dies takes no unit with it: what is left is tried again, one unit a process, so
    that only the unit that kills its process fails.
    """
    plan.save()
    if not plan.past.exists():
        unfinished = plan.past.with_name(plan.past.name + ".open")
        Past.build(Path(plan.exports), unfinished)
        unfinished.replace(plan.past)
    tallies = plan.done()
    left = [unit for unit in plan.units if unit.number not in tallies]
    failed: list[Failed] = []
    for unit, result in _all(plan, left, jobs):
        if isinstance(result, Tally):
            tallies[unit.number] = result
        else:
            failed.append(result)
        done(unit, result)
    return Finished(total(tallies.values()), tuple(failed))


def _all(plan: Plan, units: list[Unit], jobs: int) -> Iterator[tuple[Unit, Tally | Failed]]:
    if jobs == 0:
        worker = Worker.of(plan)
        for unit in units:
            yield unit, worker.do(unit)
        worker.past.close()
        return
    orphans: list[Unit] = []
    for unit, result in _in_pool(plan, units, jobs):
        if result is None:
            orphans.append(unit)
        else:
            yield unit, result
    died = 0
    for unit in orphans:
        if died == _DEATHS and len(orphans) == len(units):
            yield unit, Failed(unit, "no process lives long enough to do anything")
            continue
        for _, result in _in_pool(plan, [unit], 1):
            died += result is None
            yield unit, Failed(unit, "its process died") if result is None else result


def _in_pool(plan: Plan, units: Sequence[Unit], jobs: int) -> Iterator[tuple[Unit, Tally | Failed | None]]:
    """Yield each unit's result; None where a process of the pool died before it was done."""
    if not units:
        return
    number = min(jobs, len(units))
    with ProcessPoolExecutor(number, _context(), initializer=_Process.begin, initargs=(plan,)) as pool:
        futures = {pool.submit(_Process.do, unit): unit for unit in units}
        try:
            for future in as_completed(futures):
                yield futures[future], _result(future, futures[future])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _context() -> BaseContext:
    """Fork: a process begins with all modules loaded. A process with threads cannot be forked safely."""
    return multiprocessing.get_context("fork" if threading.active_count() == 1 else "spawn")


def _result(future: "Future[Tally]", unit: Unit) -> Tally | Failed | None:
    error = future.exception()
    if isinstance(error, BrokenProcessPool):
        return None
    if error is not None:
        return Failed(unit, f"{type(error).__name__}: {error}")
    return future.result()


class _Process:
    """The worker of one process."""

    worker: ClassVar[Worker | None] = None

    @classmethod
    def begin(cls, plan: Plan) -> None:
        threading.Thread(target=_end_with_parent, daemon=True).start()
        cls.worker = Worker.of(plan)
        # Modules and sites stay to the end: the collector need not walk them at each of its rounds.
        # No collection before it: that would touch, and so copy, all the memory shared with the parent.
        gc.freeze()

    @classmethod
    def do(cls, unit: Unit) -> Tally:
        assert cls.worker is not None  # noqa: S101 (begin came first)
        return cls.worker.do(unit)


def _end_with_parent() -> None:
    # A process that waits for its next unit does not learn that nobody is left to give it one.
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
