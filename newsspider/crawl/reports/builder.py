"""Builds the report of a run from its files alone: `scrapy report` makes it anew at any time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from newsspider.crawl.one_line import one_line
from newsspider.crawl.reports.files import EventLine, Line, Reader, RunFacts
from newsspider.crawl.reports.health import ABSENCES, Alarm, Rhythm, alarms_of, rhythm_after
from newsspider.crawl.reports.history import History, original_sites
from newsspider.crawl.reports.report import HOURS, LISTED, Failure, Republished, RunReport, Totals, moment
from newsspider.crawl.summary import EXAMPLES, SiteSummary, SiteTally
from newsspider.errors import ExitCode
from newsspider.items import Outcome

# 2026-11-25T08:30: where the hour stands in a time of publication
_HOUR: Final = slice(11, 13)
#: Runs with these codes went to their end.
_WHOLE: Final = frozenset({ExitCode.FINE, ExitCode.SITE_FAILED})


@dataclass(slots=True)
class _Stored:
    """What the segments of the run tell beyond its visits."""

    regions: Counter[str] = field(default_factory=Counter)
    hours: list[int] = field(default_factory=lambda: [0] * HOURS)
    hour_unknown: int = 0
    site_regions: dict[str, str] = field(default_factory=dict)
    reprints: list[tuple[str, str, str]] = field(default_factory=list)
    gone: int = 0
    back: int = 0
    events: list[EventLine] = field(default_factory=list)
    #: Sites of the originals that `reprints` name; None while their site is not known.
    origins: dict[str, str | None] = field(default_factory=dict)

    def add_article(self, line: Line) -> None:
        """Count an article; the reprints were added before."""
        self._seen(line)
        if line.change != "first":
            return
        self.regions[line.region or "unknown"] += 1
        hour = (line.published_at or "")[_HOUR]
        if hour.isdecimal() and int(hour) < HOURS:
            self.hours[int(hour)] += 1
        else:
            self.hour_unknown += 1

    def add_reprint(self, line: Line) -> None:
        """Note who republished what."""
        self._seen(line)
        if line.change == "first" and line.reprint_of:
            self.reprints.append((line.reprint_of, line.site, one_line(line.title)))
            self.origins.setdefault(line.reprint_of, None)

    def add_event(self, line: EventLine) -> None:
        """Note that a stored article disappeared, or came back."""
        self.gone += line.event == "gone"
        self.back += line.event == "back"
        if len(self.events) < LISTED:
            self.events.append(line)

    def _seen(self, line: Line) -> None:
        if line.id in self.origins:
            self.origins[line.id] = line.site
        if line.region:
            self.site_regions.setdefault(line.site, line.region)


def build_report(exports: Path, run: str, *, now: datetime) -> RunReport:
    """Build the report of a run. Raises ConfigurationError when there is no such run."""
    reader = Reader(exports, run)
    facts = reader.facts()
    tallies = {site: SiteTally(site) for site in facts.sites}
    for visit in reader.visits():
        tallies.setdefault(visit.site, SiteTally(visit.site)).add(visit)
    stored = _Stored()
    for line in reader.lines("reprints"):
        stored.add_reprint(line)
    for line in reader.lines("articles"):
        stored.add_article(line)
    for event in reader.events():
        stored.add_event(event)
    sites = tuple(tallies[site].summary() for site in sorted(tallies))
    history = History.read(exports, before=run, sites=tallies)
    ended = moment(facts.finished) if facts.finished else now
    rhythms = {
        site.site: rhythm_after(history.rhythms.get(site.site, Rhythm()), site, ended) for site in sites
    }
    return _report(
        reader=reader,
        facts=facts,
        stored=stored,
        sites=sites,
        rhythms=rhythms,
        history=history,
        ended=ended,
    )


def _report(  # noqa: PLR0913  # the parts of the report, gathered by build_report
    *,
    reader: Reader,
    facts: RunFacts,
    stored: _Stored,
    sites: tuple[SiteSummary, ...],
    rhythms: Mapping[str, Rhythm],
    history: History,
    ended: datetime,
) -> RunReport:
    alarms = [*_disappeared(facts, sites)]
    for site in sites:
        past, rhythm = history.past.get(site.site, ()), history.rhythms.get(site.site, Rhythm())
        # What a run did not find that was stopped on its way proves nothing.
        alarms += [
            alarm
            for alarm in alarms_of(site, past, rhythm, ended)
            if alarm.kind not in ABSENCES or facts.exit_code in _WHOLE
        ]
    return RunReport(
        run=facts.run,
        command=facts.command,
        started=facts.started,
        finished=facts.finished,
        ended=facts.exit_code is not None,
        exit_code=facts.exit_code,
        finish_reason=facts.finish_reason,
        message=facts.message,
        alarms=tuple(sorted(alarms, key=lambda alarm: (alarm.rank, alarm.site))),
        totals=totals_of(sites),
        regions=dict(stored.regions.most_common()),
        hours=tuple(stored.hours),
        hour_unknown=stored.hour_unknown,
        failures=failures_of(sites),
        reprints=_republished(reader.exports, stored),
        limits=facts.limits,
        left_over=facts.left_over,
        skipped=facts.skipped,
        insecure_tls=facts.insecure_tls,
        gone=stored.gone,
        back=stored.back,
        events=tuple(stored.events),
        recovery=facts.recovery,
        damaged_lines=reader.damaged,
        output=tuple(
            str(path.relative_to(reader.exports))
            for kind in ("articles", "reprints")
            for path in reader.segments(kind)
        ),
        versions=facts.versions,
        settings=facts.settings,
        rhythms=rhythms,
        site_regions={**history.regions, **stored.site_regions},
        sites=sites,
    )


def _disappeared(facts: RunFacts, sites: Iterable[SiteSummary]) -> Iterator[Alarm]:
    """Make alarms of what the store held for too many deletions at once."""
    examples = {site.site: site.examples.get(Outcome.GONE, ()) for site in sites}
    for found in facts.disappearances:
        yield Alarm(
            site=found.site,
            kind="gone",
            reason=(
                f"{found.gone} of {found.revisited} stored articles that were visited again are gone; "
                "so many at once are recorded as no deletions"
            ),
            examples=examples.get(found.site, ()),
        )


def totals_of(sites: Sequence[SiteSummary]) -> Totals:
    """Add up the sites."""
    return Totals(
        sites=len(sites),
        sites_failed=sum(site.failed is not None for site in sites),
        visits=sum(site.visits for site in sites),
        fetched=sum(site.fetched for site in sites),
        outcomes={o: sum(site.outcomes.get(o, 0) for site in sites) for o in Outcome},
        new=sum(site.new for site in sites),
        new_reprints=sum(site.new_reprints for site in sites),
        corrected=sum(site.corrected for site in sites),
        seconds=round(sum(site.seconds for site in sites), 3),
        bytes=sum(site.bytes for site in sites),
        retries=sum(site.retries for site in sites),
    )


def failures_of(sites: Iterable[SiteSummary]) -> tuple[Failure, ...]:
    """Merge the reasons of all sites, the most frequent first."""
    merged: dict[tuple[Outcome, str], tuple[list[int], list[str], list[str]]] = {}
    for site in sites:
        for reason in site.reasons:
            counts, names, examples = merged.setdefault((reason.outcome, reason.reason), ([], [], []))
            counts.append(reason.count)
            names.append(site.site)
            examples.extend(reason.examples[: EXAMPLES - len(examples)])
    found = [
        Failure(
            outcome=outcome,
            reason=reason,
            count=sum(counts),
            sites=tuple(names[:LISTED]),
            examples=tuple(examples),
        )
        for (outcome, reason), (counts, names, examples) in merged.items()
    ]
    return tuple(sorted(found, key=lambda failure: (-failure.count, failure.reason)))


def _republished(exports: Path, stored: _Stored) -> tuple[Republished, ...]:
    wanted = [original for original, site in stored.origins.items() if site is None]
    origins = {**stored.origins, **original_sites(exports, wanted)}
    pairs: dict[tuple[str | None, str], list[str]] = {}
    for original, site, title in stored.reprints:
        pairs.setdefault((origins.get(original), site), []).append(title)
    found = [
        Republished(origin=origin, site=site, count=len(titles), titles=tuple(titles[:EXAMPLES]))
        for (origin, site), titles in pairs.items()
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.count, pair.origin or "", pair.site)))
