"""What a visit changes in the state of its URL: one function for the run and for recovery."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from newsspider.items import GAVE_ARTICLE, GOOD, Outcome, Visit
from newsspider.store.draft import Identify, Known, Schedule
from newsspider.store.judge import reread_of
from newsspider.store.ledger import Ledger
from newsspider.store.versions import Version

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
#: Room for what is due some time later.
_LAST: Final = datetime(9000, 1, 1, tzinfo=UTC)


def never(known: Known | None, visit: Visit, now: datetime) -> datetime | None:  # noqa: ARG001
    """Schedule nothing: the choice when no schedule is given."""
    return None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the store is told of URLs: when one is due again, and the id of one that was found."""

    schedule: Schedule = never
    identify: Identify | None = None


def apply_visit(ledger: Ledger, visit: Visit, rules: Rules) -> None:
    """Enter a judged visit, and what it found, into the ledger.

    The schedule gets the time of the visit, not of the commit, so that a ledger made anew from
    the visits says the same.
    """
    at = moment(visit.at)
    if rules.identify is not None:
        _enter_found(ledger, visit, rules.identify, at)
    before = ledger.urls.get(visit.id)
    if visit.outcome is Outcome.REFUSED and before is None:
        return  # never fetched: nothing is known, and traps have no end of URLs
    after = Known(
        id=visit.id,
        site=visit.site,
        url=visit.url,
        via=visit.via,
        first_seen=before.first_seen if before else at,
        last_visit=at,
        next_visit=rules.schedule(before, visit, at),
        visits=before.visits + 1 if before else 1,
        tries=_tries(before, visit),
        unchanged=_unchanged(before, visit),
        last_outcome=visit.outcome,
        etag=visit.etag,
        last_modified=visit.last_modified,
        article=visit.article,
        published_at=visit.published_at,
        twin=visit.outcome is Outcome.SAME_TEXT,
    )
    if before is not None:
        after = replace(
            after,
            # That it was due does not say how it was found.
            via=before.via if visit.via == "due" else visit.via,
            article=visit.article or before.article,
            published_at=visit.published_at or before.published_at,
            twin=after.twin if visit.article else before.twin,
        )
    # Validators of a page that gave nothing would turn the next try into a 304.
    if visit.outcome not in GOOD or visit.status == HTTPStatus.NOT_MODIFIED:
        after = replace(
            after,
            etag=before.etag if before else None,
            last_modified=before.last_modified if before else None,
        )
    ledger.urls.put(after)


def _enter_found(ledger: Ledger, visit: Visit, identify: Identify, at: datetime) -> None:
    """Make due what a listing found and its run was going to fetch, should the run not come to it."""
    for url in visit.found:
        key = identify(url)
        if ledger.urls.get(key) is None:
            ledger.urls.put(
                Known(id=key, site=visit.site, url=url, via="listing", first_seen=at, next_visit=at)
            )
    if visit.continues is not None:
        key = identify(visit.continues)
        page = ledger.urls.get(key) or Known(
            id=key, site=visit.site, url=visit.continues, via="paging", first_seen=at
        )
        ledger.urls.put(replace(page, via="paging", next_visit=at))


def replay_visit(ledger: Ledger, visit: Visit, rules: Rules) -> None:
    """Enter a visit that was read from its segment, after all records are indexed."""
    gave = visit.outcome in GAVE_ARTICLE
    if gave and visit.article is not None:
        latest = ledger.versions.latest(visit.article)
        if latest is None:
            return  # it speaks of an article that no segment holds: its URL is not known
        if visit.outcome is not Outcome.SAME_TEXT:
            ledger.absences.set_back(visit.article)
        reread, extractor = reread_of(visit.detail)
        if not reread and _saw_a_lost_version(ledger, visit, latest):
            return  # neither is it as it was: its URL stays due, and is asked for without validators
        if reread and visit.digest:
            ledger.rereads.put(visit.article, latest.number, visit.digest, extractor)
        elif visit.version is not None:
            ledger.rereads.forget(visit.article)
    apply_visit(ledger, visit, rules)
    if visit.outcome is not Outcome.GONE:
        return
    article = article_of(visit, ledger)
    if article and not ledger.absences.told(article):
        ledger.absences.set_gone(article, told=False)


def _saw_a_lost_version(ledger: Ledger, visit: Visit, latest: Version) -> bool:
    """Tell whether a visit speaks of a version that no segment holds, though older ones are there."""
    if visit.version is not None:
        return visit.version > latest.number
    if visit.outcome is not Outcome.UNCHANGED or visit.digest in (None, latest.digest):
        return False
    return all(visit.digest != version.digest for version in ledger.versions.of(latest.id))


def article_of(visit: Visit, ledger: Ledger) -> str | None:
    """Return the stored article whose presence or absence the visit shows, if there is one.

    That one of two URLs with the same text is gone, or there, says nothing of the other.
    """
    if visit.outcome is Outcome.SAME_TEXT:
        return None
    article = visit.article
    if article is None and ledger.versions.latest(visit.id):
        article = visit.id
    if article is None:
        known = ledger.urls.get(visit.id)
        article = known.article if known and not known.twin else None
    return article if article and ledger.versions.latest(article) else None


def moment(text: str) -> datetime:
    """Return the time that a visit names; one that cannot be read, or cannot be, is 1970."""
    try:
        at = datetime.fromisoformat(text)
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return _EPOCH
    return at if _EPOCH <= at < _LAST else _EPOCH


def _tries(before: Known | None, visit: Visit) -> int:
    earlier = before.tries if before else 0
    return 0 if visit.outcome in GOOD else earlier + 1


def _unchanged(before: Known | None, visit: Visit) -> int:
    earlier = before.unchanged if before else 0
    if visit.outcome is Outcome.UNCHANGED:
        return earlier + 1
    return 0 if visit.outcome is Outcome.STORED else earlier
