"""Admission: what was queued is judged, and entered into the batch and the index."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsspider.items import Record, Visit
from newsspider.store.draft import Draft
from newsspider.store.events import Disappearances
from newsspider.store.index import Index
from newsspider.store.judge import Decision
from newsspider.store.versions import Version
from newsspider.store.visits import Rules, apply_visit
from newsspider.store.writer import Batch


@dataclass(frozen=True, slots=True)
class Admission:
    """Enters what was queued, inside the transaction of its batch."""

    index: Index
    batch: Batch
    disappearances: Disappearances
    rules: Rules

    def enter(self, visits: Sequence[Visit], draft: Draft | None) -> list[Visit]:
        """Judge the draft; return its visits as they ended. The first is the article's own page."""
        decision = self.index.judge.decide(draft) if draft else None
        if decision and decision.record:
            self._add_record(decision.record)
        ended = [
            _ended(visit, draft, decision, first=number == 0) if draft and decision else visit
            for number, visit in enumerate(visits)
        ]
        for number, visit in enumerate(ended):
            event = self.disappearances.note(visit, self.index.ledger) if number == 0 else None
            if event is not None:
                self.batch.add("events", event)
            apply_visit(self.index.ledger, visit, self.rules)
            self.batch.add("visits", visit)
        return ended

    def _add_record(self, record: Record) -> None:
        kind = "reprints" if record.reprint_of else "articles"
        segment, start, length = self.batch.add(kind, record)
        version = Version(
            record.id,
            record.version,
            record.digest,
            segment,
            start,
            length,
            record.site,
            record.extractor,
            record.story,
        )
        self.index.ledger.versions.add(version)
        self.index.texts.add(record)
        self.index.unwritten[segment, start] = record


def _ended(visit: Visit, draft: Draft, decision: Decision, *, first: bool) -> Visit:
    """Return the visit as it ended; only an article's first page names the version."""
    return replace(
        visit,
        outcome=decision.outcome,
        reason=None,
        detail=decision.detail or visit.detail,
        article=decision.article,
        version=decision.version if first and decision.record else None,
        digest=decision.digest,
        published_at=visit.published_at or draft.article.published_at,
    )
