"""The last station of every visit: the store."""

from dataclasses import dataclass, replace
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from newsspider.crawl.run import Run
from newsspider.items import Outcome, Visit
from newsspider.store.store import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a spider yields for every fetch: its visit, the article that it gave, further pages' visits."""

    visit: Visit
    draft: Draft | None = None
    also: tuple[Visit, ...] = ()


class StorePipeline:
    """Queues visits and articles for the run's next batch, which is judged and stored as one."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline of a crawl."""
        pipeline = cls(Run.of(crawler))
        crawler.signals.connect(pipeline.item_error, signal=signals.item_error)
        crawler.signals.connect(pipeline.item_dropped, signal=signals.item_dropped)
        return pipeline

    def open_spider(self) -> None:
        """Close the spider of a run that could not be opened."""
        if self._run.failure is not None:
            raise CloseSpider(self._run.finish_reason or "not opened")

    def process_item(self, item: object) -> object:
        """Keep what is a Fetched; other items are not ours."""
        if isinstance(item, Fetched):
            self._run.keep(item.visit, item.draft, item.also)
        return item

    def item_error(self, item: object) -> None:
        """Count what another pipeline failed to handle: plain Scrapy loses it and ends with 0."""
        self._lose(item, Outcome.FAILED, "pipeline error")

    def item_dropped(self, item: object) -> None:
        """Count what another pipeline dropped."""
        self._lose(item, Outcome.REFUSED, "dropped by a pipeline")

    def _lose(self, item: object, outcome: Outcome, reason: str) -> None:
        if isinstance(item, Fetched):
            visits = [replace(v, outcome=outcome, reason=reason) for v in (item.visit, *item.also)]
            for visit in visits:
                self._run.keep(visit)
