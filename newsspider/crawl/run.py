"""One run: its store, its archive, what became of each site, and how it ends."""

import asyncio
import logging
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self
from weakref import WeakKeyDictionary

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import CallLaterResult, call_later

from newsspider.archive.exchange import Exchange, Failure
from newsspider.archive.retention import prune
from newsspider.archive.writer import Archive
from newsspider.crawl.clock import new_run_id, stamp, utc_now
from newsspider.crawl.memory import Memory
from newsspider.crawl.one_line import one_line
from newsspider.crawl.reread import Rereader
from newsspider.crawl.run_file import facts_of, write_run_file
from newsspider.crawl.run_settings import RunSettings
from newsspider.crawl.schedule import next_visit
from newsspider.crawl.signals import visit_acknowledged
from newsspider.crawl.summary import SiteSummary, SiteTally, exit_code
from newsspider.errors import AlreadyRunning, ConfigurationError, ExitCode, StoreError
from newsspider.items import Outcome, Visit, WarcRef
from newsspider.page.urls import article_id
from newsspider.reextract.site import Site
from newsspider.store.store import Draft, Store

if TYPE_CHECKING:
    from newsspider.crawl.plan import Plan
    from newsspider.crawl.scheduler import SiteScheduler
    from newsspider.profile import SiteProfile

logger = logging.getLogger(__name__)

