"""Recovery: the ledger is brought to what the files say. One function for every start.

A normal start, a crash, a lost ledger and an older copy of it differ only in how far each
segment is indexed. Lines are read from there; what a dead run left unsealed is sealed; bytes behind
the last whole line are set aside, never silently deleted. It can be repeated after a kill at
any point.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from typing import Final

import msgspec

from newsspider.errors import DamagedRecord
from newsspider.items import Visit
from newsspider.store.events import Event
from newsspider.store.ledger import Ledger
from newsspider.store.lines import check_ids, check_time, check_version, decode, read_lines
from newsspider.store.mending import mend
from newsspider.store.recovery_report import RecoveryReport
from newsspider.store.segment import PART, SegmentFile, find_segments, same_lines, seal
from newsspider.store.setup import Setup
from newsspider.store.texts import Texts
from newsspider.store.versions import Version
from newsspider.store.visits import replay_visit

#: Lines between two commits of the ledger: each writes every page that it touched, and keys come in
#: random order. And lines between two signs of life.
_CHUNK: Final = 100_000
_TOLD: Final = 1_000
#: Bytes of segments that the ledger does not know, beyond which they are not committed one by one.
_MUCH: Final = 32 << 20


class _Line(msgspec.Struct):
    """The part of a record that the ledger indexes."""

    id: str
    digest: str
    version: int
    site: str
    story: str
    extractor: str
    title: str
    body: str


class Recovery:
    """Indexes what the ledger lacks and finishes what dead runs left."""

    def __init__(self, setup: Setup, ledger: Ledger, texts: Texts) -> None:
        """Recover the folder of `setup`; the caller holds the commit lock."""
        self._setup = setup
        self._root = setup.root
        self._ledger = ledger
        self._texts = texts
        self._runs = setup.runs
        self.report = RecoveryReport()
        self._much = False
        self._waiting = 0

    def run(self) -> RecoveryReport:
        """Bring the ledger to the files; return what was done."""
        known = {name: (end, sealed) for name, end, sealed in self._ledger.segments.all()}
        self.report.rebuilt = not known
        segments = list(find_segments(self._root))
        behind = sum(item.path.stat().st_size for item in segments if item.name not in known)
        self._much = behind >= _MUCH
        with self._ledger.large_cache() if self._much else nullcontext():
            self._bring(segments, known)
        self.report.rebuilt = self.report.rebuilt and self.report.adopted > 0
        return self.report

    def _bring(self, segments: list[SegmentFile], known: dict[str, tuple[int, bool]]) -> None:
        for item in segments:
            state = known.pop(item.name, None)
            if state is not None and state[1] and self._untouched(item, state[0]):
                continue
            if item.open:
                self._commit()
            self._segment(item, state[0] if state else 0)
        self._commit()
        self._forget_empty([name for name, (end, _) in known.items() if not end])
        self.report.missing += [name for name, (end, _) in known.items() if end]
        self._runs.sweep()

    def _untouched(self, item: SegmentFile, committed: int) -> bool:
        if item.open or item.others:
            return False
        # The length of a compressed file says nothing: `verify` reads it.
        return item.compressed or item.path.stat().st_size == committed

    def _forget_empty(self, names: list[str]) -> None:
        """Forget segments without a line whose file was removed when they were finished."""
        if names:
            self._ledger.begin()
            for name in names:
                self._ledger.segments.forget(name)
            self._ledger.commit()

    def _segment(self, item: SegmentFile, committed: int) -> None:
        """Index a segment from `committed` and finish it if its run is dead."""
        self._remove_leftovers(item)
        shorter = self._is_shorter(item, committed)
        if shorter:
            self.report.shorter.append(self._name(item))
            committed = 0
        if not item.open:
            self._index(item, committed, anew=shorter)
            return
        with self._runs.claimed(item.run) as dead:
            if dead:
                for offset, size in mend(item.path, committed, partial(_check, item.kind), self._setup.disk):
                    self.report.torn[f"{self._name(item)}@{offset}"] = size
            self._index(item, committed, anew=shorter)
            if dead:
                self._finish(item)

    def _remove_leftovers(self, item: SegmentFile) -> None:
        """Remove the `.part` that a kill left between the last two steps of sealing.

        One that says something else stays, and `verify` names it.
        """
        for path in item.others:
            with self._runs.claimed(item.run) as dead:
                if dead and path.name.endswith(PART) and same_lines(item.path, path):
                    self._setup.disk.remove(path)

    def _name(self, item: SegmentFile) -> str:
        return str(item.path.relative_to(self._root))

    def _is_shorter(self, item: SegmentFile, committed: int) -> bool:
        """Tell whether a segment lacks bytes that the ledger has indexed: the file is right."""
        if item.compressed or not committed:
            return False
        with item.path.open("rb") as file:
            file.seek(committed - 1)
            return file.read(1) != b"\n"

    def _finish(self, item: SegmentFile) -> None:
        seal(
            self._root,
            item.name,
            self._setup.disk,
            compress=self._setup.compress and item.kind != "visits",
        )
        self.report.sealed.append(item.name)
        self._ledger.begin()
        end = self._ledger.segments.committed(item.name)
        if end and end[0]:
            self._ledger.segments.set_committed(item.name, end[0], sealed=True)
        else:
            self._ledger.segments.forget(item.name)
        self._ledger.commit()

    def _index(self, item: SegmentFile, committed: int, *, anew: bool) -> None:
        """Index the lines from `committed`.

        With `anew` what was indexed of it is forgotten first, and so are the URLs of articles that
        it holds no more, all in one transaction. Where only a later version is lost, its URL is due.
        """
        end, count = committed, 0
        self._begin()
        forgotten = self._ledger.segments.forget(item.name) if anew else []
        for count, (offset, line) in enumerate(self._lines(item, committed), 1):
            if not self._enter(item, offset, line) and item.open:
                break
            end = offset + len(line)
            if count % _TOLD == 0:
                self._tell(item, _TOLD)
            self._waiting += 1
            if self._waiting >= _CHUNK and not anew:
                self._ledger.segments.set_committed(item.name, end)
                self._commit()
                self._begin()
        left = {article: self._ledger.versions.latest(article) for article, _ in forgotten}
        self._ledger.urls.forget_articles([article for article, latest in left.items() if latest is None])
        self._ledger.urls.ask_again(
            {article for article, number in forgotten if (now := left[article]) and now.number < number}
        )
        self._ledger.segments.set_committed(item.name, end, sealed=not item.open)
        if item.open or not self._much:
            self._commit()
        self._tell(item, count % _TOLD)

    def _begin(self) -> None:
        if not self._ledger.connection.in_transaction:
            self._ledger.begin()

    def _commit(self) -> None:
        if self._ledger.connection.in_transaction:
            self._ledger.commit()
        self._waiting = 0

    def _tell(self, item: SegmentFile, count: int) -> None:
        if self._setup.progress:
            self._setup.progress(item.name, count)

    def _lines(self, item: SegmentFile, committed: int) -> Iterator[tuple[int, bytes]]:
        try:
            yield from read_lines(item.path, committed)
        except DamagedRecord as error:
            self.report.damaged.append(f"{self._name(item)}: {error}")

    def _enter(self, item: SegmentFile, offset: int, line: bytes) -> bool:
        """Index a line; False when it is damaged: in a sealed file it is told and passed over."""
        try:
            parsed = _check(item.kind, line)
        except DamagedRecord:
            if not item.open:
                self.report.damaged.append(f"{self._name(item)} at byte {offset}")
            return False
        match parsed:
            case Visit():
                replay_visit(self._ledger, parsed, self._setup.rules)
            case Event():
                if self._ledger.absences.told(parsed.id) is not None:
                    self._ledger.absences.set_gone(parsed.id, told=parsed.event == "gone")
            case _:
                self._enter_record(parsed, item, offset, len(line))
        self.report.adopted += 1
        return True

    def _enter_record(self, line: _Line, item: SegmentFile, offset: int, length: int) -> None:
        version = Version(
            line.id,
            line.version,
            line.digest,
            item.name,
            offset,
            length,
            line.site,
            line.extractor,
            line.story,
        )
        if self._ledger.versions.add(version):
            self._texts.add(line)
        elif version not in self._ledger.versions.of(line.id):
            self.report.conflicts.append(f"{self._name(item)} at byte {offset}")


def _check(kind: str, line: bytes) -> Visit | Event | _Line:
    """Return the line as what recovery indexes. Raises DamagedRecord when it is not whole."""
    if not line.endswith(b"\n"):
        raise DamagedRecord("no newline at its end")
    if kind == "visits":
        visit = decode(line, Visit)
        check_ids(visit.id, visit.article, visit.digest)
        check_version(visit.version)
        check_time(visit.published_at)
        return visit
    if kind == "events":
        event = decode(line, Event)
        check_ids(event.id)
        return event
    record = decode(line, _Line)
    check_ids(record.id, record.digest, record.story)
    check_version(record.version)
    return record
