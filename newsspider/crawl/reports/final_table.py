"""The last words of a run on the terminal: a table read in ten seconds, where things are, a verdict."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsspider.crawl.one_line import one_line
from newsspider.crawl.reports.files import REPORT_HTML, RUNS
from newsspider.crawl.reports.page import heading
from newsspider.crawl.reports.report import VERDICTS, RunReport, moment
from newsspider.crawl.reports.wording import duration, number_of
from newsspider.crawl.summary import FAILURES, SiteSummary
from newsspider.errors import ExitCode
from newsspider.items import Outcome

#: Sites of the table: the failed ones and then the largest.
_SITES: Final = 20
_ALARMS: Final = 5
_REASONS: Final = 3
_LIMITS: Final = 20
#: Failed sites that the last line names.
_NAMED: Final = 3
#: Columns of a file or pipe, that has none.
_PLAIN_WIDTH: Final = 132
#: Columns that the reasons need beside the numbers; with less they are lines below the table.
_REASONS_WIDTH: Final = 20
_UNBOUNDED: Final = 1_000
#: Columns add up to the pages: a further page of a stored article is a visit but no article.
_COLUMNS: Final[tuple[tuple[str, Callable[[SiteSummary], int]], ...]] = (
    ("stored", lambda site: _outcomes(site, Outcome.STORED) - site.further),
    ("unchanged", lambda site: _outcomes(site, Outcome.UNCHANGED)),
    ("same text", lambda site: _outcomes(site, Outcome.SAME_TEXT)),
    ("reprints", lambda site: _outcomes(site, Outcome.REPRINT) - site.further_reprints),
    ("further pages", lambda site: site.further + site.further_reprints),
    ("lists", lambda site: _outcomes(site, Outcome.LISTING)),
    ("not news", lambda site: _outcomes(site, Outcome.NOT_NEWS)),
    ("failed", lambda site: _outcomes(site, *FAILURES)),
)


def console_for(stream: TextIO) -> Console:
    """Return a console that writes plain text where there is no terminal."""
    if stream.isatty():
        return Console(file=stream, highlight=False, markup=False, emoji=False)
    return Console(file=stream, highlight=False, markup=False, emoji=False, width=_PLAIN_WIDTH)


def print_summary(report: RunReport, exports: Path, console: Console) -> None:
    """Print the table, the alarms, what was limited, and where the output is."""
    _print_sites(report.sites, console)
    for alarm in [alarm for alarm in report.alarms if alarm.kind != "failed"][:_ALARMS]:
        words = f"{alarm.site}: {one_line(alarm.reason)}"
        _say(console, "alarm", words, style="yellow")
    _say_limits(report, console)
    for path in report.output:
        _say(console, "output", str(exports / path))
    if not report.output:
        _say(console, "output", f"nothing new below {exports}")
    _say(console, "report", str(exports / RUNS / report.run / REPORT_HTML))


def _say_limits(report: RunReport, console: Console) -> None:
    """Print each limit of a site once, with the first thing that it stopped."""
    stopped: dict[tuple[str | None, str], list[str]] = {}
    for limit in report.limits:
        stopped.setdefault((limit.site, limit.limit), []).append(limit.detail)
    for (site, name), details in list(stopped.items())[:_LIMITS]:
        on = f" on {site}" if site else ""
        more = f" and {len(details) - 1:,} more" if len(details) > 1 else ""
        _say(console, "limit", f"{one_line(name)}{on}: {one_line(details[0])}{more}")
    if len(stopped) > _LIMITS:
        _say(console, "limit", f"and {len(stopped) - _LIMITS:,} more, all in the report")


def _print_sites(sites: Sequence[SiteSummary], console: Console) -> None:
    """Print the table; where the terminal is narrow without what does not fit, which is said below."""
    if _width(table_of(sites, reasons=False), console) + _REASONS_WIDTH <= console.width:
        console.print(table_of(sites))
        return
    narrow = table_of(sites, reasons=False, narrow=True)
    if _width(narrow, console) <= console.width:
        console.print(narrow)
    else:
        for site in _shown(sites):
            console.print(Text(_in_words(site)))
    if more := _more(sites):
        console.print(Text(f"… {more}"))
    for site in _shown(sites):
        if why := _why(site):
            _say(console, "failed", f"{site.site}: {why}", style=_style(site))


def _width(table: Table, console: Console) -> int:
    return console.measure(table, options=console.options.update(max_width=_UNBOUNDED)).maximum


def _shown(sites: Sequence[SiteSummary]) -> list[SiteSummary]:
    return sorted(sites, key=lambda site: (site.failed is None, -site.fetched))[:_SITES]


def table_of(sites: Sequence[SiteSummary], *, reasons: bool = True, narrow: bool = False) -> Table:
    """Return the table of sites: the failed first, then the largest. `narrow` breaks the headings."""
    table = Table(box=None, pad_edge=False, collapse_padding=narrow)
    table.add_column("site", no_wrap=True)
    for name in ("pages", *(name for name, _ in _COLUMNS)):
        table.add_column(name.replace(" ", "\n") if narrow else name, justify="right", no_wrap=narrow)
    if reasons:
        table.add_column("failed by reason", overflow="fold")
    for site in _shown(sites):
        table.add_row(*_row(site), *([Text(_why(site), style=_style(site))] if reasons else []))
    if reasons and (more := _more(sites)):
        table.add_row("…", *[""] * (len(_COLUMNS) + 1), more)
    if len(sites) > 1:
        counts = [sum(map(count, sites)) for _, count in _COLUMNS]
        fetched = sum(site.fetched for site in sites)
        table.add_row(f"all {len(sites):,}", *[f"{n:,}" for n in (fetched, *counts)], style="bold")
    return table


def _more(sites: Sequence[SiteSummary]) -> str:
    more = len(sites) - len(_shown(sites))
    return f"and {number_of(more, 'site')} more, all in the report" if more else ""


def _style(site: SiteSummary) -> str:
    return "red" if site.failed else ""


def _row(site: SiteSummary) -> list[Text]:
    counts = [count(site) for _, count in _COLUMNS]
    cells = [Text(site.site, style=_style(site)), Text(f"{site.fetched:,}")]
    return [*cells, *[Text(f"{count:,}") if count else Text("·", style="dim") for count in counts]]


def _why(site: SiteSummary) -> str:
    reasons = [reason for reason in site.reasons if reason.outcome in FAILURES]
    why = [f"{reason.count:,} {one_line(reason.reason, 60)}" for reason in reasons[:_REASONS]]
    return ", ".join([*why, "…"] if len(reasons) > _REASONS else why)


def _in_words(site: SiteSummary) -> str:
    """Return a site's row in words: demo_haixi: 16 pages, 11 stored, 1 reprints, 4 lists."""
    counts = [f"{count(site):,} {name}" for name, count in _COLUMNS if count(site)]
    return f"{site.site}: {', '.join([number_of(site.fetched, 'page'), *counts])}"


