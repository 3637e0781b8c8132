"""The writer: the segments of one run, and the order in which a batch becomes safe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newsspider.store.ledger import Ledger
from newsspider.store.lines import encode
from newsspider.store.segment import KINDS, Segment, seal
from newsspider.store.setup import Setup


class Batch:
    """The lines of one commit, by kind of segment."""

    def __init__(self, segment_of: Callable[[str], Segment]) -> None:
        """Begin empty."""
        self._segment_of = segment_of
        self.lines: dict[str, list[bytes]] = {kind: [] for kind in KINDS}
        self._ends: dict[str, int] = {}

    def add(self, kind: str, record: object) -> tuple[str, int, int]:
        """Add a line; return (segment, offset, length)."""
        line = encode(record)
        segment = self._segment_of(kind)
        start = self._ends.get(kind, segment.end)
        self._ends[kind] = start + len(line)
        self.lines[kind].append(line)
        return segment.name, start, len(line)


class Writer:
    """Writes the batches of one run."""

    def __init__(self, setup: Setup) -> None:
        """Write as `setup` says; segments beyond its `max_bytes` are sealed and the next begun."""
        self._setup = setup
        self._segments: dict[str, Segment] = {}
        self._begun: dict[str, int] = {}

    @contextmanager
    def batch(self, ledger: Ledger) -> Iterator[Batch]:
        """Collect lines and ledger entries; then bytes, sync, COMMIT, in this order.

        Should anything fail before COMMIT, bytes and entries are taken back.
        """
        batch = Batch(self._segment)
        ends: dict[str, int] = {}
        ledger.begin()
        try:
            yield batch
            for kind, lines in batch.lines.items():
                if lines:
                    segment, data = self._segment(kind), b"".join(lines)
                    ends[kind] = segment.end + len(data)
                    segment.write(data)
                    ledger.segments.set_committed(segment.name, ends[kind])
        except BaseException:
            ledger.rollback()
            for kind in ends:
                self._segments[kind].rollback()
            raise
        try:
            ledger.commit()
        except BaseException:
            ledger.rollback()  # the lines are safe all the same: recovery reads them
            raise
        for kind, end in ends.items():
            self._segments[kind].end = end

    def rotate(self, ledger: Ledger) -> None:
        """Seal the segments that are full."""
        for kind, segment in list(self._segments.items()):
            if segment.end >= self._setup.max_bytes and kind != "visits":
                self._seal(kind, ledger)

    def seal(self, ledger: Ledger) -> None:
        """Seal all segments."""
        for kind in list(self._segments):
            self._seal(kind, ledger)

    def close(self) -> None:
        """Close the files as they are; a second call does nothing."""
        for segment in self._segments.values():
            segment.close()

    def _segment(self, kind: str) -> Segment:
        if kind not in self._segments:
            self._segments[kind] = Segment(self._setup.root, self._name(kind), self._setup.disk)
        return self._segments[kind]

    def _name(self, kind: str) -> str:
        if kind == "visits":
            return f"runs/{self._setup.run}/visits"
        self._begun[kind] = number = self._begun.get(kind, 0) + 1
        suffix = f".{number:04d}" if number > 1 else ""
        return f"{kind}/{self._setup.now():%Y-%m}/{self._setup.run}{suffix}"

    def _seal(self, kind: str, ledger: Ledger) -> None:
        segment = self._segments.pop(kind)
        segment.close()
        if not segment.end:
            return
        compress = self._setup.compress and kind != "visits"
        seal(self._setup.root, segment.name, self._setup.disk, compress=compress)
        ledger.begin()
        ledger.segments.set_committed(segment.name, segment.end, sealed=True)
        ledger.commit()
