"""The files of a run as a report needs them: read leniently, since a killed run has a report too."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final, TypeVar, get_type_hints

import msgspec

from newsspider.archive.places import month
from newsspider.errors import ConfigurationError, DamagedRecord
from newsspider.items import Visit
from newsspider.store.lines import decode, read_lines

RUNS: Final = "runs"
REPORT_JSON: Final = "report.json"
REPORT_HTML: Final = "report.html"
# 20261125T083000Z-dahe-0a1b2c
_LABEL: Final = slice(17, -7)
_T = TypeVar("_T")
#: The best first: beside a finished file, the `.part` is a leftover of sealing.
_SUFFIXES: Final = (".jsonl", ".jsonl.gz", ".jsonl.part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A budget that was reached: on which site (None: the run), which one, and what it stopped."""

    site: str | None = None
    limit: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disappearance:
    """A site of which so many stored articles were gone at once that no deletion was recorded."""

    site: str
    gone: int
    revisited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What run.json says; a run that was killed has no end, and every field may be missing."""

    run: str
    command: str = ""
    started: str | None = None
    finished: str | None = None
    sites: tuple[str, ...] = ()
    skipped: dict[str, str] = field(default_factory=dict)
    exit_code: int | None = None
    finish_reason: str | None = None
    message: str | None = None
    limits: tuple[Limit, ...] = ()
    left_over: dict[str, int] = field(default_factory=dict)
    insecure_tls: tuple[str, ...] = ()
    disappearances: tuple[Disappearance, ...] = ()
    recovery: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)


class Line(msgspec.Struct, frozen=True, gc=False):
    """The fields of a stored record that a report counts."""

    id: str
    site: str
    title: str
    change: str
    region: str | None = None
    url: str | None = None
    published_at: str | None = None
    fetched_at: str | None = None
    source: str | None = None
    reprint_of: str | None = None
    similarity: float | None = None


class EventLine(msgspec.Struct, frozen=True, gc=False):
    """The fields of an event (a stored article is gone, or back) that a report shows."""

    event: str
    site: str
    url: str
    reason: str | None = None


@dataclass(slots=True)
class Reader:
    """Reads the lines of one run; what is no line is counted in `damaged` and passed over."""

    exports: Path
    run: str
    damaged: int = 0

    def __post_init__(self) -> None:
        """Refuse a name that is no run id, before it becomes part of a path."""
        month(self.run)
        if not self.folder.is_dir():
            raise ConfigurationError(f"there is no run {self.run} in {self.exports / RUNS}")

    @property
    def folder(self) -> Path:
        """Where the run's own files lie."""
        return self.exports / RUNS / self.run

    def facts(self) -> RunFacts:
        """Return what run.json says; a field that makes no sense is left out."""
        known: dict[str, Any] = {}
        with contextlib.suppress(OSError, msgspec.DecodeError):
            said = msgspec.json.decode((self.folder / "run.json").read_bytes())
            types = get_type_hints(RunFacts)
            for spec in fields(RunFacts) if isinstance(said, dict) else ():
                with contextlib.suppress(msgspec.ValidationError, KeyError):
                    known[spec.name] = msgspec.convert(said[spec.name], types[spec.name])
        return RunFacts(**{**known, "run": self.run})

    def visits(self) -> Iterator[Visit]:
        """Yield the visits of the run."""
        for path in _one_each([self.folder / f"visits{suffix}" for suffix in _SUFFIXES]):
            yield from self._decoded(path, Visit)

    def lines(self, kind: str) -> Iterator[Line]:
        """Yield what the run stored under `kind` (articles, reprints)."""
        for path in self.segments(kind):
            yield from self._decoded(path, Line)

    def events(self) -> Iterator[EventLine]:
        """Yield the events of the run."""
        for path in self.segments("events"):
            yield from self._decoded(path, EventLine)

    def segments(self, kind: str) -> list[Path]:
        """Return the run's segments of a kind: those of its month and, past midnight, the next."""
        # The id was checked: it holds no character that glob would take for a pattern.
        return _one_each(list((self.exports / kind).glob(f"*/{self.run}.*")))

    def _decoded(self, path: Path, kind: type[_T]) -> Iterator[_T]:
        try:
            for _, line in read_lines(path):
                try:
                    yield decode(line, kind)
                except DamagedRecord:
                    self.damaged += 1
        except (OSError, DamagedRecord):
            self.damaged += 1


def _one_each(paths: list[Path]) -> list[Path]:
    """Return one file a segment."""
    best: dict[str, Path] = {}
    for suffix in _SUFFIXES:
        for path in paths:
            if path.name.endswith(suffix) and path.is_file():
                best.setdefault(str(path).removesuffix(suffix), path)
    return [best[name] for name in sorted(best)]


def label_of(run: str) -> str:
    """Return what a run is of: the name of its site, or "many"."""
    return run[_LABEL]


def run_ids(exports: Path) -> list[str]:
    """Return the runs of an exports folder, oldest first."""
    found = []
    with contextlib.suppress(FileNotFoundError), os.scandir(exports / RUNS) as entries:
        for entry in entries:
            with contextlib.suppress(ConfigurationError):
                month(entry.name)
                found.append(entry.name)
    return sorted(found)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that nobody ever sees half of it. Raises OSError."""
    data = content.encode() if isinstance(content, str) else content
    # Runs of different sites may end in the same moment, and all of them write the index.
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
