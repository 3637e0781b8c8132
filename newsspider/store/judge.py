"""The judge: is a draft new, corrected, unchanged, the same text again, or a reprint?"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from newsspider.items import Outcome, Record
from newsspider.store.draft import Draft, Reread, bounded, record_of
from newsspider.store.identity import digest, text_key
from newsspider.store.ledger import Ledger
from newsspider.store.versions import Version

#: Two texts of one site are one text when each holds at least this share of the other.
SAME_TEXT: Final = 0.9

#: The detail of a visit whose page changed only because the rules that read it did.
REREAD: Final = "extractor changed, page did not"
REREAD_GONE: Final = "extractor changed, archived page gone: taken for unchanged"


class Likeness(Protocol):
    """A stored article with a text like the one asked for."""

    @property
    def id(self) -> str:
        """The stored article."""

    @property
    def similarity(self) -> float:
        """Share of the shorter text that is found in the longer."""


class Reprints(Protocol):
    """The index of ring 3: texts across sites, on tables of the ledger."""

    def find(self, body: str) -> Likeness | None:
        """Return the stored article whose text is most like `body`."""

    def add(self, id: str, body: str) -> None:  # noqa: A002
        """Index the text of an article."""


def reprint_index(connection: sqlite3.Connection) -> Reprints | None:
    """Return the index of ring 3 on the ledger's connection."""
    try:
        from newsspider.store.reprints import ReprintIndex
    except ImportError:
        return None
    return ReprintIndex(connection)


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
        reprints: Reprints | None,
        *,
        run: str,
        reread: Reread | None,
        read: Callable[[Version], Record | None],
    ) -> None:
        """Judge for `run`; `read` gets a stored record."""
        self._ledger = ledger
        self._reprints = reprints
        self._run = run
        self._reread = reread
        self._read = read

    def decide(self, draft: Draft) -> Decision:
        """Return what becomes of the draft. Nothing is written or indexed."""
        own = digest(draft.article)
        latest = self._ledger.versions.latest(draft.id)
        if latest is None:
            return self._new(draft, own)
        if own == latest.digest:
            return Decision(Outcome.UNCHANGED, draft.id, latest.number, own)
        if not draft.reextracted:
            kept = self._only_the_rules_changed(draft, own, latest)
            if kept is not None:
                return kept
        return self._changed(draft, own, latest)

    def _only_the_rules_changed(self, draft: Draft, own: str, latest: Version) -> Decision | None:
        """Return UNCHANGED when the page is what it was and only its reading differs."""
        noted = self._ledger.rereads.get(draft.id, latest.number)
        if noted and noted[0] == own:
            return Decision(Outcome.UNCHANGED, draft.id, latest.number, own, detail=REREAD)
        if draft.extractor == latest.extractor or (noted and noted[1] == draft.extractor):
            return None
        before = self._read(latest)
        again = self._reread(before) if self._reread and before else None
        if again is not None and digest(bounded(again)) != own:
            return None
        self._ledger.rereads.put(draft.id, latest.number, own, draft.extractor)
        detail = REREAD if again else REREAD_GONE
        return Decision(Outcome.UNCHANGED, draft.id, latest.number, own, detail=detail)

    def _changed(self, draft: Draft, own: str, latest: Version) -> Decision:
        """Return the next version: it stays in the story of the one before."""
        before = self._read(latest)
        record = record_of(
            draft,
            run=self._run,
            digest=own,
            version=latest.number + 1,
            change="re-extracted" if draft.reextracted else "corrected",
            story=before.story if before else draft.id,
            reprint_of=before.reprint_of if before else None,
            similarity=before.similarity if before else None,
        )
        outcome = Outcome.REPRINT if record.reprint_of else Outcome.STORED
        return Decision(outcome, draft.id, record.version, own, record)

    def _new(self, draft: Draft, own: str) -> Decision:
        twin = self._same_text(draft)
        if twin is not None:
            return Decision(Outcome.SAME_TEXT, twin.id, None, own)
        like = self._reprints.find(draft.article.body) if self._reprints else None
        original = self._ledger.versions.latest(like.id) if like else None
        if like and original and original.site == draft.site:
            if self._near_identical(draft, original, like.similarity):
                return Decision(Outcome.SAME_TEXT, original.id, None, own)
            original = None
        record = record_of(
            draft,
            run=self._run,
            digest=own,
            version=1,
            change="first",
            story=original.story if original else draft.id,
            reprint_of=original.id if original else None,
            similarity=round(like.similarity, 4) if like and original else None,
        )
        outcome = Outcome.REPRINT if original else Outcome.STORED
        return Decision(outcome, draft.id, 1, own, record)

    def _same_text(self, draft: Draft) -> Version | None:
        key = text_key(draft.site, draft.article.title, draft.article.body)
        if key is None:
            return None
        for candidate in self._ledger.versions.with_text(key):
            version = self._ledger.versions.latest(candidate)
            if version is not None and version.site == draft.site:
                return version
        return None

    def _near_identical(self, draft: Draft, other: Version, similarity: float) -> bool:
        """Tell whether both texts are one: a part of a longer text is another article."""
        if similarity < SAME_TEXT:
            return False
        stored = self._read(other)
        if stored is None:
            return True
        lengths = sorted((len(draft.article.body), len(stored.body)))
        return lengths[0] >= SAME_TEXT * lengths[1]
