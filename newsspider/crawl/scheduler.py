"""Which request goes next: fair turns over hosts, one request a host at a time, nothing that is known."""

import heapq
import itertools
import logging
import time
from collections import deque
from typing import Final, Self

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import CallLaterResult, call_later

from newsspider.crawl.budget import SiteBudget
from newsspider.crawl.download.host_guard import host_key
from newsspider.crawl.harvest import is_home
from newsspider.crawl.host_queue import HostQueue
from newsspider.crawl.plan import Plan, plan_of
from newsspider.crawl.run import Run
from newsspider.items import Outcome
from newsspider.page.urls import article_id

logger = logging.getLogger(__name__)

#: Seconds added to a computed wake-up, so that the clock has surely passed the moment.
_GRACE: Final = 0.002
#: Seconds between two requests to a host that has asked us to slow down: at least, at most.
_LEAST_SLOW: Final = 0.25
_MOST_SLOW: Final = 60.0


class SiteScheduler(BaseScheduler):
    """Keeps requests by host and gives out those whose host may be asked now.

    Scrapy's scheduler hands out whatever fits its priority and parks it in the downloader until its
    delay is over: a slow site then starves the others and a stop takes minutes. Here a request
    waits in its host's queue; `queued` counts all. A host is busy while the downloader's `active` holds a
    request of it.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._run = Run.of(crawler)
        self._delay = settings.getfloat("DOWNLOAD_DELAY")
        self._breaker = settings.getint("CIRCUIT_BREAKER_FAILURES")
        self._most_hosts = settings.getint("CONCURRENT_HOSTS")
        self._hosts: dict[str, HostQueue] = {}
        self._ready: deque[HostQueue] = deque()
        self._waiting: list[tuple[float, int, HostQueue]] = []
        self._busy: dict[str, tuple[Request, HostQueue]] = {}
        self._budgets: dict[str, SiteBudget] = {}
        self._seen: dict[str, set[str]] = {}
        self._changed: set[str] = set()
        self._order = itertools.count()
        self.queued = 0
        self._wake_up: CallLaterResult | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the scheduler of a crawl."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Open the run: lock, ledger, archive. StorePipeline closes the spider of one that failed to open."""
        self._run.scheduler = self
        self._run.open(spider)

    def close(self, reason: str) -> None:
        """Forget the wake-up; what is queued is found again by the next run."""
        if self._wake_up is not None:
            self._wake_up.cancel()
            self._wake_up = None
        left = {budget.site: 0 for budget in self._budgets.values()}
        for host in self._hosts.values():
            left[host.site] = left.get(host.site, 0) + len(host)
        self._run.left_over = {site: n for site, n in left.items() if n}

    # -- what Scrapy asks ----------------------------------------------------------------------

    def has_pending_requests(self) -> bool:
        """Return whether anything is queued, also where its host has to wait."""
        return self.queued > 0

    def enqueue_request(self, request: Request) -> bool:
        """Queue a request; False where it was asked for in this run or is known and not due."""
        plan = plan_of(request)
        host = self._host(host_key(request), plan)
        if plan is not None and not self._wanted(request, plan):
            return False
        if host.closed is not None:
            self._give_up(request, *host.closed)
            return True
        host.push(request, next(self._order))
        self.queued += 1
        if host.state == "idle":
            self._settle(host)
        return True

    def next_request(self) -> Request | None:
        """Return a request whose host may be asked now, or None and wake the engine when one may."""
        self._free_finished_hosts()
        self._wake_waiting_hosts()
        while self._ready and len(self._busy) < self._most_hosts:
            host = self._ready.popleft()
            host.state = "idle"
            if not host or not self._within_budget(host):
                continue
            request = host.pop()
            self.queued -= 1
            host.state = "busy"
            host.not_before = max(host.not_before, time.monotonic() + host.delay)
            self._busy[host.key] = (request, host)
            request.meta["started"] = time.monotonic()
            return request
        self._plan_wake_up()
        return None

    # -- what the middlewares tell ---------------------------------------------------------------

    def hold(self, request: Request, seconds: float) -> None:
        """Ask nothing of the request's host for `seconds` from now."""
        host = self._host(host_key(request), plan_of(request))
        host.not_before = max(host.not_before, time.monotonic() + seconds)

    def slow_down(self, request: Request) -> None:
        """Halve the rate of the request's host for the rest of the run."""
        host = self._host(host_key(request), plan_of(request))
        self._keep_distance(host, max(host.delay, min(host.delay * 2, _MOST_SLOW), _LEAST_SLOW))

    def crawl_delay(self, request: Request, seconds: float) -> None:
        """Keep the distance that the host's robots.txt asks for, a minute at most."""
        host = self._host(host_key(request), plan_of(request))
        self._keep_distance(host, max(host.delay, min(seconds, _MOST_SLOW)))

    def blocked(self, request: Request, *, again: bool) -> None:
        """Note that a host answered with a block page (`again`), or with a page: blocks in a row close it."""
        host = self._host(host_key(request), plan_of(request))
        host.blocks = host.blocks + 1 if again else 0
        if host.blocks >= self._breaker:
            self.close_host(request, "blocked", Outcome.BLOCKED)

    def close_host(self, request: Request, reason: str, outcome: Outcome = Outcome.FAILED) -> None:
        """Ask nothing more of the request's host in this run; what is queued ends with `outcome`."""
        host = self._host(host_key(request), plan_of(request))
        if host.closed is not None:
            return
        host.closed = (outcome, reason)
        logger.warning("%s: nothing more is asked of %s in this run: %s", host.site, host.key, reason)
        self._run.limit_reached(host.site, reason, f"{host.key}, {len(host)} requests not made")
        for queued in host.drain():
            self.queued -= 1
            self._give_up(queued, *host.closed)

    def received(self, site: str, size: int) -> None:
        """Count bytes that a site sent."""
        self._budget(site).bytes += size

    def is_settled(self, site: str, url: str, modified: str | None = None) -> bool:
        """Return whether an article needs no fetch: asked for in this run, or known and not due.

        `modified` is when a sitemap or feed says that it was last changed: later than our visit means due.
        """
        key = article_id(url)
        if key in self._seen.get(site, ()):
            return True
        if modified is not None and self._run.memory.was_changed(key, modified):
            self._changed.add(key)
            return False
        return self._run.memory.is_settled(key)

    def was_asked(self, plan: Plan) -> bool:
        """Return whether a plan's page was asked for in this run, as what it is expected to be."""
        return plan.key in self._seen.get(plan.site, ())

    # -- inside ----------------------------------------------------------------------------------

    def _wanted(self, request: Request, plan: Plan) -> bool:
        if request.meta.pop("is_retry", False):
            return True
        seen = self._seen.setdefault(plan.site, set())
        if request.meta.get("redirect_times"):
            return self._wanted_redirect(request, plan, seen)
        if plan.parts:
            return True
        key = plan.key
        if key in seen or (plan.expects == "article" and not self._is_due(plan.id)):
            return False
        seen.add(key)
        return True

    def _is_due(self, key: str) -> bool:
        return key in self._changed or not self._run.memory.is_settled(key)

    def _wanted_redirect(self, request: Request, plan: Plan, seen: set[str]) -> bool:
        target = article_id(request.url)
        passed = request.meta.get("redirect_targets", ())
        if plan.expects != "article" or target == plan.id or target in passed:
            return True
        if is_home(request.url):
            self._run.keep_unfetched(plan, Outcome.GONE, "redirect to the home page", final_url=request.url)
            return False
        known = self._run.memory.known(target)
        if known is not None and known.article is not None and self._run.memory.is_settled(target):
            self._run.keep_unfetched(
                plan,
                Outcome.UNCHANGED,
                "redirect to a known article",
                article=known.article,
                final_url=request.url,
            )
            return False
        seen.add(target)
        request.meta["redirect_targets"] = (*passed, target)
        return True

    def _host(self, key: str, plan: Plan | None) -> HostQueue:
        host = self._hosts.get(key)
        site = plan.site if plan else ""
        delay = self._run.delay_of(site, self._delay)
        if host is None:
            host = self._hosts[key] = HostQueue(key=key, site=site, delay=delay)
            self._keep_distance(host, delay)
        elif site != host.site and delay > host.delay:
            self._keep_distance(host, delay)
        return host

    def _keep_distance(self, host: HostQueue, seconds: float) -> None:
        """Set a host's delay here and in the downloader: robots.txt goes through that one only."""
        host.delay = seconds
        downloader = self._crawler.engine.downloader
        downloader.per_slot_settings[host.key] = {"concurrency": 1, "delay": seconds, "jitter": 0}
        if host.key in downloader.slots:
            downloader.slots[host.key].delay = seconds

    def _budget(self, site: str) -> SiteBudget:
        if site not in self._budgets:
            self._budgets[site] = SiteBudget.from_settings(site, self._crawler.settings)
        return self._budgets[site]

    def _within_budget(self, host: HostQueue) -> bool:
        budget = self._budget(host.site)
        exceeded = budget.exceeded()
        if exceeded is None:
            budget.requests += 1
            return True
        dropped = sum(1 for _ in host.drain())
        self.queued -= dropped
        self._run.limit_reached(host.site, exceeded, f"{host.key}, {dropped} requests not made")
        return False

    def _give_up(self, request: Request, outcome: Outcome, reason: str) -> None:
        plan = plan_of(request)
        if plan is not None:
            self._run.keep_unfetched(
                plan,
                outcome,
                reason,
                attempts=int(request.meta.get("retry_times", 0)) or 1,
                detail=request.meta.get("retry_reason"),
            )

    def _settle(self, host: HostQueue) -> None:
        if host.not_before <= time.monotonic():
            host.state = "ready"
            self._ready.append(host)
        else:
            host.state = "waiting"
            heapq.heappush(self._waiting, (host.not_before, next(self._order), host))

    def _free_finished_hosts(self) -> None:
        active = self._crawler.engine.downloader.active
        for key in [key for key, (request, _) in self._busy.items() if request not in active]:
            _, host = self._busy.pop(key)
            host.state = "idle"
            if host:
                self._settle(host)

    def _wake_waiting_hosts(self) -> None:
        now = time.monotonic()
        while self._waiting and self._waiting[0][0] <= now:
            host = heapq.heappop(self._waiting)[2]
            if host.state != "waiting":
                continue
            host.state = "idle"
            if host:
                self._settle(host)

    def _plan_wake_up(self) -> None:
        """Wake the engine when the next host may be asked: by itself it asks every five seconds only."""
        if self._wake_up is not None:
            self._wake_up.cancel()
            self._wake_up = None
        if self._waiting and len(self._busy) < self._most_hosts:
            seconds = max(0.0, self._waiting[0][0] - time.monotonic()) + _GRACE
            self._wake_up = call_later(seconds, self._wake_engine)

    def _wake_engine(self) -> None:
        self._wake_up = None
        slot = self._crawler.engine._slot  # noqa: SLF001 (the engine has no public way to be woken)
        if slot is not None and slot.closing is None:
            slot.nextcall.schedule()