def _outcomes(site: SiteSummary, *outcomes: Outcome) -> int:
    return sum(site.outcomes.get(outcome, 0) for outcome in outcomes)


def _say(console: Console, name: str, text: str, style: str = "") -> None:
    console.print(Text(f"{name:<8}{one_line(text, 500)}", style=style), soft_wrap=True)


def last_line(code: ExitCode, report: RunReport | None = None, message: str | None = None) -> str:
    """Return the verdict in one line: the last one printed, the first one of a mail."""
    line = f"newsspider: exit {int(code)}, {VERDICTS[code]}"
    if message:
        return f"{line}: {one_line(message)}"
    if report is None:
        return line
    if code is ExitCode.SITE_FAILED:
        failed = [site for site in report.sites if site.failed]
        named = [f"{site.site}: {one_line(site.failed, 120)}" for site in failed[:_NAMED]]
        if len(failed) > _NAMED:
            named.append(f"and {number_of(len(failed) - _NAMED, 'site')} more")
        return f"{line}: {'; '.join(named)}"
    took = ""
    if report.started and report.finished:
        seconds = (moment(report.finished) - moment(report.started)).total_seconds()
        took = f" in {duration(seconds)}"
    pages = number_of(report.totals.fetched, "page")
    return f"{line}: {heading(report.totals)}, {pages}{took}"
