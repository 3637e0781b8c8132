"""Verification: that an exports folder holds what it should, line by line and as a whole."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from newsspider.disk import Disk
from newsspider.errors import DamagedRecord
from newsspider.items import Record, Visit
from newsspider.store.draft import Identify
from newsspider.store.events import Event
from newsspider.store.index import LEDGER
from newsspider.store.line_checks import (
    CheckPage,
    check_record,
    check_visit,
    raw_breaks,
    read_checked,
)
from newsspider.store.lines import read_lines
from newsspider.store.locks import RunLocks
from newsspider.store.segment import SegmentFile, find_segments
from newsspider.store.whole_checks import WholeChecks

#: Problems of one file that are told; the others are counted.
MOST_PER_FILE: Final = 20

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that is not as it should be, and where; `damage` tells it from a remark."""

    file: str
    line: int | None = None
    offset: int | None = None
    reason: str
    damage: bool = True

    def __str__(self) -> str:
        """Say it in one line."""
        place = self.file
        if self.line is not None:
            place += f":{self.line} (byte {self.offset})"
        return f"{place}: {self.reason}"


@dataclass(slots=True)
class Verification:
    """What was checked."""

    lines: dict[str, int] = field(default_factory=dict)
    bytes: int = 0
    files: int = 0
    problems: list[Problem] = field(default_factory=list)
    untold: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is damaged."""
        return not self.untold and not any(problem.damage for problem in self.problems)


def check_exports(
    root: Path,
    *,
    identify: Identify | None = None,
    page: CheckPage | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Check every line of the folder, and the lines and the ledger against each other.

    Nothing is changed. Runs may be at work: of their segments only the part is read that the
    ledger had committed when the check began. identify recomputes the id of a URL; page says
    what is wrong with an archived page.
    """
    return _Verifier(root, identify, page, progress).run()


class _Verifier:
    def __init__(
        self,
        root: Path,
        identify: Identify | None,
        page: CheckPage | None,
        progress: Progress | None,
    ) -> None:
        self._root = root
        self._identify = identify
        self._page = page
        self._progress = progress
        self._done = Verification()
        self._runs = RunLocks(root / ".state" / "runs", Disk())

    def run(self) -> Verification:
        if not self._root.is_dir():
            self._tell(Problem(file=str(self._root), reason="there is no such folder"))
            return self._done
        whole = WholeChecks(self._root / ".state" / LEDGER)
        try:
            self._ledger(whole)
            for item in find_segments(self._root):
                self._segment(item, whole)
            for file, reason in whole.problems():
                self._tell(Problem(file=file, reason=reason))
        finally:
            whole.close()
        self._leftovers()
        return self._done

    def _ledger(self, whole: WholeChecks) -> None:
        file = f".state/{LEDGER}"
        try:
            whole.copy_ledger()
        except sqlite3.DatabaseError as error:
            self._tell(Problem(file=file, reason=f"{error}: the next run makes it anew"))
        else:
            if not whole.has_ledger:
                reason = "there is none: the next run makes it from the segments"
                self._tell(Problem(file=file, reason=reason, damage=False))

    def _segment(self, item: SegmentFile, whole: WholeChecks) -> None:
        name = str(item.path.relative_to(self._root))
        limit = whole.committed(item.name) if item.open else None
        if item.open:
            with self._runs.claimed(item.run) as dead:
                if dead:
                    reason = "left by a run that did not end well: the next run finishes it"
                    self._tell(Problem(file=name, reason=reason, damage=False))
                elif limit is None:
                    return  # begun after the check did
        self._done.files += 1
        count = told = 0
        end = 0
        for number, offset, line, reasons in self._lines(item, limit, whole):
            count, end = number, offset + len(line)
            for reason in reasons:
                told += 1
                if told <= MOST_PER_FILE:
                    problem = Problem(file=name, line=number, offset=offset, reason=reason)
                    self._tell(problem)
                else:
                    self._done.untold += 1
            if self._progress and count % 1000 == 0:
                self._progress(name, 1000)
        self._done.bytes += end
        self._done.lines[item.kind] = self._done.lines.get(item.kind, 0) + count
        whole.add_segment(item.name, name, end, is_open=item.open)
        if self._progress:
            self._progress(name, count % 1000)

    def _lines(
        self, item: SegmentFile, limit: int | None, whole: WholeChecks
    ) -> Iterator[tuple[int, int, bytes, list[str]]]:
        """Yield (number, offset, line, what is wrong with it)."""
        number = offset = 0
        try:
            for number, (offset, line) in enumerate(read_lines(item.path), 1):
                if limit is not None and offset >= limit:
                    return
                yield number, offset, line, self._check(item, offset, line, whole)
        except (DamagedRecord, OSError) as error:
            yield number + 1, offset, b"", [f"cannot be read any further: {error}"]

    def _check(self, item: SegmentFile, offset: int, line: bytes, whole: WholeChecks) -> list[str]:
        try:
            parsed = read_checked(item.kind, line)
        except DamagedRecord as error:
            return [str(error)]
        reasons = list(raw_breaks(line))
        match parsed:
            case Record():
                whole.add_record(parsed, item.name, offset, len(line))
                reasons += check_record(parsed, item, self._identify, self._page)
            case Visit():
                whole.add_visit(parsed, item.name, offset)
                reasons += check_visit(parsed, item)
            case Event():
                if parsed.run != item.run:
                    reasons.append(f"run {parsed.run[:200]!r} in the events of {item.run}")
        return reasons

    def _leftovers(self) -> None:
        for pattern, reason in (
            ("*/*/*.torn", "bytes that were no whole line, set aside by a recovery"),
            (".state/ledger.corrupt-*", "a damaged ledger, set aside"),
        ):
            for path in sorted(self._root.glob(pattern)):
                name = str(path.relative_to(self._root))
                self._tell(Problem(file=name, reason=reason, damage=False))

    def _tell(self, problem: Problem) -> None:
        self._done.problems.append(problem)
