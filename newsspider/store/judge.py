"""The judge: says of a draft whether it is new, corrected, unchanged, the same text, a reprint."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from newsspider.items import Outcome, Record
from newsspider.store.draft import Draft, Reread, Verdict, record_of
from newsspider.store.identity import digest
from newsspider.store.ledger import Ledger
from newsspider.store.texts import Texts
from newsspider.store.versions import Version

#: The detail of a visit whose page changed only because the rules that read it did, or that new rules
#: read as the old ones had. It names the rules: a ledger made anew must know that they have read the
#: page, or it would take the next correction for their work.
REREAD: Final = "extractor changed, page did not"
REREAD_GONE: Final = "extractor changed, archived page gone: taken for unchanged"
REREAD_SAME: Final = "extractor changed, its reading did not"
# extractor changed, page did not (read by 2)
_READ_BY: Final = re.compile(
    f"(?:{REREAD}|{re.escape(REREAD_GONE)}|{REREAD_SAME})(?: \\(read by (?P<extractor>.*)\\))?"
)


def reread_of(detail: str | None) -> tuple[bool, str | None]:
    """Tell whether a visit's detail says that new rules read the page, and which."""
    match = _READ_BY.fullmatch(detail or "")
    return match is not None, match["extractor"] if match else None


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a draft; `record` is to be written when there is one."""

    outcome: Outcome
    article: str
    version: int | None
    digest: str
    record: Record | None = None
    detail: str | None = None


class Judge:
    """Decides, inside the transaction that writes, so that two runs cannot both store one text."""

    def __init__(
        self,
        ledger: Ledger,
        texts: Texts,
        read: Callable[[Version], Record | None],
        *,
        run: str,
        reread: Reread | None,
    ) -> None:
        """Judge for `run`; `read` gets a stored record."""
        self._ledger = ledger
        self._texts = texts
        self._read = read
        self._run = run
        self._reread = reread

    def decide(self, draft: Draft) -> Decision:
        """Return what becomes of the draft. Nothing is written or indexed."""
        own = digest(draft.article)
        latest = self._ledger.versions.latest(draft.id)
        if latest is None:
            return self._new(draft, own)
        if own == latest.digest:
            return self._unchanged(draft, own, latest, None)
        if not draft.reextracted:
            kept = self._only_the_rules_changed(draft, own, latest)
            if kept is not None:
                return kept
        return self._changed(draft, own, latest)

    def _only_the_rules_changed(self, draft: Draft, own: str, latest: Version) -> Decision | None:
        """Return UNCHANGED when the page is what it was and only its reading differs."""
        noted = self._ledger.rereads.get(draft.id, latest.number)
        if noted and noted[0] == own:
            return self._unchanged(draft, own, latest, REREAD)
        if draft.extractor == latest.extractor or (noted and noted[1] == draft.extractor):
            return None
        before = self._read(latest)
        again = self._reread(before) if self._reread and before else None
        if again is not None and again != own:
            return None
        return self._unchanged(draft, own, latest, REREAD if again else REREAD_GONE)

    def _unchanged(self, draft: Draft, own: str, latest: Version, detail: str | None) -> Decision:
        """Return UNCHANGED; remember that these rules have read the page, and what they read."""
        noted = self._ledger.rereads.get(draft.id, latest.number) or (latest.digest, latest.extractor)
        if noted != (own, draft.extractor):
            self._ledger.rereads.put(draft.id, latest.number, own, draft.extractor)
            detail = detail or REREAD_SAME
        if detail is not None:
            detail = f"{detail} (read by {draft.extractor})"
        return Decision(Outcome.UNCHANGED, draft.id, latest.number, own, detail=detail)

    def _changed(self, draft: Draft, own: str, latest: Version) -> Decision:
        """Return the next version: it stays in the story of the one before."""
        before = self._read(latest)
        verdict = Verdict(
            run=self._run,
            digest=own,
            version=latest.number + 1,
            change="re-extracted" if draft.reextracted else "corrected",
            story=before.story if before else draft.id,
            reprint_of=before.reprint_of if before else None,
            similarity=before.similarity if before else None,
        )
        return _stored(record_of(draft, verdict))

    def _new(self, draft: Draft, own: str) -> Decision:
        found = self._texts.find(draft)
        if isinstance(found, Version):
            return Decision(Outcome.SAME_TEXT, found.id, None, own)
        verdict = Verdict(
            run=self._run,
            digest=own,
            version=1,
            change="first",
            story=found.version.story if found else draft.id,
            reprint_of=found.version.id if found else None,
            similarity=found.similarity if found else None,
        )
        return _stored(record_of(draft, verdict))


def _stored(record: Record) -> Decision:
    outcome = Outcome.REPRINT if record.reprint_of else Outcome.STORED
    return Decision(outcome, record.id, record.version, record.digest, record)
