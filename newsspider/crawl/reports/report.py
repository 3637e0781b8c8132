"""The report of a run: what report.json holds. report_builder.py makes it from the run's files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from newsspider.crawl.reports.files import EventLine, Limit
from newsspider.crawl.reports.health import Alarm, Rhythm
from newsspider.crawl.summary import SiteSummary
from newsspider.errors import ExitCode
from newsspider.items import Outcome

SCHEMA: Final = 1
HOURS: Final = 24
#: Sites, pairs and reasons listed one by one; the rest is in the numbers of each site.
LISTED: Final = 30
VERDICTS: Final[Mapping[ExitCode, str]] = {
    ExitCode.FINE: "fine",
    ExitCode.DISK: "the disk failed or is full",
    ExitCode.CONFIGURATION: "a setting, an argument or a folder is wrong",
    ExitCode.ALREADY_RUNNING: "another run holds the site",
    ExitCode.SITE_FAILED: "a site failed",
    ExitCode.STOPPED: "stopped by a signal",
    ExitCode.STOPPED_TWICE: "stopped by two signals",
    ExitCode.MEMORY: "stopped by the memory limit",
    ExitCode.TIME: "stopped by the time limit",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The numbers of the whole run."""

    sites: int = 0
    sites_failed: int = 0
    visits: int = 0
    fetched: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    new: int = 0
    new_reprints: int = 0
    corrected: int = 0
    seconds: float = 0.0
    bytes: int = 0
    retries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Republished:
    """How many articles `site` republished of `origin` (None: its site is not known any more)."""

    origin: str | None
    site: str
    count: int
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A reason for which visits ended badly, over all sites."""

    outcome: Outcome
    reason: str
    count: int
    sites: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What report.json holds. `ended` is False for a run that was killed or is still running."""

    run: str
    command: str
    started: str | None
    finished: str | None
    ended: bool
    exit_code: int | None
    finish_reason: str | None
    message: str | None
    alarms: tuple[Alarm, ...]
    totals: Totals
    regions: Mapping[str, int]
    hours: tuple[int, ...]
    hour_unknown: int
    failures: tuple[Failure, ...]
    reprints: tuple[Republished, ...]
    limits: tuple[Limit, ...]
    left_over: Mapping[str, int]
    skipped: Mapping[str, str]
    insecure_tls: tuple[str, ...]
    gone: int
    back: int
    events: tuple[EventLine, ...]
    recovery: Mapping[str, object]
    damaged_lines: int
    output: tuple[str, ...]
    versions: Mapping[str, str]
    settings: Mapping[str, object]
    rhythms: Mapping[str, Rhythm]
    site_regions: Mapping[str, str]
    sites: tuple[SiteSummary, ...]
    schema: int = SCHEMA

    @property
    def verdict(self) -> str:
        """Say how the run ended."""
        if self.exit_code is None:
            return "did not end: it was killed, or it still runs"
        try:
            return VERDICTS[ExitCode(self.exit_code)]
        except ValueError:
            return f"ended with {self.exit_code}"

    @property
    def duration(self) -> float | None:
        """Seconds from start to end."""
        if self.started is None or self.finished is None:
            return None
        return (moment(self.finished) - moment(self.started)).total_seconds()


def moment(text: str) -> datetime:
    """Return a time as run.json writes it; the epoch for what is none."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
