"""The versions of an article, and what changed from one to the next."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final, Literal

from newsspider.disk import Disk
from newsspider.errors import ConfigurationError
from newsspider.items import Record
from newsspider.store.index import LEDGER, Index
from newsspider.store.ledger import Ledger
from newsspider.store.setup import Setup
from newsspider.store.visits import Rules

#: Two paragraphs of which this share is alike are one paragraph that was changed.
ALIKE: Final = 0.5
#: Characters of a paragraph that are compared one by one; longer ones are shown whole.
COMPARED: Final = 5_000

Edit = Literal["same", "removed", "added", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph, or a piece of one, before and after."""

    edit: Edit
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two versions; `fields` holds (name, before, after)."""

    fields: tuple[tuple[str, str | None, str | None], ...]
    paragraphs: tuple[Change, ...]


def versions_of(root: Path, identity: str) -> list[Record]:
    """Return the versions of the article that this URL id, or article id, stands for.

    Nothing is locked or changed. Raises ConfigurationError when there is no ledger to look in.
    """
    path = root / ".state" / LEDGER
    if not path.exists():
        raise ConfigurationError(f"there is no ledger in {root}: `scrapy rebuild` makes it")
    try:
        ledger = Ledger(path, only_read=True)
    except sqlite3.Error as error:
        raise ConfigurationError(f"{path}: {error}: `scrapy rebuild` makes it anew") from error
    try:
        setup = Setup(root=root, run="", disk=Disk(), now=lambda: datetime.now(UTC), rules=Rules())
        index = Index(setup, ledger)
        article = identity
        if ledger.versions.latest(article) is None:
            known = ledger.urls.get(identity)
            article = known.article if known and known.article else identity
        found = [index.read(version) for version in ledger.versions.of(article)]
    finally:
        ledger.close()
    return [record for record in found if record is not None]


def compare(before: Record, after: Record) -> Comparison:
    """Return what changed, paragraph by paragraph."""
    fields = tuple(
        (name, old, new)
        for name in ("title", "published_at", "source")
        if (old := getattr(before, name)) != (new := getattr(after, name))
    )
    return Comparison(fields, tuple(_paragraphs(before.body, after.body)))


def pieces(before: str, after: str) -> Iterator[Change]:
    """Yield what is the same, removed and added inside a paragraph that was changed."""
    if max(len(before), len(after)) > COMPARED:
        yield Change("removed", before, "")
        yield Change("added", "", after)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Change("same", before[i:j], after[k:m])
            continue
        if j > i:
            yield Change("removed", before[i:j], "")
        if m > k:
            yield Change("added", "", after[k:m])


def _paragraphs(before: str, after: str) -> Iterator[Change]:
    old, new = _split(before), _split(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield from (Change("same", text, text) for text in old[i:j])
        else:
            yield from _replaced(old[i:j], new[k:m])


def _replaced(old: list[str], new: list[str]) -> Iterator[Change]:
    """Pair the paragraphs that are alike, in order."""
    for text in new:
        partner = next((other for other in old if _alike(other, text)), None)
        if partner is None:
            yield Change("added", "", text)
            continue
        place = old.index(partner)
        yield from (Change("removed", other, "") for other in old[:place])
        yield Change("changed", partner, text)
        old = old[place + 1 :]
    yield from (Change("removed", other, "") for other in old)


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one[:COMPARED], other[:COMPARED], autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _split(body: str) -> list[str]:
    return [text for text in body.split("\n\n") if text]
