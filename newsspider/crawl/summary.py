"""What became of each site: numbers counted from visits. Pure, and bounded in memory per site.

The live progress, the final table, report.json and the exit code all read these numbers, so that
they cannot contradict each other. `visits` is the sum over the ten outcomes, and the counts by
reason add up to the outcomes that owe a reason.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from heapq import nlargest
from typing import Final

from newsspider.errors import ConfigurationError, ExitCode, worst
from newsspider.items import GAVE_ARTICLE, GOOD, Article, Outcome, PageKind, Via, Visit

#: Fields whose presence is counted; `Visit.missing` names the ones an article lacks.
FIELDS: Final = (
    "title",
    "published_at",
    "source",
    "body",
    "authors",
    "channel",
    "related",
    "tags",
    "images",
)
#: A visit that came this way asked for a page that links to articles, not for an article.
WAYS_IN: Final[frozenset[Via]] = frozenset({"start", "sitemap", "feed", "listing", "paging"})
_STORED: Final = frozenset({Outcome.STORED, Outcome.REPRINT})
#: A fetch that ended so did not give what it was made for.
FAILURES: Final = frozenset({Outcome.GONE, Outcome.BLOCKED, Outcome.FAILED})
#: From this many article fetches on, shares say something.
ENOUGH: Final = 10
#: Example URLs kept for each reason.
EXAMPLES: Final = 3
#: Distinct reasons kept for each site; what comes after is counted as OTHER_REASONS.
REASONS_KEPT: Final = 60
OTHER_REASONS: Final = "other reasons"
_NOT_MODIFIED: Final = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """How many visits ended with this outcome for this reason, with some of their URLs."""

    outcome: Outcome
    reason: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSummary:
    """The numbers of one site in one run.

    `ways_*` count visits to pages that link to articles, `articles_*` visits to articles (those refused
    before the fetch are in neither). `further` are visits to further pages of stored articles, which
    end as their article does, `further_reprints` of reprints. `new` are first versions of articles,
    `new_reprints` of reprints, `corrected` later versions of either. `fields_read` pages were read field
    by field, `missing` of them lacked the field. `examples` are URLs by outcome, `slowest` the URLs that
    took longest; `seconds` and `bytes` are sums over all downloads. `reasons` are of all visits,
    `ways_reasons` of the pages with links alone. `failed` says why the site counts as failed; None: it
    does not.
    """

    site: str
    visits: int = 0
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    reasons: tuple[ReasonCount, ...] = ()
    ways_reasons: tuple[ReasonCount, ...] = ()
    ways_tried: int = 0
    ways_read: int = 0
    ways_failed: int = 0
    articles_fetched: int = 0
    articles_given: int = 0
    articles_failed: int = 0
    further: int = 0
    further_reprints: int = 0
    new: int = 0
    new_reprints: int = 0
    corrected: int = 0
    fields_read: int = 0
    missing: Mapping[str, int] = field(default_factory=dict)
    missing_examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: Mapping[Outcome, tuple[str, ...]] = field(default_factory=dict)
    slowest: tuple[str, ...] = ()
    retries: int = 0
    seconds: float = 0.0
    bytes: int = 0
    newest: str | None = None
    failed: str | None = None

    @property
    def fetched(self) -> int:
        """Visits that reached the network: all but those refused."""
        return self.visits - self.outcomes.get(Outcome.REFUSED, 0)

    def coverage(self, name: str) -> float | None:
        """Return the share of read pages that have the field; None when no page was read."""
        if not self.fields_read:
            return None
        return 1 - self.missing.get(name, 0) / self.fields_read


@dataclass(slots=True)
class _Reason:
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, url: str) -> None:
        self.count += 1
        _keep(self.examples, url)


_Reasons = dict[tuple[Outcome, str], _Reason]


@dataclass(slots=True)
class SiteTally:
    """Counts the visits of one site; holds numbers and a few example URLs, never a visit."""

    site: str
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    examples: dict[Outcome, list[str]] = field(default_factory=dict)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    reasons: _Reasons = field(default_factory=dict)
    ways_reasons: _Reasons = field(default_factory=dict)
    ways: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    fields_read: int = 0
    missing: dict[str, _Reason] = field(default_factory=dict)
    retries: int = 0
    seconds: float = 0.0
    bytes: int = 0
    newest: str | None = None

    def add(self, visit: Visit) -> None:
        """Count one acknowledged visit."""
        self.outcomes[visit.outcome] += 1
        _keep(self.examples.setdefault(visit.outcome, []), visit.url)
        if visit.seconds > 0:
            self.slowest = nlargest(EXAMPLES, [*self.slowest, (visit.seconds, visit.url)])
        self.seconds += visit.seconds
        self.bytes += visit.bytes
        self.retries += max(visit.attempts - 1, 0)
        if visit.outcome not in GOOD:
            _count(self.reasons, visit)
        if visit.outcome is not Outcome.REFUSED:
            self._add_fetch(visit)
        if visit.outcome in GAVE_ARTICLE:
            self._add_article(visit)

    def _add_fetch(self, visit: Visit) -> None:
        # A list page that turns out to be an article, and the reverse, is what it turned out to be.
        gave = visit.outcome in GAVE_ARTICLE
        read = visit.outcome is Outcome.LISTING
        failed = visit.outcome in FAILURES
        if read or visit.via in WAYS_IN:
            self.ways["tried"] += 1
            self.ways["read"] += read or gave
            self.ways["failed"] += failed
            if failed:
                _count(self.ways_reasons, visit)
        if gave or not (read or visit.via in WAYS_IN):
            self.articles["fetched"] += 1
            self.articles["given"] += gave
            self.articles["failed"] += failed

    def _add_article(self, visit: Visit) -> None:
        stored = visit.outcome in _STORED
        if stored and visit.version is None:  # a further page ends as its article does
            self.versions["further_reprints" if visit.outcome is Outcome.REPRINT else "further"] += 1
        elif stored and visit.version != 1:
            self.versions["corrected"] += 1
        elif stored:
            self.versions["new_reprints" if visit.outcome is Outcome.REPRINT else "new"] += 1
        if visit.published_at is not None:
            # Compared as text: between two time zones that is off by hours, which is enough here.
            self.newest = max(self.newest or "", visit.published_at)
        if visit.status == _NOT_MODIFIED or visit.kind is not PageKind.ARTICLE:
            return  # no page was read: not modified, or a redirect to what is known
        self.fields_read += 1
        for name in visit.missing:
            if name in FIELDS:
                self.missing.setdefault(name, _Reason()).add(visit.url)

    def summary(self) -> SiteSummary:
        """Return the numbers so far, with the judgement of `site_failed`."""
        summary = SiteSummary(
            site=self.site,
            visits=self.outcomes.total(),
            outcomes={outcome: self.outcomes[outcome] for outcome in Outcome},
            reasons=_counted(self.reasons),
            ways_reasons=_counted(self.ways_reasons),
            ways_tried=self.ways["tried"],
            ways_read=self.ways["read"],
            ways_failed=self.ways["failed"],
            articles_fetched=self.articles["fetched"],
            articles_given=self.articles["given"],
            articles_failed=self.articles["failed"],
            further=self.versions["further"],
            further_reprints=self.versions["further_reprints"],
            new=self.versions["new"],
            new_reprints=self.versions["new_reprints"],
            corrected=self.versions["corrected"],
            fields_read=self.fields_read,
            missing={name: kept.count for name, kept in sorted(self.missing.items())},
            missing_examples={name: tuple(k.examples) for name, k in sorted(self.missing.items())},
            examples={outcome: tuple(urls) for outcome, urls in sorted(self.examples.items())},
            slowest=tuple(url for _, url in self.slowest),
            retries=self.retries,
            seconds=round(self.seconds, 3),
            bytes=self.bytes,
            newest=self.newest,
        )
        return replace(summary, failed=site_failed(summary))


def _keep(examples: list[str], url: str) -> None:
    if len(examples) < EXAMPLES and url not in examples:
        examples.append(url)


def _count(reasons: _Reasons, visit: Visit) -> None:
    key = (visit.outcome, visit.reason or "")
    if key not in reasons and len(reasons) >= REASONS_KEPT:
        key = (visit.outcome, OTHER_REASONS)
    reasons.setdefault(key, _Reason()).add(visit.url)


def _counted(reasons: _Reasons) -> tuple[ReasonCount, ...]:
    most_first = sorted(reasons.items(), key=lambda pair: (-pair[1].count, pair[0]))
    return tuple(
        ReasonCount(outcome=outcome, reason=reason, count=kept.count, examples=tuple(kept.examples))
        for (outcome, reason), kept in most_first
    )


def tally(visits: Iterable[Visit], *, sites: Iterable[str] = ()) -> dict[str, SiteTally]:
    """Count visits by site, streaming. `sites` names those that are there even without a visit."""
    tallies = {site: SiteTally(site) for site in sites}
    for visit in visits:
        tallies.setdefault(visit.site, SiteTally(visit.site)).add(visit)
    return tallies


def summarize(visits: Iterable[Visit], *, sites: Iterable[str] = ()) -> dict[str, SiteSummary]:
    """Return the summary of each site."""
    return {site: counted.summary() for site, counted in tally(visits, sites=sites).items()}


def site_failed(site: SiteSummary) -> str | None:
    """Return why the site counts as failed, or None. The first rule that applies gives the reason.

    A visit refused before its fetch (robots.txt, a budget, another host) is no failed fetch; a site
    of which nothing else is left could not be read all the same.
    """
    return next((reason for applies, reason in _rules(site) if applies), None)


def _rules(site: SiteSummary) -> Iterator[tuple[bool, str]]:
    refused = f"all {site.visits} visits were refused"
    yield not site.visits, "nothing was fetched"
    yield not site.fetched, f"no way in could be read: {refused}{_why(site.reasons)}"
    why = _why(site.ways_reasons)
    none_read = site.ways_tried > 0 and not site.ways_read
    yield none_read, f"no way in could be read (0 of {site.ways_tried}){why}"
    dead = f"{site.ways_failed} of {site.ways_tried} listings could not be read{why}"
    yield site.ways_failed > 0, dead
    why = _why(site.reasons)
    fetched, failed = site.articles_fetched, site.articles_failed
    half = fetched >= ENOUGH and 2 * failed >= fetched
    yield half, f"{failed} of {fetched} article fetches failed{why}"
    none_given = fetched >= ENOUGH and not site.articles_given
    yield none_given, f"none of {fetched} fetched article pages gave an article{why}"
    all_failed = site.fetched < ENOUGH and site.ways_failed + failed == site.fetched
    yield all_failed, f"all {site.fetched} fetches failed{why}"


def _why(reasons: tuple[ReasonCount, ...]) -> str:
    fetched = [count for count in reasons if count.outcome is not Outcome.REFUSED] or reasons
    return f": {fetched[0].reason}" if fetched else ""


def missing_fields(article: Article) -> tuple[str, ...]:
    """Return the names in FIELDS that the article lacks: what `Visit.missing` holds."""
    return tuple(name for name in FIELDS if not getattr(article, name))


def tolerated_sites(setting: float | str, sites: int) -> int:
    """Return how many of `sites` may fail: FAILED_SITES_TOLERATED is a number, or a share.

    "3" are three sites; "0.02" and "2%" are 2 % of the sites, rounded down.
    """
    text = str(setting).strip()
    try:
        value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        value = -1.0
    share = text.endswith("%") or "." in text
    # NaN fails every comparison, so the accepted range is what is asked for.
    if not (0 <= value <= 1 if share else 0 <= value < float("inf")):
        raise ConfigurationError(
            f"FAILED_SITES_TOLERATED={setting!r} is neither a number of sites nor a share like 2%"
        )
    return int(value * sites) if share else int(value)


def exit_code(
    sites: Iterable[SiteSummary], *, tolerated: float | str = 0, also: Iterable[ExitCode] = ()
) -> ExitCode:
    """Return what the run ends with; `also` are limits, signals and disk."""
    summaries = list(sites)
    failed = sum(site.failed is not None for site in summaries)
    if failed > tolerated_sites(tolerated, len(summaries)):
        return worst(ExitCode.SITE_FAILED, *also)
    return worst(*also)
