"""report.html and the index of runs: one file each, no script, everything from pages escaped.

Jinja2 with autoescaping writes them: titles, URLs and reasons come from strangers, and escaping
that has to be remembered is forgotten once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import jinja2
from markupsafe import Markup

from newsspider.crawl.one_line import one_line
from newsspider.crawl.reports import charts
from newsspider.crawl.reports.regions import region_name
from newsspider.crawl.reports.report import HOURS, LISTED, RunReport, Totals, moment
from newsspider.crawl.reports.wording import duration, each, number_of, percent, size
from newsspider.crawl.summary import FAILURES, FIELDS
from newsspider.errors import ExitCode
from newsspider.items import Outcome

#: Sites in the tables of the page; all of them are in report.json.
SITES_LISTED: Final = 200
_BARS: Final = 12
_SLOWEST: Final = 8
_URL_SHOWN: Final = 110
_URL_LINKED: Final = 2_000
#: Runs of the index and of its trend.
RUNS_LISTED: Final = 200
_TREND: Final = 30
_DAY: Final = 10


@dataclass(frozen=True, slots=True)
class _Tile:
    number: str
    label: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class _Chart:
    title: str
    svg: Markup
    note: str = ""


def tone(exit_code: int | None) -> str:
    """Return how the end of a run looks: good, warn (a person stopped it) or bad."""
    if exit_code == ExitCode.FINE:
        return "good"
    return "warn" if exit_code in {ExitCode.STOPPED, ExitCode.STOPPED_TWICE} else "bad"


def render_report(report: RunReport) -> str:
    """Return report.html."""
    sites = sorted(report.sites, key=lambda site: (not site.failed, -site.new, -site.visits))
    covered = [site for site in sites if site.fields_read]
    slow = sorted(
        (site for site in report.sites if site.fetched and site.seconds),
        key=lambda site: -site.seconds / site.fetched,
    )
    return _page("report.html").render(
        r=report,
        heading=heading(report.totals),
        tone=tone(report.exit_code),
        tiles=_tiles(report),
        charts=_charts(report),
        outcomes=tuple(Outcome),
        fields=FIELDS,
        sites=sites[:SITES_LISTED],
        covered=covered[:SITES_LISTED],
        slow=slow[:_SLOWEST],
        listed=LISTED,
        facts=_facts(report),
    )


def heading(totals: Totals) -> str:
    """Say in one line what the run brought."""
    found = number_of(totals.new, "new article")
    if totals.corrected:
        found = f"{found} and {totals.corrected:,} corrected"
    return f"{found} from {number_of(totals.sites, 'site')}"


def _tiles(report: RunReport) -> list[_Tile]:
    totals = report.totals
    bad = sum(totals.outcomes.get(outcome, 0) for outcome in FAILURES)
    fine = totals.sites - totals.sites_failed
    return [
        _Tile(f"{totals.new:,}", "new articles"),
        _Tile(f"{totals.new_reprints:,}", "new reprints"),
        _Tile(f"{totals.corrected:,}", "corrected"),
        _Tile(f"{totals.fetched:,}", "pages fetched"),
        _Tile(f"{bad:,}", "failed, gone or blocked", "warn" if bad else ""),
        _Tile(
            f"{fine:,} of {totals.sites:,}",
            "sites are fine",
            "bad" if totals.sites_failed else "good",
        ),
        _Tile(size(totals.bytes), "downloaded"),
    ]


def _charts(report: RunReport) -> list[_Chart]:
    if not report.totals.new:
        return []
    by_site = [(s.site, s.new) for s in sorted(report.sites, key=lambda s: -s.new) if s.new]
    found = [_Chart("by site", charts.bars("new articles by site", by_site[:_BARS]), _rest(by_site))]
    if any(report.hours):
        labels = [str(hour) for hour in range(HOURS)]
        unknown = report.hour_unknown
        note = f"{number_of(unknown, 'article')} without an hour" if unknown else ""
        drawn = charts.columns("new articles by hour", labels, report.hours, every=3)
        found.append(_Chart("by hour of publication", drawn, note))
    if report.regions:
        regions = [(region_name(code), count) for code, count in report.regions.items()]
        drawn = charts.bars("new articles by region", regions[:_BARS])
        found.append(_Chart("by region", drawn, _rest(regions)))
    return found


def _rest(rows: Sequence[tuple[str, int]]) -> str:
    rest = rows[_BARS:]
    return f"and {sum(count for _, count in rest):,} from {len(rest):,} others" if rest else ""


def _facts(report: RunReport) -> list[tuple[str, str]]:
    found = [("command", report.command), ("ended because", report.finish_reason or "")]
    found += [("output", path) for path in report.output[:_SLOWEST]]
    # What recovery did not have to do is no news.
    found += [("recovery: " + _words(n), str(v)) for n, v in report.recovery.items() if v]
    found += [(_words(name), version) for name, version in report.versions.items()]
    found += [(name, str(value)) for name, value in report.settings.items()]
    return [(name, value) for name, value in found if value]


def _words(name: str) -> str:
    return name.replace("_", " ")


def render_index(runs: Sequence["IndexedRun"], *, total: int) -> str:
    """Return index.html; `runs` are the newest first, `total` counts those not listed too."""
    trend = [run for run in reversed(runs[:_TREND]) if run.started]
    shown: list[_Chart] = []
    if len(trend) > 1:
        one_day = len({(run.started or "")[:_DAY] for run in trend}) == 1
        part = slice(_DAY + 1, 16) if one_day else slice(5, _DAY)  # 08:30, else 11-25
        labels = [(run.started or "")[part] for run in trend]
        every = max(len(trend) // 3, 1)
        new = [float(run.totals.new) for run in trend]
        bad = [float(run.bad) for run in trend]
        failed = [float(run.totals.sites_failed) for run in trend]
        pages = [float(run.totals.fetched) for run in trend]
        for title, series in (
            ("New articles", {"new articles": new}),
            ("Pages and bad fetches", {"pages": pages, "bad fetches": bad}),
            ("Failed sites", {"failed sites": failed}),
        ):
            shown.append(_Chart(title, charts.lines(title, labels, series, every=every)))
    return _page("index.html").render(runs=runs, charts=shown, total=number_of(total, "run"))


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedRun:
    """What the index says of a run: the part of its report.json that it reads."""

    run: str
    started: str | None = None
    finished: str | None = None
    exit_code: int | None = None
    totals: Totals
    alarms: tuple[dict[str, Any], ...] = ()
    sites: tuple["_Site", ...] = ()

    @property
    def label(self) -> str:
        """The site, or how many."""
        if len(self.sites) == 1:
            return self.sites[0].site
        return number_of(self.totals.sites, "site")

    @property
    def bad(self) -> int:
        """Fetches that gave nothing."""
        return sum(self.totals.outcomes.get(outcome, 0) for outcome in FAILURES)

    @property
    def duration(self) -> float | None:
        """Seconds from start to end."""
        if self.started is None or self.finished is None:
            return None
        return (moment(self.finished) - moment(self.started)).total_seconds()

    @property
    def tone(self) -> str:
        """How its end looks."""
        return tone(self.exit_code)

    @property
    def ending(self) -> str:
        """Its exit code, and the failed sites."""
        if self.exit_code is None:
            return "did not end"
        failed = self.totals.sites_failed
        sites = f", {number_of(failed, 'site')} failed" if failed else ""
        return f"exit {self.exit_code}{sites}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    site: str


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("newsspider.crawl.reports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = files("newsspider.crawl.reports").joinpath("templates/report.css").read_text("utf-8")
    environment.globals["css"] = Markup(style)  # noqa: S704  # our own file
    environment.filters.update(
        link=_link, line=one_line, percent=percent, duration=duration, each=each, clock=_clock
    )
    return environment


def _page(name: str) -> jinja2.Template:
    return _environment().get_template(name)


def _link(url: str) -> Markup:
    shown = one_line(url, _URL_SHOWN)
    # Only what a browser fetches: javascript: and the like stay text.
    if not url.startswith(("http://", "https://")) or len(url) > _URL_LINKED or not url.isprintable():
        return Markup("{}").format(shown)
    return Markup('<a href="{}" rel="noreferrer noopener nofollow">{}</a>').format(url, shown)


def _clock(text: str) -> str:
    return moment(text).strftime("%Y-%m-%d %H:%M UTC")
