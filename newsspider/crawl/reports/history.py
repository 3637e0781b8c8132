"""What earlier runs left: the reports of the sites of a run, and where originals were published."""

import contextlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

import msgspec

from newsspider.crawl.reports.files import REPORT_JSON, RUNS, label_of, run_ids
from newsspider.crawl.reports.health import RUNS_COMPARED, PastRun, Rhythm
from newsspider.crawl.summary import SiteSummary
from newsspider.errors import DamagedRecord
from newsspider.store.lines import open_lines

#: Earlier reports that are opened at most; beyond them a site counts as new.
REPORTS_READ: Final = 200
#: Bytes of earlier articles read at most to learn where reprinted originals were published.
ORIGINALS_READ: Final = 512 << 20
_MANY: Final = "many"


class _Past(msgspec.Struct, frozen=True):
    """The parts of an earlier report.json that health looks at."""

    finished: datetime | None = None
    ended: bool = False
    sites: tuple[SiteSummary, ...] = ()
    rhythms: dict[str, Rhythm] = {}
    site_regions: dict[str, str] = {}


@dataclass(slots=True)
class History:
    """By site: its last runs (oldest first), its rhythm after the latest of them, its region."""

    past: dict[str, list[PastRun]] = field(default_factory=dict)
    rhythms: dict[str, Rhythm] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, exports: Path, *, before: str, sites: Collection[str]) -> Self:
        """Read the reports of the runs before `before`, newest first, until all sites have seven."""
        history = cls()
        open_sites = set(sites)
        opened = 0
        for run in reversed(run_ids(exports)):
            if not open_sites or opened >= REPORTS_READ:
                break
            if run >= before or label_of(run) not in {_MANY, *open_sites}:
                continue
            opened += 1
            with contextlib.suppress(OSError, msgspec.MsgspecError, ValueError):
                path = exports / RUNS / run / REPORT_JSON
                history._add(msgspec.json.decode(path.read_bytes(), type=_Past), open_sites)
        for runs in history.past.values():
            runs.reverse()
        return history

    def _add(self, report: _Past, open_sites: set[str]) -> None:
        for site, region in report.site_regions.items():
            if site in open_sites:
                self.regions.setdefault(site, region)
        for site, rhythm in report.rhythms.items():
            if site in open_sites:
                self.rhythms.setdefault(site, rhythm)
        for summary in report.sites:
            # A run that was killed, or that never reached the site, is no measure.
            if not (report.ended and report.finished and summary.fetched):
                continue
            if summary.site in open_sites:
                runs = self.past.setdefault(summary.site, [])
                runs.append(PastRun(ended=_aware(report.finished), site=summary))
                if len(runs) >= RUNS_COMPARED:
                    open_sites.discard(summary.site)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class _Identity(msgspec.Struct, frozen=True, gc=False):
    id: str
    site: str


def original_sites(exports: Path, wanted: Collection[str]) -> Mapping[str, str]:
    """Return the sites of articles that were stored earlier, read newest first within a bound."""
    missing = set(wanted)
    found: dict[str, str] = {}
    left = ORIGINALS_READ
    segments = sorted((exports / "articles").glob("*/*.jsonl*"), key=lambda path: path.name)
    decoder = msgspec.json.Decoder(_Identity)
    for path in reversed(segments):
        if not missing or left <= 0:
            break
        if path.name.endswith((".open", ".torn")):
            continue
        with contextlib.suppress(OSError, DamagedRecord), open_lines(path) as file:
            for line in file:
                left -= len(line)
                with contextlib.suppress(msgspec.MsgspecError):
                    identity = decoder.decode(line)
                    if identity.id in missing:
                        found[identity.id] = identity.site
                        missing.discard(identity.id)
    return found