#: Finish reasons of Scrapy's that are limits of the run, and what the run ends with.
_LIMITS = {
    "closespider_timeout": ExitCode.TIME,
    "memusage_exceeded": ExitCode.MEMORY,
    "shutdown": ExitCode.STOPPED,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that stopped something: on which site, which one, and what it stopped."""

    site: str
    limit: str
    detail: str


class Run:
    """What all components of one crawl share. `Run.of(crawler)` gives it.

    `failure` is the exit code of what went wrong with the run itself, `finish_reason` why it ended.
    Without a store (STORE_ENABLED=False: shell, fetch, parse) nothing is written.
    """

    _runs: ClassVar["WeakKeyDictionary[Crawler, Run]"] = WeakKeyDictionary()

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.settings = RunSettings.from_settings(crawler.settings)
        self.id = ""
        self.started = utc_now()
        self.sites: Mapping[str, Any] = {}
        self.store: Store | None = None
        self.archive: Archive | None = None
        self.memory = Memory(self)
        self.scheduler: SiteScheduler | None = None
        self.tallies: dict[str, SiteTally] = {}
        self._limits: dict[Limit, None] = {}
        self.left_over: dict[str, int] = {}
        self.skipped: dict[str, str] = {}
        self.failure: ExitCode | None = None
        self.message: str | None = None
        self.finish_reason: str | None = None
        self._lock = threading.RLock()
        self._timer: CallLaterResult | None = None
        self._closing: asyncio.Future[None] | None = None
        self._closed = False
        crawler.signals.connect(self._spider_closed, signal=signals.spider_closed)

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return the run of a crawler, the same one at each call."""
        run = cls._runs.get(crawler)
        if run is None:
            run = cls._runs[crawler] = cls(crawler)
        return run  # type: ignore[return-value]

    @property
    def folder(self) -> Path:
        """Where the run's own files lie."""
        return self.settings.exports_dir / "runs" / self.id

    # -- open and close --------------------------------------------------------------------------

    def open(self, spider: Spider) -> None:
        """Take the sites' locks, recover what a killed run left, open ledger and archive.

        Never raises: what is wrong is in `failure` and `message`.
        """
        self.sites = getattr(spider, "sites", {})
        if not self.settings.store_enabled or not self.sites:
            return
        try:
            self._open(spider)
        except AlreadyRunning as error:
            self.fail(ExitCode.ALREADY_RUNNING, "already running", str(error))
        except ConfigurationError as error:
            self.fail(ExitCode.CONFIGURATION, "configuration", str(error))
        except (StoreError, OSError) as error:
            self.fail(ExitCode.DISK, "disk", str(error))

    def _open(self, spider: Spider) -> None:
        self.id = new_run_id(spider.name if len(self.sites) == 1 else "many")
        archive_dir = self.settings.archive_dir
        reread = Rereader(archive_dir, self._site_of) if self.settings.archive_enabled else None
        store = self.store = Store.open(
            self.settings.exports_dir,
            run=self.id,
            sites=tuple(self.sites),
            now=utc_now,
            schedule=next_visit,
            identify=article_id,
            reread=reread,
            skip_held=len(self.sites) > 1,
            compress=self.settings.compress,
        )
        self.skipped = dict.fromkeys(sorted(set(self.sites) - set(store.sites)), "held by another run")
        if self.skipped and store.sites:
            logger.warning("skipped, held by another run: %s", one_line(", ".join(self.skipped)))
        self.sites = {name: site for name, site in self.sites.items() if name in store.sites}
        if not self.sites:
            raise AlreadyRunning("all sites are held by other runs")
        self.tallies = {name: SiteTally(name) for name in self.sites}
        if self.settings.archive_enabled:
            self.archive = Archive.open(
                self.settings.archive_dir, run=self.id, max_bytes=self.settings.archive_file_bytes
            )
        self._write_run_file(None)

    def close(self, code: ExitCode | None = None) -> None:
        """Commit, seal and write the run's file. Safe to call again, and after a second signal."""
        with self._lock:
            if self._closed or self.store is None:
                return
            self._closed = True
            self._commit()
            # An archive that cannot be sealed, or pruned, must not leave the store open.
            for last in (self._close_archive, self.store.close):
                try:
                    last()
                except (StoreError, OSError) as error:
                    self.fail(ExitCode.DISK, "disk", str(error))
            self._write_run_file(self.exit_code() if code is None else code)

    def _close_archive(self) -> None:
        """Seal it, and remove raw pages that are older or larger than wanted."""
        if self.archive is None:
            return
        self.archive.close()
        prune(
            self.settings.archive_dir,
            keep_days=self.settings.archive_keep_days,
            max_bytes=self.settings.archive_max_bytes,
            now=utc_now(),
        )

    def abandon(self, code: ExitCode, message: str) -> None:
        """Write how the run ended from another thread, without touching the store."""
        self.finish_reason, self.message = "watchdog", message
        self._write_run_file(code)

    # -- what happened -----------------------------------------------------------------------------

    def keep(self, visit: Visit, draft: Draft | None = None, also: Iterable[Visit] = ()) -> None:
        """Queue a visit, with the article that it gave, for the next batch."""
        with self._lock:
            if self.store is None or self._closed or self.failure is ExitCode.DISK:
                return
            try:
                self.store.add(visit, draft, also=tuple(also))
            except StoreError as error:
                self.fail(ExitCode.DISK, "disk", str(error))
                return
            if self.store.pending >= self.settings.batch_visits:
                self._commit()
            elif self._timer is None:
                self._timer = call_later(self.settings.batch_seconds, self._commit)

    def keep_unfetched(self, plan: "Plan", outcome: Outcome, reason: str, **facts: Any) -> None:
        """Queue the visit of a request that was not made."""
        self.keep(
            Visit(
                run=self.id,
                site=plan.site,
                url=plan.url,
                id=plan.id,
                via=plan.via,
                referrer=plan.referrer,
                outcome=outcome,
                reason=reason,
                at=stamp(utc_now()),
                **facts,
            )
        )

    def archived(self, exchange: Exchange | Failure) -> tuple[WarcRef, ...]:
        """Write a raw page; the empty tuple where nothing is archived."""
        with self._lock:
            if self.archive is None or self._closed or self.failure is ExitCode.DISK:
                return ()
            try:
                return (self.archive.append(exchange),)
            except (StoreError, OSError) as error:
                self.fail(ExitCode.DISK, "disk", str(error))
                return ()

    def _commit(self) -> None:
        """Have all that is queued on the disk: raw pages, then lines, then the ledger; then count it."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self.store is None or self.failure is ExitCode.DISK:
                return
            try:
                if self.archive is not None:
                    self.archive.sync()
                acknowledged = self.store.commit()
            except (StoreError, OSError) as error:
                self.fail(ExitCode.DISK, "disk", str(error))
                return
            for visit in acknowledged:
                self.tallies.setdefault(visit.site, SiteTally(visit.site)).add(visit)
                self._crawler.signals.send_catch_log(visit_acknowledged, visit=visit)

    def _spider_closed(self, reason: str) -> None:
        if self.finish_reason is None:
            self.finish_reason = reason

    @property
    def limits(self) -> list[Limit]:
        """The limits that stopped something, each once, in order."""
        return list(self._limits)

    def limit_reached(self, site: str, limit: str, detail: str) -> None:
        """Note a limit that stopped something, for the report."""
        noted = Limit(site, limit, detail)
        if noted not in self._limits:
            self._limits[noted] = None
            logger.info("%s: stopped by %s (%s)", site, limit, detail)

    def fail(self, code: ExitCode, reason: str, message: str) -> None:
        """The run itself failed: note why and stop it."""
        if self.failure is None:
            self.failure, self.message = code, message
            # What stops a run before its first request is the command's last line, too.
            level = logging.ERROR if code is ExitCode.DISK else logging.INFO
            logger.log(level, "%s: %s", reason, message)
        self.stop(reason)

    def stop(self, reason: str) -> None:
        """Close the spider; from inside a pipeline that must not be awaited (it would wait for itself)."""
        if self.finish_reason is None:
            self.finish_reason = reason
        engine = self._crawler._engine  # noqa: SLF001 (None before the crawl has started)
        if engine is not None and engine.spider is not None and engine.running and self._closing is None:
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))

    # -- what is known -----------------------------------------------------------------------------

    def delay_of(self, site: str, default: float) -> float:
        """Return the seconds between two requests to a host of the site."""
        profile = self._profile_of(site)
        return default if profile is None or profile.delay is None else profile.delay

    def _site_of(self, name: str) -> Site | None:
        site = self.sites.get(name)
        return None if site is None else Site(site.profile, site.refine)

    def _profile_of(self, site: str) -> "SiteProfile | None":
        return getattr(self.sites.get(site), "profile", None)

    # -- how it ends -------------------------------------------------------------------------------

    def summaries(self) -> dict[str, SiteSummary]:
        """Return the numbers of each site."""
        return {name: tally.summary() for name, tally in self.tallies.items()}

    def exit_code(self) -> ExitCode:
        """Return what the run ends with."""
        also = [code for code in (self.failure, _LIMITS.get(self.finish_reason or "")) if code]
        if self.failure in {ExitCode.ALREADY_RUNNING, ExitCode.CONFIGURATION}:
            return exit_code((), also=also)
        return exit_code(self.summaries().values(), tolerated=self.settings.failed_sites_tolerated, also=also)

    def _write_run_file(self, code: ExitCode | None) -> None:
        """Write run.json: at the start without an end, so that a killed run can be told."""
        if self.store is None:
            return
        try:
            write_run_file(self.folder, facts_of(self, code))
        except OSError as error:
            logger.error("run.json: %s", error)  # noqa: TRY400 (one line, no traceback)
