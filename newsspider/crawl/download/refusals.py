"""Why a request is not made: one exception with a reason, so that a drop becomes a visit."""

from scrapy.exceptions import IgnoreRequest

from newsspider.items import Outcome


class Refused(IgnoreRequest):
    """A request that must not be made; `outcome` and `reason` are what the visit says."""

    def __init__(self, reason: str, detail: str | None = None, *, outcome: Outcome = Outcome.REFUSED) -> None:
        super().__init__(reason if detail is None else f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.outcome = outcome
