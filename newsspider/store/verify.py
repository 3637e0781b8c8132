"""Verification: that an exports folder holds what it should, line by line and as a whole."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from newsspider.disk import Disk
from newsspider.errors import DamagedRecord, LedgerTooNew
from newsspider.items import Record, Visit
from newsspider.store.draft import Identify
from newsspider.store.events import Event
from newsspider.store.index import LEDGER
from newsspider.store.ledger import is_damaged
from newsspider.store.line_checks import (
    CheckPage,
    check_record,
    check_visit,
    raw_breaks,
    read_checked,
)
from newsspider.store.lines import read_lines
from newsspider.store.locks import RunLocks
from newsspider.store.segment import (
    PART,
    SegmentFile,
    find_foreign,
    find_segment,
    find_segments,
    same_lines,
)
from newsspider.store.whole_checks import Place, WholeChecks

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
            for item in list(find_segments(self._root)):
                self._segment(item, whole)
            for file, line, offset, reason, damage in whole.problems():
                self._tell(Problem(file=file, line=line, offset=offset, reason=reason, damage=damage))
        finally:
            whole.close()
        self._leftovers()
        return self._done

    def _ledger(self, whole: WholeChecks) -> None:
        file = f".state/{LEDGER}"
        try:
            whole.copy_ledger()
        except LedgerTooNew as error:
            self._tell(Problem(file=file, reason=f"{error}: update it, or `scrapy rebuild`"))
        except sqlite3.Error as error:
            hint = ": the next run makes it anew" if is_damaged(error) else ""
            self._tell(Problem(file=file, reason=f"{error}{hint}"))
        else:
            if not whole.has_ledger:
                reason = "there is none: the next run makes it from the segments"
                self._tell(Problem(file=file, reason=reason, damage=False))

    def _segment(self, item: SegmentFile, whole: WholeChecks) -> None:
        name = str(item.path.relative_to(self._root))
        known = whole.known(item.name)
        limit = None
        if known is None or not known.sealed:
            with self._runs.claimed(item.run) as dead:
                changed = whole.has_changed(item.name)
            if known is None and (changed or (item.open and not dead)):
                return  # begun after the check did
            if known is not None and (item.open or changed or not dead):
                limit = known.committed
            if item.open and dead and not changed:
                reason = "left by a run that did not end well: the next run finishes it"
                self._tell(Problem(file=name, reason=reason, damage=False))
        self._others(item)
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
        whole.add_segment(item.name, name, end, is_open=item.open or limit is not None)
        if self._progress:
            self._progress(name, count % 1000)

    def _lines(
        self, item: SegmentFile, limit: int | None, whole: WholeChecks
    ) -> Iterator[tuple[int, int, bytes, list[str]]]:
        """Yield (number, offset, line, what is wrong with it)."""
        number = offset = 0
        try:
            for number, (offset, line) in enumerate(self._read(item), 1):
                if limit is not None and offset >= limit:
                    return
                place = Place(item.name, number, offset, len(line))
                yield number, offset, line, self._check(item, place, line, whole)
        except (DamagedRecord, OSError) as error:
            yield number + 1, offset, b"", [f"cannot be read any further: {error}"]

    def _read(self, item: SegmentFile) -> Iterator[tuple[int, bytes]]:
        try:
            yield from read_lines(item.path)
        except FileNotFoundError:
            path = find_segment(self._root, item.name) if item.open else None
            if path is None:
                raise
            yield from read_lines(path)  # sealed since it was listed

    def _others(self, item: SegmentFile) -> None:
        """Tell of further files of one segment: whoever reads all files reads its lines twice."""
        for path in item.others:
            name = str(path.relative_to(self._root))
            if not path.name.endswith(PART):
                self._tell(Problem(file=name, reason=f"the lines of {item.path.name} once more"))
            elif path.exists() and same_lines(item.path, path):
                reason = f"left when {item.path.name} was finished: the next run removes it"
                self._tell(Problem(file=name, reason=reason, damage=False))
            elif path.exists():
                self._tell(Problem(file=name, reason=f"says something else than {item.path.name}"))

    def _check(self, item: SegmentFile, place: Place, line: bytes, whole: WholeChecks) -> list[str]:
        try:
            parsed = read_checked(item.kind, line)
        except DamagedRecord as error:
            return [str(error)]
        reasons = list(raw_breaks(line))
        match parsed:
            case Record():
                whole.add_record(parsed, place)
                reasons += check_record(parsed, item, self._identify, self._page)
            case Visit():
                whole.add_visit(parsed, place)
                reasons += check_visit(parsed, item, self._identify)
            case Event():
                whole.add_event(parsed, place)
                if parsed.run != item.run:
                    reasons.append(f"run {parsed.run[:200]!r} in the events of {item.run}")
        return reasons

    def _leftovers(self) -> None:
        for path, is_read in find_foreign(self._root):
            reason = "no name of a segment, so nobody here reads it" + (": loaders do" if is_read else "")
            self._tell(Problem(file=_printed(path.relative_to(self._root)), reason=reason, damage=is_read))
        for pattern, reason in (
            ("*/*/*.torn", "bytes that were no whole line, set aside by a recovery"),
            (".state/ledger.corrupt-*", "a damaged ledger, set aside"),
        ):
            for path in sorted(self._root.glob(pattern)):
                name = str(path.relative_to(self._root))
                self._tell(Problem(file=name, reason=reason, damage=False))

    def _tell(self, problem: Problem) -> None:
        self._done.problems.append(problem)


def _printed(path: Path) -> str:
    """Return a name that somebody else gave so that a terminal can show it."""
    name = str(path)
    return name if name.isprintable() else ascii(name)
