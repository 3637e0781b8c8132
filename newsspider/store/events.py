"""Events: a stored article that disappeared, or is back."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from newsspider.items import GAVE_ARTICLE, SCHEMA, Outcome, Visit
from newsspider.store.ledger import Ledger
from newsspider.store.visits import article_of, moment

#: So many stored articles of one site gone within a day, and this share of its visits, are no
#: deletions but a fault of the site or of our reading: an alarm. Within a day and not a run: a run
#: of every hour looks at a few articles of a small site.
ALARM_COUNT: Final = 10
ALARM_SHARE: Final = 0.3
ALARM_TIME: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of `events/`: a stored article is gone from its site, or back."""

    event: Literal["gone", "back"]
    id: str
    version: int
    site: str
    url: str
    at: str
    run: str
    reason: str | None
    status: int | None
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Many stored articles of a site were gone within a day: this run writes no events of them."""

    site: str
    gone: int
    revisited: int


class Disappearances:
    """Gathers what revisits say of stored articles; `gone` is told at the end of the run only."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._gone: defaultdict[str, dict[str, Event]] = defaultdict(dict)

    def note(self, visit: Visit, ledger: Ledger) -> Event | None:
        """Take a judged visit into account; return the event when a told absence has ended."""
        if visit.outcome not in GAVE_ARTICLE and visit.outcome is not Outcome.GONE:
            return None
        article = article_of(visit, ledger)
        latest = ledger.versions.latest(article) if article else None
        if article is None or latest is None:
            return None
        event = Event(
            event="gone" if visit.outcome is Outcome.GONE else "back",
            id=article,
            version=latest.number,
            site=visit.site,
            url=visit.url,
            at=visit.at,
            run=visit.run,
            reason=visit.reason,
            status=visit.status,
        )
        told = ledger.absences.told(article)
        if visit.outcome is Outcome.GONE:
            if not told:
                self._gone[visit.site][article] = event
                ledger.absences.set_gone(article, told=False)
            return None
        self._gone[visit.site].pop(article, None)
        if told is not None:
            ledger.absences.set_back(article)
        return event if told else None

    def tell(self, ledger: Ledger) -> tuple[list[Event], list[Alarm]]:
        """Return the events to write and the sites with too many to be deletions; start anew."""
        found = {site: gone for site, gone in self._gone.items() if gone}
        self._gone.clear()
        if not found:
            return [], []
        last = max(moment(event.at) for gone in found.values() for event in gone.values())
        seen = ledger.urls.gone_and_seen(last - ALARM_TIME)
        events: list[Event] = []
        alarms: list[Alarm] = []
        for site, disappeared in found.items():
            gone, revisited = seen.get(site, (0, 0))
            if gone >= ALARM_COUNT and gone >= ALARM_SHARE * revisited:
                alarms.append(Alarm(site=site, gone=gone, revisited=revisited))
            else:
                events.extend(disappeared.values())
        return events, alarms
