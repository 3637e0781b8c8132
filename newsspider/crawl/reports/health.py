"""Is a site as it was? This run against its last seven: alarms with a reason and examples. Pure.

An alarm says that somebody should look. It does not change the exit code: that is for sites that
failed (summary.site_failed), which are the first alarms of all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp, lgamma, log, sqrt
from statistics import NormalDist
from typing import Final, Literal, get_args

from newsspider.crawl.reports.wording import number_of, percent
from newsspider.crawl.summary import EXAMPLES, FIELDS, SiteSummary
from newsspider.items import Outcome

#: Runs of the site that this one is compared with.
RUNS_COMPARED: Final = 7
#: A share that falls by more than this part of what it was is a drop.
DROP: Final = 0.30
#: What happens by chance more often than this raises no alarm.
CHANCE: Final = 0.01
#: Pages below which a share says nothing.
FEW: Final = 5
#: Seconds a page: this many times what it was, and more than SLOW seconds at all, is slow.
SLOWER: Final = 3.0
SLOW: Final = 2.0
#: A site is silent when nothing new came for this many times its longest silence.
SILENCE: Final = 1.5
#: Days over which silences are remembered, the longest of each day: a weekend is in them twice.
REMEMBERED: Final = timedelta(days=15)
#: Days with known silences below which the rhythm is not known yet.
RHYTHM_KNOWN: Final = 3

Kind = Literal["failed", "blocked", "errors", "coverage", "gone", "silent", "empty", "duplicates", "slow"]
#: Alarms about what was not found.
ABSENCES: Final[frozenset[Kind]] = frozenset({"silent", "empty"})
#: The gravest first.
_ORDER: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something about a site that a person should look at."""

    site: str
    kind: Kind
    reason: str
    examples: tuple[str, ...] = ()

    @property
    def rank(self) -> int:
        """The gravest first."""
        return _ORDER.index(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """An earlier run of a site."""

    ended: datetime
    site: SiteSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How long a site is silent: the hours of the longest silence that ended on each day.

    `last_new` is the end of the latest run that found something new. It travels from report to
    report, so that hourly runs remember more than seven hours.
    """

    last_new: datetime | None = None
    silences: Mapping[str, float] = field(default_factory=dict)

    @property
    def longest(self) -> float | None:
        """Hours of the longest silence that is normal here; None while the rhythm is unknown."""
        return max(self.silences.values()) if len(self.silences) >= RHYTHM_KNOWN else None


def rhythm_after(rhythm: Rhythm, site: SiteSummary, ended: datetime) -> Rhythm:
    """Return the rhythm with this run in it."""
    if not site.new + site.new_reprints:
        return rhythm
    oldest = (ended - REMEMBERED).date().isoformat()
    silences = {day: hours for day, hours in rhythm.silences.items() if day >= oldest}
    if rhythm.last_new is not None and ended > rhythm.last_new:
        day = ended.date().isoformat()
        silent = _hours(ended - rhythm.last_new)
        if rhythm.longest is not None:
            # What raised an alarm must not become normal at once: the next outage would go unseen.
            silent = min(silent, SILENCE * rhythm.longest)
        silences[day] = max(silences.get(day, 0.0), round(silent, 2))
    return Rhythm(last_new=max(ended, rhythm.last_new or ended), silences=silences)


def alarms_of(site: SiteSummary, past: Sequence[PastRun], rhythm: Rhythm, ended: datetime) -> Iterator[Alarm]:
    """Yield what is wrong with a site; `past` are its last runs and `rhythm` what they left."""
    before = [run.site for run in past[-RUNS_COMPARED:]]
    if site.failed:
        examples = [url for reason in (site.ways_reasons or site.reasons) for url in reason.examples]
        yield _alarm(site, "failed", site.failed, examples)
    yield from _coverage(site, before)
    yield from _shares(site, before)
    yield from _silence(site, rhythm, ended)
    yield from _empty(site, before, rhythm)
    yield from _time(site, before)


def _coverage(site: SiteSummary, before: Sequence[SiteSummary]) -> Iterator[Alarm]:
    """Find fields that were there and are not."""
    read_before = sum(run.fields_read for run in before)
    if site.fields_read < FEW or read_before < FEW:
        return
    for name in FIELDS:
        had_before = read_before - sum(run.missing.get(name, 0) for run in before)
        has = site.fields_read - site.missing.get(name, 0)
        was, now = had_before / read_before, has / site.fields_read
        if now >= was * (1 - DROP):
            continue
        # One more of each kind than was seen: seven runs never make a share certain.
        expected = (had_before + 1) / (read_before + 2)
        if at_most(has, site.fields_read, expected) < CHANCE:
            reason = (
                f"{name} was found on {percent(was)} of the pages, now on {percent(now)} "
                f"({has} of {site.fields_read})"
            )
            yield _alarm(site, "coverage", reason, site.missing_examples.get(name, ()))


@dataclass(frozen=True, slots=True)
class _Share:
    """A share of the pages that should not rise."""

    kind: Kind
    outcomes: tuple[Outcome, ...]
    rise: float
    text: str


_SHARES: Final = (
    _Share("blocked", (Outcome.BLOCKED,), 0.10, "{now} of the pages were blocked, {was} before"),
    _Share("errors", (Outcome.FAILED,), 0.20, "{now} of the fetches failed, {was} before"),
    _Share("gone", (Outcome.GONE,), 0.20, "{now} of the pages are gone, {was} before"),
    _Share(
        "duplicates",
        (Outcome.SAME_TEXT, Outcome.REPRINT),
        0.30,
        "{now} of the pages repeat a text that is known, {was} before",
    ),
)


def _shares(site: SiteSummary, before: Sequence[SiteSummary]) -> Iterator[Alarm]:
    """Find outcomes that became more frequent."""
    fetched_before = sum(run.fetched for run in before)
    for share in _SHARES:
        count = sum(site.outcomes.get(outcome, 0) for outcome in share.outcomes)
        if count < FEW and not (share.kind == "blocked" and count):
            continue
        counted = sum(run.outcomes.get(o, 0) for run in before for o in share.outcomes)
        # Without a past, as if nothing of the kind were normal; duplicates need one.
        if not fetched_before and share.kind == "duplicates":
            continue
        was = counted / fetched_before if fetched_before else 0.0
        now = count / site.fetched
        expected = (counted + 1) / (fetched_before + 2) if fetched_before else 0.0
        if now > was + share.rise and at_most(site.fetched - count, site.fetched, 1 - expected) < CHANCE:
            reason = share.text.format(now=percent(now), was=percent(was))
            examples = [url for o in share.outcomes for url in site.examples.get(o, ())]
            yield _alarm(site, share.kind, f"{reason} ({count} of {site.fetched})", examples)


def _silence(site: SiteSummary, rhythm: Rhythm, ended: datetime) -> Iterator[Alarm]:
    """Find a site from which nothing new comes any more."""
    if site.new + site.new_reprints or rhythm.last_new is None or rhythm.longest is None:
        return
    silent = _hours(ended - rhythm.last_new)
    if silent > SILENCE * rhythm.longest:
        reason = (
            f"nothing new for {_days(silent)}; in the last two weeks it was never silent "
            f"for more than {_days(rhythm.longest)}"
        )
        yield _alarm(site, "silent", reason, site.examples.get(Outcome.LISTING, ()))


def _empty(site: SiteSummary, before: Sequence[SiteSummary], rhythm: Rhythm) -> Iterator[Alarm]:
    """Find a site that can be read and has never given an article: its lists are not understood."""
    known = rhythm.last_new is not None or any(run.articles_fetched for run in before)
    if site.failed or known or site.articles_fetched or not site.ways_read:
        return
    lists = number_of(site.ways_read, "page")
    reason = f"no link to an article was found on {lists} that should have some"
    yield _alarm(site, "empty", reason, site.examples.get(Outcome.LISTING, ()))


def _time(site: SiteSummary, before: Sequence[SiteSummary]) -> Iterator[Alarm]:
    """Find a site that became slow."""
    fetched_before = sum(run.fetched for run in before)
    if site.fetched < FEW or fetched_before < FEW:
        return
    was = sum(run.seconds for run in before) / fetched_before
    now = site.seconds / site.fetched
    if now > SLOW and now > SLOWER * was:
        yield _alarm(site, "slow", f"{now:.1f} s a page, {was:.1f} s before", site.slowest)


def at_most(count: int, of: int, share: float) -> float:
    """Return how likely it is that of `of` pages at most `count` are such, if `share` of all are."""
    if share <= 0 or count >= of:
        return 1.0
    if share >= 1:
        return 0.0
    if of > 1_000:  # noqa: PLR2004  # from here on the normal distribution is as good
        spread = sqrt(of * share * (1 - share))
        return NormalDist().cdf((count + 0.5 - of * share) / spread)
    total = lgamma(of + 1)
    return min(
        1.0,
        sum(
            exp(total - lgamma(n + 1) - lgamma(of - n + 1) + n * log(share) + (of - n) * log(1 - share))
            for n in range(count + 1)
        ),
    )


def _alarm(site: SiteSummary, kind: Kind, reason: str, examples: Sequence[str]) -> Alarm:
    return Alarm(site=site.site, kind=kind, reason=reason, examples=tuple(examples[:EXAMPLES]))


def _hours(length: timedelta) -> float:
    return length.total_seconds() / 3600


def _days(hours: float) -> str:
    if hours < 48:  # noqa: PLR2004  # two days
        return number_of(round(hours), "hour")
    return number_of(round(hours / 24), "day")
