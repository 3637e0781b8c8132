"""When a known URL is due again. Pure: the time is an argument.

An article is looked at again soon after it appeared, when corrections are likely, then ever more
rarely, then never. What failed comes back with growing intervals; a listing is always due.
"""

from datetime import datetime, timedelta
from typing import Final

from newsspider.items import GAVE_ARTICLE, Outcome

#: The ages at which an article is looked at again.
REVISIT_AGES: Final = (
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=2),
    timedelta(days=3),
    timedelta(days=10),
)
#: Two visits of one article are never closer than this.
LEAST_GAP: Final = timedelta(hours=3)

#: After the n-th failure in a row. The first is tried again in the next run, whenever that is.
RETRY_INTERVALS: Final = (
    timedelta(0),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)
#: Failures in a row after which a URL is given up; a block says nothing of the URL, so it never is.
GIVE_UP: Final = {
    Outcome.FAILED: 12,
    Outcome.GONE: 4,
    Outcome.NOT_NEWS: 3,
    # A robots.txt may be a mistake of a week; one that stays must not fill what a run visits again.
    Outcome.REFUSED: 5,
}
#: A page that is gone or is no article seldom changes its mind within the day.
_PATIENT: Final = frozenset({Outcome.GONE, Outcome.NOT_NEWS, Outcome.REFUSED})


def next_visit(
    outcome: Outcome,
    *,
    now: datetime,
    born: datetime | None = None,
    failures: int = 0,
) -> datetime | None:
    """Return when a URL is due again after a visit that ended at `now`; None means never.

    born: when the article was published, or first seen; failures: visits in a row, with this one,
    that gave nothing.
    """
    if outcome is Outcome.LISTING:
        return now
    if outcome in GAVE_ARTICLE:
        return _revisit(now, born or now)
    if failures >= GIVE_UP.get(outcome, failures + 1):
        return None
    step = max(failures, 1) + (3 if outcome in _PATIENT else 0)
    return now + RETRY_INTERVALS[min(step, len(RETRY_INTERVALS)) - 1]


def _revisit(now: datetime, born: datetime) -> datetime | None:
    born = min(born, now)  # a time in the future is a mistake of the page
    return next((born + age for age in REVISIT_AGES if born + age >= now + LEAST_GAP), None)
