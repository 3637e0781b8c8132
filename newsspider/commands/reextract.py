"""`scrapy reextract`: read archived pages anew with today's rules, see what changes, accept it."""

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsspider.archive.members import holds_records
from newsspider.archive.reader import files
from newsspider.archive.retention import reading
from newsspider.archive.writer import DEFAULT_MAX_BYTES
from newsspider.commands.archive import archive_dir, moment, optional_number
from newsspider.crawl.clock import new_run_id, stamp, utc_now
from newsspider.crawl.launch import refuse
from newsspider.crawl.own_settings import QUIET_SETTINGS
from newsspider.crawl.reports.files import RUNS
from newsspider.crawl.reports.wording import number_of
from newsspider.crawl.reports.writer import write_report
from newsspider.crawl.run_file import write_run_file
from newsspider.errors import AlreadyRunning, ConfigurationError, ExitCode, StoreError
from newsspider.reextract import report
from newsspider.reextract.accept import Accepted, accept, mark, sites_of
from newsspider.reextract.plan import Plan, write_whole
from newsspider.reextract.raw_pages import RawPages
from newsspider.reextract.run import Failed, Finished, cores, reextract
from newsspider.reextract.sites import require
from newsspider.reextract.tally import Tally
from newsspider.reextract.units import Unit, name_in_references, split
from newsspider.store.store import Store

_LABEL = "reextract"


