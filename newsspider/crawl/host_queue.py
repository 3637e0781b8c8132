"""The requests that wait for one host."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from scrapy import Request

from newsspider.items import Outcome


@dataclass(slots=True, kw_only=True, eq=False)
class HostQueue:
    """Requests of one host and port: highest priority first, then first come, first served.

    `not_before` is a moment of the monotonic clock, `delay` seconds between two requests, `blocks`
    counts block pages in a row, `closed` says how and why what is still asked of the host ends.
    """

    key: str
    site: str
    delay: float
    not_before: float = 0.0
    blocks: int = 0
    closed: tuple[Outcome, str] | None = None
    state: Literal["idle", "ready", "waiting", "busy"] = "idle"
    _heap: list[tuple[int, int, Request]] = field(default_factory=list)

    def __len__(self) -> int:
        """Return how many requests wait."""
        return len(self._heap)

    def push(self, request: Request, order: int) -> None:
        """Add a request; `order` breaks ties."""
        heapq.heappush(self._heap, (-request.priority, order, request))

    def pop(self) -> Request:
        """Take the next request; IndexError when none waits."""
        return heapq.heappop(self._heap)[2]

    def drain(self) -> Iterator[Request]:
        """Take all requests."""
        while self._heap:
            yield self.pop()
