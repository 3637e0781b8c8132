"""What a run knows of URLs from before, and what is due."""

from datetime import datetime
from typing import TYPE_CHECKING

from newsspider.crawl.clock import utc_now
from newsspider.errors import ExitCode, StoreError
from newsspider.page.dates import CHINA
from newsspider.store.store import Known

if TYPE_CHECKING:
    from newsspider.crawl.run import Run


class Memory:
    """Asks the run's store; a store that fails stops the run and knows nothing."""

    def __init__(self, run: "Run") -> None:
        self._run = run

    def known(self, key: str) -> Known | None:
        """Return what the ledger knows of a URL's identity."""
        store = self._run.store
        if store is None or self._run.failure is ExitCode.DISK:
            return None
        try:
            return store.known(key)
        except StoreError as error:
            self._run.fail(ExitCode.DISK, "disk", str(error))
            return None

    def is_settled(self, key: str) -> bool:
        """Return whether a URL is known and not due again."""
        known = self.known(key)
        return known is not None and (known.next_visit is None or known.next_visit > self._due_until())

    def was_changed(self, key: str, modified: str) -> bool:
        """Return whether a page is said to have changed since it was last visited."""
        known = self.known(key)
        if known is None or known.last_visit is None:
            return False
        try:
            moment = datetime.fromisoformat(modified)
        except ValueError:
            return False
        # A bare day may mean any moment of it: it says something only when the visit was before that day.
        moment = moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
        return moment > known.last_visit

    def is_from_before(self, key: str) -> bool:
        """Return whether a URL was known before this run began."""
        known = self.known(key)
        # The ledger counts whole seconds: what was found in the run's first one is no older than the run.
        return known is not None and known.first_seen < self._run.started.replace(microsecond=0)

    def due(self, site: str, limit: int) -> list[Known]:
        """Return the site's URLs that are due, the never-visited ones first."""
        store = self._run.store
        if store is None or self._run.failure is ExitCode.DISK:
            return []
        try:
            return store.due(site, self._due_until(), limit)
        except StoreError as error:
            self._run.fail(ExitCode.DISK, "disk", str(error))
            return []

    def _due_until(self) -> datetime:
        return utc_now() + self._run.settings.due_ahead