class Command(ScrapyCommand):
    """Read WARC files again: the archive's own, or what others wrote."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = QUIET_SETTINGS
    #: Files named by the user that are no WARC files.
    _foreign: Sequence[str] = ()

    def syntax(self) -> str:
        """Show the arguments."""
        return "[options] [WARC ...]"

    def short_desc(self) -> str:
        """Describe the command in one line."""
        return "Read archived pages anew with today's rules, and tell field by field what changes"

    def long_desc(self) -> str:
        """Describe what is written."""
        return (
            "Reads the archive (or the WARC files named, also those of other crawlers) on all cores. "
            "Nothing is fetched, and no stored article is touched: output and report lie in "
            "exports/reextract/<run>/. --accept RUN then makes what reads otherwise a new version."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ours to Scrapy's options."""
        super().add_options(parser)
        parser.add_argument("--site", help="only pages of this site")
        parser.add_argument(
            "--since", type=moment, metavar="DAY", help="only pages fetched from this day on, UTC"
        )
        parser.add_argument("--jobs", type=int, default=cores(), help="processes (default: one a core)")
        parser.add_argument("--resume", metavar="RUN", help="go on with a re-extraction that was stopped")
        parser.add_argument("--accept", metavar="RUN", help="make what a re-extraction changed new versions")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read anew, or accept; 9 when a part of a file could not be read, 5 when a crawl holds a site."""
        if opts.jobs < 1:
            raise UsageError("--jobs must be above 0")
        try:
            self.exitcode = int(self._accept(opts.accept) if opts.accept else self._read(args, opts))
        except ConfigurationError as error:
            self.exitcode = int(refuse(str(error)))
        except AlreadyRunning as error:
            sys.stderr.write(f"newsspider: {error}\n")
            self.exitcode = int(ExitCode.ALREADY_RUNNING)
        except (StoreError, OSError) as error:
            sys.stderr.write(f"newsspider: {error}\n")
            self.exitcode = int(ExitCode.DISK)

    # -- reading -------------------------------------------------------------------------------

    def _read(self, args: list[str], opts: argparse.Namespace) -> ExitCode:
        plan = self._earlier(opts.resume) if opts.resume else self._plan(args, opts)
        sys.stderr.write(f"re-extraction {plan.run}: output in {plan.folder}\n")
        try:
            with reading(Path(plan.archive)):
                finished = _with_progress(plan, opts.jobs)
        except KeyboardInterrupt:
            sys.stderr.write(f"stopped; go on with: scrapy reextract --resume {plan.run}\n")
            return ExitCode.STOPPED
        report.write(plan, finished)
        _show(plan, finished)
        if not finished.tally.records:
            sys.stderr.write("newsspider: no record could be read\n")
            return ExitCode.SITE_FAILED
        return ExitCode.SITE_FAILED if finished.failed or self._foreign else ExitCode.FINE

    def _plan(self, args: list[str], opts: argparse.Namespace) -> Plan:
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        archive = archive_dir(self.settings)
        modules = tuple(self.settings.getlist("SPIDER_MODULES"))
        if opts.site:
            require(opts.site, modules, self._exports())
        found = self._named(args, archive) if args else list(files(archive))
        units = tuple(split(found, jobs=opts.jobs))
        if not units:
            raise ConfigurationError(f"there is nothing to read: no WARC file in {archive}")
        return Plan(
            run=new_run_id(_LABEL),
            exports=str(self._exports()),
            archive=str(archive),
            modules=modules,
            units=units,
            site=opts.site,
            since=opts.since,
        )

    def _named(self, args: list[str], archive: Path) -> list[tuple[str, Path]]:
        missing = [name for name in args if not Path(name).is_file()]
        if missing:
            raise ConfigurationError(f"no such file: {', '.join(missing)}")
        args = list({Path(name).resolve(): name for name in args}.values())  # each file once
        self._foreign = [name for name in args if not holds_records(Path(name))]
        if len(self._foreign) == len(args):
            raise ConfigurationError(f"no WARC record in {', '.join(args)}")
        for name in self._foreign:
            sys.stderr.write(f"newsspider: no WARC record in {name}: left out\n")
        return [(name_in_references(Path(n), archive), Path(n)) for n in args if n not in self._foreign]

    def _earlier(self, run: str) -> Plan:
        if "/" in run or run.startswith("."):
            raise ConfigurationError(f"{run!r} is no run")
        return Plan.load(self._exports() / "reextract" / run)

    def _exports(self) -> Path:
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        return Path(self.settings.get("EXPORTS_DIR") or "exports").expanduser()

    # -- accepting -----------------------------------------------------------------------------

    def _accept(self, run: str) -> ExitCode:
        plan = self._earlier(run)
        if len(plan.done()) < len(plan.units):
            raise ConfigurationError(f"{run} is not finished: scrapy reextract --resume {run}")
        sites = sites_of(plan)
        if not sites:
            sys.stdout.write("nothing reads otherwise: there is nothing to accept\n")
            return ExitCode.FINE
        made, counts = self._into_store(plan, sites)
        told = {"run": made, **asdict(counts), "at": stamp(utc_now())}
        write_whole(mark(plan), json.dumps(told).encode())
        sys.stdout.write(
            f"given to the store as run {made}: {number_of(counts.given, 'article')};"
            f" overtaken by a newer version: {counts.overtaken};"
            f" earlier captures of the same page: {counts.earlier};"
            f" raw page no longer there: {counts.gone}\n"
        )
        return ExitCode.SITE_FAILED if counts.gone else ExitCode.FINE

    def _into_store(self, plan: Plan, sites: tuple[str, ...]) -> tuple[str, Accepted]:
        """Accept as a run of its own, which has its file and its report as a crawl has."""
        exports, run = self._exports(), new_run_id(_LABEL)
        facts: dict[str, Any] = {
            "run": run,
            "command": f"reextract --accept {plan.run}",
            "started": stamp(utc_now()),
            "sites": sites,
        }
        assert self.settings is not None  # noqa: S101 (set by Scrapy)
        pages = RawPages(
            archive_dir(self.settings),
            run=run,
            max_bytes=optional_number(self.settings, "ARCHIVE_FILE_BYTES") or DEFAULT_MAX_BYTES,
            enabled=self.settings.getbool("ARCHIVE_ENABLED"),
        )
        with closing(Store.open(exports, run=run, sites=sites)) as store, closing(pages):
            write_run_file(exports / RUNS / run, facts)
            counts = accept(plan, store, pages)
        end = {"finished": stamp(utc_now()), "exit_code": int(ExitCode.FINE), "finish_reason": "finished"}
        write_run_file(exports / RUNS / run, facts | end)
        write_report(exports, run, now=utc_now())
        return run, counts


def _with_progress(plan: Plan, jobs: int) -> Finished:
    console = Console(stderr=True)
    columns = (BarColumn(), DownloadColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    known = plan.done()
    counts = {"articles": sum(tally.articles for tally in known.values())}
    shown = console.is_terminal
    # Without a thread of its own, so that processes can be forked.
    with Progress(*columns, console=console, disable=not shown, auto_refresh=False) as progress:
        task = progress.add_task("", total=sum(unit.bytes for unit in plan.units))
        progress.update(task, advance=sum(u.bytes for u in plan.units if u.number in known), refresh=True)

        def done(unit: Unit, result: Tally | Failed) -> None:
            counts["articles"] += result.articles if isinstance(result, Tally) else 0
            told = f"{counts['articles']:,} articles"
            progress.update(task, advance=unit.bytes, description=told, refresh=True)

        return reextract(plan, jobs=jobs, done=done)


def _show(plan: Plan, finished: Finished) -> None:
    table = Table("field", *(["same", "changed", "gained", "lost"]), title=f"Re-extraction {plan.run}")
    for row in report.rows(finished):
        table.add_row(*row)
    console = Console()
    console.print(table)
    for line in report.summary(finished):
        console.print(line, highlight=False)
