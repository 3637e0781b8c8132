"""Events: a stored article that disappeared, or is back."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, Literal

from newsspider.items import GAVE_ARTICLE, SCHEMA, Outcome, Visit
from newsspider.store.ledger import Ledger
from newsspider.store.visits import article_of

#: So many stored articles of one site gone in one run, and this share of its revisits, are no
#: deletions but a fault of the site or of our reading: an alarm.
ALARM_COUNT: Final = 10
ALARM_SHARE: Final = 0.3


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
    """Many stored articles of a site were gone in one run: no events are written."""

    site: str
    gone: int
    revisited: int


@dataclass(slots=True)
class _Site:
    there: int = 0
    gone: dict[str, Event] = field(default_factory=dict)


class Disappearances:
    """Gathers what revisits say of stored articles; `gone` is told at the end of the run only."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._sites: defaultdict[str, _Site] = defaultdict(_Site)

    def note(self, visit: Visit, ledger: Ledger) -> Event | None:
        """Take a judged visit into account; return the event when a told absence has ended."""
        if visit.outcome not in GAVE_ARTICLE and visit.outcome is not Outcome.GONE:
            return None
        article = article_of(visit, ledger)
        latest = ledger.versions.latest(article) if article else None
        if article is None or latest is None:
            return None
        site = self._sites[visit.site]
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
                site.gone[article] = event
                ledger.absences.set_gone(article, told=False)
            return None
        site.there += 1
        site.gone.pop(article, None)
        if told is not None:
            ledger.absences.set_back(article)
        return event if told else None

    def tell(self) -> tuple[list[Event], list[Alarm]]:
        """Return the events to write and the sites with too many to be deletions; start anew."""
        events: list[Event] = []
        alarms: list[Alarm] = []
        for name, site in self._sites.items():
            gone, revisited = len(site.gone), len(site.gone) + site.there
            if gone >= ALARM_COUNT and gone >= ALARM_SHARE * revisited:
                alarms.append(Alarm(site=name, gone=gone, revisited=revisited))
            else:
                events.extend(site.gone.values())
        self._sites.clear()
        return events, alarms
