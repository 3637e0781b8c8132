"""When a URL is due again, in the words of the ledger."""

from datetime import UTC, datetime
from typing import Final

from newsspider.discover import due
from newsspider.items import Outcome, Visit
from newsspider.store.draft import Known

#: Lists that every run asks for by itself, whatever came of them in the last one, and further pages,
#: which are asked for with their article: alone, half of it would be taken for another one.
NEVER_DUE: Final = frozenset({"start", "sitemap", "feed", "listing", "guess", "further"})


def next_visit(known: Known | None, visit: Visit, now: datetime) -> datetime | None:
    """Return when the URL of `visit` is due again, or None; `known` is what was known before it."""
    if visit.outcome is Outcome.LISTING or visit.via in NEVER_DUE:
        return None
    return due.next_visit(
        visit.outcome,
        now=now,
        born=_moment(visit.published_at) or (known.first_seen if known else now),
        failures=(known.tries if known else 0) + 1,
    )


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
